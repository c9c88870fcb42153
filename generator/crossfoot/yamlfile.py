"""Read one YAML file in our strict dialect: plain values, and the place of each."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from crossfoot import slips
from crossfoot.places import NOWHERE, Place, Problem, Problems

DEEPEST = 50
"""How many keys and lists may stand inside each other."""
DIGITS = 28
"""How many digits a number may have: the most that Decimal computes with exactly."""
LARGEST = 64 * 1024 * 1024
"""How many bytes a file may have."""
MOST = 200
"""How many problems of one file are told before reading stops."""

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"true": True, "false": False, "null": None, "": None}
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_CLOSING = frozenset('"]}')
_MARKS = re.compile(r"[\"{}\[\]]")
_BANNED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffd-\uffff]")
_UNSEEN = re.compile("[\u00a0\u00ad\u034f\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3000\u3164]")


class Node(dict[str, Any]):
    """Keys and their values as read from a file, in the file's order."""

    __slots__ = ("key_places", "place", "places")

    def __init__(self, place: Place = NOWHERE) -> None:
        """Start empty, at *place*."""
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}
        """Where each value stands."""
        self.key_places: dict[str, Place] = {}
        """Where each key stands."""


class Items(list[Any]):
    """A list as read from a file."""

    __slots__ = ("place", "places")

    def __init__(self, place: Place = NOWHERE) -> None:
        """Start empty, at *place*."""
        super().__init__()
        self.place = place
        self.places: list[Place] = []
        """Where each point of the list stands."""


@dataclass(frozen=True)
class Document:
    """What one file says."""

    value: Any
    """A Node; its values are Node, Items, str, Decimal, bool or None."""
    file: str

    def place(self, loc: Sequence[str | int]) -> Place:
        """Return the place of the value at *loc*, or of the last thing on the way there that the file has."""
        return self._walk(loc)[1]

    def key_place(self, loc: Sequence[str | int]) -> Place:
        """Return the place of the key at *loc*, or of the last key or point on the way that the file has."""
        return self._walk(loc)[0]

    def _walk(self, loc: Sequence[str | int]) -> tuple[Place, Place]:
        value = self.value
        key = place = getattr(value, "place", Place(self.file))
        for step in loc:
            if isinstance(value, Node) and isinstance(step, str) and step in value:
                key, place, value = value.key_places[step], value.places[step], value[step]
            elif isinstance(value, Items) and isinstance(step, int) and 0 <= step < len(value):
                key = place = value.places[step]
                value = value[step]
        return key, place


def read(path: Path, shown_as: str) -> Document:
    """Return what the file at *path* says; *shown_as* is its name in places.

    Raises:
        Problems: the file cannot be opened, is no text, or is not written in our dialect.
    """
    return _Reader(_text(_bytes(path, shown_as), shown_as), shown_as).document()


def _bytes(path: Path, file: str) -> bytes:
    def refuse(message: str, hint: str) -> Problems:
        return Problems([Problem(Place(file), message, hint, rule="file")])

    try:
        if path.is_dir():
            raise refuse("this is a folder, not a file", "take .yaml out of the folder's name, or move the folder")
        if not path.exists():
            raise refuse("there is no such file", "look at its name and folder, small and capital letters included")
        if not path.is_file():
            raise refuse("this is not an ordinary file", "put an ordinary text file in its place")
        if path.stat().st_size > LARGEST:
            raise refuse(f"the file is larger than {LARGEST // 2**20} MB", "divide it into several files")
        return path.read_bytes()
    except PermissionError:
        raise refuse("the file may not be opened", "give yourself the right to read it") from None
    except OSError as error:
        raise refuse(f"the file cannot be read ({(error.strerror or 'unknown').lower()})", "copy it again") from None


