"""Tell whether anything that a site is made from has changed since it was published: if not, there is nothing to do."""

# ruff: noqa: PTH116, PTH112, PTH123
# `os` asks for thousands of files in a fraction of the time that `Path` takes.
from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from crossfoot.kept import already, keep
from crossfoot.shelf import RACE
from crossfoot.version import VERSION

LIBRARIES = (
    *("altair", "babel", "jinja2", "markdown-it-py", "mdit-py-cjk-friendly", "opencc", "pikepdf", "pydantic", "pyyaml"),
    *("vl-convert-python", "weasyprint", "xlsxwriter"),
)
"""Whose versions may change what is made."""
_SUFFIX = ".site.json"


@dataclass(frozen=True)
class Ask:
    """What is to be published where; two that are equal, from files that are, give the same site."""

    roots: tuple[Path, ...]
    """The files, and the folders with all that is in them, that the site is made from."""
    site: Path | None
    """The folder of the site; None where nothing is published, only a verdict is asked for."""
    options: Mapping[str, str | bool]
    """Whatever else decides: the address, whether there are documents."""

    def key(self) -> list[Any]:
        """Return what the record of the last time is kept under."""
        return ["site", str(self.site), *(str(one) for one in self.roots[:1]), str(self.options.get("check", ""))]

    def told(self) -> list[Any]:
        """Return all that is no file: options, our version, Python's, the libraries'."""
        options = sorted((key, value) for key, value in self.options.items())
        versions = [f"{name} {_version(name)}" for name in LIBRARIES]
        return [[list(one) for one in options], VERSION, sys.version, versions, [str(one) for one in self.roots]]


@dataclass(frozen=True)
class Seen:
    """The files that a site is made from, as they were when they were looked at."""

    files: Mapping[str, tuple[Sequence[int], str]]
    """By path: times of change in nanoseconds, size and number; the SHA-256."""

    def checksums(self) -> dict[str, str]:
        """Return the SHA-256 of each file by its path."""
        return {path: checksum for path, (_, checksum) in self.files.items()}


def look(roots: Iterable[Path], before: Seen | None = None) -> Seen:
    """Return what *roots* hold now; a file that looks as it did *before* is not read again."""
    now = time.time_ns()
    files = {}
    known = before.files if before is not None else {}
    for path in _files(roots):
        try:
            stat = os.stat(path)
            marks = [stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino]
            found = known.get(path)
            if found is not None and list(found[0]) == marks:
                files[path] = found
                continue
            with open(path, "rb") as file:
                checksum = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            continue  # gone between two looks; whoever misses it says so
        young = max(stat.st_mtime_ns, stat.st_ctime_ns) > now - RACE
        files[path] = ([] if young else marks, checksum)
    return Seen(files)


def unchanged(ask: Ask, cache: Path) -> list[str] | None:
    """Return what was warned of when the site was published, if it stands as it would be made now; else None."""
    record = _record(ask, cache)
    if record is None:
        return None
    before = Seen({path: (marks, checksum) for path, (marks, checksum) in record["files"].items()})
    now = look((*ask.roots, *map(Path, record["more"])), before)
    same = now.checksums() == before.checksums() and _outputs(ask.site) == record["site"]
    return list(record["warnings"]) if same else None


def remember(ask: Ask, cache: Path, seen: Seen, *, more: Sequence[Path] = (), warnings: Sequence[str] = ()) -> None:
    """Keep that the site stands as it was made from what was *seen*, and from the roots *more* besides."""
    files = {**seen.files, **look(more).files}
    record = {
        "told": ask.told(),
        "files": {path: [list(marks), checksum] for path, (marks, checksum) in files.items()},
        "more": [str(path) for path in more],
        "site": _outputs(ask.site),
        "warnings": list(warnings),
    }
    keep(ask.key(), json.dumps(record).encode(), cache, suffix=_SUFFIX)


def _record(ask: Ask, cache: Path) -> dict[str, Any] | None:
    found = already(ask.key(), cache, suffix=_SUFFIX)
    try:
        record = json.loads(found) if found else None
    except ValueError:
        return None
    return record if isinstance(record, dict) and record.get("told") == ask.told() else None


def _files(roots: Iterable[Path]) -> Iterator[str]:
    """Yield the path of every file of *roots*, in no order."""
    waiting = [str(root) for root in roots]
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            waiting.append(entry.path)
                    elif entry.is_file():
                        yield entry.path
        except OSError:
            continue


def _outputs(site: Path | None) -> dict[str, list[int]]:
    """Return time and size of every file of the site, hidden ones at its top left out."""
    found: dict[str, list[int]] = {}
    if site is None:
        return found
    try:
        tops = [entry.path for entry in os.scandir(site) if not entry.name.startswith(".")]
    except OSError:
        return {}
    for path in _files(map(Path, tops)):
        try:
            stat = os.stat(path)
        except OSError:
            continue  # taken away by another build
        found[os.path.relpath(path, site)] = [stat.st_mtime_ns, stat.st_size]
    return found


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
