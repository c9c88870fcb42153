"""Rules: every text is there in every language, and in no language the report does not have."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, did_you_mean
from crossfoot.uses import texts_in

_SLIPS = 20
"""Up to how many wordings in one unknown language are slips of the pen."""


def every_language_is_there(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each text has a wording in each language of the report, none empty, none in a language it does not have."""
    known = [language.id for language in report.languages]
    strange: dict[str, list[Place]] = {}
    nouns = (report.file, report.units, report.terms, report.frameworks, report.sections, report.notes)
    for text in (text for noun in nouns for text in texts_in(noun)):
        for key, words in text.by_language.items():
            if key != "*" and key not in known:
                strange.setdefault(key, []).append(text.place_in(key))
            elif not words.strip():
                yield Problem(
                    text.place_in(key),
                    f"the text in '{key}' is empty",
                    "write it, or take the whole text out",
                )
        unknown = [key for key in text.by_language if key != "*" and key not in known]
        missing = [language for language in known if text.get(language) is None]
        for language in missing:
            if len(unknown) < len(missing):  # else the wording is there, under a misspelt language
                reference = next(iter(text.by_language.values()), "")
                shown = reference if len(reference) <= 50 else reference[:47] + "..."
                yield Problem(
                    text.place,
                    f"'{shown}' has no wording in '{language}'",
                    f"add '{language}: ...' beside it",
                )
    for key, places in strange.items():
        yield from _strange(key, places, known)


def _strange(key: str, places: list[Place], known: list[str]) -> Iterator[Problem]:
    """Yield each wording in a language that the report does not have, or one problem for a whole language."""
    text = f"'{key}' is not a language of this report"
    if len(places) > _SLIPS:
        hint = "add it under 'languages' in data/report.yaml, or take its wordings out"
        yield Problem(places[0], f"{text}, but {len(places)} texts have it", hint)
        return
    for place in places:
        yield Problem(place, text, did_you_mean(key, known, listed="languages"))
