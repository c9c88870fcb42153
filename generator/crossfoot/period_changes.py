"""How an indicator changed between two periods, in ready words, or why the two cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass

from crossfoot.comparisons import Said, Unsaid, change
from crossfoot.model import Indicator, PeriodId
from crossfoot.side_by_side import Unlike
from crossfoot.wording import Wording


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """A change from one period to another, as far as the printed digits prove it."""

    short: str
    """For a cell: "−3.6%", "+12 cases", "unchanged", "rose"; empty where it cannot be said."""
    words: str
    """For a sentence, where it has a number: "fell by 3.6%"; empty where `short` is in words already."""
    reason: str = ""
    """Why it cannot be said, in words; else empty."""
    note: str = ""
    """What to know beside it: that one of the figures was restated."""


def change_between(indicator: Indicator, since: PeriodId, until: PeriodId, wording: Wording) -> PeriodChange:
    """Return how *indicator* changed from *since* to *until*, two periods of its report, in words."""
    found = change(indicator, since, until, wording.report)
    if not isinstance(found, Said):
        return PeriodChange("", "", _reason(found, indicator, since, until, wording))
    note = _note(indicator, since, until, wording)
    if found.number is None:
        same = wording.language.word("changes.unchanged")
        return PeriodChange(wording.claimed(found) if found.value else same, "", note=note)
    sign = wording.language.phrases["minus"] if found.value < 0 else "+"
    return PeriodChange(wording.claimed_number(found, sign), wording.claimed(found), note=note)


def unlike_words(why: Unlike, since: PeriodId, until: PeriodId, wording: Wording) -> str:
    """Return in words why nothing of the two periods is compared."""
    names = (wording.period(one) for one in (since, until))
    return wording.language.word(f"changes.reasons.{why}", *(names if why == "order" else ()))


def boundary_of(indicator: Indicator, period: PeriodId, wording: Wording) -> str:
    """Return in words what the figure of *period* covers: its own boundary, else the indicator's, else the report's."""
    file = wording.report.file
    name = indicator.values[period].boundary or indicator.boundary or file.boundary
    return wording.language.of(file.boundaries[name].label) if name else wording.language.word("changes.no_boundary")


def _reason(why: Unsaid, indicator: Indicator, since: PeriodId, until: PeriodId, wording: Wording) -> str:
    """Return in words why the figures of the two periods are not compared."""
    language, ends = wording.language, (since, until)
    match why:
        case "missing":
            said = [gap for gap in (_gap(indicator, period, wording) for period in ends) if gap]
        case "vague":
            vague = [one for one in ends if indicator.values[one].qualifier == "several"]
            said = [wording.period(one) for one in vague]
        case "boundary":
            return language.word("changes.reasons.boundary", *(boundary_of(indicator, one, wording) for one in ends))
        case "unproved":
            return language.word("changes.reasons.unproved")
        case _:
            return unlike_words(why, since, until, wording)
    return language.word(f"changes.reasons.{why}", language.phrases["list_comma"].join(said))


def _gap(indicator: Indicator, period: PeriodId, wording: Wording) -> str:
    """Return that there is no figure for *period*, and why where that is given; '' where there is one."""
    observation = indicator.values.get(period)
    if observation is not None and observation.value is not None:
        return ""
    gap = wording.language.word("changes.gap", wording.period(period))
    omission = observation.omission if observation is not None else None
    if omission is None:
        return gap
    return gap + wording.language.word("brackets", wording.language.phrases[f"reasons.{omission}"])


def _note(indicator: Indicator, since: PeriodId, until: PeriodId, wording: Wording) -> str:
    """Return that figures were restated, '' where none was."""
    restated = [period for period in (since, until) if _is_restated(indicator, period, wording)]
    names = wording.language.phrases["list_comma"].join(wording.period(period) for period in restated)
    return wording.language.word("changes.restated", names) if names else ""


def _is_restated(indicator: Indicator, period: PeriodId, wording: Wording) -> bool:
    """Return whether a figure was restated, or was reckoned from one that was."""
    observation = indicator.values.get(period)
    if observation is None or observation.restated is not None:
        return observation is not None
    formula, section = indicator.formula, indicator.id.split(".")[0]
    if formula is None or observation.place != indicator.place:  # typed, not reckoned
        return False
    parts = (wording.report.indicator(name, section) for name in formula.of)
    return any(_is_restated(part, period, wording) for part in parts if part is not None)
