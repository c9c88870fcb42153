"""How each language writes figures, days and periods: by hand-made cases, and what happens at the edges."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from functools import cache
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import cases
from conftest import TINY
from crossfoot.localise import Language, load_language
from crossfoot.model import Observation, Period, ReportLanguage, Unit
from crossfoot.places import Place, Problems
from test_rules import changed, problems_in

NUMBER = {"name": "number", "pattern": "{}"}
UNITS = {
    "number": NUMBER,
    "rmb": {**NUMBER, "pattern": {"en": "RMB{}", "zh-Hant": "人民幣{}元"}},
    "tonne": {
        **NUMBER,
        "pattern": {"en": "{} tonnes", "zh-Hant": "{}噸"},
        "one": {"en": "{} tonne", "zh-Hant": "{}噸"},
    },
    "per_head": {**NUMBER, "pattern": {"en": "{} tonnes per head", "zh-Hant": "每人{}噸"}},
    "percent": {**NUMBER, "pattern": "{}%", "percent": True},
    "person": {**NUMBER, "pattern": {"en": "{}", "zh-Hant": "{}名"}},
}


def keys(flow):
    """Return the keys and values of a flow mapping such as `{value: 12.50, scale: million}`."""
    found = dict(part.split(": ", 1) for part in re.split(r", (?=\w+: )", flow.strip("{}")))
    return {key: Decimal(value) if key in ("value", "upto") else value for key, value in found.items()}


def answer(language: Language, asked: str) -> str:
    """Return what *language* answers to one line of a case."""
    word, _, rest = asked.partition(" ")
    flow, _, tail = rest.partition("} ") if "{" in rest else (rest, "", "")
    match word:
        case "value":
            unit, *forms = tail.split()
            wanted = {form: True for form in forms if form not in ("as", forms[-1] if "as" in forms else "")}
            qualifier = {"qualifier": forms[-1]} if "as" in forms else {}
            observation = Observation.model_validate(keys(flow))
            return language.value(observation, Unit.model_validate(UNITS[unit]), **wanted, **qualifier)
        case "cell":
            return language.cell(Observation.model_validate(keys(flow)))
        case "period":
            return language.period(Period.model_validate(keys(flow)))
        case "day":
            return language.day(rest)
        case _:
            return getattr(language, word)(Decimal(rest))


@pytest.mark.parametrize("case", cases("numbers.md"), ids=str)
def test_number(case, languages):
    """Each figure, day and period reads like this in each language."""
    answers = [f"{name}: {answer(language, case.input.strip())}".rstrip() for name, language in languages.items()]

    assert "".join(f"{one}\n" for one in answers) == case.expected


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_no_digit_is_lost_or_added(value):
    """Taking the grouping out of what is shown gives back the value, digit for digit."""
    for name in ("en", "zh-Hant"):
        shown = load(name).digits(value)
        expected = format(value, "f") if value else format(abs(value), "f")
        assert shown.replace(",", "").replace("−", "-") == expected


@settings(deadline=None)
@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**6),
    st.sampled_from(["one", "thousand", "million", "billion"]),
)
def test_a_scale_word_says_the_same_amount(value, scale):
    """600 million and 6億 are one amount: reading the words back gives the amount typed."""
    powers = {"million": 6, "billion": 9, "萬": 4, "億": 8}
    observation = Observation(value=value, scale=scale)
    for name in ("en", "zh-Hant"):
        digits, word = re.fullmatch(r"([\d,.]+)\s*(\D*)", load(name).scaled(observation, value)).groups()
        assert Decimal(digits.replace(",", "")).scaleb(powers.get(word, 0)) == observation.amount


@cache
def load(name):
    """Return the language *name*."""
    return load_language(ReportLanguage(id=name, tag=name, name=name), Place("data/report.yaml"))


def test_every_language_has_every_phrase():
    """The phrases of each language have the same keys; scale words are each language's own."""
    wanted = {key for key in load("en").phrases if "scale" not in key}

    for entry in (resources.files("crossfoot") / "phrases").iterdir():
        name = entry.name.removesuffix(".yaml")
        assert {key for key in load(name).phrases if "scale" not in key} == wanted, name


def test_every_phrase_has_the_gaps_of_its_twin():
    """A phrase of one gap has one gap in every language, so that no figure is ever dropped."""
    gaps = {key: words.count("{") for key, words in load("en").phrases.items() if "scale" not in key}

    for key, words in load("zh-Hant").phrases.items():
        if key in gaps and key not in ("ordinal", "title_marks"):
            assert (key, words.count("{")) == (key, gaps[key])


def test_a_language_without_phrases_is_said():
    """It is placed at the report's own entry, with the languages there are."""
    with pytest.raises(Problems) as caught:
        load("la")

    assert str(caught.value) == (
        "data/report.yaml: there are no phrases for the language 'la'\n"
        "    languages with phrases: en, zh-Hant\n"
        "    another one is a file of the same keys under generator/crossfoot/phrases"
    )


def test_a_language_that_leads_out_of_the_folder_is_said():
    """A language's id is never a path."""
    with pytest.raises(Problems, match=r"there are no phrases for the language '\.\./en'"):
        load("../en")


def test_a_third_language_lists_every_text_it_lacks(tmp_path):
    """Adding a language to the report names each text without a wording, with its place."""
    for part in ("data", "content"):
        shutil.copytree(TINY / part, tmp_path / part)
    changed(
        "data/report.yaml\n"
        "replace: name: 繁體中文} => name: 繁體中文}\\n  - {id: la, tag: la, name: Latina}\n"
        "content/la/index.md\ncreate: Salve.\n",
        tmp_path,
    )

    told = problems_in(tmp_path)

    assert "data/sections/fleet.yaml:16:12: 'Targets' has no wording in 'la'\n    add 'la: ...' beside it\n" in told
    assert "content/la/fleet.md: this page is missing\n    every page exists in every language\n" in told
