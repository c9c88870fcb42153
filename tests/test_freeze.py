"""The freeze: what was approved is recorded, and a report that differs from it is not published until it is lifted."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from conftest import ROOT
from crossfoot.__main__ import main
from small_report import change, contents
from test_diff import mill

RECORD = "data/records/frozen.json"
REMEDY = "    restore it, or lift the freeze with `crossfoot freeze --lift` and freeze again once approved\n"
ENERGY = "data/sections/energy.yaml"
EN, ZH = "content/en/energy.md", "content/zh-Hant/energy.md"


def run(*words):
    """Return what a command answers."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path):
    """The report of the mill, not frozen, without its chart: nothing is drawn here."""
    folder = mill(tmp_path / "mill")
    (folder / "theme").symlink_to(ROOT / "theme")
    path = folder / ENERGY
    path.write_text(path.read_text(encoding="utf-8").partition("charts:\n")[0], encoding="utf-8")
    change(path, "rows: [gas, power, total]", "rows: [gas, power, total, gas_share]")
    for name in (EN, ZH):
        change(folder / name, "\n{{ chart use }}\n", "")
    return folder


@pytest.fixture
def frozen(folder):
    """The same, frozen."""
    result = run("freeze", "--report", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    return folder


def problems(folder):
    """Return what the rule on the freeze says of the report in *folder*: place and message, one a line."""
    found = json.loads(run("check", "--report", folder, "--format", "json").stdout)
    ours = [one for one in found if one["rule"] == "frozen-report-is-unchanged"]
    return [f"{one['file']}:{one['line']}: {one['message']}" for one in ours]


def test_freezing(folder):
    """One line says what is frozen and where that is kept; nothing else is written."""
    before = contents(folder)
    result = run("freeze", "--report", folder)

    # Figures: gas and electricity in two years, their sum and the share of gas. Wordings: counted below.
    assert result.stdout == f"8 figures and {wordings()} wordings are frozen in {RECORD}\n"
    after = {path: data for path, data in contents(folder).items() if not path.startswith(".cache/")}
    assert after.keys() - before.keys() == {RECORD}
    assert {path: after[path] for path in before} == before


def wordings():
    """Return how many wordings the mill has: each language of each text of the data, and each block of each page."""
    report = 2 + 2  # title, organisation
    units = 3 * 4  # name and pattern of three units
    framework = 4 + 4  # name, short; two titles
    note = 4  # title, text
    home = 4  # title, summary
    energy = 4 + 2 + 4 * 2 + 2  # title, summary; a heading; four labels; a caption
    pages = 2 * 1 + 2 * 4  # a line of welcome; two paragraphs and two points
    return report + units + framework + note + home + energy + pages


def test_the_record_is_the_same_each_time(frozen):
    """Same report, same bytes; sorted, one name a line."""
    first = (frozen / RECORD).read_bytes()
    run("freeze", "--report", frozen)

    assert (frozen / RECORD).read_bytes() == first
    rows = [line for line in first.decode("utf-8").splitlines() if line.startswith("  ")]
    assert '  "energy.gas 2024": {"is": "396.25 mwh", "sha256": "e48fdd0692f44691"},' in rows
    assert first.endswith(b"}\n")
    assert not [path for path in (frozen / "data" / "records").iterdir() if path.name != "frozen.json"]


def test_a_frozen_report_is_whole(frozen):
    """As long as nothing differs, it is built as before."""
    assert run("check", "--report", frozen).exit_code == 0
    assert problems(frozen) == []


def test_status(folder):
    """Whether it is frozen; the note says what for."""
    assert run("freeze", "--status", "--report", folder).stdout == "the report is not frozen\n"

    run("freeze", "--report", folder, "--note", "Approved by the board")

    result = run("freeze", "--status", "--report", folder)
    said = f"8 figures and {wordings()} wordings are frozen, and nothing differs: Approved by the board\n"
    assert (result.exit_code, result.stdout) == (0, said)


def test_status_of_what_differs(frozen):
    """Exit status 1, with place, what it is now, what it was, and the remedy."""
    change(frozen / ENERGY, "2023: 410.5,", "2023: 410.6,")
    result = run("freeze", "--status", "--report", frozen)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{ENERGY}:13:20: 'energy.gas' is 410.6 mwh in 2023, the frozen report says 410.5 mwh\n"
        f"{REMEDY}"
        f"{ENERGY}:22:5: 'energy.total' is 1630.6 mwh in 2023, the frozen report says 1630.5 mwh\n"
        f"{REMEDY}"
        "2 errors\n"
    )


