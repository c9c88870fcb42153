"""My report, as it is made: where boxes stand, what they are called, the page that collects, files for downloads."""

from __future__ import annotations

import gzip
import json
import re

import lxml.html
import pytest

from conftest import ROOT, TINY
from crossfoot import build_from, figures, read_report
from crossfoot.evidence_data import short_version
from crossfoot.my_report import SCRIPTS

ADDRESS = "https://example.org/bay/"
LANGUAGES = ("en", "zh-Hant")
ASSETS = ROOT / "theme" / "assets"
BOX = "//label[contains(@class,'tick-box')]"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The tiny report's site, its drawings left out, as it would stand at ADDRESS."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")
        folder = tmp_path_factory.mktemp("my_report")
        for part in ("data", "content"):
            (folder / part).symlink_to(TINY / part)
        (folder / "theme").symlink_to(ROOT / "theme")
        report, pages = read_report(folder)
        return build_from(report, pages, folder, site_url=ADDRESS)


@pytest.fixture(scope="module")
def bodies(site):
    """The body of every page by path, parsed."""
    return {page.path: lxml.html.fragment_fromstring(page.html, create_parent="main") for page in site.pages}


def view(site, path):
    """Return one page."""
    return next(page for page in site.pages if page.path == path)


def given(site, path):
    """Return the value that a data file hands over."""
    told = re.fullmatch(r'crossfoot\.give\("([^"]+)", (.*)\);\n', site.files[path], re.DOTALL)
    assert told[1] == path
    return json.loads(told[2])


def boxes(body):
    """Return the boxes of a page: what each stands for, by sort and anchor."""
    return [(one.get("data-sort"), one.get("data-anchor")) for one in body.xpath(f"{BOX}/input")]


# -- boxes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_has_a_box_at_every_heading_table_and_chart(language, bodies):
    """In the order of the page; the tables of data inside charts have none."""
    assert boxes(bodies[f"{language}/fleet/index.html"]) == [
        ("section", "fuel"),
        ("table", "table-fuel"),
        ("chart", "chart-diesel-years"),
        ("chart", "chart-diesel-parts"),
        ("table", "table-emissions"),
        ("chart", "chart-by-scope"),
        ("chart", "chart-scope2-years"),
        ("table", "table-emissions-by-scope"),
        ("table", "table-diesel-by-pier"),
        ("section", "targets"),
        ("table", "table-targets"),
        ("table", "table-shore"),
        ("section", "waste"),
        ("table", "table-waste"),
        ("chart", "chart-waste-dots"),
        ("chart", "chart-implied-heads"),
        ("table", "table-complaints"),
        ("table", "table-routes"),
        ("chart", "chart-route-marks"),
        ("table", "table-calls"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kpi_has_one_box_for_its_page(language, bodies):
    """The headings of its page have none, for the page is the figure."""
    assert boxes(bodies[f"{language}/figures/fleet/diesel/index.html"]) == [("figure", "")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_a_box(language, bodies, report):
    """A figure without a page of its own can be chosen too: its row."""
    found = boxes(bodies[f"{language}/figures/fleet/index.html"])

    assert found == [("figure", name.replace("_", "-")) for name in report.sections["fleet"].indicators]


def test_a_box_is_called_after_its_part(bodies):
    """Its name begins with the words that are seen, and its other half is on the page: caption, title, heading."""
    body = bodies["en/fleet/index.html"]
    named = {}
    for box in body.xpath(f"{BOX}/input"):
        words = [body.get_element_by_id(id_) for id_ in box.get("aria-labelledby").split()]
        named[box.get("data-anchor")] = [" ".join(one.text_content().split()) for one in words]

    assert named["fuel"] == ["Add to my report", "1.1 Fuel and emissions"]
    assert named["table-targets"][0] == "Add to my report"
    assert all(len(one) == 2 and all(one) for one in named.values())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("en/figures/fleet/diesel/index.html", "Add to my report: Diesel used (kilolitres)"),
        ("zh-Hant/figures/fleet/diesel/index.html", "加入我的報告：柴油用量（千公升）"),
    ],
)
def test_the_box_of_a_figure_says_its_label(path, name, bodies):
    """In the language of the page; with the unit where two figures have the same label."""
    assert bodies[path].xpath(f"{BOX}/input/@aria-label") == [name]


def test_a_box_stands_after_the_heading_not_in_it(bodies):
    """A list of headings, as a screen reader gives it, holds headings and nothing else."""
    inside = [path for path, body in bodies.items() if body.xpath(f"//*[self::h1 or self::h2 or self::h3]{BOX}")]

    assert inside == []


def test_boxes_are_the_same_in_both_languages(bodies):
    """What was chosen in one language is there in the other."""
    for path, body in bodies.items():
        if path.startswith("en/"):
            assert boxes(body) == boxes(bodies[path.replace("en/", "zh-Hant/", 1)])


def test_the_store_would_take_every_box(bodies):
    """The strict patterns for pages and anchors let every part of the site pass."""
    script = (ASSETS / "my_report.js").read_text(encoding="utf-8")
    page, anchor = (
        re.compile(re.search(rf"{name} = /(.*?)/[,;]", script)[1].replace(r"\/", "/")) for name in ("PAGE", "ANCHOR")
    )
    for path, body in bodies.items():
        if "/" not in path:
            continue
        stem = path.split("/", 1)[1].removesuffix("index.html").rstrip("/") or "index"
        assert page.fullmatch(stem), stem
        for _, name in boxes(body):
            assert anchor.fullmatch(name), name
    assert not page.fullmatch("../../evil")
    assert not anchor.fullmatch("a<b")


# -- the page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("en", "My report", "Choosing and collecting need JavaScript"),
        ("zh-Hant", "我的報告", "選取及集合內容須使用JavaScript"),
    ],
)
def test_the_page_says_what_it_is_without_scripts(language, title, words, site, bodies):
    """And leads on to the report."""
    path = f"{language}/my-report/index.html"
    page, body = view(site, path), bodies[path]
    silent = body.xpath("//noscript")[0]

    assert page.title == title
    assert words in silent.text_content()
    assert silent.xpath(".//a/@href") == ["../index.html"]
    assert page.scripts == SCRIPTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_leads_to_the_page_and_the_menu_does_not(language, site):
    """It is no part of the report, so it has no entry among the chapters."""
    page = view(site, f"{language}/my-report/index.html")

    assert not [link for link in page.menu if "my-report" in link.href or link.current]
    assert page.menu


