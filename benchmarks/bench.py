"""Measure builds, edits and checks of whole reports: `python benchmarks/bench.py --sizes example,small`.

Without `--check`, `--peers` or `--growth`, which measure only what they say, it measures builds, edits, checks and
peers. README.md in this folder tells what each number means. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys

import builds
import edits
import machine
import reports
from growth import Growth
from peers import Peers
from table import Baseline, Costs

MEDIUM, LARGE = 100, 500
"""From so many chapters on, a report is built and edited fewer times."""


def main() -> None:
    """Measure, and print tables."""
    chosen = _options()
    sizes = [size for size in chosen.sizes.split(",") if size]
    growing = [size for size in chosen.growth.split(",") if size]
    for size in (*sizes, *growing):
        _times(size, chosen)  # which ends the program where there is no such report
    baseline = Baseline()
    print(f"{machine.about()}\nload at the start: {os.getloadavg()[0]:.1f}\n{baseline.told()}", flush=True)
    some = chosen.check or chosen.peers or growing
    if chosen.check or not some:
        _costs(sizes, chosen, Costs(baseline))
    if chosen.peers or not some:
        peers = Peers(chosen.peer_python, baseline)
        for size in sizes:
            pairs = _times(size, chosen)[0]
            if pairs and size != reports.EXAMPLE:
                peers.measure(size, pairs)
    if growing:
        growth = Growth(baseline)
        for size in growing:
            growth.measure(reports.chapters_of(size), *_times(size, chosen))
    if chosen.store:
        baseline.store()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--runs", type=int, help="of each build, check and pair: 5, medium 3; 0 leaves them out")
    add("--edits", type=int, help="of each sort, the first told apart: 10, medium 4; 0 leaves them out")
    add("--large-runs", type=int, default=1, help=f"the most runs of a report of {LARGE} chapters or more: 1")
    add("--large-edits", type=int, default=3, help="the most edits of such a report: 3")
    add("--sizes", default="example,small,medium", help="example, small, medium, large, or numbers of chapters")
    add("--check", action="store_true", help="measure only checks")
    add("--peers", action="store_true", help="measure only against other makers of sites")
    add("--peer-python", default=sys.executable, metavar="PYTHON", help="the Python in which MkDocs' themes are")
    add("--growth", default="", metavar="N,N...", help="measure only how time grows with these numbers of chapters")
    add("--store", action="store_true", help="store the ratios as the baseline")
    return parser.parse_args()


def _times(size: str, chosen: argparse.Namespace) -> tuple[int, int]:
    """Return how often a report of this *size* is built, and how often it is edited in each way."""
    chapters = 0 if size == reports.EXAMPLE else reports.chapters_of(size)
    runs, count = (5, 10) if chapters < MEDIUM else (3, 4)
    runs = runs if chosen.runs is None else chosen.runs
    count = count if chosen.edits is None else chosen.edits
    return (min(runs, chosen.large_runs), min(count, chosen.large_edits)) if chapters >= LARGE else (runs, count)


def _costs(sizes: list[str], chosen: argparse.Namespace, costs: Costs) -> None:
    for size in sizes:
        runs, count = _times(size, chosen)
        with reports.made(size) as folder:
            if runs and not chosen.check:
                builds.measure(size, folder, runs, costs)
            if count and not chosen.check:
                edits.measure(size, folder, count, costs)
            if runs:
                builds.measure_checks(size, folder, runs, costs)


if __name__ == "__main__":
    main()
