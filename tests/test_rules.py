"""The rules, one change to the tiny report at a time: what an author is told stands in cases/problems.md."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from case_files import cases
from conftest import TINY
from crossfoot import Problems, read_report
from crossfoot.localise import load_language
from crossfoot.rules import RULES, validate


def changed(given: str, folder: Path) -> None:
    """Make the changes that *given* asks for: a file's name, then what to do in it, one a line."""
    path = folder
    for line in given.splitlines():
        word, _, rest = line.partition(": ")
        rest = rest.replace("\\n", "\n")
        old, _, new = rest.partition(" => ")
        match word.strip():
            case "replace":
                text = path.read_text(encoding="utf-8")
                assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {path.name}"
                path.write_text(text.replace(old, new), encoding="utf-8")
            case "append":
                path.write_text(path.read_text(encoding="utf-8") + rest + "\n", encoding="utf-8")
            case "create":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(rest + "\n", encoding="utf-8")
            case "rename":
                path.rename(folder / rest)
            case "delete":
                path.unlink() if path.is_file() else shutil.rmtree(path)
            case name:
                path = folder / name


def problems_in(folder: Path) -> str:
    """Return what the author of the report in *folder* is told, nothing if it can be published."""
    try:
        report, pages = read_report(folder)
        warnings = validate(report, pages)
        for language in report.languages:
            load_language(language, language.place)
    except Problems as problems:
        return f"{problems}\n"
    return "".join(f"{warning}\n" for warning in warnings)


@pytest.fixture
def copy(tmp_path):
    """A copy of the tiny report's data and words."""
    for part in ("data", "content"):
        shutil.copytree(TINY / part, tmp_path / part)
    return tmp_path


@pytest.mark.parametrize("case", cases("problems.md"), ids=str)
def test_problem(case, copy):
    """One change to the tiny report is told to its author in these words, with file, line and column."""
    changed(case.input, copy)

    assert case.expected == problems_in(copy)


def test_the_tiny_report_has_no_problem():
    """The report that every case starts from is whole."""
    assert problems_in(TINY) == ""


def test_every_rule_says_what_it_keeps():
    """Each rule has a sentence that says what a report must keep to."""
    assert [rule.__name__ for rule in RULES if not rule.__doc__] == []


def test_a_report_without_frameworks_is_whole(copy):
    """A report may follow no framework at all."""
    shutil.rmtree(copy / "data" / "frameworks")
    shutil.rmtree(copy / "data" / "coverage")
    for path in (copy / "data" / "sections").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if "disclosures:" not in line and "context:" not in line]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")

    assert problems_in(copy) == ""
