"""Give every figure, wording and setting of a report a name that lasts, so that two versions can be held together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from crossfoot.model import Breakdown, Indicator, Noun, Observation, Report, Text
from crossfoot.narrative import Page
from crossfoot.places import NOWHERE, Place

Kind = Literal["figure", "text", "setting"]
"""A figure is one observation; a text is a wording in one language; a setting is any other key an author may write."""
_MADE = ("uses", "records", "glossary")
"""What a report holds that no reader sees."""
_HAN = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_SPACES = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a report says, with the name under which another version of the report says it too."""

    file: str
    """Of data, below its folder: `sections/environment.yaml`; of words, without their language: `environment.md`."""
    path: tuple[str | int, ...]
    """The keys down to it, a point of a list by its number from 1; in a page heading and number of the block."""
    kind: Kind
    said: str
    """The wording as typed, its inserts included, or the figure or setting in one form: `over 16000 person`."""
    place: Place
    language: str = ""
    """Empty for what is the same in all languages."""
    noun: Any = None
    """The observation, where kind is figure."""

    @property
    def key(self) -> str:
        """The name: `sections/environment.yaml indicators.ghg_total.label`, `environment.md operation.3`."""
        return f"{self.file} {'.'.join(map(str, self.path))}".rstrip()

    @property
    def group(self) -> str:
        """The name without the numbers of list points: what may stand several times, in an order."""
        return f"{self.file} {'.'.join('*' if isinstance(one, int) else one for one in self.path)}".rstrip()


def facts(report: Report, pages: tuple[Page, ...]) -> Iterator[Fact]:
    """Yield everything *report* and *pages* say, in the order of the report, its chapters and the files."""
    yield from facts_of_data(report)
    order = ["home", *report.file.chapters, *report.file.pages]
    rank = {name: number for number, name in enumerate(order)}
    for page in sorted(pages, key=lambda one: (rank.get(one.section, len(rank)), one.stem)):
        yield from facts_of_page(page)


def facts_of_data(report: Report) -> Iterator[Fact]:
    """Yield every figure, text and setting of the data; computed figures too, those of an indicator at its place."""
    for name, field in type(report).model_fields.items():
        if name not in (*_MADE, "place") and not field.exclude:
            yield from _of_file(getattr(report, name))


def facts_of_page(page: Page) -> Iterator[Fact]:
    """Yield the wordings of *page* - paragraphs, list points, cells - and as settings its headings and inserts."""
    file = f"{page.stem}.md"
    heading, number, inserts, line, marks = "", 0, 0, 0, ""
    for token in page.tokens:
        line = token.map[0] + 1 if token.map else line
        marks = token.markup if token.type == "heading_open" else marks
        if token.type not in ("inline", "insert_block", "fence", "code_block"):
            continue
        place = Place(page.file, line)
        inside = [child.meta["insert"] for child in token.children or () if child.type == "insert"]
        title = next((one for one in inside if one.word == "heading" and one.args), None)
        if title is None and token.type != "insert_block":
            number += 1
            where = (heading,) if heading else ()
            yield Fact(file, (*where, number), "text", token.content, place, page.language)
            continue
        if title is not None:
            heading, number = title.args[0], 0
        inserts += 1
        said = f"{marks} {title.raw}" if title is not None else token.meta["insert"].raw
        yield Fact(file, ("inserts", inserts), "setting", said, place, page.language)


def folded(words: str) -> str:
    """Return *words* as a reader sees them: white space counts once, and not at all between Chinese characters."""
    return " ".join(_SPACES.sub("", words).split())


