"""The finished table: what all kinds share, and numbers aligned on their decimal points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from crossfoot.model import TableSpec
from crossfoot.shown import Cell, Row, Table
from crossfoot.tables._marks import Marks
from crossfoot.wording import Wording


def finish(spec: TableSpec, wording: Wording, section: str, id_: str, marks: Marks, **parts: Any) -> Table:
    """Return the table with what all kinds share: caption, description, remarks, notes, aligned numbers."""
    body = aligned(parts.pop("body"))
    return Table(
        id=id_,
        kind=spec.kind,
        caption=wording.text(spec.caption, section),
        description=parts.pop("description", None) or wording.text(spec.description, section),
        general=(*(wording.text(text, section) for text in spec.general), *parts.pop("general", ())),
        notes=marks.shown(),
        body=body,
        **parts,
    )


def aligned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return *rows* with each number cell told how many decimal places it lacks against the longest of its column."""
    longest: dict[int, int] = {}
    for row in rows:
        for column, cell in _columns(row):
            if cell.kind == "number":
                longest[column] = max(longest.get(column, 0), cell.pad)
    done = []
    for row in rows:
        cells = []
        for column, cell in _columns(row):
            if cell.kind == "number":
                most = longest[column]
                lacks = most - cell.pad if cell.pad >= 0 else 0
                cell = replace(cell, pad=min(8, lacks), bare=cell.pad == 0 and most > 0)
            cells.append(cell)
        done.append(replace(row, cells=tuple(cells)))
    return tuple(done)


def _columns(row: Row) -> Iterable[tuple[int, Cell]]:
    column = 0
    for cell in row.cells:
        yield column, cell
        column += cell.columns
