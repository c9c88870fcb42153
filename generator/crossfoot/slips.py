"""Say what an author probably meant where a YAML file cannot be read any further: a sentence and the fix."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

GLUED = re.compile(r"(?P<key>[a-z][a-z0-9_]*(-[A-Z][A-Za-z]+)?)(?P<colon>:(?!//)|：)(?P<rest>\S.*)", re.DOTALL)
"""A key and its value with no space after the colon, or with the wide colon of a Chinese keyboard."""
_KEY = re.compile(r"\s*(?:- +)*(?P<key>\"[^\"]*\"|'[^']*'|[^\s:{\[#][^:]*?)\s*:(?=\s|$)\s*(?P<value>.*)")
_LINE = 60
"""Texts up to this length are written out in a hint, with their quotes."""


@dataclass(frozen=True, slots=True)
class Halt:
    """Where reading stopped, and what was read before. Rows and columns count from 0."""

    lines: Sequence[str]
    row: int
    column: int
    said: str
    """The parser's own words; no author sees them."""
    start: tuple[int, int]
    """Where the thing begins in which it stopped."""
    bracket: tuple[int, int] | None
    """The innermost bracket or brace still open."""
    columns: Sequence[int]
    """Where the keys and lists still open start, from the outside in."""
    quoted: tuple[tuple[int, int], tuple[int, int]] | None
    """Start and end of the last text read, if it was in quotes."""
    block: bool
    """True if the last text read stands below its key, after | or >."""

    @property
    def line(self) -> str:
        """The line on which it stopped."""
        return self.lines[self.row] if self.row < len(self.lines) else ""

    @property
    def rest(self) -> str:
        """That line from where it stopped."""
        return self.line[self.column :]

    @property
    def at_end(self) -> bool:
        """Whether nothing is left to read."""
        return not self.rest.strip() and not any(line.strip() for line in self.lines[self.row + 1 :])


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, and where; row and column count from 0."""

    row: int
    column: int
    message: str
    hint: str


def explain(halt: Halt) -> Slip:
    """Return the likely mistake behind *halt*."""
    for recognise in RECOGNISERS:
        slip = recognise(halt)
        if slip:
            return slip
    return Slip(
        halt.row,
        halt.column,
        f"'{short(halt.rest)}' is not understood here" if halt.rest.strip() else "the text ends too early",
        "look at the colons, quotes, brackets and indents of this line and the one above",
    )


def short(text: str, most: int = 30) -> str:
    """Return *text* on one line, cut to *most* characters."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def in_quotes(text: str) -> str:
    """Return *text* as it has to be typed to be a text."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def quotes_hint(text: str) -> str:
    """Return the advice to put quotes around *text*, written out if it is short."""
    words = text.strip()
    return f"write {in_quotes(words)}" if 0 < len(words) <= _LINE else "put quotes around the whole text"


def glued_hint(text: str) -> str:
    """Return what to write instead of *text*, a key with no proper colon after it."""
    parts = GLUED.match(text)
    assert parts
    return f"write {parts['key']}: {short(parts['rest'], _LINE)}"


def indent(line: str) -> int:
    """Return how many spaces or tabs stand before the first word of *line*."""
    return len(line) - len(line.lstrip(" \t"))


def unclosed_quote(line: str, row: int, column: int) -> Slip:
    """Return the mistake of a quote on *line*, at *row* and *column*, that has no partner."""
    mark, text = line[column], line[column + 1 :].strip()
    hint = f"put {mark} at the end of the text"
    if 0 < len(text) <= _LINE and not re.search(r"[{\[]", line[:column]) and mark not in text:
        hint = f"write {mark}{text}{mark}"
    return Slip(row, column, f"the quote {mark} opened here is not closed", hint)


def unclosed_bracket(line: str, row: int, column: int) -> Slip:
    """Return the mistake of a bracket or brace on *line*, at *row* and *column*, that has no partner."""
    mark, text = line[column], line[column:].strip()
    closing = "}" if mark == "{" else "]"
    hint = f"put {closing} at the end"
    if 1 < len(text) <= _LINE and not re.search(r"[{}\[\]#\"']", text[1:]) and text[-1] != ",":
        hint = f"write {text}{closing}"
    return Slip(row, column, f"the {mark} opened here is not closed", hint)


def _tab(halt: Halt) -> Slip | None:
    at = halt.line.find("\t")
    if at < 0 or not ("tab character" in halt.said or (_no_start(halt) and halt.rest.startswith("\t"))):
        return None
    column = halt.column if halt.rest.startswith("\t") else at
    return Slip(
        halt.row,
        column,
        "a tab stands where spaces belong",
        "write two spaces for each level, and one after a dash or a colon",
    )


def _quote(halt: Halt) -> Slip | None:
    if "quoted" not in halt.said:
        return None
    row, column = halt.start
    if "end of stream" in halt.said or "document indicator" in halt.said:
        return unclosed_quote(halt.lines[row], row, column)
    at = halt.line.rfind("\\", 0, halt.column + 1)
    if at < 0:
        return None
    found = re.match(r"\\[xuU][0-9A-Fa-f]*|\\.?", halt.line[at:])
    assert found
    hint = "write \\\\ for a backslash, or put the text in single quotes"
    if found[0][1:2] in ("x", "u", "U"):
        hint = f"type the character itself; {hint}"
    return Slip(halt.row, at, f"'{found[0]}' means nothing inside double quotes", hint)


def _insert(halt: Halt) -> Slip | None:
    at = halt.line.find("{{")
    if at < 0 or at > halt.column or halt.line[:at].count('"') % 2 or "expected" not in halt.said:
        return None
    insert = re.match(r"\{\{[^{}]*\}\}", halt.line[at:])
    words = insert[0] if insert else "{{"
    return Slip(halt.row, at, f"a text with '{short(words)}' needs quotes", insert_hint(words))


def insert_hint(insert: str) -> str:
    """Return where the quotes go around a text with *insert*."""
    return f'put quotes around the whole text: "... {insert} ..."'


def _after_quote(halt: Halt) -> Slip | None:
    if halt.quoted is None or "expected" not in halt.said:
        return None
    (row, column), (end_row, end_column) = halt.quoted
    if end_row != halt.row or halt.line[end_column : halt.column].strip() or halt.rest[:1] in ("", "}", "]", "#"):
        return None
    mark = halt.lines[row][column]
    if end_row > row:
        return unclosed_quote(halt.lines[row], row, column)
    if halt.bracket and re.match(r"[\"']|[\w-]+\s*:(\s|$)", halt.rest):
        return _missing_comma(halt, halt.column)
    rest = re.split(r"[,\]}]", halt.rest)[0] if halt.bracket else halt.rest
    if mark == "'" and halt.column == end_column:
        return Slip(
            halt.row,
            halt.column - 1,
            f"the apostrophe before '{short(rest.rstrip(mark))}' ends the text",
            "write it twice, or put double quotes around the text",
        )
    hint = 'put the quotes around the whole text; inside double quotes a quote is written \\"'
    return Slip(halt.row, halt.column, f"'{short(rest)}' stands after the closing quote", hint)


def _missing_comma(halt: Halt, column: int) -> Slip:
    next_one = re.match(r"\"[^\"]*\"|'[^']*'|[^\s:,{}\[\]]+", halt.line[column:])
    words = next_one[0] if next_one else halt.line[column:]
    hint = f"write , {short(words)}"
    if halt.bracket and halt.bracket[0] == halt.row:
        line = halt.line[halt.bracket[1] : column].rstrip() + ", " + halt.line[column:].rstrip()
        hint = f"write {line}" if len(line) <= _LINE else hint
    return Slip(halt.row, column, f"a comma is missing before '{short(words)}'", hint)


def _sign(halt: Halt) -> Slip | None:
    if "directive" in halt.said:
        return Slip(
            halt.row,
            0,
            f"a line cannot start with '{halt.line[:1]}'",
            "delete the line, or put quotes around its text",
        )
    row, column = halt.start if re.search("alias|anchor|a tag", halt.said) else (halt.row, halt.column)
    if (row, column) == (halt.row, halt.column) and not _no_start(halt):
        return None
    text = halt.lines[row][column:] if row < len(halt.lines) else ""
    if text[:1] in ("|", ">"):
        return Slip(
            row,
            column,
            f"a text inside braces or brackets cannot start with '{text[:1]}'",
            "put quotes around it, or write it below its key, without braces",
        )
    return sign_slip(row, column, text, inside=halt.bracket is not None)


def sign_slip(row: int, column: int, text: str, *, inside: bool) -> Slip:
    """Return the mistake of a *text* that starts with a sign; *inside* braces the text ends at a comma."""
    words = re.split(r"[,\]}]", text)[0] if inside else text
    hint = quotes_hint(re.sub(r"\s+#.*", "", words))
    if text[:1] in "&*":
        hint += "\nvalues are not shared by & and *: write each one out"
    elif text[:1] == "!":
        hint += "\nwords with ! do not change what a value is"
    return Slip(row, column, f"a value cannot start with '{text[:1]}'", hint)


def _no_start(halt: Halt) -> bool:
    return "cannot start any token" in halt.said


def _block_text(halt: Halt) -> Slip | None:
    if "block scalar" not in halt.said:
        return None
    row, column = halt.start
    text = halt.lines[row][column:]
    return Slip(
        row,
        column,
        f"nothing can follow '{text[:1]}' on its line",
        "start the text on the next line, deeper than its key\n"
        f"a text that begins with {text[:1]} itself: {quotes_hint(text)}",
    )


def _colon_too_many(halt: Halt) -> Slip | None:
    if "mapping values are not allowed" not in halt.said:
        return None
    above = next((row for row in range(halt.row - 1, -1, -1) if halt.lines[row].strip()), None)
    if ":" not in halt.line[: halt.column].strip() and above is not None and halt.line[: halt.column].strip():
        line = halt.lines[above]
        slip = _keyless(halt, above) if not _KEY.match(line) else None
        if slip:
            return slip
        if indent(halt.line) > indent(line):
            return _too_deep(halt, line)
    parts = _KEY.match(halt.line)
    if parts and parts["value"]:
        value = parts["value"]
        hint = quotes_hint(value)
        if value[0] in "“”„‘’「":
            hint += "\nonly straight quotes hold a text together"
        return Slip(halt.row, halt.column, f"a second colon stands in '{short(parts[0], 40)}'", hint)
    return Slip(halt.row, halt.column, "a colon stands where none can", "put quotes around a text with a colon")


def _too_deep(halt: Halt, above: str) -> Slip:
    at = indent(halt.line)
    parts = _KEY.match(above)
    name = short(halt.line[: halt.column].strip())
    key = parts["key"] if parts else above.strip()
    column = parts.start("key") + 1 if parts else indent(above) + 1
    return Slip(
        halt.row,
        at,
        f"'{name}' stands deeper than '{short(key)}', which has its value already",
        f"start it in column {column}; if it belongs to the text above, put quotes around all of that text",
    )


def _keyless(halt: Halt, row: int) -> Slip | None:
    """Return what is wrong with a line that should have a key and a colon."""
    line = halt.lines[row]
    at = indent(line)
    text = line.strip()
    if re.match(r"-[^\s-]", text):
        return glued_slip(row, at, text)
    glued = re.match(r"(- )*", text)
    assert glued
    rest = text[glued.end() :]
    if GLUED.match(rest):
        return glued_slip(row, at + glued.end(), rest)
    odd = re.match(r"([^\s:：]+)(?:：|:[^\x00-\x7f\w])", rest)
    if odd:
        return Slip(
            row,
            at + glued.end(),
            f"no ordinary colon and space after '{short(odd[1])}'",
            f"write {odd[1]}: {short(rest[odd.end() :].strip(), _LINE)}",
        )
    return None


def glued_slip(row: int, column: int, text: str) -> Slip:
    """Return the mistake of a key with no space after its colon, or a wide colon, or of a dash without space."""
    if text.startswith("-"):
        return Slip(row, column, f"no space after the dash in '{short(text)}'", f"write - {short(text[1:], _LINE)}")
    parts = GLUED.match(text)
    assert parts
    if parts["colon"] == "：":
        message = f"the wide colon in '{short(text)}' does not count"
    else:
        message = f"no space after the colon in '{short(text)}'"
    return Slip(row, column, message, f"{glued_hint(text)}\nif it is a text, put quotes around it")


def _no_colon(halt: Halt) -> Slip | None:
    if "could not find expected ':'" not in halt.said:
        return None
    row, column = halt.start
    if row >= len(halt.lines):
        return None
    slip = _keyless(halt, row)
    if slip:
        return slip
    line = halt.lines[row]
    text = line[column:].strip()
    if len(text) > 1000:
        return Slip(row, column, "a key is longer than 1000 characters", "look for a missing quote or line break")
    near = [other for other in halt.lines[max(0, row - 1) : row + 2] if other.startswith(" " * column + "- ")]
    if near and indent(line) == column:
        return Slip(
            row,
            column,
            f"no dash before '{short(text)}'",
            f"write - {short(text, _LINE)}\nor, if it is a key, put a colon and a space after it",
        )
    return Slip(
        row,
        column,
        f"no colon after '{short(text)}'",
        "a key ends with a colon and a space; a text that goes on stands deeper than its key",
    )


def _dash(halt: Halt) -> Slip | None:
    if "entries are not allowed" not in halt.said:
        return None
    parts = _KEY.match(halt.line)
    hint = quotes_hint(parts["value"]) if parts else "put quotes around it"
    return Slip(
        halt.row,
        halt.column,
        "a list cannot start behind its key",
        f"start it on the next line, each point after a dash; if it is a text, {hint}",
    )


def _question(halt: Halt) -> Slip | None:
    if "keys are not allowed" not in halt.said:
        return None
    return Slip(halt.row, halt.column, "a value cannot start with '?'", quotes_hint(halt.rest))


def _braces(halt: Halt) -> Slip | None:
    if halt.bracket is None or "expected" not in halt.said:
        return None
    row, column = halt.bracket
    mark = halt.lines[row][column]
    closing = "}" if mark == "{" else "]"
    if halt.at_end or (halt.row > row and indent(halt.line) <= (halt.columns[-1] if halt.columns else -1)):
        hidden = re.search(r"\s(#.*)", halt.lines[halt.row - 1 if halt.row else 0])
        if hidden and halt.row - 1 == row and closing in hidden[1]:
            return hash_slip(row, hidden.start(1), hidden[1])
        return unclosed_bracket(halt.lines[row], row, column)
    return _in_braces(halt, mark, closing)


def hash_slip(row: int, column: int, text: str) -> Slip:
    """Return the mistake of a text cut off by a # that was not meant as a comment."""
    return Slip(
        row,
        column,
        f"'{short(text)}' is cut off as a comment",
        "put quotes around the whole text; a comment has a space after its #",
    )


