"""The finished site: every page with its place in the menu, its twins in the other languages, and the site map."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from jinja2 import Environment

from crossfoot.api import api_files
from crossfoot.bundle import bundle_file
from crossfoot.data_files import data_files
from crossfoot.data_page import data_sheets
from crossfoot.disclosure_pages import disclosure_sheets
from crossfoot.documents import Printer, document_links
from crossfoot.edition_links import newer, years
from crossfoot.evidence import evidence_sheets
from crossfoot.evidence_data import short_version
from crossfoot.explorer import explorer_sheets
from crossfoot.fingerprint import files_below, name_in
from crossfoot.hosting import headers_file, robots_file, sitemap_file
from crossfoot.interactive import drawing_file
from crossfoot.linked_data import LinkedData
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.my_report import my_report_sheets
from crossfoot.narrative import Page
from crossfoot.parity import Parity
from crossfoot.period_tables import period_files
from crossfoot.places import Place, Problem, Problems
from crossfoot.readback import Readers
from crossfoot.render import Body, environment, templates_told
from crossfoot.script_data import words_files
from crossfoot.search import search_files
from crossfoot.shelf import Memory, Shelf, remembering
from crossfoot.shown import Link, PageView, Sheet, SheetPlan, plain
from crossfoot.textfile import is_left_behind
from crossfoot.untranslated import told_in
from crossfoot.wording import Wording, anchor, page_path, relative

MENU_MOST = 40
"""So many chapters the menu of any page holds."""

SheetMaker = Callable[[Report, Language, Environment, "Path | None"], Iterator[SheetPlan]]
"""Yields the sheets of one language from the report, the templates and the folder where drawings are kept."""
SHEETS: tuple[SheetMaker, ...] = (
    explorer_sheets,
    disclosure_sheets,
    evidence_sheets,
    data_sheets,
    my_report_sheets,
)
"""The pages that crossfoot makes by itself, after the author's, in the order of the menu."""


FileMaker = Callable[
    [Report, "tuple[Language, ...]", "Sequence[PageView]", "Mapping[str, str | bytes]"], Mapping[str, "str | bytes"]
]
"""Returns further files by path, from the report, its languages, the finished pages and the files made so far."""
FILES: tuple[FileMaker, ...] = (
    words_files,
    period_files,
    data_files,
    api_files,
    search_files,
    bundle_file,
)
"""What is made of the finished pages, in this order; the bundle is last, since it holds what the others make."""


@dataclass(frozen=True)
class Site:
    """Everything that is published, in memory."""

    pages: tuple[PageView, ...]
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """Other files by path: sitemap.xml, robots.txt, _headers, data."""
    warnings: tuple[Problem, ...] = ()
    html: Mapping[str, str] = field(default_factory=dict)
    """Each page in its skeleton, by path."""
    version: str = ""
    """The version of the data and words it was made from."""
    sources: tuple[Path, ...] = ()
    """What it was made from besides the report and the theme: the folders of other years."""

    def published(self, theme: Path) -> dict[str, bytes]:
        """Return every file of the site by its path but the list of them: pages, other files, the assets of *theme*."""
        made: dict[str, bytes] = {}
        for path, content in {**self.html, **self.files}.items():
            made[path] = content.encode("utf-8") if isinstance(content, str) else content
        for file in files_below(theme / "assets"):
            if not is_left_behind(file.relative_to(theme)):
                made.setdefault(name_in(file, theme), file.read_bytes())
        return made


