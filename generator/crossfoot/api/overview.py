"""The door to the API: what there is and under which terms; and the report itself, chapter by chapter."""

from __future__ import annotations

from collections.abc import Mapping

from crossfoot.api.given import FOLDER, UP, Given, Record
from crossfoot.model import Section

BUNDLE = "data/report-data.zip"
"""Where everything to download stands as one file."""
PACKAGE = "datapackage.json"
CSVW = "csv-metadata.json"
"""The name under which a program that has one of the tables looks for what describes it."""


def index(given: Given, collections: Mapping[str, int], tables: Mapping[str, int]) -> Record:
    """Return what there is: *collections* of JSON and *tables* of CSV by name, with how many records each has."""
    report, file = given.report, given.report.file
    return {
        "api": "1",
        "title": given.texts(file.title),
        "organisation": given.texts(file.organisation.name),
        "period": file.period,
        "languages": _languages(given),
        "disclaimer": given.texts(file.disclaimer),
        "licence": given.texts(file.licence),
        "source": given.texts(file.source),
        "version": report.version,
        "numbers": given.words("api.numbers"),
        "site": given.site_url or None,
        "collections": [
            {
                "name": name,
                "describes": given.words(f"api.collections.{name}"),
                "records": count,
                "href": f"{name}.json",
                "schema": f"schema/{name}.json",
                "url": _absolute(given, f"{FOLDER}/{name}.json"),
            }
            for name, count in collections.items()
        ],
        "tables": [
            {
                "name": name,
                "describes": given.words(f"api.tables.{name}"),
                "records": count,
                "href": f"{name}.csv",
                "url": _absolute(given, f"{FOLDER}/{name}.csv"),
            }
            for name, count in tables.items()
        ],
        "packages": [
            {
                "name": name,
                "describes": given.words(f"api.packages.{name}"),
                "href": href,
                "url": _absolute(given, path),
            }
            for name, href, path in (
                ("data_package", PACKAGE, f"{FOLDER}/{PACKAGE}"),
                ("csvw", CSVW, f"{FOLDER}/{CSVW}"),
                ("bundle", f"{UP}{BUNDLE}", BUNDLE),
            )
        ],
    }


def _languages(given: Given) -> list[Record]:
    return [
        {"id": one.id, "tag": one.tag, "name": one.name, "href": given.page("home")[one.id]} for one in given.languages
    ]


def _absolute(given: Given, path: str) -> str | None:
    return f"{given.site_url}{path}" if given.site_url else None


def report_record(given: Given) -> Record:
    """Return the report: whose it is, over what, its chapters, what it covers, who checked it, what is noted."""
    report, file = given.report, given.report.file
    named = given.texts
    return {
        "title": named(file.title),
        "subtitle": named(file.subtitle),
        "organisation": {
            "name": named(file.organisation.name),
            "short": named(file.organisation.short),
            "code": file.organisation.code or None,
        },
        "period": file.period,
        "languages": _languages(given),
        "disclaimer": named(file.disclaimer),
        "licence": named(file.licence),
        "source": named(file.source),
        "version": report.version,
        "boundaries": [
            {"id": name, "label": named(one.label), "description": named(one.description)}
            for name, one in file.boundaries.items()
        ],
        "assurances": [
            {
                "id": name,
                "label": named(one.label),
                "level": one.level,
                "provider": named(one.provider),
                "standard": named(one.standard),
            }
            for name, one in file.assurances.items()
        ],
        "sections": [_section(given, name, section) for name, section in report.sections.items()],
        "notes": [
            {
                "id": name,
                "kind": note.kind,
                "basis": note.basis,
                "title": named(note.title),
                "text": named(note.text),
                "at": list(note.at),
            }
            for name, note in report.notes.items()
        ],
    }


def _section(given: Given, name: str, section: Section) -> Record:
    file = given.report.file
    kind = "chapter" if name in file.chapters else "page" if name in file.pages else "home"
    return {
        "id": name,
        "kind": kind,
        "number": section.number or None,
        "title": given.texts(section.title),
        "summary": given.texts(section.summary, name),
        "href": given.page(name),
        "indicators": [one.id for one in section.indicators.values()],
        "tables": [f"{name}.{key}" for key in section.tables],
        "charts": [f"{name}.{key}" for key in section.charts],
    }
