"""The page of one KPI: what it is, where it comes from, how it follows, what was checked, where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crossfoot import tables
from crossfoot.edition_links import root_of
from crossfoot.editions import Archive, Edition, was_amount
from crossfoot.evidence_page import EvidencePage
from crossfoot.evidence_wording import listing
from crossfoot.findings import sorted_claims
from crossfoot.model import Indicator, Observation, Text
from crossfoot.period_changes import change_between, unlike_words
from crossfoot.shown import Cell, Phrase, Row, Run, Tools, plain
from crossfoot.side_by_side import before, unlike
from crossfoot.tables import label_cell
from crossfoot.tables.parts import Options as Parts
from crossfoot.wording import anchor, figure_run


@dataclass(frozen=True)
class FigurePage:
    """The parts of the page of one KPI, in the order of reading."""

    page: EvidencePage
    indicator: Indicator
    title: str = ""
    """What the page is called."""

    @cached_property
    def section(self) -> str:
        """The chapter it belongs to."""
        return self.indicator.id.split(".")[0]

    def parts(self) -> Iterator[str]:
        """Yield the parts."""
        word = self.page.auditor.word
        yield self._headline()
        for name, found in (
            ("meaning", self._meaning()),
            ("origin", self._origin()),
            ("derivation", self._derivation()),
            ("checks", self._checks()),
            ("changes", self._changes()),
            ("uses", self._uses()),
            ("cite", self._cite()),
        ):
            if found:
                yield self.page.heading(name, word(name)) + found

    def _headline(self) -> str:
        page, auditor = self.page, self.page.auditor
        known = [period for period in page.wording.report.file.periods if period in self.indicator.values]
        rows = [self._row(period, above, len(known) > 1) for above, period in zip(["", *known], known, strict=False)]
        titles = [page.language.word("table.period"), *map(auditor.word, ("as_printed", "stands_for", "status"))]
        titles += [page.language.word("changes.title")] if len(known) > 1 else []
        main = page.wording.period_of(self.indicator)
        solved = self.page.solved(self.indicator)
        big: Phrase = solved
        if main in self.indicator.values:
            big = (auditor.printed(self.indicator, self.indicator.values[main], main),)
        marks = page.wording.notes_at(self.indicator)
        html = page.body.part(
            "evidence/headline.html",
            figure=(*big, *marks),
            period=auditor.period(main) if main in self.indicator.values else "",
            tools=self._tools,
            words=[one for one in (*self._hedges(), *((solved,) if big is not solved and solved else ())) if one],
        )
        html += page.body.part("parts/tick.html", id="", sort="figure", caption=self.title)
        if rows:
            html += page.table(listing("values", auditor.word("value"), titles, rows, "text"))
        for number, breakdown in enumerate(self.indicator.breakdowns):
            spec = Parts(
                caption=Text(by_language={"*": auditor.word("parts")}), indicators=(self.indicator.id,), by=breakdown.by
            )
            html += page.table(tables.kinds()["parts"].arrange(spec, page.wording, self.section, f"parts-{number + 1}"))
        return html + page.body.pending_notes()

    def _row(self, period: str, above: str, compared: bool) -> Row:
        auditor, observation = self.page.auditor, self.indicator.values[period]
        language = self.page.language
        unit = self.page.wording.unit(self.indicator)
        stands = auditor.span(observation.stands_for, unit, observation.amount) if observation.value is not None else ""
        cells = (
            Cell("text", (auditor.printed(self.indicator, observation, period),), label=auditor.word("as_printed")),
            Cell("text" if stands else "blank", (Run(stands),) if stands else (), label=auditor.word("stands_for")),
            Cell("text", (Run(language.word(f"statuses.{observation.status}")),), label=auditor.word("status")),
        )
        changed = (self._change(period, above),) if compared else ()
        return Row((label_cell((Run(auditor.period(period)),)), *cells, *changed))

    def _change(self, period: str, above: str) -> Cell:
        """Return how the figure changed from the period before it, or why the two are not compared.

        That is the last one that may be held against it, which is named where it does not stand in the row *above*.
        """
        language, wording = self.page.language, self.page.wording
        label = language.word("changes.title")
        since = before(period, self.indicator.values, wording.report)
        if since is None:
            why = unlike(above, period, wording.report) if above else None
            said = unlike_words(why, above, period, wording) if why in ("length", "overlap") else ""
            return Cell("text", (Run(said),), label=label) if said else Cell("blank", label=label)
        found = change_between(self.indicator, since, period, wording)
        notes = (
            []
            if since == above or not found.short
            else [language.word("changes.since", self.page.auditor.period(since))]
        )
        notes += [found.note] if found.note else []
        note = language.word("brackets", language.phrases["list_comma"].join(notes)) if notes else ""
        return Cell("text", (Run(found.short + note or found.reason),), label=label)

    def _hedges(self) -> list[Phrase]:
        """Return in words what the qualifiers of its values mean."""
        used = dict.fromkeys(one.qualifier for one in self.indicator.values.values() if one.value is not None)
        return [(Run(self.page.auditor.word(f"qualifiers.{one}")),) for one in used if one != "exact"]

    # -- sections --------------------------------------------------------------------------------------

    def _meaning(self) -> str:
        page, indicator, file = self.page, self.indicator, self.page.wording.report.file
        language, word = page.language, page.auditor.word
        boundary = file.boundaries.get(indicator.boundary or file.boundary or "")
        assurance = file.assurances.get(indicator.assurance or file.assurance or "")
        target = indicator.target
        aims: list[Phrase] = []
        if target is not None:
            by = language.word("table.target_by", page.wording.period(target.by))
            run = tables.target_run(indicator, target, language)
            aims = [(Run(by), run) if language.is_han else (run, Run(f" {by}"))]
            aims += [page.wording.text(target.note, self.section)] if target.note else []
        facts: list[tuple[str, list[Phrase]]] = [
            (word("unit"), [(Run(language.of(page.wording.unit(indicator).name)),)]),
            (word("definition"), _if(page.wording.text(indicator.definition, self.section))),
            (word("method"), _if(page.wording.text(indicator.method, self.section))),
            (word("boundary"), _if(page.wording.text(boundary.label) if boundary else ())),
            (word("assurance"), self._assured(assurance)),
            (word("target"), aims),
            (word("codes"), list(self._codes())),
        ]
        return page.facts(facts)

    def _codes(self) -> Iterator[Phrase]:
        """Yield each code that the figure answers or throws light on, of every framework, with its title."""
        page, language, frameworks = self.page, self.page.language, self.page.wording.report.frameworks
        behind = language.word("brackets", language.word("disclosures.context"))
        for reference in dict.fromkeys((*self.indicator.disclosures, *self.indicator.context)):
            name, _, code = reference.partition(" ")
            title = language.of(frameworks[name].disclosures[code].title)
            mark = "" if reference in self.indicator.disclosures else behind
            link = replace(page.wording.code(name, code), text=code)
            yield (Run(f"{language.of(frameworks[name].short)} "), link, Run(f" {title}{mark}"))

    def _assured(self, assurance: Any) -> list[Phrase]:
        language = self.page.language
        if assurance is None:
            return [(Run(self.page.auditor.word("no_assurance")),)]
        named = (assurance.label, assurance.provider, assurance.standard)
        return [(Run(language.phrases["subtitle_comma"].join(language.of(text) for text in named if text)),)]

    def _origin(self) -> str:
        page, word = self.page, self.page.auditor.word
        places = dict.fromkeys(page.place(self.indicator, one) for one in self.indicator.values.values())
        original = page.language.of(page.wording.report.file.source)
        source = page.source(self.indicator)
        facts: list[tuple[str, list[Phrase]]] = [
            (word("source"), [*_if((Run(original),) if original else ()), *_if(source)]),
            (word("data_place"), list(places) or [page.place(self.indicator)]),
        ]
        return page.facts(facts)

    def _derivation(self) -> str:
        formula = self.indicator.formula
        page, auditor = self.page, self.page.auditor
        above = page.known.resting_on(self.indicator.id)

        def tree(indicator: Indicator, path: tuple[str, ...]) -> dict[str, Any]:
            period = page.wording.period_of(self.indicator)
            observation = indicator.values.get(period) or indicator.values.get(page.wording.period_of(indicator))
            here: Phrase = (*auditor.named(indicator), Run(page.language.phrases["colon"]))
            solved = page.wording.report.audit.solved.get((indicator.id, period))
            if observation is not None:
                here += (auditor.printed(indicator, observation, period),)
            elif solved is not None:
                here += (Run(auditor.word("solved", auditor.span(solved, page.wording.unit(indicator)))),)
            else:
                here += (Run(auditor.word("not_solved")),)
            made = indicator.formula
            names = made.of if made is not None and indicator.id not in path else ()
            parts = [page.wording.report.indicator(name, indicator.id.split(".")[0]) for name in names]
            factor = auditor.word("factor", page.language.digits(made.factor)) if made and made.factor != 1 else ""
            operation = auditor.word(f"formulas.{made.operation}") if made and parts else ""
            below = [tree(part, (*path, indicator.id)) for part in parts if part is not None]
            return {"phrase": here, "operation": operation, "factor": factor, "parts": below}

        html = ""
        if formula is not None:
            html += page.body.part("evidence/tree.html", tree=tree(self.indicator, ()))
        if above:
            lead = (Run(auditor.word("rests_on") + page.language.phrases["colon"].rstrip()),)
            html += page.words(lead) + page.points(*(auditor.named(one) for one in above))
        return html

    def _checks(self) -> str:
        page = self.page
        claims = sorted_claims(page.wording.report.audit.about(self.indicator.id))
        if not claims:
            return page.words((Run(page.auditor.word("no_checks")),))
        bounds = list(page.auditor.bounds(self.indicator))
        views = [page.auditor.claim(claim) for claim in claims]
        return page.words(page.checks(self.indicator)) + page.claims(views) + (page.points(*bounds) if bounds else "")

    def _changes(self) -> str:
        page, auditor = self.page, self.page.auditor
        points: list[Phrase] = []
        for period, one in self.indicator.values.items():
            if one.restated is not None:
                points.append(self._first_published(period, one) or self._restated(period, one))
            points += self._restated_later(period)
            if one.boundary is not None and one.boundary != self.indicator.boundary:
                label = page.language.of(page.wording.report.file.boundaries[one.boundary].label)
                points.append((Run(auditor.filled("boundary_changed", period=auditor.period(period), boundary=label)),))
            if one.note is not None:
                lead = auditor.filled("period_value", period=auditor.period(period), value="")
                points.append((Run(lead), *page.wording.text(one.note, self.section)))
        for period, text in self.indicator.explained.items():
            lead = auditor.filled("explained", period=auditor.period(period), reason="")
            points.append((Run(lead), *page.wording.text(text, self.section)))
        return page.points(*points) if points else ""

    def _restated(self, period: str, one: Observation) -> Phrase:
        page, auditor = self.page, self.page.auditor
        assert one.restated is not None
        reason = page.wording.text(one.restated.reason, self.section)
        if one.restated.was == "not-printed":
            return (Run(auditor.filled("restated_unknown", period=auditor.period(period), reason="")), *reason)
        language = page.language
        was = language.with_unit(
            language.scaled(one, one.restated.was), page.wording.unit(self.indicator), one.restated.was
        )
        return (Run(auditor.filled("restated_from", period=auditor.period(period), was=was, reason="")), *reason)

    def _first_published(self, period: str, one: Observation) -> Phrase:
        """Return what an earlier edition printed, with the way to it there; empty where none is known to."""
        archive, was = self.page.wording.report.archive, was_amount(one)
        if not isinstance(archive, Archive) or was is None or one.restated is None:
            return ()
        edition = archive.published_as(self.indicator.id, period, was)
        theirs = edition.printed(self.indicator.id, period) if edition is not None else None
        if edition is None or theirs is None:
            return ()
        reason = self.page.wording.text(one.restated.reason, self.section)
        return self._told("restated_from", period, edition, {"was": self._printed_there(theirs), "reason": reason})

    def _restated_later(self, period: str) -> list[Phrase]:
        """Return what a later edition prints in place of the figure in *period*, with the way to it there."""
        archive = self.page.wording.report.archive
        found = archive.restated_later(self.indicator.id, period) if isinstance(archive, Archive) else None
        if found is None:
            return []
        edition, theirs = found
        return [self._told("restated_later", period, edition, {"now": self._printed_there(theirs)})]

    def _printed_there(self, theirs: Observation) -> Phrase:
        """Return a figure that is another edition's: no name, for under its name this page has one value."""
        unit = self.page.wording.unit(self.indicator)
        run = figure_run(self.page.language.value(theirs, unit), self.indicator, theirs, "")
        return (replace(run, name=""),)

    def _told(self, key: str, period: str, edition: Edition, gaps: dict[str, Phrase]) -> Phrase:
        """Return the phrase `editions.KEY`, its gaps filled, among them the way to the figure in *edition*."""
        language, auditor = self.page.language, self.page.auditor
        name = language.word("editions.report", language.period(edition.when))
        href = edition.evidence(root_of(language, self.page.stem), language.id, self.indicator.id)
        gaps = gaps | {"edition": (Run(name, kind="link", href=href),), "period": (Run(auditor.period(period)),)}
        pieces = re.split(r"\{(\w+)\}", language.phrases[f"editions.{key}"])
        runs = [gaps[piece] if number % 2 else (Run(piece),) for number, piece in enumerate(pieces) if piece]
        return tuple(run for piece in runs for run in piece)

    def _uses(self) -> str:
        page, facts = self.page, self.page.known
        points: list[Phrase] = []
        for use in page.wording.report.uses.get(f"value:{self.indicator.id}", ()):
            section = page.wording.report.sections.get(use.page)
            if section is not None:
                key = next((key for key in section.headings if anchor(key) == use.anchor), "")
                points.append((page.wording.link_to(f"{use.page}.{key}" if key else use.page),))
        for kind, name, spec in facts.shown_in(self.indicator.id):
            where = facts.where(kind, name)
            title = plain(page.wording.text(spec.caption if kind == "table" else spec.title, name.split(".")[0]))
            run = Run(page.auditor.word(f"in_{kind}", title))
            points.append((run if where is None else Run(run.text, kind="link", href=page.wording.link(*where)),))
        if not points:
            return page.words((Run(page.auditor.word("no_uses")),))
        return page.points(*dict.fromkeys(points))

    def _cite(self) -> str:
        return self.page.body.part("evidence/cite.html", tools=self._tools)

    @cached_property
    def _tools(self) -> Tools:
        return self.page.tools(self.indicator)


def _if(phrase: Phrase) -> list[Phrase]:
    return [phrase] if phrase else []
