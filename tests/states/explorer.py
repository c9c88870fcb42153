"""The states of the explorer: filtered, nothing found, sorted, chosen, and a link of which a part is gone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

PATH = "en/explorer/index.html"


def filtered(page: Page) -> None:
    """Show the rows of the first unit alone."""
    page.locator("[data-filter=unit]").select_option(index=1)
    page.wait_for_function("() => location.hash.startsWith('#?unit=')")
    page.wait_for_function("() => document.querySelectorAll('#explorer tbody tr[hidden]').length > 0")


def nothing_found(page: Page) -> None:
    """Ask for a name that no indicator has."""
    page.locator("[data-filter=q]").fill("qqqq")
    page.wait_for_function("() => location.hash === '#?q=qqqq'")
    page.wait_for_selector("#explorer table.empty", state="attached")


def sorted_by_value(page: Page) -> None:
    """Sort by the first period, the highest value of each unit first."""
    button = page.locator("#explorer th[data-sort^='period:'] button").first
    button.click()
    button.click()
    page.wait_for_selector("#explorer th[data-sort^='period:'][aria-sort=descending]", state="attached")
    page.evaluate("() => scrollTo(0, 0)")


def chosen(page: Page) -> None:
    """Choose some indicators of like and unlike units, so that chart and comparison stand above the table."""
    for number in (0, 1, 5, 7):
        page.locator("#explorer tbody input").nth(number).check()
    page.wait_for_function("() => document.querySelectorAll('.explorer-numbers tbody tr').length === 4")
    page.evaluate("() => scrollTo(0, 0)")


def gone(page: Page) -> None:
    """Follow a link to figures and a filter that the report does not hold."""
    page.evaluate("() => { location.hash = '#?chosen=gone.one,gone.two&unit=%3Cb%3E&secret=1'; }")
    page.wait_for_function("() => document.querySelector('.explorer-left-out').textContent.length > 20")


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "explorer filtered": (PATH, filtered),
    "explorer with nothing found": (PATH, nothing_found),
    "explorer sorted by value": (PATH, sorted_by_value),
    "explorer with indicators chosen": (PATH, chosen),
    "explorer from a link of which a part is gone": (PATH, gone),
}

WHOLE = ("explorer filtered", "explorer with indicators chosen")
"""Looked at in every view."""
