"""Rules: each language is written as it is written: its script, its vocabulary, its marks and spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from crossfoot.model import Rendering, Report
from crossfoot.narrative import Page
from crossfoot.places import Problem
from crossfoot.rules.passages import Passage, is_in_name, names_in, passages
from crossfoot.rules.punctuation import chinese_marks, english_marks, pairs_are_whole
from crossfoot.usage import Usage, one_of, usage_of

Slip = tuple[int, int, str, str]
"""Where a slip begins and ends in the words of a passage, what it is, and what to write instead."""


def texts_are_of_their_language(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each text is written as its language is: characters, words, marks and spaces, and what the glossary avoids.

    The checks below are one rule, since all of them read every text.
    """
    read = tuple(passages(report, pages))
    for check in CHECKS:
        name = check.__name__.replace("_", "-")
        yield from (replace(problem, rule=name) for problem in check(report, read))


def scripts_do_not_mix(report: Report, read: tuple[Passage, ...]) -> Iterator[Problem]:
    """No Simplified character stands in Traditional text, and none the other way round, names included."""
    for language in report.languages:
        usage = usage_of(language.tag)
        if not usage.script:
            continue
        ours = [one for one in read if one.language.id == language.id]
        strangers = usage.strangers(one.masked for one in ours)
        if strangers:
            pattern = re.compile(f"[{''.join(strangers)}]")
            for passage in ours:
                for match in pattern.finditer(passage.masked):
                    yield _problem(passage, _stranger(match, strangers, usage))


def _avoided(entry: Rendering, language: str) -> tuple[str, ...]:
    """Return what *entry* avoids in *language*; what it asks for as well, another rule tells of."""
    return tuple(one for one in entry.avoid.get(language, ()) if one not in entry.words.get(language, ()))


def _stranger(match: re.Match[str], strangers: dict[str, str], usage: Usage) -> Slip:
    found = match.group()
    text = f"'{found}' is no {usage.script.capitalize()} character"
    return match.start(), match.end(), text, f"write {strangers[found]}"


def words_and_marks_are_of_the_language(report: Report, read: tuple[Passage, ...]) -> Iterator[Problem]:
    """Words, marks, spaces and digits are those of the language: 網絡 in Hong Kong, not 網路; names are free."""
    names: dict[str, frozenset[str]] = {}
    for passage in read:
        if passage.is_name:
            continue
        usage = usage_of(passage.language.tag)
        text = passage.masked
        for slip in (*unused_words(text, usage), *odd_marks(text, usage)):
            known = names.setdefault(passage.language.id, names_in(report, passage.language.id))
            if not is_in_name(passage.words, slip[0], slip[1], known):
                yield _problem(passage, slip)


def avoided_words_are_not_written(report: Report, read: tuple[Passage, ...]) -> Iterator[Problem]:
    """No text has a wording that the glossary avoids, outside registered names."""
    patterns: dict[str, tuple[re.Pattern[str], dict[str, Rendering]]] = {}
    for language in report.languages:
        avoided = {wording: one for one in report.glossary.values() for wording in _avoided(one, language.id)}
        kept = [word for one in report.glossary.values() for word in one.unless.get(language.id, ())]
        # A wording that is asked for stands over a shorter one that is avoided: 私隱 over 隱私, 殘疾人士 over 殘疾人.
        kept += [word for one in report.glossary.values() for word in one.words.get(language.id, ())]
        if avoided:
            kept = [word for word in kept if word not in avoided and any(one in word for one in avoided)]
            patterns[language.id] = (one_of((*avoided, *kept)), avoided)
    if not patterns:
        return
    names = {language: names_in(report, language) for language in patterns}
    for passage in read:
        pattern, avoided = patterns.get(passage.language.id, (None, {}))
        if pattern is None or passage.is_name:
            continue
        for match in pattern.finditer(passage.masked):
            entry = avoided.get(match.group())
            if entry is None or is_in_name(passage.words, *match.span(), names[passage.language.id]):
                continue
            text = f"'{match.group()}' is avoided by the glossary"
            right = " or ".join(entry.words.get(passage.language.id, ()))
            yield Problem(passage.place(match.start()), text, f"write {right}" if right else "write it in another way")


def unused_words(text: str, usage: Usage) -> Iterator[Slip]:
    """Yield each wording that *usage* does not have."""
    pattern, instead = usage.unused
    for match in pattern.finditer(text):
        right = instead.get(match.group())
        if right is not None:
            yield match.start(), match.end(), f"'{match.group()}' is not written here", f"write {right}"


def odd_marks(text: str, usage: Usage) -> Iterator[Slip]:
    """Yield each mark, space or digit that *usage* writes otherwise."""
    if usage.punctuation == "full":
        yield from chinese_marks(text, usage.quotes)
        yield from pairs_are_whole(text, "《》〈〉「」『』“”（）【】()")
    elif usage.punctuation == "half":
        yield from english_marks(text)
        yield from pairs_are_whole(text, "“”()")


def _problem(passage: Passage, slip: Slip) -> Problem:
    start, end, message, hint = slip
    place = passage.place(start)
    if message.startswith("a space") and end < len(passage.words) and passage.place(end).line != place.line:
        hint = "a line break in the data becomes a space: write both lines as one"
    return Problem(place, message, hint)


CHECKS: tuple[Callable[[Report, tuple[Passage, ...]], Iterator[Problem]], ...] = (
    scripts_do_not_mix,
    words_and_marks_are_of_the_language,
    avoided_words_are_not_written,
)
"""What every text is held against, in this order."""
