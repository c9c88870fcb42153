"""The one tiny language an author uses in prose: `{{ value ghg_total }}`. Not Jinja: no logic, only names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

INLINE: Mapping[str, str] = MappingProxyType(
    {
        "value": "{{ value NAME [PERIOD] [FORM] }}",
        "date": "{{ date EVENT }}",
        "period": "{{ period [PERIOD] }}",
        "term": "{{ term ID [both] }}",
        "note": "{{ note ID }}",
        "footnote": "{{ footnote ID }}",
        "link": "{{ link PAGE }} or {{ link PAGE.HEADING }}",
        "heading": "{{ heading ID }}",
    }
)
"""Words that stand inside a sentence, and how each is written."""
BLOCK: Mapping[str, str] = MappingProxyType(
    {
        "table": "{{ table NAME }}",
        "chart": "{{ chart NAME }}",
        "tiles": "{{ tiles NAME NAME ... }}",
        "register": "{{ register KIND KIND ... }}",
        "notes": "{{ notes }}",
        "footnotes": "{{ footnotes }}",
        "kpi_tables": "{{ kpi_tables }}",
        "chapters": "{{ chapters }}",
    }
)
"""Words that stand alone on a line, and how each is written."""
FORMS = ("bare", "plain", "words", "ordinal", "full", "as")
"""Forms of `value`: without unit, without qualifier, in words, as an ordinal, without scale word, `as QUALIFIER`."""

PATTERN = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")


@dataclass(frozen=True, slots=True)
class Insert:
    """One insert as it was typed."""

    word: str
    args: tuple[str, ...]
    start: int
    """Where it begins in the text it was found in, counted from 0."""
    end: int

    @property
    def raw(self) -> str:
        """The insert as an author would type it."""
        return "{{ " + " ".join((self.word, *self.args)) + " }}"


def split_text(text: str) -> Iterator[str | Insert]:
    """Yield the stretches of *text* in order: plain strings, and inserts."""
    at = 0
    for match in PATTERN.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield read(match)
        at = match.end()
    if at < len(text):
        yield text[at:]


def found_in(text: str) -> Iterator[Insert]:
    """Yield the inserts of *text*."""
    for match in PATTERN.finditer(text):
        yield read(match)


def read(match: re.Match[str]) -> Insert:
    """Return the insert of one match of `PATTERN`; an empty one has the word ''."""
    words = match.group(1).split()
    return Insert(words[0] if words else "", tuple(words[1:]), match.start(), match.end())


@dataclass(frozen=True, slots=True)
class ValueCall:
    """What `{{ value ... }}` asks for."""

    name: str
    period: str = ""
    forms: tuple[str, ...] = ()
    qualifier: str = ""
    """The qualifier typed after `as`."""


def value_call(args: tuple[str, ...]) -> ValueCall:
    """Return what the arguments of `value` ask for: a name, then a period and forms in any order."""
    name, rest = (args[0] if args else ""), list(args[1:])
    period, qualifier, forms = "", "", []
    while rest:
        word = rest.pop(0)
        if word == "as":
            qualifier = rest.pop(0) if rest else ""
            forms.append("as")
        elif word in FORMS:
            forms.append(word)
        elif not period:
            period = word
        else:
            forms.append(word)
    return ValueCall(name, period, tuple(forms), qualifier)
