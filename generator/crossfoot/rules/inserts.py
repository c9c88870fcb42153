"""Rules: every insert, in pages and in data, names something that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from crossfoot.comparisons import said
from crossfoot.compute import unsettled
from crossfoot.inserts import BLOCK, FORMS, INLINE, PATTERN, Insert, value_call
from crossfoot.model import Indicator, Qualifier, Report, Text, period_meant, split
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, Problems, did_you_mean
from crossfoot.rules.references import phrases_of
from crossfoot.uses import inserts_in, texts_in

_WORD = rf"(?:{'|'.join((*INLINE, *BLOCK))})"
_ODD_BRACES = re.compile(
    rf"(?<!\{{)\{{[ \t]*({_WORD}(?:[ \t][^{{}}\n]*)?)\}}(?!\}})"
    rf"|｛{{1,2}}\s*({_WORD}\b[^｛｝\n]*)｝{{1,2}}|\{{%[^\n]*?%\}}"
)
_ONE = ("date", "note", "footnote", "link", "heading", "table", "chart", "index")
_NONE = ("notes", "findings", "checks", "footnotes", "kpi_tables", "chapters")


def inserts_in_pages_are_known(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each insert of a page has a known word, the right number of names, and names what is there."""
    for page in pages:
        alone = {(token.map or [0])[0] + 1 for token in page.tokens if token.type == "insert_block" and not token.level}
        titles = page.heading_lines()
        blocks: dict[str, int] = {}
        for insert, place in page.inserts():
            if insert.word == "heading" and place.line not in titles:
                hint = "a heading has a line of its own: ## {{ heading ID }}"
                yield Problem(place, f"'{insert.raw}' stands in a text", hint)
            elif insert.word in BLOCK and place.line not in alone:
                yield Problem(
                    place,
                    f"'{insert.raw}' does not stand alone",
                    "give it a line of its own, outside lists, between empty lines",
                )
            elif insert.word in BLOCK and blocks.setdefault(insert.raw, place.line) != place.line:
                text = f"'{insert.raw}' stands twice on the page"
                yield Problem(place, text, f"it is on line {blocks[insert.raw]} already; take one of them out")
            else:
                yield from check(insert, report, page.section, place)
        for offset, message, hint in broken(page.prose()):
            yield Problem(page.place(offset), message, hint)


