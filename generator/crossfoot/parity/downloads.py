"""Read the figures back from the files to download: each row or object that has an id, a period and a value.

A table that people read has a column a period instead; the JSON beside it says in which cell each figure stands.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a file."""

    name: str
    period: str
    value: str
    """The machine form, '' where there is none."""
    upto: str = ""
    unit: str = ""
    qualifier: str = ""
    omission: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    """By language: the figure in words."""
    part: str = ""
    """The categories of a breakdown: `route.north`."""


def rows(files: Mapping[str, str | bytes]) -> Iterator[tuple[str, Row]]:
    """Yield each figure of the JSON and CSV among *files* with the path of its file.

    Its name is its id, or the indicator where the figure has an id of its own.
    """

    @cache
    def sheets(path: str) -> list[list[str]]:
        """Return the lines of the CSV at *path*, none where there is no such file."""
        return list(csv.reader(io.StringIO(_text(files.get(path, "")), newline="")))

    for path, content in files.items():
        if not path.endswith((".json", ".csv")):
            continue
        text = _text(content)
        if "period" not in text or "value" not in text:
            continue
        if path.endswith(".csv"):
            found: Iterator[dict[str, Any]] = (_flat(row) for row in csv.DictReader(io.StringIO(text, newline="")))
        else:
            found = _objects(json.loads(text, parse_float=Decimal, parse_int=Decimal), "")
        for row in found:
            if {"id", "period", "value"} <= set(row):
                yield path, _row(row)
                if "cell" in row:
                    beside = path.removesuffix(".json") + ".csv"
                    yield beside, _row({**row, **_cells(row, sheets(beside))})


def _cells(row: Mapping[str, Any], lines: list[list[str]]) -> dict[str, str]:
    """Return value and upper end of *row* as they stand in *lines*, the sheet that it names the cells of."""
    return {key: _cell(lines, row[name]) for key, name in (("value", "cell"), ("upto", "upto_cell")) if name in row}


def _cell(lines: list[list[str]], name: str) -> str:
    """Return what stands in the cell *name*, `C2`; nothing where there is no such cell."""
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    line = lines[int(number) - 1] if int(number) <= len(lines) else []
    return line[column - 1] if column <= len(line) else ""


def _text(content: str | bytes) -> str:
    return content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")


def _row(row: Mapping[str, Any]) -> Row:
    def text(key: str) -> str:
        return "" if row.get(key) is None else str(row[key])

    shown = row.get("shown")
    return Row(
        name=text("indicator") or text("id"),
        period=text("period"),
        value=text("value"),
        upto=text("upto"),
        unit=text("unit"),
        qualifier=text("qualifier"),
        omission=text("omission"),
        shown=shown if isinstance(shown, Mapping) else {},
        part=text("part"),
    )


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a table with its columns `shown_LANGUAGE` under `shown`."""
    shown = {
        key.removeprefix("shown_"): _bare(value or "") for key, value in row.items() if (key or "").startswith("shown_")
    }
    return {**row, "shown": shown}


def _bare(text: str) -> str:
    """Return *text* without the mark that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text


def _objects(node: Any, name: str) -> Iterator[dict[str, Any]]:
    """Yield every object that has a period and a value; its id may stand on what it is in."""
    if isinstance(node, Mapping):
        name = node["id"] if isinstance(node.get("id"), str) else name
        if "period" in node and "value" in node and not isinstance(node["value"], (Mapping, list)):
            yield {**node, "id": name}
        for below in node.values():
            yield from _objects(below, name)
    elif isinstance(node, list):
        for below in node:
            yield from _objects(below, name)
