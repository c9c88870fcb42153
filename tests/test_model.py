"""The nouns of a report: what they refuse, what they keep, how they answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from crossfoot.model import Breakdown, Event, Indicator, Observation, Period, Text, number_hint, split


def refused(kind, **given):
    """Return the sentence with which *kind* refuses *given*."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(given)
    return str(caught.value.errors()[0]["ctx"]["error"])


def test_a_text_is_the_same_in_all_languages_or_has_one_each():
    """A plain string answers in every language; a missing wording is None, never another language's."""
    assert Text.model_validate("LS 2040").get("zh-Hant") == "LS 2040"
    assert Text.model_validate({"en": "Energy"}).get("en") == "Energy"
    assert Text.model_validate({"en": "Energy"}).get("zh-Hant") is None


@pytest.mark.parametrize("digits", ["12.50", "0", "0.00", "-0.50", "0.000097", "123456789012345678901234567890"])
def test_a_value_keeps_its_digits(digits):
    """12.50 stays 12.50, and 0 is not 0.00."""
    assert str(Observation.model_validate(Decimal(digits)).value) == digits


@pytest.mark.parametrize(
    ("value", "scale", "amount"),
    [
        ("12.50", "one", "12.50"),
        ("16", "thousand", "16000"),
        ("600", "million", "600000000"),
        ("238.5", "billion", "238500000000"),
        ("-1.5", "million", "-1500000"),
        ("0", "billion", "0"),
    ],
)
def test_an_amount_has_its_scale_word_worked_in(value, scale, amount):
    """Exactly, without digits that nobody printed: 2.4 million is 2400000, not 2400000.0."""
    assert format(Observation(value=Decimal(value), scale=scale).amount, "f") == amount


def test_a_missing_value_has_no_amount():
    """Missing is never zero."""
    assert Observation(omission="confidential").amount is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "there is neither a value nor a reason|give 'value', or 'omission' with a reason"),
        (
            {"value": 1, "omission": "confidential"},
            "there is a value and a reason for having none|delete 'omission' or 'value'",
        ),
        ({"value": 1, "upto": 2}, "a range needs 'value', 'upto' and 'qualifier: range'|write all three"),
        (
            {"value": 2, "upto": 2, "qualifier": "range"},
            "the range ends at 2, not above its start 2|exchange 'value' and 'upto'",
        ),
        (
            {"value": 2, "status": "restated"},
            "a restated value needs 'status: restated' and 'restated: {was, reason}'|write both",
        ),
    ],
)
def test_an_observation_is_whole(given, said):
    """A value or a reason, a range with both ends, a restatement with its reason."""
    assert refused(Observation, **given) == said


def test_a_noun_is_frozen():
    """What was read is never changed."""
    with pytest.raises(ValidationError):
        Observation(value=Decimal(1)).value = Decimal(2)


def test_a_breakdown_is_found_by_period_and_categories():
    """One category a dimension; what is not there is None."""
    values = {"2024": {"female": {"north": Decimal(3)}, "male": {"north": {"value": Decimal(4), "qualifier": "about"}}}}
    found = Breakdown.model_validate({"by": ["gender", "region"], "values": values})

    assert found.at("2024", "female", "north").value == Decimal(3)
    assert found.at("2024", "male", "north").qualifier == "about"
    assert [found.at("2024", "female"), found.at("2024", "female", "south"), found.at("2023", "female", "north")] == [
        None,
        None,
        None,
    ]


def test_one_dimension_needs_no_list():
    """`by: gender` is `by: [gender]`."""
    assert Breakdown.model_validate({"by": "gender", "values": {}}).by == ("gender",)


@pytest.mark.parametrize("date", ["2018", "2019-03", "2018-07-23", "2024-02-29"])
def test_a_date_is_as_precise_as_it_is_known(date):
    """Year, month or day."""
    assert Event(date=date, label="x").date == date


@pytest.mark.parametrize("date", ["2018-13", "2018-02-30", "18", "July 2018", "2018-7-23", "0000"])
def test_a_day_that_does_not_exist_is_refused(date):
    """In the author's words."""
    assert refused(Event, date=date, label="x").startswith(f"'{date}' is not a date|")


def test_an_indicator_has_one_formula():
    """Two formulas are refused; a sum has any number of parts, a ratio two."""
    indicator = {"label": "x", "unit": "y"}

    assert refused(Indicator, **indicator, sum=["a"], ratio=["a", "b"]).startswith("there are two formulas")
    assert refused(Indicator, **indicator, ratio=["a"]) == "'ratio' needs two names, 1 given|write [first, second]"
    assert refused(Indicator, **indicator).startswith("the indicator has no value")
    assert Indicator(**indicator, sum=("a", "b", "c")).formula.of == ("a", "b", "c")


def test_a_period_needs_an_end_or_a_label():
    """And begins before it ends."""
    assert refused(Period, start="2018-01-01").startswith("a period needs 'end' or 'label'")
    assert refused(Period, start="2018-12-31", end="2018-01-01").startswith("the period starts on 2018-12-31, after")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("13,093.57", "write 13093.57"),
        ("1_000", "write 1000"),
        ("007", "write 7"),
        ("-1,204", "write -1204"),
        ("97.1%", "write 97.1"),
        ("many", "write digits, e.g. 1204.5"),
        ("", "write digits, e.g. 1204.5"),
    ],
)
def test_a_hint_says_how_the_number_is_written(typed, hint):
    """A point for decimals, nothing between thousands."""
    assert number_hint(typed) == f"{hint}: a point for decimals, nothing between thousands"


def test_a_name_is_looked_up_at_home():
    """`total` is in the section, `energy.total` in its own."""
    assert [split("total", "water"), split("energy.total", "water")] == [("water", "total"), ("energy", "total")]


def test_a_report_finds_what_it_is_asked_for(report):
    """Indicators, events, tables and charts, by local and by full name; what is not there is None."""
    assert report.indicator("ghg", "fleet") is report.indicator("fleet.ghg")
    assert report.event("refit", "fleet").date == "2024-06"
    assert report.table("fleet.routes").kind == "matrix"
    assert report.chart("shares", "crew").kind == "share"
    assert [report.indicator("x", "fleet"), report.event("x"), report.table("y.x"), report.chart("x", "crew")] == [
        None
    ] * 4
