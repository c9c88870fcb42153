"""Rules: the pages of the languages match each other and the data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from crossfoot import structure
from crossfoot.inserts import BLOCK, without_form
from crossfoot.model import Report, Section
from crossfoot.narrative import Page, blocks, heading_id
from crossfoot.places import Place, Problem, did_you_mean
from crossfoot.rules.inserts import broken, check


def every_page_has_its_twin(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each page exists in each language, and belongs to a section of the data; each section has its page."""
    stems = {
        language.id: {page.stem for page in pages if page.language == language.id} for language in report.languages
    }
    wanted = {"index", *report.file.chapters, *report.file.pages}
    told = wanted.symmetric_difference(report.sections) - {"index", "home"}  # by chapters_exist
    for language, found in stems.items():
        for stem in sorted(wanted - found - told):
            yield from _missing_page(stem, language, report, stems)
    for page in pages:
        if page.stem not in wanted | told:
            yield Problem(
                Place(page.file),
                f"'{page.stem}' is neither a chapter nor a page of the report",
                did_you_mean(page.stem, wanted, listed="pages"),
            )


def _missing_page(stem: str, language: str, report: Report, stems: dict[str, set[str]]) -> Iterator[Problem]:
    """Yield that a page is missing, if only as a warning, unless it is left out of the language on purpose."""
    place, message = Place(f"content/{language}/{stem}.md"), "this page is missing"
    reference = report.languages[0].id
    if report.file.untranslated == "error" or stem not in stems[reference]:
        yield Problem(place, message, "every page exists in every language")
    elif report.file.untranslated == "fallback" or stem == "index":
        hint = f"write it; until then content/{reference}/{stem}.md is shown in its place"
        yield Problem(place, message, hint, "warning")


