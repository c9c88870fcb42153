"""Measure builds and edits of whole reports: `python benchmarks/bench.py --sizes example,small`.

Each build is a process of its own; CPU time is that of the process and all it started. An edit is timed in a real
browser that has the page open in both languages: from the moment before the file is written to the moment at which the
new figure stands on the page. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import workload

ROOT = Path(__file__).parents[1]
SIZES = {"small": 8, "medium": 100, "large": 1000}
"""Chapters; each is a page in two languages."""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--edits", type=int, default=15)
    parser.add_argument("--sizes", default="example,small,medium")
    chosen = parser.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"load at the start: {os.getloadavg()[0]:.1f}\n")
    print("| report | case | runs | CPU s, median (least to most) | wall s, median | peak MiB | files, MB |")
    print("|---|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as kept:
        for size in chosen.sizes.split(","):
            folder = _report(size, Path(kept))
            for case, prepare in CASES.items():
                _told(size, case, [_build(folder, prepare) for _ in range(chosen.runs)], folder)
            _edits(size, folder, chosen.edits)


def _report(size: str, kept: Path) -> Path:
    """Return a folder with the report of this *size*; `example` is the one in this repository."""
    folder = kept / size
    if size != "example":
        workload.write(SIZES[size], folder)
        return folder
    folder.mkdir()
    for name in ("data", "content", "theme", "mkdocs.yml"):
        copy: Callable[..., Any] = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


def _cold(folder: Path) -> None:
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    shutil.rmtree(folder / "site", ignore_errors=True)


def _drawings_kept(folder: Path) -> None:
    for record in (folder / ".cache").rglob("*.site.json"):
        record.unlink()


CASES: dict[str, Callable[[Path], None]] = {
    "cold: no cache, no site": _cold,
    "all made again, drawings kept": _drawings_kept,
    "nothing changed": lambda folder: None,
}
"""Each case, and what prepares it. The first leaves behind what the others start from."""


def _build(folder: Path, prepare: Callable[[Path], None]) -> tuple[float, float, float]:
    """Return CPU seconds, wall seconds and peak memory in MiB of one build."""
    prepare(folder)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, "DOCUMENTS": "false"})
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build of {folder.name} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, used.ru_maxrss / 1024


def _told(size: str, case: str, runs: list[tuple[float, float, float]], folder: Path) -> None:
    cpu, wall, peak = zip(*runs, strict=True)
    files = [path for path in (folder / "site").rglob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    spread = f"{statistics.median(cpu):.2f} ({min(cpu):.2f} to {max(cpu):.2f})"
    print(
        f"| {size} | {case} | {len(runs)} | {spread} | {statistics.median(wall):.2f} | {max(peak):.0f} "
        f"| {len(files):,}, {megabytes:.1f} |",
        flush=True,
    )


# --- edits


@contextmanager
def _preview(folder: Path) -> Iterator[str]:
    """Serve *folder* and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def _edits(size: str, folder: Path, edits: int) -> None:
    """Time each sort of edit, in both languages at once."""
    from playwright.sync_api import sync_playwright

    example = size == "example"
    chapter = "environment" if example else "c0000"
    section = folder / "data" / "sections" / f"{chapter}.yaml"
    words = folder / "content" / "en" / f"{chapter}.md"
    styles = folder / "theme" / "assets" / "tokens.css"
    with _preview(folder) as address, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        pages = [browser.new_page(), browser.new_page()]
        for page, language in zip(pages, ("en", "zh-Hant"), strict=True):
            for _ in range(600):
                try:
                    page.goto(f"{address}{language}/{chapter}/")
                    break
                except Exception:
                    time.sleep(0.1)
        pages[0].request.get(f"{address}sitemap.xml", timeout=600_000)  # the first proof is done
        time.sleep(1)
        _time_figures(size, section, pages, edits)
        if not example:  # whose translations are accepted: one of them changed alone is a mistake
            _time_words(size, words, pages[0], edits)
        if styles.is_file():
            _time_styles(size, styles, pages[0], edits)
        browser.close()


def _until(pages: list[Any], words: str, write: Callable[[], object], event: str = "crossfoot:changed") -> float:
    """Return the seconds from before *write* to the moment at which all *pages* show *words*, painted."""
    for page in pages:
        page.evaluate(
            """(event) => { window.painted = new Promise((done) => document.addEventListener(event, () =>
              requestAnimationFrame(() => done(performance.timeOrigin + performance.now())), { once: true })); }""",
            event,
        )
    began = time.time()
    write()
    ends = [page.evaluate("() => window.painted") for page in pages]
    for page in pages:
        assert words in page.inner_text("body"), f"{words} is not shown"
    pages[0].request.get(f"{pages[0].url.split('/en/')[0]}/sitemap.xml", timeout=600_000)  # the proof is done
    time.sleep(0.3)
    return max(ends) / 1000 - began


def _time_figures(size: str, section: Path, pages: list[Any], edits: int) -> None:
    text = section.read_text(encoding="utf-8")
    found = re.search(r"(?<=2018\": )271\.69|(?<=2024: )\d+\.\d", text)
    assert found is not None
    taken = []
    for number in range(edits):
        value = f"{found[0]}{number + 1:02d}"  # by so little that no total is contradicted, and never one drawn before
        whole, _, fraction = value.partition(".")
        changed = text[: found.start()] + value + text[found.end() :]
        write = partial(section.write_text, changed, encoding="utf-8")
        taken.append(_until(pages, f"{int(whole):,}.{fraction}", write))
    section.write_text(text, encoding="utf-8")
    time.sleep(2)
    _told_edit(size, "one figure, both languages", taken)


def _time_words(size: str, words: Path, page: Any, edits: int) -> None:
    text = words.read_text(encoding="utf-8")
    taken = []
    for number in range(edits):
        word = f"Altered{'abcdefghijklmnopqrstuvwxyz'[number % 26]}"
        write = partial(words.write_text, text.rstrip("\n") + f" {word}\n", encoding="utf-8")
        taken.append(_until([page], word, write))
    words.write_text(text, encoding="utf-8")
    time.sleep(2)
    _told_edit(size, "one paragraph", taken)


def _time_styles(size: str, styles: Path, page: Any, edits: int) -> None:
    text = styles.read_text(encoding="utf-8")
    taken = []
    for number in range(edits):
        changed = re.sub(r"--brand: #\w{6}", f"--brand: #0b58{number + 16:02x}", text, count=1)
        taken.append(_until([page], "", partial(styles.write_text, changed, encoding="utf-8"), "crossfoot:styled"))
    styles.write_text(text, encoding="utf-8")
    _told_edit(size, "one style", taken)


def _told_edit(size: str, what: str, taken: list[float]) -> None:
    first, *rest = taken
    spread = f"{statistics.median(rest):.3f} ({min(rest):.3f} to {max(rest):.3f}); the first {first:.3f}"
    print(f"| {size} | edit: {what} | {len(rest)} | | {spread} | | |", flush=True)


if __name__ == "__main__":
    main()
