"""Tables as real reports print them: each feature against what a reader must see, worked out by hand."""

from __future__ import annotations

import shutil

import pytest

from case_files import cases
from conftest import TINY
from crossfoot import read_report, tables
from crossfoot.localise import load_language
from crossfoot.shown import plain
from crossfoot.wording import Wording
from test_rules import changed, problems_in


def arranged(report, name, language="en"):
    """Return the table `section.name` as it stands on the page of its own section."""
    section, local = name.split(".")
    chosen = next(one for one in report.languages if one.id == language)
    wording = Wording(report, load_language(chosen, chosen.place), section, section)
    return tables.arrange(report.table(local, section), wording, section, local)


def shown(cell):
    """Return a cell as it reads: its text, `^a` for each mark; a list's points with a slash between them."""
    text = plain(cell.phrase) or " / ".join(plain(part) for part in cell.parts)
    return text + "".join(f"^{mark.text}" for mark in cell.marks)


def rows(table):
    """Return the texts of the body, row by row."""
    return [[shown(cell) for cell in row.cells] for row in table.body]


def row(table, label):
    """Return the row whose heading reads *label*, marks left out."""
    return next(one for one in table.body if plain(one.cells[0].phrase) == label)


def in_text(table):
    """Return a table as plain text: caption, rows with their kind and level, notes, remarks."""
    lines = [" | ".join(filter(None, (plain(table.caption), plain(table.description))))]
    for head in table.head:
        lines.append("head: " + " | ".join(shown(cell) for cell in head.cells))
    for one in table.body:
        lead = f"{one.kind or 'row'} {one.level}: "
        lines.append(lead + " | ".join(shown(cell) for cell in one.cells))
    lines += [f"note {note.mark}: {plain(note.phrase)}" for note in table.notes]
    lines += [f"remark: {plain(phrase)}" for phrase in table.general]
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.fixture
def change(tmp_path):
    """A function that changes the tiny report as a case does, and returns it loaded."""

    def make(given):
        for part in ("data", "content"):
            shutil.copytree(TINY / part, tmp_path / part)
        changed(given, tmp_path)
        assert problems_in(tmp_path) == ""
        return read_report(tmp_path)[0]

    return make


@pytest.mark.parametrize("case", cases("tables.md"), ids=str)
def test_table(case, report):
    """Each table of the tiny report, in both languages, reads like this."""
    name, language = case.input.split()

    assert case.expected == in_text(arranged(report, name, language))


# Notes and their marks


def test_notes_stand_at_every_level_and_are_counted_in_reading_order(report):
    """Column a, group b, row c, then another row d; a cell that calls the column's note again shows a again."""
    table = arranged(report, "fleet.fuel")

    assert [shown(c) for c in table.head[0].cells] == [
        "Indicator",
        "Unit",
        "2021/22",
        "2022/23^a",
        "2023/24",
        "2024/25",
    ]
    assert rows(table)[1] == ["On water^b"]
    assert rows(table)[3][0] == "Fast ferries^c"
    assert rows(table)[4] == ["Ordinary ferries^c", "kilolitres", "301.0", "305.5", "299.75^a", "288.00"]
    assert [note.mark for note in table.notes] == ["a", "b", "c", "d", "e", "f"]
    assert table.notes[0].back == ("table-fuel-call-a-1", "table-fuel-call-a-2")


def test_marks_restart_in_each_table(report):
    """Every table that has notes begins with a."""
    first = {name: arranged(report, name).notes[0].mark for name in ("fleet.fuel", "fleet.emissions", "fleet.routes")}

    assert first == {"fleet.fuel": "a", "fleet.emissions": "a", "fleet.routes": "a"}


def test_every_mark_leads_to_its_note_and_back(report):
    """Each mark's address is a note's id, and each note knows the ids of its marks: no link leads nowhere."""
    for section, found in report.sections.items():
        for name in found.tables:
            table = arranged(report, f"{section}.{name}")
            cells = [cell for one in (*table.head, *table.body) for cell in one.cells]
            marks = [mark for cell in cells for mark in cell.marks if mark.kind == "mark"]
            assert sorted({mark.href for mark in marks}) == sorted(f"#{note.id}" for note in table.notes), name
            assert sorted(mark.id for mark in marks) == sorted(id_ for note in table.notes for id_ in note.back), name


