"""Rules: formulas can be worked out, and a printed figure that has one agrees with its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from crossfoot.compute import converted, formula_problems, interval, unsettled
from crossfoot.model import Breakdown, Formula, Indicator, Observation, Report
from crossfoot.narrative import Page
from crossfoot.places import Problem


def formulas_can_be_worked_out(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """No formula goes round in a circle, divides by zero, or leaves open how many decimals it has."""
    yield from formula_problems(report)
    for indicator in report.indicators():
        computed = any(one.place == indicator.place for one in indicator.values.values())
        if computed and indicator.decimals is None and (indicator.ratio or indicator.share):
            text = f"'{indicator.id}' is divided out here, but nothing says to how many decimals"
            yield Problem(indicator.place, text, "add e.g. 'decimals: 2' to it")


def printed_formulas_agree(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A printed sum or difference lies within what its printed parts allow, each read to half its last place."""
    broken = unsettled(report)
    for indicator in report.indicators():
        formula = indicator.formula
        if formula is None or formula.operation not in ("sum", "difference") or indicator.id in broken:
            continue
        parts = [report.indicator(name, indicator.id.split(".")[0]) for name in formula.of]
        found = [part for part in parts if part is not None]
        if len(found) == len(parts):
            for period in indicator.values:
                yield from _disagreement(indicator, formula, found, period, report)


def _disagreement(
    indicator: Indicator, formula: Formula, parts: list[Indicator], period: str, report: Report
) -> Iterator[Problem]:
    observation = indicator.values[period]
    printed = interval(observation)
    ranges = [interval(part.values.get(period)) for part in parts]
    if printed is None or any(one is None for one in ranges):
        return
    known = [
        [converted(end, part, indicator, report) for end in one]
        for one, part in zip(ranges, parts, strict=True)
        if one is not None
    ]
    minus = formula.operation == "difference"
    low = known[0][0] - known[1][1] if minus else sum((one[0] for one in known), Decimal(0))
    high = known[0][1] - known[1][0] if minus else sum((one[1] for one in known), Decimal(0))
    if printed[1] >= low * formula.factor and printed[0] <= high * formula.factor:
        return
    amounts = [converted(part.values[period].amount or Decimal(0), part, indicator, report) for part in parts]
    made = (amounts[0] - amounts[1] if minus else sum(amounts, Decimal(0))) * formula.factor
    names = (" - " if minus else " + ").join(
        f"{part.id} {format(amount, 'f')}" for part, amount in zip(parts, amounts, strict=True)
    )
    yield Problem(
        observation.place if observation.place.file else indicator.place,
        f"'{indicator.id}' is {format(observation.amount or 0, 'f')} in {period}, its parts make {format(made, 'f')}",
        f"{names} = {format(made, 'f')}\nmend whichever is wrong",
    )


def parts_add_up(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A complete breakdown of an amount adds up to the figure it breaks down, and to its coarser breakdowns."""
    for indicator in report.indicators():
        unit = report.units.get(indicator.unit)
        if unit is None or unit.percent or indicator.ratio or indicator.share:
            continue
        for breakdown in indicator.breakdowns:
            if not breakdown.partial:
                for period in breakdown.values:
                    yield from _unequal(indicator, breakdown, period)


def _unequal(indicator: Indicator, breakdown: Breakdown, period: str) -> Iterator[Problem]:
    leaves = list(_leaves(breakdown.values[period]))
    wholes: list[tuple[dict[str, str], Observation | None]] = [({}, indicator.values.get(period))]
    for other in indicator.breakdowns:
        if set(other.by) < set(breakdown.by) and period in other.values:
            wholes += [(dict(zip(other.by, keys, strict=True)), one) for keys, one in _leaves(other.values[period])]
    for held, whole in wholes:
        parts = [
            (keys, one) for keys, one in leaves if held.items() <= dict(zip(breakdown.by, keys, strict=True)).items()
        ]
        ranges = [interval(one) for _, one in parts]
        printed = interval(whole)
        known = [one for one in ranges if one is not None]
        if whole is None or printed is None or not parts or len(known) < len(ranges):
            continue
        low, high = sum((one[0] for one in known), Decimal(0)), sum((one[1] for one in known), Decimal(0))
        if printed[1] >= low and printed[0] <= high:
            continue
        made = format(sum((one.amount or Decimal(0) for _, one in parts), Decimal(0)), "f")
        where = f"'{indicator.id}'" + (f" of {', '.join(held.values())}" if held else "")
        amounts = " + ".join(f"{' '.join(keys)} {format(one.amount or 0, 'f')}" for keys, one in parts)
        yield Problem(
            breakdown.place,
            f"{where} is {format(whole.amount or 0, 'f')} in {period}, "
            f"its parts by {', '.join(breakdown.by)} make {made}",
            f"{amounts} = {made}\nmend whichever is wrong, or write 'partial: true' where parts are left out",
        )


def _leaves(branch: object, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Observation]]:
    if isinstance(branch, Observation):
        yield keys, branch
    elif isinstance(branch, Mapping):
        for key, below in branch.items():
            yield from _leaves(below, (*keys, key))
