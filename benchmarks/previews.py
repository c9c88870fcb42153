"""A preview that runs, with pages of it open in a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import machine

_PATIENCE = 600
"""Seconds in which a preview must answer, and an open page show what has changed."""
_LISTEN = """([event, patience]) => { window.painted = new Promise((done) => {
  setTimeout(() => done(0), 1000 * patience);
  document.addEventListener(event, () => requestAnimationFrame(
    () => done(performance.timeOrigin + performance.now())), { once: true });
}); }"""


@dataclass
class Preview:
    """A preview of a report, and the browser that looks at it."""

    pid: int
    """The process of the server."""
    address: str
    browser: Any

    def open(self, *paths: str) -> list[Any]:
        """Return the pages at these *paths*, open in the browser, once nothing is being done any more."""
        pages = []
        for path in paths:
            pages.append(self.browser.new_page())
            self._go(pages[-1], self.address + path)
        self.settle()
        return pages

    def _go(self, page: Any, address: str) -> None:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                page.goto(address)
                return
            except Exception:  # it does not answer yet
                if time.monotonic() > end:
                    raise SystemExit(f"the preview does not answer at {address}") from None
                time.sleep(0.1)

    def settle(self) -> None:
        """Wait until the state that the report is in has been checked as a whole."""
        try:
            with urlopen(f"{self.address}sitemap.xml", timeout=_PATIENCE) as answer:
                answer.read()  # which the preview gives when it has checked all, or when it waits no longer
        except HTTPError:
            pass  # it has not made one, and waits no longer
        except OSError:
            raise SystemExit(
                "the preview has stopped to answer; it starts anew where the generator is changed meanwhile"
            ) from None
        machine.settle(self.pid)

    def seen(self, pages: Sequence[Any], words: str, write: Callable[[], object], event: str) -> float:
        """Return the seconds from before *write* to the moment at which all *pages* have painted *words*."""
        for page in pages:
            page.evaluate(_LISTEN, [event, _PATIENCE])
        began = time.time()
        write()
        ends = [_painted(page) for page in pages]
        _must_show(pages, words)
        self.settle()
        _must_show(pages, words)  # still: nothing was found to be wrong with it
        return max(ends) / 1000 - began

    def memory(self) -> tuple[list[float], list[float]]:
        """Return the most memory in MiB that the server has had so far, and each process that it started."""
        found = machine.peaks(self.pid)
        own = [found.pop(self.pid)] if self.pid in found else []
        return own, sorted(found.values(), reverse=True)


def _painted(page: Any) -> float:
    """Return when *page* painted what it was told to wait for, in milliseconds since 1970."""
    try:
        found = float(page.evaluate("() => window.painted"))
    except Exception:  # it was loaded anew, and what waited in it is gone
        found = 0
    if not found:
        page.wait_for_load_state()
        raise SystemExit(f"the open page did not change in its place: {page.url}\n{page.inner_text('body')[:1000]}")
    return found


def _must_show(pages: Sequence[Any], words: str) -> None:
    for page in pages:
        if words not in page.inner_text("body"):
            raise SystemExit(f"'{words}' is not shown at {page.url}:\n{page.inner_text('body')[:1000]}")


@contextmanager
def preview(folder: Path) -> Iterator[Preview]:
    """Serve the report in *folder*, and start a browser."""
    from playwright.sync_api import sync_playwright

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        with sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            yield Preview(process.pid, f"http://127.0.0.1:{port}/", browser)
            browser.close()
    finally:
        process.send_signal(signal.SIGINT)  # as an author ends it, so that it clears away what it set aside
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # where this program runs in the background, that may be ignored
            process.terminate()
            process.wait(10)
