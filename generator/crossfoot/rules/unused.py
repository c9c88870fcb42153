"""Rules: nothing in the data goes unshown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crossfoot.inserts import Insert, value_call
from crossfoot.model import Report, split
from crossfoot.narrative import Page
from crossfoot.places import Problem, did_you_mean
from crossfoot.rules.inserts import check
from crossfoot.uses import figures_of, inserts_in


def nothing_is_unused(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each table and chart stands on a page, and each event, footnote and indicator is shown or used."""
    ours = [page for page in pages if page.language == report.languages[0].id]
    if {"index", *report.file.chapters, *report.file.pages} - {page.stem for page in ours}:
        return  # what a missing page shows is not known
    calls = [(page.section, insert) for page in ours for insert, _ in page.inserts()]
    shown = {
        (insert.word, split(insert.args[0], section))
        for section, insert in calls
        if insert.args and insert.word in ("table", "chart")
    }
    everywhere = any(insert.word == "kpi_tables" for _, insert in calls)
    lost = _misspelt(report, ours)
    matrices = {
        split(getattr(one, "table", None) or "", home)
        for home, sec in report.sections.items()
        for one in sec.charts.values()
    }
    for home, section in report.sections.items():
        for name, table in section.tables.items():
            at = (home, name)
            if ("table", at) not in shown and at not in matrices and not ((everywhere and table.kpi) or lost(name)):
                yield Problem(
                    table.place,
                    f"the table '{name}' is shown on no page",
                    f"add {{{{ table {name} }}}}, or take it out",
                )
        for name, chart in section.charts.items():
            if ("chart", (home, name)) not in shown and not lost(name):
                yield Problem(
                    chart.place,
                    f"the chart '{name}' is shown on no page",
                    f"add {{{{ chart {name} }}}}, or take it out",
                )
    yield from _unused_names(report, calls, lost)
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
            and not lost(indicator.id.split(".")[1])
        ):
            yield Problem(
                indicator.place,
                f"'{indicator.id}' is shown nowhere",
                "show it with {{ value ... }} or in a table, or take it out",
            )


def _misspelt(report: Report, pages: list[Page]) -> Callable[[str], bool]:
    """Return whether a name is near one that leads nowhere: whoever mends that one shows this one."""
    calls = [(page.section, *call) for page in pages for call in page.inserts()]
    reference = report.languages[0].id
    calls += [(home, *call) for home, section in report.sections.items() for call in inserts_in(section, reference)]
    wrong = {one.args[0].split(".")[-1] for home, one, at in calls if one.args and any(check(one, report, home, at))}
    return lambda name: bool(did_you_mean(name, wrong))


def _unused_names(report: Report, calls: list[tuple[str, Insert]], lost: Callable[[str], bool]) -> Iterator[Problem]:
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
                if f"{word}:{home}.{name}" not in called and not lost(name):
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
