"""States of what can be copied and downloaded."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

SAID = "() => document.querySelector('[role=status]').textContent.trim() !== ''"


def _shown(page: Page) -> None:
    """The page Data as it is."""
    page.locator(".downloads a").first.wait_for()


def _copied(page: Page) -> None:
    """A value was copied, or selected where there is no clipboard: either way it is announced."""
    page.locator(".headline [data-feature=copy]").click()
    page.wait_for_function(SAID)


def _selected(page: Page) -> None:
    """The clipboard is refused, so that the text is shown and selected."""
    page.evaluate(
        "() => { Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });"
        " document.execCommand = () => false; }"
    )
    page.locator(".headline [data-feature=copy]").click()
    page.locator(".copy-text").wait_for()
    page.wait_for_function(SAID)


def _unfolded(page: Page) -> None:
    """The tools of one entry are open."""
    page.locator(".figure-tools > summary").first.click()
    page.locator(".figure-tools[open] .citation").first.wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "data page": ("en/data/index.html", _shown),
    "value copied": ("en/figures/environment/ghg-total/index.html", _copied),
    "value selected": ("en/figures/environment/ghg-total/index.html", _selected),
    "entry unfolded": ("en/figures/environment/index.html", _unfolded),
}

WHOLE = ("data page", "value selected")
"""Looked at in every view."""
