"""The kept drawings, seen from whole builds: quick when warm, and never the reason why a site is wrong or missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from small_report import contents, write

CACHE = Path(".cache") / "crossfoot"
IMPORTED = """
import atexit, pathlib, sys
atexit.register(lambda: pathlib.Path("imported.txt").write_text("\\n".join(sorted(sys.modules))))
"""
"""A `sitecustomize` module that leaves behind the names of all modules that were imported."""


def start(folder, site, **env):
    """Start a build of the report in *folder* into *site*."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site)]
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def build(folder, site, **env):
    """Build the report in *folder* into *site* and return what is published."""
    done = start(folder, site, **env)
    said, _ = done.communicate(timeout=120)
    assert done.returncode == 0, said
    return contents(site)


def drawings(folder):
    """Return what is kept of the drawings of the report in *folder*, without the records of what was published."""
    kept = contents(folder / CACHE)
    return {name: data for name, data in kept.items() if not name.endswith((".site.json", "changed.txt"))}


@pytest.fixture(scope="module")
def cold(tmp_path_factory):
    """The small report, built once with no drawings kept before; and what was published."""
    folder = write(tmp_path_factory.mktemp("cold"))
    return folder, build(folder, folder / "site")


@pytest.fixture
def folder(cold, tmp_path):
    """A copy of the small report with its kept drawings."""
    return Path(shutil.copytree(cold[0], tmp_path / "report"))


def test_drawings_are_kept_in_a_hidden_folder(cold):
    """A file a drawing, wide and narrow in each language, as SVG and for a browser, and nothing half written."""
    kept = drawings(cold[0])

    assert sorted(Path(name).suffix for name in kept) == [".json"] * 4 + [".svg"] * 4


def test_a_warm_build_imports_no_drawing_library(cold, folder, tmp_path):
    """When every drawing is kept, the same site is built and neither Altair nor its renderer is even imported."""
    (tmp_path / "sitecustomize.py").write_text(IMPORTED, encoding="utf-8")
    built = build(folder, folder / "site", PYTHONPATH=str(tmp_path))
    imported = (folder / "imported.txt").read_text(encoding="utf-8").split()

    assert built == cold[1]
    assert {"crossfoot.draw", "mkdocs"} <= set(imported)
    assert {"altair", "vl_convert", "pandas", "numpy"} & set(imported) == set()


@pytest.mark.parametrize("damage", [b"", b"<svg", b"\xff\x00\xff", None], ids=["empty", "cut off", "garbled", "half"])
def test_damaged_drawings_are_drawn_again(damage, cold, folder):
    """Whatever stands in a kept drawing, the site is the same, and the drawing is whole afterwards."""
    whole = drawings(folder)
    for path in (folder / CACHE).iterdir():
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if damage is None else damage)

    assert build(folder, folder / "site") == cold[1]
    assert drawings(folder) == whole


@pytest.mark.parametrize("name", [".cache", ".cache/crossfoot"])
def test_a_folder_that_cannot_be_written_is_no_cache(name, cold, folder):
    """A file where the folder should be, as on a disk that is write-protected: the site is built without a cache."""
    shutil.rmtree(folder / ".cache")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("in the way", encoding="utf-8")

    assert build(folder, folder / "site") == cold[1]
    assert (folder / name).read_text(encoding="utf-8") == "in the way"


def test_a_build_that_is_killed_leaves_nothing_wrong(cold, folder):
    """Killed again and again while it draws, the next build makes the same site."""
    shutil.rmtree(folder / ".cache")
    for seconds in (0.0, 0.05, 0.15, 0.3):
        killed = start(folder, folder / "site")
        end = time.monotonic() + 60
        while killed.poll() is None and not list((folder / CACHE).glob("*")) and time.monotonic() < end:
            time.sleep(0.005)  # until it draws
        time.sleep(seconds)
        killed.kill()
        killed.communicate()
        shutil.rmtree(folder / "site", ignore_errors=True)

    assert build(folder, folder / "site") == cold[1]


def test_two_builds_at_once_share_the_drawings(cold, folder):
    """Two builds that draw at the same time into one folder make the same two sites and one set of drawings."""
    shutil.rmtree(folder / ".cache")
    sites = [folder / "one", folder / "two"]
    running = [start(folder, site) for site in sites]
    said = [one.communicate(timeout=120)[0] for one in running]

    assert [one.returncode for one in running] == [0, 0], said
    assert [contents(site) for site in sites] == [cold[1], cold[1]]
    assert drawings(folder) == drawings(cold[0])
