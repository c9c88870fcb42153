"""A finished page made ready for paper: no tools, notes where they are called, links that lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

import tinyhtml5  # type: ignore[import-untyped]

from crossfoot.branches import classes, families, remove
from crossfoot.plate import SVG, engrave

_LEFT_OUT = {"tools", "needs-script", "back", "narrow", "chart-more", "tick", "chapters"}
"""Classes of what paper has no use for: tools, ways back, drawings for phones, folded parts, the menu of chapters."""
_RENAMED = {
    **dict.fromkeys(("details", "aside", "figure", "figcaption", "dd"), "div"),
    **dict.fromkeys(("dt", "wbr"), "span"),
    "summary": "p",
    "dl": "ul",
}
"""What becomes of elements that a PDF has no tag for; the pairs of a list of facts become its points."""
_QUIET = ("aria-", "data-", "role", "tabindex", "hreflang", "rel")
"""Attributes that only screens and programs read, by how they begin."""
_SHORT = 14
"""As many rows a table of figures may have that is never broken over sheets."""
_SHORT_WORDS = 5
"""As many a table of words."""
_SENTENCE = ("p", "li", "blockquote", "dd")
"""Elements of running text, at whose sheet's foot a note may stand."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a page has to know of the document that it stands in."""

    chapters: Mapping[str, str]
    """The stem of each page of the document by its path in the site: `en/energy/index.html` -> `energy`."""
    address: str
    """Of the site, with a slash at its end; empty where it is unknown."""
    colours: Mapping[str, str]
    """The theme's colours in light, which drawings name as `var(--data-1)`."""
    page: tuple[str, str]
    """What stands before and after the number of a page that a link leads to."""


def on_paper(html: str, path: str, paper: Paper) -> str:
    """Return *html*, the body of the page at *path* of the site, as a part of the document *paper*."""
    body = tinyhtml5.parse(f"<!doctype html><body>{html}", namespace_html_elements=False).find("body")
    assert body is not None
    engrave(body, paper.colours)
    _codes(body)
    _prune(body)
    _hidden(body)
    _tables(body)
    for facts in body.iter("dl"):
        for pair in facts:
            pair.tag = "li" if pair.tag == "div" else pair.tag
    for listed in (one for one in body.iter() if one.tag in ("ul", "ol", "dl")):
        listed.text = ""  # between points that stand side by side a space would be a stray piece of text
        for item in listed:
            item.tail = ""
        if listed.get("start", "").isdecimal():
            listed.set("style", f"counter-reset: point {int(listed.attrib['start']) - 1}")
    _places(body)
    _footnotes(body)
    links = _Links(path, paper)
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag.startswith(SVG):
            element.tag = element.tag.removeprefix(SVG)
            continue
        links.lead(element)
        if element.tag == "summary":
            element.set("class", "summary")
        element.tag = _RENAMED.get(element.tag, element.tag)
        for name in [one for one in element.attrib if one.startswith(_QUIET) and one not in _OURS]:
            del element.attrib[name]
    return (body.text or "") + "".join(tostring(child, encoding="unicode", method="html") for child in body)


def plain_of(html: str) -> str:
    """Return the bare text of *html*."""
    body = tinyhtml5.parse(f"<!doctype html><body>{html}", namespace_html_elements=False).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


_OURS = ("data-called", "data-before", "data-after")


def _codes(body: Element) -> None:
    """Name a framework before its first code in a row only; on a screen it is hidden before each."""
    for codes in body.iter():
        if "codes" not in classes(codes):
            continue
        before = ""
        for parent, child in families(codes):
            if "visually-hidden" not in classes(child):
                continue
            label = "".join(child.itertext()).strip()
            if parent is not codes and label == before:
                remove(parent, child)
                continue
            before = label if parent is not codes else before
            del child.attrib["class"]


def _prune(body: Element) -> None:
    """Leave out what paper has no use for, and a heading that stands over nothing else."""
    for parent, child in families(body):
        if child in list(parent) and classes(child) & _LEFT_OUT:
            at = list(parent).index(child)
            if "chapters" in classes(child) and at and parent[at - 1].tag in ("h2", "h3"):
                remove(parent, parent[at - 1])
            remove(parent, child)


def _hidden(body: Element) -> None:
    """Show in words what a screen shows as a sign."""
    for element in body.iter():
        if "visually-hidden" in classes(element):
            del element.attrib["class"]


