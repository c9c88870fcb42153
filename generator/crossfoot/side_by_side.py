"""Which periods of a report stand side by side: as columns of a table, and as pairs to compare."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from crossfoot.model import Period, PeriodId, Report

_SLACK = 3
"""By how many days two periods may differ that are held against each other: leap years, shifting calendars."""
_SEVERAL = 2
"""How many indicators must share a period with others before it is worth a column."""


def columns_of(report: Report) -> tuple[PeriodId, ...]:
    """Return the periods that are columns of a table of all indicators, the earliest first.

    That is the report's own period, and every other one that is as long, overlaps with no column, and in which
    several indicators stand that also stand in another such period. All others are told in words, with their value.
    """
    own = report.file.period
    held = _held(report)
    if not _is_span(report.file.periods[own]):
        return (own,) if own in held else ()
    alike = [name for name in _alike(own, report) if name in held]
    chosen = [own]
    for name in sorted(alike, key=lambda one: -len(held[one])):  # sorted keeps the report's order among equals
        if name not in chosen and not any(_overlap(name, one, report) for one in chosen):
            chosen.append(name)
    kept = [
        name
        for name in chosen
        if name == own
        or len({one for other in chosen if other != name for one in held[name] & held.get(other, set())}) >= _SEVERAL
    ]
    return tuple(sorted(kept, key=lambda name: _ends(name, report)))


def pairs_of(report: Report) -> tuple[tuple[PeriodId, PeriodId], ...]:
    """Return the pairs of periods, the earlier first, in which an indicator may be compared with itself.

    Both have a start and an end, they are of one length and do not overlap, and some indicator stands in both.
    """
    held = _held(report)
    spans = sorted((name for name in held if _is_span(report.file.periods[name])), key=lambda name: _ends(name, report))
    return tuple(
        (one, other)
        for one, other in combinations(spans, 2)
        if held[one] & held[other] and other in _alike(one, report) and not _overlap(one, other, report)
    )


def listed(pairs: Iterable[tuple[PeriodId, PeriodId]], report: Report) -> tuple[PeriodId, ...]:
    """Return every period of *pairs* once, the earliest first."""
    return tuple(sorted({one for pair in pairs for one in pair}, key=lambda name: _ends(name, report)))


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


def _alike(name: PeriodId, report: Report) -> list[PeriodId]:
    """Return the periods that are as long as the period *name*, itself among them."""
    length = _days(report.file.periods[name])
    spans = [one for one, period in report.file.periods.items() if _is_span(period)]
    return [one for one in spans if abs(_days(report.file.periods[one]) - length) <= _SLACK]


def _days(period: Period) -> int:
    assert period.start is not None
    assert period.end is not None
    return (period.end - period.start).days


def _overlap(one: PeriodId, other: PeriodId, report: Report) -> bool:
    first, second = report.file.periods[one], report.file.periods[other]
    assert first.start is not None
    assert first.end is not None
    assert second.start is not None
    assert second.end is not None
    return first.start <= second.end and second.start <= first.end


def _ends(name: PeriodId, report: Report) -> tuple[int, int]:
    """Return when a period ends, and its rank in the report, to sort by."""
    end = report.file.periods[name].end
    return end.toordinal() if end else 0, list(report.file.periods).index(name)
