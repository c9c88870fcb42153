"""docs/audit.md: every number that it tells of the repository's own report is what the audit says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from conftest import ROOT
from crossfoot import read_report
from crossfoot.findings import CHECKS
from crossfoot.indicator import QUALIFIERS
from crossfoot.intervals import brief

WORDS = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
YEAR = "2018"


@pytest.fixture(scope="module")
def report():
    """The repository's own report, audited."""
    return read_report(ROOT)[0]


def number(number):
    """Return a number as the page writes it: digits in groups of three."""
    return f"{Decimal(number):,f}"


def span(interval):
    """Return an interval as the page writes it."""
    low, high = brief(interval)
    return f"{number(low)} to {number(high)}"


def rows(first):
    """Return the cells of the table whose head begins with the cells *first*."""
    _, _, below = WORDS.partition(f"| {first} |")
    lines = below.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines]


def test_the_headcounts(report):
    """What each of the four rows prints, stands for and implies."""
    implied = report.audit.implied["environment.employees_in_boundary", YEAR]
    expected = {one.indicator: [f"{one.printed:f}", span(one.stands_for), span(one.implies)] for one in implied}

    assert {name: rest for name, *rest in rows("figure | printed | stands for | implies employees")} == expected


def test_the_headcount_by_hand(report):
    """The ends are told in the text as they are worked out: 81,345.325 / 6.775 and the others."""
    for name in ("water_total", "water_per_employee", "energy_total", "energy_per_employee"):
        ends = report.indicator(f"environment.{name}").values[YEAR].stands_for
        assert number(ends.low) in WORDS
        assert number(ends.high) in WORDS
    claim = next(one for one in report.audit.findings if one.check == "denominator")
    agreed = report.audit.solved["environment.employees_in_boundary", YEAR]

    assert f"agree on {span(agreed)} employees" in WORDS
    assert f"energy per employee is {span(claim.allowed)}, so {claim.nearest} would agree" in WORDS


def test_the_other_quantities(report):
    """Both emission factors, the revenue, and the bound of the electricity factor."""
    solved = {name.split(".")[1]: interval for (name, _), interval in report.audit.solved.items()}
    lowest = next(one for one in report.audit.findings if one.check == "plausible")

    assert f"imply {span(solved['grid_factor'])} t a MWh" in WORDS
    assert f"imply {span(solved['gas_factor'])} t a MWh" in WORDS
    assert f"implies RMB{span(solved['revenue'])} million" in WORDS
    assert f"stands for {brief(lowest.allowed)[0]} and above" in WORDS


def test_the_facts_with_two_qualifiers(report):
    """Each fact that is printed twice, with both its qualifiers."""
    found = [one for one in report.audit.findings if one.check == "same-fact"]
    told = rows("figure | printed | and")

    assert told == [[one.indicator, *(f"{e.words} {e.printed:f}" for e in one.evidence)] for one in found]


def test_what_agrees_and_what_stays_open(report):
    """Each row that is said to agree has a claim that holds; the open ones are all of them, with their reasons."""
    holds = {one.indicator for one in report.audit.claims if one.outcome == "holds"}
    open_ones = {(one.indicator, one.gap) for one in report.audit.claims if one.outcome == "open"}

    assert {row[0] for row in rows("claim | arithmetic")} <= holds
    assert {tuple(row) for row in rows("figure | why")} == open_ones


def test_the_number_of_findings(report):
    """No finding is left out: one headcount, one factor, and the facts that are printed twice."""
    assert len(report.audit.findings) == 2 + len(rows("figure | printed | and"))


def test_every_qualifier_and_every_check_is_told():
    """The tables of what figures stand for, and of the checks, leave none out."""
    assert {row[1] for row in rows("printed | qualifier in data | stands for")} == set(QUALIFIERS)
    assert [row[0] for row in rows("check | the claim | it is silent where")] == list(CHECKS)
