"""Figure parity: the finished pages of the tiny report, with one thing spoilt in the HTML at a time."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from case_files import cases
from conftest import DRAWINGS, ROOT, TINY
from crossfoot import Problems, build, read_report
from crossfoot.export import figures_csv, figures_json
from crossfoot.localise import load_language
from crossfoot.parity import Parity
from crossfoot.readback import Readers
from crossfoot.shown import PageView
from crossfoot.site import Builder, parity_of

BOTH = Readers({"en-GB": "en", "zh-Hant-HK": "zh-Hant"}, {"en": {"t": ["{} tonnes"]}, "zh-Hant": {"t": ["{}噸"]}})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The tiny report, its site, and what holds its pages against each other."""
    folder = tmp_path_factory.mktemp("parity") / "report"
    shutil.copytree(TINY, folder)
    (folder / "theme").symlink_to(ROOT / "theme")
    site = build(folder, cache=DRAWINGS)
    report, pages = read_report(folder)
    languages = tuple(load_language(one, one.place) for one in report.languages)
    return report, site, parity_of(report, pages, languages)


def spoilt(given, site):
    """Return the author's pages of *site*, changed as *given* asks: a page's path, then `old => new` lines."""
    pages = {page.path: page for page in site.pages if page.kind in ("home", "chapter", "page")}
    path = ""
    for line in given.splitlines():
        old, arrow, new = line.replace("\\n", "\n").partition(" => ")
        if not arrow:
            path = line
            continue
        html = pages[path].html
        assert old in html, f"'{old}' is not on {path}"
        pages[path] = replace(pages[path], html=html.replace(old, new, 1))
    return tuple(pages.values())


@pytest.mark.parametrize("case", cases("parity.md"), ids=str)
def test_spoilt_page(case, made):
    """What is spoilt on one page is told, in these words, with both places; what is not spoilt is not told."""
    _, site, parity = made
    found = parity.problems(spoilt(case.input, site), {})

    assert case.expected.splitlines() == [line for problem in found for line in str(problem).splitlines()]


def test_the_tiny_report_is_silent(made):
    """The same report in two languages has nothing to tell."""
    _, site, parity = made

    assert parity.problems(site.pages, site.files) == ()
    assert site.warnings == ()


def test_the_report_of_the_repository_is_silent():
    """Nor has the report of the repository."""
    report, pages = read_report(ROOT)
    languages = tuple(load_language(one, one.place) for one in report.languages)
    site = Builder(report, pages, languages, ROOT / "theme", cache=DRAWINGS).site()

    assert site.warnings == ()


def test_a_report_that_says_something_else_is_not_published(folder):
    """A theme that garbles a figure on every page alike is told, and nothing is handed out."""
    theme = folder / "theme"
    theme.unlink()
    shutil.copytree(ROOT / "theme", theme)
    runs = theme / "parts" / "runs.html"
    html = runs.read_text(encoding="utf-8")
    garbled = html.replace("{{ run.text }}</data>", "{{ run.text | replace('2,861.2', '2,816.2') }}</data>", 1)
    assert html != garbled
    runs.write_text(garbled, encoding="utf-8")

    with pytest.raises(Problems) as problems:
        build(folder, cache=DRAWINGS)

    assert {"figure-parity"} == {problem.rule for problem in problems.value.found}
    assert "is read as 2816.2" in str(problems.value)


# -- the files to download ------------------------------------------------------------------------------


def told(parity, site, name, content):
    """Return what is told of a file."""
    return [problem.message for problem in parity.problems(site.pages, {name: content})]


def test_the_exported_figures_are_those_of_the_pages(made):
    """JSON and CSV give each figure with its machine number and its wording in each language, and all agree."""
    report, site, parity = made

    assert [] == told(parity, site, "figures.json", figures_json(report))
    assert [] == told(parity, site, "figures.csv", figures_csv(report))
    assert [] == told(parity, site, "figures.csv", "\ufeff".encode() + figures_csv(report).encode())


def test_another_number_in_a_file(made):
    """A file that gives another number than the pages is told with both places."""
    report, site, parity = made
    spoilt_json = figures_json(report).replace('"value": "2861.2"', '"value": "2861.3"')
    spoilt_csv = figures_csv(report).replace("fleet.scope1,2024/25,2861.2,", "fleet.scope1,2024/25,2861.3,")
    places = "'fleet.scope1' (2024/25) 2861.2 in en/fleet/index.html#fuel"

    assert f"'fleet.scope1' (2024/25) 2861.3 stands in figures.json, {places}" in told(
        parity, site, "figures.json", spoilt_json
    )
    assert f"'fleet.scope1' (2024/25) 2861.3 stands in figures.csv, {places}" in told(
        parity, site, "figures.csv", spoilt_csv
    )


def test_another_wording_in_a_file(made):
    """A file whose wording says something else than its number is told."""
    report, site, parity = made
    spoilt_json = figures_json(report).replace("約240萬人", "約24萬人")

    assert [
        "'crew.passengers' (2024/25) 2400000 (about) stands in figures.json, but '約24萬人' is read as 240000"
    ] == told(parity, site, "figures.json", spoilt_json)


