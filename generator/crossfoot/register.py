"""The evidence register: every figure with source, place, assurance and checks, as a spreadsheet and as plain rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crossfoot import workbook
from crossfoot.disclosures import coverage_of
from crossfoot.evidence_data import short_version
from crossfoot.evidence_wording import Auditor
from crossfoot.findings import Claim, Evidence
from crossfoot.intervals import Interval
from crossfoot.kpis import STEM
from crossfoot.localise import Language
from crossfoot.model import Indicator, Observation, Report, Text
from crossfoot.places import NOWHERE, Place
from crossfoot.shown import plain
from crossfoot.tabular import csv_text
from crossfoot.wording import Wording
from crossfoot.workbook import plain_cell

Column = tuple[str, str]
"""The key of a column and, for a text in each language, the language's id, else ''."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of the register."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    """Texts, Decimals, whole numbers, None; one a column."""


@dataclass(frozen=True)
class Register:
    """The evidence register of a report, the texts of all languages side by side."""

    report: Report
    languages: Sequence[Language]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Figures, checks, findings, and how far each code of each framework is answered."""
        said = {language.id: Auditor(Wording(self.report, language, STEM)) for language in self.languages}
        return tuple(made(self.report, said) for made in (_figures, _checks, _findings, _disclosures))

    def csv(self) -> str:
        """Return the figures as CSV (RFC 4180), with the mark of UTF-8 that spreadsheets look for."""
        leaf = self.leaves[0]
        rows = ([plain_cell(cell) for cell in row] for row in leaf.rows)
        return csv_text([[_key(one) for one in leaf.columns], *rows], marked=True)

    def json(self) -> str:
        """Return all of it as JSON: a list of records a sheet, numbers as texts."""
        found: dict[str, Any] = {"data_version": short_version(self.report)}
        for leaf in self.leaves:
            keys = [_key(one) for one in leaf.columns]
            found[leaf.name] = [dict(zip(keys, map(plain_cell, row), strict=True)) for row in leaf.rows]
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"

    def xlsx(self) -> bytes:
        """Return all of it as a workbook; the head of each sheet stays in view and filters the rows."""
        title = " / ".join(dict.fromkeys(one.phrases["register.title"] for one in self.languages))
        name = " / ".join(dict.fromkeys(one.of(self.report.file.title) for one in self.languages))
        sheets = []
        for leaf in self.leaves:
            words = dict.fromkeys(one.phrases[f"register.{leaf.name}"] for one in self.languages)
            titles = [_title(one, self.languages) for one in leaf.columns]
            sheets.append(workbook.Leaf(" ".join(words), titles, leaf.rows, filtered=True))
        return workbook.workbook(sheets, title=f"{title}: {name}", comments=short_version(self.report))


def _key(column: Column) -> str:
    return "_".join(part for part in column if part)


def _title(column: Column, languages: Sequence[Language]) -> str:
    """Return the heading of a column, in the one language that it is in or in all."""
    key, of = column
    words = [language.phrases[f"register.columns.{key}"] for language in languages if of in ("", language.id)]
    return " / ".join(dict.fromkeys(words))


Said = dict[str, Auditor]


def _texts(said: Said, text: Text | None, section: str = "") -> list[str]:
    return [plain(one.wording.text(text, section)) if text else "" for one in said.values()]


def _leaf(name: str, said: Said, columns: Sequence[str], texts: Sequence[str], rows: Iterator[list[object]]) -> Leaf:
    """Return a leaf; those *columns* that are in *texts* stand once in each language."""
    wide: list[Column] = []
    for key in columns:
        wide += [(key, language) for language in said] if key in texts else [(key, "")]
    return Leaf(name, tuple(wide), tuple(tuple(row) for row in rows))


# -- figures -------------------------------------------------------------------------------------------


def _figures(report: Report, said: Said) -> Leaf:
    columns = (
        *("id", "label", "period", "period_words", "printed", "scale", "value", "upto", "qualifier"),
        *("unit", "unit_words", "shown", "status", "omission", "boundary", "assurance"),
        *("source_section", "source_page", "source_lines", "file", "line"),
        *("holds", "findings", "open", "finding", "codes", "version"),
    )
    texts = ("label", "period_words", "unit_words", "shown", "boundary", "assurance", "finding")
    version = short_version(report)

    def rows() -> Iterator[list[object]]:
        for indicator in report.indicators():
            values: list[tuple[str, Observation | None]] = list(indicator.values.items())
            for period, one in values or [("", None)]:
                yield [*_figure(report, said, indicator, period, one), version]

    return _leaf("figures", said, columns, texts, rows())


def _figure(report: Report, said: Said, indicator: Indicator, period: str, one: Observation | None) -> list[object]:
    file, section = report.file, indicator.id.split(".")[0]
    unit, source = report.units[indicator.unit], indicator.source
    boundary = file.boundaries.get((one.boundary if one else None) or indicator.boundary or file.boundary or "")
    assurance = file.assurances.get(indicator.assurance or file.assurance or "")
    place = one.place if one is not None and one.place != NOWHERE else indicator.place
    claims = [claim for claim in report.audit.about(indicator.id) if period in ("", *_periods(claim))]
    found = [claim for claim in claims if claim.outcome == "finding" and claim.indicator == indicator.id]
    count = [sum(1 for claim in claims if claim.outcome == key) for key in ("holds", "finding", "open")]
    shown = [one_said.wording.language.value(one, unit) if one else "" for one_said in said.values()]
    return [
        indicator.id,
        *_texts(said, indicator.label, section),
        period,
        *(auditor.period(period) if period else "" for auditor in said.values()),
        one.value if one else None,
        one.scale if one else "",
        one.amount if one else None,
        one.upto_amount if one else None,
        one.qualifier if one else "",
        indicator.unit,
        *_texts(said, unit.name),
        *shown,
        one.status if one else "",
        (one.omission or "") if one else "not-disclosed",
        *_texts(said, boundary.label if boundary else None),
        *_texts(said, assurance.label if assurance else None),
        source.section if source else "",
        source.page if source else None,
        ", ".join(map(str, source.lines)) if source else "",
        place.file,
        place.line,
        *count,
        *(" ".join(plain(auditor.sentence(claim)) for claim in found) for auditor in said.values()),
        "; ".join((*indicator.disclosures, *indicator.context)),
    ]


def _periods(claim: Claim) -> set[str]:
    return {claim.period, *(one.period for one in claim.evidence)}


# -- checks --------------------------------------------------------------------------------------------


_CLAIM = (
    *("check", "id", "label", "period", "part", "outcome", "printed", "stands_for", "allowed", "nearest"),
    *("evidence", "sentence", "reason", "file", "line"),
)


def _checks(report: Report, said: Said) -> Leaf:

    def rows() -> Iterator[list[object]]:
        for claim in report.audit.claims:
            yield _claim(report, said, claim, lambda one: ", ".join(dict.fromkeys(e.indicator for e in one.evidence)))

    return _leaf("checks", said, _CLAIM, ("label", "sentence", "reason"), rows())


def _claim(report: Report, said: Said, claim: Claim, evidence: Callable[[Claim], str]) -> list[object]:
    indicator = report.indicator(claim.indicator)
    assert indicator is not None
    known = claim.acknowledged
    outcome = "acknowledged" if known else claim.outcome
    return [
        claim.check,
        claim.indicator,
        *_texts(said, indicator.label, indicator.id.split(".")[0]),
        claim.period,
        ", ".join(claim.at),
        outcome,
        claim.printed,
        _span(claim.stands_for),
        _span(claim.allowed),
        claim.nearest,
        evidence(claim),
        *(plain(auditor.sentence(claim)) for auditor in said.values()),
        *_texts(said, known.reason if known else None),
        *_where(claim.place),
    ]


def _findings(report: Report, said: Said) -> Leaf:
    def told(claim: Claim) -> str:
        """Return each figure that the finding rests on, with what it stands for and implies."""
        return "\n".join(_told(one) for one in claim.evidence)

    rows = (_claim(report, said, claim, told) for claim in report.audit.findings)
    return _leaf("findings", said, _CLAIM, ("label", "sentence", "reason"), rows)


def _told(one: Evidence) -> str:
    printed = plain_cell(one.printed) if one.printed is not None else "–"
    implies = f" → {_span(one.implies)}" if one.implies is not None else ""
    return f"{' '.join((one.indicator, one.period, *one.at))}: {printed} {_span(one.stands_for)}{implies}".rstrip()


def _span(interval: Interval | None) -> str:
    return "" if interval is None else str(interval)


def _where(place: Place) -> list[object]:
    return [place.file, place.line]


# -- disclosures ---------------------------------------------------------------------------------------


def _disclosures(report: Report, said: Said) -> Leaf:
    columns = ("framework", "framework_words", "code", "title", "obligation", "answer", "where", "answer_reason")

    def rows() -> Iterator[list[object]]:
        for framework in report.frameworks.values():
            for row in coverage_of(report, framework):
                yield [
                    framework.id,
                    *_texts(said, framework.name),
                    row.code,
                    *_texts(said, row.disclosure.title),
                    row.disclosure.obligation,
                    row.status,
                    ", ".join(f"{spot.kind} {spot.name}" for spot in row.where),
                    *_texts(said, row.reason),
                ]

    return _leaf("disclosures", said, columns, ("framework_words", "title", "answer_reason"), rows())
