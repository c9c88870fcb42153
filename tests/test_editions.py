"""Years of a report published side by side: what they know of each other, and how they are published together."""

# ruff: noqa: E501 - a message reads best as it is told
from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from conftest import DEMO, ROOT
from crossfoot import Problems, build, read_report
from crossfoot.__main__ import main
from crossfoot.archive import archive
from crossfoot.edition_links import newer, years
from crossfoot.editions import archive_of, differs
from crossfoot.localise import load_language
from crossfoot.render import environment
from crossfoot.shown import plain

REPORT, FLEET = "data/report.yaml", "data/sections/fleet.yaml"
NAMED = "  - {period: 2023/24, report: ../2023-24, at: ../2023-24/}\n"


@pytest.fixture
def reports(tmp_path):
    """A copy of the three reports, to change one thing in, beside the theme of the repository."""
    shutil.copytree(DEMO[0].parent, tmp_path / "tests" / "demo")
    (tmp_path / "theme").symlink_to(ROOT / "theme")
    return tmp_path / "tests" / "demo"


def change(folder, file, old, new):
    """Put *new* in the place of *old*, which stands there once."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(folder):
    """Return what is said to the author of the report in *folder*."""
    with pytest.raises(Problems) as found:
        build(folder, cache=folder / ".cache" / "crossfoot")
    return str(found.value)


@pytest.fixture(scope="module")
def sites():
    """The site of each year, by its folder, as `build` makes it; each knows its own address."""
    return {one.name: build(one, site_url=f"https://e.org/{one.name}/", cache=one / ".cache/crossfoot") for one in DEMO}


@pytest.fixture(scope="module")
def linked():
    """Each year with its archive, and its languages by id, by the name of its folder."""
    made = {}
    for folder in DEMO:
        report, pages = read_report(folder)
        report = report.model_copy(update={"archive": archive_of(report, pages, folder, read_report)})
        made[folder.name] = report, {one.id: load_language(one, one.place) for one in report.languages}
    return made


def view(site, path):
    """Return the page of *site* at *path*."""
    return next(page for page in site.pages if page.path == path)


# --- the list of editions


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            "  - {period: 2023/24, report: ../2032-24, at: ../2023-24/}\n",
            "data/report.yaml:30:31: there is no report in '../2032-24'\n"
            "    name the folder that holds its data/ and content/, seen from the folder of this report",
        ),
        (
            "  - {period: 2024/25, report: ../2023-24, at: ../2023-24/}\n",
            "data/report.yaml:30:14: '2024/25' is this report itself\n    name only the others",
        ),
        (
            "  - {period: 2023/24, report: ../2024-25, at: ../2023-24/}\n",
            "data/report.yaml:30:14: '2023/24' is this report itself\n    name only the others",
        ),
        (
            NAMED * 2,
            "data/report.yaml:31:14: the report for '2023/24' is named twice\n    keep one of them",
        ),
        (
            "  - {period: 2021/22, report: ../2023-24, at: ../2023-24/}\n",
            "data/report.yaml:30:14: the report in '../2023-24' is about '2023/24', not '2021/22'\n"
            "    write {period: 2023/24}, or name another folder",
        ),
        (
            "  - {period: 2023/24, report: ../2023-24, at: ../2023-24}\n",
            "data/report.yaml:30:47: '../2023-24' does not end in a slash\n"
            "    write the address of a folder: ../2023-24/",
        ),
        (
            "  - {period: 2023/24, report: ../2023-24, at: /2023-24/}\n",
            "data/report.yaml:30:47: '/2023-24/' is no address of a site\n"
            "    write the way from this site's root, ../2023-24/, or https://...",
        ),
        (
            "  - {period: 2023/24, at: ../2023-24/}\n",
            "data/report.yaml:30:5: 'report' is missing\n    add 'report:' here",
        ),
    ],
    ids=["no folder", "own period", "own folder", "twice", "another period", "no slash", "no address", "no report"],
)
def test_a_slip_in_the_list_is_told(reports, new, expected):
    """Each with its place and what to write instead."""
    folder = reports / "2024-25"
    change(folder, REPORT, NAMED, new)

    assert expected == told(folder)


def test_an_edition_that_cannot_be_read_says_which_of_its_problems_and_where(reports):
    """The first of them, how many more, and the command that lists all; its own author gets no word of this report."""
    change(reports / "2023-24", REPORT, "\ntitle:\n", "\ntitel:\n")
    change(reports / "2023-24", FLEET, 'number: "1"', 'nummer: "1"')

    assert told(reports / "2024-25") == (
        "data/report.yaml:30:31: the report in '../2023-24' cannot be read\n"
        "    ../2023-24/data/report.yaml:3:1: 'titel' is not a known key\n"
        "    did you mean 'title'?\n"
        "    keys here: assurance, assurances, boundaries, boundary, change_threshold, chapters, csv_bom, dimensions,"
        " disclaimer, editions, languages, licence, organisation, pages, period, periods, source, subtitle, title, untranslated\n"
        "    and 1 more problem\n"
        "    crossfoot check --report ../2023-24 lists all of them"
    )


def test_editions_are_read_shallowly(linked):
    """Each names the others, which goes round in a circle; none is read with its own."""
    for report, _ in linked.values():
        assert [one.report.archive for one in report.archive.others] == [None, None]


def test_a_report_without_editions_has_no_switch():
    """One year needs none."""
    report, _ = read_report(ROOT / "tests" / "report")

    assert archive_of(report, (), ROOT / "tests" / "report", read_report) is None
    assert () == years(report, load_language(report.languages[0], report.file.place), "fleet")


# --- the switch


@pytest.mark.parametrize(
    ("year", "language", "stem", "expected"),
    [
        (
            "2024-25",
            "en",
            "fleet",
            ["2022/23|../../../2022-23/en/fleet/index.html||", "2023/24|../../../2023-24/en/fleet/index.html||",
             "*2024/25|../../en/fleet/index.html||"],
        ),
        (  # a page that only the latest report has
            "2024-25",
            "zh-Hant",
            "plans",
            ["2022/23年度|../../../2022-23/zh-Hant/index.html|（主頁）|該年度報告沒有本頁",
             "2023/24年度|../../../2023-24/zh-Hant/index.html|（主頁）|該年度報告沒有本頁",
             "*2024/25年度|../../zh-Hant/plans/index.html||"],
        ),
        (  # a chapter that was dropped
            "2022-23",
            "en",
            "community",
            ["*2022/23|../../en/community/index.html||",
             "2023/24|../../../2023-24/en/index.html| (home)|this report does not have the page",
             "2024/25|../../../2024-25/en/index.html| (home)|this report does not have the page"],
        ),
        (  # the evidence of a figure that the first report does not have
            "2023-24",
            "en",
            "figures/crew/workers",
            ["2022/23|../../../../../2022-23/en/index.html| (home)|this report does not have the page",
             "*2023/24|../../../../en/figures/crew/workers/index.html||",
             "2024/25|../../../../../2024-25/en/figures/crew/workers/index.html||"],
        ),
        (
            "2022-23",
            "en",
            "home",
            ["*2022/23|../en/index.html||", "2023/24|../../2023-24/en/index.html||",
             "2024/25|../../2024-25/en/index.html||"],
        ),
    ],
    ids=["there", "only in the latest", "dropped", "evidence", "home"],
)  # fmt: skip
def test_the_switch_keeps_the_page_where_it_can(linked, year, language, stem, expected):
    """The years in order, the current one marked; where the page is not there, it leads home and says so."""
    report, languages = linked[year]
    found = [
        f"{'*' if one.current else ''}{one.text}|{one.href}|{one.note}|{one.spoken}"
        for one in years(report, languages[language], stem)
    ]

    assert expected == found


def test_an_edition_at_an_absolute_address_is_linked_there(reports):
    """With the address that readers see."""
    change(reports / "2024-25", REPORT, "at: ../2023-24/", "at: https://reports.example.org/2023-24/")
    report, pages = read_report(reports / "2024-25")
    report = report.model_copy(update={"archive": archive_of(report, pages, reports / "2024-25", read_report)})
    english = load_language(report.languages[0], report.file.place)

    assert "https://reports.example.org/2023-24/en/fleet/" == years(report, english, "fleet")[1].href


def test_an_edition_without_the_language_says_which_it_is_read_in(reports):
    """The page in its reference language, named in brackets."""
    old = reports / "2022-23"
    change(old, REPORT, "  - {id: zh-Hant, tag: zh-Hant-HK, name: 繁體中文}\n", "")
    for file in sorted((old / "data").rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^\s+zh-Hant: .*\n|, zh-Hant: (\"[^\"]*\"|[^}]*)", "", text), encoding="utf-8")
    shutil.rmtree(old / "content" / "zh-Hant")
    report, pages = read_report(reports / "2024-25")
    report = report.model_copy(update={"archive": archive_of(report, pages, reports / "2024-25", read_report)})
    chinese = load_language(report.languages[1], report.file.place)
    first = years(report, chinese, "fleet")[0]

    assert () == report.archive.problems
    assert ("../../../2022-23/en/fleet/index.html", "en-GB", "（以英文閱讀）", "") == (
        first.href,
        first.tag,
        first.note,
        first.spoken,
    )


def test_an_older_edition_says_that_a_newer_one_exists(linked):
    """With the way to the same page, or that there is none; the latest says nothing."""
    report, languages = linked["2022-23"]
    said = {stem: newer(report, languages["en"], stem) for stem in ("fleet", "community")}

    assert "You are reading the 2022/23 report. The latest is 2024/25." == plain(said["fleet"])
    assert "../../../2024-25/en/fleet/index.html" == said["fleet"][1].href
    assert "You are reading the 2022/23 report. The latest is 2024/25, which does not have this page." == plain(
        said["community"]
    )
    assert "您正在閱讀2022/23年度報告。最新一份為2024/25年度報告。" == plain(
        newer(report, languages["zh-Hant"], "fleet")
    )
    assert () == newer(linked["2024-25"][0], languages["en"], "fleet")


def test_each_edition_has_its_own_addresses_for_search_engines(sites):
    """Canonical address and twins are those of the edition, never of another year."""
    page = view(sites["2022-23"], "en/fleet/index.html")

    assert "https://e.org/2022-23/en/fleet/" == page.canonical
    assert {"en-GB", "zh-Hant-HK", "x-default"} == {link.tag for link in page.alternates}
    assert all(link.href.startswith("https://e.org/2022-23/") for link in page.alternates)


def test_the_front_page_lists_the_other_years(sites):
    """In each language."""
    front = view(sites["2022-23"], "index.html").html

    assert 'Other years: <a href="../2023-24/en/index.html" hreflang="en-GB">2023/24</a>, <a href="../2024-25/' in front
    assert '其他年度： <a href="../2023-24/zh-Hant/index.html" hreflang="zh-Hant-HK">2023/24年度</a>、<a' in front


def test_many_years_are_folded(sites):
    """More than four would crowd the head of a phone."""
    page = view(sites["2024-25"], "en/fleet/index.html")
    part = environment(ROOT / "theme").get_template("parts/editions.html")
    few, many = (
        part.render(view=replace(page, editions=(*page.editions[:2] * count, page.editions[2])), t=page.phrases)
        for count in (1, 2)
    )

    assert "<details>" not in few
    assert re.search(r"<details>\s*<summary>2024/25</summary>", many)


# --- restated figures


def test_a_figure_says_what_an_earlier_edition_printed(sites):
    """With the way to it there; in the report that restated it and in the ones after."""
    path = "figures/fleet/scope2/index.html"
    for year in ("2023-24", "2024-25"):
        assert (
            '2022/23: restated. First published as <data class="value" value="165.0" data-unit="tco2e">165.0 tonnes of '
            'CO₂e</data> in <a href="../../../../../2022-23/en/figures/fleet/scope2/index.html">the 2022/23 report</a>. '
            "A meter had been read twice."
        ) in view(sites[year], f"en/{path}").html
    assert (
        '2022/23年度：經重列。最初於<a href="../../../../../2022-23/zh-Hant/figures/fleet/scope2/index.html">2022/23年度'
        '報告</a>刊載為<data class="value" value="165.0" data-unit="tco2e">165.0噸二氧化碳當量</data>。有電錶曾重複讀數。'
    ) in view(sites["2024-25"], f"zh-Hant/{path}").html


def test_a_figure_says_what_a_later_edition_prints_in_its_place(sites):
    """An old report does not change, but tells what became of its figures."""
    path = "en/figures/crew/volunteer-hours/index.html"
    html = view(sites["2023-24"], path).html

    assert (
        f'2023/24: restated in <a href="../../../../../2024-25/{path}">the 2024/25 report</a> to '
        '<data class="value" value="1352" data-unit="hour">1,352 hours</data>.'
    ) in html
    assert "restated in <a" not in view(sites["2024-25"], path).html


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "2022/23: 412.5,",
            "2022/23: 411.5,",
            "data/sections/fleet.yaml:54:23: 'fleet.power' is 411.5 in 2022/23, but the report for 2023/24 printed 412.5\n"
            "    mend the figure, or mark it restated: "
            "{value: 411.5, status: restated, restated: {was: 412.5, reason: ...}}\n"
            "    the report for 2023/24 printed 412.5: ../2023-24/data/sections/fleet.yaml:54:39",
        ),
        (
            "was: 165.0",
            "was: 166.0",
            "data/sections/fleet.yaml:65:9: 'fleet.scope2' was 166.0 before it was restated in 2022/23, but the report for "
            "2022/23 printed 165.0\n    write was: 165.0\n"
            "    the report for 2022/23 printed 165.0: ../2022-23/data/sections/fleet.yaml:63:39",
        ),
        (
            "was: 165.0",
            "was: not-printed",
            "data/sections/fleet.yaml:65:9: 'fleet.scope2' was 'not-printed' before it was restated in 2022/23, but the "
            "report for 2022/23 printed 165.0\n    write was: 165.0\n"
            "    the report for 2022/23 printed 165.0: ../2022-23/data/sections/fleet.yaml:63:39",
        ),
    ],
    ids=["unmarked", "another value before", "said not to be printed"],
)
def test_a_restatement_is_marked_with_what_was_printed(reports, old, new, expected):
    """Both places, and the cure."""
    change(reports / "2024-25", FLEET, old, new)

    assert expected == told(reports / "2024-25")


@pytest.mark.parametrize(
    ("new", "restated"),
    [
        ("412.5", False),  # the same
        ("412.50", False),  # more decimals of the same: 412.45 to 412.55 holds it
        ("412.48", False),
        ("412.6", True),  # as many decimals, another digit
        ("412.56", True),  # 412.555 to 412.565 and 412.45 to 412.55 have nothing in common
        ("{value: 410, qualifier: about}", False),  # 400 to 420
        ("{value: 0.4125, scale: thousand}", False),  # 412.45 to 412.55
    ],
)
def test_only_what_cannot_both_be_true_is_another_value(reports, new, restated):
    """A figure that is only more precise, or hedged, needs no mark."""
    folder = reports / "2024-25"
    change(folder, FLEET, "2022/23: 412.5,", f"2022/23: {new},")
    report, pages = read_report(folder)
    archived = archive_of(report, pages, folder, read_report)
    edition, theirs = archived.published("fleet.power", "2022/23")[-1]
    ours = archived.own.printed("fleet.power", "2022/23")

    assert restated == differs(archived.own, edition, "fleet.power", ours, theirs)


def test_what_was_reckoned_needs_no_mark(linked):
    """A total follows its restated part by itself: the sum of emissions changed too, and nobody is asked about it."""
    report = linked["2024-25"][0]

    assert () == report.archive.published("fleet.ghg", "2022/23")


# --- the archive


def files_of(folder):
    """Return the checksum of every file in *folder*."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_archive_leads_to_every_year_and_no_switch_leads_nowhere(demo):
    """Every link from one year into another is the address of a page that is there."""
    listed = json.loads((demo / "archive.json").read_text(encoding="utf-8"))
    front = (demo / "index.html").read_text(encoding="utf-8")
    across = set()
    for page in demo.rglob("*.html"):
        for href in re.findall(r'href="((?:\.\./)+20\d\d-\d\d/[^"#]*)', page.read_text(encoding="utf-8")):
            across.add((page.parent / href).resolve())

    assert ["2022-23", "2023-24", "2024-25"] == [one["folder"] for one in listed["editions"]]
    assert re.search(r'<html lang="en-GB">', front)
    assert re.findall(r'href="(20[^"]*html)"', front) == [
        f"{year}/{language}/index.html" for language in ("en", "zh-Hant") for year in ("2024-25", "2023-24", "2022-23")
    ]
    assert len(across) > 200
    assert [] == [path for path in sorted(across) if not path.is_file()]


