"""What was made before, for whoever makes nearly the same again: one thing to a name, with what it was made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class Shelf:
    """Keeps the last thing made under each name; it is made anew as soon as what it is made from is another.

    What is made from may be the bytes of a file, compared as such, or anything that is never changed once it is made:
    that is the same only where it is the very same thing.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._things: dict[str, tuple[object, Any]] = {}
        self.made: list[str] = []
        """The names of what had to be made, since this list was last cleared."""

    def get(self, name: str, basis: object, make: Callable[[], T]) -> T:
        """Return the thing called *name*, made from *basis*; where *make* raises, nothing is kept."""
        before, thing = self._things.get(name, (None, None))
        if before is not None and (before is basis or (isinstance(basis, bytes) and before == basis)):
            return thing  # type: ignore[no-any-return]
        self.made.append(name)
        made = make()
        self._things[name] = (basis, made)
        return made


def bytes_of(path: Path) -> object:
    """Return the bytes of the file at *path*, or something new where it cannot be read: whoever reads it says why."""
    try:
        return path.read_bytes() if path.is_file() else object()  # a pipe would be waited for
    except OSError:
        return object()
