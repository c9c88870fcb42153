"""The states of My report that the browser tests visit: a page with ticks, and the page that collects."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

PARTS: tuple[dict[str, str], ...] = (
    {"page": "environment", "anchor": "operation", "sort": "section"},
    {"page": "environment", "anchor": "table-office", "sort": "table"},
    {"page": "environment", "anchor": "chart-devices", "sort": "chart"},
    {"page": "figures/environment/ghg-scope1", "anchor": "", "sort": "figure"},
    {"page": "figures/environment", "anchor": "devices-purchased", "sort": "figure"},
)
"""A part of each sort, from the report's own site."""
VANISHED: tuple[dict[str, str], ...] = (
    {"page": "environment", "anchor": "table-that-was", "sort": "table", "title": "Water 2017", "language": "en-GB"},
    {"page": "no-such-chapter", "anchor": "fuel", "sort": "section"},
)
"""Parts whose place, or whose page, is no longer there."""
REPORT = "en/my-report/index.html"
EXCUSED = r"^\[acting\] .*(no-such-chapter|status of 404)"
"""What the browser says of a part whose page is no longer there, as it must."""


def store(page: Page, parts: tuple[dict[str, Any], ...]) -> None:
    """Put *parts* into the browser's storage, as ticks would, and load the page anew."""
    page.evaluate(
        "([parts]) => localStorage.setItem(crossfoot.choice, parts)", [json.dumps({"version": 1, "parts": parts})]
    )
    page.reload()


def collected(page: Page) -> None:
    """Wait until every part has been looked for."""
    page.locator(".my-report[data-state=ready]").wait_for()


def _ticked(page: Page) -> None:
    store(page, PARTS)
    page.locator("#tick-table-office :checked").wait_for()


def _empty(page: Page) -> None:
    page.evaluate("() => localStorage.removeItem(crossfoot.choice)")
    page.reload()
    collected(page)


def _with(parts: tuple[dict[str, Any], ...]) -> Callable[[Page], None]:
    def bring(page: Page) -> None:
        store(page, parts)
        collected(page)

    return bring


def _removed(page: Page) -> None:
    _with(PARTS[:2])(page)
    page.locator("[data-act=clear]").click()
    page.locator("[data-act=undo]").wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "a page with ticks": ("en/environment/index.html", _ticked),
    "figures with ticks": ("en/figures/environment/index.html", lambda page: store(page, PARTS)),
    "my report, empty": (REPORT, _empty),
    "my report with parts": (REPORT, _with(PARTS)),
    "my report with vanished parts": (REPORT, _with((*VANISHED, *PARTS[1:2]))),
    "my report, all removed": (REPORT, _removed),
}
"""By name: the page, and what brings it into the state. The same for every language."""

WHOLE = ("a page with ticks", "my report with parts")
"""Looked at in every view."""