def test_marks_go_on_after_z(change):
    """The twenty-seventh note is aa: 26 letters, then two."""
    notes = "".join(f"\\n      n{number}: {{en: Note., zh-Hant: 附註。}}" for number in range(27))
    names = ", ".join(f"n{number}" for number in range(27))
    given = (
        "data/sections/crew.yaml\n"
        f"replace:       rate: {{en: The rate stands in brackets., zh-Hant: 括號內為比率。}} => {notes[2:].lstrip()}\n"
        f"replace: with: injury_rate, notes: [rate]}} => with: injury_rate, notes: [{names}]}}\n"
    )
    # The first line keeps the indentation that the note taken out had.
    table = arranged(change(given.replace(" => n0", " =>       n0")), "crew.safety")

    assert [note.mark for note in table.notes][25:] == ["z", "aa"]


def test_remarks_have_no_mark(report):
    """Remarks on the whole table stand below it, unmarked."""
    table = arranged(report, "fleet.fuel")

    assert [plain(x) for x in table.general] == [
        "Figures are as printed.",
        "Totals may not add up because of rounding.",
    ]


# Cells


def test_missing_dash_empty_zero_and_zero_with_decimals_are_kept_apart(report):
    """A printed 0 is 0, 0.00 is 0.00; a dash is a dash, an empty cell empty, each with its reason and mark."""
    cells = row(arranged(report, "fleet.fuel"), "Shore cranes").cells[2:]

    assert [cell.kind for cell in cells] == ["number", "number", "missing", "blank"]
    assert [shown(cell) for cell in cells] == ["0", "0.00", "–^e", "^f"]
    assert [cell.phrase[0].label for cell in cells[2:]] == ["not applicable", "not collected"]


def test_decimals_vary_inside_a_row_and_points_stand_below_each_other(report):
    """Digits are never added; the cell says how many places it lacks against the longest of its column."""
    table = arranged(report, "fleet.fuel")
    cells = row(table, "Fast ferries").cells[2:]

    assert [plain(cell.phrase) for cell in cells] == ["812.4", "798.10", "801", "790.25"]
    # The longest of the columns have 1, 2, 2 and 2 places; 801 has no point at all.
    assert [cell.pad for cell in cells] == [0, 0, 2, 0]
    assert [cell.bare for cell in cells] == [False, False, True, False]


def test_negative_values_have_a_minus_sign(report):
    """A minus, not a hyphen; −0.50 keeps its zero."""
    saved = row(arranged(report, "fleet.fuel"), "Saved")

    assert [shown(cell) for cell in saved.cells[2:]] == ["–^e", "9.8", "−2.85", "−0.50"]
    assert saved.cells[5].phrase[0].value == "-0.50"


def test_one_label_stands_twice_with_two_units(report):
    """Diesel in kilolitres and in gigajoules: two rows of one name, told apart by their units."""
    found = [cells[:2] for cells in rows(arranged(report, "fleet.fuel")) if cells[0].startswith("Diesel used")]

    assert found == [["Diesel used", "kilolitres"], ["Diesel used^d", "GJ"]]


def test_groups_go_three_levels_deep(report):
    """Each group's heading spans the table; the rows of the third group stand at level 3."""
    table = arranged(report, "fleet.fuel")
    groups = [
        (plain(one.cells[0].phrase), one.level, one.cells[0].columns) for one in table.body if one.kind == "group"
    ]

    assert groups == [("Energy", 0, 6), ("On water", 1, 6), ("By type of ferry", 2, 6), ("On shore", 1, 6)]
    assert row(table, "Fast ferries").level == 3
    assert table.body[0].cells[0].header == "rowgroup"


def test_totals_and_target_rows_have_their_kind(report):
    """A total is marked as a total, a target as a target."""
    table = arranged(report, "fleet.emissions")

    assert row(table, "All emissions").kind == "total"
    assert row(table, "Yearly limit for all emissions").kind == "target"
    assert row(table, "Direct emissions (scope 1)").kind == ""


def test_headings_say_what_they_head(report):
    """Every table has headings with a scope: columns, groups of columns, rows, groups of rows."""
    for name in ("fleet.fuel", "fleet.targets", "fleet.calls", "crew.service", "crew.by_gender_and_island"):
        table = arranged(report, name)
        heads = {cell.header for one in table.head for cell in one.cells}
        leads = {one.cells[0].header for one in table.body}
        assert heads <= {"col", "colgroup"}, name
        assert leads <= {"row", "rowgroup"}, name


