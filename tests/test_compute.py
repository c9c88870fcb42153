"""What the report says but nobody typed: totals, differences, ratios and shares, each worked out by hand."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from conftest import TINY
from crossfoot import read_report
from crossfoot.compute import implied, interval
from crossfoot.model import Observation
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
        ("{value: 288, upto: 290, qualifier: range}", None),
    ],
)
def test_a_hedged_part_hedges_the_sum(change, part, expected):
    """About makes about, more than makes more than; of what cannot be added nothing is made up."""
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


def test_the_denominator_behind_a_ratio(report):
    """61.20 t at 0.18 a head: 61.195 / 0.185 = 330.78 to 61.205 / 0.175 = 349.74 heads."""
    low, high = implied(report, report.indicator("fleet.waste_per_head"), "2024/25")

    assert (round(low, 2), round(high, 2)) == (Decimal("330.78"), Decimal("349.74"))


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
    assert interval(Observation.model_validate(given)) == (Decimal(low), Decimal(high))


def test_a_hedged_value_stands_for_no_range():
    """More than 12 may be anything."""
    assert interval(Observation(value=Decimal(12), qualifier="over")) is None
    assert interval(Observation(omission="confidential")) is None
    assert interval(None) is None
