"""Rules: no figure is typed by hand in prose, in digits or in words, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfoot.inserts import PATTERN
from crossfoot.model import ChartSpec, Report, TableSpec, Text
from crossfoot.narrative import Page
from crossfoot.places import Problem
from crossfoot.rules.references import broken_down
from crossfoot.uses import texts_in

_DIGITS = re.compile(r"[0-9０-９][0-9０-９.,]*")
_NUMERAL = "〇零一二三四五六七八九十百千兩"
_COUNTERS = (
    "個名項家次年月日天人間台部款條張冊套種類層級位屆倍成所場份件處城縣鎮鄉省國歲週噸元戶隻艘座輛株棵批輪宗組隊支班季"
)
_MEASURES = "公[里斤噸頃升尺]|小時|分鐘|平方|立方|兆瓦|千瓦|英[里尺寸]|百分點"
_HAN_NUMBER = re.compile(
    rf"(?<![第{_NUMERAL}])(?:"
    rf"[{_NUMERAL}]+分之[{_NUMERAL}]+"
    rf"|(?!一[{_COUNTERS}]|零[部件])[{_NUMERAL}]+(?:[{_COUNTERS}]|{_MEASURES})"
    rf"|[{_NUMERAL}]+[萬億])"
)
_WORDS = [
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "dozen",
    "dozens",
]
_SMALL = ["half", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ENGLISH_NUMBER = re.compile(rf"(?i)\b(?:{'|'.join(_WORDS)}|(?:{'|'.join(_SMALL)})(?= (?:per ?cent|percentage)\b))\b")
_LEADS = re.compile(r"(?m)^[ \t]*(?:[0-9]{1,2}[.)](?=[ \t])|#+|>+|[-*+](?=[ \t]))+")
_TARGETS = re.compile(r"\]\([^)\n]*\)|<[a-zA-Z/!][^<>]*>|https?://\S+")


def no_figure_is_typed_in_pages(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each figure in a page is an insert, or part of a registered name such as ISO 9001:2015."""
    names = names_with_figures(report)
    for page in pages:
        for offset, found in typed_figures(page.prose(), page.language, names):
            yield Problem(page.place(offset), *_sentence(found))


def no_figure_is_typed_in_data(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """The same for texts of the data that are prose: descriptions, notes, chart titles, footnotes, cells of words."""
    names = names_with_figures(report)
    for text in prose_of(report):
        for language, words in text.by_language.items():
            for _, found in typed_figures(words, language, names):
                yield Problem(text.place_in(language), *_sentence(found))


def _sentence(found: str) -> tuple[str, str]:
    return (
        f"the figure '{found}' is typed by hand",
        "write {{ value NAME }}; or register the name it belongs to in data/terms",
    )


def prose_of(report: Report) -> Iterator[Text]:
    """Yield the texts of the data that are read as sentences; labels, captions, headings and names are not."""
    for section in report.sections.values():
        if section.summary is not None:
            yield section.summary
        for footnote in section.footnotes.values():
            yield footnote.text
        for event in section.events.values():
            yield from texts_in(event.description)
        for table in section.tables.values():
            yield from _table_prose(table)
        for chart in section.charts.values():
            yield from _chart_prose(chart)
        for indicator in section.indicators.values():
            yield from texts_in((indicator.definition, indicator.method, indicator.target and indicator.target.note))
            for observation in (*indicator.values.values(), *broken_down(indicator.breakdowns)):
                yield from texts_in((observation.note, observation.restated))
    for note in report.notes.values():
        yield note.title
        yield note.text
    for coverage in report.coverage.values():
        yield from (answer.reason for answer in coverage.codes.values() if answer.reason is not None)


def _table_prose(table: TableSpec) -> Iterator[Text]:
    yield from texts_in((table.description, table.general, table.notes))
    for record in getattr(table, "records", ()):
        for cells in record.cells.values():
            for cell in cells:
                if cell.text is not None:
                    yield cell.text


def _chart_prose(chart: ChartSpec) -> Iterator[Text]:
    yield from texts_in((chart.title, chart.subtitle, chart.description))


def typed_figures(text: str, language: str, names: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield place and wording of each figure typed in *text*, from the left; *names* may hold figures."""
    masked = masked_text(text, names)
    patterns = [_DIGITS]
    if language in ("*", "en") or language.startswith("en-"):
        patterns.append(_ENGLISH_NUMBER)
    if language == "*" or language.startswith("zh"):
        patterns.append(_HAN_NUMBER)
    found = [(match.start(), _shown(masked, match)) for pattern in patterns for match in pattern.finditer(masked)]
    yield from sorted(found)


def _shown(text: str, match: re.Match[str]) -> str:
    """Return the figure found, digits with the Chinese counter after them."""
    follows = text[match.end() : match.end() + 1] if match.group()[-1:].isdecimal() else ""
    return match.group().rstrip(".,") + (follows if follows and follows in _COUNTERS + "萬億" else "")


def masked_text(text: str, names: re.Pattern[str]) -> str:
    """Return *text* with everything blanked out that may hold digits: inserts, addresses, list numbers, names."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match.group())

    for pattern in (PATTERN, _TARGETS, _LEADS, names):
        text = pattern.sub(blank, text)
    return text


def names_with_figures(report: Report) -> re.Pattern[str]:
    """Return a pattern of the registered names that hold a figure, the longest first."""
    wordings = {words for term in report.terms.values() for words in (*term.name.by_language.values(), *term.variants)}
    with_figure = {
        words
        for words in wordings
        if _DIGITS.search(words) or _HAN_NUMBER.search(words) or _ENGLISH_NUMBER.search(words)
    }
    longest_first = sorted(with_figure, key=lambda words: (-len(words), words))
    return re.compile("|".join(re.escape(words) for words in longest_first) or r"(?!)")