def test_a_file_of_one_figure(made):
    """The id may stand once, above the values; numbers may be numbers; a part is not held against its whole."""
    _, site, parity = made
    right = {"id": "fleet.scope1", "values": [{"period": "2024/25", "value": 2861.2}]}
    wrong = {"id": "fleet.scope1", "values": [{"period": "2024/25", "value": "2861.20001"}]}
    part = {"id": "fleet.ghg", "values": [{"period": "2024/25", "part": "scope.scope_1", "value": 2861.2}]}

    assert [] == told(parity, site, "figures/fleet/scope1.json", json.dumps(right))
    assert 1 == len(told(parity, site, "figures/fleet/scope1.json", json.dumps(wrong)))
    assert [] == told(parity, site, "figures/fleet/ghg.json", json.dumps(part))
    assert [] == told(parity, site, "manifest.json", json.dumps([{"path": "a", "bytes": 1}]))


# -- small pages, written by hand -----------------------------------------------------------------------


def page(language, html):
    """Return a page of one language."""
    path = f"{language}/a/index.html"
    return PageView(path, "page", language, language, "A", "A", "", html)


def messages(english, chinese, readers=BOTH, **options):
    """Return what is told of two small pages."""
    found = Parity(readers, **options).problems((page("en", english), page("zh-Hant", chinese)), {})
    return [problem.message for problem in found]


FIGURE = '<data class="value" value="{0}" data-figure="a.{1}" data-period="2018" data-unit="t">{2}</data>'


def test_the_order_of_words_is_free():
    """Inside a sentence the order of figures says nothing; between paragraphs it does."""
    one, two = FIGURE.format("1", "x", "one"), FIGURE.format("2", "y", "two")
    eins, zwei = FIGURE.format("1", "x", "一噸"), FIGURE.format("2", "y", "兩噸")

    assert [] == messages(f"<p>{one}, {two}</p>", f"<p>{zwei}，{eins}</p>")
    assert [] == messages(f"<p>{one}</p><p>{two}</p>", f"<p>{zwei}，{eins}</p>")
    assert 2 == len(messages(f"<p>{one}</p><p>{two}</p>", f"<p>{zwei}</p><p>{eins}</p>"))


def test_a_text_in_the_language_of_the_reference():
    """A paragraph not yet translated is read in the language it is marked with."""
    text = FIGURE.format("1500000", "x", "1.5 million tonnes")

    assert [] == messages(f"<p>{text}</p>", f'<p lang="en-GB">{text}</p>')
    assert 1 == len(messages(f"<p>{text}</p>", f"<p>{text}</p>"))


def test_a_text_that_is_hidden():
    """Where texts may be left out of a translation, figures may be with them; but none may be another."""
    english, other = FIGURE.format("1", "x", "one"), FIGURE.format("2", "x", "兩噸")

    assert [] == messages(f"<p>{english}</p><p>In 2018.</p>", "<p>甲</p>", partial=True)
    assert 1 == len(messages(f"<p>{english}</p>", f"<p>{other}</p>", partial=True))
    assert 2 == len(messages(f"<p>{english}</p><p>In 2018.</p>", "<p>甲</p>"))


def test_names_links_and_marks_are_not_compared():
    """Digits of names, links, marks, numbers of headings and code belong to them, not to the text."""
    silent = (
        '<h2 id="a"><span class="number">{0}</span> A</h2><p><span class="term">ISO {0}</span> <a href="b">{0}</a>'
        '<sup class="mark">{0}</sup> <cite>GB/T {0}</cite> <code>{0}</code> <span lang="fr">{0}</span></p>'
    )

    assert [] == messages(silent.format("1"), silent.format("2"))


CLAIM = '<p><data class="claim" value="3.2" data-figure="a.x" data-claim="change">{}</data></p>'


def test_a_claim_prints_the_same_number():
    """A claim is worded freely, but prints the same number in every language."""
    assert [] == messages(CLAIM.format("rose by 3.2%"), CLAIM.format("上升3.2%"))
    assert [] == messages(CLAIM.format("rose by 1.5 million"), CLAIM.format("上升150萬"))
    assert 1 == len(messages(CLAIM.format("rose by 3.2%"), CLAIM.format("上升3.3%")))


def test_a_unit_cannot_make_up_digits():
    """A unit whose words begin with a digit is not taken for words."""
    readers = Readers(BOTH.tags, {"en": {"t": ["{}0 tonnes"]}, "zh-Hant": {"t": ["{}噸"]}})

    assert 1 == len(
        messages(f"<p>{FIGURE.format('1', 'x', '10 tonnes')}</p>", f"<p>{FIGURE.format('1', 'x', '1噸')}</p>", readers)
    )


def test_a_language_that_nobody_reads_is_said():
    """Without a table of words the machine numbers are still compared, and the author is told so."""
    readers = Readers({"en-GB": "en", "xx": "xx"})
    pages = (
        page("en", f"<p>{FIGURE.format('1', 'x', '1')}</p>"),
        page("xx", f"<p>{FIGURE.format('2', 'x', 'dos')}, 5</p>"),
    )
    found = Parity(readers).problems(pages, {})

    assert [
        ("warning", "generator/crossfoot/reading/xx.yaml"),
        ("error", "xx/a/index.html"),
    ] == [(problem.severity, problem.place.file) for problem in found][:2]
    assert "'a.x' (2018) 2 stands in xx/a/index.html, 'a.x' (2018) 1 in en/a/index.html" == found[1].message
