"""The words become pages: which file is which page, what stands where, what cannot be read."""

from __future__ import annotations

import shutil

import pytest

from conftest import TINY
from crossfoot import Problems
from crossfoot.narrative import Page, blocks, heading_id, parser, read_pages


def page(source):
    """Return *source* as a page."""
    return Page("fleet", "en", "content/en/fleet.md", source, parser().parse(source, {}))


def test_every_file_is_a_page_of_its_language(tiny):
    """Stem and folder say which; `index` is the home page."""
    found = {(one.language, one.stem): one.section for one in tiny[1]}

    assert sorted(found) == [
        (language, stem)
        for language in ("en", "zh-Hant")
        for stem in ("about", "crew", "fleet", "index", "kpi", "registers")
    ]
    assert found["en", "index"] == "home"


def test_a_place_counts_lines_and_characters_from_one():
    """Chinese characters count as one."""
    found = page("第一行\n耗用{{ value waste }}。\n")

    assert [(str(place), insert.raw) for insert, place in found.inserts()] == [
        ("content/en/fleet.md:2:3", "{{ value waste }}")
    ]


def test_inserts_in_code_are_not_inserts():
    """What stands in backticks is shown as it is."""
    assert list(page("`{{ value x }}`\n\n```\n{{ value y }}\n```\n").inserts()) == []


def test_blocks_are_whole():
    """A list with all its points is one block."""
    found = [block[0].type for block in blocks(page("Words.\n\n- one\n- two\n\n{{ table x }}\n").tokens)]

    assert found == ["paragraph_open", "bullet_list_open", "insert_block"]


def test_a_heading_names_its_id():
    """A typed heading names none."""
    found = [heading_id(block) for block in blocks(page("## {{ heading fuel }}\n\n## Fuel\n\nWords.\n").tokens)]

    assert found == ["fuel", None, None]


def test_a_block_insert_needs_no_empty_lines():
    """It ends the paragraph above and starts a block of its own."""
    found = [block[0].type for block in blocks(page("Words\n{{ table x }}\nWords\n").tokens)]

    assert found == ["paragraph_open", "insert_block", "paragraph_open"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("en/fleet.md", b"caf\xe9\n"),
        ("en/fleet.md", "Words".encode("utf-16")),
        ("en/fleet.md", b"Wo\0rds\n"),
    ],
    ids=["latin", "utf-16", "nul"],
)
def test_a_page_that_is_no_text_is_refused(name, content, tmp_path, report):
    """With its name; the other pages are read on."""
    shutil.copytree(TINY / "content", tmp_path / "content")
    (tmp_path / "content" / name).write_bytes(content)

    with pytest.raises(Problems) as caught:
        read_pages(tmp_path / "content", report.languages)

    assert {one.place.file for one in caught.value.found} == {f"content/{name}"}


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfWords.\n", b"Words.\r\n", b"Words.\r"], ids=["bom", "crlf", "cr"])
def test_marks_of_other_editors_are_taken(content, tmp_path, report):
    """A byte order mark and other line ends change nothing."""
    shutil.copytree(TINY / "content", tmp_path / "content")
    (tmp_path / "content" / "en" / "fleet.md").write_bytes(content)

    found = next(one for one in read_pages(tmp_path / "content", report.languages) if one.file == "content/en/fleet.md")

    assert found.source == "Words.\n"
