"""The explorer: the table of all indicators, which periods are its columns, and every change as far as it is proved."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape

import lxml.html
import pytest

from conftest import ROOT
from crossfoot import read_report
from crossfoot.explorer import explorer_sheets
from crossfoot.explorer_data import explorer_data
from crossfoot.model import Period
from crossfoot.render import environment
from crossfoot.side_by_side import before, columns_of, in_time, listed, pairs_of, unlike
from crossfoot.wording import Wording

YEARS = ("2021/22", "2022/23", "2023/24", "2024/25")


def sheet_of(report, language):
    """Return the page of the explorer in *language*."""
    (sheet,) = explorer_sheets(report, language, environment(ROOT / "theme"), None)
    return sheet.make()


@pytest.fixture(scope="module")
def sheets(report, languages):
    """The page of the tiny report in each language."""
    return {name: sheet_of(report, language) for name, language in languages.items()}


def rows_of(sheet):
    """Return the rows of the page's table by the indicator they are of."""
    page = lxml.html.fromstring(f"<main>{sheet.html}</main>")
    rows = page.xpath("//table/tbody/tr")
    assert len({row.get("data-id") for row in rows}) == len(rows)
    return {row.get("data-id"): row for row in rows}


def given(sheet, language):
    """Return the data of the page, as its script is given them."""
    (path,) = sheet.files
    assert path == f"explorer/{language}.js"
    found = re.fullmatch(r"crossfoot\.give\(\"[^\"]+\", (.*)\);\n", sheet.files[path], re.DOTALL)
    return json.loads(found[1])


def edited(folder, old, new, file="fleet"):
    """Return the tiny report with one thing changed."""
    path = folder / "data" / ("report.yaml" if file == "report" else f"sections/{file}.yaml")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return read_report(folder)[0]


def told(report, name, since, until, language):
    """Return what the explorer shows of a change: in short, and beside it."""
    data = explorer_data(Wording(report, language, "explorer"))
    changes = next(one["changes"] for one in data["indicators"] if one["id"] == name)
    found = next(one for one in changes if (one["since"], one["until"]) == (since, until))
    return found.get("short", ""), found.get("words", "")


# -- which periods stand side by side ------------------------------------------------------------------


def test_the_columns_are_the_years_that_several_indicators_share(report):
    """Four financial years; calendar years, which overlap with them, quarters and dates are told in words."""
    assert columns_of(report) == YEARS


def test_a_year_that_shares_no_indicator_with_another_is_no_column(folder):
    """A plan for a later year, or a figure of long ago, is no column: nothing stands beside it in its row."""
    text = "  2024/25: {start: 2024-04-01, end: 2025-03-31"
    report = edited(folder, text, f"  plan: {{start: 2026-04-01, end: 2027-03-31}}\n{text}", "report")
    path = folder / "data" / "sections" / "crew.yaml"
    before = path.read_text(encoding="utf-8")
    for name, value in (("volunteers", "200, qualifier: nearly"), ("training", "2.5, qualifier: at-least")):
        assert f"{{2024/25: {{value: {value}}}}}" in before, name
        before = before.replace(f"{{2024/25: {{value: {value}}}}}", "{plan: 7}")
    path.write_text(before, encoding="utf-8")

    report = read_report(folder)[0]

    assert "plan" in report.indicator("crew.volunteers").values
    assert columns_of(report) == YEARS


def test_a_report_of_one_year_has_one_column():
    """This repository's own report is of one year, whatever other periods its figures name."""
    report = read_report(ROOT)[0]

    assert columns_of(report) == (report.file.period,)
    assert pairs_of(report) == ()


def test_a_report_whose_period_is_a_day_has_that_day_alone(folder):
    """Where the report speaks of a day, its figures of that day are the column."""
    report = edited(folder, "\nperiod: 2024/25\n", "\nperiod: end_march\n", "report")

    assert columns_of(report) == ("end_march",)


