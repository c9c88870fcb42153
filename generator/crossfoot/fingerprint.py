"""Fingerprints: the checksum of a file, and the one that stands for the data and words of a report."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from crossfoot.shelf import Shelf
from crossfoot.textfile import is_left_behind


def data_version(report: Path, shelf: Shelf | None = None) -> str:
    """Return the SHA-256 that stands for the data and words of the report in *report*.

    It is the SHA-256 of the lines that `sha256sum` prints for the files in `data` and `content`, sorted by path,
    without the records of commands and what editors leave behind. What *shelf* holds of a file is not read again.
    """
    shelf = shelf or Shelf()
    lines = {}
    for part in ("data", "content"):
        for inside, sort in names_below(report / part).items():
            if sort == "file" and not is_left_behind(inside) and not (part == "data" and inside.startswith("records/")):
                name = f"{part}/{inside}"
                content = shelf.bytes_of(f"{report}/{name}")
                lines[name] = shelf.get(f"sum {name}", content, partial(_line, name, content, report))
    return hashlib.sha256("".join(lines[name] for name in sorted(lines)).encode()).hexdigest()


def _line(name: str, content: object, report: Path) -> str:
    checksum = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else sha256_of(report / name)
    return sum_line(name, checksum)


def names_below(folder: Path) -> dict[str, str]:
    """Return the sorted names, with forward slashes, of all below *folder*, and what each is.

    That is 'file', 'folder', or 'other' for what cannot be read, such as a link that leads nowhere. Links to folders
    are not followed.
    """
    found, waiting = {}, [""]
    while waiting:
        lead = waiting.pop()
        try:
            entries = os.scandir(folder / lead)
        except OSError:
            continue
        with entries:
            for entry in entries:
                name = lead + entry.name
                found[name] = _sort(entry)
                if found[name] == "folder" and not entry.is_symlink():
                    waiting.append(f"{name}/")
    return dict(sorted(found.items()))


def _sort(entry: os.DirEntry[str]) -> str:
    try:
        return "file" if entry.is_file() else "folder" if entry.is_dir() else "other"
    except OSError:  # links that go round
        return "other"


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below *folder*, sorted by path, but hidden ones at its top."""
    for name, sort in names_below(folder).items():
        if sort == "file" and not name.startswith("."):
            yield folder / name


def name_in(path: Path, folder: Path) -> str:
    """Return the path of a file below *folder*, with forward slashes."""
    return path.relative_to(folder).as_posix()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sum_line(name: str, checksum: str) -> str:
    """Return one line of `sha256sum`; a backslash or line break in a name is written as it writes them."""
    plain = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if plain == name else chr(92)}{checksum}  {plain}\n"
