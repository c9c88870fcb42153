"""The evidence: a page for every KPI, an entry for every other figure, and what the audit came to, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crossfoot.evidence_data import Facts, figure_csv, figure_json
from crossfoot.evidence_figure import FigurePage
from crossfoot.evidence_page import EvidencePage
from crossfoot.evidence_wording import listing, numbers
from crossfoot.kpis import STEM, evidence_at
from crossfoot.localise import Language, load_language
from crossfoot.model import Indicator, Report, Section
from crossfoot.register import Register
from crossfoot.shown import Link, Row, Run, Sheet, SheetPlan, Table, plain
from crossfoot.tables import label_cell
from crossfoot.wording import anchor, relative

if TYPE_CHECKING:
    from jinja2 import Environment

REGISTER = f"{STEM}/evidence-register"
"""The register's address without its ending."""


def evidence_sheets(
    report: Report, language: Language, templates: Environment, cache: Path | None
) -> Iterator[SheetPlan]:
    """Yield the evidence of *report* in *language*: what can be traced, then each chapter, then each KPI.

    The data files, which hold all languages, come with the sheets of the reference language.
    """
    languages = tuple(language if one.id == language.id else load_language(one, one.place) for one in report.languages)
    facts = Facts(report, languages, str(templates.globals["site_url"]))
    maker = _Maker(facts, language, templates, cache)
    yield SheetPlan(STEM, maker.overview, short=maker.language.word("evidence.title"))
    for name, section in report.sections.items():
        if section.indicators:
            yield SheetPlan(f"{STEM}/{name}", partial(maker.chapter, name, section))
            for indicator in section.indicators.values():
                if indicator.id in report.kpis:
                    yield SheetPlan(evidence_at(indicator.id, report)[0], partial(maker.figure, indicator))


@dataclass(frozen=True)
class _Maker:
    """Makes the sheets of one language."""

    facts: Facts
    language: Language
    templates: Environment
    cache: Path | None

    @property
    def report(self) -> Report:
        """The report."""
        return self.facts.report

    def _page(self, stem: str, section: str = "") -> EvidencePage:
        return EvidencePage(self.facts, self.language, self.templates, self.cache, stem, section)

    def _files(self) -> dict[str, str | bytes]:
        """Return the data files of all figures; they hold all languages, and come with the reference language."""
        facts = self.facts
        if self.language.id != facts.languages[0].id:
            return {}
        register = Register(self.report, facts.languages)
        files: dict[str, str | bytes] = {f"{REGISTER}.csv": register.csv(), f"{REGISTER}.xlsx": register.xlsx()}
        for indicator in self.report.indicators():
            files[facts.file(indicator, "json")] = figure_json(facts, indicator)
            files[facts.file(indicator, "csv")] = figure_csv(facts, indicator)
        return files

    def overview(self) -> Sheet:
        """Return the page on all evidence: what can be traced, the result of the audit, downloads."""
        page = self._page(STEM)
        word = page.auditor.word
        audit = self.report.audit
        parts = [
            page.heading("read", word("how_to_read")),
            page.words((Run(word("how_text")),), (Run(word("marks_text")),)),
            page.heading("chapters", word("chapters")),
            page.table(self._chapters(page)),
            page.heading("result", word("result")),
            page.words((Run(word("result_text")),)),
            page.table(page.auditor.counts("counts")),
            page.heading("findings", word("findings")),
        ]
        if audit.findings:
            parts += [page.words((Run(word("findings_text")),)), page.table(page.auditor.findings("findings-table"))]
        else:
            parts.append(page.words((Run(word("no_findings")),)))
        downloads = [page.download(f"{REGISTER}.{kind}", word(f"register_{kind}")) for kind in ("xlsx", "csv")]
        sums = (Run(self.language.word("checksums"), kind="link", href=relative(page.wording.path, "SHA256SUMS")),)
        parts += [page.heading("downloads", word("downloads")), page.points(*downloads, sums)]
        return page.sheet(word("title"), word("summary"), parts, short=word("title"), files=self._files())

    def _chapters(self, page: EvidencePage) -> Table:
        word = page.auditor.word
        titles = [word("chapter"), word("figures"), word("own_pages"), word("findings")]
        rows = []
        for name, section in self.report.sections.items():
            ids = [indicator.id for indicator in section.indicators.values()]
            if not ids:
                continue
            found = [len(ids), len(self.report.kpis.intersection(ids))]
            found.append(sum(len(self.report.audit.findings_at(one)) for one in ids))
            title = Run(page.wording.title_of(section), kind="link", href=page.wording.link(f"{STEM}/{name}"))
            rows.append(Row((label_cell((title,)), *numbers(found, titles[1:]))))
        return listing("chapters-table", word("chapters_caption"), titles, rows, "number")

    def chapter(self, name: str, section: Section) -> Sheet:
        """Return the page with an entry for every figure of a chapter."""
        page = self._page(f"{STEM}/{name}", name)
        word = page.auditor.word
        title = word("section_title", self.language.of(section.title))
        labels = [
            self.language.word("table.indicator"),
            word("value"),
            word("source_and_place"),
            word("checks"),
        ]
        rows = [page.entry(indicator, labels) for indicator in section.indicators.values()]
        table = listing("entries", word("entries_caption"), labels, rows, "text")
        parts = [page.table(table), page.words(page.original())]
        return page.sheet(title, word("section_summary"), parts, parents=(page.parent(),))

    def figure(self, indicator: Indicator) -> Sheet:
        """Return the page of one KPI."""
        section = indicator.id.split(".")[0]
        page = self._page(evidence_at(indicator.id, self.report)[0], section)
        label = self._title(indicator, page)
        parts = list(FigurePage(page, indicator, label).parts())
        above = self.language.of(self.report.sections[section].short or self.report.sections[section].title)
        parents = (
            page.parent(),
            Link(above, page.wording.link(f"{STEM}/{section}", anchor(indicator.id.split(".")[1]))),
        )
        summary = page.auditor.word("figure_summary")
        return page.sheet(label, summary, parts, parents=parents)

    def _title(self, indicator: Indicator, page: EvidencePage) -> str:
        """Return the label of a KPI, with its unit where another has the same label."""
        label = self.language.of(indicator.label)
        same = [
            one
            for one in self.report.indicators()
            if one.id in self.report.kpis and self.language.of(one.label) == label
        ]
        unit = (
            self.language.word("brackets", self.language.of(page.wording.unit(indicator).name)) if len(same) > 1 else ""
        )
        return plain(page.wording.text(indicator.label, indicator.id.split(".")[0])) + unit
