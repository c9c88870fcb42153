"""Shares: each a bar on a track that stands for one hundred per cent."""

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
    """What an author may say about shares."""

    kind: Literal["share"] = "share"
    accent: Reference | None = None
    """The indicator that the title speaks of; the others are drawn quieter."""


def draw(series: Series, style: Style, options: Options) -> alt.LayerChart:
    """Return one bar a share on a track from 0 to 100, in the order of *series*, the value after the track.

    A share above 100 runs over the end of its track, one below 0 to the left of its start.
    """
    spans = [span for point in series.points if (span := ends(point)) is not None]
    low, high = min((0.0, *(low for low, _ in spans))), max((100.0, *(high for _, high in spans)))
    thick = 18.0 if len(series.points) < 20 and not series.groups else 13.0
    column = Column(style, series.tag)
    scale, placed = rows(series, style, column, Scale(low, high, 0, style.width), thick, values="end")

    tracks, solid, pale, tips = [], [], [], []
    for mark in placed:
        start, end = ends(mark.point) or (0.0, 0.0)
        across = {"y": mark.y - thick / 2, "y2": mark.y + thick / 2}
        colour = colour_of(mark.point, series, style)
        tracks.append({"x": 0.0, "x2": 100.0, **across})
        solid.append({"x": 0.0, "x2": start, **across, "colour": colour})
        if end > start:
            pale.append({"x": start, "x2": end, **across, "colour": colour})
        if mark.point.open:
            tips.append({"x": round(scale(max(end, 0)) + 2, 1), "y": mark.y, "colour": colour})
    column.notes(
        word(series, "share_track"),
        word(series, "range_end") if pale else "",
        word(series, "open_bound") if tips else "",
    )
    return sheet(
        style.width,
        column.y + 4,
        layer("rect", tracks, x=scale, fill=style.track),
        layer("rect", solid, x=scale),
        layer("rect", pale, x=scale, opacity=0.4),
        layer("point", tips, shape=ARROW, filled=True, size=thick**2, opacity=1),
        *column.layers(),
    )
