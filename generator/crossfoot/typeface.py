"""Keep of a font inside a PDF what the document draws, and nothing else.

WeasyPrint leaves an empty place for each of the 65,535 characters of a Chinese font, and tables that a PDF never reads:
140 kB a weight in each document, where ten to forty hold all that is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset  # type: ignore[import-untyped]

_OUTLINES = b"CFF "
"""The table of a Chinese font that holds its outlines; keyed by numbers, so the text set with them still fits."""


def slim_fonts(document: Any, pdf: Any) -> None:
    """Put in place of each Chinese font of *pdf* (pydyf.PDF) the outlines that *document* uses, in its `finisher`."""
    fonts = {font.name: font for font in document.fonts.values()}
    for about in [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/FontDescriptor"]:
        if "FontFile3" not in about:
            continue
        font = fonts[about["FontName"]]
        drawn = {glyph for one in document.fonts.values() if one.hash == font.hash for glyph in one.to_unicode}
        file = pdf.objects[int(about["FontFile3"].split()[0])]
        file.stream, file.extra = [_outlines(font.hb_face, sorted(drawn))], pydyf.Dictionary()
        file.extra["Subtype"] = "/CIDFontType0C"


def _outlines(face: Any, glyphs: list[int]) -> bytes:
    """Return the outlines of *glyphs* of the font *face* (hb_face_t), under the numbers they have there."""
    wanted = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(),
        harfbuzz_subset.hb_subset_input_destroy,
    )
    chosen = harfbuzz_subset.hb_subset_input_glyph_set(wanted)
    harfbuzz.hb_set_add_sorted_array(chosen, ffi.new("hb_codepoint_t[]", glyphs), len(glyphs))
    flags = (
        harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
        | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
        | harfbuzz_subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE
        | harfbuzz_subset.HB_SUBSET_FLAGS_NO_LAYOUT_CLOSURE
    )
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
    tables = sorted(_tags())
    dropped = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    harfbuzz.hb_set_add_sorted_array(dropped, ffi.new("hb_codepoint_t[]", tables), len(tables))
    small = ffi.gc(harfbuzz_subset.hb_subset_or_fail(face, wanted), harfbuzz.hb_face_destroy)
    table = harfbuzz.hb_face_reference_table(small, harfbuzz.hb_tag_from_string(_OUTLINES, -1))
    length = ffi.new("unsigned int *")
    data = bytes(ffi.unpack(harfbuzz.hb_blob_get_data(table, length), length[0]))
    harfbuzz.hb_blob_destroy(table)
    return data


def _tags() -> Iterator[int]:
    """Yield the tables that are not worth the work of making them smaller."""
    for name in (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"VORG", b"vhea", b"vmtx"):
        yield harfbuzz.hb_tag_from_string(name, -1)
