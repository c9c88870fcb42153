"""A content index: each code of a framework, how far the report answers it, where, and why not further."""

from __future__ import annotations

from itertools import islice
from typing import Literal

from crossfoot.disclosures import Covered, Spot, code_anchor, coverage_of, grouped
from crossfoot.kpis import evidence_at
from crossfoot.model import STANCES, Disclosure, Flag, Framework, Stance, TableSpec
from crossfoot.shown import Cell, Phrase, Row, Run, Table
from crossfoot.tables import Marks, finish, head_cell
from crossfoot.wording import Wording, anchor


class Options(TableSpec):
    """The keys of `kind: index`."""

    kind: Literal["index"] = "index"
    framework: str
    statuses: tuple[Stance, ...] = STANCES
    """Only the codes that the report answers so."""
    kpi: Flag = False


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the index, a row a code under the title of its group; a phone shows each row as a card."""
    language, framework = wording.language, wording.report.frameworks[options.framework]
    marks = Marks(id_, options.notes, wording, section)
    rows = tuple(row for row in coverage_of(wording.report, framework) if row.status in options.statuses)
    bound = len({row.disclosure.obligation for row in rows}) > 1
    reasoned = any(row.reason for row in rows)
    titles = [
        language.word("disclosures.code"),
        *([language.word("disclosures.obligation")] if bound else []),
        language.word("disclosures.status"),
        language.word("disclosures.where"),
        *([language.word("disclosures.reason")] if reasoned else []),
    ]
    body = []
    for title, inside in grouped(framework, rows):
        if title is not None:
            words = tuple(wording.plain(language.of(title)))
            body.append(Row((Cell("text", words, header="rowgroup", columns=len(titles)),), kind="group"))
        for row in inside:
            cells = [_code(row, framework, wording, marks)]
            if bound:
                obligation = language.word(f"obligations.{row.disclosure.obligation}")
                cells.append(Cell("text", (Run(obligation),), label=titles[1], marks=_phase(row, framework, marks)))
            status = (Run(language.word(f"stances.{row.status}")),)
            cells.append(Cell(f"status status-{row.status}", status, label=language.word("disclosures.status")))
            cells.append(_where(row, wording, language.word("disclosures.where")))
            if reasoned:
                cells.append(_reason(row, wording, titles[-1]))
            body.append(Row(tuple(cells), id=_id(row.code, framework, wording)))
    head = Row(tuple(head_cell(title) for title in titles))
    columns = ("label", *(["text"] if bound else []), "status", "where", *(["wide"] if reasoned else []))
    return finish(options, wording, section, id_, marks, head=(head,), body=tuple(body), columns=columns, stacked=True)


def _id(code: str, framework: Framework, wording: Wording) -> str:
    """Return the anchor of a row: the code alone on the framework's own page, which links from everywhere lead to."""
    own = wording.stem == f"disclosures/{framework.id}"
    return code_anchor(code) if own else f"{framework.id}-{code_anchor(code)}"


def _code(row: Covered, framework: Framework, wording: Wording, marks: Marks) -> Cell:
    language, disclosure = wording.language, row.disclosure
    calls = [] if disclosure.verified else [marks.add("unverified", (Run(language.word("disclosures.unverified")),))]
    title = language.of(disclosure.title)
    words = (Run(title, kind="term"),) if framework.own_words else tuple(wording.plain(title))
    phrase: Phrase = (Run(row.code, kind="code"), Run(" "), *words)
    if disclosure.concept is not None:
        phrase += (Run(" "), Run(disclosure.concept.name, kind="concept"))
        if not disclosure.concept.verified:
            calls.append(marks.add("concept", (Run(language.word("disclosures.concept_unverified")),)))
    if before := _before(disclosure, wording):
        phrase += (Run(" "), Run(before, kind="edition"))
    return Cell("text", phrase, header="row", marks=tuple(calls))


def _before(disclosure: Disclosure, wording: Wording) -> str:
    """Return which codes of other editions it is the same as, or takes the place of; empty where there is none."""
    language, frameworks = wording.language, wording.report.frameworks
    for word, references in (("same_as", (disclosure.same_as or "",)), ("replaces", disclosure.replaces)):
        named = [
            f"{language.of(frameworks[home].short)} {code}"
            for home, _, code in (reference.partition(" ") for reference in references)
            if home in frameworks
        ]
        if named:
            return language.word(f"disclosures.{word}", language.phrases["list_comma"].join(named))
    return ""


def _phase(row: Covered, framework: Framework, marks: Marks) -> tuple[Run, ...]:
    phase = row.disclosure.phase
    return (marks.add(f"phase-{phase}", marks.wording.text(framework.phases[phase])),) if phase else ()


def _where(row: Covered, wording: Wording, label: str) -> Cell:
    links: list[Phrase] = [(link,) for link in (link_to(spot, wording) for spot in row.where) if link.text]
    if row.context and row.status != "disclosed":
        comma = Run(wording.language.phrases["list_comma"])
        lead = Run(wording.language.word("disclosures.context") + wording.language.phrases["colon"])
        behind = (run for spot in row.context for run in (comma, link_to(spot, wording)))
        links.append((lead, *islice(behind, 1, None)))
    if not links:
        return Cell("blank", label=label)
    return Cell("list", parts=tuple(links), label=label) if len(links) > 1 else Cell("text", links[0], label=label)


def _reason(row: Covered, wording: Wording, label: str) -> Cell:
    phrase = wording.text(row.reason)
    return Cell("text", phrase, label=label) if phrase else Cell("blank", label=label)


def link_to(spot: Spot, wording: Wording) -> Run:
    """Return a link to *spot*, with its title in the language."""
    report, language = wording.report, wording.language
    home, _, local = spot.name.partition(".")
    match spot.kind:
        case "heading" | "page":
            return wording.link_to(spot.name)
        case "figure":
            label = "".join(run.text for run in wording.text(report.sections[home].indicators[local].label, home))
            return Run(label, kind="link", href=wording.link(*evidence_at(spot.name, report)))
        case "note":
            note = report.notes[spot.name]
            text = f"{language.word('editors_note')}{language.phrases['colon']}{language.of(note.title)}"
            return Run(text, kind="link", href=wording.link("about", f"note-{anchor(spot.name)}"))
    spec = report.table(spot.name) if spot.kind == "table" else report.chart(spot.name)
    title = "".join(run.text for run in wording.text(spec.caption if spot.kind == "table" else spec.title, home))
    word = language.word(f"disclosures.in_{spot.kind}", title)
    uses = report.uses.get(f"{spot.kind}:{spot.name}", ())
    page = next((use.page for use in uses if use.page == home), uses[0].page if uses else home)
    inside = "" if page == home else f"{anchor(home)}-"
    return Run(word, kind="link", href=wording.link(page, f"{spot.kind}-{inside}{anchor(local)}"))
