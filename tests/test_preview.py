"""The preview: what an edit has read, drawn and made anew, and that no page is ever staler than its files."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from conftest import TINY
from crossfoot import build
from crossfoot.draft import draft_of
from crossfoot.places import Problems
from crossfoot.shelf import Memory, Shelf, remembering
from small_report import change, write

DEMO = Path(__file__).parent / "demo"
ADDRESS = "http://127.0.0.1:8000/"
ENERGY = "data/sections/energy.yaml"


@pytest.fixture
def folder(tmp_path):
    """The small report."""
    return write(tmp_path / "report")


@pytest.fixture
def shelf():
    """Where what was read is kept."""
    return Shelf()


def drafted(folder, shelf, cache):
    """Return the draft of *folder* and the names of what had to be made for it."""
    shelf.made.clear()
    draft = draft_of(folder, ADDRESS, cache, shelf)
    return draft, list(shelf.made)


def test_one_figure_changed_reads_one_file(folder, shelf, tmp_path):
    """Of all data and words, the file that holds it; no page is made until it is asked for."""
    drafted(folder, shelf, tmp_path / "cache")
    change(folder / ENERGY, "396.25", "398.75")
    draft, made = drafted(folder, shelf, tmp_path / "cache")

    assert [name for name in made if name.startswith(("data ", "page "))] == [f"data {ENERGY}"]
    assert draft.html == {}


def test_one_figure_changed_draws_the_charts_that_show_it(folder, shelf, tmp_path, monkeypatch):
    """The others are found among those kept; the page asked for is the only one made."""
    from crossfoot import draw

    drawn = []
    bare = draw._bare
    monkeypatch.setattr(draw, "_bare", lambda chart, font: drawn.append(chart) or bare(chart, font))
    cache = tmp_path / "cache"
    draft, _ = drafted(folder, shelf, cache)
    for path in draft.plans:
        draft.page(path)
    everything = len(drawn)
    drawn.clear()
    change(folder / ENERGY, "396.25", "398.75")
    draft, _ = drafted(folder, shelf, cache)
    page = draft.page("en/energy/index.html")

    assert "398.75 MWh" in page
    assert list(draft.html) == ["en/energy/index.html"]
    assert 0 < len(drawn) < everything
    assert all("398.75" in str(chart) for chart in drawn), "a chart that does not show the figure was drawn again"


def test_one_figure_changed_fills_in_the_parts_that_show_it(shelf, tmp_path):
    """Of a page asked for again, every other table, drawing and note is the one that was made before."""
    folder, page = shutil.copytree(TINY, tmp_path / "report"), "en/fleet/index.html"
    draft, _ = drafted(folder, shelf, tmp_path / "cache")
    draft.page(page)
    before = {*draft.memory._fresh}
    change(folder / "data/sections/fleet.yaml", "2021/22: 812.4", "2021/22: 812.9")
    draft, _ = drafted(folder, shelf, tmp_path / "cache")
    draft.page(page)
    anew = {*draft.memory._fresh} - before
    astray = [one for one in anew if not re.search(r"812\.9|1,?113\.9", repr(one))]

    assert {one[0] for one in anew} >= {"tables/table.html", "figures/chart.html", "drawing"}
    assert astray == [], "the figure and the total that it is a part of stand in none of what these were made of"
    assert len(draft.memory._fresh) > 2 * len(anew)


def test_words_changed_read_one_page(folder, shelf, tmp_path):
    """Of all files, the one they stand in."""
    drafted(folder, shelf, tmp_path / "cache")
    change(folder / "content/en/energy.md", "burned", "used")
    _, made = drafted(folder, shelf, tmp_path / "cache")

    assert "page content/en/energy.md" in made
    assert [name for name in made if not name.endswith(" content/en/energy.md")] == []


def test_nothing_changed_reads_nothing(folder, shelf, tmp_path):
    """As where a file was saved without a change."""
    drafted(folder, shelf, tmp_path / "cache")

    assert drafted(folder, shelf, tmp_path / "cache")[1] == []


def test_another_reference_language_calls_its_own_inserts(folder, shelf, tmp_path):
    """What was found in a section is kept for one language: the same section in another is looked at anew."""
    drafted(folder, shelf, tmp_path / "cache")
    file = folder / "data" / "report.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if "id: en," in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    file.write_text("".join(lines), encoding="utf-8")
    remembered, made = drafted(folder, shelf, tmp_path / "cache")

    assert {"qualified energy zh-Hant", "inside table energy.use zh-Hant"} <= set(made)
    assert _pages(remembered) == _pages(drafted(folder, Shelf(), tmp_path / "cache")[0])


def test_other_years_are_watched(tmp_path):
    """A change of the year before shows in this one's pages, so its folders are among what the preview looks at."""
    draft = draft_of(DEMO / "2024-25", ADDRESS, tmp_path / "cache", Shelf())
    found = {path.resolve().relative_to(DEMO).as_posix() for path in draft.sources}

    assert found == {f"{year}/{part}" for year in ("2022-23", "2023-24") for part in ("data", "content")}


# --- never stale: hundreds of random edits, each state held against a clean build

FIGURES = re.compile(r"(?<=: )\d+(?:\.\d+)?(?=[,}\s])")


def _one_of(things, chance):
    """Return one of *things*; None where there is none left."""
    found = list(things)
    return chance.choice(found) if found else None


