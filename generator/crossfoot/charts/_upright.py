"""Drawings with periods from left to right: where each stands, which words fit, the scale beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from crossfoot.charts import Point, Series
from crossfoot.charts._points import distinct, ends, numbered, shown
from crossfoot.charts._sheet import Column, Fields, Scale
from crossfoot.charts._words import extent, spread, tick_words, whole, word, wrap


@dataclass(frozen=True, slots=True)
class Panel:
    """What is drawn over one row of periods: the points of one label by their period."""

    name: str
    points: Mapping[str, Point]
    of: Mapping[str, list[int]]
    """The numbers of these points in their series."""

    @property
    def all(self) -> list[int]:
        """The numbers of all its points."""
        return [number for numbers in self.of.values() for number in numbers]


def panels(series: Series) -> tuple[tuple[str, ...], tuple[Panel, ...]]:
    """Return the periods from left to right, and the panels; points without a group stand in one."""
    if not any(point.group for point in series.points):
        slots = distinct((point.label for point in series.points), series.labels)
        alone = {slot: numbered(series, label=slot) for slot in slots}
        return slots, (Panel("", {point.label: point for point in series.points}, alone),)
    slots = distinct((point.group for point in series.points), series.groups)
    labels = distinct((point.label for point in series.points), series.labels)
    return slots, tuple(
        Panel(
            label,
            {point.group: point for point in series.points if point.label == label},
            {slot: numbered(series, label=label, group=slot) for slot in slots},
        )
        for label in labels
    )


def briefly(series: Series) -> bool:
    """Return whether values may be written without their unit, which then stands once over the drawing."""
    return bool(series.unit) and all(point.number or point.value is None for point in series.points)


def words_of(series: Series) -> dict[Point, str]:
    """Return what is written for each value: without the unit where that stands over the drawing."""
    brief = briefly(series)
    return {point: (point.number if brief else "") or shown(point, series) for point in series.points}


@dataclass(frozen=True, slots=True)
class Frame:
    """The field that values are drawn on, its names already set: ticks on the left, periods below."""

    scale: Scale
    left: float
    right: float
    centres: Mapping[str, float]
    """The px of each period."""
    numbers: tuple[Decimal, ...]

    def rules(self) -> list[Fields]:
        """Return the lines of the ticks."""
        return [{"x": self.left, "x2": self.right, "y": float(number)} for number in self.numbers]

    def zero(self) -> list[Fields]:
        """Return the line at zero, if zero is on the scale."""
        inside = self.scale.low <= 0 <= self.scale.high
        return [{"x": self.left, "x2": self.right, "y": 0.0}] if inside else []


def frame(
    column: Column,
    scale: Scale,
    slots: Sequence[str],
    series: Series,
    *,
    numbers: tuple[Decimal, ...] = (),
    right: float,
    inset: float | None = None,
    below: float = 6,
) -> Frame:
    """Set the names around a field and return it; *slots* share its width, or with *inset* reach its edges.

    *numbers* are the ticks, none where each value is written; the names of slots stand *below* px under it.
    """
    names = tick_words(numbers, series)
    left = max((extent(name, column.style.size) + 8 for name in names), default=0.0)
    for number, name in zip(numbers, names, strict=True):
        column.beside(name, left - 8, scale(float(number)), align="right", quiet=True)
    room = (right - left) / len(slots)
    first, last = (left + room / 2, right - room / 2) if inset is None else (left + inset, right - inset)
    step = (last - first) / max(len(slots) - 1, 1)
    start = first if len(slots) > 1 else (left + right) / 2
    centres = {slot: start + step * index for index, slot in enumerate(slots)}
    column.y = scale.start + below
    _name_slots(column, centres, left, column.style.width)
    return Frame(scale, left, right, centres, numbers)


def _name_slots(column: Column, centres: Mapping[str, float], left: float, right: float) -> None:
    """Set the names of slots under their centres: wrapped where that fits, else only every so many."""
    size, places = column.style.size, list(centres.values())
    apart = min((b - a for a, b in pairwise(places)), default=right - left)
    edge = 2 * min(places[0] - left, right - places[-1], apart / 2)
    if all(whole(name, min(apart, edge) - 6, size) for name in centres):
        for name, centre in centres.items():
            for down, line in enumerate(wrap(name, min(apart, edge) - 6, size)):
                column.put(line, centre, column.y + (down + 0.72) * column.leading, align="center", quiet=True)
        column.y += column.leading * max(len(wrap(name, min(apart, edge) - 6, size)) for name in centres)
        return
    backwards = list(centres)[::-1]
    for name, middle in spread(backwards, [centres[name] for name in backwards], left, right, size):
        column.put(name, middle, column.y + 0.72 * column.leading, align="center", quiet=True)
    column.y += column.leading


@dataclass(slots=True)
class Tags:
    """Values written into a drawing, each only where it touches nothing that stands there already."""

    column: Column
    left: float
    right: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def avoid(self, x: float, x2: float, y: float, y2: float) -> None:
        """Keep free what stands from *x* to *x2* and *y* (upper) to *y2*."""
        self.taken.append((x, x2, y, y2))

    def write(self, words: str, x: float, y: float) -> bool:
        """Write *words* over *x* with their baseline at *y*, if there is room; return whether there was."""
        wide, size = extent(words, self.column.style.size), self.column.style.size
        if wide > self.right - self.left:
            return False
        middle = min(max(x, self.left + wide / 2), self.right - wide / 2)
        box = (middle - wide / 2, middle + wide / 2, y - size, y + 0.2 * size)
        if any(box[0] < b and a < box[1] and box[2] < d and c < box[3] for a, b, c, d in self.taken):
            return False
        self.avoid(*box)
        self.column.put(words, middle, y, align="center")
        return True


def telling(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return those of *points* that a reader looks for: accented, last, highest, lowest, first."""
    known = [point for point in points if point.value is not None]
    if not known:
        return ()
    highest = max(known, key=lambda point: point.value or 0)
    lowest = min(known, key=lambda point: point.value or 0)
    accents = [point for point in known if point.accent]
    return tuple(dict.fromkeys((*accents, known[-1], highest, lowest, known[0])))


def absences(series: Series) -> str:
    """Return in words which points have no value, and why: "2017: not collected"."""
    several = len(distinct(point.label for point in series.points)) > 1
    said = []
    for point in (point for point in series.points if ends(point) is None):
        place = " ".join(name for name in (point.label if several or not point.group else "", point.group) if name)
        said.append(word(series, "missing_at").format(place=place, reason=shown(point, series)))
    return word(series, "between").join(said)
