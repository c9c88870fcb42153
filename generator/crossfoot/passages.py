"""Cut a finished page into the passages that a search finds: headings with their text, tables by row, charts, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(["br", "col", "hr", "img", "input", "link", "meta", "wbr"])
_SILENT = frozenset(["button", "nav", "script", "style", "sup", "svg", "thead"])
"""Elements whose words are no part of the text: a drawing is told in words below it, headings of columns repeat."""
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
    """Return the parts of the body *html* of a page, in its order, those without words left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [part for part in reader.parts if part.title or part.texts]


@dataclass
class _Open:
    """An element that is being read, and what held before it."""

    tag: str
    anchor: str
    classes: frozenset[str]
    silent: bool
    """Whether the words outside it are no part of the text."""
    outside: Part | None = None
    """The part to which reading returns at its end, where it began one of its own."""
    gathers: str = ""
    """'title', 'text' or 'row' where its words are gathered."""


class _Reader(HTMLParser):
    """Goes through a page in reading order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.here = Part("text", "")
        self.parts = [self.here]
        self.opened: list[_Open] = []
        self.silent = False
        self.gathering = 0
        """How many of the open elements gather words."""
        self.words: list[str] = []
        """What the paragraph, row or title that is being read says so far."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        if tag in _VOID:
            return
        attributes = {name: value or "" for name, value in attrs}
        one = _Open(tag, attributes.get("id", ""), frozenset(attributes.get("class", "").split()), self.silent)
        self.silent = self.silent or tag in _SILENT or not one.classes.isdisjoint(_SILENT_CLASSES)
        if not self.silent:
            if kind := self._begins(one):
                one.outside = self.here
                self._part(kind, one.anchor)
            one.gathers = self._gathers(one)
            self.gathering += bool(one.gathers)
        self.opened.append(one)

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
        if self.opened and any(above.gathers == "row" for above in self.opened):
            if one.tag in _CELLS and (said := "".join(self.words).rstrip()) and not said.endswith(GAP.rstrip()):
                self.words.append(GAP)
            return ""
        if one.tag == "tr" or (one.tag == "div" and self.opened and self.opened[-1].tag == "dl"):
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

    def handle_endtag(self, tag: str) -> None:
        """Leave an element: what it began ends with it, but the part of a heading goes on after the heading."""
        if tag in _VOID or not self.opened:
            return
        one = self.opened.pop()
        self.silent = one.silent
        if one.gathers:
            self.gathering -= 1
            if one.gathers == "title":
                self.here.title = self._said()
            else:
                self._end_text()
        if one.outside is not None:
            self._end_text()
            self.here = one.outside

    def handle_data(self, data: str) -> None:
        """Take a stretch of text."""
        if self.gathering and not self.silent:
            self.words.append(data)

    def _said(self) -> str:
        said = re.sub(r"\s+", " ", "".join(self.words)).strip()
        self.words = []
        return said.removesuffix(GAP.rstrip())

    def _end_text(self) -> None:
        """Put down the paragraph, point or row that ends here."""
        if said := self._said():
            self.here.texts.append(said)
