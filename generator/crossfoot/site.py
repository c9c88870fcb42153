"""The finished site: every page with its place in the menu, its twins in the other languages, and the site map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse
from xml.sax.saxutils import escape as xml_escape

from jinja2 import Environment

from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Problem
from crossfoot.render import Body, environment, templates_told
from crossfoot.shown import Link, PageView, plain
from crossfoot.wording import Wording, page_path, relative

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""What a server says with every file. Names do not change with their content, so a browser asks again each time."""


@dataclass(frozen=True)
class Site:
    """Everything that is published, in memory."""

    pages: tuple[PageView, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    """Other files by path: sitemap.xml, robots.txt, _headers."""
    warnings: tuple[Problem, ...] = ()


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

    def site(self, warnings: tuple[Problem, ...] = ()) -> Site:
        """Return the whole site.

        Raises:
            Problems: a template that fails; the page skeleton, which MkDocs fills in later, is tried here too.
        """
        with templates_told(self.theme):
            templates = environment(self.theme)
            views = [self._front(templates), self._missing(templates)]
            for language in self.languages:
                for page in self._ordered(language.id):
                    self.say(f"making {page.language}/{page.stem}")
                    views.append(self._view(page, language, templates))
            for view in views:
                templates.get_template("main.html").render(view=view, t=view.phrases)
        files = {"robots.txt": self._robots(), "_headers": headers_file()}
        if self.site_url:
            files["sitemap.xml"] = self._sitemap(views)
        return Site(tuple(views), files, warnings)

    # -- pages -----------------------------------------------------------------------------------------

    def _ordered(self, language: str) -> list[Page]:
        order = ["index", *self.report.file.chapters, *self.report.file.pages]
        found = {page.stem: page for page in self.pages if page.language == language}
        return [found[stem] for stem in order if stem in found]

    def _view(self, page: Page, language: Language, templates: Environment) -> PageView:
        wording = Wording(self.report, language, page.section, page.section)
        body = Body(wording, templates, self.cache)
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
            number=section.number,
            root=relative(path, ".").rstrip("/") + "/",
            canonical=self._absolute(path),
            languages=self._switch(path, language, page.section),
            alternates=self._alternates(page.section),
            menu=self._menu(wording, page.section),
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
            phrases=dict(language.phrases),
        )

    def _link(self, wording: Wording, stem: str, current: str = "") -> Link:
        section = self.report.sections[stem]
        text = wording.language.of(section.short or section.title)
        return Link(text, wording.link(stem), current=stem == current, number=section.number)

    def _menu(self, wording: Wording, current: str) -> tuple[Link, ...]:
        order = [one.section for one in self._ordered(wording.language.id)]
        return tuple(self._link(wording, stem, current) for stem in order)

    def _switch(self, path: str, language: Language, stem: str) -> tuple[Link, ...]:
        return tuple(
            Link(
                one.name,
                relative(path, page_path(one.id, stem)),
                current=one.id == language.id,
                lang=one.tag,
                tag=one.tag,
            )
            for one in self.languages
        )

    def _alternates(self, stem: str) -> tuple[Link, ...]:
        if not self.site_url:
            return ()
        links = [Link(one.name, self._absolute(page_path(one.id, stem)), tag=one.tag) for one in self.languages]
        default = self._absolute("index.html") if stem == "home" else links[0].href
        return (*links, Link("", default, tag="x-default"))

    def _absolute(self, path: str) -> str:
        return self.site_url + path.removesuffix("index.html") if self.site_url else ""

    # -- the two bilingual pages -----------------------------------------------------------------------

    def _front(self, templates: Environment) -> PageView:
        file = self.report.file
        doors = [
            {
                "tag": one.tag,
                "title": one.of(file.title),
                "subtitle": one.of(file.subtitle),
                "organisation": one.of(file.organisation.name),
                "disclaimer": one.of(file.disclaimer),
                "enter": one.phrases["enter"],
                "href": page_path(one.id, "home"),
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

    # -- files -----------------------------------------------------------------------------------------

    def _sitemap(self, views: list[PageView]) -> str:
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
        ]
        for view in views:
            if not view.canonical:
                continue
            lines.append(f"<url><loc>{xml_escape(view.canonical)}</loc>")
            lines += [
                f'<xhtml:link rel="alternate" hreflang="{link.tag}" href="{xml_escape(link.href)}"/>'
                for link in view.alternates
            ]
            lines.append("</url>")
        return "\n".join([*lines, "</urlset>", ""])

    def _robots(self) -> str:
        lines = ["User-agent: *", "Allow: /"]
        if self.site_url:
            lines.append(f"Sitemap: {self.site_url}sitemap.xml")
        return "\n".join([*lines, ""])


def headers_file() -> str:
    """Return the file `_headers`, in which Netlify and Cloudflare Pages read what to say with every file."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items()), ""])
