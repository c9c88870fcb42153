"""Record an approved report, and say where the report no longer is what was approved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from crossfoot.identity import Fact, digest, facts, figure_parts, folded
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, Problems
from crossfoot.records import file_of, parsed

RECORD = "frozen.json"
_FORMAT = 1
_CURE = (
    "take it back from your version control; or lift the freeze with `crossfoot freeze --lift`,\n"
    "and freeze again once approved"
)
_REMEDY = "restore it, or lift the freeze with `crossfoot freeze --lift` and freeze again once approved"


@dataclass
class Frozen:
    """The approved state: what each figure said, and a hash for each figure, wording and setting."""

    note: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    """`environment.ghg_total 2018` -> `13093.58 tco2e`."""
    texts: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Group -> language ('' for all) -> the hash of each wording, in order; inserts and headings of a page too."""
    settings: dict[str, dict[str, str]] = field(default_factory=dict)
    """Owner -> key -> the hash of what is set there and below."""


def frozen_of(report: Report, pages: tuple[Page, ...], note: str = "") -> Frozen:
    """Return the state of *report* and *pages*; *note* is what the author wants to say about it."""
    return _Sorted(facts(report, pages)).frozen(note)


def count(frozen: Frozen) -> tuple[int, int]:
    """Return how many figures, and how many wordings in all languages, the state holds."""
    lists = (one for name, by in frozen.texts.items() if not _is_inserts(name) for one in by.values())
    return len(frozen.figures), sum(len(one) for one in lists)


def written(frozen: Frozen) -> str:
    """Return *frozen* as the record's text: JSON, one line a name, sorted, so that versions can be compared."""
    parts: dict[str, Mapping[str, Any]] = {
        "figures": {name: {"is": said, "sha256": digest(said)} for name, said in frozen.figures.items()},
        "texts": frozen.texts,
        "settings": frozen.settings,
    }
    head: dict[str, Any] = {"format": _FORMAT, "note": frozen.note}
    lines = [f" {_json(name)}: {_json(value)}," for name, value in head.items()]
    for name, entries in parts.items():
        rows = [f"  {_json(key)}: {_json(entries[key])}" for key in sorted(entries)]
        lines += [f" {_json(name)}: {{", ",\n".join(rows), " },"] if rows else [f" {_json(name)}: {{}},"]
    return "\n".join(["{", *lines, f' "sha256": {_json(digest(_json({**head, **parts})))}', "}", ""])


def read(text: str) -> Frozen:
    """Return the state that the record's *text* holds.

    Raises:
        Problems: the record is damaged, was changed by hand, or is of another format.
    """
    found = parsed(text, RECORD, _CURE)
    if found.get("format") != _FORMAT:
        message = f"the record is of format {found.get('format', 'unknown')!r}, this version reads {_FORMAT}"
        raise Problems([Problem(Place(file_of(RECORD)), message, _CURE, rule="record")])
    seal = found.pop("sha256", None)
    if seal != digest(_json(found)):
        message = "the record of the freeze was changed by hand"
        raise Problems([Problem(Place(file_of(RECORD)), message, _CURE, rule="record")])
    figures = {name: one["is"] for name, one in found["figures"].items()}
    return Frozen(found["note"], figures, found["texts"], found["settings"])


