"""Interactive charts in a real browser: each opens, tells its points by keyboard and pointer, and can be taken away."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from states.interactive import opened

LAZY = ("vega", "interactive", "charts/", "words/")
"""What is asked for only when a reader opens a chart."""
INK = """(figure) => {
  const seen = (paint) => paint !== "none" && !/, 0\\)$/.test(paint);
  return [...figure.querySelectorAll(".canvas svg :is(path, line, text, rect)")].filter((mark) => {
    const box = mark.getBoundingClientRect(), look = getComputedStyle(mark);
    const paints = seen(look.fill) || seen(look.stroke);
    return box.width + box.height > 2 && !mark.classList.contains("background") && paints;
  }).length;
}"""
"""How many marks and words of a drawing are seen."""
TABLE = """(figure) => {
  const words = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, .mark, [aria-hidden], .untranslated").forEach((one) => one.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  return [...figure.querySelector(".chart-data table").tBodies[0].rows].map((row) => [...row.cells].map(words));
}"""
"""The words of each cell of a chart's table."""
TOLD = """(figure) => {
  const points = figure.querySelector("[role='listbox']");
  return [...points.children].map(() => {
    points.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
    const active = document.getElementById(points.getAttribute("aria-activedescendant"));
    const words = (name) => figure.querySelector(name).innerText;
    return [words(".tip-name"), words(".tip-value"), active.getAttribute("aria-label")];
  });
}"""
"""What each point says, from one to the next by an arrow key."""


@pytest.fixture
def open_page(new_page, served):
    """A function that opens a page of the report, of which nothing may ask for anything that is not the report's."""

    def go(path, *, width=1280, **settings):
        page = new_page(viewport={"width": width, "height": 900}, **settings)
        page.goto(served.address + path.removesuffix("index.html"))
        return page

    return go


def chapters(site, language):
    """Return the pages of *language* with charts, one of each framework's included."""
    return sorted(
        path.relative_to(site).as_posix()
        for path in (site / language).rglob("index.html")
        if 'data-feature="interactive"' in path.read_text(encoding="utf-8")
    )


def test_nothing_is_loaded_before_a_reader_asks(open_page):
    """A page with charts asks for none of this, and after the control for files of the site alone."""
    page = open_page("en/environment/index.html")
    page.wait_for_load_state("networkidle")
    before = [url for url in page.asked if any(part in urlsplit(url).path for part in LAZY)]
    opened(page)
    after = [urlsplit(url).path.split("/report/")[1] for url in page.asked if any(p in url for p in LAZY)]

    assert before == []
    assert "assets/vendor/vega.js" in after
    assert len(after) == len(set(after)) == 6


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_chart_opens_and_tells_its_points(new_page, served, site, language):
    """Each chart is drawn, and End, Home and arrows tell the words of its table, one point after the other.

    Every chart in English; in Chinese one page, on a phone.
    """
    paths = chapters(site, language)
    paths = paths if language == "en" else [path for path in paths if "environment" in path]
    seen = compared = 0
    page = new_page(viewport={"width": 1280 if language == "en" else 360, "height": 900})
    for path in paths:
        page.goto(served.address + path.removesuffix("index.html"))
        for number in range(page.locator("figure.chart").count()):
            figure = opened(page, number)
            assert figure.evaluate(INK) >= 3, path
            assert not figure.locator(".drawing").is_visible()
            told = figure.evaluate(TOLD)
            page.keyboard.press("Home")
            assert figure.locator(".tip-name").inner_text() == told[0][0]
            page.keyboard.press("ArrowRight")
            assert figure.locator(".tip-name").inner_text() == told[min(1, len(told) - 1)][0]
            page.keyboard.press("Escape")
            assert not figure.locator(".tip").is_visible()
            assert all(name in said and value in said for name, value, said in told)
            if "disclosures" not in path and figure.locator(".chart-data .table-data").count():  # a row a point
                table = figure.evaluate(TABLE)
                assert [value for _, value, _ in told] == [row[-1] for row in table], path
                assert all(name.startswith(row[0]) for (name, _, _), row in zip(told, table, strict=True))
                compared += 1
            seen += 1
    assert seen == sum((site / path).read_text(encoding="utf-8").count('data-feature="interactive"') for path in paths)
    assert compared > seen / 2


def test_enter_leads_to_the_evidence(open_page):
    """Enter on a point opens the page of its figure."""
    page = open_page("en/environment/index.html")
    opened(page, 3)
    page.keyboard.press("End")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/en/figures/environment/" in page.url


def test_a_pointer_finds_the_nearest_point(open_page):
    """Over a mark its words show, within the screen of a phone; away from the chart they go."""
    page = open_page("zh-Hant/users/index.html", width=360)
    figure = opened(page)
    for option in figure.locator("[role='option']").all():
        option.scroll_into_view_if_needed()
        box = option.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tip = figure.locator(".tip")
        tip.wait_for()
        place = tip.bounding_box()
        assert figure.locator("[aria-selected='true']").get_attribute("aria-label") == option.get_attribute(
            "aria-label"
        )
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 360
    page.mouse.move(5, 5)
    tip.wait_for(state="hidden")


