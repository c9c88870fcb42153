"""Check: changes from one period to the next; and where a comparison breaks, because the boundary changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from crossfoot.audit._shared import evidence_of, place_of
from crossfoot.findings import Claim
from crossfoot.intervals import Interval, point
from crossfoot.model import Indicator, Observation, Report

_HUNDRED = point(100)
_SLACK = 3
"""By how many days two periods may differ that are held against each other."""


def changes(report: Report) -> Iterator[Claim]:
    """A figure that is proved to change beyond its threshold from one period to the next has an explanation."""
    for indicator in report.indicators():
        threshold = indicator.change_threshold or report.file.change_threshold
        if threshold is None:
            continue
        for before, after in pairwise(_in_order(indicator, report)):
            old, new = indicator.values[before], indicator.values[after]
            if old.stands_for is None or new.stands_for is None or boundary_changes(old, new, indicator, report):
                continue
            if Decimal(0) in old.stands_for:
                continue
            change = (new.stands_for / old.stands_for - point(1)) * _HUNDRED
            if old.stands_for.high < 0:
                change = -change  # from -4 to -2 is a rise by half
            beyond = change.low > threshold or change.high < -threshold
            yield Claim(
                "change",
                indicator.id,
                after,
                "finding" if beyond and after not in indicator.explained else "holds",
                place_of(new, indicator),
                printed=new.amount,
                stands_for=change,
                allowed=Interval(-threshold, threshold),
                evidence=(evidence_of(indicator, before, old), evidence_of(indicator, after, new)),
                quantity="explained" if after in indicator.explained else "",
            )


def _in_order(indicator: Indicator, report: Report) -> list[str]:
    """Return the periods of *indicator* that follow one another: dated spans, by their end, of about one length."""
    dated = [
        (period.end, (period.end - period.start).days, name)
        for name in indicator.values
        if (period := report.file.periods.get(name)) and period.start and period.end
    ]
    lengths = [length for _, length, _ in dated]
    # Leap years are a day longer; where no length is more usual than another, the longest counts.
    usual = max(lengths, key=lambda length: (sum(abs(one - length) <= _SLACK for one in lengths), length), default=0)
    return [name for _, length, name in sorted(dated) if abs(length - usual) <= _SLACK]


def boundary_changes(old: Observation, new: Observation, indicator: Indicator, report: Report) -> bool:
    """Return whether two observations of *indicator* cover different parts of the organisation."""
    home = indicator.boundary or report.file.boundary
    return (old.boundary or home) != (new.boundary or home)


def breaks_of(indicator: Indicator, periods: Sequence[str], report: Report) -> frozenset[str]:
    """Return those of *periods* in which *indicator* covers something else than in the one before that has a value."""
    known = [(period, indicator.values[period]) for period in periods if period in indicator.values]
    valued = [(period, one) for period, one in known if one.value is not None]
    return frozenset(
        period for (_, old), (period, new) in pairwise(valued) if boundary_changes(old, new, indicator, report)
    )
