"""Workbooks that spreadsheets open: numbers as numbers with the decimals that are printed, text never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

_MADE = datetime(2000, 1, 1)
"""In every file alike: a workbook says which data it was made from, not when."""
_WIDEST = 60
_DIGITS = 15
"""More than so many digits a spreadsheet cannot hold in a number; they stay text."""


@dataclass(frozen=True, slots=True)
class Live:
    """A number that the spreadsheet works out by itself."""

    formula: str
    """With its equals sign: `=ROUND(SUM(C2,C3),2)`."""
    value: Decimal
    """What it comes to, as printed; shown by whatever does not calculate."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of a workbook; its head stays in view."""

    name: str
    titles: Sequence[str]
    """The head, one a column."""
    rows: Sequence[Sequence[object]]
    """Texts, Decimals, whole numbers, None, Live; one a column."""
    strong: frozenset[int] = frozenset()
    """The rows that are set bold, counted from 0: totals."""
    filtered: bool = False
    """Whether the head filters the rows."""
    wide: int = _WIDEST
    """No column is wider than so many characters."""


def workbook(leaves: Iterable[Leaf], *, title: str, comments: str) -> bytes:
    """Return the workbook of *leaves*; the same leaves are the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title[:255], "comments": comments, "created": _MADE})
    formats = {"head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})}
    names: set[str] = set()
    for leaf in leaves:
        sheet = book.add_worksheet(_sheet_name(leaf.name, names))
        for place, words in enumerate(leaf.titles):
            sheet.write_string(0, place, words, formats["head"])
            cells = [row[place] for row in leaf.rows if place < len(row)]
            sheet.set_column(place, place, _width(words, cells, leaf.wide))
        for line, row in enumerate(leaf.rows, start=1):
            for place, cell in enumerate(row):
                _write(book, sheet, formats, line, place, cell, strong=line - 1 in leaf.strong)
        sheet.freeze_panes(1, 1)
        if leaf.filtered:
            sheet.autofilter(0, 0, len(leaf.rows), len(leaf.titles) - 1)
    book.close()
    return out.getvalue()


def plain_cell(cell: object) -> object:
    """Return *cell* as plain rows hold it: a number with all its digits and no exponent."""
    cell = cell.value if isinstance(cell, Live) else cell
    return format(cell, "f") if isinstance(cell, Decimal) else cell


def cell_name(row: int, column: int) -> str:
    """Return what a spreadsheet calls the cell at *row* below the head and *column*, both from 0: `C2`."""
    letters, left = "", column + 1
    while left:
        left, last = divmod(left - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 2}"


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return *name* as a sheet may be called, and unlike those *taken*."""
    clean = " ".join(re.sub(r"[\[\]:*?/\\']", " ", name).split())[:31] or "1"
    found, number = clean, 2
    while found.casefold() in taken:
        found, number = f"{clean[:27]} {number}", number + 1
    taken.add(found.casefold())
    return found


def _write(
    book: Any, sheet: Any, formats: dict[str, Any], line: int, place: int, cell: object, *, strong: bool
) -> None:
    """Write one cell: a number with as many decimals as are printed; text is never taken for a formula."""
    number = cell.value if isinstance(cell, Live) else cell
    if isinstance(number, int):
        sheet.write_number(line, place, number)
    elif isinstance(number, Decimal) and len(number.as_tuple().digits) <= _DIGITS:
        exponent = number.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        pattern = f"#,##0{'.' if decimals else ''}{'0' * decimals}"
        style = _style(book, formats, {"num_format": pattern, "valign": "top"}, strong=strong)
        if isinstance(cell, Live):
            sheet.write_formula(line, place, cell.formula, style, float(number))
        else:
            sheet.write_number(line, place, float(number), style)
    elif number is not None and number != "":
        style = _style(book, formats, {"text_wrap": True, "valign": "top"}, strong=strong)
        sheet.write_string(line, place, str(plain_cell(number)), style)


def _style(book: Any, formats: dict[str, Any], wanted: dict[str, Any], *, strong: bool) -> Any:
    wanted = {**wanted, "bold": True} if strong else wanted
    key = str(wanted)
    if key not in formats:
        formats[key] = book.add_format(wanted)
    return formats[key]


def _width(title: str, cells: Sequence[object], widest: int) -> int:
    """Return how wide a column has to be, in characters; Chinese ones count twice."""
    longest = 0
    for cell in cells:
        if longest < widest and cell is not None:
            longest = max(longest, _extent(str(plain_cell(cell))))
    return max(8, min(widest, max(longest, min(_extent(title), 24)) + 2))


def _extent(text: str) -> int:
    if text.isascii() and "\n" not in text:
        return len(text)
    return max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in text.split("\n")), default=0)
