"""What must hold for every built site: pure functions over its folder, each returning all that it finds wrong."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml import etree

ADDRESS = "https://example.org/report/"
"""Where the site is built to stand in the tests: under a sub-path, as project pages are."""

HAN = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0002ffff]+")
"""A run of Chinese characters or of their punctuation."""

SPOKEN = ("aria-label", "aria-description", "alt", "title", "placeholder", "data-label")
"""Attributes whose words reach a reader."""

LEFTOVERS = {
    "an insert or a template tag that was not filled in": re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}"),
    "a value that is missing in the program": re.compile(
        r"\bNone\b(?! [a-z])|\bundefined\b|\bNaN\b|\[object \w+\]|\bStrictUndefined\b"
    ),
    "a value as the program sees it": re.compile(
        r"\b(?:Decimal|Run|Phrase|Text|Cell|Row|Markup|PosixPath)\(|<[\w.]+ object at|\bobject at 0x|\('|',\)|\['"
    ),
    "filler words": re.compile(r"\blorem\b|\bipsum\b|\bTODO\b|\bTBC\b|\bFIXME\b", re.IGNORECASE),
    "Markdown that was not read": re.compile(r"\*\*|\]\(|^#{1,6} |\[\^"),
    "a character escaped twice": re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE),
    "a character that could not be read": re.compile("\ufffd"),
    "a name of the data in place of words": re.compile(r"(?<![\w/.@-])[a-z]+(?:_[a-z0-9]+)+(?![\w/@-])"),
    "brackets with nothing in them": re.compile(r"\(\s*\)|（\s*）|\[\s*\]|「\s*」|《\s*》"),
    "punctuation twice or astray": re.compile(r"(?<![.\d])\.\.(?!\.)|,,|，，|。。|、、|；；| [,;](?= )| \.(?=\s|$)"),
}
"""What is never right in words that a reader sees."""

NOT_PUBLISHED = {".yaml", ".yml", ".py", ".pyc", ".md", ".j2", ".jinja", ".toml", ".lock", ".map", ".log", ".txt"}
PUBLISHED_TEXTS = {"robots.txt", "LICENSE.txt"}


class Finding(NamedTuple):
    """Something wrong: the file, the line (0 where there is none) and what it is, in words."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the finding as a line to read: `en/energy/index.html:12: ...`."""
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


@dataclass(frozen=True)
class Site:
    """A built folder, every page parsed once."""

    folder: Path
    address: str
    """Where it will stand: `https://example.org/report/`."""
    pages: dict[str, lxml.html.HtmlElement]
    """By path: `en/energy/index.html`."""
    languages: tuple[str, ...]
    """The folders that hold one language each: `en`, `zh-Hant`."""

    @property
    def base(self) -> str:
        """The path of the address: `/report/`."""
        return urlsplit(self.address).path

    def language(self, path: str) -> str:
        """Return the language folder *path* is in, empty for the front door and the 404 page."""
        first = path.split("/", 1)[0]
        return first if first in self.languages and "/" in path else ""


def read(folder: Path, address: str = ADDRESS) -> Site:
    """Return the built site in *folder*, which will stand at *address*."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    pages = {path: lxml.html.document_fromstring((folder / path).read_bytes(), parser) for path in paths}
    languages = sorted(path.parent.name for path in folder.glob("*/index.html"))
    return Site(folder, address, pages, tuple(languages))


def read_lang(file: Path) -> str:
    """Return the language tag that the page *file* says it is in."""
    return lxml.html.parse(str(file)).getroot().get("lang", "")


def is_sheet(file: Path) -> bool:
    """Whether the page *file* says that crossfoot made it from the data, without an author's words."""
    return '<body class="sheet"' in file.read_text(encoding="utf-8")


def page_paths(content: Path) -> list[str]:
    """Return the pages that the words in *content* make: `en/energy/index.html` for `en/energy.md`, and both above."""
    made = [
        f"{path.parent.name}/index.html" if path.stem == "index" else f"{path.parent.name}/{path.stem}/index.html"
        for path in sorted(content.glob("*/*.md"))
    ]
    return ["index.html", "404.html", *made]


