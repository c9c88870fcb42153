"""Join findings to what acknowledges them."""

from __future__ import annotations

from dataclasses import replace

from crossfoot.findings import Acknowledged, Claim, Loose
from crossfoot.model import Acknowledgement, Report


def acknowledged(report: Report, claims: list[Claim]) -> tuple[tuple[Claim, ...], tuple[Loose, ...]]:
    """Join findings to the acknowledgements that fit them; return the claims, and the acknowledgements left over."""
    by_indicator: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        if claim.outcome == "finding":
            by_indicator.setdefault(claim.indicator, []).append(number)
    done, loose = list(claims), []
    for indicator in report.indicators():
        for one in indicator.acknowledged:
            if one.period is not None and one.period not in report.file.periods:
                continue  # told elsewhere
            free = [n for n in by_indicator.get(indicator.id, ()) if done[n].acknowledged is None]
            meant = [number for number in free if _names(one, claims[number])]
            fits = [number for number in meant if _fits_numbers(one, claims[number])]
            periods = {claims[number].period for number in fits or meant}
            if fits and len(periods) == 1:  # findings that nothing tells apart are acknowledged in their order
                done[fits[0]] = replace(claims[fits[0]], acknowledged=Acknowledged(one.reason, one.place))
            else:
                changed = claims[meant[0]] if len(periods) == 1 else None
                loose.append(Loose(indicator.id, one.finding, one.place, changed, len(periods) > 1))
    return tuple(done), tuple(loose)


def _names(one: Acknowledgement, claim: Claim) -> bool:
    """Return whether an acknowledgement names *claim*; without a period it names any, without categories the whole."""
    return one.finding == claim.check and one.at == claim.at and one.period in (None, claim.period)


def _fits_numbers(one: Acknowledgement, claim: Claim) -> bool:
    """Return whether the numbers that were acknowledged are still those of *claim*."""
    return one.printed == claim.printed and one.instead == claim.nearest
