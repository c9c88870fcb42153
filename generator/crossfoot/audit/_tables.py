"""Check: breakdowns and total rows, footed and crossfooted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from crossfoot.audit._shared import evidence_of, judged, parts_shown, place_of
from crossfoot.findings import Claim
from crossfoot.formulas import in_unit, is_computed
from crossfoot.intervals import Interval, point, total
from crossfoot.model import Breakdown, Indicator, Observation, Report, split


def breakdowns(report: Report) -> Iterator[Claim]:
    """A complete breakdown makes the figure it breaks down, and agrees with each other one: footed and crossfooted."""
    for indicator in report.indicators():
        if not indicator.breakdowns:
            continue
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
            place_of(whole, indicator) if whole is not None and not computed else breakdown.place,
            at=tuple(held.values()),
            printed=indicator.whole if whole is None else None if computed else whole.amount,
            stands_for=shown,
            evidence=tuple(evidence_of(indicator, period, one, at=keys) for keys, one in parts),
            quantity=" ".join(breakdown.by),
        )
        made = _made_of(parts)
        yield replace(claim, gap="missing") if made is None else judged(claim, made, whole)


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
                evidence=tuple(evidence_of(indicator, period, part, at=at) for at, part in (*second, *first)),
                against=one.by,
                quantity=" ".join(other.by),
            )
            yield judged(claim, allowed, None)


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


def footings(report: Report) -> Iterator[Claim]:
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
        place_of(observation, whole),
        printed=None if is_computed(observation, whole) else observation.amount,
        stands_for=observation.stands_for,
        evidence=parts_shown(parts, period),
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
        yield judged(claim, total(known), observation)
