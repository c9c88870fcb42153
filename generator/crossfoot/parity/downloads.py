"""Read the figures back from the files to download: each row or object that has an id, a period and a value."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
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
    """Categories of a breakdown, as a page names them: `gender.female`."""


def rows(files: Mapping[str, str | bytes]) -> Iterator[tuple[str, Row]]:
    """Yield each figure of the JSON and CSV among *files* with the path of its file.

    Its name is its id, or the indicator where the figure has an id of its own.
    """
    for path, content in files.items():
        if not path.endswith((".json", ".csv")):
            continue
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        if "period" not in text or "value" not in text:
            continue
        if path.endswith(".csv"):
            found: Iterator[dict[str, Any]] = (_flat(row) for row in csv.DictReader(io.StringIO(text, newline="")))
        else:
            found = _objects(json.loads(text, parse_float=Decimal, parse_int=Decimal), "")
        for row in found:
            if {"id", "period", "value"} <= set(row):
                yield path, _row(row)


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
