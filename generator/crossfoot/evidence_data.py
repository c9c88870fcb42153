"""The evidence of one figure for programs, in all languages at once: its address, as JSON, as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from crossfoot.downloads import figure_file
from crossfoot.findings import Claim, Evidence
from crossfoot.intervals import Interval
from crossfoot.kpis import STEM, evidence_at
from crossfoot.localise import Language
from crossfoot.model import Indicator, Observation, Report, Text, split
from crossfoot.places import NOWHERE, Place
from crossfoot.shown import plain
from crossfoot.tabular import csv_text, json_text
from crossfoot.uses import named_in, specs
from crossfoot.wording import Wording, anchor, machine_number, page_path


@dataclass(frozen=True)
class Facts:
    """What the evidence of all figures needs to know of the report, found once."""

    report: Report
    languages: tuple[Language, ...]
    site_url: str = ""
    """With a slash at its end; empty where it is unknown."""

    def file(self, indicator: Indicator, ending: str) -> str:
        """Return the path of a data file from the site's root: `figures/energy/total-use.json`."""
        return figure_file(indicator.id, ending)

    def address(self, indicator: Indicator, language: str) -> str:
        """Return the lasting address of the evidence, absolute where the site's is known."""
        stem, anchor_ = evidence_at(indicator.id, self.report)
        path = page_path(language, stem).removesuffix("index.html") + (f"#{anchor_}" if anchor_ else "")
        return f"{self.site_url or '/'}{path}"

    def resting_on(self, id_: str) -> tuple[Indicator, ...]:
        """Return the indicators whose formula names *id_*."""
        return self._above.get(id_, ())

    def shown_in(self, id_: str) -> tuple[tuple[str, str, Any], ...]:
        """Return the tables and charts that show the indicator *id_*: sort, `section.name`, and what was written."""
        return self._shown.get(id_, ())

    def where(self, kind: str, name: str) -> tuple[str, str] | None:
        """Return page and anchor at which a reader first meets a table or chart, None if it stands nowhere."""
        section, local = split(name)
        for use in self.report.uses.get(f"{kind}:{name}", ()):
            own = anchor(local) if use.page == section else f"{anchor(section)}-{anchor(local)}"
            return use.page, f"{kind}-{own}"
        return None

    @cached_property
    def version(self) -> str:
        """The version of the data, see `short_version`."""
        return short_version(self.report)

    @cached_property
    def _above(self) -> Mapping[str, tuple[Indicator, ...]]:
        found: dict[str, list[Indicator]] = {}
        for indicator in self.report.indicators():
            for name in dict.fromkeys(indicator.formula.of if indicator.formula else ()):
                found.setdefault(".".join(split(name, indicator.id.split(".")[0])), []).append(indicator)
        return {name: tuple(above) for name, above in found.items()}

    @cached_property
    def _shown(self) -> Mapping[str, tuple[tuple[str, str, Any], ...]]:
        found: dict[str, list[tuple[str, str, Any]]] = {}
        for kind, name, spec in specs(self.report):
            for id_ in sorted(named_in(spec, name.split(".")[0], self.report)):
                found.setdefault(id_, []).append((kind, name, spec))
        return {name: tuple(shown) for name, shown in found.items()}

    @cached_property
    def _wordings(self) -> Mapping[str, Wording]:
        return {language.id: Wording(self.report, language, STEM) for language in self.languages}

    def texts(self, text: Text | None, section: str = "") -> dict[str, str]:
        """Return *text* in each language, its inserts resolved; empty where there is none."""
        if text is None:
            return {}
        return {name: plain(wording.text(text, section)) for name, wording in self._wordings.items()}


def short_version(report: Report) -> str:
    """Return the first twelve digits of the version of data and words, which the manifest gives in full; no date."""
    return report.version[:12]


# -- JSON ----------------------------------------------------------------------------------------------


