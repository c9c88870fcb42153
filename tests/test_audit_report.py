"""What the audit finds in the repository's own report, from its data alone, and that nothing slips through."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal

import pytest

from conftest import ROOT
from crossfoot import read_report
from crossfoot.findings import Audit
from crossfoot.intervals import brief
from crossfoot.rules.arithmetic import findings_are_mended_or_acknowledged

ENVIRONMENT = "environment."


@pytest.fixture(scope="module")
def audit() -> Audit:
    """The audit of the report as it is published."""
    return read_report(ROOT)[0].audit


def found(audit):
    """Return the findings: check, figure, period, and the nearest value that would agree."""
    return [
        (one.check, one.indicator, one.period, None if one.nearest is None else f"{one.nearest:f}")
        for one in audit.findings
    ]


FINDINGS = [
    # Three facts stand in the overview with another qualifier than in their chapters, such as "over" for "at least".
    ("same-fact", "technology.ecosystem_partners", "to_date", None),
    ("same-fact", "technology.industries_changed", "2010_2018", None),
    # 18,856.92 MWh at 1.32 a head are 14,232 to 14,339 heads; at 1.57 a head they would be 11,973 to 12,050.
    ("denominator", "environment.energy_per_employee", "2018", "1.57"),
    # 12,821.88 t on 17,467.47 MWh are 0.7340 t a MWh; no regional grid has an operating margin below 0.8086.
    ("plausible", "environment.grid_factor", "2018", None),
    ("same-fact", "people.employees", "end_2018", None),
]


def test_just_the_true_findings(audit):
    """By itself, the audit finds these and nothing else; each of them is acknowledged."""
    assert found(audit) == FINDINGS
    assert [one.key for one in audit.findings if one.acknowledged is None] == []
    assert audit.loose == ()


def test_what_agrees_and_what_cannot_be_checked(audit):
    """Every other claim: two sums, one composition, three rows on one headcount, two bounds; four rows stay open."""
    told = [(one.check, one.indicator.removeprefix(ENVIRONMENT), one.gap) for one in audit.claims]
    holds = [one for one, claim in zip(told, audit.claims, strict=True) if claim.outcome == "holds"]
    still_open = [one for one, claim in zip(told, audit.claims, strict=True) if claim.outcome == "open"]

    assert sorted(holds) == [
        ("composition", "kraft_total", None),
        ("denominator", "waste_hazardous_per_employee", None),
        ("denominator", "waste_non_hazardous_per_employee", None),
        ("denominator", "water_per_employee", None),
        ("formula", "energy_total", None),
        ("formula", "ghg_total", None),
        ("plausible", "gas_factor", None),
        ("plausible", "revenue", None),
    ]
    assert sorted(still_open) == [
        ("denominator", "ghg_scope1", "one-figure-only"),
        ("denominator", "ghg_scope2", "one-figure-only"),
        ("denominator", "packaging_per_revenue", "one-figure-only"),
        ("formula", "ghg_intensity_floor", "not-disclosed"),
    ]


@pytest.mark.parametrize(
    ("quantity", "low", "high"),
    [
        # Water: 81,345.325 / 6.775 = 12,006.69 to 81,345.335 / 6.765 = 12,024.44; both waste rows lie around it.
        ("employees_in_boundary", "12007", "12024"),
        # Packaging: 65,281.365 / 0.375 = 174,083.64 to 65,281.375 / 0.365 = 178,853.08 million.
        ("revenue", "174084", "178853"),
        # Gas: 271.685 / 1,389.455 = 0.1955335 to 271.695 / 1,389.445 = 0.1955421.
        ("gas_factor", "0.1955336", "0.1955421"),
        # Electricity: 12,821.875 / 17,467.475 = 0.73404284 to 12,821.885 / 17,467.465 = 0.73404383.
        ("grid_factor", "0.73404285", "0.73404383"),
    ],
)
def test_quantities_that_nobody_discloses(audit, quantity, low, high):
    """What the ratios together say of each, rounded to the inside."""
    assert brief(audit.solved[f"{ENVIRONMENT}{quantity}", "2018"]) == (low, high)


@pytest.mark.parametrize(
    ("ratio", "low", "high"),
    [
        ("waste_hazardous_per_employee", "11847", "12072"),  # 1.155 / 0.0000975, 1.165 / 0.0000965
        ("waste_non_hazardous_per_employee", "10813", "12084"),  # 1,027.165 / 0.095, 1,027.175 / 0.085
        ("water_per_employee", "12007", "12024"),
        ("energy_per_employee", "14232", "14339"),  # 18,856.915 / 1.325, 18,856.925 / 1.315
    ],
)
def test_what_each_row_implies_of_the_headcount(audit, ratio, low, high):
    """Three rows go together; energy implies two thousand heads more than any of them allows."""
    row = next(
        one
        for one in audit.implied[f"{ENVIRONMENT}employees_in_boundary", "2018"]
        if one.indicator == f"{ENVIRONMENT}{ratio}"
    )

    assert brief(row.implies) == (low, high)


def test_the_arithmetic_of_the_headcount(audit):
    """The finding carries its proof: the row it contradicts, and what it could be: 18,856.915 / 12,024.44 to 1.5705."""
    claim = next(one for one in audit.findings if one.check == "denominator")

    assert claim.printed == Decimal("1.32")
    assert claim.quantity == "environment.employees_in_boundary"
    assert claim.against == ("environment.water_per_employee",)
    assert [one.indicator.removeprefix(ENVIRONMENT) for one in claim.evidence] == [
        "energy_per_employee",
        "water_per_employee",
        "waste_hazardous_per_employee",
        "waste_non_hazardous_per_employee",
    ]
    assert brief(claim.allowed) == ("1.5683", "1.5705")


@pytest.mark.parametrize(
    ("whole", "parts"), [("ghg_total", ["271.69", "12821.88"]), ("energy_total", ["1389.45", "17467.47"])]
)
def test_both_sums_tie_exactly(audit, whole, parts):
    """271.69 + 12,821.88 = 13,093.57 and 1,389.45 + 17,467.47 = 18,856.92, to the last digit."""
    claim = next(one for one in audit.claims if one.indicator == f"{ENVIRONMENT}{whole}")

    assert [str(one.printed) for one in claim.evidence] == parts
    assert claim.printed == sum(Decimal(one) for one in parts)
    assert claim.outcome == "holds"


ENERGY = "denominator energy_per_employee 1.56"
"""Without water the two waste rows allow 11,846.15 to 12,072.54 heads, and 18,856.915 / 12,072.54 = 1.562."""


@pytest.fixture
def sabotaged(tmp_path):
    """A function that changes one value of the environment chapter, and returns the report read again."""

    def change(name, old, new):
        for part in ("data", "content"):
            shutil.copytree(ROOT / part, tmp_path / part)
        path = tmp_path / "data" / "sections" / "environment.yaml"
        text, before = path.read_text(encoding="utf-8"), re.escape(old)
        pattern = rf"(\n  {name}:\n(?:    .*\n)*?    values: {{\"2018\": ){before}(}})"
        changed, times = re.subn(pattern, rf"\g<1>{new}\g<2>", text)
        assert times == 1
        path.write_text(changed, encoding="utf-8")
        return read_report(tmp_path)[0]

    return change


@pytest.mark.parametrize(
    ("name", "old", "new", "broken"),
    [
        ("ghg_total", "13093.57", "13093.75", ["formula ghg_total 13093.58"]),
        ("ghg_scope1", "271.69", "217.69", ["formula ghg_total 13039.58", "plausible gas_factor None"]),
        ("ghg_scope2", "12821.88", "12281.88", ["formula ghg_total 12553.58"]),
        ("energy_total", "18856.92", "18865.92", ["formula energy_total 18856.93"]),
        ("energy_direct", "1389.45", "1398.45", ["formula energy_total 18865.91"]),
        ("energy_indirect", "17467.47", "17476.47", ["formula energy_total 18865.91"]),
        ("water_total", "81345.33", "18345.33", [ENERGY, "denominator water_per_employee 1.55"]),
        ("water_per_employee", "6.77", "7.67", [ENERGY, "denominator water_per_employee 6.87"]),
        ("waste_hazardous", "1.16", "1.61", ["denominator waste_hazardous_per_employee 0.000133"]),
        ("waste_hazardous_per_employee", "0.000097", "0.000079", ["denominator waste_hazardous_per_employee 0.000096"]),
        ("waste_non_hazardous", "1027.17", "1207.17", ["denominator waste_non_hazardous_per_employee 0.10"]),
        ("waste_non_hazardous_per_employee", "0.09", "0.08", ["denominator waste_non_hazardous_per_employee 0.09"]),
        ("packaging_total", "65281.37", "56281.37", ["plausible revenue None"]),
        ("packaging_per_revenue", "0.37", "0.73", ["plausible revenue None"]),
        ("kraft_waste_pulp", "71", "77", ["composition kraft_total None"]),
    ],
)
def test_a_misprint_is_found(sabotaged, name, old, new, broken):
    """One figure with its digits changed breaks just the claims that rest on it."""
    after = [one for one in found(sabotaged(name, old, new).audit) if one not in FINDINGS]

    assert [f"{check} {figure.removeprefix(ENVIRONMENT)} {near}" for check, figure, _, near in after] == broken


def test_a_figure_that_is_mended_needs_no_acknowledgement(sabotaged):
    """With 1.57 printed all four rows agree; the acknowledgement then is an error, at its line."""
    report = sabotaged("energy_per_employee", "1.32", "1.57")
    problems = list(findings_are_mended_or_acknowledged(report, ()))

    assert found(report.audit) == [one for one in FINDINGS if one[0] != "denominator"]
    assert [one.message for one in problems] == [
        "the acknowledged finding 'denominator' of 'environment.energy_per_employee' is not found any more"
    ]
    line = (
        (ROOT / "data/sections/environment.yaml").read_text(encoding="utf-8").splitlines()[problems[0].place.line - 1]
    )
    assert line.strip() == "- finding: denominator"
