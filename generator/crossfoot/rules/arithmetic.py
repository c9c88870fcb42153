"""Rules: formulas can be worked out, units go together, and every finding of the audit is mended or acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from crossfoot.compute import formula_problems, unsettled
from crossfoot.findings import Claim, Evidence
from crossfoot.intervals import EVERYTHING, Interval, brief
from crossfoot.model import Formula, Indicator, Report, Unit
from crossfoot.narrative import Page
from crossfoot.places import Problem, did_you_mean


def formulas_can_be_worked_out(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """No formula goes round in a circle, divides by zero, or leaves open how many decimals it has."""
    yield from formula_problems(report)
    broken = unsettled(report)
    for indicator in report.indicators():
        computed = any(one.place == indicator.place for one in indicator.values.values())
        if computed and indicator.decimals is None and (indicator.ratio or indicator.share):
            text = f"'{indicator.id}' is divided out here, but nothing says to how many decimals"
            place = indicator.place_of(indicator.formula.operation) if indicator.formula else indicator.place
            yield Problem(place, text, "add e.g. 'decimals: 2' to it")
        if indicator.implied and not computed and indicator.id not in broken:
            yield _gives_nothing_away(indicator, report)


def _gives_nothing_away(indicator: Indicator, report: Report) -> Problem:
    giver = report.indicator(indicator.implied or "", indicator.id.split(".")[0])
    place = indicator.place_of("implied")
    if giver is None or giver.formula is None:
        text = f"'{indicator.id}' is implied by '{indicator.implied}', which has no formula"
        return Problem(place, text, "name a printed figure with a formula, one part of which is undisclosed")
    text = f"'{giver.id}' gives nothing away: not exactly one part of its formula is undisclosed, or another is missing"
    return Problem(place, text, "mark the part with 'undisclosed: true', and give the others their values")


def units_go_together(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A ratio divides what its unit says it divides, and a share is counted in per cent."""
    for indicator in report.indicators():
        formula, unit = indicator.formula, report.units.get(indicator.unit)
        if formula is None or unit is None:
            continue
        if formula.operation == "ratio":
            yield from _wrong_units(indicator, formula, unit, report)
        if formula.operation == "share" and not unit.percent and formula.factor == 1:
            text = f"'{indicator.id}' is a share of a hundred, but its unit '{indicator.unit}' is no percentage"
            hint = "give it a unit with 'percent: true', or write 'ratio'"
            yield Problem(indicator.place_of("unit"), text, hint)
    for unit_id, unit in report.units.items():
        for position, name in enumerate(unit.per):
            if name not in report.units:
                hint = did_you_mean(name, report.units, listed="units")
                yield Problem(unit.place_of("per", position), f"'{unit_id}' is per '{name}', which is not a unit", hint)


def _wrong_units(indicator: Indicator, formula: Formula, unit: Unit, report: Report) -> Iterator[Problem]:
    for position, name in enumerate(formula.of):
        part = report.indicator(name, indicator.id.split(".")[0])
        wanted = report.units.get(unit.per[position]) if len(unit.per) == 2 else None
        found = report.units.get(part.unit) if part is not None else None
        if part is None or wanted is None or found is None:
            continue
        counted = found.quantity == wanted.quantity == "count" and part.unit != unit.per[position]
        if found.quantity != wanted.quantity or counted:
            does = "is made from" if position == 0 else "divides by"
            text = f"'{indicator.id}' {does} '{part.id}' in '{part.unit}', but its unit '{indicator.unit}' has "
            hint = "name a figure in that unit or one of the same quantity, or give this figure another unit"
            yield Problem(indicator.place_of("ratio", position), f"{text}'{unit.per[position]}' there", hint)


