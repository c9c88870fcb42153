"""Linked data in a real browser: a strict content security policy lets it stand, and nothing of it is run."""

from __future__ import annotations

import json
import shutil

import pytest
from playwright.sync_api import sync_playwright

PATHS = [
    "index.html",
    *(
        f"{language}/{stem}index.html"
        for language in ("en", "zh-Hant")
        for stem in ("", "environment/", "figures/environment/", "figures/environment/ghg-total/", "about/")
    ),
]
RECORD = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
"""
BLOCKS = """() => [...document.querySelectorAll('script[type="application/ld+json"]')].map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def page():
    """A page of one Chromium, which keeps what the policy refuses."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        pytest.fail("there is no Chromium: install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_page()
        opened.add_init_script(RECORD)
        yield opened
        browser.close()


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_lets_it_stand(path, served, page):
    """No word of refusal; the browser holds the very text, and it is JSON."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(served.address + path)
    blocks = page.evaluate(BLOCKS)

    assert (said, page.evaluate("window.refused")) == ([], [])
    assert len(blocks) == 1
    assert json.loads(blocks[0])["@context"] == "https://schema.org"
    assert blocks[0] in (served.folder / path).read_text(encoding="utf-8")


def test_what_would_run_is_refused(served, page):
    """The same element without its type is a script, and refused: the policy was in force all the while."""
    path = served.folder / "en" / "refused.html"
    html = (served.folder / "en" / "index.html").read_text(encoding="utf-8")
    path.write_text(html.replace(' type="application/ld+json"', "", 1), encoding="utf-8")
    try:
        page.goto(f"{served.address}en/refused.html")
        assert page.evaluate("window.refused") == ["script-src-elem"]
    finally:
        path.unlink()