def _another_figure(folder, chance):
    files = sorted((folder / "data" / "sections").glob("*.yaml"))
    file = chance.choice(files)
    text = file.read_text(encoding="utf-8")
    found = _one_of(FIGURES.finditer(text), chance)
    if found:
        digits = re.sub(r"\d", lambda one: str(chance.randint(1, 9)), found[0])
        file.write_text(text[: found.start()] + digits + text[found.end() :], encoding="utf-8")


def _another_label(folder, chance):
    file = chance.choice(sorted((folder / "data" / "sections").glob("*.yaml")))
    text = file.read_text(encoding="utf-8")
    found = _one_of(re.finditer(r"en: ([A-Z][a-z]+)", text), chance)
    if found:
        file.write_text(f"{text[: found.end()]} {chance.choice('xyz')}{text[found.end() :]}", encoding="utf-8")


def _another_word(folder, chance):
    file = chance.choice(sorted((folder / "content").rglob("*.md")))
    file.write_text(file.read_text(encoding="utf-8") + chance.choice(["\n\nMore.\n", "\n\n更多。\n"]), encoding="utf-8")


def _a_comma_lost(folder, chance):
    file = chance.choice(sorted((folder / "data").rglob("*.yaml")))
    text = file.read_text(encoding="utf-8")
    places = [place for place, sign in enumerate(text) if sign in ",:}]"]
    place = chance.choice(places)
    file.write_text(text[:place] + text[place + 1 :], encoding="utf-8")


def _a_template(folder, chance):
    file = chance.choice(sorted((folder / "theme" / "parts").glob("*.html")))
    file.write_text(file.read_text(encoding="utf-8") + f"<!-- {chance.randint(1, 99)} -->", encoding="utf-8")


def _a_token(folder, chance):
    file = folder / "theme" / "assets" / "tokens.css"
    words = re.sub(r"--data-1: #\w{6}", f"--data-1: #{chance.randint(0x100000, 0x777777):06x}", file.read_text("utf-8"))
    file.write_text(words, encoding="utf-8")


def _a_file_gone(folder, chance):
    files = [*sorted((folder / "content").rglob("*.md")), *sorted((folder / "data" / "sections").glob("*.yaml"))]
    chance.choice(files).unlink()


def _a_file_renamed(folder, chance):
    file = chance.choice(sorted((folder / "content").rglob("*.md")))
    file.rename(file.with_name(f"other{chance.randint(1, 9)}.md"))


def _an_id_renamed(folder, chance):
    file = chance.choice(sorted((folder / "data" / "sections").glob("*.yaml")))
    text = file.read_text(encoding="utf-8")
    found = _one_of(re.finditer(r"(?m)^  ([a-z_]+):", text), chance)
    if found:
        old, new = found[1], f"{found[1]}_x"
        for one in [file, *(folder / "content").rglob("*.md")]:
            one.write_text(re.sub(rf"\b{old}\b", new, one.read_text(encoding="utf-8")), encoding="utf-8")


def _all_mended(folder, chance):
    for part in ("data", "content", "theme"):
        shutil.rmtree(folder / part)
        shutil.copytree(folder.parent / "pristine" / part, folder / part)


EDITS = [
    *[_another_figure] * 6,
    *[_another_label] * 3,
    *[_another_word] * 2,
    *[_all_mended] * 5,
    _a_comma_lost,
    _a_template,
    _a_token,
    _a_file_gone,
    _a_file_renamed,
    _an_id_renamed,
]


def _state(make):
    """Return what *make* gives, or why there is nothing: a draft is not checked, and may stumble over a mistake."""
    try:
        return make()
    except Problems as problems:
        return str(problems)
    except Exception as stumbled:
        return f"{type(stumbled).__name__}: {stumbled}"


def _pages(draft):
    return {path: draft.page(path) for path in draft.plans}


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_pages_are_those_of_a_clean_build(seed, folder, shelf, tmp_path):
    """Fifty edits at random: figures, labels, words, templates, tokens, files gone or renamed, mistakes, mended.

    After each, every page of the draft that remembers all states before is byte for byte that of one that knows
    nothing; and so is every page and file of a build that remembers, where the report can be built.
    """
    shutil.copytree(folder, tmp_path / "pristine")
    chance = random.Random(seed)
    cache, proof, memory = tmp_path / "cache", Shelf(), Memory()
    built = 0
    for number in range(50):
        edit = chance.choice(EDITS)
        try:
            edit(folder, chance)
        except IndexError:  # all such files are gone
            edit = _all_mended
            edit(folder, chance)
        remembered = _state(lambda: _pages(draft_of(folder, ADDRESS, cache, shelf)))
        clean = _state(lambda: _pages(draft_of(folder, ADDRESS, cache, Shelf())))
        assert remembered == clean, f"edit {number}, {edit.__name__}"
        if number % 5 == 0:
            with remembering(memory):
                kept = _state(lambda: build(folder, site_url=ADDRESS, cache=cache, shelf=proof))
            fresh = _state(lambda: build(folder, site_url=ADDRESS, cache=cache))
            assert kept == fresh, f"edit {number}, {edit.__name__}"
            if not isinstance(kept, str):
                memory.turn()
            built += not isinstance(fresh, str)
            if not isinstance(fresh, str) and not isinstance(clean, str):
                assert clean == fresh.html, "the draft shows other pages than the build"
    assert built, "no state could be built"
