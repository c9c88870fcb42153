"""Charts for a reader's browser: each has its file, which says what the chart's table says, in either language."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from conftest import DRAWINGS, ROOT, TINY
from crossfoot import build, read_report
from crossfoot.charts import kinds
from crossfoot.draw import vega_version
from crossfoot.figures import figure
from crossfoot.interactive import chart_file, drawing_file
from crossfoot.localise import load_language
from crossfoot.shown import plain
from crossfoot.wording import Wording

LANGUAGES = ("en", "zh-Hant")
VENDOR = ROOT / "theme" / "assets" / "vendor"


def read(files):
    """Return what a page is given by the one file in *files*."""
    [(path, content)] = files.items()
    given = re.fullmatch(r"crossfoot\.give\((\"[^\"]*\"), (.*)\);\n", content, re.DOTALL)
    assert given
    assert json.loads(given[1]) == path
    return json.loads(given[2])


def charts(report, language):
    """Yield each chart of *report* that an author defined: section, name, its Figure, what its file gives."""
    said = next(load_language(one, one.place) for one in report.languages if one.id == language)
    for section in report.sections.values():
        for name, spec in section.charts.items():
            wording = Wording(report, said, section.id, section.id)
            shown = figure(spec, wording, section.id, name, DRAWINGS)
            yield spec, shown, read(chart_file(spec, wording, section.id, shown, DRAWINGS))


@pytest.fixture(scope="module", params=[(folder, language) for folder in (ROOT, TINY) for language in LANGUAGES])
def drawn(request):
    """All charts of the report of the repository, and of the tiny one, in each language."""
    folder, language = request.param
    report, _ = read_report(folder)
    found = list(charts(report, language))
    assert len(found) == sum(len(section.charts) for section in report.sections.values())
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site of the tiny report, in memory."""
    folder = tmp_path_factory.mktemp("tiny") / "report"
    folder.mkdir()
    for part in ("content", "data"):
        (folder / part).symlink_to(TINY / part)
    (folder / "theme").symlink_to(ROOT / "theme")
    return build(folder, cache=DRAWINGS)


def test_every_chart_can_be_opened(site):
    """Under each chart of each page stands a control, and the file it asks for is published; no file stands idle."""
    asked, opened = [], 0
    for page in site.pages:
        found = re.findall(r'data-feature="interactive" data-chart="([^"]*)"', page.html)
        assert len(found) == page.html.count('<figure class="chart"'), page.path
        asked += found
        opened += len(found)
    published = {path for path in site.files if path.startswith("charts/") and not path.endswith("/drawing.js")}

    assert opened > 2 * 10
    assert set(asked) == published


def test_every_kind_is_among_them(site):
    """The tiny report draws each kind of chart, so that each is opened by these tests."""
    report, _ = read_report(TINY)
    used = {spec.kind for section in report.sections.values() for spec in section.charts.values()}

    assert used | {"coverage"} == set(kinds())
    assert "charts/en/disclosures/coverage.js" in site.files


def test_points_say_what_the_table_says(drawn):
    """Each point has the words of its row in the chart's table: label, period, value with unit and qualifier."""
    for spec, shown, given in drawn:
        if spec.kind == "matrix":
            heads = [plain(cell.phrase) for cell in shown.table.head[0].cells][1:]
            table = [
                (plain(row.cells[0].phrase), head)
                for row in shown.table.body
                for head, cell in zip(heads, row.cells[1:], strict=True)
                if cell.kind != "blank"
            ]
            assert [(one["label"], one["group"]) for one in given["points"]] == table
            continue
        rows = [[plain(cell.phrase) for cell in row.cells] for row in shown.table.body]
        points = [[one["label"], *([one["group"]] if one["group"] else []), one["shown"]] for one in given["points"]]
        assert points == rows, shown.name
        for one in given["points"]:
            assert one["label"] in one["said"]
            assert one["shown"] in one["said"]


def test_points_carry_the_figures_of_the_table(drawn):
    """The CSV has the machine value of each row of the table, and both ends of a range."""
    for spec, shown, given in drawn:
        lines = list(
            csv.reader(io.StringIO(given["csv"].removeprefix("\ufeff") + "".join(p["csv"] for p in given["points"])))
        )
        assert given["csv"].startswith("\ufeff")
        assert {len(line) for line in lines} == {6}
        if spec.kind == "matrix":
            continue
        for line, row in zip(lines[1:], shown.table.body, strict=True):
            run = row.cells[-1].phrase[0]
            assert (line[2] or line[3]) == run.value, shown.name
            assert line[4] == dict(run.facts).get("upto", "")


def test_every_point_is_tied_to_marks(drawn):
    """In both widths each point with a value has a mark or words of its own, so that it can be found and outlined."""
    for _, shown, given in drawn:
        for layout in given["layouts"]:
            rows = [row for data in layout["vega"]["data"] for row in data.get("values", ())]
            alone = {row["of"][0] for row in rows if len(row.get("of", ())) == 1}
            known = {number for number, one in enumerate(given["points"]) if one["csv"].split(",")[2:5] != ["", "", ""]}
            assert known <= alone, shown.name
            assert {one for row in rows for one in row.get("of", ())} <= set(range(len(given["points"])))


