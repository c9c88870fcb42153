"""The pages on disclosure frameworks: a content index each, what the report would lack, and an overview of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crossfoot import tables
from crossfoot.charts.coverage import Options as CoverageChart
from crossfoot.disclosures import counted, coverage_of, purpose_of
from crossfoot.figures import figure
from crossfoot.interactive import chart_file
from crossfoot.localise import Language
from crossfoot.model import STANCES, Framework, Report, Stance, TableSpec, Text
from crossfoot.shown import Cell, Figure, Link, Row, Run, Sheet, SheetPlan, Table
from crossfoot.tables import head_cell, label_cell
from crossfoot.tables.coverage import Options as CoverageTable
from crossfoot.tables.index import Options as Index
from crossfoot.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment

STEM = "disclosures"
"""The folder of the indexes, below each language."""
INDEXES: Mapping[str, tuple[Stance, ...]] = {
    "caption": STANCES,
    "lacking": ("not-disclosed", "partly"),
    "met": ("disclosed", "explained", "not-applicable"),
}
"""The statuses that each index of a framework lists: all of them, or in two tables."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page under its own heading."""

    id: str = ""
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, Run], ...] = ()
    figure: Figure | None = None
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """What is published with the figure."""
    tables: tuple[Table, ...] = ()
    sources: tuple[str, ...] = ()


def disclosure_sheets(
    report: Report, language: Language, templates: Environment, cache: Path | None
) -> Iterator[SheetPlan]:
    """Yield the overview, then the page of each framework; nothing where the report has no framework."""
    if not report.frameworks:
        return
    title = language.word("disclosures.title")

    def overview() -> Sheet:
        parts = _overview(Wording(report, language, STEM), cache)
        return _sheet(STEM, title, language.word("disclosures.summary"), parts, language, templates, short=title)

    def index(framework: Framework) -> Sheet:
        wording = Wording(report, language, f"{STEM}/{framework.id}")
        gap = purpose_of(report, framework.id) == "gap"
        parts = _page(framework, wording, cache, gap=gap)
        short = language.of(framework.short)
        summary = language.word("disclosures.gap_summary" if gap else "disclosures.index_summary", short)
        name = language.word("disclosures.gap_title" if gap else "disclosures.caption", short)
        parents = (Link(title, wording.link(STEM)),)
        return _sheet(wording.stem, name, summary, parts, language, templates, parents=parents)

    yield SheetPlan(STEM, overview, short=title)
    for framework in report.frameworks.values():
        yield SheetPlan(f"{STEM}/{framework.id}", partial(index, framework))


def _sheet(
    stem: str,
    title: str,
    summary: str,
    parts: list[Part],
    language: Language,
    templates: Environment,
    *,
    short: str = "",
    parents: tuple[Link, ...] = (),
) -> Sheet:
    html = templates.get_template("parts/disclosures.html").render(parts=parts, t=language.phrases)
    contents = tuple(Link(part.title, f"#{part.id}") for part in parts if part.title)
    files = {path: content for part in parts for path, content in part.files.items()}
    shown = tuple(one for part in parts for one in (part.figure, *part.tables) if one is not None and one.name)
    return Sheet(stem, title, summary, html, short=short, contents=contents, parents=parents, files=files, shown=shown)


# -- all frameworks ------------------------------------------------------------------------------------


def _overview(wording: Wording, cache: Path | None) -> list[Part]:
    language = wording.language
    names = language.phrases["list_comma"].join(language.of(one.short) for one in wording.report.frameworks.values())
    spec = CoverageChart(
        title=_same(language.word("disclosures.overview_chart")),
        description=_same(language.word("disclosures.overview_words", names)),
    )
    chart, files = _figure(spec, wording, cache)
    return [
        Part("frameworks", language.word("disclosures.overview"), tables=(_frameworks(wording),)),
        Part("coverage", language.word("disclosures.coverage"), figure=chart, files=files),
    ]


def _figure(spec: CoverageChart, wording: Wording, cache: Path | None) -> tuple[Figure, Mapping[str, str | bytes]]:
    """Return the chart *spec* and the file it is opened from."""
    shown = figure(spec, wording, "", "coverage", cache)
    return shown, chart_file(spec, wording, "", shown, cache)


