"""Read a figure or a date from a page as a person would: the proof that what was written is what was meant.

Nothing here knows how `localise` writes: the words are its own, in `reading`, one file a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from crossfoot.vocabulary import Words, file_of, inside, words_of

_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_NUMERIC = re.compile(r"[0-9.,−]\{\}|\{\}[0-9]|\{\}[.,][0-9]")
"""A unit that would put digits of its own beside those of the figure."""
_YEAR = re.compile(r"[12]\d{3}")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a wording says."""

    amount: Decimal | None = None
    """None where the wording gives the reason why there is no figure."""
    upto: Decimal | None = None
    """The upper end of a range."""
    qualifier: str = ""
    """As the data names it: over, range ...; '' is an exact figure."""
    omission: str = ""
    in_digits: bool = True
    """Whether each digit was read from the page, none made up by a scale word or a numeral."""


@dataclass(frozen=True)
class Reader:
    """Someone who reads one language and knows the units of the report."""

    language: str
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By name, each as it is written around a number: `RMB{} million`."""
    _read: dict[tuple[str, str], Reading | None] = field(default_factory=dict, repr=False, compare=False)

    def figure(self, text: str, unit: str = "") -> Reading | None:
        """Return what *text* says, with or without the words of *unit*; None where it cannot be understood."""
        key = (text, unit)
        if key not in self._read:
            patterns = [one for one in self.units.get(unit, ()) if not _NUMERIC.search(one)]
            self._read[key] = next(self._readings(text.strip(), patterns), None)
        return self._read[key]

    def _readings(self, text: str, patterns: Sequence[str]) -> Iterator[Reading]:
        words = words_of(self.language)
        if not words.hint.search(text):
            return
        if text in words.omissions:
            yield Reading(omission=words.omissions[text])
        for qualifier, inner in words.hedged(text):
            for core in inside(inner, ("{}", *patterns)):
                if qualifier == "" and (several := words.several.get(core)) is not None:
                    yield Reading(several, qualifier="several", in_digits=False)
                if (found := words.number(core)) is not None:
                    yield Reading(found[0], qualifier=qualifier, in_digits=found[1])
                if qualifier == "":
                    for start, end, in_digits in words.ranges(core, patterns):
                        yield Reading(start, end, "range", in_digits=in_digits)

    def day(self, text: str) -> str | None:
        """Return the date that *text* gives, as precisely as it does: 2018-07-23, 2019-03, 2015."""
        words = words_of(self.language)
        matches = (match for form in words.dates if (match := form.fullmatch(text)))
        return next((day for match in matches if (day := words.iso(match))), None)

    def amounts(self, text: str) -> tuple[Decimal, ...]:
        """Return the numbers that stand in a phrase such as "rose by 3.2%", the smallest first."""
        words = words_of(self.language)
        found = (words.number(match.group()) for match in words.amount.finditer(text))
        return tuple(sorted(number[0] for number in found if number))

    def spells(self, number: str, text: str) -> bool:
        """Return whether *number* stands in running *text* as a word: 27 in 附錄二十七."""
        numerals = words_of(self.language).numerals
        return any(amount == Decimal(number) and word in text for word, amount in numerals.items() if number.isdigit())

    def explains(self, omission: str, text: str) -> bool:
        """Return whether running *text* gives the reason *omission* in words."""
        return any(name == omission and words in text for words, name in words_of(self.language).omissions.items())

    def says(self, qualifier: str, text: str) -> bool:
        """Return whether running *text* holds a word for *qualifier*."""
        words = words_of(self.language)
        spoken = (*words.qualifiers.get(qualifier, ()), *words.around.get(qualifier, ()))
        return any(all(part.strip() in text for part in pattern.split("{}")) for pattern in spoken)


@dataclass(frozen=True)
class Readers:
    """Those who read the languages of a report."""

    tags: Mapping[str, str]
    """Each language by its BCP 47 tag, the reference first."""
    units: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """By language and unit: how it is written around a number."""

    _numbers: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _by_language(self) -> Mapping[str, Reader | None]:
        return {one: reader(one, self.units.get(one)) for one in self.tags.values()}

    @property
    def ids(self) -> tuple[str, ...]:
        """The languages, the reference first."""
        return tuple(self._by_language)

    def of(self, language: str) -> Reader | None:
        """Return who reads *language*, None where there is nobody."""
        return self._by_language.get(language)

    def numbers(self, text: str) -> tuple[str, ...]:
        """Return the dates and the digits that stand in running *text*, the same for every language.

        A page may quote another language, so the dates of all of them are known.
        """
        if text not in self._numbers:
            self._numbers[text] = self._numbers_in(text.translate(_FULL_WIDTH))
        return self._numbers[text]

    def _numbers_in(self, text: str) -> tuple[str, ...]:
        if not _DIGITS.search(text):
            return ()
        spoken = [words_of(one) for one, found in self._by_language.items() if found is not None]
        found: list[str] = []
        forms = sorted(((form, words) for words in spoken for form in words.dates), key=_precision)
        for form, words in forms if _YEAR.search(text) else ():
            for match in list(form.finditer(text)):
                if day := words.iso(match):
                    found.append(day)
                    text = text.replace(match.group(), " ", 1)
        groups = {words.group for words in spoken}
        return (*found, *(_without(one, groups) for one in _DIGITS.findall(text)))


def reader(language: str, units: Mapping[str, Sequence[str]] | None = None) -> Reader | None:
    """Return one who reads *language*, None where there is no table of its words in `reading`."""
    return Reader(language, units or {}) if file_of(language).is_file() else None


def _precision(form: tuple[re.Pattern[str], Words]) -> int:
    """Return what sorts the most precise form of a date first."""
    return -form[0].groups


def _without(text: str, signs: Iterable[str]) -> str:
    for sign in signs:
        text = text.replace(sign, "")
    return text
