"""Measure builds of whole reports, and checks without a build; each is a process of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import machine
import reports
import workload
import yardstick
from table import Costs

BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
CHECK = (sys.executable, "-m", "crossfoot", "check")
WITHOUT_DOCUMENTS = {"DOCUMENTS": "false"}


def cold(folder: Path) -> None:
    """Take away the site, and all that is remembered of it."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    shutil.rmtree(folder / "site", ignore_errors=True)


def drawings_kept(folder: Path) -> None:
    """Take away only the record that the site stands as it would be made."""
    for record in (folder / ".cache").rglob("*.site.json"):
        record.unlink()


def nothing(folder: Path) -> None:
    """Leave all as it is."""


Prepare = Callable[[Path], None]
CASES: dict[str, Prepare] = {
    "cold: no cache, no site": cold,
    "all made again, drawings kept": drawings_kept,
    "nothing changed": nothing,
}
"""Each case of a build, and what prepares it. The first leaves behind what the others start from."""
CHECKS: dict[str, tuple[Prepare, tuple[str, ...]]] = {
    "cold: no cache": (cold, ()),
    "all checked again, drawings kept": (drawings_kept, ()),
    "nothing changed": (nothing, ()),
    "rules only, no cache": (cold, ("--rules",)),
}
"""The same for a check, with the options of the command."""


def build(folder: Path, prepare: Prepare) -> machine.Cost:
    """Return what one build took."""
    prepare(folder)
    return machine.run(BUILD, folder, WITHOUT_DOCUMENTS)


def measure(size: str, folder: Path, runs: int, costs: Costs) -> None:
    """Print a row for each case of a build."""
    for case, prepare in CASES.items():
        found, speed = yardstick.around(partial(_several, build, folder, prepare, runs))
        costs.runs(size, case, found, speed, _output(folder / "site"))


def _several(
    run: Callable[[Path, Prepare], machine.Cost], folder: Path, prepare: Prepare, runs: int
) -> list[machine.Cost]:
    return [run(folder, prepare) for _ in range(runs)]


def _output(site: Path) -> str:
    files = [path for path in site.rglob("*") if path.is_file()]
    return f"{len(files):,}, {sum(path.stat().st_size for path in files) / 1e6:.1f}"


def measure_checks(size: str, folder: Path, runs: int, costs: Costs) -> None:
    """Print a row for each case of a check."""
    what = "check"
    if size != reports.EXAMPLE:
        what += f" of {reports.chapters_of(size) * workload.VALUES:,} values"
    for case, (prepare, options) in CHECKS.items():
        found, speed = yardstick.around(partial(_several, partial(_check, options), folder, prepare, runs))
        costs.runs(size, f"{what}: {case}", found, speed)


def _check(options: Sequence[str], folder: Path, prepare: Prepare) -> machine.Cost:
    prepare(folder)
    return machine.run([*CHECK, *options], folder)
