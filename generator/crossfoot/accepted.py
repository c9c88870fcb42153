"""The record of accepted translations: the fingerprints of both wordings of each text, when they were accepted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import NamedTuple

from crossfoot.identity import digest
from crossfoot.inserts import PATTERN, read, without_form
from crossfoot.model import Report
from crossfoot.places import Place, Problem, Problems
from crossfoot.records import file_of, parsed

CURE = "look the translations over, then write the record anew: crossfoot translations accept --all"
_NOTE = "written by: crossfoot translations accept"
_ENTRY = re.compile(r"[0-9a-f]{16} [0-9a-f]{16}")
_SPACE = re.compile(r"\s+")
Key = tuple[str, str]
"""File and path: (`sections/environment.yaml`, `indicators.ghg_total.label`)."""


class Entry(NamedTuple):
    """What the record holds of one text: the fingerprints of both wordings when they were accepted."""

    original: str
    translation: str


def record_file(language: str) -> str:
    """Return the name of the record of *language*, in data/records."""
    return f"translations.{language}.json"


def fingerprint(words: str) -> str:
    """Return 16 hexadecimal digits for *words*; white space does not count, nor the form of an insert."""
    return digest(_SPACE.sub("", PATTERN.sub(lambda match: without_form(read(match)), words)))


def recorded(report: Report, language: str) -> dict[Key, Entry] | None:
    """Return what the record of *language* holds; None where there is no record.

    Raises:
        Problems: one, if the record is damaged, was changed by hand or was made against another reference language.
    """
    name, reference = record_file(language), report.languages[0].id
    text = report.records.get(name)
    if text is None:
        return None
    found = parsed(text, name, CURE)
    files = found.get("texts")
    files = files if isinstance(files, dict) else {}
    rows = [
        (file, path, said) for file, texts in files.items() if isinstance(texts, dict) for path, said in texts.items()
    ]
    entries = {(file, path): Entry(*said.split()) for file, path, said in rows if _ENTRY.fullmatch(str(said))}
    for key, value in (("reference", reference), ("language", language)):
        if isinstance(found.get(key), str) and found[key] != value:
            raise _changed(text, f'"{key}"', name, f"the {key} is '{value}' now, but '{found[key]}' in the record")
    ours = written(entries, reference, language).split("\n")
    for line, (is_, was) in enumerate(zip_longest(text.split("\n"), ours), 1):
        if is_ != was:
            place = Place(file_of(name), min(line, text.count("\n") + 1))
            raise Problems([Problem(place, "the record was changed by hand", CURE, rule="record")])
    return entries


def _changed(text: str, key: str, name: str, message: str) -> Problems:
    at = max(text.find(key), 0)
    place = Place(file_of(name), text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return Problems([Problem(place, message, CURE, rule="record")])


def written(entries: Mapping[Key, Entry], reference: str, language: str) -> str:
    """Return the record as JSON, a line a text, sorted, so that two people's changes can be merged."""
    head = {"record": "translations", "note": _NOTE, "reference": reference, "language": language}
    files: dict[str, list[str]] = {}
    for file, path in sorted(entries, key=_order):
        entry = entries[file, path]
        line = f"   {json.dumps(path, ensure_ascii=False)}: {json.dumps(' '.join(entry))}"
        files.setdefault(file, []).append(line)
    shown = (f"  {json.dumps(file)}: {{\n" + ",\n".join(lines) + "\n  }" for file, lines in files.items())
    texts = ' "texts": {' + ("\n" if files else "") + ",\n".join(shown) + ("\n }" if files else "}")
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    return "{\n" + ",\n".join([*lines, texts]) + "\n}\n"


def _order(key: Key) -> tuple[str, list[tuple[int, int, str]]]:
    """Sort by file, then by path, numbers by their size."""
    steps = key[1].split(".")
    return key[0], [(0, int(one), "") if one.isdecimal() else (1, 0, one) for one in steps]
