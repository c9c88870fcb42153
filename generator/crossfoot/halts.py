"""Where a YAML file cannot be read any further: what the author probably meant, as a slip."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crossfoot.slips import (
    GLUED,
    SHORT,
    Slip,
    bare_insert,
    cut_off,
    glued,
    in_quotes,
    indent,
    short,
    sign,
    unclosed_bracket,
    unclosed_quote,
    unopened,
    unopened_quote,
    written,
)
from crossfoot.textfile import spelled

Spot = tuple[int, int]
"""A row and a column, counted from 0."""
_KEY = re.compile(r"\s*(?:- +)*(?P<key>\"[^\"]*\"|'[^']*'|[^\s:{\[#][^:]*?)\s*:(?=\s|$)\s*(?P<value>.*)")
_LONGEST_KEY = 1000
"""The format itself ends at 1024."""


@dataclass(frozen=True, slots=True)
class Halt:
    """Where reading stopped, and what was read before. Rows and columns count from 0."""

    lines: Sequence[str]
    row: int
    column: int
    said: str
    """The parser's own words; no author sees them."""
    start: Spot
    """Where the thing begins in which it stopped."""
    bracket: Spot | None
    """The innermost bracket or brace still open."""
    columns: Sequence[int]
    """Where the keys and lists still open start, from the outside in."""
    quoted: tuple[Spot, Spot] | None
    """Start and end of the last text read, if it was in quotes."""
    after_block: bool
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

    def says(self, *words: str) -> bool:
        """Return whether the parser used one of these *words*."""
        return any(word in self.said for word in words)

    def slip(self, message: str, hint: str) -> Slip:
        """Return a slip at the very place where reading stopped."""
        return Slip(self.row, self.column, message, hint)


def explain(halt: Halt) -> Slip:
    """Return the likely slip behind *halt*."""
    for recognise in RECOGNISERS:
        slip = recognise(halt)
        if slip:
            return slip
    rest = halt.rest.strip(" ")
    if rest and not rest.strip():
        return halt.slip(f"the invisible character {spelled(rest[0])} stands here", "delete it")
    what = f"'{short(rest)}' is not understood here" if rest else "the text ends too early"
    return halt.slip(what, "look at the colons, quotes, brackets and indents of this line and the one above")


def _tab(halt: Halt) -> Slip | None:
    at = halt.column if halt.rest.startswith("\t") else halt.line.find("\t")
    if at < 0 or not halt.says("tab character", "cannot start any token") or halt.line[at : at + 1] != "\t":
        return None
    if at != halt.column and not halt.says("tab character"):
        return None
    hint = "write two spaces for each level, and one after a dash or a colon"
    return Slip(halt.row, at, "a tab stands where spaces belong", hint)


def _quote(halt: Halt) -> Slip | None:
    row, column = halt.start
    if not halt.says("quoted") or row >= len(halt.lines):
        return None
    if halt.says("end of stream", "document indicator"):
        return unclosed_quote(halt.lines[row], row, column)
    at = halt.line.rfind("\\", 0, halt.column + 1)
    if at < 0:
        return None
    escape = re.match(r"\\[xuU][0-9A-Fa-f]*|\\.?", halt.line[at:])
    assert escape
    hint = "write \\\\ for a backslash, or put the text in single quotes"
    if escape[0][1:2] in ("x", "u", "U"):
        hint = "type the character itself"
    return Slip(halt.row, at, f"'{escape[0]}' means nothing inside double quotes", hint)


def _insert(halt: Halt) -> Slip | None:
    at = halt.line.find("{{")
    if at < 0 or at > halt.column or halt.line[:at].count('"') % 2 or not halt.says("expected"):
        return None
    return bare_insert(halt.line[at:], halt.row, at, inside=halt.bracket is not None)


def _empty_braces(halt: Halt) -> Slip | None:
    at = halt.line.rfind("{}", 0, halt.column)
    if at < 0 or halt.line[at + 2 : halt.column].strip() or not halt.says("expected") or not halt.rest.strip():
        return None
    after = halt.line[at + 2 :]
    words = re.split(r"[,}]", after)[0] if halt.bracket else after
    if not words.strip() or words.strip()[0] in ":]" or '"' in words:
        return None
    return Slip(halt.row, at, "a text that starts with {} needs quotes", in_quotes("{}" + words))


