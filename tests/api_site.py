"""The sites that the tests of the API and of the linked data read: made once, in memory, their drawings left out."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conftest import ROOT, TINY
from crossfoot import build_from, figures, read_report

ADDRESS = "https://example.org/bay/"
PARTS = {"tiny": TINY, "own": ROOT}


@cache
def built(name, address=ADDRESS):
    """Return the tiny report or the repository's own, its pages as written, and its site as it stands at *address*."""
    with TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")
        folder = Path(made)
        for part in ("data", "content"):
            (folder / part).symlink_to(PARTS[name] / part)
        (folder / "theme").symlink_to(ROOT / "theme")
        report, pages = read_report(folder)
        return report, pages, build_from(report, pages, folder, site_url=address)


def api(site):
    """Return the JSON files of the API by name, parsed: `observations`."""
    found = {path: text for path, text in site.files.items() if re.fullmatch(r"api/v1/[a-z]+\.json", path)}
    return {
        path.removeprefix("api/v1/").removesuffix(".json"): json.loads(text)
        for path, text in found.items()
        if "datapackage" not in path
    }
