"""Fingerprints: the checksum of a file, and the one that stands for the data and words of a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from crossfoot.textfile import is_left_behind


def data_version(report: Path) -> str:
    """Return the SHA-256 that stands for the data and words of the report in *report*.

    It is the SHA-256 of the lines that `sha256sum` prints for the files in `data` and `content`, sorted by path,
    without the records of commands and what editors leave behind.
    """
    lines = []
    for part in ("data", "content"):
        for path in files_below(report / part):
            inside = path.relative_to(report / part)
            if not is_left_behind(inside) and (part, inside.parts[0]) != ("data", "records"):
                lines.append(sum_line(name_in(path, report), sha256_of(path)))
    return hashlib.sha256("".join(sorted(lines, key=lambda line: line.split("  ", 1)[1])).encode()).hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below *folder*, sorted by path, but hidden ones at its top."""
    found = (path for path in folder.rglob("*") if path.is_file())
    visible = (path for path in found if not path.relative_to(folder).parts[0].startswith("."))
    yield from sorted(visible, key=lambda path: name_in(path, folder))


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
