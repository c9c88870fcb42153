"""How an indicator changed between two periods, in ready words, or why the two cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crossfoot.comparisons import Said, change
from crossfoot.localise import Language
from crossfoot.model import Indicator, Report
from crossfoot.places import Problems


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """A change from one period to another, as far as the printed digits prove it."""

    short: str
    """For a cell: "−3.6%", "+12 cases", "unchanged"; empty where it cannot be said."""
    words: str
    """For a sentence: "fell by 3.6%"; empty where it cannot be said."""
    reason: str = ""
    """Why it cannot be said, in words; else empty."""
    note: str = ""
    """What to know beside it: that one of the figures was restated."""


def change_between(indicator: Indicator, since: str, until: str, report: Report, language: Language) -> PeriodChange:
    """Return how *indicator* changed from *since* to *until*, two periods of *report*, in the words of *language*."""
    reason = _reason(indicator, since, until, report, language)
    if reason:
        return PeriodChange("", "", reason)
    try:
        found = change(indicator, since, until, report)
    except Problems:  # all other reasons have been asked for: the digits do not prove it
        return PeriodChange("", "", language.word("editions.reasons.unproved"))
    return PeriodChange(
        _short(found, language), _words(found, language), note=_note(indicator, since, until, report, language)
    )


def _reason(indicator: Indicator, since: str, until: str, report: Report, language: Language) -> str:
    """Return why the two periods are not compared, '' where they may be."""
    for period in (since, until):
        observation = indicator.values.get(period)
        if observation is None or observation.value is None:
            return language.word("editions.reasons.missing", _named(period, report, language))
        if observation.qualifier == "several":
            return language.word("editions.reasons.vague", _named(period, report, language))
    before, after = indicator.values[since], indicator.values[until]
    home = indicator.boundary or report.file.boundary or ""
    covers, also = before.boundary or home, after.boundary or home
    if covers != also:
        label = language.of(report.file.boundaries[also].label) if also in report.file.boundaries else also
        return language.word("editions.reasons.boundary", label)
    lengths = [_days(period, report) for period in (since, until)]
    if abs(lengths[0] - lengths[1]) > 1:
        return language.word("editions.reasons.length")
    ends = [report.file.periods[period].end for period in (since, until)]
    if ends[0] is not None and ends[1] is not None and ends[0] >= ends[1]:
        names = [_named(period, report, language) for period in (since, until)]
        return language.word("editions.reasons.order", *names)
    return ""


def _days(name: str, report: Report) -> int:
    """Return how many days a period has, 0 for a point in time or an open one."""
    period = report.file.periods[name]
    return (period.end - period.start).days + 1 if period.start and period.end else 0


def _short(found: Said, language: Language) -> str:
    if found.number is None:
        key = found.wording if found.value else "editions.unchanged"
        return language.word(key)
    sign = language.phrases["minus"] if found.value < 0 else "+"
    said = sign + _number(found, language) if found.sort != "unit" else _number(found, language, sign)
    return language.word("editions.about", said) if found.about else said


def _words(found: Said, language: Language) -> str:
    if found.number is None:
        return language.word(found.wording)
    number = _number(found, language)
    return language.word(found.wording, language.word("qualifiers.about", number) if found.about else number)


def _number(found: Said, language: Language, sign: str = "") -> str:
    """Return the number of a change with what it is counted in; *sign* stands right before its digits."""
    assert found.number is not None
    digits = sign + language.digits(found.number)
    if found.sort == "unit" and found.unit is not None:
        return language.with_unit(digits, found.unit, found.number)
    one = "_one" if found.sort == "points" and found.number == Decimal(1) else ""
    return language.word(f"claims.{found.sort}{one}", digits)


def _note(indicator: Indicator, since: str, until: str, report: Report, language: Language) -> str:
    """Return that figures were restated, '' where none was."""
    restated = [period for period in (since, until) if _is_restated(indicator, period, report)]
    names = language.phrases["list_comma"].join(_named(period, report, language) for period in restated)
    return language.word("editions.restated", names) if names else ""


def _is_restated(indicator: Indicator, period: str, report: Report) -> bool:
    """Return whether a figure was restated, or was reckoned from one that was."""
    observation = indicator.values.get(period)
    if observation is None or observation.restated is not None:
        return observation is not None
    formula, section = indicator.formula, indicator.id.split(".")[0]
    if formula is None or observation.place != indicator.place:  # typed, not reckoned
        return False
    parts = (report.indicator(name, section) for name in formula.of)
    return any(_is_restated(part, period, report) for part in parts if part is not None)


def _named(period: str, report: Report, language: Language) -> str:
    return language.period(report.file.periods[period])