def _text(data: bytes, file: str) -> str:
    def refuse(place: Place, message: str, hint: str) -> Problems:
        return Problems([Problem(place, message, hint, rule="encoding")])

    again = "save it again as UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or _every_other_is_nul(data):
        raise refuse(Place(file), "the file is saved as UTF-16 or UTF-32, not as UTF-8", again)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            raise refuse(Place(file), "this is not a text file", "put a text file in its place") from None
        before = _unix(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        if error.reason == "unexpected end of data":
            raise refuse(
                place, "the file ends inside a character", f"it was cut off: copy it again, or {again}"
            ) from None
        raise refuse(place, f"the byte {data[error.start]:02X} is not UTF-8 text", again) from None
    text = _unix(text.removeprefix("\ufeff"))
    _refuse_banned(text, file)
    return text


def _every_other_is_nul(data: bytes) -> bool:
    head = data[:1000]
    return len(head) > 3 and max(head[0::2].count(0), head[1::2].count(0)) * 3 > len(head)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_banned(text: str, file: str) -> None:
    first: dict[str, int] = {}
    for match in _BANNED.finditer(text):
        first.setdefault(match[0], match.start())
    found = []
    for character, at in first.items():
        place = Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        number = text.count(character)
        hint = "delete it" if number == 1 else f"delete it; the file has {number} of them"
        if character == "\ufffd":
            found.append(
                Problem(
                    place,
                    "'\ufffd' stands for a lost character",
                    "type the lost character again",
                    rule="encoding",
                )
            )
        else:
            found.append(
                Problem(
                    place,
                    f"the invisible character {_name(character)} cannot stand in a text",
                    hint,
                    rule="encoding",
                )
            )
    if found:
        raise Problems(found)


def _name(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


class _Stop(Exception):
    """Nothing after this can be read for what it is."""


@dataclass(slots=True)
class _Open:
    """Keys or a list that is still being read."""

    value: Any
    row: int
    column: int
    flow: bool
    """Inside braces or brackets."""
    indent: int
    """Where the innermost keys or list outside braces start; -1 outside all."""
    is_key: bool = False
    """It stands where a key belongs; that has been told."""
    told: bool = False
    """What is wrong with the key that waits for its value has been told."""
    key: str | None = None
    key_place: Place = NOWHERE
    key_end: int = 0


class _Reader:
    """Builds the values of one file from the parser's events, without recursion."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = text.split("\n")
        self.found: list[Problem] = []
        self.open: list[_Open] = []
        self.value: Any = None
        self.place = Place(file)
        self.started = False
        self.done = 0
        self.muted = 0
        self.last: Any = None
        self.spans: list[tuple[int, int]] = []
        self.hashes = [match.start() + 1 for match in re.finditer(r"[ \t]#[^\s#]", text)]
        self.questions = re.search(r"(?m)(?:^|[\s{\[,])\?\s", text) is not None

    def document(self) -> Document:
        parser = _PARSER(self.text)
        try:
            while (event := parser.get_event()) is not None:
                step = _STEPS.get(type(event))
                if step:
                    step(self, event)
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            self._halt(error)
        except ValueError:  # the parser in Python: \U00110000
            mark = parser.get_mark()
            self._say(self._place(mark), "a character that does not exist is written with \\U", "delete it")
        self._cut_off()
        if not self.found:
            self._whole()
        if self.found:
            raise Problems(self.found)
        return Document(self.value, self.file)

    def _whole(self) -> None:
        """Refuse a file that holds something else than keys."""
        if isinstance(self.value, Node):
            return
        if isinstance(self.value, Items):
            self._say(
                self.place,
                "the file starts with a list",
                "start it with a key: see the other files of its folder",
            )
        elif not self.started or self.value is None:
            self._say(Place(self.file), "the file says nothing", "write its keys, or delete the file")
        else:
            text = slips.short(str(self.value))
            self._say(self.place, f"'{text}' stands without a key", "start the file with a key, a colon and a space")

    # what the parser finds -----------------------------------------------------------------------

    def _document(self, event: Any) -> None:
        mark = event.start_mark
        if event.version or event.tags:
            self._say(self._place(mark), "a line cannot start with '%'", "delete the line")
        if self.started:
            self._say(
                self._place(mark),
                "'---' cuts the file in two",
                "delete it, or move what follows to a file of its own",
            )
            raise _Stop
        self.started = True

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        self._look(event, start)
        here = self.open[-1] if self.open else None
        place = self._place(start)
        if here and here.key is None and isinstance(here.value, Node):
            self._key(here, event, place)
        else:
            if event.style:
                value: Any = event.value
                if event.style == '"' and (banned := _BANNED.search(value)):
                    self._say(place, f"the character {_name(banned[0])} cannot stand in a text", "delete it")
            else:
                value = self._plain(here, event, place)
            self._put(here, value, place)
        if end.line > start.line and event.style not in ("|", ">"):
            self._lines(here, event)
        self.last = event
        self.done = end.index
        if self.hashes:
            self.spans.append((start.index, end.index))

    def _key(self, here: _Open, event: Any, place: Place) -> None:
        name: str = event.value
        told = False
        if self.questions and "?" in re.sub(r"#.*", "", self.text[self.done : event.start_mark.index]):
            self._say(place, "a key cannot start with '?'", f"write {slips.short(name)}: and its value")
        if name == "<<" and not event.style:
            self._say(place, "'<<' is not a key", "write out each key and value")
        elif not name:
            self._say(place, "no key stands before the colon", "write a key before it")
        elif not name.isascii() and (odd := _UNSEEN.search(name)):
            clean = " ".join(_UNSEEN.sub(" ", name).split())
            self._say(
                place,
                f"the invisible character {_name(odd[0])} stands in the key '{slips.short(clean)}'",
                f"write {clean}:",
            )
        elif not event.style and _MARKS.search(name):
            line = self.lines[place.line - 1]
            self._tell(slips.odd_key(line, place.line - 1, place.column - 1, name, inside=here.flow))
            told = True
        elif name in here.value:
            first = here.value.key_places[name].line
            hint = f"the first is in line {first}: keep one of the two"
            if name == next(iter(here.value)) and not here.flow:
                hint += ", or write the key that is missing above this line"
            self._say(place, f"'{slips.short(name)}' is written twice", hint)
        here.key, here.key_place, here.key_end, here.told = name, place, event.end_mark.index, told

    def _plain(self, here: _Open | None, event: Any, place: Place) -> Any:
        """Return the value of words without quotes."""
        typed: str = event.value
        if typed in _WORDS:
            if here and here.flow and not typed and isinstance(here.value, Node):
                self._colon(here, event)
            return _WORDS[typed]
        if here and here.told:
            return typed
        if typed[0] in "+-0123456789" and _NUMBER.fullmatch(typed):
            return self._number(typed, place)
        if typed == "~":
            self._say(place, "'~' is not a value", 'write null, or nothing; the sign itself is "~"')
        elif typed[-1] in _CLOSING and (slip := slips.unopened(typed, event.start_mark.line, event.start_mark.column)):
            self._tell(slip)
        elif not typed.isascii() and (odd := _UNSEEN.search(typed)):
            clean = _UNSEEN.sub(" ", typed).strip()
            if clean in _WORDS or _NUMBER.fullmatch(clean):
                self._say(
                    place,
                    f"the invisible character {_name(odd[0])} stands beside '{clean}'",
                    f"write {clean}",
                )
        if (":" in typed or "：" in typed or typed[0] == "-") and self._alone(here, event):
            line = self.lines[event.start_mark.line]
            single = event.end_mark.line == event.start_mark.line
            self._glued(
                event.start_mark.line,
                event.start_mark.column,
                typed if single else line[event.start_mark.column :],
            )
        return typed

    def _number(self, typed: str, place: Place) -> Decimal:
        digits = sum(character.isdigit() for character in typed)
        if digits > DIGITS:
            hint = f"up to {DIGITS} digits are computed exactly; put quotes around it if it is a text"
            self._say(place, f"'{slips.short(typed)}' has {digits} digits", hint)
            return Decimal(0)
        value = Decimal(typed)
        return value if value else abs(value)

    def _alone(self, here: _Open | None, event: Any) -> bool:
        """Whether a value stands where a key could stand too."""
        return here is None or isinstance(here.value, Items) or here.key_place.line <= event.start_mark.line

    def _glued(self, row: int, column: int, text: str) -> None:
        if slips.GLUED.match(text) or re.match("-[A-Za-z_]", text):
            self._tell(slips.glued_slip(row, column, text))

    def _colon(self, here: _Open, event: Any) -> None:
        """Refuse a key inside braces that has no colon."""
        if ":" in self.text[here.key_end : event.start_mark.index] or here.told:
            return
        assert here.key is not None
        self._tell(slips.bare_key(here.key_place.line - 1, here.key_place.column - 1, here.key))

    def _begin(self, event: Any) -> None:
        start = event.start_mark
        self._look(event, start)
        here = self.open[-1] if self.open else None
        place = self._place(start)
        if len(self.open) >= DEEPEST:
            self._say(
                place,
                f"nested deeper than {DEEPEST} levels",
                "look for brackets or braces that are not closed",
            )
            raise _Stop
        value: Any = Node(place) if type(event) is yaml.MappingStartEvent else Items(place)
        flow = bool(event.flow_style)
        indent = start.column if not flow else here.indent if here else -1
        opened = _Open(value, start.line, start.column, flow, indent)
        if here and here.key is None and isinstance(here.value, Node):
            self._odd_key(here, place, start.index)
            opened.is_key = True
            self.muted += 1
        else:
            if flow and isinstance(value, Node) and self.text[start.index] not in "{&!":
                self._say(
                    place,
                    "a key stands in a list",
                    "put quotes around a text with a colon, or braces around key and value",
                )
            self._put(here, value, place)
        self.open.append(opened)
        self.done = event.end_mark.index

    def _odd_key(self, here: _Open, place: Place, index: int) -> None:
        if self.text[index - 1 : index + 1] == "{{" and here.flow:
            insert = re.compile(r"\{\{[^{}\n]*\}\}|\{\{").match(self.text, index - 1)
            assert insert
            at = Place(place.file, place.line, place.column - 1)
            outside = len(self.open) < 2 or not self.open[-2].flow
            line = self.lines[at.line - 1][at.column - 1 :]
            hint = slips.quotes_hint(line) if outside else slips.insert_hint(insert[0])
            self._say(at, f"a text with '{slips.short(insert[0])}' needs quotes", hint)
        else:
            self._say(
                place,
                "a key must be a text",
                "write a name before the colon; put quotes around a text with brackets or braces",
            )

    def _end(self, event: Any) -> None:
        closed = self.open.pop()
        if closed.is_key:
            self.muted -= 1
            here = self.open[-1]
            here.told = True
            here.key, here.key_place, here.key_end = (
                f"\n{len(here.value)}",
                closed.value.place,
                event.end_mark.index,
            )
        self.done = event.end_mark.index

    def _alias(self, event: Any) -> None:
        start = event.start_mark
        self._sign(start)
        here = self.open[-1] if self.open else None
        if here and here.key is None and isinstance(here.value, Node):
            here.told = True
            here.key, here.key_place = f"\n{len(here.value)}", self._place(start)
        else:
            self._put(here, None, self._place(start))
        self.done = event.end_mark.index

    def _put(self, here: _Open | None, value: Any, place: Place) -> None:
        if here is None:
            self.value, self.place = value, place
        elif isinstance(here.value, Items):
            here.value.append(value)
            here.value.places.append(place)
        else:
            assert here.key is not None
            here.value[here.key] = value
            here.value.places[here.key] = place
            here.value.key_places[here.key] = here.key_place
            here.key = None

    # what is not right though the parser takes it --------------------------------------------------

    def _look(self, event: Any, start: Any) -> None:
        """Refuse anchors and types, and whatever shows that a bracket above was not closed."""
        if event.anchor is not None or event.tag is not None:
            self._sign(start)
        if self.open and self.open[-1].flow:
            here = self.open[-1]
            if start.line > here.row and start.column <= here.indent and event.start_mark.index < event.end_mark.index:
                self._unclosed(here)

    def _sign(self, start: Any) -> None:
        text = self.lines[start.line][start.column :]
        inside = bool(self.open) and self.open[-1].flow
        self._tell(slips.sign_slip(start.line, start.column, text, inside=inside))

    def _unclosed(self, here: _Open) -> None:
        self._tell(slips.unclosed_bracket(self.lines[here.row], here.row, here.column))
        raise _Stop

    def _lines(self, here: _Open | None, event: Any) -> None:
        """Refuse a text over several lines that has swallowed keys or points of a list."""
        start, end = event.start_mark, event.end_mark
        for row in range(start.line + 1, end.line + 1):
            line = self.lines[row]
            at = slips.indent(line)
            if at == len(line):
                continue
            if here and at <= here.indent:
                if event.style:
                    self._tell(slips.unclosed_quote(self.lines[start.line], start.line, start.column))
                    raise _Stop
                self._unclosed(here)
            if not event.style:
                slip = slips.swallowed(row, at, line[at : end.column if row == end.line else None])
                if slip:
                    if not any(problem.place.line == start.line + 1 for problem in self.found[-1:]):
                        self._tell(slip)
                    return

    def _cut_off(self) -> None:
        """Refuse texts cut off by a # that has no space after it."""
        starts = [start for start, _ in self.spans]

        def is_read(at: int) -> bool:
            nearest = bisect.bisect_right(starts, at) - 1
            return nearest >= 0 and at < self.spans[nearest][1]

        for at in self.hashes:
            if at > self.done or is_read(at):
                continue
            first = self.text.rfind("\n", 0, at) + 1
            marks = re.finditer(r"(?:(?<=[ \t])|^)#", self.text[first:at])
            if all(is_read(first + mark.start()) for mark in marks):
                row = self.text.count("\n", 0, at)
                self._tell(slips.hash_slip(row, at - first, self.lines[row][at - first :]))

    # telling it --------------------------------------------------------------------------------------

    def _halt(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        assert mark
        start = error.context_mark or mark
        last = self.last
        quoted = last is not None and last.style in ("'", '"')
        flows = [here for here in self.open if here.flow]
        halt = slips.Halt(
            lines=self.lines,
            row=mark.line,
            column=mark.column,
            said=f"{error.context or ''} {error.problem or ''}",
            start=(start.line, start.column),
            bracket=(flows[-1].row, flows[-1].column) if flows else None,
            columns=[here.column for here in self.open if not here.flow],
            quoted=(
                ((last.start_mark.line, last.start_mark.column), (last.end_mark.line, last.end_mark.column))
                if quoted
                else None
            ),
            block=last is not None and last.style in ("|", ">"),
        )
        slip = slips.explain(halt)
        if not {mark.line + 1, slip.row + 1} & {problem.place.line for problem in self.found}:
            self._tell(slip)

    def _tell(self, slip: slips.Slip) -> None:
        self._say(Place(self.file, slip.row + 1, slip.column + 1), slip.message, slip.hint)

    def _say(self, place: Place, message: str, hint: str) -> None:
        if not self.muted:
            self.found.append(Problem(place, message, hint, rule="yaml"))
        if len(self.found) >= MOST:
            raise _Stop

    def _place(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)


_STEPS: dict[type, Callable[[_Reader, Any], None]] = {
    yaml.DocumentStartEvent: _Reader._document,
    yaml.ScalarEvent: _Reader._scalar,
    yaml.MappingStartEvent: _Reader._begin,
    yaml.SequenceStartEvent: _Reader._begin,
    yaml.MappingEndEvent: _Reader._end,
    yaml.SequenceEndEvent: _Reader._end,
    yaml.AliasEvent: _Reader._alias,
}
