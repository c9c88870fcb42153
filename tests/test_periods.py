"""How an indicator changed between two periods, in ready words, or why the two are not compared."""

from __future__ import annotations

import json
import re

import pytest

from conftest import DEMO, ROOT
from crossfoot import build, read_report
from crossfoot.localise import load_language
from crossfoot.period_changes import PeriodChange, change_between
from crossfoot.period_tables import period_files
from crossfoot.tables.years import Options
from crossfoot.wording import Wording


@pytest.fixture(scope="module")
def latest():
    """The latest of the three fictional reports, and its languages by id."""
    report, _ = read_report(DEMO[-1])
    return report, {one.id: load_language(one, one.place) for one in report.languages}


def between(name, since, until, report, languages):
    """Return a change in each language by its id."""
    indicator = report.indicator(name)
    return {
        id_: change_between(indicator, since, until, Wording(report, language, "kpi"))
        for id_, language in languages.items()
    }


@pytest.mark.parametrize(
    ("name", "since", "until", "english", "chinese"),
    [
        # 1,094.2 -> 1,061.5: 1061.5 / 1094.2 - 1 = -0.029885
        ("fleet.diesel", "2023/24", "2024/25", ("−3.0%", "fell by 3.0%"), ("−3.0%", "下降3.0%")),
        # 8,120 -> 8,240: 8240 / 8120 - 1 = 0.014778
        ("fleet.water", "2022/23", "2024/25", ("+1.5%", "rose by 1.5%"), ("+1.5%", "上升1.5%")),
        # 36.5 % -> 42.5 %
        (
            "fleet.shore_power",
            "2023/24",
            "2024/25",
            ("+6.0 percentage points", "rose by 6.0 percentage points"),
            ("+6.0個百分點", "上升6.0個百分點"),
        ),
        # Two of a handful are counted: a percentage of 4 to 3 would be rough.
        ("crew.injuries", "2023/24", "2024/25", ("−1 case", "fell by 1 case"), ("−1宗", "下降1宗")),
        # From zero there is no percentage.
        ("fleet.electric", "2022/23", "2024/25", ("+2 ferries", "rose by 2 ferries"), ("+2艘", "上升2艘")),
        ("crew.deaths", "2022/23", "2024/25", ("unchanged", ""), ("維持不變", "")),
        # 1.10 stands for 1.095 to 1.105, 1.24 for 1.235 to 1.245: 11.8 % to 13.7 % more
        ("fleet.waste_oil", "2023/24", "2024/25", ("about +13%", "rose by about 13%"), ("約+13%", "上升約13%")),
        # A total, reckoned: 2899.6 + 158.3 = 3057.9; 2813.0 + 155.3 = 2968.3; 2968.3 / 3057.9 - 1 = -0.029301
        ("fleet.ghg", "2023/24", "2024/25", ("−2.9%", "fell by 2.9%"), ("−2.9%", "下降2.9%")),
    ],
)
def test_a_change_is_said_as_far_as_the_digits_prove_it(latest, name, since, until, english, chinese):
    """Short for a cell, in words for a sentence."""
    said = between(name, since, until, *latest)

    assert {"en": PeriodChange(*english), "zh-Hant": PeriodChange(*chinese)} == said


def test_a_restated_figure_says_so_beside_the_change(latest):
    """The total that follows from it too."""
    for name in ("fleet.scope2", "fleet.ghg"):
        found = between(name, "2022/23", "2023/24", *latest)

        assert ["2022/23 restated", "2022/23年度經重列"] == [one.note for one in found.values()]


