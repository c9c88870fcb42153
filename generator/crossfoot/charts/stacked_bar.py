"""A stacked bar: the parts of one whole side by side, and below it each part in its own place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._points import distinct, ends, numbered, shown
from crossfoot.charts._sheet import Column, Drawing, Fields, Scale, layer, sheet, tied
from crossfoot.charts._words import extent
from crossfoot.model import ChartSpec, Reference

_GAP = 2.0


class Options(ChartSpec):
    """What an author may say about a stacked bar."""

    switched: ClassVar[Literal["label", "group"]] = "group"
    kind: Literal["stacked-bar"] = "stacked-bar"
    whole: Reference | None = None
    """The indicator that the parts add up to, where it is printed."""
    accent: Reference | None = None
    """The part that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return one bar of full width a whole; under it, for each part, label, value and the part alone.

    Points without a group are the parts of one whole; with groups, a label is a whole, its groups the parts.
    Place and order tell the parts apart, colour only helps. Missing and negative parts are words alone.
    """
    column = Column(style, series.tag)
    tracks: list[Fields] = []
    parts: list[Fields] = []
    grouped = any(point.group for point in series.points)
    wholes = distinct((point.label for point in series.points), series.labels) if grouped else (None,)
    scale = Scale(0, 1, 0, style.width)
    for number, whole in enumerate(wholes):
        inside = numbered(series, label=whole)
        with column.about(inside if grouped else [], band=grouped):
            column.y += 1.25 * column.leading if number else 0
            column.write(whole or "")
            column.y += 4
            tracks += tied([_across(0, 1, column.y, column.y + 30, style.track)], inside)
            parts += _parts(column, series, inside, tracks, grouped=grouped)
    return sheet(
        style.width,
        column.y + 4,
        layer("rect", tracks, x=scale),
        layer("rect", parts, x=scale),
        *column.layers(),
        bands=column.bands,
    )


def _parts(
    column: Column, series: Series, inside: Sequence[int], tracks: list[Fields], *, grouped: bool
) -> list[Fields]:
    """Set the list of the parts of one whole below its bar, which starts at the top of *column*; return all marks."""
    style, top = column.style, column.y
    points = [series.points[one] for one in inside]
    total, before = sum(map(_size, points)), 0.0
    drawn: list[Fields] = []
    column.y += 30
    for index, (one, point) in enumerate(zip(inside, points, strict=True)):
        with column.about([one], band=True):
            _list(column, point.group if grouped else point.label, shown(point, series))
            if not (size := _size(point) / total if total else 0.0):
                continue
            end = min(before + size, 1.0)
            clear = end - min(_GAP / style.width, size / 4) if end < 0.999999 else end
            colour = style.palette[index % len(style.palette)]
            if any(other.accent for other in points):
                colour = style.accent if point.accent else style.muted
            marks = [_across(before, clear, y, y + tall, colour) for y, tall in ((top, 30), (column.y + 3, 6))]
            drawn += tied(marks, [one])
            tracks += tied([_across(0, 1, column.y + 3, column.y + 9, style.track)], [one])
            column.y += 9
            before = end
    return drawn


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
