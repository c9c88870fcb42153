"""Indicators that each have one value, at their own periods: label, value, unit, period."""

from __future__ import annotations

from typing import Literal

from crossfoot.model import TableSpec
from crossfoot.shown import Cell, Row, Run, Table
from crossfoot.tables import Marks, RowEntry, Scope, entries, finish, head_cell, indicator_of, label_cell, value_cell
from crossfoot.wording import Wording


class Options(TableSpec):
    """The keys of `kind: figures`."""

    kind: Literal["figures"] = "figures"
    rows: tuple[RowEntry, ...]


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the table; the period column is left out where all rows have the same one."""
    language = wording.language
    marks = Marks(id_, options.notes, wording, section)
    scope = Scope.of(options.rows, wording, marks)
    used = {
        wording.period_of(indicator_of(entry.indicator, wording, section))
        for _, entry in entries(options.rows)
        if entry.indicator
    }
    dated = len(used) > 1
    titles = [language.word(f"table.{key}") for key in ("indicator", "value", "unit")]
    if not dated and used:
        titles[1] = wording.period(next(iter(used)))
    head = [head_cell(title) for title in titles] + ([head_cell(language.word("table.period"))] if dated else [])
    body = []
    for depth, entry in entries(options.rows):
        if entry.group is not None:
            cell = Cell(
                "text",
                wording.text(entry.group, section),
                header="rowgroup",
                columns=len(head),
                marks=marks.call(entry.notes),
            )
            body.append(Row((cell,), kind="group", level=depth))
            continue
        indicator = indicator_of(entry.indicator or "", wording, section)
        period = wording.period_of(indicator)
        label = label_cell(
            wording.text(entry.label or indicator.label, section),
            marks.call(entry.notes) + scope.calls(indicator) + wording.notes_at(indicator),
            wording.codes(indicator.disclosures),
            wording.evidence(indicator),
        )
        value = value_cell(entry, indicator, period, titles[1], wording, marks)
        cells = [
            label,
            value,
            Cell("unit", (Run(language.of(wording.unit(indicator).name)),), label=titles[2]),
        ]
        if dated:
            cells.append(
                Cell(
                    "text",
                    (Run(wording.period(period)),),
                    label=language.word("table.period"),
                )
            )
        kind = "total" if entry.total else "target" if entry.target else ""
        body.append(Row(tuple(cells), kind=kind, level=min(3, depth + entry.level)))
    columns = ("label", "number", "unit", *(("text",) if dated else ()))
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
    )
