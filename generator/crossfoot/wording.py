"""The report in one language, seen from one page: resolve inserts, make links, count notes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from crossfoot.inserts import Insert, split_text, value_call
from crossfoot.localise import Language
from crossfoot.model import Indicator, Note, Observation, Report, Section, Term, Text, Unit
from crossfoot.places import NOWHERE, Place, Problem, Problems
from crossfoot.shown import Phrase, Run

TITLES = frozenset(
    ["law", "regulation", "standard", "method", "code", "guideline", "framework", "internal", "proposal"]
)
"""Kinds of terms that are titles of documents: set in 《》 in Chinese, cited in English."""
_HAN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]*[\u3400-\u9fff\uf900-\ufaff][\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff01-\uff5e]*"
)


def anchor(name: str) -> str:
    """Return the anchor of a data id: `green_operation` -> `green-operation`."""
    return name.replace("_", "-")


def page_path(language: str, stem: str) -> str:
    """Return where a page is published: `en/environment/index.html`; `home` is the language's own folder."""
    return f"{language}/index.html" if stem in ("home", "index") else f"{language}/{stem}/index.html"


def relative(path: str, target: str) -> str:
    """Return the way from the page at *path* to the file *target*, both from the site's root."""
    return posixpath.relpath(target, posixpath.dirname(path) or ".")


