"""What a sentence may say of figures by comparing them: that they rose, are more than others, are the highest.

A printed figure stands for the range of amounts that would be printed so. A claim is made only where it holds for every
amount of those ranges; where it does not, the author is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType
from typing import Literal

from crossfoot.inserts import ClaimCall, Insert, claim_call
from crossfoot.intervals import Interval, point
from crossfoot.model import Indicator, Observation, Report, Unit, period_meant
from crossfoot.places import NOWHERE, Place, Problem, Problems, did_you_mean
from crossfoot.shelf import Same, made_of
from crossfoot.side_by_side import Unlike, alike, unlike

_EXACT = Context(prec=50, rounding=ROUND_HALF_UP)
_HUNDRED = Decimal(100)
_NEARLY = Decimal("0.95")
"""From which share on a part is nearly all of its whole."""
SHARES: Mapping[str, tuple[Decimal, Decimal]] = MappingProxyType(
    {
        "nearly_all": (_NEARLY, Decimal(1)),
        "over_three_quarters": (Decimal("0.75"), Decimal(1)),
        "over_two_thirds": (Decimal(2) / 3, Decimal(1)),
        "over_half": (Decimal("0.5"), Decimal(1)),
        "under_tenth": (Decimal(0), Decimal("0.1")),
        "under_quarter": (Decimal(0), Decimal("0.25")),
        "under_third": (Decimal(0), Decimal(1) / 3),
        "under_half": (Decimal(0), Decimal("0.5")),
    }
)
"""What a share is called, and between which bounds it must lie for that; the first that is proved is said."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim comes to; a language puts it into words."""

    wording: str
    """The key of its phrase: `claims.rose`."""
    value: Decimal
    """The number behind it: the change, the ratio or the share as it is rounded, or the rank."""
    number: Decimal | None = None
    """The number that is printed, if any."""
    sort: str = ""
    """What the number is: `percent`, `points`, `times`, or `unit` for an amount in the figure's own unit."""
    about: bool = False
    """Whether the digits prove the number only roughly."""
    unit: Unit | None = None


Unsaid = Unlike | Literal["missing", "vague", "boundary", "unproved"]
"""Why no change is said: the periods are unlike, a value is missing or vague, the two cover something else, or are
printed too coarsely to tell."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure in one period."""

    indicator: Indicator
    period: str
    observation: Observation
    stands_for: Interval

    @property
    def amount(self) -> Decimal:
        amount = self.observation.amount
        assert amount is not None
        return amount

    def __str__(self) -> str:
        return f"'{self.indicator.id}' in {self.period}"


def said(insert: Insert, report: Report, section: str, place: Place) -> Said:
    """Return what the claim of *insert*, used in *section*, comes to.

    Raises:
        Problems: a name or a period that is not there, or a claim that the printed digits do not prove.
    """
    call = claim_call(insert)
    if call.slip:
        raise _refused(place, f"'{insert.raw}' {call.slip}", f"write {insert.written}")
    match insert.word:
        case "change":
            return _change(call, report, section, place)
        case "compare":
            return _compare(call, report, section, place)
        case "share":
            return _share(call, report, section, place)
        case _:
            return _rank(call, report, section, place)


def change(indicator: Indicator, since: str, until: str, report: Report) -> Said | Unsaid:
    """Return how *indicator* changed from *since* to *until*, the most that the printed digits prove, else why not.

    That is by how many per cent, else by which amount, else that it rose or fell. An amount is also said where the
    percentage is too small to print, and of things that are counted where they are so few that it would be rough: one
    case less says more than about 25% less. Nobody has asked in words here, so nothing is refused to anyone.
    """
    values = ("change", Same(indicator), since, until, Same(report))
    return made_of(values, lambda: _change_between(indicator, since, until, report), often=True)


