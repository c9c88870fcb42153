"""The program: a folder of YAML and Markdown becomes a site, stage by stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from crossfoot.audit import audit
from crossfoot.compute import compute
from crossfoot.disclosures import carriers
from crossfoot.editions import archive_of
from crossfoot.fingerprint import data_version
from crossfoot.folders import theme_of
from crossfoot.kpis import kpis_of
from crossfoot.load import load
from crossfoot.localise import load_language
from crossfoot.look import check_tokens
from crossfoot.model import Report
from crossfoot.narrative import Page, read_pages
from crossfoot.places import Problem, Problems
from crossfoot.rules import validate
from crossfoot.shelf import Memory, Shelf, remembering
from crossfoot.site import Builder, Site
from crossfoot.untranslated import absent_pages, completed
from crossfoot.uses import prints_of, uses_of


def _silent(text: str) -> None:
    """Say nothing."""


def build(
    folder: Path,
    *,
    site_url: str = "",
    cache: Path | None = None,
    say: Callable[[str], None] = _silent,
    documents: bool = False,
    shelf: Shelf | None = None,
) -> Site:
    """Return the site of the report in *folder*, which holds `data/`, `content/` and perhaps a `theme/` of its own.

    *site_url* is the absolute address the site will have, for links that must be absolute; *cache* keeps drawings and
    documents; *say* is told what is being done, for whoever watches; *documents* adds the PDF documents, for which
    `press.lacking` must find nothing missing; *shelf* keeps what was read for the next time.

    Raises:
        Problems: everything the author has to mend, each with its place; nothing has been written.
    """
    say("reading data and content")
    report, pages = read_report(folder, shelf)
    return build_from(report, pages, folder, site_url=site_url, cache=cache, say=say, documents=documents, shelf=shelf)


def read_report(folder: Path, shelf: Shelf | None = None) -> tuple[Report, tuple[Page, ...]]:
    """Return the report in *folder*, computed and linked to its pages, and the pages; not yet validated.

    *shelf* keeps what was read for the next time: files that have not changed are not read again.

    Raises:
        Problems: what cannot be read at all, in data and in content together.
    """
    shelf = shelf or Shelf()
    shelf.look_again()
    report: Report | None = None
    pages: tuple[Page, ...] = ()
    problems: list[Problem] = []
    try:
        report = load(folder / "data", shelf)  # every value remembers its file, line and column
    except Problems as found:
        problems += found.found
    try:
        pages = read_pages(folder / "content", report.languages if report else None, shelf)  # Markdown, not yet HTML
    except Problems as found:
        problems += found.found
    if problems or report is None:
        raise Problems(problems)
    report = completed(compute(report))  # totals, ratios, differences: unrounded Decimals; texts not yet translated
    linked = {
        "uses": uses_of(report, pages, shelf),
        "absent": absent_pages(report, pages),
        "version": data_version(folder, shelf),
    }
    report = report.model_copy(update=linked)
    report = audit(report, prints_of(report, pages, shelf))  # do the printed figures agree with each other?
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
    shelf: Shelf | None = None,
) -> Site:
    """Return the site of a report already read.

    Raises:
        Problems: what the rules find.
    """
    report, warnings = _ruled(report, pages, folder, say)
    builder = builder_of(report, pages, folder, site_url=site_url, cache=cache)
    site = replace(builder, say=say, documents=documents, shelf=shelf or Shelf()).site(warnings)
    return replace(site, sources=sources_of(report, folder))


def apply_rules(folder: Path, *, say: Callable[[str], None] = _silent) -> tuple[tuple[Problem, ...], tuple[Path, ...]]:
    """Apply every rule to the data and words in *folder*, and make no page.

    Returns:
        What is to be warned of, and the folders of other years that were read too.

    Raises:
        Problems: everything that the rules find wrong.
    """
    say("reading data and content")
    report, pages = read_report(folder)
    report, warnings = _ruled(report, pages, folder, say)
    return warnings, sources_of(report, folder)


def _ruled(
    report: Report, pages: tuple[Page, ...], folder: Path, say: Callable[[str], None]
) -> tuple[Report, tuple[Problem, ...]]:
    report = report.model_copy(update={"archive": archive_of(report, pages, folder, read_report)})
    with remembering(Memory(once=True)):
        warnings = validate(report, pages, say)  # all of them, never only the first
    check_tokens(theme_of(folder))  # colours that can be read
    return report, warnings


def sources_of(report: Report, folder: Path) -> tuple[Path, ...]:
    """Return the folders of other years that the site of *report* in *folder* is made from, too."""
    return tuple(folder / one.report / part for one in report.file.editions for part in ("data", "content"))


def builder_of(
    report: Report, pages: tuple[Page, ...], folder: Path, *, site_url: str = "", cache: Path | None = None
) -> Builder:
    """Return what makes the pages of a report already read, whether or not the rules have been applied to it.

    Raises:
        Problems: a language that crossfoot does not speak.
    """
    if report.archive is None:
        report = report.model_copy(update={"archive": archive_of(report, pages, folder, read_report)})
    languages = tuple(load_language(one, one.place) for one in report.languages)
    address = site_url.rstrip("/") + "/" if site_url else ""
    return Builder(report, pages, languages, theme_of(folder), address, cache)
