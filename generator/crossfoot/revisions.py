"""Open a version of a report: a folder, or a revision in git, read without touching working tree or index."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crossfoot import read_report
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, Problems

_PARTS = ("data", "content")
_FILE = b"100"
"""How the mode of an ordinary file begins."""
_FROM_A_HOOK = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE")
"""What git tells a hook of itself; here the folder alone says which repository is meant."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report, read and computed but not held against today's rules."""

    name: str
    """As it was typed: `HEAD~1`, a folder; empty for the working tree."""
    commit: str
    """The full name of the commit; empty for a folder."""
    report: Report
    pages: tuple[Page, ...]


def read_version(name: str, folder: Path) -> Version:
    """Return the version *name* of the report in *folder*: a folder with `data` and `content`, else a git revision.

    An empty name is *folder* itself.

    Raises:
        Problems: the version cannot be found or read.
    """
    if not name:
        return Version("", "", *read_report(folder))
    if all((Path(name) / part).is_dir() for part in _PARTS):
        return Version(name, "", *_read(Path(name), name))
    with _checked_out(name, folder) as (commit, copy):
        return Version(name, commit, *_read(copy, name))


def _read(folder: Path, name: str) -> tuple[Report, tuple[Page, ...]]:
    try:
        return read_report(folder)
    except Problems as problems:
        first = problems.found[0]
        place = Place(f"{name}:{first.place.file}", first.place.line, first.place.column)
        more = len(problems.found) - 1
        lines = [first.hint] if first.hint else []
        lines += [f"and {more} more problem{'' if more == 1 else 's'}"] if more else []
        if not Path(name).is_dir():
            lines.append("it was written for other rules than today's; compare with a later version")
        message = f"'{name}' cannot be read: {first.message}"
        raise Problems([Problem(place, message, "\n".join(lines), rule="revision")]) from None


@contextmanager
def _checked_out(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the commit of revision *name* and a folder with its data and words, which is gone afterwards."""
    commit = _commit(name, folder)
    with TemporaryDirectory(prefix="crossfoot-") as copy:
        for path, content in _files(commit, name, folder):
            target = Path(copy) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield commit, Path(copy)


def _commit(name: str, folder: Path) -> str:
    inside = _git(folder, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        said = inside.stderr.decode("utf-8", "replace").strip().splitlines()
        if said and "not a git repository" not in said[0].lower():
            raise _refused(name, "git does not answer", said[0])
        hint = "name a folder that holds data/ and content/, or put the report under version control with git"
        raise _refused(name, f"'{folder}' is not in a git repository", hint)
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found.returncode:
        hint = "name a commit, tag or branch, HEAD~1, or a folder that holds data/ and content/"
        if ".." in name:
            hint = f"write two revisions as two words: crossfoot diff {' '.join(filter(None, name.split('.')))}"
        elif _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            hint += "\nthis copy of the repository has only its last commits: git fetch --unshallow"
        raise _refused(name, f"there is no revision '{name}'", hint)
    return found.stdout.decode().strip()


def _files(commit: str, name: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file of data and words in *commit*, the path below the report's folder."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit, "--", *_PARTS)
    rows = [row.split(b"\t", 1) for row in listed.stdout.split(b"\0") if row]
    files = [(head.split()[2], os.fsdecode(path)) for head, path in rows if head.startswith(_FILE)]
    if listed.returncode or not any(path.startswith("data/") for _, path in files):
        hint = "the report stood elsewhere then, or was not yet written; compare with a later revision"
        raise _refused(name, f"'{name}' has no folder 'data' here", hint)
    batch = _git(folder, "cat-file", "--batch", given=b"".join(blob + b"\n" for blob, _ in files))
    at = 0
    for _, path in files:
        end = batch.stdout.find(b"\n", at)
        head = batch.stdout[at:end].split()
        if end < 0 or len(head) != 3:
            raise _refused(name, f"'{name}' cannot be taken out of the repository", f"git lacks {path}: git fsck")
        start, size = end + 1, int(head[2])
        yield path, batch.stdout[start : start + size]
        at = start + size + 1


def _git(folder: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Return what git answers in *folder*; it neither writes, nor asks, nor fetches."""
    quiet = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    env = {name: value for name, value in os.environ.items() if name not in _FROM_A_HOOK} | quiet
    command = ["git", "--no-replace-objects", "-C", str(folder), *words]
    try:
        return subprocess.run(command, input=given, capture_output=True, env=env, check=False)
    except FileNotFoundError:
        hint = "install git, or name a folder that holds data/ and content/"
        raise _refused("git", "there is no git on this machine", hint) from None


def _refused(name: str, message: str, hint: str) -> Problems:
    return Problems([Problem(Place(name), message, hint, rule="revision")])
