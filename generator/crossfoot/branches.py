"""Elements of a page as a tree that is cut and grafted while it is walked through."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element


def classes(element: Element) -> set[str]:
    """Return the classes of *element*."""
    return set(element.get("class", "").split())


def families(body: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each element of *body* with its parent, parents first; a parent may lose children meanwhile."""
    for parent in list(body.iter()):
        for child in list(parent):
            yield parent, child


def remove(parent: Element, child: Element) -> None:
    """Take *child* out of *parent* and leave the text behind it."""
    at = list(parent).index(child)
    tail = child.tail or ""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(child)
