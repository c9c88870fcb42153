"""The files to download: they give what the pages show, in full and in a form that spreadsheets and programs read."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from decimal import Decimal

import openpyxl
import pytest
from lxml import html

import crossfoot
from conftest import DRAWINGS, ROOT, TINY
from crossfoot.localise import load_language
from crossfoot.shown import PageView
from crossfoot.site import parity_of
from crossfoot.tabular import MARK, csv_text
from crossfoot.workbook import Leaf, Live, cell_name, workbook
from small_report import change, write

SITE = "https://example.org/"


def build(folder):
    """Return the site of the report in *folder*."""
    return crossfoot.build(folder, site_url=SITE, cache=DRAWINGS)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site of the tiny report."""
    folder = tmp_path_factory.mktemp("data") / "report"
    shutil.copytree(TINY, folder)
    (folder / "theme").symlink_to(ROOT / "theme")
    return build(folder)


@pytest.fixture
def small(tmp_path):
    """The smallest report, in a folder."""
    return write(tmp_path / "mill")


def lines(text):
    """Return the lines of a CSV file."""
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


def book(content, *, values=False):
    """Return a workbook, with what its formulas come to in place of them where *values* is true."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def pages(site):
    """Return every page that belongs to a language, read, by path."""
    return {view.path: html.fromstring(view.html) for view in site.pages if view.kind not in ("front", "missing")}


def links(site, path):
    """Return the files that a page leads to, from the site's root."""
    found = pages(site)[path].xpath("//a/@href")
    return {_from(path, href) for href in found if re.search(r"\.(csv|json|xlsx|zip)$", href)}


def _from(path, href):
    parts = path.split("/")[:-1]
    for step in href.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


# -- a table ---------------------------------------------------------------------------------------------


def test_a_table_of_periods_is_read_at_once(site):
    """Group, label, unit, one column a period; a reason where there is no number; notes in words; the figure's name."""
    found = lines(site.files["data/en/fleet/table-fuel.csv"])

    assert found[0] == [
        "Group", "Indicator", "Unit", "2021/22", "2021/22: Why there is no value", "2022/23", "2023/24",
        "2023/24: Why there is no value", "2024/25", "2024/25: Why there is no value", "Disclosure codes", "Notes",
        "Figure",
    ]  # fmt: skip
    assert found[5] == [
        "Energy – On shore", "Shore cranes", "kilolitres", "0", "", "0.00", "", "not applicable", "", "not collected",
        "", "e: not applicable\nf: not collected", "fleet.diesel_shore",
    ]  # fmt: skip


def test_qualifier_range_and_scale_word_stand_beside_the_number(site):
    """2.4 million is written out; "about" and the upper end of a range have columns of their own."""
    found = {row[1]: row for row in lines(site.files["data/en/crew/table-service.csv"])}

    assert found["Passengers"][2:6] == ["2400000", "", "about", "people"]
    assert found["Seats taken"][2:6] == ["70", "85", "range", "%"]
    assert found["Fund for new ferries"][2:6] == ["1200000000", "", "", "HK$"]


def test_two_figures_in_one_cell_have_two_columns(site):
    """A count with its rate: each a number, the second with its own unit."""
    found = lines(site.files["data/en/crew/table-safety.csv"])

    assert found[0][2:5] == ["2023/24", "2023/24 (2)", "2023/24 (2): Unit"]
    assert found[1][1:5] == ["cases", "4", "11.8", "per thousand workers"]
    assert found[1][-1] == "crew.injuries; crew.injury_rate"


def test_a_target_keeps_what_its_cell_says(site):
    """The number, that it is a limit, and the words that say by when."""
    found = lines(site.files["data/en/fleet/table-emissions.csv"])
    row = dict(zip(found[0], found[1], strict=True))

    assert row["Target"] == "2500"
    assert row["Target: Qualifier"] == "at most"
    assert row["Target: As printed"] == "at most 2,500 by 2029/30"


