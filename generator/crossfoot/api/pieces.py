"""What stands where: tables and charts with the figures they show, and the codes that frameworks ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crossfoot.api.given import Given, Record
from crossfoot.disclosures import Covered, Spot, code_anchor, coverage_of, purpose_of
from crossfoot.model import Framework
from crossfoot.uses import named_in, specs


def tables(given: Given) -> list[Record]:
    """Return every table: its caption, the figures in it, the pages it stands on."""
    return [
        {
            **_piece(given, "table", name, spec),
            "caption": given.texts(spec.caption, name.partition(".")[0]),
            "description": given.texts(spec.description, name.partition(".")[0]),
            "kpi": spec.kpi,
        }
        for name, spec in _specs(given, "table")
    ]


def charts(given: Given) -> list[Record]:
    """Return every chart: what it finds, the drawing in words, the figures drawn, the pages it stands on."""
    return [
        {
            **_piece(given, "chart", name, spec),
            "title": given.texts(spec.title, name.partition(".")[0]),
            "subtitle": given.texts(spec.subtitle, name.partition(".")[0]),
            "description": given.texts(spec.description, name.partition(".")[0]),
        }
        for name, spec in _specs(given, "chart")
    ]


def _specs(given: Given, kind: str) -> Iterator[tuple[str, Any]]:
    return ((name, spec) for sort, name, spec in specs(given.report) if sort == kind)


def _piece(given: Given, sort: str, name: str, spec: Any) -> Record:
    section = name.partition(".")[0]
    return {
        "id": name,
        "section": section,
        "kind": spec.kind,
        "indicators": sorted(named_in(spec, section, given.report)),
        "stands_at": given.stands_at(f"{sort}:{name}", f"{sort} {name}"),
    }


def frameworks(given: Given) -> list[Record]:
    """Return every framework with its codes and how the report answers each."""
    return [_framework(given, one) for one in given.report.frameworks.values()]


def _framework(given: Given, one: Framework) -> Record:
    return {
        "id": one.id,
        "name": given.texts(one.name),
        "short": given.texts(one.short),
        "edition": given.texts(one.edition),
        "effective": one.effective.isoformat() if one.effective else None,
        "purpose": purpose_of(given.report, one.id),
        "note": given.texts(one.note),
        "sources": list(one.sources),
        "groups": [{"id": name, "title": given.texts(group.title)} for name, group in one.groups.items()],
        "phases": [{"id": name, "words": given.texts(words)} for name, words in one.phases.items()],
        "href": given.page(f"disclosures/{one.id}"),
        "codes": [_code(given, one, row) for row in coverage_of(given.report, one)],
    }


def _code(given: Given, framework: Framework, row: Covered) -> Record:
    asked = row.disclosure
    return {
        "code": row.code,
        "title": given.texts(asked.title),
        "group": asked.group,
        "obligation": asked.obligation,
        "phase": asked.phase,
        "concept": {"name": asked.concept.name, "verified": asked.concept.verified} if asked.concept else None,
        "same_as": asked.same_as,
        "replaces": list(asked.replaces),
        "verified": asked.verified,
        "answer": {
            "status": row.status,
            "reason": given.texts(row.reason),
            "where": [_spot(one) for one in row.where],
            "context": [_spot(one) for one in row.context],
        },
        "href": given.page(f"disclosures/{framework.id}", code_anchor(row.code)),
    }


def _spot(spot: Spot) -> Record:
    return {"kind": spot.kind, "id": spot.name}
