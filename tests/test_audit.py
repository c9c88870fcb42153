"""The audit, on reports of a few figures: every claim it makes of them, worked out by hand in cases/audit.md."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import cases
from crossfoot import read_report
from crossfoot.audit import audit
from crossfoot.compute import compute
from crossfoot.findings import CHECKS
from crossfoot.indicator import QUALIFIERS
from crossfoot.model import (
    Indicator,
    Observation,
    Organisation,
    Period,
    Report,
    ReportFile,
    ReportLanguage,
    Section,
    Text,
    Unit,
)
from crossfoot.places import Place
from crossfoot.rules.arithmetic import findings_are_mended_or_acknowledged

FILES = {
    "data/report.yaml": """\
title: Small report
organisation: {name: Small company}
languages: [{id: en, tag: en-GB, name: English}]
period: "2024"
periods:
  "2022": {start: 2022-01-01, end: 2022-12-31}
  "2023": {start: 2023-01-01, end: 2023-12-31}
  "2024": {start: 2024-01-01, end: 2024-12-31}
  q4_2024: {start: 2024-10-01, end: 2024-12-31}
  end_2024: {end: 2024-12-31}
chapters: [s]
boundary: offices
boundaries: {offices: {label: Offices}, group: {label: Group}}
dimensions:
  gender: {label: Gender, categories: {female: {label: Female}, male: {label: Male}}}
  site: {label: Site, categories: {north: {label: North}, south: {label: South}, east: {label: East}}}
  age: {label: Age, categories: {young: {label: Young}, old: {label: Old}}}
""",
    "data/units.yaml": """\
