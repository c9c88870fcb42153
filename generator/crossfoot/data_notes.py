"""The sheet of notes of a workbook: what the numbers are, what they rest on, who may use them; a column a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from crossfoot.evidence_data import short_version
from crossfoot.explain import Explainer
from crossfoot.live import Verdict
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import Figure, Phrase, Table, plain
from crossfoot.workbook import Leaf

Topic = tuple[str, str]
"""What a remark is about, in the language, and the remark."""
Topics = dict[str, list[Topic]]
"""By language."""


def notes_leaf(topics: Mapping[str, Sequence[Topic]], languages: Sequence[Language]) -> Leaf:
    """Return the sheet that holds *topics*, which are as many and in the same order in every language."""
    there = [language for language in languages if language.id in topics]
    titles = [" / ".join(dict.fromkeys(one.phrases["data.topics.topic"] for one in there))]
    rows = []
    for line in zip_longest(*(topics[language.id] for language in there), fillvalue=("", "")):
        about = " / ".join(dict.fromkeys(name for name, _ in line if name))
        rows.append((about, *(words for _, words in line)))
    name = " ".join(dict.fromkeys(one.phrases["data.notes"] for one in there))
    return Leaf(name, [*titles, *(language.name for language in there)], rows)


def remarks(shown: Table | Figure, explainer: Explainer, language: Language) -> Iterator[Topic]:
    """Yield what stands around a table or chart: its title, what it covers, its notes."""
    table = explainer.table
    parts: list[tuple[str, Phrase]] = (
        [("caption", shown.caption), ("description", shown.description)]
        if isinstance(shown, Table)
        else [
            ("caption", shown.title),
            ("description", shown.subtitle),
            ("words", shown.description),
            ("source", shown.source),
        ]
    )
    for key, phrase in parts:
        if phrase:
            yield language.phrases[f"data.topics.{key}"], plain(phrase)
    for mark, words in explainer.notes():
        yield language.word("data.topics.note", mark), words
    for phrase in table.general:
        yield language.phrases["data.topics.remark"], plain(phrase)


def live_notes(found: Sequence[Verdict], report: Report, language: Language) -> Iterator[Topic]:
    """Yield what became of each figure with a formula: live, or written as printed and why."""
    for verdict in found:
        indicator = report.indicator(verdict.figure.run.name, "")
        assert indicator is not None
        period = report.file.periods[verdict.figure.facts["period"]]
        said = f"{language.of(indicator.label)}{language.word('brackets', language.period(period))}"
        gaps = (said, verdict.gives) if verdict.outcome == "differs" else (said,)
        yield language.phrases["data.topics.live"], language.word(f"data.live.{verdict.outcome}", *gaps)


def about_report(report: Report, language: Language) -> Iterator[Topic]:
    """Yield whose report it is, where its figures come from, who may use them, and from which data they were made."""
    file = report.file
    said = (
        ("report", language.of(file.title)),
        ("organisation", language.of(file.organisation.name)),
        ("source", language.of(file.source)),
        ("licence", language.of(file.licence)),
        ("disclaimer", language.of(file.disclaimer)),
        ("version", short_version(report)),
    )
    for key, words in said:
        if words:
            yield language.phrases[f"data.topics.{key}"], words
