"""The structure of a page - paragraphs, lists, quotations under each heading - and how two pages differ in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from crossfoot.narrative import Page, heading_id

_LISTS = {"bullet_list_open": "list", "ordered_list_open": "numbered list"}


@dataclass(slots=True)
class Shape:
    """One thing under a heading: some paragraphs in a row, a list, a quotation, a table, an insert alone on a line."""

    kind: str
    """'paragraph', 'list', 'numbered list', 'quotation', 'table', 'code', 'line', or the insert itself."""
    line: int
    size: int = 1
    """How many paragraphs in a row, points of the list, cells of the table."""

    def __str__(self) -> str:
        """Return it as an author calls it: a list of 3 points."""
        number = f"{self.size} " if self.size > 1 else ""
        if self.kind.startswith("paragraph"):
            head, _, tail = self.kind.partition(" ")
            words = f"{number or 'a '}{head}{'s' if self.size > 1 else ''} {tail}"
        elif self.kind in ("list", "numbered list"):
            words = f"a {self.kind} of {self.size} point{'' if self.size == 1 else 's'}"
        elif self.kind == "table":
            words = f"a table of {self.size} cells"
        else:
            words = f"'{self.kind}'" if self.kind.startswith("{{") else f"a {self.kind}"
        return words.strip()


@dataclass(slots=True)
class Part:
    """What stands under one heading."""

    heading: str
    """Its id, '' for the beginning of the page."""
    line: int
    shapes: list[Shape] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a part of a translation and that of the original."""

    line: int
    """Of the translation."""
    message: str
    line_of_original: int


def parts(page: Page) -> dict[str, Part]:
    """Return what stands under each heading of *page*, by the heading's id."""
    found = {"": Part("", 1)}
    part = found[""]
    inside: list[str] = []
    """Lists, points and quotations that are open."""
    lists: list[Shape] = []
    tokens = page.tokens
    for at, token in enumerate(tokens):
        line = (token.map or [0])[0] + 1
        if token.type == "heading_open" and not token.level:
            name = heading_id(tokens[at : at + 3])
            if name is not None:
                part = found[name] = Part(name, line)
        elif token.type in _LISTS:
            lists.append(Shape(_LISTS[token.type], line, 0))
            part.shapes.append(lists[-1])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type in ("list_item_open", "blockquote_open"):
            inside.append(token.type)
            if token.type == "list_item_open":
                lists[-1].size += 1
            else:
                part.shapes.append(Shape("quotation", line))
        elif token.type in ("list_item_close", "blockquote_close"):
            inside.pop()
        elif token.type == "paragraph_open" or (token.type == "heading_open" and token.level):
            _paragraph(part.shapes, inside, tokens[at - 1].type if at else "", line)
        else:
            _rest(part.shapes, token, line)
    return found


def _paragraph(shapes: list[Shape], inside: Sequence[str], before: str, line: int) -> None:
    """Add a paragraph to *shapes*; the first of a list point is the point itself."""
    if before == "list_item_open":
        return
    where = {"list_item_open": " in a list point", "blockquote_open": " of a quotation"}
    kind = "paragraph" + (where[inside[-1]] if inside else "")
    if shapes and shapes[-1].kind == kind:
        shapes[-1].size += 1
    else:
        shapes.append(Shape(kind, line))


def _rest(shapes: list[Shape], token: Any, line: int) -> None:
    if token.type == "insert_block":
        shapes.append(Shape(token.meta["insert"].raw, line))
    elif token.type == "table_open":
        shapes.append(Shape("table", line, 0))
    elif token.type in ("td_open", "th_open"):
        shapes[-1].size += 1
    elif token.type in ("fence", "hr"):
        shapes.append(Shape("block of code" if token.type == "fence" else "line", line))


def differences(part: Part, original: Part) -> Iterator[Difference]:
    """Yield where *part* of a translation is built differently from the *original*.

    An insert that stands alone counts only where both have it; that one is missing is another rule's matter.
    """
    shared = {one.kind for one in part.shapes} & {one.kind for one in original.shapes}
    mine, his = _comparable(part.shapes, shared), _comparable(original.shapes, shared)
    matcher = SequenceMatcher(None, [one.kind for one in his], [one.kind for one in mine], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(mine[first:last], his[start:end], strict=True):
                if one.size != other.size:
                    yield Difference(one.line, f"{one} here, {other} in the original", other.line)
            continue
        next_line = mine[first].line if first < len(mine) else part.line
        near = his[start].line if start < len(his) else original.line
        for other in his[start:end]:
            moved = other.kind.startswith("{{")
            missing = "are missing here" if other.size > 1 and other.kind.startswith("paragraph") else "is missing here"
            text = f"{other} stands elsewhere in the original" if moved else f"{other} of the original {missing}"
            yield Difference(next_line, text, other.line)
        for one in mine[first:last]:
            if not one.kind.startswith("{{"):
                yield Difference(one.line, f"{one} here, but not in the original", near)


def _comparable(shapes: Sequence[Shape], shared: set[str]) -> list[Shape]:
    """Return *shapes* without the inserts that only one side has, paragraphs that stood around them in one row."""
    kept: list[Shape] = []
    for one in shapes:
        if one.kind.startswith("{{") and one.kind not in shared:
            continue
        if kept and one.kind == kept[-1].kind and one.kind.startswith("paragraph"):
            kept[-1] = Shape(one.kind, kept[-1].line, kept[-1].size + one.size)
        else:
            kept.append(one)
    return kept
