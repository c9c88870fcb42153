"""Keep of a font inside a PDF what the document draws, and nothing else.

WeasyPrint leaves an empty place for each of the 65,535 characters of a Chinese font, and tables that a PDF never reads:
140 kB a weight in each document, where ten to forty hold all that is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

_NEEDED = {"CFF ", "head", "hhea", "hmtx", "maxp"}
"""Tables that are needed to take a font apart."""


def slim_fonts(pdf: pikepdf.Pdf) -> None:
    """Put in place of each Chinese font of *pdf* the outlines that it uses, under the numbers it had."""
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == pikepdf.Name.CIDFontType0:
            file = font.FontDescriptor.get("/FontFile3")
            if file is not None and file.Subtype == pikepdf.Name.OpenType:
                font.FontDescriptor.FontFile3 = pdf.make_stream(
                    _outlines(file.read_bytes(), sorted(_used(font.W))), Subtype=pikepdf.Name.CIDFontType0C
                )


def _used(widths: pikepdf.Object) -> Iterator[int]:
    """Yield the number of each character that has a width in *widths*: `first [width ...]` or `first last width`."""
    items, at = list(widths.as_list()), 0
    while at < len(items):
        first, then = int(items[at]), items[at + 1]
        if isinstance(then, pikepdf.Array):
            yield from range(first, first + len(then))
            at += 2
        else:
            yield from range(first, int(then) + 1)
            at += 3


def _outlines(file: bytes, characters: list[int]) -> bytes:
    """Return the CFF table of an OpenType *file* with the outlines of *characters* alone.

    A font keyed by numbers keeps them in its list of characters, so the text that was set with them still fits.
    """
    font = TTFont(io.BytesIO(file), lazy=True)
    for name in [one for one in font.keys() if one not in (*_NEEDED, "GlyphOrder")]:  # noqa: SIM118  no mapping
        del font[name]
    options = subset.Options(drop_tables=[], layout_features=[], name_IDs=[], notdef_outline=True)
    chosen = subset.Subsetter(options)
    chosen.populate(gids=characters)
    chosen.subset(font)
    outlines: bytes = font["CFF "].compile(font)
    return outlines
