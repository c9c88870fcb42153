"""The evidence register: what an auditor asks for first, as a spreadsheet, as plain rows, as records."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from click.testing import CliRunner

from crossfoot import read_report
from crossfoot.__main__ import main
from crossfoot.localise import load_language
from crossfoot.register import Register
from crossfoot.tabular import MARK, csv_text

SHEETS = ["Figures 數據", "Checks 核對", "Findings 不符事項", "Disclosures 披露"]


def made(report):
    """Return the register of *report*."""
    return Register(report, [load_language(one, one.place) for one in report.languages])


@pytest.fixture(scope="module")
def register(report):
    """The register of the tiny report."""
    return made(report)


@pytest.fixture(scope="module")
def book(register):
    """The spreadsheet, read back."""
    return openpyxl.load_workbook(io.BytesIO(register.xlsx()))


@pytest.fixture(scope="module")
def records(register):
    """The rows of the CSV, by id and period."""
    text = register.csv().removeprefix(MARK)
    return {(row["id"], row["period"]): row for row in csv.DictReader(io.StringIO(text, newline=""))}


def cells(sheet, id_, period):
    """Return the cells of one figure of the first sheet by the heading of their column."""
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if (row[0].value, row[3].value) == (id_, period))
    return dict(zip(heads, row, strict=True))


# -- spreadsheet -----------------------------------------------------------------------------------------


def test_the_same_report_is_the_same_bytes(report):
    """No time of day, no name of a machine."""
    assert made(report).xlsx() == made(report).xlsx()


def test_a_sheet_for_each_kind_of_evidence(book):
    """Each with its head in view and a filter over all its rows."""
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"


@pytest.mark.parametrize(
    ("id_", "period", "number", "pattern"),
    [
        ("fleet.scope1", "2022/23", 2924.54, "#,##0.00"),
        ("fleet.diesel_shore", "2022/23", 0, "#,##0.00"),
        ("fleet.diesel_shore", "2021/22", 0, "#,##0"),
        ("crew.dust", "2024/25", 0.000097, "#,##0.000000"),
        ("fleet.revenue", "2024/25", 312.5, "#,##0.0"),
        ("fleet.diesel_saved", "2023/24", -2.85, "#,##0.00"),
    ],
)
def test_a_printed_number_keeps_its_decimals(id_, period, number, pattern, book):
    """It is a number, shown with the digits that were typed: 0 and 0.00 are kept apart."""
    cell = cells(book[SHEETS[0]], id_, period)["Printed digits / 所載數字"]

    assert (cell.data_type, cell.value, cell.number_format) == ("n", number, pattern)


def test_labels_stand_side_by_side(book):
    """One column a language."""
    found = cells(book[SHEETS[0]], "fleet.scope2", "2022/23")

    assert found["Label"].value == "Indirect emissions (scope 2)"
    assert found["名稱"].value == "間接排放（範圍2）"
    assert found["Assurance"].value == "Not assured"
    assert found["Status / 狀態"].value == "restated"
    assert found["File / 檔案"].value == "data/sections/fleet.yaml"


def test_a_label_is_never_a_formula(folder):
    """A text that begins with a sign of a formula stays text, in the spreadsheet and in plain rows."""
    path = folder / "data" / "sections" / "fleet.yaml"
    text = path.read_text(encoding="utf-8").replace("{en: Waste oil, zh-Hant", '{en: "=HYPERLINK(1)", zh-Hant')
    path.write_text(text, encoding="utf-8")
    register = made(read_report(folder)[0])
    book = openpyxl.load_workbook(io.BytesIO(register.xlsx()))
    cell = cells(book[SHEETS[0]], "fleet.oil", "2024/25")["Label"]

    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in register.csv()


def test_every_claim_and_finding_has_its_row(book, report):
    """In the order of the report; the finding says why it stands."""
    checks, findings = book[SHEETS[1]], book[SHEETS[2]]
    heads = [cell.value for cell in findings[1]]
    row = dict(zip(heads, [cell.value for cell in findings[2]], strict=True))

    assert checks.max_row - 1 == len(report.audit.claims)
    assert findings.max_row - 1 == len(report.audit.findings) == 1
    assert (row["Figure / 數據編號"], row["Outcome / 結果"]) == ("crew.discount", "acknowledged")
    assert row["In words"] == "The source prints the same fact in different ways: up to 50%, about 50%."
    assert row["照錄原因"] == "單張的說法不同。"


# -- plain rows ------------------------------------------------------------------------------------------


def test_every_value_has_its_row(records, report):
    """And each figure without a value, too."""
    wanted = {(one.id, period) for one in report.indicators() for period in (one.values or [""])}

    assert set(records) == wanted


def test_a_row_traces_a_figure(records, report):
    """Scope 1 in 2024/25 covers more than before; its line is that of the value."""
    row, value = records["fleet.scope1", "2024/25"], report.indicator("fleet.scope1").values["2024/25"]

    assert (row["printed"], row["unit"], row["shown_zh-Hant"]) == ("2861.2", "tco2e", "2,861.2噸二氧化碳當量")
    assert row["boundary_en"] == "All ferries and the harbour workshop"
    assert row["assurance_en"] == "Limited assurance"
    assert row["line"] == str(value.place.line)
    assert row["codes"].startswith("bay-code B1; ")


@pytest.mark.parametrize(
    ("id_", "period", "counts"),
    [
        ("fleet.waste_per_head", "2024/25", ("2", "0", "0")),  # its own claim, and that of oil which rests on it
        ("crew.discount", "to_date", ("0", "1", "0")),
        ("fleet.calls_a", "2024/25", ("0", "0", "0")),
    ],
)
def test_a_row_counts_its_checks(id_, period, counts, records):
    """How many agree, are findings, are open."""
    row = records[id_, period]

    assert (row["holds"], row["findings"], row["open"]) == counts


def test_what_is_missing_says_why(records):
    """A reason, no number; a quantity that nobody discloses has a row without a period."""
    assert (records["fleet.spills", "2022/23"]["printed"], records["fleet.spills", "2022/23"]["omission"]) == (
        "", "not-collected",
    )  # fmt: skip
    assert records["fleet.heads", ""]["omission"] == "not-disclosed"


def test_a_scale_word_is_worked_in(records):
    """HK$312.5 million."""
    row = records["fleet.revenue", "2024/25"]

    assert (row["printed"], row["scale"], row["value"]) == ("312.5", "million", "312500000")


def test_rows_open_in_a_spreadsheet(register):
    """Marked as UTF-8, lines ended as RFC 4180 says, no line torn."""
    text = register.csv()

    assert text.startswith(MARK)
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("+x", "'+x"),
        ("-x", "'-x"),
        ("\tx", "'\tx"),
        ("-2.85", "-2.85"),
        ("−2.85", "−2.85"),
        ("a=1", "a=1"),
        (None, ""),
        (3, "3"),
    ],
)
def test_a_cell_is_safe(cell, written):
    """What a spreadsheet would run is quoted; a number stays one."""
    assert csv_text([[cell, "x"]]) == f"{written},x\r\n"


# -- command ---------------------------------------------------------------------------------------------


def run(*given):
    """Return what a command answers."""
    return CliRunner().invoke(main, [str(word) for word in given], catch_exceptions=False)


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_the_command_writes_it(form, folder, tmp_path):
    """By the ending of the file."""
    target = tmp_path / f"evidence.{form}"
    result = run("register", target, "--report", folder)

    assert (result.exit_code, result.output) == (0, f"the register is written to {target}\n")
    assert target.read_bytes()[:2] == {"xlsx": b"PK", "csv": b"\xef\xbb", "json": b"{\n"}[form]


def test_records_for_programs(folder, tmp_path):
    """The same sheets by name, and the version of the data."""
    run("register", tmp_path / "all", "--format", "json", "--report", folder)
    data = json.loads((tmp_path / "all").read_text(encoding="utf-8"))

    assert list(data) == ["data_version", "figures", "checks", "findings", "disclosures"]
    assert {one["framework"] for one in data["disclosures"]} >= {"bay-code", "sea-goals"}


def test_a_file_without_an_ending(folder, tmp_path):
    """Nothing says what to write."""
    result = run("register", tmp_path / "evidence", "--report", folder)

    assert result.exit_code == 2
    assert "'evidence' does not say what to write: end it in .xlsx, .csv or .json" in result.stderr


def test_a_folder_that_is_not_there(folder, tmp_path):
    """One sentence, and the cure."""
    result = run("register", tmp_path / "nowhere" / "evidence.csv", "--report", folder)

    assert result.exit_code == 1
    assert "the register cannot be written: no such file or directory" in result.stderr