def _change_between(indicator: Indicator, since: str, until: str, report: Report) -> Said | Unsaid:
    ends = [indicator.values.get(period) for period in (since, until)]
    if any(one is None or one.value is None for one in ends):
        return "missing"
    if any(one is not None and (one.qualifier == "several" or one.stands_for is None) for one in ends):
        return "vague"
    before, after = (_figure(indicator, period, report, NOWHERE) for period in (since, until))
    if _boundary(before, report) != _boundary(after, report):
        return "boundary"
    why = unlike(since, until, report)
    if why is not None:
        return why
    percent, amount = (_tried(before, after, form, report) for form in ("", "amount"))
    if percent is not None and amount is not None and amount.number is not None:
        few = percent.about and report.units[indicator.unit].quantity == "count"
        if percent.number is None or (few and not amount.about):
            return amount
    return percent or amount or _tried(before, after, "word", report) or "unproved"


def _tried(before: _Figure, after: _Figure, form: str, report: Report) -> Said | None:
    """Return how far *after* is from *before*, said in one form; None where the digits do not prove it so."""
    try:
        return _moved(before, after, form, report, NOWHERE)
    except Problems:
        return None


def _change(call: ClaimCall, report: Report, section: str, place: Place) -> Said:
    indicator = _indicator(call.names[0], report, section, place)
    before = _figure(indicator, call.since, report, place)
    after = _figure(indicator, call.period, report, place)
    _like(before, after, report, place)
    match unlike(before.period, after.period, report):
        case "order":
            text = f"{before.period} is not before {after.period}"
            raise _refused(place, text, "write the earlier period after 'since'")
        case "overlap":
            text = f"{before.period} and {after.period} overlap"
            raise _refused(place, text, "what falls into both is no change; compare periods that follow each other")
        case _:
            return _moved(before, after, call.form, report, place)


def _moved(before: _Figure, after: _Figure, form: str, report: Report, place: Place) -> Said:
    """Return how far *after* is from *before*, two figures that may be compared.

    Raises:
        Problems: the printed digits do not prove it, or not in this *form*.
    """
    indicator = after.indicator
    unit = report.units[indicator.unit]
    if _are_printed_alike(before, after):
        return Said("claims.same", Decimal(0))
    moved = after.stands_for - before.stands_for
    if moved.low < 0 < moved.high or moved.low == 0 == moved.high:
        raise _unproved(place, f"'{indicator.id}' rose or fell from {before.period} to {after.period}", before, after)
    way = "rose" if moved.low >= 0 else "fell"
    sign = Decimal(1 if way == "rose" else -1)
    if form == "word":
        return Said(f"claims.{way}_alone", sign)
    if form == "amount" or unit.percent:
        amount = _EXACT.subtract(after.amount, before.amount)
        sort = "points" if unit.percent else "unit"
        exact = before.observation.qualifier == after.observation.qualifier == "exact"
        if not moved.bounded:
            raise _unproved(place, f"by how much '{indicator.id}' {way}", before, after, "write word at its end")
        return Said(f"claims.{way}", amount, abs(amount), sort, about=not exact, unit=unit)
    if before.stands_for.low <= 0:
        text = f"a change in per cent needs a value above zero, and {before} is {before.observation.value}"
        raise _refused(place, text, "write amount, or word, at its end")
    ratio = after.stands_for / before.stands_for
    percent = (ratio - point(1)) * point(_HUNDRED)
    exact_ratio = _EXACT.divide(after.amount, before.amount)
    middle = _EXACT.multiply(_EXACT.subtract(exact_ratio, Decimal(1)), _HUNDRED)
    if not percent.bounded:
        raise _unproved(place, f"by how much '{indicator.id}' {way}", before, after, "write word at its end")
    number, about = _rounded(middle, percent)
    if number == 0:
        return Said(f"claims.{way}_alone", sign)
    return Said(f"claims.{way}", number, abs(number), "percent", about)