def sheets(site: Site) -> set[str]:
    """Return the pages of *site* that no author wrote: crossfoot makes them from the data."""
    return {path for path in site.pages if is_sheet(site.folder / path)}


def unlike(site: Site, sample: Iterable[str]) -> Iterator[Finding]:
    """Yield what pages made from the data are made of, and no page of the same kind in *sample* is.

    What a page is made of: its elements, each with its classes, and its parts and facts, each with its name.
    """
    made, chosen = sheets(site), set(sample)
    for path in sorted(chosen - set(site.pages)):
        yield Finding(path, 0, "is in the sample and not in the site")
    for kind in sorted({_kind(path) for path in made}):
        sisters = sorted(path for path in made if _kind(path) == kind)
        seen = {trait for path in chosen.intersection(sisters) for trait, _ in _traits(site.pages[path])}
        for path in sisters:
            new = {trait: line for trait, line in _traits(site.pages[path]) if trait not in seen}
            yield from (Finding(path, line, f"{trait} is on no {kind} of the sample") for trait, line in new.items())


def _kind(path: str) -> str:
    """Return which kind of page made from the data *path* is: `en/figures/*/*` for the page of any KPI."""
    language, first, *below = path.removesuffix("/index.html").split("/")
    return "/".join([language, first, *("*" for _ in below)])


def _traits(page: lxml.html.HtmlElement) -> Iterator[tuple[str, int]]:
    for element in page.find("body").iter(etree.Element):
        classes = "".join(f".{name}" for name in sorted((element.get("class") or "").split()))
        yield f"<{element.tag}{classes}>", element.sourceline
        if element.tag in ("h2", "dt"):
            yield f"the {element.tag} {element.get('id') or _words(element)!r}", element.sourceline


# --- addresses


def addresses(site: Site) -> Iterator[Finding]:
    """Every address on a page resolves inside the folder, from a server, a sub-path and a disk alike."""
    for path, page in site.pages.items():
        for element, attribute, address in _addresses(page):
            found = _wrong_address(site, path, element, attribute, address)
            if found:
                yield Finding(path, element.sourceline, f"{attribute}={address!r} {found}")


NAMESPACES = {f"http://www.w3.org/{name}" for name in ("2000/svg", "1999/xlink", "2000/xmlns/")}
"""Names of vocabularies: they look like addresses, and nothing asks for them."""


def _only_gives(path: str, words: str) -> bool:
    """Whether the script *path* does nothing but hand one JSON value over under its own name."""
    lead, tail = f"crossfoot.give({json.dumps(path)}, ", ");\n"
    if not (words.startswith(lead) and words.endswith(tail)):
        return False
    try:
        json.loads(words[len(lead) : -len(tail)])
    except ValueError:
        return False
    return True


