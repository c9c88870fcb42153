"""Rows as CSV that every spreadsheet opens and none runs; records as JSON, a line each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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


def json_text(data: Mapping[str, Any]) -> str:
    """Return *data* as a JSON file: a line for each of its keys, and for each record or row of a value.

    So a change of one record is a change of one line, and Python's encoder in C can write each.
    """
    return "{\n" + ",\n".join(f" {_in_line(key)}: {_in_lines(value)}" for key, value in data.items()) + "\n}\n"


_in_line = json.JSONEncoder(ensure_ascii=False).encode


def _in_lines(value: Any) -> str:
    if isinstance(value, (list, tuple)) and any(isinstance(one, (dict, list, tuple)) for one in value):
        return "[\n  " + ",\n  ".join(map(_in_line, value)) + "\n ]"
    if isinstance(value, dict) and any(isinstance(one, (dict, list, tuple)) for one in value.values()):
        return "{\n  " + ",\n  ".join(f"{_in_line(key)}: {_in_line(one)}" for key, one in value.items()) + "\n }"
    return _in_line(value)


def safe(text: str) -> str:
    """Return *text* so that a spreadsheet never takes it for a formula; a number stays one."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[:1] in "+-" and text[1:].replace(".", "", 1).isdecimal() and text.isascii()