def test_a_chart_says_its_period(site):
    """What stands under the title of a chart stands in a column of its file."""
    found = lines(site.files["data/zh-Hant/fleet/chart-by-scope.csv"])

    assert found[0] == ["指標", "單位", "數值", "數據所屬期間", "數據編號"]
    assert found[1] == ["直接排放（範圍1）", "噸二氧化碳當量", "2861.2", "2024/25年度", "fleet.scope1"]


def test_json_names_the_cell_of_every_figure(site):
    """Each figure of the JSON says where it stands in the CSV beside it, and the digits are the same."""
    for path, text in site.files.items():
        if not re.match(r"data/(en|zh-Hant)/.*\.json$", path):
            continue
        sheet = lines(site.files[path.replace(".json", ".csv")])
        names = {cell_name(row - 1, column): cell for row, line in enumerate(sheet) for column, cell in enumerate(line)}
        for figure in json.loads(text)["figures"]:
            assert names[figure["cell"]] == (figure["value"] or ""), (path, figure)
            if "upto_cell" in figure:
                assert names[figure["upto_cell"]] == figure["upto"]


def test_no_number_has_a_separator(site):
    """A number of a file is a number to any program: digits, a point, perhaps a sign."""
    for path, text in site.files.items():
        if re.match(r"(data|figures)/.*\.json$", path):
            for number in re.findall(r'"(?:value|upto)": "([^"]+)"', text):
                assert re.fullmatch(r"-?\d+(\.\d+)?", number), (path, number)


# -- what a spreadsheet does -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_is_never_a_formula(text):
    """In CSV it has an apostrophe in front, in a workbook it is a text."""
    sheet = book(workbook([Leaf("a", ["x"], [[text]])], title="", comments="")).worksheets[0]

    assert lines(csv_text([[text]])) == [[f"'{text}"]]
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["a, b", 'say "so"', "one\ntwo", "「環境」，社會", "-0.5", "+3"])
def test_other_texts_and_numbers_come_back_as_they_were(text):
    """Commas, quotation marks, line breaks, Chinese and negative numbers."""
    assert lines(csv_text([[text, "x"]])) == [[text, "x"]]


def test_a_label_that_looks_like_a_formula(small):
    """From the author's data to every file."""
    change(small / "data/sections/energy.yaml", "en: Gas,", 'en: "=HYPERLINK(A)",')
    files = build(small).files
    sheet = book(files["data/energy/table-use.xlsx"]).worksheets[0]

    assert lines(files["data/en/energy/table-use.csv"])[1][0] == "'=HYPERLINK(A)"
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "=HYPERLINK(A)")
    assert "'=HYPERLINK(A)" in files["data/en/report.csv"]


def test_a_workbook_has_a_sheet_a_language_and_its_notes(site):
    """The head stays in view and is bold; numbers have the printed decimals; totals are bold."""
    found = book(site.files["data/fleet/table-fuel.xlsx"])
    sheet = found["English"]

    assert found.sheetnames == ["English", "繁體中文", "Notes 備註"]
    for one in found:
        assert one.freeze_panes == "B2"
        assert one["A1"].font.bold
    assert (sheet["D2"].value, sheet["D2"].number_format) == (812.4, "#,##0.0")
    assert (sheet["F2"].value, sheet["F2"].number_format) == (798.1, "#,##0.00")
    assert (sheet["F6"].value, sheet["F6"].number_format) == (0, "#,##0.00")
    assert book(site.files["data/fleet/table-emissions.xlsx"])["English"]["C2"].font.bold


def test_the_sheet_of_notes_says_what_the_page_says(site):
    """Caption, notes, remarks, source, licence, version: in every language, side by side."""
    rows = list(book(site.files["data/fleet/table-fuel.xlsx"]).worksheets[-1].iter_rows(values_only=True))

    assert rows[0] == ("Topic / 項目", "English", "繁體中文")
    assert ("Title / 標題", "Fuel", "燃料") in rows
    assert ("Note a / 備註a", "Ferries stood still for some weeks.", "渡輪曾停航數週。") in rows
    assert rows[-1][0] == "Data version / 數據版本"


