"""The reports that are measured: the one in this repository, and made-up ones of any size."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import workload

ROOT = Path(__file__).parents[1]
EXAMPLE = "example"
SIZES = {"small": 8, "medium": 100, "large": 1000}
"""Chapters; each is a page in two languages."""


def chapters_of(size: str) -> int:
    """Return how many chapters a made-up report of this *size* has; a size may be a number of chapters, too."""
    if size not in SIZES and not (size.isdecimal() and int(size) >= 2):
        raise SystemExit(f"'{size}' is none of {EXAMPLE}, {', '.join(SIZES)}, nor a number of chapters from 2 on")
    return SIZES.get(size) or int(size)


@contextmanager
def made(size: str) -> Iterator[Path]:
    """Give a folder with the report of this *size*, for as long as it is measured."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as kept:
        folder = Path(kept) / size
        if size == EXAMPLE:
            _copy(folder)
        else:
            workload.write(chapters_of(size), folder)
        yield folder


def _copy(folder: Path) -> None:
    folder.mkdir()
    for name in ("data", "content", "theme", "mkdocs.yml"):
        copy: Callable[..., Any] = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
