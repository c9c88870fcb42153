"""States of the search: open and empty, with results, with none, with too much typed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def opened(page: Page) -> None:
    """Open the search and wait until it is ready."""
    page.locator("[data-feature=search]").click()
    page.locator("dialog.search[open] input[type=search]").wait_for()
    expect(page.locator("dialog.search")).to_have_attribute("data-state", "done", timeout=20_000)


def typed(text: str) -> Callable[[Page], None]:
    """Return what opens the search and types *text*, and waits for the answer."""

    def act(page: Page) -> None:
        opened(page)
        page.locator("dialog.search input[type=search]").fill(text)
        expect(page.locator("dialog.search")).to_have_attribute("data-state", "done")

    return act


def chosen(page: Page) -> None:
    """Search for a figure and move onto the second result with the keyboard."""
    typed("2018")(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("dialog.search li:nth-child(2) a")).to_be_focused()


CHAPTER = "en/environment/index.html"
STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "search: empty": (CHAPTER, opened),
    "search: results": (CHAPTER, typed("2018")),
    "search: a code": (CHAPTER, typed("A1.2")),
    "search: a result chosen": (CHAPTER, chosen),
    "search: no result": (CHAPTER, typed("qqqq")),
    "search: nothing to search for": (CHAPTER, typed("😀")),
    "search: too long": (CHAPTER, typed("qq " * 100)),
}
"""Each name with its page and what brings the page there."""

WHOLE = ("search: results", "search: no result")
"""Looked at in every view."""

REGION = "dialog.search"
"""What they change on a page."""