@pytest.mark.parametrize(
    ("cell", "formula", "value"),
    [
        # 812.4 + 301.0 = 1113.4
        ("D4", "=ROUND(SUM(D2,D3),1)", 1113.4),
        # 798.10 + 305.5 = 1103.60, printed 1103.6
        ("F4", "=ROUND(SUM(F2,F3),1)", 1103.6),
        # 812.4 - 301.0 = 511.4
        ("D8", "=ROUND(D2-D3,1)", 511.4),
        # 812.4 / 1113.4 = 0.72966, 73.0 %
        ("D9", "=ROUND(D2/(D4)*100,1)", 73.0),
    ],
)
def test_what_follows_from_other_cells_is_a_formula(cell, formula, value, site):
    """With the printed value beside it, for whoever does not calculate."""
    content = site.files["data/fleet/table-fuel.xlsx"]

    assert book(content)["English"][cell].value == formula
    assert book(content)["繁體中文"][cell].value == formula
    assert book(content, values=True)["English"][cell].value == value


FORMULAS = [
    # 410.5 + 1220 = 1630.5, printed so
    ("mwh", "sum: [gas, power]", "1630.5", "=ROUND(SUM({gas},{power}),1)", ""),
    # printed 1631 is 1630.5 rounded half up
    ("mwh", "sum: [gas, power]", "1631", "=ROUND(SUM({gas},{power}),0)", ""),
    # 1220 - 410.5 = 809.5
    ("mwh", "difference: [power, gas]", "809.5", "=ROUND({power}-{gas},1)", ""),
    # 1220 * 410.5 * 0.001 = 500.81
    ("mwh", "product: [power, gas]\n    factor: 0.001", "500.81", "=ROUND(({power}*{gas})*0.001,2)", ""),
    # 1220 / 410.5 = 2.97198
    ("mwh", "ratio: [power, gas]\n    decimals: 3", "2.972", "=ROUND({power}/({gas}),3)", ""),
    # 410.5 MWh of 1220 MWh: 33.6475 %
    ("percent", "share: [gas, power]\n    decimals: 1", "33.6", "=ROUND({gas}/({power})*100,1)", ""),
    # 1630.5 MWh are 1.6305 GWh: each part is converted
    ("gwh", "sum: [gas, power]", "1.6305", "=ROUND(SUM({gas}*1/1000,{power}*1/1000),4)", ""),
]


@pytest.mark.parametrize(("unit", "formula", "printed", "written", "note"), FORMULAS)
def test_every_operation_is_written_as_a_spreadsheet_writes_it(unit, formula, printed, written, note, small):
    """Sum, difference, product, ratio, share; with factor; with units converted; rounded as printed."""
    _with_formula(small, unit, formula, printed)
    cells = {"gas": "C2", "power": "C3"}
    sheet = book(build(small).files["data/energy/table-use.xlsx"])["English"]

    assert sheet["C4"].value == written.format(**cells)


def test_a_formula_that_gives_another_value_is_not_live(small):
    """The printed value stands there, and the notes say what the formula gives: 410.5 + 1220 = 1630.5, not 1640.5."""
    _with_formula(small, "mwh", "sum: [gas, power]", "1640.5", known=True)
    files = build(small).files
    found = book(files["data/energy/table-use.xlsx"])
    notes = [row for row in found.worksheets[-1].iter_rows(values_only=True) if row[0] == "Formulas / 公式"]

    assert found["English"]["C4"].value == 1640.5
    assert "its formula gives 1630.5 on the printed figures" in notes[0][1]
    assert "以所載數據代入公式得出1630.5" in notes[0][2]


