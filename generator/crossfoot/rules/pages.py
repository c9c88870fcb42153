"""Rules: the pages of the languages match each other and the data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from markdown_it.token import Token

from crossfoot.inserts import value_call
from crossfoot.model import Report
from crossfoot.narrative import Page, blocks, heading_id
from crossfoot.places import Place, Problem, did_you_mean


def every_page_has_its_twin(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each page exists in each language, and belongs to a section of the data; each section has its page."""
    stems = {
        language.id: {page.stem for page in pages if page.language == language.id} for language in report.languages
    }
    everywhere = set().union(*stems.values()) if stems else set()
    wanted = {"index", *report.file.chapters, *report.file.pages}
    for language, found in stems.items():
        for stem in sorted((everywhere | wanted) - found):
            yield Problem(
                Place(f"content/{language}/{stem}.md"),
                "this page is missing",
                "every page exists in every language",
            )
    for page in pages:
        if page.stem not in wanted:
            yield Problem(
                Place(page.file),
                f"'{page.stem}' is neither a chapter nor a page of the report",
                did_you_mean(page.stem, wanted, listed="pages"),
            )


def headings_come_from_data(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each heading is `## {{ heading ID }}` with an id of the page's section, each id once; none is left out."""
    for page in pages:
        section = report.sections.get(page.section)
        if section is None:
            continue
        seen: dict[str, int] = {}
        level = 1
        for block in blocks(page.tokens):
            if block[0].type != "heading_open":
                continue
            line = (block[0].map or [0])[0] + 1
            place = Place(page.file, line)
            depth = int(block[0].tag[1:])
            name = heading_id(block)
            if name is None:
                yield Problem(
                    place,
                    "the heading is typed here",
                    f"write {'#' * depth} {{{{ heading ID }}}}; its title stands in data/sections/{section.id}.yaml",
                )
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
            if name not in seen:
                yield Problem(
                    heading.place,
                    f"the heading '{name}' is not on the page {page.file}",
                    f"add ## {{{{ heading {name} }}}}, or take it out",
                )


def _typed(block: list[Token]) -> str:
    """Return the insert of a heading as it was typed."""
    children = [child for token in block for child in token.children or ()]
    return next(child.content for child in children if child.type == "insert")


def inserts_are_the_same(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Under each heading, the translation carries the same inserts as the reference; only their order may differ."""
    if len(report.languages) < 2:
        return
    reference = report.languages[0].id
    originals = {page.stem: page for page in pages if page.language == reference}
    for page in pages:
        original = originals.get(page.stem)
        if page.language == reference or original is None:
            continue
        ours, theirs = _parts(page, report), _parts(original, report)
        for name in dict.fromkeys([*theirs, *ours]):
            mine, his = ours.get(name), theirs.get(name)
            if mine is None or his is None:
                continue
            for raw, times in (his[1] - mine[1]).items():
                text = f"'{raw}' is missing under '{name or 'the beginning'}'" + (
                    f", {times} times" if times > 1 else ""
                )
                yield Problem(Place(page.file, mine[0]), text, f"{original.file}:{his[0]} has it")
            for raw, _ in (mine[1] - his[1]).items():
                text = f"'{raw}' stands under '{name or 'the beginning'}' but not in the original"
                yield Problem(Place(page.file, mine[0]), text, f"compare {original.file}:{his[0]}")
        if list(ours) != list(theirs) and set(ours) == set(theirs):
            yield Problem(
                Place(page.file),
                "the headings stand in another order than in the original",
                f"compare {original.file}",
            )


def _parts(page: Page, report: Report) -> dict[str, tuple[int, Counter[str]]]:
    """Return, for each heading's id, its line and the inserts under it, each without its form."""
    titles = page.heading_lines()
    parts: dict[str, tuple[int, Counter[str]]] = {"": (1, Counter())}
    current = ""
    for insert, place in page.inserts():
        if insert.word == "heading" and place.line not in titles:
            continue
        if insert.word == "heading":
            current = insert.args[0] if insert.args else ""
            parts[current] = (place.line, Counter())
            continue
        args = list(insert.args)
        if insert.word == "value":
            call = value_call(insert.args)
            args = [call.name, *([call.period] if call.period in report.file.periods else [])]
        elif insert.word == "term":
            args = args[:1]
        if insert.word in ("period", "link"):
            continue
        parts[current][1]["{{ " + " ".join((insert.word, *args)) + " }}"] += 1
    return parts


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
        for match in re.finditer(r"<(?=[a-zA-Z/!])[^>\n]{0,60}>", source):
            if not re.match(r"<(https?|mailto):", match.group()):
                yield Problem(
                    page.place(match.start()),
                    f"'{match.group()}' is HTML",
                    "write Markdown; HTML would be shown as it stands",
                )
