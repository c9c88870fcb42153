"""Check: a printed figure against its formula, shares against their whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crossfoot.audit._shared import judged, parts_shown, place_of
from crossfoot.findings import Claim, Gap
from crossfoot.formulas import amounts, implied, is_computed, parts_of, result
from crossfoot.intervals import Interval, point
from crossfoot.model import Indicator, Report


def formulas(report: Report, broken: frozenset[str]) -> Iterator[Claim]:
    """A printed figure lies within what the parts of its formula allow; a composition makes its whole."""
    for indicator in report.indicators():
        formula = indicator.formula
        if formula is None or indicator.id in broken:
            continue
        parts = parts_of(formula, indicator, report)
        if parts is None or formula.operation == "implied":
            continue
        for period in report.file.periods:
            observation = indicator.values.get(period)
            printed = None if observation is None or is_computed(observation, indicator) else observation
            if indicator.whole is not None:
                shown = point(indicator.whole)
            elif printed is not None and printed.stands_for is not None:
                shown = printed.stands_for
            else:
                continue
            known = amounts(formula, indicator, period, report) or []
            evidence = parts_shown(parts, period)
            claim = Claim(
                "formula" if indicator.whole is None else "composition",
                indicator.id,
                period,
                "open",
                place_of(printed, indicator),
                printed=printed.amount if printed is not None else indicator.whole,
                stands_for=shown,
                evidence=evidence,
                quantity=formula.operation,
            )
            gap = _gap(parts, known)
            if gap is not None:
                begun = indicator.whole is not None and any(one is not None for one in known)
                if begun or (printed is not None and implied(report, indicator, period) is None):
                    yield replace(claim, gap=gap)  # else the undisclosed part is solved for
                continue
            allowed = result(formula, [one for one in known if one is not None])
            yield judged(claim, allowed, printed)


def _gap(parts: list[Indicator], known: list[Interval | None]) -> Gap | None:
    """Return why a formula cannot be checked, None if it can."""
    lacking = [part for part, one in zip(parts, known, strict=True) if one is None]
    if not lacking:
        return None
    return "not-disclosed" if any(part.undisclosed for part in lacking) else "missing"
