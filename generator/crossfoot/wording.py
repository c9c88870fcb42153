"""The report in one language, seen from one page: resolve inserts, make links, count notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from crossfoot.comparisons import Said, said
from crossfoot.disclosures import code_anchor, purpose_of
from crossfoot.inserts import Insert, figures_named, split_text, value_call
from crossfoot.kpis import evidence_at
from crossfoot.localise import Language, load_language
from crossfoot.model import (
    SCALES,
    Indicator,
    Note,
    Observation,
    PeriodId,
    Report,
    ReportLanguage,
    Section,
    Term,
    Text,
    Unit,
    period_meant,
)
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
    """Return the way from the page at *path* to the file or folder *target*, both from the site's root."""
    here, there = path.split("/")[:-1], [part for part in target.split("/") if part not in ("", ".")]
    alike = 0
    while alike < len(here) and alike < len(there) and here[alike] == there[alike]:
        alike += 1
    return "../" * (len(here) - alike) + "/".join(there[alike:]) if alike < len(there) else _up(len(here) - alike)


def _up(folders: int) -> str:
    return "/".join([".."] * folders) or "."


@cache
def _loaded(id_: str, tag: str, name: str) -> Language:
    """Return a language of the report, read once."""
    return load_language(ReportLanguage(id=id_, tag=tag, name=name), NOWHERE)


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
        return relative(self.path, page_path(self.language_of(stem).id, stem)) + target

    def language_of(self, stem: str) -> ReportLanguage | Language:
        """Return the language in which the page *stem* is read: this one, or the reference where it is left out."""
        return self.report.languages[0] if stem in self.report.absent.get(self.language.id, ()) else self.language

    # -- texts -----------------------------------------------------------------------------------------

    def text(self, text: Text | None, section: str = "") -> Phrase:
        """Return *text* in this language with its inserts resolved; empty where there is none.

        The original stands in for a translation that is missing, marked with its language and a word that says so.
        """
        if text is not None and self.tag_of(text):
            runs = self.original().text(text, section)
            return (*self.as_original(runs), Run(self.untranslated("text"), kind="untranslated"))
        return self.phrase(self.language.of(text), section, text.place_in(self.language.id) if text else NOWHERE)

    def tag_of(self, text: Text) -> str:
        """Return the tag of the language in which *text* is shown, where that is not this one; else ''."""
        return self.report.languages[0].tag if self.language.id in text.lent else ""

    def original(self) -> Wording:
        """Return the same page in the reference language, which counts the same marks."""
        reference = self.report.languages[0]
        return replace(self, language=_loaded(reference.id, reference.tag, reference.name))

    def as_original(self, runs: Phrase) -> Phrase:
        """Return *runs*, made by `original`, marked with their language."""
        tag, marks = self.report.languages[0].tag, ("mark", "note", "finding")
        return tuple(run if run.kind in marks else replace(run, lang=run.lang or tag) for run in runs)

    def untranslated(self, what: str) -> str:
        """Return the words that say that a 'text' or 'page' is shown in the reference language."""
        name = self.language.name_of(self.report.languages[0].tag)
        return self.language.word(f"untranslated.{what}", name)

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
                return self.figure(insert.args, home, place)
            case "change" | "compare" | "share" | "rank":
                return (self.claim(insert, home, place),)
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

    def period(self, name: PeriodId) -> str:
        """Return a period of the report as the page says it."""
        return self.language.period(self.report.file.periods[name])

    def period_of(self, indicator: Indicator, period: str = "") -> str:
        """Return the period meant: the one named, else the only one, else the report's."""
        return period or period_meant(indicator, self.report)

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
        run = figure_run(shown, indicator, observation, self.period_of(indicator, call.period), call.qualifier)
        return replace(run, href=self.evidence(indicator))

    def figure(self, args: tuple[str, ...], section: str, place: Place = NOWHERE) -> Phrase:
        """Return the figure that `{{ value ... }}` asks for, with the marks of what the audit says of it."""
        run, call = self.value(args, section, place), value_call(args)
        indicator = self.report.indicator(call.name, section)
        return (run, *self.marks_at(indicator, self.period_of(indicator, call.period))) if indicator else (run,)

    def evidence(self, indicator: Indicator) -> str:
        """Return the way to the evidence of *indicator*; empty on the page that holds it."""
        stem, anchor_ = evidence_at(indicator.id, self.report)
        return "" if stem == self.stem else self.link(stem, anchor_)

    def marks_at(self, indicator: Indicator, period: str) -> Phrase:
        """Return the marks of a figure that was restated, or that the audit found fault with; each leads to why.

        None on the page of its evidence, which tells it in full.
        """
        href, marks = self.evidence(indicator), []
        observation = indicator.values.get(period)
        if href and observation is not None and observation.restated is not None:
            marks.append(Run(self.language.word("evidence.restated_mark"), kind="mark", href=href))
        if href and any(one.period == period and not one.at for one in self.report.audit.findings_at(indicator.id)):
            marks.append(Run(self.language.word("evidence.finding_mark"), kind="finding", href=href))
        labels = {"mark": "evidence.restated_label", "finding": "evidence.finding_label"}
        return tuple(replace(mark, label=self.language.word(labels[mark.kind])) for mark in marks)

    def claim(self, insert: Insert, section: str, place: Place = NOWHERE) -> Run:
        """Return how figures stand to each other, in words that follow from the data."""
        found = said(insert, self.report, section, place)
        names = [self.report.indicator(name, section) for name in figures_named(insert)]
        first, *others = dict.fromkeys(one.id for one in names if one is not None)
        facts = (("claim", insert.word), *((("against", " ".join(others)),) if others else ()))
        return Run(self.claimed(found), kind="claim", name=first, value=machine_number(found.value), facts=facts)

    def claimed(self, found: Said) -> str:
        """Return a claim in this language, its number with the digits it was rounded to."""
        if found.number is None:
            return self.language.phrases[found.wording]
        number = self.claimed_number(found)
        return self.language.word(found.wording, number) if found.sort != "times" else number

    def claimed_number(self, found: Said, sign: str = "") -> str:
        """Return the number of a claim with what it is counted in; a *sign* stands right before its digits."""
        assert found.number is not None
        digits = sign + self.language.digits(found.number)
        if found.sort == "unit" and found.unit is not None:
            number = self.language.with_unit(digits, found.unit, found.number)
        else:
            one = "_one" if found.sort == "points" and found.number == 1 else ""
            number = self.language.word(f"claims.{found.sort}{one}", digits)
        return self.language.word("qualifiers.about", number) if found.about else number

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
        latin = not re.search(r"[\u3400-\u9fff]", name) and re.search(r"[A-Za-z]{2}", name)
        foreign = bool(self.tag_of(term.name) or (self.language.is_han and latin))
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
            return Run(title + self.elsewhere(stem), kind="link", href=self.link(stem, anchor(heading)))
        return Run(self.title_of(section) + self.elsewhere(stem), kind="link", href=self.link(stem))

    def elsewhere(self, stem: str) -> str:
        """Return, in brackets, the language in which the page *stem* is read, where that is not this one; else ''."""
        if stem not in self.report.absent.get(self.language.id, ()):
            return ""
        return self.language.word("brackets", self.language.name_of(self.report.languages[0].tag))

    def codes(self, references: Iterable[str]) -> Phrase:
        """Return the codes among *references* that belong to frameworks the report follows, each a link to its row.

        Frameworks that the report is only held against have their codes in their indexes alone: a reader of a figure
        asks what the report answers, and seven frameworks under one row would say nothing.
        """
        named = list(dict.fromkeys(references))
        return tuple(
            self.code(name, reference.removeprefix(f"{name} "))
            for name in self.report.frameworks
            if purpose_of(self.report, name) == "reported"
            for reference in named
            if reference.startswith(f"{name} ")
        )

    def code(self, framework: str, code: str) -> Run:
        """Return *code* as a link to its row in the index of *framework*, whose short name is spoken before it."""
        found = self.report.frameworks[framework]
        pattern = self.language.of(found.pattern) or "{}"
        href = self.link(f"disclosures/{framework}", code_anchor(code))
        return Run(pattern.replace("{}", code), kind="code", href=href, label=self.language.of(found.short))

    def title_of(self, section: Section) -> str:
        """Return number and title of *section*."""
        return " ".join(part for part in (section.number, self.language.of(section.title)) if part)

    def hedge(self, observation: Observation, shown: str) -> str:
        """Return *shown* with the qualifier of *observation* in words."""
        if observation.qualifier in ("exact", "range", "several"):
            return shown
        return self.language.word(f"qualifiers.{observation.qualifier}", shown)


def figure_run(
    shown: str, indicator: Indicator, observation: Observation, period: str, qualifier: str = "", *, part: str = ""
) -> Run:
    """Return *shown*, the wording of *observation*, with all that a program wants to know of the figure.

    *qualifier* is the one that is said where it is not the observation's own; *part* names the categories of a
    breakdown: `route.north`.
    """
    amount, upto = observation.amount, observation.upto
    if upto is not None:
        upto = upto.scaleb(SCALES[observation.scale].adjusted())
    facts = {
        "period": period,
        "part": part,
        "unit": indicator.unit,
        "upto": "" if upto is None else machine_number(upto),
        "qualifier": (qualifier or observation.qualifier).replace("exact", ""),
        "omission": observation.omission or "",
    }
    return Run(
        shown,
        kind="value",
        name=indicator.id,
        value="" if amount is None else machine_number(amount),
        facts=tuple((key, fact) for key, fact in facts.items() if fact),
    )


def machine_number(value: Decimal) -> str:
    """Return *value* as a program reads it: no grouping, no exponent."""
    return format(value, "f")
