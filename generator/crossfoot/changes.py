"""Hold two versions of a report together: what was changed, added, taken out, renamed, moved, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from crossfoot.identity import Fact, facts, figure_parts, folded
from crossfoot.inserts import split_text
from crossfoot.model import Indicator, Observation, Report, split
from crossfoot.narrative import Page

What = Literal["changed", "added", "removed", "renamed", "moved"]
KINDS = (
    "report",
    "language",
    "chapter",
    "figure",
    "finding",
    "code",
    "heading",
    "table",
    "chart",
    "event",
    "footnote",
    "page",
    "unit",
    "term",
    "framework",
    "disclosure",
    "coverage",
    "note",
)
"""What can change, in the order in which it is told of a chapter."""
_IN_SECTIONS = {
    "indicators": "figure",
    "tables": "table",
    "charts": "chart",
    "headings": "heading",
    "events": "event",
    "footnotes": "footnote",
}
_FILES = {"units.yaml": "unit", "notes.yaml": "note", "terms": "term", "frameworks": "framework"}
_ALIKE = 0.5
"""How much of two paragraphs must be the same for one to be the other, changed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about."""

    chapter: str
    """Section id; `report` before the chapters, `units`, `terms`, `frameworks`, `notes` after them."""
    kind: str
    """One of `KINDS`."""
    id: str
    """`environment.ghg_total`, `hkex-2016 A1.2`; a page's is its stem."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions."""

    subject: Subject
    what: What
    aspect: str = ""
    """The key that differs: `values`, `status`, `label`, `rows.2.indicator`; empty for the whole subject."""
    was: Fact | None = None
    now: Fact | None = None
    because: tuple[str, ...] = ()
    """Figures whose change made this one, which is computed, change."""


def compare(old: tuple[Report, tuple[Page, ...]], new: tuple[Report, tuple[Page, ...]]) -> tuple[Change, ...]:
    """Return the changes from *old* to *new*, in the order of the chapters, and in each of `KINDS` and the files."""
    renames = _renames(old[0], new[0])
    languages = [{one.id for one in report.languages} for report in (old[0], new[0])]
    both = languages[0] & languages[1] | {""}

    def is_told(fact: Fact) -> bool:
        listed = fact.file == "report.yaml" and fact.path[0] == "languages"
        return fact.language in both and not (listed and languages[0] != languages[1])

    before = [_renamed(fact, renames) for fact in facts(*old) if is_told(fact)]
    after = [fact for fact in facts(*new) if is_told(fact)]
    found = [*_languages(old[0], new[0]), *_told_renames(renames, before, after)]
    subjects = {subject_of(fact): None for fact in (*after, *before)}
    had, have = _by_subject(before), _by_subject(after)
    for subject in subjects:
        found += _of_subject(subject, had.get(subject, []), have.get(subject, []))
    found = _with_reasons(_once(found, new[0].languages[0].id), new[0])
    chapters = ("report", "home", *new[0].file.chapters, *new[0].file.pages, *old[0].sections, *new[0].sections)
    rank = {name: number for number, name in reversed(list(enumerate(chapters)))}
    return tuple(
        sorted(
            found,
            key=lambda one: (rank.get(one.subject.chapter, len(chapters)), KINDS.index(one.subject.kind)),
        )
    )


def subject_of(fact: Fact) -> Subject:
    """Return what *fact* belongs to."""
    folder, _, name = fact.file.rpartition("/")
    stem = name.rpartition(".")[0]
    first, second = ([*(str(one) for one in fact.path), "", ""])[:2]
    if name.endswith(".md"):
        return Subject("home" if stem == "index" else stem, "page", stem)
    if folder == "sections":
        kind = _IN_SECTIONS.get(first, "chapter") if second else "chapter"
        return Subject(stem, kind, stem if kind == "chapter" else f"{stem}.{second}")
    if folder == "frameworks" and first == "disclosures":
        return Subject("frameworks", "disclosure", f"{stem} {second}")
    if folder == "coverage":
        return Subject("frameworks", "coverage", f"{stem} {second}" if first == "codes" else stem)
    if folder == "frameworks":
        return Subject("frameworks", "framework", stem)
    kind = _FILES.get(folder or name, "report")
    if kind == "report":
        return Subject("report", "report", f"{first}.{second}" if second and second.isidentifier() else first)
    return Subject(f"{kind}s", kind, first)


def aspect_of(fact: Fact) -> str:
    """Return the path of *fact* below its subject: `label`, `values.2018`, `operation.3` in a page."""
    path = [str(one) for one in fact.path]
    subject = subject_of(fact)
    below = {"page": 0, "chapter": 0, "framework": 0, "unit": 1, "term": 1, "note": 1}.get(subject.kind, 2)
    if subject.kind == "report":
        below = min(subject.id.count(".") + 1, len(path) - 1)
    if subject.kind == "coverage" and " " not in subject.id:
        below = 0
    return ".".join(path[below:])


# -- renames -------------------------------------------------------------------------------------------


