"""What a browser is answered in a preview: pages with what keeps them true, files, and news as it comes."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, quote, unquote, urlsplit

OWN = "__preview__"
"""Below the site's root: what only a preview has."""
_VERSION = re.compile(r'<html[^>]* data-version="(\w+)"')
_SCRIPT = Path(__file__).with_name("preview.js")


class Shown(Protocol):
    """What is shown; each path is seen from the site's root."""

    root: str
    """The path of the site's root in addresses, with a slash at its end."""

    def page(self, path: str) -> tuple[int, str] | None:
        """Return status and HTML of the page at *path*; None if it is no page."""

    def file(self, path: str) -> bytes | None:
        """Return the file at *path*; None if there is none."""

    @property
    def styles(self) -> int:
        """How often the styles have changed."""

    def events(self, path: str, state: str, styles: str) -> Iterator[str]:
        """Yield what the open page at *path*, last seen as *state* and with these *styles*, is told."""


def mark_of(html: str) -> str:
    """Return what stands for *html*: two pages of the same show the same, be it of another version of the data."""
    version = _VERSION.search(html)
    shown = html.replace(version[1], "") if version else html
    return sha256(shown.encode()).hexdigest()[:16]


def is_page(path: str) -> bool:
    """Return whether a page stands at *path*, not another file."""
    return path.endswith(".html")


def _scripted(html: str, root: str, path: str, mark: str, styles: int) -> str:
    """Return *html* with what keeps it true while it is open."""
    events = f"{root}{OWN}/events?page={quote(path, safe='')}"
    tag = f'<script src="{root}{OWN}/preview.js" data-state="{mark}" data-styles="{styles}" '
    tag += f'data-events="{escape(events)}"></script>'
    before, end, after = html.rpartition("</body>")
    return f"{before}{tag}\n{end}{after}" if end else html + tag


class Handler(BaseHTTPRequestHandler):
    """Answers one request after the other of a browser."""

    preview: Shown
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        try:
            self._answer()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_HEAD = do_GET

    def _answer(self) -> None:
        preview, asked = self.preview, urlsplit(self.path)
        path = unquote(asked.path)
        if not path.startswith(preview.root):
            self._send(302, b"", "text/plain", {"Location": preview.root})
            return
        path = path.removeprefix(preview.root)
        if path.startswith(f"{OWN}/"):
            self._own(path.removeprefix(f"{OWN}/"), parse_qs(asked.query))
            return
        if path == "" or path.endswith("/"):
            path += "index.html"
        elif "." not in path.rsplit("/", 1)[-1]:
            self._send(302, b"", "text/plain", {"Location": quote(f"{preview.root}{path}/")})
            return
        styles = preview.styles  # before its page is made: what changes from here on, it is told
        answer = preview.page(path)
        if answer is not None:
            status, html = answer
            state = mark_of(html)
            body = _scripted(html, preview.root, path, state, styles).encode()
            self._send(status, body, "text/html; charset=utf-8", {"X-State": state})
            return
        found = preview.file(path)
        if found is None:
            self._send(404, b"not found", "text/plain")
            return
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind.endswith(("json", "javascript", "xml"))
        self._send(200, found, kind + ("; charset=utf-8" if text else ""))

    def _own(self, name: str, query: dict[str, list[str]]) -> None:
        if name == "preview.js":
            self._send(200, _SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        elif name == "events":
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            page, state, styles = (query.get(key, [""])[0] for key in ("page", "state", "styles"))
            for event in self.preview.events(page, state, styles):
                self.wfile.write(event.encode())
                self.wfile.flush()
        else:
            self._send(404, b"not found", "text/plain")

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        told = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store", **(headers or {})}
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""
