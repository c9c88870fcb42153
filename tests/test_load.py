"""The data folder becomes one report, or every misfit is said with its place; nothing ends in a crash."""

from __future__ import annotations

import random
import re
import shutil

import pytest

from conftest import ROOT, TINY
from crossfoot import Problems, figures, read_report
from crossfoot.load import load
from crossfoot.localise import load_language
from crossfoot.rules import validate
from crossfoot.site import Builder
from test_rules import problems_in

PROGRAMMERS = re.compile(r"None|input should|dictionary|tuple|Decimal|<class|\bstr\b|instance|Error|pydantic|mapping")
"""Words that no author should have to read."""
WRONG = [
    "true",
    "",
    "[1, 2]",
    "{a: 1}",
    "x",
    "5",
    "-3",
    "2024-02-30",
    "[]",
    "{}",
    "a.b.c",
    "'{{ value x }}'",
    "99999999999999999999999999999999.5",
    "fleet.ghg",
    "2024/25",
    "{en: x, zh-Hant: y}",
]
"""Values that an author might type in the wrong place."""


def test_everything_knows_its_id(report):
    """Indicators are `section.name`; terms, notes and frameworks have the name before their colon or their file's."""
    assert report.indicator("fleet.ghg").id == "fleet.ghg"
    assert report.terms["lamp_award"].id == "lamp_award"
    assert report.notes["lamp_year"].id == "lamp_year"
    assert report.frameworks["bay-code"].id == "bay-code"
    assert report.sections["crew"].id == "crew"


def test_everything_knows_its_place(report):
    """File, line and column of each value, so that every message can name it."""
    lines = (TINY / "data" / "sections" / "fleet.yaml").read_text(encoding="utf-8").splitlines()
    for indicator in report.sections["fleet"].indicators.values():
        for one in indicator.values.values():
            if one.place != indicator.place and one.value is not None:
                found = lines[one.place.line - 1][one.place.column - 1 :]
                assert found.startswith((str(one.value), "{value:", "value:")), (indicator.id, found)


def test_sections_stand_in_the_order_of_the_report(report):
    """Chapters, then pages, then the rest."""
    assert list(report.sections) == ["fleet", "crew", "kpi", "registers", "about", "home"]


def test_every_number_keeps_its_digits(report):
    """798.10 is not 798.1."""
    assert [str(one.value) for one in report.indicator("fleet.diesel_fast").values.values()] == [
        "812.4",
        "798.10",
        "801",
        "790.25",
    ]


def test_terms_notes_and_frameworks_may_be_left_out(tmp_path):
    """The smallest report is report.yaml, units.yaml and one section."""
    data = tmp_path / "data"
    (data / "sections").mkdir(parents=True)
    shutil.copy(TINY / "data" / "units.yaml", data)
    (data / "report.yaml").write_text(
        "title: A\norganisation: {name: A}\nlanguages: [{id: en, tag: en, name: English}]\n"
        "period: '2024'\nperiods: {2024: {end: 2024-12-31}}\nchapters: [a]\n",
        encoding="utf-8",
    )
    (data / "sections" / "a.yaml").write_text("title: A\n", encoding="utf-8")

    report = load(data)

    assert (list(report.sections), report.terms, report.notes, report.frameworks) == (["a"], {}, {}, {})


def test_all_misfits_of_all_files_are_said_at_once(tmp_path):
    """Sorted by file, line and column."""
    shutil.copytree(TINY, tmp_path / "r")
    for name in ("report.yaml", "units.yaml", "notes.yaml", "terms/names.yaml", "sections/crew.yaml"):
        path = tmp_path / "r" / "data" / name
        path.write_text(path.read_text(encoding="utf-8") + "\nnonsense: [1\n", encoding="utf-8")

    with pytest.raises(Problems) as caught:
        load(tmp_path / "r" / "data")

    assert [problem.place.file for problem in caught.value.found] == [
        "data/notes.yaml",
        "data/report.yaml",
        "data/sections/crew.yaml",
        "data/terms/names.yaml",
        "data/units.yaml",
    ]


def test_files_left_behind_by_editors_are_no_part_of_the_report(tmp_path):
    """A backup or a swap file is not read and not refused."""
    shutil.copytree(TINY / "data", tmp_path / "data")
    shutil.copytree(TINY / "content", tmp_path / "content")
    for name in ("data/sections/.fleet.yaml.swp", "data/units.yaml~", "content/en/fleet.md~", "data/.DS_Store"):
        (tmp_path / name).write_text("x", encoding="utf-8")

    assert problems_in(tmp_path) == ""


@pytest.mark.parametrize("seed", range(3))
def test_whatever_stands_in_the_data_is_shown_or_refused_in_plain_words(seed, tmp_path, monkeypatch):
    """A value of the wrong kind anywhere gives a site, or problems with a place, never a crash."""
    monkeypatch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")
    for part in ("data", "content"):
        shutil.copytree(TINY / part, tmp_path / part)
    chance = random.Random(seed)
    value = re.compile(r'(?<=: )(\{[^{}]*\}|\[[^\[\]]*\]|"[^"]*"|[^,{}\[\]]+)(?=[,}\]]|$)')
    files = sorted((tmp_path / "data").rglob("*.yaml"))
    spots = [
        (path, row, match.span())
        for path in files
        for row, line in enumerate(path.read_text(encoding="utf-8").split("\n"))
        for match in value.finditer(line)
        if not line.startswith("#")
    ]
    for path, row, (start, end) in chance.sample(spots, 8):
        source = path.read_text(encoding="utf-8")
        lines = source.split("\n")
        lines[row] = lines[row][:start] + chance.choice(WRONG) + lines[row][end:]
        path.write_text("\n".join(lines), encoding="utf-8")
        try:
            report, pages = read_report(tmp_path)
            validate(report, pages)
            languages = tuple(load_language(one, one.place) for one in report.languages)
            Builder(report, pages, languages, ROOT / "theme").site()
        except Problems as problems:
            told = [(re.sub(r"'[^']*'", "", str(one)), one.place.file) for one in problems.found]
        else:
            told = []
        assert [(words, lines[row]) for words, file in told if not file or PROGRAMMERS.search(words)] == []
        path.write_text(source, encoding="utf-8")
