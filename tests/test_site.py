"""The built site, as files: every check of `site_checks`, valid HTML, the same bytes twice, and what a visit weighs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import site_checks
import small_report
from conftest import ROOT
from crossfoot.draft import draft_of
from crossfoot.shelf import Shelf

CHECKER = Path(__file__).parent / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HEAVIEST = 100_000
"""No page transfers more than this on a first visit, in bytes, compressed."""

LATER = """
import datetime, time

class Later(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)

    def __subclasscheck__(cls, other):
        return issubclass(other, real)

class Moved(datetime.datetime, metaclass=Later):
    @classmethod
    def now(cls, zone=None):
        return real.now(zone) + datetime.timedelta(days=40)

    utcnow = now

real, datetime.datetime = datetime.datetime, Moved
clock = time.time
time.time = lambda: clock() + 40 * 86400
"""
"""A `sitecustomize` module that lets a program believe it is forty days later."""


@pytest.fixture(scope="module")
def built(site):
    """The report's own site, every page parsed once."""
    return site_checks.read(site)


@pytest.mark.parametrize("check", site_checks.CHECKS, ids=[check.__name__ for check in site_checks.CHECKS])
def test_site(check, built):
    """Nothing is wrong on any page of the built site; what each check promises stands in its docstring."""
    found = [str(finding) for finding in check(built)]
    if found:
        more = [f"... and {len(found) - 40} more"] if len(found) > 40 else []
        told = "\n".join([*found[:40], *more])
        pytest.fail(f"{len(found)} findings. {check.__doc__}\n{told}", pytrace=False)


@pytest.mark.skipif("CROSSFOOT_SITE" in os.environ, reason="a site built elsewhere need not be this report's")
def test_every_page_is_there_to_be_visited(built):
    """The pages built are those the words name, besides those made from the data: the browser tests miss none."""
    assert sorted(site_checks.page_paths(ROOT / "content")) == sorted(set(built.pages) - site_checks.sheets(built))


def html_errors(folder):
    """Return what the Nu HTML checker finds wrong in the pages and drawings of *folder*."""
    java = shutil.which("java")
    if not CHECKER.is_file():
        pytest.fail(
            "the Nu HTML checker is not installed: run `make test`, or `npm ci` in tests/browser", pytrace=False
        )
    if not java:
        pytest.fail("there is no Java to run the Nu HTML checker: install default-jre-headless", pytrace=False)
    found = []
    for kind in ("html", "svg"):
        names = [str(path) for path in sorted(folder.rglob(f"*.{kind}"))]
        command = [java, "-jar", str(CHECKER), "--format", "json", "--errors-only", f"--skip-non-{kind}", *names]
        told = (
            subprocess.run(command, capture_output=True, text=True, check=False).stderr if names else '{"messages": []}'
        )
        for message in json.loads(told)["messages"]:
            path = Path(unquote(urlsplit(message["url"]).path)).relative_to(folder)
            found.append(f"{path}:{message.get('lastLine', 0)}: {message['message']}")
    return found


def test_html_is_valid(site):
    """The Nu HTML checker finds no error in any page, its drawings included, nor in the drawings beside them."""
    found = html_errors(site)
    if found:
        pytest.fail(f"{len(found)} errors in the HTML:\n" + "\n".join(found[:40]), pytrace=False)


def test_invalid_html_is_found(tmp_path):
    """A page and a drawing that are not valid are found, each named with its line."""
    page = '<!doctype html>\n<html lang="en"><title>A page</title>\n<p id="a">One</p><p id="a">Two</p></html>\n'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><blink/></svg>\n'
    (tmp_path / "drawing.svg").write_text(drawing, encoding="utf-8")

    found = html_errors(tmp_path)

    assert found[0] == "page.html:3: Duplicate ID “a”."
    assert found[1].startswith("drawing.svg:1: ")


