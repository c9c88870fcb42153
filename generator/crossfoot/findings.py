"""What an audit says: claims that were checked, the evidence behind each, and what came of it. Numbers, no language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, get_args

from crossfoot.intervals import Interval
from crossfoot.nouns import Text
from crossfoot.places import Place

Check = Literal["formula", "breakdown", "footing", "composition", "denominator", "plausible", "same-fact", "change"]
"""What is checked: a formula; parts against their whole; a total row against the rows it foots; shares against their
hundred; what ratios imply of a quantity that nobody discloses; a figure against what is plausible; one fact printed in
two ways; a change from one period to the next that nobody explains."""
CHECKS: tuple[str, ...] = get_args(Check)

Outcome = Literal["holds", "finding", "open"]
"""Proved to agree as far as the digits tell; proved to disagree; cannot be checked."""

Gap = Literal["not-disclosed", "missing", "not-a-number", "one-figure-only"]
"""Why a claim is open: a part that nobody discloses, a missing value, parts that cannot be added, no second figure."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure that a claim rests on: what is printed, what that can stand for, and what follows from it."""

    indicator: str
    """`section.name`."""
    period: str
    printed: Decimal | None
    """The amount as printed, its scale word worked in; None where it is computed or not disclosed."""
    stands_for: Interval | None = None
    """All values that would be printed so."""
    implies: Interval | None = None
    """What it says of the quantity in question: for a ratio, of the denominator."""
    at: tuple[str, ...] = ()
    """Categories of a breakdown, in the order of its dimensions."""
    words: str = ""
    """What is printed where that is no number: the qualifier of a second print."""
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Print:
    """One place where a text prints a figure with another qualifier than its data have."""

    indicator: str
    period: str
    qualifier: str
    place: Place


@dataclass(frozen=True, slots=True)
class Loose:
    """An acknowledgement that fits no finding as it stands."""

    indicator: str
    finding: Check
    place: Place
    meant: Claim | None = None
    """The finding of the same name whose numbers have changed since; None where there is none, or several."""
    several: bool = False
    """Whether it could mean more than one finding."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A finding that the author stands by, with the reason."""

    reason: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the report that was checked."""

    check: Check
    indicator: str
    """The figure it is about: where a finding is marked, and acknowledged."""
    period: str
    outcome: Outcome
    place: Place
    """Where the author typed the figure, else the indicator."""
    at: tuple[str, ...] = ()
    """Categories, where it is about a part of a breakdown."""
    printed: Decimal | None = None
    stands_for: Interval | None = None
    allowed: Interval | None = None
    """What the evidence allows the figure to be."""
    nearest: Decimal | None = None
    """The nearest value, with as many decimals, that would agree."""
    evidence: tuple[Evidence, ...] = ()
    against: tuple[str, ...] = ()
    """The smallest set of other figures that cannot be true together with this one; where two breakdowns are held
    against each other, the dimensions of the other one."""
    quantity: str = ""
    """The indicator solved for, where the check is `denominator`; the operation, where it is `formula`; the dimensions,
    where it is `breakdown`; the table, where it is `footing`; which of several bounds, where it is `plausible`."""
    gap: Gap | None = None
    """Why the claim is open."""
    acknowledged: Acknowledged | None = None

    @property
    def key(self) -> str:
        """Its name, for machines and anchors: `denominator environment.energy_per_employee 2018`."""
        words = [self.check, self.indicator, self.period, *self.at]
        if self.check in ("breakdown", "footing", "composition", "plausible"):  # one figure may have several of these
            words += [*self.quantity.split(), *self.against]
        return " ".join(words)


@dataclass(frozen=True)
class Audit:
    """Everything that was checked, in the order of the report."""

    claims: tuple[Claim, ...] = ()
    solved: Mapping[tuple[str, str], Interval] = field(default_factory=dict)
    """What all ratios together say of each undisclosed quantity, by indicator and period."""
    implied: Mapping[tuple[str, str], tuple[Evidence, ...]] = field(default_factory=dict)
    """What each figure by itself says of an undisclosed quantity."""
    loose: tuple[Loose, ...] = ()
    """Acknowledgements that fit no finding."""

    @property
    def findings(self) -> tuple[Claim, ...]:
        """The claims that are proved not to hold."""
        return tuple(claim for claim in self.claims if claim.outcome == "finding")

    def count(self, outcome: Outcome) -> int:
        """Return how many claims came out so."""
        return sum(1 for claim in self.claims if claim.outcome == outcome)

    @cached_property
    def _of(self) -> Mapping[str, tuple[Claim, ...]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            for name in dict.fromkeys((claim.indicator, *(one.indicator for one in claim.evidence))):
                found.setdefault(name, []).append(claim)
        return {name: tuple(claims) for name, claims in found.items()}

    def about(self, indicator: str) -> tuple[Claim, ...]:
        """Return every claim that *indicator* is the subject or the evidence of."""
        return self._of.get(indicator, ())

    def findings_at(self, indicator: str) -> tuple[Claim, ...]:
        """Return the findings that are marked at *indicator*."""
        return tuple(one for one in self.about(indicator) if one.outcome == "finding" and one.indicator == indicator)


def sorted_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return *claims* with findings first, then what holds, then what is open; else in their order."""
    return tuple(sorted(claims, key=lambda claim: ("finding", "holds", "open").index(claim.outcome)))
