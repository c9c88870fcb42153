"""Say what was published, file by file with its checksum, so that anyone can tell a true copy from a changed one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from crossfoot import __version__
from crossfoot.fingerprint import data_version, files_below, name_in, sha256_of, sum_line

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


def write_manifest(site: Path, report: Path) -> None:
    """Write `manifest.json` and `SHA256SUMS` into the folder *site*, which was made from the report in *report*.

    Every file in the folder is listed, whoever put it there, but hidden ones at its top (`.git`, `.nojekyll`): MkDocs
    neither publishes nor clears those away.
    """
    listed = [path for path in files_below(site) if name_in(path, site) not in (SUMS, MANIFEST)]
    made_from = {"crossfoot": __version__, "data": data_version(report)}
    entries = [_entry(path, site) for path in listed]
    _write(site / MANIFEST, json.dumps({**made_from, "files": entries}, ensure_ascii=False, indent=1) + "\n")
    sums = {str(one["path"]): str(one["sha256"]) for one in entries} | {MANIFEST: sha256_of(site / MANIFEST)}
    _write(site / SUMS, "".join(sum_line(name, sums[name]) for name in sorted(sums)))


def _entry(path: Path, site: Path) -> dict[str, str | int]:
    kind = _KINDS.get(path.suffix.lower(), "text/plain" if not path.suffix else "application/octet-stream")
    return {"path": name_in(path, site), "bytes": path.stat().st_size, "sha256": sha256_of(path), "type": kind}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