def _renames(old: Report, new: Report) -> dict[str, str]:
    """Return old id -> new id of each indicator that has another id, but the same label, unit and values."""

    def looks(report: Report, other: Report) -> dict[object, list[str]]:
        found: dict[object, list[str]] = {}
        for one in report.indicators():
            if other.indicator(one.id) is None:
                values = tuple((period, value.model_dump_json()) for period, value in one.values.items())
                look = (tuple(sorted(one.label.by_language.items())), one.unit, values)
                found.setdefault(look, []).append(one.id)
        return found

    gone, come = looks(old, new), looks(new, old)
    return {ids[0]: come[look][0] for look, ids in gone.items() if len(ids) == len(come.get(look, ())) == 1}


def _renamed(fact: Fact, renames: Mapping[str, str]) -> Fact:
    """Return *fact* of the old version as it would stand there had the indicators had their new ids already."""
    section = subject_of(fact).chapter
    for old, new in renames.items():
        (home, name), (new_home, new_name) = split(old), split(new)
        if fact.file == f"sections/{home}.yaml" and fact.path[:2] == ("indicators", name):
            fact = replace(fact, file=f"sections/{new_home}.yaml", path=("indicators", new_name, *fact.path[2:]))
        names = {old: new}
        if section == home:
            names[name] = new_name if home == new_home else new
        if fact.kind == "setting":
            fact = replace(fact, said=_respelt(fact.said, names))
        elif fact.kind == "text" and name in fact.said:
            pieces = [one if isinstance(one, str) else _respelt(one.raw, names) for one in split_text(fact.said)]
            fact = replace(fact, said="".join(pieces))
    return fact


def _respelt(said: str, names: Mapping[str, str]) -> str:
    """Return *said* with each of *names* that stands there as a whole word in its new form."""
    found = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(rf"(?<![\w.])({found})(?![\w.])", lambda match: names[match[1]], said)


def _told_renames(renames: Mapping[str, str], before: list[Fact], after: list[Fact]) -> Iterator[Change]:
    for old, new in renames.items():
        subject = Subject(split(new)[0], "figure", new)
        was = next(fact for fact in before if subject_of(fact) == subject)
        now = next(fact for fact in after if subject_of(fact) == subject)
        yield Change(subject, "renamed", old, was, now)


# -- comparing -----------------------------------------------------------------------------------------


def _languages(old: Report, new: Report) -> Iterator[Change]:
    had, have = ({one.id: one for one in report.languages} for report in (old, new))
    for name in have.keys() - had.keys():
        yield Change(Subject("report", "language", name), "added", now=_language(name, new))
    for name in had.keys() - have.keys():
        yield Change(Subject("report", "language", name), "removed", was=_language(name, old))


def _language(name: str, report: Report) -> Fact:
    one = next(language for language in report.languages if language.id == name)
    return Fact("report.yaml", ("languages", name), "setting", one.name, one.place)


def _by_subject(found: list[Fact]) -> dict[Subject, list[Fact]]:
    by: dict[Subject, list[Fact]] = {}
    for fact in found:
        by.setdefault(subject_of(fact), []).append(fact)
    return by


def _of_subject(subject: Subject, before: list[Fact], after: list[Fact]) -> Iterator[Change]:
    if (not before or not after) and subject.kind != "coverage":  # whose status is what counts
        what: What = "added" if after else "removed"
        lead = (after or before)[0]
        yield Change(subject, what, "", *((None, lead) if after else (lead, None)))
        for fact in (one for one in (after or before) if one.kind == "figure"):
            yield Change(subject, what, aspect_of(fact), *((None, fact) if after else (fact, None)))
        return
    groups: dict[tuple[str, str], tuple[list[Fact], list[Fact]]] = {}
    for side, found in ((1, after), (0, before)):
        for fact in found:
            groups.setdefault((fact.group, fact.language), ([], []))[side].append(fact)
    changes: list[Change] = []
    for olds, news in groups.values():
        for was, now in pairs(olds, news):
            changes += _of_pair(subject, was, now)
    yield from _moved(changes)


