"""Tell one change between two versions of a report in the words of one language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from difflib import SequenceMatcher
from pathlib import Path

from crossfoot.changes import Change, Subject, aspect_of, period_and_part
from crossfoot.identity import Fact, folded
from crossfoot.inserts import found_in, split_text
from crossfoot.localise import Language
from crossfoot.model import Observation, Report, Text
from crossfoot.places import Place
from crossfoot.rules.inserts import check
from crossfoot.shown import plain
from crossfoot.wording import Wording

_EXACT = Context(prec=50, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(r"[^\W\u3400-\u9fff\uf900-\ufaff]+(?:[.,'’\-][^\W\u3400-\u9fff\uf900-\ufaff]+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording: kept, taken out or put in."""

    sort: str
    """'' kept, 'del' only in the old wording, 'ins' only in the new one."""
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change in one language, ready to be shown."""

    chapter: str
    """Title of the chapter, with its number."""
    kind: str
    label: str
    id: str
    what: str
    """In the language: changed, added, removed, renamed, moved."""
    aspect: str
    """What of it: the period, the key; in a page heading and paragraph."""
    tag: str
    """BCP 47 tag of the wordings, where it is another language than that of the telling."""
    old: str
    new: str
    pieces: tuple[Piece, ...]
    """Both wordings of a text in one row, word by word; empty for anything but a changed text."""
    change: str
    """`+0.05%`; empty where there is none."""
    because: str
    was: str
    """File, line and column in the old version."""
    now: str

    @property
    def is_exchange(self) -> bool:
        """Whether one thing stands in place of another, so that both are told."""
        return bool(self.old and self.new and self.old != self.new)

    @property
    def before(self) -> tuple[Piece, ...]:
        """The old wording alone."""
        return tuple(one for one in self.pieces if one.sort != "ins") or ((Piece("", self.old),) if self.old else ())

    @property
    def after(self) -> tuple[Piece, ...]:
        """The new wording alone."""
        return tuple(one for one in self.pieces if one.sort != "del") or ((Piece("", self.new),) if self.new else ())


@dataclass(frozen=True)
class Telling:
    """Tells changes in one language."""

    old: Report
    new: Report
    languages: tuple[Language, ...]
    """Those of the new version, in which texts are shown whoever tells of them."""
    language: Language
    """That of the telling."""

    def entry(self, change: Change) -> Entry:
        """Return *change* in words."""
        fact = change.now or change.was
        assert fact is not None
        language = self.language
        old, new = self._shown(change, change.was, self.old), self._shown(change, change.now, self.new)
        if change.subject.kind == "code":
            old, new = ("", change.aspect) if change.what == "added" else (change.aspect, "")
        both = fact.kind == "text" and change.what == "changed" and bool(old and new)
        amount, unit = amount_of(change, self.old, self.new)
        old, new = (folded(old), folded(new)) if fact.kind == "text" else (old, new)
        what = language.phrases[f"diff.whats.{change.what}"]
        if change.what == "renamed":
            old, new = change.aspect, change.subject.id
        tags = {one.id: one.tag for one in self.languages}
        return Entry(
            chapter=self._chapter(change.subject.chapter),
            kind=language.phrases[f"diff.kinds.{change.subject.kind}"],
            label=self._label(change.subject),
            id=change.subject.id,
            what=what,
            aspect=self._aspect(change, fact),
            tag=tags.get(fact.language, "") if fact.language not in ("", language.id) else "",
            old=old,
            new=new,
            pieces=pieces(old, new) if both else (),
            change=self._change(amount, unit),
            because=self._because(change),
            was=str(change.was.place) if change.was else "",
            now=str(change.now.place) if change.now else "",
        )

    def _reports(self) -> tuple[Report, Report]:
        return self.new, self.old

    def _chapter(self, name: str) -> str:
        for report in self._reports():
            if name in report.sections:
                section = report.sections[name]
                return " ".join(part for part in (section.number, self._of(section.title, name)) if part)
        return self.language.phrases.get(f"diff.chapters.{name}", name)

    def _label(self, subject: Subject) -> str:
        """Return how a reader knows *subject*: its label, title, caption or name."""
        for report in self._reports():
            text = _title(subject, report)
            if text is not None:
                return self._of(text, subject.id.split(".")[0])
        return ""

    def _of(self, text: Text, section: str) -> str:
        return self._resolved(self.language.of(text), self.language, self.new, section)

    def _aspect(self, change: Change, fact: Fact) -> str:
        language = self.language
        if change.what == "renamed" or not change.aspect or change.subject.kind == "code":
            return ""
        if fact.kind == "figure":
            return self._figure(change, fact)
        if change.subject.kind == "page":
            return self._block(fact)
        path = aspect_of(fact).split(".")
        if change.subject.kind == "finding":
            return self._of_key(path[1:], fact)
        if path[0] == "values" and len(path) > 2:
            return language.phrases["list_comma"].join((self._period(path[1]), self._of_key(path[2:], fact)))
        return self._of_key(path, fact)

    def _of_key(self, path: Sequence[str], fact: Fact) -> str:
        """Return the name of a key and what is below it; of a text also in which language."""
        language = self.language
        words = [language.phrases.get(f"diff.aspects.{one}", one) for one in path]
        name = next((one.name for one in self.languages if one.id == fact.language), "")
        return language.word("brackets", name).join((" ".join(words), "")) if name else " ".join(words)

    def _figure(self, change: Change, fact: Fact) -> str:
        """Return period, categories and, but for the value itself, what of it changed."""
        period, part = period_and_part(fact)
        report = self.new
        words = [self._period(period)]
        if part:
            by, _, names = part.partition(": ")
            for dimension, name in zip(by.split("/"), names.split(", "), strict=False):
                category = getattr(report.file.dimensions.get(dimension), "categories", {}).get(name)
                words.append(self.language.of(category.label) if category else name)
        key = change.aspect.rsplit(".", 1)[-1]
        if change.aspect != aspect_of(fact):
            words.append(self.language.phrases.get(f"diff.aspects.{key}", key))
        return self.language.phrases["list_comma"].join(words)

    def _period(self, name: str) -> str:
        known = next((one.file.periods[name] for one in self._reports() if name in one.file.periods), None)
        return self.language.period(known) if known else name

    def _block(self, fact: Fact) -> str:
        """Return where in a page: the heading and the number of the paragraph, or that it is a heading or insert."""
        if fact.kind == "setting":
            return self.language.phrases["diff.inserts"]
        *under, number = fact.path
        block = self.language.word("diff.block", str(number))
        section = "home" if fact.file == "index.md" else fact.file.removesuffix(".md")
        for report in self._reports() if under else ():
            heading = report.sections[section].headings.get(str(under[0])) if section in report.sections else None
            if heading is not None:
                title = " ".join(part for part in (heading.number, self._of(heading.title, section)) if part)
                return self.language.phrases["list_comma"].join((title, block))
        return self.language.phrases["list_comma"].join((*map(str, under), block))

    def _shown(self, change: Change, fact: Fact | None, report: Report) -> str:
        """Return what *fact* says, as a reader of *report* meets it."""
        if fact is None or not change.aspect:
            return ""
        if fact.kind == "figure":
            return self._observation(change, fact, report)
        if fact.kind == "text":
            section = change.subject.chapter
            spoken = next((one for one in self.languages if one.id == fact.language), self.language)
            shown = self._resolved(fact.said, spoken, report, section)
            other = change.was if fact is change.now else change.now
            if other is not None and other.said != fact.said:
                before = self._resolved(other.said, spoken, report, section)
                return shown if before != shown else fact.said  # only the inserts differ: show them
            return shown
        return self._set(fact, report, change)

    def _observation(self, change: Change, fact: Fact, report: Report) -> str:
        one, language = fact.noun, self.language
        assert isinstance(one, Observation)
        indicator = report.indicator(change.subject.id) or report.indicator(_old_id(fact))
        key = change.aspect.rsplit(".", 1)[-1] if change.aspect != aspect_of(fact) else ""
        if key == "status":
            return language.phrases[f"statuses.{one.status}"]
        if key == "boundary":
            return self._boundary(one.boundary or (indicator.boundary if indicator else None), report)
        if key == "restated":
            was = one.restated.was if one.restated else None
            if was == "not-printed":
                return language.phrases["diff.not_printed"]
            return language.digits(was) if isinstance(was, Decimal) else ""
        unit = report.units.get(indicator.unit) if indicator else None
        return language.value(one, unit) if unit else fact.said

    def _boundary(self, name: str | None, report: Report) -> str:
        boundary = report.file.boundaries.get(name or "")
        return self.language.of(boundary.label) if boundary else name or ""

    def _set(self, fact: Fact, report: Report, change: Change) -> str:
        """Return a setting in words where the report has words for it, else as it was typed."""
        key = aspect_of(fact)
        if key == "boundary":
            return self._boundary(fact.said, report)
        if key == "assurance" and fact.said in report.file.assurances:
            return self.language.of(report.file.assurances[fact.said].label)
        if key == "unit" and fact.said in report.units:
            return self.language.of(report.units[fact.said].name)
        if key in ("sum", "difference", "product", "ratio", "share", "implied"):
            parts = [(name, report.indicator(name, change.subject.chapter)) for name in fact.said.split(", ")]
            names = [self.language.of(one.label) if one else name for name, one in parts]
            return self.language.phrases["list_comma"].join(names)
        return fact.said

    def _resolved(self, said: str, language: Language, report: Report, section: str) -> str:
        """Return *said* with its inserts as a reader meets them; as typed where one of them leads nowhere."""
        known = section if section in report.sections else ""
        for insert in found_in(said):
            if any(check(insert, report, known, Place(""))):
                return said
        wording = Wording(report, language, known or "home", known)
        words = []
        for piece in split_text(said):
            if isinstance(piece, str):
                words.append(piece)
            elif piece.word == "value":
                words.append(wording.value(piece.args, known).text)
            else:
                words.append(plain(wording.insert(piece, known)))
        return "".join(words)

    def _change(self, amount: Decimal | None, unit: str) -> str:
        if amount is None:
            return ""
        sign = "" if amount.is_signed() else "+"
        return self.language.word(f"diff.{unit}", sign + self.language.digits(amount))

    def _because(self, change: Change) -> str:
        labels = [self._label(Subject("", "figure", name)) or name for name in change.because]
        return self.language.word("diff.because", self.language.phrases["list_comma"].join(labels)) if labels else ""


def _old_id(fact: Fact) -> str:
    return f"{Path(fact.file).stem}.{fact.path[1]}"


def _title(subject: Subject, report: Report) -> Text | None:
    """Return label, title, caption or name of *subject*, None if *report* has no such thing."""
    home, _, name = subject.id.partition(".")
    section = report.sections.get(home)
    match subject.kind:
        case "figure" | "finding":
            return getattr(report.indicator(subject.id), "label", None)
        case "disclosure" | "coverage":
            framework, _, code = subject.id.partition(" ")
            found = report.frameworks.get(framework)
            return getattr(found.disclosures.get(code), "title", found.name) if found else None
        case "code":
            one = report.indicator(subject.id)
            heading = section.headings.get(name) if section else None
            return one.label if one else heading.title if heading else None
        case "table" | "chart" | "heading" | "event" if section is not None:
            spec = getattr(section, f"{subject.kind}s").get(name)
            return next((found for key in _TITLES if (found := getattr(spec, key, None)) is not None), None)
        case "unit" | "term" | "note" | "framework":
            spec = getattr(report, f"{subject.kind}s").get(subject.id)
            return next((found for key in _TITLES if (found := getattr(spec, key, None)) is not None), None)
    return None


_TITLES = ("label", "title", "caption", "name")


def amount_of(change: Change, old: Report, new: Report) -> tuple[Decimal | None, str]:
    """Return by how much a figure changed: in per cent, or in percentage points where it is a percentage itself."""
    was, now = change.was, change.now
    if was is None or now is None or now.kind != "figure" or change.aspect != aspect_of(now):
        return None, ""
    one, other = was.noun, now.noun
    assert isinstance(one, Observation)
    assert isinstance(other, Observation)
    before, after = (report.indicator(_old_id(fact)) for report, fact in ((old, was), (new, now)))
    before = before or old.indicator(change.subject.id)
    same = before is None or after is None or before.unit == after.unit
    if (
        one.amount is None
        or other.amount is None
        or not same
        or one.qualifier != other.qualifier
        or one.upto
        or other.upto
    ):
        return None, ""
    unit = new.units.get(after.unit) if after else None
    difference = _EXACT.subtract(other.amount, one.amount)
    if difference == 0:
        return None, ""
    if unit is not None and unit.percent:
        return difference, "points"
    if one.amount == 0:
        return None, ""
    share = _EXACT.divide(_EXACT.multiply(difference, Decimal(100)), abs(one.amount))
    places = max(2, 1 - share.adjusted())  # two decimals, or two digits of a very small change
    return share.quantize(Decimal(1).scaleb(-places), context=_EXACT), "percent"


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return both wordings in one row, word by word (in Chinese, character by character)."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    row: list[tuple[bool, str, str]] = []
    """Whether it is kept, the old stretch, the new one; a space between two changes joins them."""
    for word, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[low:high]), "".join(after[start:end])
        is_kept = word == "equal"
        if row and not row[-1][0] and (not is_kept or gone.isspace()):
            row[-1] = (False, row[-1][1] + gone, row[-1][2] + come)
        else:
            row.append((is_kept, gone, come))
    found: list[Piece] = []
    for is_kept, gone, come in row:
        if is_kept:
            found.append(Piece("", gone))
            continue
        tail = gone[len(gone.rstrip()) :] if gone[len(gone.rstrip()) :] == come[len(come.rstrip()) :] else ""
        cut = len(tail)
        sides = (("del", gone[: len(gone) - cut]), ("ins", come[: len(come) - cut]), ("", tail))
        found += [Piece(sort, text) for sort, text in sides if text]
    return tuple(found)
