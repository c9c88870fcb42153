"""What was made before, for whoever makes nearly the same again: one thing to a name, with what it was made from."""

# ruff: noqa: PTH116, PTH123
# `os` asks for thousands of files in a fraction of the time that `Path` takes.
from __future__ import annotations

import operator
import os
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from stat import S_ISREG
from typing import Any, TypeVar

T = TypeVar("T")
RACE = 100_000_000
"""Nanoseconds: a file changed so shortly before it was looked at may change again without another time."""


class Shelf:
    """Keeps the last thing made under each name; it is made anew as soon as what it is made from is another.

    What is made from may be the bytes of a file, compared as such, or anything that is never changed once it is made:
    that is the same only where it is the very same thing. A tuple is the same where all in it are.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._things: dict[str, tuple[object, Any]] = {}
        self._bytes: dict[str, tuple[tuple[int, ...], bytes]] = {}
        self._looked: dict[str, object] = {}
        self.made: list[str] = []
        """The names of what had to be made, since this list was last cleared."""

    def get(self, name: str, basis: object, make: Callable[[], T]) -> T:
        """Return the thing called *name*, made from *basis*; where *make* raises, nothing is kept."""
        before, thing = self._things.get(name, (None, None))
        if before is not None and _same(before, basis):
            return thing  # type: ignore[no-any-return]
        self.made.append(name)
        made = make()
        self._things[name] = (basis, made)
        return made

    def look_again(self) -> None:
        """Let files be looked at anew."""
        self._looked = {}

    def bytes_of(self, path: str) -> object:
        """Return the bytes of the file at *path*, or something new where it cannot be read: whoever reads it says why.

        Until `look_again` each file is looked at once. Even then it is not read again while it has the same number,
        size and times, unless it was changed so shortly before it was read that another change could have them too.
        """
        found = self._looked.get(path)
        if found is None:
            found = self._looked[path] = self._bytes_now(path)
        return found

    def _bytes_now(self, path: str) -> object:
        now = time.time_ns()
        try:
            told = os.stat(path)
            marks = (told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino)
            before = self._bytes.get(path)
            if before is not None and before[0] == marks:
                return before[1]
            if not S_ISREG(told.st_mode):  # a pipe would be waited for
                return object()
            with open(path, "rb") as file:
                found = file.read()
        except OSError:
            return object()
        if before is not None and before[1] == found:
            found = before[1]  # the very same: whatever was made of it stands
        self._bytes[path] = (marks if max(marks[:2]) < now - RACE else (), found)
        return found


def _same(one: object, other: object) -> bool:
    if one is other:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(operator.is_, one, other))
    return isinstance(one, bytes) and one == other


class Memory:
    """What was made of which values, as long as it goes on being asked for.

    Only for what depends on these values alone: where they are equal, so is what was made of them.
    """

    def __init__(self, *, once: bool = False) -> None:
        """Start empty; *once* where one site is made: then only what is made `often` is kept."""
        self.once = once
        self._fresh: dict[Hashable, Any] = {}
        self._older: dict[Hashable, Any] = {}

    def turn(self) -> None:
        """Let go of what nobody has asked for since the turn before."""
        self._older, self._fresh = self._fresh, {}

    def get(self, values: Hashable, make: Callable[[], T]) -> T:
        """Return what is made of *values*."""
        if values in self._fresh:
            return self._fresh[values]  # type: ignore[no-any-return]
        made = self._older.get(values, self)
        if made is self:
            made = make()
        self._fresh[values] = made
        return made  # type: ignore[no-any-return]


_remembering: ContextVar[Memory | None] = ContextVar("remembering", default=None)


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """Have what is made in this block made of *memory* where it can be; one already remembering goes on."""
    token = _remembering.set(_remembering.get() or memory)
    try:
        yield
    finally:
        _remembering.reset(token)


def made_of(values: tuple[object, ...], make: Callable[[], T], *, often: bool = False) -> T:
    """Return what *make* makes of *values* and of nothing else, from memory if somebody remembers.

    The first of *values* names what is made. Of values that are not compared by what they hold, pass `Same`; of
    numbers that are equal but printed unlike, 1.0 and 1.00, what is printed.
    *often* says that it is asked for several times while one site is made.
    """
    memory = _remembering.get()
    if memory is None or (memory.once and not often):
        return make()
    try:
        hash(values)
    except TypeError:  # something in them may still change
        return make()
    return memory.get(values, make)


class Same:
    """A value that is equal only to itself, kept alive so that nothing else can take its place."""

    __slots__ = ("thing",)

    def __init__(self, thing: object) -> None:
        """Stand for *thing*."""
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        """Whether *other* stands for the very same thing."""
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        """Return what tells it from others."""
        return id(self.thing)
