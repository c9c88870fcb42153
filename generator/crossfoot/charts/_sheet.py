"""The sheet a drawing is made on: scales, layers of marks, and a column of text set from top to bottom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from crossfoot.charts import Style
from crossfoot.charts._words import extent, wide, wrap

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value stands in px."""

    low: float
    high: float
    start: float
    """The px of *low*."""
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """Return the px of *value*; the start where all values are equal."""
        low, high, at = (math.log10(x) if self.log else x for x in (self.low, self.high, value))
        return self.start + (at - low) / (high - low) * (self.end - self.start) if high > low else self.start

    def altair(self) -> alt.Scale:
        """Return the same scale for an encoding."""
        import altair as alt

        domain, span = [self.low, self.high], [self.start, self.end]
        if self.log:
            return alt.Scale(type="log", domain=domain, range=span, nice=False)
        return alt.Scale(type="linear", domain=domain, range=span, nice=False, zero=False)


Fields = Mapping[str, "float | str | list[int]"]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of marks on a sheet."""

    mark: str
    rows: Sequence[Fields]
    x: Scale | None
    y: Scale | None
    look: Mapping[str, Any]
    name: str = ""

    def chart(self, data: str) -> alt.UnitSpec:
        """Return it over the rows called *data*."""
        import altair as alt

        fields, look = self.rows[0].keys(), dict(self.look)
        channels: dict[str, Any] = {channel: told for field, (channel, told) in _CHANNELS.items() if field in fields}
        for axis, scale in (("x", self.x), ("y", self.y)):
            channels[axis] = {**_PLACE, "field": axis, "scale": scale.altair() if scale else None}
        if "align" in fields:
            look["align"] = alt.ExprRef("datum.align")
        mark = alt.MarkDef(type=cast("Any", self.mark), **look)
        named: Any = {"name": self.name} if self.name else {}
        return alt.UnitSpec(mark, data=alt.NamedData(name=data), encoding=alt.Encoding(**channels), **named)


_PLACE = {"type": "quantitative", "axis": None, "stack": None}
_CHANNELS: Mapping[str, tuple[str, Mapping[str, str | None]]] = {
    "x2": ("x2", {"field": "x2"}),
    "y2": ("y2", {"field": "y2"}),
    "series": ("detail", {"field": "series", "type": "nominal"}),
    "text": ("text", {"field": "text", "type": "nominal"}),
    "colour": ("color", {"field": "colour", "type": "nominal", "scale": None, "legend": None}),
    "shape": ("shape", {"field": "shape", "type": "nominal", "scale": None, "legend": None}),
}
"""The channel of each field, and what it says."""


def layer(
    mark: str, rows: Sequence[Fields], *, x: Scale | None = None, y: Scale | None = None, name: str = "", **look: Any
) -> Layer | None:
    """Return one layer of marks, one a row (for a line: one a `series`); None if there are no rows.

    The fields of *rows* are the channels: x, y, x2, y2 (values of the scale given, else px), colour, text,
    align, shape, series. *look* goes to the mark as it is. A field `of` holds the points that a row belongs to, by
    their number in the series: a static drawing does not see it, an interactive one finds its points by it.
    """
    return Layer(mark, rows, x, y, look, name) if rows else None


def tied(rows: Iterable[Fields], of: Sequence[int]) -> list[Fields]:
    """Return *rows* as belonging to the points *of*."""
    return [{**row, "of": list(of)} for row in rows]


@dataclass(frozen=True, slots=True)
class Drawing:
    """An Altair chart, its rows beside it: Altair copies all that a chart holds with each call."""

    chart: alt.TopLevelLayerSpec
    rows: Mapping[str, Sequence[Fields]]
    """By the name of the data that a layer asks for."""
    notes: Mapping[str, Any]
    """What an interactive chart has to know."""

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """Return it as Vega-Lite."""
        chart: dict[str, Any] = self.chart.to_dict(validate=validate)
        return {**chart, "datasets": dict(self.rows), "usermeta": dict(self.notes)}


def sheet(
    width: float, height: float, *layers: Layer | None, bands: Sequence[Band] = (), fit: Fit | None = None
) -> Drawing:
    """Return *layers* on one sheet, the first lowest; its size does not depend on any measured text.

    *bands* tell an interactive chart what may close up when points are switched off, *fit* how what stays may grow.
    """
    import altair as alt

    drawn = {f"rows_{number}": one for number, one in enumerate(one for one in layers if one is not None)}
    chart = alt.TopLevelLayerSpec(
        layer=[one.chart(name) for name, one in drawn.items()],
        width=width,
        height=math.ceil(height),
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
        resolve=alt.Resolve(scale=alt.ScaleResolveMap(x="independent", y="independent")),
        config=alt.Config(view=alt.ViewConfig(stroke=None)),
    )
    notes = {"bands": [asdict(band) for band in bands], "fit": asdict(fit) if fit else None}
    return Drawing(chart, {name: one.rows for name, one in drawn.items()}, notes)


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a drawing, from left to right, that belongs to some points alone."""

    top: float
    bottom: float
    of: list[int]


