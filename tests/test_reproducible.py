"""Same input, same bytes: neither the folder, the clock, the language of the machine nor the order of things shows."""

from __future__ import annotations

import base64
import bz2
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from small_report import change, contents, write
from test_site import LATER

ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
HERE = {"TZ": "America/Adak", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
LEFT_OUT = ("SITE_URL", "SOURCE_DATE_EPOCH", "PYTHONUTF8")


def build(folder, *arguments, **env):
    """Build the report in *folder* and return what is published."""
    given = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", *arguments]
    built = subprocess.run(command, cwd=folder, env={**given, **env}, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return contents(folder / "site")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """What is published of the small report: drawn afresh, here and now."""
    return build(write(tmp_path_factory.mktemp("first") / "report"), **HERE)


@pytest.fixture
def again(tmp_path):
    """The small report in another folder, its files written in another order."""
    folder = write(tmp_path / "another folder" / "年報")
    for path in sorted((folder / "data").rglob("*.yaml"), reverse=True):
        words = path.read_bytes()
        path.unlink()
        path.write_bytes(words)
    return folder


def test_another_place_and_day(first, again, tmp_path):
    """Another folder, time zone, locale, hash seed and a clock forty days ahead: the same files with the same bytes."""
    (tmp_path / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    clock = "import time, datetime; print(datetime.date.today(), time.time() > 0)"
    days = [
        subprocess.run(
            [sys.executable, "-c", clock], env={**os.environ, **env}, capture_output=True, text=True, check=True
        )
        for env in ({"TZ": "UTC"}, {"TZ": "UTC", "PYTHONPATH": str(tmp_path)})
    ]

    assert days[0].stdout != days[1].stdout, "the clock was not moved, so this test proves nothing"
    assert build(again, PYTHONPATH=str(tmp_path), **ELSEWHERE) == first


def test_drawings_kept_before(first, again):
    """A site made from kept drawings is the one that was drawn afresh."""
    build(again)

    assert build(again, **ELSEWHERE) == first


def test_a_date_given_by_the_packager(first, again):
    """SOURCE_DATE_EPOCH changes nothing: no date of the build is published."""
    assert build(again, SOURCE_DATE_EPOCH="86400") == first


def test_old_pages_are_cleared_away(first, again):
    """What an earlier build published and this one does not is gone."""
    (again / "site" / "en" / "old").mkdir(parents=True)
    (again / "site" / "en" / "old" / "index.html").write_text("old", encoding="utf-8")

    assert build(again) == first


# --- where the site will stand


def addresses(page):
    """Return every address in the page, a style sheet's and a picture's too."""
    return re.findall(r'(?:href|src|content)="([^"]*?)"', page.decode("utf-8"))


@pytest.mark.parametrize("given", ["https://example.org/a/b/", "https://example.org/a/b"])
def test_under_a_sub_path(given, first, again):
    """Site map, canonical addresses and the 404 page know the sub-path; every other link is relative, as before."""
    site = build(again, SITE_URL=given)
    located = re.findall(r"<loc>(.*?)</loc>", site["sitemap.xml"].decode("utf-8"))
    root = "https://example.org/a/b/"
    own = ("", "energy/", "figures/", "figures/energy/", "figures/energy/gas/", "figures/energy/power/")
    own += ("data/", "explorer/", "my-report/")

    assert sorted(located) == sorted([root, *(f"{root}{tag}/{page}" for tag in ("en", "zh-Hant") for page in own)])
    assert f"Sitemap: {root}sitemap.xml" in site["robots.txt"].decode("utf-8")
    assert f'<link rel="canonical" href="{root}zh-Hant/energy/">' in site["zh-Hant/energy/index.html"].decode("utf-8")
    local = [one for one in addresses(site["404.html"]) if "/" in one and not one.startswith(("http", "#"))]
    assert local
    assert [one for one in local if not one.startswith("/a/b/")] == []
    moved = {path: unpacked(path, data).replace(root.encode(), b"https://example.org/") for path, data in site.items()}
    moved["404.html"] = moved["404.html"].replace(b'"/a/b/', b'"/')
    # Their checksums are those of the files as they stand there; the bundle holds some of these files.
    lists = {"SHA256SUMS", "manifest.json", "data/report-data.zip"}
    assert {path: data for path, data in moved.items() if path not in lists} == {
        path: unpacked(path, data) for path, data in first.items() if path not in lists
    }


def unpacked(path, data):
    """Return the words of the search, which are packed, and any other file as it is."""
    if not path.startswith("search/"):
        return data
    return bz2.decompress(base64.b64decode(json.loads(data.partition(b", ")[2].removesuffix(b");\n"))))


def test_without_an_address(first, again):
    """Where nobody says where the site will stand, nothing is invented: no canonical address and no site map."""
    change(again / "mkdocs.yml", 'site_url: !ENV [SITE_URL, "https://example.org/"]\n', "")
    site = build(again)

    assert set(first) - set(site) == {"sitemap.xml"}
    for path, data in site.items():
        assert b"example.org" not in data, path
        assert b"canonical" not in data, path
        assert b'hreflang="x-default"' not in data, path
    assert "Sitemap" not in site["robots.txt"].decode("utf-8")
    assert {"/en/index.html", "/zh-Hant/index.html", "/assets/site.css"} <= set(addresses(site["404.html"]))


# --- the wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder into which the wheel of this repository was installed, with none of what it needs."""
    root = tmp_path_factory.mktemp("wheel")
    source = root / "source"
    left_out = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "site", "tests", "content", "data")
    repository = Path(__file__).parent.parent
    shutil.copytree(repository, source, ignore=left_out)
    for command in (
        ["hatchling", "build", "-t", "wheel", "-d", str(root / "dist")],
        [
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--disable-pip-version-check",
            "--target",
            str(root / "lib"),
        ],
    ):
        wheels = [str(path) for path in (root / "dist").glob("*.whl")]
        done = subprocess.run(
            [sys.executable, "-m", *command, *wheels], cwd=source, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(source)
    return root / "lib"


def test_the_wheel_carries_all_it_needs(installed):
    """Theme, phrases of both languages, licence, command and plugin are in the wheel; no cache, no tests."""
    files = list(contents(installed))
    entry_points = next(path for path in files if path.endswith("entry_points.txt"))

    for name in (
        "theme/main.html",
        "theme/assets/site.css",
        "theme/tables/table.html",
        "phrases/en.yaml",
        "phrases/zh-Hant.yaml",
    ):
        assert f"crossfoot/{name}" in files
    assert [path for path in files if path.endswith("licenses/LICENSE")]
    assert "crossfoot = crossfoot.plugin:CrossfootPlugin" in (installed / entry_points).read_text(encoding="utf-8")
    assert "crossfoot = crossfoot.__main__:main" in (installed / entry_points).read_text(encoding="utf-8")
    assert {path.split("/")[0].split("-")[0] for path in files} <= {"crossfoot", "bin"}


def test_a_report_without_a_theme_uses_the_wheel_s(installed, first, tmp_path):
    """From the wheel, a folder with only data and words makes the same site with the theme inside it."""
    folder = write(tmp_path / "report", theme=False)
    change(folder / "mkdocs.yml", "theme: {name: null, custom_dir: theme}\n", "")
    where = "import crossfoot; print(crossfoot.__file__)"
    env = {"PYTHONPATH": str(installed)}
    found = subprocess.run(
        [sys.executable, "-c", where], env={**os.environ, **env}, capture_output=True, text=True, check=True
    )

    assert Path(found.stdout.strip()).is_relative_to(installed)
    assert build(folder, **env) == first
