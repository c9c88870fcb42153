"""Rules: tables and charts show what is there, completely, and nothing in the data goes unshown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crossfoot.compute import unsettled
from crossfoot.inserts import Insert, value_call
from crossfoot.model import ChartSpec, Indicator, Report, TableSpec, split
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, did_you_mean
from crossfoot.rules.references import disclosure_problem
from crossfoot.tables import entries
from crossfoot.uses import figures_of, inserts_in


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
                yield from _missing_indicator(reference, report, section, table.place)
            for period in table.periods:
                yield from _missing_period(period, report, table.place)
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
                yield from _missing_indicator(reference, report, section, table.place)
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
        yield from _missing_period(period, report, table.place)
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
                yield from _missing_indicator(reference, report, section, place)
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


def shown_at(indicator: Indicator, report: Report) -> str:
    """Return the period at which a table of figures shows *indicator*: its only one, else the report's."""
    if len(indicator.values) == 1:
        return next(iter(indicator.values))
    return report.file.period if report.file.period in indicator.values else next(iter(indicator.values), "")


def _missing_period(period: str, report: Report, place: Place) -> Iterator[Problem]:
    if period not in report.file.periods:
        known = report.file.periods
        yield Problem(place, f"there is no period '{period}'", did_you_mean(period, known, listed="periods"))


def _matrix_cell(cell: Any, report: Report, section: str, place: Place) -> Iterator[Problem]:
    yield from _missing_indicator(cell.value, report, section, place)
    indicator = report.indicator(cell.value, section)
    if indicator is not None and (cell.period or shown_at(indicator, report)) not in indicator.values:
        known = f"it has: {', '.join(indicator.values) or 'none'}"
        yield Problem(place, f"'{indicator.id}' has no value for '{cell.period or report.file.period}'", known)


def _missing_indicator(reference: str, report: Report, section: str, place: Place) -> Iterator[Problem]:
    if report.indicator(reference, section) is None:
        home, local = split(reference, section)
        found = report.sections.get(home)
        known = found.indicators if found else report.sections
        yield Problem(place, f"there is no indicator '{reference}' in section '{home}'", did_you_mean(local, known))


def _record_cell(cell: Any, report: Report, section: str, place: Place) -> Iterator[Problem]:
    at = cell.place if cell.place.file else place
    if cell.value is not None:
        yield from _missing_indicator(cell.value, report, section, at)
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
    for reference in cell.disclosures:
        problem = disclosure_problem(report, reference, at)
        if problem:
            yield problem


def _events_near(name: str, report: Report, section: str) -> str:
    home, local = split(name, section)
    if home not in report.sections:
        return did_you_mean(home, report.sections, listed="sections")
    return did_you_mean(local, report.sections[home].events, listed="events")


