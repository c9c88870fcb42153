"""A table of words: one record a row, each cell a text, a list, a name, a date, a figure or codes of a framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from crossfoot.model import Flag, Name, Noun, PeriodId, Reference, TableSpec, Text
from crossfoot.places import Place
from crossfoot.shown import Cell, Phrase, Row, Run, Table
from crossfoot.tables import Marks, finish, head_cell, indicator_of, number_cell
from crossfoot.wording import Wording


class Column(Noun):
    """One column of a table of words."""

    label: Text
    header: Flag = False
    """Whether its cells name the row."""
    wide: Flag = False


class RecordCell(Noun):
    """One piece of a cell: exactly one of its keys."""

    text: Text | None = None
    value: Reference | None = None
    period: PeriodId | None = None
    """Only with `value`."""
    term: Name | None = None
    date: Reference | None = None
    disclosures: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, data: Any) -> Any:
        own = {"value", "period", "term", "date", "disclosures", "text"}
        if isinstance(data, str) or (isinstance(data, Mapping) and not own & set(data)):
            return {"text": data}
        return data

    @model_validator(mode="after")
    def _one_key(self) -> RecordCell:
        given = [key for key in ("text", "value", "term", "date", "disclosures") if getattr(self, key)]
        if len(given) != 1:
            raise ValueError(
                "a cell is one thing|write a text in each language, or one of 'value', 'term', 'date', 'disclosures'"
            )
        return self


def _placed(value: Any, place: Place) -> Any:
    """Return a cell written as plain text with its place; others know theirs."""
    if isinstance(value, str):
        return {"text": {"by_language": {"*": value}, "place": place}, "place": place}
    if isinstance(value, list):
        places = getattr(value, "places", [place] * len(value))
        return [_placed(one, at) for one, at in zip(value, places, strict=True)]
    return value


def _cell(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class Record(Noun):
    """One row: a cell for each column."""

    cells: Mapping[Name, Annotated[tuple[RecordCell, ...], BeforeValidator(_cell)]]
    lists: frozenset[str] = frozenset()
    """The columns in which the author wrote a list."""
    notes: tuple[Name, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and "cells" not in data:
            places = getattr(data, "places", {})
            cells = {
                key: _placed(value, places.get(key, Place("")))
                for key, value in data.items()
                if key not in ("notes", "place")
            }
            lists = [key for key, value in cells.items() if isinstance(value, list)]
            place = getattr(data, "place", data.get("place", Place("")))
            return {"cells": cells, "lists": lists, "notes": data.get("notes", ()), "place": place}
        return data


class Options(TableSpec):
    """The keys of `kind: records`."""

    kind: Literal["records"] = "records"
    columns: Mapping[Name, Column]
    records: tuple[Record, ...]
    kpi: Flag = False

    @model_validator(mode="after")
    def _known_columns(self) -> Options:
        for record in self.records:
            for key in record.cells:
                if key not in self.columns:
                    raise ValueError(f"'{key}' is not a column of this table|its columns: {', '.join(self.columns)}")
        return self


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the table; a phone shows each record as a card."""
    marks = Marks(id_, options.notes, wording, section)
    labels = {key: wording.language.of(column.label) for key, column in options.columns.items()}
    tags = {key: wording.tag_of(column.label) for key, column in options.columns.items()}
    head = Row(tuple(replace(head_cell(label), lang=tags[key]) for key, label in labels.items()))
    body = []
    for record in options.records:
        cells = []
        calls = marks.call(record.notes)
        for position, (key, column) in enumerate(options.columns.items()):
            cell = _shown(record, key, wording, marks, section, labels[key])
            if column.header:
                cell = Cell(
                    cell.kind,
                    cell.phrase,
                    cell.parts,
                    header="row",
                    marks=cell.marks,
                    label=labels[key],
                    pad=cell.pad,
                )
            if position == 0:
                cell = Cell(
                    cell.kind,
                    cell.phrase,
                    cell.parts,
                    header=cell.header,
                    marks=cell.marks + calls,
                    label=labels[key],
                    pad=cell.pad,
                )
            cells.append(cell)
        body.append(Row(tuple(cells)))
    columns = tuple(
        "label" if column.header else "wide" if column.wide else "text" for column in options.columns.values()
    )
    return finish(options, wording, section, id_, marks, head=(head,), body=tuple(body), columns=columns, stacked=True)


def _shown(record: Record, key: str, wording: Wording, marks: Marks, section: str, label: str) -> Cell:
    pieces = record.cells.get(key, ())
    if not pieces:
        return Cell("blank", label=label)
    if len(pieces) == 1 and pieces[0].value is not None and key not in record.lists:
        indicator = indicator_of(pieces[0].value, wording, section)
        period = wording.period_of(indicator, pieces[0].period or "")
        cell = number_cell(indicator.values.get(period), indicator, wording, marks, label, period=period)
        if cell.kind != "number":
            return cell
        # No column of units here, so the cell says its own.
        return replace(cell, phrase=(wording.value((indicator.id, period), section),), pad=-1)
    phrases = [phrase for piece in pieces for phrase in _phrases(piece, wording, section)]
    if key in record.lists or len(phrases) > 1:
        return Cell("list", parts=tuple(phrases), label=label)
    return Cell("text", phrases[0], label=label)


def _phrases(piece: RecordCell, wording: Wording, section: str) -> list[Phrase]:
    if piece.text is not None:
        return [wording.text(piece.text, section)]
    if piece.term is not None:
        return [wording.term((piece.term,), piece.place)]
    if piece.date is not None:
        event = wording.report.event(piece.date, section)
        return [(Run(wording.language.day(event.date), kind="date", value=event.date),)] if event else []
    if piece.value is not None:
        args = (piece.value, piece.period) if piece.period else (piece.value,)
        return [(wording.value(args, section, piece.place),)]
    return [codes_phrase(code, wording) for code in piece.disclosures]


def codes_phrase(reference: str, wording: Wording) -> Phrase:
    """Return a disclosure as words: `sdg 9` -> "9 Industry, Innovation and Infrastructure"."""
    framework, _, code = reference.partition(" ")
    title = wording.report.frameworks[framework].disclosures[code].title
    return (Run(code, kind="code"), Run(" "), Run(wording.language.of(title), lang=wording.tag_of(title)))