def _in_braces(halt: Halt, mark: str, closing: str) -> Slip | None:
    found = halt.rest[:1]
    if "node content" in halt.said or found == ",":
        what = f"'{found}'" if found else "the end"
        return Slip(
            halt.row,
            halt.column,
            f"nothing stands before {what}",
            "delete it, or put quotes around a text with it",
        )
    if found in ("}", "]"):
        return Slip(
            halt.row,
            halt.column,
            f"'{found}' cannot close '{mark}'",
            f"write {closing} before it, or in its place",
        )
    if found == ":":
        return _colon_in_braces(halt)
    if found in ("{", "["):
        return Slip(
            halt.row,
            halt.column,
            f"'{found}' stands inside a text",
            "put quotes around a text with brackets or braces",
        )
    return _missing_comma(halt, halt.column)


def _colon_in_braces(halt: Halt) -> Slip:
    before = re.split(r"[,{\[]", halt.line[: halt.column])[-1]
    words = before.split()
    if "，" in before:
        at = halt.line.rindex("，", 0, halt.column)
        return Slip(halt.row, at, "the wide comma '，' does not count between keys", "write a comma and a space")
    has_value = ":" in before.rstrip() and not before.rstrip().endswith(f": {words[-1]}" if words else ":")
    if words and (has_value or ":" not in before) and re.fullmatch(r"[A-Za-z][\w-]*", words[-1]):
        slip = _missing_comma(halt, halt.column - len(before) + before.rindex(words[-1]))
        return Slip(slip.row, slip.column, slip.message, f"{slip.hint}\nor put quotes around a text with a colon")
    return Slip(
        halt.row,
        halt.column,
        "a second colon without a comma before it",
        "put quotes around a text with a colon",
    )