@dataclass(frozen=True, slots=True)
class Fit:
    """How long marks from zero may grow with their values after them, when longer ones are switched off."""

    high: float
    """The value at *end*, of all points."""
    start: float
    end: float
    room: float
    """The px that no value goes beyond."""
    needs: list[tuple[int, float, float]]
    """Of each point with a mark: its number, the value the mark ends at, the px from there to the end of its words."""


class Column:
    """Lines of text set from top to bottom, and the height used so far."""

    def __init__(self, style: Style, tag: str = "en") -> None:
        """Start at the top of the drawing."""
        self.style = style
        self.leading = round(style.size * (1.45 if tag.startswith(("zh", "ja", "ko")) else 1.35))
        self.y = 0.0
        self.lines: list[Fields] = []
        self.backs: list[Fields] = []
        self.bands: list[Band] = []
        self.fit: Fit | None = None
        self._of: list[int] = []

    @contextmanager
    def about(self, of: Sequence[int], *, band: bool = False) -> Iterator[None]:
        """Set lines that belong to the points *of*; with *band*, so does the whole stretch that they take."""
        before, top = self._of, self.y
        self._of = list(of)
        yield
        self._of = before
        if band:
            self.bands.append(Band(top, self.y, list(of)))

    def write(self, text: str, *, x: float = 0, width: float = 0, quiet: bool = False) -> float:
        """Set *text* below what stands already, wrapped to *width* or the sheet; return how wide it ends."""
        last = 0.0
        for line in wrap(text, width or self.style.width - x, self.style.size):
            self.y += self.leading
            self.put(line, x, self.y - 0.28 * self.leading, quiet=quiet)
            last = extent(line, self.style.size)
        return last

    def put(
        self, text: str, x: float, y: float, *, align: str = "left", quiet: bool = False, by: float | None = None
    ) -> None:
        """Set one line with its baseline at *y*; the height used so far stays. *by* is the value it stands next to."""
        if not text.strip():
            return
        colour = self.style.quiet if quiet else self.style.ink
        x = max(x, 1.0) if align == "left" else x
        line: Fields = {"x": round(x, 1), "y": round(y, 1), "text": text, "align": align, "colour": colour}
        if by is not None:
            line = {**line, "by": by}
        self.lines += tied([line], self._of) if self._of else [line]

    def beside(
        self,
        text: str,
        x: float,
        middle: float,
        *,
        align: str = "left",
        quiet: bool = False,
        backed: bool = False,
        by: float | None = None,
    ) -> None:
        """Set one line whose middle is at *middle*; *backed* keeps grid lines from running through it."""
        self.put(text, x, middle + 0.36 * self.style.size, align=align, quiet=quiet, by=by)
        if backed:
            wide, half = extent(text, self.style.size) + 4, 0.65 * self.style.size
            start = {"left": x - 2, "right": x - wide + 2}.get(align, x - wide / 2)
            back: Fields = {"x": max(start, 0.0), "x2": start + wide, "y": middle - half, "y2": middle + half}
            self.backs += tied([back], self._of) if self._of else [back]

    def notes(self, *texts: str) -> None:
        """Set *texts* that are not empty as quiet notes under the drawing."""
        spoken = ""
        for text in filter(None, texts):
            spoken += text if not spoken or wide(spoken[-1]) else f" {text}"
        if spoken:
            self.y += 0.7 * self.leading
            self.write(spoken, quiet=True)

    def layers(self) -> tuple[Layer | None, ...]:
        """Return all lines as layers, what backs them first."""
        backs = layer("rect", self.backs, fill=self.style.paper)
        return backs, layer("text", self.lines, name=LINES, baseline="alphabetic", fontSize=self.style.size)


LINES = "lines"
"""What the layer of lines is called; each stands where the column has put it, so that nothing has to measure it."""


ARROW = "M0,-1L1,0L0,1Z"
ARROW_LEFT = "M0,-1L-1,0L0,1Z"
ARROW_UP = "M-1,0L0,-1L1,0Z"
"""The open end of a mark: a small triangle after it, to the right, to the left or above."""
