"""The nouns of a report: what an author writes in YAML, typed, frozen, and knowing where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crossfoot.places import NOWHERE, Place
from crossfoot.slips import numeral

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""An id the author chooses: small letters, digits and underscores, starting with a letter."""
Reference = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$")]
"""A name, looked up in the same section, or `section.name`."""
PeriodId = str

Qualifier = Literal["exact", "about", "over", "at-least", "under", "up-to", "nearly", "range", "several"]
"""How the source hedges a figure: `over` 16,000; `nearly` 200; `range` 70-85; `several` 100 is "hundreds"."""
Scale = Literal["one", "thousand", "million", "billion"]
"""The word the figure was printed with: value 600, scale million is "600 million" in English and 6億 in Chinese."""
Reason = Literal[
    "not-disclosed",
    "not-collected",
    "not-applicable",
    "not-material",
    "not-yet-available",
    "confidential",
    "outside-boundary",
    "below-threshold",
]
"""Why a value is missing: the fixed vocabulary, worded in each language by its phrases."""
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
Status = Literal["final", "estimated", "provisional", "restated"]
Operation = Literal["sum", "difference", "product", "ratio", "share"]

SCALES: Mapping[str, Decimal] = MappingProxyType(
    {
        "one": Decimal(1),
        "thousand": Decimal(10) ** 3,
        "million": Decimal(10) ** 6,
        "billion": Decimal(10) ** 9,
    }
)