def assets(site: Site) -> Iterator[Finding]:
    """Style sheets, scripts and drawings ask for nothing that is not in the folder."""
    for file in sorted(site.folder.rglob("*")):
        path = file.relative_to(site.folder).as_posix()
        if file.suffix not in (".css", ".js", ".svg"):
            continue
        words = file.read_text(encoding="utf-8")
        if file.suffix == ".js" and not path.startswith("assets/"):
            if not _only_gives(path, words):
                yield Finding(path, 0, "does more than hand a value to crossfoot.give")
            continue
        for off in re.findall(
            r"(?<!xmlns=\")(?<!xmlns:xlink=\")\bhttps?://[^\s\"')]+|\bdata:[a-z]+/[^\s\"')]{0,20}", words
        ):
            if off in NAMESPACES:
                continue
            yield Finding(path, 0, f"names an address off the site: {off}")
        if file.suffix == ".svg" and re.search(r"<script|<style|\son\w+=", words):
            yield Finding(path, 0, "carries a script or a style of its own")
        if file.suffix == ".css":
            for link in re.findall(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", words):
                target, problem = _target(site, path, "".join(link))
                if problem or not (site.folder / target).is_file():
                    yield Finding(path, 0, f"asks for {''.join(link)!r}, which is not in the folder")


def reachable(site: Site) -> Iterator[Finding]:
    """Links lead from the front door to every page but the 404 page."""
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in site.pages:
            continue
        seen.add(path)
        links = site.pages[path].iter("a")
        waiting += [_target(site, path, a.get("href"))[0] for a in links if _is_local(site, a.get("href", "https:"))]
    for path in sorted(set(site.pages) - seen - {"404.html"}):
        yield Finding(path, 0, "no link leads here from the front door")


def files(site: Site) -> Iterator[Finding]:
    """Nothing of the workshop is published: no data, words, templates, logs or hidden files."""
    for file in sorted(site.folder.rglob("*")):
        path = file.relative_to(site.folder)
        if file.suffix in NOT_PUBLISHED and file.name not in PUBLISHED_TEXTS:
            yield Finding(path.as_posix(), 0, "is not for readers, yet it is published")
        if any(part.startswith(".") and part != ".nojekyll" for part in path.parts):
            yield Finding(path.as_posix(), 0, "is hidden, yet it is published")


# --- one page


def ids(site: Site) -> Iterator[Finding]:
    """An id is there once on its page, and whatever names an id finds it."""
    for path, page in site.pages.items():
        named = Counter(element.get("id") for element in page.iter(etree.Element) if element.get("id") is not None)
        for name, count in named.items():
            if count > 1:
                yield Finding(path, 0, f"id {name!r} is there {count} times")
            if not name or re.search(r"\s", name):
                yield Finding(path, 0, f"id {name!r} is not a name")
        for element in page.iter(etree.Element):
            for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "for", "headers"):
                for name in element.get(attribute, "").split():
                    if name not in named:
                        yield Finding(path, element.sourceline, f"{attribute} names {name!r}, which is not on the page")


def structure(site: Site) -> Iterator[Finding]:
    """A page says its language and title, has one h1, headings in order, one main and a skip link into it."""
    titles: dict[str, str] = {}
    for path, page in site.pages.items():
        language, lang = site.language(path), page.get("lang") or ""
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
            yield Finding(path, 0, f"<html lang={lang!r}> names no language")
        elif language and not f"{lang}-".startswith(f"{language}-"):
            yield Finding(path, 0, f"<html lang={lang!r}> on a page of {language!r}")
        title = _words(page.find("head/title"))
        if not title:
            yield Finding(path, 0, "no title")
        elif title in titles:
            yield Finding(path, 0, f"has the same title as {titles[title]}: {title!r}")
        titles.setdefault(title, path)
        yield from _outline(path, page)
        yield from _landmarks(path, page)


def head(site: Site) -> Iterator[Finding]:
    """The head carries what browsers, search engines and shared links need, and each says the same."""
    for path, page in site.pages.items():
        if not page.xpath("head/meta[translate(@charset, 'UTF', 'utf')='utf-8']"):
            yield Finding(path, 0, "no <meta charset=utf-8>")
        viewport = "".join(page.xpath("head/meta[@name='viewport']/@content"))
        if "width=device-width" not in viewport or re.search("user-scalable|maximum-scale", viewport):
            yield Finding(path, 0, f"viewport {viewport!r} does not follow the device or forbids zooming")
        if path == "404.html":
            continue
        if not _text(page, "head/meta[@name='description']/@content"):
            yield Finding(path, 0, "no description")
        own = site.address + path.removesuffix("index.html")
        canonical = page.xpath("head/link[@rel='canonical']/@href")
        if [own] != canonical:
            yield Finding(path, 0, f"canonical is {canonical}, not {own!r}")
        if own != _text(page, "head/meta[@property='og:url']/@content"):
            yield Finding(path, 0, f"og:url is not {own!r}")
        for name in ("og:title", "og:type", "og:locale"):
            if not _text(page, f"head/meta[@property='{name}']/@content"):
                yield Finding(path, 0, f"no {name}")


