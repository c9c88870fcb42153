"""How a report answers the codes of a framework: which, where, how far; worked out from its data and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crossfoot.model import (
    Answer,
    Disclosure,
    Framework,
    Indicator,
    Observation,
    Purpose,
    Report,
    Stance,
    Text,
    split,
)

SPOTS = ("heading", "figure", "table", "chart", "note", "page")
"""What a `where` can name; without the word it is a heading or a figure."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the report that answers a code."""

    kind: str
    """One of `SPOTS`."""
    name: str
    """`section.name`; for a note its id, for a page its stem."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One code of a framework, and how the report answers it."""

    code: str
    disclosure: Disclosure
    status: Stance
    headings: tuple[Spot, ...] = ()
    """The headings that carry the code."""
    figures: tuple[Spot, ...] = ()
    """The figures with a value that carry the code."""
    context: tuple[Spot, ...] = ()
    """What throws light on the code without answering it."""
    stated: Answer | None = None
    """What the report says of itself, where it says something."""
    named: tuple[Spot, ...] = ()
    """The places that it names for it."""

    @property
    def where(self) -> tuple[Spot, ...]:
        """The places that answer it: those the report names, else those that carry it."""
        return self.named or (*self.headings, *self.figures)

    @property
    def reason(self) -> Text | None:
        """Why it is not answered, or not in full; or a remark on the answer."""
        return self.stated.reason if self.stated else None


def purpose_of(report: Report, framework: str) -> Purpose:
    """Return whether the report follows *framework*, or is only held against it."""
    found = report.coverage.get(framework)
    return found.purpose if found else "reported"


def coverage_of(report: Report, framework: Framework) -> tuple[Covered, ...]:
    """Return each code of *framework*, in its order, with the report's answer.

    Without a word of the author, a code is disclosed where a heading or a figure that has a value carries it. What
    is said of a code of another edition, and what carries it, serves the code that is the same as well.
    """
    carried, context = report.carriers or carriers(report)
    rows = []
    for code, disclosure in framework.disclosures.items():
        references = [f"{framework.id} {code}", *([disclosure.same_as] if disclosure.same_as else [])]
        spots = list(dict.fromkeys(spot for one in references for spot in carried.get(one, ())))
        behind = list(dict.fromkeys(spot for one in references for spot in context.get(one, ())))
        answer = next((said for one in references if (said := _stated(report, one))), None)
        rows.append(
            Covered(
                code=code,
                disclosure=disclosure,
                status=answer.status if answer else "disclosed" if spots else "not-disclosed",
                headings=tuple(one for one in spots if one.kind == "heading"),
                figures=tuple(one for one in spots if one.kind == "figure"),
                context=tuple(behind),
                stated=answer,
                named=tuple(spot for word in (answer.where if answer else ()) if (spot := spot_of(word, report))),
            )
        )
    return tuple(rows)


def _stated(report: Report, reference: str) -> Answer | None:
    framework, _, code = reference.partition(" ")
    coverage = report.coverage.get(framework)
    return coverage.codes.get(code) if coverage else None


def carriers(report: Report) -> tuple[Mapping[str, list[Spot]], Mapping[str, list[Spot]]]:
    """Return by reference (`hkex-2016 A1.2`) what answers a code, and what only throws light on it."""
    carried: dict[str, list[Spot]] = {}
    context: dict[str, list[Spot]] = {}
    for home, section in report.sections.items():
        nouns: list[tuple[Spot, Any]] = [
            *((Spot("heading", f"{home}.{name}"), heading) for name, heading in section.headings.items()),
            *(
                (Spot("figure", one.id), one)
                for one in section.indicators.values()
                if (one.disclosures or one.context) and has_value(one)
            ),
        ]
        for spot, noun in nouns:
            for reference in noun.disclosures:
                carried.setdefault(reference, []).append(spot)
            for reference in noun.context:
                context.setdefault(reference, []).append(spot)
    return carried, context


def has_value(indicator: Indicator) -> bool:
    """Return whether *indicator* has a value in any period, whole or broken down."""
    branches = [indicator.values, *(breakdown.values for breakdown in indicator.breakdowns)]
    return any(one.value is not None for branch in branches for one in _observations(branch))


def _observations(branch: Any) -> Iterator[Observation]:
    if isinstance(branch, Observation):
        yield branch
    else:
        for below in branch.values():
            yield from _observations(below)


def spot_of(word: str, report: Report) -> Spot | None:
    """Return the place that an author names: `energy.use`, `table energy.use`, `note slip`; None if there is none."""
    kind, _, name = word.partition(" ")
    if not name:
        heading, figure = (spot_of(f"{kind} {word}", report) for kind in ("heading", "figure"))
        return heading or figure
    if kind in ("note", "page"):
        known: Mapping[str, Any] = report.notes if kind == "note" else report.sections
        return Spot(kind, name) if name in known else None
    home, local = split(name)
    section = report.sections.get(home)
    inside = {"heading": "headings", "figure": "indicators", "table": "tables", "chart": "charts"}.get(kind, "")
    return Spot(kind, name) if section and local in getattr(section, inside, {}) else None


def counted(rows: tuple[Covered, ...]) -> dict[Stance, int]:
    """Return how many of *rows* have each status; statuses that none has are left out."""
    found: dict[Stance, int] = {}
    for row in rows:
        found[row.status] = found.get(row.status, 0) + 1
    return found


def grouped(framework: Framework, rows: tuple[Covered, ...]) -> Iterator[tuple[Text | None, tuple[Covered, ...]]]:
    """Yield the title of each group of *framework* with its *rows*; None over rows that stand in no group."""
    loose = tuple(row for row in rows if row.disclosure.group not in framework.groups)
    if loose:
        yield None, loose
    for key, group in framework.groups.items():
        if inside := tuple(row for row in rows if row.disclosure.group == key):
            yield group.title, inside


def code_anchor(code: str) -> str:
    """Return the anchor of *code* in its index: `E1-6 scope-1` -> `E1-6-scope-1`."""
    return code.replace(" ", "-")
