"""Documents on paper: the whole report and each of its chapters as PDF, made of the same finished pages."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from crossfoot.kept import already, keep
from crossfoot.localise import Language
from crossfoot.look import light_colours
from crossfoot.model import Report
from crossfoot.paper import Paper, on_paper
from crossfoot.press import basis, pressed
from crossfoot.shown import DocumentLink, Link, PageView
from crossfoot.textfile import read_text

WHOLE = "report"
"""The stem of the document that holds the whole report."""
_PAGES = ("home", "chapter", "page")
"""Kinds of pages that stand in documents; what is made from data stays on the site, and is linked to."""
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""Characters that a file system may refuse in a name."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the site as a part of a document."""

    stem: str
    kind: str
    number: str
    title: str
    title_lang: str
    untranslated: str
    """That it is not yet translated, in words; empty where it is."""
    summary: str
    summary_lang: str
    html: str
    sections: tuple[Link, ...]
    """Its headings of the second level."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the template `document.html` prints."""

    kind: str
    """'report' with cover and contents, or 'part' for one chapter."""
    tag: str
    title: str
    """For the title bar of a reader's program."""
    report: str
    """The title of the report."""
    subtitle: str
    organisation: str
    author: str
    """Who answers for the words: the organisation, or nobody where a disclaimer says that it does not."""
    summary: str
    disclaimer: str
    facts: tuple[tuple[str, str], ...]
    """Period, version of the data, address: names and words."""
    chapters: tuple[Chapter, ...]


def document_path(language: str, stem: str) -> str:
    """Return where the document *stem* of *language* is published: `documents/en/report.pdf`."""
    return f"documents/{language}/{stem}.pdf"


def document_links(view: PageView) -> tuple[DocumentLink, ...]:
    """Return the links from *view* to its documents: that of the chapter, if it has one, and of the whole report."""
    stem = view.path.split("/", 1)[-1].removesuffix("/index.html")
    whole = DocumentLink(
        view.phrases["documents.whole"],
        view.root + document_path(view.language, WHOLE),
        _named(view.site_title),
    )
    if view.kind not in ("chapter", "page"):
        return (whole,)
    title = f"{view.number} {view.title}" if view.number else view.title
    own = DocumentLink(
        view.phrases["documents.chapter" if view.kind == "chapter" else "documents.page"],
        view.root + document_path(view.language, stem),
        _named(f"{title} – {view.site_title}"),
    )
    return (own, whole)


def _named(title: str) -> str:
    return _UNFIT.sub(" ", title).strip() + ".pdf"


@dataclass(frozen=True)
class Printer:
    """Makes the documents of one report."""

    report: Report
    templates: Environment
    theme: Path
    address: str = ""
    """Of the site, with a slash at its end; empty where it is unknown."""
    cache: Path | None = None
    say: Callable[[str], None] = lambda text: None

    def files(self, languages: Sequence[Language], views: Sequence[PageView]) -> Mapping[str, bytes]:
        """Return every document in every language by its path."""
        return made(self.texts(languages, views), self.stylesheet(), self.cache, self.say)

    def texts(self, languages: Sequence[Language], views: Sequence[PageView]) -> dict[str, str]:
        """Return the HTML of every document by its path, the whole report first."""
        texts: dict[str, str] = {}
        for language in languages:
            pages = [view for view in views if view.language == language.id and view.kind in _PAGES]
            for stem, shown in self._documents(pages):
                html = self._html(stem, shown, language)
                texts[document_path(language.id, stem)] = html
        return texts

    def _documents(self, pages: Sequence[PageView]) -> Iterator[tuple[str, Sequence[PageView]]]:
        yield WHOLE, pages
        for page in pages:
            if page.kind != "home":
                yield _stem(page), (page,)

    def _html(self, stem: str, pages: Sequence[PageView], language: Language) -> str:
        words = language.word("documents.page_number", "\n").split("\n")
        paper = Paper(
            chapters={page.path: _stem(page) for page in pages},
            address=self.address,
            colours=light_colours(self.theme),
            page=(words[0], words[1]),
        )
        chapters = tuple(self._chapter(page, paper, language) for page in pages)
        file, first = self.report.file, pages[0]
        whole = stem == WHOLE
        disclaimer, organisation = language.of(file.disclaimer), language.of(file.organisation.name)
        period = language.period(file.periods[file.period])
        facts = [
            (language.phrases["documents.period"], period),
            (language.phrases["documents.data"], self.report.version[:12]),
            (language.phrases["documents.address"], first.canonical),
        ]
        document = Document(
            kind="report" if whole else "part",
            tag=language.tag,
            title=language.of(file.title) if whole else first.full_title,
            report=language.of(file.title),
            subtitle=language.of(file.subtitle),
            organisation=organisation,
            author="" if disclaimer else organisation,
            summary=first.summary,
            disclaimer=disclaimer,
            facts=tuple((name, words) for name, words in facts if words),
            chapters=chapters,
        )
        return self.templates.get_template("document.html").render(document=document, t=language.phrases)

    def _chapter(self, page: PageView, paper: Paper, language: Language) -> Chapter:
        home = page.kind == "home"
        return Chapter(
            stem=_stem(page),
            kind=page.kind,
            number=page.number,
            title=language.phrases["documents.opening"] if home else page.title,
            title_lang="" if home else page.title_lang,
            untranslated=page.untranslated if page.title_lang else "",
            summary="" if home else page.summary,
            summary_lang=page.summary_lang,
            html=on_paper(page.html, page.path, paper),
            sections=() if home else page.contents,
        )

    def stylesheet(self) -> str:
        """Return the theme's stylesheet for paper, with its colours."""
        colours = "".join(f"{name}: {colour}; " for name, colour in light_colours(self.theme).items())
        sheet = read_text(self.theme / "document.css", f"{self.theme.name}/document.css")
        return f":root {{ {colours}}}\n{sheet}"


def _stem(page: PageView) -> str:
    return page.path.split("/", 1)[1].removesuffix("index.html").strip("/") or "home"


def made(texts: Mapping[str, str], stylesheet: str, cache: Path | None, say: Callable[[str], None]) -> dict[str, bytes]:
    """Return the PDF of each of *texts*, whole documents in HTML by path; those in *cache* are not made again.

    Where the machine has several processors, several documents are made at once, the longest first.
    """
    keys = {path: [html, stylesheet, *basis()] for path, html in texts.items()}
    found = {path: cache and already(key, cache, suffix=".pdf") for path, key in keys.items()}
    done = {path: content for path, content in found.items() if content}
    wanted = sorted((path for path in texts if path not in done), key=lambda path: (-len(texts[path]), path))
    for path, content in _pressed(wanted, texts, stylesheet):
        say(f"made {path}")
        done[path] = content
        if cache:
            keep(keys[path], content, cache, suffix=".pdf")
    return {path: done[path] for path in texts}


def _pressed(wanted: Sequence[str], texts: Mapping[str, str], stylesheet: str) -> Iterator[tuple[str, bytes]]:
    at_once = min(len(wanted), os.cpu_count() or 1)
    if at_once < 2:
        yield from ((path, pressed(texts[path], stylesheet)) for path in wanted)
        return
    # Not forked: MkDocs and the tests run threads.
    with ProcessPoolExecutor(at_once, multiprocessing.get_context("spawn")) as pool:
        running = {pool.submit(pressed, texts[path], stylesheet): path for path in wanted}
        for one in as_completed(running):
            yield running[one], one.result()
