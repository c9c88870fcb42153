"""Disclosure frameworks, an edition a file, and what a report says of itself about each of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import model_validator

from crossfoot.nouns import Day, Flag, Name, Noun, Text

Obligation = Literal["mandatory", "comply-or-explain", "recommended", "voluntary"]
"""How binding a code is."""
Stance = Literal["disclosed", "partly", "explained", "not-applicable", "not-disclosed"]
"""How a report answers a code."""
Purpose = Literal["reported", "gap"]
"""Whether a report follows a framework, or is only held against it to see what it lacks."""

STANCES: tuple[Stance, ...] = get_args(Stance)
"""From a full answer to none."""
BINDING = frozenset(("mandatory", "comply-or-explain"))
"""Obligations that no code may meet with silence."""


class Group(Noun):
    """What a framework gathers its codes under: an aspect, a pillar, a standard."""

    title: Text


class Concept(Noun):
    """The name under which a code is tagged in the framework's taxonomy."""

    name: str
    verified: Flag = True
    """False where the name was not seen in the taxonomy itself."""

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, data: Any) -> Any:
        return {"name": data} if isinstance(data, str) else data


class Disclosure(Noun):
    """One code of a framework, with our own short title."""

    title: Text
    group: str | None = None
    obligation: Obligation = "voluntary"
    phase: Name | None = None
    """Since when, and for whom, the obligation holds, where that is not the same for all codes."""
    concept: Concept | None = None
    same_as: str | None = None
    """The code of another edition that asks for the same, so that one answer serves both: `hkex-2016 A1.3`."""
    replaces: tuple[str, ...] = ()
    """The codes of another edition whose place it takes while it asks for something else: `hkex-2016 A1.2`."""
    verified: Flag = True
    """False where code, title or obligation was not checked against the framework; shown with a mark."""


class Framework(Noun):
    """One edition of a disclosure framework: codes and our own short titles only."""

    id: str = ""
    name: Text
    short: Text
    pattern: Text | None = None
    """How a code is written where its framework is not named: `GRI {}`; left out: the code alone."""
    edition: Text | None = None
    effective: Day | None = None
    """The first day of the financial years that it applies to."""
    note: Text | None = None
    """What the reader of its index has to know: what was not verified, under which licence it stands."""
    sources: tuple[str, ...] = ()
    """Where its codes were found."""
    own_words: Flag = False
    """True where its titles keep the framework's own vocabulary, which need not be the report's."""
    groups: Mapping[str, Group] = {}
    phases: Mapping[Name, Text] = {}
    disclosures: Mapping[str, Disclosure]


class Answer(Noun):
    """What the report says of itself about one code."""

    status: Stance
    where: tuple[str, ...] = ()
    """`section.heading`, `section.indicator`, `table section.name`, `chart section.name`, `note ID`, `page section`."""
    reason: Text | None = None


class Coverage(Noun):
    """data/coverage/FRAMEWORK.yaml: how the report stands to one framework, where the data alone do not say it."""

    id: str = ""
    purpose: Purpose = "reported"
    note: Text | None = None
    """What the reader of the index has to know about this report."""
    codes: Mapping[str, Answer] = {}
