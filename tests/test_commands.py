"""The commands: what they say, to whom, with which exit status, and that they write nothing where they should not."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from conftest import ROOT, TINY
from crossfoot import figures
from crossfoot.__main__ import main
from crossfoot.load import shapes
from crossfoot.schema import schemas, written
from crossfoot.tell import tell
from crossfoot.yamlfile import read

SLIP = "the figure '27' is typed by hand"


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Drawings are no matter here."""
    monkeypatch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")


@pytest.fixture
def wrong(folder):
    """The tiny report with a figure typed by hand on line 20 of a page."""
    page = folder / "content" / "en" / "crew.md"
    page.write_text(page.read_text(encoding="utf-8").replace("- Rank: ", "- Rank, 27: "), encoding="utf-8")
    return folder


def run(*words):
    """Return what a command answers."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_check_of_a_whole_report(folder):
    """Exit status 0 and one line."""
    result = run("check", "--report", folder)

    assert (result.exit_code, result.output) == (0, "no problems: the report can be published\n")


def test_check_of_a_broken_report(wrong):
    """Exit status 1; each problem with its place, then how many there are."""
    result = run("check", "--report", wrong)

    assert result.exit_code == 1
    assert result.stdout == (
        f"content/en/crew.md:20:9: {SLIP}\n"
        "    write {{ value NAME }}; or register the name it belongs to in data/terms\n"
    )
    assert result.stderr == "1 error\n"


def test_check_for_programs(wrong):
    """A JSON list of objects, and nothing else on the output."""
    result = run("check", "--report", wrong, "--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": "content/en/crew.md",
            "line": 20,
            "column": 9,
            "severity": "error",
            "rule": "no-figure-is-typed-in-pages",
            "message": SLIP,
            "hint": "write {{ value NAME }}; or register the name it belongs to in data/terms",
        }
    ]


def test_check_for_programs_of_a_whole_report(folder):
    """An empty list."""
    assert json.loads(run("check", "--report", folder, "--format", "json").stdout) == []


def test_check_for_ci(wrong):
    """One annotation a line."""
    assert run("check", "--report", wrong, "--format", "github").stdout == (
        "::error file=content/en/crew.md,line=20,col=9,title=no-figure-is-typed-in-pages::"
        f"{SLIP}%0Awrite {{{{ value NAME }}}}; or register the name it belongs to in data/terms\n"
    )


def test_no_folder(tmp_path):
    """A folder that is not there is said by its name."""
    result = run("check", "--report", tmp_path / "nowhere")

    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_an_empty_folder(tmp_path):
    """The folder data is missed."""
    result = run("check", "--report", tmp_path)

    assert result.exit_code == 1
    assert "data: there is no folder of this name" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_colours_only_on_a_terminal(wrong):
    """Plain where it is piped, coloured where a person looks."""
    command = [sys.executable, "-m", "crossfoot", "show", "nothing", "--report", str(wrong)]
    piped = subprocess.run(command, capture_output=True, check=False)
    leader, follower = os.openpty()
    shown = subprocess.Popen(command, stdout=follower, stderr=follower, env={**os.environ, "TERM": "xterm"})
    os.close(follower)
    shown.wait()
    seen = os.read(leader, 4096)
    os.close(leader)

    assert b"\x1b[" not in piped.stdout + piped.stderr
    assert b"\x1b[31m" in seen


def test_show(folder):
    """Value, formula, parts, the place of each in the data, and where a reader meets it."""
    lines = run("show", "fleet.ghg", "--report", folder).stdout.splitlines()

    assert lines[0].startswith("fleet.ghg    data/sections/fleet.yaml:")
    assert "  en       All emissions" in lines
    assert "  zh-Hant  排放總量" in lines
    assert any(line.startswith("  2024/25: 2,900.1 tonnes of CO₂e / 2,900.1噸二氧化碳當量") for line in lines)
    assert "  sum of" in lines
    assert any(line.startswith("    fleet.scope1    2021/22: 2950.5; ") for line in lines)
    assert "    /zh-Hant/fleet/#fuel" in lines


def test_show_of_a_restated_figure(folder):
    """The old figure and the reason."""
    said = run("show", "fleet.scope2", "--report", folder).stdout

    assert "restated; it was 39.8: A meter had been read twice." in said
    assert "restated; it was not-printed: The supplier has corrected its bill." in said


def test_show_of_every_figure(report):
    """No figure is too odd to be told."""
    for indicator in report.indicators():
        assert tell(report, indicator.id).startswith(f"{indicator.id}    data/sections/")


@pytest.mark.parametrize(
    ("name", "hint"), [("fleet.gig", "fleet.ghg"), ("ghg", "fleet.ghg"), ("nothing", "section.indicator")]
)
def test_show_of_what_is_not_there(folder, name, hint):
    """Exit status 1, with the name that was probably meant."""
    result = run("show", name, "--report", folder)

    assert result.exit_code == 1
    assert f"there is no figure '{name}'" in result.stderr
    assert hint in result.stderr


def test_show_of_a_figure_in_a_broken_report(folder):
    """What the rules refuse is no reason to crash: a unit and a boundary that are not there are named."""
    path = folder / "data" / "sections" / "fleet.yaml"
    source = path.read_text(encoding="utf-8")
    broken = source.replace("boundary: with_harbour", "boundary: nowhere").replace("unit: tco2e\n", "unit: nothing\n")
    path.write_text(broken.replace("boundary: ferries", "boundary: nowhere"), encoding="utf-8")

    result = run("show", "fleet.scope1", "--report", folder)

    assert result.exit_code == 1
    assert "there is no boundary 'nowhere'" in result.stderr
    assert "there is no unit 'nothing'" in result.stderr


def test_export(folder, tmp_path):
    """The body of each page in each language, and every figure as JSON and CSV."""
    result = run("export", tmp_path / "out", "--report", folder)

    assert result.stdout == f"14 files written to {tmp_path / 'out'}\n"
    files = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    stems = ("about", "crew", "fleet", "index", "kpi", "registers")
    pages = [f"pages/{language}/{stem}.html" for language in ("en", "zh-Hant") for stem in stems]
    assert files == ["figures.csv", "figures.json", *pages]
    body = (tmp_path / "out" / "pages" / "en" / "crew.html").read_text(encoding="utf-8")
    assert body.startswith("<p>The company was founded in")


def test_exported_figures_agree(folder, tmp_path, report):
    """One row an observation, the same in both files; a missing value has its reason."""
    run("export", tmp_path / "out", "--report", folder)
    told = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "figures.csv").read_text(encoding="utf-8"))))

    assert len(told) == len(rows) == sum(len(one.values) for one in report.indicators())
    assert [(one["id"], one["period"], one["value"] or "") for one in told] == [
        (row["id"], row["period"], row["value"]) for row in rows
    ]
    waste = next(row for row in rows if row["id"] == "fleet.waste")
    assert (waste["value"], waste["shown_zh-Hant"]) == ("61.20", "61.20噸")
    noise = next(one for one in told if (one["id"], one["period"]) == ("fleet.noise", "2021/22"))
    assert (noise["value"], noise["omission"], noise["shown"]["en"]) == (None, "not-material", "not material")


def test_an_exported_label_is_no_formula(folder, tmp_path):
    """A spreadsheet never runs what a label says."""
    path = folder / "data" / "sections" / "fleet.yaml"
    source = path.read_text(encoding="utf-8")
    label = 'label: {en: "=HYPERLINK(1)", zh-Hant: "@SUM(A1)"}'
    path.write_text(source.replace("label: {en: Waste oil, zh-Hant: 廢油}", label), encoding="utf-8")

    run("export", tmp_path / "out", "--report", folder)

    rows = csv.DictReader(io.StringIO((tmp_path / "out" / "figures.csv").read_text(encoding="utf-8")))
    oil = next(row for row in rows if row["id"] == "fleet.oil")
    assert (oil["label_en"], oil["label_zh-Hant"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")


@pytest.mark.parametrize("part", ["data", "content/en", "theme"])
def test_export_never_writes_into_the_report(folder, part):
    """A folder inside the report's own files is refused."""
    result = run("export", folder / part / "out", "--report", folder)

    assert result.exit_code == 1
    assert "the folder lies inside" in result.stderr
    assert not (folder / part / "out").exists()


