"""Keep what is slow to make under a hash of everything it depends on."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def kept(key_parts: Sequence[Any], make: Callable[[], bytes], folder: Path, *, suffix: str) -> bytes:
    """Return what *folder* keeps under *key_parts* (JSON values), else keep what *make* returns, named with *suffix*.

    Each entry starts with a checksum; one cut off by a crash or damaged since is made again. Entries are
    written aside and moved into place, so that two processes may share the folder. A folder that cannot be
    written is no cache, and no error.
    """
    found = already(key_parts, folder, suffix=suffix)
    if found is not None:
        return found
    made = make()
    keep(key_parts, made, folder, suffix=suffix)
    return made


def already(key_parts: Sequence[Any], folder: Path, *, suffix: str) -> bytes | None:
    """Return what *folder* keeps under *key_parts*, None if it keeps nothing sound."""
    try:
        seal, _, content = _entry(key_parts, folder, suffix).read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if seal == _seal(content) else None


def keep(key_parts: Sequence[Any], made: bytes, folder: Path, *, suffix: str) -> None:
    """Keep *made* in *folder* under *key_parts*."""
    entry, aside = _entry(key_parts, folder, suffix), None
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=entry.parent, suffix=".part", delete=False) as file:
            aside = Path(file.name)
            file.write(_seal(made) + b"\n" + made)
        aside.replace(entry)
    except OSError:
        if aside is not None:
            aside.unlink(missing_ok=True)


def _entry(key_parts: Sequence[Any], folder: Path, suffix: str) -> Path:
    key = hashlib.sha256(json.dumps(key_parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
    return folder / f"{key[:40]}{suffix}"


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