STATES = "'energy.{}' is provisional in 2024, the frozen report says estimated"
CHANGES = {
    "a digit": (ENERGY, "2023: 1220", "2023: 1221", [
        "19: 'energy.power' is 1221 mwh in 2023, the frozen report says 1220 mwh",
        "22: 'energy.total' is 1631.5 mwh in 2023, the frozen report says 1630.5 mwh",
    ]),
    "a nought at the end": (ENERGY, "2023: 1220", "2023: 1220.0", [
        "19: 'energy.power' is 1220.0 mwh in 2023, the frozen report says 1220 mwh",
    ]),
    "a status": (ENERGY, "value: 1187, status: estimated", "value: 1187, status: provisional", [
        f"20: {STATES.format('power')}", f"22: {STATES.format('total')}", f"26: {STATES.format('gas_share')}",
    ]),
    "a boundary and a value": (ENERGY, "2023: 1220", "2023: {value: 1220, boundary: mill}", [
        "19: 'energy.power' is 1220 mwh; boundary mill in 2023, the frozen report says 1220 mwh",
    ]),
    "a label": (ENERGY, "en: Gas, zh", "en: Town gas, zh", [
        "11: 'indicators.gas.label' in 'en' is not what the frozen report says",
    ]),
    "a definition put in": (ENERGY, "    unit: percent", "    unit: percent\n    definition: Old.", [
        "28: 'indicators.gas_share.definition' is not in the frozen report",
    ]),
    "a code put in": (ENERGY, "    sum: [gas, power]", "    sum: [gas, power]\n    disclosures: [mill-code E2]", [
        "25: 'disclosures' of 'indicators.total' is not in the frozen report",
    ]),
    "codes taken out": (ENERGY, "    disclosures: [mill-code E1]\n  power", "  power", [
        "12: 'disclosures' of 'indicators.gas', which the frozen report has, is gone",
    ]),
    "rows of a table": (ENERGY, "rows: [gas, power, total", "rows: [power, gas, total", [
        "34: 'rows' of 'tables.use' is not what the frozen report says",
    ]),
    "an obligation": ("data/frameworks/mill-code.yaml", "obligation: mandatory", "obligation: recommended", [
        "4: 'obligation' of 'disclosures.E1' is not what the frozen report says",
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_data(file, old, new, said, frozen):
    """Each thing that differs is named at its line."""
    change(frozen / file, old, new)

    assert problems(frozen) == [f"{file}:{one}" for one in said]


def test_figures_put_in_and_taken_out(frozen):
    """A figure more or less is told at its indicator."""
    change(frozen / ENERGY, "values: {2023: 410.5, 2024: 396.25}", "values: {2024: 396.25}")

    assert problems(frozen) == [
        f"{ENERGY}:11: 'energy.gas' has no figure in 2023, the frozen report says 410.5 mwh",
        f"{ENERGY}:22: 'energy.total' has no figure in 2023, the frozen report says 1630.5 mwh",
        f"{ENERGY}:26: 'energy.gas_share' has no figure in 2023, the frozen report says 25.2 percent",
    ]


def test_a_change_of_words(frozen):
    """A paragraph changed, one added, one taken out: each at its line, and those below it are not touched."""
    change(frozen / EN, "The ovens burned", "The ovens consumed")
    change(frozen / EN, "- They are lit", "- They glow.\n- They are lit")
    change(frozen / ZH, "工廠歷史悠久。\n\n", "")

    assert problems(frozen) == [
        f"{EN}:5: block 1 under 'ovens' is not what the frozen report says",
        f"{EN}:8: block 3 under 'ovens' is not in the frozen report",
        f"{ZH}:0: a block at the beginning that the frozen report has is gone",
    ]


def test_a_table_shown_elsewhere(frozen):
    """The order of headings, tables and charts is frozen too."""
    for name in (EN, ZH):
        change(frozen / name, "\n{{ table use }}\n", "")
        change(frozen / name, "\n## {{ heading ovens }}", "\n{{ table use }}\n\n## {{ heading ovens }}")

    found = problems(frozen)

    assert f"{EN}:3: '{{{{ table use }}}}' is not in the frozen report" in found
    assert f"{EN}:5: a heading, table or chart that the frozen report has is gone" in found


def test_white_space_comments_and_order_are_no_change(frozen):
    """What no reader sees may change while the report is frozen."""
    path = frozen / ENERGY
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    change(path, "{en: Gas, zh-Hant: 煤氣}", "\n      zh-Hant: 煤氣\n      en: Gas")
    change(frozen / EN, "The mill is old.", "The  mill\nis old.")
    change(frozen / ZH, "工廠歷史悠久。", "工廠歷史\n悠久。")

    assert problems(frozen) == []


def test_lifting(frozen):
    """The record is gone, and the report may change."""
    change(frozen / ENERGY, "2023: 410.5,", "2023: 410.6,")
    result = run("freeze", "--lift", "--report", frozen)

    assert (result.exit_code, result.stdout) == (0, "the freeze is lifted\n")
    assert not (frozen / RECORD).exists()
    assert run("check", "--report", frozen).exit_code == 0
    assert run("freeze", "--lift", "--report", frozen).stdout == "the report is not frozen\n"


def test_freezing_anew_needs_lifting_first(frozen):
    """A report that differs from what was approved is not approved by freezing it again."""
    before = (frozen / RECORD).read_bytes()
    change(frozen / ENERGY, "2023: 410.5,", "2023: 410.6,")
    result = run("freeze", "--report", frozen)

    assert result.exit_code == 1
    assert "the frozen report says 410.5 mwh" in result.stderr
    assert (frozen / RECORD).read_bytes() == before


def test_a_report_with_problems_is_not_frozen(folder):
    """All of them are told, and no record is written."""
    change(folder / EN, "The mill is old.", "The mill is 90 years old.")
    result = run("freeze", "--report", folder)

    assert result.exit_code == 1
    assert "the figure '90' is typed by hand" in result.stderr
    assert not (folder / "data" / "records").exists()


def test_one_thing_at_a_time(folder):
    """`--lift` and `--status` together mean nothing."""
    result = run("freeze", "--lift", "--status", "--report", folder)

    assert result.exit_code == 2
    assert "do not go together" in result.stderr


DAMAGED = [
    ("nothing", lambda text: "", "1:1: the record is damaged"),
    ("half of it", lambda text: text[: len(text) // 2], ": the record is damaged"),
    ("a list", lambda text: "[]", "1: the record is damaged"),
    ("deep", lambda text: "[" * 100_000, ": the record is damaged"),
    ("a merge", lambda text: f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n", "1: the record holds the marks"),
    ("a typed figure", lambda text: text.replace("396.25 mwh", "400 mwh"), ": the record of the freeze was changed by"),
    ("a name less", lambda text: text.replace("energy.gas 2024", "energy.gas 2025"), "was changed by hand"),
    ("another format", lambda text: text.replace('"format": 1', '"format": 2'), "the record is of format 2, this"),
]


@pytest.mark.parametrize(("harm", "said"), [one[1:] for one in DAMAGED], ids=[one[0] for one in DAMAGED])
def test_a_damaged_record(harm, said, frozen):
    """One problem at the record, with the cure; nothing is published, and lifting still works."""
    path = frozen / RECORD
    path.write_text(harm(path.read_text(encoding="utf-8")), encoding="utf-8")

    for words in (("check",), ("freeze", "--status"), ("freeze",)):
        result = run(*words, "--report", frozen)
        assert result.exit_code == 1
        assert RECORD in result.output
        assert said in result.output
        assert "take it back from your version control" in result.output
        assert "1 error\n" in result.output
    assert run("freeze", "--lift", "--report", frozen).exit_code == 0


def test_a_record_that_cannot_be_written(folder):
    """Where the disk refuses, that is said in a sentence, and nothing is left behind."""
    (folder / RECORD).mkdir(parents=True)
    shutil.rmtree(folder / "data" / "records")
    (folder / "data" / "records").symlink_to(folder / "nowhere" / "at all")
    result = run("freeze", "--report", folder)

    assert result.exit_code == 1
    assert f"{RECORD}: the record cannot be written: " in result.stderr


def test_nothing_of_the_person_or_the_day(frozen):
    """The record knows no name, no machine and no time."""
    found = json.loads((frozen / RECORD).read_text(encoding="utf-8"))

    assert list(found) == ["format", "note", "figures", "texts", "settings", "sha256"]
    assert str(frozen) not in (frozen / RECORD).read_text(encoding="utf-8")