def test_periods_are_compared_that_are_alike_and_apart(report):
    """Years with years, the earlier first; a financial year with no calendar year that it overlaps with."""
    pairs = pairs_of(report)

    assert ("2021/22", "2024/25") in pairs
    assert ("2023", "2024") in pairs
    assert ("2024", "2024/25") not in pairs
    assert ("2024/25", "2023/24") not in pairs
    assert listed(pairs, report) == ("2021/22", "2022/23", "2023", "2023/24", "2024", "2024/25")


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [
        ("2023/24", "2024/25", None),
        # 365 days and 366: a leap year is a year.
        ("2022/23", "2023/24", None),
        ("2024/25", "2023/24", "order"),
        ("2024", "2024/25", "overlap"),
        ("2024/25", "2024/25", "order"),
        ("2023", "last_quarter", "length"),
        # 91 days and 90: the quarters of a year are of one length.
        ("first_quarter", "last_quarter", None),
        ("end_june", "end_march", None),
        # A day that a period ends on is no month.
        ("march_2025", "end_march", "length"),
        # How long "to date" is, nobody knows.
        ("to_date", "by_2030", "length"),
    ],
)
def test_why_two_periods_are_not_compared(report, since, until, why):
    """One rule for sentences, tables, pages of figures and the explorer."""
    periods = {
        **report.file.periods,
        "first_quarter": Period(start=date(2024, 4, 1), end=date(2024, 6, 30)),
        "end_june": Period(end=date(2024, 6, 30)),
    }
    report = report.model_copy(update={"file": report.file.model_copy(update={"periods": periods})})

    assert unlike(since, until, report) == why


def test_the_period_before_is_the_last_that_is_alike(report):
    """Whatever the order in which they are listed."""
    assert in_time(("2024/25", "2021/22", "2023"), report) == ("2021/22", "2023", "2024/25")
    assert before("2024/25", ("2024/25", "2024", "2022/23", "2021/22", "last_quarter"), report) == "2022/23"
    assert before("2021/22", report.file.periods, report) is None


# -- the table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_indicator_has_one_row(report, sheets, language):
    """All indicators of all sections, in the order of the report."""
    assert list(rows_of(sheets[language])) == [one.id for one in report.indicators()]


@pytest.mark.parametrize(("language", "other"), [("en", "2023: 31"), ("zh-Hant", "2023年：31")])
def test_a_value_of_another_period_is_told_with_its_period(sheets, language, other):
    """Every observation of every indicator stands in its row, in a column or with its period in words."""
    row = rows_of(sheets[language])["fleet.shore_power"]

    assert other in [
        " ".join(one.itertext()).replace("： ", "：").replace(":  ", ": ").strip() for one in row.iter("li")
    ]


def test_every_value_stands_in_its_row(report, sheets):
    """No observation of any indicator is left out."""
    rows = rows_of(sheets["en"])
    for indicator in report.indicators():
        shown = {one.get("data-period") for one in rows[indicator.id].xpath(".//*[@data-figure]")}
        assert shown == set(indicator.values), indicator.id


def test_a_row_says_what_it_is_filtered_by(sheets):
    """Period and status of each value, `missing` where there is none, and the codes the report answers."""
    rows = rows_of(sheets["en"])

    scope2 = "2021/22=estimated|2022/23=restated|2023/24=restated|2024/25=provisional"
    assert rows["fleet.scope2"].get("data-values") == scope2
    spills = "2021/22=missing|2022/23=missing|2023/24=missing|2024/25=final"
    assert rows["fleet.spills"].get("data-values") == spills
    assert rows["fleet.heads"].get("data-values") == "=missing"
    assert rows["fleet.diesel_fast"].get("data-codes") == "bay-code B1"
    assert rows["crew.discount"].get("data-values") == "to_date=final|to_date=finding"


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en", "fleet.scope2", "estimated, provisional, restated"),
        ("zh-Hant", "fleet.scope2", "估算數據、暫定數據、經重列"),
        ("en", "fleet.revenue", "final"),
        ("zh-Hant", "fleet.heads", "沒有數值"),
        ("en", "fleet.noise", "no value"),
    ],
)
def test_a_row_says_the_status_of_its_values(sheets, language, name, said):
    """In words; final only where nothing else is."""
    cell = rows_of(sheets[language])[name][-2]

    assert "".join(cell.itertext()).strip() == said


