"""Columns: periods from left to right, from zero; several indicators stand in panels over each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import copysign
from typing import Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._points import bound_notes, colour_of, ends, span_of
from crossfoot.charts._sheet import ARROW_UP, Column, Drawing, Fields, Layer, Scale, layer, sheet, tied
from crossfoot.charts._upright import Frame, Panel, Tags, absences, briefly, frame, panels, telling, words_of
from crossfoot.charts._words import ticks, whole, wrap
from crossfoot.model import ChartSpec, Reference


class Options(ChartSpec):
    """What an author may say about columns."""

    kind: Literal["column"] = "column"
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return columns from zero over the names of their periods, one panel an indicator, all on one scale.

    Each column carries its value where all values fit; else a scale of at most five ticks stands beside, and
    the values that a reader looks for are written: last, highest, lowest, first. A missing value is words.
    """
    slots, drawn = panels(series)
    words = words_of(series)
    low, high = span_of(series)
    slot = style.width / len(slots) - 8
    numbers = () if all(whole(said, slot, style.size) for said in words.values()) else ticks(low, high)
    low, high = (float(numbers[0]), float(numbers[-1])) if numbers else (low, high)
    lines = 1 if numbers else max(len(wrap(said, slot, style.size)) for said in words.values())
    opened = any(point.open for point in series.points)

    column = Column(style, series.tag)
    layers: list[Layer | None] = []
    for panel in drawn:
        several = len(drawn) > 1
        with column.about(panel.all if several else [], band=several):
            column.y += column.leading if panel is not drawn[0] else 0
            column.write(panel.name)
            column.write(series.unit if briefly(series) or numbers else "", quiet=True)
            top = column.y + lines * column.leading + (14 if opened else 6)
            scale = Scale(low, high, top + (120 if several else 170 if style.narrow else 200), top)
            below = lines * column.leading + 6 if low < 0 else 6.0
            field = frame(column, scale, slots, series, numbers=numbers, right=style.width, below=below)
            layers += _columns(column, field, panel, words, series, panel.all if several else [])
    column.notes(
        absences(series) if numbers else "",
        *bound_notes(series),
    )
    return sheet(style.width, column.y + 4, *layers, *column.layers(), bands=column.bands)


def _columns(
    column: Column, field: Frame, panel: Panel, words: Mapping[Point, str], series: Series, of: Sequence[int]
) -> list[Layer | None]:
    """Return the marks of one panel over the lines of its field, which belong to *of*, the values set on the way."""
    style, scale = column.style, field.scale
    half = min(0.36 * (field.right - field.left) / len(field.centres), 32.0)
    solid: list[Fields] = []
    pale: list[Fields] = []
    tips: list[Fields] = []
    for slot, point in panel.points.items():
        if (span := ends(point)) is None:
            continue
        middle = field.centres[slot]
        mark: Fields = {"colour": colour_of(point, series, style), "of": panel.of[slot]}
        look: Fields = {**mark, "x": middle - half, "x2": middle + half}
        sure = 0.0 if point.below else span[0]
        solid.append({**look, "y": 0.0, "y2": sure})
        if span[1] != sure:
            pale.append({**look, "y": sure, "y2": span[1]})
        if point.below:
            firm = 2.5 * (scale.high - scale.low) / (scale.start - scale.end)
            solid.append({**look, "y": span[1] - copysign(min(firm, abs(span[1])), span[1]), "y2": span[1]})
        if point.open:
            tips.append({**mark, "x": middle, "y": scale(max(span[1], 0)) - 2})
    (_some if field.numbers else _each)(column, field, panel, words, half)
    return [
        layer("rule", tied(field.rules(), of) if of else field.rules(), y=scale, stroke=style.grid, strokeWidth=1),
        layer("rect", solid, y=scale),
        layer("rect", pale, y=scale, opacity=0.4),
        layer("point", tips, shape=ARROW_UP, filled=True, size=4 * min(half, 8) ** 2, opacity=1),
        layer("rule", tied(field.zero(), of) if of else field.zero(), y=scale, stroke=style.quiet, strokeWidth=1),
    ]


def _each(column: Column, field: Frame, panel: Panel, words: Mapping[Point, str], half: float) -> None:
    """Write the value of each point at the end of its column, in lines as wide as its slot."""
    room = (field.right - field.left) / len(field.centres) - 8
    for slot, point in panel.points.items():
        lines = wrap(words[point], room, column.style.size)
        y, down = _at(column, field, point, half)
        for number, line in enumerate(lines):
            shift = number if down else number - len(lines) + 1
            put_at = y + shift * column.leading
            with column.about(panel.of[slot]):
                column.put(line, field.centres[slot], put_at, align="center", quiet=ends(point) is None)


def _some(column: Column, field: Frame, panel: Panel, words: Mapping[Point, str], half: float) -> None:
    """Write the values that tell most, each where it touches no column and no other value."""
    tags = Tags(column, field.left, field.right)
    for slot, point in panel.points.items():
        if (span := ends(point)) is not None:
            middle, zero = field.centres[slot], field.scale(0)
            top, bottom = min(field.scale(span[1]), zero), max(field.scale(span[0]), zero)
            tags.avoid(middle - half, middle + half, top, bottom)
    places = {point: slot for slot, point in panel.points.items()}
    for point in telling(list(places)):
        with column.about(panel.of[places[point]]):
            tags.write(words[point], field.centres[places[point]], _at(column, field, point, half)[0])


def _at(column: Column, field: Frame, point: Point, half: float) -> tuple[float, bool]:
    """Return the first baseline of the value of *point*, and whether it stands below its column."""
    low, high = ends(point) or (0.0, 0.0)
    if high < 0:
        return field.scale(low) + column.leading, True
    return field.scale(high) - (min(half, 8) + 7 if point.open else 5), False