def inline(site: Site) -> Iterator[Finding]:
    """Nothing that a strict content security policy refuses: no inline style or script, no data: or foreign asset."""
    for path, page in site.pages.items():
        for element in page.iter(etree.Element):
            if element.tag == "style":
                yield Finding(path, element.sourceline, "<style> in the page")
            is_data = element.get("type") == "application/ld+json" and not element.get("src")
            if element.tag == "script" and not is_data and (not element.get("src") or (element.text or "").strip()):
                yield Finding(path, element.sourceline, "<script> in the page")
            if element.tag in ("base", "iframe", "object", "embed", "frame"):
                yield Finding(path, element.sourceline, f"<{element.tag}> has no place in the site")
            for name, value in element.attrib.items():
                if name == "style" or re.match(r"on[a-z]+$", name):
                    yield Finding(path, element.sourceline, f"attribute {name}={value[:40]!r}")
                if re.match(r"\s*(data|javascript|blob|vbscript):", value, re.IGNORECASE) or "url(data:" in value:
                    yield Finding(path, element.sourceline, f"attribute {name}={value[:40]!r}")
                if element.tag == "meta" and name == "http-equiv":
                    yield Finding(path, element.sourceline, f"<meta http-equiv={value!r}>")


# --- figures and tables


def figures(site: Site) -> Iterator[Finding]:
    """Every drawing is an image with a title and a description, in two widths, its data in a table beside it."""
    for path, page in site.pages.items():
        for svg in page.iter("svg"):
            if any(True for _ in svg.iterancestors("figure")):
                for missing in _unnamed(svg):
                    yield Finding(path, svg.sourceline, f"a drawing in a figure {missing}")
            elif svg.get("aria-hidden") != "true" and list(_unnamed(svg)):
                yield Finding(path, svg.sourceline, "a drawing outside figures is neither named nor aria-hidden")
        for figure in page.xpath("//figure[contains(concat(' ', @class, ' '), ' chart ')]"):
            where = f"chart {figure.get('id')!r}"
            for width in ("wide", "narrow"):
                drawings = figure.xpath(f".//*[contains(concat(' ', @class, ' '), ' {width} ')]//svg")
                if len(drawings) != 1:
                    yield Finding(path, figure.sourceline, f"{where} has {len(drawings)} {width} drawings")
                elif not drawings[0].xpath(".//text"):
                    yield Finding(path, figure.sourceline, f"{where}: its {width} drawing has no text")
            if not figure.xpath(".//table"):
                yield Finding(path, figure.sourceline, f"{where} has no table of its data")


def tables(site: Site) -> Iterator[Finding]:
    """Every table has a caption, header cells that say what they head, and rows of one length."""
    for path, page in site.pages.items():
        for table in page.iter("table"):
            where = f"table {_name(table)!r}"
            if not _words(table.find("caption")):
                yield Finding(path, table.sourceline, f"{where} has no caption")
            if table.find(".//th") is None:
                yield Finding(path, table.sourceline, f"{where} has no header cell")
            for th in table.iter("th"):
                if th.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                    yield Finding(path, th.sourceline, f"{where}: header cell {_words(th)!r} has no scope")
                elif not _words(th) and not th.get("aria-label"):
                    yield Finding(path, th.sourceline, f"{where}: a header cell is empty")
            lengths = _row_lengths(table)
            if len(set(lengths)) > 1:
                yield Finding(path, table.sourceline, f"{where} has rows of {sorted(set(lengths))} cells")


# --- words


def words(site: Site) -> Iterator[Finding]:
    """No leftover of the machine stands in the words that a reader sees or hears."""
    for path, page in site.pages.items():
        for element, text in [*_visible(page), *_spoken(page), *_head_words(page)]:
            if any(a.tag in ("code", "pre", "kbd") for a in (element, *element.iterancestors())):
                continue
            for what, pattern in LEFTOVERS.items():
                match = pattern.search(re.sub(r"https?://\S+", "", text))
                if match:
                    yield Finding(path, element.sourceline, f"{what}: {_around(text, match.group())}")


