"""Which figures are KPIs and have a page of their own; where the evidence of any figure stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crossfoot.model import Report, split

STEM = "figures"
"""The folder of all evidence, below each language."""
_TABLES = ("years", "parts", "targets")
"""The kinds of tables that show how an indicator does; `figures` also gathers single facts."""


def kpis_of(report: Report) -> frozenset[str]:
    """Return every indicator, `section.name`, that has a page of its own.

    That is one with a row in a table of periods, parts or targets that also stands on the page of all KPI tables
    (`kpi: true`); one that nobody discloses and a printed figure gives away; and one with a finding of the audit.
    """
    audited = {name for name, _ in report.audit.solved} | {claim.indicator for claim in report.audit.findings}
    found = {one.id for one in report.indicators() if one.id in audited}
    for name, section in report.sections.items():
        for table in section.tables.values():
            if table.kpi and table.kind in _TABLES:
                found |= {".".join(split(one, name)) for one in _rows(table)}
    return frozenset(found)


def _rows(table: Any) -> Iterator[str]:
    """Yield the indicators of a table as its author names them."""
    yield from getattr(table, "indicators", ())
    yield from _named(getattr(table, "rows", ()))


def _named(rows: Iterable[Any]) -> Iterator[str]:
    for row in rows:
        if isinstance(row, str):
            yield row
            continue
        yield from (one for one in (row.indicator, row.with_) if one)
        yield from _named(row.rows)


def evidence_at(id_: str, report: Report) -> tuple[str, str]:
    """Return the page below a language, and the anchor on it, where the evidence of the indicator *id_* stands.

    These addresses last: `figures/energy/total-use` for a KPI, `figures/energy#total-use` for any other figure.
    """
    section, name = split(id_)
    address = name.replace("_", "-")
    return (f"{STEM}/{section}/{address}", "") if id_ in report.kpis else (f"{STEM}/{section}", address)
