"""A matrix whose columns are not periods: a mark, or a figure, where a row meets a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import model_validator

from crossfoot.model import Flag, Name, Noun, PeriodId, Reference, TableSpec, Text
from crossfoot.shown import Cell, Row, Run, Table
from crossfoot.tables import Marks, finish, head_cell, indicator_of, label_cell, linked, number_cell
from crossfoot.wording import Wording


class MatrixCell(Noun):
    """What stands where a row meets a column: a mark (`true`) or a figure."""

    value: Reference | None = None
    period: PeriodId | None = None
    notes: tuple[Name, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if data is True:
            return {}
        if isinstance(data, str):
            return {"value": data}
        if data is False:
            raise ValueError("'false' stands in a matrix|leave the column out of this row instead")
        return data


class MatrixRow(Noun):
    """One row of a matrix."""

    label: Text
    cells: Mapping[Name, MatrixCell] = {}
    notes: tuple[Name, ...] = ()
    total: Flag = False


class Options(TableSpec):
    """The keys of `kind: matrix`."""

    kind: Literal["matrix"] = "matrix"
    corner: Text | None = None
    """The heading of the first column."""
    columns: Mapping[Name, Text]
    rows: Mapping[Name, MatrixRow]
    kpi: Flag = False

    @model_validator(mode="after")
    def _known_columns(self) -> Options:
        for row in self.rows.values():
            for key in row.cells:
                if key not in self.columns:
                    raise ValueError(f"'{key}' is not a column of this matrix|its columns: {', '.join(self.columns)}")
        return self


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the matrix; every mark also says "yes" to whoever does not see it."""
    marks = Marks(id_, options.notes, wording, section)
    labels = {key: wording.language.of(text) for key, text in options.columns.items()}
    corner = wording.language.of(options.corner) or wording.language.word("table.name")
    tags = {key: wording.tag_of(text) for key, text in options.columns.items()}
    head = Row((head_cell(corner), *(replace(head_cell(label), lang=tags[key]) for key, label in labels.items())))
    body = []
    for row in options.rows.values():
        cells = [label_cell(wording.text(row.label, section), marks.call(row.notes))]
        for key, label in labels.items():
            cell = row.cells.get(key)
            if cell is None:
                cells.append(Cell("blank", label=label))
            elif cell.value is None:
                said = wording.language.word("table.yes")
                cells.append(Cell("check", (Run("●", label=said),), label=label, marks=marks.call(cell.notes)))
            else:
                indicator = indicator_of(cell.value, wording, section)
                period = wording.period_of(indicator, cell.period or "")
                shown = number_cell(indicator.values.get(period), indicator, wording, marks, label, period=period)
                cells.append(
                    Cell(
                        shown.kind,
                        tuple(linked(run, indicator, wording) for run in shown.phrase),
                        marks=shown.marks + marks.call(cell.notes),
                        label=label,
                        pad=shown.pad,
                    )
                )
        body.append(Row(tuple(cells), kind="total" if row.total else ""))
    figures = any(cell.value for row in options.rows.values() for cell in row.cells.values())
    columns = ("label", *("number" if figures else "check" for _ in labels))
    return finish(options, wording, section, id_, marks, head=(head,), body=tuple(body), columns=columns)
