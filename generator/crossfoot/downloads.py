"""Where the files of tables, charts and figures stand, and the links that lead there."""

from __future__ import annotations

from collections.abc import Iterable

from crossfoot.kpis import STEM
from crossfoot.shown import Link
from crossfoot.wording import Wording, anchor, relative

DATA = "data"
"""The folder of the files, at the site's root; the page that lists them has the same name, below each language."""
KINDS = ("csv", "xlsx", "json")
"""The endings, in the order in which they are offered."""


def address(name: str, sort: str, stem: str) -> str:
    """Return what the files of the table or chart *name* are called: `energy/table-use`.

    What belongs to no section, such as a content index, is filed under the page *stem* on which it stands.
    """
    section, _, local = name.partition(".")
    return f"{section or stem}/{sort}-{anchor(local)}"


def file_of(address_: str, kind: str, language: str) -> str:
    """Return the path of a file from the site's root; a workbook holds all languages."""
    return f"{DATA}/{address_}.{kind}" if kind == "xlsx" else f"{DATA}/{language}/{address_}.{kind}"


def figure_file(id_: str, kind: str) -> str:
    """Return the path of the file of one figure from the site's root; it holds all languages."""
    section, _, local = id_.partition(".")
    return f"{STEM}/{section}/{anchor(local)}.{kind}"


def links(wording: Wording, files: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """Return a link to each of *files*, kind and path, from the page of *wording*."""
    words = wording.language.phrases
    return tuple(Link(words[f"data.kinds.{kind}"], relative(wording.path, path)) for kind, path in files)


def download_links(name: str, sort: str, wording: Wording) -> tuple[Link, ...]:
    """Return the links to the files of the table or chart *name*, shown on the page of *wording*."""
    found = address(name, sort, wording.stem)
    return links(wording, ((kind, file_of(found, kind, wording.language.id)) for kind in KINDS))


def figure_links(id_: str, wording: Wording) -> tuple[Link, ...]:
    """Return the links to the files of the figure *id_*."""
    return links(wording, ((kind, figure_file(id_, kind)) for kind in KINDS))