def nothing_contradicts_itself(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """No figure is said to be two things, undisclosed and printed, or 100 and another number; no key is for nothing."""
    for indicator in report.indicators():
        if indicator.undisclosed and any(one.place != indicator.place for one in indicator.values.values()):
            text = f"'{indicator.id}' is undisclosed, but it has a value"
            yield Problem(indicator.place_of("undisclosed"), text, "take out 'undisclosed: true', or the value")
        if indicator.factor == 0:
            text = f"the factor of '{indicator.id}' is 0, which makes any formula 0"
            yield Problem(indicator.place_of("factor"), text, "write by how much its parts are multiplied")
        yield from _not_the_whole(indicator)
        yield from _explained_for_nothing(indicator, report)


def _not_the_whole(indicator: Indicator) -> Iterator[Problem]:
    """A composition has parts, and what is printed for it is its whole."""
    if indicator.whole is None:
        return
    if not indicator.sum and all(one.partial for one in indicator.breakdowns):
        text = f"'{indicator.id}' has a whole of {_number(indicator.whole)}, but no parts that make it"
        yield Problem(indicator.place_of("whole"), text, "give it 'sum' or a complete breakdown, or take out 'whole'")
        return
    for period, one in indicator.values.items():
        if one.stands_for is not None and one.place != indicator.place and indicator.whole not in one.stands_for:
            text = f"'{indicator.id}' is {_number(one.amount)} in {period}, but its whole is {_number(indicator.whole)}"
            place = one.place if one.place.file else indicator.place_of("whole")
            yield Problem(place, text, "mend whichever is wrong, or take out 'whole' where the shares leave a rest")


def _explained_for_nothing(indicator: Indicator, report: Report) -> Iterator[Problem]:
    """What is explained is a change, and there is a threshold that asks for it."""
    for period in indicator.explained:
        place = indicator.place_of("explained", period)
        if period in report.file.periods and period not in indicator.values:
            text = f"a change of '{indicator.id}' is explained for {period}, but there is no value then"
            yield Problem(place, text, "name the later of the two periods")
        elif indicator.change_threshold is None and report.file.change_threshold is None:
            text = f"a change of '{indicator.id}' is explained, but no 'change_threshold' asks for it"
            yield Problem(place, text, "give it to the indicator or to data/report.yaml, or take out 'explained'")


def findings_are_mended_or_acknowledged(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Printed figures that cannot all be true are mended, or acknowledged with a reason; nothing else is."""
    for claim in report.audit.findings:
        if claim.acknowledged is None:
            yield Problem(claim.place, _sentence(claim), "\n".join([*_evidence(claim), *_cure(claim, report)]))
    for one in report.audit.loose:
        named = f"the acknowledged finding '{one.finding}' of '{one.indicator}'"
        if one.meant is not None:
            hint = f"read it again: {_sentence(one.meant)}\n{_pin(one.meant, report)}"
            yield Problem(one.place, f"{named} has other numbers now", hint)
        elif one.several:
            yield Problem(one.place, f"{named} could be any of several", "add 'period', or 'at' with the categories")
        else:
            hint = "take this acknowledgement out: nothing is left to acknowledge"
            yield Problem(one.place, f"{named} is not found any more", hint)


def _sentence(claim: Claim) -> str:
    name = f"'{claim.indicator}'{f' of {_listed(claim.at)}' if claim.at else ''}"
    shown = _number(claim.printed) if claim.printed is not None else _span(claim.stands_for)
    allowed, period = _span(claim.allowed, claim.printed), claim.period
    match claim.check:
        case "denominator":
            own, others = _span(claim.evidence[0].implies), _meet(claim.evidence[1:])
            return f"{name} is {shown} in {period}, which implies '{claim.quantity}' of {own}, not {others}"
        case "plausible":
            return f"{name} is {shown} in {period}, outside the plausible {allowed}"
        case "same-fact":
            prints = [_print(one) for one in claim.evidence]
            return f"{name} is printed as {' and as '.join(dict.fromkeys(prints))} in {period}"
        case "change":
            return f"{name} changed by {_span(claim.stands_for)} per cent up to {period}, and nothing says why"
        case "composition":
            return f"the shares of {name} make {allowed} in {period}, not {shown}"
        case "breakdown" if claim.against:
            first, second = _listed(claim.against), _listed(claim.quantity.split())
            return f"the parts of {name} by {first} make {shown} in {period}, those by {second} make {allowed}"
        case "breakdown":
            return f"{name} is {shown} in {period}, its parts by {_listed(claim.quantity.split())} make {allowed}"
        case "footing":
            return f"{name} is {shown} in {period}, the rows it totals in '{claim.quantity}' make {allowed}"
        case _:
            return f"{name} is {shown} in {period}, its parts make {allowed}"


_LONGEST = 12
"""How many figures are listed in a hint."""


def _evidence(claim: Claim) -> Iterator[str]:
    for one in claim.evidence[:_LONGEST]:
        if claim.check == "same-fact":
            yield f"{_print(one)}: {one.place}"
            continue
        period = f" in {one.period}" if claim.check == "change" else ""
        name = " ".join(one.at) if one.at else f"{one.indicator}{period}"
        implies = f", which implies {_span(one.implies)}" if one.implies is not None else ""
        stands = f" ({one.stands_for})" if one.stands_for is not None and one.printed is not None else ""
        yield f"{name} {_number(one.printed)}{stands}{implies}"
    if len(claim.evidence) > _LONGEST:
        yield f"and {len(claim.evidence) - _LONGEST} more"
    if claim.nearest is not None:
        yield f"{_number(claim.nearest)} would agree"


def _cure(claim: Claim, report: Report) -> Iterator[str]:
    if claim.check == "change":
        yield f"write why under 'explained': {{{claim.period}: {_blank(report)}}}, or mend whichever is wrong"
        return
    lead = "write 'partial: true' where parts are left out; " if claim.check == "breakdown" else ""
    yield f"{lead}mend whichever is wrong, or acknowledge it with a reason in each language"
    yield _pin(claim, report)


def _pin(claim: Claim, report: Report) -> str:
    """Return what the author writes to acknowledge *claim*."""
    period = f'"{claim.period}"' if claim.period.isdigit() else claim.period  # else YAML reads a number
    keys = [f"finding: {claim.check}", f"period: {period}"]
    keys += [f"at: [{_listed(claim.at)}]"] if claim.at else []
    keys += [f"printed: {_number(claim.printed)}"] if claim.printed is not None else []
    keys += [f"instead: {_number(claim.nearest)}"] if claim.nearest is not None else []
    return f"acknowledged: [{{{', '.join(keys)}, reason: {_blank(report)}}}]"


def _blank(report: Report) -> str:
    """Return a text with a place for each language."""
    return f"{{{', '.join(f'{one.id}: ...' for one in report.languages)}}}"


def _meet(evidence: tuple[Evidence, ...]) -> str:
    """Return what all of *evidence* imply together."""
    found = EVERYTHING
    for one in evidence:
        if one.implies is not None:
            found = found.meet(one.implies)
    return _span(found)


def _print(one: Evidence) -> str:
    """Return a print of a figure with its qualifier, if it has one: `over 100`, `16683`."""
    ends = one.stands_for if one.words == "range" else None
    shown = _span(ends) if ends is not None else _number(one.printed)
    return shown if one.words == "exact" else f"{one.words} {shown}"


def _span(interval: Interval | None, like: Decimal | None = None) -> str:
    """Return an interval in words, a single number where it is one."""
    if interval is None:
        return "nothing"
    low, high = brief(interval, like)
    if low == high:
        return low
    if not interval.low.is_finite():
        return f"{'less than' if interval.high_open else 'at most'} {high}"
    if not interval.high.is_finite():
        return f"{'more than' if interval.low_open else 'at least'} {low}"
    return f"{low} to {high}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _number(number: Decimal | None) -> str:
    return "not disclosed" if number is None else format(number, "f")
