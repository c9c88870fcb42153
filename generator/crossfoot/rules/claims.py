"""Rules: what a sentence claims of a figure is said by an insert, from the data, never by words typed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from crossfoot.inserts import PATTERN, read, value_call
from crossfoot.model import Indicator, Observation, Report, Section, period_meant
from crossfoot.narrative import Page
from crossfoot.places import Problem
from crossfoot.rules.passages import INSERT, Passage
from crossfoot.usage import Usage, usage_of
from crossfoot.uses import texts_in

_END = re.compile(r"[;；。！？]|[.!?:](?=\s|$)|：|\n[ \t]*\n")
_BREAK = re.compile(rf"{_END.pattern}|[,，]")
"""What ends the clause before a figure; behind it, a comma does not: `came to {{ value waste }}, the highest`."""
_WORD = re.compile(rf"{INSERT}+|[^\W\d_](?:[\w’'-]*\w)?|[,，、()（）]")
_HAN_STEP = re.compile(rf"{INSERT}+|[^\s{INSERT}]")
_NEAR = {False: 4, True: 6}
"""How many words of English, or characters of Chinese, may stand between a claim and its figure."""
_INSTEAD: Mapping[str, str] = {
    "change": "write {{ change NAME since PERIOD }}",
    "share": "write {{ share NAME of NAME }}",
    "rank": "write {{ rank NAME }}",
    "compare": "write {{ compare NAME NAME }}",
}
Figure = tuple[int, int, str, Indicator | None, Observation | None, tuple[str, ...]]
"""Where an insert of a figure begins and ends, how it is typed, the figure, its observation and the insert's forms."""


