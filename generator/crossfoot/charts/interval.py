"""Intervals: ranges on one scale that need not start at zero, and whether one value fits them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._points import colour_of, distinct, ends, numbered, shown
from crossfoot.charts._rows import GAP, axis
from crossfoot.charts._sheet import Column, Drawing, Fields, Scale, layer, sheet, tied
from crossfoot.charts._words import extent, ticks, word
from crossfoot.model import ChartSpec, Flag, Reference


class Options(ChartSpec):
    """What an author may say about intervals."""

    kind: Literal["interval"] = "interval"
    implied: Flag = False
    """Draw, for each ratio of the series, the range of the undisclosed quantity it was divided by."""
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return one bar an interval from its lower to its upper end, both named, over one scale.

    A point without a range is a short stroke. With `implied` the intervals are estimates of one quantity:
    the band that most of them share is shaded, and a note says how many do.
    """
    spans = [span for point in series.points if (span := ends(point)) is not None]
    low, high = min((low for low, _ in spans), default=0.0), max((high for _, high in spans), default=1.0)
    if low == high:
        low, high = low - (abs(low) / 10 or 1), high + (abs(high) / 10 or 1)
    numbers = ticks(min(low, 0.0) if 0 <= low < high / 4 else low, max(high, 0.0) if high <= 0 else high)
    scale = Scale(float(numbers[0]), float(numbers[-1]), 5, style.width - 5)
    column = Column(style, series.tag)
    named = axis(column, numbers, scale, series)

    bars: list[Fields] = []
    lines: list[Fields] = []
    for number, label in enumerate(distinct((point.label for point in series.points), series.labels)):
        inside = numbered(series, label=label)
        with column.about(inside, band=True):
            column.y += 0.75 * column.leading if number else 0
            column.write(label)
            for one in inside:
                point = series.points[one]
                with column.about([one], band=len(inside) > 1):
                    y = _name(column, point, series, scale)
                if (span := ends(point)) is None:
                    continue
                lines += tied(({"x": float(tick), "y": y - 10, "y2": y + 10} for tick in numbers), [one])
                colour = colour_of(point, series, style)
                bar: Fields = {"x": span[0], "x2": span[1], "y": y - 5, "y2": y + 5, "colour": colour}
                bars += tied([bar, *(_stroke(end, y, scale, colour) for end in span)], [one])
    band, some = _shared(spans) if options.implied else (None, 0)
    bottom = column.y + 4
    column.notes(
        word(series, "axis_not_zero") if numbers[0] > 0 or numbers[-1] < 0 else "",
        _agreement(series, some, len(spans)) if options.implied and len(spans) > 1 else "",
    )
    shade = [{"x": band[0], "x2": band[1], "y": named, "y2": bottom}] if band else []
    return sheet(
        style.width,
        column.y + 4,
        layer("rect", shade, x=scale, fill=style.track),
        layer("rule", lines, x=scale, stroke=style.grid, strokeWidth=1),
        layer("rect", bars, x=scale),
        *column.layers(),
        bands=column.bands,
    )


def _name(column: Column, point: Point, series: Series, scale: Scale) -> float:
    """Set the words of *point* at the ends of its bar, or under its label; return the middle of the bar."""
    size, span = column.style.size, ends(point)
    if point.group:
        column.write(point.group, quiet=True)
    if span is None:
        column.write(shown(point, series), quiet=True)
        return column.y
    start, end = scale(span[0]) - GAP, scale(span[1]) + GAP
    first, last = point.low_shown, point.high_shown or shown(point, series)
    inside = end + extent(last, size) <= column.style.width and start - extent(first, size) >= 0
    if not inside and not first and start - extent(last, size) >= 0:
        first, last, inside = last, "", True
    if not inside:
        column.write(shown(point, series) or f"{first} – {last}")
    column.y += 22
    y = column.y - 9
    if inside and first:
        column.beside(first, start, y, align="right", backed=True)
    if inside and last:
        column.beside(last, end, y, backed=True)
    return y


def _stroke(at: float, y: float, scale: Scale, colour: str) -> Fields:
    """Return the short stroke across the end of a bar."""
    half = 1.25 / (scale.end - scale.start) * (scale.high - scale.low)
    return {"x": at - half, "x2": at + half, "y": y - 8, "y2": y + 8, "colour": colour}


def _shared(spans: Sequence[tuple[float, float]]) -> tuple[tuple[float, float] | None, int]:
    """Return the stretch that most of *spans* cover, and how many do; None if no two of them meet."""
    best, most = None, 1
    for low, _ in spans:
        covering = [span for span in spans if span[0] <= low < span[1]]
        if len(covering) > most:
            best, most = (low, min(high for _, high in covering)), len(covering)
    return best, most


def _agreement(series: Series, some: int, rows: int) -> str:
    """Return in words how many of *rows* the shaded band fits."""
    if some == rows:
        return word(series, "agree")
    return word(series, "agree_some" if some > 1 else "disagree").format(some=some, all=rows)
