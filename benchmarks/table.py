"""The tables of results, printed row by row, and the baseline that the rows are held against."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import machine

FILE = Path(__file__).with_name("baseline.json")
WORSE = 1.15
"""From this multiple of the baseline on, a ratio is marked."""


class Baseline:
    """The ratios of an earlier run, by report and case, and those of this run, which may take their place."""

    def __init__(self) -> None:
        """Read what is stored."""
        self._stored = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
        self._now: dict[str, dict[str, float]] = {}

    def told(self) -> str:
        """Return in a line which baseline this is."""
        if not self._stored:
            return "baseline: none is stored"
        return f"baseline: of {self._stored['date']}, {self._stored['machine']}"

    def held(self, report: str, case: str, ratio: float) -> tuple[str, str]:
        """Note *ratio*; return a mark where it is worse than the baseline's, and the baseline's."""
        self._now.setdefault(report, {})[case] = round(ratio, 4)
        before = self._stored.get("ratios", {}).get(report, {}).get(case)
        if before is None:
            return "", ""
        mark = f", **worse by {100 * (ratio / before - 1):.0f} %**" if ratio > WORSE * before else ""
        return mark, f"{before:.3g}"

    def store(self) -> None:
        """Write the ratios of this run; what it did not measure stays as it was stored."""
        ratios = self._stored.get("ratios", {})
        for report, cases in self._now.items():
            ratios[report] = {**ratios.get(report, {}), **cases}
        stored = {"date": date.today().isoformat(), "machine": machine.about(), "ratios": ratios}
        FILE.write_text(json.dumps(stored, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        print(f"\nthe baseline is stored in {FILE.name}")


class Table:
    """One Markdown table; its heading is printed before its first row."""

    def __init__(self, *columns: str) -> None:
        """Have these *columns*; the first two hold words, the others numbers."""
        self._columns = columns
        self._begun = False

    def row(self, *cells: object) -> None:
        """Print a row at once."""
        if not self._begun:
            print(f"\n| {' | '.join(self._columns)} |\n|---|---|{'---:|' * (len(self._columns) - 2)}")
            self._begun = True
        print(f"| {' | '.join(str(cell) for cell in cells)} |", flush=True)


def spread(numbers: Sequence[float | None], digits: int) -> str:
    """Return the median of *numbers*, and the least and the most where there are several."""
    known = [number for number in numbers if number is not None]
    if not known:
        return "–"
    middle = f"{statistics.median(known):,.{digits}f}"
    return middle if len(known) == 1 else f"{middle} ({min(known):,.{digits}f} to {max(known):,.{digits}f})"


class Costs:
    """The table of builds, checks and edits."""

    def __init__(self, baseline: Baseline) -> None:
        """Hold its rows against *baseline*."""
        self._baseline = baseline
        self._table = Table(
            *("report", "case", "runs", "CPU s", "wall s", "peak MiB", "files, MB", "ratio", "baseline"),
        )

    def runs(self, report: str, case: str, costs: Sequence[machine.Cost], yardstick: float, files: str = "") -> None:
        """Print what the runs of a command took; the ratio is that of their CPU time to the *yardstick*'s."""
        cpu = [one.cpu for one in costs]
        wall, peak = spread([one.wall for one in costs], 2), spread([one.peak for one in costs], 0)
        ratio = self._ratio(report, case, statistics.median(cpu) / yardstick)
        self._table.row(report, case, len(costs), spread(cpu, 2), wall, peak, files, *ratio)

    def edits(self, report: str, case: str, first: float, rest: Sequence[float], yardstick: float) -> None:
        """Print how long edits took; the ratio is that of their time on the clock to the *yardstick*'s CPU time."""
        wall = f"{spread(rest, 3)}; the first {first:.3f}"
        ratio = self._ratio(report, case, statistics.median(rest) / yardstick)
        self._table.row(report, case, len(rest), "", wall, "", "", *ratio)

    def memory(self, report: str, case: str, peaks: Sequence[float]) -> None:
        """Print the most memory of a process, or of several."""
        peak = ", ".join(f"{one:.0f}" for one in peaks) or "–"
        self._table.row(report, case, 1, "", "", peak, "", "", "")

    def _ratio(self, report: str, case: str, ratio: float) -> tuple[str, str]:
        mark, before = self._baseline.held(report, case, ratio)
        return f"{ratio:.3g}{mark}", before
