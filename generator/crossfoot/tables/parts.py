"""Indicators broken down along one or several dimensions, with the totals that the data hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from crossfoot.model import Breakdown, Indicator, Name, Observation, PeriodId, Reference, TableSpec
from crossfoot.shown import Cell, Row, Run, Table
from crossfoot.tables import Marks, finish, head_cell, indicator_of, label_cell, number_cell
from crossfoot.wording import Wording


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Options(TableSpec):
    """The keys of `kind: parts`."""

    kind: Literal["parts"] = "parts"
    indicators: Annotated[tuple[Reference, ...], BeforeValidator(_listed)]
    by: Annotated[tuple[Name, ...], BeforeValidator(_listed)]
    """Dimensions: with one, periods are the columns; with more, the last one is."""
    periods: tuple[PeriodId, ...] = ()


def breakdown_of(indicator: Indicator, by: tuple[str, ...]) -> Breakdown | None:
    """Return the breakdown of *indicator* by exactly these dimensions."""
    return next((one for one in indicator.breakdowns if one.by == by), None)


def at(indicator: Indicator, by: tuple[str, ...], where: dict[str, str], period: str) -> Observation | None:
    """Return the value where some dimensions are held at a category; the others are summed over by the data itself."""
    held = tuple(dimension for dimension in by if dimension in where)
    if not held:
        return indicator.values.get(period)
    found = breakdown_of(indicator, held)
    return found.at(period, *(where[dimension] for dimension in held)) if found else None


def _part(by: tuple[str, ...], where: dict[str, str]) -> str:
    """Return the categories as the page names them for programs: `route.north type.fast`; empty for the whole."""
    return " ".join(f"{dimension}.{where[dimension]}" for dimension in by if dimension in where)


def arrange(options: Options, wording: Wording, section: str, id_: str) -> Table:
    """Return the table: categories down, nested where there are several dimensions, periods or categories across."""
    language, file = wording.language, wording.report.file
    marks = Marks(id_, options.notes, wording, section)
    indicators = [indicator_of(name, wording, section) for name in options.indicators]
    across = options.by[-1] if len(options.by) > 1 else None
    down = options.by[:-1] if across else options.by
    periods = options.periods or tuple(
        period
        for period in file.periods
        if any(one.by == options.by and period in one.values for ind in indicators for one in ind.breakdowns)
    )
    heads: list[tuple[str, dict[str, str], str]] = []
    for period in periods:
        title = wording.period(period)
        if across is None:
            heads.append((title, {}, period))
            continue
        for key, category in file.dimensions[across].categories.items():
            if any(_used(ind, options.by, across, key, period) for ind in indicators):
                heads.append((language.of(category.label), {across: key}, period))
        if any(
            at(ind, options.by, dict(zip(down, keys, strict=True)), period)
            for ind in indicators
            for keys in product(*(file.dimensions[one].categories for one in down))
        ):
            heads.append((language.word("table.total"), {}, period))
    corner = (
        "／".join(language.of(file.dimensions[one].label) for one in down)
        if language.is_han
        else " / ".join(language.of(file.dimensions[one].label) for one in down)
    )
    if len(indicators) == 1 and options.description is not None:  # else the unit stands under the caption
        corner += language.word("brackets", language.of(wording.unit(indicators[0]).name))
    rows: list[Row] = []
    if across is not None and len(periods) > 1:
        spans = [sum(1 for _, _, one in heads if one == period) for period in periods]
        top = [head_cell(corner, rows=2)] + [
            head_cell(wording.period(period), columns=span) for period, span in zip(periods, spans, strict=True)
        ]
        head: tuple[Row, ...] = (Row(tuple(top)), Row(tuple(head_cell(title) for title, _, _ in heads)))
    else:
        head = (Row((head_cell(corner), *(head_cell(title) for title, _, _ in heads))),)
    for indicator in indicators:
        if len(indicators) > 1:
            name = language.word("brackets", language.of(wording.unit(indicator).name))
            label = (*wording.text(indicator.label, section), Run(name))
            rows.append(
                Row(
                    (
                        Cell(
                            "text",
                            label,
                            header="rowgroup",
                            columns=len(heads) + 1,
                            marks=wording.notes_at(indicator),
                            codes=wording.codes(indicator.disclosures),
                            href=wording.evidence(indicator),
                        ),
                    ),
                    kind="group",
                )
            )
        rows.extend(_rows(indicator, options.by, down, heads, wording, marks, depth=1 if len(indicators) > 1 else 0))
    partial = any(one.partial for ind in indicators for one in ind.breakdowns if one.by == options.by)
    general = ((Run(language.word("table.partial")),),) if partial else ()
    columns = ("label", *("number" for _ in heads))
    body = tuple(rows)
    table = finish(options, wording, section, id_, marks, head=head, body=body, columns=columns, general=general)
    return _of_one(table, indicators[0], wording) if len(indicators) == 1 else table


def _of_one(table: Table, indicator: Indicator, wording: Wording) -> Table:
    """Return *table* with what a single indicator leaves to its head: the way to the evidence, and the unit."""
    href, caption = wording.evidence(indicator), table.caption
    if href and not any(run.href or run.kind for run in caption):
        caption = tuple(replace(run, kind="evidence", href=href) for run in caption)
    unit = (Run(wording.language.of(wording.unit(indicator).name)),)
    return replace(table, caption=caption, description=table.description or unit)


def _used(indicator: Indicator, by: tuple[str, ...], across: str, key: str, period: str) -> bool:
    found = breakdown_of(indicator, by)
    if found is None:
        return False

    def holds(branch: Any, depth: int) -> bool:
        if branch is None:
            return False
        if depth == len(by) - 1:
            return key in branch
        return any(holds(below, depth + 1) for below in branch.values())

    return holds(found.values.get(period), 0)


def _rows(
    indicator: Indicator,
    by: tuple[str, ...],
    down: tuple[str, ...],
    heads: list[tuple[str, dict[str, str], str]],
    wording: Wording,
    marks: Marks,
    depth: int,
) -> Iterable[Row]:
    dimensions = wording.report.file.dimensions
    seen: tuple[str, ...] = ()
    for keys in product(*(dimensions[one].categories for one in down)):
        where = dict(zip(down, keys, strict=True))
        cells = [at(indicator, by, where | held, period) for _, held, period in heads]
        if not any(cells):
            continue
        for level in range(len(keys) - 1):
            if keys[: level + 1] != seen[: level + 1]:
                label = wording.text(dimensions[down[level]].categories[keys[level]].label)
                group = Cell("text", label, header="rowgroup", columns=len(heads) + 1)
                yield Row((group,), kind="group", level=min(3, depth + level))
        seen = keys[:-1]
        label = wording.text(dimensions[down[-1]].categories[keys[-1]].label)
        shown = [
            number_cell(cell, indicator, wording, marks, title, period=period, part=_part(by, where | held))
            for cell, (title, held, period) in zip(cells, heads, strict=True)
        ]
        yield Row((label_cell(label), *shown), level=min(3, depth + len(keys) - 1))
    totals = [at(indicator, by, held, period) for _, held, period in heads]
    found = breakdown_of(indicator, by)
    if any(totals) and not (found and found.partial):
        shown = [
            number_cell(cell, indicator, wording, marks, title, period=period, part=_part(by, held))
            for cell, (title, held, period) in zip(totals, heads, strict=True)
        ]
        label_run = (Run(wording.language.word("table.total")),)
        yield Row(
            (label_cell(label_run, wording.notes_at(indicator) if depth == 0 else ()), *shown),
            kind="total",
            level=depth,
        )