def test_every_page_knows_the_version_of_the_data(site, report):
    """So that a copy in a reader's browser can be told from the present state."""
    versions = {page.version for page in site.pages if page.kind not in ("front", "missing")}

    assert len(short_version(report)) == 12
    assert versions == {short_version(report)}


# -- files for downloads -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "label", "address"),
    [
        ("en", "Diesel used", "https://example.org/bay/en/figures/fleet/diesel/"),
        ("zh-Hant", "柴油用量", "https://example.org/bay/zh-Hant/figures/fleet/diesel/"),
    ],
)
def test_a_download_knows_the_label_and_address_of_every_figure(language, label, address, site, report):
    """In the language of the page."""
    told = given(site, f"my-report/{language}.js")

    assert set(told["figures"]) == {one.id for one in report.indicators()}
    assert (told["figures"]["fleet.diesel"][0], told["figures"]["fleet.diesel"][2]) == (label, address)
    assert told["site"] == ADDRESS
    assert told["version"] == short_version(report)


def test_a_download_carries_the_styles_of_the_site(site):
    """To the letter, so that a kept page looks like the site; nothing in them points outside the file."""
    told = given(site, "my-report/styles.js")

    assert told == [(ASSETS / name).read_text(encoding="utf-8") for name in ("tokens.css", "site.css", "print.css")]
    assert not re.search(r"@import|url\(", "".join(told))


# -- weight --------------------------------------------------------------------------------------------


def test_a_box_weighs_next_to_nothing(site):
    """Packed, all boxes of the longest chapter come to less than 1.5 KiB."""
    html = view(site, "en/fleet/index.html").html
    bare = re.sub(r"<label class=\"tick-box.*?</label>\n?", "", html)

    assert bare.count("tick-box") == 0 < html.count("tick-box")
    assert len(gzip.compress(html.encode())) - len(gzip.compress(bare.encode())) < 1536


def test_scripts_that_load_by_themselves_are_small(site):
    """The site's script and those of the page that collects, the heaviest in this: under 15 KiB packed."""
    names = ("site.js", *view(site, "en/my-report/index.html").scripts)

    assert sum(len(gzip.compress((ASSETS / name).read_bytes())) for name in names) < 15 * 1024


def test_scripts_never_write_html():
    """What comes from a page, an address or the browser's storage becomes nodes and text, nothing else."""
    for path in sorted(ASSETS.glob("my_report*.js")):
        found = re.findall(
            r"(?:inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write|\beval\b|new Function|setHTML",
            path.read_text(encoding="utf-8"),
        )
        assert found == [], path.name
