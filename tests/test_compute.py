"""What the report says but nobody typed: totals, differences, ratios and shares, each worked out by hand."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from conftest import TINY
from crossfoot import read_report
from crossfoot.formulas import implied
from crossfoot.intervals import Interval
from crossfoot.model import Observation
from test_audit import audited
from test_rules import changed


def values(report, name):
    """Return the values of an indicator by period."""
    return {period: str(one.value) for period, one in report.indicator(name).values.items()}


@pytest.fixture
def change(tmp_path):
    """A function that changes the tiny report as a case does, and returns it loaded and computed."""

    def make(given):
        for part in ("data", "content"):
            shutil.copytree(TINY / part, tmp_path / part)
        changed(given, tmp_path)
        return read_report(tmp_path)[0]

    return make


def test_a_sum_is_added_where_it_was_not_printed(report):
    """790.25 + 288.00 = 1078.25; the printed years stay as printed."""
    assert values(report, "fleet.diesel") == {
        "2021/22": "1113.4",
        "2022/23": "1103.6",
        "2023/24": "1100.75",
        "2024/25": "1078.25",
    }


def test_a_difference_and_a_share(report):
    """801 - 299.75 = 501.25; 790.25 / 1078.25 = 73.290 %, rounded to one decimal."""
    assert values(report, "fleet.diesel_gap")["2023/24"] == "501.25"
    assert values(report, "fleet.fast_share")["2024/25"] == "73.3"


def test_a_ratio_is_rounded_half_up(report):
    """(2950.5 + 44.1) / 298 million x 1 million = 10.0490; 2957.0 / 305 = 9.6951."""
    assert values(report, "fleet.ghg_per_revenue") == {
        "2021/22": "10.05",
        "2022/23": "9.84",
        "2023/24": "9.70",
        "2024/25": "9.28",
    }


def test_half_is_rounded_up(change):
    """0.125 to two decimals is 0.13, never the even 0.12."""
    given = (
        "data/sections/fleet.yaml\n"
        "replace:     ratio: [waste, heads]\\n    values: {2024/25: 0.18} => "
        "    ratio: [waste, revenue]\\n    factor: 1000000\\n    decimals: 2\n"
        "replace: values: {2024/25: 61.20} => values: {2024/25: 39.0625}\n"
    )

    # 39.0625 / 312.5 million x 1 million = 0.125
    assert values(change(given), "fleet.waste_per_head") == {"2024/25": "0.13"}


def test_a_total_with_a_missing_part_is_missing(change):
    """A total is never smaller than the truth."""
    report = change("data/sections/fleet.yaml\nreplace: 2024/25: 288.00 => 2024/25: {omission: confidential}\n")

    assert "2024/25" not in values(report, "fleet.diesel")


def test_parts_of_another_unit_are_converted(change):
    """61.20 t of waste and 1160 kg of oil make 62.36 t, not 1221.2."""
    given = (
        "data/units.yaml\n"
        "append: kg: {name: kg, pattern: '{} kg', quantity: mass}\n"
        "data/sections/fleet.yaml\n"
        "replace:   waste_per_head:\\n => "
        "  all_waste:\\n    label: All waste\\n    unit: tonne\\n    sum: [waste, oil]\\n  waste_per_head:\\n\n"
        "replace:     unit: tonne\\n    values: {2024/25: 1.16} =>     unit: kg\\n    values: {2024/25: 1160}\n"
    )

    assert values(change(given), "fleet.all_waste") == {"2024/25": "62.36"}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("{value: 288.00, qualifier: about}", "about"),
        ("{value: 288.00, qualifier: over}", "over"),
        ("{value: 288.00, qualifier: nearly}", None),
        ("{value: 288, upto: 290, qualifier: range}", "range"),
    ],
)
def test_a_hedged_part_hedges_the_sum(change, part, expected):
    """About makes about, more than makes more than, a range a range; of what cannot be added nothing is made up."""
    report = change(f"data/sections/fleet.yaml\nreplace: 2024/25: 288.00 => 2024/25: {part}\n")

    found = report.indicator("fleet.diesel").values.get("2024/25")
    assert (found.qualifier if found else None) == expected


def test_a_result_is_as_uncertain_as_its_parts(report):
    """Estimated and provisional parts make estimated and provisional sums."""
    assert [one.status for one in report.indicator("fleet.ghg").values.values()] == [
        "estimated",
        "final",
        "final",
        "provisional",
    ]


def test_a_sum_with_a_range_is_a_range(change):
    """790.245 + 287.5 = 1077.745 to 790.255 + 290.5 = 1080.755; shown in whole numbers, rounded to the inside."""
    part = "{value: 288, upto: 290, qualifier: range}"
    report = change(f"data/sections/fleet.yaml\nreplace: 2024/25: 288.00 => 2024/25: {part}\n")
    found = report.indicator("fleet.diesel").values["2024/25"]

    assert (found.value, found.upto) == (1078, 1080)
    assert found.stands_for == Interval(Decimal("1077.745"), Decimal("1080.755"))


def test_a_computed_value_knows_what_its_parts_allow(report):
    """790.245 + 287.995 = 1078.24 to 1078.26, and for 73.3 % it is 790.245 / 1078.26 to 790.255 / 1078.24."""
    diesel = report.indicator("fleet.diesel").values["2024/25"]
    share = report.indicator("fleet.fast_share").values["2024/25"]

    assert diesel.stands_for == Interval(Decimal("1078.240"), Decimal("1078.260"))
    assert (round(share.stands_for.low, 4), round(share.stands_for.high, 4)) == (Decimal("73.2889"), Decimal("73.2912"))


def test_parts_come_first_however_long_the_chain(tmp_path):
    """Two thousand totals, each resting on the next, are worked out: 1 + 1 + ... = 2001."""
    rows = [f"x{n}: {{sum: [x{n + 1}, one{n}]}}\none{n}: 1\n" for n in range(2000)]
    report = audited("".join(rows) + "x2000: 1\n", tmp_path)

    assert values(report, "s.x0") == {"2024": "2001"}


def test_the_denominator_behind_a_ratio(report):
    """61.20 t at 0.18 a head: 61.195 / 0.185 = 330.78 to 61.205 / 0.175 = 349.74 heads."""
    heads, found = implied(report, report.indicator("fleet.waste_per_head"), "2024/25")

    assert heads.id == "fleet.heads"
    assert (round(found.low, 2), round(found.high, 2)) == (Decimal("330.78"), Decimal("349.74"))


def test_nothing_is_implied_by_what_is_no_ratio(report):
    """A printed sum, or a ratio in a period it has no value for, implies nothing."""
    assert implied(report, report.indicator("fleet.ghg"), "2024/25") is None
    assert implied(report, report.indicator("fleet.waste_per_head"), "2023/24") is None


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ({"value": Decimal("0.09")}, "0.085", "0.095"),
        ({"value": Decimal("12")}, "11.5", "12.5"),
        ({"value": Decimal("5.8"), "scale": "billion"}, "5750000000.00", "5850000000.00"),
        ({"value": Decimal("0"), "scale": "million"}, "-500000.0", "500000.0"),
        ({"value": Decimal("-0.5")}, "-0.55", "-0.45"),
    ],
)
def test_a_printed_value_stands_for_a_range(given, low, high):
    """Half a unit of its last place to either side, on its scale."""
    assert Observation.model_validate(given).stands_for == Interval(Decimal(low), Decimal(high))


def test_a_missing_value_stands_for_nothing():
    """What is not there has no range; more than 12 goes on for ever."""
    assert Observation(omission="confidential").stands_for is None
    assert str(Observation(value=Decimal(12), qualifier="over").stands_for) == "(12, ∞)"