def foreign(site: Site) -> Iterator[Finding]:
    """Chinese words stand where the page says that they are Chinese, so that they are drawn and read aloud as such."""
    for path, page in site.pages.items():
        for element, text in [*_visible(page), *_spoken(page)]:
            run = HAN.search(text)
            lang = next((a.get("lang") for a in (element, *element.iterancestors()) if a.get("lang") is not None), "")
            if run and not re.match(r"(zh|ja|yue)\b", lang):
                yield Finding(path, element.sourceline, f"{run.group()[:20]!r} stands in an element of lang {lang!r}")


# --- languages


def languages(site: Site) -> Iterator[Finding]:
    """Every page has its twin in each language; the two name each other, and their headings share their anchors."""
    for path, page in site.pages.items():
        own = site.language(path)
        if not own:
            continue
        rest = path.removeprefix(f"{own}/")
        twins = {language: f"{language}/{rest}" for language in site.languages}
        for twin in twins.values():
            if twin not in site.pages:
                yield Finding(path, 0, f"has no twin {twin}")
        twins = {language: twin for language, twin in twins.items() if twin in site.pages}
        wanted = {
            (site.pages[twin].get("lang"), site.address + twin.removesuffix("index.html")) for twin in twins.values()
        }
        given = {
            (link.get("hreflang"), link.get("href"))
            for link in page.xpath("head/link[@rel='alternate'][@hreflang]")
            if link.get("hreflang") != "x-default"
        }
        for lang, address in sorted(wanted - given, key=str):
            yield Finding(path, 0, f"names no alternate {lang} {address}")
        for lang, address in sorted(given - wanted, key=str):
            yield Finding(path, 0, f"names an alternate that is not its twin: {lang} {address}")
        switch = {
            (a.get("hreflang"), _target(site, path, a.get("href", ""))[0]) for a in page.xpath("//header//a[@hreflang]")
        }
        for language, twin in twins.items():
            if language != own and (site.pages[twin].get("lang"), twin) not in switch:
                yield Finding(path, 0, f"its language switch does not lead to {twin}")
            for difference in sorted(_anchors(page) ^ _anchors(site.pages[twin])):
                if language > own:
                    yield Finding(path, 0, f"anchor {difference!r} is only on one of this page and {twin}")


def sitemap(site: Site) -> Iterator[Finding]:
    """The sitemap lists every page but the 404 page, each with all its languages, and nothing else."""
    file = site.folder / "sitemap.xml"
    if not file.is_file():
        yield Finding("sitemap.xml", 0, "is missing")
        return
    name = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    listed = {}
    for url in etree.parse(str(file)).iterfind("s:url", name):
        place = (url.findtext("s:loc", "", name) or "").strip()
        listed[place] = {(x.get("hreflang"), x.get("href")) for x in url.iterfind("x:link", name)}
    real = {site.address + path.removesuffix("index.html"): path for path in site.pages if path != "404.html"}
    for place in sorted(set(real) - set(listed)):
        yield Finding("sitemap.xml", 0, f"does not list {place}")
    for place in sorted(set(listed) - set(real)):
        yield Finding("sitemap.xml", 0, f"lists {place!r}, which is not a page")
    for place in sorted(set(listed) & set(real)):
        links = site.pages[real[place]].xpath("head/link[@rel='alternate'][@hreflang]")
        said = {(link.get("hreflang"), link.get("href")) for link in links}
        if site.language(real[place]) and said != listed[place]:
            yield Finding("sitemap.xml", 0, f"gives {place} other languages than the page itself does")


CHECKS = (
    addresses, assets, reachable, files, ids, structure, head, inline,
    figures, tables, words, foreign, languages, sitemap,
)  # fmt: skip
"""Every check, in the order they are told."""


# --- whole folders


@dataclass(frozen=True)
class Size:
    """What a first visit to a page transfers, in bytes, compressed as servers do."""

    path: str
    page: int
    assets: int
    """Style sheets, scripts, images and the icon that the page asks for."""

    @property
    def total(self) -> int:
        """The page and its assets together."""
        return self.page + self.assets


