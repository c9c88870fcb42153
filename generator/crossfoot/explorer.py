"""The explorer: every indicator in one table, which a reader may filter, sort, choose from and compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crossfoot.audit import breaks_of
from crossfoot.explorer_data import Pair, explorer_data, shown_value
from crossfoot.localise import Language
from crossfoot.model import Indicator, PeriodId, Report
from crossfoot.script_data import data_script
from crossfoot.shown import Cell, Phrase, Row, Run, Sheet, SheetPlan, Table
from crossfoot.side_by_side import columns_of, listed, pairs_of
from crossfoot.tables import Marks, head_cell, label_cell, number_cell
from crossfoot.wording import Wording, figure_run

if TYPE_CHECKING:
    from jinja2 import Environment

STEM = "explorer"
"""The page below each language, and the folder of its data."""
BETWEEN = "|"
"""What stands between the words of a row's facts that scripts read."""
_STATUSES = ("final", "estimated", "provisional", "restated", "missing", "finding")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What the table can be filtered by, with its choices, in groups with a name or without."""

    name: str
    label: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]


def explorer_sheets(
    report: Report, language: Language, templates: Environment, cache: Path | None
) -> Iterator[SheetPlan]:
    """Yield the page with all indicators of *report*; nothing where it has none."""
    if any(True for _ in report.indicators()):
        title = language.word("explorer.title")
        yield SheetPlan(STEM, lambda: _sheet(report, language, templates), short=title)


def _sheet(report: Report, language: Language, templates: Environment) -> Sheet:
    wording = Wording(report, language, STEM)
    maker = _Maker(wording, columns_of(report))
    table = maker.table()
    pairs = pairs_of(report)
    html = templates.get_template("explorer/explorer.html").render(
        t=language.phrases,
        filters=[one for one in maker.filters() if one.groups],
        periods=[Choice(one, wording.period(one)) for one in listed(pairs, report)],
        pair=_first(pairs, maker.columns),
        only=wording.period(report.file.period),
        table=table,
        count=len(table.body),
    )
    return Sheet(
        STEM,
        maker.word("title"),
        maker.word("summary"),
        html,
        short=maker.word("title"),
        files={f"{STEM}/{language.id}.js": data_script(f"{STEM}/{language.id}.js", explorer_data(wording))},
        scripts=("explorer.js",),
    )


def _first(pairs: tuple[Pair, ...], columns: tuple[PeriodId, ...]) -> Pair:
    """Return the pair that is compared before a reader chooses one: the last two columns, else the last pair."""
    among = [pair for pair in pairs if set(pair) <= set(columns)] or list(pairs)
    return among[-1] if among else ("", "")


@dataclass(frozen=True)
class _Maker:
    """Makes the page of one language."""

    wording: Wording
    columns: tuple[PeriodId, ...]

    def word(self, key: str, *values: str) -> str:
        """Return the phrase `explorer.KEY`."""
        return self.wording.language.word(f"explorer.{key}", *values)

    # -- the table -------------------------------------------------------------------------------------

    def table(self) -> Table:
        """Return the table: a row an indicator; a column for each period that several share, one for all others."""
        language, report = self.wording.language, self.wording.report
        others = any(set(one.values) - set(self.columns) for one in report.indicators())
        titles = [("label", language.word("table.indicator")), ("unit", language.word("table.unit"))]
        titles += [(f"period:{name}", self.wording.period(name)) for name in self.columns]
        head = [Cell("choose", (Run(self.word("choose")),), header="col")]
        head += [replace(head_cell(title), facts=(("sort", key),)) for key, title in titles]
        head += [head_cell(self.word("others"))] if others else []
        head += [head_cell(self.word("status"))]
        head += [replace(head_cell(self.word("chapter")), facts=(("sort", "chapter"),))]
        marks = Marks("explorer", {}, self.wording, "")
        return Table(
            id="explorer",
            kind="explorer",
            caption=(Run(self.word("caption")),),
            description=(Run(self.word("scope")),),
            head=(Row(tuple(head)),),
            body=tuple(self._row(one, marks, others=others) for one in report.indicators()),
            notes=marks.shown(),
            columns=(
                *("choose", "label", "unit"),
                *("number" for _ in self.columns),
                *(("others",) if others else ()),
                *("state", "chapter"),
            ),
        )

    def _row(self, indicator: Indicator, marks: Marks, *, others: bool) -> Row:
        wording, language = self.wording, self.wording.language
        home = indicator.id.split(".")[0]
        section = wording.report.sections[home]
        title = section.short or section.title
        label = wording.text(indicator.label, home)
        unit = language.of(wording.unit(indicator).name)
        marks = replace(marks, section=home)  # counts on in the same lists
        breaks = breaks_of(indicator, self.columns, wording.report)
        cells = [
            Cell("choose", (Run(self.word("choose_one", language.of(indicator.label))),)),
            label_cell(label, (), wording.codes(indicator.disclosures), wording.evidence(indicator)),
            Cell("unit", (Run(unit),)),
        ]
        for period in self.columns:
            cell = number_cell(indicator.values.get(period), indicator, wording, marks, period=period)
            # Rows of many units share no decimal point.
            cells.append(replace(cell, pad=0, bare=False, breaks=period in breaks))
        if others:
            cells.append(self._others(indicator, marks))
        cells.append(Cell("text", self._status(indicator)))
        cells.append(Cell("text", (Run(language.of(title), lang=wording.tag_of(title)),)))
        return Row(tuple(cells), facts=tuple(self._facts(indicator)))

    def _others(self, indicator: Indicator, marks: Marks) -> Cell:
        """Return the values of *indicator* in periods that are no column, each with its period in words."""
        said: list[Phrase] = []
        calls: list[Run] = []
        for period, observation in indicator.values.items():
            if period in self.columns:
                continue
            lead, _, tail = self.word("in_period", self.wording.period(period), "\0").partition("\0")
            run = figure_run(shown_value(observation, self.wording), indicator, observation, period)
            if observation.value is None:
                run = replace(run, kind="missing")
            said.append(tuple(one for one in (Run(lead), run, Run(tail)) if one.text))
            calls += number_cell(observation, indicator, self.wording, marks, period=period).marks
        if len(said) > 1:
            return Cell("list", parts=tuple(said), marks=tuple(calls))
        return Cell("text", said[0], marks=tuple(calls)) if said else Cell("blank")

    def _status(self, indicator: Indicator) -> Phrase:
        """Return each status of the values, which the marks tell apart by period, and whether there is a finding."""
        language = self.wording.language
        found = {one.status for one in indicator.values.values() if one.value is not None}
        # Most values are final: that is said only where nothing else is.
        said = [status for status in _STATUSES if status in found and (status != "final" or len(found) == 1)]
        comma = language.phrases["list_comma"]
        words = comma.join(language.word(f"statuses.{status}") for status in said)
        runs = [Run(words or self.word("statuses.missing"))]
        if self.wording.report.audit.findings_at(indicator.id):
            lead, _, tail = self.word("with_finding", "\0").partition("\0")
            link = Run(self.word("finding"), kind="link", href=self.wording.evidence(indicator))
            runs += [one for one in (Run(lead), link, Run(tail)) if one.text]
        return tuple(runs)

    def _facts(self, indicator: Indicator) -> Iterator[tuple[str, str]]:
        """Yield what a script filters a row by: `data-values` says period and status, `2018=final`."""
        yield "id", indicator.id
        yield "unit", indicator.unit
        codes = [code for code, _ in self._codes(indicator)]
        if codes:
            yield "codes", BETWEEN.join(codes)
        yield "values", BETWEEN.join(f"{period}={status}" for period, status in self._states(indicator))

    def _states(self, indicator: Indicator) -> Iterator[tuple[str, str]]:
        """Yield period and status of each value; `missing` where there is none, `finding` where the audit has one."""
        for period, one in indicator.values.items():
            yield period, "missing" if one.value is None else one.status
        if not indicator.values:
            yield "", "missing"
        for period in dict.fromkeys(one.period for one in self.wording.report.audit.findings_at(indicator.id)):
            yield period, "finding"

    def _codes(self, indicator: Indicator) -> Iterator[tuple[str, str]]:
        """Yield the codes of *indicator* that belong to frameworks the report follows, with the way each is written."""
        shown = self.wording.codes(indicator.disclosures)
        hrefs = {run.href: run.text for run in shown}
        for reference in dict.fromkeys(indicator.disclosures):
            framework, _, code = reference.partition(" ")
            if framework in self.wording.report.frameworks:
                href = self.wording.code(framework, code).href
                if href in hrefs:
                    yield reference, hrefs[href]

    # -- filters ---------------------------------------------------------------------------------------

    def filters(self) -> Iterator[Filter]:
        """Yield what the table can be filtered by; only choices that some row answers."""
        report, language = self.wording.report, self.wording.language
        indicators = tuple(report.indicators())
        chapters = [
            Choice(name, " ".join(filter(None, (one.number, language.of(one.short or one.title)))))
            for name, one in report.sections.items()
            if one.indicators
        ]
        yield Filter("chapter", self.word("chapter"), _loose(chapters))
        codes = dict(pair for one in indicators for pair in self._codes(one))
        frameworks = []
        for name, framework in report.frameworks.items():
            own = [f"{name} {code}" for code in framework.disclosures]
            choices = tuple(Choice(one, codes[one]) for one in own if one in codes)
            if choices:
                frameworks.append((language.of(framework.short), choices))
        yield Filter("code", self.word("code"), tuple(frameworks))
        used = {one.unit for one in indicators}
        units = [Choice(name, language.of(unit.name)) for name, unit in report.units.items() if name in used]
        yield Filter("unit", language.word("table.unit"), _loose(units))
        held = {period for one in indicators for period in one.values}
        periods = [Choice(name, self.wording.period(name)) for name in report.file.periods if name in held]
        yield Filter("period", language.word("table.period"), _loose(periods))
        states = {status for one in indicators for _, status in self._states(one)}
        statuses = [Choice(one, self.word(f"statuses.{one}")) for one in _STATUSES if one in states]
        yield Filter("status", self.word("status"), _loose(statuses))


def _loose(choices: Iterable[Choice]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    found = tuple(choices)
    return (("", found),) if found else ()