def _after_quote(halt: Halt) -> Slip | None:
    if halt.quoted is None or not halt.says("expected"):
        return None
    (row, column), (end_row, end_column) = halt.quoted
    if end_row != halt.row or halt.line[end_column : halt.column].strip() or halt.rest[:1] in ("", "}", "]"):
        return None
    if end_row > row or re.search(r",\s*[\w-]+:\s*$", halt.line[column : end_column - 1]):
        return unclosed_quote(halt.lines[row], row, column)
    if halt.bracket and re.match(r"[\"']|[\w-]+\s*:(\s|$)", halt.rest):
        return _missing_comma(halt, halt.column)
    value = _KEY.match(halt.line)
    if not halt.bracket and value and halt.rest.startswith(",") and halt.line.rstrip()[-1:] in ("}", "]"):
        return unopened(value["value"].rstrip(), halt.row, value.start("value"))
    mark = halt.line[column]
    rest = re.split(r"[,\]}]", halt.rest)[0] if halt.bracket else halt.rest
    if mark == "'" and halt.column == end_column:
        message = f"the apostrophe before '{short(rest.rstrip(mark))}' ends the text"
        return Slip(halt.row, end_column - 1, message, "write it twice, or put double quotes around the text")
    hint = 'put the quotes around the whole text; inside double quotes a quote is written \\"'
    return halt.slip(f"'{short(rest)}' stands after the closing quote", hint)


def _missing_comma(halt: Halt, column: int) -> Slip:
    following = re.match(r"\"[^\"]*\"|'[^']*'|[^\s:,{}\[\]]+", halt.line[column:])
    words = short(following[0] if following else halt.line[column:])
    hint = f"write , {words}"
    if column == indent(halt.line):
        hint = "write it at the end of the line above"
    elif halt.bracket and halt.bracket[0] == halt.row:
        start = halt.line[halt.bracket[1] : column].rstrip()
        hint = written(f"{start}, {halt.line[column:]}", hint)
    return Slip(halt.row, column, f"a comma is missing before '{words}'", hint)


def _sign(halt: Halt) -> Slip | None:
    first = next((row for row, line in enumerate(halt.lines) if line.strip()), 0)
    if halt.says("directive") or (halt.at_end and halt.lines[first].startswith("%")):
        row = halt.row if halt.says("directive") else first
        return Slip(row, 0, "a line cannot start with '%'", "delete the line, or put quotes around its text")
    if halt.says("alias", "anchor", "a tag"):
        row, column = halt.start
    elif halt.says("cannot start any token"):
        row, column = halt.row, halt.column
    else:
        return None
    text = halt.lines[row][column:]
    if text[:1] in ("|", ">"):
        hint = "put quotes around it, or write it below its key, without braces"
        return Slip(row, column, f"a text inside braces or brackets cannot start with '{text[:1]}'", hint)
    return sign(text, row, column, inside=halt.bracket is not None)


def _block_text(halt: Halt) -> Slip | None:
    if not halt.says("block scalar"):
        return None
    row, column = halt.start
    text = halt.lines[row][column:]
    hint = "start the text on the next line, deeper than its key"
    hint += f"\nif {text[:1]} belongs to the text, {in_quotes(text)}"
    return Slip(row, column, f"nothing can follow '{text[:1]}' on its line", hint)


def _second_colon(halt: Halt) -> Slip | None:
    if not halt.says("mapping values are not allowed"):
        return None
    before = halt.line[: halt.column]
    if len(before.strip()) > _LONGEST_KEY:
        return _long_key(halt.row, indent(before))
    slip = None if re.search(r":\s", before) else _below_a_text(halt, before.strip())
    if slip:
        return slip
    parts = _KEY.match(halt.line)
    if parts is None or not parts["value"]:
        return halt.slip("a colon stands where none can", "put quotes around a text with a colon")
    value = parts["value"].strip()
    slip = unopened(value, halt.row, parts.start("value")) if value[-1] in '"]}' else None
    if slip:
        return slip
    hint = in_quotes(value)
    if value[0] in "“”":
        hint = "only straight quotes hold a text together: " + in_quotes(value.strip("“”"))
    return halt.slip(f"a second colon stands in '{short(parts[0], 40)}'", hint)


def _below_a_text(halt: Halt, name: str) -> Slip | None:
    """Return what is wrong with a key that stands where the text of the key above goes on."""
    above = [row for row in range(halt.row) if halt.lines[row].strip()]
    if not above or not name:
        return None
    slip = None if _KEY.match(halt.lines[above[-1]]) else _keyless(halt, above[-1])
    if slip:
        return slip
    row = next((row for row in reversed(above) if _KEY.match(halt.lines[row])), None)
    parts = _KEY.match(halt.lines[row]) if row is not None else None
    at = indent(halt.line)
    if parts is None or not parts["value"] or at <= parts.start("key"):
        return None if row == above[-1] else _bare_line(halt.lines[above[-1]], above[-1])
    key = short(parts["key"])
    if row == above[-1]:
        hint = f"start it in column {parts.start('key') + 1}"
        hint += "; if it belongs to the text above, put quotes around all of that text"
        message = f"'{short(name)}' stands deeper than '{key}', which has its value already"
        return Slip(halt.row, at, message, hint)
    return halt.slip(f"a colon stands in the text of '{key}'", "put quotes around the whole text")


