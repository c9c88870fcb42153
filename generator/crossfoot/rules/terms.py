"""Rules: what the glossary says is how it is put in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crossfoot.model import Report
from crossfoot.narrative import Page, blocks, heading_id
from crossfoot.places import Place, Problem
from crossfoot.rules.passages import Passage, is_in_name, masked, names_in, own_texts
from crossfoot.usage import HAN, one_of

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(f"[{HAN}]")
_TIGHT = re.compile(r"[\s*_]+")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A text, or a block of a page, in one language."""

    words: str
    """Masked."""
    passage: Passage
    start: int = 0
    """Where it begins in the words of the passage."""

    def place(self, offset: int = 0) -> Place:
        return self.passage.place(self.start + offset)


def glossary_is_sound(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each entry of the glossary has wordings in the report's languages, and avoids none that it asks for."""
    known = [language.id for language in report.languages]
    owners: dict[tuple[str, str], str] = {}
    for name, entry in report.glossary.items():
        for language in [key for part in (entry.words, entry.avoid, entry.unless) for key in part if key not in known]:
            text = f"'{language}' is not a language of this report"
            yield Problem(entry.place, text, f"languages: {', '.join(known)}", rule="glossary-is-sound")
        if known[0] not in entry.words and not entry.avoid:
            hint = f"write the wording in '{known[0]}' under 'words'"
            yield Problem(entry.place, f"'{name}' has no wording in '{known[0]}'", hint)
        for language, wordings in entry.words.items():
            for wording in wordings:
                owner = owners.setdefault((language, wording.casefold()), name)
                if owner != name and language == known[0]:
                    yield Problem(entry.place, f"'{wording}' stands under '{owner}' already", "keep one of the two")
                if wording in entry.avoid.get(language, ()):
                    yield Problem(entry.place, f"'{wording}' is asked for and avoided", "take it out of 'avoid'")


def terms_are_rendered(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Where the reference has a term of the glossary, each other language has one of its renderings.

    Data are compared text by text, pages block by block; part by part where a part has not as many blocks.
    """
    if not report.glossary or len(report.languages) < 2:
        return
    terms = _Terms.of(report)
    for original, other in _pairs(report, pages):
        language = other.passage.language.id
        for start, end, name in terms.found(original.words):
            entry = report.glossary[name]
            wanted = entry.words.get(language, ())
            if not wanted or entry.avoid_only or _has(other.words, wanted):
                continue
            if is_in_name(original.words, start, end, terms.names):
                continue
            found = original.words[start:end]
            hint = f"write {' or '.join(wanted)}; '{found}' stands at {original.place(start)}"
            yield Problem(other.place(), f"'{found}' is not put as the glossary says", hint)


def _has(words: str, wanted: tuple[str, ...]) -> bool:
    tight = _TIGHT.sub("", words).casefold()
    return any(_TIGHT.sub("", one).casefold() in tight for one in wanted)


@dataclass(frozen=True)
class _Terms:
    """The terms of the glossary in the reference language, ready to be found."""

    forms: Mapping[str, tuple[tuple[str, str], ...]]
    """By their first word, the longest first: form in small letters, and the entry's name, '' where it is no term."""
    signs: re.Pattern[str]
    """Those in Chinese characters, which no spaces set apart."""
    names: frozenset[str]

    @classmethod
    def of(cls, report: Report) -> _Terms:
        reference = report.languages[0].id
        forms: dict[str, dict[str, str]] = {}
        for name, entry in report.glossary.items():
            for wording in entry.words.get(reference, ()):
                for form in _forms(wording.lower()):
                    forms.setdefault(_first(form), {})[form] = name
            for wording in entry.unless.get(reference, ()):
                for form in _forms(wording.lower()):
                    forms.setdefault(_first(form), {}).setdefault(form, "")
        sorted_forms = {
            first: tuple(sorted(below.items(), key=lambda one: (-len(one[0]), one[0])))
            for first, below in forms.items()
        }
        signs = one_of(form for below in forms.values() for form in below if _HAN.search(form))
        return cls(sorted_forms, signs, names_in(report, reference))

    def found(self, words: str) -> Iterator[tuple[int, int, str]]:
        """Yield where each term begins and ends and its entry's name, the longest first, none inside another."""
        small = words.lower()
        for match in self.signs.finditer(small):
            if self.forms[match.group()][0][1]:
                yield *match.span(), self.forms[match.group()][0][1]
        end = 0
        for match in _WORD.finditer(small):
            if match.start() < end or _HAN.match(match.group()):
                continue
            for form, name in self.forms.get(match.group(), ()):
                if (
                    small.startswith(form, match.start())
                    and not small[(after := match.start() + len(form)) : after + 1].isalnum()
                ):
                    end = after
                    if name:
                        yield match.start(), end, name
                    break


def _first(form: str) -> str:
    """Return the word of *form* to look it up by; a form in Chinese characters is one word."""
    match = None if _HAN.search(form) else _WORD.search(form)
    return match.group() if match else form


def _forms(wording: str) -> tuple[str, ...]:
    """Return *wording* and its plural, where it ends in a word that has one."""
    if not wording[-1:].isalpha() or wording.endswith("s") or _HAN.search(wording):
        return (wording,)
    if re.search(r"[^aeiou]y$", wording):
        return (wording, wording[:-1] + "ies")
    return (wording, wording + ("es" if re.search(r"(?:[sxz]|[cs]h)$", wording) else "s"))


def _pairs(report: Report, pages: tuple[Page, ...]) -> Iterator[tuple[_Stretch, _Stretch]]:
    reference, *others = report.languages
    for text in own_texts(report):
        original = text.by_language.get(reference.id)
        for language in others if original is not None else ():
            words = text.by_language.get(language.id)
            if words is not None and original is not None:
                yield (
                    _Stretch(masked(original), Passage(reference, original, text, report)),
                    _Stretch(masked(words), Passage(language, words, text, report)),
                )
    originals = {page.stem: page for page in pages if page.language == reference.id}
    for language in others:
        for page in pages:
            if page.language == language.id and page.stem in originals:
                original_page = originals[page.stem]
                ours = _parts(Passage(language, page.source, page, report), page)
                theirs = _parts(Passage(reference, original_page.source, original_page, report), original_page)
                for name in theirs.keys() & ours.keys():
                    yield from _matched(theirs[name], ours[name])


def _matched(theirs: list[_Stretch], ours: list[_Stretch]) -> Iterator[tuple[_Stretch, _Stretch]]:
    if not theirs or not ours:
        return
    if len(theirs) == len(ours):
        yield from zip(theirs, ours, strict=True)
    else:
        yield _joined(theirs), _joined(ours)


def _joined(stretches: list[_Stretch]) -> _Stretch:
    """Return *stretches* of one page as one, with what stands between them blank."""
    first = stretches[0]
    words = ""
    for one in stretches:
        words += " " * (one.start - first.start - len(words)) + one.words
    return _Stretch(words, first.passage, first.start)


def _parts(passage: Passage, page: Page) -> dict[str, list[_Stretch]]:
    """Return the blocks of prose under each heading, by the heading's id."""
    text = passage.masked
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    parts: dict[str, list[_Stretch]] = {"": []}
    current = ""
    for block in blocks(page.tokens):
        first = block[0]
        if first.type == "heading_open":
            current = heading_id(block) or current
            parts.setdefault(current, [])
        elif first.type != "insert_block" and first.map:
            start, end = starts[first.map[0]], min(starts[min(first.map[1], len(starts) - 1)], len(text))
            parts[current].append(_Stretch(text[start:end], passage, start))
    return parts
