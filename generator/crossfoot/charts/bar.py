"""Bars: one an indicator, compared from zero; several periods of an indicator stand under one label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crossfoot.charts import Series, Style
from crossfoot.charts._rows import rows
from crossfoot.charts._sheet import ARROW, Column, Scale, colour_of, ends, layer, sheet
from crossfoot.charts._words import word
from crossfoot.model import ChartSpec, Reference

if TYPE_CHECKING:
    import altair as alt


class Options(ChartSpec):
    """What an author may say about bars."""

    kind: Literal["bar"] = "bar"
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> alt.LayerChart:
    """Return horizontal bars in the order of *series*, each under its label and with its value at the end.

    A range is drawn to its lower end and paler to its upper; a lower bound ends in a point; a missing value is words.
    """
    spans = [span for point in series.points if (span := ends(point)) is not None]
    low, high = min((0.0, *(low for low, _ in spans))), max((0.0, *(high for _, high in spans)))
    thick = 18.0 if len(series.points) < 20 and not series.groups else 13.0
    column = Column(style, series.tag)
    scale, placed = rows(
        series, style, column, Scale(low, high if high > low else low + 1, 0, style.width), thick
    )

    solid, pale, tips, zero = [], [], [], []
    for mark in placed:
        start, end = ends(mark.point) or (0.0, 0.0)
        look = {
            "y": mark.y - thick / 2,
            "y2": mark.y + thick / 2,
            "colour": colour_of(mark.point, series, style),
        }
        solid.append({"x": 0.0, "x2": start, **look})
        if end > start:
            pale.append({"x": start, "x2": end, **look})
        if mark.point.open:
            tips.append({"x": round(scale(max(end, 0)) + 2, 1), "y": mark.y, "colour": look["colour"]})
        zero.append({"x": 0.0, "y": mark.y - thick / 2 - 2, "y2": mark.y + thick / 2 + 2})
    column.notes(
        word(series, "range_end") if pale else "",
        word(series, "open_bound") if tips else "",
    )
    return sheet(
        style.width,
        column.y + 4,
        layer("rect", solid, x=scale),
        layer("rect", pale, x=scale, opacity=0.4),
        layer("point", tips, shape=ARROW, filled=True, size=thick**2, opacity=1),
        layer("rule", zero, x=scale, stroke=style.quiet, strokeWidth=1),
        *column.layers(),
    )
