"""Turn a value that does not fit the model into one clear sentence for the author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from crossfoot.model import number_hint
from crossfoot.places import Place, Problem, did_you_mean
from crossfoot.yamlfile import Document

Loc = tuple[str | int, ...]
_INNER = re.compile(r"\n?at (?P<file>.+):(?P<line>\d+):(?P<column>\d+)$")
"""Where inside the value the misfit is, as `model.Breakdown` says it at the end of its hint."""
_OURS = frozenset(("id", "place", "places"))
"""Fields that the reader fills in."""
_NOUNS = {"dict": "keys with values below it", "list": "a list", "text": "a text", "number": "a number"}


def problems_of(error: ValidationError, document: Document, shape: str, schema: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield one problem for each misfit that pydantic found in *document*."""
    errors = error.errors(include_url=False)
    slips = [found["loc"] for found in errors if found["type"] == "extra_forbidden"]
    for found in errors:
        if found["type"] == "missing" and any(_meant(one, found["loc"]) for one in slips):
            continue  # it is there, misspelt
        message, hint, at_key = _said(found, schema)
        loc: Loc = found["loc"]
        place: Place = document.key_place(loc) if at_key else document.place(loc)
        if inner := _INNER.search(hint):
            place, hint = Place(inner["file"], int(inner["line"]), int(inner["column"])), hint[: inner.start()]
        yield Problem(place, message, hint, rule=f"shape-{shape}")


def _meant(slip: Loc, missing: Loc) -> bool:
    """Return whether the unknown key at *slip* stands for the key that is missing beside it."""
    return slip[:-1] == missing[:-1] and bool(did_you_mean(str(slip[-1]), [str(missing[-1])]))


def _said(found: Any, schema: Mapping[str, Any]) -> tuple[str, str, bool]:
    kind, loc, value, ctx = found["type"], found["loc"], found["input"], found.get("ctx", {})
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    match kind:
        case "extra_forbidden":
            return (
                f"'{name}' is not a known key",
                did_you_mean(name, _keys_at(schema, loc[:-1]) - _OURS, listed="keys here"),
                True,
            )
        case "missing":
            return f"'{name}' is missing", f"add '{name}:' here", False
        case "value_error":
            message, _, hint = str(ctx["error"]).partition("|")
            return message, hint, False
        case "literal_error" | "enum":
            expected = re.findall(r"'([^']*)'", str(ctx.get("expected", "")))
            return (
                f"'{_shown(value)}' is not one of the words allowed for '{name}'",
                did_you_mean(str(value), expected, listed="allowed"),
                False,
            )
        case "union_tag_invalid":
            expected = re.findall(r"'([^']*)'", str(ctx.get("expected_tags", "")))
            tag = str(ctx.get("tag", ""))
            return f"there is no kind '{tag}'", did_you_mean(tag, expected, listed="kinds"), False
        case "union_tag_not_found":
            return (
                "'kind' is missing",
                "say which kind it is, e.g. 'kind: years' for a table, 'kind: bar' for a chart",
                False,
            )
        case "string_pattern_mismatch":
            return (
                f"'{_shown(value)}' cannot be a name",
                "use small letters, digits and _, starting with a letter",
                False,
            )
        case "string_type":
            if isinstance(value, (Decimal, bool)):
                typed = str(value).lower() if isinstance(value, bool) else str(value)
                return f"{typed} stands where a text belongs", f'put it in quotes: "{typed}"', False
            return f"{_what(value)} stands where a text belongs", "write the words", False
        case _ if kind.startswith(("decimal_", "int_", "is_instance")):
            return f"'{_shown(value)}' is not a number", number_hint(str(value)), False
        case _ if kind.startswith("date_"):
            return f"'{_shown(value)}' is not a date", "write a day that exists as YYYY-MM-DD, e.g. 2018-12-31", False
        case "model_type" | "model_attributes_type" | "dict_type" if ctx.get("class_name") == "Text":
            words = f'put it in quotes: "{_shown(value)}"' if isinstance(value, (Decimal, bool)) else "write the words"
            return f"{_what(value)} stands where a text belongs", words, False
        case "model_type" | "model_attributes_type" | "dict_type" if ctx.get("class_name") == "Observation":
            hint = "write the number, or why there is none: {omission: not-disclosed}"
            return f"{_what(value)} stands where a number belongs", hint, False
        case "bool_type" | "bool_parsing":
            return f"'{_shown(value)}' is neither true nor false", "write true or false", False
        case "greater_than_equal" | "less_than_equal":
            limit = ctx.get("ge", ctx.get("le"))
            side = "smaller than" if "ge" in ctx else "larger than"
            return f"{value} is {side} {limit}", f"write a number that is not {side} {limit}", False
        case _:
            is_spare = name in _keys_at(schema, loc[:-1]) - _keys_at(schema, loc[:-1], only="required")
            belongs = (
                "a list" if kind in ("tuple_type", "list_type", "frozen_set_type") else "keys with values below it"
            )
            return (
                f"{_what(value)} stands where {belongs} belong{'s' if belongs == 'a list' else ''}",
                _layout(belongs, name) + (f"\nor take '{name}:' out" if value is None and is_spare else ""),
                False,
            )


def _layout(belongs: str, name: str) -> str:
    if belongs == "a list":
        return f"write {name}: [one, two], or one '- ' line each"
    return "write 'key: value' lines below it, indented by two spaces"


def _what(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a group of keys"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"'{_shown(value)}'"


def _shown(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _keys_at(schema: Mapping[str, Any], loc: Loc, only: str = "properties") -> set[str]:
    """Return the keys that the schema allows at *loc*, or *only* the "required"; tags of unions choose a branch."""
    definitions = schema.get("$defs", {})
    branches = [schema]
    for part in loc:
        following: list[Mapping[str, Any]] = []
        for branch in _open(branches, definitions):
            mapping = branch.get("discriminator", {}).get("mapping", {})
            if part in mapping:
                following.append({"$ref": mapping[part]})
            elif isinstance(part, int):
                following += [
                    one for one in (branch.get("items"), *branch.get("prefixItems", ())) if isinstance(one, Mapping)
                ]
            elif part in branch.get("properties", {}):
                following.append(branch["properties"][part])
            else:
                free = [branch.get("additionalProperties"), *branch.get("patternProperties", {}).values()]
                following += [one for one in free if isinstance(one, Mapping)]
        branches = following or branches
    return {key for branch in _open(branches, definitions) for key in branch.get(only, ())}


def _open(branches: list[Mapping[str, Any]], definitions: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return *branches* with references followed and unions taken apart; discriminated unions stay whole as well."""
    done: list[Mapping[str, Any]] = []
    todo = list(branches)
    while todo:
        branch = todo.pop()
        if "$ref" in branch:
            todo.append(definitions[branch["$ref"].rsplit("/", 1)[1]])
            continue
        done.append(branch)
        for key in ("anyOf", "oneOf", "allOf"):
            if not (key == "oneOf" and "discriminator" in branch):
                todo += branch.get(key, ())
    return done