def digest(said: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of *said*."""
    return hashlib.sha256(said.encode()).hexdigest()[:16]


# -- data ----------------------------------------------------------------------------------------------


def _of_file(value: Any) -> Iterator[Fact]:
    """Yield the facts of one file's noun, or of the nouns of one or several files by name."""
    if isinstance(value, BaseModel):
        yield from _of_noun(value, _file_of(value), (), NOWHERE)
    elif isinstance(value, Mapping):
        for name, below in value.items():
            file = _file_of(below)
            alone = file.rsplit("/", 1)[-1] == f"{name}.yaml"  # the whole file is this one noun
            yield from _of(below, file, () if alone else (name,), getattr(below, "place", NOWHERE))


def _file_of(noun: Any) -> str:
    place: Place = getattr(noun, "place", NOWHERE)
    return place.file.partition("/")[2]


def _of_noun(noun: BaseModel, file: str, path: tuple[str | int, ...], above: Place) -> Iterator[Fact]:
    """Yield the facts of *noun*, at its own place or at the one *above* it."""
    own: Place = getattr(noun, "place", NOWHERE)
    place = own if own != NOWHERE else above
    indicator = noun if isinstance(noun, Indicator) else None
    for name, field in type(noun).model_fields.items():
        value = getattr(noun, name)
        stated = isinstance(noun, Observation) and name in _STATED
        if stated or field.exclude or _is_unsaid(name, value, field):
            continue
        key = field.alias or name
        below = (*path, key)
        if indicator is not None and name in ("values", "breakdowns"):
            yield from _figures(value, indicator, file, below)
        else:
            at = noun.place_of(key) if isinstance(noun, Noun) else NOWHERE
            yield from _of(value, file, below, at if at != NOWHERE else place)


def _is_unsaid(name: str, value: Any, field: FieldInfo) -> bool:
    """Return whether the author did not write *value*: it is the default, or an id filled in by the reader."""
    if name == "kind" or field.is_required():
        return False
    return bool(name == "id" or value == field.get_default(call_default_factory=True))


def _of(value: Any, file: str, path: tuple[str | int, ...], place: Place) -> Iterator[Fact]:
    if isinstance(value, Text):
        for language, words in value.by_language.items():
            yield Fact(file, path, "text", words, value.place_in(language), language.strip("*"))
    elif isinstance(value, BaseModel):
        yield from _of_noun(value, file, path, place)
    elif isinstance(value, Mapping):
        for name, below in value.items():
            yield from _of(below, file, (*path, str(name)), place)
    elif isinstance(value, (tuple, list)) and any(isinstance(one, (BaseModel, Mapping)) for one in value):
        for number, below in enumerate(value, 1):
            yield from _of(below, file, (*path, number), place)
    elif value is not None:
        yield Fact(file, path, "setting", setting(value), place)


def setting(value: Any) -> str:
    """Return a plain value in one form: true, 12.50, 2018-12-31, `a, b`."""
    if isinstance(value, (tuple, list)):
        return ", ".join(setting(one) for one in value)
    if isinstance(value, (set, frozenset)):
        return ", ".join(sorted(setting(one) for one in value))  # a set has another order in each run
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


# -- figures -------------------------------------------------------------------------------------------

_STATED = ("value", "upto", "scale", "qualifier", "status", "omission", "printed", "restated", "boundary")
"""What `statement` says of an observation; its texts and whatever else it has are facts of their own."""


def statement(observation: Observation, indicator: Indicator) -> str:
    """Return one figure in one form: `over 16000 person`, `600 million cny; estimated; boundary offices`."""
    if observation.value is None:
        parts = [f"no value ({observation.omission})"]
        parts += [f"printed {observation.printed}"] if observation.printed != "value" else []
    else:
        number = setting(observation.value) + ("" if observation.upto is None else f" to {setting(observation.upto)}")
        hedge = "" if observation.qualifier in ("exact", "range") else f"{observation.qualifier} "
        scale = "" if observation.scale == "one" else f" {observation.scale}"
        parts = [f"{hedge}{number}{scale} {indicator.unit}"]
    if observation.status != "final":
        parts.append(observation.status)
    if observation.restated is not None:
        parts.append(f"was {setting(observation.restated.was)}")
    boundary = observation.boundary or indicator.boundary
    return "; ".join([*parts, *([f"boundary {boundary}"] if boundary else [])])


def figure_parts(fact: Fact) -> tuple[str, str, str]:
    """Return the indicator, the period, and the dimensions with the categories, '' for the whole."""
    section = fact.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    _, name, sort, *rest = (str(one) for one in fact.path)
    if sort == "values":
        return f"{section}.{name}", rest[0], ""
    return f"{section}.{name}", rest[1], f"{rest[0]}: {', '.join(rest[2:])}"


def _figures(value: Any, indicator: Indicator, file: str, path: tuple[str | int, ...]) -> Iterator[Fact]:
    """Yield the observations of *indicator*: by period, or by breakdown, period and category."""
    if isinstance(value, Observation):
        place = value.place if value.place != NOWHERE else indicator.place
        yield Fact(file, path, "figure", statement(value, indicator), place, noun=value)
        yield from _of_noun(value, file, path, place)
        if value.restated is not None:
            yield from _of(value.restated.reason, file, (*path, "restated", "reason"), value.restated.place)
    elif isinstance(value, Breakdown):
        if value.partial:
            yield Fact(file, (*path, "partial"), "setting", "true", value.place)
        yield from _figures(value.values, indicator, file, path)
    elif isinstance(value, Mapping):
        for name, below in value.items():
            yield from _figures(below, indicator, file, (*path, str(name)))
    else:
        for one in value:
            yield from _figures(one, indicator, file, (*path, "/".join(one.by)))