def _frameworks(wording: Wording) -> Table:
    """Return the table of all frameworks: name, standing, and how many codes have each status."""
    language, report = wording.language, wording.report
    counts = {name: counted(coverage_of(report, one)) for name, one in report.frameworks.items()}
    statuses = [status for status in STANCES if any(status in one for one in counts.values())]
    titles = [language.word("disclosures.framework"), language.word("disclosures.purpose")]
    labels = [language.word(f"stances.{status}") for status in statuses]
    body = []
    for name, framework in report.frameworks.items():
        link = Run(language.of(framework.name), kind="link", href=wording.link(f"{STEM}/{name}"))
        purpose = language.word(f"purposes.{purpose_of(report, name)}")
        cells = [
            Cell("text", (Run(shown, kind="value", value=shown),), label=label)
            for status, label in zip(statuses, labels, strict=True)
            for shown in [str(counts[name].get(status, 0))]
        ]
        body.append(Row((label_cell((link,)), Cell("text", (Run(purpose),), label=titles[1]), *cells)))
    return Table(
        id="table-frameworks",
        kind="coverage",
        caption=(Run(language.word("disclosures.overview_caption")),),
        head=(Row(tuple(head_cell(title) for title in (*titles, *labels))),),
        body=tuple(body),
        stacked=True,
        columns=("label", "text", *("text" for _ in statuses)),
    )


# -- one framework -------------------------------------------------------------------------------------


def _page(framework: Framework, wording: Wording, cache: Path | None, *, gap: bool) -> list[Part]:
    language = wording.language
    short = language.of(framework.short)
    coverage = wording.report.coverage.get(framework.id)
    said = language.of(coverage.note) if coverage else ""
    parts = [Part(paragraphs=(said,))] if said else []
    grid = CoverageTable(caption=_same(language.word("disclosures.coverage_caption", short)), framework=framework.id)
    chart, files = _chart(framework, wording, cache)
    glance = Part(
        "coverage",
        language.word("disclosures.coverage"),
        figure=chart,
        files=files,
        tables=(tables.arrange(grid, wording, "", "coverage"),),
    )
    if gap:
        lacking = _index(framework, wording, "lacking", INDEXES["lacking"])
        met = _index(framework, wording, "met", INDEXES["met"])
        none = (language.word("disclosures.lacking_none"),)
        parts.append(
            Part(
                "lacking",
                language.word("disclosures.lacking"),
                paragraphs=() if lacking.body else none,
                tables=(lacking,) if lacking.body else (),
            )
        )
        parts += [Part("met", language.word("disclosures.met"), tables=(met,))] if met.body else []
        parts.append(glance)
    else:
        index = _index(framework, wording, "caption", INDEXES["caption"])
        parts += [glance, Part("index", language.word("disclosures.index"), tables=(index,))]
    return [*parts, _about(framework, wording)]


def _index(framework: Framework, wording: Wording, key: str, statuses: tuple[Stance, ...]) -> Table:
    caption = _same(index_caption(key, framework, wording.language))
    spec: TableSpec = Index(caption=caption, framework=framework.id, statuses=statuses)
    return tables.arrange(spec, wording, "", f"index_{key}")


def index_caption(key: str, framework: Framework, language: Language) -> str:
    """Return the caption of the index *key* of `INDEXES`."""
    word = key if key == "caption" else f"{key}_caption"
    return language.word(f"disclosures.{word}", language.of(framework.short))


def indexes_of(framework: Framework, report: Report) -> tuple[str, ...]:
    """Return the indexes that stand on the page of *framework*: those that list a code."""
    if purpose_of(report, framework.id) != "gap":
        return ("caption",)
    statuses = {row.status for row in coverage_of(report, framework)}
    return tuple(key for key in ("lacking", "met") if statuses.intersection(INDEXES[key]))


def _chart(framework: Framework, wording: Wording, cache: Path | None) -> tuple[Figure, Mapping[str, str | bytes]]:
    language, rows = wording.language, coverage_of(wording.report, framework)
    counts = counted(rows)
    full = counts.get("disclosed", 0)
    key = "disclosures.coverage_chart_one" if full == 1 else "disclosures.coverage_chart"
    said = [
        language.word("disclosures.count", language.word(f"stances.{status}"), str(counts[status]))
        for status in STANCES
        if status in counts
    ]
    spec = CoverageChart(
        framework=framework.id,
        title=_same(language.word(key, language.of(framework.short), str(full), str(len(rows)))),
        description=_same(language.word("disclosures.coverage_words", language.phrases["list_comma"].join(said))),
    )
    return _figure(spec, wording, cache)


def _about(framework: Framework, wording: Wording) -> Part:
    language = wording.language
    facts = [(language.word("disclosures.framework"), Run(language.of(framework.name), kind="term"))]
    if framework.edition is not None:
        facts.append((language.word("disclosures.edition"), Run(language.of(framework.edition))))
    if framework.effective is not None:
        day = framework.effective.isoformat()
        facts.append((language.word("disclosures.effective"), Run(language.day(day), kind="date", value=day)))
    purpose = purpose_of(wording.report, framework.id)
    facts.append((language.word("disclosures.purpose"), Run(language.word(f"purposes.{purpose}"))))
    return Part(
        "about",
        language.word("disclosures.about"),
        paragraphs=(language.of(framework.note),) if framework.note else (),
        facts=tuple(facts),
        sources=framework.sources,
    )


def _same(words: str) -> Text:
    """Return *words*, already in the language of the page, as a text."""
    return Text(by_language={"*": words})
