"""Compute what the report says but nobody typed: totals, differences, products, ratios and shares, unrounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from crossfoot.formulas import amounts, goes_together, implied, parts_of, result, scale_between, wanted_unit
from crossfoot.intervals import Interval
from crossfoot.model import Formula, Indicator, Observation, Qualifier, Report, Status, Unit, split
from crossfoot.places import Problem

_EXACT = Context(prec=50, rounding=ROUND_HALF_UP)


def compute(report: Report) -> Report:
    """Return *report* with a value for every formula whose parts are all there and whose result was not printed.

    Printed values are never replaced: the audit holds them against the formula. A total with a missing part stays
    missing. The result is rounded half up to the indicator's `decimals`, or kept with the digits of its parts; what the
    printed parts allow goes with it. Parts of another unit of the same quantity are converted. What cannot be worked
    out is left out: `formula_problems` says why.
    """
    values, _ = _worked_out(report)
    sections = dict(report.sections)
    for name in dict.fromkeys(split(id_)[0] for id_ in values):
        section = report.sections[name]
        found = {
            key: one.model_copy(update={"values": values[one.id]})
            for key, one in section.indicators.items()
            if values.get(one.id, one.values) is not one.values
        }
        if found:
            sections[name] = section.model_copy(update={"indicators": {**section.indicators, **found}})
    return report.model_copy(update={"sections": sections})


def formula_problems(report: Report) -> tuple[Problem, ...]:
    """Return what keeps formulas from being worked out: those that go round in a circle, or divide by zero."""
    return tuple(problem for _, problem in _worked_out(report)[1])


def unsettled(report: Report) -> frozenset[str]:
    """Return the indicators whose formula cannot be worked out, and those that rest on them."""
    found = {name for name, _ in _worked_out(report)[1]}
    resting: dict[str, list[str]] = {}
    for one in report.indicators():
        formula = one.formula
        if formula is None:
            continue
        parts = parts_of(formula, one, report)
        if parts is not None and not goes_together(formula, parts, one, report):
            found.add(one.id)
        for name in formula.of:
            part = report.indicator(name, one.id.split(".")[0])
            if part is None or part.id == one.id:
                found.add(one.id)
            else:
                resting.setdefault(part.id, []).append(one.id)
    new = list(found)
    while new:
        more = [name for name in resting.get(new.pop(), ()) if name not in found]
        found.update(more)
        new += more
    return frozenset(found)


Done = dict[str, Mapping[str, Observation]]
"""The values of every indicator with a formula."""
Told = list[tuple[str, Problem]]
"""What is wrong with which indicator."""


def _worked_out(report: Report) -> tuple[Done, Told]:
    order, problems = _parts_first(report)
    done: Done = {}
    circular = {name for name, _ in problems}
    for indicator in order:
        formula = indicator.formula
        if formula is not None:
            is_sound = indicator.id not in circular
            done[indicator.id] = _values(indicator, formula, report, done, problems) if is_sound else indicator.values
    return done, problems


def _parts_first(report: Report) -> tuple[list[Indicator], Told]:
    """Return every indicator with a formula after those that it rests on, and the circles that leave no such order."""
    order: list[Indicator] = []
    problems: Told = []
    seen: set[str] = set()
    for start in report.indicators():
        if start.formula is None:
            continue
        path: dict[str, Iterator[Indicator]] = {}
        waiting = [] if start.id in seen else [start]
        while waiting:
            one = waiting[-1]
            path.setdefault(one.id, iter(_rests_on(one, report)))
            part = next((part for part in path[one.id] if part.id not in seen and part.id != one.id), None)
            if part is None:
                order.append(waiting.pop())
                seen.add(one.id)
                del path[one.id]
            elif part.id not in path:
                waiting.append(part)
            elif part.id not in {name for name, _ in problems}:
                names = list(path)
                circle = names[names.index(part.id) :]
                problems.append((part.id, _circle(part, [*circle, part.id])))
    return order, problems


def _circle(indicator: Indicator, names: list[str]) -> Problem:
    cure = "take one of them out"
    if indicator.implied:
        cure = "give 'implied' to an indicator of its own, beside the one that nobody discloses"
    hint = f"{' → '.join(names)}\n{cure}"
    place = indicator.place_of(indicator.formula.operation) if indicator.formula else indicator.place
    return Problem(place, "the formula goes round in a circle", hint, rule="formula")


def _rests_on(indicator: Indicator, report: Report) -> list[Indicator]:
    """Return the parts of the formula of *indicator*; of an implied figure, those of its giver as well."""
    formula = indicator.formula
    parts = (parts_of(formula, indicator, report) or []) if formula else []
    if indicator.implied:
        parts = [*parts, *(part for one in parts if one.formula for part in parts_of(one.formula, one, report) or [])]
    return parts


def _values(
    indicator: Indicator, formula: Formula, report: Report, done: Done, problems: Told
) -> Mapping[str, Observation]:
    """Return the values of *indicator*, those that were not printed worked out from the parts in *done*."""
    parts = parts_of(formula, indicator, report)
    if parts is None or not goes_together(formula, parts, indicator, report):
        return indicator.values
    values = dict(indicator.values)
    for period in report.file.periods:
        if period in values:
            continue
        if formula.operation == "implied":
            given = implied(report, parts[0], period, done)
            found = _between(given[1], indicator) if given is not None else None
        else:
            found = _computed(formula, parts, indicator, period, report, done, problems)
        if found is not None:
            values[period] = found
    return values


def _computed(
    formula: Formula,
    parts: list[Indicator],
    indicator: Indicator,
    period: str,
    report: Report,
    done: Done,
    problems: Told,
) -> Observation | None:
    """Return the value of *formula* in *period*, None where a part has no value or the hedges do not go together."""
    observations = [one for part in parts if (one := done.get(part.id, part.values).get(period)) is not None]
    if len(observations) < len(parts):
        return None
    known = [one for one in amounts(formula, indicator, period, report, done) or [] if one is not None]
    if len(known) < len(parts):
        return None
    if any(one.qualifier == "range" for one in observations):
        return _between(result(formula, known), indicator)
    hedge = _hedge(formula, observations)
    exact = [
        _amount(one, part, wanted_unit(formula, position, indicator, report), report)
        for position, (one, part) in enumerate(zip(observations, parts, strict=True))
    ]
    value = evaluate(formula, exact, indicator, period, problems) if hedge else None
    if value is None or hedge is None:
        return None
    found = Observation(
        value=_rounded(value, indicator), qualifier=hedge, status=_status(observations), place=indicator.place
    )
    return found.following(result(formula, known))


def _between(ends: Interval, indicator: Indicator) -> Observation | None:
    """Return the range from the lowest to the highest rounded number in *ends*; one number where there is but one."""
    if ends.empty or not ends.bounded:
        return None
    step = Decimal(1).scaleb(-(indicator.decimals or 0))
    low, high = ends.low.quantize(step, ROUND_CEILING, _EXACT), ends.high.quantize(step, ROUND_FLOOR, _EXACT)
    if low >= high:
        middle = _EXACT.divide(_EXACT.add(ends.low, ends.high), Decimal(2)).quantize(step, context=_EXACT)
        return Observation(value=middle, place=indicator.place).following(ends)
    return Observation(value=low, upto=high, qualifier="range", place=indicator.place).following(ends)


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


def _amount(observation: Observation, part: Indicator, wanted: Unit | None, report: Report) -> Decimal | None:
    """Return the amount in the unit *wanted*, None where there is none."""
    amount = observation.amount
    if amount is None:
        return None
    above, below = scale_between(report.units.get(part.unit), wanted)
    return amount if above == below else _EXACT.divide(_EXACT.multiply(amount, above), below)


def evaluate(
    formula: Formula,
    amounts: list[Decimal | None],
    indicator: Indicator,
    period: str,
    problems: Told,
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
                place = indicator.place_of(formula.operation, 1)
                hint = f"'{formula.of[1]}' is 0 there: say that the value is missing, or take out the formula"
                problems.append((indicator.id, Problem(place, text, hint, rule="formula")))
                return None
            result = _EXACT.divide(numbers[0], numbers[1])
            if formula.operation == "share":
                result = _EXACT.multiply(result, Decimal(100))
    return _EXACT.multiply(result, formula.factor)


def _rounded(value: Decimal, indicator: Indicator) -> Decimal:
    if indicator.decimals is None:
        return value
    return value.quantize(Decimal(1).scaleb(-indicator.decimals), context=_EXACT)
