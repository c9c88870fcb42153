"""A register of names: laws, standards, awards, programmes, with their official forms in both languages."""

from __future__ import annotations

from typing import Literal

from crossfoot.model import Flag, TableSpec, Term
from crossfoot.shown import Cell, Phrase, Row, Run, Table
from crossfoot.tables import Marks, finish, head_cell
from crossfoot.wording import TITLES, Wording, anchor


class Options(TableSpec):
    """The keys of `kind: register`."""

    kind: Literal["register"] = "register"
    terms: tuple[str, ...]
    """Kinds of terms, in the order in which they are listed."""
    kpi: Flag = False


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the register: name, name in the other language, issuer and year where there are any, where it is named."""
    language, report = wording.language, wording.report
    marks = Marks(id_, options.notes, wording, section)
    listed = [term for kind in options.terms for term in report.terms.values() if term.kind == kind]
    others = [one for one in report.languages if one.id != language.id]
    titles = all(kind in TITLES for kind in options.terms)
    with_issuer = any(term.issuer for term in listed)
    with_year = any(term.year for term in listed)
    names = [language.word("table.title" if titles else "table.name")]
    names += [language.word("table.other_title" if titles else "table.other_name") for _ in others]
    names += [language.word("table.issuer_of_title" if titles else "table.issuer")] * with_issuer + [
        language.word("table.year")
    ] * with_year
    names += [language.word("table.cited")]
    body = []
    for term in listed:
        calls = [] if term.verified else [marks.add("unverified", (Run(language.word("table.unverified")),))]
        if term.note is not None:
            calls.append(marks.add(f"term-{term.id}", wording.text(term.note)))
        cells = [Cell("text", (wording.named(term),), header="row", label=names[0], marks=tuple(calls))]
        for position, other in enumerate(others, start=1):
            name = term.name.get(other.id) or ""
            same = name == language.of(term.name)
            cells.append(
                Cell("text", (Run(name, kind="term", lang="" if same else other.tag),), label=names[position])
                if name
                else Cell("blank", label=names[position])
            )
        if with_issuer:
            cells.append(
                Cell(
                    "text",
                    wording.text(term.issuer),
                    label=language.word("table.issuer_of_title" if titles else "table.issuer"),
                )
                if term.issuer
                else Cell("blank")
            )
        if with_year:
            cells.append(
                Cell("text", (Run(term.year),), label=language.word("table.year")) if term.year else Cell("blank")
            )
        cells.append(_cited(term, wording))
        body.append(Row(tuple(cells), id=f"term-{anchor(term.id)}"))
    head = Row(tuple(head_cell(name) for name in names))
    columns = ("label", *("text" for _ in names[1:]))
    return finish(options, wording, section, id_, marks, head=(head,), body=tuple(body), columns=columns, stacked=True)


def _cited(term: Term, wording: Wording) -> Cell:
    label = wording.language.word("table.cited")
    parts: list[Phrase] = []
    for use in wording.report.uses.get(f"term:{term.id}", ()):
        section = wording.report.sections.get(use.page)
        if section is None or not section.number:
            continue
        heading = next((one for key, one in section.headings.items() if anchor(key) == use.anchor), None)
        text = (heading.number if heading and heading.number else "") or section.number
        if all(text != part[0].text for part in parts):
            parts.append((Run(text, kind="link", href=wording.link(use.page, use.anchor)),))
    if not parts:
        return Cell("blank", label=label)
    comma = wording.language.phrases["list_comma"]
    joined: list[Run] = []
    for number, part in enumerate(parts):
        joined += ([Run(comma)] if number else []) + list(part)
    return Cell("text", tuple(joined), label=label)