def test_the_same_reports_make_the_same_bytes(demo, reports, tmp_path):
    """In another folder, at another time."""
    archive([reports / one.name for one in DEMO], tmp_path / "again")

    assert files_of(demo) == files_of(tmp_path / "again")


def test_one_bad_year_leaves_the_archive_as_it_was(demo, reports, tmp_path):
    """The problem is told with the folder of its year; nothing is half replaced, nothing is left lying about."""
    target = tmp_path / "public"
    shutil.copytree(demo, target)
    before = files_of(target)
    change(reports / "2023-24", "content/en/fleet.md", "Waste came to", "Waste rose to")
    command = ["archive", *(str(reports / one.name) for one in DEMO), "--into", str(target)]
    told = CliRunner().invoke(main, command)

    assert 1 == told.exit_code
    assert f"{target} is as it was\n{reports}/2023-24/content/en/fleet.md:" in told.stderr
    assert "is claimed by hand of {{ value waste }}" in told.stderr
    assert before == files_of(target)
    assert ["public", "tests", "theme"] == sorted(path.name for path in tmp_path.iterdir())


def test_an_archive_knows_its_address(reports, tmp_path):
    """With `--site-url`, each year has its own below it."""
    change(reports / "2022-23", REPORT, "  - {period: 2023/24, report: ../2023-24, at: ../2023-24/}\n", "")
    change(reports / "2024-25", REPORT, "  - {period: 2023/24, report: ../2023-24, at: ../2023-24/}\n", "")
    names = archive([reports / "2024-25", reports / "2022-23"], tmp_path / "out", site_url="https://e.org/esg")
    page = (tmp_path / "out/2022-23/en/fleet/index.html").read_text(encoding="utf-8")

    assert ("2022-23", "2024-25") == names
    assert '<link rel="canonical" href="https://e.org/esg/2022-23/en/fleet/">' in page
    assert '<link rel="canonical" href="https://e.org/esg/">' in (tmp_path / "out/index.html").read_text("utf-8")
    assert "Sitemap: https://e.org/esg/2024-25/sitemap.xml\n" in (tmp_path / "out/robots.txt").read_text("utf-8")


