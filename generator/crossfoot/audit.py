"""Audit a report from its own printed digits: what is proved to agree, what is proved not to, what cannot be checked.

Each check yields claims. A claim is a finding only where no values that would be printed so can all be true together;
rounding alone never makes one. See docs/audit.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from heapq import heappop, heappush
from itertools import combinations, groupby, pairwise
from typing import Any

from crossfoot.compute import unsettled
from crossfoot.findings import Acknowledged, Audit, Claim, Evidence, Gap, Loose, Outcome, Print
from crossfoot.formulas import amounts, implied, in_unit, is_computed, parts_of, result, wanted_unit
from crossfoot.indicator import QUALIFIERS, stands_for
from crossfoot.intervals import EVERYTHING, Interval, nearest, point, total
from crossfoot.model import Acknowledgement, Breakdown, Indicator, Observation, Plausible, Report, period_meant, split
from crossfoot.places import Place

_HUNDRED = point(100)
_ZERO = Decimal(0)
_SHOWN = 12
"""How many figures that rest on one undisclosed quantity are shown beside each other as evidence, the sharpest."""


def audit(report: Report, prints: Sequence[Print] = ()) -> Report:
    """Return *report* with its audit: every claim checked, findings joined to what acknowledges them.

    *prints* are the places where texts print a figure with another qualifier than its data have.
    """
    broken = unsettled(report)
    claims = [*_formulas(report, broken), *_breakdowns(report), *_footings(report)]
    solved, givers, denominators = _undisclosed(report, broken)
    claims += denominators
    claims += [*_plausible(report, solved), *_same_fact(report, prints), *_changes(report)]
    order = {indicator.id: number for number, indicator in enumerate(report.indicators())}
    claims.sort(key=lambda claim: order[claim.indicator])
    joined, loose = _acknowledged(report, claims)
    return report.model_copy(update={"audit": Audit(joined, solved, givers, loose)})


# -- formulas ------------------------------------------------------------------------------------------------------


def _formulas(report: Report, broken: frozenset[str]) -> Iterator[Claim]:
    """A printed figure lies within what the parts of its formula allow; a composition makes its whole."""
    for indicator in report.indicators():
        formula = indicator.formula
        if formula is None or indicator.id in broken:
            continue
        parts = parts_of(formula, indicator, report)
        if parts is None or formula.operation == "implied":
            continue
        for period in report.file.periods:
            observation = indicator.values.get(period)
            printed = None if observation is None or is_computed(observation, indicator) else observation
            if indicator.whole is not None:
                shown = point(indicator.whole)
            elif printed is not None and printed.stands_for is not None:
                shown = printed.stands_for
            else:
                continue
            known = amounts(formula, indicator, period, report) or []
            evidence = _parts_shown(parts, period)
            claim = Claim(
                "formula" if indicator.whole is None else "composition",
                indicator.id,
                period,
                "open",
                _place(printed, indicator),
                printed=printed.amount if printed is not None else indicator.whole,
                stands_for=shown,
                evidence=evidence,
                quantity=formula.operation,
            )
            gap = _gap(parts, known)
            if gap is not None:
                begun = indicator.whole is not None and any(one is not None for one in known)
                if begun or (printed is not None and implied(report, indicator, period) is None):
                    yield replace(claim, gap=gap)  # else the undisclosed part is solved for
                continue
            allowed = result(formula, [one for one in known if one is not None])
            yield _judged(claim, allowed, printed)


def _gap(parts: list[Indicator], known: list[Interval | None]) -> Gap | None:
    """Return why a formula cannot be checked, None if it can."""
    lacking = [part for part, one in zip(parts, known, strict=True) if one is None]
    if not lacking:
        return None
    return "not-disclosed" if any(part.undisclosed for part in lacking) else "missing"


def _judged(claim: Claim, allowed: Interval, observation: Observation | None) -> Claim:
    """Return *claim* with its outcome: it holds if one value can be printed so and follows from the parts."""
    assert claim.stands_for is not None
    outcome: Outcome = "holds" if claim.stands_for.meets(allowed) else "finding"
    near = None
    if outcome == "finding" and observation is not None and claim.printed is not None:
        near = nearest(claim.printed, allowed) if observation.qualifier == "exact" else None
    return replace(claim, outcome=outcome, allowed=allowed, nearest=near)


def _parts_shown(parts: Iterable[Indicator], period: str) -> tuple[Evidence, ...]:
    return tuple(_evidence(part, period, part.values.get(period)) for part in parts)


def _evidence(
    indicator: Indicator,
    period: str,
    observation: Observation | None,
    *,
    at: tuple[str, ...] = (),
    implies: Interval | None = None,
) -> Evidence:
    return Evidence(
        indicator.id,
        period,
        observation.amount if observation is not None else None,
        observation.stands_for if observation is not None else None,
        implies,
        at,
        place=_place(observation, indicator),
    )


def _place(observation: Observation | None, indicator: Indicator) -> Place:
    return observation.place if observation is not None and observation.place.file else indicator.place


# -- tables: parts against their whole -------------------------------------------------------------------------------


def _breakdowns(report: Report) -> Iterator[Claim]:
    """A complete breakdown makes the figure it breaks down, and agrees with each other one: footed and crossfooted."""
    for indicator in report.indicators():
        unit = report.units.get(indicator.unit)
        adds = unit is not None and not unit.percent and not unit.per and not indicator.ratio and not indicator.share
        if not adds and indicator.whole is None:
            continue
        complete = [one for one in indicator.breakdowns if not one.partial]
        for breakdown in complete:
            for period in breakdown.values:
                yield from _footed(indicator, breakdown, period)
        if indicator.whole is None:
            for one, other in combinations(complete, 2):
                yield from _crossfooted(indicator, one, other)


def _footed(indicator: Indicator, breakdown: Breakdown, period: str) -> Iterator[Claim]:
    """The parts make the whole, and each coarser part that another breakdown prints."""
    leaves = list(leaves_of(breakdown.values[period]))
    if indicator.whole is not None:
        wholes: list[tuple[dict[str, str], Observation | None]] = [({}, None)]
    else:
        wholes = [({}, indicator.values.get(period))]
        for other in indicator.breakdowns:
            if set(other.by) < set(breakdown.by) and period in other.values:
                wholes += [
                    (dict(zip(other.by, keys, strict=True)), one) for keys, one in leaves_of(other.values[period])
                ]
    for held, whole in wholes:
        parts = _held(leaves, breakdown, held)
        shown = point(indicator.whole) if indicator.whole is not None else whole.stands_for if whole else None
        if shown is None or not parts:
            continue
        computed = whole is not None and is_computed(whole, indicator)
        claim = Claim(
            "breakdown" if indicator.whole is None else "composition",
            indicator.id,
            period,
            "open",
            _place(whole, indicator) if whole is not None and not computed else breakdown.place,
            at=tuple(held.values()),
            printed=indicator.whole if whole is None else None if computed else whole.amount,
            stands_for=shown,
            evidence=tuple(_evidence(indicator, period, one, at=keys) for keys, one in parts),
            quantity=" ".join(breakdown.by),
        )
        made = _made_of(parts)
        yield replace(claim, gap="missing") if made is None else _judged(claim, made, whole)


def _crossfooted(indicator: Indicator, one: Breakdown, other: Breakdown) -> Iterator[Claim]:
    """Two breakdowns of one figure make the same, in all and in each category that both of them have."""
    if set(one.by) < set(other.by) or set(other.by) < set(one.by):
        return  # the finer one is footed to the coarser
    shared = tuple(name for name in one.by if name in other.by)
    for period in one.values:
        ours, theirs = list(leaves_of(one.values[period])), list(leaves_of(other.values.get(period)))
        places = [one.by.index(name) for name in shared]
        for keys in dict.fromkeys(tuple(keys[place] for place in places) for keys, _ in ours):
            held = dict(zip(shared, keys, strict=True))
            first, second = _held(ours, one, held), _held(theirs, other, held)
            known, allowed = _made_of(first), _made_of(second)
            if not second or known is None or allowed is None:
                continue  # a missing part is told where the breakdown is footed
            claim = Claim(
                "breakdown",
                indicator.id,
                period,
                "open",
                other.place,
                at=keys,
                stands_for=known,
                evidence=tuple(_evidence(indicator, period, part, at=at) for at, part in (*second, *first)),
                against=one.by,
                quantity=" ".join(other.by),
            )
            yield _judged(claim, allowed, None)


Leaves = list[tuple[tuple[str, ...], Observation]]
"""Observations of a breakdown with their categories, one a dimension."""


def _held(leaves: Leaves, breakdown: Breakdown, held: dict[str, str]) -> Leaves:
    """Return those of *leaves* that lie in the categories *held*."""
    return [(keys, one) for keys, one in leaves if held.items() <= dict(zip(breakdown.by, keys, strict=True)).items()]


def _made_of(parts: Leaves) -> Interval | None:
    """Return what *parts* add up to, None where one is missing."""
    ranges = [one.stands_for for _, one in parts]
    known = [one for one in ranges if one is not None]
    return total(known) if len(known) == len(ranges) else None


def leaves_of(branch: object, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Observation]]:
    """Yield each observation of a breakdown's period with its categories, one a dimension."""
    if isinstance(branch, Observation):
        yield keys, branch
    elif isinstance(branch, Mapping):
        for key, below in branch.items():
            yield from leaves_of(below, (*keys, key))


