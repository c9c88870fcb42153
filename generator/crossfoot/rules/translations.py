"""Rules: no translation is older than its original."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.accepted import record_file
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, Problems, did_you_mean
from crossfoot.records import file_of
from crossfoot.translations import compared, stale


def translations_are_fresh(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """No translation is older than its original, as far as the record of accepted translations goes."""
    others = [language.id for language in report.languages[1:]]
    for language in others:
        if record_file(language) not in report.records:
            continue  # a report need not keep a record
        try:
            yield from stale(compared(report, pages, language))
        except Problems as found:
            yield from found.found
    for name in report.records:
        head, _, rest = name.partition(".")
        language = rest.removesuffix(".json")
        if head == "translations" and language not in others:
            hint = did_you_mean(language, others, listed="languages translated into") or "delete the file"
            text = f"'{language}' is not a language that this report is translated into"
            yield Problem(Place(file_of(name)), text, hint)
