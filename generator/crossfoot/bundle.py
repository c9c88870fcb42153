"""Everything there is to download as one ZIP file, with a README in each language and the terms it stands under."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

from crossfoot.api.overview import BUNDLE
from crossfoot.fingerprint import sum_line
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import PageView

_FOLDERS = ("api/", "data/", "figures/")
_ENDINGS = (".csv", ".json", ".xlsx")
_DATE = (1980, 1, 1, 0, 0, 0)
"""In every bundle alike, the earliest a ZIP can say: it tells which data it holds, not when it was made."""
_LEVEL = 6


def bundle_file(
    report: Report, languages: tuple[Language, ...], pages: Sequence[PageView], files: Mapping[str, str | bytes]
) -> Mapping[str, str | bytes]:
    """Return the bundle of the data among *files*; it comes after whatever makes data."""
    listed = {
        path: content.encode() if isinstance(content, str) else content
        for path, content in files.items()
        if path.startswith(_FOLDERS) and path.endswith(_ENDINGS)
    }
    site = next((page.canonical for page in pages if page.kind == "front"), "")
    count = len(listed)
    for language in languages:
        listed[f"README.{language.id}.txt"] = readme(report, language, listed, count, site).encode()
    if report.file.licence:
        listed["LICENCE.txt"] = _lines(*(language.of(report.file.licence) for language in languages)).encode()
    sums = (sum_line(path, hashlib.sha256(listed[path]).hexdigest()) for path in sorted(listed))
    listed["SHA256SUMS"] = "".join(sums).encode()
    return {BUNDLE: packed(listed)}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of *files*, sorted by path; the same files always make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every machine, with rights that let whoever unpacks it read
            entry.external_attr = 0o100644 << 16
            bundle.writestr(entry, files[path], compresslevel=_LEVEL)
    return out.getvalue()


def readme(report: Report, language: Language, listed: Mapping[str, bytes], count: int, site: str) -> str:
    """Return what whoever unpacks the bundle reads first; *count* is how many files of data there are."""
    word, file = language.word, report.file
    title = word("api.readme.title", language.of(file.title))
    folders = [one for one in _FOLDERS if any(path.startswith(one) for path in listed)]
    inside = [f"- {word('api.readme.' + one.removesuffix('/'))}" for one in folders]
    parts = [
        _lines(title, "=" * _extent(title)),
        _lines(language.of(file.organisation.name), language.of(file.subtitle), language.of(file.disclaimer)),
        _part(word("api.readme.inside"), *inside, word("api.readme.count", str(count))),
        _part(word("api.readme.numbers"), word("api.numbers"), word("api.quote"), word("api.lists")),
        _part(
            word("api.readme.check"),
            word("api.readme.sums"),
            word("api.readme.version", report.version),
            word("api.readme.site", site) if site else "",
        ),
        _part(word("api.readme.source"), language.of(file.source)),
        _part(word("api.readme.licence"), language.of(file.licence)),
    ]
    return "\n".join(part for part in parts if part)


def _part(title: str, *lines: str) -> str:
    """Return a part under its heading, '' where there is nothing to say."""
    return _lines(title, "-" * _extent(title), *lines) if any(lines) else ""


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines if line)


def _extent(text: str) -> int:
    """Return how wide *text* is in letters; Chinese characters count twice."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
