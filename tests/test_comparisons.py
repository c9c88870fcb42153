"""What may be said of figures by comparing them: never more than their printed digits prove."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TINY
from crossfoot import Problems, read_report
from crossfoot.comparisons import Said, change, said
from crossfoot.inserts import PATTERN, claim_call, figures_named, read
from crossfoot.model import Observation
from crossfoot.places import NOWHERE

REPORT = read_report(TINY)[0]
PRINTED = st.builds(
    lambda digits, places, qualifier: Observation(value=Decimal(digits).scaleb(-places), qualifier=qualifier),
    st.integers(1, 99_999),
    st.integers(0, 3),
    st.sampled_from(["exact", "exact", "exact", "about", "over", "under", "nearly", "up-to", "at-least"]),
)
FAR = Decimal(10) ** 9


def insert(text):
    """Return the insert that *text* is."""
    return read(PATTERN.fullmatch(text))


def claimed(text, **values):
    """Return what *text* comes to with these values of indicators of the fleet, by period; None if it is refused."""
    section = REPORT.sections["fleet"]
    changed = {
        name: section.indicators[name].model_copy(update={"values": observations, "sum": (), "boundary": None})
        for name, observations in values.items()
    }
    fleet = section.model_copy(update={"indicators": {**section.indicators, **changed}})
    report = REPORT.model_copy(update={"sections": {**REPORT.sections, "fleet": fleet}})
    with suppress(Problems):
        return said(insert(text), report, "fleet", NOWHERE)
    return None


def ends(observation):
    """Return the least and the greatest amount that *observation* can stand for, far ones in place of infinite ones."""
    found = observation.stands_for
    return max(found.low, -FAR), min(found.high, FAR)


@settings(max_examples=300, deadline=None)
@given(PRINTED, PRINTED)
def test_a_change_holds_for_all_that_the_digits_stand_for(before, after):
    """Whatever the true amounts were, the figure did what the sentence says."""
    found = claimed("{{ change waste since 2023/24 word }}", waste={"2023/24": before, "2024/25": after})
    lowest = min(one - other for one in ends(after) for other in ends(before))
    highest = max(one - other for one in ends(after) for other in ends(before))

    if found is None:
        assert lowest < 0 < highest
    elif found.wording == "claims.same":
        assert before.value == after.value
    else:
        assert lowest >= 0 if found.wording == "claims.rose_alone" else highest <= 0


@settings(max_examples=300, deadline=None)
@given(PRINTED, PRINTED)
def test_a_printed_change_is_near_every_change_the_digits_allow(before, after):
    """To a tenth, or to one per cent, unless the sentence says "about"."""
    found = claimed("{{ change waste since 2023/24 }}", waste={"2023/24": before, "2024/25": after})
    if found is None or found.number is None or found.about:
        return
    changes = [(one / other - 1) * 100 for one in ends(after) for other in ends(before)]
    fine = found.value.as_tuple().exponent == -1

    assert max(abs(change - found.value) for change in changes) <= (Decimal("0.15") if fine else Decimal("1.5"))


@settings(max_examples=300, deadline=None)
@given(PRINTED, PRINTED)
def test_a_comparison_holds_for_all_that_the_digits_stand_for(one, other):
    """More and less are said only where no rounding could turn them round."""
    found = claimed("{{ compare waste oil }}", waste={"2024/25": one}, oil={"2024/25": other})
    (low, high), (least, most) = ends(one), ends(other)

    if found is None:
        assert low < most
        assert least < high
    elif found.value > 0:
        assert low >= most
    elif found.value < 0:
        assert high <= least
    else:
        assert one.value == other.value


@settings(max_examples=300, deadline=None)
@given(PRINTED, PRINTED)
def test_a_share_holds_for_all_that_the_digits_stand_for(part, whole):
    """More than half is more than half, however the two were rounded."""
    found = claimed("{{ share oil of waste }}", oil={"2024/25": part}, waste={"2024/25": whole})
    if found is None:
        return
    bounds = {
        "all": (95, FAR * FAR),
        "half": (45, 55),
        "nearly_all": (95, FAR * FAR),
        "over_three_quarters": (75, FAR * FAR),
        "over_two_thirds": (66, FAR * FAR),
        "over_half": (50, FAR * FAR),
        "under_half": (-FAR * FAR, 50),
        "under_third": (-FAR * FAR, 34),
        "under_quarter": (-FAR * FAR, 25),
        "under_tenth": (-FAR * FAR, 10),
    }
    low, high = bounds.get(found.wording.removeprefix("claims.share."), (-FAR * FAR, FAR * FAR))
    shares = [one / other * 100 for one in ends(part) for other in ends(whole)]

    assert low <= min(shares)
    assert max(shares) <= high


RANKED = [
    (("3", "2", "1"), "claims.highest"),
    (("1", "2", "3"), "claims.lowest"),
    (("2", "1", "3"), None),
    (("2.4", "2", "1"), None),  # 2 may be 2.5
    (("2.6", "2", "1"), "claims.highest"),
    (("2", "2", "1"), None),
]


@pytest.mark.parametrize(("printed", "expected"), RANKED)
def test_a_rank_is_above_or_below_all_others(printed, expected):
    """The highest by more than its rounding, or the lowest; else nothing."""
    periods = ("2024/25", "2023/24", "2022/23")
    values = {period: Observation(value=Decimal(one)) for period, one in zip(periods, printed, strict=True)}
    found = claimed("{{ rank waste }}", waste=values)

    assert expected == (found.wording if found else None)


WRITTEN = [
    ("{{ change a since x }}", ("a",), "", "x", ""),
    ("{{ change a since x to y }}", ("a",), "y", "x", ""),
    ("{{ change a since x to y amount }}", ("a",), "y", "x", "amount"),
    ("{{ change a since x word }}", ("a",), "", "x", "word"),
    ("{{ compare a b }}", ("a", "b"), "", "", ""),
    ("{{ compare a b x times }}", ("a", "b"), "x", "", "times"),
    ("{{ share a of b x }}", ("a", "b"), "x", "", ""),
    ("{{ rank a }}", ("a",), "", "", ""),
    ("{{ rank a x }}", ("a",), "x", "", ""),
    ("{{ rank a x among b c }}", ("a", "b", "c"), "x", "", ""),
]


@pytest.mark.parametrize(("text", "names", "period", "since", "form"), WRITTEN)
def test_a_claim_is_read(text, names, period, since, form):
    """Names, periods and form stand where the guide says."""
    call = claim_call(insert(text))

    assert (call.names, call.period, call.since, call.form, call.slip) == (names, period, since, form, "")
    assert names == figures_named(insert(text))


LACKING = [
    "{{ change a }}",
    "{{ change a since }}",
    "{{ compare a }}",
    "{{ compare a b c d }}",
    "{{ share a b }}",
    "{{ rank }}",
    "{{ rank among }}",
    "{{ rank a among }}",
]


@pytest.mark.parametrize("text", LACKING)
def test_a_claim_that_lacks_something_is_told(text):
    """Each with how it is written."""
    with pytest.raises(Problems) as told:
        said(insert(text), REPORT, "fleet", NOWHERE)

    assert "is not written as it should be" in str(told.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        # 51.0 / 50.0 - 1 = 2 %, known to within 0.4: 50.95 / 50.05 to 51.05 / 49.95.
        ("fleet.waste", "50.0", "51.0", ("claims.rose", Decimal("2"), "percent", False)),
        # 3 / 4 - 1 = -25 %: of four things, one less says more.
        ("crew.workers", "4", "3", ("claims.fell", Decimal(1), "unit", False)),
        # 10,000.2 / 10,000.1 - 1 = 0.001 %, which prints as 0.0 %.
        ("fleet.waste", "10000.1", "10000.2", ("claims.rose", Decimal("0.1"), "unit", False)),
        ("fleet.waste", "0", "2.5", ("claims.rose", Decimal("2.5"), "unit", False)),
        ("fleet.waste", "50.0", "50.0", ("claims.same", None, "", False)),
    ],
)
def test_the_most_that_is_proved_of_a_change(name, old, new, found):
    """By how many per cent, else by which amount; of a few counted things the amount."""
    values = {"2023/24": Observation(value=Decimal(old)), "2024/25": Observation(value=Decimal(new))}
    indicator = REPORT.indicator(name).model_copy(update={"values": values, "sum": (), "boundary": None})
    result = change(indicator, "2023/24", "2024/25", REPORT)

    assert isinstance(result, Said)
    assert (result.wording, result.number, result.sort, result.about) == found


@pytest.mark.parametrize(
    ("qualifier", "value", "found"),
    [("over", "60", "claims.rose_alone"), ("over", "40", "unproved"), ("several", "100", "vague")],
)
def test_a_bound_proves_a_direction_at_most(qualifier, value, found):
    """More than 60 is more than 50.0, by how much is not known; more than 40 may be less."""
    values = {
        "2023/24": Observation(value=Decimal("50.0")),
        "2024/25": Observation(value=Decimal(value), qualifier=qualifier),
    }
    indicator = REPORT.indicator("fleet.waste").model_copy(update={"values": values, "boundary": None})
    result = change(indicator, "2023/24", "2024/25", REPORT)

    assert found == (result.wording if isinstance(result, Said) else result)
    assert "missing" == change(indicator, "2022/23", "2024/25", REPORT)
    assert "missing" == change(indicator, "2023/24", "last_quarter", REPORT)