def _tables(body: Element) -> None:
    """Mark the tables that stay on one sheet, and head their cells as a PDF needs it.

    The corner over the labels heads nothing that is not a head itself, and a heading over rows leaves the last column
    to an empty cell: tables of heads alone are what checkers of PDFs take for torn ones.
    """
    for frame in body.iter("div"):
        if "table" not in classes(frame):
            continue
        rows = list(frame.iter("tr"))
        if len(rows) <= (_SHORT_WORDS if "stacked" in classes(frame) else _SHORT):
            frame.set("class", f"{frame.get('class')} short")
        heads = {id(row) for head in frame.iter("thead") for row in head}
        labels = [row[0] for row in rows if id(row) not in heads and len(row)]
        if id(rows[0]) in heads and len(rows[0]) and all(label.tag == "th" for label in labels):
            rows[0][0].tag = "td"
        for row in rows:
            if len(row) == 1 and row[0].tag == "th" and int(row[0].get("colspan", "1")) > 1:
                row[0].set("colspan", str(int(row[0].get("colspan", "1")) - 1))
                row.append(Element("td"))


def _places(body: Element) -> None:
    """Let the places where a note is shown run on behind the words that announce them; a screen lists them below."""
    for parent, child in families(body):
        if child.tag != "ul" or "places" not in classes(child):
            continue
        at = list(parent).index(child)
        before = parent[at - 1] if at else None
        if before is None or before.tag != "p" or "places" not in classes(before):
            continue
        for number, item in enumerate(child):
            between = Element("span")
            between.text = " · " if number else " "
            before.append(between)
            item.tag = "span"
            before.append(item)
        parent.remove(child)


def _footnotes(body: Element) -> None:
    """Move each footnote behind its first call in running text; the rest stay in their list at the end."""
    notes = {
        item.get("id", ""): (section, listed, item)
        for section in body.iter("section")
        if "footnotes" in classes(section)
        for listed in section.iter("ol")
        for item in listed
    }
    if not notes:
        return
    for _, parent, mark, name in list(_calls(body)):
        if name not in notes:
            continue
        section, listed, item = notes.pop(name)
        listed.remove(item)
        note = Element("span", {"class": "footnote", "id": name, "data-called": _id_in(mark)})
        note.text, note[:] = item.text, list(item)
        note.tail, mark.tail = mark.tail, ""
        parent.insert(list(parent).index(mark) + 1, note)
        if not len(listed):
            above = next(one for one in body.iter() if section in list(one))
            remove(above, section)


def _id_in(mark: Element) -> str:
    return next((one.get("id", "") for one in mark.iter() if one.get("id")), "")


def _calls(body: Element) -> Iterator[tuple[Element, Element, Element, str]]:
    """Yield each mark of a footnote in running text: the block, its parent, itself, and the name it calls."""
    inside = {id(below) for table in body.iter() if table.tag in ("table", "section") for below in table.iter()}
    for block in body.iter():
        if block.tag not in _SENTENCE or id(block) in inside:
            continue
        for parent, mark in families(block):
            if mark.tag == "sup" and "mark" in classes(mark):
                for link in mark.iter("a"):
                    yield block, parent, mark, link.get("href", "").removeprefix("#")


@dataclass(frozen=True, slots=True)
class _Links:
    """Rewrites names and links of one page, so that they hold in a document of many."""

    path: str
    paper: Paper

    def lead(self, element: Element) -> None:
        """Give *element* its name and its link in the document."""
        stem = self.paper.chapters[self.path]
        for name in ("id", "data-called"):
            if element.get(name):
                element.set(name, f"{stem}.{element.get(name)}")
        if element.tag != "a":
            return
        href = element.attrib.pop("href", "")
        target, inside = self._target(href)
        if not target:
            element.tag = "span"
            return
        element.set("href", target)
        if inside and not href.startswith("#") and not classes(element) & {"evidence", "mark"}:
            element.set("class", f"{element.get('class', '')} inside".strip())
            element.set("data-before", self.paper.page[0])
            element.set("data-after", self.paper.page[1])

    def _target(self, href: str) -> tuple[str, bool]:
        """Return where *href* leads on paper, '' for nowhere, and whether that is inside the document."""
        if re.match(r"[a-z]+:", href):
            return href, False
        path, _, name = href.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)) if path else self.path
        if path in self.paper.chapters:
            stem = self.paper.chapters[path]
            return (f"#{stem}.{name}" if name else f"#{stem}"), True
        if not self.paper.address:
            return "", False
        return self.paper.address + path.removesuffix("index.html") + (f"#{name}" if name else ""), False
