"""Every indicator, and every figure: one a period, the parts of breakdowns included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crossfoot.api.given import UP, Given, Record
from crossfoot.evidence_data import interval_record, number_text, value_record
from crossfoot.formulas import is_computed
from crossfoot.kpis import evidence_at
from crossfoot.model import Indicator, Observation, Report, split
from crossfoot.wording import machine_number


@dataclass(frozen=True, slots=True)
class Stand:
    """One figure with all that tells it from the others."""

    indicator: Indicator
    period: str
    observation: Observation
    by: tuple[str, ...] = ()
    """The dimensions of its breakdown."""
    at: tuple[str, ...] = ()
    """Its categories, one a dimension; fewer where it is a subtotal."""

    @property
    def id(self) -> str:
        """A name that lasts: `crew.staff:2024`, `crew.staff:2024:gender=female,age=over_30`."""
        parts = ",".join(f"{one}={category}" for one, category in zip(self.by, self.at, strict=False))
        return f"{self.indicator.id}:{self.period}" + (f":{parts}" if parts else "")

    @property
    def part(self) -> str:
        """The categories as a page names them: `gender.female age.over_30`; empty for the whole."""
        return " ".join(f"{one}.{category}" for one, category in zip(self.by, self.at, strict=False))


def stands(report: Report) -> Iterator[Stand]:
    """Yield every figure of *report*, in the order of its chapters; of an indicator the whole first, then the parts."""
    for indicator in report.indicators():
        yield from stands_of(indicator)


def stands_of(indicator: Indicator) -> Iterator[Stand]:
    """Yield every figure of *indicator*."""
    for period, one in indicator.values.items():
        yield Stand(indicator, period, one)
    for breakdown in indicator.breakdowns:
        for period, branch in breakdown.values.items():
            for at, one in _leaves(branch, ()):
                yield Stand(indicator, period, one, breakdown.by, at)


def _leaves(branch: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Observation]]:
    if isinstance(branch, Observation):
        yield at, branch
    else:
        for key, below in branch.items():
            yield from _leaves(below, (*at, key))


def observations(given: Given) -> list[Record]:
    """Return every figure as a record; what is missing is null, and `omission` says why."""
    return [_observation(given, one) for one in stands(given.report)]


def _observation(given: Given, stand: Stand) -> Record:
    indicator, one, file = stand.indicator, stand.observation, given.report.file
    found = value_record(given.facts, indicator, stand.period, one)
    restated = one.restated
    was = restated.was if restated else None
    again: Record = {"was": machine_number(was) if isinstance(was, Decimal) else was}
    again |= {"reason": given.texts(restated.reason, _home(indicator))} if restated else {}
    computed = is_computed(one, indicator)
    return {
        "id": stand.id,
        "indicator": indicator.id,
        "period": stand.period,
        "part": stand.part or None,
        "categories": [
            {"dimension": dimension, "category": category}
            for dimension, category in zip(stand.by, stand.at, strict=False)
        ],
        **{key: found[key] for key in ("value", "upto", "unit", "qualifier", "status", "omission")},
        "printed": None if computed else found["printed"],
        "computed": computed,
        "boundary": one.boundary or indicator.boundary or file.boundary,
        "assurance": indicator.assurance or file.assurance,
        "restated": again if restated else None,
        "note": given.texts(one.note, _home(indicator)),
        "stands_for": found["stands_for"],
        "shown": found["shown"],
        "place": found["place"],
    }


def _home(indicator: Indicator) -> str:
    return indicator.id.partition(".")[0]


def indicators(given: Given) -> list[Record]:
    """Return every indicator as a record: what it means, how it follows from others, where it stands."""
    return [_indicator(given, one) for one in given.report.indicators()]


def _indicator(given: Given, one: Indicator) -> Record:
    report, home, facts = given.report, _home(one), given.facts
    formula, source, target = one.formula, one.source, one.target
    shown = facts.shown_in(one.id)
    return {
        "id": one.id,
        "section": home,
        "label": given.texts(one.label, home),
        "unit": one.unit,
        "definition": given.texts(one.definition, home),
        "method": given.texts(one.method, home),
        "boundary": one.boundary or report.file.boundary,
        "assurance": one.assurance or report.file.assurance,
        "measures": one.measures,
        "kpi": one.id in report.kpis,
        "undisclosed": one.undisclosed,
        "solved": [
            {"period": period, "range": interval_record(found)}
            for (name, period), found in report.audit.solved.items()
            if name == one.id
        ],
        "formula": None
        if formula is None
        else {
            "operation": formula.operation,
            "of": [".".join(split(name, home)) for name in formula.of],
            "factor": machine_number(formula.factor),
        },
        "target": None
        if target is None
        else {
            "value": machine_number(target.value),
            "by": target.by,
            "direction": target.direction,
            "base": target.base,
            "note": given.texts(target.note, home),
        },
        "whole": number_text(one.whole),
        "periods": list(one.values),
        "breakdowns": [
            {"by": list(breakdown.by), "partial": breakdown.partial, "periods": list(breakdown.values)}
            for breakdown in one.breakdowns
        ],
        "disclosures": list(one.disclosures),
        "context": list(one.context),
        "source": None
        if source is None
        else {"section": source.section or None, "lines": list(source.lines), "page": source.page},
        "tables": [name for kind, name, _ in shown if kind == "table"],
        "charts": [name for kind, name, _ in shown if kind == "chart"],
        "used_at": given.stands_at(f"value:{one.id}"),
        "evidence": given.page(*evidence_at(one.id, report)),
        "files": {ending: f"{UP}{facts.file(one, ending)}" for ending in ("csv", "json")},
        "place": f"{one.place.file}:{one.place.line}",
    }
