"""Tell from which box of a document each tag of its PDF was made: WeasyPrint makes them in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout.absolute import AbsolutePlaceholder  # type: ignore[import-untyped]


def paired(document: Any, elements: Sequence[Any]) -> tuple[dict[int, Any], list[Any]]:
    """Return the box of each of *elements*, tags of *document*, by the tag's number; and the tags of running heads."""
    pairs = _Pairs(iter(elements))
    for page in document.pages:
        pairs.walk(page._page_box, "/Document")
    left = list(pairs.elements)
    assert not left, f"{len(left)} tags more than boxes: this WeasyPrint tags otherwise"
    return pairs.boxes, pairs.running


class _Pairs:
    """The pairs found so far, and the tags that wait for a box."""

    def __init__(self, elements: Iterator[Any]) -> None:
        self.elements = elements
        self.boxes: dict[int, Any] = {}
        self.running: list[Any] = []

    def walk(self, box: Any, parent: str, *, running: bool = False) -> None:
        """Pair *box*, and what is in it, with the tags that come next; *parent* is the kind of tag around it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        name = None if box.element is None else box.element_tag
        if name in ("html", "body") or isinstance(box, boxes.PageBox):
            if isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
                for child in box.children:
                    self.walk(child, parent)
            return
        if isinstance(box, boxes.MarginBox):
            for child in box.children:
                self.walk(child, parent, running=True)
            return
        if name in ("li", "dt", "dd") and parent not in ("/LI", "/LBody") and not _has_bullet(box):
            self._pair(box, running)
            self.walk(box, "/LI", running=running)
            return
        own = self._pair(box, running)
        for child in _children(box, own):
            if not isinstance(child, boxes.TextBox):
                inner = parent if own == "/LI" and child.element_tag in ("ul", "ol") else own
                self.walk(child, inner, running=running)
            elif own != "/Link":
                self._pair(child, running)

    def _pair(self, box: Any, running: bool) -> str:
        """Pair *box* with the next tag, and return what kind of tag that is."""
        element = next(self.elements)
        if running:
            self.running.append(element)
        else:
            self.boxes[element.number] = box
        return str(element["S"])


def _has_bullet(box: Any) -> bool:
    return box.element_tag == "li" and "list-item" in box.style["display"] and box.style["list_style_type"] != "none"


def _children(box: Any, own: str) -> Iterator[Any]:
    """Yield the boxes inside *box*, lines dissolved; the captions of a table come with its wrapper."""
    inside = box.children
    if own == "/Table" and box.is_table_wrapper and (table := box.get_wrapped_table()):
        inside = [one for child in box.children for one in (child.children if child is table else [child])]
    for child in inside:
        yield from child.children if isinstance(child, boxes.LineBox) else [child]
