"""The nouns of a report: what an author writes in YAML, typed, frozen, and knowing where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from crossfoot.findings import Audit
from crossfoot.framework import STANCES, Answer, Coverage, Disclosure, Framework, Group, Obligation, Purpose, Stance
from crossfoot.indicator import (
    SCALES,
    Acknowledgement,
    Breakdown,
    Formula,
    Indicator,
    Observation,
    Operation,
    Plausible,
    Printed,
    Qualifier,
    Reason,
    Restatement,
    Scale,
    Source,
    Status,
    Target,
    Threshold,
)
from crossfoot.nouns import Day, Flag, Name, Noun, PeriodId, Reference, Text, number_hint

__all__ = [
    "SCALES",
    "STANCES",
    "Acknowledgement",
    "Answer",
    "Assurance",
    "Boundary",
    "Breakdown",
    "Category",
    "ChartSpec",
    "Coverage",
    "Day",
    "Dimension",
    "Disclosure",
    "EditionEntry",
    "Event",
    "Flag",
    "Footnote",
    "Formula",
    "Framework",
    "Group",
    "Heading",
    "Indicator",
    "Name",
    "Note",
    "Noun",
    "Obligation",
    "Observation",
    "Operation",
    "Organisation",
    "Period",
    "PeriodId",
    "Plausible",
    "Printed",
    "Purpose",
    "Qualifier",
    "Reason",
    "Reference",
    "Rendering",
    "Report",
    "ReportFile",
    "ReportLanguage",
    "Restatement",
    "Scale",
    "Section",
    "Source",
    "Stance",
    "Status",
    "TableSpec",
    "Target",
    "Term",
    "TermKind",
    "Text",
    "Unit",
    "Use",
    "number_hint",
    "period_meant",
    "split",
]

TermKind = Literal[
    "law",
    "regulation",
    "standard",
    "method",
    "code",
    "guideline",
    "framework",
    "internal",
    "proposal",
    "award",
    "programme",
    "person",
    "organisation",
    "product",
    "phrase",
]
"""What sort of name a term is; each has its heading under `kinds` in the phrases of a language."""


class Period(Noun):
    """A stretch or point of time that figures stand for: a financial year, a span of years, a reporting date."""

    start: Day | None = None
    """The first day; absent for a point in time."""
    end: Day | None = None
    """The last day, or the day itself for a point in time; absent for a period the source leaves open."""
    label: Text | None = None
    """Its wording where the dates do not say it, e.g. "undated" or "FY 2024/25"."""

    @model_validator(mode="after")
    def _dates_or_label(self) -> Period:
        if self.end is None and self.label is None:
            raise ValueError(
                "a period needs 'end' or 'label'|give its last day as YYYY-MM-DD, or a label in each language"
            )
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"the period starts on {self.start}, after its end on {self.end}|exchange the two dates")
        return self


class Unit(Noun):
    """What a figure is counted in."""

    name: Text
    """As the unit column of a table shows it: tonnes, MWh, employees."""
    pattern: Text
    """How it goes with a number in a sentence, `{}` being the number: `{} tonnes`, `RMB{}`, `{}項`."""
    one: Text | None = None
    """The pattern for exactly 1, where a language needs it: `{} tonne`."""
    quantity: str = "count"
    """What it measures: mass, energy, money, count ... Only figures of one quantity are added."""
    factor: Decimal = Decimal(1)
    """How many of the quantity's base unit make one of this, e.g. 1000 kg per t."""
    per: tuple[Name, ...] = ()
    """Of a ratio's unit, the two units it is made of: `[tonne, person]` for tonnes per employee."""
    percent: Flag = False
    """Whether the figure is a share of a hundred."""
    aria: Text | None = None
    """How to say the unit where its name is only symbols."""

    @model_validator(mode="after")
    def _per_two(self) -> Unit:
        if self.per and len(self.per) != 2:
            raise ValueError(f"'per' names two units, {len(self.per)} given|write [tonne, person] for tonnes a person")
        return self


class Category(Noun):
    """One branch of a dimension: female, Asia, scope 1."""

    label: Text