def headings_come_from_data(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each heading is `## {{ heading ID }}` with an id of the page's section, each id once; none is left out."""
    for page in pages:
        section = report.sections.get(page.section)
        if section is None:
            continue
        seen: dict[str, int] = {}
        called = {insert.args[0] for insert, _ in page.inserts() if insert.word == "heading" and insert.args}
        typed = False
        level = 1
        for block in blocks(page.tokens):
            if block[0].type != "heading_open":
                continue
            line = (block[0].map or [0])[0] + 1
            place = Place(page.file, line)
            depth = int(block[0].tag[1:])
            name = heading_id(block)
            if name is None:
                typed = True
                meant = _heading_of(block, section, page.language) or "ID"
                marks = "#" * max(depth, 2)
                hint = f"write {marks} {{{{ heading {meant} }}}}; its title stands in data/sections/{section.id}.yaml"
                yield Problem(place, "the heading is typed here", hint)
                continue
            elif "".join(child.content for token in block for child in token.children or ()).strip() != _typed(block):
                hint = f"write {'#' * depth} {{{{ heading {name} }}}} alone; its title stands in the data"
                yield Problem(place, "the heading has words beside its insert", hint)
            if name not in section.headings:
                yield Problem(
                    place,
                    f"there is no heading '{name}' in section '{section.id}'",
                    did_you_mean(name, section.headings, listed="headings"),
                )
            if name in seen:
                yield Problem(place, f"the heading '{name}' stands twice", f"it is on line {seen[name]} already")
            if depth == 1:
                yield Problem(place, "a page has one title, made from its data", "begin with ##")
            elif depth > level + 1:
                yield Problem(
                    place,
                    f"a heading of level {depth} follows one of level {level}",
                    f"write {'#' * (level + 1)}",
                )
            seen.setdefault(name, line)
            level = depth
        for name, heading in section.headings.items():
            if name not in seen and name not in called and not typed:
                yield Problem(
                    heading.place,
                    f"the heading '{name}' is not on the page {page.file}",
                    f"add ## {{{{ heading {name} }}}}, or take it out",
                )


def _heading_of(block: list[Token], section: Section, language: str) -> str:
    """Return the id of the heading whose title is typed in *block*, '' if there is none."""
    words = "".join(token.content for token in block if token.type == "inline").casefold()
    titles = {name: (one.title.get(language) or "").casefold() for name, one in section.headings.items()}
    return next((name for name, title in titles.items() if title and title in words), "")


def _typed(block: list[Token]) -> str:
    """Return the insert of a heading as it was typed."""
    children = [child for token in block for child in token.children or ()]
    return next(child.content for child in children if child.type == "insert")


def inserts_are_the_same(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Under each heading, the translation carries the same inserts as the reference; only their order may differ.

    Where one of them is wrong in itself, they are compared once it is mended.
    """
    if len(report.languages) < 2:
        return
    reference = report.languages[0].id
    originals = {page.stem: page for page in pages if page.language == reference}
    for page in pages:
        original = originals.get(page.stem)
        if page.language == reference or original is None:
            continue
        ours, theirs = _parts(page, report), _parts(original, report)
        if set(ours) != set(theirs):
            continue  # headings_come_from_data says which is missing
        for name, his in theirs.items():
            mine = ours[name]
            if mine.is_faulty or his.is_faulty:
                continue
            for raw, times in (his.inserts - mine.inserts).items():
                text = f"'{raw}' is missing under '{name or 'the beginning'}'" + (
                    f", {times} times" if times > 1 else ""
                )
                hint = f"{original.file}:{his.places[raw].line} has it"
                yield Problem(Place(page.file, mine.line), text, hint)
            for raw, _ in (mine.inserts - his.inserts).items():
                text = f"'{raw}' stands under '{name or 'the beginning'}' but not in the original"
                yield Problem(mine.places[raw], text, f"compare {original.file}:{his.line}")
        if list(ours) != list(theirs):
            yield Problem(
                Place(page.file),
                "the headings stand in another order than in the original",
                f"compare {original.file}",
            )


def paragraphs_correspond(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Under each heading, a translation is built as its original: paragraphs, points, quotations, tables, in order."""
    reference = report.languages[0].id if report.languages else ""
    originals = {page.stem: page for page in pages if page.language == reference}
    for page in pages:
        original = originals.get(page.stem)
        if page.language == reference or original is None:
            continue
        ours, theirs = structure.parts(page), structure.parts(original)
        if set(ours) != set(theirs):
            continue  # headings_come_from_data says which is missing
        for heading in theirs:
            for one in structure.differences(ours[heading], theirs[heading]):
                hint = f"compare {original.file}:{one.line_of_original}: each has its counterpart, in the same order"
                yield Problem(Place(page.file, one.line), one.message, hint)


@dataclass
class _Part:
    """What stands under one heading."""

    line: int
    """Where the heading is."""
    inserts: Counter[str] = field(default_factory=Counter)
    """How often each insert is there, without its form."""
    places: dict[str, Place] = field(default_factory=dict)
    """Where each insert is last."""
    is_faulty: bool = False
    """One of its inserts is wrong in itself."""


def _parts(page: Page, report: Report) -> dict[str, _Part]:
    """Return what stands under each heading, by the heading's id."""
    titles = page.heading_lines()
    parts = {"": _Part(1)}
    current = ""
    faults = [page.place(offset) for offset, _, _ in broken(page.prose())]
    for insert, place in page.inserts():
        if insert.word == "heading" and place.line not in titles:
            continue
        if insert.word == "heading":
            current = insert.args[0] if insert.args else ""
            parts[current] = _Part(place.line)
            continue
        faults += [place for _ in check(insert, report, page.section, place)]
        if insert.word in ("period", "link"):
            continue
        raw = without_form(insert)
        if insert.word in BLOCK and raw in parts[current].places:
            faults.append(place)  # it stands twice, which another rule says
        parts[current].inserts[raw] += 1
        parts[current].places[raw] = place
    for fault in faults:
        max((part for part in parts.values() if part.line <= fault.line), key=lambda one: one.line).is_faulty = True
    return parts


_BULLET = re.compile(r"(?m)^[ \t]*([•●▪◦‣∙■□➢])[ \t\u00a0\u3000]")
_DEFINITION = re.compile(r"(?m)^ {0,3}\[[^\]\n]+\]:[ \t]*<?(\S+?)>?(?=\s|$)")
_LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?([^)\s>]*)")


def links_are_whole(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A link typed by hand leads to http(s) or mail; inside the report, links are inserts; pictures are not typed."""
    for page in pages:
        source = page.prose()
        for match in _LINK.finditer(source):
            place = page.place(match.start())
            if match.group().startswith("!"):
                yield Problem(
                    place,
                    "a picture stands in the text",
                    "pictures are not part of a report's words; use a chart or a table",
                )
            elif not re.match(r"(?i)(https?|mailto):", match.group(1)):
                yield Problem(
                    place,
                    f"'{match.group(1)}' is not an address on the web",
                    "write https://..., or {{ link PAGE }} inside the report",
                )
        for match in _BULLET.finditer(source):
            hint = "write - and a space, and an empty line before the first point"
            yield Problem(page.place(match.start(1)), f"'{match[1]}' does not make a list", hint)
        for match in _DEFINITION.finditer(source):
            if not re.match(r"(?i)(https?|mailto):", match.group(1)):
                text = f"'{match.group(1)}' is not an address on the web"
                yield Problem(page.place(match.start(1)), text, "write https://...")
        for match in re.finditer(r"<(?=[a-zA-Z/!])[^<>]{0,1000}>", source):
            if not re.match(r"<(https?|mailto):", match.group()):
                tag = " ".join(match.group().split())
                yield Problem(
                    page.place(match.start()),
                    f"'{tag if len(tag) <= 60 else tag[:57] + '...'}' is HTML",
                    "write Markdown; HTML would be shown as it stands",
                )
