"""The bodies of the tiny report's pages, byte for byte, as they stand in `tests/expected`; `--update` rewrites them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import DRAWINGS, TINY
from crossfoot import build

EXPECTED = Path(__file__).parent / "expected"
PAGES = [
    f"{language}/{stem}"
    for language in ("en", "zh-Hant")
    for stem in ("index", "fleet", "crew", "kpi", "registers", "about")
]


@pytest.fixture(scope="module")
def bodies(tmp_path_factory):
    """The body of every page of the tiny report by language and stem, drawings left out."""
    folder = tmp_path_factory.mktemp("expected")
    for part in ("data", "content"):
        (folder / part).symlink_to(TINY / part)
    (folder / "theme").symlink_to(TINY.parent.parent / "theme")
    found = {}
    for page in build(folder, cache=DRAWINGS).pages:
        if page.kind in ("home", "chapter", "page"):
            stem = "index" if page.kind == "home" else Path(page.path).parent.name
            found[f"{page.language}/{stem}"] = re.sub(r"<svg.*?</svg>", "<svg>…</svg>", page.html, flags=re.DOTALL)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page(name, bodies, update):
    """Nothing a reader meets changes unseen: the whole body of each page is as it was read in review."""
    path = EXPECTED / f"{name}.html"
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(bodies[name], encoding="utf-8", newline="\n")

    assert path.read_text(encoding="utf-8") == bodies[name]


def test_there_is_no_other_page(bodies):
    """Every page has its expected file, and no expected file is left over."""
    files = sorted(path.relative_to(EXPECTED).with_suffix("").as_posix() for path in EXPECTED.rglob("*.html"))

    assert files == sorted(bodies) == sorted(PAGES)