def test_reports_that_do_not_know_each_other_are_not_published_together(reports, tmp_path):
    """Each must name each, where it will stand."""
    change(reports / "2022-23", REPORT, "  - {period: 2024/25, report: ../2024-25, at: ../2024-25/}\n", "")
    change(reports / "2023-24", REPORT, "at: ../2024-25/", "at: ../latest/")
    with pytest.raises(Problems) as found:
        archive([reports / one.name for one in DEMO], tmp_path / "out")

    assert str(found.value) == (
        f"{reports}/2022-23/data/report.yaml: the report for 2022/23 does not name the one for 2024/25\n"
        "    add under 'editions': {period: 2024/25, report: ../2024-25, at: ../2024-25/}\n"
        f"{reports}/2023-24/data/report.yaml:30:47: the report for 2024/25 is said to stand at '../latest/', "
        "but is published at '../2024-25/'\n    write at: ../2024-25/"
    )
    with pytest.raises(Problems) as found:
        archive([reports / "2024-25", reports / "2023-24"], tmp_path / "out")

    assert "the report for 2022/23 is named, but is not among those to publish" in str(found.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_archive_is_not_replaced(reports, tmp_path):
    """Somebody's files lie there."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(Problems) as found:
        archive([reports / one.name for one in DEMO], tmp_path / "letters")

    assert str(found.value) == (
        f"{tmp_path}/letters: this is no archive\n"
        "    it has no archive.json, so it would not be replaced but lost; name a new folder, or empty this one"
    )


def test_a_folder_without_mkdocs_is_told(reports, tmp_path):
    """And a year that is named twice."""
    (reports / "2023-24" / "mkdocs.yml").unlink()
    with pytest.raises(Problems) as found:
        archive([reports / one.name for one in DEMO], tmp_path / "out")

    assert str(found.value) == (
        f"{reports}/2023-24/mkdocs.yml: there is no such file\n    each report has one; name the folder that holds it"
    )
    with pytest.raises(Problems, match="are published under one name, or about one period"):
        archive([reports / "2022-23", reports / "2022-23"], tmp_path / "out")