def claims_come_from_data(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """No word beside a figure claims that it rose, doubled, is the highest or more than half: an insert says so.

    Beside is: in the same sentence, with at most four words or six Chinese characters between, and before the figure no
    comma. A figure that is such a claim of the source's own says so: `measures: change`. A qualifier typed before a
    figure is the one of its data, and `plain` keeps it from standing twice.
    """
    for passage, section in _with_figures(report, pages):
        usage = usage_of(passage.language.tag)
        told: set[int] = set()
        for figure in _figures(passage, section):
            for problem, at in _claimed_of(figure, passage, usage):
                if at not in told:
                    told.add(at)
                    yield problem
            yield from _hedged(figure, passage, usage)


def _claimed_of(figure: Figure, passage: Passage, usage: Usage) -> Iterator[tuple[Problem, int]]:
    start, end, raw, indicator, _, _ = figure
    for at, word, sort in _claims_beside(passage.masked, start, end, usage):
        if indicator is None or indicator.measures != sort:
            hint = _INSTEAD[sort]
            if sort != "compare":
                hint += f"; if the source itself prints this, 'measures: {sort}' at its indicator says so"
            yield Problem(passage.place(at), f"'{word}' is claimed by hand of {raw}", hint), at


def _hedged(figure: Figure, passage: Passage, usage: Usage) -> Iterator[Problem]:
    """Yield what is wrong with a qualifier typed right before *figure*."""
    start, _, raw, _, observation, forms = figure
    found = _qualifier_before(passage.masked, start, usage)
    if found is None or observation is None or observation.value is None or "as" in forms:
        return
    at, word, qualifier = found
    ours = observation.qualifier
    if ours in ("exact", "range"):
        text = f"'{word}' hedges {raw}, which the data do not"
        hint = f"write 'as {qualifier}' in the insert in place of the word, or take it out"
    elif "plain" not in forms:
        text = f"'{word}' stands before {raw}, which says it already"
        hint = "take it out, or add plain"
    elif ours != qualifier and {ours, qualifier} not in ({"over", "at-least"}, {"about", "nearly"}):
        text = f"'{word}' is not how the data hedge {raw}"
        hint = f"the data say '{ours}'; take 'plain' out and leave the word to them"
    else:
        return
    yield Problem(passage.place(at), text, hint, rule="qualifiers-come-from-data")


def _figures(passage: Passage, section: str) -> Iterator[Figure]:
    report = passage.report
    for match in PATTERN.finditer(passage.words):
        insert = read(match)
        if insert.word != "value" or passage.masked[match.start()] != INSERT:
            continue  # no figure, or one that stands in code
        call = value_call(insert.args)
        indicator = report.indicator(call.name, section)
        period = call.period or (period_meant(indicator, report) if indicator else "")
        observation = indicator.values.get(period) if indicator else None
        yield match.start(), match.end(), insert.raw, indicator, observation, call.forms


def _with_figures(report: Report, pages: tuple[Page, ...]) -> Iterator[tuple[Passage, str]]:
    """Yield each text and page that shows a figure, with the section whose names it may use alone.

    Editor's notes are left out: they quote and weigh what the source says.
    """
    languages = {language.id: language for language in report.languages}
    homes: list[tuple[str, Section]] = list(report.sections.items())
    for home, section in homes:
        for text in texts_in(section):
            for key, words in text.by_language.items():
                if key in languages and "{{ value" in words:
                    yield Passage(languages[key], words, text, report), home
    for page in pages:
        if page.language in languages:
            yield Passage(languages[page.language], page.source, page, report), page.section


def _claims_beside(text: str, start: int, end: int, usage: Usage) -> Iterator[tuple[int, str, str]]:
    """Yield each claim beside the insert from *start* to *end*: where it stands, its words, and its sort."""
    pattern = _claims(usage)
    if pattern is None:
        return
    step, near = (_HAN_STEP if usage.is_han else _WORD), _NEAR[usage.is_han]
    ends = [match.end() for match in _BREAK.finditer(text, max(0, start - 200), start)]
    low = ends[-1] if ends else max(0, start - 200)
    stop = _END.search(text, end, end + 200)
    high = stop.start() if stop else end + 200
    for match in pattern.finditer(text, low, start):
        if match.lastgroup and len(step.findall(text, match.end(), start)) <= near:
            yield match.start(), match.group(), str(match.lastgroup)
    for match in pattern.finditer(text, end, high):
        if match.lastgroup and len(step.findall(text, end, match.start())) <= near:
            yield match.start(), match.group(), str(match.lastgroup)


def _qualifier_before(text: str, start: int, usage: Usage) -> tuple[int, str, str] | None:
    """Return the qualifier that stands right before *start*: where it begins, its word, and which it is."""
    before = text[max(0, start - 40) : start]
    stripped = before.rstrip(" \n*_")
    if stripped.endswith(usage.no_qualifiers) and usage.no_qualifiers:
        return None
    found = [
        (len(word), word, qualifier)
        for qualifier, words in usage.qualifiers.items()
        for word in words
        if stripped.casefold().endswith(word) and (usage.is_han or not stripped[: -len(word)][-1:].isalnum())
    ]
    if not found:
        return None
    length, _, qualifier = max(found)
    at = max(0, start - 40) + len(stripped) - length
    return at, text[at : at + length], qualifier


def _claims(usage: Usage) -> re.Pattern[str] | None:
    sorts = tuple((sort, words) for sort, words in sorted(usage.claims.items()))
    return _compiled(sorts, usage.no_claims, usage.is_han)


@cache
def _compiled(
    claims: tuple[tuple[str, tuple[str, ...]], ...], no_claims: tuple[str, ...], is_han: bool
) -> re.Pattern[str] | None:
    """Return a pattern of all words that claim something, each sort a group; None where none are known."""
    if not claims:
        return None
    edge = "" if is_han else r"\b"
    groups = (
        f"(?P<{sort}>{'|'.join(re.escape(word).replace(chr(92) + '*', '[a-z]*') for word in words)})"
        for sort, words in claims
    )
    harmless = "".join(f"{re.escape(one)}|" for one in no_claims)
    return re.compile(f"(?i){edge}(?:{harmless}{'|'.join(groups)}){edge}")
