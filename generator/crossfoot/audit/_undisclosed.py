"""Check: what figures say of quantities that nobody discloses, solved for from all that rest on one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from heapq import heappop, heappush
from itertools import groupby

from crossfoot.audit._shared import evidence_of
from crossfoot.findings import Claim, Evidence
from crossfoot.formulas import amounts, implied, in_unit, parts_of, result, wanted_unit
from crossfoot.intervals import EVERYTHING, Interval, nearest
from crossfoot.model import Indicator, Report

_ZERO = Decimal(0)
_SHOWN = 12
"""How many figures that rest on one undisclosed quantity are shown beside each other as evidence, the sharpest."""


Solved = dict[tuple[str, str], Interval]
Givers = dict[tuple[str, str], tuple[Evidence, ...]]


def undisclosed(report: Report, broken: frozenset[str]) -> tuple[Solved, Givers, list[Claim]]:
    """Solve for every undisclosed quantity: each figure that rests on it leaves an interval, and all must meet."""
    given: dict[tuple[str, str], list[tuple[Indicator, Evidence]]] = {}
    for indicator in report.indicators():
        if indicator.formula is None or indicator.id in broken:
            continue
        for period in indicator.values:
            found = implied(report, indicator, period)
            if found is not None:
                evidence = evidence_of(indicator, period, indicator.values[period], implies=found[1])
                given.setdefault((found[0].id, period), []).append((indicator, evidence))
    solved: Solved = {}
    claims: list[Claim] = []
    for (quantity, period), both in given.items():
        agreeing, astray = _most_that_agree([one for _, one in both])
        lost = {id(one) for one in astray}
        meet = _meet_of(agreeing)
        solved[quantity, period] = meet
        sharpest, extremes = _sharpest(agreeing), _extremes(agreeing)
        for indicator, one in both:
            if id(one) in lost:
                claims.append(_astray(report, indicator, one, _proof(one, sharpest, extremes), quantity, meet))
            else:
                others = tuple(other for other in sharpest if other is not one)[:_SHOWN]
                claims.append(_shared(indicator, one, others, quantity))
    return solved, {key: tuple(one for _, one in both) for key, both in given.items()}, claims


def _implies(evidence: Evidence) -> Interval:
    assert evidence.implies is not None
    return evidence.implies


def _most_that_agree(given: list[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Return the largest set of *given* that one value fits, and the rest.

    Among sets of one size, the one that leaves the narrowest interval: the most exact evidence; then the first. A value
    that fits most lies at the lower end of one of the intervals, so those ends are tried, from the lowest up.
    """
    if not _meet_of(given).empty:
        return given, []
    reaching: list[tuple[Decimal, bool, int]] = []  # upper ends of what begins before, the first to end first
    best: tuple[int, Decimal, int] | None = None
    starts = sorted(enumerate(given), key=lambda each: (_implies(each[1]).low, _implies(each[1]).low_open))
    for start, group in groupby(starts, key=lambda each: (_implies(each[1]).low, _implies(each[1]).low_open)):
        numbers = [number for number, _ in group]
        for number in numbers:
            ends = _implies(given[number])
            heappush(reaching, (ends.high, not ends.high_open, number))
        while reaching and Interval(start[0], reaching[0][0], start[1], not reaching[0][1]).empty:
            heappop(reaching)
        if reaching:
            width = Interval(start[0], reaching[0][0]).width
            best = max(best or (0, _ZERO, 0), (len(reaching), -width, -min(numbers)))
    if best is None:
        return [], given
    first = _implies(given[-best[2]])
    kept = [one for one in given if _fits(first, _implies(one))]
    ids = {id(one) for one in kept}
    return kept, [one for one in given if id(one) not in ids]


def _meet_of(given: list[Evidence]) -> Interval:
    """Return what all of *given* allow together."""
    meet = EVERYTHING
    for one in given:
        meet = meet.meet(_implies(one))
    return meet


def _fits(start: Interval, other: Interval) -> bool:
    """Return whether *other* reaches over the lower end of *start*, just inside it."""
    starts_before = (other.low, other.low_open) <= (start.low, start.low_open)
    edge = Interval(start.low, start.low) if not start.low_open else None
    reaches = start.low in other if edge is not None else start.low < other.high
    return starts_before and reaches


def _sharpest(given: list[Evidence]) -> list[Evidence]:
    """Return the few of *given* that say most."""
    return sorted(given, key=lambda one: _implies(one).width)[: _SHOWN + 1]


def _extremes(given: list[Evidence]) -> list[Evidence]:
    """Return the one of *given* that ends first, and the one that begins last."""
    if not given:
        return []
    first = min(given, key=lambda one: (_implies(one).high, not _implies(one).high_open))
    last = max(given, key=lambda one: (_implies(one).low, _implies(one).low_open))
    return [first, last]


def _proof(one: Evidence, sharpest: list[Evidence], extremes: list[Evidence]) -> list[Evidence]:
    """Return the figures to hold *one* against, first the one that cannot be true together with it.

    There always is one: intervals that meet two by two meet all together.
    """
    proof = next(other for other in (*sharpest, *extremes) if not _implies(other).meets(_implies(one)))
    return [proof, *(other for other in sharpest if other is not proof)][:_SHOWN]


def _shared(indicator: Indicator, one: Evidence, others: tuple[Evidence, ...], quantity: str) -> Claim:
    """Return the claim that a figure shares its undisclosed quantity with the *others*, which it does."""
    return Claim(
        "denominator",
        indicator.id,
        one.period,
        "holds" if others else "open",
        one.place,
        printed=one.printed,
        stands_for=one.stands_for,
        evidence=(one, *others),
        quantity=quantity,
        gap=None if others else "one-figure-only",
    )


def _astray(
    report: Report, indicator: Indicator, one: Evidence, others: list[Evidence], quantity: str, agreed: Interval
) -> Claim:
    """Return the finding that a figure implies another quantity than the *others*, whose first proves it."""
    allowed = _with_quantity(report, indicator, one.period, quantity, agreed)
    exact = indicator.values[one.period].qualifier == "exact" and one.printed is not None
    return replace(
        _shared(indicator, one, tuple(others), quantity),
        outcome="finding",
        allowed=allowed,
        nearest=nearest(one.printed, allowed) if exact and one.printed is not None else None,
        against=(others[0].indicator,),
    )


def _with_quantity(report: Report, indicator: Indicator, period: str, quantity: str, agreed: Interval) -> Interval:
    """Return what *indicator* could be if the undisclosed *quantity* is as *agreed*."""
    formula = indicator.formula
    assert formula is not None
    parts = parts_of(formula, indicator, report) or []
    known = amounts(formula, indicator, period, report) or []
    filled = []
    for position, (part, one) in enumerate(zip(parts, known, strict=True)):
        wanted = wanted_unit(formula, position, indicator, report)
        filled.append(in_unit(agreed, part, wanted, report) if part.id == quantity else one)
    return result(formula, [one for one in filled if one is not None])
