"""Indicators with a target: where they started, where they are, where they are meant to be, and when."""

from __future__ import annotations

from typing import Literal

from crossfoot.model import Indicator, Reference, TableSpec
from crossfoot.shown import Cell, Row, Run, Table
from crossfoot.tables import Marks, finish, head_cell, indicator_of, label_cell, number_cell, target_run
from crossfoot.wording import Wording


class Options(TableSpec):
    """The keys of `kind: targets`."""

    kind: Literal["targets"] = "targets"
    rows: tuple[Reference, ...]


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the table; an indicator without a target has been refused by `validate`."""
    language, file = wording.language, wording.report.file
    marks = Marks(id_, options.notes, wording, section)
    titles = [language.word(f"table.{key}") for key in ("indicator", "unit", "base", "latest", "target", "period")]
    body = []
    for name in options.rows:
        indicator = indicator_of(name, wording, section)
        target = indicator.target
        if target is None:
            continue
        latest = next(
            (one for one in reversed(list(file.periods)) if one in indicator.values and one != target.by),
            None,
        )
        cells = [
            label_cell(
                wording.text(indicator.label, section),
                wording.notes_at(indicator),
                wording.codes(indicator.disclosures),
                wording.evidence(indicator),
            ),
            Cell("unit", (Run(language.of(wording.unit(indicator).name)),), label=titles[1]),
            _at(indicator, target.base or "", wording, marks, titles[2]),
            _at(indicator, latest or "", wording, marks, titles[3]),
        ]
        calls = [marks.add(f"target-{name}", wording.text(target.note, section))] if target.note else []
        cells += [
            Cell(
                "number",
                (target_run(indicator, target, language),),
                label=titles[4],
                pad=-1,
                marks=tuple(calls),
            ),
            Cell("text", (Run(wording.period(target.by)),), label=titles[5]),
        ]
        body.append(Row(tuple(cells), kind="target"))
    head = Row(tuple(head_cell(title) for title in titles))
    columns = ("label", "unit", "number", "number", "number", "text")
    return finish(options, wording, section, id_, marks, head=(head,), body=tuple(body), columns=columns)


def _at(indicator: Indicator, period: str, wording: Wording, marks: Marks, label: str) -> Cell:
    return number_cell(indicator.values.get(period), indicator, wording, marks, label, period=period)
