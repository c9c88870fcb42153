"""A stacked bar: the parts of one whole side by side, and below it each part in its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._points import distinct, ends, shown
from crossfoot.charts._sheet import Column, Fields, Scale, layer, sheet
from crossfoot.charts._words import extent
from crossfoot.model import ChartSpec, Reference

if TYPE_CHECKING:
    import altair as alt

_GAP = 2.0


class Options(ChartSpec):
    """What an author may say about a stacked bar."""

    kind: Literal["stacked-bar"] = "stacked-bar"
    whole: Reference | None = None
    """The indicator that the parts add up to, where it is printed."""
    accent: Reference | None = None
    """The part that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> alt.LayerChart:
    """Return one bar of full width a whole; under it, for each part, label, value and the part alone.

    Points without a group are the parts of one whole; with groups, a label is a whole, its groups the parts.
    Place and order tell the parts apart, colour only helps. Missing and negative parts are words alone.
    """
    column = Column(style, series.tag)
    tracks: list[Fields] = []
    parts: list[Fields] = []
    grouped = any(point.group for point in series.points)
    wholes = distinct((point.label for point in series.points), series.labels) if grouped else ("",)
    scale = Scale(0, 1, 0, style.width)
    for number, whole in enumerate(wholes):
        points = [point for point in series.points if not grouped or point.label == whole]
        if whole:
            column.y += 1.25 * column.leading if number else 0
            column.write(whole)
        column.y += 4
        top = column.y
        column.y += 30
        tracks.append(_across(0, 1, top, top + 30, style.track))
        total, before = sum(map(_size, points)), 0.0
        for index, point in enumerate(points):
            _list(column, point.group if grouped else point.label, shown(point, series))
            if not (size := _size(point) / total if total else 0.0):
                continue
            end = min(before + size, 1.0)
            clear = end - min(_GAP / style.width, size / 4) if end < 0.999999 else end
            colour = style.palette[index % len(style.palette)]
            if any(other.accent for other in points):
                colour = style.accent if point.accent else style.muted
            parts.append(_across(before, clear, top, top + 30, colour))
            parts.append(_across(before, clear, column.y + 3, column.y + 9, colour))
            tracks.append(_across(0, 1, column.y + 3, column.y + 9, style.track))
            column.y += 9
            before = end
    return sheet(
        style.width,
        column.y + 4,
        layer("rect", tracks, x=scale),
        layer("rect", parts, x=scale),
        *column.layers(),
    )


def _size(point: Point) -> float:
    """Return the size of *point* as a part: nothing where it is missing or below zero."""
    return max((ends(point) or (0.0, 0.0))[0], 0.0)


def _across(start: float, end: float, top: float, bottom: float, colour: str) -> Fields:
    return {"x": start, "x2": end, "y": top, "y2": bottom, "colour": colour}


def _list(column: Column, name: str, value: str) -> None:
    """Set *name* on the left and *value* on the right of its last line, or below it where it is too long."""
    width, size = column.style.width, column.style.size
    column.y += 0.6 * column.leading
    top = column.y + column.leading
    room = extent(value, size)
    if room > 0.45 * width:
        column.write(name)
        column.write(value, quiet=True)
    else:
        column.write(name, width=width - room - 16)
        column.y = max(column.y, top)
        column.put(value, width, column.y - 0.28 * column.leading, align="right")
