"""Linked data in a real browser: a strict content security policy lets it stand, and nothing of it is run."""

from __future__ import annotations

import json

import pytest

PATHS = [
    "index.html",
    *(
        f"{language}/{stem}index.html"
        for language in ("en", "zh-Hant")
        for stem in ("", "environment/", "figures/environment/", "figures/environment/ghg-total/", "about/")
    ),
]
BLOCKS = """() => [...document.querySelectorAll('script[type="application/ld+json"]')].map((one) => one.textContent)"""


@pytest.fixture
def page(new_page):
    """A page of a new reader, which keeps what the policy refuses."""
    return new_page()


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_lets_it_stand(path, served, page):
    """No word of refusal; the browser holds the very text, and it is JSON."""
    page.goto(served.address + path)
    blocks = page.evaluate(BLOCKS)

    assert (page.told, page.evaluate("violations")) == ([], [])
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
        assert [one.split()[0] for one in page.evaluate("violations")] == ["script-src-elem"]
    finally:
        path.unlink()
    page.goto("about:blank")
    assert [one for one in page.told if "Content Security Policy" in one] == page.told != []
    page.told.clear()
