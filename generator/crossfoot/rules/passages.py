"""What the rules on language read: each text of the data and each page, one language at a time, its inserts masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crossfoot.inserts import PATTERN
from crossfoot.model import Framework, Report, ReportLanguage, Text
from crossfoot.narrative import Page
from crossfoot.pinpoint import inside
from crossfoot.places import Place
from crossfoot.uses import texts_in

INSERT = "\ue000"
"""Stands in a masked text for each character of an insert."""
OPAQUE = "\ue001"
"""Stands in a masked text for each character of an address, of code and of HTML."""
_CODE = re.compile(r"(?ms)^(```|~~~).*?^\1[ \t]*$|`[^`\n]+`")
_OPAQUE = re.compile(
    r"\]\((?:[^()\n]|\([^()\n]*\))*\)|<[a-zA-Z/!][^<>]*>|https?://[^\s，。；：、（）「」《》]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_LEADS = re.compile(r"(?m)^[ \t]*(?:(?:[0-9]{1,2}[.)](?=[ \t])|#+(?=[ \t])|>+|[-*+](?=[ \t]))[ \t]*)+")


@dataclass(frozen=True)
class Passage:
    """A text of the data or a whole page, in one language."""

    language: ReportLanguage
    words: str
    """As typed."""
    source: Text | Page
    report: Report
    is_name: bool = False
    """A registered name, or a title in a framework's own vocabulary: as others have written it."""

    @cached_property
    def masked(self) -> str:
        """The words with inserts and addresses masked and the marks of lists blanked out, character for character."""
        return masked(self.words)

    def place(self, offset: int) -> Place:
        """Return where the character at *offset* stands in the author's file."""
        if isinstance(self.source, Page):
            return self.source.place(offset)
        place = self.source.place_in(self.language.id)
        return inside(self.report.sources.get(place.file, ""), place, self.words, offset)


def masked(words: str) -> str:
    """Return *words* with inserts, addresses and code masked and the marks of lists blank, character for character."""
    if "`" in words or "~~~" in words:
        words = _CODE.sub(lambda match: OPAQUE * len(match.group()), words)
    if "{{" in words:
        words = PATTERN.sub(lambda match: INSERT * len(match.group()), words)
    if "://" in words or "](" in words or "<" in words or "@" in words:
        words = _OPAQUE.sub(lambda match: OPAQUE * len(match.group()), words)
    return _LEADS.sub(lambda match: " " * len(match.group()), words)


def passages(report: Report, pages: tuple[Page, ...]) -> Iterator[Passage]:
    """Yield every text of the data in each language it has, then every page."""
    languages = {language.id: language for language in report.languages}
    for text, is_name in texts_of(report):
        for key, words in text.by_language.items():
            if key in languages:
                yield Passage(languages[key], words, text, report, is_name)
    for page in pages:
        if page.language in languages:
            yield Passage(languages[page.language], page.source, page, report)


def texts_of(report: Report) -> Iterator[tuple[Text, bool]]:
    """Yield every text of the data, and whether it is a name as others have written it."""
    yield from ((text, False) for text in own_texts(report))
    for term in report.terms.values():
        yield term.name, True
        yield from ((text, False) for text in texts_in((term.issuer, term.note)))
    for framework in report.frameworks.values():
        yield from ((text, framework.own_words) for text in texts_in(_titles(framework)))
        yield from ((text, False) for text in texts_in((framework.edition, framework.note)))


def own_texts(report: Report) -> Iterator[Text]:
    """Yield the texts of the data that are the report's own wording in every language: no names, no framework's."""
    yield from texts_in((report.file, report.units, report.coverage, report.sections, report.notes))


def _titles(framework: Framework) -> tuple[Any, ...]:
    return framework.name, framework.short, framework.groups, framework.phases, framework.disclosures


def names_in(report: Report, language: str) -> frozenset[str]:
    """Return the registered names as *language* writes them, and their other spellings."""
    wordings = ((term.name.get(language), *term.variants) for term in report.terms.values())
    return frozenset(words for names in wordings for words in names if words)


def is_in_name(words: str, start: int, end: int, names: frozenset[str]) -> bool:
    """Return whether the stretch from *start* to *end* of *words* lies inside one of *names*."""
    found = words[start:end]
    for name in names:
        at = name.find(found)
        while at >= 0:
            if start >= at and words.startswith(name, start - at):
                return True
            at = name.find(found, at + 1)
    return False
