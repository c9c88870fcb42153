"""What every file of the API is made from: the report, its languages, and where the site will stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crossfoot.evidence_data import Facts
from crossfoot.evidence_wording import Auditor
from crossfoot.kpis import STEM
from crossfoot.localise import Language
from crossfoot.model import Report, Text
from crossfoot.shown import plain
from crossfoot.tabular import json_text as tabular_json
from crossfoot.wording import Wording, anchor, page_path

FOLDER = "api/v1"
"""Where the API stands below the site's root; another promise will have another number."""
UP = "../../"
"""The way from the API to the site's root."""

Record = dict[str, Any]
"""One thing as a JSON object."""


@dataclass(frozen=True)
class Given:
    """The report as the API tells it, in all languages at once."""

    report: Report
    languages: tuple[Language, ...]
    site_url: str = ""
    """With a slash at its end; empty where it is unknown."""

    @cached_property
    def facts(self) -> Facts:
        """What the evidence knows."""
        return Facts(self.report, self.languages, self.site_url)

    @cached_property
    def auditors(self) -> Mapping[str, Auditor]:
        """Who tells a claim in each language."""
        return {one.id: Auditor(wording) for one, wording in self._worded()}

    @cached_property
    def _wordings(self) -> Mapping[str, Wording]:
        return {one.id: wording for one, wording in self._worded()}

    def _worded(self) -> Iterator[tuple[Language, Wording]]:
        for language in self.languages:
            yield language, Wording(self.report, language, STEM)

    def texts(self, text: Text | None, section: str = "") -> dict[str, str] | None:
        """Return *text* in each language that has it, its inserts resolved; None where there is none.

        A wording that is lent by the reference language is left out: a program is not told that it is a translation.
        """
        if text is None:
            return None
        found = {
            name: plain(wording.text(text, section))
            for name, wording in self._wordings.items()
            if not text.is_missing(name)
        }
        return {name: words for name, words in found.items() if words} or None

    def words(self, key: str, *values: str) -> dict[str, str]:
        """Return the phrase *key* in each language."""
        return {one.id: one.word(key, *values) for one in self.languages}

    def page(self, stem: str, anchor_: str = "") -> dict[str, str]:
        """Return the way from the API to a page in each language that has it."""
        absent = self.report.absent
        there = [one.id for one in self.languages if stem not in absent.get(one.id, ())]
        return {one: f"{UP}{page_path(one, stem)}{f'#{anchor_}' if anchor_ else ''}" for one in there}

    def stands_at(self, key: str, own: str = "") -> list[Record]:
        """Return the pages on which something is used, `value:energy.total`, with the nearest heading or *own* anchor.

        *own* is `table energy.emissions`: a table or chart has an anchor of its own on each page.
        """
        kind, _, name = own.partition(" ")
        found = []
        for use in self.report.uses.get(key, ()):
            anchor_ = use.anchor
            if own:
                section, _, local = name.partition(".")
                home = "" if use.page == section else f"{anchor(section)}-"
                anchor_ = f"{kind}-{home}{anchor(local)}"
            found.append({"page": use.page, "anchor": anchor_ or None, "href": self.page(use.page, anchor_)})
        return found


def json_text(name: str, given: Given, **content: Any) -> str:
    """Return the file *name* of the API: which schema it keeps, which data it was made from, then *content*."""
    data = {"$schema": f"schema/{name}.json", "data_version": given.facts.version, **content}
    return tabular_json(data)
