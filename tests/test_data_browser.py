"""Copying and downloading in a real browser: with a clipboard, without one, without scripts."""

from __future__ import annotations

import pytest

LANGUAGES = ("en", "zh-Hant")
KPI = "figures/environment/ghg-total/"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
"""As in a browser that keeps the clipboard from scripts."""


@pytest.fixture
def open_page(new_page, served):
    """A function that opens a page of the report."""

    def open_(path, **settings):
        page = new_page(**settings)
        page.goto(served.address + path)
        return page

    return open_


def said(page):
    """Return what is announced, once something is."""
    page.wait_for_function("() => document.querySelector('[role=status]').textContent")
    return page.locator("[role=status]").text_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_and_a_citation_reach_the_clipboard(language, open_page):
    """With unit, period, source and address; what was copied is announced in the language of the page."""
    page = open_page(f"{language}/{KPI}", permissions=["clipboard-read", "clipboard-write"])
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


def test_without_a_clipboard_the_text_is_selected(open_page):
    """It stands on the page, selected, and the reader is told how to go on."""
    page = open_page(f"en/{KPI}", script=NO_CLIPBOARD)
    value = page.locator(".headline [data-feature=copy]")
    value.click()

    assert "selected" in said(page)
    assert page.evaluate("getSelection().toString()") == value.get_attribute("data-copy")
    assert page.locator(".copy-text").text_content() == value.get_attribute("data-copy")


def test_an_entry_offers_its_citation_and_its_value(open_page):
    """Folded until it is asked for; the button is pressed with the keyboard."""
    page = open_page("en/figures/environment/", permissions=["clipboard-read", "clipboard-write"])
    entry = page.locator("#paper-saved")
    entry.locator("summary").press("Enter")
    entry.locator("[data-feature=copy]").first.press("Enter")
    said(page)
    copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith("about 1,153,220, 2018 (")
    assert entry.locator(".citation").is_visible()


def test_nothing_of_it_is_loaded_before_it_is_asked_for(open_page, served):
    """A reader who copies nothing loads no script for it."""
    before = len(served.requests)
    open_page(f"en/{KPI}")

    assert not [path for path, _ in served.requests[before:] if "copy.js" in path or "words/" in path]


def test_without_scripts_nothing_dead_is_offered(open_page):
    """No button that does nothing; the citation and the files are there."""
    page = open_page(f"en/{KPI}", java_script_enabled=False)

    assert page.locator(".copy:visible").count() == 0
    assert page.locator(".citation").is_visible()
    assert page.locator(".downloads a:visible").count() >= 3


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_file_is_downloaded(kind, open_page, served):
    """By a press on its link, under its own name, whole."""
    page = open_page("zh-Hant/environment/")
    with page.expect_download() as started:
        page.locator(f"#table-emissions .downloads a[href$='.{kind}']").click()
    folder = "data/environment" if kind == "xlsx" else "data/zh-Hant/environment"

    assert started.value.suggested_filename == f"table-emissions.{kind}"
    assert started.value.path().read_bytes() == (served.folder / folder / f"table-emissions.{kind}").read_bytes()
