"""Rows as CSV that every spreadsheet opens and none runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""At the start of a file, it tells a spreadsheet that the text is UTF-8."""


def csv_text(rows: Iterable[Sequence[object]], *, marked: bool = False) -> str:
    """Return *rows* as CSV (RFC 4180): None is an empty cell, and text is never taken for a formula.

    *marked* puts the mark of UTF-8 in front, for a file that people open with a spreadsheet.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else safe(cell) if isinstance(cell, str) else cell for cell in row])
    return (MARK if marked else "") + out.getvalue()


def safe(text: str) -> str:
    """Return *text* so that a spreadsheet never takes it for a formula; a number stays one."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[:1] in "+-" and text[1:].replace(".", "", 1).isdecimal() and text.isascii()