def charts_have_data(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each chart names indicators with values, of one unit where they share an axis, or a matrix that exists."""
    for section, found in report.sections.items():
        for chart in found.charts.values():
            yield from _chart(chart, report, section)


def _chart(chart: ChartSpec, report: Report, section: str) -> Iterator[Problem]:
    table = getattr(chart, "table", None)
    if table is not None:
        spec: TableSpec | None = report.table(table, section)
        if spec is None or spec.kind != "matrix":
            yield Problem(chart.place, f"there is no matrix table '{table}'", "name a table of 'kind: matrix'")
        return
    if not chart.series:
        yield Problem(chart.place, "the chart has no series", "name its indicators: series: [one, two]")
    for period in chart.periods:
        yield from _missing_period(period, report, chart.place)
    for key in ("accent", "whole"):
        if named := getattr(chart, key, None):
            yield from _missing_indicator(named, report, section, chart.place)
    if (accent := getattr(chart, "accent", None)) and accent not in chart.series:
        hint = did_you_mean(accent, chart.series, listed="series")
        yield Problem(chart.place, f"the chart's 'accent' is '{accent}', which is not in its series", hint)
    found = [one for name in chart.series if (one := report.indicator(name, section)) is not None]
    if not getattr(chart, "implied", False):
        units = {
            (unit.quantity, unit.factor): one.unit for one in found if (unit := report.units.get(one.unit)) is not None
        }
        if len(units) > 1:
            hint = "draw them in charts of their own"
            yield Problem(chart.place, f"the chart draws {' and '.join(units.values())} on one scale", hint)
        for drawn in found:
            for period in chart.periods:
                if period in report.file.periods and period not in drawn.values:
                    text = f"'{drawn.id}' has neither a value nor a reason for {period}, which the chart draws"
                    yield Problem(chart.place, text, f"add '{period}: {{omission: not-disclosed}}' or another reason")
    for name in chart.series:
        indicator = report.indicator(name, section)
        if indicator is None:
            yield from _missing_indicator(name, report, section, chart.place)
        elif not any(one.value is not None for one in indicator.values.values()):
            yield Problem(chart.place, f"'{indicator.id}' has no value to draw", "take it out of 'series'")
        elif getattr(chart, "implied", False) and (indicator.formula is None or indicator.formula.operation != "ratio"):
            yield Problem(
                chart.place,
                f"'{indicator.id}' is no ratio, so it implies no denominator",
                "give it 'ratio: [numerator, denominator]'",
            )
        elif chart.kind == "log-dot" and any(
            one.amount is not None and one.amount <= 0 for one in indicator.values.values()
        ):
            yield Problem(
                chart.place,
                f"'{indicator.id}' is not above zero, a logarithmic scale cannot show it",
                "use 'kind: bar'",
            )


def nothing_is_unused(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each table and chart stands on a page, and each event, footnote and indicator is shown or used."""
    if not pages:
        return
    calls = [
        (page.section, insert)
        for page in pages
        if page.language == report.languages[0].id
        for insert, _ in page.inserts()
    ]
    shown = {
        (insert.word, split(insert.args[0], section))
        for section, insert in calls
        if insert.args and insert.word in ("table", "chart")
    }
    everywhere = any(insert.word == "kpi_tables" for _, insert in calls)
    matrices = {
        split(getattr(one, "table", None) or "", home)
        for home, sec in report.sections.items()
        for one in sec.charts.values()
    }
    for home, section in report.sections.items():
        for name, table in section.tables.items():
            at = (home, name)
            if ("table", at) not in shown and at not in matrices and not (everywhere and table.kpi):
                yield Problem(
                    table.place,
                    f"the table '{name}' is shown on no page",
                    f"add {{{{ table {name} }}}}, or take it out",
                )
        for name, chart in section.charts.items():
            if ("chart", (home, name)) not in shown:
                yield Problem(
                    chart.place,
                    f"the chart '{name}' is shown on no page",
                    f"add {{{{ chart {name} }}}}, or take it out",
                )
    yield from _unused_names(report, calls)
    if everywhere:
        shown |= {("table", (home, one)) for home in report.file.chapters for one in _kpi_tables(report, home)}
    in_tables = {
        ".".join(split(figure, home))
        for home, section in report.sections.items()
        for name, table in section.tables.items()
        if ("table", (home, name)) in shown
        for figure in figures_of(table, report, home)
    }
    needed = {
        ".".join(split(name, one.id.split(".")[0]))
        for one in report.indicators()
        if one.formula
        for name in one.formula.of
    }
    for indicator in report.indicators():
        if (
            f"value:{indicator.id}" not in report.uses
            and indicator.id not in needed | in_tables
            and not _in_notes(indicator.id, report)
        ):
            yield Problem(
                indicator.place,
                f"'{indicator.id}' is shown nowhere",
                "show it with {{ value ... }} or in a table, or take it out",
            )


def _unused_names(report: Report, calls: list[tuple[str, Insert]]) -> Iterator[Problem]:
    """Yield the events and footnotes that nothing calls."""
    reference = report.languages[0].id
    nouns = list(report.sections.items())
    inserts = [*calls, *((home, one) for home, section in nouns for one, _ in inserts_in(section, reference))]
    inserts += [("", one) for one, _ in inserts_in(report.notes, reference)]
    called = {f"{one.word}:{'.'.join(split(one.args[0], home))}" for home, one in inserts if one.args}
    called |= {
        f"date:{'.'.join(split(cell.date, home))}"
        for home, section in nouns
        for table in section.tables.values()
        for record in getattr(table, "records", ())
        for cells in record.cells.values()
        for cell in cells
        if cell.date is not None
    }
    for home, section in report.sections.items():
        for word, kind in (("date", "event"), ("footnote", "footnote")):
            for name, one in getattr(section, f"{kind}s").items():
                if f"{word}:{home}.{name}" not in called:
                    hint = f"call it with {{{{ {word} {name} }}}}, or take it out"
                    yield Problem(one.place, f"the {kind} '{name}' is shown nowhere", hint)


def _kpi_tables(report: Report, section: str) -> list[str]:
    found = report.sections.get(section)
    return [name for name, table in found.tables.items() if table.kpi] if found else []


def _in_notes(name: str, report: Report) -> bool:
    reference = report.languages[0].id
    nouns = (
        report.notes,
        [one.footnotes for one in report.sections.values()],
        [one.charts for one in report.sections.values()],
    )
    names = {value_call(insert.args).name for insert, _ in inserts_in(nouns, reference) if insert.word == "value"}
    local = name.split(".")[1]
    return name in names or local in names
