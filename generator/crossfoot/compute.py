"""Compute what the report says but nobody typed: totals, differences, products, ratios and shares, unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from crossfoot.model import SCALES, Formula, Indicator, Observation, Qualifier, Report, Status, split
from crossfoot.places import Problem

_EXACT = Context(prec=50, rounding=ROUND_HALF_UP)


def compute(report: Report) -> Report:
    """Return *report* with a value for every formula whose parts are all there and whose result was not printed.

    Printed values are never replaced: a rule holds them against the formula. A total with a missing part stays
    missing. The result is rounded half up to the indicator's `decimals`, or kept with the digits of its parts. Parts of
    another unit of the same quantity are converted. What cannot be worked out is left out: `formula_problems` says why.
    """
    values, _ = _worked_out(report)
    sections = {}
    for name, section in report.sections.items():
        indicators = {
            key: one.model_copy(update={"values": values[one.id]}) if values[one.id] is not one.values else one
            for key, one in section.indicators.items()
        }
        sections[name] = section.model_copy(update={"indicators": indicators})
    return report.model_copy(update={"sections": sections})


def formula_problems(report: Report) -> tuple[Problem, ...]:
    """Return what keeps formulas from being worked out: those that go round in a circle, or divide by zero."""
    return tuple(_worked_out(report)[1])


def unsettled(report: Report) -> frozenset[str]:
    """Return the indicators whose formula cannot be worked out, and those that rest on them."""
    places = {problem.place for problem in formula_problems(report)}
    found = {one.id for one in report.indicators() if one.formula and one.place in places}
    parts = {
        one.id: [report.indicator(name, one.id.split(".")[0]) for name in one.formula.of]
        for one in report.indicators()
        if one.formula
    }
    while True:
        more = {name for name, of in parts.items() if any(part is None or part.id in found | {name} for part in of)}
        if more <= found:
            return frozenset(found)
        found |= more


def _worked_out(report: Report) -> tuple[dict[str, Mapping[str, Observation]], list[Problem]]:
    values: dict[str, Mapping[str, Observation]] = {}
    problems: list[Problem] = []
    for indicator in report.indicators():
        _values(indicator, report, values, (), problems)
    return values, problems


def converted(amount: Decimal, part: Indicator, whole: Indicator, report: Report) -> Decimal:
    """Return *amount*, counted in the unit of *part*, in the unit of *whole*, where both are of one quantity."""
    one, other = report.units.get(part.unit), report.units.get(whole.unit)
    if one is None or other is None or one.quantity != other.quantity or one.factor == other.factor:
        return amount
    return _EXACT.divide(_EXACT.multiply(amount, one.factor), other.factor)


def _values(
    indicator: Indicator,
    report: Report,
    done: dict[str, Mapping[str, Observation]],
    path: tuple[str, ...],
    problems: list[Problem],
) -> Mapping[str, Observation]:
    if indicator.id in done:
        return done[indicator.id]
    if indicator.id in path[-1:]:
        return indicator.values  # that it names itself is said by another rule
    if indicator.id in path:
        circle = " → ".join((*path[path.index(indicator.id) :], indicator.id))
        problems.append(
            Problem(
                indicator.place,
                "the formula goes round in a circle",
                f"{circle}\ntake one of them out",
                rule="formula",
            )
        )
        done[indicator.id] = indicator.values
        return indicator.values
    formula = indicator.formula
    done_values = indicator.values
    if formula is not None:
        section = indicator.id.split(".")[0]
        parts = [report.indicator(name, section) for name in formula.of]
        if all(part is not None for part in parts):
            found = [part for part in parts if part is not None]
            known = [_values(part, report, done, (*path, indicator.id), problems) for part in found]
            done_values = dict(indicator.values)
            for period in report.file.periods:
                if period not in done_values and all(period in one for one in known):
                    amounts = [
                        _amount(one[period], part, indicator, formula, report)
                        for one, part in zip(known, found, strict=True)
                    ]
                    hedge = _hedge(formula, [one[period] for one in known])
                    result = evaluate(formula, amounts, indicator, period, problems) if hedge else None
                    if result is not None and hedge is not None:
                        done_values[period] = Observation(
                            value=_rounded(result, indicator),
                            qualifier=hedge,
                            status=_status([one[period] for one in known]),
                            place=indicator.place,
                        )
    done.setdefault(indicator.id, done_values)
    return done[indicator.id]


def _hedge(formula: Formula, parts: list[Observation]) -> Qualifier | None:
    """Return the qualifier of a result: about where a part is; a bound only of a sum; None where none can be said."""
    hedges = {part.qualifier for part in parts} - {"exact"}
    if not hedges:
        return "exact"
    bounds: tuple[Qualifier, ...] = ("over", "at-least", "under", "up-to") if formula.operation == "sum" else ()
    return next((one for one in ("about", *bounds) if hedges == {one}), None)


def _status(parts: list[Observation]) -> Status:
    """Return the status of a result: as uncertain as its parts."""
    statuses = {part.status for part in parts}
    return "estimated" if "estimated" in statuses else "provisional" if "provisional" in statuses else "final"


def _amount(
    observation: Observation, part: Indicator, whole: Indicator, formula: Formula, report: Report
) -> Decimal | None:
    """Return the amount as the formula takes it: parts of a sum or difference in the unit of the whole."""
    amount = observation.amount
    if amount is None or formula.operation not in ("sum", "difference", "share"):
        return amount
    if formula.operation == "share":
        whole = report.indicator(formula.of[1], whole.id.split(".")[0]) or whole
    return converted(amount, part, whole, report)


def evaluate(
    formula: Formula,
    amounts: list[Decimal | None],
    indicator: Indicator,
    period: str,
    problems: list[Problem],
) -> Decimal | None:
    """Return the exact result of *formula* on *amounts*, None where one is missing; a division by zero is a problem."""
    if any(amount is None for amount in amounts):
        return None
    numbers = [amount for amount in amounts if amount is not None]
    match formula.operation:
        case "sum":
            result = Decimal(0)
            for number in numbers:
                result = _EXACT.add(result, number)
        case "difference":
            result = _EXACT.subtract(numbers[0], numbers[1])
        case "product":
            result = Decimal(1)
            for number in numbers:
                result = _EXACT.multiply(result, number)
        case _:
            if numbers[1] == 0:
                text = f"'{indicator.id}' divides by zero in {period}"
                problems.append(Problem(indicator.place, text, f"'{formula.of[1]}' is 0 there", rule="formula"))
                return None
            result = _EXACT.divide(numbers[0], numbers[1])
            if formula.operation == "share":
                result = _EXACT.multiply(result, Decimal(100))
    return _EXACT.multiply(result, formula.factor)


def _rounded(value: Decimal, indicator: Indicator) -> Decimal:
    if indicator.decimals is None:
        return value
    return value.quantize(Decimal(1).scaleb(-indicator.decimals), context=_EXACT)


def implied(report: Report, indicator: Indicator, period: str) -> tuple[Decimal, Decimal] | None:
    """Return the range of the denominator that a printed ratio and its printed numerator allow.

    Each printed value v with d decimals stands for [v - half a unit of its last place, v + the same].
    None if the indicator is no ratio, or one of the two is missing. Unrounded.

    >>> # 18,856.92 MWh at 1.32 MWh a head: 18856.915 / 1.325 to 18856.925 / 1.315
    """
    formula = indicator.formula
    if formula is None or formula.operation != "ratio":
        return None
    home, local = split(formula.of[0], indicator.id.split(".")[0])
    numerator = report.indicator(f"{home}.{local}")
    above = interval(numerator.values.get(period)) if numerator else None
    printed = interval(indicator.values.get(period))
    if above is None or printed is None or printed[0] <= 0:
        return None
    factor = formula.factor
    return (
        _EXACT.multiply(_EXACT.divide(above[0], printed[1]), factor),
        _EXACT.multiply(_EXACT.divide(above[1], printed[0]), factor),
    )


def interval(observation: Observation | None) -> tuple[Decimal, Decimal] | None:
    """Return the range a printed exact value stands for; None where there is no value or it is hedged."""
    if observation is None or observation.value is None or observation.qualifier != "exact":
        return None
    exponent = observation.value.as_tuple().exponent
    half = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    scale = SCALES[observation.scale]
    ends = (_EXACT.subtract(observation.value, half), _EXACT.add(observation.value, half))
    return (_EXACT.multiply(ends[0], scale), _EXACT.multiply(ends[1], scale))