def _footings(report: Report) -> Iterator[Claim]:
    """A row that calls itself a total makes the rows it stands over, where no formula says so already."""
    done: set[tuple[str, str, tuple[str, ...]]] = set()
    for name, section in report.sections.items():
        for title, table in section.tables.items():
            for row, below in _totals(getattr(table, "rows", ())):
                whole = report.indicator(row.indicator, name)
                parts = [report.indicator(one.indicator, name) for one in below]
                if whole is None or any(part is None for part in parts):
                    continue
                found = [part for part in parts if part is not None]
                home, _ = split(whole.id)
                if whole.sum and {split(one, home) for one in whole.sum} == {split(one.id) for one in found}:
                    continue
                for period in whole.values:
                    key = (whole.id, period, tuple(part.id for part in found))
                    if key not in done:
                        done.add(key)
                        yield from _row_footed(whole, found, period, f"{name}.{title}", report)


def _totals(rows: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each total row of a table with the rows it adds up: those indented below it, else those above it.

    A total foots a group or the whole table, from the total before it on; one that follows several totals foots them.
    Rows that state a target are no part of a total.
    """
    rows = [row for row in rows if hasattr(row, "group")] if isinstance(rows, (tuple, list)) else []
    above: list[Any] = []
    subtotals: list[Any] = []
    for number, row in enumerate(rows):
        if row.group is not None:
            yield from _totals(row.rows)
            above = []
        elif row.total:
            below = []
            for other in rows[number + 1 :]:
                if other.group is not None or other.level <= row.level:
                    break
                below.append(other)
            added = [one for one in below or above if not one.total and not one.target]
            depth = min((one.level for one in added), default=0)
            parts = [one for one in added if one.level == depth] or (subtotals if len(subtotals) > 1 else [])
            if row.indicator and parts:
                yield row, parts
            subtotals = [*subtotals, row] if added else []
            above = []
        else:
            above.append(row)


def _row_footed(whole: Indicator, parts: list[Indicator], period: str, table: str, report: Report) -> Iterator[Claim]:
    observation = whole.values[period]
    if observation.stands_for is None:
        return
    unit = report.units.get(whole.unit)
    claim = Claim(
        "footing",
        whole.id,
        period,
        "open",
        _place(observation, whole),
        printed=None if is_computed(observation, whole) else observation.amount,
        stands_for=observation.stands_for,
        evidence=_parts_shown(parts, period),
        quantity=table,
    )
    ranges = [part.values[period].stands_for if period in part.values else None for part in parts]
    quantities = {one.quantity for part in parts if (one := report.units.get(part.unit))}
    if unit is None or quantities != {unit.quantity}:
        yield replace(claim, gap="not-a-number")
        return
    known = [in_unit(one, part, unit, report) for one, part in zip(ranges, parts, strict=True) if one is not None]
    if len(known) < len(parts):
        yield replace(claim, gap="missing")
    else:
        yield _judged(claim, total(known), observation)


# -- quantities that nobody discloses --------------------------------------------------------------------------------

Solved = dict[tuple[str, str], Interval]
Givers = dict[tuple[str, str], tuple[Evidence, ...]]


def _undisclosed(report: Report, broken: frozenset[str]) -> tuple[Solved, Givers, list[Claim]]:
    """Solve for every undisclosed quantity: each figure that rests on it leaves an interval, and all must meet."""
    given: dict[tuple[str, str], list[tuple[Indicator, Evidence]]] = {}
    for indicator in report.indicators():
        if indicator.formula is None or indicator.id in broken:
            continue
        for period in indicator.values:
            found = implied(report, indicator, period)
            if found is not None:
                evidence = _evidence(indicator, period, indicator.values[period], implies=found[1])
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


# -- figures against what is known -----------------------------------------------------------------------------------


_SLACK = 3
"""By how many days two periods may differ that are held against each other."""
_BOUNDS = ("like", "above", "below")


def _plausible(report: Report, solved: Solved) -> Iterator[Claim]:
    """A figure, printed or solved for, meets the bounds that the data give for it, with their source."""
    for indicator in report.indicators():
        for bounds in indicator.plausible:
            periods = [bounds.period] if bounds.period else list(report.file.periods)
            for period in periods:
                observation = indicator.values.get(period)
                shown = observation.stands_for if observation is not None else solved.get((indicator.id, period))
                if shown is None or shown.empty:
                    continue
                allowed = bounds_of(bounds, indicator, report, period)
                named = (getattr(bounds, key) for key in _BOUNDS)
                known = (_bound_by(name, indicator, report, period) for name in named)
                yield Claim(
                    "plausible",
                    indicator.id,
                    period,
                    "holds" if shown.meets(allowed) else "finding",
                    _place(observation, indicator),
                    printed=observation.amount if observation is not None else None,
                    stands_for=shown,
                    allowed=allowed,
                    evidence=tuple(
                        _evidence(one[0], one[1], one[0].values[one[1]]) for one in known if one is not None
                    ),
                    quantity=str(indicator.plausible.index(bounds)),
                )


def bounds_of(bounds: Plausible, indicator: Indicator, report: Report, period: str = "") -> Interval:
    """Return the interval that *bounds* name, those taken from other indicators in the unit of *indicator*.

    Without *period* in the one they hold for, else in the one that is meant.
    """
    period = period or bounds.period or period_meant(indicator, report)
    low = bounds.low if bounds.low is not None else EVERYTHING.low
    high = bounds.high if bounds.high is not None else EVERYTHING.high
    found = Interval(low, high, bounds.low is None, bounds.high is None)
    for key in _BOUNDS:
        other = _bound_by(getattr(bounds, key), indicator, report, period)
        shown = other[0].values[other[1]].stands_for if other is not None else None
        if other is None or shown is None:
            continue
        ends = in_unit(shown, other[0], report.units.get(indicator.unit), report)
        if key == "above":
            ends = Interval(ends.low, EVERYTHING.high, ends.low_open, True)
        elif key == "below":
            ends = Interval(EVERYTHING.low, ends.high, True, ends.high_open)
        found = found.meet(ends)
    return found


def _bound_by(name: str | None, indicator: Indicator, report: Report, period: str) -> tuple[Indicator, str] | None:
    """Return the indicator *name* that bounds *indicator*, and its period: the same, else the only one it has."""
    other = report.indicator(name, indicator.id.split(".")[0]) if name else None
    if other is None:
        return None
    if period in other.values:
        return other, period
    return (other, next(iter(other.values))) if len(other.values) == 1 else None


def _same_fact(report: Report, prints: Sequence[Print]) -> Iterator[Claim]:
    """One fact printed in two places has one value and one qualifier."""
    called: dict[tuple[str, str], list[Print]] = {}
    for one in prints:
        if one.qualifier in QUALIFIERS and one.qualifier != "range":  # what no figure can be called is told elsewhere
            called.setdefault((one.indicator, one.period), []).append(one)
    for indicator in report.indicators():
        for period, observation in indicator.values.items():
            second = [
                Evidence(
                    indicator.id,
                    period,
                    one.amount,
                    stands_for(one.value, one.upto, one.qualifier, one.scale),
                    words=one.qualifier,
                    place=one.place if one.place.file else _place(observation, indicator),
                )
                for one in observation.also
            ]
            second += [
                Evidence(
                    indicator.id,
                    period,
                    observation.amount,
                    _called(observation, one.qualifier),
                    words=one.qualifier,
                    place=one.place,
                )
                for one in called.get((indicator.id, period), ())
            ]
            if not second:
                continue
            differs = [one for one in second if not _same(one, observation)]
            first = Evidence(
                indicator.id,
                period,
                observation.amount,
                observation.stands_for,
                words=observation.qualifier,
                place=_place(observation, indicator),
            )
            yield Claim(
                "same-fact",
                indicator.id,
                period,
                "finding" if differs else "holds",
                _place(observation, indicator),
                printed=observation.amount,
                stands_for=observation.stands_for,
                evidence=(first, *(differs or second)),
            )


def _same(second: Evidence, first: Observation) -> bool:
    """Return whether a second print says what the *first* does: as much, or the same with more or fewer digits."""
    if second.words != first.qualifier or second.stands_for is None or first.stands_for is None:
        return False
    if second.stands_for == first.stands_for:
        return True
    rounded = first.qualifier == "exact" and second.stands_for.width != first.stands_for.width
    return rounded and second.stands_for.meets(first.stands_for)


def _called(observation: Observation, qualifier: str) -> Interval | None:
    """Return what *observation* would stand for if it were printed with *qualifier*."""
    word = next(one for one in QUALIFIERS if one == qualifier)
    return None if observation.value is None else stands_for(observation.value, None, word, observation.scale)


def _changes(report: Report) -> Iterator[Claim]:
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
                _place(new, indicator),
                printed=new.amount,
                stands_for=change,
                allowed=Interval(-threshold, threshold),
                evidence=(_evidence(indicator, before, old), _evidence(indicator, after, new)),
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


# -- what is acknowledged --------------------------------------------------------------------------------------------


def _acknowledged(report: Report, claims: list[Claim]) -> tuple[tuple[Claim, ...], tuple[Loose, ...]]:
    """Join findings to the acknowledgements that fit them; return the claims, and the acknowledgements left over."""
    by_indicator: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        if claim.outcome == "finding":
            by_indicator.setdefault(claim.indicator, []).append(number)
    done, loose = list(claims), []
    for indicator in report.indicators():
        for one in indicator.acknowledged:
            if one.period is not None and one.period not in report.file.periods:
                continue  # told elsewhere
            free = [n for n in by_indicator.get(indicator.id, ()) if done[n].acknowledged is None]
            meant = [number for number in free if _names(one, claims[number])]
            fits = [number for number in meant if _fits_numbers(one, claims[number])]
            periods = {claims[number].period for number in fits or meant}
            if fits and len(periods) == 1:  # findings that nothing tells apart are acknowledged in their order
                done[fits[0]] = replace(claims[fits[0]], acknowledged=Acknowledged(one.reason, one.place))
            else:
                changed = claims[meant[0]] if len(periods) == 1 else None
                loose.append(Loose(indicator.id, one.finding, one.place, changed, len(periods) > 1))
    return tuple(done), tuple(loose)


def _names(one: Acknowledgement, claim: Claim) -> bool:
    """Return whether an acknowledgement names *claim*; without a period it names any, without categories the whole."""
    return one.finding == claim.check and one.at == claim.at and one.period in (None, claim.period)


def _fits_numbers(one: Acknowledgement, claim: Claim) -> bool:
    """Return whether the numbers that were acknowledged are still those of *claim*."""
    return one.printed == claim.printed and one.instead == claim.nearest
