"""Slips of an author in YAML, each as a sentence and its fix; rows and columns count from 0."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

GLUED = re.compile(
    r"(?P<key>[a-z][a-z0-9_]*(-[A-Z][A-Za-z]+)?)(?P<colon>:(?!//)|\uff1a\s*| (?=[|>][-+]?$))(?P<value>\S.*)",
    re.DOTALL,
)
"""A key and its value with no space after the colon, with the wide colon of a Chinese keyboard, or none."""
UNREADY = re.compile(f"-[A-Za-z_]|{GLUED.pattern}", re.DOTALL)
"""The same, or a dash with no space after it that is not the sign of a number."""
SHORT = 60
"""Texts up to this length are written out in a hint."""
_CLOSING = {"[": "]", "{": "}"}
_GROUPED = re.compile(r"[-+]?[0-9]+(?:[,.][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, and where."""

    row: int
    column: int
    message: str
    hint: str


def short(text: str, most: int = 30) -> str:
    """Return *text* on one line, cut to *most* characters."""
    words = " ".join(text[: most * 4].split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def indent(line: str) -> int:
    """Return how many spaces and tabs stand before the first word of *line*."""
    return len(line) - len(line.lstrip(" \t"))


def written(text: str, otherwise: str = "") -> str:
    """Return the hint to write *text*, or *otherwise* if that is long."""
    words = text.strip()
    return f"write {words}" if len(words) <= SHORT or not otherwise else otherwise


def in_quotes(text: str) -> str:
    """Return the hint to put quotes around *text*."""
    words = text.strip()
    if not 0 < len(words) <= SHORT:
        return "put quotes around the whole text"
    if '"' in words or "\\" in words:
        return "write '" + words.replace("'", "''") + "'"
    return f'write "{words}"'


def numeral(typed: str) -> str | None:
    """Return the number that *typed* stands for as it is to be written, None if that cannot be told.

    >>> [numeral(one) for one in ("13,093.50 ", "12,5", "1.234,5", "(12)", "\uff11\uff12%", "many")]
    ['13093.50', '12.5', '1234.5', '-12', '12', None]
    """
    text = unicodedata.normalize("NFKC", typed).translate({0x2212: "-", 0x2013: "-"}).strip()
    if text[:1] == "(" and text[-1:] == ")":
        text = f"-{text[1:-1].strip()}"
    text = re.sub(r"[\s_']", "", text.removesuffix("%"))
    if re.fullmatch(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[-+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+", text):
        text = text.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text):
        return None
    return re.sub(r"^([-+]?)0+(?=[0-9])", r"\1", text)


def unclosed_quote(line: str, row: int, column: int) -> Slip:
    """Return the slip of a quote at *column* of *line* that has no partner."""
    mark, text = line[column], line[column + 1 :].strip()
    hint = f"put {mark} at the end of the text"
    if column == indent(line):
        hint = f"delete it, or {hint}"
    elif text and mark not in text and not re.search(r"[{\[]", line[:column]):
        hint = written(f"{mark}{text}{mark}", hint)
    return Slip(row, column, f"the quote {mark} opened here is not closed", hint)


def unclosed_bracket(line: str, row: int, column: int) -> Slip:
    """Return the slip of a bracket or brace at *column* of *line* that has no partner."""
    text = line[column:].strip()
    closing = _CLOSING[text[0]]
    hint = f"put {closing} at the end"
    if column == indent(line):
        hint = f"delete it, or {hint}"
    elif len(text) > 1 and not re.search(r"[{}\[\]#\"']|,$", text[1:]):
        hint = written(text + closing, hint)
    return Slip(row, column, f"the {text[0]} opened here is not closed", hint)


def unopened(text: str, row: int, column: int) -> Slip | None:
    """Return the slip of a *text* whose last sign closes what was not opened; None if it is whole."""
    closing = text[-1]
    opening = {"]": "[", "}": "{"}.get(closing, closing)
    whole = text.count(closing) <= text.count(opening) if opening != closing else text.count(closing) % 2 == 0
    if whole:
        return None
    hint = written(opening + text, f"write {opening} where it opens")
    hint += f"\nif the sign belongs to the text, {in_quotes(text)}"
    return Slip(row, column, f"'{short(text)}' closes with {closing} what was not opened", hint)


def sign(text: str, row: int, column: int, *, inside: bool) -> Slip:
    """Return the slip of a *text* that starts with a sign; *inside* braces it ends at a comma."""
    words = re.split(r"[,\]}]", text)[0] if inside else text
    hint = in_quotes(re.sub(r"\s+#.*", "", words))
    if re.match(r"[&*][\w-]+(\s*$|\s*[{\[]|\s+[&!*])", text) or (inside and re.match(r"[&*][\w-]+[,\]}]", text)):
        hint = f"values are not shared by & and *: write each one out\nif it is a text, {hint}"
    elif re.match(r"!+\w", text):
        hint = f"words with ! do not change what a value is: leave them out\nif it is a text, {hint}"
    return Slip(row, column, f"a value cannot start with '{text[:1]}'", hint)


def glued(text: str, row: int, column: int) -> Slip:
    """Return the slip of a *text* that begins with a dash without space, or matches GLUED."""
    if text.startswith("-"):
        message, hint = f"no space after the dash in '{short(text)}'", f"write - {short(text[1:], SHORT)}"
        return Slip(row, column, message, hint)
    parts = GLUED.match(text)
    assert parts
    hint = f"write {parts['key']}: {short(parts['value'], SHORT)}\nif it is a text, put quotes around it"
    if parts["colon"] == ":":
        return Slip(row, column, f"no space after the colon in '{short(text)}'", hint)
    if parts["colon"] == " ":
        return Slip(row, column, f"no colon after '{parts['key']}'", f"write {parts['key']}: {parts['value']}")
    return Slip(row, column, f"the wide colon in '{short(text)}' does not count", hint)


def swallowed(line: str, row: int, column: int) -> Slip | None:
    """Return the slip of a *line* that goes on with a text but looks like a key or a point of a list."""
    if re.match(r"-(\s|[a-z_])", line):
        message = f"'{short(line)}' belongs to the text above, because it stands deeper"
        hint = "start all dashes of a list in the same column; put quotes around a text with a dash"
        return Slip(row, column, message, hint)
    return glued(line, row, column) if GLUED.match(line) else None


def joined(text: str, row: int, column: int) -> Slip | None:
    """Return the slip of a *text* over several lines that is one name a line: points of a list without dash.

    Row and column are those of the second line.
    """
    names = text.split()
    if any(re.fullmatch(r"[a-z][a-z0-9_.]*", name) is None for name in names):
        return None
    hint = f"write - {names[1]} below the dash above\nif it is one text, put quotes around it"
    return Slip(row, column, f"no dash before '{short(names[1])}'", hint)


def odd_key(name: str, text: str, row: int, column: int, *, inside: bool) -> Slip:
    """Return the slip of a key with quotes, brackets or braces in its *name*; *text* starts with it."""
    if name.endswith(":"):
        return Slip(row, column, f"two colons stand after '{short(name.rstrip(' :'))}'", "delete one of them")
    if GLUED.match(name):
        key = re.match(r"[\w-]+.", text)
        assert key
        return glued(key[0] + _until_comma(text[key.end() :]) if inside else text, row, column)
    if name[-1] == '"' and name.count('"') % 2 and re.match(r"\s*[,}\]]", text[len(name) :]):
        return unopened_quote(name, row, column)
    missing = re.match(r"([\w-]+)\s*((?P<mark>[{\[\"])(?!\s*:).*)", text)
    if missing and (" " in name or name[-1] in '"{['):
        value = _until_comma(missing[2]) if inside and missing["mark"] == '"' else missing[2]
        hint = f"write {missing[1]}: {short(value, SHORT)}"
        return Slip(row, column, f"no colon after '{missing[1]}'", hint)
    clean = re.sub(r"[\"{}\[\]]", "", name).strip()
    message = f"a quote, bracket or brace stands in the key '{short(name)}'"
    return Slip(row, column, message, f'write "{clean}":')


def _until_comma(text: str) -> str:
    """Return the value at the start of *text*, which stands inside braces."""
    value = re.match(r"\"[^\"]*\"|'[^']*'|[^,}\]]*", text)
    return value[0] if value else text


def unopened_quote(text: str, row: int, column: int) -> Slip:
    """Return the slip of a *text* whose quote has no partner before it."""
    return Slip(row, column, f"'{short(text)}' closes with \" what was not opened", 'put " where the text begins')


def bare_key(text: str, row: int, column: int, line: str = "") -> Slip:
    """Return the slip of a *text* inside braces that has no colon after it, at *column* of *line*."""
    if GLUED.match(text):
        return glued(text, row, column)
    number = next((one for one in _GROUPED.finditer(line) if one.start() < column < one.end()), None)
    if number and number[0].endswith(text):
        meant = numeral(number[0])
        hint = f"write {meant}: a point for decimals, nothing between thousands"
        hint = hint if meant else "write a point for decimals, nothing between thousands"
        return Slip(row, number.start(), f"'{number[0]}' is not a number", hint)
    hint = "put quotes around all of a text with a comma"
    parts = re.match(r"([A-Za-z][\w-]*) (.+)", text)
    if parts:
        hint = f"write {parts[1]}: {short(parts[2], SHORT)}\nor, if it belongs to the text before it, {hint}"
    else:
        hint = f"write {short(text)}: and its value\nor, if it belongs to the text before it, {hint}"
    return Slip(row, column, f"no colon after '{short(text)}'", hint)


def bare_insert(text: str, row: int, column: int, *, inside: bool) -> Slip:
    """Return the slip of an insert without quotes around its *text*, which starts with it."""
    insert = re.match(r"\{\{[^{}]*\}\}", text)
    words = insert[0] if insert else "{{"
    hint = f'put quotes around the whole text: "... {words} ..."'
    if not inside:
        hint = in_quotes(re.sub(r"\s+#\s.*", "", text))
    return Slip(row, column, f"a text with '{short(words, 40)}' needs quotes", hint)


def cut_off(text: str, row: int, column: int) -> Slip:
    """Return the slip of a text cut short by a # that was not meant as a comment; *text* starts with it."""
    hint = "put quotes around the whole text; a comment has a space after its #"
    return Slip(row, column, f"'{short(text)}' is cut off as a comment", hint)
