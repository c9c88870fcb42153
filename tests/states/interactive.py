"""States of a chart that was opened as an interactive one."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page

_CHAPTER = "en/environment/index.html"
_INDEX = "en/disclosures/hkex-2016/index.html"


def opened(page: Page, number: int = 0) -> Locator:
    """Open the chart with this *number* on *page*, wait until it is drawn, and return its figure."""
    figure = page.locator("figure.chart").nth(number)
    figure.locator("[data-feature='interactive']").click()
    figure.locator(".canvas svg").wait_for()
    return figure


def _by_keyboard(page: Page) -> None:
    figure = opened(page, 2)
    figure.locator("[role='listbox']").press("ArrowDown")
    figure.locator(".tip").wait_for()


def _switched(page: Page) -> None:
    figure = opened(page, 6)
    figure.locator(".switches label").first.click()
    figure.locator(".switches input:not(:checked)").wait_for()


def _last_one(page: Page) -> None:
    figure = opened(page)
    for label in figure.locator(".switches label").all():
        label.click()
    page.locator("[role='status']:not(:empty)").wait_for()


def _index(page: Page) -> None:
    figure = opened(page)
    figure.locator("[role='listbox']").press("End")
    figure.locator(".tip").wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "a chart opened": (_CHAPTER, lambda page: opened(page) and None),
    "words of a point by keyboard": (_CHAPTER, _by_keyboard),
    "a series off": (_CHAPTER, _switched),
    "the last one stays on": (_CHAPTER, _last_one),
    "a point of an index": (_INDEX, _index),
}
"""Each state of the feature: the page, and what brings it there."""

WHOLE = ("words of a point by keyboard",)
"""Looked at in every view."""

REGION = "figure.chart:has(.canvas)"
"""What they change on a page."""