def test_a_formula_whose_parts_are_elsewhere_is_not_live(small):
    """A sheet refers to no other file; the workbook of the whole report has the parts, and there it is live."""
    _with_formula(small, "mwh", "sum: [gas, power]", "1630.5", rows="[gas, whole]")
    files = build(small).files
    found = book(files["data/energy/table-use.xlsx"])
    live = [cell.value for cell in book(files["data/report.xlsx"]).worksheets[0]["E"]]
    heads = [cell.value for cell in book(files["data/report.xlsx"]).worksheets[0][1]]

    assert found["English"]["C3"].value == 1630.5
    assert "not all the figures it follows from are on this sheet" in str(
        [cell.value for cell in found.worksheets[-1]["B"]]
    )
    value = heads.index("Value / 數值")
    assert any(
        str(row[value]).startswith("=ROUND(SUM(")
        for row in book(files["data/report.xlsx"]).worksheets[0].iter_rows(values_only=True)
    ), live


def _with_formula(folder, unit, formula, printed, *, known=False, rows="[gas, power, whole]"):
    """Let the small report print a third figure with a formula in 2023, the only period that it has."""
    path = folder / "data/sections/energy.yaml"
    reason = (
        f"""    acknowledged:
      - finding: formula
        printed: {printed}
        instead: 1631.1
        reason: {{en: The source prints it so., zh-Hant: 原文如此。}}
"""
        if known
        else ""
    )
    change(
        path,
        "tables:\n",
        f"""  whole:
    label: {{en: Whole, zh-Hant: 合計}}
    unit: {unit}
    values: {{2023: {printed}}}
    {formula}
{reason}tables:
""",
    )
    change(path, "    rows: [gas, power]\n", f"    rows: {rows}\n")
    units = folder / "data/units.yaml"
    text = units.read_text(encoding="utf-8") + (
        'percent:\n  name: {en: "%", zh-Hant: "%"}\n  pattern: {en: "{}%", zh-Hant: "{}%"}\n'
        "  quantity: share\n  percent: true\n"
        'gwh:\n  name: {en: GWh, zh-Hant: 吉瓦時}\n  pattern: {en: "{} GWh", zh-Hant: "{}吉瓦時"}\n'
        "  quantity: energy\n  factor: 1000\n"
    )
    units.write_text(text, encoding="utf-8")


def test_a_number_too_long_for_a_spreadsheet_stays_text():
    """Fifteen digits are kept as a number, more would be lost."""
    rows = [[Decimal("123456789012345")], [Decimal("1234567890123456")], [Live("=1", Decimal("2.50"))]]
    sheet = book(workbook([Leaf("a", ["x"], rows)], title="", comments="")).worksheets[0]

    assert [sheet[f"A{row}"].data_type for row in (2, 3, 4)] == ["n", "s", "f"]


@pytest.mark.parametrize(("row", "column", "name"), [(0, 0, "A2"), (3, 25, "Z5"), (0, 26, "AA2"), (9, 701, "ZZ11")])
def test_cells_are_called_as_a_spreadsheet_calls_them(row, column, name):
    """Columns by letters, the head being the first row."""
    assert cell_name(row, column) == name


def test_sheets_are_called_as_a_spreadsheet_allows():
    """No sign that it refuses, no name twice, none too long."""
    leaves = [Leaf("a/b: [c]?", ["x"], []), Leaf("A B C", ["x"], []), Leaf("x" * 40, ["x"], [])]

    assert book(workbook(leaves, title="", comments="")).sheetnames == ["a b c", "A B C 2", "x" * 31]


# -- exactly the figures of the pages --------------------------------------------------------------------


def test_every_number_of_every_workbook_is_that_of_the_pages(site):
    """Whatever a sheet shows for a figure, formulas worked out, is the machine number of the pages."""
    seen = {
        (data.get("data-figure"), data.get("data-period"), data.get("data-part") or ""): data.get("value")
        for page in pages(site).values()
        for data in page.xpath("//data[@data-figure][not(@data-claim)]")
    }
    checked = 0
    for path, content in site.files.items():
        if not re.match(r"data/[^/]+/.*\.xlsx$", path):
            continue
        for sheet, language in zip(book(content, values=True), ("en", "zh-Hant", None), strict=True):
            if language is None:
                continue
            beside = path.replace("data/", f"data/{language}/", 1).replace(".xlsx", ".json")
            for figure in json.loads(site.files[beside])["figures"]:
                shown = sheet[figure["cell"]].value
                key = (figure["id"], figure["period"], figure["part"])
                if key in seen:
                    assert shown == float(seen[key]), (path, figure)
                    checked += 1

    assert checked > 250


