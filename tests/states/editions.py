"""States of the switch of years and of the comparison of years, in the fictional archive of three years."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page


def _as_it_is(page: Page) -> None:
    """The page as it is loaded."""


def _open(page: Page, name: str) -> None:
    """Open the choice of years of the table *name*."""
    page.locator(f'[data-feature=periods][data-name="{name}"]').click()
    page.locator(".periods-panel select").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def _choice(page: Page) -> None:
    """The choice of years of a table with headings over its rows."""
    _open(page, "fleet.energy")


def _compared(page: Page) -> None:
    """Two years compared, one left out; one of the rows cannot be compared."""
    _open(page, "fleet.waste")
    page.locator(".periods-panel select").first.select_option("2022/23")
    page.locator('.periods-panel input[value="2023/24"]').uncheck()
    page.locator("td.period-change").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


DEMO_STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "the archive": ("index.html", _as_it_is),
    "front page of an older year": ("2022-23/index.html", _as_it_is),
    "page that later years lack": ("2022-23/{language}/community/index.html", _as_it_is),
    "page that earlier years lack": ("2024-25/{language}/plans/index.html", _as_it_is),
    "figure restated since": ("2023-24/{language}/figures/fleet/scope2/index.html", _as_it_is),
    "choice of years": ("2024-25/{language}/fleet/index.html", _choice),
    "two years compared": ("2024-25/{language}/fleet/index.html", _compared),
    "all key figures": ("2024-25/{language}/kpi/index.html", _choice),
}
"""Path inside `demo/`, `{language}` standing for en or zh-Hant, and what brings a loaded page into the state."""

WHOLE = ("the archive", "figure restated since", "two years compared")
"""Looked at in every view."""
