"""Read a file as text: UTF-8, one kind of line end, nothing invisible that could hide a mistake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from crossfoot.places import Place, Problem, Problems

LARGEST = 64 * 1024 * 1024
"""How many bytes a file may have."""
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\ud800-\udfff\ufeff\ufffd-\uffff]")
"""Control characters, invisible spaces and line ends, changes of direction, marks of a lost character."""
_LEFT_BEHIND = re.compile(
    r"\.|~\$|.*~$|#.*#$|.*\.(swp|swx|tmp|part|orig|bak)$|4913$|(Thumbs\.db|desktop\.ini)$", re.IGNORECASE
)
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_AGAIN = "save it again as UTF-8"
_HEAD = 1000


def read_text(path: Path, shown_as: str) -> str:
    r"""Return the text of the file at *path*, each line ended by \n; *shown_as* is its name in places.

    A byte order mark at the start is left out.

    Raises:
        Problems: the file cannot be opened, is too large, or is no clean UTF-8 text.
    """
    text = _decoded(_bytes(path, shown_as), shown_as)
    found = list(_forbidden(text, shown_as))
    if found:
        raise Problems(found)
    return text


def is_left_behind(path: Path | str) -> bool:
    """Return whether *path*, relative to its folder, is no one's work: hidden, or left by an editor or a desktop.

    A string has forward slashes.
    `.energy.md.swp`, `.#energy.yaml`, `#energy.md#`, `energy.md~`, `energy.yaml.bak`, `~$energy.md`, `Thumbs.db`;
    4913 is the file with which vim tries whether it may write.
    """
    return _is_left_behind(path if isinstance(path, str) else path.as_posix())


@lru_cache(maxsize=50_000)
def _is_left_behind(path: str) -> bool:
    return any(_LEFT_BEHIND.match(part) for part in path.split("/"))


def spelled(character: str) -> str:
    """Return how a *character* that cannot be seen is named: U+00A0 (no-break space)."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def _bytes(path: Path, file: str) -> bytes:
    try:
        if path.is_dir():
            raise _refused(Place(file), "this is a folder, not a file", "give the folder another name")
        if not path.exists():
            hint = "look at its name and folder, small and capital letters included"
            raise _refused(Place(file), "there is no such file", hint)
        if not path.is_file():
            raise _refused(Place(file), "this is not an ordinary file", "put a text file in its place")
        if path.stat().st_size > LARGEST:
            raise _refused(Place(file), f"the file is larger than {LARGEST >> 20} MB", "divide it")
        return path.read_bytes()
    except PermissionError:
        hint = "give yourself the right to read it"
        raise _refused(Place(file), "the file may not be opened", hint) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        hint = "put a new copy in its place"
        raise _refused(Place(file), f"the file cannot be read: {reason}", hint) from None


def _decoded(data: bytes, file: str) -> str:
    if data.startswith(_MARKS) or _every_other_byte_is_nul(data):
        raise _refused(Place(file), "the file is saved as UTF-16 or UTF-32, not as UTF-8", _AGAIN)
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            raise _refused(Place(file), "this is not a text file", "put a text file in its place") from None
        before = _lines(data[: error.start].decode("utf-8"))
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        if error.reason == "unexpected end of data":
            message, hint = "the file ends inside a character", f"it was cut off: copy it again, or {_AGAIN}"
        else:
            message, hint = f"the byte {data[error.start]:02X} is not UTF-8 text", _AGAIN
        raise _refused(place, message, hint) from None


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _every_other_byte_is_nul(data: bytes) -> bool:
    head = data[:_HEAD]
    nuls = max(head[0::2].count(0), head[1::2].count(0))
    return nuls > 1 and nuls * 3 > len(head)


def _forbidden(text: str, file: str) -> Iterator[Problem]:
    """Yield one problem for each character that cannot stand in a text, at its first place."""
    first: dict[str, int] = {}
    for match in FORBIDDEN.finditer(text):
        first.setdefault(match[0], match.start())
    for character, at in first.items():
        place = Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        number = text.count(character)
        often = "" if number == 1 else f"; the file has {number} of them"
        if character == "\ufffd":
            message, hint = "'\ufffd' stands where a character was lost", "type the lost character again"
        else:
            message = f"the invisible character {spelled(character)} cannot stand in a text"
            hint = "delete it"
        yield Problem(place, message, hint + often, rule="encoding")


def _refused(place: Place, message: str, hint: str) -> Problems:
    return Problems([Problem(place, message, hint, rule="encoding" if place.line else "file")])
