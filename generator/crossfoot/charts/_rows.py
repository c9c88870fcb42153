"""Drawings of rows: a label over each mark, its value next to it, a scale from left to right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._points import colour_of, distinct, ends, numbered, shown
from crossfoot.charts._sheet import ARROW, Column, Fields, Fit, Layer, Scale, layer
from crossfoot.charts._words import extent, spread, tick_words

GAP = 7.0
"""Between a mark and its value."""


def axis(column: Column, numbers: Sequence[Decimal], scale: Scale, series: Series) -> float:
    """Set the unit and the ticks of a horizontal scale at the top of a drawing; return the px below them.

    Names that would touch are left out, the first and the last stay longest.
    """
    size, width = column.style.size, column.style.width
    column.write(series.unit, quiet=True)
    column.y += column.leading
    names = tick_words(numbers, series)
    places = [scale(float(number)) for number in numbers]
    for name, middle in spread(names, places, 0, width, size):
        column.put(name, middle, column.y - 0.28 * column.leading, align="center", quiet=True)
    column.y += 8
    return column.y - 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A point with its place in a drawing of rows."""

    point: Point
    y: float
    """The middle of its mark."""
    index: int
    """Of its group: 0 for the first period."""
    of: list[int]
    """The number of the point in its series."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the rows of one drawing are set: the same for all of them, so that they read as one."""

    scale: Scale
    left: float
    """The width of the column of group names; 0 where they stand under the labels."""
    thick: float
    values: Literal["after", "end", "beside"]
    under: bool
    """Whether all values stand under their labels."""
    style: Style


def rows(
    series: Series,
    style: Style,
    column: Column,
    scale: Scale,
    thick: float,
    *,
    values: Literal["after", "end", "beside"] = "after",
) -> tuple[Scale, tuple[Placed, ...]]:
    """Set a label over each mark and its value next to it; return the scale that leaves room, and the marks.

    Values stand `after` their mark, at the `end` of the scale, or `beside` their mark on the side that has
    room; one too long for that stands under its label (of bars then all do). Missing points, and on a
    logarithmic scale those up to zero, get words and no mark. Groups are named left of their marks.
    """
    plan = _plan(series, style, scale, thick, values)
    gap = (0.75 if len(series.points) < 20 else 0.45) * column.leading
    placed: list[Placed] = []
    for number, label in enumerate(distinct((point.label for point in series.points), series.labels)):
        inside = numbered(series, label=label)
        with column.about(inside, band=True):
            column.y += gap if number else 0
            column.write(label)
            for one in inside:
                with column.about([one], band=len(inside) > 1):
                    placed += _row(column, series.points[one], series, plan, scale, [one])
    if values == "after" and scale.low == 0 and not any(point.below for point in series.points):
        column.fit = _fit(series, plan, placed)
    return plan.scale, tuple(placed)


def _fit(series: Series, plan: _Plan, placed: Sequence[Placed]) -> Fit:
    """Return how long the bars may grow when others are switched off."""
    needs: list[tuple[int, float, float]] = []
    for mark in placed:
        tip = plan.thick / 2 + 2 if mark.point.open else 0
        need = tip if plan.under else _need(mark.point, series, plan.style, plan.thick)
        needs.append((mark.of[0], (ends(mark.point) or (0.0, 0.0))[1], round(need, 1)))
    scale = plan.scale
    return Fit(scale.high, scale.start, scale.end, plan.style.width, needs)


def _row(column: Column, point: Point, series: Series, plan: _Plan, scale: Scale, of: list[int]) -> tuple[Placed, ...]:
    """Set the words of *point*; return its place, nothing where it has no mark."""
    if point.group and not plan.left:
        column.write(point.group, quiet=True)
    if (reach := _reach(point, scale)) is not None:
        index = series.groups.index(point.group) if point.group in series.groups else 0
        return (Placed(point, _mark(column, point, series, plan, reach), index, of),)
    column.y += 3 if point.group else 0
    first = column.y + 0.72 * column.leading
    column.write(shown(point, series), x=plan.left, quiet=True)
    column.y = max(column.y, first + 0.28 * column.leading)
    column.put(point.group if plan.left else "", 0, first, quiet=True)
    return ()


