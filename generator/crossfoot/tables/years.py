"""Indicators down, periods across: the table of key performance indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from crossfoot.audit import breaks_of
from crossfoot.model import Flag, Indicator, PeriodId, TableSpec
from crossfoot.shown import Cell, Row, Run, Table
from crossfoot.tables import (
    CellNotes,
    Marks,
    RowEntry,
    Scope,
    entries,
    finish,
    head_cell,
    indicator_of,
    label_cell,
    target_run,
    value_cell,
)
from crossfoot.wording import Wording


class Options(TableSpec):
    """The keys of `kind: years`."""

    kind: Literal["years"] = "years"
    rows: tuple[RowEntry, ...]
    periods: tuple[PeriodId, ...] = ()
    """The columns; left out: every period in which a row has a value, in the report's order."""
    columns: Mapping[PeriodId, CellNotes] = {}
    """Notes on a whole column."""
    target: Flag = False
    """Whether a column shows each indicator's target."""
    units: Literal["column", "label"] = "column"


def periods_of(options: Options, wording: Wording, section: str) -> tuple[PeriodId, ...]:
    """Return the periods that are columns, in the author's order or the report's."""
    if options.periods:
        return options.periods
    used = set()
    for _, entry in entries(options.rows):
        if entry.indicator:
            used |= set(indicator_of(entry.indicator, wording, section).values)
    return tuple(period for period in wording.report.file.periods if period in used)


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the table: label, unit, one column a period, and the target where it is asked for."""
    language = wording.language
    marks = Marks(id_, options.notes, wording, section)
    scope = Scope.of(options.rows, wording, marks)
    periods = periods_of(options, wording, section)
    with_unit = options.units == "column"
    titles = [wording.period(period) for period in periods]
    head = [head_cell(language.word("table.indicator"))]
    if with_unit:
        head.append(head_cell(language.word("table.unit")))
    for period, title in zip(periods, titles, strict=True):
        notes = options.columns[period].notes if period in options.columns else ()
        head.append(replace(head_cell(title, marks.call(notes)), period=period))
    if options.target:
        head.append(head_cell(language.word("table.target")))
    width = len(head)
    body = []
    for depth, entry in entries(options.rows):
        if entry.group is not None:
            group = Cell(
                "text",
                wording.text(entry.group, section),
                header="rowgroup",
                columns=width,
                marks=marks.call(entry.notes),
            )
            body.append(Row((group,), kind="group", level=depth))
            continue
        indicator = indicator_of(entry.indicator or "", wording, section)
        label = wording.text(entry.label or indicator.label, section)
        if not with_unit:
            label += (Run(language.word("brackets", language.of(wording.unit(indicator).name))),)
        called = marks.call(entry.notes) + scope.calls(indicator) + wording.notes_at(indicator)
        cells = [label_cell(label, called, wording.codes(indicator.disclosures), wording.evidence(indicator))]
        if with_unit:
            cells.append(
                Cell(
                    "unit",
                    (Run(language.of(wording.unit(indicator).name)),),
                    label=language.word("table.unit"),
                )
            )
        breaks = breaks_of(indicator, periods, wording.report)
        for period, title in zip(periods, titles, strict=True):
            cell = value_cell(entry, indicator, period, title, wording, marks)
            cells.append(replace(cell, breaks=period in breaks))
        if options.target:
            cells.append(_target(indicator, wording))
        kind = "total" if entry.total else "target" if entry.target else ""
        body.append(Row(tuple(cells), kind=kind, level=min(3, depth + entry.level)))
    columns = (
        "label",
        *(("unit",) if with_unit else ()),
        *("number" for _ in periods),
        *(("number",) if options.target else ()),
    )
    return finish(
        options,
        wording,
        section,
        id_,
        marks,
        head=(Row(tuple(head)),),
        body=tuple(body),
        columns=columns,
        description=scope.description(options),
        compares=len(periods) > 1,
    )


def _target(indicator: Indicator, wording: Wording) -> Cell:
    language, target = wording.language, indicator.target
    if target is None:
        return Cell("blank", label=language.word("table.target"))
    by = language.word("table.target_by", wording.period(target.by))
    run = target_run(indicator, target, language)
    phrase = (Run(by), run) if language.is_han else (run, Run(f" {by}"))
    return Cell("number", phrase, label=language.word("table.target"), pad=-1)