@dataclass
class Wording:
    """The report in one language, for one page. Counts the page's marks; made anew for each page."""

    report: Report
    language: Language
    stem: str
    """The page: environment, home ..."""
    section: str = ""
    """Whose names may stand without their section; the page's own."""
    footnotes: dict[str, list[str]] = field(default_factory=dict)
    """Footnotes called so far, in order, each with the anchors of its marks: `environment.eps`."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    """Editor's notes called so far, in order, each with the anchors of its marks."""
    pending: list[str] = field(default_factory=list)
    """Editor's notes called since they were last shown."""

    @property
    def path(self) -> str:
        """Where the page is published."""
        return page_path(self.language.id, self.stem)

    def link(self, stem: str, anchor_: str = "") -> str:
        """Return the way to *anchor_* on the page *stem*."""
        target = f"#{anchor_}" if anchor_ else ""
        if stem == self.stem and target:
            return target
        return relative(self.path, page_path(self.language.id, stem)) + target

    # -- texts -----------------------------------------------------------------------------------------

    def text(self, text: Text | None, section: str = "") -> Phrase:
        """Return *text* in this language with its inserts resolved; empty where there is none."""
        return self.phrase(self.language.of(text), section, text.place_in(self.language.id) if text else NOWHERE)

    def phrase(self, raw: str, section: str = "", place: Place = NOWHERE) -> Phrase:
        """Return the runs of *raw*, a wording in this language that may hold inserts."""
        runs: list[Run] = []
        for piece in split_text(raw):
            runs.extend(self.plain(piece) if isinstance(piece, str) else self.insert(piece, section, place))
        return tuple(runs)

    def plain(self, text: str) -> Iterator[Run]:
        """Yield *text*, its stretches of another script marked with their language."""
        han = next((one for one in self.report.languages if one.id.startswith("zh")), None)
        if self.language.is_han or han is None:
            yield Run(text)
            return
        at = 0
        for match in _HAN.finditer(text):
            if match.start() > at:
                yield Run(text[at : match.start()])
            yield Run(match.group(), lang=han.tag)
            at = match.end()
        if at < len(text):
            yield Run(text[at:])

    def insert(self, insert: Insert, section: str = "", place: Place = NOWHERE) -> Phrase:
        """Return the runs of one inline insert.

        Raises:
            Problems: the insert names something that is not there. `validate` has said so before, with all the others.
        """
        home = section or self.section
        match insert.word:
            case "value":
                return (self.value(insert.args, home, place),)
            case "term":
                return self.term(insert.args, place)
            case "date":
                event = self.report.event(insert.args[0], home)
                if event is not None:
                    return (Run(self.language.day(event.date), kind="date", value=event.date),)
            case "period":
                name = insert.args[0] if insert.args else self.report.file.period
                period = self.report.file.periods.get(name)
                if period is not None:
                    return (Run(self.language.period(period)),)
            case "note":
                if insert.args[0] in self.report.notes:
                    return (self.note_mark(insert.args[0]),)
            case "footnote":
                return (self.footnote_mark(insert.args[0], home),)
            case "link":
                return (self.link_to(insert.args[0]),)
        raise Problems([Problem(place, f"'{insert.raw}' cannot be shown here", rule="insert")])

    # -- figures ---------------------------------------------------------------------------------------

    def period_of(self, indicator: Indicator, period: str = "") -> str:
        """Return the period meant: the one named, else the only one, else the report's."""
        if period or not indicator.values:
            return period or self.report.file.period
        if len(indicator.values) == 1:
            return next(iter(indicator.values))
        return self.report.file.period if self.report.file.period in indicator.values else next(iter(indicator.values))

    def unit(self, indicator: Indicator) -> Unit:
        """Return the unit of *indicator*."""
        return self.report.units[indicator.unit]

    def value(self, args: tuple[str, ...], section: str, place: Place = NOWHERE) -> Run:
        """Return the figure that `{{ value ... }}` asks for."""
        call = value_call(args)
        indicator = self.report.indicator(call.name, section)
        observation = indicator.values.get(self.period_of(indicator, call.period)) if indicator else None
        if indicator is None or observation is None:
            raise Problems([Problem(place, f"there is no figure '{' '.join(args)}'", rule="insert")])
        shown = self.language.value(
            observation,
            self.unit(indicator),
            bare="bare" in call.forms,
            plain="plain" in call.forms,
            words="words" in call.forms,
            ordinal="ordinal" in call.forms,
            full="full" in call.forms,
            qualifier=call.qualifier,
        )
        amount = observation.amount
        machine = "" if amount is None else machine_number(amount)
        return Run(shown, kind="value", name=indicator.id, value=machine)

    def term(self, args: tuple[str, ...], place: Place = NOWHERE) -> Phrase:
        """Return a registered name in this language, and with `both` also in the other."""
        term = self.report.terms.get(args[0])
        if term is None:
            raise Problems([Problem(place, f"there is no term '{args[0]}'", rule="insert")])
        runs = [self.named(term)]
        other = next((one for one in self.report.languages if one.id != self.language.id), None)
        if "both" in args[1:] and other is not None:
            name = term.name.get(other.id) or ""
            if name and name != self.language.of(term.name):
                lead, tail = self.language.phrases["brackets"].split("{}")
                runs += [Run(lead), Run(name, kind="term", lang=other.tag), Run(tail)]
        return tuple(runs)

    def named(self, term: Term) -> Run:
        """Return the name of *term* in this language, as a title where it is one."""
        name = self.language.of(term.name)
        foreign = self.language.is_han and not re.search(r"[\u3400-\u9fff]", name) and re.search(r"[A-Za-z]{2}", name)
        is_title = term.kind in TITLES
        if is_title and not foreign:
            name = self.language.word("title_marks", name)
        reference = self.report.languages[0]
        return Run(name, kind="title" if is_title else "term", lang=reference.tag if foreign else "", name=term.id)

    # -- notes and links -------------------------------------------------------------------------------

    def note_mark(self, name: str) -> Run:
        """Return the mark of the editor's note *name*, counted in order of calling on this page."""
        calls = self.notes.setdefault(name, [])
        if not calls:
            self.pending.append(name)
        calls.append(f"note-{anchor(name)}-call-{len(calls) + 1}")
        number = list(self.notes).index(name) + 1
        mark = self.language.word("note_mark", str(number))
        label = self.language.word("note_label", str(number))
        href = f"#note-{anchor(name)}"
        return Run(mark, kind="note", href=href, id=calls[-1], label=label)

    def notes_at(self, indicator: Indicator) -> tuple[Run, ...]:
        """Return the marks of the editor's notes that stand at *indicator*."""
        return tuple(self.note_mark(note.id) for note in self.report.notes.values() if indicator.id in note.at)

    def note_number(self, note: Note) -> str:
        """Return the mark of a note already called."""
        return self.language.word("note_mark", str(list(self.notes).index(note.id) + 1))

    def footnote_mark(self, name: str, section: str) -> Run:
        """Return the mark of a footnote, numbered in order of calling on this page."""
        key = name if "." in name else f"{section}.{name}"
        calls = self.footnotes.setdefault(key, [])
        calls.append(f"footnote-{anchor(key.split('.')[1])}-call-{len(calls) + 1}")
        number = str(list(self.footnotes).index(key) + 1)
        href = f"#footnote-{anchor(key.split('.')[1])}"
        return Run(number, kind="mark", href=href, id=calls[-1], label=self.language.word("footnote_label", number))

    def link_to(self, target: str) -> Run:
        """Return a link to a page or to a heading of one, with its title."""
        stem, _, heading = target.partition(".")
        section = self.report.sections[stem]
        if heading:
            found = section.headings[heading]
            title = " ".join(part for part in (found.number, self.language.of(found.title)) if part)
            return Run(title, kind="link", href=self.link(stem, anchor(heading)))
        return Run(self.title_of(section), kind="link", href=self.link(stem))

    def title_of(self, section: Section) -> str:
        """Return number and title of *section*."""
        return " ".join(part for part in (section.number, self.language.of(section.title)) if part)

    def hedge(self, observation: Observation, shown: str) -> str:
        """Return *shown* with the qualifier of *observation* in words."""
        if observation.qualifier in ("exact", "range", "several"):
            return shown
        return self.language.word(f"qualifiers.{observation.qualifier}", shown)


def machine_number(value: Decimal) -> str:
    """Return *value* as a program reads it: no grouping, no exponent."""
    return format(value, "f")
