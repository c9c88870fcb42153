"""Describe the tables for programs in the two forms that are read everywhere: Data Package, and CSV on the Web."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from crossfoot.api.given import FOLDER, Given, Record
from crossfoot.api.overview import PACKAGE
from crossfoot.api.tables import Column, Reference, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
"""The edition of the standard that the package keeps."""
_CSVW = "http://www.w3.org/ns/csvw"
_DATATYPES: Mapping[str, str] = MappingProxyType(
    {"string": "string", "number": "decimal", "integer": "integer", "date": "date", "boolean": "boolean"}
)


def data_package(given: Given, tables: tuple[Table, ...], files: Mapping[str, bytes]) -> str:
    """Return the descriptor of a Data Package (https://datapackage.org/standard/): each table with its columns.

    *files* are the tables as they are published, by name. Words are in the reference language; those of the others
    stand under `translations`, for which the standard has no place of its own.
    """
    file, first = given.report.file, given.languages[0]
    package: Record = {
        "$schema": PROFILE,
        "name": "report-data",
        "id": f"{given.site_url}{FOLDER}/{PACKAGE}" if given.site_url else None,
        "title": first.of(file.title),
        "description": _told(first.of(file.disclaimer), first.word("api.numbers"), first.word("api.quote")),
        "version": given.facts.version,
        "homepage": given.site_url or None,
        "licenses": _licences(given),
        "sources": [{"title": first.of(file.source)}] if file.source else None,
        "translations": {
            one.id: {
                "title": one.of(file.title),
                "description": _told(one.of(file.disclaimer), one.word("api.numbers"), one.word("api.quote")),
                "licence": one.of(file.licence),
                "source": one.of(file.source),
            }
            for one in given.languages[1:]
        },
        "resources": [_resource(given, table, files[table.name]) for table in tables],
    }
    return (
        json.dumps({key: one for key, one in package.items() if one is not None}, ensure_ascii=False, indent=1) + "\n"
    )


def _told(*sentences: str) -> str:
    return "\n\n".join(one for one in sentences if one)


def _licences(given: Given) -> list[Record] | None:
    """Return the report's own words on its licence, and the file that holds them in every language."""
    licence = given.report.file.licence
    return [{"title": given.languages[0].of(licence), "path": "report.json"}] if licence else None


def _resource(given: Given, table: Table, content: bytes) -> Record:
    first, others = given.languages[0], given.languages[1:]
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": first.word(f"api.titles.{table.name}"),
        "description": first.word(f"api.tables.{table.name}"),
        "translations": {
            one.id: {
                "title": one.word(f"api.titles.{table.name}"),
                "description": one.word(f"api.tables.{table.name}"),
            }
            for one in others
        },
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(given, one) for one in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign(one) for one in table.references],
        },
    }


def _field(given: Given, column: Column) -> Record:
    titles, told = given.words(f"api.columns.{column.key}.title"), given.words(f"api.columns.{column.key}.means")
    first, *others = given.languages
    constraints: Record = {"required": True} if column.required else {}
    constraints |= {"enum": list(column.allowed)} if column.allowed else {}
    field: Record = {
        "name": column.name,
        "type": column.kind,
        "title": titles[first.id],
        "description": told[first.id],
        "translations": {one.id: {"title": titles[one.id], "description": told[one.id]} for one in others},
    }
    return field | ({"constraints": constraints} if constraints else {})


def _foreign(reference: Reference) -> Record:
    to = {"resource": reference.table, "fields": list(reference.to)}
    return {"fields": list(reference.columns), "reference": to}


# -- CSV on the Web ------------------------------------------------------------------------------------


def csvw(given: Given, tables: tuple[Table, ...]) -> str:
    """Return the tables as a table group of CSV on the Web (https://www.w3.org/TR/tabular-metadata/)."""
    file, first = given.report.file, given.languages[0]
    group: Record = {
        "@context": [_CSVW, {"@language": first.tag}],
        "dc:title": _tagged(given, {one.id: one.of(file.title) for one in given.languages}),
        "dc:description": _tagged(given, {one.id: one.of(file.disclaimer) for one in given.languages}),
        "dc:license": _tagged(given, {one.id: one.of(file.licence) for one in given.languages}),
        "dc:source": _tagged(given, {one.id: one.of(file.source) for one in given.languages}),
        "schema:version": given.facts.version,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\r\n"], "quoteChar": '"'},
        "notes": [
            {"dc:description": _tagged(given, given.words(key))} for key in ("api.numbers", "api.quote", "api.lists")
        ],
        "tables": [_table(given, one) for one in tables],
    }
    return json.dumps({key: one for key, one in group.items() if one != []}, ensure_ascii=False, indent=1) + "\n"


def _tagged(given: Given, words: Mapping[str, str]) -> list[Record]:
    return [{"@value": words[one.id], "@language": one.tag} for one in given.languages if words[one.id]]


def _table(given: Given, table: Table) -> Record:
    schema: Record = {
        "columns": [_column(given, one) for one in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "columnReference": list(one.columns),
                "reference": {"resource": f"{one.table}.csv", "columnReference": list(one.to)},
            }
            for one in table.references
        ],
    }
    return {
        "url": f"{table.name}.csv",
        "dc:title": _tagged(given, given.words(f"api.titles.{table.name}")),
        "dc:description": _tagged(given, given.words(f"api.tables.{table.name}")),
        "tableSchema": {key: one for key, one in schema.items() if one},
    }


def _column(given: Given, column: Column) -> Record:
    datatype: Any = _DATATYPES[column.kind]
    if column.allowed:  # CSV on the Web has no list of allowed words; a pattern says the same
        datatype = {"base": "string", "format": "|".join(column.allowed)}
    tag = next((one.tag for one in given.languages if one.id == column.language), "")
    found: Record = {
        "name": column.name,
        "titles": {"und": column.name}
        | {one.tag: one.word(f"api.columns.{column.key}.title") for one in given.languages},
        "dc:description": _tagged(given, given.words(f"api.columns.{column.key}.means")),
        "datatype": datatype,
        "required": column.required,
    }
    return found | ({"lang": tag} if tag else {})