def _plan(series: Series, style: Style, scale: Scale, thick: float, values: Literal["after", "end", "beside"]) -> _Plan:
    """Return how to set the rows: bars as long as the longest value after them allows."""
    left = max((extent(name, style.size) + 10 for name in series.groups), default=0.0)
    left = left if left < 0.3 * style.width else 0.0
    room = style.width - left
    if values == "beside":
        inner = Scale(scale.low, scale.high, left + thick / 2, style.width - thick / 2, scale.log)
        return _Plan(inner, left, thick, values, False, style)
    reaches = [(point, reach) for point in series.points if (reach := _reach(point, scale)) is not None]
    needs = [(_need(point, series, style, thick), reach) for point, reach in reaches]
    under = any(need > 0.6 * room for need, _ in needs)
    rooms = [(room - need) / (1 if values == "end" else reach) for need, reach in needs if reach or values == "end"]
    end = room if under else min((room, *rooms))
    if under and any(point.open for point, _ in reaches):
        end = room - thick / 2 - 2
    return _Plan(Scale(scale.low, scale.high, left, left + end, scale.log), left, thick, values, under, style)


def _mark(column: Column, point: Point, series: Series, plan: _Plan, reach: float) -> float:
    """Set the words of *point* around its mark, which ends at *reach* (0 to 1); return the mark's middle."""
    words, need = shown(point, series), _need(point, series, plan.style, plan.thick)
    need += plan.thick / 2 if plan.values == "beside" else 0
    after = plan.scale.start + reach * (plan.scale.end - plan.scale.start)
    start, _ = ends(point) or (plan.scale.low, 0.0)
    before = plan.scale(start) - GAP - plan.thick / 2
    side = "under" if plan.under else "right"
    if plan.values == "beside" and after + need > plan.style.width:
        side = "left" if before - extent(words, plan.style.size) >= plan.left else "under"
    if side == "under":
        column.write(words, x=plan.left)
    y = round(column.y + 4 + plan.thick / 2, 1)
    column.y += plan.thick + 4
    if plan.left and point.group:
        column.beside(point.group, 0, y, quiet=True)
    if side == "right":
        at = plan.scale.end if plan.values == "end" else after
        by = (ends(point) or (0.0, 0.0))[1] if plan.values == "after" else None
        column.beside(words, at + need - extent(words, plan.style.size), y, backed=plan.values == "beside", by=by)
    elif side == "left":
        column.beside(words, before, y, align="right", backed=True)
    return y


def _need(point: Point, series: Series, style: Style, thick: float) -> float:
    """Return the px from the end of the mark of *point* to the end of its value."""
    return extent(shown(point, series), style.size) + GAP + (thick / 2 + 2 if point.open else 0)


def _reach(point: Point, scale: Scale) -> float | None:
    """Return how far along *scale* the mark of *point* goes to the right, 0 to 1; None if it has no mark."""
    span = ends(point)
    if span is None or (scale.log and span[0] <= 0):
        return None
    unit = Scale(scale.low, scale.high, 0, 1, scale.log)
    return unit(span[1] if scale.log else max(span[1], 0.0))


def bars(
    placed: Sequence[Placed], scale: Scale, thick: float, series: Series, style: Style
) -> tuple[Layer | None, ...]:
    """Return the marks of bars: solid to the value, pale where it may be less, pointed where it is more."""
    solid: list[Fields] = []
    pale: list[Fields] = []
    tips: list[Fields] = []
    for mark in placed:
        low, high = ends(mark.point) or (0.0, 0.0)
        look: Fields = {
            "y": mark.y - thick / 2,
            "y2": mark.y + thick / 2,
            "colour": colour_of(mark.point, series, style),
            "of": mark.of,
        }
        sure = 0.0 if mark.point.below else low
        solid.append({"x": 0.0, "x2": sure, **look})
        if high != sure:
            pale.append({"x": sure, "x2": high, **look})
        if mark.point.below:
            firm = 2.5 * (scale.high - scale.low) / (scale.end - scale.start)
            solid.append({"x": high - math.copysign(min(firm, abs(high)), high), "x2": high, **look})
        if mark.point.open:
            at = round(scale(max(high, 0)) + 2, 1)
            tips.append({"x": at, "y": mark.y, "colour": look["colour"], "of": mark.of, "by": max(high, 0)})
    return (
        layer("rect", solid, x=scale),
        layer("rect", pale, x=scale, opacity=0.4),
        layer("point", tips, shape=ARROW, filled=True, size=thick**2, opacity=1),
    )