def test_names_to_switch_are_those_of_points(drawn):
    """What can be switched off are at least two names, and each point has one of them."""
    for _, shown, given in drawn:
        assert len(given["names"]) != 1
        if given["names"]:
            assert {one[given["by"]] for one in given["points"]} == set(given["names"]), shown.name


def test_specifications_reach_nothing_outside(drawn):
    """No address, no data to load, no image, no scheme of colours but the theme's."""
    for _, shown, given in drawn:
        for layout in given["layouts"]:
            spec = json.dumps(layout["vega"])
            assert not re.search(r"https?:|\burl\b|\bimage\b|\"signals\"", spec), shown.name
            colours = {
                row["colour"] for data in layout["vega"]["data"] for row in data.get("values", ()) if "colour" in row
            }
            assert all(re.fullmatch(r"var\(--[a-z0-9-]+\)", colour) for colour in colours)


def test_links_lead_to_evidence(site):
    """Each link of a point leads to a published page."""
    pages = {page.path for page in site.pages}
    hrefs = [
        one["href"]
        for path, content in site.files.items()
        if path.startswith("charts/") and not path.endswith("/drawing.js")
        for one in read({path: content})["points"]
    ]
    leading = [href.split("#")[0] for href in hrefs if href]

    assert len(leading) > 20
    assert set(leading) <= pages


def test_a_second_build_is_the_same(site, folder):
    """With drawings kept or drawn anew, the files are the same to the byte."""
    again = build(folder, cache=None)

    assert {path: site.files[path] for path in site.files if path.startswith("charts/")} == {
        path: again.files[path] for path in again.files if path.startswith("charts/")
    }


@pytest.mark.parametrize(
    ("typed", "language", "shown", "note"),
    [
        ("{value: 41.2, qualifier: over}", "en", "more than 41.2 tonnes of CO₂e", "lower bound"),
        ("{value: 41.2, qualifier: up-to}", "en", "up to 41.2 tonnes of CO₂e", "upper bound"),
        ("{value: 41.2, qualifier: over}", "zh-Hant", "超過41.2噸二氧化碳當量", "下限"),
        ("{omission: not-disclosed}", "en", "not disclosed", ""),
    ],
)
def test_bounds_and_gaps_are_said(typed, language, shown, note):
    """A point whose source gives only a bound says so in words; a missing one gives the reason and no figure."""
    report, _ = read_report(TINY)
    indicator = report.indicator("fleet.scope2")
    observation = indicator.values["2022/23"]
    keys = (
        {"value": None, "omission": "not-disclosed"}
        if "omission" in typed
        else {"qualifier": re.search(r"qualifier: ([\w-]+)", typed)[1]}
    )
    changed = indicator.model_copy(
        update={"values": {**indicator.values, "2022/23": observation.model_copy(update=keys)}}
    )
    section = report.sections["fleet"]
    section = section.model_copy(update={"indicators": {**section.indicators, "scope2": changed}})
    report = report.model_copy(update={"sections": {**report.sections, "fleet": section}})
    said = next(load_language(one, one.place) for one in report.languages if one.id == language)
    wording = Wording(report, said, "fleet", "fleet")
    spec = section.charts["scope2_years"]
    given = read(chart_file(spec, wording, "fleet", figure(spec, wording, "fleet", "scope2_years", DRAWINGS), DRAWINGS))
    [point] = [one for one in given["points"] if "2022/23" in one["group"]]

    assert point["shown"] == shown
    assert note in " ".join(point["notes"])
    assert bool(note) == bool(point["notes"])
    assert point["csv"].split(",")[2] == ("" if "omission" in typed else "41.2")


def test_numbers_and_dates_are_those_of_the_language(languages):
    """Vega writes numbers and dates as the report does; weeks begin with Sunday, as it wants them."""
    english, chinese = (languages[one].vega() for one in LANGUAGES)

    assert english["number"] == {
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "currency": ["", ""],
        "minus": "−",
    }
    assert (english["time"]["days"][0], english["time"]["months"][11]) == ("Sunday", "December")
    assert (chinese["time"]["days"][0], chinese["time"]["months"][11]) == ("星期日", "12月")
    assert chinese["time"]["date"] == "%Y年%-m月%-d日"
    assert chinese["time"]["periods"] == ["上午", "下午"]


def test_pictures_have_the_colours_of_paper(languages, tmp_path):
    """The colours published are those of the light scheme, whatever the dark one says."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "tokens.css").write_text(
        ":root { --ink: #111111; --font: serif; }\n"
        "@media screen and (prefers-color-scheme: dark) { :root { --ink: #eeeeee; } }\n",
        encoding="utf-8",
    )

    assert read(drawing_file(languages["en"], tmp_path))["paper"] == {"--ink": "#111111"}


def test_the_browser_draws_with_the_vega_that_drew_the_page():
    """The library sent to readers and the one that made the static drawing agree in major and minor version."""
    banner = (VENDOR / "vega.js").read_text(encoding="utf-8")[:60]
    found = re.match(r"/\* vega (\d+\.\d+)\.", banner)

    assert found
    assert found[1] == ".".join(vega_version().split(".")[:2])


def test_values_stay_as_they_were_typed(site):
    """A value passes through with its digits: 288.00 stays 288.00."""
    points = read({"charts/en/fleet/diesel_years.js": site.files["charts/en/fleet/diesel_years.js"]})["points"]

    assert points[-1]["csv"] == "Ordinary ferries,2024/25,288.00,,,288.00 kilolitres\r\n"