number: {name: number, pattern: "{}"}
head: {name: heads, pattern: "{}"}
kg: {name: kg, pattern: "{} kg", quantity: mass}
t: {name: t, pattern: "{} t", quantity: mass, factor: 1000}
kwh: {name: kWh, pattern: "{} kWh", quantity: energy}
mwh: {name: MWh, pattern: "{} MWh", quantity: energy, factor: 1000}
tco2e: {name: tCO2e, pattern: "{} tCO2e", quantity: emissions}
t_per_head: {name: t a head, pattern: "{} t a head", quantity: mass a head, per: [t, head]}
kg_per_head: {name: kg a head, pattern: "{} kg a head", quantity: mass a head, per: [kg, head]}
mwh_per_head: {name: MWh a head, pattern: "{} MWh a head", quantity: energy a head, per: [mwh, head]}
tco2e_per_mwh: {name: tCO2e a MWh, pattern: "{} tCO2e a MWh", quantity: emissions by energy, per: [tco2e, mwh]}
percent: {name: "%", pattern: "{}%", quantity: share, percent: true}
""",
    "data/sections/home.yaml": "title: Home\n",
    "content/en/index.md": "Home.\n",
}
"""A report without figures: three years, a quarter and a day; three dimensions; units with what they measure."""


def audited(written, folder):
    """Write the report that *written* describes into *folder*, and return it audited.

    Each line is an indicator: its name and its value in 2024, or its keys; unit `number` unless it says so. A line that
    begins with a blank goes on with the one before. Three words are something else: `table` lists the rows of a
    table, `page` is a sentence of the page, `threshold` is the report's threshold for changes.
    """
    rest = {"table": [], "page": ["Words."], "threshold": []}
    indicators = []
    for line in re.sub(r"\n +", " ", written).splitlines():
        name, _, said = line.partition(": ")
        if name in rest:
            rest[name].append(said)
            continue
        keys = said[1:-1] if re.match(r"\{(?!value:|omission:)", said) else f'values: {{"2024": {said}}}'
        keys = re.sub(r"([{ ])(20\d\d)(?=:)", r'\1"\2"', keys)
        unit = "" if re.search(r"\bunit:", keys) else "unit: number, "
        indicators.append(f"  {name}: {{label: The figure {name}, {unit}{keys}}}\n")
    files = dict(FILES)
    files["data/report.yaml"] += "".join(f"change_threshold: {one}\n" for one in rest["threshold"])
    tables = "".join(
        f"  t{number}: {{kind: figures, caption: Table, rows: {rows}}}\n" for number, rows in enumerate(rest["table"])
    )
    files["data/sections/s.yaml"] = f"title: Figures\nindicators:\n{''.join(indicators)}" + (
        f"tables:\n{tables}" if tables else ""
    )
    files["content/en/s.md"] = "\n\n".join(rest["page"]) + "\n"
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return read_report(folder)[0]


def told(report):
    """Return what the audit says, a line a claim: outcome, check, figure, period, and what goes with them.

    `of` categories of a breakdown; `allows` what the evidence allows, rounded to the inside; `try` the nearest value
    that would agree; `against` the figure that it cannot be true together with; `because` why it cannot be checked.
    """
    lines = []
    for claim in report.audit.claims:
        words = [claim.outcome, claim.check, claim.indicator, claim.period]
        words += [f"of {' '.join(claim.at)}"] if claim.at else []
        words += [f"allows {shown(claim.allowed)}"] if claim.allowed is not None else []
        words += [f"changes {shown(claim.stands_for)}"] if claim.check == "change" else []
        words += [f"try {claim.nearest:f}"] if claim.nearest is not None else []
        words += [f"against {' '.join(claim.against)}"] if claim.against else []
        words += [f"because {claim.gap}"] if claim.gap else []
        words += ["acknowledged"] if claim.acknowledged else []
        lines.append(" ".join(words))
    for (name, period), interval in report.audit.solved.items():
        lines.append(f"solved {name} {period} {shown(interval)}")
    for one in report.audit.loose:
        why = "several" if one.several else "changed" if one.meant else "gone"
        lines.append(f"loose {one.finding} {one.indicator} {why}")
    return "".join(f"{line}\n" for line in lines).replace("s.", "")


def shown(interval):
    """Return an interval with its brackets; an end of more than eight digits has six, rounded to the inside."""
    low, high = digits(interval.low, ROUND_CEILING), digits(interval.high, ROUND_FLOOR)
    return f"{'(' if interval.low_open else '['}{low}, {high}{')' if interval.high_open else ']'}"


def digits(end, inwards):
    """Return an end as it is worked by hand."""
    if end.is_infinite():
        return "∞" if end > 0 else "−∞"
    exact = end.normalize()
    short = exact if len(exact.as_tuple().digits) <= 8 else Context(prec=6, rounding=inwards).plus(end)
    return f"{short or abs(short):f}"


@pytest.mark.parametrize("case", cases("audit.md"), ids=str)
def test_claims(case, tmp_path):
    """A small report makes just these claims, with these outcomes."""
    assert case.expected == told(audited(case.input, tmp_path))


def test_the_cases_are_many_and_of_every_check():
    """The table has at least seventy cases, and each check holds in some and is a finding in others."""
    lines = [line.split() for case in cases("audit.md") for line in case.expected.splitlines()]
    outcomes = {(words[1], words[0]) for words in lines}

    assert len(cases("audit.md")) >= 70
    assert {(check, outcome) for check in CHECKS for outcome in ("holds", "finding")} <= outcomes


def figure(name, typed, line, **keys):
    """Return an indicator printed as *typed* in 2024, None for nothing, with its place in a file."""
    place = Place("s.yaml", line, 5)
    values = {} if typed is None else {"2024": Observation(value=Decimal(typed), place=place)}
    unit = keys.pop("unit", "number")
    label = Text(by_language={"en": name})
    return Indicator(id=f"s.{name}", label=label, unit=unit, values=values, place=Place("s.yaml", line, 3), **keys)


def in_memory(indicators):
    """Return the audit of a report that has just these *indicators*."""
    word = Text(by_language={"en": "x"})
    file = ReportFile(
        title=word,
        organisation=Organisation(name=word),
        languages=(ReportLanguage(id="en", tag="en", name="English"),),
        period="2024",
        periods={"2024": Period(start=date(2024, 1, 1), end=date(2024, 12, 31))},
    )
    sections = {"s": Section(id="s", title=word, indicators={one.id[2:]: one for one in indicators})}
    units = {"number": Unit(name=word, pattern=word), "percent": Unit(name=word, pattern=word, percent=True)}
    report = Report(file=file, units=units, terms={}, frameworks={}, sections=sections, notes={})
    return audit(compute(report)).audit


def rounded(value, decimals, up):
    """Return the fraction *value* with so many decimals as it is printed, its tie rounded *up* or down."""
    steps = value * 10**decimals
    whole = floor(steps + Fraction(1, 2)) if up else ceil(steps - Fraction(1, 2))
    return Decimal(whole).scaleb(-decimals)


TRUE = st.builds(Fraction, st.integers(1, 10**6), st.sampled_from([1, 3, 7, 16, 1000]))
"""True values: any fraction above zero."""


@settings(derandomize=True, deadline=None, max_examples=150, database=None)
@given(
    values=st.lists(TRUE, min_size=3, max_size=6),
    divisor=TRUE,
    decimals=st.lists(st.integers(0, 4), min_size=16, max_size=16),
    up=st.booleans(),
)
def test_what_is_true_is_never_a_finding(values, divisor, decimals, up):
    """However each figure of a true report was rounded, no claim is a finding: there are no false alarms."""
    digits = iter(decimals)
    whole = sum(values)
    names = [f"a{n}" for n in range(len(values))]
    rows = [("n", None, {"undisclosed": True})]
    rows += [(name, value, {}) for name, value in zip(names, values, strict=True)]
    rows += [
        ("all", whole, {"sum": tuple(names)}),
        ("computed", None, {"sum": tuple(names)}),
        ("gap", values[0] - values[1], {"difference": ("a0", "a1")}),
        ("of", values[0] / whole * 100, {"share": ("a0", "computed"), "unit": "percent"}),
        ("times", values[0] * values[1], {"product": ("a0", "a1")}),
        ("all_n", whole / divisor, {"ratio": ("computed", "n")}),
        ("a0_n", values[0] / divisor, {"ratio": ("a0", "n")}),
        ("n_a1", divisor / values[1], {"ratio": ("n", "a1")}),
        ("a2_less_n", values[2] - divisor, {"difference": ("a2", "n")}),
    ]
    indicators = [
        figure(name, None if value is None else rounded(value, next(digits), up), line, **keys)
        for line, (name, value, keys) in enumerate(rows, 1)
    ]

    found = in_memory(indicators)
    assert [one.key for one in found.findings] == []
    interval = found.solved["s.n", "2024"]
    assert interval.low == -Decimal("Infinity") or Fraction(interval.low) <= divisor
    assert interval.high == Decimal("Infinity") or divisor <= Fraction(interval.high)


@settings(derandomize=True, deadline=None, max_examples=200, database=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(QUALIFIERS)), min_size=2, max_size=9))
def test_the_largest_set_that_agrees(given_away):
    """As many figures are kept as any one number fits, and each that is not kept contradicts the one it names."""
    rows = [figure("n", None, 1, undisclosed=True)]
    for line, (value, _, qualifier) in enumerate(given_away, 2):
        one = Observation(
            value=Decimal(value),
            upto=Decimal(value + 5) if qualifier == "range" else None,
            qualifier=qualifier,
            place=Place("s.yaml", line, 5),
        )
        bare = figure(f"r{line}", 0, line, product=("n",))
        rows.append(bare.model_copy(update={"values": {"2024": one}}))
    found = in_memory(rows)
    implied = {one.indicator: one.implies for one in found.implied["s.n", "2024"]}
    tried = {
        Fraction(end) + n for one in implied.values() for end in (one.low, one.high) if end.is_finite() for n in NEAR
    }
    most = max(sum(lies_in(number, one) for one in implied.values()) for number in tried or {Fraction(0)})

    assert len(implied) - len(found.findings) == most
    for claim in found.findings:
        assert not implied[claim.indicator].meets(implied[claim.against[0]])
        assert claim.evidence[1].indicator == claim.against[0]


NEAR = (Fraction(-1, 1000), Fraction(0), Fraction(1, 1000))


def lies_in(number, interval):
    """Return whether the fraction *number* lies in *interval*."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact in interval


def test_a_long_sum_is_told_in_short(tmp_path):
    """Of fifteen parts twelve are listed, then how many more there are, the value that would agree, and the cure."""
    names = [f"p{number}" for number in range(15)]
    parts = "".join(f"{name}: 10\n" for name in names)
    report = audited(f"{parts}all: {{sum: [{', '.join(names)}], values: {{2024: 170}}}}\n", tmp_path)
    problem = next(findings_are_mended_or_acknowledged(report, ()))

    # 15 times 9.5 is 142.5, 15 times 10.5 is 157.5, which is printed as 158 where ties go up
    assert problem.message == "'s.all' is 170 in 2024, its parts make 142.5 to 157.5"
    assert problem.hint.splitlines() == [
        *(f"s.{name} 10 ([9.5, 10.5])" for name in names[:12]),
        "and 3 more",
        "158 would agree",
        "mend whichever is wrong, or acknowledge it with a reason in each language",
        'acknowledged: [{finding: formula, period: "2024", printed: 170, instead: 158, reason: {en: ...}}]',
    ]
