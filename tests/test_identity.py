"""The names that last: nothing an author writes is without one, and no two things share one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from conftest import ROOT, TINY
from crossfoot import read_report
from crossfoot.identity import digest, facts, folded, setting
from crossfoot.yamlfile import read

DEFAULTS = {
    ("basis", "proved"),
    ("direction", "at-most"),
    ("kpi", "false"),
    ("obligation", "voluntary"),
    ("purpose", "reported"),
    ("qualifier", "exact"),
}
"""What is the same typed or left out."""


@pytest.fixture(scope="module", params=[TINY, ROOT], ids=["tiny", "own"])
def known(request):
    """A report's folder and its facts."""
    return request.param, list(facts(*read_report(request.param)))


def leaves(value, path=()):
    """Yield every plain value of a file with the keys above it."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below, path)
    elif value is not None:
        yield path, value


def test_no_two_things_share_a_name(known):
    """In one language, a name stands for one thing."""
    times = Counter((fact.key, fact.language) for fact in known[1])

    assert [name for name, number in times.items() if number > 1] == []


def test_whatever_an_author_writes_is_a_fact(known):
    """Each value typed in a data file, glossary and defaults aside, is said by a fact of that file."""
    folder, found = known
    missed = []
    for file in sorted((folder / "data").rglob("*.yaml")):
        name = file.relative_to(folder / "data").as_posix()
        said = "\n".join(f"{fact.said} {fact.key}" for fact in found if fact.file == name)
        for path, value in leaves(read(file, name).value) if name != "glossary.yaml" else ():
            plain = value if isinstance(value, str) else setting(value)
            if plain not in said and (path[-1], plain) not in DEFAULTS:
                missed.append((name, path, plain))

    assert missed == []


def test_every_block_of_a_page_is_a_fact(known):
    """Each line of words in a page is part of a wording or of a heading, table or chart of that page."""
    folder, found = known
    missed = []
    for file in sorted((folder / "content").rglob("*.md")):
        language = file.parent.name
        said = "\n".join(fact.said for fact in found if fact.file == file.name and fact.language == language)
        for line in file.read_text(encoding="utf-8").splitlines():
            words = line.strip().lstrip("#->*1234567890. ").strip()
            if words and folded(words) not in folded(said):
                missed.append((file.name, language, words))

    assert missed == []


def test_each_fact_stands_somewhere(known):
    """A file and a line, so that whoever tells of it can say where."""
    assert [fact.key for fact in known[1] if not fact.place.file or not fact.place.line] == []


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("one  two\n three ", "one two three"),
        ("烤爐於春季\n清潔。", "烤爐於春季清潔。"),
        ("使用 {{ value gas }}\n煤氣", "使用 {{ value gas }} 煤氣"),
        ("ISO 14001\n標準", "ISO 14001 標準"),
    ],
)
def test_white_space_as_a_reader_sees_it(typed, seen):
    """White space counts once, and not at all between Chinese characters."""
    assert folded(typed) == seen


def test_a_digest_is_short_and_lasts():
    """As `printf '396.25 mwh' | sha256sum | cut -c 1-16` prints it."""
    assert digest("396.25 mwh") == "e48fdd0692f44691"


@pytest.mark.parametrize("folder", [TINY, ROOT], ids=["tiny", "own"])
def test_facts_are_the_same_in_every_run(folder):
    """Python gives sets another order in each run; no name and no fingerprint depends on it."""
    program = (
        "import sys; from pathlib import Path; from crossfoot import read_report; from crossfoot.identity import facts;"
        "print([(one.key, one.said) for one in facts(*read_report(Path(sys.argv[1])))])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(said) == 1
