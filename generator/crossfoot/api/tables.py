"""The report as plain tables that refer to each other: what each column means, which rows there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from crossfoot.api.given import Given, Record
from crossfoot.model import STANCES, Obligation, Operation, Qualifier, Reason, Scale, Status
from crossfoot.tabular import csv_text


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    """Its heading, without the language."""
    kind: Literal["string", "number", "integer", "date", "boolean"] = "string"
    required: bool = False
    allowed: tuple[str, ...] = ()
    """The only words that may stand in it."""
    language: str = ""
    """The id of the language its words are in."""

    @property
    def name(self) -> str:
        """Its heading: `label_zh-Hant`."""
        return f"{self.key}_{self.language}" if self.language else self.key


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values are rows of another table."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the package."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    references: tuple[Reference, ...] = ()

    def csv(self) -> str:
        """Return it as CSV (RFC 4180), UTF-8 without a mark; a text that looks like a formula has a ' before it."""
        return csv_text([[one.name for one in self.columns], *self.rows])


Lists = Mapping[str, Sequence[Record]]
"""The records of the JSON files by name, of which the tables are made."""


def tables(given: Given, lists: Lists) -> tuple[Table, ...]:
    """Return every table, those referred to last."""
    made = (_observations, _parts, _indicators, _units, _periods, _dimensions, _disclosures)
    return tuple(one(given, lists) for one in made)


def _in_all(given: Given, column: Column) -> tuple[Column, ...]:
    """Return *column* once a language; only the reference has to have the words, the others may lack a translation."""
    first, *others = (replace(column, language=one.id) for one in given.languages)
    return (first, *(replace(one, required=False) for one in others))


def _words(given: Given, texts: dict[str, str] | None) -> list[str | None]:
    return [(texts or {}).get(one.id) for one in given.languages]


def _made(
    given: Given,
    name: str,
    columns: tuple[Column | tuple[Column, ...], ...],
    key: tuple[str, ...],
    rows: Iterator[list[Any]],
    references: tuple[Reference, ...] = (),
) -> Table:
    flat = [one for column in columns for one in (column if isinstance(column, tuple) else (column,))]
    return Table(name, tuple(flat), key, tuple(tuple(row) for row in rows), references)


def _must(
    key: str, *allowed: str, kind: Literal["string", "number", "integer", "date", "boolean"] = "string"
) -> Column:
    return Column(key, kind, required=True, allowed=allowed)


def _observations(given: Given, lists: Lists) -> Table:
    columns = (
        *(_must("id"), _must("indicator"), _must("period"), Column("part")),
        *(Column("value", "number"), Column("upto", "number"), _must("unit")),
        _must("qualifier", *get_args(Qualifier)),
        _must("status", *get_args(Status)),
        Column("omission", allowed=get_args(Reason)),
        *(Column("printed", "number"), Column("printed_upto", "number"), Column("scale", allowed=get_args(Scale))),
        *(_must("computed", kind="boolean"), Column("boundary"), Column("assurance"), Column("restated_from")),
        *(_in_all(given, _must("label")), _in_all(given, _must("shown")), _in_all(given, Column("note"))),
        _must("place"),
    )
    labels = {one["id"]: one["label"] for one in lists["indicators"]}

    def rows() -> Iterator[list[Any]]:
        for one in lists["observations"]:
            printed = one["printed"] or {}
            yield [
                *(one[key] for key in ("id", "indicator", "period", "part", "value", "upto", "unit")),
                *(one[key] for key in ("qualifier", "status", "omission")),
                *(printed.get(key) for key in ("digits", "upto", "scale")),
                _flag(one["computed"]),
                *(one["boundary"], one["assurance"], (one["restated"] or {}).get("was")),
                *_words(given, labels[one["indicator"]]),
                *_words(given, one["shown"]),
                *_words(given, one["note"]),
                one["place"],
            ]

    references = (
        Reference(("indicator",), "indicators", ("id",)),
        Reference(("period",), "periods", ("id",)),
        Reference(("unit",), "units", ("id",)),
    )
    return _made(given, "observations", columns, ("id",), rows(), references)


def _flag(claim: bool) -> str:
    return "true" if claim else "false"


