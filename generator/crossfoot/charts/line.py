"""Lines: periods from left to right, each line named at its end, a gap where a value is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._points import span_of
from crossfoot.charts._sheet import Column, Drawing, Fields, Scale, layer, sheet
from crossfoot.charts._upright import Frame, Panel, Tags, absences, frame, panels, telling, words_of
from crossfoot.charts._words import extent, ticks, whole, word, wrap
from crossfoot.model import ChartSpec, Flag, Reference

_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


class Options(ChartSpec):
    """What an author may say about lines."""

    kind: Literal["line"] = "line"
    zero: Flag = True
    """Whether the scale starts at zero; the drawing says so where it does not."""
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return one line an indicator over at most five ticks, named with its last value at its end.

    Where the names have no room there, as on a phone, they stand over the drawing. Each line has its own
    marker, so that colour alone never tells them apart. A missing value is a gap, with its reason below.
    """
    slots, drawn = panels(series)
    looks = [_look(index, panel, series, style) for index, panel in enumerate(drawn)]
    words = words_of(series)
    names = [_name(panel, slots, words) for panel in drawn]
    column = Column(style, series.tag)
    tall = 190.0 if style.narrow else 230.0
    room = _room(names, column, tall)
    keys = _keys(column, names, looks, drawn) if not room else []
    column.write(series.unit, quiet=True)

    numbers = ticks(*span_of(series, zero=options.zero))
    top = column.y + 1.4 * column.leading
    scale = Scale(float(numbers[0]), float(numbers[-1]), top + tall, top)
    right = style.width - (room + 16 if room else 0)
    field = frame(column, scale, slots, series, numbers=numbers, right=right, inset=10, below=8)
    strokes, markers = _lines(drawn, field, looks)
    if room:
        _end_names(column, field, drawn, names, room)
    if len(drawn) == 1:
        _values(column, field, drawn[0], words)
    column.notes(
        absences(series),
        word(series, "boundary_break") if any(point.breaks for point in series.points) else "",
        word(series, "axis_not_zero") if numbers[0] > 0 or numbers[-1] < 0 else "",
    )
    return sheet(
        style.width,
        column.y + 4,
        layer("rule", field.rules(), y=scale, stroke=style.grid, strokeWidth=1),
        layer("rule", field.zero(), y=scale, stroke=style.quiet, strokeWidth=1),
        layer("line", strokes, y=scale, strokeWidth=2, strokeJoin="round"),
        layer("point", markers, y=scale, filled=True, size=60, opacity=1),
        layer("point", keys, filled=True, size=70, opacity=1),
        *column.layers(),
        bands=column.bands,
    )


def _look(index: int, panel: Panel, series: Series, style: Style) -> dict[str, str]:
    """Return colour and marker of the line of *panel*."""
    colour = style.palette[index % len(style.palette)]
    if any(point.accent for point in series.points):
        colour = style.accent if any(point.accent for point in panel.points.values()) else style.muted
    return {"colour": colour, "shape": _SHAPES[index % len(_SHAPES)]}


def _name(panel: Panel, slots: Sequence[str], words: Mapping[Point, str]) -> tuple[str, str]:
    """Return the name of a line and the last value on it."""
    known = [panel.points[slot] for slot in slots if slot in panel.points and panel.points[slot].value is not None]
    return panel.name, words[known[-1]] if known else ""


def _room(names: Sequence[tuple[str, str]], column: Column, tall: float) -> float:
    """Return the width that *names* need at the ends of their lines; 0 where they stand over the drawing."""
    most, size = 0.3 * column.style.width, column.style.size
    words = [part for name in names for part in name]
    lines = [line for part in words for line in wrap(part, most, size)]
    fit = all(whole(part, most, size) for part in words) and len(lines) * column.leading < 0.8 * tall
    beside = fit and len(names) > 1 and not column.style.narrow
    return max(extent(line, size) for line in lines) if beside else 0.0


def _keys(
    column: Column, names: Sequence[tuple[str, str]], looks: Sequence[Fields], drawn: Sequence[Panel]
) -> list[Fields]:
    """Set *names* over the drawing, one below the other; return the markers before them."""
    keys: list[Fields] = []
    if len(names) < 2:
        column.write(names[0][0])
        return keys
    for (name, _), look, panel in zip(names, looks, drawn, strict=True):
        keys.append({"x": 6.0, "y": column.y + 0.55 * column.leading, **look, "of": panel.all})
        with column.about(panel.all, band=True):
            column.write(name, x=18)
    column.y += 4
    return keys


def _lines(drawn: Sequence[Panel], field: Frame, looks: Sequence[Fields]) -> tuple[list[Fields], list[Fields]]:
    """Return the corners of the lines and some thirty markers a line.

    A new piece begins after each gap, and where the figures begin to cover something else.
    """
    strokes: list[Fields] = []
    markers: list[Fields] = []
    every = -(-len(field.centres) // 30)
    for line, (panel, look) in enumerate(zip(drawn, looks, strict=True)):
        piece, last = 0, ""
        for number, (slot, x) in enumerate(field.centres.items()):
            point = panel.points.get(slot)
            if point is None or point.value is None:
                piece, last = piece + 1, ""
                continue
            piece += point.breaks
            y, name = float(point.value), f"{line}-{piece}"
            strokes.append({"x": x, "y": y, "colour": look["colour"], "series": name, "of": panel.of[slot]})
            if last != name or number % every == 0 or number == len(field.centres) - 1:
                markers.append({"x": x, "y": y, **look, "of": panel.of[slot]})
            last = name
    return strokes, markers


def _end_names(
    column: Column, field: Frame, drawn: Sequence[Panel], names: Sequence[tuple[str, str]], room: float
) -> None:
    """Set each name beside the end of its line, pushed down where the one above needs the place."""
    size, leading = column.style.size, column.leading
    blocks = []
    for panel, (name, value) in zip(drawn, names, strict=True):
        lines = [
            *((line, False) for line in wrap(name, room + 1, size)),
            *((line, True) for line in wrap(value, room + 1, size)),
        ]
        known = [panel.points[slot] for slot in field.centres if slot in panel.points]
        values = [point.value for point in known if point.value is not None]
        at = field.scale(float(values[-1])) if values else field.scale.start
        blocks.append((at - len(lines) * leading / 2, lines, panel.all))
    blocks.sort(key=lambda block: block[0])
    bottom = field.scale.start + 0.2 * leading
    tops = [top for top, _, _ in blocks]
    for index in range(1, len(blocks)):
        tops[index] = max(tops[index], tops[index - 1] + len(blocks[index - 1][1]) * leading + 4)
    for index in reversed(range(len(blocks))):
        tops[index] = min(tops[index], bottom - len(blocks[index][1]) * leading)
        bottom = tops[index] - 4
    for top, (_, lines, of) in zip(tops, blocks, strict=True):
        for down, (line, quiet) in enumerate(lines):
            with column.about(of):
                column.put(line, field.right + 16, top + (down + 0.75) * leading, quiet=quiet)


def _values(column: Column, field: Frame, panel: Panel, words: Mapping[Point, str]) -> None:
    """Write the values that tell most over a single line, where there is room."""
    tags = Tags(column, field.left, field.right)
    places = {
        point: (field.centres[slot], field.scale(float(point.value)), panel.of[slot])
        for slot, point in panel.points.items()
        if point.value is not None
    }
    for x, y, _ in places.values():
        tags.avoid(x - 5, x + 5, y - 5, y + 5)
    for point in telling(list(places)):
        x, y, of = places[point]
        with column.about(of):
            tags.write(words[point], x, y - 10)
