"""Formulas over intervals: what parts allow their whole to be, and what both say of a part that is missing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from crossfoot.intervals import Interval, point, product, total
from crossfoot.model import Formula, Indicator, Observation, Report, Unit

_HUNDRED = point(100)


def result(formula: Formula, parts: list[Interval]) -> Interval:
    """Return every value that *formula* can have, its parts taken in their units as `in_unit` gives them."""
    match formula.operation:
        case "sum":
            found = total(parts)
        case "difference":
            found = parts[0] - parts[1]
        case "product":
            found = product(parts)
        case "share":
            found = parts[0] / parts[1] * _HUNDRED
        case _:
            found = parts[0] / parts[1]
    return found if formula.factor == 1 else found * point(formula.factor)


def solve(formula: Formula, whole: Interval, parts: list[Interval | None], unknown: int) -> Interval:
    """Return every value that the part at *unknown* can have, given what the whole and the other parts can be."""
    known = [part for place, part in enumerate(parts) if place != unknown and part is not None]
    bare = whole if formula.factor == 1 else whole / point(formula.factor)
    match formula.operation:
        case "sum":
            return bare - total(known)
        case "difference":
            return bare + known[0] if unknown == 0 else known[0] - bare
        case "product":
            return bare / product(known)
        case "share":
            return bare * known[0] / _HUNDRED if unknown == 0 else known[0] * _HUNDRED / bare
        case _:
            # From the whole fraction at once, so that an end that is exact stays exact.
            return bare * known[0] if unknown == 0 else known[0] * point(formula.factor) / whole


def wanted_unit(formula: Formula, position: int, whole: Indicator, report: Report) -> Unit | None:
    """Return the unit that the part at *position* is taken in; None where it is taken as it stands.

    Parts of a sum or difference are taken in the unit of the whole, the first of a share in that of the second, and
    those of a ratio in the units that the ratio's own unit is `per`.
    """
    if formula.operation in ("sum", "difference"):
        return report.units.get(whole.unit)
    if formula.operation == "share":
        second = report.indicator(formula.of[1], whole.id.split(".")[0])
        return report.units.get(second.unit) if second else None
    unit = report.units.get(whole.unit)
    if formula.operation == "ratio" and unit is not None and len(unit.per) == 2:
        return report.units.get(unit.per[position])
    return None


def scale_between(one: Unit | None, other: Unit | None) -> tuple[Decimal, Decimal]:
    """Return numerator and denominator of what turns an amount in *one* into *other*; both 1 where nothing does."""
    if one is None or other is None or one.quantity != other.quantity or one.factor == other.factor:
        return Decimal(1), Decimal(1)
    return one.factor, other.factor


def in_unit(amount: Interval, part: Indicator, wanted: Unit | None, report: Report) -> Interval:
    """Return *amount*, counted in the unit of *part*, in the unit *wanted*."""
    above, below = scale_between(report.units.get(part.unit), wanted)
    return amount if above == below else amount * point(above) / point(below)


def out_of_unit(amount: Interval, part: Indicator, wanted: Unit | None, report: Report) -> Interval:
    """Return *amount*, counted in the unit *wanted*, in the unit of *part*."""
    above, below = scale_between(report.units.get(part.unit), wanted)
    return amount if above == below else amount * point(below) / point(above)


def goes_together(formula: Formula, parts: list[Indicator], whole: Indicator, report: Report) -> bool:
    """Return whether *parts* can be put together so: each once, and sums and differences of the whole's quantity.

    A product may name a part twice; whether the units of a product or quotient are meant, nobody can tell.
    """
    if formula.operation == "product":
        return True
    units = [report.units.get(one.unit) for one in (whole, *parts)]
    one_quantity = len({unit.quantity for unit in units if unit is not None}) <= 1
    return len({part.id for part in parts}) == len(parts) and (
        one_quantity or formula.operation not in ("sum", "difference")
    )


def parts_of(formula: Formula, whole: Indicator, report: Report) -> list[Indicator] | None:
    """Return the indicators that *formula* names, None where one of them is not there."""
    found = [report.indicator(name, whole.id.split(".")[0]) for name in formula.of]
    known = [part for part in found if part is not None]
    return known if len(known) == len(found) else None


Values = Mapping[str, Mapping[str, Observation]]
"""Values worked out so far, by indicator and period; they go before the report's own."""


def amounts(
    formula: Formula, whole: Indicator, period: str, report: Report, done: Values | None = None
) -> list[Interval | None] | None:
    """Return what each part of *formula* can be in *period*, in the unit it is taken in; None for one without value.

    None altogether where a part is not there at all.
    """
    parts = parts_of(formula, whole, report)
    if parts is None:
        return None
    found: list[Interval | None] = []
    for position, part in enumerate(parts):
        observation = ((done or {}).get(part.id) or part.values).get(period)
        interval = observation.stands_for if observation is not None else None
        wanted = wanted_unit(formula, position, whole, report)
        found.append(None if interval is None else in_unit(interval, part, wanted, report))
    return found


def implied(
    report: Report, indicator: Indicator, period: str, done: Values | None = None
) -> tuple[Indicator, Interval] | None:
    """Return the one undisclosed part of the formula of *indicator*, and what the printed figure says of it.

    None if the indicator has no formula or no value, or where not exactly one part is undisclosed and all others known.

    >>> # 18,856.92 MWh at 1.32 MWh a head: employees from 18856.915 / 1.325 to 18856.925 / 1.315
    """
    formula, observation = indicator.formula, indicator.values.get(period)
    if formula is None or formula.operation == "implied" or observation is None or is_computed(observation, indicator):
        return None
    whole, parts = observation.stands_for, parts_of(formula, indicator, report)
    known = amounts(formula, indicator, period, report, done)
    if whole is None or parts is None or known is None or known.count(None) != 1:
        return None
    at = known.index(None)
    if not parts[at].undisclosed:
        return None
    wanted = wanted_unit(formula, at, indicator, report)
    return parts[at], out_of_unit(solve(formula, whole, known, at), parts[at], wanted, report)


def is_computed(observation: Observation, indicator: Indicator) -> bool:
    """Return whether *observation* was worked out here: nobody typed it, so it stands where its indicator does."""
    return observation.place == indicator.place
