"""Check: a figure against the bounds that the data give for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crossfoot.audit._shared import evidence_of, place_of
from crossfoot.findings import Claim
from crossfoot.formulas import in_unit
from crossfoot.intervals import EVERYTHING, Interval
from crossfoot.model import Indicator, Plausible, Report, period_meant

_BOUNDS = ("like", "above", "below")


def plausible(report: Report, solved: Mapping[tuple[str, str], Interval]) -> Iterator[Claim]:
    """A figure, printed or solved for, meets the bounds that the data give for it, with their source."""
    for indicator in report.indicators():
        for bounds in indicator.plausible:
            periods = [bounds.period] if bounds.period else list(report.file.periods)
            for period in periods:
                observation = indicator.values.get(period)
                shown = observation.stands_for if observation is not None else solved.get((indicator.id, period))
                if shown is None or shown.empty:
                    continue
                allowed = bounds_of(bounds, indicator, report, period)
                named = (getattr(bounds, key) for key in _BOUNDS)
                known = (_bound_by(name, indicator, report, period) for name in named)
                yield Claim(
                    "plausible",
                    indicator.id,
                    period,
                    "holds" if shown.meets(allowed) else "finding",
                    place_of(observation, indicator),
                    printed=observation.amount if observation is not None else None,
                    stands_for=shown,
                    allowed=allowed,
                    evidence=tuple(
                        evidence_of(one[0], one[1], one[0].values[one[1]]) for one in known if one is not None
                    ),
                    quantity=str(indicator.plausible.index(bounds)),
                )


def bounds_of(bounds: Plausible, indicator: Indicator, report: Report, period: str = "") -> Interval:
    """Return the interval that *bounds* name, those taken from other indicators in the unit of *indicator*.

    Without *period* in the one they hold for, else in the one that is meant.
    """
    period = period or bounds.period or period_meant(indicator, report)
    low = bounds.low if bounds.low is not None else EVERYTHING.low
    high = bounds.high if bounds.high is not None else EVERYTHING.high
    found = Interval(low, high, bounds.low is None, bounds.high is None)
    for key in _BOUNDS:
        other = _bound_by(getattr(bounds, key), indicator, report, period)
        shown = other[0].values[other[1]].stands_for if other is not None else None
        if other is None or shown is None:
            continue
        ends = in_unit(shown, other[0], report.units.get(indicator.unit), report)
        if key == "above":
            ends = Interval(ends.low, EVERYTHING.high, ends.low_open, True)
        elif key == "below":
            ends = Interval(EVERYTHING.low, ends.high, True, ends.high_open)
        found = found.meet(ends)
    return found


def _bound_by(name: str | None, indicator: Indicator, report: Report, period: str) -> tuple[Indicator, str] | None:
    """Return the indicator *name* that bounds *indicator*, and its period: the same, else the only one it has."""
    other = report.indicator(name, indicator.id.split(".")[0]) if name else None
    if other is None:
        return None
    if period in other.values:
        return other, period
    return (other, next(iter(other.values))) if len(other.values) == 1 else None