def test_export_of_a_broken_report_writes_nothing(wrong, tmp_path):
    """All problems, and no file."""
    result = run("export", tmp_path / "out", "--report", wrong)

    assert result.exit_code == 1
    assert SLIP in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_schemas_are_in_step(tmp_path):
    """What editors check with is what the models say; `make schema` writes it anew."""
    assert run("schema", tmp_path).exit_code == 0
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schema").glob("*.json")}

    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == committed
    assert committed == {name: written(schema) for name, schema in schemas().items()}


YAML = [*sorted((ROOT / "data").rglob("*.yaml")), *sorted((TINY / "data").rglob("*.yaml"))]


@pytest.mark.parametrize("path", YAML, ids=[path.relative_to(ROOT).as_posix() for path in YAML])
def test_every_data_file_names_its_schema_and_fits_it(path):
    """The first line leads an editor to the schema of this kind of file, and the file fits the model behind it."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    lead = "# yaml-language-server: $schema="
    assert first.startswith(lead)
    schema = (path.parent / first.removeprefix(lead)).resolve()

    assert schema.parent == ROOT / "schema"
    folder = {"sections": "section", "frameworks": "framework"}.get(path.parent.name, path.parent.name)
    assert schema.stem == (path.stem if folder == "data" else folder)
    assert shapes()[schema.stem].validate_python(read(path, path.name).value)


def test_the_commands_leave_the_report_as_it_was(folder):
    """Checking writes drawings into the cache, and nothing else."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    run("check", "--report", folder)

    assert {
        path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts
    } == before


