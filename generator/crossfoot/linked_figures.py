"""Figures as linked data (https://schema.org): what is measured is a StatisticalVariable, a figure an Observation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from crossfoot.api.figures import Stand, stands_of
from crossfoot.api.given import FOLDER
from crossfoot.evidence_data import Facts
from crossfoot.kpis import STEM, evidence_at
from crossfoot.localise import Language
from crossfoot.model import Indicator, Period, Report, split
from crossfoot.shown import plain
from crossfoot.wording import Wording, machine_number, page_path

Node = dict[str, Any]
"""One thing of the graph."""

BOUNDS: Mapping[str, str] = MappingProxyType(
    {"over": "minValue", "at-least": "minValue", "several": "minValue", "under": "maxValue", "up-to": "maxValue"}
)
"""Hedges that make a figure a bound: what is more than 16,000 has no value, but a least one."""


@dataclass(frozen=True)
class FigureNodes:
    """Makes the nodes of figures in one language."""

    report: Report
    language: Language
    site_url: str = ""

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.report, self.language, STEM)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self.report, (self.language,), self.site_url)

    def organisation(self, base: str) -> Node:
        """Return whose figures they are, as others refer to it; *base* is the way to the site's root."""
        return {"@id": f"{base}{FOLDER}/report.json#organisation"}

    def variable(self, indicator: Indicator, base: str) -> Node:
        """Return what *indicator* measures; its name is the address of its file, the same in all languages."""
        home = indicator.id.partition(".")[0]
        formula = indicator.formula
        per = formula.of[1] if formula and formula.operation in ("ratio", "share") else ""
        below = self.report.indicator(per, home) if per else None
        stem, anchor = evidence_at(indicator.id, self.report)
        page = page_path(self.language.id, stem)
        quantity = self.report.units[indicator.unit].quantity
        return told(
            {
                "@type": "StatisticalVariable",
                "@id": self._address(indicator, base),
                "identifier": indicator.id,
                "name": plain(self._wording.text(indicator.label, home)),
                "description": plain(self._wording.text(indicator.definition, home)),
                "measuredProperty": {"@type": "Property", "name": quantity},
                "measurementTechnique": plain(self._wording.text(indicator.method, home)),
                "measurementDenominator": {"@id": self._address(below, base)} if below else None,
                "url": base + (page.removesuffix("index.html") if self.site_url else page) + (anchor and f"#{anchor}"),
            }
        )

    def _address(self, indicator: Indicator, base: str) -> str:
        return base + self._facts.file(indicator, "json")

    def observations(self, indicator: Indicator, base: str) -> list[Node]:
        """Return every figure of *indicator* that has a value, parts of breakdowns included."""
        return [self._observation(one, base) for one in stands_of(indicator) if one.observation.value is not None]

    def _observation(self, stand: Stand, base: str) -> Node:
        indicator, one = stand.indicator, stand.observation
        unit, period = self.report.units[indicator.unit], self.report.file.periods[stand.period]
        home = indicator.id.partition(".")[0]
        amount = "" if one.amount is None else machine_number(one.amount)
        upto = "" if one.upto_amount is None else machine_number(one.upto_amount)
        bound = "minValue" if upto else BOUNDS.get(one.qualifier, "value")
        label = plain(self._wording.text(indicator.label, home))
        return told(
            {
                "@type": "Observation",
                "@id": f"{base}{FOLDER}/observations.json#{quote(stand.id, safe='/:=,')}",
                "name": self.language.word("api.linked.observation", label, self.language.period(period)),
                "description": self.language.value(one, unit),
                "variableMeasured": {"@id": self._address(indicator, base)},
                "observationAbout": self.organisation(base),
                bound: amount,
                "maxValue" if upto else "": upto,
                "unitText": self.language.of(unit.name),
                "observationDate": period.end.isoformat() if period.end else None,
                "observationPeriod": duration(period),
                "additionalProperty": [self._part(*pair) for pair in zip(stand.by, stand.at, strict=False)],
            }
        )

    def _part(self, dimension: str, category: str) -> Node:
        found = self.report.file.dimensions[dimension]
        label, value = self.language.of(found.label), self.language.of(found.categories[category].label)
        return {"@type": "PropertyValue", "propertyID": dimension, "name": label, "value": value}

    def of_section(self, section: str, base: str) -> list[Node]:
        """Return what is measured in *section* and has a figure, each followed by its figures."""
        found: list[Node] = []
        for indicator in self.report.sections[section].indicators.values():
            figures = self.observations(indicator, base)
            found += [self.variable(indicator, base), *figures] if figures else []
        return found

    def of_page(self, stem: str) -> Indicator | None:
        """Return the indicator whose own page *stem* is, None if it is no such page."""
        return self._pages.get(stem)

    @cached_property
    def _pages(self) -> Mapping[str, Indicator]:
        named = ((name, self.report.indicator(*reversed(split(name)))) for name in self.report.kpis)
        return {evidence_at(name, self.report)[0]: one for name, one in named if one is not None}


def duration(period: Period) -> str:
    """Return how long *period* is, as ISO 8601 has it: P1Y, P3M, P45D; empty for a point in time or no dates."""
    if period.start is None or period.end is None:
        return ""
    after = period.end + timedelta(days=1)
    if after.day != period.start.day:
        return f"P{(after - period.start).days}D"
    months = (after.year - period.start.year) * 12 + after.month - period.start.month
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"


def told(node: Node) -> Node:
    """Return *node* without what there is nothing to say of."""
    return {key: one for key, one in node.items() if key and one not in (None, "", [])}
