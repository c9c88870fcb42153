"""Say what was published, file by file with its checksum, so that anyone can tell a true copy from a changed one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from crossfoot import __version__
from crossfoot.textfile import is_left_behind

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
    listed = [path for path in _files(site) if _name(path, site) not in (SUMS, MANIFEST)]
    made_from = {"crossfoot": __version__, "data": data_version(report)}
    entries = [_entry(path, site) for path in listed]
    _write(site / MANIFEST, json.dumps({**made_from, "files": entries}, ensure_ascii=False, indent=1) + "\n")
    sums = {str(one["path"]): str(one["sha256"]) for one in entries} | {MANIFEST: _sha256(site / MANIFEST)}
    _write(site / SUMS, "".join(_sum_line(name, sums[name]) for name in sorted(sums)))


def data_version(report: Path) -> str:
    """Return the SHA-256 that stands for the data and words of the report in *report*.

    It is the SHA-256 of the lines that `sha256sum` prints for the files in `data` and `content`, sorted by path,
    without the records of commands and what editors leave behind.
    """
    lines = []
    for part in ("data", "content"):
        for path in _files(report / part):
            inside = path.relative_to(report / part)
            if not is_left_behind(inside) and (part, inside.parts[0]) != ("data", "records"):
                lines.append(_sum_line(_name(path, report), _sha256(path)))
    return hashlib.sha256("".join(sorted(lines, key=lambda line: line.split("  ", 1)[1])).encode()).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    visible = (path for path in found if not path.relative_to(folder).parts[0].startswith("."))
    yield from sorted(visible, key=lambda path: _name(path, folder))


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _entry(path: Path, site: Path) -> dict[str, str | int]:
    kind = _KINDS.get(path.suffix.lower(), "text/plain" if not path.suffix else "application/octet-stream")
    return {"path": _name(path, site), "bytes": path.stat().st_size, "sha256": _sha256(path), "type": kind}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sum_line(name: str, checksum: str) -> str:
    """Return one line of `sha256sum`; a backslash or line break in a name is written as it writes them."""
    plain = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if plain == name else chr(92)}{checksum}  {plain}\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