def _keyless(halt: Halt, row: int) -> Slip | None:
    """Return what is wrong with a line that should have a key, a colon and a space."""
    at = indent(halt.lines[row])
    text = halt.lines[row].strip()
    if re.match(r"-[^\s-]", text):
        return glued(text, row, at)
    dashes = re.match(r"(- +)*", text)
    assert dashes
    at, text = at + dashes.end(), text[dashes.end() :]
    if GLUED.match(text):
        return glued(text, row, at)
    odd = re.match(r"([^\s:\uff1a]+)(?:\uff1a|:[^\x00-\x7f\w])", text)
    if odd is None:
        return None
    hint = f"write {odd[1]}: {short(text[odd.end() :].strip(), SHORT)}"
    return Slip(row, at, f"no ordinary colon and space after '{short(odd[1])}'", hint)


def _no_colon(halt: Halt) -> Slip | None:
    row, column = halt.start
    if not halt.says("could not find expected ':'") or row >= len(halt.lines):
        return None
    slip = _keyless(halt, row)
    if slip:
        return slip
    line = halt.lines[row]
    text = line[column:].strip()
    if len(text) > _LONGEST_KEY:
        return _long_key(row, column)
    if text[:1] in ("{", "["):
        return unclosed_bracket(line, row, column)
    if text[:1] in ('"', "'"):
        return unclosed_quote(line, row, column)
    beside = halt.lines[max(0, row - 1) : row + 2]
    if indent(line) == column and any(other.startswith(" " * column + "- ") for other in beside):
        hint = f"write - {short(text, SHORT)}\nor, if it is a key, put a colon and a space after it"
        return Slip(row, column, f"no dash before '{short(text)}'", hint)
    return _bare_line(line, row)


def _bare_line(line: str, row: int) -> Slip:
    text = line.strip()
    hint = "a key ends with a colon and a space; a text that goes on stands deeper than its key"
    return Slip(row, indent(line), f"no colon after '{short(text)}'", hint)


def _long_key(row: int, column: int) -> Slip:
    hint = "look for a missing quote or line end"
    return Slip(row, column, f"a key is longer than {_LONGEST_KEY} characters", hint)


def _dash(halt: Halt) -> Slip | None:
    if not halt.says("entries are not allowed"):
        return None
    hint = "start it on the next line, each point after a dash"
    return halt.slip("a list cannot start behind its key", f"{hint}\nif it is a text, {in_quotes(halt.rest)}")


def _question(halt: Halt) -> Slip | None:
    if not halt.says("keys are not allowed"):
        return None
    return sign(halt.rest, halt.row, halt.column, inside=False)


def _braces(halt: Halt) -> Slip | None:
    if halt.bracket is None or not halt.says("expected"):
        return None
    row, column = halt.bracket
    line = halt.lines[row]
    outside = halt.columns[-1] if halt.columns else -1
    if halt.at_end or (halt.row > row and indent(halt.line) <= outside):
        hidden = re.search(r"\s(#.*)", line[column:])
        if hidden and line[column] in "{[" and re.search(r"[}\]]", hidden[1]):
            return cut_off(hidden[1], row, column + hidden.start(1))
        return unclosed_bracket(line, row, column)
    return _in_braces(halt, line[column])


def _in_braces(halt: Halt, mark: str) -> Slip:
    found = halt.rest[:1]
    closing = "}" if mark == "{" else "]"
    if halt.says("node content") or found == ",":
        return halt.slip(f"nothing stands before '{found}'", "delete it, or put quotes around a text with it")
    if found in ("}", "]"):
        return halt.slip(f"'{found}' cannot close '{mark}'", f"write {closing} before it, or in its place")
    if found == ":":
        return _colon_in_braces(halt)
    if found in ("{", "["):
        return halt.slip(f"'{found}' stands inside a text", f"put quotes around a text with '{found}'")
    text = re.split(r"[,\]}]", halt.rest)[0].rstrip()
    if halt.line.count('"') % 2 and '"' in (text[:1], text[-1:]):
        return unopened_quote(text, halt.row, halt.column)
    return _missing_comma(halt, halt.column)


