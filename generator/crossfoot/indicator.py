"""A figure: one thing that is measured, its value in each period as it was printed, and how it follows from others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, PrivateAttr, ValidationError, model_validator

from crossfoot.findings import Check
from crossfoot.intervals import Interval, coarse_step_of, point, rounded_to
from crossfoot.nouns import Flag, Name, Noun, PeriodId, Reference, Text, _placed_texts, number_hint, placed_words
from crossfoot.places import NOWHERE, Place

Qualifier = Literal["exact", "about", "over", "at-least", "under", "up-to", "nearly", "range", "several"]
"""How the source hedges a figure: `over` 16,000; `nearly` 200; `range` 70-85; `several` 100 is "hundreds"."""
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)


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


Status = Literal["final", "estimated", "provisional", "restated"]


Operation = Literal["sum", "difference", "product", "ratio", "share", "implied"]
FORMULAS: tuple[Operation, ...] = get_args(Operation)


_EXACT = Context(prec=60)
SCALES: Mapping[str, Decimal] = MappingProxyType(
    {
        "one": Decimal(1),
        "thousand": Decimal(10) ** 3,
        "million": Decimal(10) ** 6,
        "billion": Decimal(10) ** 9,
    }
)


def _above_zero(threshold: Decimal) -> Decimal:
    if threshold <= 0:
        raise ValueError(f"a threshold of {threshold} per cent asks for a word at every change|write a number above 0")
    return threshold


Threshold = Annotated[Decimal, AfterValidator(_above_zero)]
"""By how many per cent a figure may change without a word."""


class Restatement(Noun):
    """What a restated value was before, and why it changed."""

    was: Decimal | Literal["not-printed"]
    reason: Text


class Source(Noun):
    """Where a figure stands in the original document."""

    section: str = ""
    lines: tuple[int, ...] = ()
    """Lines of the source text, counted from 1."""
    page: Annotated[int, Field(gt=0)] | None = None
    """The page of the original document, where it is known."""


class Printed(Noun):
    """How the original document prints the same fact in another place."""

    value: Decimal
    upto: Decimal | None = None
    scale: Scale = "one"
    qualifier: Qualifier = "exact"
    source: Source | None = None

    @property
    def amount(self) -> Decimal:
        """The value with its scale word worked in."""
        return _scaled(self.value, self.scale)


class Acknowledgement(Noun):
    """A finding of the audit that the author knows and stands by, pinned to its numbers, with the reason."""

    finding: Check
    period: PeriodId | None = None
    """Needed only where the indicator has several."""
    at: tuple[Name, ...] = ()
    """Categories, where the finding is about a part of a breakdown."""
    printed: Decimal | None = None
    """The figure as it stands; where it changes, the finding must be read again."""
    instead: Decimal | None = None
    """The nearest value that would agree, as the audit gives it."""
    reason: Text


class Plausible(Noun):
    """Between what bounds a figure is to be expected, and who says so."""

    low: Decimal | None = None
    high: Decimal | None = None
    like: Reference | None = None
    """An indicator, known from elsewhere, that it should agree with."""
    above: Reference | None = None
    """An indicator that it should not lie below."""
    below: Reference | None = None
    """An indicator that it should not lie above."""
    period: PeriodId | None = None
    """Where it holds for one period only."""
    source: Text
    verified: Flag = True
    """False where the bounds could not be looked up; shown with a mark."""

    @model_validator(mode="after")
    def _has_a_bound(self) -> Plausible:
        if all(one is None for one in (self.low, self.high, self.like, self.above, self.below)):
            raise ValueError("no bound is given|give 'low' or 'high', or an indicator as 'like', 'above' or 'below'")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"'low' {self.low} is above 'high' {self.high}|exchange the two")
        return self


def _scaled(value: Decimal, scale: Scale) -> Decimal:
    return value if scale == "one" else value.scaleb(SCALES[scale].adjusted(), _EXACT)


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
    also: tuple[Printed, ...] = ()
    """The same fact as the original prints it elsewhere; what differs is a finding."""
    _stands_for: Interval | None = PrivateAttr(default=None)

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
        return None if self.value is None else _scaled(self.value, self.scale)

    @property
    def upto_amount(self) -> Decimal | None:
        """The upper end of a range with its scale word worked in."""
        return None if self.upto is None else _scaled(self.upto, self.scale)

    @property
    def stands_for(self) -> Interval | None:
        """All amounts that would be printed so; of a computed value, all that its parts allow; None without value."""
        known: Any = self.__pydantic_private__  # this is asked for hundreds of thousands of times
        found: Interval | None = known["_stands_for"]
        if found is None and self.value is not None:
            found = known["_stands_for"] = stands_for(self.value, self.upto, self.qualifier, self.scale)
        return found

    def following(self, allowed: Interval) -> Observation:
        """Return a computed value that knows what its printed parts allow: its own digits would say too much."""
        found = self.model_copy()
        found._stands_for = allowed
        return found


def stands_for(value: Decimal, upto: Decimal | None, qualifier: Qualifier, scale: Scale = "one") -> Interval:
    """Return all amounts that a figure printed so can stand for; a step is one unit of its last place.

    exact: half a step to either side. range: from half a step below its start to half a step above its end.
    over, under: beyond the digits; at-least, up-to: the digits and beyond. about: a coarse step to either side;
    nearly: from a coarse step below, up to the digits but without them. A coarse step takes zeros that pad a whole
    number for unknown digits: 1000 in 16000. several ("hundreds"): the least such number and beyond.
    """
    coarse = coarse_step_of(value) if qualifier in ("about", "nearly") else Decimal(0)
    match qualifier:
        case "exact":
            found = rounded_to(value)
        case "range":
            found = Interval(rounded_to(value).low, rounded_to(upto if upto is not None else value).high)
        case "about":
            found = point(value) + Interval(-coarse, coarse)
        case "nearly":
            found = point(value) + Interval(-coarse, Decimal(0), high_open=True)
        case "over":
            found = Interval(value, Decimal("Infinity"), low_open=True, high_open=True)
        case "at-least" | "several":
            found = Interval(value, Decimal("Infinity"), high_open=True)
        case "under":
            found = Interval(Decimal("-Infinity"), value, low_open=True, high_open=True)
        case "up-to":
            found = Interval(Decimal("-Infinity"), value, low_open=True)
    return found if scale == "one" else found * point(SCALES[scale])


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
            said = f"'{first['loc'][-1]}' is not a known key|keys here: {', '.join(_typed(Observation))}"
        elif first["type"] == "literal_error":
            said = f"'{first['input']}' is not one of the words allowed for '{first['loc'][-1]}'|allowed: {said}"
        elif first["type"] != "value_error":
            found = "nothing" if data is None else "a list" if isinstance(data, (list, tuple)) else "what is written"
            said = f"{found} stands where a number belongs|write the number, or {{omission: not-disclosed}}"
        raise ValueError(f"{said}{'' if '|' in said else '|'}\nat {place}") from None


def _typed(kind: type[Noun]) -> list[str]:
    """Return the keys of *kind* that an author types, sorted."""
    return sorted(set(kind.model_fields) - {"place", "places"})


class Breakdown(Noun):
    """The values of an indicator by one or several dimensions."""

    by: tuple[Name, ...]
    """Dimension ids, outermost first."""
    partial: Flag = False
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
    context: tuple[str, ...] = ()
    """Codes on which it throws light without answering them; they never count as disclosed."""
    target: Target | None = None
    measures: Literal["amount", "change", "share", "rank"] = "amount"
    """What the source itself claims with the printed figure; a sentence may then say so: `fell by {{ value ... }}`."""
    sum: tuple[Reference, ...] = ()
    difference: tuple[Reference, ...] = ()
    product: tuple[Reference, ...] = ()
    ratio: tuple[Reference, ...] = ()
    """Numerator and denominator; a denominator that no one discloses is named in `undisclosed`."""
    share: tuple[Reference, ...] = ()
    implied: Reference | None = None
    """The printed figure that gives away this one, which nobody discloses: its range follows from the rounding."""
    factor: Decimal = Decimal(1)
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    """Only for figures computed here; printed figures keep their digits."""
    undisclosed: Flag = False
    """A quantity that stands in a formula but was never published; the audit solves for it."""
    whole: Decimal | None = None
    """What the parts make by definition: 100 where they are the shares of a composition."""
    plausible: tuple[Plausible, ...] = ()
    """Bounds to hold the figure against, whether it is printed, computed or solved for."""
    change_threshold: Threshold | None = None
    """By how many per cent it may change from one period to the next without a word; else the report's."""
    explained: Mapping[PeriodId, Text] = {}
    """Why it changed so much, by the later period."""
    acknowledged: tuple[Acknowledgement, ...] = ()
    """Findings of the audit that are known and stand."""

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
            place = getattr(data, "place", NOWHERE)
            return {**texts, "values": placed, "place": place, "places": placed_words(data)}
        return data

    @model_validator(mode="after")
    def _one_formula(self) -> Indicator:
        named = [name for name in FORMULAS if getattr(self, name)]
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
        """The formula, whichever was typed."""
        fields = self.__dict__
        for operation in FORMULAS:
            if names := fields[operation]:
                of = (names,) if isinstance(names, str) else names
                # Its parts were checked when they were read; this is asked for thousands of times.
                return Formula.model_construct(
                    operation=operation, of=of, factor=self.factor, place=self.place, places={}
                )
        return None