def differences(frozen: Frozen, report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Yield a problem for each figure, wording and setting that is not as it was frozen, at its place."""
    now = _Sorted(facts(report, pages))
    yield from _figures(frozen, now, report)
    for group in dict.fromkeys((*now.texts, *frozen.texts)):
        was, is_ = frozen.texts.get(group, {}), now.texts.get(group, {})
        for language in dict.fromkeys((*is_, *was)):
            yield from _texts(group, language, was.get(language, []), is_.get(language, []), now)
    yield from _settings(frozen, now)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


class _Sorted:
    """The facts of a report by the names under which they are frozen."""

    def __init__(self, found: Iterator[Fact]) -> None:
        self.figures: dict[str, Fact] = {}
        self.texts: dict[str, dict[str, list[Fact]]] = {}
        self.settings: dict[str, dict[str, list[Fact]]] = {}
        self.files: dict[tuple[str, str], Place] = {}
        """The first place of each file in each language."""
        for fact in found:
            self.files.setdefault((fact.file, fact.language), Place(fact.place.file))
            if fact.kind == "figure":
                name = figure_name(fact)
                while name in self.figures:
                    name += " again"
                self.figures[name] = fact
            elif fact.kind == "text" or fact.language:
                self.texts.setdefault(fact.group, {}).setdefault(fact.language, []).append(fact)
            else:
                owner, key = owner_and_key(fact)
                self.settings.setdefault(owner, {}).setdefault(key, []).append(fact)

    def frozen(self, note: str) -> Frozen:
        texts = {
            group: {language: [_text_hash(one) for one in found] for language, found in by.items()}
            for group, by in self.texts.items()
        }
        settings = {
            owner: {key: _setting_hash(found) for key, found in by.items()} for owner, by in self.settings.items()
        }
        return Frozen(note, {name: fact.said for name, fact in self.figures.items()}, texts, settings)


def figure_name(fact: Fact) -> str:
    """Return the name of a figure: `environment.ghg_total 2018`, `people.women 2018 region/gender: asia, female`."""
    indicator, period, parts = figure_parts(fact)
    return f"{indicator} {period}" + (f" {parts}" if parts else "")


def owner_and_key(fact: Fact) -> tuple[str, str]:
    """Return whose setting it is and under which key: (`sections/fleet.yaml indicators.ghg`, `sum`)."""
    names = [str(one) for one in takewhile(lambda one: isinstance(one, str), fact.path)]
    above = names[: min(2, len(names) - 1)]
    return f"{fact.file} {'.'.join(above)}".rstrip(), names[len(above)]


def _text_hash(fact: Fact) -> str:
    return digest(folded(fact.said))


def _setting_hash(found: list[Fact]) -> str:
    return digest("\n".join(f"{fact.key} = {fact.said}" for fact in found))


def _is_inserts(group: str) -> bool:
    return group.endswith(".md inserts.*")


# -- what an author is told ----------------------------------------------------------------------------


def _figures(frozen: Frozen, now: _Sorted, report: Report) -> Iterator[Problem]:
    for name, fact in now.figures.items():
        was = frozen.figures.get(name)
        indicator, period, parts = figure_parts(fact)
        when = f"in {period}" + (f" ({parts})" if parts else "")
        if was is None:
            yield Problem(
                fact.place, f"'{indicator}' has a figure {when} that the frozen report does not have", _REMEDY
            )
        elif was != fact.said:
            now_, then = _apart(fact.said, was)
            yield Problem(fact.place, f"'{indicator}' is {now_} {when}, the frozen report says {then}", _REMEDY)
    for name in sorted(frozen.figures.keys() - now.figures.keys()):
        indicator, _, when = name.partition(" ")
        found, section = report.indicator(indicator), report.sections.get(indicator.split(".")[0])
        place = found.place if found else Place(section.place.file) if section else Place("data")
        yield Problem(
            place, f"'{indicator}' has no figure in {when}, the frozen report says {frozen.figures[name]}", _REMEDY
        )


def _apart(now: str, was: str) -> tuple[str, str]:
    """Return what differs between two statements: the parts that only one of them has, or both whole."""
    ours, theirs = now.split("; "), was.split("; ")
    mine, his = [one for one in ours if one not in theirs], [one for one in theirs if one not in ours]
    return ("; ".join(mine), "; ".join(his)) if mine and his else (now, was)


def _texts(group: str, language: str, was: list[str], found: list[Fact], now: _Sorted) -> Iterator[Problem]:
    """Yield what was changed, added and taken out among the wordings that stand under one name, in their order."""
    hashes = [_text_hash(fact) for fact in found]
    if hashes == was:
        return
    for word, low, high, start, end in SequenceMatcher(None, was, hashes, autojunk=False).get_opcodes():
        if word == "equal":
            continue
        paired = min(high - low, end - start)
        for number in range(start, end):
            fact = found[number]
            differs = "is not what the frozen report says" if number < start + paired else "is not in the frozen report"
            yield Problem(fact.place, f"{_named(fact)} {differs}", _REMEDY)
        for _ in range(high - low - paired):
            near = found[min(end, len(found) - 1)].place if found else _home(group, language, now)
            yield Problem(near, f"{_gone(group, language)} that the frozen report has is gone", _REMEDY)


def _named(fact: Fact) -> str:
    if not fact.file.endswith(".md"):
        return f"'{'.'.join(map(str, fact.path))}'" + (f" in '{fact.language}'" if fact.language else "")
    if _is_inserts(fact.group):
        return f"'{fact.said}'"
    *under, number = fact.path
    return f"block {number} " + (f"under '{under[0]}'" if under else "at the beginning")


def _gone(group: str, language: str) -> str:
    file, _, path = group.partition(" ")
    if _is_inserts(group):
        return "a heading, table or chart"
    if file.endswith(".md"):
        heading = path.removesuffix("*").rstrip(".")
        return "a block " + (f"under '{heading}'" if heading else "at the beginning")
    return f"'{path}'" + (f" in '{language}'" if language else "")


def _home(group: str, language: str, now: _Sorted) -> Place:
    """Return the file in which the group stands, or would stand."""
    file = group.partition(" ")[0]
    folder = f"content/{language}" if file.endswith(".md") else "data"
    return now.files.get((file, language), Place(f"{folder}/{file}"))


def _settings(frozen: Frozen, now: _Sorted) -> Iterator[Problem]:
    for owner in dict.fromkeys((*now.settings, *frozen.settings)):
        was, found = frozen.settings.get(owner, {}), now.settings.get(owner, {})
        path = owner.partition(" ")[2]
        of = f" of '{path}'" if path else ""
        for key, fact in found.items():
            if key not in was:
                yield Problem(fact[0].place, f"'{key}'{of} is not in the frozen report", _REMEDY)
            elif was[key] != _setting_hash(fact):
                yield Problem(fact[0].place, f"'{key}'{of} is not what the frozen report says", _REMEDY)
        for key in sorted(was.keys() - found.keys()):
            place = next(iter(found.values()))[0].place if found else _home(owner, "", now)
            yield Problem(place, f"'{key}'{of}, which the frozen report has, is gone", _REMEDY)
