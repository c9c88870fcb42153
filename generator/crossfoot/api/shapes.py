"""The pieces that the schemas of the API are made of: what an id, a number, a wording looks like."""

from __future__ import annotations

from typing import Any

from crossfoot.findings import CHECKS

Shape = dict[str, Any]
"""A JSON Schema."""

DECIMAL: Shape = {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"}
"""A number as a text, so that no digit is lost: no grouping, no exponent."""
ID: Shape = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*$"}
NAME: Shape = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"}
"""A figure, table or chart: `section.name`."""
WORD: Shape = {"type": "string", "minLength": 1}
DAY: Shape = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
FLAG: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
HREF: Shape = {"type": "string", "pattern": r"^[^\s/][^\s]*$"}
"""An address relative to the folder of the file it stands in."""
URL: Shape = {"type": "string", "pattern": r"^https?://\S+$"}
VERSION: Shape = {"type": "string", "pattern": r"^([0-9a-f]{12})?$"}
LANGUAGE: Shape = {"pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"}
TEXTS: Shape = {"type": "object", "minProperties": 1, "propertyNames": LANGUAGE, "additionalProperties": WORD}
"""A wording by language; a language that lacks it is left out."""
SAID: Shape = {"type": "object", "propertyNames": LANGUAGE, "additionalProperties": {"type": "string"}}
"""The same where a wording may be empty."""
HREFS: Shape = {"type": "object", "propertyNames": LANGUAGE, "additionalProperties": HREF}
CODE: Shape = {"type": "string", "pattern": r"^\S+ \S.*$"}
"""Framework and code: `hkex-2016 A1.2`."""
LINE: Shape = {"type": "string", "pattern": r"^.*:[0-9]+$"}
"""File and line in the data of the report."""


def closed(**properties: Shape) -> Shape:
    """Return an object that has these properties, every one of them, and no other."""
    found = {key.removesuffix("_"): shape for key, shape in properties.items()}
    return {"type": "object", "properties": found, "required": list(found), "additionalProperties": False}


def listed(shape: Shape) -> Shape:
    """Return a list of such values."""
    return {"type": "array", "items": shape}


def maybe(shape: Shape) -> Shape:
    """Return such a value, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


def one_of(*words: str) -> Shape:
    """Return one of these words."""
    return {"enum": list(words)}


INTERVAL = closed(low=maybe(DECIMAL), high=maybe(DECIMAL), low_open=FLAG, high_open=FLAG)
"""All numbers between two ends; an end that is null has no bound."""
STANDS_AT = listed(closed(page=ID, anchor=maybe(WORD), href=HREFS))
EVIDENCE = closed(
    figure=NAME,
    period=WORD,
    at=listed(ID),
    printed=maybe(DECIMAL),
    stands_for=maybe(INTERVAL),
    implies=maybe(INTERVAL),
)
CHECK = one_of(*CHECKS)