def figure_json(facts: Facts, indicator: Indicator) -> str:
    """Return all that is known of *indicator* as JSON; numbers are texts, so that no digit is lost."""
    section, report = indicator.id.split(".")[0], facts.report
    formula, source = indicator.formula, indicator.source
    data: dict[str, Any] = {
        "id": indicator.id,
        "label": facts.texts(indicator.label, section),
        "unit": {"id": indicator.unit, "name": facts.texts(report.units[indicator.unit].name)},
        "definition": facts.texts(indicator.definition, section),
        "method": facts.texts(indicator.method, section),
        "boundary": indicator.boundary or report.file.boundary,
        "assurance": indicator.assurance or report.file.assurance,
        "values": [value_record(facts, indicator, period, one) for period, one in indicator.values.items()],
        "undisclosed": indicator.undisclosed,
        "solved": [
            {"period": period, "range": interval_record(found)}
            for (name, period), found in report.audit.solved.items()
            if name == indicator.id
        ],
        "formula": None
        if formula is None
        else {
            "operation": formula.operation,
            "of": [".".join(split(name, section)) for name in formula.of],
            "factor": machine_number(formula.factor),
        },
        "source": None if source is None else {"section": source.section, "lines": list(source.lines)},
        "place": place_text(indicator.place),
        "claims": [claim_record(claim) for claim in report.audit.about(indicator.id)],
        "disclosures": list(indicator.disclosures),
        "context": list(indicator.context),
        "used_at": [
            page_path(language.id, use.page).removesuffix("index.html") + (f"#{use.anchor}" if use.anchor else "")
            for use in report.uses.get(f"value:{indicator.id}", ())
            for language in facts.languages
        ],
        "shown_in": [f"{kind} {name}" for kind, name, _ in facts.shown_in(indicator.id)],
        "address": {language.id: facts.address(indicator, language.id) for language in facts.languages},
        "data_version": facts.version,
    }
    return json_text(data)


def value_record(facts: Facts, indicator: Indicator, period: str, one: Observation) -> dict[str, Any]:
    """Return one value of *indicator* for programs: its digits, how they are printed, what they can stand for."""
    unit = facts.report.units[indicator.unit]
    restated = one.restated
    return {
        "period": period,
        "value": None if one.amount is None else machine_number(one.amount),
        "upto": number_text(one.upto_amount),
        "unit": indicator.unit,
        "printed": None
        if one.value is None
        else {"digits": machine_number(one.value), "upto": number_text(one.upto), "scale": one.scale},
        "qualifier": one.qualifier,
        "status": one.status,
        "omission": one.omission,
        "boundary": one.boundary,
        "restated": None
        if restated is None
        else {"was": str(restated.was), "reason": facts.texts(restated.reason, indicator.id.split(".")[0])},
        "stands_for": interval_record(one.stands_for),
        "shown": {language.id: language.value(one, unit) for language in facts.languages},
        "place": place_text(one.place if one.place != NOWHERE else indicator.place),
    }


def claim_record(claim: Claim) -> dict[str, Any]:
    """Return *claim* for programs: what was checked, how it came out, both sides, and why a finding stands."""
    known = claim.acknowledged
    return {
        "check": claim.check,
        "about": claim.indicator,
        "period": claim.period,
        "at": list(claim.at),
        "outcome": claim.outcome,
        "quantity": claim.quantity,
        "printed": number_text(claim.printed),
        "gap": claim.gap,
        "stands_for": interval_record(claim.stands_for),
        "allowed": interval_record(claim.allowed),
        "nearest": number_text(claim.nearest),
        "against": list(claim.against),
        "evidence": [_evidence(one) for one in claim.evidence],
        "acknowledged": None if known is None else dict(known.reason.by_language),
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "figure": one.indicator,
        "period": one.period,
        "at": list(one.at),
        "printed": number_text(one.printed),
        "stands_for": interval_record(one.stands_for),
        "implies": interval_record(one.implies),
    }


def interval_record(interval: Interval | None) -> dict[str, Any] | None:
    """Return an interval; an end that is null has no bound, an open one is not part of it."""
    if interval is None:
        return None
    return {
        "low": number_text(interval.low),
        "high": number_text(interval.high),
        "low_open": interval.low_open,
        "high_open": interval.high_open,
    }


def number_text(number: Decimal | None) -> str | None:
    """Return *number* as a text with all its digits; None where there is none or it has no bound."""
    return None if number is None or not number.is_finite() else machine_number(number)


def place_text(place: Place) -> str:
    """Return file and line."""
    return f"{place.file}:{place.line}"


# -- CSV -----------------------------------------------------------------------------------------------


def figure_csv(facts: Facts, indicator: Indicator) -> str:
    """Return the values of *indicator* as CSV, one a row, labels and wordings of all languages side by side."""
    ids = [language.id for language in facts.languages]
    head = ["id", "period", "value", "upto", "qualifier", "status", "omission", "unit"]
    head += [f"{key}_{one}" for key in ("label", "shown") for one in ids] + ["disclosures", "place"]
    return csv_text([head, *_rows(facts, indicator)], marked=facts.report.file.csv_bom)


def _rows(facts: Facts, indicator: Indicator) -> Iterator[list[object]]:
    labels = facts.texts(indicator.label, indicator.id.split(".")[0])
    for period, one in indicator.values.items():
        found = value_record(facts, indicator, period, one)
        yield [
            indicator.id,
            *(found[key] for key in ("period", "value", "upto", "qualifier", "status", "omission")),
            indicator.unit,
            *labels.values(),
            *found["shown"].values(),
            "; ".join(indicator.disclosures),
            found["place"],
        ]
