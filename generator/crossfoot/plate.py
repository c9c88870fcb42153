"""A drawing made ready for paper: colours of print, one text, and the lines of a grid drawn at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
"""What the name of an element of a drawing begins with."""
_COLOUR = re.compile(r"var\((--[a-z0-9-]+)\)")
_NARROW = str.maketrans("“”‘’", "\"\"''")
"""A drawing cannot ask a Chinese font for quotation marks of Latin width."""
_MOVED = re.compile(r"translate\(([-0-9.]+),([-0-9.]+)\)")
_ENDS = ("transform", "x1", "y1", "x2", "y2")
"""Attributes that say where a line lies."""


def engrave(body: Element, colours: Mapping[str, str]) -> None:
    """Give each drawing its colours, and its words as the one text that a PDF can hold for a picture."""
    for drawing in body.iter(f"{SVG}svg"):
        title, words = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
        if title is not None and words is not None:
            title.text = f"{(title.text or '').rstrip('.。')}{'。' if _is_chinese(drawing) else '. '}{words.text or ''}"
            drawing.remove(words)
        drawing.set("font-family", "Noto Sans CJK HK, DejaVu Sans")
        for element in drawing.iter():
            if element.text and not _is_chinese(drawing):
                element.text = element.text.translate(_NARROW)
            _rule_at_once(element)
            for name, value in element.attrib.items():
                element.set(name, _COLOUR.sub(lambda found: colours.get(found[1], "#000000"), value))


def _is_chinese(drawing: Element) -> bool:
    return drawing.get("lang", "").startswith("zh")


def _rule_at_once(group: Element) -> None:
    """Draw the lines of a grid, neighbours in *group* that look alike, as one path.

    They are one thing to a reader; lines that cross, drawn one by one, are what checkers of PDFs take for an untagged
    table.
    """
    path, look = None, None
    for line in list(group):
        ends = _ends(line)
        style = {name: value for name, value in line.attrib.items() if name not in _ENDS}
        if not ends:
            path = None
        elif path is not None and style == look:
            path.set("d", f"{path.get('d')}{ends}")
            group.remove(line)
        else:
            path, look = line, style
            line.tag, line.attrib = f"{SVG}path", {**style, "d": ends}


def _ends(line: Element) -> str:
    """Return where *line* lies, as a path says it: `M10,0L10,90`; '' if it is no plain line."""
    moved = _MOVED.fullmatch(line.get("transform", "translate(0,0)"))
    if line.tag != f"{SVG}line" or moved is None or len(line):
        return ""
    across, down = Decimal(moved[1]), Decimal(moved[2])
    x1, y1, x2, y2 = (Decimal(line.get(name, "0")) for name in _ENDS[1:])
    return f"M{x1 + across},{y1 + down}L{x2 + across},{y2 + down}"