def test_a_verdict_stands_while_nothing_changes(folder, monkeypatch):
    """It is told again without reading the report; one other figure, and it is found anew."""
    from crossfoot import program

    made = []
    whole = program.build
    monkeypatch.setattr(program, "build", lambda *given, **more: made.append(1) or whole(*given, **more))
    first, second = run("check", "--report", folder), run("check", "--report", folder)
    page = folder / "content" / "en" / "crew.md"
    page.write_text(page.read_text(encoding="utf-8").replace("- Rank: ", "- Rank, 27: "), encoding="utf-8")
    third = run("check", "--report", folder)

    assert (first.output, first.exit_code) == (second.output, second.exit_code)
    assert (len(made), third.exit_code) == (2, 1)
    assert SLIP in third.stdout


def test_a_report_with_mistakes_is_read_each_time(wrong):
    """Only a sound report has a verdict that stands."""
    assert [run("check", "--report", wrong).exit_code for _ in range(2)] == [1, 1]


def test_warnings_stand_with_the_verdict(folder):
    """With their places, for people and for programs; `--strict` takes them for mistakes all the same."""
    (folder / "data" / "terms" / "spare.yaml").write_text(
        "spare_part:\n  kind: program\n  text: {en: Spare, zh-Hant: 備用}\n", encoding="utf-8"
    )
    first, second = (run("check", "--report", folder, "--format", "json") for _ in range(2))

    assert json.loads(first.output)
    assert first.output == second.output
    assert run("check", "--report", folder, "--strict").exit_code == 1


def test_rules_alone_make_no_page(folder, wrong, monkeypatch):
    """The same mistakes of data and words, and a sentence that says what has not been looked at."""
    from crossfoot import program

    monkeypatch.setattr(program, "builder_of", None)
    result = run("check", "--rules", "--report", wrong)

    assert result.exit_code == 1
    assert SLIP in result.stdout


def test_rules_alone_promise_no_more(folder):
    """That the report can be published is said once its pages have been compared."""
    result = run("check", "--rules", "--report", folder)

    assert (result.exit_code, result.output) == (0, "no problems: the finished pages are not compared yet\n")
    assert run("check", "--report", folder).output == "no problems: the report can be published\n"