def _colon_in_braces(halt: Halt) -> Slip:
    quotes = "put quotes around a text with a colon"
    before = re.split(r"[,{\[]", halt.line[: halt.column])[-1]
    if "\uff0c" in before:
        at = halt.line.rindex("\uff0c", 0, halt.column)
        return Slip(halt.row, at, "the wide comma does not count between keys", "write a comma and a space")
    value = before.partition(":")[2].split() if ":" in before else ["", *before.split()]
    following = value[-1] if len(value) > 1 else ""
    if not re.fullmatch(r"[A-Za-z][\w-]*", following):
        return halt.slip("a second colon stands behind the same key", quotes)
    slip = _missing_comma(halt, halt.column - len(before) + before.rindex(following))
    return Slip(slip.row, slip.column, slip.message, f"{slip.hint}\nor {quotes}")


def _cut(halt: Halt) -> Slip | None:
    if halt.column or halt.rest[:3] not in ("---", "..."):
        return None
    hint = "delete it, or move what follows to a file of its own"
    return halt.slip(f"'{halt.rest[:3]}' cuts the file in two", hint)


def _no_value(halt: Halt) -> Slip | None:
    if not halt.says("node content") or not halt.rest:
        return None
    return sign(halt.rest, halt.row, halt.column, inside=False)


def _levels(halt: Halt) -> Slip | None:
    expected = "expected (key|'?<document start>|'-' indicator|<block end>)"
    if not re.search(expected, halt.said) or not halt.rest.strip():
        return None
    text, found = short(halt.rest), halt.rest[0]
    if halt.column > indent(halt.line):
        if found in ("}", "]"):
            opening = "{" if found == "}" else "["
            return halt.slip(f"'{found}' closes nothing", f"delete it, or write {opening} where it opens")
        return halt.slip(f"'{text}' stands after the end of the value", "put it on a line of its own")
    if found == ":":
        return halt.slip("no key stands before the colon", "write a key before it")
    above = [line for line in halt.lines[: halt.row] if line.strip()]
    if halt.says("document start") and above and indent(above[-1]) == 0:
        hint = "write the file without braces around it"
        hint = "delete that line" if above[-1].startswith("...") else hint
        return halt.slip(f"'{text}' stands after '{short(above[-1])}', which ends the file", hint)
    return _wrong_level(halt, text)


def _wrong_level(halt: Halt, text: str) -> Slip:
    is_point = re.match(r"-(\s|$)", halt.rest) is not None
    if halt.column in halt.columns and is_point:
        hint = "take away the dash, or indent it below the key it belongs to"
        return halt.slip(f"'{text}' is a point of a list, but keys stand above it", hint)
    if halt.column in halt.columns:
        hint = f"write - {text}\nor, if it is a key, start it below the keys above"
        return halt.slip(f"no dash before '{text}'", hint)
    if halt.after_block and not _KEY.match(halt.line):
        hint = "start all lines of a text in the same column"
        return halt.slip(f"'{text}' stands less deep than the text above", hint)
    near = _levels_near(halt, is_point=is_point)
    where = [f"column {level + 1} as line {row + 1} does" for level, row in near]
    hint = f"start it in {', or in '.join(where)}" if where else "start it in column 1"
    return halt.slip(f"'{text}' starts in column {halt.column + 1}, in line with nothing above", hint)


def _levels_near(halt: Halt, *, is_point: bool) -> list[Spot]:
    """Return column and row of the lines above to be in line with: the next level out, the next level in."""
    levels: dict[int, int] = {}
    for row in range(halt.row - 1, -1, -1):
        words = halt.lines[row].lstrip(" ")
        level = len(halt.lines[row]) - len(words)
        if words and words[0] != "#" and level < min(levels, default=level + 1):
            levels[level] = row
        if 0 in levels:
            break
    points = {level: row for level, row in levels.items() if halt.lines[row].lstrip(" ").startswith("- ")}
    known = points if is_point and points else levels
    out = sorted(level for level in known if level < halt.column)[-1:]
    deeper = sorted(level for level in known if level > halt.column)[:1]
    return [(level, known[level]) for level in out + deeper]


RECOGNISERS: tuple[Callable[[Halt], Slip | None], ...] = (
    _tab,
    _quote,
    _insert,
    _empty_braces,
    _after_quote,
    _sign,
    _block_text,
    _second_colon,
    _no_colon,
    _dash,
    _question,
    _braces,
    _cut,
    _no_value,
    _levels,
)
"""From the surest sign of a slip to the weakest; the first that knows one is believed."""
