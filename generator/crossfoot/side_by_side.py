"""Which periods of a report stand side by side: as columns of a table, as pairs to compare, and why two do not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Literal

from crossfoot.model import Period, PeriodId, Report

_SLACK = 3
"""By how many days two periods may differ that are held against each other: leap years, quarters, months."""
_SEVERAL = 2
"""How many indicators must share a period with others before it is worth a column."""

Unlike = Literal["length", "order", "overlap"]
"""Why two periods are not compared: they are not of one length, the first is not before the other, they overlap."""


def columns_of(report: Report) -> tuple[PeriodId, ...]:
    """Return the periods that are columns of a table of all indicators, the earliest first.

    That is the report's own period, and every other one that is as long, overlaps with no column, and in which
    several indicators stand that also stand in another such period. All others are told in words, with their value.
    """
    own = report.file.period
    held = _held(report)
    if not _is_span(report.file.periods[own]):
        return (own,) if own in held else ()
    as_long = [name for name in held if alike(own, name, report)]
    chosen = [own]
    for name in sorted(as_long, key=lambda one: -len(held[one])):  # sorted keeps the report's order among equals
        if name not in chosen and not any(_overlap(name, one, report) for one in chosen):
            chosen.append(name)
    kept = [
        name
        for name in chosen
        if name == own
        or len({one for other in chosen if other != name for one in held[name] & held.get(other, set())}) >= _SEVERAL
    ]
    return in_time(kept, report)


def pairs_of(report: Report) -> tuple[tuple[PeriodId, PeriodId], ...]:
    """Return the pairs of periods, the earlier first, in which some indicator may be compared with itself."""
    held = _held(report)
    return tuple(
        (since, until)
        for since, until in combinations(in_time(held, report), 2)
        if held[since] & held[until] and unlike(since, until, report) is None
    )


def unlike(since: PeriodId, until: PeriodId, report: Report) -> Unlike | None:
    """Return why no figure of *until* is compared with one of *since*, None where it may be."""
    if not alike(since, until, report):
        return "length"
    if _ends(since, report)[0] >= _ends(until, report)[0]:
        return "order"
    return "overlap" if _overlap(since, until, report) else None


def alike(one: PeriodId, other: PeriodId, report: Report) -> bool:
    """Return whether two periods are of one length: spans that are as long, or two points in time.

    How long a period is that the source leaves open is not known: it is like itself alone.
    """
    first, second = report.file.periods[one], report.file.periods[other]
    if one == other or first.end is None or second.end is None:
        return one == other
    if first.start is None or second.start is None:
        return first.start is second.start
    return abs((first.end - first.start).days - (second.end - second.start).days) <= _SLACK


def before(period: PeriodId, among: Iterable[PeriodId], report: Report) -> PeriodId | None:
    """Return the last of the periods *among* with which *period* is compared, None where there is none."""
    return next((one for one in reversed(in_time(among, report)) if unlike(one, period, report) is None), None)


def listed(pairs: Iterable[tuple[PeriodId, PeriodId]], report: Report) -> tuple[PeriodId, ...]:
    """Return every period of *pairs* once, the earliest first."""
    return in_time({one for pair in pairs for one in pair}, report)


def in_time(periods: Iterable[PeriodId], report: Report) -> tuple[PeriodId, ...]:
    """Return *periods*, the earliest first; those without an end before all others."""
    return tuple(sorted(periods, key=lambda name: _ends(name, report)))


def _held(report: Report) -> dict[PeriodId, set[str]]:
    """Return the indicators that have an observation in each period, in the order of the report's periods."""
    held: dict[PeriodId, set[str]] = {}
    for name in report.file.periods:
        found = {indicator.id for indicator in report.indicators() if name in indicator.values}
        if found:
            held[name] = found
    return held


def _is_span(period: Period) -> bool:
    return period.start is not None and period.end is not None


def _overlap(one: PeriodId, other: PeriodId, report: Report) -> bool:
    """Return whether two spans share a day; points in time do not."""
    first, second = report.file.periods[one], report.file.periods[other]
    if first.start is None or first.end is None or second.start is None or second.end is None:
        return False
    return first.start <= second.end and second.start <= first.end


def _ends(name: PeriodId, report: Report) -> tuple[int, int]:
    """Return when a period ends, and its rank in the report, to sort by."""
    end = report.file.periods[name].end
    return end.toordinal() if end else 0, list(report.file.periods).index(name)
