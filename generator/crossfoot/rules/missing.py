"""What several rules ask: is there such an indicator, such a period."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.model import Indicator, Report, split
from crossfoot.places import Place, Problem, did_you_mean


def shown_at(indicator: Indicator, report: Report) -> str:
    """Return the period at which a table of figures shows *indicator*: its only one, else the report's."""
    if len(indicator.values) == 1:
        return next(iter(indicator.values))
    return report.file.period if report.file.period in indicator.values else next(iter(indicator.values), "")


def missing_period(period: str, report: Report, place: Place) -> Iterator[Problem]:
    """Yield that there is no such period, if there is none."""
    if period not in report.file.periods:
        known = report.file.periods
        yield Problem(place, f"there is no period '{period}'", did_you_mean(period, known, listed="periods"))


def missing_indicator(reference: str, report: Report, section: str, place: Place) -> Iterator[Problem]:
    """Yield that there is no such indicator, if there is none."""
    if report.indicator(reference, section) is None:
        home, local = split(reference, section)
        found = report.sections.get(home)
        known = found.indicators if found else report.sections
        yield Problem(place, f"there is no indicator '{reference}' in section '{home}'", did_you_mean(local, known))