def test_a_count_stands_with_its_rate(report):
    """4 injuries at 11.8 per thousand workers: the rate in brackets of the language, both as figures."""
    english = row(arranged(report, "crew.safety"), "Injuries and their rate").cells[2]
    chinese = arranged(report, "crew.safety", "zh-Hant").body[0].cells[2]

    assert plain(english.phrase) == "4 (11.8 per thousand workers)"
    assert plain(chinese.phrase) == "4（每千名員工11.8宗）"
    assert [run.value for run in english.phrase if run.kind == "value"] == ["4", "11.8"]


def test_a_count_whose_rate_is_missing_shows_the_dash_and_its_reason(change):
    """A rate that was not collected is a dash in the brackets, with its reason as a note."""
    given = (
        "data/sections/crew.yaml\n"
        "replace: {2023/24: 11.8, 2024/25: 8.5} => {2023/24: {omission: not-collected}, 2024/25: 8.5}\n"
    )
    table = arranged(change(given), "crew.safety")

    assert shown(table.body[0].cells[2]) == "4 (–)^b"
    assert plain(table.notes[1].phrase) == "–  not collected"


def test_a_figure_with_a_note_beside_it(report):
    """A note to one value is marked at its cell."""
    table = arranged(report, "fleet.complaints")

    assert shown(row(table, "Complaints about light").cells[3]) == "4^h"
    assert plain(next(note for note in table.notes if note.mark == "h").phrase) == "One was withdrawn."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "not disclosed",
                "not collected",
                "not applicable",
                "not material",
                "confidential",
                "outside the boundary",
                "below the reporting threshold",
                "not yet available",
            ],
        ),
        (
            "zh-Hant",
            [
                "未有披露",
                "未有收集",
                "不適用",
                "不具重要性",
                "保密資料",
                "不在匯報範圍內",
                "低於匯報門檻",
                "尚未有數據",
            ],
        ),
    ],
)
def test_every_reason_for_a_missing_value_is_said(report, language, expected):
    """Eight reasons, each once, in both languages."""
    said = [plain(note.phrase) for note in arranged(report, "fleet.complaints", language).notes]

    assert expected == [one.removeprefix("–  ") for one in said if one.startswith("–  ")]


def test_a_label_of_more_than_three_hundred_characters_is_whole(report):
    """Nothing is cut off, in either language."""
    for language in ("en", "zh-Hant"):
        label = plain(arranged(report, "fleet.complaints", language).body[0].cells[0].phrase)
        assert label == report.indicator("fleet.spills").label.get(language)
        assert len(label) >= 300


# Status, restatement, boundary, target


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "This figure is estimated.",
                "Restated: the figure first published was 39.8. A meter had been read twice.",
                "Restated; the figure first published was not printed. The supplier has corrected its bill.",
                "This figure is provisional.",
            ],
        ),
        (
            "zh-Hant",
            [
                "此數值為估算數據。",
                "經重列：先前刊載的數值為39.8。有電錶曾重複讀數。",
                "經重列；先前刊載的數值未有列出。供電商已更正帳單。",
                "此數值為暫定數據。",
            ],
        ),
    ],
)
def test_estimated_restated_and_provisional_values_are_told(report, language, expected):
    """Whether the old figure is known or was never printed is said, with the reason."""
    table = arranged(report, "fleet.emissions", language)
    label = report.indicator("fleet.scope2").label.get(language)
    said = {note.mark: plain(note.phrase) for note in table.notes}

    assert expected == [said[cell.marks[0].text] for cell in row(table, label).cells[2:6]]


def test_a_restated_value_says_its_old_figure_on_the_same_scale(change):
    """Revenue of HK$301.5 million was HK$300 million before: 3億 in Chinese, never a bare 300."""
    given = (
        "data/sections/fleet.yaml\n"
        "replace: {value: 301.5, scale: million} => {value: 301.5, scale: million, status: restated, "
        "restated: {was: 300, reason: {en: A slip., zh-Hant: 筆誤。}}}\n"
    )
    report = change(given)

    english = [plain(note.phrase) for note in arranged(report, "fleet.emissions").notes]
    chinese = [plain(note.phrase) for note in arranged(report, "fleet.emissions", "zh-Hant").notes]

    assert "Restated: the figure first published was 300 million. A slip." in english
    assert "經重列：先前刊載的數值為3億。筆誤。" in chinese


