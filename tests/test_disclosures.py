"""Disclosures: how a report answers the codes of its frameworks, and the pages that say so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from case_files import cases
from conftest import DRAWINGS, ROOT, TINY
from crossfoot import build, read_report
from crossfoot.disclosures import Spot, code_anchor, counted, coverage_of, spot_of
from crossfoot.places import Place
from crossfoot.rules.disclosures import disclosure_problem
from test_rules import changed, problems_in

GUIDE = {
    "disclosed": "A1.0 A1.2 A1.3 A1.4 A2.0 A2.1 A2.2 A2.5 A3.0 B1.0 B2.0 B3.0 B5.0 B6.0 B6.3 B6.5 B7.0 B7.2 B8.0 B8.1",
    "partly": "A1.5 A1.6 A2.3 A2.4 A3.1 B1.1 B2.3 B4.0 B5.2 B6.2 B6.4 B8.2",
    "explained": "A1.1",
    "not-disclosed": "B1.2 B2.1 B2.2 B3.1 B3.2 B4.1 B4.2 B5.1 B6.1 B7.1",
}
"""The forty-three codes of the Guide in force for 2018, read by hand against the source of the example."""


@pytest.fixture(scope="module")
def example():
    """The report of the repository, read."""
    return read_report(ROOT)[0]


@pytest.fixture(scope="module")
def tiny_site(tmp_path_factory):
    """The site of the tiny report, with the theme of the repository."""
    copy = tmp_path_factory.mktemp("tiny") / "report"
    shutil.copytree(TINY, copy)
    (copy / "theme").symlink_to(ROOT / "theme")
    return build(copy, cache=DRAWINGS)


def statuses(report, framework):
    """Return the codes of *framework* by status."""
    found = {}
    for row in coverage_of(report, report.frameworks[framework]):
        found.setdefault(row.status, []).append(row.code)
    return found


def body(site, path):
    """Return the HTML of the page at *path*."""
    return next(view.html for view in site.pages if view.path == f"{path}/index.html")


@pytest.mark.parametrize("case", cases("disclosures.md"), ids=str)
def test_problem(case, folder):
    """One change to the tiny report is told to its author in these words, with file, line and column."""
    changed(case.input, folder)

    assert case.expected == problems_in(folder)


def test_the_example_answers_the_guide_as_its_source_does(example):
    """Twenty codes disclosed, twelve in part, one explained, ten not: all of those recommended ones."""
    expected = {status: codes.split() for status, codes in GUIDE.items()}

    assert expected == statuses(example, "hkex-2016")
    guide = example.frameworks["hkex-2016"].disclosures
    assert {guide[code].obligation for code in expected["not-disclosed"]} == {"recommended"}


@pytest.mark.parametrize(
    ("framework", "expected"),
    [
        # Q1 and Q5 by a figure; Q3 said to be in part; Q2 explained; Q6 without cargo; Q4 only touched on.
        ("quay-code", {"disclosed": 2, "partly": 1, "explained": 1, "not-applicable": 1, "not-disclosed": 1}),
        # N1 and N3 as Q1 and Q3 of the edition before; N2 asks for more than Q2; nobody measured N4.
        ("quay-code-2030", {"disclosed": 1, "partly": 1, "not-disclosed": 2}),
        ("bay-code", {"disclosed": 2}),
        ("sea-goals", {"disclosed": 2}),
    ],
)
def test_counts(report, framework, expected):
    """The answers of the tiny report, counted by hand."""
    assert expected == counted(coverage_of(report, report.frameworks[framework]))


def test_what_is_not_written_follows_from_the_data(report):
    """A code is disclosed where a heading or a figure carries it, and these are the places."""
    rows = {row.code: row for row in coverage_of(report, report.frameworks["quay-code"])}

    assert (Spot("figure", "fleet.scope1"),) == rows["Q1"].where
    assert (Spot("heading", "crew.people"),) == rows["Q3"].where
    assert (Spot("heading", "registers.others"),) == rows["Q4"].context
    assert rows["Q4"].where == ()


def test_places_that_are_named_stand_for_those_that_carry(report):
    """What the author names under `where` is what the reader is led to."""
    rows = {row.code: row for row in coverage_of(report, report.frameworks["quay-code"])}
    expected = [("heading", "fleet.waste"), ("table", "fleet.waste"), ("note", "lamp_year"), ("page", "about")]

    assert expected == [(spot.kind, spot.name) for spot in rows["Q2"].where]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("fleet.fuel", "heading"),
        ("fleet.scope1", "figure"),
        ("fleet.waste", "heading"),
        ("figure fleet.waste", "figure"),
        ("table fleet.waste", "table"),
        ("chart fleet.by_scope", "chart"),
        ("page crew", "page"),
        ("note lamp_year", "note"),
        ("chart fleet.waste", None),
        ("fleet", None),
        ("page fleet.waste", None),
        ("sea.waste", None),
        ("", None),
    ],
)
def test_spot(report, word, kind):
    """A place is told by its word, or is a heading before it is a figure; what is not there is None."""
    spot = spot_of(word, report)

    assert kind == (spot.kind if spot else None)


def test_anchor():
    """A code is its own anchor, without spaces."""
    assert [code_anchor(code) for code in ("A1.2", "E1-6 scope-1", "29(a)(i)(1)")] == [
        "A1.2",
        "E1-6-scope-1",
        "29(a)(i)(1)",
    ]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_code_has_its_row(tiny_site, report, language):
    """The page of a framework has one row a code, whose anchor is the code."""
    for framework in report.frameworks.values():
        rows = re.findall(r'<tr id="([^"]+)"', body(tiny_site, f"{language}/disclosures/{framework.id}"))

        assert sorted(code_anchor(code) for code in framework.disclosures) == sorted(rows)


def test_an_index_row(tiny_site):
    """A row says code, title, mark, obligation, status, where and why."""
    row = re.search(r'<tr id="Q2">.*?</tr>', body(tiny_site, "en/disclosures/quay-code"), re.DOTALL)[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", row).split())

    assert words == (
        "Q2 Oil on the water Comply or explain Explained 1.2 Waste and spills Table: Waste "
        "Editor’s note: The year of the award About this report Oil is counted as waste, not on the water."
    )
    assert re.findall(r'href="([^"]+)"', row) == [
        "../../fleet/index.html#waste",
        "../../fleet/index.html#table-waste",
        "../../about/index.html#note-lamp-year",
        "../../about/index.html",
    ]


def test_what_is_not_verified_has_a_mark(tiny_site):
    """A code and a concept that nobody checked have a mark, and the note below says so in the language."""
    page = body(tiny_site, "zh-Hant/disclosures/quay-code")
    row = re.search(r'<tr id="Q5">.*?</tr>', page, re.DOTALL)[0]

    assert row.count('class="mark"') == 2
    assert "quay:CrewNumber" in row
    assert "未經與框架原文核對" in page
    assert "未經與分類標準核對" in page


def test_the_gap_page_starts_with_what_is_lacking(tiny_site):
    """A framework that the report does not follow says first what the report would lack."""
    page = body(tiny_site, "en/disclosures/quay-code-2030")

    assert re.findall(r'<h2 id="([^"]+)"', page) == ["lacking", "met", "coverage", "about"]
    assert re.findall(r'<tr id="([^"]+)"', page) == ["N2", "N3", "N4-wake", "N1"]
    assert "Takes the place of Quay Code Q2." in page
    assert "Same as Quay Code Q1." in page


def test_codes_stand_where_a_reader_is(tiny_site):
    """A heading, a row and a chart show the codes of the frameworks that the report follows, and only those."""
    fleet, crew = body(tiny_site, "en/fleet"), body(tiny_site, "en/crew")

    heading = re.search(r'<h2 id="people">.*?</h2>\s*<p class="codes">(.*?)</p>', crew, re.DOTALL)[1]
    assert re.findall(r'href="([^"]+)"', heading) == [
        "../disclosures/bay-code/index.html#B2",
        "../disclosures/quay-code/index.html#Q3",
    ]
    assert '<span class="visually-hidden">Bay Code </span>B2' in heading
    row = next(one for one in re.findall(r"<tr.*?</tr>", fleet, re.DOTALL) if "Direct emissions (scope 1)" in one)
    assert "../disclosures/quay-code/index.html#Q1" in row
    chart = re.search(r'<figure class="chart" id="chart-by-scope">.*?</figure>', fleet, re.DOTALL)[0]
    assert "../disclosures/quay-code/index.html#Q1" in chart
    assert "quay-code-2030" not in fleet + crew


def test_an_index_on_an_authors_page(folder):
    """`{{ index FRAMEWORK }}` is the same table, with anchors that two indexes on one page do not share."""
    for language in ("en", "zh-Hant"):
        path = folder / "content" / language / "about.md"
        path.write_text(path.read_text(encoding="utf-8") + "\n{{ index quay-code }}\n\n{{ index bay-code }}\n", "utf-8")
    page = body(build(folder, cache=DRAWINGS), "en/about")

    assert re.findall(r'<tr id="([^"]+)"', page) == [f"quay-code-Q{n}" for n in (6, 1, 2, 3, 4, 5)] + [
        "bay-code-B1",
        "bay-code-B2",
    ]


def test_the_overview_stands_in_the_menu(tiny_site):
    """Each page leads to the overview, which leads to each framework."""
    view = next(view for view in tiny_site.pages if view.path == "en/crew/index.html")
    overview = body(tiny_site, "en/disclosures")

    assert [link.href for link in view.menu if link.text == "Disclosure frameworks"] == ["../disclosures/index.html"]
    for framework in ("bay-code", "quay-code", "quay-code-2030", "sea-goals"):
        assert f'href="{framework}/' in overview


def test_a_new_framework_is_one_file(folder):
    """A framework needs no other file: it has its page, and nothing else changes."""
    path = folder / "data" / "frameworks" / "lamp-list.yaml"
    path.write_text(
        "name: Lamp List\nshort: Lamps\ndisclosures:\n  L1: {title: {en: Light, zh-Hant: 燈光}}\n", encoding="utf-8"
    )
    site = build(folder, cache=DRAWINGS)

    assert 'id="L1"' in body(site, "en/disclosures/lamp-list")
    assert 'id="L1"' in body(site, "zh-Hant/disclosures/lamp-list")


def test_a_report_without_frameworks_has_no_such_pages(folder):
    """Where there is no framework there is no overview, and no word of it in the menu."""
    for path in (folder / "data" / "sections").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(one for one in lines if not re.search("(disclosures|context):", one)) + "\n", "utf-8")
    for name in ("frameworks", "coverage"):
        for path in (folder / "data" / name).iterdir():
            path.unlink()
    site = build(folder, cache=DRAWINGS)

    assert [view.path for view in site.pages if "disclosures" in view.path] == []
    assert all("disclosures" not in link.href for view in site.pages for link in view.menu)


def told(*words):
    """Return what `crossfoot show` prints for *words* on the tiny report."""
    command = [sys.executable, "-m", "crossfoot", "show", *words, "--report", str(TINY)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_show_tells_a_code():
    """A code, with or without its framework, is told with title, status and every place, with file and line."""
    done = told("Q1")

    assert done.returncode == 0
    assert done.stdout == told("quay-code", "Q1").stdout
    assert done.stdout.splitlines() == [
        "quay-code Q1    data/frameworks/quay-code.yaml:15:3",
        "  en       Direct emissions",
        "  zh-Hant  直接排放",
        "  asks     mandatory",
        "  status   disclosed",
        "  figure   fleet.scope1: Direct emissions (scope 1)    data/sections/fleet.yaml:77:5",
        "  same as  quay-code-2030 N1    data/frameworks/quay-code-2030.yaml:7:3",
    ]


def test_show_tells_a_code_that_is_explained():
    """What the report says of a code stands there with its own place."""
    assert told("Q2").stdout.splitlines()[4:] == [
        "  status   explained    data/coverage/quay-code.yaml:5:13",
        "  reason   Oil is counted as waste, not on the water.",
        "  heading  fleet.waste: Waste and spills    data/sections/fleet.yaml:18:5",
        "  table    fleet.waste: Waste    data/sections/fleet.yaml:291:5",
        "  note     lamp_year: The year of the award    data/notes.yaml:13:3",
        "  page     about: About this report    data/sections/about.yaml:3:1",
        "  followed by quay-code-2030 N2    data/frameworks/quay-code-2030.yaml:11:3",
    ]


def test_show_refuses_a_code_that_is_not_there():
    """A mistyped code is told as a code where the framework is named, else as a figure."""
    assert told("quay-code", "Q9").stderr.splitlines()[:2] == [
        "data/frameworks: 'quay-code' has no code 'Q9'",
        "    codes: Q1, Q2, Q3, Q4, Q5, Q6",
    ]
    assert "there is no figure 'Q99'" in told("Q99").stderr


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        (
            "hkex-2016 B7.3",
            "it is a code of hkex-2025 (Anti-corruption training for directors and staff)\ndid you mean 'B7.2'?",
        ),
        (
            "hkex-2025 A1.2",
            "it is a code of hkex-2016 (Total GHG emissions and intensity)\nin hkex-2025, D28 and D29 take its place",
        ),
        ("gri-2021 307-1", "did you mean '308-1'?"),
        ("hkex-2016 305-1", "it is a code of gri-2021 (Direct (Scope 1) GHG emissions)"),
    ],
)
def test_a_mix_up_of_editions_is_told_with_its_edition(example, reference, hint):
    """A code of another edition or framework says whose it is, what has taken its place, and what is near."""
    problem = disclosure_problem(example, reference, Place("data/sections/people.yaml", 9, 19))
    framework, _, code = reference.partition(" ")

    assert f"'{framework}' has no code '{code}'" == problem.message
    assert hint == problem.hint
