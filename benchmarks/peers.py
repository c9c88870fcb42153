"""Hold builds against those of other makers of static sites, in turn on the same machine.

They get a report of as many pages with the same words and tables. They draw no charts, check nothing, and make no pages
of figures; and each of their builds makes all pages anew.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import builds
import machine
import neutral
import reports
from table import Baseline, Table, spread

_CASES = {"cold": builds.cold, "nothing changed": builds.nothing}


@dataclass(frozen=True)
class Peer:
    """Another maker of static sites."""

    name: str
    command: tuple[str, ...]
    version: tuple[str, ...]
    """The command that tells its version; where it fails, it is not installed."""
    write: Callable[[int, Path], None]
    """Writes a report of so many chapters into a folder."""
    made: tuple[str, ...]
    """What it leaves in the folder."""

    def installed(self) -> str:
        """Return its version, or nothing where it is not installed."""
        try:
            told = subprocess.run(self.version, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return ""
        return told.stdout.strip().splitlines()[0]

    def build(self, folder: Path, *, cold: bool) -> machine.Cost:
        """Return what a build in *folder* took; *cold* where nothing of an earlier one is left."""
        for name in self.made if cold else ():
            shutil.rmtree(folder / name, ignore_errors=True)
        return machine.run(self.command, folder)


def peers_of(python: str) -> tuple[Peer, ...]:
    """Return all peers; those written in Python are run by the interpreter *python*."""
    hugo = shutil.which("hugo") or "hugo"
    build = (python, "-m", "mkdocs", "build", "--quiet")
    told = "from importlib.metadata import version; import {}; print(version('{}'))".format
    return (
        Peer("Hugo", (hugo, "--quiet"), (hugo, "version"), neutral.write_hugo, ("public", "resources")),
        *(
            Peer(name, build, (python, "-c", told(*package)), partial(neutral.write_mkdocs, theme=theme), ("site",))
            for name, package, theme in (
                ("MkDocs, Material", ("material", "mkdocs-material"), "{name: material, font: false}"),
                ("MkDocs, theme mkdocs", ("mkdocs", "mkdocs"), "mkdocs"),
            )
        ),
    )


class Peers:
    """The table of peers."""

    def __init__(self, python: str, baseline: Baseline) -> None:
        """Say which peers there are; hold the rows against *baseline*."""
        print()
        self._peers = []
        for peer in peers_of(python):
            version = peer.installed()
            print(f"{peer.name}: {version or 'not installed, so not measured'}")
            if version:
                self._peers.append(peer)
        self._baseline = baseline
        self._table = Table(*("report", "case", "pairs", "our CPU s", "their CPU s", "ours / theirs", "baseline"))

    def measure(self, size: str, pairs: int) -> None:
        """Print a row for each peer and case: builds of ours and of theirs in turn, so many of each."""
        with reports.made(size) as ours, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as kept:
            for number, peer in enumerate(self._peers):
                theirs = Path(kept) / str(number)
                theirs.mkdir()
                peer.write(reports.chapters_of(size), theirs)
                peer.build(theirs, cold=True)  # so that what is read for the first time is not counted
                for case, prepare in _CASES.items():
                    cold = prepare is builds.cold
                    found = [(builds.build(ours, prepare), peer.build(theirs, cold=cold)) for _ in range(pairs)]
                    self._pairs(size, f"{case}, {peer.name}", found)

    def _pairs(self, size: str, case: str, pairs: list[tuple[machine.Cost, machine.Cost]]) -> None:
        ours, theirs = ([one.cpu for one in side] for side in zip(*pairs, strict=True))
        ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
        mark, before = self._baseline.held(size, case, statistics.median(ratios))
        told = spread(ratios, 2) + mark
        self._table.row(size, case, len(pairs), spread(ours, 2), spread(theirs, 2), told, before)
