"""What the translator's commands do: tell which translations fell behind their originals, and accept them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossfoot import read_report
from crossfoot.accepted import record_file, recorded, written
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, Problems, did_you_mean
from crossfoot.records import write
from crossfoot.translations import Comparison, Judged, State, accept, compared

_SAID: dict[State, str] = {
    "stale": "the original has changed since the translation was accepted",
    "edited": "the translation has changed, its original has not",
    "new": "not yet accepted",
    "missing": "there is no translation",
}
_AT = re.compile(r"(.+?):(\d+)(?::(\d+))?")
_LONGEST = 60
_ALONE = "the report has one language: there is nothing to translate"


@dataclass(frozen=True)
class Status:
    """How the translations of a report stand, those that were asked for."""

    comparisons: tuple[Comparison, ...]
    chosen: tuple[tuple[Judged, ...], ...]
    """For each language, in the order of the report's files."""

    @property
    def is_stale(self) -> bool:
        """Whether any translation fell behind its original."""
        return any(one.state == "stale" for judged in self.chosen for one in judged)


def status_of(folder: Path, names: Sequence[str] = ()) -> Status:
    """Return how the translations of the report in *folder* stand, or those that *names* name.

    Raises:
        Problems: the report or a record cannot be read, or a name names nothing.
    """
    report, pages = read_report(folder)
    found = tuple(compared(report, pages, one.id) for one in report.languages[1:])
    return Status(found, _chosen(found, names, folder) if names else tuple(one.judged for one in found))


# -- names ---------------------------------------------------------------------------------------------


def _chosen(comparisons: Sequence[Comparison], names: Sequence[str], folder: Path) -> tuple[tuple[Judged, ...], ...]:
    """Return the texts that *names* name, for each language.

    Raises:
        Problems: every name that names nothing, or texts of several files without saying which.
    """
    every = [one for comparison in comparisons for one in comparison.judged]
    problems: list[Problem] = []
    keys: set[tuple[str, str, str]] = set()
    for name in names:
        found = _named(every, name, folder)
        files = {one.pair.file for one in found}
        if not found:
            problems.append(_unknown(name, every))
        elif len(files) > 1 and not name.endswith((".md", ".yaml")):
            full = sorted({_full(one, name) for one in found})
            hint = "write one of them: " + ", ".join(full[:12]) + (" ..." if len(full) > 12 else "")
            problems.append(Problem(Place(name), f"it names texts of {len(files)} files", hint, rule="translations"))
        keys |= {(one.pair.place.file, *one.pair.key) for one in found}
    if problems:
        raise Problems(problems)
    return tuple(
        tuple(one for one in comparison.judged if (one.pair.place.file, *one.pair.key) in keys)
        for comparison in comparisons
    )


def _named(judged: Sequence[Judged], name: str, folder: Path) -> list[Judged]:
    """Return the texts called *name*: a file, a line of one, a path of keys, a page and its heading."""
    at = _AT.fullmatch(name)
    file = _inside(at[1] if at else name, folder)
    in_file = [one for one in judged if file in _files(one)]
    if at is None:
        dotted = [one for one in judged if _begins(one.pair.path, name) or _begins(one.pair.name, name)]
        return in_file or dotted or [one for one in judged if f"{one.pair.file} {one.pair.path}" == name]
    line, column = int(at[2]), int(at[3] or 0)
    exact = [one for one in in_file if any((at.line, at.column) == (line, column) for at in _places(one, file))]
    above = [(at.line, one) for one in in_file for at in _places(one, file) if 0 < at.line <= line]
    nearest = max((above_ for above_, _ in above), default=0)
    return exact or [one for above_, one in above if above_ == nearest]


def _inside(file: str, folder: Path) -> str:
    """Return *file* as messages name it, wherever the command was typed."""
    path = Path(file)
    if path.exists() and path.resolve().is_relative_to(folder.resolve()):
        return path.resolve().relative_to(folder.resolve()).as_posix()
    return path.as_posix()


def _files(one: Judged) -> set[str]:
    pair = one.pair
    names = {pair.file, pair.original.place.file, pair.place.file}
    return names | {name.partition("/")[2] for name in names}


def _places(one: Judged, file: str) -> set[Place]:
    """Return where in *file* a text stands, in any language."""
    return {place for place in (one.pair.original.place, one.pair.place) if place.file.endswith(file)}


def _begins(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}.")


def _full(one: Judged, name: str) -> str:
    return f"{one.pair.name.removesuffix(one.pair.path)}{name}"


def _unknown(name: str, judged: Sequence[Judged]) -> Problem:
    files = {one.pair.original.place.file for one in judged} | {one.pair.place.file for one in judged}
    if _AT.fullmatch(name) or "/" in name:
        hint = did_you_mean(name.partition(":")[0], files)
    else:
        heads = {one.pair.name.rpartition(".")[0] for one in judged}
        hint = did_you_mean(name, {one.pair.name for one in judged} | {one.pair.path for one in judged} | heads)
    hint = hint or "write a file, FILE:LINE, a path of keys, or PAGE.HEADING, as `crossfoot translations status` does"
    return Problem(Place(name), "there is no such text", hint, rule="translations")


# -- telling -------------------------------------------------------------------------------------------