def test_a_spoilt_file_stops_publication(site, tiny):
    """A digit lost in a CSV, or in its JSON, is told with both places."""
    report, narrative = tiny
    languages = tuple(load_language(one, one.place) for one in report.languages)
    parity = parity_of(report, narrative, languages)
    spoilt = dict(site.files)
    path = "data/en/fleet/table-fuel.csv"
    assert spoilt[path].count("1100.75") == 1
    spoilt[path] = spoilt[path].replace("1100.75", "1100.7")

    assert [] == list(parity.problems(site.pages, site.files))
    assert [
        "'fleet.diesel' (2023/24) 1100.7 stands in data/en/fleet/table-fuel.csv,"
        " 'fleet.diesel' (2023/24) 1100.75 in en/fleet/index.html#fuel"
    ] == [problem.message for problem in parity.problems(site.pages, spoilt)]

    path = "data/zh-Hant/crew/table-by-gender.json"
    spoilt = {**site.files, path: site.files[path].replace('"131"', '"113"')}
    messages = [problem.message for problem in parity.problems(site.pages, spoilt)]
    assert 1 == len(messages)
    assert "113 stands in data/zh-Hant/crew/table-by-gender.json" in messages[0]


def test_the_same_report_is_the_same_bytes(small):
    """No time of day, no name of a machine, no order by chance."""
    assert dict(build(small).files) == dict(build(small).files)


# -- the whole report ------------------------------------------------------------------------------------


def test_the_whole_report_has_every_figure(site, report):
    """One row for each figure and period, and for each category and target of it."""
    rows = lines(site.files["data/en/report.csv"])
    heads = rows[0]
    found = {(row[heads.index("Figure")], row[heads.index("Period id")]) for row in rows[1:]}
    records = json.loads(site.files["data/zh-Hant/report.json"])["figures"]
    pier = next(one for one in records if one["part"] == "site.pier_a" and one["period"] == "2024/25")

    assert {(one.id, period) for one in report.indicators() for period in one.values} <= found
    assert (pier["value"], pier["category"], pier["unit_words"]) == ("41.25", "碼頭：甲碼頭", "千公升")
    assert [one["value"] for one in records if one["id"] == "fleet.ghg" and one["part"] == "target"] == ["2500"]


def test_a_figure_has_its_workbook(site):
    """Both languages side by side."""
    sheet = book(site.files["figures/fleet/scope2.xlsx"]).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert heads[:4] == ["Chapter", "章", "Indicator", "指標"]
    assert [row["Value / 數值"] for row in rows] == [44.1, 41.2, 40, 38.9]
    assert rows[1]["狀態"] == "經重列"


# -- settings, links, words ------------------------------------------------------------------------------


def test_the_mark_of_utf8_can_be_left_out(small):
    """`csv_bom: false` leaves it out of every file, and the page says so."""
    with_mark = build(small)
    change(small / "data/report.yaml", 'period: "2024"\n', 'period: "2024"\ncsv_bom: false\n')
    without = build(small)
    files = [path for path in without.files if re.match(r"(data|figures/energy)/.*\.csv$", path)]

    assert len(files) == 8  # table, chart and report in two languages; two figures
    assert all(with_mark.files[path] == MARK + without.files[path] for path in files)
    assert "without a byte order mark" in next(view.html for view in without.pages if view.path == "en/data/index.html")