class Dimension(Noun):
    """A way to break a figure down: gender, region, age, site, scope."""

    label: Text
    categories: Mapping[Name, Category]


class Boundary(Noun):
    """Which parts of the organisation a figure covers."""

    label: Text
    description: Text | None = None


class Assurance(Noun):
    """Who checked a figure, and how far."""

    label: Text
    level: Literal["none", "limited", "reasonable"] = "none"
    provider: Text | None = None
    standard: Text | None = None


_PRECISION = re.compile(r"^(\d{4})(-\d{2})?(-\d{2})?$")


def _partial_date(value: str) -> str:
    parts = _PRECISION.match(value)
    if parts is None:
        raise ValueError(f"'{value}' is not a date|write YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        date.fromisoformat("-".join([*value.split("-"), "01", "01"][:3]))
    except ValueError:
        raise ValueError(f"'{value}' is not a date|there is no such day or month in the calendar") from None
    return value


class Event(Noun):
    """Something that happened on a day, in a month or in a year."""

    date: Annotated[str, BeforeValidator(lambda value: str(value)), AfterValidator(_partial_date)]
    """ISO, as precise as it is known: 2018-07-23, 2019-03, 2015."""
    label: Text
    description: Text | None = None
    source: Source | None = None


class Heading(Noun):
    """The title of a part of a chapter; its id is the anchor, in every language."""

    number: str = ""
    title: Text
    disclosures: tuple[str, ...] = ()
    """Framework and code: `hkex-2016 A1.0`."""
    context: tuple[str, ...] = ()
    """Codes on which it throws light without answering them; they never count as disclosed."""


class Footnote(Noun):
    """A note to a word in the text, numbered where it is first called."""

    text: Text


class Term(Noun):
    """A name with one official form in each language: a law, a standard, an award, a product, a programme."""

    id: str = ""
    kind: TermKind
    name: Text
    issuer: Text | None = None
    year: str | None = None
    note: Text | None = None
    verified: Flag = True
    """False where a form could not be confirmed in the source; shown with a mark."""
    sections: tuple[str, ...] = ()
    """Numbers of the sections of the source that name it."""
    variants: tuple[str, ...] = ()
    """Other spellings in which it may stand in prose, e.g. `Mi MAX 2`."""


class Note(Noun):
    """An editor's note: what is wrong or unclear in the source, shown at the place and collected on one page."""

    id: str = ""
    kind: Literal["arithmetic", "contradiction", "slip", "unclear", "translation", "timing", "scope"]
    title: Text
    text: Text
    at: tuple[str, ...] = ()
    """Indicators (`section.name`) at whose rows and figures it is marked without being called."""
    basis: Literal["proved", "external", "inferred"] = "proved"
    """Whether the source alone proves it, or it rests on outside knowledge or inference."""
    source: Source | None = None


def _wordings(data: Any) -> Any:
    given = [data] if isinstance(data, str) else data
    if not isinstance(given, (list, tuple)) or not given or not all(isinstance(one, str) and one for one in given):
        raise ValueError("no wording stands here|write a wording, or several: [僱員, 員工]; quotes around a number")
    return tuple(given)


_WORDING_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
Wordings = Annotated[tuple[str, ...], BeforeValidator(_wordings), WithJsonSchema(_WORDING_SCHEMA)]
"""One wording or several; a single one may be written without its list."""


class Rendering(Noun):
    """How one expression is put in each language; data/glossary.yaml holds them, the term base of the report."""

    words: Mapping[str, Wordings]
    """Language id to its wordings: where the reference has one of its own, each other language has one of its."""
    avoid: Mapping[str, Wordings] = {}
    """Wordings that a language does not use for it."""
    unless: Mapping[str, Wordings] = {}
    """Longer wordings in which one of `words` or `avoid` stands for something else."""
    avoid_only: Flag = False
    """True where the wording may differ with the sentence, and only what `avoid` lists is refused."""
    note: str = ""
    """Where the wording comes from; for whoever translates."""


class TableSpec(Noun):
    """What every kind of table shares; each kind adds its own keys (tables/*.py)."""

    kind: str
    caption: Text
    description: Text | None = None
    """One sentence under the caption: boundary, period, how to read it."""
    notes: Mapping[Name, Text] = {}
    """Footnotes by id; rows, groups, columns and cells call them; marks restart in each table."""
    general: tuple[Text, ...] = ()
    """Remarks on the whole table, without a mark."""
    kpi: Flag = True
    """Whether it also stands on the page of all KPI tables."""


class ChartSpec(Noun):
    """What every kind of chart shares; each kind adds its own keys (charts/*.py)."""

    switched: ClassVar[Literal["label", "group"]] = "label"
    """What a reader of the interactive chart can switch off: what points are named by, or how they are grouped."""
    kind: str
    title: Text
    """What the drawing shows, in one sentence."""
    subtitle: Text | None = None
    """Measure, unit, period, boundary; made from the data where it is left out."""
    description: Text
    """The drawing in words, for whoever does not see it."""
    series: tuple[Reference, ...] = ()
    """The indicators drawn, in order."""
    periods: tuple[PeriodId, ...] = ()
    """The periods drawn; left out: the one period that each indicator has, or all."""
    source: Text | None = None


class Section(Noun):
    """One chapter: its figures, tables and charts; its words are the content file of the same name."""

    id: str = ""
    number: str = ""
    title: Text
    short: Text | None = None
    """A shorter title for menus."""
    summary: Text | None = None
    """One sentence for search engines and the home page."""
    headings: Mapping[Name, Heading] = {}
    indicators: Mapping[Name, Indicator] = {}
    events: Mapping[Name, Event] = {}
    footnotes: Mapping[Name, Footnote] = {}
    tables: Mapping[Name, Any] = {}
    charts: Mapping[Name, Any] = {}


class Organisation(Noun):
    """Whose report it is."""

    name: Text
    short: Text | None = None
    code: str = ""


class ReportLanguage(Noun):
    """One language of the report."""

    id: str
    """The folder and address: en, zh-Hant. Its phrases file has the same name."""
    tag: str
    """What `lang` says, e.g. zh-Hant-HK."""
    name: str
    """Its own name for itself."""


_ADDRESS = re.compile(r"^(https?://[^\s/]+/|[^/\s:?#]+/)([^/\s:?#]+/)*$")


def _address(value: str) -> str:
    if not value.endswith("/"):
        raise ValueError(f"'{value}' does not end in a slash|write the address of a folder: ../2023-24/")
    if not _ADDRESS.match(value):
        raise ValueError(
            f"'{value}' is no address of a site|write the way from this site's root, ../2023-24/, or https://..."
        )
    return value


class EditionEntry(Noun):
    """Another published year of this report: where it is written, and where it is read."""

    period: PeriodId
    """The period that the other report is about."""
    report: str
    """The folder that holds its data/ and content/, seen from the folder of this report: ../2023-24"""
    at: Annotated[str, AfterValidator(_address)]
    """The address of its site, seen from the root of this one, ../2023-24/, or absolute."""


class ReportFile(Noun):
    """data/report.yaml: what the report is, over what time, in which languages, in what order."""

    title: Text
    subtitle: Text | None = None
    organisation: Organisation
    languages: tuple[ReportLanguage, ...]
    """The first is the reference that the others are compared with."""
    period: PeriodId
    """The period the report is about."""
    periods: Mapping[PeriodId, Period]
    chapters: tuple[Name, ...] = ()
    """Sections in the order of reading."""
    untranslated: Literal["error", "fallback", "hide"] = "error"
    """What becomes of a text or page that a language lacks: a mistake, shown in the reference language, or left out."""
    pages: tuple[Name, ...] = ()
    """Pages after the chapters, in the order of the menu: content files without a chapter's number."""
    boundary: Name | None = None
    boundaries: Mapping[Name, Boundary] = {}
    assurance: Name | None = None
    assurances: Mapping[Name, Assurance] = {}
    change_threshold: Threshold | None = None
    """By how many per cent a figure may change from one period to the next without a word."""
    dimensions: Mapping[Name, Dimension] = {}
    disclaimer: Text | None = None
    """A plain sentence on every page, e.g. that this is an unofficial worked example."""
    licence: Text | None = None
    source: Text | None = None
    """The document the figures come from."""
    csv_bom: Flag = True
    """Whether the CSV files that people open begin with the mark by which a spreadsheet knows UTF-8."""
    editions: tuple[EditionEntry, ...] = ()
    """The other years of the report that are published beside this one."""


class Report(Noun):
    """Everything the data folder says, linked."""

    file: ReportFile
    units: Mapping[str, Unit]
    terms: Mapping[str, Term]
    frameworks: Mapping[str, Framework]
    coverage: Mapping[str, Coverage] = {}
    """How the report stands to each framework, by its id, as far as the author says so."""
    sections: Mapping[str, Section]
    notes: Mapping[str, Note]
    glossary: Mapping[str, Rendering] = {}
    """How words that matter are put in each language, by their id."""
    sources: Annotated[Mapping[str, str], Field(exclude=True)] = {}
    """The text of each data file by its name, so that a rule can point at a word inside a text."""
    audit: Annotated[Audit, Field(exclude=True)] = Audit()
    """What was checked and what came of it; filled in by the audit."""
    kpis: Annotated[frozenset[str], Field(exclude=True)] = frozenset()
    """The indicators, `section.name`, that have a page of their own; filled in after the audit."""
    carriers: Annotated[Any, Field(exclude=True)] = None
    """What carries each code of a framework, as `disclosures.carriers` gives it; filled in after the figures."""
    records: Annotated[Mapping[str, str], Field(exclude=True)] = {}
    """What commands have recorded of the report, by file name: the text of each `data/records/*.json`."""
    version: Annotated[str, Field(exclude=True)] = ""
    """The SHA-256 that stands for its data and words, as `fingerprint.data_version` gives it."""
    archive: Annotated[Any, Field(exclude=True)] = None
    """The years published side by side, as `editions.archive_of` reads them; None where there is but this one."""
    absent: Annotated[Mapping[str, frozenset[str]], Field(exclude=True)] = {}
    """The pages that are left out of a language, by its id; filled in when the pages are read."""
    uses: Mapping[str, tuple[Use, ...]] = {}
    """Where each term, indicator and note is used in the pages: `term:rba`, `value:people.donations`."""

    @property
    def languages(self) -> tuple[ReportLanguage, ...]:
        """The languages, the reference first."""
        return self.file.languages

    def indicators(self) -> Iterator[Indicator]:
        """Yield every indicator, in the order of the chapters and of their files."""
        for section in self.sections.values():
            yield from section.indicators.values()

    def indicator(self, name: str, section: str = "") -> Indicator | None:
        """Return the indicator called *name* in *section*, or `section.name`; None if there is none."""
        home, local = split(name, section)
        found = self.sections.get(home)
        return found.indicators.get(local) if found else None

    def event(self, name: str, section: str = "") -> Event | None:
        """Return the event called *name* in *section*, or `section.name`; None if there is none."""
        home, local = split(name, section)
        found = self.sections.get(home)
        return found.events.get(local) if found else None

    def table(self, name: str, section: str = "") -> Any:
        """Return the table called *name* in *section*, or `section.name`; None if there is none."""
        home, local = split(name, section)
        found = self.sections.get(home)
        return found.tables.get(local) if found else None

    def chart(self, name: str, section: str = "") -> Any:
        """Return the chart called *name* in *section*, or `section.name`; None if there is none."""
        home, local = split(name, section)
        found = self.sections.get(home)
        return found.charts.get(local) if found else None


class Use(Noun):
    """One place in the pages where something is used."""

    page: str
    """Stem of the page: environment."""
    anchor: str
    """The nearest heading's id, or empty."""


Report.model_rebuild()


def period_meant(indicator: Indicator, report: Report) -> PeriodId:
    """Return the period meant where none is named: the indicator's only one, else the report's, else its first."""
    if not indicator.values or report.file.period in indicator.values:
        return report.file.period
    return next(iter(indicator.values))


def split(name: str, section: str = "") -> tuple[str, str]:
    """Return section and local name of a reference: `energy.total` -> (energy, total); `total` is in *section*."""
    home, dot, local = name.partition(".")
    return (home, local) if dot else (section, name)
