"""Formulas that a spreadsheet works out by itself, where they give exactly what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from crossfoot.compute import evaluate
from crossfoot.formulas import scale_between, wanted_unit
from crossfoot.grid import Grid, Placed
from crossfoot.model import Formula, Indicator, Report
from crossfoot.wording import machine_number
from crossfoot.workbook import Live, cell_name

_EXACT = Context(prec=50, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one figure that has a formula."""

    figure: Placed
    outcome: str
    """'yes' it is live; 'absent' a part is not on the sheet; 'differs' it would give another value than is printed;
    'hedged' it is no exact value; 'implied' its operation is none of a spreadsheet's."""
    cell: Live | None = None
    gives: str = ""
    """What the formula gives, where that differs."""


def verdicts(grid: Grid, report: Report) -> tuple[Verdict, ...]:
    """Return what became of each figure of *grid* that has a formula, in the order of the grid."""
    exact = {
        (one.run.name, one.facts.get("period", "")): one
        for one in reversed(grid.figures)  # the first of several wins
        if one.run.value and not one.facts.get("qualifier") and not one.facts.get("part")
    }
    return tuple(_judged(grid, report, exact))


Exact = Mapping[tuple[str, str], Placed]
"""The figures of a sheet that stand there as exact values, by indicator and period."""


def _judged(grid: Grid, report: Report, exact: Exact) -> Iterator[Verdict]:
    for one in grid.figures:
        indicator = report.indicator(one.run.name, "") if "." in one.run.name else None
        if indicator is None or indicator.formula is None or one.facts.get("part") or not one.run.value:
            continue
        if indicator.formula.operation == "implied":
            yield Verdict(one, "implied")
        elif one.facts.get("qualifier"):
            yield Verdict(one, "hedged")
        else:
            yield _verdict(one, indicator, indicator.formula, report, exact)


def _verdict(one: Placed, indicator: Indicator, formula: Formula, report: Report, exact: Exact) -> Verdict:
    """Return whether the formula of an exact figure can be live."""
    period = one.facts.get("period", "")
    section = indicator.id.split(".")[0]
    parts = [report.indicator(name, section) for name in formula.of]
    found = [exact.get((part.id, period)) if part is not None else None for part in parts]
    numbers: list[Decimal | None] = []
    terms: list[str] = []
    for position, (part, placed) in enumerate(zip(parts, found, strict=True)):
        if part is None or placed is None:
            return Verdict(one, "absent")
        above, below = scale_between(report.units.get(part.unit), wanted_unit(formula, position, indicator, report))
        numbers.append(_EXACT.divide(_EXACT.multiply(Decimal(placed.run.value), above), below))
        name = cell_name(placed.row, placed.column)
        terms.append(name if above == below else f"{name}*{machine_number(above)}/{machine_number(below)}")
    result = evaluate(formula, numbers, indicator, period, [])
    observation = indicator.values.get(period)
    amount = observation.amount if observation is not None else None
    if result is None or amount is None:
        return Verdict(one, "absent")
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)
    rounded = result.quantize(Decimal(1).scaleb(exponent), context=_EXACT)
    if rounded != Decimal(one.run.value):
        return Verdict(one, "differs", gives=machine_number(rounded))
    text = f"=ROUND({_written(formula, terms)},{-exponent})"
    return Verdict(one, "yes", Live(text, Decimal(one.run.value)))


def _written(formula: Formula, terms: list[str]) -> str:
    """Return *formula* over the cells *terms* as spreadsheets write it."""
    match formula.operation:
        case "sum":
            said = f"SUM({','.join(terms)})"
        case "difference":
            said = f"{terms[0]}-({terms[1]})" if "/" in terms[1] else "-".join(terms)
        case "product":
            said = "*".join(terms)
        case "share":
            said = f"{terms[0]}/({terms[1]})*100"
        case _:
            said = f"{terms[0]}/({terms[1]})"
    if formula.factor == 1:
        return said
    return f"({said})*{machine_number(formula.factor)}"


def with_live(grid: Grid, found: tuple[Verdict, ...]) -> tuple[tuple[object, ...], ...]:
    """Return the rows of *grid* with the formulas that were found to be live in place of their numbers."""
    rows = [list(row) for row in grid.rows]
    for verdict in found:
        if verdict.cell is not None:
            rows[verdict.figure.row][verdict.figure.column] = verdict.cell
    return tuple(tuple(row) for row in rows)
