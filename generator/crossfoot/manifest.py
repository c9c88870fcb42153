"""Say what was published, file by file with its checksum, so that anyone can tell a true copy from a changed one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from crossfoot.fingerprint import sum_line
from crossfoot.tabular import json_text
from crossfoot.version import VERSION

SUMS = "SHA256SUMS"
"""In the site's root: what `sha256sum -c` reads; every published file but itself."""
MANIFEST = "manifest.json"
"""In the site's root: the same for programs, with sizes, kinds, and what the site was made from."""
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css",
        ".csv": "text/csv",
        ".html": "text/html",
        ".ico": "image/x-icon",
        ".jpg": "image/jpeg",
        ".js": "text/javascript",
        ".json": "application/json",
        ".md": "text/markdown",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xml": "application/xml",
        ".yaml": "application/yaml",
        ".zip": "application/zip",
    }
)
"""Our own list: the machine's would make other bytes on another machine."""


def manifest_files(files: Mapping[str, bytes], version: str) -> dict[str, bytes]:
    """Return `manifest.json` and `SHA256SUMS` for a site of these *files*, made from data of the *version*.

    Every file is listed but hidden ones at its top (`.nojekyll`).
    """
    listed = sorted(path for path in files if not path.startswith(".") and path not in (SUMS, MANIFEST))
    entries = [_entry(path, files[path]) for path in listed]
    told = {"crossfoot": VERSION, "data": version, "files": entries}
    manifest = json_text(told).encode()
    sums = {str(one["path"]): str(one["sha256"]) for one in entries} | {MANIFEST: hashlib.sha256(manifest).hexdigest()}
    return {MANIFEST: manifest, SUMS: "".join(sum_line(name, sums[name]) for name in sorted(sums)).encode()}


def _entry(path: str, content: bytes) -> dict[str, str | int]:
    suffix = PurePosixPath(path).suffix.lower()
    kind = _KINDS.get(suffix, "text/plain" if not suffix else "application/octet-stream")
    return {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "type": kind}