@dataclass(frozen=True, slots=True)
class Made:
    """One page, and the files that are published with it, by path."""

    view: PageView
    files: Mapping[str, str | bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Builder:
    """Makes the site of one report."""

    report: Report
    pages: tuple[Page, ...]
    languages: tuple[Language, ...]
    theme: Path
    site_url: str = ""
    """Absolute address of the site's root, with a slash at its end; empty where it is unknown."""
    cache: Path | None = None
    say: Callable[[str], None] = lambda text: None
    """Told what is being made, for whoever watches."""
    documents: bool = False
    """Whether PDF documents are made of the pages."""
    alone: bool = False
    """Whether pages are made without the files that are published with them."""
    shelf: Shelf = field(default_factory=Shelf)
    """Holds the templates for whoever makes the site again."""

    def site(self, warnings: tuple[Problem, ...] = ()) -> Site:
        """Return the whole site.

        Raises:
            Problems: a template that fails; figures that differ between the finished pages of two languages.
        """
        with remembering(Memory(once=True)):
            return self._site(warnings)

    def _site(self, warnings: tuple[Problem, ...]) -> Site:
        templates = self.templates()
        files: dict[str, str | bytes] = {"robots.txt": robots_file(self.site_url), "_headers": headers_file()}
        with templates_told(self.theme):
            for language in self.languages:
                files |= drawing_file(language, self.theme)
            views = []
            for path, plan in self.plans(templates).items():
                self.say(f"making {path}")
                made = plan()
                views.append(made.view)
                files |= made.files
            if self.documents:
                views = [replace(one, documents=document_links(one)) if one.menu else one for one in views]
            skeleton = templates.get_template("main.html")
            html = {view.path: skeleton.render(view=view, t=view.phrases) for view in views}
        if self.site_url:
            files["sitemap.xml"] = sitemap_file(views)
        for make in FILES:
            files |= make(self.report, self.languages, views, files)
        found = parity_of(self.report, self.pages, self.languages).problems(views, files)
        if any(problem.severity == "error" for problem in found):
            raise Problems(found)
        if self.documents:
            with templates_told(self.theme):
                printer = Printer(self.report, templates, self.theme, self.site_url, self.cache, self.say)
                files |= printer.files(self.languages, views)
        return Site(tuple(views), files, (*warnings, *found), html, self.report.version)

    def templates(self) -> Environment:
        """Return the environment in which the templates of the theme are filled in."""

        def made() -> Environment:
            found = environment(self.theme)
            found.globals["site_url"] = self.site_url
            return found

        files = sorted(self.theme.rglob("*.html"))
        marks = "".join(f"{path} {path.stat().st_mtime_ns} {path.stat().st_ino}\n" for path in files)
        return self.shelf.get("templates", f"{self.site_url}\n{marks}".encode(), made)

    def plans(self, templates: Environment) -> dict[str, Callable[[], Made]]:
        """Return how each page of the site is made, by its path, in the order of the site; each can be made alone."""
        first = LinkedData(self.report, self.languages, self.languages[0], self.site_url)

        def front() -> Made:
            view = self._front(templates)
            return Made(replace(view, linked_data=first.of(view)))

        plans: dict[str, Callable[[], Made]] = {
            "index.html": front,
            "404.html": lambda: Made(self._missing(templates)),
        }
        for language in self.languages:
            told = replace(self, report=told_in(self.report, language.id))
            plans |= told._plans(language, templates)
        return plans

    def _plans(self, language: Language, templates: Environment) -> dict[str, Callable[[], Made]]:
        """Return the plans of the pages in *language*, in which the report is told."""
        linked = LinkedData(self.report, self.languages, language, self.site_url)
        sheets = [one for maker in SHEETS for one in maker(self.report, language, templates, self.cache)]

        def page(one: Page) -> Made:
            body = Body(Wording(self.report, language, one.section, one.section), templates, self.cache)
            body.alone = self.alone
            view = self._view(one, body, language, sheets)
            return Made(replace(view, linked_data=linked.of(view)), body.files)

        def sheet(plan: SheetPlan) -> Made:
            made = plan.make()
            view = self._sheet(made, language, sheets)
            return Made(replace(view, linked_data=linked.of(view)), made.files)

        return {
            **{page_path(language.id, one.section): partial(page, one) for one in self._ordered(language.id)},
            **{page_path(language.id, one.stem): partial(sheet, one) for one in sheets},
        }

    # -- pages -----------------------------------------------------------------------------------------

    def _ordered(self, language: str) -> list[Page]:
        """Return the pages of *language* in order; the original stands in for one that is not yet translated."""
        order = ["index", *self.report.file.chapters, *self.report.file.pages]
        absent = self.report.absent.get(language, frozenset())
        originals = {page.stem: page for page in self.pages if page.language == self.languages[0].id}
        found = originals | {page.stem: page for page in self.pages if page.language == language}
        return [found[stem] for stem in order if stem in found and stem not in absent]

    def _view(self, page: Page, body: Body, language: Language, sheets: Sequence[SheetPlan]) -> PageView:
        wording = body.wording
        html = body.html(page)
        section = self.report.sections[page.section]
        file = self.report.file
        site_title = language.of(file.title)
        title = language.of(section.title)
        is_home = page.stem == "index"
        order = [one.section for one in self._ordered(language.id)]
        at = order.index(page.section)
        path = wording.path
        return PageView(
            path=path,
            kind="home" if is_home else "chapter" if section.number else "page",
            language=language.id,
            tag=language.tag,
            title=title,
            full_title=site_title if is_home else f"{title} – {site_title}",
            summary=plain(wording.text(section.summary, page.section)),
            html=html,
            title_lang=wording.tag_of(section.title),
            summary_lang=wording.tag_of(section.summary) if section.summary else "",
            untranslated=wording.untranslated("text"),
            number=section.number,
            root=relative(path, ".").rstrip("/") + "/",
            canonical=self._absolute(path),
            languages=self._switch(path, language, page.section),
            editions=years(self.report, language, page.section),
            newer=newer(self.report, language, page.section),
            alternates=self._alternates(page.section),
            menu=self._menu(wording, page.section, sheets),
            contents=tuple(body.contents),
            crumbs=()
            if is_home
            else (
                Link(language.phrases["home"], wording.link("home")),
                Link(title, "", current=True, number=section.number),
            ),
            previous=self._link(wording, order[at - 1]) if at > 0 else None,
            next=self._link(wording, order[at + 1]) if at + 1 < len(order) else None,
            home=wording.link("home"),
            site_title=site_title,
            organisation=language.of(file.organisation.name),
            disclaimer=language.of(file.disclaimer),
            licence=language.of(file.licence),
            source=language.of(file.source),
            shown=tuple(body.shown),
            version=short_version(self.report),
            phrases=dict(language.phrases),
        )

    def _sheet(self, sheet: Sheet, language: Language, sheets: Sequence[SheetPlan]) -> PageView:
        """Return the page of *sheet*."""
        wording = Wording(self.report, language, sheet.stem)
        file = self.report.file
        path = wording.path
        site_title = language.of(file.title)
        return PageView(
            path=path,
            kind="sheet",
            language=language.id,
            tag=language.tag,
            title=sheet.title,
            full_title=f"{sheet.title} – {site_title}",
            summary=sheet.summary,
            html=sheet.html,
            root=relative(path, ".").rstrip("/") + "/",
            canonical=self._absolute(path),
            languages=self._switch(path, language, sheet.stem),
            editions=years(self.report, language, sheet.stem),
            newer=newer(self.report, language, sheet.stem),
            alternates=self._alternates(sheet.stem),
            menu=self._menu(wording, sheet.stem, sheets),
            contents=sheet.contents,
            crumbs=(
                Link(language.phrases["home"], wording.link("home")),
                *sheet.parents,
                Link(sheet.title, "", current=True),
            ),
            home=wording.link("home"),
            site_title=site_title,
            organisation=language.of(file.organisation.name),
            disclaimer=language.of(file.disclaimer),
            licence=language.of(file.licence),
            source=language.of(file.source),
            scripts=sheet.scripts,
            shown=sheet.shown,
            version=short_version(self.report),
            phrases=dict(language.phrases),
        )

    def _link(self, wording: Wording, stem: str, current: str = "") -> Link:
        section = self.report.sections[stem]
        title = section.short or section.title
        lang = wording.tag_of(title)
        text = wording.language.of(title)
        return Link(text, wording.link(stem), current=stem == current, number=section.number, lang=lang)

    def _menu(self, wording: Wording, current: str, sheets: Sequence[SheetPlan]) -> tuple[Link, ...]:
        """Return the menu as it stands on the page *current*: whole, but for a report of very many chapters.

        There it holds the chapters around that page and leads to the home page, which always has it whole: a list of
        hundreds helps nobody, and on every page it would outweigh what the page says.
        """
        order = [one.section for one in self._ordered(wording.language.id)]
        made = [Link(one.short, wording.link(one.stem), current=one.stem == current) for one in sheets if one.short]
        chapters = [stem for stem in order if stem in self.report.file.chapters]
        if len(chapters) <= MENU_MOST or current == "home":
            return (*(self._link(wording, stem, current) for stem in order), *made)
        at = chapters.index(current) if current in chapters else 0
        first = max(0, min(at - MENU_MOST // 2, len(chapters) - MENU_MOST))
        left_out = {*chapters[:first], *chapters[first + MENU_MOST :]}
        shown = [self._link(wording, stem, current) for stem in order if stem not in left_out]
        whole = wording.language.word("menu_all", str(len(chapters)))
        return (shown[0], Link(whole, wording.link("home", "site-menu")), *shown[1:], *made)

    def _switch(self, path: str, language: Language, stem: str) -> tuple[Link, ...]:
        return tuple(
            Link(
                one.name if there else one.word("untranslated.left_out", one.name),
                relative(path, page_path(one.id, stem if there else "home")),
                current=one.id == language.id,
                lang=one.tag,
                tag=one.tag,
            )
            for one in self.languages
            for there in [stem not in self.report.absent.get(one.id, ())]
        )

    def _alternates(self, stem: str) -> tuple[Link, ...]:
        if not self.site_url:
            return ()
        there = [one for one in self.languages if stem not in self.report.absent.get(one.id, ())]
        links = [Link(one.name, self._absolute(page_path(one.id, stem)), tag=one.tag) for one in there]
        default = self._absolute("index.html") if stem == "home" else links[0].href
        return (*links, Link("", default, tag="x-default"))

    def _absolute(self, path: str) -> str:
        return self.site_url + path.removesuffix("index.html") if self.site_url else ""

    # -- the two bilingual pages -----------------------------------------------------------------------

    def _front(self, templates: Environment) -> PageView:
        file = self.report.file
        doors: list[dict[str, Any]] = [
            {
                "tag": one.tag,
                "title": one.of(file.title),
                "subtitle": one.of(file.subtitle),
                "organisation": one.of(file.organisation.name),
                "disclaimer": one.of(file.disclaimer),
                "enter": one.phrases["enter"],
                "href": page_path(one.id, "home"),
                "years": one.phrases["editions.others"],
                "comma": one.phrases["list_comma"],
                "editions": years(self.report, one, "home", root=""),
            }
            for one in self.languages
        ]
        first = self.languages[0]
        html = templates.get_template("parts/front.html").render(doors=doors, t=first.phrases)
        alternates = self._alternates("home")
        return self._bilingual("index.html", "front", html, " · ".join(door["title"] for door in doors), "", alternates)

    def _missing(self, templates: Environment) -> PageView:
        root = urlparse(self.site_url).path or "/"
        doors = [
            {
                "tag": one.tag,
                "title": one.phrases["missing_title"],
                "text": one.phrases["missing_text"],
                "home": one.phrases["missing_home"],
                "href": root + page_path(one.id, "home"),
            }
            for one in self.languages
        ]
        html = templates.get_template("parts/missing.html").render(doors=doors, t=self.languages[0].phrases)
        title = " · ".join(door["title"] for door in doors)
        return self._bilingual("404.html", "missing", html, title, root, ())

    def _bilingual(
        self, path: str, kind: str, html: str, title: str, root: str, alternates: tuple[Link, ...]
    ) -> PageView:
        first, file = self.languages[0], self.report.file
        return PageView(
            path=path,
            kind=kind,
            language=first.id,
            tag=first.tag,
            title=title,
            full_title=title,
            summary=first.of(file.disclaimer) if kind == "front" else "",
            html=html,
            root=root,
            canonical=self._absolute(path) if kind == "front" else "",
            alternates=alternates,
            site_title=first.of(file.title),
            phrases=dict(first.phrases),
        )


def parity_of(report: Report, pages: tuple[Page, ...], languages: tuple[Language, ...]) -> Parity:
    """Return what holds the finished pages of *languages* against each other, and knows where they come from."""
    units = {
        language.id: {
            name: tuple(language.of(pattern) for pattern in (unit.pattern, unit.one) if pattern)
            for name, unit in report.units.items()
        }
        for language in languages
    }
    files = {page_path(page.language, page.section): page for page in pages}

    def where(path: str, anchor_: str) -> Place:
        page = files.get(path)
        if page is None:
            return Place(path)
        named = (
            (f"{insert.word}-{anchor(insert.args[0])}", place)
            for insert, place in page.inserts()
            if insert.word in ("heading", "table", "chart") and insert.args
        )
        places = {name.removeprefix("heading-"): place for name, place in named}
        return places.get(anchor_.removesuffix("-data").split(" ")[0], Place(page.file))

    def source(name: str, period: str) -> str:
        section = report.sections.get(name.partition(".")[0])
        indicator = report.indicator(name, "") if section else None
        observation = indicator.values.get(period) if indicator else None
        found = observation or indicator
        return str(found.place) if found else ""

    readers = Readers({language.tag: language.id for language in languages}, units)
    return Parity(readers, where, source, partial=report.file.untranslated == "hide")