def sizes(site: Site) -> list[Size]:
    """Return what each page of *site* transfers, the heaviest first."""

    def compressed(path: str) -> int:
        return len(gzip.compress((site.folder / path).read_bytes(), mtime=0))

    found = []
    for path, page in site.pages.items():
        asked = {
            _target(site, path, element.get(attribute))[0]
            for tag, attribute in (("link", "href"), ("script", "src"), ("img", "src"))
            for element in page.iter(tag)
            if element.get("rel") not in ("canonical", "alternate") and element.get(attribute)
        }
        heavy = sum(compressed(one) for one in asked if (site.folder / one).is_file())
        found.append(Size(path, compressed(path), heavy))
    return sorted(found, key=lambda size: (-size.total, size.path))


def differences(one: Path, other: Path) -> list[str]:
    """Return where two built folders differ: files that only one has, and the first bytes that are not the same."""
    here, there = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} for folder in (one, other)
    )
    found = [f"{path}: only in one of the two" for path in sorted(here ^ there)]
    for path in sorted(here & there):
        a, b = (one / path).read_bytes(), (other / path).read_bytes()
        if a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            found.append(
                f"{path}: differs from byte {at}: {a[max(0, at - 30) : at + 30]!r} {b[max(0, at - 30) : at + 30]!r}"
            )
    return found


# --- reading addresses


def _addresses(page: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str, str]]:
    """Yield every address of *page* as element, attribute, address."""
    for element in page.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if attribute in ("href", "src", "poster", "action", "formaction", "data", "xlink:href", "background"):
                yield element, attribute, value
            elif attribute in ("srcset", "imagesrcset"):
                for candidate in value.split(","):
                    yield element, attribute, (candidate.split() or [""])[0]
            elif "url(" in value and attribute != "style":
                for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", value):
                    yield element, attribute, address
        if element.tag == "meta" and element.get("property") in ("og:url", "og:image"):
            yield element, "content", element.get("content", "")


def _wrong_address(site: Site, path: str, element: lxml.html.HtmlElement, attribute: str, address: str) -> str:
    """Return what is wrong with one *address* on the page *path*, empty if nothing is."""
    if not address:
        return "is empty"
    own = element.tag == "meta" or (element.tag == "link" and element.get("rel") in ("canonical", "alternate"))
    if own and not address.startswith(site.address):
        return f"does not begin with the site's own address {site.address}"
    if not own and address.startswith(site.address):
        return "names the site by its full address: a preview or a copy would leave itself"
    if not own and not _is_local(site, address):
        is_link = (
            element.tag == "a" and attribute == "href" and re.match(r"https://[\w-]+(\.[\w-]+)+|mailto:.+@", address)
        )
        return "" if is_link else "points off the site"
    target, problem = _target(site, path, address)
    if problem:
        return problem
    if not (site.folder / target).is_file():
        return f"leads to {target}, which is not in the folder"
    fragment = unquote(urlsplit(address).fragment)
    if fragment and target in site.pages and not site.pages[target].xpath("//*[@id=$id]", id=fragment):
        return f"leads to an anchor that {target} does not have"
    return ""


def _is_local(site: Site, address: str) -> bool:
    return address.startswith(site.address) or not re.match(r"[a-zA-Z][\w+.-]*:|//", address)


def _target(site: Site, path: str, address: str) -> tuple[str, str]:
    """Return the file that *address* on the page *path* leads to, and what is wrong with how it is written."""
    where = unquote(urlsplit(address.removeprefix(site.address)).path)
    full = address.startswith(site.address)
    if full:
        target = where
    elif where.startswith("/"):
        if path != "404.html":
            return where.lstrip("/"), "begins with a slash: under a sub-path or from a disk it leads elsewhere"
        if not where.startswith(site.base):
            return where.lstrip("/"), f"is not under the site's path {site.base}"
        full, target = True, where.removeprefix(site.base)
    elif path == "404.html" and where:
        return where, "is relative: a 404 page is shown at every depth"
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), where)) if where else path
    if target.startswith(".."):
        return target, "leads out of the site"
    if target in ("", ".") or target.endswith("/") or (site.folder / target).is_dir():
        problem = "" if full else "names a folder: write index.html, so that it opens from a disk"
        return posixpath.normpath(posixpath.join(target, "index.html")), problem
    return target, ""