def broken(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield where an insert is not closed, or has other braces than its own; what is wrong, what to write."""
    masked = PATTERN.sub(lambda match: " " * len(match.group()), source)
    for pair in ("{{", "}}"):
        at = masked.find(pair)
        while at >= 0:
            yield at, "'{{' or '}}' without its partner", "an insert is one line: {{ value NAME }}"
            at = masked.find(pair, at + 2)
    for match in _ODD_BRACES.finditer(masked):
        words = " ".join((match[1] or match[2] or "").split())
        hint = f"write {{{{ {words} }}}}" if words else "write {{ value NAME }}: inserts have no logic"
        yield match.start(), f"'{match.group()}' is not an insert", hint


def inserts_in_data_are_known(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """The same for the texts of the data, where only words that stand inside a sentence are allowed."""
    for language in report.languages:
        for name, section in report.sections.items():
            for insert, place in inserts_in(section, language.id):
                yield from _inline_only(insert, report, name, place)
        for insert, place in inserts_in((report.notes, report.coverage), language.id):
            yield from _inline_only(insert, report, "", place)
        for text in names_in(report):
            if "{{" in (text.get(language.id) or ""):
                hint = "a title, a name and a heading are plain words"
                yield Problem(text.place_in(language.id), "an insert stands in a name", hint)
        for text in texts_in((report.notes, report.coverage, report.sections)):
            for _, message, hint in broken(text.get(language.id) or ""):
                yield Problem(text.place_in(language.id), message, hint)


def names_in(report: Report) -> Iterator[Text]:
    """Yield the texts that are shown as they stand: titles, names and headings, where an insert is not resolved."""
    yield from texts_in((report.file, report.units, report.terms, report.frameworks))
    for section in report.sections.values():
        yield from texts_in((section.title, section.short, section.headings, section.events))
        for table in section.tables.values():
            if table.kind in ("records", "matrix"):
                yield from texts_in(table.columns)
            if table.kind == "matrix":
                yield from texts_in((table.corner, [row.label for row in table.rows.values()]))


def _inline_only(insert: Insert, report: Report, section: str, place: Place) -> Iterator[Problem]:
    if insert.word in BLOCK or insert.word == "heading":
        yield Problem(
            place,
            f"'{insert.raw}' cannot stand in a text of the data",
            "only value, change, compare, share, rank, date, period, term, note, footnote and link can",
        )
    else:
        yield from check(insert, report, section, place)


def check(insert: Insert, report: Report, section: str, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with *insert*, used in *section*."""
    known = {**INLINE, **BLOCK}
    if insert.word not in known:
        yield Problem(place, f"there is no insert '{insert.word}'", did_you_mean(insert.word, known, listed="inserts"))
        return
    if insert.word in _ONE and len(insert.args) != 1:
        yield Problem(
            place,
            f"'{insert.raw}' has {len(insert.args)} names, one belongs there",
            f"write {known[insert.word]}",
        )
        return
    if insert.word in _NONE and insert.args:
        text = f"'{insert.raw}' has {len(insert.args)} name{'s' if len(insert.args) > 1 else ''}, none belongs there"
        yield Problem(place, text, f"write {known[insert.word]}")
        return
    if insert.word in ("value", "term", "tiles", "register") and not insert.args:
        yield Problem(place, f"'{insert.raw}' names nothing", f"write {known[insert.word]}")
        return
    match insert.word:
        case "value":
            yield from _value(insert, report, section, place)
        case "change" | "compare" | "share" | "rank":
            try:
                said(insert, report, section, place)
            except Problems as found:
                yield from found.found
        case "term":
            name, *rest = insert.args
            if name not in report.terms:
                yield Problem(
                    place,
                    f"there is no term '{name}'",
                    did_you_mean(name, report.terms) or "add it to a file in data/terms",
                )
            if rest and rest != ["both"]:
                yield Problem(place, f"'{' '.join(rest)}' is not a form of a term", "write 'both', or nothing")
        case "date" | "footnote" | "table" | "chart":
            yield from _local(insert, report, section, place)
        case "period":
            for name in insert.args:
                if name not in report.file.periods:
                    yield Problem(
                        place,
                        f"there is no period '{name}'",
                        did_you_mean(name, report.file.periods, listed="periods"),
                    )
        case "note":
            if insert.args[0] not in report.notes:
                yield Problem(
                    place,
                    f"there is no editor's note '{insert.args[0]}'",
                    did_you_mean(insert.args[0], report.notes) or "add it to data/notes.yaml",
                )
        case "index":
            if insert.args[0] not in report.frameworks:
                hint = did_you_mean(insert.args[0], report.frameworks, listed="frameworks")
                yield Problem(place, f"there is no framework '{insert.args[0]}'", hint)
        case "link":
            yield from _link(insert.args[0], report, place)
        case "tiles":
            for name in insert.args:
                yield from _indicator(name, report, section, place)
        case "register":
            kinds = {term.kind for term in report.terms.values()}
            for kind in insert.args:
                if kind not in kinds:
                    yield Problem(
                        place,
                        f"there is no term of the kind '{kind}'",
                        did_you_mean(kind, kinds, listed="kinds"),
                    )


def _value(insert: Insert, report: Report, section: str, place: Place) -> Iterator[Problem]:
    call = value_call(insert.args)
    yield from _indicator(call.name, report, section, place)
    indicator = report.indicator(call.name, section)
    if indicator is None:
        return
    if call.period and call.period not in report.file.periods:
        known = [*FORMS, *indicator.values]
        yield Problem(
            place,
            f"'{call.period}' is neither a period nor a form",
            did_you_mean(call.period, known, listed="here"),
        )
    elif call.period and call.period not in indicator.values:
        yield Problem(
            place,
            f"'{indicator.id}' has no value for '{call.period}'",
            f"it has: {', '.join(indicator.values) or 'none'}",
        )
    elif not indicator.values and indicator.id in unsettled(report):
        return
    elif not call.period and not indicator.values:
        yield Problem(place, f"'{indicator.id}' has no value to show", "it is not disclosed; say so in words")
    elif report.file.period not in report.file.periods:
        return
    elif not call.period and len(indicator.values) > 1 and report.file.period not in indicator.values:
        yield Problem(
            place,
            f"'{indicator.id}' has several values and none for {report.file.period}",
            f"name one of: {', '.join(indicator.values)}",
        )
    for form in call.forms:
        if form not in FORMS:
            yield Problem(place, f"'{form}' is not a form of a value", did_you_mean(form, FORMS, listed="forms"))
    if "as" in call.forms and call.qualifier not in get_args(Qualifier):
        yield Problem(
            place,
            f"'{call.qualifier}' is not a qualifier",
            did_you_mean(call.qualifier, get_args(Qualifier), listed="qualifiers"),
        )
    elif call.qualifier == "range" or (call.qualifier == "several" and not _is_vague(indicator, call.period, report)):
        yield Problem(place, f"'{call.qualifier}' cannot be said of a figure by the text", "it stands in the data")


def _is_vague(indicator: Indicator, period: str, report: Report) -> bool:
    """Return whether there is a word for several times the figure: dozens, hundreds, thousands."""
    observation = indicator.values.get(period or period_meant(indicator, report))
    return observation is not None and f"several.{observation.value}" in phrases_of(report)


def _indicator(name: str, report: Report, section: str, place: Place) -> Iterator[Problem]:
    if report.indicator(name, section) is not None:
        return
    home, local = split(name, section)
    found = report.sections.get(home)
    if found is None:
        yield Problem(place, f"there is no section '{home}'", did_you_mean(home, report.sections, listed="sections"))
    else:
        hint = (
            did_you_mean(local, found.indicators) or f"indicators are under 'indicators' in data/sections/{home}.yaml"
        )
        yield Problem(place, f"there is no indicator '{local}' in section '{home}'", hint)


def _local(insert: Insert, report: Report, section: str, place: Place) -> Iterator[Problem]:
    home, local = split(insert.args[0], section)
    kind = {"date": "events"}.get(insert.word, insert.word + "s")
    found = report.sections.get(home)
    if found is None:
        yield Problem(place, f"there is no section '{home}'", did_you_mean(home, report.sections, listed="sections"))
    elif local not in getattr(found, kind):
        one = kind.removesuffix("s")
        hint = did_you_mean(local, getattr(found, kind), listed=f"{kind} here")
        yield Problem(place, f"there is no {one} '{local}' in section '{home}'", hint)


def _link(target: str, report: Report, place: Place) -> Iterator[Problem]:
    stem, _, heading = target.partition(".")
    if stem not in report.sections:
        yield Problem(place, f"there is no page '{stem}'", did_you_mean(stem, report.sections, listed="pages"))
    elif heading and heading not in report.sections[stem].headings:
        yield Problem(
            place,
            f"there is no heading '{heading}' on the page '{stem}'",
            did_you_mean(heading, report.sections[stem].headings),
        )