def status_text(status: Status) -> Iterator[str]:
    """Yield what *status* says, line by line: every text that is not as it was accepted, then numbers a file."""
    if not status.comparisons:
        yield _ALONE
    for comparison, chosen in zip(status.comparisons, status.chosen, strict=True):
        if not comparison.begun:
            yield f"{comparison.language}: no translation is recorded yet; crossfoot translations accept --all begins"
            yield from _missing(chosen)
            continue
        for one in chosen:
            yield from _told(one)
        for place in comparison.unlike:
            yield f"{place}: the paragraphs under this heading do not correspond to the original's; not compared"
        yield from _counts(comparison, chosen)


def _missing(chosen: Sequence[Judged]) -> Iterator[str]:
    for one in chosen:
        if one.state == "missing":
            yield from _told(one)


def _told(one: Judged) -> Iterator[str]:
    if one.state == "fresh":
        return
    pair = one.pair
    said = "original and translation have both changed" if one.both_changed else _SAID[one.state]
    yield f"{pair.place}: {one.state}: {pair.name}"
    yield f"    {said}"
    yield f"    {pair.original.language or '*'}: {_short(pair.original.said)}    {pair.original.place}"
    if pair.translation is not None:
        yield f"    {pair.translation.language or '*'}: {_short(pair.translation.said)}"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 3] + "..."


def _counts(comparison: Comparison, chosen: Sequence[Judged]) -> Iterator[str]:
    """Yield the numbers of each file where something is to be done, and of all files."""
    files: dict[str, Counter[State]] = {}
    for one in chosen:
        files.setdefault(one.pair.file, Counter())[one.state] += 1
    for file, counts in files.items():
        if counts.keys() - {"fresh"}:
            yield f"  {file}: {_numbers(counts)}"
    total: Counter[State] = sum(files.values(), Counter())
    gone = f", {len(comparison.gone)} gone" if comparison.gone else ""
    yield f"{comparison.language}: {_numbers(total)}{gone}"


def _numbers(counts: Counter[State]) -> str:
    states: tuple[State, ...] = ("stale", "edited", "new", "missing", "fresh")
    return ", ".join(f"{counts[state]} {state}" for state in states if counts[state]) or "no texts"


def status_json(status: Status) -> str:
    """Return *status* as JSON: for each language whether its record was begun, and every text with its state."""
    rows = [
        {
            "language": comparison.language,
            "recorded": comparison.begun,
            "gone": [f"{file} {path}" for file, path in sorted(comparison.gone)],
            "not_compared": [str(place) for place in comparison.unlike],
            "texts": [_row(one) for one in chosen if one.state != "fresh"],
            "fresh": sum(one.state == "fresh" for one in chosen),
        }
        for comparison, chosen in zip(status.comparisons, status.chosen, strict=True)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _row(one: Judged) -> dict[str, object]:
    pair = one.pair
    return {
        "state": one.state,
        "name": pair.name,
        "file": pair.file,
        "path": pair.path,
        "both_changed": one.both_changed,
        "place": str(pair.place) if pair.translation is not None else "",
        "words": pair.translation.said if pair.translation is not None else "",
        "original_place": str(pair.original.place),
        "original_words": pair.original.said,
    }


# -- accepting -----------------------------------------------------------------------------------------


def accept_translations(folder: Path, names: Sequence[str] = ()) -> Iterator[str]:
    """Write down that the translations that *names* name - all, if it is empty - say what their originals say now.

    Yields what was done, a line a language. With all, a record that cannot be read is written anew.

    Raises:
        Problems: the report or a record cannot be read or written, or a name names nothing; then nothing is written.
    """
    report, pages = read_report(folder)
    comparisons = tuple(_readable(report, pages, one.id, anew=not names) for one in report.languages[1:])
    chosen = _chosen(comparisons, names, folder) if names else tuple(one.judged for one in comparisons)
    if not comparisons:
        yield _ALONE
    for comparison, judged in zip(comparisons, chosen, strict=True):
        if names and not judged:
            continue
        name = record_file(comparison.language)
        text = written(accept(comparison, judged), report.languages[0].id, comparison.language)
        if report.records.get(name) != text:
            write(folder, name, text)
        yield _done(comparison, judged)
        for place in comparison.unlike:
            yield f"{place}: the paragraphs under this heading do not correspond to the original's; not accepted"


def _readable(report: Report, pages: tuple[Page, ...], language: str, *, anew: bool) -> Comparison:
    """Return the comparison with the record of *language*; with *anew*, one that cannot be read counts for none."""
    if anew:
        try:
            recorded(report, language)
        except Problems:
            records = {key: text for key, text in report.records.items() if key != record_file(language)}
            report = report.model_copy(update={"records": records})
    return compared(report, pages, language)


def _done(comparison: Comparison, judged: Sequence[Judged]) -> str:
    counts: Counter[State] = Counter(one.state for one in judged)
    states: tuple[State, ...] = ("stale", "edited", "new")
    parts = [f"{counts[state]} {state}" for state in states if counts[state]]
    gone = f"; {len(comparison.gone)} gone, taken out" if comparison.gone else ""
    return f"{comparison.language}: {', '.join(parts) + ' accepted' if parts else 'nothing to accept'}{gone}"
