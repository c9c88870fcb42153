"""The sheet a drawing is made on: scales, layers of marks, and a column of text set from top to bottom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

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


def layer(
    mark: str, rows: Sequence[Fields], *, x: Scale | None = None, y: Scale | None = None, **look: Any
) -> alt.Chart | None:
    """Return one layer of marks, one a row (for a line: one a `series`); None if there are no rows.

    The fields of *rows* are the channels: x, y, x2, y2 (values of the scale given, else px), colour, text,
    align, shape, series. *look* goes to the mark as it is. A field `of` holds the points that a row belongs to, by
    their number in the series: a static drawing does not see it, an interactive one finds its points by it.
    """
    import altair as alt

    if not rows:
        return None
    fields = rows[0].keys()
    channels: dict[str, Any] = {
        "x": alt.X("x:Q", scale=x.altair() if x else None, axis=None, stack=None),
        "y": alt.Y("y:Q", scale=y.altair() if y else None, axis=None, stack=None),
    }
    plain: dict[str, Any] = {
        "x2": alt.X2("x2:Q"),
        "y2": alt.Y2("y2:Q"),
        "series": alt.Detail("series:N"),
        "text": alt.Text("text:N"),
        "colour": alt.Color("colour:N", scale=None, legend=None),
        "shape": alt.Shape("shape:N", scale=None, legend=None),
    }
    names = {"colour": "color", "series": "detail"}
    channels |= {names.get(name, name): channel for name, channel in plain.items() if name in fields}
    if "align" in fields:
        look["align"] = alt.ExprRef("datum.align")
    chart = alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))
    drawn: alt.Chart = getattr(chart, f"mark_{mark}")(**look).encode(**channels)
    return drawn


def tied(rows: Iterable[Fields], of: Sequence[int]) -> list[Fields]:
    """Return *rows* as belonging to the points *of*."""
    return [{**row, "of": list(of)} for row in rows]


def sheet(
    width: float, height: float, *layers: alt.Chart | None, bands: Sequence[Band] = (), fit: Fit | None = None
) -> alt.LayerChart:
    """Return *layers* on one sheet, the first lowest; its size does not depend on any measured text.

    *bands* tell an interactive chart what may close up when points are switched off, *fit* how what stays may grow.
    """
    import altair as alt

    drawing: alt.LayerChart = (
        alt.layer(*(drawn for drawn in layers if drawn is not None))
        .properties(
            width=width,
            height=math.ceil(height),
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
            usermeta={"bands": [asdict(band) for band in bands], "fit": asdict(fit) if fit else None},
        )
        .resolve_scale(x="independent", y="independent")
        .configure_view(stroke=None)
    )
    return drawing


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

    def layers(self) -> tuple[alt.Chart | None, ...]:
        """Return all lines as layers, what backs them first."""
        backs = layer("rect", self.backs, fill=self.style.paper)
        return backs, layer("text", self.lines, baseline="alphabetic", fontSize=self.style.size)


ARROW = "M0,-1L1,0L0,1Z"
ARROW_LEFT = "M0,-1L-1,0L0,1Z"
ARROW_UP = "M-1,0L0,-1L1,0Z"
"""The open end of a mark: a small triangle after it, to the right, to the left or above."""