def _compare(call: ClaimCall, report: Report, section: str, place: Place) -> Said:
    one, other = _both(call, report, section, place)
    if call.form == "times":
        ratio = one.stands_for / other.stands_for
        if other.stands_for.low <= 0 or not ratio.bounded:
            raise _unproved(place, f"how many times {other} goes into {one}", one, other)
        number, about = _rounded(_EXACT.divide(one.amount, other.amount), ratio)
        return Said("claims.times", number, number, "times", about)
    unit = report.units[one.indicator.unit]
    manner = "level" if unit.percent or unit.per else "count" if unit.quantity == "count" else "mass"
    difference = one.stands_for - other.stands_for
    if _are_printed_alike(one, other):
        return Said(f"claims.{manner}.same", Decimal(0))
    if difference.low < 0 < difference.high:
        raise _unproved(place, f"which is more, {one} or {other}", one, other)
    way = "more" if difference.low >= 0 else "less"
    return Said(f"claims.{manner}.{way}", Decimal(1 if way == "more" else -1))


def _share(call: ClaimCall, report: Report, section: str, place: Place) -> Said:
    part, whole = _both(call, report, section, place)
    if whole.stands_for.low <= 0:
        raise _refused(place, f"a share needs a whole above zero, and {whole} is {whole.observation.value}", "")
    ratio = part.stands_for / whole.stands_for
    if part.amount < 0:
        raise _refused(place, f"{part} is below zero, so it is no share", "")
    if ratio.low > 1:
        raise _refused(place, f"{part} is more than its whole, {whole}", "exchange the two names, or mend the data")
    percent = _EXACT.multiply(_EXACT.divide(part.amount, whole.amount), _HUNDRED)
    percent = percent.quantize(Decimal("0.1"), context=_EXACT)
    if part.amount == whole.amount and ratio.low >= _NEARLY:
        return Said("claims.share.all", _HUNDRED)
    if part.amount * 2 == whole.amount and Decimal("0.45") <= ratio.low and ratio.high <= Decimal("0.55"):
        return Said("claims.share.half", percent)
    for name, (low, high) in SHARES.items():
        # More than all of the whole there never is; that the ranges may allow it is owed to rounding.
        if ratio.low > low if high == 1 else ratio.high < high:
            return Said(f"claims.share.{name}", percent)
    raise _unproved(place, f"whether {part} is more than half of {whole}", part, whole)


def _rank(call: ClaimCall, report: Report, section: str, place: Place) -> Said:
    indicator = _indicator(call.names[0], report, section, place)
    period = call.period or period_meant(indicator, report)
    one = _figure(indicator, period, report, place)
    if len(call.names) > 1:
        names = [name for name in call.names[1:] if _indicator(name, report, section, place) is not indicator]
        rest = [_figure(_indicator(name, report, section, place), period, report, place) for name in names]
        rest = [_converted(other, one, report, place) for other in rest]
    else:
        rest = [
            _figure(indicator, other, report, place)
            for other, observation in indicator.values.items()
            if other != period and observation.value is not None and alike(other, period, report)
        ]
    if not rest:
        raise _refused(place, f"{one} is compared with nothing", "it needs other periods, or 'among' and other names")
    for other in rest:
        _like(one, other, report, place)
    below = [other for other in rest if _is_above(one, other)]
    above = [other for other in rest if _is_above(other, one)]
    if len(below) == len(rest):
        return Said("claims.highest", Decimal(1))
    if len(above) == len(rest):
        return Said("claims.lowest", Decimal(len(rest) + 1))
    if not (below and above):
        unclear = next(other for other in rest if other not in (*below, *above))
        raise _unproved(place, f"whether {one} is the {'highest' if below else 'lowest'}", one, unclear)
    shown = ", ".join(f"{other.period}: {other.observation.value}" for other in (one, *rest))
    raise _refused(place, f"{one} is neither the highest nor the lowest", shown)


def _are_printed_alike(one: _Figure, other: _Figure) -> bool:
    """Return whether two exact figures are the same to the same digit; nothing finer can be said of them."""
    exact = one.observation.qualifier == other.observation.qualifier == "exact"
    return exact and one.amount == other.amount and one.stands_for == other.stands_for


def _is_above(one: _Figure, other: _Figure) -> bool:
    return one.stands_for.low >= other.stands_for.high and one.amount != other.amount


