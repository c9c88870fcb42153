"""Put a finished site into its folder: write what differs, take away what is gone, and leave the rest as it is."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crossfoot.fingerprint import files_below, name_in

_ASIDE = ".crossfoot-"
"""How the folder begins in which files are written before they are moved into place; whose it is follows."""
_FORGOTTEN = 3600
"""After how many seconds such a folder is no longer anyone's, where nobody can say whether its build still runs."""


@dataclass(frozen=True)
class Published:
    """What became of a site's folder; each file by its path from the site's root, sorted."""

    written: tuple[str, ...] = ()
    """New files, and those with other bytes than before."""
    removed: tuple[str, ...] = ()
    kept: int = 0
    """How many files were there already, byte for byte; they keep the time at which they were written."""


def holds(path: Path | None, content: bytes) -> bool:
    """Return whether the file at *path* is there and has this *content*."""
    if path is None or path.is_symlink():
        return False
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def publish(files: Mapping[str, bytes], folder: Path) -> Published:
    """Make *folder* hold *files*, contents by path, and nothing else but what is hidden at its top (`.git`).

    All that is new is written aside before anything is replaced, so that a full disk leaves the site as it was; each
    file is then moved into place whole.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _tidy(folder)
    there = {name_in(path, folder): path for path in files_below(folder)}
    wanted = {path: content for path, content in sorted(files.items()) if not holds(there.get(path), content)}
    aside = Path(tempfile.mkdtemp(prefix=f"{_ASIDE}{_here()}-{os.getpid()}-", dir=folder)) if wanted else None
    try:
        for number, content in enumerate(wanted.values()):
            assert aside is not None
            (aside / str(number)).write_bytes(content)
        removed = [path for path in there if path not in files]
        _clear(removed, folder)
        for number, path in enumerate(wanted):
            assert aside is not None
            target = folder / path
            _make_way(target, folder)
            (aside / str(number)).replace(target)
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    return Published(tuple(wanted), tuple(removed), len(files) - len(wanted))


def _make_way(target: Path, folder: Path) -> None:
    """Make the folders above *target*; a file that stands where one of them belongs, or a folder in its place, goes."""
    for above in reversed(target.relative_to(folder).parents[:-1]):
        if (folder / above).is_file():
            (folder / above).unlink()
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def _clear(paths: Iterable[str], folder: Path) -> None:
    """Remove the files at *paths* and the folders that are empty without them."""
    for path in paths:
        (folder / path).unlink(missing_ok=True)
        for above in (folder / path).parents:
            if above == folder:
                break
            try:
                above.rmdir()
            except OSError:  # it holds something still, or another build has taken it away
                break


def _tidy(folder: Path) -> None:
    """Remove what a build left behind that was killed while it wrote."""
    for path in folder.glob(f"{_ASIDE}*"):
        with suppress(OSError):  # another build may clear it away too
            if path.is_dir() and (_is_over(path.name) or time.time() - path.stat().st_mtime > _FORGOTTEN):
                shutil.rmtree(path, ignore_errors=True)


def _here() -> str:
    """Return what stands for this machine in the name of a folder."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _is_over(name: str) -> bool:
    """Whether the build that set the folder *name* aside on this machine has ended."""
    owner = re.match(rf"{re.escape(_ASIDE + _here())}-(\d+)-", name)
    if owner is None or os.name != "posix":  # elsewhere, to ask after a process may end it
        return False
    try:
        os.kill(int(owner[1]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # it runs as somebody else
        pass
    return False
