"""How a language is written: characters, words, marks, the glossary, and what a sentence claims of a figure."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from case_files import cases
from conftest import ROOT, TINY
from crossfoot import Problems, read_report
from crossfoot.narrative import Page, parser
from crossfoot.pinpoint import inside
from crossfoot.places import Place
from crossfoot.rules import RULES
from crossfoot.rules.claims import claims_come_from_data
from crossfoot.rules.inserts import inserts_in_pages_are_known
from crossfoot.rules.language import odd_marks, texts_are_of_their_language, unused_words
from crossfoot.rules.passages import masked
from crossfoot.rules.terms import glossary_is_sound, terms_are_rendered
from crossfoot.usage import FOLDER, usage_of
from crossfoot.yamlfile import read
from test_rules import changed

OURS = (texts_are_of_their_language, glossary_is_sound, terms_are_rendered, claims_come_from_data)


def slips_in(words: str, tag: str) -> str:
    """Return what is told of *words*: line and column, what is wrong, and what to write."""
    usage = usage_of(tag)
    text = masked(words)
    found = [*unused_words(text, usage), *odd_marks(text, usage)]
    for character, right in usage.strangers([text]).items():
        said = f"'{character}' is no {usage.script.capitalize()} character"
        found += [(match.start(), match.end(), said, f"write {right}") for match in re.finditer(character, text)]
    told = ""
    for start, _, said, hint in sorted(found):
        before = words[:start]
        told += f"{before.count(chr(10)) + 1}:{start - before.rfind(chr(10))}: {said}\n    {hint}\n"
    return told


def told_in(folder: Path) -> str:
    """Return what the rules on language say of the report in *folder*, and those on inserts of its pages."""
    try:
        report, pages = read_report(folder)
    except Problems as problems:
        return f"{problems}\n"
    found = [problem for rule in (*OURS, inserts_in_pages_are_known) for problem in rule(report, pages)]
    return "".join(f"{problem}\n" for problem in sorted(found))


@pytest.fixture
def copy(tmp_path):
    """A copy of the tiny report's data and words."""
    for part in ("data", "content"):
        shutil.copytree(TINY / part, tmp_path / part)
    return tmp_path


@pytest.mark.parametrize("case", cases("language.md"), ids=str)
def test_text(case):
    """A text is told of in these words, at these places, or not at all."""
    tag, _, words = case.input.partition("\n")

    assert case.expected == slips_in(words.removesuffix("\n"), tag)


@pytest.mark.parametrize("case", cases("claims.md"), ids=str)
def test_claim(case, tiny):
    """What a sentence claims of a figure is an insert, and an insert claims only what the printed digits prove."""
    report, _ = tiny
    language, _, words = case.input.partition("\n")
    words = words.removesuffix("\n")
    page = Page("fleet", language, f"content/{language}/fleet.md", words, parser().parse(words, {}))
    found = [*inserts_in_pages_are_known(report, (page,)), *claims_come_from_data(report, (page,))]

    assert case.expected == "".join(f"{problem}\n" for problem in sorted(found))


@pytest.mark.parametrize("case", cases("wordings.md"), ids=str)
def test_report(case, copy):
    """One change to the tiny report is told to its author at the very word, in the data as on the pages."""
    changed(case.input, copy)

    assert case.expected == told_in(copy)


@pytest.mark.parametrize("folder", [TINY, ROOT], ids=["tiny", "own"])
def test_no_false_alarm(folder):
    """Both reports are silent: what is right is never told of."""
    assert told_in(folder) == ""


def test_the_rules_run():
    """Each of these rules is in the visible list."""
    assert set(OURS) <= set(RULES)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_phrases_are_written_as_their_language_is(language):
    """What crossfoot itself says keeps to the rules it holds a report to; `{}` stands for a figure."""
    tag = {"zh-Hant": "zh-Hant-HK"}.get(language, language)
    path = FOLDER.parent / "phrases" / f"{language}.yaml"
    waiting, wordings = [read(path, path.name).value], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [below for key, below in one.items() if key not in _SIGNS]
        else:
            wordings.append(str(one))

    assert [(words, slips_in(words, tag)) for words in wordings if slips_in(words, tag)] == []


_SIGNS = ("group", "decimal", "list_comma", "colon", "subtitle_comma", "brackets", "code_comma")
"""Phrases that are a mark and its spaces, no text."""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_to_write_instead_is_right_itself(path):
    """No list proposes a word that it refuses, or has a longer word that holds none of those it is about."""
    usage = usage_of(path.stem)
    instead = {**usage.words, **usage.misused}

    assert {wrong: slips_in(right, path.stem) for wrong, right in instead.items() if slips_in(right, path.stem)} == {}
    assert [one for one in usage.unless if not any(wrong in one for wrong in instead)] == []
    assert [wrong for wrong, right in instead.items() if wrong == right] == []


def test_opencc_is_asked_only_of_doubtful_characters(monkeypatch):
    """A report without a strange character never waits for the dictionaries."""
    monkeypatch.setattr("crossfoot.script._converter", lambda way: pytest.fail("the dictionaries were opened"))

    assert {} == usage_of("zh-Hant-HK").strangers(["環境、社會及管治報告，這裏着力披露溫室氣體排放"])


def test_the_form_of_a_character_is_that_of_the_region():
    """Hong Kong writes 裏, Taiwan 裡; each is told its own form."""
    assert usage_of("zh-Hant-HK").strangers(["为"]) == {"为": "為"}
    assert usage_of("zh-Hant-HK").strangers(["线"]) == {"线": "線"}
    assert usage_of("zh-Hant-TW").strangers(["线"]) == {"线": "線"}
    assert usage_of("zh-Hans").strangers(["線"]) == {"線": "线"}
    assert usage_of("en-GB").strangers(["为"]) == {}


PLACES = [
    ("a: b 報告c", 4, "b 報告c", 2, (1, 6)),
    ('a: "b 報告c"', 4, "b 報告c", 2, (1, 7)),
    ("a: 'it''s x'", 4, "it's x", 5, (1, 11)),
    ('a: "say \\"x\\" y"', 4, 'say "x" y', 8, (1, 15)),
    ("a: >-\n  one two\n  three x\n", 4, "one two three x", 14, (3, 9)),
    ("a: |\n  one\n\n  two x\n", 4, "one\n\ntwo x\n", 9, (4, 7)),
    ("a: one\n  two x", 4, "one two x", 8, (2, 7)),
    ("a: one two", 4, "one two", 3, (1, 7)),
    ("a: quite another text", 4, "报", 0, (1, 4)),
]


@pytest.mark.parametrize(("source", "column", "words", "offset", "expected"), PLACES)
def test_the_very_character_is_pointed_at(source, column, words, offset, expected):
    """Whatever quotes or folds a text; the place of the text where the two do not fit."""
    found = inside(source, Place("f.yaml", 1, column), words, offset)

    assert expected == (found.line, found.column)
