"""The one tiny language an author uses in prose: `{{ value ghg_total }}`. Not Jinja: no logic, only names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

INLINE: Mapping[str, str] = MappingProxyType(
    {
        "value": "{{ value NAME [PERIOD] [FORM] }}",
        "change": "{{ change NAME since PERIOD [to PERIOD] [FORM] }}",
        "compare": "{{ compare NAME NAME [PERIOD] [times] }}",
        "share": "{{ share NAME of NAME [PERIOD] }}",
        "rank": "{{ rank NAME [PERIOD] [among NAME NAME ...] }}",
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
        "index": "{{ index FRAMEWORK }}",
        "notes": "{{ notes }}",
        "findings": "{{ findings }}",
        "checks": "{{ checks }}",
        "footnotes": "{{ footnotes }}",
        "kpi_tables": "{{ kpi_tables }}",
        "chapters": "{{ chapters }}",
    }
)
"""Words that stand alone on a line, and how each is written."""
FORMS = ("bare", "plain", "words", "ordinal", "full", "as")
"""Forms of `value`: without unit, without qualifier, in words, as an ordinal, without scale word, `as QUALIFIER`."""

CLAIMS = ("change", "compare", "share", "rank")
"""Words that say how figures stand to each other, worded by the data."""

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

    @property
    def written(self) -> str:
        """How an insert of this word is written; empty where there is no such word."""
        return INLINE.get(self.word) or BLOCK.get(self.word, "")


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


@dataclass(frozen=True, slots=True)
class ClaimCall:
    """What `{{ change ... }}`, `{{ compare ... }}`, `{{ share ... }}` or `{{ rank ... }}` asks for."""

    names: tuple[str, ...]
    period: str = ""
    """The period meant; for a change the later one."""
    since: str = ""
    form: str = ""
    """`amount` or `word` of a change, `times` of a comparison."""
    slip: str = ""
    """What is wrong with the way it is written."""


def claim_call(insert: Insert) -> ClaimCall:
    """Return what the arguments of a claim ask for."""
    args = list(insert.args)
    forms = {"change": ("amount", "word"), "compare": ("times",)}.get(insert.word, ())
    form = args.pop() if args and args[-1] in forms else ""
    match insert.word, args:
        case "change", [name, "since", since]:
            return ClaimCall((name,), since=since, form=form)
        case "change", [name, "since", since, "to", until]:
            return ClaimCall((name,), until, since, form)
        case ("compare", [one, other]) | ("share", [one, "of", other]):
            return ClaimCall((one, other), form=form)
        case ("compare", [one, other, period]) | ("share", [one, "of", other, period]):
            return ClaimCall((one, other), period, form=form)
        case "rank", [name] if name != "among":
            return ClaimCall((name,))
        case "rank", [name, "among", *others] if others:
            return ClaimCall((name, *others))
        case "rank", [name, period, "among", *others] if others:
            return ClaimCall((name, *others), period)
        case "rank", [name, period] if period != "among":
            return ClaimCall((name,), period)
    return ClaimCall((), slip="is not written as it should be")


def figures_named(insert: Insert) -> tuple[str, ...]:
    """Return the names of the figures that *insert* shows or compares, as they are typed."""
    if insert.word == "value":
        return insert.args[:1]
    return claim_call(insert).names if insert.word in CLAIMS else ()


def without_form(insert: Insert) -> str:
    """Return *insert* by its name alone, as an author would type it: `{{ value scope1 2018 }}` for any form of it."""
    args: tuple[str, ...] = insert.args
    if insert.word == "value":
        call = value_call(args)
        args = (call.name, *([call.period] if call.period else []))
    elif insert.word in CLAIMS and args[-1:] and args[-1] in ("amount", "word", "times"):
        args = args[:-1]
    elif insert.word == "term":
        args = args[:1]
    return "{{ " + " ".join((insert.word, *args)) + " }}"