def test_a_result_is_as_uncertain_as_its_parts(report):
    """The sum of an estimated part is estimated, of a provisional part provisional, of an "about" about."""
    table = arranged(report, "fleet.emissions")
    said = {note.mark: plain(note.phrase) for note in table.notes}
    total = row(table, "All emissions").cells[2:6]

    assert [said[cell.marks[0].text] if cell.marks else "" for cell in total] == [
        "This figure is estimated.",
        "",
        "",
        "This figure is provisional.",
    ]
    # 2957.0 t over about HK$305 million: 9.695, rounded half up.
    assert shown(row(table, "Emissions per revenue").cells[4]) == "about 9.70"


def test_a_boundary_that_changes_is_marked_where_it_changes(report):
    """The workshop came in 2024/25: that cell says so, the others do not."""
    table = arranged(report, "fleet.emissions")
    cells = row(table, "Direct emissions (scope 1)").cells[2:6]

    assert [len(cell.marks) for cell in cells] == [0, 0, 0, 1]
    said = next(note for note in table.notes if note.mark == cells[3].marks[0].text)
    assert plain(said.phrase) == "From this period on the figure covers: All ferries and the harbour workshop."


def test_a_target_column_says_limit_and_date(report):
    """At most 2,500 by 2029/30, in both languages; indicators without a target have an empty cell."""
    english, chinese = (arranged(report, "fleet.emissions", one) for one in ("en", "zh-Hant"))

    assert [
        shown(english.head[0].cells[-1]),
        shown(english.body[0].cells[-1]),
        shown(english.body[1].cells[-1]),
    ] == ["Target", "at most 2,500 by 2029/30", ""]
    assert shown(chinese.body[0].cells[-1]) == "於2029/30年度前不高於2,500"


def test_a_table_of_targets_has_base_latest_and_target(report):
    """The base of emissions is 2021/22; shore power states none and its latest value is that of 2024."""
    expected = [
        ["All emissions", "tonnes of CO₂e", "2,994.6^a", "2,900.1^b", "at most 2,500^c", "2029/30"],
        ["Nights on shore power", "%", "", "42.5", "at least 60", "2029/30"],
    ]

    assert expected == rows(arranged(report, "fleet.targets"))


def test_an_intensity_names_the_amount_of_its_currency(report):
    """Tonnes per HK$ million: 2900.1 t / 312.5 million = 9.2803."""
    cells = row(arranged(report, "fleet.emissions"), "Emissions per revenue").cells

    assert shown(cells[1]) == "tonnes of CO₂e per HK$ million of revenue"
    assert shown(cells[5]) == "9.28^c"


# Periods and units


def test_periods_differ_from_table_to_table(report):
    """Financial years in one table, calendar years in the next, in each language's words."""
    assert [shown(cell) for cell in arranged(report, "fleet.complaints").head[0].cells[2:]] == [
        "2021/22",
        "2022/23",
        "2023/24",
        "2024/25",
    ]
    assert [shown(cell) for cell in arranged(report, "fleet.shore").head[0].cells[1:]] == ["2023", "2024"]
    assert [shown(cell) for cell in arranged(report, "fleet.shore", "zh-Hant").head[0].cells[1:]] == [
        "2023年",
        "2024年",
    ]


def test_units_may_stand_in_the_label(report):
    """Then there is no column of units."""
    table = arranged(report, "fleet.shore")

    assert rows(table) == [["Nights on shore power (%)", "31", "42.5"]]
    assert table.columns == ("label", "number", "number")


def test_figures_of_one_period_have_no_column_of_periods(report):
    """The period then heads the values."""
    assert [shown(cell) for cell in arranged(report, "fleet.waste").head[0].cells] == ["Indicator", "2024/25", "Unit"]
    assert [shown(cell) for cell in arranged(report, "crew.service").head[0].cells] == [
        "Indicator",
        "Value",
        "Unit",
        "Period",
    ]


@pytest.mark.parametrize(
    ("label", "english", "chinese"),
    [
        ("passengers", "about 2.4 million", "約240萬"),
        ("trips", "more than 16,000", "超過1.6萬"),
        ("late", "less than 2", "少於2"),
        ("discount", "up to 50^≠", "不超過50^≠"),
        ("seats", "70–85^a", "70至85^a"),
        ("letters", "hundreds", "數百"),
        ("training", "at least 2.5", "至少2.5"),
        ("volunteers", "nearly 200", "近200"),
        ("fund", "1.2 billion", "12億"),
        ("ferries", "6", "6"),
        ("dust", "0.000097", "0.000097"),
    ],
)
def test_every_qualifier_and_scale_in_a_cell(report, label, english, chinese):
    """Hedges and scale words are the language's own."""
    for language, expected in (("en", english), ("zh-Hant", chinese)):
        wanted = report.indicator(f"crew.{label}").label.get(language)
        cells = row(arranged(report, "crew.service", language), wanted).cells
        assert expected.removesuffix("^a") == shown(cells[1])