def test_a_series_leaves_the_drawing_and_comes_back(open_page):
    """What is switched off is drawn no more, the rest closes up; one always stays on, and the page says why."""
    page = open_page("en/environment/index.html")
    figure = opened(page, 3)
    words = "() => document.querySelectorAll('figure.chart')[3].querySelector('.canvas').textContent"
    labels = figure.locator(".switches label")
    names = labels.all_inner_texts()
    tall = figure.locator(".canvas").bounding_box()["height"]
    assert all(name in page.evaluate(words) for name in names)

    labels.last.click()
    assert names[-1] not in page.evaluate(words)
    assert names[0] in page.evaluate(words)
    assert figure.locator("[role='option']").count() == len(names) - 1
    assert figure.locator(".canvas").bounding_box()["height"] < tall - 20

    labels.first.click()
    assert labels.first.locator("input").is_checked()
    assert page.locator("[role='status']").inner_text()
    labels.last.click()
    assert names[-1] in page.evaluate(words)
    assert page.locator("[role='status']").inner_text() == ""


def test_bars_grow_when_longer_ones_are_off(open_page):
    """The bar of scope 1, a fiftieth of the other, fills the chart once it stands alone; its words say the same."""
    page = open_page("en/environment/index.html")
    figure = opened(page, 3)
    bar = figure.locator(".canvas svg .mark-rect path").first
    small = bar.bounding_box()["width"]
    figure.locator(".switches label").last.click()

    assert small < 20
    assert bar.bounding_box()["width"] > 300
    assert "271.69 tonnes" in figure.locator(".canvas").text_content()


def test_what_is_taken_away_says_the_same(open_page, tmp_path):
    """The SVG has title, labels and source on white; the PNG is as large as it says; the CSV is the table."""
    page = open_page("en/environment/index.html", color_scheme="dark")
    figure = opened(page, 3)
    title = figure.locator(".chart-title").inner_text().replace("\n", " ")
    table = figure.evaluate(TABLE)
    kept = {}
    for name in ("SVG", "PNG", "CSV"):
        with page.expect_download() as waiting:
            figure.locator(f"[data-act='{name}']").click()
        kept[name] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(kept[name])
    assert [path.name for path in kept.values()] == [f"environment-by_scope.{one}" for one in ("svg", "png", "csv")]

    root = ElementTree.fromstring(kept["SVG"].read_text(encoding="utf-8"))
    said = " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert (root[0].text, root.get("lang")) == (title, "en-GB")
    assert all(cell in said for row in table for cell in row)
    assert re.sub(r"\s", "", title) in re.sub(r"\s", "", said)
    assert "Source: Xiaomi Corporation" in said
    assert "var(" not in kept["SVG"].read_text(encoding="utf-8")
    assert 'fill="#ffffff"' in kept["SVG"].read_text(encoding="utf-8")

    picture = kept["PNG"].read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20]) == 2 * round(float(root.get("width")))
    assert int.from_bytes(picture[20:24]) == 2 * round(float(root.get("height")))

    text = kept["CSV"].read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(line[0], line[-1]) for line in lines[1:]] == [(row[0], row[-1]) for row in table]
    assert [line[2] for line in lines[1:]] == ["271.69", "12821.88"]


def test_closing_brings_the_drawing_back(open_page):
    """The plain drawing stands again, and the focus is where it was; a chart can be opened any number of times."""
    page = open_page("en/environment/index.html")
    for _ in range(2):
        figure = opened(page)
        figure.locator("[data-act='close']").click()
        assert figure.locator(".interactive").count() == 0
        assert figure.locator(".drawing").is_visible()
        assert figure.locator("[data-feature='interactive']").evaluate("(button) => button === document.activeElement")


def test_paper_shows_the_plain_drawing(open_page):
    """Printed while it is open, a chart is its plain drawing."""
    page = open_page("en/environment/index.html")
    figure = opened(page)
    page.emulate_media(media="print")
    assert figure.locator(".drawing").is_visible()
    assert not figure.locator(".interactive").is_visible()


@pytest.mark.parametrize("lost", ["charts/en/environment/devices.js", "assets/vendor/vega.js"])
def test_a_missing_file_is_told_and_the_drawing_stays(open_page, lost):
    """Where a file does not come, a sentence says so, and the plain drawing stays; asked again, it opens."""
    page = open_page("en/environment/index.html")
    page.route(f"**/{lost}", lambda route: route.abort())
    figure = page.locator("figure.chart").first
    figure.locator("[data-feature='interactive']").click()
    page.locator("[role='status']:not(:empty)").wait_for()
    assert page.locator("[role='status']").inner_text().endswith("try again.")
    assert figure.locator(".drawing").is_visible()
    assert figure.locator(".interactive").count() == 0

    page.told.clear()  # the browser itself writes of what it could not load
    page.unroute(f"**/{lost}")
    opened(page)


def test_it_opens_from_a_folder(new_page, site):
    """Opened from a disk, without a server, charts open too."""
    page = new_page()
    page.goto((Path(site) / "zh-Hant/environment/index.html").as_uri())
    figure = opened(page)
    page.keyboard.press("ArrowDown")
    href = figure.locator(".tip a").evaluate("(link) => link.href")

    assert href.startswith("file:")
    assert Path(urlsplit(href).path).is_file()
