"""Measure how the time of builds and edits grows with the number of chapters."""

from __future__ import annotations

import statistics

import builds
import edits
import reports
from table import Baseline, Table, spread

_CASES = ("cold: no cache, no site", "all made again, drawings kept")
_EDIT = "edit: one figure, both languages"
LINEAR = 1.10
"""Up to this multiple of the first report's time a page, a build grows with its pages and no faster."""


class Growth:
    """The table of growth."""

    def __init__(self, baseline: Baseline) -> None:
        """Hold the rows against *baseline*."""
        self._baseline = baseline
        self._first: dict[str, tuple[int, float]] = {}
        """By case: how many chapters the first report had, and what was measured of it."""
        self._last: dict[str, tuple[int, float]] = {}
        """The same of the report before, in seconds of a build."""
        self._table = Table(
            *("chapters, pages", "case", "runs", "CPU ms a page, or s an edit", "/ the first's"),
            *("CPU ms of each page more", "baseline"),
        )

    def measure(self, chapters: int, runs: int, count: int) -> None:
        """Print a row for each case of a build, of *runs* each, and one for *count* edits."""
        with reports.made(str(chapters)) as folder:
            for case in _CASES if runs else ():
                costs = [builds.build(folder, builds.CASES[case]) for _ in range(runs)]
                self._builds(chapters, case, [cost.cpu for cost in costs])
            if count:
                first, *rest = edits.figure_times(str(chapters), folder, count)
                self._row(chapters, _EDIT, rest or [first], 3)

    def _builds(self, chapters: int, case: str, seconds: list[float]) -> None:
        middle = statistics.median(seconds)
        before, less = self._last.get(case, (chapters, middle))
        self._last[case] = (chapters, middle)
        more = f"{1000 * (middle - less) / (2 * (chapters - before)):.1f}" if chapters != before else ""
        self._row(chapters, case, [1000 * one / (2 * chapters) for one in seconds], 1, more)

    def _row(self, chapters: int, case: str, numbers: list[float], digits: int, more: str = "") -> None:
        middle = statistics.median(numbers)
        smallest, before = self._first.setdefault(case, (chapters, middle))
        times = middle / before
        mark, stored = self._baseline.held(f"{chapters} chapters after {smallest}", case, times)
        told = f"{times:.2f}{', **more**' if times > LINEAR else ''}{mark}"
        cells = (case, len(numbers), spread(numbers, digits), told, more, stored)
        self._table.row(f"{chapters:,}, {2 * chapters:,}", *cells)
