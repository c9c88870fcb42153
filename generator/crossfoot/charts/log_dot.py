"""Dots on a logarithmic scale: values across orders of magnitude that bars could not show together."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Literal

from crossfoot.charts import Series, Style
from crossfoot.charts._points import bound_notes, colour_of, ends
from crossfoot.charts._rows import rows
from crossfoot.charts._sheet import ARROW, ARROW_LEFT, Column, Drawing, Fields, Scale, layer, sheet
from crossfoot.charts._words import spread, tick_words, word
from crossfoot.model import ChartSpec, Reference

_SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")


class Options(ChartSpec):
    """What an author may say about dots on a logarithmic scale."""

    kind: Literal["log-dot"] = "log-dot"
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return one dot an indicator over a line for each power of ten, at most five of them named.

    Zero and negative values have no place on the scale and are given in words, as missing ones are.
    """
    spans = [span for point in series.points if (span := ends(point)) is not None]
    powers = [math.log10(end) for span in spans for end in span if end > 0]
    first, last = math.floor(min(powers, default=0.0)), math.ceil(max(powers, default=1.0))
    last = max(last, first + 1)
    column = Column(style, series.tag)
    column.write(word(series, "log_scale"), quiet=True)
    column.y += column.leading
    top = column.y + 5
    column.y += 8
    axis = Scale(10.0**first, 10.0**last, 0, style.width, log=True)
    scale, placed = rows(series, style, column, axis, 12, values="beside")

    dots: list[Fields] = []
    ranges: list[Fields] = []
    tips: list[Fields] = []
    guides: list[Fields] = []
    for mark in placed:
        start, end = ends(mark.point) or (1.0, 1.0)
        look: Fields = {"y": mark.y, "colour": colour_of(mark.point, series, style), "of": mark.of}
        guides.append({"x": 10.0**first, "x2": 10.0**last, "y": mark.y, "of": mark.of})
        dots.append({**look, "x": start, "shape": _SHAPES[mark.index % len(_SHAPES)]})
        if end > start:
            dots.append({**dots[-1], "x": end})
            ranges.append({**look, "x": start, "x2": end, "y": mark.y - 1.5, "y2": mark.y + 1.5})
        if mark.point.open:
            tips.append({**look, "x": round(scale(end) + 8, 1), "shape": ARROW})
        if mark.point.below:
            tips.append({**look, "x": round(scale(start) - 8, 1), "shape": ARROW_LEFT})
    lines: list[Fields] = [
        {"x": 10.0**power, "y": mark.y - 9, "y2": mark.y + 9, "of": mark.of}
        for mark in placed
        for power in range(first, last + 1)
    ]
    names = [_name(power, series) for power in range(first, last + 1)]
    places = [scale(10.0**power) for power in range(first, last + 1)]
    for name, middle in spread(names, places, 0, style.width, style.size, most=5):
        column.put(name, middle, top - 5, align="center", quiet=True)
    column.notes(
        *bound_notes(series),
        word(series, "not_on_scale") if any(low <= 0 for low, _ in spans) else "",
    )
    return sheet(
        style.width,
        column.y + 4,
        layer("rule", lines, x=scale, stroke=style.grid, strokeWidth=1),
        layer("rule", guides, x=scale, stroke=style.grid, strokeWidth=1),
        layer("rect", ranges, x=scale),
        layer("point", dots, x=scale, filled=True, size=100, opacity=1),
        layer("point", tips, filled=True, size=64, opacity=1),
        *column.layers(),
        bands=column.bands,
    )


def _name(power: int, series: Series) -> str:
    """Return ten to the power of *power* in words: 1, 1,000, 1 million, 1億."""
    return series.words.get(f"decade.{power}") or tick_words((Decimal(10) ** power,), series)[0]
