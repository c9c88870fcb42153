"""Rules: formulas can be worked out, and a printed figure that has one agrees with its parts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from crossfoot.compute import converted, formula_problems, interval
from crossfoot.model import Formula, Indicator, Report
from crossfoot.narrative import Page
from crossfoot.places import Problem


def formulas_can_be_computed(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """No formula goes round in a circle, divides by zero, or leaves open how many decimals it has."""
    yield from formula_problems(report)


def printed_formulas_agree(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A printed sum or difference lies within what its printed parts allow, each read to half its last place."""
    for indicator in report.indicators():
        formula = indicator.formula
        if formula is None or formula.operation not in ("sum", "difference"):
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
