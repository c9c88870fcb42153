"""What tests share: the report's own site, built once, and a server for it."""

from __future__ import annotations

import fcntl
import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from browser_checks import AXE, RECORD, Visit, listen
from crossfoot import read_report
from crossfoot.archive import archive
from crossfoot.hosting import HEADERS
from crossfoot.localise import load_language
from site_checks import ADDRESS

ROOT = Path(__file__).parent.parent
os.environ.setdefault("DOCUMENTS", "false")  # most tests build sites for something else; PDF takes seconds each
TINY = Path(__file__).parent / "report"
"""The tiny fictional report that most tests start from."""
DEMO = [Path(__file__).parent / "demo" / year for year in ("2022-23", "2023-24", "2024-25")]
"""Three years of a fictional report, which name each other."""
DRAWINGS = ROOT / ".cache" / "crossfoot"
"""Where tests keep drawings, as the commands do; each is kept under its content."""


def pytest_addoption(parser):
    """Add `--update`, which rewrites the files in `tests/expected` instead of comparing them."""
    parser.addoption("--update", action="store_true", help="rewrite the expected files in tests/expected")


@pytest.fixture
def update(request):
    """Whether expected files are rewritten."""
    return request.config.getoption("--update")


@pytest.fixture
def folder(tmp_path):
    """A copy of the tiny report, to change one thing in, with the theme of the repository."""
    copy = tmp_path / "report"
    shutil.copytree(TINY, copy)
    (copy / "theme").symlink_to(ROOT / "theme")
    return copy


@pytest.fixture(scope="session")
def tiny():
    """The tiny report, loaded and computed, and its pages."""
    return read_report(TINY)


@pytest.fixture(scope="session")
def report(tiny):
    """The tiny report, loaded and computed."""
    return tiny[0]


@pytest.fixture(scope="session")
def languages(report):
    """The languages of the tiny report by id."""
    return {one.id: load_language(one, one.place) for one in report.languages}


@contextmanager
def shared(tmp_path_factory, name):
    """Give a folder that all processes of one test run share, held by one of them at a time.

    It exists once one of them has filled it.
    """
    root = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield root / name


def made_once(tmp_path_factory, name, make):
    """Return the folder *name*, which *make* makes once for all processes of one test run."""
    with shared(tmp_path_factory, name) as folder:
        if not folder.is_dir():
            aside = folder.with_name(f"{name}-in-the-making")
            shutil.rmtree(aside, ignore_errors=True)  # of a process that failed
            make(aside)
            aside.rename(folder)
    return folder


def build(folder, into, **env):
    """Build the report in *folder* as its authors do."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(into)]
    built = subprocess.run(command, cwd=folder, env=os.environ | env, capture_output=True, text=True, check=False)
    if built.returncode:
        last = "\n".join((built.stdout + built.stderr).splitlines()[-25:])
        pytest.fail(f"the site does not build, so nothing about it can be tested:\n{last}", pytrace=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the report's own site, built once by MkDocs; `CROSSFOOT_SITE` names one built before."""
    if os.environ.get("CROSSFOOT_SITE"):
        return Path(os.environ["CROSSFOOT_SITE"])
    return made_once(tmp_path_factory, "site", lambda aside: build(ROOT, aside, SITE_URL=ADDRESS))


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The folder of the tiny report's site, which has four years, built once by MkDocs."""

    def make(aside):
        source = tmp_path_factory.mktemp("small") / "report"
        shutil.copytree(TINY, source)
        (ROOT / ".cache").mkdir(exist_ok=True)
        for shown in ("theme", ".cache"):
            (source / shown).symlink_to(ROOT / shown)
        build(source, aside)

    return made_once(tmp_path_factory, "small", make)


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The folder of the fictional archive of three years, built once; `CROSSFOOT_DEMO` names one built before."""
    if os.environ.get("CROSSFOOT_DEMO"):
        return Path(os.environ["CROSSFOOT_DEMO"])
    return made_once(tmp_path_factory, "demo", lambda aside: archive(DEMO, aside))


@dataclass(frozen=True)
class Served:
    """A folder on a local server, under a sub-path, with a strict content security policy."""

    folder: Path
    address: str
    """`http://127.0.0.1:<port>/report/`."""
    requests: list[tuple[str, int]] = field(default_factory=list)
    """Every path that was asked for, with the status of the answer."""


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """A function that serves a copy of a folder until the tests end."""
    servers = []

    def start(folder):
        root = tmp_path_factory.mktemp("served")
        shutil.copytree(folder, root / "report")
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(root))
        server.asked = []
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return Served(root / "report", f"http://127.0.0.1:{server.server_port}/report/", server.asked)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def served(serve, site):
    """The report's own site on a local server, as project pages are served."""
    return serve(site)


