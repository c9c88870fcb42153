"""Coverage: a block for each code of a framework, filled as far as the report answers it, a row a group."""

from __future__ import annotations

from typing import ClassVar, Literal

from crossfoot.charts import Series, Style
from crossfoot.charts._points import distinct, numbered
from crossfoot.charts._sheet import Column, Drawing, Fields, Layer, layer, sheet
from crossfoot.charts._words import extent
from crossfoot.model import ChartSpec

_SIZE, _GAP, _LABEL = 20.0, 3.0, 300.0
"""A block, the gap after it, and the widest name beside the blocks, in px."""


class Options(ChartSpec):
    """What an author may say about the coverage of a framework."""

    switched: ClassVar[Literal["label", "group"]] = "group"
    kind: Literal["coverage"] = "coverage"
    framework: str | None = None
    """Whose codes are drawn, a row a group; left out: all frameworks, a row each."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return the rows of *series*, each a label with the count of each status, in the order of `series.groups`.

    The groups are the five statuses, from a full answer to none; a filled block, a half-filled one, a point, a stroke
    and an empty block tell them apart without colour.
    """
    column = Column(style, series.tag)
    blocks = _Blocks(style)
    labels = distinct((point.label for point in series.points), series.labels)
    counts = {(point.label, point.group): int(point.value or 0) for point in series.points}
    totals = {group: sum(counts.get((label, group), 0) for label in labels) for group in series.groups}
    _legend(column, blocks, [(at, group) for at, group in enumerate(series.groups) if totals[group]], totals, series)
    widest = max((extent(label, style.size) for label in labels), default=0.0)
    left = 0.0 if style.narrow else min(widest + 16, _LABEL)
    room = style.width - left
    for label in labels:
        column.y += 8
        top = column.y
        with column.about(numbered(series, label=label)):
            column.write(label, width=0 if style.narrow else left - 16)
        y = column.y + 4 if style.narrow else top
        x = left
        for at, group in enumerate(series.groups):
            of = numbered(series, label=label, group=group)
            for _ in range(counts.get((label, group), 0)):
                if x + _SIZE > left + room:
                    x, y = left, y + _SIZE + _GAP
                blocks.add(at, x, y, _SIZE, of)
                x += _SIZE + _GAP
        column.y = max(column.y, y + _SIZE)
    return sheet(style.width, column.y + 4, *blocks.layers(), *column.layers())


def _legend(
    column: Column, blocks: _Blocks, used: list[tuple[int, str]], totals: dict[str, int], series: Series
) -> None:
    """Set what the blocks mean, and how many there are of each, beside one another as far as there is room."""
    x, size = 0.0, 13.0
    column.y += 2
    for at, group in used:
        words = f"{group} {totals[group]}"
        wide = size + 6 + extent(words, column.style.size) + 18
        if x and x + wide - 18 > column.style.width:
            x, column.y = 0.0, column.y + column.leading + 4
        of = numbered(series, group=group)
        blocks.add(at, x, column.y, size, of)
        with column.about(of):
            column.beside(words, x + size + 6, column.y + size / 2)
        x += wide
    column.y += column.leading + 8


class _Blocks:
    """The blocks of a drawing, by how they are filled."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.filled: list[Fields] = []
        self.edges: list[Fields] = []

    def add(self, status: int, x: float, y: float, size: float, of: list[int]) -> None:
        """Add a block of the status with this number, its corner at *x* and *y*, for the points *of*."""
        looks = (self.style.accent, self.style.accent, self.style.palette[1], self.style.quiet, self.style.muted)
        colour = looks[status]
        edge = 0.75  # half the stroke, so that an outline is as large as a filled block
        look: Fields = {"colour": colour, "of": of}
        outline: Fields = {**look, "x": x + edge, "x2": x + size - edge, "y": y + edge, "y2": y + size - edge}
        third = size / 3
        inside = {
            0: (x, x + size, y, y + size),
            1: (x, x + size, y + size / 2, y + size),
            2: (x + third, x + size - third, y + third, y + size - third),
            3: (x, x + size, y + size / 2 - 1, y + size / 2 + 1),
        }.get(status)
        if status not in (0, 3):
            self.edges.append(outline)
        if inside is not None:
            self.filled.append({**look, "x": inside[0], "x2": inside[1], "y": inside[2], "y2": inside[3]})

    def layers(self) -> tuple[Layer | None, ...]:
        """Return all blocks as layers."""
        return layer("rect", self.filled), layer("rect", self.edges, filled=False, strokeWidth=1.5)
