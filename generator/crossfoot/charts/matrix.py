"""A matrix: which row meets which column; a grid where its words fit, else each row with a list of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._sheet import Column, Fields, colour_of, layer, sheet
from crossfoot.charts._words import distinct, extent, whole, wrap
from crossfoot.model import ChartSpec, Reference

if TYPE_CHECKING:
    import altair as alt


class Options(ChartSpec):
    """What an author may say about a matrix."""

    kind: Literal["matrix"] = "matrix"
    table: Reference | None = None
    """The table of kind matrix that is drawn."""


def draw(series: Series, style: Style, options: Options) -> alt.LayerChart:
    """Return a mark wherever a row meets a column: the words of the point, or a dot where all say the same.

    Where the names of the columns do not fit over a grid, rows and columns change places; where that does not fit
    either, as on a phone, each row is followed by the list of the columns it meets.
    """
    down = distinct(map(_row, series.points))
    down = series.labels if set(down) <= set(series.labels) else down
    over = tuple(dict.fromkeys((*series.groups, *(point.group for point in series.points if point.group))))
    said = {point.shown for point in series.points if point.group}
    met = {
        (_row(point), point.group): point if len(said) > 1 else replace(point, shown="")
        for point in series.points
        if point.group
    }
    turned = {(group, row): point for (row, group), point in met.items()}
    for lines in (2, 4):
        for heads, sides, cells in ((over, down, met), (down, over, turned)):
            for share in (0.4, 0.32, 0.25):
                left = min(
                    max((extent(name, style.size) for name in sides), default=0.0) + 14, share * style.width
                )
                if _fits(heads, sides, cells.values(), style, left, lines):
                    return _grid(heads, sides, cells, series, style, left)
    return _lists(over, down, met, series, style)


def _row(point: Point) -> str:
    return point.row or point.label


def _fits(
    heads: tuple[str, ...],
    sides: tuple[str, ...],
    cells: Iterable[Point],
    style: Style,
    left: float,
    lines: int,
) -> bool:
    """Return whether names of rows fit *left*, those of columns their columns in *lines* lines, no word cut."""
    slot = (style.width - left) / max(len(heads), 1) - 8
    return (
        bool(heads)
        and all(whole(name, left - 10, style.size, lines) for name in sides)
        and all(whole(name, slot, style.size, lines) for name in heads)
        and all(whole(cell.shown, slot, style.size, 1) for cell in cells)
    )


def _grid(
    heads: tuple[str, ...],
    sides: tuple[str, ...],
    cells: Mapping[tuple[str, str], Point],
    series: Series,
    style: Style,
    left: float,
) -> alt.LayerChart:
    """Return dots in rows and columns, the names of the columns standing on a line, a hairline under each row."""
    column = Column(style, series.tag)
    slot = (style.width - left) / len(heads)
    centres = [left + slot * (index + 0.5) for index in range(len(heads))]
    names = [wrap(name, slot - 8, style.size) for name in heads]
    column.y = max(map(len, names)) * column.leading + 6
    for centre, lines in zip(centres, names, strict=True):
        for up, line in enumerate(reversed(lines)):
            column.put(line, centre, column.y - 8 - up * column.leading, align="center", quiet=True)
    rules: list[Fields] = [{"x": 0, "x2": style.width, "y": column.y}]
    dots: list[Fields] = []
    for side in sides:
        top = column.y
        column.y += 7
        column.write(side, width=left - 10)
        column.y = max(column.y + 7, top + 30)
        middle = (top + column.y) / 2
        for centre, head in zip(centres, heads, strict=True):
            cell = cells.get((side, head))
            if cell is not None and cell.shown:
                column.beside(cell.shown, centre, middle, align="center", quiet=cell.value is None)
            elif cell is not None:
                dots.append({"x": centre, "y": middle, "colour": colour_of(cell, series, style)})
        rules.append({"x": 0, "x2": style.width, "y": column.y})
    return sheet(
        style.width,
        column.y + 2,
        layer("rule", rules, stroke=style.grid, strokeWidth=1),
        layer("point", dots, shape="circle", filled=True, size=150, opacity=1),
        *column.layers(),
    )


def _lists(
    heads: tuple[str, ...],
    sides: tuple[str, ...],
    cells: Mapping[tuple[str, str], Point],
    series: Series,
    style: Style,
) -> alt.LayerChart:
    """Return each row's name followed by the names of the columns it meets, each with a dot."""
    column = Column(style, series.tag)
    dots: list[Fields] = []
    rules: list[Fields] = []
    for number, side in enumerate(sides):
        if number:
            column.y += 8
            rules.append({"x": 0, "x2": style.width, "y": column.y})
            column.y += 4
        column.write(side)
        column.y += 2
        x = 0.0
        for head in heads:
            if (cell := cells.get((side, head))) is None:
                continue
            words = f"{head}  {cell.shown}".strip()
            wide = extent(words, style.size) + 14
            if x == 0.0 or x + wide > style.width:
                x = 0.0
                column.y += column.leading
            dots.append(
                {"x": x + 4, "y": column.y - 0.5 * column.leading, "colour": colour_of(cell, series, style)}
            )
            if wide > style.width:
                column.y -= column.leading
                column.write(words, x=14, quiet=True)
            else:
                column.put(words, x + 14, column.y - 0.28 * column.leading, quiet=True)
            x += wide + 14
        if x == 0.0:
            column.write("–", quiet=True)
    return sheet(
        style.width,
        column.y + 4,
        layer("rule", rules, stroke=style.grid, strokeWidth=1),
        layer("point", dots, shape="circle", filled=True, size=60, opacity=1),
        *column.layers(),
    )
