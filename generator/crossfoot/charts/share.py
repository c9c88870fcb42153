"""Shares: each a bar on a track that stands for one hundred per cent."""

from __future__ import annotations

from typing import Literal

from crossfoot.charts import Series, Style
from crossfoot.charts._points import bound_notes, span_of
from crossfoot.charts._rows import bars, rows
from crossfoot.charts._sheet import Column, Drawing, Fields, Scale, layer, sheet
from crossfoot.charts._words import word
from crossfoot.model import ChartSpec, Reference


class Options(ChartSpec):
    """What an author may say about shares."""

    kind: Literal["share"] = "share"
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> Drawing:
    """Return one bar a share on a track from 0 to 100, in the order of *series*, the value after the track.

    A share above 100 runs over the end of its track, one below 0 to the left of its start.
    """
    thick = 18.0 if len(series.points) < 20 and not series.groups else 13.0
    column = Column(style, series.tag)
    low, high = span_of(series)
    axis = Scale(min(low, 0.0), max(high, 100.0), 0, style.width)
    scale, placed = rows(series, style, column, axis, thick, values="end")
    tracks: list[Fields] = [
        {"x": 0.0, "x2": 100.0, "y": mark.y - thick / 2, "y2": mark.y + thick / 2, "of": mark.of} for mark in placed
    ]
    column.notes(word(series, "share_track") if placed else "", *bound_notes(series))
    return sheet(
        style.width,
        column.y + 4,
        layer("rect", tracks, x=scale, fill=style.track),
        *bars(placed, scale, thick, series, style),
        *column.layers(),
        bands=column.bands,
    )
