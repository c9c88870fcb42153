"""crossfoot: a folder of YAML and Markdown becomes a bilingual ESG report that checks itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crossfoot.audit import audit
from crossfoot.compute import compute
from crossfoot.disclosures import carriers
from crossfoot.editions import archive_of
from crossfoot.fingerprint import data_version
from crossfoot.kpis import kpis_of
from crossfoot.load import load
from crossfoot.localise import load_language
from crossfoot.look import check_tokens
from crossfoot.model import Report
from crossfoot.narrative import Page, read_pages
from crossfoot.places import Place, Problem, Problems
from crossfoot.rules import validate
from crossfoot.site import Builder, Site
from crossfoot.untranslated import absent_pages, completed
from crossfoot.uses import prints_of, uses_of

__all__ = ["Place", "Problem", "Problems", "Site", "build", "build_from", "read_report", "theme_of"]
__version__ = "0.1.0"


def _silent(text: str) -> None:
    """Say nothing."""


def build(
    folder: Path,
    *,
    site_url: str = "",
    cache: Path | None = None,
    say: Callable[[str], None] = _silent,
    documents: bool = False,
) -> Site:
    """Return the site of the report in *folder*, which holds `data/`, `content/` and perhaps a `theme/` of its own.

    *site_url* is the absolute address the site will have, for links that must be absolute; *cache* keeps drawings and
    documents; *say* is told what is being done, for whoever watches; *documents* adds the PDF documents, for which
    `press.lacking` must find nothing missing.

    Raises:
        Problems: everything the author has to mend, each with its place; nothing has been written.
    """
    say("reading data and content")
    report, pages = read_report(folder)
    return build_from(report, pages, folder, site_url=site_url, cache=cache, say=say, documents=documents)


def read_report(folder: Path) -> tuple[Report, tuple[Page, ...]]:
    """Return the report in *folder*, computed and linked to its pages, and the pages; not yet validated.

    Raises:
        Problems: what cannot be read at all, in data and in content together.
    """
    report: Report | None = None
    pages: tuple[Page, ...] = ()
    problems: list[Problem] = []
    try:
        report = load(folder / "data")  # every value remembers its file, line and column
    except Problems as found:
        problems += found.found
    try:
        pages = read_pages(folder / "content", report.languages if report else None)  # Markdown, not yet HTML
    except Problems as found:
        problems += found.found
    if problems or report is None:
        raise Problems(problems)
    report = completed(compute(report))  # totals, ratios, differences: unrounded Decimals; texts not yet translated
    linked = {"uses": uses_of(report, pages), "absent": absent_pages(report, pages), "version": data_version(folder)}
    report = report.model_copy(update=linked)
    report = audit(report, prints_of(report, pages))  # do the printed figures agree with each other?
    return report.model_copy(update={"kpis": kpis_of(report), "carriers": carriers(report)}), pages


def build_from(
    report: Report,
    pages: tuple[Page, ...],
    folder: Path,
    *,
    site_url: str = "",
    cache: Path | None = None,
    say: Callable[[str], None] = _silent,
    documents: bool = False,
) -> Site:
    """Return the site of a report already read.

    Raises:
        Problems: what the rules find.
    """
    report = report.model_copy(update={"archive": archive_of(report, pages, folder, read_report)})
    say("applying the rules")
    warnings = validate(report, pages)  # all of them, never only the first
    check_tokens(theme_of(folder))  # colours that can be read
    languages = tuple(load_language(one, one.place) for one in report.languages)
    address = site_url.rstrip("/") + "/" if site_url else ""
    return Builder(report, pages, languages, theme_of(folder), address, cache, say, documents).site(warnings)


def theme_of(folder: Path) -> Path:
    """Return the theme of the report in *folder*: its own, else the one that came with crossfoot."""
    packed = Path(__file__).parent / "theme"
    checkout = Path(__file__).parents[2] / "theme"  # where crossfoot is run from its own repository
    return next((one for one in (folder / "theme", packed) if one.is_dir()), checkout)
