"""Copying and downloading in a real browser: with a clipboard, without one, without scripts."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from browser_checks import AXE, RULES
from states.data import STATES
from test_browser import BROWSERS, QUIET

LANGUAGES = ("en", "zh-Hant")
KPI = "figures/environment/ghg-total/"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
"""As in a browser that keeps the clipboard from scripts."""


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def visit(browser, served):
    """A function that opens a page of the report, with what the page complains of."""
    contexts = []

    def open_(path, *, script="", **settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(served.address + path)
        return page

    yield open_
    for context in contexts:
        context.close()


def said(page):
    """Return what is announced, once something is."""
    page.wait_for_function("() => document.querySelector('[role=status]').textContent")
    return page.locator("[role=status]").text_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_and_a_citation_reach_the_clipboard(language, visit):
    """With unit, period, source and address; what was copied is announced in the language of the page."""
    page = visit(f"{language}/{KPI}", permissions=["clipboard-read", "clipboard-write"])
    value = page.locator(".headline [data-feature=copy]")
    value.click()
    announced, copied = said(page), page.evaluate("navigator.clipboard.readText()")

    assert copied == value.get_attribute("data-copy")
    assert copied in announced
    assert "13,093.57" in copied
    assert f"/{language}/{KPI}" in copied

    page.locator("#cite ~ .copies [data-feature=copy]").click()
    page.wait_for_function("(was) => document.querySelector('[role=status]').textContent !== was", arg=announced)
    cited = page.evaluate("navigator.clipboard.readText()")

    assert cited == page.locator(".citation").text_content().strip()
    assert page.complaints == []


def test_without_a_clipboard_the_text_is_selected(visit):
    """It stands on the page, selected, and the reader is told how to go on."""
    page = visit(f"en/{KPI}", script=NO_CLIPBOARD)
    value = page.locator(".headline [data-feature=copy]")
    value.click()

    assert "selected" in said(page)
    assert page.evaluate("getSelection().toString()") == value.get_attribute("data-copy")
    assert page.locator(".copy-text").text_content() == value.get_attribute("data-copy")


def test_an_entry_offers_its_citation_and_its_value(visit):
    """Folded until it is asked for; the button is pressed with the keyboard."""
    page = visit("en/figures/environment/", permissions=["clipboard-read", "clipboard-write"])
    entry = page.locator("#paper-saved")
    entry.locator("summary").press("Enter")
    entry.locator("[data-feature=copy]").first.press("Enter")
    said(page)
    copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith("about 1,153,220, 2018 (")
    assert entry.locator(".citation").is_visible()


def test_nothing_of_it_is_loaded_before_it_is_asked_for(visit, served):
    """A reader who copies nothing loads no script for it."""
    before = len(served.requests)
    visit(f"en/{KPI}")

    assert not [path for path, _ in served.requests[before:] if "copy.js" in path or "words/" in path]


def test_without_scripts_nothing_dead_is_offered(visit):
    """No button that does nothing; the citation and the files are there."""
    page = visit(f"en/{KPI}", java_script_enabled=False)

    assert page.locator(".copy:visible").count() == 0
    assert page.locator(".citation").is_visible()
    assert page.locator(".downloads a:visible").count() >= 3


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_file_is_downloaded(kind, visit, served):
    """By a press on its link, under its own name, whole."""
    page = visit("zh-Hant/environment/")
    with page.expect_download() as started:
        page.locator(f"#table-emissions .downloads a[href$='.{kind}']").click()
    folder = "data/environment" if kind == "xlsx" else "data/zh-Hant/environment"

    assert started.value.suggested_filename == f"table-emissions.{kind}"
    assert started.value.path().read_bytes() == (served.folder / folder / f"table-emissions.{kind}").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", sorted(STATES))
def test_its_states_are_accessible(state, language, visit):
    """On a phone in daylight and at a desk in the dark, with no sideways scrolling and no complaint."""
    path, bring = STATES[state]
    page = visit(path.replace("en/", f"{language}/", 1).removesuffix("index.html"))
    bring(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
        assert [] == [(one["id"], one["nodes"][0]["html"]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