def _both(call: ClaimCall, report: Report, section: str, place: Place) -> tuple[_Figure, _Figure]:
    """Return the two figures of a call, in the same period, the second in the unit of the first."""
    first, second = (_indicator(name, report, section, place) for name in call.names)
    period = call.period or period_meant(first, report)
    one = _figure(first, period, report, place)
    other = _converted(_figure(second, period, report, place), one, report, place)
    _like(one, other, report, place)
    return one, other


def _indicator(name: str, report: Report, section: str, place: Place) -> Indicator:
    found = report.indicator(name, section)
    if found is None:
        known = [*(report.sections[section].indicators if section in report.sections else ()), *report.sections]
        raise _refused(place, f"there is no indicator '{name}'", did_you_mean(name, known))
    return found


def _figure(indicator: Indicator, period: str, report: Report, place: Place) -> _Figure:
    period = period or period_meant(indicator, report)
    if period not in report.file.periods:
        hint = did_you_mean(period, report.file.periods, listed="periods")
        raise _refused(place, f"there is no period '{period}'", hint)
    observation = indicator.values.get(period)
    if observation is None or observation.value is None or observation.stands_for is None:
        why = f": {observation.omission}" if observation is not None and observation.omission else ""
        known = [key for key, one in indicator.values.items() if one.value is not None]
        hint = f"it has: {', '.join(known) or 'none'}"
        raise _refused(place, f"'{indicator.id}' has no value for '{period}'{why}", hint)
    if observation.qualifier == "several":
        raise _refused(place, f"'{indicator.id}' is a vague number in {period}", "nothing can be reckoned from it")
    return _Figure(indicator, period, observation, observation.stands_for)


def _converted(other: _Figure, one: _Figure, report: Report, place: Place) -> _Figure:
    """Return *other* in the unit of *one*; both must be of one quantity."""
    ours, theirs = report.units[one.indicator.unit], report.units[other.indicator.unit]
    if ours is theirs:
        return other
    if ours.quantity != theirs.quantity or ours.quantity == "count":
        text = f"'{one.indicator.id}' and '{other.indicator.id}' are of different units"
        raise _refused(place, text, f"one is in '{one.indicator.unit}', the other in '{other.indicator.unit}'")
    factor = _EXACT.divide(theirs.factor, ours.factor)
    changed = {"value": _EXACT.multiply(other.amount, factor), "scale": "one"}
    observation = other.observation.model_copy(update=changed)
    return _Figure(other.indicator, other.period, observation, other.stands_for * point(factor))


def _like(one: _Figure, other: _Figure, report: Report, place: Place) -> None:
    """Refuse to compare figures of different boundaries, or of periods of different length."""
    covers, also = _boundary(one, report), _boundary(other, report)
    if covers != also:
        text = f"{one} covers '{covers}', and {other} '{also}'"
        hint = "figures of different boundaries are not compared; say it in words, with both figures"
        raise _refused(place, text, hint)
    if not alike(one.period, other.period, report):
        text = f"{one.period} and {other.period} are not of the same length"
        raise _refused(place, text, "compare a year with a year, a quarter with a quarter")


def _boundary(figure: _Figure, report: Report) -> str:
    return figure.observation.boundary or figure.indicator.boundary or report.file.boundary or ""


def _rounded(middle: Decimal, allowed: Interval) -> tuple[Decimal, bool]:
    """Return *middle* to one decimal, or to none where *allowed* is wider than a tenth, and whether it is rough."""
    fine = allowed.width <= Decimal("0.1")
    number = middle.quantize(Decimal("0.1") if fine else Decimal(1), context=_EXACT)
    return number, not fine and allowed.width > 1


def _unproved(place: Place, what: str, one: _Figure, other: _Figure, hint: str = "") -> Problems:
    ranges = f"{one} stands for {one.stands_for}, {other} for {other.stands_for}"
    return _refused(place, f"the printed digits do not show {_clause(what)}", f"{ranges}\n{hint}".strip())


def _clause(what: str) -> str:
    return what if what.split(" ")[0] in ("whether", "which", "how", "by") else f"whether {what}"


def _refused(place: Place, message: str, hint: str) -> Problems:
    return Problems([Problem(place, message, hint)])
