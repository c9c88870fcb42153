"""Find the very character in an author's file: from a place in a text, as it was read, to line and column."""

from __future__ import annotations

from crossfoot.places import Place

_STRAY = 12
"""How many characters of the file may stand between two of a text: marks of quotation, a backslash and its like."""


def inside(source: str, place: Place, words: str, offset: int) -> Place:
    """Return where the character at *offset* of *words* stands in *source*, the whole text of the file of *place*.

    *words* is what the file says at *place*, unfolded and without its quotation marks. Where the two do not fit,
    *place* itself is returned.
    """
    at = _start(source, place)
    if at < 0 or offset >= len(words):
        return place
    for character in words[: offset + 1]:
        if character.isspace():
            continue
        found = _next(source, character, at)
        if found < 0:
            return place
        at = found + 1
    if words[offset].isspace():
        at += 1  # the white space itself, behind the last character before it
    before = source[: at - 1]
    return Place(place.file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _start(source: str, place: Place) -> int:
    """Return where the value at *place* begins in *source*, behind the sign of a block; -1 if it is not there."""
    at = 0
    for _ in range(place.line - 1):
        at = source.find("\n", at) + 1
        if not at:
            return -1
    at += max(place.column - 1, 0)
    if source[at : at + 1] in ("|", ">"):
        return source.find("\n", at)
    return at


def _next(source: str, character: str, at: int) -> int:
    """Return where *character* stands next, white space and a few marks between; -1 if it does not."""
    strays = 0
    while at < len(source):
        if source[at] == character:
            return at
        strays += not source[at].isspace()
        if strays > _STRAY:
            return -1
        at += 1
    return -1