@pytest.mark.parametrize(
    ("name", "since", "until", "english", "chinese"),
    [
        (
            "fleet.waste",
            "2023/24",
            "2024/25",
            "not comparable: covers something else (first All ferries and piers; "
            "then All ferries and piers, and the harbour workshop)",
            "不可比較：涵蓋範圍不同（先為全部渡輪及碼頭，後為全部渡輪、碼頭及海港工場）",
        ),
        (
            "fleet.passengers",
            "2023/24",
            "2024/25",
            "not comparable: the printed digits do not show whether it rose or fell",
            "不可比較：所刊數字不足以顯示升跌",
        ),
        (
            "fleet.diesel",
            "2024/25",
            "2023/24",
            "not comparable: 2024/25 is not before 2023/24",
            "不可比較：2024/25年度並非早於2023/24年度",
        ),
        (
            "fleet.diesel",
            "2023/24",
            "by_2030",
            "not comparable: no figure for 2029/30",
            "不可比較：2029/30年度沒有數據",
        ),
    ],
)
def test_what_cannot_be_compared_says_why(latest, name, since, until, english, chinese):
    """In words, never by a blank."""
    said = between(name, since, until, *latest)

    assert {"en": PeriodChange("", "", english), "zh-Hant": PeriodChange("", "", chinese)} == said


@pytest.mark.parametrize(
    ("name", "since", "until", "reason"),
    [
        ("crew.trips", "2024", "last_quarter", "not comparable: the two periods are not of the same length"),
        ("crew.letters", "march_2025", "march_2024", "not comparable: given only in words for March 2025, March 2025"),
    ],
)
def test_periods_and_words_that_do_not_match_say_so(tiny, name, since, until, reason):
    """A year is not held against a quarter, nor a word such as "hundreds" against anything."""
    report = tiny[0]
    indicator = report.indicator(name)
    other = next(iter(indicator.values.values()))
    indicator = indicator.model_copy(update={"values": {since: other, until: other}})
    english = load_language(report.languages[0], report.file.place)
    periods = report.file.periods | ({"march_2024": report.file.periods["march_2025"]} if "march" in until else {})
    report = report.model_copy(update={"file": report.file.model_copy(update={"periods": periods})})

    found = change_between(indicator, since, until, Wording(report, english, "kpi"))
    assert reason == found.reason


# --- what a reader's script is given


def read(content):
    """Return path and value of a data file."""
    path, value = re.fullmatch(r"crossfoot\.give\((\"[^\"]*\"), (.*)\);\n", content).groups()
    return json.loads(path), json.loads(value)


def test_each_table_of_several_periods_has_its_changes(latest):
    """A file a table and language; each row of the table has its change, a heading over rows has none."""
    report, languages = latest
    made = period_files(report, tuple(languages.values()), (), {})
    path, value = read(made["periods/zh-Hant/fleet.energy.js"])

    assert {f"periods/{one}/{name}.js" for one in languages for name in (
        "fleet.service", "fleet.energy", "fleet.waste", "crew.people", "crew.safety", "crew.passengers",
    )} == set(made)  # fmt: skip
    assert "periods/zh-Hant/fleet.energy.js" == path
    assert {"id": "2022/23", "label": "2022/23年度"} == value["periods"][0]
    assert ["2022/23>2023/24", "2022/23>2024/25", "2023/24>2024/25"] == list(value["changes"])
    assert value["changes"]["2022/23>2023/24"] == [
        None,
        ["−0.9%", ""],
        ["−1.4%", ""],
        ["−1.6%", ""],
        None,
        ["−0.9%", "2022/23年度經重列"],
        ["−0.9%", ""],
        ["−2%", "2022/23年度經重列"],
    ]


def test_a_table_says_once_why_two_of_its_columns_are_not_compared(tiny):
    """In time, however its author orders the columns; a sentence in place of a column of equal reasons."""
    report = tiny[0]
    fleet = report.sections["fleet"]
    spec = next(one for one in fleet.tables.values() if isinstance(one, Options))
    spec = spec.model_copy(update={"periods": ("2024/25", "2024", "2023/24", "last_quarter")})
    fleet = fleet.model_copy(update={"tables": {"changed": spec}})
    report = report.model_copy(update={"sections": {"fleet": fleet}})
    languages = tuple(load_language(one, one.place) for one in report.languages)
    made = period_files(report, languages, (), {})
    (_, english), (_, chinese) = (read(made[f"periods/{one.id}/fleet.changed.js"]) for one in languages)

    assert ["2024/25", "2024", "2023/24", "last_quarter"] == [one["id"] for one in english["periods"]]
    assert list(english["changes"]) == [
        "2023/24>2024", "2023/24>2024/25", "2023/24>last_quarter", "2024>2024/25", "2024>last_quarter",
        "2024/25>last_quarter",
    ]  # fmt: skip
    assert english["changes"]["2023/24>2024"] == "not comparable: the two periods overlap"
    assert chinese["changes"]["2024>2024/25"] == "不可比較：兩個期間互有重疊"
    assert chinese["changes"]["2024>last_quarter"] == "不可比較：兩個期間的長度不同"
    assert isinstance(english["changes"]["2023/24>2024/25"], list)


