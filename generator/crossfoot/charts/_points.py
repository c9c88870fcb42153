"""What drawings ask of their points: ends, words, colours, the span of all, what their bounds mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crossfoot.charts import Point, Series, Style
from crossfoot.charts._words import word


def ends(point: Point) -> tuple[float, float] | None:
    """Return the lower and upper end of *point*, twice its value for a plain one; None if missing."""
    if point.low is not None and point.high is not None:
        return float(point.low), float(point.high)
    return None if point.value is None else (float(point.value), float(point.value))


def shown(point: Point, series: Series) -> str:
    """Return the words for the value of *point*, never empty where it is missing."""
    return point.shown or (word(series, "missing") if point.value is None and point.low is None else "")


def colour_of(point: Point, series: Series, style: Style) -> str:
    """Return the colour of *point*: the accent, or where another point is accented the muted one."""
    accented = any(other.accent for other in series.points)
    return style.muted if accented and not point.accent else style.accent


def span_of(series: Series, *, zero: bool = True) -> tuple[float, float]:
    """Return the lowest and the highest value, with *zero* between them; never twice the same."""
    known = [end for point in series.points for end in ends(point) or ()]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if low < high else (low, high + (abs(high) / 10 or 1))


def numbered(series: Series, *, label: str | None = None, group: str | None = None) -> list[int]:
    """Return the numbers of the points with this *label* and this *group*; of all, where neither is given."""
    return [
        number
        for number, point in enumerate(series.points)
        if (label is None or point.label == label) and (group is None or point.group == group)
    ]


def distinct(names: Iterable[str], first: Sequence[str] = ()) -> tuple[str, ...]:
    """Return *names* once each, in the order of *first*, then of their appearance."""
    seen = dict.fromkeys(names)
    return tuple(name for name in dict.fromkeys((*first, *seen)) if name in seen)


def bound_notes(series: Series) -> tuple[str, ...]:
    """Return what the drawing of ranges and bounds means, for those that occur in *series*."""
    ranged = any(span[0] < span[1] for point in series.points if (span := ends(point)))
    return (
        word(series, "range_end") if ranged else "",
        word(series, "upper_bound") if any(point.below for point in series.points) else "",
        word(series, "open_bound") if any(point.open for point in series.points) else "",
    )
