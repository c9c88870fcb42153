"""What all checks share: the outcome of a claim, and figures as evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crossfoot.findings import Claim, Evidence, Outcome
from crossfoot.intervals import Interval, nearest
from crossfoot.model import Indicator, Observation
from crossfoot.places import Place


def judged(claim: Claim, allowed: Interval, observation: Observation | None) -> Claim:
    """Return *claim* with its outcome: it holds if one value can be printed so and follows from the parts."""
    assert claim.stands_for is not None
    outcome: Outcome = "holds" if claim.stands_for.meets(allowed) else "finding"
    near = None
    if outcome == "finding" and observation is not None and claim.printed is not None:
        near = nearest(claim.printed, allowed) if observation.qualifier == "exact" else None
    return replace(claim, outcome=outcome, allowed=allowed, nearest=near)


def parts_shown(parts: Iterable[Indicator], period: str) -> tuple[Evidence, ...]:
    return tuple(evidence_of(part, period, part.values.get(period)) for part in parts)


def evidence_of(
    indicator: Indicator,
    period: str,
    observation: Observation | None,
    *,
    at: tuple[str, ...] = (),
    implies: Interval | None = None,
) -> Evidence:
    return Evidence(
        indicator.id,
        period,
        observation.amount if observation is not None else None,
        observation.stands_for if observation is not None else None,
        implies,
        at,
        place=place_of(observation, indicator),
    )


def place_of(observation: Observation | None, indicator: Indicator) -> Place:
    return observation.place if observation is not None and observation.place.file else indicator.place
