"""Read content/*.md into pages: Markdown with its inserts found and placed, not yet HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_cjk_friendly import cjk_friendly  # type: ignore[import-untyped]

from crossfoot.fingerprint import names_below
from crossfoot.inserts import BLOCK, PATTERN, Insert, read
from crossfoot.model import ReportLanguage
from crossfoot.places import Place, Problem, Problems, did_you_mean
from crossfoot.shelf import Shelf
from crossfoot.textfile import is_left_behind, read_text


@dataclass(frozen=True)
class Page:
    """One content file in one language."""

    stem: str
    """environment; `index` is the language's home page."""
    language: str
    file: str
    """As the author knows it: content/en/environment.md."""
    source: str
    tokens: Sequence[Token]

    @property
    def section(self) -> str:
        """The data section whose names may stand here without their section."""
        return "home" if self.stem == "index" else self.stem

    def place(self, offset: int) -> Place:
        """Return the place of the character at *offset* of the source."""
        before = self.source[:offset]
        line = before.count("\n") + 1
        return Place(self.file, line, offset - (before.rfind("\n") + 1) + 1)

    def inserts(self) -> Iterator[tuple[Insert, Place]]:
        """Yield every insert outside code, in order, with its place."""
        for match in PATTERN.finditer(self.prose()):
            yield read(match), self.place(match.start())

    def heading_lines(self) -> frozenset[int]:
        """Return the lines, counted from 1, on which headings stand that are no part of a list or quotation."""
        heads = (token for token in self.tokens if token.type == "heading_open" and not token.level)
        return frozenset((token.map or [0])[0] + 1 for token in heads)

    def prose(self) -> str:
        """Return the source with code blanked out, character for character."""
        return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), self.source)


_CODE = re.compile(r"(?ms)^(```|~~~).*?^\1[ \t]*$|`[^`\n]+`")


def read_pages(
    folder: Path, languages: Sequence[ReportLanguage] | None, shelf: Shelf | None = None
) -> tuple[Page, ...]:
    """Return the pages of every language, in the order of file names; None takes each folder for a language.

    What *shelf* holds of them need not be read again.

    Raises:
        Problems: a folder or file that cannot be read, or that belongs to no language.
    """
    pages: list[Page] = []
    problems: list[Problem] = []
    shelf = shelf or Shelf()
    if languages is None:
        known = {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()
    else:
        known = {language.id for language in languages}
    for name, sort in names_below(folder).items():
        if sort == "folder" or is_left_behind(name):
            continue
        shown, inside = f"{folder.name}/{name}", name.split("/")
        if len(inside) > 1 and inside[0] not in known:
            hint = did_you_mean(inside[0], known, listed="languages")
            strange = f"'{inside[0]}' is not a language of this report"
            problems.append(Problem(Place(f"{folder.name}/{inside[0]}"), strange, hint, rule="pages"))
            continue
        if inside[0] not in known or not name.endswith(".md") or len(inside) != 2:
            hint = f"pages are content/LANGUAGE/NAME.md; languages: {', '.join(sorted(known))}"
            problems.append(Problem(Place(shown), "this file is not a page of the report", hint, rule="stray-file"))
            continue
        try:
            file = f"{folder}/{name}"
            make = partial(_page, file, inside[0], shown)
            pages.append(shelf.get(f"page {shown}", shelf.bytes_of(file), make))
        except Problems as found:
            problems.extend(found.found)
    missing = known - {page.language for page in pages}
    problems += [
        Problem(
            Place(f"{folder.name}/{one}"),
            "there are no pages in this language",
            "add at least index.md",
            rule="pages",
        )
        for one in sorted(missing)
    ]
    if problems:
        raise Problems(problems)
    return tuple(pages)


def _page(file: str, language: str, shown: str) -> Page:
    path = Path(file)
    source = read_text(path, shown)
    if not source.strip():
        hint = "write its words, or delete the file in every language"
        raise Problems([Problem(Place(shown), "the file says nothing", hint, rule="pages")])
    if re.match(r"---[ \t]*\n", source):
        hint = "delete it, down to the next '---': a page's title and order stand in the data"
        raise Problems([Problem(Place(shown, 1, 1), "'---' starts a block of keys", hint, rule="pages")])
    return Page(path.stem, language, shown, source, parser().parse(source, {}))


@cache
def parser() -> MarkdownIt:
    """Return the one Markdown engine: CommonMark, no raw HTML, inserts, and emphasis that knows Chinese punctuation."""
    engine = MarkdownIt("commonmark", {"html": False, "typographer": False})
    engine.use(cjk_friendly)
    engine.enable("table")
    engine.disable(["html_block", "html_inline", "image", "code"])
    engine.inline.ruler.before("escape", "insert", _inline_insert)
    engine.block.ruler.before("paragraph", "insert_block", _block_insert, {"alt": ["paragraph", "list", "blockquote"]})
    engine.validateLink = lambda url: bool(re.match(r"(?i)(https?|mailto):", url.strip()))  # type: ignore[method-assign]
    return engine


def _inline_insert(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    match = PATTERN.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("insert", "", 0)
        token.meta = {"insert": read(match)}
        token.content = match.group()
    state.pos = match.end()
    return True


def _block_insert(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.getLines(start, start + 1, state.blkIndent, False).strip()
    match = PATTERN.fullmatch(line)
    if match is None or read(match).word not in BLOCK:
        return False
    if not silent:
        token = state.push("insert_block", "", 0)
        token.meta = {"insert": read(match)}
        token.map = [start, start + 1]
        token.block = True
    state.line = start + 1
    return True


def blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the top-level blocks, each with all tokens inside it."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def heading_id(tokens: Sequence[Token]) -> str | None:
    """Return the id that a heading's `{{ heading ID }}` names; None if the block is no such heading."""
    if not tokens or tokens[0].type != "heading_open":
        return None
    children: list[Any] = [child for token in tokens for child in token.children or ()]
    for child in children:
        if child.type == "insert" and child.meta["insert"].word == "heading" and child.meta["insert"].args:
            name: str = child.meta["insert"].args[0]
            return name
    return None
