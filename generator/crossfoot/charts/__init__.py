"""What every chart kind is given (points, look, options), and the kinds: one file of this folder each."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crossfoot.model import ChartSpec

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "log_scale": "Logarithmic scale: each line stands for ten times the one before it.",
        "not_on_scale": "A logarithmic scale has no place for zero and negative values; they are in words.",
        "axis_not_zero": "The scale does not start at zero.",
        "boundary_break": "A line is broken where the figures begin to cover something else.",
        "open_bound": "A pointed end marks a lower bound: the source says “more than” or “at least”.",
        "upper_bound": "A pale bar with a firm end is an upper bound: the source says “under” or “up to”.",
        "range_end": "The paler part runs from the lower to the upper end of the range.",
        "share_track": "Each track in full is 100%.",
        "agree": "The shaded band is the range that fits every row.",
        "agree_some": "The shaded band fits {some} of the {all} rows; no single value fits them all.",
        "disagree": "No single value fits every row.",
        "missing": "not available",
        "missing_at": "{place}: {reason}",
        "between": "; ",
        "number.group": ",",
        "number.decimal": ".",
        "scale.4": "",
        "scale.6": "{} million",
        "scale.8": "",
        "scale.9": "{} billion",
        "scale.12": "{} trillion",
    }
)
"""The phrases that drawings need, in English; `Series.words` holds the page's own.

`scale.N` names ten to the power of N, `{}` being the number before it; empty where a language has no such
word. Chinese has `scale.4`, `scale.8` and `scale.12`. An axis that needs none is written in plain digits.
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a chart. Numbers stay Decimal until a kind turns them into floats."""

    label: str
    """What it is, in the page's language: "Direct emissions (scope 1)"."""
    value: Decimal | None
    """In base scale: 600 million is 600000000. None where the value is missing."""
    shown: str
    """The value as the reader sees it, "more than 500 outlets", "6億次"; where it is missing, the reason."""
    number: str = ""
    """The value without its unit, for drawings that name the unit once: "13,093.57"; may be left empty."""
    low: Decimal | None = None
    """Lower end of a range or interval."""
    high: Decimal | None = None
    low_shown: str = ""
    """The lower end as the reader sees it; without it an interval shows `shown` for both ends."""
    high_shown: str = ""
    group: str = ""
    """Second label: the period, the stack part, or the column of a matrix."""
    row: str = ""
    """The row of a matrix."""
    open: bool = False
    """True where the value is only a lower bound ("more than"): drawn with an open end, said in words too."""
    below: bool = False
    """True where the value is only an upper bound ("less than", "up to"): drawn pale, with a firm end."""
    accent: bool = False
    """True for the one mark the title speaks of."""
    name: str = ""
    """The indicator that it shows: `environment.scope1`; empty for what is counted or only marked."""
    period: str = ""
    """The period it holds for, in the page's language."""
    breaks: bool = False
    """True where it covers something else than the mark before it: no line joins the two."""


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn: points in the author's order, all in one language."""

    points: tuple[Point, ...]
    unit: str = ""
    """The unit's name, where all points share one."""
    language: str = "en"
    """Language id; `tag` is its BCP 47 tag."""
    tag: str = "en"
    labels: tuple[str, ...] = ()
    """Distinct labels, in order; for a matrix its rows, those without a mark included."""
    groups: tuple[str, ...] = ()
    """Distinct groups, in order."""
    words: dict[str, str] = field(default_factory=dict)
    """The phrases of `WORDS` in the page's language."""


@dataclass(frozen=True, slots=True)
class Style:
    """How it is drawn: sizes in px, colours as CSS variables, so that dark mode needs no redrawing."""

    width: int = 680
    narrow: bool = False
    font: str = "Liberation Sans"
    """With which text is measured; one that the renderer carries, so that each machine draws the same."""
    size: int = 13
    """Text size; never below 11 in the wide and 11 in the narrow drawing."""
    ink: str = "var(--ink)"
    quiet: str = "var(--ink-quiet)"
    grid: str = "var(--rule)"
    paper: str = "var(--paper)"
    track: str = "var(--data-track)"
    muted: str = "var(--rule-strong)"
    """Marks beside an accented one."""
    accent: str = "var(--data-1)"
    palette: tuple[str, ...] = (
        "var(--data-1)",
        "var(--data-2)",
        "var(--data-3)",
        "var(--data-4)",
        "var(--data-5)",
        "var(--data-6)",
    )


WIDE = Style(width=680)
NARROW = Style(width=328, narrow=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of chart: what an author may say about it, and how it is drawn."""

    name: str
    """As `kind:` says it: stacked-bar."""
    options: type[ChartSpec]
    draw: Callable[[Series, Style, Any], Any]
    """Takes series, style and the kind's own options; returns an Altair chart, or a `Drawing` made of one."""
    file: Path


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by name, sorted; a file `pie_free.py` of this folder is `kind: pie-free`.

    Files whose name starts with an underscore hold what kinds share.
    """
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if not module.name.startswith("_"):
            name = module.name.replace("_", "-")
            code = importlib.import_module(f"{__name__}.{module.name}")
            found[name] = Kind(name, code.Options, code.draw, Path(__path__[0]) / f"{module.name}.py")
    return MappingProxyType(found)
