"""A matrix: which row meets which column; a grid where its words fit, else a list of columns for each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._points import colour_of, distinct
from crossfoot.charts._sheet import Column, Drawing, Fields, layer, sheet, tied
from crossfoot.charts._words import extent, whole, wrap
from crossfoot.model import ChartSpec, Reference

_NARROWEST = 22.0
"""A column of the grid, in px."""


class Options(ChartSpec):
    """What an author may say about a matrix."""

    kind: Literal["matrix"] = "matrix"
    table: Reference | None = None
    """The table of kind matrix that is drawn."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return a mark wherever a row meets a column: the words of the point, or a dot where all say the same.

    Names of columns stand over a grid, on steps where they are too wide; rows and columns change places
    where only that fits. Where nothing fits, as on a phone, each row is followed by the names it meets.
    """
    wide = _cells(series)
    turned = {(head, side): point for (side, head), point in wide.met.items()}
    tall = _Cells(wide.sides, wide.heads, turned, {(head, side): of for (side, head), of in wide.of.items()})
    for stepped in (False, True):
        for cells in (wide, tall):
            for share in (0.4, 0.32):
                if (plan := _plan(cells, style, share * style.width, stepped=stepped)) is not None:
                    return _grid(cells, plan, series, style)
    return _lists(wide, series, style)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The words of the columns and of the rows, and the points by row and column."""

    heads: tuple[str, ...]
    sides: tuple[str, ...]
    met: Mapping[tuple[str, str], Point]
    of: Mapping[tuple[str, str], list[int]]
    """The number of each point in its series."""

    def about(self, name: str) -> list[int]:
        """Return the numbers of all points of the row or the column *name*."""
        return [one for place, numbers in self.of.items() if name in place for one in numbers]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the grid starts, how wide a column is, whether the names over it stand on steps."""

    left: float
    slot: float
    stepped: bool

    def centre(self, index: int) -> float:
        return self.left + self.slot * (index + 0.5)


def _cells(series: Series) -> _Cells:
    said = {point.shown for point in series.points if point.group}
    points = series.points if len(said) > 1 else tuple(replace(point, shown="") for point in series.points)
    sides = distinct(point.row or point.label for point in points)
    heads = distinct(point.group for point in points if point.group)
    return _Cells(
        series.groups if set(heads) <= set(series.groups) else heads,
        series.labels if set(sides) <= set(series.labels) else sides,
        {(point.row or point.label, point.group): point for point in points if point.group},
        {(point.row or point.label, point.group): [one] for one, point in enumerate(points) if point.group},
    )


def _plan(cells: _Cells, style: Style, most: float, *, stepped: bool) -> _Plan | None:
    """Return the plan of a grid with names of rows at most *most* px wide; None if some words do not fit."""
    size = style.size
    left = min(max((extent(name, size) for name in cells.sides), default=0.0) + 14, most)
    slot = (style.width - left) / max(len(cells.heads), 1)
    if stepped:
        ends = ((style.width - left - extent(name, size) + 4) / (index + 0.5) for index, name in enumerate(cells.heads))
        slot = min((slot, 60.0, *ends))
    fits = (
        bool(cells.heads)
        and slot >= _NARROWEST
        and (stepped or all(whole(name, slot - 8, size, 2) for name in cells.heads))
        and all(whole(name, left - 10, size, 3) for name in cells.sides)
        and all(whole(cell.shown, slot - 8, size, 1) for cell in cells.met.values())
    )
    return _Plan(left, slot, stepped) if fits else None


def _grid(cells: _Cells, plan: _Plan, series: Series, style: Style) -> Drawing:
    """Return dots in rows and columns, a hairline under each row."""
    column = Column(style, series.tag)
    stems = _heads(column, cells, plan)
    right = plan.left + plan.slot * len(cells.heads)
    rules: list[Fields] = [{"x": 0, "x2": right, "y": column.y}]
    dots: list[Fields] = []
    for side in cells.sides:
        top, inside = column.y, cells.about(side)
        with column.about(inside, band=bool(inside)):
            column.y += 7
            column.write(side, width=plan.left - 10)
            column.y = max(column.y + 7, top + 30)
        middle = (top + column.y) / 2
        for index, head in enumerate(cells.heads):
            if (cell := cells.met.get((side, head))) is None:
                continue
            of = cells.of[side, head]
            if cell.shown:
                with column.about(of):
                    column.beside(cell.shown, plan.centre(index), middle, align="center", backed=plan.stepped)
            else:
                look: Fields = {"colour": colour_of(cell, series, style), "of": of}
                dots.append({**look, "x": plan.centre(index), "y": middle})
        rules += tied([{"x": 0, "x2": right, "y": column.y}], inside)
    return sheet(
        style.width,
        column.y + 2,
        layer("rule", [{**stem, "y2": column.y} for stem in stems], stroke=style.grid, strokeWidth=1),
        layer("rule", rules, stroke=style.grid, strokeWidth=1),
        layer("point", dots, shape="circle", filled=True, size=150, opacity=1),
        *column.layers(),
        bands=column.bands,
    )


def _heads(column: Column, cells: _Cells, plan: _Plan) -> list[Fields]:
    """Set the names of the columns; return the stems that lead from names on steps into the grid."""
    if plan.stepped:
        stems: list[Fields] = []
        for index, name in enumerate(cells.heads):
            with column.about(cells.about(name)):
                column.put(name, plan.centre(index) - 4, column.y + 0.72 * column.leading, quiet=True)
            column.y += column.leading
            stems += tied([{"x": plan.centre(index), "y": column.y}], cells.about(name))
        column.y += 6
        return stems
    names = [wrap(name, plan.slot - 8, column.style.size) for name in cells.heads]
    column.y = max(map(len, names)) * column.leading + 6
    for index, lines in enumerate(names):
        for number, line in enumerate(lines, start=1):
            put_at = column.y - 8 - (len(lines) - number) * column.leading
            with column.about(cells.about(cells.heads[index])):
                column.put(line, plan.centre(index), put_at, align="center", quiet=True)
    return []


def _lists(cells: _Cells, series: Series, style: Style) -> Drawing:
    """Return each row's name followed by the names of the columns it meets, each with a dot."""
    column = Column(style, series.tag)
    dots: list[Fields] = []
    rules: list[Fields] = []
    for side in cells.sides:
        inside = cells.about(side)
        with column.about(inside, band=bool(inside)):
            if side != cells.sides[0]:
                rules += tied([{"x": 0, "x2": style.width, "y": column.y + 8}], inside)
                column.y += 12
            column.write(side)
            column.y += 2
            x = style.width + 1.0
            for head in cells.heads:
                if (cell := cells.met.get((side, head))) is None:
                    continue
                words = f"{head} {cell.shown}".strip()
                if x + 14 + extent(words, style.size) > style.width:
                    x = 0.0
                    column.y += column.leading
                look: Fields = {"colour": colour_of(cell, series, style), "of": cells.of[side, head]}
                dots.append({**look, "x": x + 4, "y": column.y - 0.5 * column.leading})
                column.y -= column.leading
                with column.about(cells.of[side, head]):
                    x += 28 + column.write(words, x=x + 14, quiet=True)
            if x > style.width:
                column.write("–", quiet=True)
    return sheet(
        style.width,
        column.y + 4,
        layer("rule", rules, stroke=style.grid, strokeWidth=1),
        layer("point", dots, shape="circle", filled=True, size=60, opacity=1),
        *column.layers(),
        bands=column.bands,
    )
