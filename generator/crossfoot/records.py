"""Keep what commands have recorded of a report: JSON files in `data/records`, written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from crossfoot.places import Place, Problem, Problems

FOLDER = "records"
"""Below the data folder."""
_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ")


def file_of(name: str) -> str:
    """Return the record *name* as the author knows it: `data/records/frozen.json`."""
    return f"data/{FOLDER}/{name}"


def parsed(text: str, name: str, cure: str) -> dict[str, Any]:
    """Return what the record *name* says; *cure* is what an author does when it is damaged.

    Raises:
        Problems: the text is no JSON object, or holds the marks of a merge; placed at the line.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(_MARKS):
            place = Place(file_of(name), number)
            raise Problems([Problem(place, "the record holds the marks of an unfinished merge", cure, rule="record")])
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(file_of(name), error.lineno, error.colno)
        raise Problems([Problem(place, "the record is damaged", cure, rule="record")]) from None
    except (RecursionError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Problems([Problem(Place(file_of(name), 1), "the record is damaged", cure, rule="record")])
    return found


def write(folder: Path, name: str, text: str) -> Path:
    """Write *text* as the record *name* of the report in *folder* and return its path.

    Whoever reads meanwhile, or after a power cut, finds the record before or after, never a part of it.

    Raises:
        Problems: the file cannot be written.
    """
    path = folder / file_of(name)
    beside = path.with_name(f".{name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = (error.strerror or "unknown reason").lower()
        message = f"the record cannot be written: {reason}"
        hint = "give yourself the right to write in data/records, or make room"
        raise Problems([Problem(Place(file_of(name)), message, hint, rule="record")]) from None
    return path


def remove(folder: Path, name: str) -> bool:
    """Remove the record *name* of the report in *folder*; return whether there was one.

    Raises:
        Problems: the file cannot be removed.
    """
    path = folder / file_of(name)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"the record cannot be removed: {reason}"
        raise Problems([Problem(Place(file_of(name)), message, "remove the file by hand", rule="record")]) from None
    return True