def test_a_finding_is_told_and_can_be_filtered(folder, languages):
    """A row whose figure the audit found fault with says so and leads to why."""
    report = edited(folder, "values: {2021/22: 1113.4, ", "values: {2021/22: 1213.4, ")
    row = rows_of(sheet_of(report, languages["en"]))["fleet.diesel"]

    assert row.get("data-values").endswith("|2021/22=finding")
    assert "".join(row[-2].itertext()) == "final; finding"
    assert row[-2].xpath(".//a/@href")


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_filters_offer_what_some_row_answers(sheets, language):
    """Every choice fits at least one row, and every row is reached by a choice of chapter, unit and status."""
    rows = rows_of(sheets[language]).values()
    page = lxml.html.fromstring(f"<main>{sheets[language].html}</main>")
    choices = {
        select.get("data-filter"): [one for one in select.xpath(".//option/@value") if one]
        for select in page.xpath("//select[@data-filter]")
    }
    pairs = [pair.rpartition("=") for row in rows for pair in row.get("data-values").split("|")]

    assert set(choices) == {"chapter", "code", "unit", "period", "status"}
    assert set(choices["chapter"]) == {row.get("data-id").split(".")[0] for row in rows}
    assert set(choices["unit"]) == {row.get("data-unit") for row in rows}
    assert set(choices["period"]) == {period for period, _, _ in pairs if period}
    assert set(choices["status"]) == {status for _, _, status in pairs}
    assert set(choices["code"]) == {code for row in rows for code in row.get("data-codes", "").split("|") if code}
    assert all(len(set(values)) == len(values) for values in choices.values())


def test_a_report_of_one_year_says_that_there_is_nothing_to_compare(languages):
    """In place of the two lists of periods stands a sentence."""
    report = read_report(ROOT)[0]
    for name, words in (("en", "no change can be shown"), ("zh-Hant", "無法列出變動")):
        html = sheet_of(report, languages[name]).html
        assert words in html
        assert "data-compare" not in html


# -- what the script is given --------------------------------------------------------------------------


CHANGES = [
    # 340 -> 352 people: 351.5/340.5 to 352.5/339.5, 3.2 to 3.8 %, so a whole number: 12/340 = 3.5 %.
    ("crew.workers", "2023/24", "2024/25", "+4%", "rose by 4%", "+4%", "上升4%"),
    # 2,960 -> 2,940: -20/2960 = -0.676 %, known to less than a tenth.
    ("fleet.ghg_limit", "2023/24", "2024/25", "−0.7%", "fell by 0.7%", "−0.7%", "下降0.7%"),
    # Restated: 41.2 -> 40.0, -1.2/41.2 = -2.9 %, by a tenth of a tonne known to half a per cent.
    ("fleet.scope2", "2022/23", "2023/24", "−3%", "fell by 3%", "−3%", "下降3%"),
    # Percentages change in points: 42.5 - 31.
    ("fleet.shore_power", "2023", "2024", "+11.5 percentage points", "rose by 11.5 percentage points",
     "+11.5個百分點", "上升11.5個百分點"),
    # No per cent of a value below zero: -0.50 - -2.85.
    ("fleet.diesel_saved", "2023/24", "2024/25", "+2.35 kilolitres", "rose by 2.35 kilolitres",
     "+2.35千公升", "上升2.35千公升"),
    # 0 and 0.00: the first may be anything up to half a kilolitre.
    ("fleet.diesel_shore", "2021/22", "2022/23", "",
     "not comparable: the printed digits do not show whether it rose or fell",
     "", "不可比較：所刊數字不足以顯示升跌"),
    ("fleet.scope1", "2023/24", "2024/25", "",
     "not comparable: covers something else (first All ferries; then All ferries and the harbour workshop)",
     "", "不可比較：涵蓋範圍不同（先為全部渡輪，後為全部渡輪及海港工場）"),
    ("fleet.spills", "2023/24", "2024/25", "", "not comparable: no figure for 2023/24 (not applicable)",
     "", "不可比較：2023/24年度沒有數據（不適用）"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "since", "until", "sign", "words", "sign_zh", "words_zh"), CHANGES)