# --- reading pages


def _outline(path: str, page: lxml.html.HtmlElement) -> Iterator[Finding]:
    headings = list(page.iter("h1", "h2", "h3", "h4", "h5", "h6"))
    if sum(heading.tag == "h1" for heading in headings) != 1:
        yield Finding(path, 0, f"has {sum(heading.tag == 'h1' for heading in headings)} h1")
    level = 0
    for heading in headings:
        if not _words(heading):
            yield Finding(path, heading.sourceline, f"an empty {heading.tag}")
        if level and int(heading.tag[1]) > level + 1:
            yield Finding(
                path, heading.sourceline, f"{heading.tag} {_words(heading)!r} after h{level}: a level is missing"
            )
        level = int(heading.tag[1])


def _landmarks(path: str, page: lxml.html.HtmlElement) -> Iterator[Finding]:
    mains = list(page.iter("main"))
    if len(mains) != 1:
        yield Finding(path, 0, f"has {len(mains)} main")
        return
    if page.find(".//h1") is not None and not mains[0].xpath(".//h1"):
        yield Finding(path, 0, "its h1 is outside main")
    skip = next(page.find("body").iter("a"), None)
    target = page.xpath("//*[@id=$id]", id=(skip.get("href") or "")[1:]) if skip is not None else []
    inside = target and (
        target[0] is mains[0] or mains[0] in target[0].iterancestors() or target[0] in mains[0].iterancestors()
    )
    if not inside or not (skip.get("href") or "").startswith("#"):
        yield Finding(path, 0, "its first link does not skip to main")


def _unnamed(svg: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield what *svg* lacks to be an image with a name."""
    if svg.get("role") != "img":
        yield "has no role=img"
    for child in ("title", "desc"):
        if not _words(svg.find(child)):
            yield f"has no {child}"
    named = svg.get("aria-labelledby", "").split()
    if not svg.get("aria-label") and (svg.find("title") is None or svg.find("title").get("id") not in named):
        yield "is not labelled by its title"
    if svg.find(".//style") is not None:
        yield "carries a <style>"
    if not svg.get("viewbox"):
        yield "has no viewBox"


def _row_lengths(table: lxml.html.HtmlElement) -> list[int]:
    """Return how many columns each row of *table* covers, spans counted."""
    lengths, hanging = [], []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        lengths.append(sum(int(cell.get("colspan", 1)) for cell in cells) + sum(width for _, width in hanging))
        hanging = [(left - 1, width) for left, width in hanging if left > 1]
        hanging += [
            (int(c.get("rowspan", 1)) - 1, int(c.get("colspan", 1))) for c in cells if int(c.get("rowspan", 1)) > 1
        ]
    return lengths


def _anchors(page: lxml.html.HtmlElement) -> set[str]:
    """Return the ids inside main: the places that a link may name."""
    return set(page.xpath("//main//@id"))


def _name(element: lxml.html.HtmlElement) -> str:
    """Return the nearest id at or above *element*, by which an author knows it."""
    return next((a.get("id") for a in (element, *element.iterancestors()) if a.get("id")), "")


def _visible(page: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    """Yield every stretch of text in the body with the element it stands in."""
    for element in page.find("body").iter(etree.Element):
        if element.tag in ("script", "style", "template"):
            continue
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                yield element, " ".join(text.split())


def _spoken(page: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    for element in page.find("body").iter(etree.Element):
        for attribute in SPOKEN:
            if element.get(attribute):
                yield element, element.get(attribute)


def _head_words(page: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    for element in page.xpath("head/title | head/meta[@content]"):
        yield element, element.text or element.get("content", "")


def _words(element: lxml.html.HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def _text(page: lxml.html.HtmlElement, xpath: str) -> str:
    return "".join(page.xpath(xpath)).strip()


def _around(text: str, what: str) -> str:
    at = text.find(what)
    return repr(text[max(0, at - 20) : at + len(what) + 20])
