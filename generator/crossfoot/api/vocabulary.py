"""What figures are told in: units, periods, dimensions with their categories, and the names that have one form."""

from __future__ import annotations

from crossfoot.api.given import Given, Record
from crossfoot.model import Period
from crossfoot.wording import machine_number


def units(given: Given) -> list[Record]:
    """Return every unit."""
    return [
        {
            "id": name,
            "name": given.texts(unit.name),
            "pattern": given.texts(unit.pattern),
            "one": given.texts(unit.one),
            "aria": given.texts(unit.aria),
            "quantity": unit.quantity,
            "factor": machine_number(unit.factor),
            "per": list(unit.per),
            "percent": unit.percent,
        }
        for name, unit in given.report.units.items()
    ]


def periods(given: Given) -> list[Record]:
    """Return every period with its days, where it has any."""
    file = given.report.file
    return [
        {
            "id": name,
            "name": {one.id: one.period(period) for one in given.languages},
            "start": _day(period, "start"),
            "end": _day(period, "end"),
            "reporting": name == file.period,
        }
        for name, period in file.periods.items()
    ]


def _day(period: Period, end: str) -> str | None:
    day = period.start if end == "start" else period.end
    return day.isoformat() if day else None


def dimensions(given: Given) -> list[Record]:
    """Return every dimension with its categories."""
    return [
        {
            "id": name,
            "label": given.texts(dimension.label),
            "categories": [
                {"id": key, "label": given.texts(category.label)} for key, category in dimension.categories.items()
            ],
        }
        for name, dimension in given.report.file.dimensions.items()
    ]


def terms(given: Given) -> list[Record]:
    """Return every name of a law, award, programme, product ... with its official form in each language."""
    return [
        {
            "id": name,
            "kind": term.kind,
            "name": given.texts(term.name),
            "issuer": given.texts(term.issuer),
            "year": term.year,
            "note": given.texts(term.note),
            "verified": term.verified,
            "sections": list(term.sections),
            "variants": list(term.variants),
            "used_at": given.stands_at(f"term:{name}"),
        }
        for name, term in given.report.terms.items()
    ]