def test_a_table_of_one_period_offers_nothing():
    """The report of one year is as it was: no file, no control."""
    report, _ = read_report(ROOT)
    languages = tuple(load_language(one, one.place) for one in report.languages)

    assert {} == period_files(report, languages, (), {})


def test_the_page_offers_the_choice_above_the_table_and_names_the_columns():
    """Only where scripts run, and nothing of it is loaded with the page; the table is whole without it."""
    site = build(DEMO[-1], cache=DEMO[-1] / ".cache" / "crossfoot")
    page = next(one for one in site.pages if one.path == "en/fleet/index.html")
    table = page.html.partition('id="table-energy"')[2].partition("</div>")[0]

    assert () == page.scripts
    assert (
        '<p class="periods needs-script"><button type="button" data-feature="periods" data-name="fleet.energy"' in table
    )
    assert ["2022/23", "2023/24", "2024/25"] == re.findall(r'<th [^>]*data-period="([^"]*)"', table)
    assert "hidden" not in re.sub("visually-hidden", "", table)


def test_the_page_of_a_kpi_says_how_it_changed():
    """Without any script: from each period to the next, or why the two are not compared."""
    site = build(DEMO[-1], cache=DEMO[-1] / ".cache" / "crossfoot")
    cells = {
        name: re.findall(
            r'data-label="較上一期間的變動"><span class="cell">([^<]*)<',
            next(one for one in site.pages if one.path == f"zh-Hant/figures/fleet/{name}/index.html").html,
        )
        for name in ("scope2", "waste")
    }

    assert ["", "−2%（2022/23年度經重列）", "−2%"] == cells["scope2"]
    assert ["", "−2%", "不可比較：涵蓋範圍不同（先為全部渡輪及碼頭，後為全部渡輪、碼頭及海港工場）"] == cells["waste"]


def test_the_page_of_a_kpi_names_the_period_it_compares_with(folder):
    """Where another stands between: the last that is alike; a quarter is held against no year."""
    path = folder / "data" / "sections" / "fleet.yaml"
    text, old = path.read_text(encoding="utf-8"), 'values: {"2023": 31, "2024": 42.5}'
    assert text.count(old) == 1
    new = 'values: {2021/22: 20.0, 2024/25: 45.0, "2023": 31, "2024": 42.5, last_quarter: 50.0}'
    path.write_text(text.replace(old, new), encoding="utf-8")
    site = build(folder)
    said = {
        one: re.findall(
            r'data-label="(?:較上一期間的變動|Change from the period before)"><span class="cell">([^<]*)<',
            next(page for page in site.pages if page.path == f"{one}/figures/fleet/shore-power/index.html").html,
        )
        for one in ("en", "zh-Hant")
    }

    # In the report's order: 2021/22, 2024/25, 2023, 2024, the quarter; 2024 overlaps with 2024/25.
    assert said == {
        "en": [
            "",
            "+14.0 percentage points (from 2023)",
            "+11.0 percentage points (from 2021/22)",
            "+11.5 percentage points",
            "not comparable: the two periods are not of the same length",
        ],
        "zh-Hant": [
            "",
            "+14.0個百分點（較2023年）",
            "+11.0個百分點（較2021/22年度）",
            "+11.5個百分點",
            "不可比較：兩個期間的長度不同",
        ],
    }