@pytest.fixture(scope="session")
def small_served(serve, small):
    """The tiny report's site on a local server."""
    return serve(small)


@pytest.fixture(scope="session")
def demo_served(serve, demo):
    """The archive of three years on a local server."""
    return serve(demo)


_TEXTS = (".html", ".css", ".js", ".json", ".svg", ".csv", ".xml")


def _handler(root):
    class Handler(SimpleHTTPRequestHandler):
        """Answers as a static host does: the site's own headers and 404 page, texts compressed."""

        protocol_version = "HTTP/1.1"

        def __init__(self, *args):
            super().__init__(*args, directory=str(root))

        def end_headers(self):
            for name, value in HEADERS.items():
                self.send_header(name, value if name != "Cache-Control" else "no-store")
            super().end_headers()

        def send_head(self):
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() and self.path.split("?")[0].endswith("/") else path
            zips = "gzip" in self.headers.get("Accept-Encoding", "")
            if not (zips and path.suffix in _TEXTS and path.is_file()):
                return super().send_head()
            body = gzip.compress(path.read_bytes(), 6, mtime=0)
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            return io.BytesIO(body)

        def send_error(self, code, message=None, explain=None):
            page = root / "report" / "404.html"
            body = page.read_bytes() if page.is_file() else b""
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code="-", size="-"):
            self.server.asked.append((self.path, int(code)))

        def log_message(self, *args):
            """Say nothing: the record is kept in `requests`."""

    return Handler


# --- the browser

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""How Chromium is started: it asks nobody for anything."""


@pytest.fixture(scope="session")
def chromium():
    """The path of Chromium, where all that the tests need beside it is there too."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not program:
        pytest.fail("there is no Chromium: install chromium (and fonts-noto-cjk for Chinese)", pytrace=False)
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: run `make test`, or `npm ci` in tests/browser", pytrace=False)
    fonts = shutil.which("fc-list")
    if fonts and not subprocess.run([fonts, ":lang=zh-hk"], capture_output=True, check=False).stdout.strip():
        pytest.fail("there is no font with Hong Kong Chinese: install fonts-noto-cjk", pytrace=False)
    return program


@pytest.fixture(scope="session")
def browser(chromium):
    """The browser of all tests of this process."""
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=QUIET) as started:
        yield started


@pytest.fixture(scope="session")
def visit(browser):
    """A function that sends visitors, with and without scripts, to a site that is served."""
    with (
        browser.new_context(reduced_motion="reduce", locale="en-GB") as visitor,
        browser.new_context(java_script_enabled=False, reduced_motion="reduce", locale="en-GB") as plain,
    ):
        visitor.add_init_script(RECORD)
        axe = AXE.read_text(encoding="utf-8")
        yield lambda served: Visit(served.folder, served.address, visitor, plain, axe)


READER = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", "locale": "en-GB"}
"""How a reader looks at a page, where a test does not say otherwise."""
OWN = r"http://127\.0\.0\.1:\d+/report/|blob:|file:"
"""What a page may ask for: files of a site that `serve` serves, what it makes itself, files of a folder."""


@pytest.fixture
def new_page(browser):
    """A function that gives a new reader a page; whatever goes wrong on the reader's pages fails the test.

    `page.told` holds what went wrong so far, but for what matches *excuse*, `page.asked` every address asked for;
    *script* runs before the scripts of each page.
    """
    pages = []

    def start(*, excuse=None, script="", **settings):
        context = browser.new_context(**READER | settings)
        context.set_default_timeout(10_000)
        context.add_init_script(RECORD + script)
        told, asked = [], []

        def say(message):
            if not (excuse and re.search(excuse, message)):
                told.append(message)

        def watch(page):
            page.told, page.asked = told, asked
            listen(page, OWN, say)
            page.on("request", lambda request: asked.append(request.url))
            pages.append(page)

        context.on("page", watch)
        return context.new_page()

    yield start
    told = []
    for page in pages:
        told += [] if page.is_closed() else page.evaluate("() => window.violations || []")
    for page in pages:
        told += [one for one in page.told if one not in told]
        page.context.close()
    assert told == []