def test_a_wrong_setting_is_told_in_words(small):
    """As any other flag."""
    change(small / "data/report.yaml", 'period: "2024"\n', 'period: "2024"\ncsv_bom: perhaps\n')
    with pytest.raises(crossfoot.Problems) as found:
        build(small)

    assert "data/report.yaml:8:10: 'perhaps' is neither true nor false" in str(found.value)


def test_every_link_leads_to_a_file(site):
    """On every page, in both languages."""
    for path in pages(site):
        assert links(site, path) <= set(site.files), path


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_page_offers_every_file(language, site):
    """Each table and chart in each of its forms, and the report; the figures are offered in the evidence."""
    own = f"data/{language}/"
    made = {path for path in site.files if path.startswith("data/") and not re.match(r"data/(en|zh-Hant)/", path)}
    assert "data/report-data.zip" in made
    made |= {path for path in site.files if path.startswith(own)}
    overview = {path for path in made if "/disclosures/chart-coverage" in path}  # offered under its chart

    assert made - links(site, f"{language}/data/index.html") - overview == set()
    assert overview <= links(site, f"{language}/disclosures/index.html")
    evidence = {file for path in pages(site) if path.startswith(f"{language}/figures/") for file in links(site, path)}
    assert {path for path in site.files if path.startswith("figures/")} <= evidence | {"figures/evidence-register.csv"}


def test_links_are_told_apart_by_what_they_hold(site):
    """Whoever hears them one by one hears what they hold."""
    page = pages(site)["en/fleet/index.html"]
    found = page.xpath("//div[@id='table-fuel']//div[@class='downloads']/a")

    assert [link.text_content() for link in found] == ["CSV: Fuel", "XLSX: Fuel", "JSON: Fuel"]


@pytest.mark.parametrize(
    ("path", "button", "text"),
    [
        (
            "en/figures/fleet/index.html",
            "Copy value, 2021/22: Diesel used",
            "39,971 GJ, 2021/22"
            " (Lantern Bay Ferries Limited (fictional), Sustainability Report 2024/25;"
            " {site}en/figures/fleet/diesel-energy/)",
        ),
        (
            "zh-Hant/figures/crew/index.html",
            "複製數值：乘客",
            "約240萬人，2024/25年度（燈塔灣渡輪有限公司（虛構），2024/25年度可持續發展報告；{site}zh-Hant/figures/crew/#passengers）",
        ),
    ],
)
def test_a_value_is_copied_with_unit_period_and_source(path, button, text, site):
    """The button holds the sentence, so that the script has nothing to put together."""
    found = pages(site)[path].xpath("//button[@data-feature='copy'][@data-copy]")
    texts = [one.get("data-copy") for one in found if one.text_content() == button]

    assert text.format(site=SITE) in texts


def test_every_entry_can_be_cited_without_scripts(site):
    """The citation is text on the page: one for each figure."""
    for path, page in pages(site).items():
        for row in page.xpath("//div[@id='entries']//tbody/tr") if "/figures/" in path else []:
            cited = row.xpath(".//div[@class='citation']")
            assert len(cited) == 1
            assert f"#{row.get('id')}" in cited[0].text_content() or row.get("id") in cited[0].text_content()


def test_a_page_left_out_of_a_language_leaves_no_dead_link(small):
    """What is not translated is not offered in that language; the workbook has the sheets there are."""
    change(small / "data/report.yaml", 'period: "2024"\n', 'period: "2024"\nuntranslated: hide\n')
    (small / "content/zh-Hant/energy.md").unlink()
    site = build(small)

    assert "data/zh-Hant/energy/table-use.csv" not in site.files
    assert book(site.files["data/energy/table-use.xlsx"]).sheetnames == ["English", "Notes"]
    for path in pages(site):
        assert links(site, path) <= set(site.files), path


def test_views_keep_what_they_show(site):
    """The files are made from what the pages show, not from the data a second time."""
    assert all(isinstance(view, PageView) for view in site.pages)
    fleet = next(view for view in site.pages if view.path == "en/fleet/index.html")

    assert "fleet.fuel" in [one.name for one in fleet.shown]
