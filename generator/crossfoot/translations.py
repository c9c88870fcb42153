"""Which translation was made from which original: a record of both wordings, so that one that fell behind is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from crossfoot.accepted import Entry, Key, fingerprint, recorded
from crossfoot.identity import Fact, facts
from crossfoot.inserts import PATTERN
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem
from crossfoot.structure import differences, parts

State = Literal["stale", "edited", "new", "missing", "fresh"]
"""stale: the original has changed since the translation was accepted. edited: only the translation has. new: never
accepted. missing: there is no translation. fresh: as it was accepted."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in the reference language and in another."""

    file: str
    """Without the language: `sections/environment.yaml`, `environment.md`."""
    path: str
    """`indicators.ghg_total.label`; in a page the heading and a number: `operation.3`."""
    original: Fact
    translation: Fact | None

    @property
    def key(self) -> Key:
        """File and path."""
        return self.file, self.path

    @property
    def name(self) -> str:
        """How the text is called: `environment.operation.3`, `environment.indicators.ghg_total.label`."""
        return f"{self.file.rsplit('/', 1)[-1].rpartition('.')[0]}.{self.path}"

    @property
    def place(self) -> Place:
        """Where the translation stands, or where its original does if there is none."""
        return (self.translation or self.original).place

    @property
    def entry(self) -> Entry:
        """The fingerprints of both wordings as they are."""
        return Entry(fingerprint(self.original.said), fingerprint(self.translation.said if self.translation else ""))


