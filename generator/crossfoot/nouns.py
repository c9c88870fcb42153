"""What every noun of a report shares: frozen, no unknown keys, its place, and texts in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SkipValidation, model_validator

from crossfoot.places import NOWHERE, Place
from crossfoot.slips import numeral

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""An id the author chooses: small letters, digits and underscores, starting with a letter."""


Reference = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$")]
"""A name, looked up in the same section, or `section.name`."""


PeriodId = str
Flag = Annotated[bool, Field(strict=True)]
"""true or false, and nothing that only looks like it: `yes` is a text."""


class Noun(BaseModel):
    """What every noun shares: frozen, no unknown keys, and its place in the author's files."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    place: Annotated[Place, Field(exclude=True)] = NOWHERE
    """Where it stands; filled in by the reader, never typed."""
    places: Annotated[SkipValidation[Mapping[str, Place]], Field(exclude=True)] = {}
    """Where the values of its keys stand, the words of its lists and the keys below: `unit`, `disclosures[1]`,
    `codes.A1`; never typed."""

    @model_validator(mode="before")
    @classmethod
    def _take_place(cls, data: Any) -> Any:
        place = getattr(data, "place", None)
        if isinstance(data, Mapping) and isinstance(place, Place):
            for key in ("place", "places"):
                if key in data:
                    raise ValueError(f"'{key}' is not a known key|take it out, or choose another word")
            texts = _placed_texts(cls, data, getattr(data, "places", {}))
            return {**texts, "place": place, "places": placed_words(data)}
        return data

    def place_of(self, key: str, below: int | str | None = None) -> Place:
        """Return where the value of *key* stands, or the word, by number, or key *below* it; else the noun's place."""
        at = key if below is None else f"{key}[{below}]" if isinstance(below, int) else f"{key}.{below}"
        return self.places.get(at, self.places.get(key, self.place))


def placed_words(data: Mapping[str, Any]) -> Mapping[str, Place]:
    """Return where the value of each key of *data*, as the reader gives it, stands, and what is one step below it."""
    places: Mapping[str, Place] = getattr(data, "places", {})
    below: dict[str, Place] = {}
    for key, value in data.items():
        if isinstance(value, list):
            below |= {f"{key}[{index}]": at for index, at in enumerate(getattr(value, "places", ()))}
        elif isinstance(value, Mapping):
            below |= {f"{key}.{name}": at for name, at in getattr(value, "key_places", {}).items()}
    return {**places, **below} if below else places


def _placed_texts(kind: type[BaseModel], data: Mapping[str, Any], places: Mapping[str, Place]) -> dict[str, Any]:
    """Return *data* with the place of each text that is written once for all languages; the others know theirs."""

    def placed(value: Any, place: Place) -> Any:
        if isinstance(value, str):
            return {"by_language": {"*": value}, "place": place}
        inside = getattr(value, "places", None)
        if isinstance(value, list) and inside:
            return [placed(one, at) for one, at in zip(value, inside, strict=True)]
        return value

    done = dict(data)
    for key, value in data.items():
        field = kind.model_fields.get(key)
        of = (field.annotation, *get_args(field.annotation)) if field is not None else ()
        if Text not in of:
            continue
        below = getattr(value, "places", {})
        if get_origin(field.annotation if field else None) is Mapping and isinstance(value, Mapping):
            done[key] = {name: placed(one, below.get(name, NOWHERE)) for name, one in value.items()}
        else:
            done[key] = placed(value, places.get(key, NOWHERE))
    return done


class Text(Noun):
    """A wording in each language of the report; a plain string is the same in all of them."""

    by_language: Mapping[str, str]
    """Language id to wording; the key `*` stands for every language."""
    lent: Annotated[Mapping[str, str], Field(exclude=True)] = {}
    """The original's wording for a language that has none, where the report allows it; never typed."""

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"by_language": {"*": data}}
        if isinstance(data, Mapping) and "by_language" not in data:
            words = {key: value for key, value in data.items() if key != "place"}
            return {
                "by_language": words,
                "place": data.get("place", getattr(data, "place", NOWHERE)),
                "places": dict(getattr(data, "places", {})),
            }
        return data

    def get(self, language: str) -> str | None:
        """Return the wording in *language*, or the one that is shown in its place; None if it is missing."""
        return self.by_language.get(language, self.by_language.get("*", self.lent.get(language)))

    def is_missing(self, language: str) -> bool:
        """Return whether there is no wording in *language*, whatever is shown in its place."""
        return language not in self.by_language and "*" not in self.by_language

    def place_in(self, language: str) -> Place:
        """Return where the wording in *language* stands."""
        return self.places.get(language, self.place)


def _iso_date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(
                f"'{value}' is not a date|write a day that exists as YYYY-MM-DD, e.g. 2018-12-31"
            ) from None
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]


_NO_NUMBER = frozenset(("-", "\u2013", "\u2014", "--", "n/a", "na", "n.a.", "nil", "none", "tbc", "tbd", "?", "..."))


_HEDGES = {
    "~": "about", "\u2248": "about", "about": "about", "approx.": "about", "c.": "about", "約": "about",
    ">": "over", "over": "over", "more than": "over", "超過": "over", "\u2265": "at-least", ">=": "at-least",
    "<": "under", "less than": "under", "\u2264": "up-to", "<=": "up-to", "up to": "up-to", "nearly": "nearly",
}  # fmt: skip
"""What may stand before a figure in words or signs, as a qualifier."""


def number_hint(typed: str) -> str:
    """Return what to write instead of *typed*, which is meant to be a number."""
    number = numeral(typed)
    if number:
        return f"write {number}: a point for decimals, nothing between thousands"
    if typed.strip().casefold() in _NO_NUMBER:
        return "if there is none, write why: {omission: not-disclosed}"
    parts = re.fullmatch(r"\s*(?P<lead>\D*?)\s*(?P<number>[-+(]?\d[\d.,\s]*)(?P<unit>[^\d\s].*)?", typed)
    number = numeral(parts["number"]) if parts else None
    if parts and number and parts["lead"].casefold() in _HEDGES and not parts["unit"]:
        return f"write {{value: {number}, qualifier: {_HEDGES[parts['lead'].casefold()]}}}"
    ends = re.fullmatch(r"(.*\d)\s*[-~\u2013\u2014]\s*(\d.*)", typed)
    low, high = (numeral(ends[1]), numeral(ends[2])) if ends else (None, None)
    if low and high:
        return f"write {{value: {low}, upto: {high}, qualifier: range}}"
    unit = f"{parts['lead']}{parts['unit'] or ''}" if parts else ""
    if number and re.fullmatch(r"[^\W\d_]?[^\d:;]*|tCO2e?", unit) and not re.search(r"[=<>]", unit):
        return f"write {number}: what it is counted in stands under 'unit'"
    return "write digits, e.g. 1204.5: a point for decimals, nothing between thousands"