def _node(halt: Halt) -> Slip | None:
    if "node content" not in halt.said or not halt.rest:
        return None
    return Slip(halt.row, halt.column, f"a value cannot start with '{halt.rest[0]}'", quotes_hint(halt.rest))


def _levels(halt: Halt) -> Slip | None:
    if not re.search("expected (key|'?<document start>|'-' indicator|<block end>)", halt.said) or not halt.rest.strip():
        return None
    at = indent(halt.line)
    text = short(halt.rest)
    if halt.column > at:
        found = halt.rest[:1]
        if found in ("}", "]"):
            opening = "{" if found == "}" else "["
            return Slip(halt.row, halt.column, f"'{found}' closes nothing", f"delete it, or write {opening} before it")
        return Slip(
            halt.row,
            halt.column,
            f"'{text}' stands after the end of the value",
            "put it on a line of its own",
        )
    if halt.rest.startswith(":"):
        return Slip(halt.row, halt.column, "no key stands before the colon", "write a key before it")
    above = [row for row in range(halt.row) if halt.lines[row].strip()]
    if "document start" in halt.said and above and indent(halt.lines[above[-1]]) == 0:
        last = halt.lines[above[-1]]
        hint = "delete that line" if last.startswith("...") else "write the whole file without braces around it"
        return Slip(halt.row, at, f"'{text}' stands after '{short(last)}', which ends the file", hint)
    return _wrong_level(halt, at, text)