class Noun(BaseModel):
    """What every noun shares: frozen, no unknown keys, and its place in the author's files."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    place: Annotated[Place, Field(exclude=True)] = NOWHERE
    """Where it stands; filled in by the reader, never typed."""

    @model_validator(mode="before")
    @classmethod
    def _take_place(cls, data: Any) -> Any:
        place = getattr(data, "place", None)
        if isinstance(data, Mapping) and isinstance(place, Place):
            if "place" in data:
                raise ValueError("'place' is not a known key|take it out, or choose another word")
            return {**_placed_texts(cls, data, getattr(data, "places", {})), "place": place}
        return data


def _placed_texts(kind: type[BaseModel], data: Mapping[str, Any], places: Mapping[str, Place]) -> dict[str, Any]:
    """Return *data* with the place of each text that is written once for all languages; the others know theirs."""

    def placed(value: Any, place: Place) -> Any:
        if isinstance(value, str):
            return {"by_language": {"*": value}, "place": place}
        inside = getattr(value, "places", None)
        if isinstance(value, list) and inside:
            return [placed(one, at) for one, at in zip(value, inside, strict=True)]
        return value

    done = dict(data)
    for key, value in data.items():
        field = kind.model_fields.get(key)
        of = (field.annotation, *get_args(field.annotation)) if field is not None else ()
        if Text not in of:
            continue
        below = getattr(value, "places", {})
        if get_origin(field.annotation if field else None) is Mapping and isinstance(value, Mapping):
            done[key] = {name: placed(one, below.get(name, NOWHERE)) for name, one in value.items()}
        else:
            done[key] = placed(value, places.get(key, NOWHERE))
    return done


class Text(Noun):
    """A wording in each language of the report; a plain string is the same in all of them."""

    by_language: Mapping[str, str]
    """Language id to wording; the key `*` stands for every language."""
    places: Annotated[Mapping[str, Place], Field(exclude=True)] = {}

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"by_language": {"*": data}}
        if isinstance(data, Mapping) and "by_language" not in data:
            words = {key: value for key, value in data.items() if key != "place"}
            return {
                "by_language": words,
                "place": data.get("place", getattr(data, "place", NOWHERE)),
                "places": dict(getattr(data, "places", {})),
            }
        return data

    def get(self, language: str) -> str | None:
        """Return the wording in *language*, None if it is missing."""
        return self.by_language.get(language, self.by_language.get("*"))

    def place_in(self, language: str) -> Place:
        """Return where the wording in *language* stands."""
        return self.places.get(language, self.place)


def _iso_date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(
                f"'{value}' is not a date|write a day that exists as YYYY-MM-DD, e.g. 2018-12-31"
            ) from None
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]


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
    percent: bool = False
    """Whether the figure is a share of a hundred."""
    aria: Text | None = None
    """How to say the unit where its name is only symbols."""


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


class Restatement(Noun):
    """What a restated value was before, and why it changed."""

    was: Decimal | Literal["not-printed"]
    reason: Text


class Observation(Noun):
    """One value of one indicator in one period, as it was printed, or the reason why there is none."""

    value: Decimal | None = None
    """The digits as printed: 12.50 stays 12.50."""
    upto: Decimal | None = None
    """The upper end, where the qualifier is `range`."""
    scale: Scale = "one"
    qualifier: Qualifier = "exact"
    status: Status = "final"
    omission: Reason | None = None
    """Why there is no value."""
    printed: Literal["value", "dash", "empty"] = "value"
    """What stands in the cell where there is no value; `value` writes the reason's short mark."""
    restated: Restatement | None = None
    note: Text | None = None
    """A footnote to this one cell."""
    boundary: Name | None = None
    """Only where it differs from the indicator's; a change from one period to the next is marked."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if isinstance(data, (Decimal, int)) and not isinstance(data, bool):
            return {"value": data}
        if isinstance(data, str):
            raise ValueError(f"'{data}' is not a number|{number_hint(data)}")
        return data

    @model_validator(mode="after")
    def _value_or_reason(self) -> Observation:
        if self.value is None and self.omission is None:
            raise ValueError("there is neither a value nor a reason|give 'value', or 'omission' with a reason")
        if self.value is not None and self.omission is not None:
            raise ValueError("there is a value and a reason for having none|delete 'omission' or 'value'")
        if (self.qualifier == "range") != (self.upto is not None):
            raise ValueError("a range needs 'value', 'upto' and 'qualifier: range'|write all three")
        if self.upto is not None and self.value is not None and self.upto <= self.value:
            raise ValueError(
                f"the range ends at {self.upto}, not above its start {self.value}|exchange 'value' and 'upto'"
            )
        if (self.status == "restated") != (self.restated is not None):
            raise ValueError("a restated value needs 'status: restated' and 'restated: {was, reason}'|write both")
        return self

    @property
    def amount(self) -> Decimal | None:
        """The value with its scale word worked in, exact: 600 million is 600000000."""
        return None if self.value is None else self.value.scaleb(SCALES[self.scale].adjusted())


def _observation(data: Any, place: Place) -> Observation:
    """Return *data* as an observation; what is wrong with it is said as one sentence with its value."""
    if isinstance(data, Observation):
        return data
    try:
        return Observation.model_validate({"value": data, "place": place} if isinstance(data, Decimal) else data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        said = str(first.get("ctx", {}).get("error", ""))
        if first["type"] == "extra_forbidden":
            said = f"'{first['loc'][-1]}' is not a known key|keys here: {', '.join(sorted(Observation.model_fields))}"
        elif first["type"] == "literal_error":
            said = f"'{first['input']}' is not one of the words allowed for '{first['loc'][-1]}'|allowed: {said}"
        elif first["type"] != "value_error":
            found = "nothing" if data is None else "a list" if isinstance(data, (list, tuple)) else "what is written"
            said = f"{found} stands where a number belongs|write the number, or {{omission: not-disclosed}}"
        raise ValueError(f"{said}{'' if '|' in said else '|'}\nat {place}") from None


class Breakdown(Noun):
    """The values of an indicator by one or several dimensions."""

    by: tuple[Name, ...]
    """Dimension ids, outermost first."""
    partial: bool = False
    """True where the parts printed are not all of them: they are not made to add up."""
    values: Mapping[PeriodId, Any]
    """Period, then category, then (for a second dimension) its category: the innermost is an observation."""

    @model_validator(mode="before")
    @classmethod
    def _one_dimension(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and isinstance(data.get("by"), str):
            return {**data, "by": [data["by"]], "place": getattr(data, "place", NOWHERE)}
        return data

    @model_validator(mode="after")
    def _observations(self) -> Breakdown:
        def read(branch: Any, depth: int, place: Place) -> Any:
            if depth == 0:
                return _observation(branch, place)
            if not isinstance(branch, Mapping):
                dimension = self.by[-depth]
                found = "nothing" if branch is None else f"'{branch}'"
                text = f"{found} stands where categories of '{dimension}' belong"
                raise ValueError(f"{text}|write one line a category below it\nat {place}")
            places = getattr(branch, "places", {})
            return {key: read(below, depth - 1, places.get(key, place)) for key, below in branch.items()}

        values = {period: read(branch, len(self.by), self.place) for period, branch in self.values.items()}
        object.__setattr__(self, "values", values)
        return self

    def at(self, period: str, *categories: str) -> Observation | None:
        """Return the observation in *period* at *categories* (one a dimension), None if there is none."""
        branch: Any = self.values.get(period)
        for category in categories:
            if branch is None:
                return None
            branch = branch.get(category)
        return branch if isinstance(branch, Observation) else None


class Target(Noun):
    """Where an indicator is meant to be, and when."""

    value: Decimal
    by: PeriodId
    direction: Literal["at-most", "at-least"] = "at-most"
    base: PeriodId | None = None
    """The period it is measured from."""
    note: Text | None = None


class Source(Noun):
    """Where a figure stands in the original document."""

    section: str = ""
    lines: tuple[int, ...] = ()
    """Lines of the source text, counted from 1."""


class Formula(Noun):
    """How a figure follows from others; a printed figure with a formula must agree with it."""

    operation: Operation
    of: tuple[Reference, ...]
    factor: Decimal = Decimal(1)


class Indicator(Noun):
    """One thing that is measured, with its value in each period."""

    id: str = ""
    """`section.name`; filled in by the reader."""
    label: Text
    unit: Name
    values: Mapping[PeriodId, Observation] = {}
    breakdowns: tuple[Breakdown, ...] = ()
    definition: Text | None = None
    method: Text | None = None
    boundary: Name | None = None
    assurance: Name | None = None
    source: Source | None = None
    disclosures: tuple[str, ...] = ()
    """Framework and code: `hkex-2016 A1.2`."""
    target: Target | None = None
    sum: tuple[Reference, ...] = ()
    difference: tuple[Reference, ...] = ()
    product: tuple[Reference, ...] = ()
    ratio: tuple[Reference, ...] = ()
    """Numerator and denominator; a denominator that no one discloses is named in `undisclosed`."""
    share: tuple[Reference, ...] = ()
    factor: Decimal = Decimal(1)
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    """Only for figures computed here; printed figures keep their digits."""
    undisclosed: bool = False
    """A quantity that stands in a ratio but was never published."""

    @model_validator(mode="before")
    @classmethod
    def _placed_values(cls, data: Any) -> Any:
        values = data.get("values") if isinstance(data, Mapping) else None
        places = getattr(values, "places", None)
        if isinstance(values, Mapping) and places:
            placed = {
                key: {"value": value, "place": places[key]} if isinstance(value, Decimal) else value
                for key, value in values.items()
            }
            texts = _placed_texts(cls, data, getattr(data, "places", {}))
            return {**texts, "values": placed, "place": getattr(data, "place", NOWHERE)}
        return data

    @model_validator(mode="after")
    def _one_formula(self) -> Indicator:
        named = [name for name in ("sum", "difference", "product", "ratio", "share") if getattr(self, name)]
        if len(named) > 1:
            raise ValueError(f"there are two formulas: '{named[0]}' and '{named[1]}'|keep one of them")
        for name in ("difference", "ratio", "share"):
            if named == [name] and len(getattr(self, name)) != 2:
                raise ValueError(f"'{name}' needs two names, {len(getattr(self, name))} given|write [first, second]")
        if not self.values and not self.breakdowns and not named and not self.undisclosed:
            raise ValueError("the indicator has no value|give 'values', a formula, or 'undisclosed: true'")
        return self

    @property
    def formula(self) -> Formula | None:
        """The formula, whichever of the five was typed."""
        for operation in ("sum", "difference", "product", "ratio", "share"):
            if names := getattr(self, operation):
                return Formula(operation=operation, of=names, factor=self.factor, place=self.place)
        return None


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
    verified: bool = True
    """False where a form could not be confirmed in the source; shown with a mark."""
    sections: tuple[str, ...] = ()
    """Numbers of the sections of the source that name it."""
    variants: tuple[str, ...] = ()
    """Other spellings in which it may stand in prose, e.g. `Mi MAX 2`."""


class Disclosure(Noun):
    """One code of a framework, with our own short title."""

    title: Text
    obligation: str = ""
    verified: bool = True


class Framework(Noun):
    """One edition of a disclosure framework: codes and our own short titles only."""

    id: str = ""
    name: Text
    short: Text
    disclosures: Mapping[str, Disclosure]


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
    kpi: bool = True
    """Whether it also stands on the page of all KPI tables."""


class ChartSpec(Noun):
    """What every kind of chart shares; each kind adds its own keys (charts/*.py)."""

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
    chapters: tuple[Name, ...]
    """Sections in the order of reading."""
    pages: tuple[Name, ...] = ()
    """Pages after the chapters, in the order of the menu: content files without a chapter's number."""
    boundary: Name | None = None
    boundaries: Mapping[Name, Boundary] = {}
    assurance: Name | None = None
    assurances: Mapping[Name, Assurance] = {}
    dimensions: Mapping[Name, Dimension] = {}
    disclaimer: Text | None = None
    """A plain sentence on every page, e.g. that this is an unofficial worked example."""
    licence: Text | None = None
    source: Text | None = None
    """The document the figures come from."""


class Report(Noun):
    """Everything the data folder says, linked."""

    KEEP: ClassVar[str] = "data"

    file: ReportFile
    units: Mapping[str, Unit]
    terms: Mapping[str, Term]
    frameworks: Mapping[str, Framework]
    sections: Mapping[str, Section]
    notes: Mapping[str, Note]
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


def split(name: str, section: str = "") -> tuple[str, str]:
    """Return section and local name of a reference: `energy.total` -> (energy, total); `total` is in *section*."""
    home, dot, local = name.partition(".")
    return (home, local) if dot else (section, name)


_NO_NUMBER = frozenset(("-", "\u2013", "\u2014", "--", "n/a", "na", "n.a.", "nil", "none", "tbc", "tbd", "?", "..."))
_HEDGES = {
    "~": "about", "\u2248": "about", "about": "about", "approx.": "about", "c.": "about", "約": "about",
    ">": "over", "over": "over", "more than": "over", "超過": "over", "\u2265": "at-least", ">=": "at-least",
    "<": "under", "less than": "under", "\u2264": "up-to", "<=": "up-to", "up to": "up-to", "nearly": "nearly",
}  # fmt: skip
"""What may stand before a figure in words or signs, as a qualifier."""


def number_hint(typed: str) -> str:
    """Return what to write instead of *typed*, which is meant to be a number."""
    number = numeral(typed)
    if number:
        return f"write {number}: a point for decimals, nothing between thousands"
    if typed.strip().casefold() in _NO_NUMBER:
        return "if there is none, write why: {omission: not-disclosed}"
    parts = re.fullmatch(r"\s*(?P<lead>\D*?)\s*(?P<number>[-+(]?\d[\d.,\s]*)(?P<unit>[^\d\s].*)?", typed)
    number = numeral(parts["number"]) if parts else None
    if parts and number and parts["lead"].casefold() in _HEDGES and not parts["unit"]:
        return f"write {{value: {number}, qualifier: {_HEDGES[parts['lead'].casefold()]}}}"
    ends = re.fullmatch(r"(.*\d)\s*[-~\u2013\u2014]\s*(\d.*)", typed)
    low, high = (numeral(ends[1]), numeral(ends[2])) if ends else (None, None)
    if low and high:
        return f"write {{value: {low}, upto: {high}, qualifier: range}}"
    unit = f"{parts['lead']}{parts['unit'] or ''}" if parts else ""
    if number and re.fullmatch(r"[^\W\d_]?[^\d:;]*|tCO2e?", unit) and not re.search(r"[=<>]", unit):
        return f"write {number}: what it is counted in stands under 'unit'"
    return "write digits, e.g. 1204.5: a point for decimals, nothing between thousands"
