"""Read a finished page in reading order.

A tokenizer for our own well-formed HTML, and for nothing else: one pass, no library.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from crossfoot.parity.pages import Block, Container, Seen, Walked
from crossfoot.shelf import made_of
from crossfoot.shown import PageView

_TOKEN = re.compile(r"(?:(<svg\b.*?</svg>)|<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>)([^<]*)", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_CLASS = re.compile(r' class="([^" ]*)')
_LANG = re.compile(r' lang="([^"]*)"')
_WHOLE = frozenset(["p", "ul", "ol", "blockquote"])
"""Elements that hold sentences: with a language of their own, they stand in for a translation that is missing."""
_TABLE = re.compile(r' class="table\b')
_VOID = frozenset(["br", "col", "hr", "img", "input", "link", "meta", "wbr"])
_BLOCKS = frozenset(["p", "li", "td", "th", "dt", "dd", "caption", "summary"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_HOLDERS = frozenset(["div", "figure", "aside", "section", "li", "article", "dl"])
_SILENT = _HEADINGS | frozenset(["a", "cite", "sup", "code"])
"""Elements whose digits are names, addresses or marks; so are those with a class of `_SILENT_CLASS`."""
_ENTERED = _HEADINGS | _HOLDERS | frozenset(["ol"])
_TELLING = _BLOCKS | _HEADINGS | _HOLDERS | _SILENT | frozenset(["data", "time", "span", "ol"])
_SILENT_CLASS = re.compile(r' class="(?:term|number|note-sign|codes?)\b')
_FACTS = ("period", "part", "unit", "value", "upto", "qualifier", "omission", "claim")


def walk(view: PageView, languages: Mapping[str, str]) -> Walked:
    """Return what stands on *view*; *languages* gives the language of each tag, for stretches marked with `lang`."""
    values = ("walked", view.path, view.language, view.html, tuple(languages.items()))
    return made_of(values, lambda: _walked(view.path, view.language, view.html, languages))


def _walked(path: str, language: str, html: str, languages: Mapping[str, str]) -> Walked:
    walker = _Walker(language, languages)
    opened = walker.opened
    for drawing, closing, tag, rest, text in _TOKEN.findall(html):
        if tag in _TELLING or opened.get(tag) or ' lang="' in rest:
            if closing:
                walker.close(tag)
            elif tag not in _VOID:
                walker.open(tag, rest)
        elif drawing:
            walker.here.drawings.append(drawing)
        if text and not text.isspace():
            walker.text(text)
    return Walked(path, language, walker.containers)


class _Before(NamedTuple):
    """What held before an element began, and holds again after it."""

    here: Container
    silent: bool
    language: str
    attributes: Mapping[str, str] | None = None
    """Of a figure or date."""


class _Walker:
    """Goes through a page in reading order."""

    def __init__(self, language: str, languages: Mapping[str, str]) -> None:
        self.containers: dict[str, Container] = {}
        self.languages = languages
        self.language = self.page = language
        self.silent = False
        self.here = self._begin("", "")
        self.opened: dict[str, list[_Before | None]] = defaultdict(list)
        """By tag; None for an element that changes nothing. Most tags never change anything, and are not here."""
        self.said: list[str] | None = None
        """The words of the figure or date that is being read."""

    def text(self, text: str) -> None:
        """Take a stretch of text."""
        if self.said is not None:
            self.said.append(text)
        else:
            block = self.here.blocks[-1]
            (block.names if self.silent else block.words).append(text)

    def open(self, tag: str, rest: str) -> None:
        """Enter an element."""
        if ' lang="' not in rest:
            if tag in _BLOCKS and not (tag == "li" and ' id="' in rest):
                self._block(rest)
                self.opened[tag].append(None)
                return
            if not self._tells(tag, rest):
                self.opened[tag].append(None)
                return
        before = _Before(self.here, self.silent, self.language)
        spoken = _LANG.search(rest) if ' lang="' in rest else None
        if spoken is not None and tag in _WHOLE:
            self.language = self.languages.get(spoken[1], self.language)
        if tag in _ENTERED and rest:
            before = self._enter(tag, rest, before)
        if tag in _BLOCKS:
            self._block(rest)
        elif tag in ("data", "time") or (tag == "span" and "data-figure=" in rest):
            self.said = []
            before = before._replace(attributes=dict(_ATTRIBUTE.findall(rest)))
        elif tag in _SILENT or (rest and _SILENT_CLASS.match(rest)):
            self.silent = True
        if spoken is not None and tag not in _WHOLE:
            self.language = self.languages.get(spoken[1], self.language)
            self.silent = True
        self.opened[tag].append(before)

    def _block(self, rest: str) -> None:
        name = _CLASS.match(rest) if rest else None
        self.here.blocks.append(Block(name[1] if name else "", self.language))

    def _tells(self, tag: str, rest: str) -> bool:
        """Return whether an element changes where one is, or how its text is taken."""
        if tag == "span":
            return "data-figure=" in rest or (bool(rest) and _SILENT_CLASS.match(rest) is not None)
        if tag in _HOLDERS:
            return ' id="' in rest
        return tag != "ol" or "table-notes" in rest

    def _enter(self, tag: str, rest: str, before: _Before) -> _Before:
        """Begin a container where a heading, or what else holds blocks, has an anchor."""
        name = _ID.search(rest)
        if tag in _HEADINGS:
            if name and self.here.kind == "":
                self.here = self._begin(name[1], "")
                return before._replace(here=self.here)  # it goes on after the heading
        elif tag == "ol":
            if "table-notes" in rest:
                self.here = self._begin(f"{self.here.anchor} notes", "notes")
        elif name and self.here.kind != "notes":
            self.here = self._begin(name[1], "table" if _TABLE.search(rest) else "")
        return before

    def close(self, tag: str) -> None:
        """Leave an element."""
        opened = self.opened[tag]
        before = opened.pop() if opened else None
        if before is None:
            return
        if before.attributes is not None:
            self._take(tag, before.attributes, unescape("".join(self.said or ())))
            self.said = None
        self.here, self.silent, self.language = before.here, before.silent, before.language

    def _take(self, tag: str, attributes: Mapping[str, str], text: str) -> None:
        """Put down the figure or date that ends here."""
        block = self.here.blocks[-1]
        if tag == "time":
            block.dates.append((attributes.get("datetime", ""), text, self.language))
            return
        facts = {name.removeprefix("data-"): _unescaped(one) for name, one in attributes.items()}
        known = {name: facts[name] for name in _FACTS if name in facts}
        spoken = (self.language, self.page) if self.language != self.page else (self.page,)
        block.figures.append(Seen(facts.get("figure", ""), text=text, languages=spoken, **known))
        if block.is_tile:
            block.words.append(text)

    def _begin(self, anchor: str, kind: str) -> Container:
        key, number = anchor, 1
        while key in self.containers:
            number += 1
            key = f"{anchor} {number}"
        self.containers[key] = Container(anchor, kind, [Block(language=self.language)])
        return self.containers[key]


def _unescaped(text: str) -> str:
    return unescape(text) if "&" in text else text