def _parts(given: Given, lists: Lists) -> Table:
    def rows() -> Iterator[list[Any]]:
        for one in lists["observations"]:
            yield from ([one["id"], part["dimension"], part["category"]] for part in one["categories"])

    references = (
        Reference(("observation",), "observations", ("id",)),
        Reference(("dimension", "category"), "dimensions", ("dimension", "category")),
    )
    columns = (_must("observation"), _must("dimension"), _must("category"))
    return _made(given, "parts", columns, ("observation", "dimension"), rows(), references)


def _indicators(given: Given, lists: Lists) -> Table:
    columns = (
        *(_must("id"), _must("section"), _in_all(given, _must("label")), _must("unit")),
        *(_in_all(given, Column("definition")), _in_all(given, Column("method"))),
        *(Column("boundary"), Column("assurance")),
        *(Column("operation", allowed=get_args(Operation)), Column("operands"), Column("formula_factor", "number")),
        *(_must("undisclosed", kind="boolean"), _must("kpi", kind="boolean"), Column("disclosures"), Column("context")),
        *(_in_all(given, _must("evidence")), _must("place")),
    )

    def rows() -> Iterator[list[Any]]:
        for one in lists["indicators"]:
            formula: Record = one["formula"] or {}
            yield [
                *(one["id"], one["section"], *_words(given, one["label"]), one["unit"]),
                *(*_words(given, one["definition"]), *_words(given, one["method"])),
                *(one["boundary"], one["assurance"]),
                *(formula.get("operation"), "; ".join(formula.get("of", ())), formula.get("factor")),
                *(_flag(one["undisclosed"]), _flag(one["kpi"])),
                *("; ".join(one["disclosures"]), "; ".join(one["context"])),
                *(*_words(given, one["evidence"]), one["place"]),
            ]

    references = (Reference(("unit",), "units", ("id",)),)
    return _made(given, "indicators", columns, ("id",), rows(), references)


def _units(given: Given, lists: Lists) -> Table:
    columns = (
        *(_must("id"), _in_all(given, _must("name")), _in_all(given, _must("pattern"))),
        *(_must("quantity"), _must("factor", kind="number"), _must("percent", kind="boolean")),
    )
    rows = (
        [
            *(one["id"], *_words(given, one["name"]), *_words(given, one["pattern"])),
            *(one["quantity"], one["factor"], _flag(one["percent"])),
        ]
        for one in lists["units"]
    )
    return _made(given, "units", columns, ("id",), rows)


def _periods(given: Given, lists: Lists) -> Table:
    columns = (
        *(_must("id"), _in_all(given, Column("name")), Column("start", "date"), Column("end", "date")),
        _must("reporting", kind="boolean"),
    )
    rows = (
        [one["id"], *_words(given, one["name"]), one["start"], one["end"], _flag(one["reporting"])]
        for one in lists["periods"]
    )
    return _made(given, "periods", columns, ("id",), rows)


def _dimensions(given: Given, lists: Lists) -> Table:
    columns = (
        *(_must("dimension"), _must("category")),
        *(_in_all(given, _must("dimension_label")), _in_all(given, _must("category_label"))),
    )
    rows = (
        [one["id"], category["id"], *_words(given, one["label"]), *_words(given, category["label"])]
        for one in lists["dimensions"]
        for category in one["categories"]
    )
    return _made(given, "dimensions", columns, ("dimension", "category"), rows)


def _disclosures(given: Given, lists: Lists) -> Table:
    columns = (
        *(_must("framework"), _must("code"), _in_all(given, _must("framework_name"))),
        *(_in_all(given, Column("title")), _must("obligation", *get_args(Obligation)), _must("answer", *STANCES)),
        *(Column("where"), _in_all(given, Column("answer_reason"))),
    )
    rows = (
        [
            *(framework["id"], one["code"], *_words(given, framework["name"]), *_words(given, one["title"])),
            *(one["obligation"], one["answer"]["status"]),
            "; ".join(f"{spot['kind']} {spot['id']}" for spot in one["answer"]["where"]),
            *_words(given, one["answer"]["reason"]),
        ]
        for framework in lists["frameworks"]
        for one in framework["codes"]
    )
    return _made(given, "disclosures", columns, ("framework", "code"), rows)
