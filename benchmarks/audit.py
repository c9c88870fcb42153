"""Measure how long the audit of a large report takes, and how that grows with the number of figures.

    python benchmarks/audit.py [NUMBER ...]

The reports are made up in memory: sums, breakdowns, ratios in groups that share a quantity which nobody discloses, one
such group of two thousand, and changes over five years. About one figure in fifty is misprinted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from time import perf_counter

from crossfoot.audit import audit
from crossfoot.compute import compute
from crossfoot.model import (
    Breakdown,
    Category,
    Dimension,
    Indicator,
    Observation,
    Organisation,
    Period,
    Report,
    ReportFile,
    ReportLanguage,
    Section,
    Text,
    Unit,
)
from crossfoot.places import Place

YEARS = [str(year) for year in range(2020, 2025)]
PARTS = 8
"""How many parts a sum has."""
GROUP = 10
"""How many ratios share a denominator, in most groups."""
LARGE = 2000
"""How many do in the one large group, where the report is large enough."""


def words(text: str) -> Text:
    """Return *text* as the wording of the only language."""
    return Text(by_language={"en": text})


class Maker:
    """Makes figures, each in its own line, until there are enough of them."""

    def __init__(self, wanted: int) -> None:
        """Make about *wanted* figures."""
        self.wanted = wanted
        self.made = 0
        self.line = 0

    def indicator(self, name: str, digits: dict[str, str], **keys: object) -> tuple[str, Indicator]:
        """Return an indicator with a printed value in each year of *digits*."""
        self.line += 1
        values = {}
        for year, typed in digits.items():
            self.line += 1
            self.made += 1
            values[year] = Observation(value=Decimal(typed), place=Place("data/sections/s.yaml", self.line, 5))
        place = Place("data/sections/s.yaml", self.line, 3)
        return name, Indicator(id=f"s.{name}", label=words(name), unit="number", values=values, place=place, **keys)

    def indicators(self) -> Iterator[tuple[str, Indicator]]:
        """Yield the large group first, then sums, breakdowns and small groups in turn."""
        large = min(LARGE, self.wanted // 5)
        yield from self.ratios("large", large)
        number = 0
        while self.made < self.wanted:
            yield from self.sum(f"sum{number}", number)
            yield self.broken_down(f"broken{number}", number)
            yield from self.ratios(f"group{number}", GROUP)
            number += 1

    def sum(self, name: str, number: int) -> Iterator[tuple[str, Indicator]]:
        """Yield parts and their sum over all years; one sum in fifty is wrong."""
        parts = {year: [100 + (number * 7 + part * 13 + int(year)) % 97 for part in range(PARTS)] for year in YEARS}
        for part in range(PARTS):
            yield self.indicator(f"{name}_{part}", {year: f"{of[part]}.{part}5" for year, of in parts.items()})
        off = 9 if number % 50 == 0 else 0
        wholes = {
            year: Decimal(sum(of) + off) + sum(Decimal(f"0.{p}5") for p in range(PARTS)) for year, of in parts.items()
        }
        yield self.indicator(
            name, {year: str(whole) for year, whole in wholes.items()}, sum=tuple(f"{name}_{p}" for p in range(PARTS))
        )

    def broken_down(self, name: str, number: int) -> tuple[str, Indicator]:
        """Return a figure with a breakdown by two dimensions and one by the first of them; one in fifty is wrong."""
        fine: dict[str, object] = {}
        coarse: dict[str, object] = {}
        totals = {}
        for year in YEARS[-2:]:
            cells = {
                a: {b: 10 + (number + 3 * i + 5 * j) % 17 for j, b in enumerate("xyz")} for i, a in enumerate("ab")
            }
            fine[year] = {a: {b: Decimal(cell) for b, cell in row.items()} for a, row in cells.items()}
            coarse[year] = {a: Decimal(sum(row.values())) for a, row in cells.items()}
            totals[year] = str(sum(sum(row.values()) for row in cells.values()) + (20 if number % 50 == 0 else 0))
            self.made += 8
        breakdowns = (Breakdown(by=("one",), values=coarse), Breakdown(by=("one", "two"), values=fine))
        return self.indicator(name, totals, breakdowns=breakdowns)

    def ratios(self, name: str, many: int) -> Iterator[tuple[str, Indicator]]:
        """Yield *many* ratios of one undisclosed denominator of 12,015, one in fifty of them rounded from another."""
        yield self.indicator(f"{name}_n", {}, undisclosed=True)
        for number in range(many):
            amount = 5000 + number * 37
            by = 14285 if number % 50 == 7 else 12015
            ratio = (Decimal(amount) / by).quantize(Decimal("0.0001"))
            yield self.indicator(f"{name}_a{number}", {"2024": f"{amount}.00"})
            yield self.indicator(f"{name}_r{number}", {"2024": str(ratio)}, ratio=(f"{name}_a{number}", f"{name}_n"))


def made_up(figures: int) -> tuple[Report, int]:
    """Return a report of about as many *figures*, and how many they are."""
    maker = Maker(figures)
    section = Section(id="s", title=words("Figures"), indicators=dict(maker.indicators()))
    file = ReportFile(
        title=words("Large report"),
        organisation=Organisation(name=words("Large company")),
        languages=(ReportLanguage(id="en", tag="en", name="English"),),
        period="2024",
        periods={year: Period(start=date(int(year), 1, 1), end=date(int(year), 12, 31)) for year in YEARS},
        dimensions={
            "one": Dimension(label=words("One"), categories={name: Category(label=words(name)) for name in "ab"}),
            "two": Dimension(label=words("Two"), categories={name: Category(label=words(name)) for name in "xyz"}),
        },
        change_threshold=Decimal(40),
    )
    units = {"number": Unit(name=words("number"), pattern=words("{}"))}
    report = Report(file=file, units=units, terms={}, frameworks={}, sections={"s": section}, notes={})
    return report, maker.made


def main(numbers: list[int]) -> None:
    """Print one line for each size of report."""
    print(f"{'figures':>8} {'claims':>8} {'findings':>9} {'compute':>9} {'audit':>9} {'a figure':>10}")
    for number in numbers:
        report, made = made_up(number)
        start = perf_counter()
        report = compute(report)
        computed = perf_counter()
        found = audit(report).audit
        done = perf_counter()
        each = (done - start) / made * 1_000_000
        print(
            f"{made:>8,} {len(found.claims):>8,} {len(found.findings):>9,} "
            f"{computed - start:>7.2f} s {done - computed:>7.2f} s {each:>7.1f} µs"
        )


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [1_000, 5_000, 50_000])
