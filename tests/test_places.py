"""Places and problems: how they read in a terminal, as JSON and as annotations of a change."""

import json

import pytest

from crossfoot.places import NOWHERE, Place, Problem, Problems, as_annotations, as_json, did_you_mean

GAS = Place("data/sections/energy.yaml", 7, 13)
NUMBER = Problem(
    GAS, "'5,300' is not a number", "write 5300: a point for decimals,\nnothing between thousands", rule="yaml"
)
LABEL = Problem(Place("data/units.yaml", 3), "no label in Chinese", severity="warning")
FILE = Problem(Place("data/notes.yaml"), "there is no such file")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (GAS, "data/sections/energy.yaml:7:13"),
        (Place("data/units.yaml", 3), "data/units.yaml:3"),
        (Place("data/units.yaml"), "data/units.yaml"),
        (Place("data/units.yaml", 0, 5), "data/units.yaml"),
        (NOWHERE, ""),
    ],
)
def test_a_place_says_what_it_knows(place, expected):
    """File, line and column, as far as they are known; no column without a line."""
    assert expected == str(place)


def test_places_stand_in_the_order_of_reading():
    """By file, then line, then column, as numbers."""
    places = [Place("b", 1), Place("a", 10, 1), Place("a", 9, 20), Place("a", 9, 3), Place("a")]

    assert [Place("a"), Place("a", 9, 3), Place("a", 9, 20), Place("a", 10, 1), Place("b", 1)] == sorted(places)


def test_a_problem_in_a_terminal():
    """Where, what, and the hint indented below; a warning says that it is one."""
    assert str(NUMBER) == (
        "data/sections/energy.yaml:7:13: '5,300' is not a number\n"
        "    write 5300: a point for decimals,\n"
        "    nothing between thousands"
    )
    assert str(LABEL) == "data/units.yaml:3: warning: no label in Chinese"
    assert str(FILE) == "data/notes.yaml: there is no such file"


def test_problems_are_sorted_and_said_once():
    """All of them, by place, none of them twice."""
    problems = Problems([LABEL, NUMBER, FILE, NUMBER])

    assert problems.found == (FILE, NUMBER, LABEL)
    assert problems.errors == (FILE, NUMBER)
    assert f"{FILE}\n{NUMBER}\n{LABEL}" == str(problems)


def test_problems_can_be_raised_and_caught():
    """They are one exception, whose text is what the author reads."""
    with pytest.raises(Problems, match="there is no such file") as caught:
        raise Problems([FILE])

    assert caught.value.found == (FILE,)


def test_problems_as_json():
    """One object a problem, all its parts, Chinese as it is."""
    chinese = Problem(Place("data/a.yaml", 1, 2), "'能源' is written twice", rule="yaml")

    assert json.loads(as_json([LABEL, chinese])) == [
        {
            "file": "data/a.yaml",
            "line": 1,
            "column": 2,
            "severity": "error",
            "rule": "yaml",
            "message": "'能源' is written twice",
            "hint": "",
        },
        {
            "file": "data/units.yaml",
            "line": 3,
            "column": 0,
            "severity": "warning",
            "rule": "",
            "message": "no label in Chinese",
            "hint": "",
        },
    ]
    assert "能源" in as_json([chinese])
    assert as_json([]) == "[]"


def test_problems_as_annotations():
    """One command a line; what has a meaning there is escaped."""
    odd = Problem(Place("data/a,b:c.yaml", 1), "100% of it\r\nis odd")

    assert as_annotations([NUMBER, LABEL, FILE, odd]) == (
        "::error file=data/a%2Cb%3Ac.yaml,line=1,title=crossfoot::100%25 of it%0D%0Ais odd\n"
        "::error file=data/notes.yaml,title=crossfoot::there is no such file\n"
        "::error file=data/sections/energy.yaml,line=7,col=13,title=yaml::'5,300' is not a number%0A"
        "write 5300: a point for decimals,%0Anothing between thousands\n"
        "::warning file=data/units.yaml,line=3,title=crossfoot::no label in Chinese"
    )
    assert as_annotations([]) == ""


@pytest.mark.parametrize(
    ("word", "known", "listed", "expected"),
    [
        ("lable", ["label", "unit"], "", "did you mean 'label'?"),
        ("HKEX-2016", ["hkex-2016", "sdg"], "", "did you mean 'hkex-2016'?"),
        ("water", ["label", "unit"], "", ""),
        ("water", ["unit", "label"], "keys here", "keys here: label, unit"),
        ("lable", ["unit", "label"], "keys here", "did you mean 'label'?\nkeys here: label, unit"),
        ("x", [], "keys here", ""),
        ("x", [f"key{number}" for number in range(41)], "keys here", ""),
    ],
)
def test_did_you_mean(word, known, listed, expected):
    """The nearest word, whatever its capitals, and a list of the words unless it is long."""
    assert expected == did_you_mean(word, known, listed=listed)