@pytest.mark.skipif("CROSSFOOT_SITE" in os.environ, reason="a site built elsewhere cannot be built again")
def test_a_second_build_has_the_same_bytes(site, tmp_path):
    """Another folder, time zone, locale, hash seed and a day forty days later make the same site, byte for byte."""
    copy = tmp_path / "elsewhere" / "report"
    left_out = shutil.ignore_patterns(".*", "site", "node_modules", "__pycache__", "tests", "docs")
    shutil.copytree(ROOT, copy, ignore=left_out, copy_function=shutil.copyfile)
    (tmp_path / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    again = tmp_path / "again"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(again)]
    env = {
        **os.environ,
        "SITE_URL": site_checks.ADDRESS,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "20181231",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(copy / "generator")]),
    }

    built = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)

    assert built.returncode == 0, built.stdout + built.stderr
    assert site_checks.differences(site, again) == []


def test_a_visit_is_light(built):
    """No page transfers more than a tenth of a megabyte; `pytest -rP` shows what each weighs."""
    weights = site_checks.sizes(built)
    print(
        textwrap.dedent("""
        bytes on a first visit, compressed
           total      page    assets
    """)
    )
    for size in weights:
        print(f"{size.total:8,}  {size.page:8,}  {size.assets:8,}  {size.path}")

    assert [f"{size.path}: {size.total:,} bytes" for size in weights if size.total > HEAVIEST] == []


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """The small report with a hundred chapters more, as drafted: pages are made when they are asked for."""
    folder = small_report.write(tmp_path_factory.mktemp("many") / "report")
    names = [f"c{number:03d}" for number in range(100)]
    for number, name in enumerate(names):
        title = f"title: {{en: Chapter {number}, zh-Hant: 第{number}章}}\n"
        (folder / f"data/sections/{name}.yaml").write_text(title, encoding="utf-8")
        (folder / f"content/en/{name}.md").write_text("Nothing to say.\n", encoding="utf-8")
        (folder / f"content/zh-Hant/{name}.md").write_text("沒有內容。\n", encoding="utf-8")
    small_report.change(folder / "data/report.yaml", "chapters: [energy]", f"chapters: [energy, {', '.join(names)}]")
    return draft_of(folder, "", None, Shelf())


def menu(draft, path):
    """Return the text and address of each entry of the menu of the page at *path*."""
    lists = re.search(r'<nav class="menu".*?</nav>', draft.page(path), re.DOTALL)[0]
    return [
        (re.sub(r"<[^>]+>", "", words), href) for href, words in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', lists)
    ]


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("en/energy/index.html", "1 Energy", "Chapter 38"),
        ("en/c050/index.html", "Chapter 30", "Chapter 69"),
        ("en/c099/index.html", "Chapter 60", "Chapter 99"),
        ("en/data/index.html", "1 Energy", "Chapter 38"),
    ],
    ids=["the first", "in the middle", "the last", "no chapter"],
)
def test_the_menu_of_very_many_chapters_holds_those_around(many, path, first, last):
    """Forty of them, the way to all others, and every page that is no chapter."""
    shown = [words for words, _ in menu(many, path)]
    chapters = shown[2 : shown.index(last) + 1]

    assert shown[1] == "All 101 chapters"
    assert menu(many, path)[1][1] == "../index.html#site-menu"
    assert (chapters[0], chapters[-1], len(chapters)) == (first, last, 40)
    assert [words for words in shown if not words.startswith("Chapter") and words != "1 Energy"] == [
        shown[0],
        shown[1],
        *[words for words, _ in menu(many, "en/index.html")[102:]],
    ]


def test_the_home_page_has_the_whole_menu(many):
    """In each language: home, every chapter, and the pages after them."""
    english, chinese = (menu(many, f"{language}/index.html") for language in ("en", "zh-Hant"))

    assert [words for words, _ in english[2:102]] == [f"Chapter {number}" for number in range(100)]
    assert len(english) == len(chinese) > 102
    assert "全部101章" in [words for words, _ in menu(many, "zh-Hant/c050/index.html")]
