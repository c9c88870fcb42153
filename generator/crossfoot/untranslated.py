"""What is shown where a translation is missing: the original, marked; nothing at all; or the report is not made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from crossfoot.model import Report, Text
from crossfoot.narrative import Page

HIDDEN = frozenset(("definition", "method", "description", "note", "summary", "subtitle", "short", "source", "general"))
"""Keys whose text may be left out of one language, where `untranslated: hide` says so; nothing else rests on them."""
_OPEN = ("terms", "frameworks", "coverage", "sections", "notes")
"""Parts of a report whose texts may be missing; report.yaml and units.yaml are needed whole in every language."""


def completed(report: Report) -> Report:
    """Return *report* with the wording of the reference language lent to each text that lacks another language's.

    Where the report says `untranslated: error`, nothing is lent.
    """
    if report.file.untranslated == "error" or not report.languages:
        return report
    reference, *others = (language.id for language in report.languages)

    def lend(_: str, text: Text) -> Text:
        words = text.by_language.get(reference)
        lacking = [language for language in others if text.is_missing(language)]
        return text.model_copy(update={"lent": dict.fromkeys(lacking, words)}) if words and lacking else text

    return _with(report, lend)


def told_in(report: Report, language: str) -> Report:
    """Return *report* as it is told in *language*: where it says `untranslated: hide`, without what is to be hidden."""
    if report.file.untranslated != "hide" or language == report.languages[0].id:
        return report

    def hide(key: str, text: Text) -> Text | None:
        return None if key in HIDDEN and text.is_missing(language) else text

    return _with(report, hide)


def absent_pages(report: Report, pages: tuple[Page, ...]) -> Mapping[str, frozenset[str]]:
    """Return, for each language, the pages that are left out of it; the home page never is."""
    if report.file.untranslated != "hide" or not report.languages:
        return {}
    there = {one.id: {page.section for page in pages if page.language == one.id} for one in report.languages}
    wanted = there[report.languages[0].id] - {"home"}
    return {language: frozenset(wanted - found) for language, found in there.items() if wanted - found}


def _with(report: Report, change: Callable[[str, Text], Text | None]) -> Report:
    parts = {name: _changed(getattr(report, name), name, change) for name in _OPEN}
    return report.model_copy(update=parts)


def _changed(value: Any, key: str, change: Callable[[str, Text], Text | None]) -> Any:
    """Return *value* with each text in it changed; itself, if none is."""
    if isinstance(value, Text):
        return change(key, value)
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        update = {name: _changed(below, name, change) for name, below in fields.items()}
        update = {name: below for name, below in update.items() if below is not fields[name]}
        return value.model_copy(update=update) if update else value
    if isinstance(value, Mapping):
        changed = {name: _changed(below, key, change) for name, below in value.items()}
        return changed if any(below is not value[name] for name, below in changed.items()) else value
    if isinstance(value, (tuple, list)):
        items = [_changed(below, key, change) for below in value]
        if all(one is other for one, other in zip(items, value, strict=True)):
            return value
        return type(value)(one for one in items if one is not None)
    return value
