"""What tests share: the report's own site, built once, and a server for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crossfoot import read_report
from crossfoot.localise import load_language
from site_checks import ADDRESS

ROOT = Path(__file__).parent.parent
os.environ.setdefault("DOCUMENTS", "false")  # most tests build sites for something else; PDF takes seconds each
TINY = Path(__file__).parent / "report"
"""The tiny fictional report that most tests start from."""
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


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the report's own site, built once by MkDocs; `CROSSFOOT_SITE` names one built before."""
    if os.environ.get("CROSSFOOT_SITE"):
        return Path(os.environ["CROSSFOOT_SITE"])
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "SITE_URL": ADDRESS}, capture_output=True, text=True, check=False
    )
    if built.returncode:
        last = "\n".join((built.stdout + built.stderr).splitlines()[-25:])
        pytest.fail(f"the site does not build, so nothing about it can be tested:\n{last}", pytrace=False)
    return folder


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


def _handler(root):
    class Handler(SimpleHTTPRequestHandler):
        """Answers as a static host does: the policy on every answer, the site's own 404 page for what is missing."""

        def __init__(self, *args):
            super().__init__(*args, directory=str(root))

        def end_headers(self):
            self.send_header("Content-Security-Policy", "default-src 'self'")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

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
