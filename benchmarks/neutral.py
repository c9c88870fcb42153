"""A report with the words, figures and tables of a made-up one, as other makers of sites take it: in plain Markdown.

Charts and all that Crossfoot makes by itself are left out.
"""

from __future__ import annotations

from pathlib import Path

import workload
from workload import LANGUAGES, YEARS, Chapter, put

_UNITS = {
    "tonnes": {"en": " tonnes", "zh-Hant": "噸"},
    "mwh": {"en": " MWh", "zh-Hant": "兆瓦時"},
    "people": {"en": " people", "zh-Hant": "人"},
}
_HEAD = {"en": "Figure", "zh-Hant": "項目"}
_TITLE = {"en": "Report of a year", "zh-Hant": "一年報告"}
_WELCOME = {"en": "Welcome.", "zh-Hant": "歡迎閱覽。"}


def write_pages(chapters: int, content: Path, home: str) -> None:
    """Write so many *chapters* in each language into *content*; *home* is the name of the file of a front page."""
    for language in LANGUAGES:
        (content / language).mkdir(parents=True)
        put(content / language / home, _page(_TITLE[language], _WELCOME[language] + "\n"))
    for chapter in workload.chapters_of(chapters):
        for language in LANGUAGES:
            words = chapter.words(language, _Told(chapter, language), [_table(chapter, language)])
            put(content / language / f"{chapter.name}.md", _page(chapter.title(language), words))


class _Told:
    """Puts down a figure of a chapter with its unit."""

    def __init__(self, chapter: Chapter, language: str) -> None:
        self._chapter, self._language = chapter, language

    def __call__(self, key: str, year: str) -> str:
        figure = self._chapter.figures[key]
        return _number(figure.values[year]) + _UNITS[figure.unit][self._language]


def _page(title: str, words: str) -> str:
    return f"---\ntitle: {title}\n---\n\n{words}"


def _table(chapter: Chapter, language: str) -> str:
    lines = [f"| {_HEAD[language]} | {' | '.join(YEARS)} |", f"|---|{'---:|' * len(YEARS)}"]
    for figure in chapter.figures.values():
        cells = " | ".join(_number(figure.values[year]) for year in YEARS)
        lines.append(f"| {figure.label[language]} | {cells} |")
    return "\n".join(lines)


def _number(value: str) -> str:
    whole, point, fraction = value.partition(".")
    return f"{int(whole):,}{point}{fraction}"


def write_hugo(chapters: int, folder: Path) -> None:
    """Write the report for Hugo, with the smallest layout that has a menu, into *folder*."""
    write_pages(chapters, folder / "content", "_index.md")
    layouts = folder / "layouts"
    (layouts / "_default").mkdir(parents=True)
    put(folder / "hugo.toml", _HUGO)
    for path in ("index.html", "_default/single.html", "_default/list.html"):
        put(layouts / path, _LAYOUT)


def write_mkdocs(chapters: int, folder: Path, theme: str) -> None:
    """Write the report for MkDocs with this *theme*, as it is without options, into *folder*."""
    write_pages(chapters, folder / "docs", "index.md")
    put(folder / "docs/index.md", _page(_TITLE["en"], "[English](en/index.md), [繁體中文](zh-Hant/index.md)\n"))
    put(folder / "mkdocs.yml", f"site_name: {_TITLE['en']}\nsite_url: https://example.org/\ntheme: {theme}\n")


_HUGO = """\
baseURL = "https://example.org/"
title = "Report of a year"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "RSS"]
[languages.en]
contentDir = "content/en"
weight = 1
[languages.zh-Hant]
contentDir = "content/zh-Hant"
weight = 2
"""
_LAYOUT = """\
<!doctype html>
<html lang="{{ .Site.Language.Lang }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<nav><ul>{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>
<main><h1>{{ .Title }}</h1>
{{ .Content }}</main>
</body>
</html>
"""
