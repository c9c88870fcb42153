"""The preview in a real browser: an open page changes where its figures do, and stays where its reader is."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from small_report import change, write
from test_plugin import PROBLEM, Preview

ENERGY = "data/sections/energy.yaml"
SOON = 30_000
"""Milliseconds to wait where the machine is busy; it takes a few hundred."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """One `mkdocs serve` of the small report."""
    with Preview(write(tmp_path_factory.mktemp("open") / "report")) as preview:
        preview.shows("en/energy/", ["396.25 MWh"])
        preview.shows("api/v1/report.json", [])  # the first proof is done
        yield preview


@pytest.fixture
def opened(preview, browser):
    """A function that opens a page of the preview, and knows whether it was ever loaded again."""
    contexts = []

    def opened(path, **settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        with page.expect_request("**/__preview__/events*"):
            page.goto(preview.address + path)
        page.wait_for_function("() => document.readyState === 'complete'")
        page.evaluate("() => { window.mine = true; }")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_figure_changes_in_both_languages_and_nothing_else_does(preview, opened):
    """Without loading the page again: what was unfolded stays so, and the page stays where it was."""
    english, chinese = opened("en/energy/", viewport={"width": 900, "height": 300}), opened("zh-Hant/energy/")
    english.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    english.evaluate("() => scrollTo(0, 200)")
    unfolded = english.locator("main details[open]").count()
    change(preview.folder / ENERGY, "396.25", "398.75")
    try:
        expect(english.locator("main")).to_contain_text("398.75 MWh", timeout=SOON)
        expect(chinese.locator("main")).to_contain_text("398.75兆瓦時", timeout=SOON)
        assert "396.25" not in english.content(), "neither shown nor told to programs"
        assert english.evaluate("() => [window.mine, scrollY]") == [True, 200]
        assert english.locator("main details[open]").count() == unfolded > 0
        assert chinese.evaluate("() => window.mine") is True
    finally:
        change(preview.folder / ENERGY, "398.75", "396.25")
    expect(english.locator("main")).to_contain_text("396.25 MWh", timeout=SOON)
    assert english.errors == chinese.errors == []


def test_a_page_that_shows_nothing_of_it_is_not_told(preview, opened):
    """Words of one page changed: another stays untouched."""
    home, energy = opened("en/"), opened("en/energy/")
    for page in (home, energy):
        page.evaluate(
            "() => { window.changes = 0;"
            " document.addEventListener('crossfoot:changed', () => { window.changes += 1; }); }"
        )
    change(preview.folder / "content/en/energy.md", "burned", "consumed")
    try:
        expect(energy.locator("main")).to_contain_text("consumed", timeout=SOON)
    finally:
        change(preview.folder / "content/en/energy.md", "consumed", "burned")
    expect(energy.locator("main")).to_contain_text("burned", timeout=SOON)

    assert energy.evaluate("() => window.changes") == 2
    assert home.evaluate("() => window.changes") == 0


def test_a_mistake_takes_the_page_and_gives_it_back(preview, opened):
    """The sentence with file, line and cure, in every open tab; then the page again."""
    page = opened("en/energy/")
    change(preview.folder / ENERGY, "410.5, 2024", "410.5 2024")
    try:
        expect(page.locator(".problem-place").first).to_contain_text(ENERGY, timeout=SOON)
    finally:
        change(preview.folder / ENERGY, "410.5 2024", "410.5, 2024")
    expect(page.locator("main")).to_contain_text("396.25 MWh", timeout=SOON)
    assert PROBLEM not in page.content()


def test_what_only_the_rules_find_is_told_too(preview, opened):
    """What only the rules can find comes from the proof."""
    page = opened("en/energy/")
    change(preview.folder / ENERGY, "kind: bar", "kind: bar\n    subtitle: {en: All 12 of them, zh-Hant: 全部}")
    try:
        expect(page.locator(".problem-message").first).to_contain_text("typed by hand", timeout=SOON)
    finally:
        change(preview.folder / ENERGY, "kind: bar\n    subtitle: {en: All 12 of them, zh-Hant: 全部}", "kind: bar")
    expect(page.locator("main")).to_contain_text("396.25 MWh", timeout=SOON)


def test_a_page_that_nobody_sees_hears_nothing_and_is_true_when_it_is_seen_again(preview, opened):
    """It gives its connection back, and asks again."""
    page = opened("en/energy/")
    turn = """(state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(turn, "hidden")
    change(preview.folder / ENERGY, "396.25", "398.75")
    try:
        preview.shows("en/energy/", ["398.75 MWh"])
        assert "398.75" not in page.inner_text("main")
        page.evaluate(turn, "visible")
        expect(page.locator("main")).to_contain_text("398.75 MWh", timeout=SOON)
        assert page.evaluate("() => window.mine") is True
    finally:
        change(preview.folder / ENERGY, "398.75", "396.25")


def test_styles_change_without_loading_the_page_again(preview, opened):
    """The colour of a token, at once."""
    page = opened("en/")
    change(preview.folder / "theme/assets/tokens.css", "--brand: #0b5866;", "--brand: #0b5860;")
    try:
        page.wait_for_function(
            "() => getComputedStyle(document.documentElement).getPropertyValue('--brand').trim() === '#0b5860'"
        )
        assert page.evaluate("() => window.mine") is True
    finally:
        change(preview.folder / "theme/assets/tokens.css", "--brand: #0b5860;", "--brand: #0b5866;")


def test_styles_that_change_before_a_page_listens_are_not_missed(preview, opened):
    """A page that was given its styles, and asks for news only after they have changed, is told at once."""
    page, events = opened("en/"), re.compile(".*/__preview__/events.*")
    page.route(events, lambda route: route.abort())
    page.reload()
    before = re.search(r'data-styles="\d+"', preview.get("en/")[1])[0]
    change(preview.folder / "theme/assets/tokens.css", "--brand: #0b5866;", "--brand: #0b5861;")
    try:
        end = time.monotonic() + SOON / 1000
        while before in preview.get("en/")[1]:
            assert time.monotonic() < end
            time.sleep(0.05)
        page.unroute(events)
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")  # it listens anew
        page.wait_for_function(
            "() => getComputedStyle(document.documentElement).getPropertyValue('--brand').trim() === '#0b5861'"
        )
    finally:
        change(preview.folder / "theme/assets/tokens.css", "--brand: #0b5861;", "--brand: #0b5866;")
