"""Mend the tags of a PDF: languages, heads of tables, notes, and what a page break tore apart.

WeasyPrint tags what lies on each page by itself: it writes no language of a passage and no scope of a head cell, tags
running heads as if they were text, and makes two paragraphs or tables of one that goes on overleaf. Its `finisher` is
handed the boxes that were laid out and the objects about to be written; the boxes tell from which element of the
document each tag was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]

from crossfoot.pairing import paired

_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_POINTS = 0.75
"""How many points of paper make one CSS pixel."""


def mend(document: Any, pdf: Any) -> None:
    """Mend the tags of *pdf* (pydyf.PDF), made of *document* (weasyprint.Document): a `finisher` for `write_pdf`."""
    tags = _Tags(document, pdf)
    for number, box in tags.boxes.items():
        tags.describe(pdf.objects[number], box)
    tags.join_pages()
    tags.place_notes()
    tags.prune(tags.root)
    tags.hide()


@dataclass
class _Tags:
    """The structure elements of one PDF (pydyf.Dictionary), each with the box that it was made from."""

    document: Any
    pdf: Any
    root: Any = None
    """The element `Document`."""
    boxes: dict[int, Any] = field(default_factory=dict)
    """The box of each structure element, by the element's number."""
    hidden: dict[bytes, set[int]] = field(default_factory=dict)
    """Marked content that no tag holds any longer, by page."""

    def __post_init__(self) -> None:
        """Walk through boxes and elements side by side: WeasyPrint makes the elements in the order of the boxes."""
        made = [one for one in self.pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"]
        self.root = made[0]
        self.boxes, running = paired(self.document, made[1:])
        for element in running:
            self._hide(element)

    # -- one element -----------------------------------------------------------------------------------

    def describe(self, element: Any, box: Any) -> None:
        """Say of *element* what its *box* knows: language, scope, words of a link, place of a picture."""
        source = box.element
        if source is None or isinstance(box, boxes.TextBox):
            return
        lang = source.get("lang")
        if lang and lang != self.document.metadata.lang:
            element["Lang"] = pydyf.String(lang)
        if element["S"] in ("/TH", "/TD"):
            element["A"].pop("Headers", None)  # of this page alone; the scopes hold for the whole table
            if element["S"] == "/TH":
                element["A"]["Scope"] = _SCOPES[source.get("scope", "col")]
        elif element["S"] == "/Figure":
            left, right = box.content_box_x(), box.content_box_x() + box.width
            top, bottom = box.content_box_y(), box.content_box_y() + box.height
            height = self._page(element)["MediaBox"][3]
            sides = (left * _POINTS, height - bottom * _POINTS, right * _POINTS, height - top * _POINTS)
            element["A"]["BBox"] = pydyf.Array(round(side, 2) for side in sides)
            words = source[0].text or "" if len(source) else source.get("alt", "")
            element["Alt"] = pydyf.String(" ".join(words.split()))
        elif element["S"] == "/Link" and box.link_annotation:
            words = " ".join("".join(source.itertext()).split())
            box.link_annotation["Contents"] = pydyf.String(words)
            box.link_annotation["F"] = 4  # printed as it is shown
            if not self._holds(element):  # the end of a line that took nothing of the link
                self._drop(element, box.link_annotation)
        elif box.link_annotation:
            self._drop(element, box.link_annotation)
        if _is(source, "toc"):
            element["S"] = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/NonStruct"}.get(element["S"], element["S"])

    def _drop(self, element: Any, annotation: Any) -> None:
        """Leave out *annotation*, which WeasyPrint makes again of each box inside a link."""
        page = self._page(element)
        page["Annots"].remove(annotation.reference)
        element["K"] = pydyf.Array(
            item
            for item in element["K"]
            if isinstance(item, int) or self._object(item).get("Obj") != annotation.reference
        )
        at = self.parents.index(annotation["StructParent"], 2 * len(self.pdf.page_references))
        del self.parents[at : at + 2]

    def _holds(self, element: Any) -> bool:
        """Whether any content is marked with *element* or what is below it."""
        return any(isinstance(item, int) for item in element["K"]) or any(map(self._holds, self._kids(element)))

    def _object(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    @property
    def parents(self) -> Any:
        """Which tag each piece of marked content and each annotation belongs to: a number, then tags, and so on."""
        return self._object(self._object(self.root["P"])["ParentTree"])["Nums"]

    # -- over page breaks ------------------------------------------------------------------------------

    def join_pages(self) -> None:
        """Make one again of each paragraph, list and table that goes on overleaf."""
        kept: list[Any] = []
        for _, page in _by_page(self._kids(self.root)):
            feet = [one for one in page if isinstance(self.boxes[one.number], boxes.FootnoteAreaBox)]
            text = [one for one in page if one not in feet]
            last = next((one for one in reversed(kept) if not _is_foot(self.boxes[one.number])), None)
            if last is not None and text and self._same(last, text[0]):
                self._join(last, text.pop(0))
            kept += [*text, *feet]
        self.root["K"] = pydyf.Array(one.reference for one in kept)

    def _same(self, before: Any, after: Any) -> bool:
        """Whether *after* is the rest of *before*: of the same element, and made of other tags."""
        element = self.boxes[before.number].element
        whole = [isinstance(item, int) for one in (before, after) for item in one["K"]]
        return (
            element is not None
            and element is self.boxes[after.number].element
            and before["S"] == after["S"]
            and before["S"] != "/Figure"
            and not any(whole)
        )

    def _join(self, before: Any, after: Any) -> None:
        """Put what *after* holds behind what *before* holds."""
        ours, more = self._kids(before), self._kids(after)
        if before["S"] == "/Table":
            for head in [one for one in more if one["S"] == "/THead" and any(self._same(other, one) for other in ours)]:
                self._hide(head)
                more.remove(head)
        if before["S"] == "/TR" and len(ours) == len(more):
            for cell, rest in zip(ours, more, strict=True):
                self._join(cell, rest)
            return
        if ours and more and self._same(ours[-1], more[0]):
            self._join(ours[-1], more.pop(0))
        for one in more:
            one["P"] = before.reference
            before["K"].append(one.reference)

    def _kids(self, element: Any) -> list[Any]:
        """Return the structure elements that *element* holds."""
        held = [self._object(item) for item in element["K"] if isinstance(item, bytes)]
        return [one for one in held if one.get("Type") == "/StructElem"]

    def _page(self, element: Any) -> Any:
        return self._object(element["Pg"])

    # -- notes -----------------------------------------------------------------------------------------

    def place_notes(self) -> None:
        """Tag each footnote as a note, and let it be read where it is called, not at the foot of the page."""
        named = {
            box.element.get("id"): self.pdf.objects[number]
            for number, box in self.boxes.items()
            if box.element is not None and box.element.get("id") and self.pdf.objects[number]["S"] == "/Link"
        }
        for area in [one for one in self._kids(self.root) if _is_foot(self.boxes[one.number])]:
            for note in [one for one in self._below(area) if _is(self.boxes[one.number].element, "footnote")]:
                if note["S"] == "/Note" or not note["K"]:
                    continue
                source = self.boxes[note.number].element
                note["S"], note["ID"] = "/Note", pydyf.String(f"{source.get('id')}-{note.number}")
                call = named.get(source.get("data-called"))
                if call is None:
                    continue
                above = self._object(call["P"])
                owner = self._object(note["P"])
                owner["K"].remove(note.reference)
                above["K"].insert(above["K"].index(call.reference) + 1, note.reference)
                note["P"] = above.reference

    def _below(self, element: Any) -> list[Any]:
        """Return the outermost elements below *element* that are made of an element of the document."""
        found = []
        for kid in self._kids(element):
            found += [kid] if self.boxes[kid.number].element is not None else self._below(kid)
        return found

    # -- what no one reads -----------------------------------------------------------------------------

    def prune(self, element: Any) -> None:
        """Leave out tags below *element* that hold nothing; an empty cell keeps its place."""
        for kid in self._kids(element):
            self.prune(kid)
            if not kid["K"] and kid["S"] not in ("/TD", "/TH"):
                element["K"].remove(kid.reference)

    def _hide(self, element: Any) -> None:
        page = element["Pg"]
        self.hidden.setdefault(page, set()).update(item for item in element["K"] if isinstance(item, int))
        for kid in self._kids(element):
            self._hide(kid)

    def hide(self) -> None:
        """Mark running heads and repeated heads of tables as artifacts, which are shown and not read."""
        for number, page in enumerate(self.pdf.page_references):
            hidden = self.hidden.get(page, set())
            content = self._object(self._object(page)["Contents"]).stream
            for at, item in enumerate(content):
                if isinstance(item, dict) and item.get("MCID") in hidden:
                    content[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
            for mark in sorted(hidden):
                self.parents[2 * number + 1][mark] = "null"


def _is(element: Any, name: str) -> bool:
    return element is not None and name in element.get("class", "").split()


def _is_foot(box: Any) -> bool:
    return isinstance(box, boxes.FootnoteAreaBox)


def _by_page(elements: list[Any]) -> Iterator[tuple[bytes, list[Any]]]:
    """Yield the elements of each page, in order."""
    pages: dict[bytes, list[Any]] = {}
    for one in elements:
        pages.setdefault(one["Pg"], []).append(one)
    yield from pages.items()
