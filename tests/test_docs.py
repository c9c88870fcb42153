"""The author's guide names whatever an author may write; what it links to is there."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from crossfoot import charts, tables
from crossfoot.__main__ import main
from crossfoot.inserts import BLOCK, FORMS, INLINE

GUIDE = (ROOT / "docs" / "author.md").read_text(encoding="utf-8")
PAPERS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]


@pytest.mark.parametrize("word", [*INLINE, *BLOCK])
def test_the_guide_names_every_insert(word):
    """Each with its braces, as it is typed."""
    assert re.search(rf"\{{\{{ {word}\b", GUIDE)


@pytest.mark.parametrize("form", FORMS)
def test_the_guide_names_every_form(form):
    """Each form of a figure."""
    assert re.search(rf"\b{form}\b", GUIDE)


@pytest.mark.parametrize("kind", sorted(tables.kinds()))
def test_the_guide_names_every_kind_of_table(kind):
    """As `kind:` says it."""
    assert re.search(rf"(kind: |`){kind}\b", GUIDE)


@pytest.mark.parametrize("kind", sorted(charts.kinds()))
def test_the_guide_names_every_kind_of_chart(kind):
    """As `kind:` says it."""
    assert re.search(rf"(kind: |`){kind}\b", GUIDE)


@pytest.mark.parametrize("command", sorted(set(main.commands) - {"schema"}))
def test_the_guide_names_every_command(command):
    """`crossfoot check` and the others; `schema` is for developers."""
    assert f"crossfoot {command}" in GUIDE


@pytest.mark.parametrize("path", PAPERS, ids=[path.name for path in PAPERS])
def test_what_a_paper_links_to_is_there(path):
    """Files of the repository, and headings of the same paper."""
    text = path.read_text(encoding="utf-8")
    plain = re.sub(r"(?ms)^```.*?^```|`[^`\n]*`", "", text)
    heads = {
        re.sub(r"[^\w\- ]", "", re.sub(r"`", "", head).lower()).strip().replace(" ", "-")
        for head in re.findall(r"(?m)^#+ (.+)$", text)
    }
    links = re.findall(r"\]\(([^)\s]+)\)", plain)
    files = [one.split("#")[0] for one in links if not one.startswith(("#", "http", "mailto:"))]

    assert [one for one in files if not (path.parent / one).exists()] == []
    assert [one for one in links if one.startswith("#") and one[1:] not in heads] == []


def test_the_developers_guide_names_every_file():
    """Whoever looks for a file of the generator finds what it is for; a folder is named as one."""
    guide = (ROOT / "docs" / "developer.md").read_text(encoding="utf-8")
    house = ROOT / "generator" / "crossfoot"
    names = [path.name if path.suffix else f"{path.name}/" for path in house.iterdir() if path.name[0] not in "._"]
    names = [name for name in names if name not in ("__pycache__/", "theme/")]

    assert [name for name in names if f"`{name}" not in guide] == []
