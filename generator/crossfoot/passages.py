"""Cut a finished page into the passages that a search finds: headings with their text, tables by row, charts, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

_SILENT = ("button", "nav", "script", "style", "sup", "svg", "thead")
"""Elements whose words are no part of the text: a drawing is told in words below it, headings of columns repeat.

None is in another of its name, so that each can be skipped as a whole.
"""
_SILENT_CLASSES = frozenset(
    [
        "back",
        "chapters",
        "chart-data",
        "chart-words",
        "codes",
        "editor-note-kind",
        "editor-note-more",
        "marks",
        "note-sign",
        "places",
        "tiles",
        "tools",
        "table-claim",
        "table-evidence",
        "untranslated",
        "verdict-outcome",
        "visually-hidden",
    ]
)
"""The same by class: marks, ways back and on, and what is said by another passage, on this page or elsewhere."""
_HEADINGS = frozenset(["h2", "h3", "h4"])
_BLOCKS = frozenset(["blockquote", "dd", "dt", "li", "p", "pre"])
_CELLS = frozenset(["dd", "dt", "li", "p", "td", "th"])
"""Parts of a row, which a gap keeps apart."""
_TITLES = {"table": "caption-title", "chart": "chart-title", "note": "editor-note-title"}
"""The class of what names a table, a chart, a note."""
GAP = " · "
"""What stands between the cells of a row."""

_VOID = frozenset(["br", "col", "hr", "img", "input", "link", "meta", "wbr"])
_TELLING = _HEADINGS | _BLOCKS | _CELLS | frozenset(["div", "dl", "figure", "section", "tr"])
"""Elements that can tell something without a class."""
_HOLDERS = frozenset(["editor-register", "notes-list"])
"""Classes of what holds notes."""
_TELLING_CLASSES = _SILENT_CLASSES | _HOLDERS | frozenset(["editor-note", *_TITLES.values()])
"""Classes that tell something on any element."""
_TOKEN = re.compile(
    rf"<(?:!--.*?--|({'|'.join(_SILENT)})\b(?:[^>]*/|[^>]*>.*?</\1)|(/?)([a-z][a-z0-9]*)([^>]*))>([^<]*)", re.DOTALL
)
"""A comment, a silent element or a tag, and the text behind it. In our own HTML no attribute has a bare < or >."""
_ID = re.compile(r' id="([^"]*)"')
_CLASS = re.compile(r' class="([^"]*)"')


@dataclass
class Part:
    """What stands under one anchor: a heading with its text, a table with its rows, a chart, a note."""

    kind: str
    """'text', 'table', 'chart' or 'note'; what is not cut from a page has others."""
    anchor: str
    """Empty at the top of the page."""
    title: str = ""
    texts: list[str] = field(default_factory=list)
    """Paragraphs, points or rows, in the order of the page."""
    unit: str = ""
    """Of a figure: what tables call its unit."""


def parts_of(html: str) -> list[Part]:
    """Return the parts of the body *html* of a page, in its order, those without words left out.

    It has to be our own well-formed HTML: most of its tags tell nothing, and cost next to nothing.
    """
    reader = _Reader()
    for _, closing, tag, rest, text in _TOKEN.findall(html):
        one = reader.opened[-1]
        if closing:
            if tag == one.tag:
                reader.close()
        elif one.silent or not (tag in _TELLING or ' class="' in rest) or not reader.open(tag, rest):
            one.same += tag == one.tag
        if text and reader.opened[-1].gathering:
            reader.words.append(unescape(text))
    return [part for part in reader.parts if part.title or part.texts]


@dataclass(slots=True)
class _Open:
    """An element that is being read and tells something; most elements tell nothing, and are at most counted."""

    tag: str
    anchor: str = ""
    classes: frozenset[str] = frozenset()
    silent: bool = False
    """Whether the words in it are no part of the text."""
    gathering: bool = False
    """Whether the words in it are gathered, for itself or for what it is in."""
    in_row: bool = False
    """Whether it is a row or in a row."""
    outside: Part | None = None
    """The part to which reading returns at its end, where it began one of its own."""
    gathers: str = ""
    """'title', 'text' or 'row' where its words are gathered."""
    same: int = 0
    """How many elements of its name that tell nothing are open in it, and end before it."""


class _Reader:
    """Goes through a page in reading order."""

    def __init__(self) -> None:
        self.here = Part("text", "")
        self.parts = [self.here]
        self.opened = [_Open("")]
        """The open elements that tell something, and below them the page itself."""
        self.words: list[str] = []
        """What the paragraph, row or title that is being read says so far."""

    def open(self, tag: str, rest: str) -> bool:
        """Enter an element, and return whether it tells something until its end."""
        named = _CLASS.search(rest)
        classes = frozenset(named[1].split() if named else ())
        if tag in _VOID or (tag not in _TELLING and classes.isdisjoint(_TELLING_CLASSES)):
            return False
        if not classes.isdisjoint(_SILENT_CLASSES):
            self.opened.append(_Open(tag, silent=True))
            return True
        above = self.opened[-1]
        found = _ID.search(rest)
        one = _Open(tag, unescape(found[1]) if found else "", classes, False, above.gathering, above.in_row)
        if kind := self._begins(one):
            one.outside = self.here
            self._part(kind, one.anchor)
        one.gathers = self._gathers(one)
        if not one.gathers and one.outside is None and tag != "dl" and classes.isdisjoint(_HOLDERS):
            return False
        one.gathering = one.gathering or bool(one.gathers)
        one.in_row = one.in_row or one.gathers == "row"
        self.opened.append(one)
        return True

    def _begins(self, one: _Open) -> str:
        """Return the kind of the part that begins with an element; empty where none does."""
        if not one.anchor:
            return ""
        if one.tag == "div" and "table" in one.classes:
            return "table"
        if one.tag == "figure" and "chart" in one.classes:
            return "chart"
        if one.tag == "section":
            return "note" if self._inside("editor-register") else "text"
        is_note = "editor-note" in one.classes or (one.tag == "li" and self._inside("notes-list"))
        return "note" if is_note else ""

    def _gathers(self, one: _Open) -> str:
        """Return what the words of an element are gathered as, and make ready for them."""
        if one.tag in _HEADINGS or _TITLES.get(self.here.kind) in one.classes:
            self._end_text()
            if one.tag in _HEADINGS and (one.anchor or self.here.title or self.here.texts or not self.here.anchor):
                self._part("text", one.anchor or self.here.anchor)
            return "title"
        if one.in_row:
            if one.tag in _CELLS and (said := "".join(self.words).rstrip()) and not said.endswith(GAP.rstrip()):
                self.words.append(GAP)
            return ""
        if one.tag == "tr" or (one.tag == "div" and self.opened[-1].tag == "dl"):
            self._end_text()
            return "row"
        if one.tag in _BLOCKS:
            self._end_text()
            return "text"
        return ""

    def _inside(self, name: str) -> bool:
        return any(name in one.classes for one in self.opened)

    def _part(self, kind: str, anchor: str) -> None:
        self._end_text()
        self.here = Part(kind, anchor)
        self.parts.append(self.here)

    def close(self) -> None:
        """Leave an element: what it began ends with it, but the part of a heading goes on after the heading."""
        one = self.opened[-1]
        if one.same:
            one.same -= 1
            return
        self.opened.pop()
        if one.gathers == "title":
            self.here.title = self._said()
        elif one.gathers:
            self._end_text()
        if one.outside is not None:
            self._end_text()
            self.here = one.outside

    def _said(self) -> str:
        said = " ".join("".join(self.words).split())
        self.words = []
        return said.removesuffix(GAP.rstrip())

    def _end_text(self) -> None:
        """Put down the paragraph, point or row that ends here."""
        if said := self._said():
            self.here.texts.append(said)
