"""Rules: every text is there in every language, and in no language the report does not have."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.model import Report, Text
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, did_you_mean
from crossfoot.untranslated import told_in
from crossfoot.uses import texts_in

_SLIPS = 20
"""Up to how many wordings in one unknown language are slips of the pen."""


def every_language_is_there(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each text has a wording in each language of the report, none empty, none in a language it does not have.

    Where `untranslated: fallback` or `hide` lets a wording be missing, what is shown in its place is a warning, and
    what is hidden is as the author wants it.
    """
    known = [language.id for language in report.languages]
    strange: dict[str, list[Place]] = {}
    texts = _texts(report)
    for text in texts:
        for key, words in text.by_language.items():
            if key != "*" and key not in known:
                strange.setdefault(key, []).append(text.place_in(key))
            elif not words.strip():
                yield Problem(
                    text.place_in(key),
                    f"the text in '{key}' is empty",
                    "write it, or take the whole text out",
                )
    for language in known:
        for text in texts if report.file.untranslated != "hide" else _texts(told_in(report, language)):
            if text.is_missing(language) and not _is_misspelt(text, known):
                yield from _missing(text, language, report)
    for key, places in strange.items():
        yield from _strange(key, places, known)


def _texts(report: Report) -> list[Text]:
    """Return every text of the data."""
    parts = (report.file, report.units, report.terms, report.frameworks, report.coverage, report.sections, report.notes)
    return [text for part in parts for text in texts_in(part)]


def _is_misspelt(text: Text, known: list[str]) -> bool:
    """Return whether *text* has a wording in an unknown language for each one it lacks: it is there, but misspelt."""
    unknown = [key for key in text.by_language if key != "*" and key not in known]
    return len(unknown) >= sum(text.is_missing(language) for language in known)


def _missing(text: Text, language: str, report: Report) -> Iterator[Problem]:
    """Yield that *text* has no wording in *language*, as a warning where another one is shown in its place."""
    reference = next(iter(text.by_language.values()), "")
    message = f"'{reference if len(reference) <= 50 else reference[:47] + '...'}' has no wording in '{language}'"
    hint = f"add '{language}: ...' beside it"
    if language in text.lent:
        hint += f"; until then it is shown in '{report.languages[0].id}'"
    yield Problem(text.place, message, hint, "warning" if language in text.lent else "error")


def _strange(key: str, places: list[Place], known: list[str]) -> Iterator[Problem]:
    """Yield each wording in a language that the report does not have, or one problem for a whole language."""
    text = f"'{key}' is not a language of this report"
    if len(places) > _SLIPS:
        hint = "add it under 'languages' in data/report.yaml, or take its wordings out"
        yield Problem(places[0], f"{text}, but {len(places)} texts have it", hint)
        return
    for place in places:
        yield Problem(place, text, did_you_mean(key, known, listed="languages"))
