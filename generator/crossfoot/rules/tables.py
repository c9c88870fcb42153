"""Rules: tables name what is there, and a cell without a value has a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crossfoot.compute import unsettled
from crossfoot.model import Report, split
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, did_you_mean
from crossfoot.rules.disclosures import disclosure_problem
from crossfoot.rules.missing import missing_indicator, missing_period, shown_at
from crossfoot.tables import entries


def tables_are_complete(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each table names indicators, periods, terms and notes that exist; a cell without a value has a reason."""
    for name, section in report.sections.items():
        for key, table in section.tables.items():
            yield from _table(table, report, name, f"{name}.{key}")


def _table(table: Any, report: Report, section: str, name: str) -> Iterator[Problem]:
    called: set[str] = set()
    match table.kind:
        case "years" | "figures":
            yield from _rows(table, report, section, name, called)
        case "parts":
            for reference in table.indicators:
                yield from missing_indicator(reference, report, section, table.place)
            for period in table.periods:
                yield from missing_period(period, report, table.place)
            for dimension in table.by:
                if dimension not in report.file.dimensions:
                    yield Problem(
                        table.place,
                        f"there is no dimension '{dimension}'",
                        did_you_mean(dimension, report.file.dimensions, listed="dimensions"),
                    )
            for reference in table.indicators:
                indicator = report.indicator(reference, section)
                if indicator is not None and not any(one.by == table.by for one in indicator.breakdowns):
                    yield Problem(
                        table.place,
                        f"'{indicator.id}' is not broken down by {', '.join(table.by)}",
                        "add such a breakdown to it",
                    )
        case "targets":
            for reference in table.rows:
                yield from missing_indicator(reference, report, section, table.place)
                indicator = report.indicator(reference, section)
                if indicator is not None and indicator.target is None:
                    yield Problem(
                        table.place,
                        f"'{indicator.id}' has no target",
                        "add 'target: {value, by}' to it, or take it out of the table",
                    )
        case "records":
            for record in table.records:
                called |= set(record.notes)
                for cells in record.cells.values():
                    for cell in cells:
                        yield from _record_cell(cell, report, section, table.place)
        case "matrix":
            for row in table.rows.values():
                called |= set(row.notes) | {note for cell in row.cells.values() for note in cell.notes}
                for cell in row.cells.values():
                    if cell.value is not None:
                        yield from _matrix_cell(cell, report, section, cell.place if cell.place.file else row.place)
    for note in sorted(called - set(table.notes)):
        yield Problem(
            table.place,
            f"the table '{name}' has no note '{note}'",
            did_you_mean(note, table.notes, listed="notes"),
        )
    if table.kind in ("years", "figures", "records", "matrix"):
        for note in sorted(set(table.notes) - called):
            yield Problem(
                table.notes[note].place,
                f"the note '{note}' is called by no row, column or cell",
                "call it, or move it to 'general'",
            )


def _rows(table: Any, report: Report, section: str, name: str, called: set[str]) -> Iterator[Problem]:
    periods = list(getattr(table, "periods", ()))
    columns = getattr(table, "columns", {})
    named = [*periods, *columns, *(period for _, entry in entries(table.rows) for period in entry.cells)]
    unknown = [period for period in dict.fromkeys(named) if period not in report.file.periods]
    for period in unknown:
        yield from missing_period(period, report, table.place)
    called |= {note for column in columns.values() for note in column.notes}
    for _, entry in entries(table.rows):
        called |= set(entry.notes) | {note for cell in entry.cells.values() for note in cell.notes}
    if unknown:
        return
    used = [report.indicator(entry.indicator, section) for _, entry in entries(table.rows) if entry.indicator]
    shown = periods or [one for one in report.file.periods if any(found and one in found.values for found in used)]
    for period in columns:
        if period not in shown:
            text = f"{period} is not a column of the table '{name}'"
            yield Problem(table.place, text, f"columns: {', '.join(shown)}")
    for _, entry in entries(table.rows):
        place = entry.place if entry.place.file else table.place
        for reference in (entry.indicator, entry.with_):
            if reference:
                yield from missing_indicator(reference, report, section, place)
        indicator = report.indicator(entry.indicator, section) if entry.indicator else None
        if indicator is None:
            continue
        second = report.indicator(entry.with_, section) if entry.with_ else None
        at = shown if table.kind == "years" else [shown_at(indicator, report)]
        for period in entry.cells:
            if period not in at:
                text = f"a cell of '{indicator.id}' is named at {period}, which is not a column of '{name}'"
                yield Problem(place, text, f"columns: {', '.join(at)}")
        for period in at:
            if second is not None and period in indicator.values and period not in second.values:
                text = f"'{second.id}' has neither a value nor a reason for {period}, where '{name}' shows it"
                yield Problem(
                    second.place,
                    text,
                    f"add '{period}: {{omission: not-disclosed}}' or another reason",
                )
        if not indicator.values and indicator.id in unsettled(report):
            continue
        if not indicator.values:
            yield Problem(
                place, f"'{indicator.id}' has no value to show", "give it values, or take it out of the table"
            )
        elif table.kind == "years":
            for period in shown:
                if period not in indicator.values:
                    text = f"'{indicator.id}' has neither a value nor a reason for {period}, a column of '{name}'"
                    yield Problem(
                        indicator.place,
                        text,
                        f"add '{period}: {{omission: not-disclosed}}' or another reason",
                    )


def _matrix_cell(cell: Any, report: Report, section: str, place: Place) -> Iterator[Problem]:
    yield from missing_indicator(cell.value, report, section, place)
    indicator = report.indicator(cell.value, section)
    if indicator is not None and (cell.period or shown_at(indicator, report)) not in indicator.values:
        known = f"it has: {', '.join(indicator.values) or 'none'}"
        yield Problem(place, f"'{indicator.id}' has no value for '{cell.period or report.file.period}'", known)


def _record_cell(cell: Any, report: Report, section: str, place: Place) -> Iterator[Problem]:
    at = cell.place if cell.place.file else place
    if cell.value is not None:
        yield from missing_indicator(cell.value, report, section, at)
        indicator = report.indicator(cell.value, section)
        if indicator is not None and (cell.period or shown_at(indicator, report)) not in indicator.values:
            yield Problem(
                at,
                f"'{indicator.id}' has no value for '{cell.period or report.file.period}'",
                f"it has: {', '.join(indicator.values) or 'none'}",
            )
    elif cell.period is not None:
        yield Problem(at, "a cell has a period but no value", "name an indicator: {value: NAME, period: PERIOD}")
    if cell.term is not None and cell.term not in report.terms:
        yield Problem(at, f"there is no term '{cell.term}'", did_you_mean(cell.term, report.terms))
    if cell.date is not None and report.event(cell.date, section) is None:
        yield Problem(
            at,
            f"there is no event '{cell.date}'",
            _events_near(cell.date, report, section),
        )
    for index, reference in enumerate(cell.disclosures):
        problem = disclosure_problem(report, reference, cell.place_of("disclosures", index) if cell.place.file else at)
        if problem:
            yield problem


def _events_near(name: str, report: Report, section: str) -> str:
    home, local = split(name, section)
    if home not in report.sections:
        return did_you_mean(home, report.sections, listed="sections")
    return did_you_mean(local, report.sections[home].events, listed="events")
