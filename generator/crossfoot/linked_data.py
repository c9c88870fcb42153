"""What search engines and other programs read of a page: linked data in the words of https://schema.org."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from crossfoot.api.figures import stands
from crossfoot.api.given import FOLDER
from crossfoot.evidence_data import short_version
from crossfoot.kpis import STEM
from crossfoot.linked_figures import FigureNodes, Node, told
from crossfoot.localise import Language
from crossfoot.model import Period, Report
from crossfoot.shown import PageView
from crossfoot.wording import page_path

DISTRIBUTIONS = (
    ("data/report-data.zip", "application/zip"),
    (f"{FOLDER}/observations.csv", "text/csv"),
    (f"{FOLDER}/observations.json", "application/json"),
    (f"{FOLDER}/datapackage.json", "application/json"),
    ("data/report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
"""The files in which the figures of the whole report can be had."""
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What would end the element that holds the data, or a line of it; JSON reads the escape as the same character."""


@dataclass(frozen=True)
class LinkedData:
    """Makes the linked data of the pages of one language."""

    report: Report
    """As it is told in that language."""
    languages: tuple[Language, ...]
    language: Language
    site_url: str = ""
    """With a slash at its end; empty where it is unknown: names are then relative to the page."""

    def of(self, view: PageView) -> str:
        """Return the linked data of a page, '' where there is none."""
        if view.kind == "front":
            return written([self._site(view)])
        if view.kind not in ("home", "chapter", "page", "sheet"):
            return ""
        stem = "home" if view.kind == "home" else view.path.partition("/")[2].removesuffix("/index.html")
        return written([*self._page(view, stem), *self._crumbs(view)])

    # -- addresses -------------------------------------------------------------------------------------

    def _base(self, view: PageView) -> str:
        return self.site_url or view.root

    def _at(self, view: PageView, stem: str, language: str = "") -> str:
        """Return the address of another page."""
        path = page_path(language or self.language.id, stem)
        return self.site_url + path.removesuffix("index.html") if self.site_url else view.root + path

    def _report(self, view: PageView, language: str = "") -> Node:
        return {"@id": f"{self._at(view, 'home', language)}#report"}

    # -- pages -----------------------------------------------------------------------------------------

    def _page(self, view: PageView, stem: str) -> list[Node]:
        base = self._base(view)
        if view.kind == "home":
            return [self._whole(view), self._dataset(view), self._organisation(base)]
        node: Node = {
            "@type": "Article" if view.kind == "chapter" else "WebPage",
            "@id": f"{self._at(view, stem)}#page",
            "name": view.title,
            "description": view.summary,
            "inLanguage": view.tag,
            "url": self._at(view, stem),
            "isPartOf": self._report(view),
            "about": self._figures.organisation(base),
        }
        own = self._figures.of_page(stem)
        folder, _, section = stem.partition("/")
        if own is not None:
            variable = self._figures.variable(own, base)
            node["mainEntity"] = {"@id": variable["@id"]}
            return [told(node), variable, *self._figures.observations(own, base)]
        section = section if folder == STEM else stem
        known = section in self.report.sections
        return [told(node), *(self._figures.of_section(section, base) if known else ())]

    @cached_property
    def _figures(self) -> FigureNodes:
        return FigureNodes(self.report, self.language, self.site_url)

    def _organisation(self, base: str) -> Node:
        organisation = self.report.file.organisation
        return told(
            {
                "@type": "Organization",
                **self._figures.organisation(base),
                "name": self.language.of(organisation.name),
                "alternateName": self.language.of(organisation.short),
                "identifier": organisation.code,
            }
        )

    def _work(self, view: PageView) -> Node:
        """Return what holds for the report and for its data."""
        file, of = self.report.file, self.language.of
        return {
            "inLanguage": self.language.tag,
            "version": short_version(self.report),
            "temporalCoverage": covered(file.periods[file.period]),
            "about": self._figures.organisation(self._base(view)),
            "license": {"@type": "CreativeWork", "name": of(file.licence)} if file.licence else None,
            "isBasedOn": {"@type": "CreativeWork", "name": of(file.source)} if file.source else None,
            "isAccessibleForFree": True,
        }

    def _whole(self, view: PageView) -> Node:
        """Return the report itself: its chapters, and the same in the other languages."""
        file, of = self.report.file, self.language.of
        others = [self._report(view, one.id) for one in self.languages if one.id != self.language.id]
        is_first = self.language.id == self.languages[0].id
        absent = self.report.absent.get(self.language.id, ())
        return told(
            {
                "@type": "Report",
                **self._report(view),
                "name": of(file.title),
                "alternativeHeadline": of(file.subtitle),
                "description": of(file.disclaimer),
                "url": self._at(view, "home"),
                **self._work(view),
                "workTranslation": others if is_first else None,
                "translationOfWork": None if is_first else self._report(view, self.languages[0].id),
                "hasPart": [
                    {
                        "@type": "Article",
                        "@id": f"{self._at(view, name)}#page",
                        "name": of(self.report.sections[name].title),
                        "url": self._at(view, name),
                    }
                    for name in file.chapters
                    if name not in absent
                ],
            }
        )

    def _dataset(self, view: PageView) -> Node:
        """Return the data of the report: where they can be had, and what the KPIs measure."""
        title, base = self.language.of(self.report.file.title), self._base(view)
        indicators = list(self.report.indicators())
        counts = (str(sum(1 for _ in stands(self.report))), str(len(indicators)))
        kpis = [one for one in indicators if one.id in self.report.kpis]
        return told(
            {
                "@type": "Dataset",
                "@id": f"{base}{FOLDER}/index.json#dataset",
                "name": self.language.word("api.linked.dataset", title),
                "description": self.language.word("api.linked.about", title, *counts),
                "url": self._at(view, "home"),
                **self._work(view),
                "isPartOf": self._report(view),
                "measurementTechnique": self.language.word("api.linked.technique"),
                "variableMeasured": [self._figures.variable(one, base) for one in kpis],
                "distribution": [
                    {"@type": "DataDownload", "contentUrl": base + path, "encodingFormat": kind}
                    for path, kind in DISTRIBUTIONS
                ],
            }
        )

    def _crumbs(self, view: PageView) -> list[Node]:
        if not view.crumbs:
            return []
        items = [
            {
                "@type": "ListItem",
                "position": number,
                "name": link.text,
                "item": self._linked(view, link.href or ""),
            }
            for number, link in enumerate(view.crumbs, 1)
        ]
        return [{"@type": "BreadcrumbList", "itemListElement": items}]

    def _linked(self, view: PageView, href: str) -> str:
        """Return where *href* on the page leads; '' is the page itself."""
        if not self.site_url:
            return href or view.path.rsplit("/", 1)[-1]
        path, mark, anchor = urljoin(self.site_url + view.path, href or "index.html").partition("#")
        return path.removesuffix("index.html") + mark + anchor

    def _site(self, view: PageView) -> Node:
        """Return the site, on its front door, with the report in each language."""
        file = self.report.file
        return {
            "@type": "WebSite",
            "@id": f"{self._base(view)}#site" if self.site_url else "index.html#site",
            "name": [{"@value": one.of(file.title), "@language": one.tag} for one in self.languages],
            "url": self.site_url or "index.html",
            "inLanguage": [one.tag for one in self.languages],
            "hasPart": [
                {
                    "@type": "Report",
                    **self._report(view, one.id),
                    "name": one.of(file.title),
                    "inLanguage": one.tag,
                    "url": self._at(view, "home", one.id),
                }
                for one in self.languages
            ],
        }


def covered(period: Period) -> str:
    """Return the days of *period* as ISO 8601 has them: 2018-01-01/2018-12-31; empty where it has none."""
    if period.end is None:
        return ""
    return f"{period.start}/{period.end}" if period.start else period.end.isoformat()


def written(nodes: Sequence[Node]) -> str:
    """Return *nodes* as JSON-LD that can stand inside an element of a page."""
    data: dict[str, Any] = {"@context": "https://schema.org", "@graph": list(nodes)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
