"""Read one YAML file in our strict dialect: plain values, and the place of each."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from crossfoot import slips
from crossfoot.halts import Halt, explain
from crossfoot.places import NOWHERE, Place, Problem, Problems
from crossfoot.textfile import FORBIDDEN, read_text, spelled

DEEPEST = 50
"""How many keys and lists may stand inside each other."""
DIGITS = 28
"""How many digits a number may have: the most that Decimal computes with exactly."""
MOST = 200
"""After how many problems reading stops."""

# Not the parser in Python, if there is a choice: 10 MB take it minutes instead of seconds.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"true": True, "false": False, "null": None, "": None}
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_UNSEEN = re.compile("[\u00a0\u00ad\u034f\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3000\u3164]")
_ODD = re.compile(f"{FORBIDDEN.pattern}|{_UNSEEN.pattern}|[\n\t]")
_KEY_MARKS = re.compile(r"[\"{}\[\]]|:$")
_COMMENT = re.compile(r"(?:(?<=[ \t])|^)#")


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
    """A Node; the values in it are Node, Items, str, Decimal, bool or None."""
    file: str
    text: str = ""
    """The whole text of the file."""

    def place(self, loc: Sequence[str | int]) -> Place:
        """Return the place of the value at *loc*, or of the last thing on the way there that the file has."""
        return self._walk(loc)[1]

    def key_place(self, loc: Sequence[str | int]) -> Place:
        """Return the place of the key at *loc*, or of the last key or point on the way that the file has."""
        return self._walk(loc)[0]

    def _walk(self, loc: Sequence[str | int]) -> tuple[Place, Place]:
        value = self.value
        key = place = getattr(value, "place", Place(self.file))
        for number, step in enumerate(loc):
            if not _has(value, step):
                continue
            if isinstance(value, Items):
                key = place = value.places[int(step)]
                value = value[int(step)]
            # The word of `kind: records` comes before the keys of its model, and may be one of them too.
            elif step != value.get("kind") or number + 1 == len(loc) or _has(value[step], loc[number + 1]):
                key, place, value = value.key_places[str(step)], value.places[str(step)], value[step]
        return key, place


def _has(value: Any, step: str | int) -> bool:
    if isinstance(value, Items):
        return isinstance(step, int) and 0 <= step < len(value)
    return isinstance(value, Node) and isinstance(step, str) and step in value


def read(path: Path, shown_as: str) -> Document:
    """Return what the file at *path* says; *shown_as* is its name in places.

    Raises:
        Problems: the file cannot be opened, is no text, or is not written in our dialect.
    """
    return _Reader(read_text(path, shown_as), shown_as).document()


class _Halted(Exception):
    """What follows cannot be told from what was meant."""


@dataclass(slots=True)
class _Open:
    """Keys or a list that is still being read."""

    value: Any
    takes_keys: bool
    row: int
    column: int
    bracket: tuple[int, int] | None
    """Row and column of the bracket or brace it stands in; None outside all."""
    indent: int
    """Where the innermost keys or list outside braces start; -1 outside all."""
    is_key: bool = False
    """It stands where a key belongs."""
    muted: bool = False
    """What is wrong with it as a whole has been told."""
    key: str | None = None
    key_place: Place = NOWHERE
    key_end: int = 0
    told: bool = False
    """What is wrong with the waiting key, and so with its value, has been told."""


class _Reader:
    """Builds the values of one file from the parser's events: in a loop, so that depth costs no stack."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = text.split("\n")
        self.found: list[Problem] = []
        self.open: list[_Open] = []
        self.value: Any = None
        self.place = Place(file)
        self.started = False
        self.muted = 0
        self.done = 0  # how many characters have been read
        self.doubtful = -1  # the last row of a text that swallowed more than was meant
        self.last: Any = None  # the last text
        self.texts: list[tuple[int, int]] = []  # where texts start and end; kept only if a # needs it
        self.hashes = [match.start() + 1 for match in re.finditer(r"[ \t]#[^\s#]", text)]
        self.has_questions = re.search(r"(?m)(?:^|[\s{\[,])\?\s", text) is not None

    def document(self) -> Document:
        parser = _PARSER(self.text)
        try:
            while len(self.found) < MOST and (event := parser.get_event()) is not None:
                step = _STEPS.get(type(event))
                if step:
                    step(self, event)
        except _Halted:
            pass
        except yaml.MarkedYAMLError as error:
            self._explain(error)
        except ValueError:  # only the parser in Python, of "\U00110000"
            place = self._place(parser.get_mark())
            self._say(place, "\\U means no character here", "type the character itself")
        self._refuse_cut_off()
        if not self.found:
            self._refuse_keyless()
        if self.found:
            raise Problems(self.found)
        return Document(self.value, self.file, self.text)

    def _refuse_keyless(self) -> None:
        if isinstance(self.value, Items):
            self._say(self.place, "the file starts with a list", "start it with a key, a colon and a space")
        elif self.value is None:
            self._say(Place(self.file), "the file says nothing", "write its keys, or delete the file")
        elif not isinstance(self.value, Node):
            message = f"'{slips.short(str(self.value))}' stands without a key"
            self._say(self.place, message, "start the file with a key, a colon and a space")

    # One method for each thing the parser finds.

    def _document(self, event: Any) -> None:
        if event.version or event.tags:
            self._say(self._place(event.start_mark), "a line cannot start with '%'", "delete the line")
        if self.started:
            hint = "delete it, or move what follows to a file of its own"
            self._say(self._place(event.start_mark), "'---' cuts the file in two", hint)
            raise _Halted
        self.started = True

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        here = self.open[-1] if self.open else None
        self._look(here, event, start)
        place = Place(self.file, start.line + 1, start.column + 1)
        if here and here.key is None and here.takes_keys:
            self._key(here, event, place)
        else:
            value = self._quoted(event, place) if event.style else self._plain(here, event, place)
            self._put(here, value, place)
        if end.line > start.line and event.style not in ("|", ">"):
            self._refuse_swallowed(here, event)
        self.last = event
        self.done = end.index
        if self.hashes:
            self.texts.append((start.index, end.index))

    def _begin(self, event: Any) -> None:
        start = event.start_mark
        here = self.open[-1] if self.open else None
        self._look(here, event, start)
        place = self._place(start)
        if len(self.open) >= DEEPEST:
            hint = "look for brackets or braces that are not closed"
            self._say(place, f"nested deeper than {DEEPEST} levels", hint)
            raise _Halted
        takes_keys = type(event) is yaml.MappingStartEvent
        value: Any = Node(place) if takes_keys else Items(place)
        end = event.end_mark
        bracket = None
        if event.flow_style:
            is_bracket = self.text[end.index - 1] in "{["
            bracket = (end.line, end.column - 1) if is_bracket or not here else here.bracket
        outside = here.indent if here else -1
        indent = outside if bracket else start.column
        opened = _Open(value, takes_keys, start.line, start.column, bracket, indent)
        if here and here.key is None and here.takes_keys:
            self._refuse_key(here, start)
            opened.is_key = opened.muted = True
        else:
            opened.muted = here is not None and here.told
            if bracket and takes_keys and self.text[start.index] not in "{&!":
                if here and here.row < start.line and slips.indent(self.lines[start.line]) == start.column:
                    self._refuse_unclosed(here)
                hint = "close the list before it, put braces around key and value, or quotes around a text"
                self._say(place, "a key stands in a list", hint)
            self._put(here, value, place)
        self.muted += opened.muted
        self.open.append(opened)
        self.done = end.index

    def _end(self, event: Any) -> None:
        closed = self.open.pop()
        self.muted -= closed.muted
        if closed.is_key:
            self._no_key(self.open[-1], closed.value.place)
        self.done = event.end_mark.index

    def _alias(self, event: Any) -> None:
        start = event.start_mark
        self._refuse_sign(start)
        here = self.open[-1] if self.open else None
        if here and here.key is None and here.takes_keys:
            self._no_key(here, self._place(start))
        else:
            self._put(here, None, self._place(start))
        self.done = event.end_mark.index

    def _no_key(self, here: _Open, place: Place) -> None:
        """Let the value of something that cannot be a key find a key; the file is refused anyway."""
        here.key, here.key_place, here.told = f"\n{len(here.value)}", place, True

    def _put(self, here: _Open | None, value: Any, place: Place) -> None:
        if here is None:
            self.value, self.place = value, place
        elif here.takes_keys:
            node, key = here.value, here.key
            node[key] = value
            node.places[key] = place
            node.key_places[key] = here.key_place
            here.key = None
        else:
            here.value.append(value)
            here.value.places.append(place)

    # Keys and values.

    def _key(self, here: _Open, event: Any, place: Place) -> None:
        name: str = event.value
        here.told = event.anchor is not None or event.tag is not None
        if self.has_questions and "?" in re.sub(r"#.*", "", self.text[self.done : event.start_mark.index]):
            self._say(place, "a key cannot start with '?'", f"write {slips.short(name)}: and its value")
        if name == "<<" and not event.style:
            self._say(place, "'<<' is not a key", "write out each key and value")
        elif not name:
            self._say(place, "a key is empty", "write a name before the colon")
            here.told = True
        elif not (name.isascii() and name.isprintable()) and _ODD.search(name):
            self._refuse_unseen(name, place)
        elif not event.style and _KEY_MARKS.search(name):
            row, column = place.line - 1, place.column - 1
            slip = slips.odd_key(name, self._from(row, column), row, column, inside=here.bracket is not None)
            self._tell(slip)
            here.told = True
            self.doubtful = slip.row
        elif name in here.value:
            hint = f"the first is in line {here.value.key_places[name].line}: keep one of the two"
            if name == next(iter(here.value)) and here.indent > 0 and not here.bracket:
                hint += ", or write the key that is missing above this line"
            self._say(place, f"'{slips.short(name)}' is written twice", hint)
        here.key, here.key_place, here.key_end = name, place, event.end_mark.index

    def _quoted(self, event: Any, place: Place) -> str:
        value: str = event.value
        forbidden = FORBIDDEN.search(value) if event.style == '"' else None
        if forbidden:
            message = f"the invisible character {spelled(forbidden[0])} cannot stand in a text"
            self._say(place, message, "delete the backslash and the letters or digits that write it")
        return value

    def _plain(self, here: _Open | None, event: Any, place: Place) -> Any:
        """Return the value of words without quotes: true, false, null, a number, or else the words."""
        typed: str = event.value
        if typed in _WORDS:
            if here and here.bracket and not typed and here.takes_keys:
                self._refuse_bare_key(here, event)
            return _WORDS[typed]
        if typed[0] in "+-0123456789" and _NUMBER.fullmatch(typed):
            return self._number(typed, place)
        if not (here and here.told):
            self._refuse_odd(here, event, place)
        return typed

    def _number(self, typed: str, place: Place) -> Decimal:
        digits = len(typed.lstrip("+-").replace(".", ""))
        if digits > DIGITS:
            hint = f"up to {DIGITS} digits are computed exactly; put quotes around it if it is a text"
            self._say(place, f"'{slips.short(typed)}' has {digits} digits", hint)
            return Decimal(0)
        value = Decimal(typed)
        return value if value else abs(value)

    # What the parser takes, but an author cannot have meant.

    def _look(self, here: _Open | None, event: Any, start: Any) -> None:
        """Refuse anchors and types, and what shows that a bracket above was not closed."""
        if event.anchor is not None or event.tag is not None:
            self._refuse_sign(start)
        if here and start.column <= here.indent and here.bracket and here.row < start.line:
            is_nothing = start.index == event.end_mark.index
            if not is_nothing:
                self._refuse_unclosed(here)

    def _refuse_sign(self, start: Any) -> None:
        inside = bool(self.open) and self.open[-1].bracket is not None
        text = self._from(start.line, start.column)
        self._tell(slips.sign(text, start.line, start.column, inside=inside))

    def _refuse_unclosed(self, here: _Open) -> None:
        assert here.bracket
        row, column = here.bracket
        self._tell(slips.unclosed_bracket(self.lines[row], row, column))
        raise _Halted

    def _refuse_key(self, here: _Open, start: Any) -> None:
        if here.bracket and self.text[start.index - 1 : start.index + 1] == "{{":
            inside = len(self.open) > 1 and self.open[-2].bracket is not None
            text = self._from(start.line, start.column - 1)
            self._tell(slips.bare_insert(text, start.line, start.column - 1, inside=inside))
            self.doubtful = start.line
        else:
            hint = "write a name before the colon; put quotes around a text with brackets or braces"
            self._say(self._place(start), "a key must be a text", hint)

    def _refuse_bare_key(self, here: _Open, event: Any) -> None:
        if ":" not in self.text[here.key_end : event.start_mark.index] and not here.told:
            assert here.key is not None
            row, column = here.key_place.line - 1, here.key_place.column - 1
            self._tell(slips.bare_key(here.key, row, column, self.lines[row]))

    def _refuse_unseen(self, text: str, place: Place) -> None:
        unseen = _ODD.search(text)
        assert unseen
        clean = " ".join(_ODD.sub(lambda found: " " if found[0].isspace() else "", text).split())
        message = f"the invisible character {spelled(unseen[0])} stands beside '{slips.short(clean)}'"
        self._say(place, message, f"delete it: {slips.short(clean)}")

    def _refuse_odd(self, here: _Open | None, event: Any, place: Place) -> None:
        """Refuse words without quotes that are probably a value or a key with a slip in it."""
        typed: str = event.value
        row, column = place.line - 1, place.column - 1
        slip = slips.unopened(typed, row, column) if typed[-1] in '"]}' else None
        if slip:
            self._tell(slip)
        elif typed == "~":
            self._say(place, "'~' is not a value", 'write null, or nothing; the sign itself is "~"')
        elif not typed.isascii() and _UNSEEN.search(typed) and _is_special(_UNSEEN.sub(" ", typed).strip()):
            self._refuse_unseen(typed, place)
        elif here is None or not here.takes_keys or here.key_place.line < place.line:
            text = typed if event.end_mark.line == row else self._from(row, column)
            if slips.UNREADY.match(text):
                self._tell(slips.glued(text, row, column))
                self.doubtful = event.end_mark.line

    def _refuse_swallowed(self, here: _Open | None, event: Any) -> None:
        """Refuse a text over several lines that has swallowed keys or points of a list."""
        start, end = event.start_mark, event.end_mark
        for row in range(start.line + 1, end.line + 1):
            line = self.lines[row]
            at = slips.indent(line)
            if at == len(line):
                continue
            if here and at <= here.indent:
                if not event.style:
                    self._refuse_unclosed(here)
                self._tell(slips.unclosed_quote(self.lines[start.line], start.line, start.column))
                raise _Halted
            slip = None
            if not event.style:
                slip = slips.swallowed(line[at : end.column if row == end.line else None], row, at)
                if here and not here.takes_keys and not here.bracket and row == start.line + 1:
                    slip = slip or slips.joined(event.value, row, at)
            if slip and self.doubtful < end.line:
                self._tell(slip)
                self.doubtful = end.line

    def _refuse_cut_off(self) -> None:
        """Refuse texts cut off by a # that has no space after it."""
        starts = [start for start, _ in self.texts]

        def in_text(at: int) -> bool:
            nearest = bisect.bisect_right(starts, at) - 1
            return nearest >= 0 and at < self.texts[nearest][1]

        for at in self.hashes:
            if at > self.done or in_text(at):
                continue
            first = self.text.rfind("\n", 0, at) + 1
            is_behind = bool(self.text[first:at].strip())
            if is_behind and all(in_text(first + mark.start()) for mark in _COMMENT.finditer(self.text[first:at])):
                row = self.text.count("\n", 0, at)
                self._tell(slips.cut_off(self._from(row, at - first), row, at - first))

    # Telling it.

    def _explain(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        assert mark
        start = error.context_mark or mark
        last = self.last
        quoted = last is not None and last.style in ("'", '"')
        slip = explain(
            Halt(
                lines=self.lines,
                row=mark.line,
                column=mark.column,
                said=f"{error.context or ''} {error.problem or ''}",
                start=(start.line, start.column),
                bracket=self.open[-1].bracket if self.open else None,
                columns=[here.column for here in self.open if not here.bracket],
                quoted=(_spot(last.start_mark), _spot(last.end_mark)) if quoted else None,
                after_block=last is not None and last.style in ("|", ">"),
            )
        )
        if mark.line > self.doubtful and slip.row + 1 not in {problem.place.line for problem in self.found}:
            self._tell(slip)

    def _from(self, row: int, column: int) -> str:
        """Return the line from *column* on, as much of it as a hint may need."""
        return self.lines[row][column : column + 4 * slips.SHORT]

    def _tell(self, slip: slips.Slip) -> None:
        self._say(Place(self.file, slip.row + 1, slip.column + 1), slip.message, slip.hint)

    def _say(self, place: Place, message: str, hint: str) -> None:
        if not self.muted and not (self.found and self.found[-1].place == place):
            self.found.append(Problem(place, message, hint, rule="yaml"))

    def _place(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)


def _spot(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def _is_special(typed: str) -> bool:
    return typed in _WORDS or _NUMBER.fullmatch(typed) is not None


_STEPS: dict[type, Callable[[_Reader, Any], None]] = {
    yaml.DocumentStartEvent: _Reader._document,
    yaml.ScalarEvent: _Reader._scalar,
    yaml.MappingStartEvent: _Reader._begin,
    yaml.SequenceStartEvent: _Reader._begin,
    yaml.MappingEndEvent: _Reader._end,
    yaml.SequenceEndEvent: _Reader._end,
    yaml.AliasEvent: _Reader._alias,
}
