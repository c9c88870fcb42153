"""Bars: one an indicator, compared from zero; several periods of an indicator stand under one label."""

from __future__ import annotations

from typing import Literal

from crossfoot.charts import Series, Style
from crossfoot.charts._points import bound_notes, span_of
from crossfoot.charts._rows import bars, rows
from crossfoot.charts._sheet import Column, Drawing, Fields, Scale, layer, sheet
from crossfoot.model import ChartSpec, Reference


class Options(ChartSpec):
    """What an author may say about bars."""

    kind: Literal["bar"] = "bar"
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return horizontal bars in the order of *series*, each under its label and with its value at the end.

    Bars start at zero, those of negative values go to the left of it. A missing value is words.
    """
    thick = 18.0 if len(series.points) < 20 and not series.groups else 13.0
    column = Column(style, series.tag)
    low, high = span_of(series)
    scale, placed = rows(series, style, column, Scale(low, high, 0, style.width), thick)
    zero: list[Fields] = [
        {"x": 0.0, "y": mark.y - thick / 2 - 2, "y2": mark.y + thick / 2 + 2, "of": mark.of} for mark in placed
    ]
    column.notes(*bound_notes(series))
    return sheet(
        style.width,
        column.y + 4,
        *bars(placed, scale, thick, series, style),
        layer("rule", zero, x=scale, stroke=style.quiet, strokeWidth=1),
        *column.layers(),
        bands=column.bands,
        fit=column.fit,
    )