def pairs(old: Sequence[Fact], new: Sequence[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
    """Yield what differs between two rows of facts: both where one became the other, else the one that is alone."""
    before, after = [_compared(one) for one in old], [_compared(one) for one in new]
    if before == after:
        return
    for word, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if word == "equal":
            continue
        left = list(old[low:high])
        in_step = high - low == end - start
        for one in new[start:end]:
            was = left[0] if left and in_step else next((other for other in left if _alike(other, one)), None)
            if was is not None:
                left = left[left.index(was) + 1 :] if in_step else [other for other in left if other is not was]
            yield was, one
        yield from ((one, None) for one in left)


def _compared(fact: Fact) -> str:
    return folded(fact.said) if fact.kind == "text" else fact.said


def _alike(one: Fact, other: Fact) -> bool:
    return SequenceMatcher(None, one.said, other.said, autojunk=False).ratio() >= _ALIKE


def _of_pair(subject: Subject, was: Fact | None, now: Fact | None) -> Iterator[Change]:
    fact = now or was
    assert fact is not None
    aspect = aspect_of(fact)
    what: What = "changed" if was and now else "added" if now else "removed"
    if was and now and now.kind == "figure":
        yield from (replace(one, subject=subject) for one in _of_figure(subject, was, now))
    elif aspect == "disclosures" and fact.kind == "setting":
        yield from _of_codes(subject, was, now)
    elif aspect.startswith("acknowledged"):
        yield Change(replace(subject, kind="finding"), what, aspect, was, now)
    else:
        yield Change(subject, what, aspect, was, now)


def _of_figure(subject: Subject, was: Fact, now: Fact) -> Iterator[Change]:
    """Yield a change for each thing that one observation says otherwise."""
    one, other, at = was.noun, now.noun, aspect_of(now)
    assert isinstance(one, Observation)
    assert isinstance(other, Observation)
    keys = ("value", "upto", "scale", "qualifier", "omission", "printed")
    units = [fact.said.split("; ")[0] for fact in (was, now)]
    if any(_typed(one, key) != _typed(other, key) for key in keys) or units[0] != units[1]:
        yield Change(subject, "changed", at, was, now)
    for key in ("status", "boundary"):
        if getattr(one, key) != getattr(other, key):
            yield Change(subject, "changed", f"{at}.{key}", was, now)
    if one.restated and other.restated and one.restated.was != other.restated.was:
        yield Change(subject, "changed", f"{at}.restated", was, now)
    elif bool(one.restated) != bool(other.restated):
        yield Change(subject, "added" if other.restated else "removed", f"{at}.restated", was, now)


def _typed(observation: Observation, key: str) -> str:
    return str(getattr(observation, key))  # 12.5 and 12.50 are printed differently


def _of_codes(subject: Subject, was: Fact | None, now: Fact | None) -> Iterator[Change]:
    """Yield a change for each code of a framework that was added or taken out."""
    before, after = (fact.said.split(", ") if fact else [] for fact in (was, now))
    here = replace(subject, kind="code")
    for code in [one for one in after if one not in before]:
        yield Change(here, "added", code, was, now)
    for code in [one for one in before if one not in after]:
        yield Change(here, "removed", code, was, now)


def _moved(changes: list[Change]) -> Iterator[Change]:
    """Yield *changes*, with what was taken out at one place of a page or list and put in at another told as moved."""
    gone: dict[tuple[str, str, str], list[Change]] = {}
    for one in changes:
        if one.what == "removed" and one.was is not None and "*" in one.was.group:
            gone.setdefault(_likeness(one.was), []).append(one)
    drop: list[Change] = []
    for one in changes:
        if one.what == "added" and one.now is not None and gone.get(_likeness(one.now)):
            other = gone[_likeness(one.now)].pop(0)
            drop += [one, other]
            yield Change(one.subject, "moved", one.aspect, other.was, one.now)
    yield from (one for one in changes if not any(one is other for other in drop))


def _likeness(fact: Fact) -> tuple[str, str, str]:
    """Return what two facts share where one is the other, moved: a page is one list, a list of data stays its own."""
    is_block = fact.file.endswith(".md") and fact.kind == "text"
    return fact.file if is_block else fact.group, fact.language, _compared(fact)


def _once(found: list[Change], reference: str) -> list[Change]:
    """Return *found* without what happened to the headings and inserts of a page in the reference language too."""

    def act(one: Change) -> tuple[object, ...] | None:
        fact = one.now or one.was
        if one.subject.kind != "page" or fact is None or fact.kind != "setting":
            return None
        return one.subject, one.what, one.was and one.was.said, one.now and one.now.said

    def is_reference(one: Change) -> bool:
        fact = one.now or one.was
        return fact is not None and fact.language == reference

    known = {act(one) for one in found if is_reference(one)}
    return [one for one in found if act(one) is None or act(one) not in known or is_reference(one)]


# -- what follows from what ----------------------------------------------------------------------------


def is_computed(fact: Fact, indicator: Indicator | None) -> bool:
    """Return whether a figure was computed, not typed: it then has no place of its own."""
    return indicator is not None and indicator.formula is not None and fact.place == indicator.place


def _with_reasons(found: list[Change], report: Report) -> list[Change]:
    """Return *found*, each computed figure with the parts whose change made it change."""
    values = {(one.subject.id, one.now.path[2:]) for one in found if one.now and one.now.kind == "figure"}
    values |= {(one.subject.id, one.was.path[2:]) for one in found if one.was and one.was.kind == "figure"}
    done = []
    for one in found:
        indicator = report.indicator(one.subject.id) if one.subject.kind == "figure" else None
        fact = one.now
        if fact is None or fact.kind != "figure" or not is_computed(fact, indicator):
            done.append(one)
            continue
        assert indicator is not None
        assert indicator.formula is not None
        section = indicator.id.split(".")[0]
        parts = [".".join(split(name, section)) for name in indicator.formula.of]
        at = [part for part in parts if (part, fact.path[2:]) in values]
        because = at or [part for part in parts if any(part == name for name, _ in values)]
        done.append(replace(one, because=tuple(dict.fromkeys(because))))
    return done


def period_and_part(fact: Fact) -> tuple[str, str]:
    """Return the period of a figure, and the dimensions with the categories, '' for the whole."""
    return figure_parts(fact)[1:]
