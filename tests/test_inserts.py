"""Inserts: how they are read, and what prose that holds them becomes for a reader."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import cases
from conftest import ROOT
from crossfoot.inserts import BLOCK, FORMS, INLINE, PATTERN, Insert, found_in, read, split_text, value_call
from crossfoot.localise import load_language
from crossfoot.narrative import Page, parser
from crossfoot.render import Body, environment
from crossfoot.wording import Wording


def html_of(report, language, source):
    """Return the HTML of *source* as a page of the chapter `fleet`."""
    chosen = next(one for one in report.languages if one.id == language)
    page = Page("fleet", language, f"content/{language}/fleet.md", source, parser().parse(source, {}))
    wording = Wording(report, load_language(chosen, chosen.place), "fleet", "fleet")
    return Body(wording, environment(ROOT / "theme")).html(page)


@pytest.mark.parametrize("case", cases("inserts.md"), ids=str)
def test_insert(case, report):
    """Prose of one language becomes this HTML."""
    language, source = case.input.split("\n", 1)

    assert html_of(report, language, source).rstrip("\n") + "\n" == case.expected


def test_an_insert_is_a_word_and_names():
    """Spaces around and between do not matter."""
    match = PATTERN.search("a {{   value  waste 2024/25 bare }} b")

    assert read(match) == Insert("value", ("waste", "2024/25", "bare"), 2, 35)
    assert read(match).raw == "{{ value waste 2024/25 bare }}"


def test_text_is_split_at_its_inserts():
    """Nothing between them is lost."""
    pieces = list(split_text("a {{ period }} b{{ date x }}"))

    assert pieces == ["a ", Insert("period", (), 2, 14), " b", Insert("date", ("x",), 16, 28)]


def test_an_empty_insert_has_no_word():
    """It is read, so that a rule can refuse it."""
    assert [insert.word for insert in found_in("{{ }} {{}}")] == ["", ""]


def test_a_period_and_forms_stand_in_any_order():
    """`as` takes the word after it; the first other word is the period."""
    call = value_call(("waste", "words", "as", "over", "2024/25"))

    assert (call.name, call.period, call.forms, call.qualifier) == ("waste", "2024/25", ("words", "as"), "over")


def test_as_without_a_qualifier_is_read():
    """The rule then says that '' is no qualifier; nothing fails."""
    assert value_call(("waste", "as")).qualifier == ""


def test_no_word_is_both_inline_and_alone():
    """Each insert either stands in a sentence or alone on its line, and how it is written says its own word."""
    assert set(INLINE) & set(BLOCK) == set()
    for word, written in {**INLINE, **BLOCK}.items():
        assert re.match(r"\{\{ (\w+)", written).group(1) == word
    assert len(set(FORMS)) == len(FORMS)


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=80))
def test_any_text_becomes_html_without_a_tag_of_its_own(text):
    """Whatever stands between inserts is text: no tag passes that Markdown itself did not make."""
    source = text.replace("{{", "{ {")
    html = parser().render(source)

    assert not re.search(r"<(script|img|iframe|style|b|i)[\s>]", html)
