"""The page "Data": what can be downloaded, how numbers are written there, and how they are cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crossfoot.disclosure_pages import STEM as DISCLOSURES
from crossfoot.disclosure_pages import index_caption, indexes_of
from crossfoot.downloads import DATA, KINDS, address, file_of, links
from crossfoot.evidence_data import short_version
from crossfoot.evidence_wording import listing
from crossfoot.grid import MARKS
from crossfoot.kpis import STEM as FIGURES
from crossfoot.localise import Language
from crossfoot.model import Report, Text, split
from crossfoot.render import Body
from crossfoot.shown import Cell, Phrase, Row, Run, Sheet, SheetPlan, Tools
from crossfoot.tables import label_cell
from crossfoot.wording import Wording, anchor, page_path, relative

if TYPE_CHECKING:
    from jinja2 import Environment

Offer = tuple[str, str]
"""A file by its path from the site's root, and the phrase below `data.page` that says what it is."""


def offers(language: str) -> tuple[Offer, ...]:
    """Return the files that hold the whole report, as the page in *language* offers them.

    Whatever else makes such a file adds it here: the page links to no file that is not published.
    """
    return (
        (f"{DATA}/report.xlsx", "report_xlsx"),
        (f"{DATA}/{language}/report.csv", "report_csv"),
        (f"{DATA}/{language}/report.json", "report_json"),
        (f"{DATA}/report-data.zip", "zip"),
        ("api/v1/index.json", "api"),
        ("api/v1/datapackage.json", "datapackage"),
        ("api/v1/csv-metadata.json", "csvw"),
        (f"{FIGURES}/evidence-register.xlsx", "register"),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or chart whose files can be downloaded."""

    sort: str
    """'table' or 'chart'."""
    title: Phrase
    address: str
    href: str
    """To where it stands."""


@dataclass
class Chapter:
    """The tables and charts of one chapter or framework."""

    id: str
    title: str
    entries: list[Entry] = field(default_factory=list)


def data_sheets(report: Report, language: Language, templates: Environment, cache: Path | None) -> Iterator[SheetPlan]:
    """Yield the page on all data in *language*."""
    yield SheetPlan(DATA, lambda: _sheet(report, language, templates), short=language.word("data.title"))


def _sheet(report: Report, language: Language, templates: Environment) -> Sheet:
    wording = Wording(report, language, DATA)
    page = _Page(wording, Body(wording, templates))
    word = page.word
    parts = [page.whole(), page.heading("chapters", word("chapters")), page.words(word("chapters_text"))]
    parts += [page.chapter(chapter) for chapter in _chapters(wording)]
    figures = (Run(language.word("evidence.title"), kind="link", href=wording.link(FIGURES)),)
    parts += [page.heading("figures", word("figures")), page.words(word("figures_text")), page.points(figures)]
    rules = ("numbers", "hedged", "missing", "formulas", "marked" if report.file.csv_bom else "unmarked", "quoted")
    parts += [page.heading("rules", word("rules")), page.points(*((Run(word(key)),) for key in rules))]
    if report.file.licence is not None:
        parts += [page.heading("licence", word("licence")), page.words(language.of(report.file.licence))]
    parts += [page.heading("cite", word("cite")), page.cite(str(templates.globals["site_url"]))]
    title = language.word("data.title")
    html = "".join(parts) + page.body.pending_notes() + (page.body.footnotes() if wording.footnotes else "")
    return Sheet(DATA, title, language.word("data.summary"), html, short=title, contents=tuple(page.body.contents))


@dataclass(frozen=True)
class _Page:
    """The page while it is made."""

    wording: Wording
    body: Body

    def word(self, key: str, *values: str) -> str:
        """Return one of the page's own phrases."""
        return self.wording.language.word(f"data.page.{key}", *values)

    def heading(self, name: str, title: str, level: int = 2) -> str:
        """Return a heading."""
        return self.body.heading(level, name, "", Text(by_language={"*": title}))

    def words(self, *paragraphs: str) -> str:
        """Return paragraphs."""
        return self.body.part("evidence/words.html", paragraphs=[(Run(one),) for one in paragraphs])

    def points(self, *points: Phrase) -> str:
        """Return a list."""
        return self.body.part("evidence/points.html", points=points)

    def whole(self) -> str:
        """Return the part on the report as a whole."""
        path = self.wording.path
        found = [
            (Run(self.word(key), kind="link", href=relative(path, file)),)
            for file, key in offers(self.wording.language.id)
        ]
        head = self.heading("whole", self.word("whole"))
        return head + self.words(self.word("whole_text")) + self.points(*found)

    def chapter(self, chapter: Chapter) -> str:
        """Return the tables and charts of a chapter, a row each, with their files."""
        language = self.wording.language
        titles = [self.word(key) for key in ("what", "sort", "files")]
        rows = []
        for one in chapter.entries:
            files = ((kind, file_of(one.address, kind, language.id)) for kind in KINDS)
            tools = Tools(one.title, links(self.wording, files))
            sort = Cell("text", (Run(self.word(one.sort)),), label=titles[1])
            files_cell = Cell("text", label=titles[2], tools=tools)
            rows.append(Row((label_cell(one.title, href=one.href), sort, files_cell)))
        table = listing(f"files-{chapter.id}", self.word("caption", chapter.title), titles, rows, "text")
        return self.heading(f"chapter-{chapter.id}", chapter.title, level=3) + self.body.part(
            "tables/table.html", table=table
        )

    def cite(self, site_url: str) -> str:
        """Return how the report's data are cited."""
        language, file = self.wording.language, self.wording.report.file
        said = language.phrases["data.page.citation"].format(
            organisation=language.of(file.organisation.name),
            report=language.of(file.title),
            version=short_version(self.wording.report),
            address=f"{site_url or '/'}{page_path(language.id, DATA).removesuffix('index.html')}",
        )
        tools = Tools((Run(language.word("data.title")),), citation=(Run(said),))
        return self.body.part("evidence/cite.html", tools=tools) + self.words(self.word("cite_figure"))


# -- what there is -------------------------------------------------------------------------------------


def _chapters(wording: Wording) -> Iterator[Chapter]:
    """Yield every chapter that has a table or chart, in the order of the report, then the frameworks."""
    report, language = wording.report, wording.language
    order = ["home", *report.file.chapters, *report.file.pages]
    found = {
        name: Chapter(anchor(name), wording.title_of(report.sections[name]))
        for name in order
        if name in report.sections
    }
    for key, uses in report.uses.items():
        sort, _, name = key.partition(":")
        page = uses[0].page
        if sort not in ("table", "chart", "register", "index") or page in report.absent.get(language.id, ()):
            continue
        home = split(name)[0] if sort in ("table", "chart") else page
        if home in found:
            found[home].entries.append(_entry(sort, name, page, home, wording))
    for framework in report.frameworks.values():
        short = language.of(framework.short)
        chapter = found[f"framework {framework.id}"] = Chapter(anchor(framework.id).replace(".", "-"), short)
        stem = f"{DISCLOSURES}/{framework.id}"
        coverage = language.word("disclosures.coverage_caption", short)
        listed = [("chart", "coverage", coverage), ("table", "coverage", coverage)]
        listed += [
            ("table", f"index_{key}", index_caption(key, framework, language)) for key in indexes_of(framework, report)
        ]
        for sort, name, title in listed:
            href = wording.link(stem, f"{sort}-{anchor(name)}")
            chapter.entries.append(Entry(sort, tuple(wording.plain(title)), address(f".{name}", sort, stem), href))
    yield from (chapter for chapter in found.values() if chapter.entries)


def _entry(sort: str, name: str, page: str, home: str, wording: Wording) -> Entry:
    """Return the entry of what an insert shows."""
    report, language = wording.report, wording.language
    if sort in ("table", "chart"):
        spec = report.table(name) if sort == "table" else report.chart(name)
        local = split(name)[1]
        title = wording.text(spec.caption if sort == "table" else spec.title, home)
    elif sort == "register":
        local = "register_" + name.replace(" ", "_")
        kinds = [language.phrases.get(f"kinds.{kind}", kind) for kind in name.split()]
        title = (
            Run(language.phrases["list_comma"].join([kinds[0], *(one[:1].lower() + one[1:] for one in kinds[1:])])),
        )
    else:
        local = f"index_{name}".replace("-", "_")
        title = (Run(language.word("disclosures.caption", language.of(report.frameworks[name].short))),)
    kind = "chart" if sort == "chart" else "table"
    place = anchor(local) if page == home else f"{anchor(home)}-{anchor(local)}"
    # Figures of a title are words here: the link around them leads to the chart, not to their evidence.
    shown = tuple(Run(run.text, lang=run.lang) for run in title if run.kind not in MARKS)
    return Entry(kind, shown, address(f"{home}.{local}", kind, page), wording.link(page, f"{kind}-{place}"))