# Breakdowns


def test_a_complete_breakdown_ends_in_its_total(report):
    """120 + 220 = 340 and 131 + 221 = 352; the unit stands beside the dimension, the caption's sentence being taken."""
    table = arranged(report, "crew.by_gender")

    assert rows(table) == [["Female", "120", "131"], ["Male", "220", "221"], ["Total", "340", "352"]]
    assert table.body[-1].kind == "total"
    assert [shown(cell) for cell in table.head[0].cells] == ["Gender (people)", "2023/24", "2024/25"]


def test_a_partial_breakdown_has_no_total_and_says_so(report):
    """Fuel is known for some piers: no total, and a remark that the parts are not all."""
    table = arranged(report, "fleet.diesel_by_pier")

    assert rows(table) == [["Pier A", "40.5", "41.25"], ["Pier B", "", "3"]]
    assert [plain(x) for x in table.general] == ["The parts shown are not all of them; they are not meant to add up."]
    assert plain(arranged(report, "fleet.diesel_by_pier", "zh-Hant").general[0]) == "所列各項並非全部，不作加總。"


def test_two_dimensions_have_totals_on_both_sides(report):
    """80 + 51 = 131, 120 + 101 = 221; 80 + 120 = 200, 51 + 101 = 152; in all 352."""
    expected = [["Female", "80", "51", "131"], ["Male", "120", "101", "221"], ["Total", "200", "152", "352"]]

    assert expected == rows(arranged(report, "crew.by_gender_and_island"))


def test_three_dimensions_are_nested(report):
    """The first two go down, the first as a heading over the second; the last goes across."""
    expected = [
        ["North Island"],
        ["Under 30", "20", "–^a"],
        ["South Island"],
        ["30 or older", "30.5", "about 60"],
    ]

    assert expected == rows(arranged(report, "crew.by_all"))


# Matrices, words, registers


def test_a_matrix_marks_where_a_row_meets_a_column(report):
    """A mark says yes to whoever does not see it; a mark may have a note; where there is none the cell is empty."""
    table = arranged(report, "fleet.routes")

    assert [[cell.kind for cell in one.cells[1:]] for one in table.body] == [["check", "check"], ["blank", "check"]]
    assert table.body[0].cells[1].phrase[0].label == "yes"
    assert shown(table.body[1].cells[2]) == "●^a"


def test_a_matrix_may_hold_figures(report):
    """Figures and marks beside each other, decimals aligned."""
    assert rows(arranged(report, "fleet.calls")) == [["Fast ferries", "4,120", ""], ["Ordinary ferries", "980.5", "●"]]


def test_a_table_of_words_has_lists_names_dates_figures_and_codes(report):
    """Each kind of cell once; figures say their unit, for there is no column of units."""
    expected = [
        ["Be on time^a", "Late: less than 2% / Clocks on every pier", "23 July 2024", "B1 Emissions / 2 Quiet water"],
        ["Carry everybody", "about 2.4 million", "1987", "1 Clean water"],
        ["Build quiet ships", "Lantern 3000", "June 2024", ""],
    ]

    assert expected == rows(arranged(report, "crew.promises"))


def test_a_register_names_both_languages_and_where_it_is_named(report):
    """The award is named in 2.2, the product in 1.1 and 2.2; the note of the award is marked."""
    table = arranged(report, "registers.named", "zh-Hant")

    assert rows(table) == [
        ["金燈獎^a", "Golden Lamp Award", "燈飾學會", "2024", "2.2"],
        ["燈塔3000型", "Lantern 3000", "", "", "1.1、2.2"],
    ]
    assert table.body[0].cells[1].phrase[0].lang == "en-GB"


def test_editors_notes_stand_at_the_rows_they_are_about(report):
    """Both ratios carry the mark of the note on their headcount."""
    table = arranged(report, "fleet.waste")

    assert [rows(table)[2][0], rows(table)[3][0]] == ["Waste per head^E1", "Waste oil per head^E1"]