def test_a_change_is_said_as_far_as_the_digits_prove_it(
    report, languages, name, since, until, sign, words, sign_zh, words_zh
):
    """With its sign and in words, in each language; or why nothing is compared."""
    said = {one: told(report, name, since, until, language) for one, language in languages.items()}

    assert said == {"en": (sign, words), "zh-Hant": (sign_zh, words_zh)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2023/24: 2960, 2024/25: 2940", "2023/24: 2960, 2024/25: 2960", ("unchanged", "")),
        (
            "2023/24: 2960, 2024/25: 2940",
            "2023/24: 2960, 2024/25: {value: 3000, qualifier: over}",
            ("rose", ""),
        ),
        (
            "2023/24: 2960, 2024/25: 2940",
            "2023/24: 2960, 2024/25: {value: 2900, qualifier: over}",
            ("", "not comparable: the printed digits do not show whether it rose or fell"),
        ),
        (
            "2023/24: 2960, 2024/25: 2940",
            "2023/24: 2960, 2024/25: {value: 1000, qualifier: several}",
            ("", "not comparable: given only in words for 2024/25"),
        ),
        # 3,000 give or take 1,000: a third more or less, to the nearest per cent 1, and only roughly.
        (
            "2023/24: 2960, 2024/25: 2940",
            "2023/24: 2960, 2024/25: {value: 5000, qualifier: about}",
            ("about +69%", "rose by about 69%"),
        ),
    ],
)
def test_a_qualifier_limits_what_is_said(folder, languages, old, new, said):
    """`over` proves a rise and no number; a vague number proves nothing."""
    report = edited(folder, old, new)

    assert told(report, "fleet.ghg_limit", "2023/24", "2024/25", languages["en"]) == said


def test_every_comparable_pair_is_given_once(report, languages):
    """For each indicator every pair of periods in which it has an observation, in words."""
    data = explorer_data(Wording(report, languages["en"], "explorer"))
    for found in data["indicators"]:
        values = report.indicator(found["id"]).values
        pairs = [(one["since"], one["until"]) for one in found["changes"]]
        assert pairs == [pair for pair in pairs_of(report) if set(pair) <= set(values)], found["id"]
        assert all(one.get("short") or one.get("words") for one in found["changes"])


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_data_say_what_the_page_says(sheets, language):
    """The same values in the same words, the same machine numbers, in the table and in what the script is given."""
    rows, data = rows_of(sheets[language]), given(sheets[language], language)

    assert [one["id"] for one in data["indicators"]] == list(rows)
    for found in data["indicators"]:
        shown = {
            one.get("data-period"): (one.get("value") or "", unescape("".join(one.itertext())))
            for one in rows[found["id"]].xpath(".//*[@data-figure]")
        }
        told = {one["period"]: (one.get("value", ""), one["shown"]) for one in found["values"]}
        assert {key: one[0] for key, one in told.items()} == {key: one[0] for key, one in shown.items()}, found["id"]
        for period, (value, words) in told.items():
            if value:
                assert words == shown[period][1], (found["id"], period)


def test_a_value_says_what_a_comparison_must_know(report, languages):
    """That it is estimated or restated; that it covers something else than the others."""
    data = explorer_data(Wording(report, languages["zh-Hant"], "explorer"))
    notes = {
        (found["id"], value["period"]): value["note"]
        for found in data["indicators"]
        for value in found["values"]
        if "note" in value
    }

    assert notes["fleet.scope1", "2024/25"] == "涵蓋全部渡輪及海港工場"
    assert notes["fleet.scope2", "2022/23"] == "經重列"
    assert ("fleet.scope1", "2023/24") not in notes


def test_a_report_without_indicators_has_no_explorer(report, languages):
    """Nothing is offered where there is nothing to explore."""
    bare = {name: one.model_copy(update={"indicators": {}}) for name, one in report.sections.items()}
    empty = report.model_copy(update={"sections": bare})

    assert list(explorer_sheets(empty, languages["en"], environment(ROOT / "theme"), None)) == []