@dataclass(frozen=True, slots=True)
class Judged:
    """One text, and how its translation stands."""

    pair: Pair
    state: State
    entry: Entry | None = None
    """What the record holds of it, wherever it stood when it was accepted."""

    @property
    def both_changed(self) -> bool:
        """Whether a stale translation has changed too, so that it may only need to be accepted."""
        return (
            self.state == "stale" and self.entry is not None and self.entry.translation != self.pair.entry.translation
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """All texts of one language against its record."""

    language: str
    judged: tuple[Judged, ...]
    begun: bool
    """Whether there is a record at all."""
    gone: Mapping[Key, Entry]
    """What the record holds of texts that are no more."""
    kept: Mapping[Key, Entry]
    """What it holds of parts of pages that cannot be compared, because their paragraphs do not correspond."""
    unlike: tuple[Place, ...]
    """Where those parts stand in the translation."""


def compared(report: Report, pages: tuple[Page, ...], language: str) -> Comparison:
    """Return how every text in *language* stands against the record.

    Raises:
        Problems: the record cannot be read.
    """
    entries = recorded(report, language)
    pairs, unlike = pairs_of(report, pages, language)
    judged, gone = judge(pairs, entries or {})
    kept = {key: entry for key, entry in gone.items() if _heading(key) in unlike}
    gone = {key: entry for key, entry in gone.items() if key not in kept}
    return Comparison(language, judged, entries is not None, gone, kept, tuple(sorted(unlike.values())))


def _heading(key: Key) -> Key:
    file, path = key
    return file, path.rpartition(".")[0]


# -- texts and their translations ----------------------------------------------------------------------


def pairs_of(report: Report, pages: tuple[Page, ...], language: str) -> tuple[list[Pair], dict[Key, Place]]:
    """Return every text that has words, in the order of the report, with its translation into *language*.

    The second part names headings, by file and id, under which the paragraphs of the two pages do not correspond;
    nothing is said of what stands under them.
    """
    reference = report.languages[0].id
    unlike = _unlike(pages, reference, language)
    found: dict[Key, dict[str, Fact]] = {}
    for fact in facts(report, pages):
        if fact.kind == "text" and fact.language in (reference, language, ""):
            found.setdefault((fact.file, ".".join(map(str, fact.path))), {})[fact.language] = fact
    pairs = []
    for (file, path), wordings in found.items():
        original = wordings.get(reference, wordings.get(""))
        translation = wordings.get(language, wordings.get(""))
        if original is None or original is translation or _heading((file, path)) in unlike:
            continue
        if any(_LETTER.search(PATTERN.sub("", one.said)) for one in (original, translation or original)):
            pairs.append(Pair(file, path, original, translation))
    return pairs, unlike


def _unlike(pages: tuple[Page, ...], reference: str, language: str) -> dict[Key, Place]:
    """Return each heading under which a page differs in structure from its original, with its place."""
    found: dict[Key, Place] = {}
    originals = {page.stem: page for page in pages if page.language == reference}
    for page in pages:
        if page.language != language or page.stem not in originals:
            continue
        ours, theirs = parts(page), parts(originals[page.stem])
        for heading in ours.keys() & theirs.keys():
            if any(differences(ours[heading], theirs[heading])):
                found[f"{page.stem}.md", heading] = Place(page.file, ours[heading].line)
    return found


# -- judging -------------------------------------------------------------------------------------------


def judge(pairs: Sequence[Pair], entries: Mapping[Key, Entry]) -> tuple[tuple[Judged, ...], dict[Key, Entry]]:
    """Return how each of *pairs* stands against *entries*, in their order, and the entries that none of them took.

    A pair of wordings that was accepted once is fresh wherever it stands, so what only moves is never stale. Each
    entry is taken by one text: first by the one it was made for, then by one it shares a wording with in the same
    file, last by whatever stands in its place now.
    """
    free = dict(entries)
    taken: dict[Key, Entry] = {}
    accepted = set(entries.values())
    now = {pair.key: pair.entry for pair in pairs if pair.translation is not None}
    fresh = {key for key, entry in now.items() if entry in accepted}

    def take(key: Key, source: Key | None) -> None:
        if source is not None and source in free:
            taken[key] = free.pop(source)

    for key in fresh:
        if entries.get(key) == now[key]:
            take(key, key)
    places: dict[tuple[str, Entry], Key] = {(key[0], entry): key for key, entry in free.items()}
    for key in now:
        if key in fresh and key not in taken:
            take(key, places.get((key[0], now[key])))
    for key, entry in now.items():
        if key not in fresh and key in free and _share(entry, free[key]):
            take(key, key)
    halves = {(key[0], side, word): key for key, entry in reversed(free.items()) for side, word in enumerate(entry)}
    for key, entry in now.items():
        if key not in fresh and key not in taken:
            alike = (halves.get((key[0], side, word)) for side, word in enumerate(entry))
            take(key, next((one for one in alike if one in free), None))
    for key in now:
        if key not in fresh and key not in taken:
            take(key, key)
    judged = tuple(
        Judged(pair, _state(now.get(pair.key), taken.get(pair.key), pair.key in fresh), taken.get(pair.key))
        for pair in pairs
    )
    return judged, free


def _share(one: Entry, other: Entry) -> bool:
    return one.original == other.original or one.translation == other.translation


def _state(now: Entry | None, before: Entry | None, is_fresh: bool) -> State:
    if now is None:
        return "missing"
    if is_fresh:
        return "fresh"
    if before is None:
        return "new"
    return "edited" if before.original == now.original else "stale"


def accept(comparison: Comparison, chosen: Sequence[Judged]) -> dict[Key, Entry]:
    """Return what the record holds once the wordings of *chosen* are accepted as they are.

    Every other text keeps what the record held of it, under the name it has now; what is gone is dropped.
    """
    now = {one.pair.key for one in chosen}
    entries = dict(comparison.kept)
    for one in comparison.judged:
        if one.pair.translation is not None and (one.pair.key in now or one.state == "fresh"):
            entries[one.pair.key] = one.pair.entry
        elif one.entry is not None:
            entries[one.pair.key] = one.entry
    return entries


def stale(comparison: Comparison) -> Iterator[Problem]:
    """Yield a warning for each translation that fell behind its original."""
    for one in comparison.judged:
        if one.state != "stale":
            continue
        pair = one.pair
        original = Place(pair.original.place.file, pair.original.place.line)
        again = f"crossfoot translations accept {pair.place}"
        if one.both_changed:
            message = f"'{pair.name}' and its original have both changed since they were accepted"
            hint = f"hold it against {original}, then: {again}"
        else:
            message = f"the original of '{pair.name}' has changed, its translation has not"
            hint = f"mend it after {original}, or keep it as it is; then: {again}"
        yield Problem(pair.place, message, hint, "warning")