def _wrong_level(halt: Halt, at: int, text: str) -> Slip:
    is_point = re.match(r"-(\s|$)", halt.rest) is not None
    if at in halt.columns and is_point:
        return Slip(
            halt.row,
            at,
            f"'{text}' is a point of a list, but keys stand above it",
            "take away the dash, or indent it below the key it belongs to",
        )
    if at in halt.columns:
        return Slip(
            halt.row,
            at,
            f"no dash before '{text}'",
            f"write - {text}\nor, if it is a key, start it below the keys above",
        )
    if halt.block and not _KEY.match(halt.line):
        return Slip(
            halt.row,
            at,
            f"'{text}' stands less deep than the text above",
            "start all lines of a text in the same column",
        )
    where = [f"column {level + 1} as line {row + 1} does" for level, row in _levels_above(halt, at, is_point=is_point)]
    return Slip(
        halt.row,
        at,
        f"'{text}' starts in column {at + 1}, in line with nothing above",
        f"start it in {', or in '.join(where)}" if where else "start it in column 1",
    )


def _levels_above(halt: Halt, at: int, *, is_point: bool) -> list[tuple[int, int]]:
    """Return column and row of the nearest lines above, less and more deep than *at*, to be in line with."""
    levels: dict[int, int] = {}
    for row in range(halt.row - 1, -1, -1):
        words = halt.lines[row].lstrip(" ")
        level = len(halt.lines[row]) - len(words)
        if words and words[0] != "#" and level < min(levels, default=level + 1):
            levels[level] = row
        if 0 in levels:
            break
    points = (
        {level: row for level, row in levels.items() if halt.lines[row][level:].startswith("- ")} if is_point else {}
    )
    known = points or levels
    less = [level for level in known if level < at]
    more = [level for level in known if level > at]
    near = ([max(less)] if less else []) + ([min(more)] if more else [])
    return [(level, known[level]) for level in near]


