"""One page of the evidence: the pieces that the page of a KPI and the page of a chapter share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crossfoot.downloads import figure_links
from crossfoot.evidence_data import Facts
from crossfoot.evidence_wording import Auditor, ClaimView
from crossfoot.kpis import STEM
from crossfoot.localise import Language
from crossfoot.model import Indicator, Observation, Text
from crossfoot.places import NOWHERE
from crossfoot.render import Body
from crossfoot.shown import Cell, Link, Phrase, Row, Run, Sheet, Table, Tools, plain
from crossfoot.tables import label_cell
from crossfoot.wording import Wording, anchor, relative

if TYPE_CHECKING:
    from jinja2 import Environment


class EvidencePage:
    """One page of the evidence while it is made."""

    def __init__(
        self, known: Facts, language: Language, templates: Environment, cache: Path | None, stem: str, section: str = ""
    ) -> None:
        """Begin the page *stem*; names may stand without their *section*."""
        self.known = known
        self.language = language
        self.stem = stem
        self.wording = Wording(known.report, language, stem, section)
        self.auditor = Auditor(self.wording)
        self.body = Body(self.wording, templates, cache)

    def sheet(
        self,
        title: str,
        summary: str,
        parts: list[str],
        *,
        short: str = "",
        parents: tuple[Link, ...] = (),
        files: dict[str, str | bytes] | None = None,
    ) -> Sheet:
        """Return the sheet made of *parts*, and the notes that they called."""
        notes = self.body.pending_notes() + (self.body.footnotes() if self.wording.footnotes else "")
        html = "".join(parts) + notes
        return Sheet(self.stem, title, summary, html, short, tuple(self.body.contents), parents, files or {})

    def parent(self) -> Link:
        """Return the way to the page on all evidence."""
        return Link(self.auditor.word("title"), self.wording.link(STEM))

    # -- pieces ----------------------------------------------------------------------------------------

    def heading(self, name: str, title: str) -> str:
        """Return a heading of the second level, and note it in the table of contents."""
        return self.body.heading(2, name, "", Text(by_language={"*": title}))

    def table(self, table: Table) -> str:
        """Return *table* as HTML."""
        return self.body.part("tables/table.html", table=table)

    def words(self, *paragraphs: Phrase) -> str:
        """Return paragraphs."""
        return self.body.part("evidence/words.html", paragraphs=[one for one in paragraphs if one])

    def points(self, *points: Phrase) -> str:
        """Return a list."""
        return self.body.part("evidence/points.html", points=points)

    def claims(self, claims: list[ClaimView]) -> str:
        """Return claims with their arithmetic."""
        return self.body.part("evidence/claims.html", claims=claims, named=False)

    def facts(self, facts: list[tuple[str, list[Phrase]]]) -> str:
        """Return what is known under each of several names; those of which nothing is known are left out."""
        return self.body.part("evidence/facts.html", facts=[one for one in facts if one[1]])

    def download(self, file: str, words: str) -> Phrase:
        """Return a link to *file*, from the site's root."""
        return (Run(words, kind="link", href=relative(self.wording.path, file)),)

    def original(self) -> Phrase:
        """Return which document the figures come from."""
        source = self.language.of(self.wording.report.file.source)
        return (Run(f"{self.auditor.word('source')}{self.language.phrases['colon']}{source}"),) if source else ()

    # -- an entry --------------------------------------------------------------------------------------

    def entry(self, indicator: Indicator, labels: list[str]) -> Row:
        """Return the entry of one figure: values, source and place, checks; its codes under its label."""
        cells = (
            self._listed(
                [self.value(indicator, period) for period in indicator.values] or [self.solved(indicator)], labels[1]
            ),
            self._listed([self.source(indicator), self.place(indicator)], labels[2]),
            self._listed([self.checks(indicator)], labels[3]),
        )
        name = label_cell(self.auditor.named(indicator), codes=self.wording.codes(indicator.disclosures))
        cells = (replace(cells[0], tools=self.tools(indicator)), *cells[1:])
        return Row((name, *cells), id=anchor(indicator.id.split(".")[1]), tick=True)

    def _listed(self, phrases: list[Phrase], label: str) -> Cell:
        """Return *phrases* as a cell, those that are empty left out."""
        found = tuple(phrase for phrase in phrases if phrase)
        if len(found) > 1:
            return Cell("list", parts=found, label=label)
        return Cell("text", found[0], label=label) if found else Cell("blank", label=label)

    def tools(self, indicator: Indicator) -> Tools:
        """Return what a reader can take away of a figure: each value, the citation, its files."""
        several = sum(1 for one in indicator.values.values() if one.value is not None) > 1
        values = []
        for period, one in indicator.values.items():
            if one.value is not None:
                said = self.auditor.period(period)
                words = (
                    self.language.word("data.copy_value_at", said) if several else self.language.word("data.copy_value")
                )
                values.append((words, self._copied(indicator, one, said)))
        return Tools(
            title=self.wording.text(indicator.label, indicator.id.split(".")[0]),
            downloads=figure_links(indicator.id, self.wording),
            values=tuple(values),
            citation=self.citation(indicator),
        )

    def _copied(self, indicator: Indicator, one: Observation, period: str) -> str:
        """Return a value with all that it needs to stand alone: unit, period, report, address."""
        file = self.wording.report.file
        return self.language.phrases["data.copied_value"].format(
            value=self.language.value(one, self.wording.unit(indicator)),
            period=period,
            organisation=self.language.of(file.organisation.name),
            report=self.language.of(file.title),
            address=self.known.address(indicator, self.language.id),
        )

    def citation(self, indicator: Indicator) -> Phrase:
        """Return how the figure is cited, in one sentence."""
        language, file = self.language, self.wording.report.file
        main = self.wording.period_of(indicator)
        observation = indicator.values.get(main)
        comma = language.phrases["subtitle_comma"]
        said = self.auditor.filled(
            "citation",
            organisation=language.of(file.organisation.name),
            report=language.of(file.title),
            label=plain(self.wording.text(indicator.label, indicator.id.split(".")[0])),
            value=comma.join([self.auditor.period(main), "\0"])
            if observation
            else plain(self.solved(indicator)).rstrip(".。"),
            address=self.known.address(indicator, language.id),
            version=self.known.version,
        )
        lead, gap, tail = said.partition("\0")
        shown = (self.auditor.printed(indicator, observation, main),) if gap and observation else ()
        return (Run(lead), *shown, Run(tail))

    def solved(self, indicator: Indicator) -> Phrase:
        """Return what the figures that rest on it say of a quantity that nobody discloses."""
        if not indicator.undisclosed:
            return ()
        solved = self.wording.report.audit.solved
        found = [interval for (name, _), interval in solved.items() if name == indicator.id]
        said = self.auditor.word("solved", self.auditor.span(found[0], self.wording.unit(indicator))) if found else ""
        return (Run(said or self.auditor.word("not_solved")),)

    def value(self, indicator: Indicator, period: str) -> Phrase:
        """Return one value with its period and status: "2018: 13,093.57 tonnes (restated)"."""
        language, observation = self.language, indicator.values[period]
        lead, _, tail = self.auditor.filled("period_value", period=self.auditor.period(period), value="\0").partition(
            "\0"
        )
        status = (
            ""
            if observation.status == "final"
            else language.word("brackets", language.word(f"statuses.{observation.status}"))
        )
        run = self.auditor.printed(indicator, observation, period)
        return tuple(one for one in (Run(lead), run, Run(tail + status)) if one.text)

    def source(self, indicator: Indicator) -> Phrase:
        """Return section and lines of the original document, empty where the data do not say."""
        source = indicator.source
        if source is None:
            return ()
        parts = [self.auditor.word("source_section", source.section)] if source.section else []
        if source.lines:
            key = "source_line" if len(source.lines) == 1 else "source_lines"
            parts.append(self.auditor.word(key, self.language.phrases["list_comma"].join(map(str, source.lines))))
        return (Run(self.language.phrases["subtitle_comma"].join(parts)),)

    def place(self, indicator: Indicator, observation: Observation | None = None) -> Phrase:
        """Return where the figure is typed: file and line."""
        own = observation.place if observation is not None and observation.place != NOWHERE else indicator.place
        return (Run(f"{own.file}:{own.line}", kind="path"),)

    def checks(self, indicator: Indicator) -> Phrase:
        """Return how many claims rest on the figure, and how they came out; empty where there is none."""
        claims = self.wording.report.audit.about(indicator.id)
        if not claims:
            return ()
        counts = [(one, sum(1 for claim in claims if claim.outcome == one)) for one in ("holds", "finding", "open")]
        said = [self.auditor.word(f"check_count.{one}", str(number)) for one, number in counts if number]
        return (Run(self.language.phrases["subtitle_comma"].join(said)),)
