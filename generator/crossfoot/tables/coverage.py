"""How far a report answers a framework, at a glance: groups down, statuses across, codes where they meet."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from crossfoot.disclosures import Covered, counted, coverage_of, grouped
from crossfoot.model import STANCES, Flag, Stance, TableSpec
from crossfoot.shown import Cell, Row, Run, Table
from crossfoot.tables import Marks, finish, head_cell, label_cell
from crossfoot.wording import Wording


class Options(TableSpec):
    """The keys of `kind: coverage`."""

    kind: Literal["coverage"] = "coverage"
    framework: str
    kpi: Flag = False


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the table; its last row counts the codes of each status."""
    language, framework = wording.language, wording.report.frameworks[options.framework]
    rows = coverage_of(wording.report, framework)
    counts = counted(rows)
    statuses = [status for status in STANCES if status in counts]
    labels = [language.word(f"stances.{status}") for status in statuses]
    body = []
    for title, inside in grouped(framework, rows):
        words = language.of(title) or language.word("disclosures.all_codes")
        cells = [
            _codes([row for row in inside if row.status == status], framework.id, wording, label)
            for status, label in zip(statuses, labels, strict=True)
        ]
        body.append(Row((label_cell(tuple(wording.plain(words))), *cells)))
    body.append(Row((label_cell((Run(language.word("table.total")),)), *_totals(counts, labels)), kind="total"))
    head = Row((head_cell(language.word("disclosures.group")), *(head_cell(label) for label in labels)))
    marks = Marks(id_, options.notes, wording, section)
    columns = ("label", *("text" for _ in statuses))
    return finish(options, wording, section, id_, marks, head=(head,), body=tuple(body), columns=columns, stacked=True)


def _codes(rows: list[Covered], framework: str, wording: Wording, label: str) -> Cell:
    if not rows:
        return Cell("blank", label=label)
    comma = Run(wording.language.phrases["list_comma"])
    runs = [run for row in rows for run in (comma, replace(wording.code(framework, row.code), text=row.code))]
    return Cell("text", tuple(runs[1:]), label=label)


def _totals(counts: dict[Stance, int], labels: list[str]) -> list[Cell]:
    ordered = [counts[status] for status in STANCES if status in counts]
    return [
        Cell("text", (Run(str(count), kind="value", value=str(count)),), label=label)
        for count, label in zip(ordered, labels, strict=True)
    ]
