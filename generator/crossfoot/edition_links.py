"""The switch of years on a page: the same page of each published year, and word of a later one."""

from __future__ import annotations

from crossfoot.editions import Archive, Edition
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import Link, Phrase, Run
from crossfoot.wording import page_path, relative


def years(report: Report, language: Language, stem: str, *, root: str | None = None) -> tuple[Link, ...]:
    """Return one link a published year, the earliest first, each to the page *stem* in *language*, or to the home page.

    *root* is the way to the site's root, where it is not that of the page *stem*. Empty where there is one year.
    """
    archive = report.archive
    if not isinstance(archive, Archive) or not archive.others:
        return ()
    back = root_of(language, stem) if root is None else root
    return tuple(_link(edition, archive, language, stem, back) for edition in archive.editions)


def newer(report: Report, language: Language, stem: str) -> Phrase:
    """Return that a later year is published, with the way to the page *stem* of the latest; empty on the latest."""
    archive = report.archive
    if not isinstance(archive, Archive) or not archive.later:
        return ()
    latest = archive.latest
    there = latest.has(language.id, stem)
    key = "editions.older" if there else "editions.older_home"
    lead, _, tail = language.word(key, language.period(archive.own.when), "\0").partition("\0")
    link = _link(latest, archive, language, stem, root_of(language, stem))
    return (Run(lead), Run(language.period(latest.when), kind="link", href=link.href), Run(tail))


def root_of(language: Language, stem: str) -> str:
    """Return the way from the page *stem* to the root of its site: `../../`."""
    return relative(page_path(language.id, stem), ".").rstrip("/") + "/"


def _link(edition: Edition, archive: Archive, language: Language, stem: str, root: str) -> Link:
    spoken = edition.language(language.id)
    there = edition.has(spoken.id, stem)
    notes = [] if there else [language.word("editions.home")]
    if spoken.id != language.id:
        notes.append(language.word("editions.other_language", language.name_of(spoken.tag)))
    return Link(
        language.period(edition.when),
        edition.href(root, spoken.id, stem if there else "home"),
        current=edition is archive.own,
        tag=spoken.tag,
        note=language.word("brackets", language.phrases["list_comma"].join(notes)) if notes else "",
        spoken="" if there else language.word("editions.not_there"),
    )