RECOGNISERS: tuple[Callable[[Halt], Slip | None], ...] = (
    _tab,
    _quote,
    _insert,
    _after_quote,
    _sign,
    _block_text,
    _colon_too_many,
    _no_colon,
    _dash,
    _question,
    _braces,
    _node,
    _levels,
)
"""From the surest sign of a mistake to the weakest; the first that knows one is believed."""


def bare_key(row: int, column: int, text: str) -> Slip:
    """Return the mistake of a *text* inside braces that has no colon after it."""
    if GLUED.match(text):
        return glued_slip(row, column, text)
    parts = re.match(r"([A-Za-z][\w-]*) (.+)", text)
    hint = "put quotes around all of a text with a comma"
    if not parts:
        hint = f"write {short(text)}: and its value; or {hint}"
    else:
        hint = f"write {parts[1]}: {short(parts[2], _LINE)}\nor, if it belongs to the text before it: {hint}"
    return Slip(row, column, f"no colon after '{short(text)}'", hint)


def swallowed(row: int, column: int, line: str) -> Slip | None:
    """Return the mistake of a *line* that continues a text but looks like a key or a point of a list."""
    if re.match(r"-(\s|[a-z_])", line):
        return Slip(
            row,
            column,
            f"'{short(line)}' belongs to the text above, because it stands deeper",
            "start all dashes of a list in the same column; put quotes around a text with a dash",
        )
    return glued_slip(row, column, line) if GLUED.match(line) else None


def unopened(text: str, row: int, column: int) -> Slip | None:
    """Return the mistake of a *text* whose last sign closes what was not opened; None if it is whole."""
    closing = text[-1]
    opening = {"]": "[", "}": "{"}.get(closing, closing)
    if text.count(closing) % 2 == 0 if opening == closing else text.count(closing) <= text.count(opening):
        return None
    hint = f"write {opening}{text}" if len(text) <= _LINE else f"write {opening} where it opens"
    return Slip(
        row,
        column,
        f"'{short(text)}' closes with {closing} what was not opened",
        f"{hint}\nif the sign belongs to the text, {quotes_hint(text)}",
    )


def odd_key(line: str, row: int, column: int, name: str, *, inside: bool) -> Slip:
    """Return the mistake of a key with quotes, brackets or braces in its *name*; it starts at *column* of *line*."""
    text = line[column:]
    if GLUED.match(name):
        cut = re.match(r"[\w-]+[:：](\"[^\"]*\"|'[^']*'|[^,}\]]*)", text) if inside else None
        return glued_slip(row, column, cut[0] if cut else text)
    before = re.match(r"([\w-]+)\s+([{\[].*)", text)
    if before:
        return Slip(row, column, f"no colon after '{before[1]}'", f"write {before[1]}: {short(before[2], _LINE)}")
    clean = re.sub(r"[\"{}\[\]]", "", name)
    return Slip(row, column, f"a quote, bracket or brace stands in the key '{short(name)}'", f'write "{clean}":')
