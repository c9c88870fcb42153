"""The checks of the built site can fail: each is fed a page broken in one way and must name it."""

# ruff: noqa: E501 - a fault reads best on one line
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import site_checks
from site_checks import ADDRESS

SAMPLE = Path(__file__).parent / "browser" / "sample"
EN, ZH = "en/energy/index.html", "zh-Hant/energy/index.html"

BROKEN = [
    # check, file, what stands there, what is put in its place, words of the finding
    ("addresses", EN, 'href="../../en/index.html"', 'href="../../en/"', "names a folder: write index.html"),
    ("addresses", EN, 'href="../../en/index.html"', 'href="../en/index.html"', "which is not in the folder"),
    ("addresses", EN, 'href="../../en/index.html"', 'href="../../../en/index.html"', "leads out of the site"),
    ("addresses", EN, 'href="../../en/index.html"', 'href="/en/index.html"', "begins with a slash"),
    ("addresses", EN, 'href="../../en/index.html"', 'href=""', "is empty"),
    ("addresses", EN, 'href="../../en/index.html"', f'href="{ADDRESS}en/"', "names the site by its full address"),
    ("addresses", EN, 'href="../../en/index.html"', 'href="../../en/index.html#no"', "an anchor that en/index.html does not have"),
    ("addresses", EN, 'href="#kinds-n1"', 'href="#kinds-n2"', "does not have"),
    ("addresses", EN, 'href="https://example.com/list"', 'href="http://example.com/list"', "points off the site"),
    ("addresses", EN, 'href="https://example.com/list"', 'href="//example.com/list"', "points off the site"),
    ("addresses", EN, 'href="https://example.com/list"', 'href="javascript:alert(1)"', "points off the site"),
    ("addresses", EN, 'src="../../assets/site.js"', 'src="https://cdn.example/site.js"', "points off the site"),
    ("addresses", EN, 'href="../../assets/site.css"', 'href="../../assets/page.css"', "which is not in the folder"),
    ("addresses", EN, "<h2", '<img alt="" src="a.png" srcset="b.png 2x"><h2', "srcset='b.png'"),
    ("addresses", EN, "<rect x", '<rect clip-path="url(#none)" x', "does not have"),
    ("addresses", EN, f'"canonical" href="{ADDRESS}', '"canonical" href="https://example.com/', "the site's own address"),
    ("addresses", EN, f'"og:url" content="{ADDRESS}en/', f'"og:url" content="{ADDRESS}fr/', "which is not in the folder"),
    ("addresses", "404.html", 'href="/report/en/', 'href="/en/', "is not under the site's path /report/"),
    ("addresses", "404.html", 'href="/report/en/', 'href="en/', "is relative"),
    ("assets", "assets/site.css", "* {", '@import "https://fonts.example/a.css"; * {', "off the site: https://fonts"),
    ("assets", "assets/site.css", "* {", "p { background: url(none.png) } * {", "asks for 'none.png'"),
    ("assets", "assets/site.css", "* {", "p { background: url(data:image/png;base64,AA) } * {", "data:image"),
    ("assets", "assets/site.js", "if", 'fetch("https://count.example/"); if', "off the site: https://count.example"),
    ("assets", "words/en.js", "crossfoot", 'fetch("a"); crossfoot', "more than hand a value to crossfoot.give"),
    ("assets", "words/en.js", '"}', '" + location}', "more than hand a value to crossfoot.give"),
    ("assets", "assets/favicon.svg", "<rect", "<script>1</script><rect", "a script or a style"),
    ("ids", EN, 'id="kinds-n1"', 'id="kinds"', "'kinds' is there 2 times"),
    ("ids", EN, 'id="use"', 'id="the use"', "is not a name"),
    ("ids", EN, 'aria-labelledby="kinds-caption"', 'aria-labelledby="caption"', "names 'caption', which is not"),
    ("structure", EN, '<html lang="en-GB">', "<html>", "names no language"),
    ("structure", EN, '<html lang="en-GB">', '<html lang="fr">', "on a page of 'en'"),
    ("structure", EN, "<title>Energy - Tiny report</title>", "<title></title>", "no title"),
    ("structure", "en/index.html", "<title>Home", "<title>Energy", "has the same title as"),
    ("structure", EN, "<h2", "<h1>Energy again</h1><h2", "has 2 h1"),
    ("structure", EN, "<h1>Energy</h1>", "", "has 0 h1"),
    ("structure", EN, '<h2 id="use">Use</h2>', "<h3>Use</h3>", "h3 'Use' after h1: a level is missing"),
    ("structure", EN, '<h2 id="use">Use</h2>', "<h2></h2>", "an empty h2"),
    ("structure", EN, "</main>", "</main><main></main>", "has 2 main"),
    ("structure", EN, "<main", "<h1>x</h1><main", "has 2 h1"),
    ("structure", EN, '  <a class="skip" href="#content">Skip to content</a>\n', "", "does not skip to main"),
    ("structure", EN, 'href="#content"', 'href="#start"', "does not skip to main"),
    ("head", EN, '  <meta charset="utf-8">\n', "", "no <meta charset=utf-8>"),
    ("head", EN, "initial-scale=1", "initial-scale=1, user-scalable=no", "forbids zooming"),
    ("head", EN, 'content="Energy - Tiny report."', 'content=""', "no description"),
    ("head", EN, f'"canonical" href="{ADDRESS}en/energy/', f'"canonical" href="{ADDRESS}en/', "canonical is"),
    ("head", EN, f'"og:url" content="{ADDRESS}en/energy/', f'"og:url" content="{ADDRESS}en/', "og:url is not"),
    ("head", EN, "og:locale", "og:place", "no og:locale"),
    ("inline", EN, "<h2", '<h2 style="color: red"', "attribute style="),
    ("inline", EN, "<h2", '<h2 onclick="go()"', "attribute onclick="),
    ("inline", EN, "<h2", "<style>p { color: red }</style><h2", "<style> in the page"),
    ("inline", EN, "<h2", "<script>go()</script><h2", "<script> in the page"),
    ("inline", EN, "<h2", '<img alt="" src="data:image/gif;base64,AA"><h2', "attribute src='data:"),
    ("inline", EN, "<h2", '<iframe src="../index.html"></iframe><h2', "<iframe> has no place"),
    ("figures", EN, 'class="drawing" role="img"', 'class="drawing"', "has no role=img"),
    ("figures", EN, "<desc id=\"by-kind-wide-d\">One bar: electricity, 12.0 MWh.</desc>", "", "has no desc"),
    ("figures", EN, '<title id="by-kind-wide-t">', '<title id="by-kind-t">', "is not labelled by its title"),
    ("figures", EN, "<rect x", "<style>rect { fill: red }</style><rect x", "carries a <style>"),
    ("figures", EN, ' viewBox="0 0 680 60"', "", "has no viewBox"),
    ("figures", EN, '<div class="narrow">', '<div class="slim">', "has 0 narrow drawings"),
    ("figures", EN, "<h2", "<svg></svg><h2", "is neither named nor aria-hidden"),
    ("tables", EN, '<th scope="row">Gas', "<th>Gas", "'Gas' has no scope"),
    ("tables", EN, '<th scope="col">Unit</th>', '<th scope="col"></th>', "a header cell is empty"),
    ("tables", EN, '<caption id="kinds-caption">Energy by kind</caption>', "", "'kinds' has no caption"),
    ("tables", EN, '<th scope="row">Gas</th>', "", "has rows of [2, 3] cells"),
    ("words", EN, "Nearly all", "{{ value gas }} of", "not filled in"),
    ("words", EN, "<p>Energy use", "<p>None. Energy use", "missing in the program"),
    ("words", EN, "<td>MWh</td>", "<td>None</td>", "missing in the program"),
    ("words", EN, "<p>Energy use", "<p>Decimal('12.5') Energy use", "as the program sees it"),
    ("words", EN, "<p>Energy use", "<p>Lorem ipsum. Energy use", "filler words"),
    ("words", EN, "<p>Energy use", "<p>**Energy** use", "Markdown that was not read"),
    ("words", EN, "<p>Energy use", "<p>R&amp;amp;D: Energy use", "escaped twice"),
    ("words", EN, "<p>Energy use", "<p>next_page Energy use", "a name of the data"),
    ("words", EN, "Skip to content", "skip_to_content", "a name of the data"),
    ("words", EN, 'aria-label="Menu"', 'aria-label="{{ t.menu }}"', "not filled in"),
    ("words", EN, "<p>Energy use", "<p>() Energy use", "brackets with nothing in them"),
    ("words", ZH, "<p>能源使用量", "<p>，，能源使用量", "punctuation twice"),
    ("words", EN, "<title>Energy", "<title>None", "missing in the program"),
    ("foreign", EN, '<cite lang="zh-Hant-HK">', "<cite>", "stands in an element of lang 'en-GB'"),
    ("foreign", EN, "<text x", '<text lang="en">能源</text><text x', "stands in an element of lang 'en'"),
    ("foreign", EN, 'aria-label="Menu"', 'aria-label="目錄"', "stands in an element of lang 'en-GB'"),
    ("foreign", EN, "Nearly all energy", "Nearly all energy，", "'，' stands in an element"),
    ("languages", EN, f'hreflang="zh-Hant-HK" href="{ADDRESS}zh-Hant/energy/"', f'hreflang="zh-Hant-HK" href="{ADDRESS}zh-Hant/"', "names no alternate zh-Hant-HK"),
    ("languages", EN, f'hreflang="zh-Hant-HK" href="{ADDRESS}zh-Hant/energy/"', f'hreflang="zh-TW" href="{ADDRESS}zh-Hant/energy/"', "that is not its twin"),
    ("languages", EN, 'href="../../zh-Hant/energy/index.html"', 'href="../../zh-Hant/index.html"', "its language switch does not lead"),
    ("languages", EN, 'id="use"', 'id="usage"', "anchor 'usage' is only on one of"),
    ("sitemap", "sitemap.xml", f"<loc>{ADDRESS}en/energy/</loc>", f"<loc>{ADDRESS}en/gas/</loc>", "does not list https://example.org/report/en/energy/"),
    ("sitemap", "sitemap.xml", f"<loc>{ADDRESS}en/energy/</loc>", f"<loc>{ADDRESS}en/gas/</loc>", "which is not a page"),
    ("sitemap", "sitemap.xml", f'hreflang="zh-Hant-HK" href="{ADDRESS}zh-Hant/energy/"', 'hreflang="zh-Hant-HK" href="x"', "other languages"),
]  # fmt: skip


@pytest.fixture
def sample(tmp_path):
    """A copy of the tiny sound site under `tests/browser/sample`, to break."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "report"))


def findings(check, folder):
    """Return what *check* says about *folder*, as lines."""
    return [str(finding) for finding in getattr(site_checks, check)(site_checks.read(folder))]


@pytest.mark.parametrize("check", [check.__name__ for check in site_checks.CHECKS])
def test_a_sound_site_has_no_findings(check, sample):
    """A check is silent where nothing is wrong."""
    assert findings(check, sample) == []


@pytest.mark.parametrize(("check", "file", "old", "new", "said"), BROKEN, ids=[f"{b[0]}-{b[4]}" for b in BROKEN])
def test_a_broken_page_is_found(check, file, old, new, said, sample):
    """A page broken in one way is found, and the finding names the file and the fault."""
    words = (sample / file).read_text(encoding="utf-8")
    assert old in words
    (sample / file).write_text(words.replace(old, new), encoding="utf-8")

    found = findings(check, sample)

    assert [line for line in found if line.startswith(file) and said in line], found


def test_every_check_is_proven():
    """No check is without a page that it finds broken, here or in the tests below."""
    assert {check.__name__ for check in site_checks.CHECKS} - {case[0] for case in BROKEN} == {"files", "reachable"}


def test_a_file_of_the_workshop_is_found(sample):
    """Data, hidden files and notes do not slip into the published folder."""
    (sample / "assets" / "tokens.yaml").write_text("a: 1\n", encoding="utf-8")
    (sample / ".draft").write_text("", encoding="utf-8")

    assert findings("files", sample) == [
        ".draft: is hidden, yet it is published",
        "assets/tokens.yaml: is not for readers, yet it is published",
    ]


def test_a_page_without_links_to_it_is_found(sample):
    """A page that no link leads to is lost to a reader."""
    shutil.copy(sample / EN, sample / "en" / "lost.html")

    assert findings("reachable", sample) == ["en/lost.html: no link leads here from the front door"]


def test_a_missing_twin_is_found(sample):
    """A page that exists in one language only is found."""
    shutil.rmtree(sample / "zh-Hant" / "energy")

    assert f"{EN}: has no twin {ZH}" in findings("languages", sample)


def test_a_missing_sitemap_is_found(sample):
    """A site without a sitemap is found."""
    (sample / "sitemap.xml").unlink()

    assert findings("sitemap", sample) == ["sitemap.xml: is missing"]


def test_differences_name_the_file_and_the_byte(sample, tmp_path):
    """Two folders that differ in one byte or one file are told apart, and where is said; a copy is not."""
    other = Path(shutil.copytree(sample, tmp_path / "other"))

    assert site_checks.differences(sample, other) == []

    (other / "new.html").write_text("", encoding="utf-8")
    (other / EN).write_bytes((other / EN).read_bytes().replace(b"Energy use", b"Energy USE"))
    found = site_checks.differences(sample, other)

    assert found[0] == "new.html: only in one of the two"
    assert found[1].startswith(f"{EN}: differs from byte ")


def test_sizes_are_those_of_a_first_visit(sample):
    """A page weighs its own bytes and those of its assets, compressed; a heavier page comes first."""
    first, *_, last = site_checks.sizes(site_checks.read(sample))

    assert (first.path, last.path) == (ZH, "404.html")
    assert first.assets == last.assets
    assert 1000 < first.assets < 2000
    assert first.total == first.page + first.assets


def test_page_paths_follow_the_words(tmp_path):
    """The pages to visit are known before the site is built: one for each file of words, front door and 404 besides."""
    for name in ("en/index.md", "en/energy.md", "zh-Hant/index.md", "zh-Hant/energy.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")

    assert sorted(site_checks.page_paths(tmp_path)) == sorted(site_checks.read(SAMPLE).pages)


# --- pages made from the data


@pytest.fixture
def made(sample):
    """The sample with three pages made from the data: two of one kind, and one a level higher."""
    for stem in ("figures", "figures/gas", "figures/power"):
        page = sample / "en" / stem / "index.html"
        page.parent.mkdir()
        page.write_text(
            '<!doctype html><body class="sheet"><h2 id="use">Use</h2><p class="b a">1</p>', encoding="utf-8"
        )
    return sample


FIGURES, GAS, POWER = (f"en/{stem}/index.html" for stem in ("figures", "figures/gas", "figures/power"))


def test_pages_made_from_the_data_are_told_from_those_of_authors(made):
    """A page says on its body that no author wrote it."""
    assert site_checks.sheets(site_checks.read(made)) == {FIGURES, GAS, POWER}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<p", "<ol></ol><p", "<ol> is on no"),
        ('class="b a"', 'class="b c"', "<p.b.c> is on no"),
        ('class="b a"', "", "<p> is on no"),
        ('id="use"', 'id="checks"', "the h2 'checks' is on no"),
        ("<p", "<dl class='a'><dt>Target</dt></dl><p", "the dt 'Target' is on no"),
    ],
)
def test_what_the_sample_does_not_show_is_found(old, new, said, made):
    """An element, a class, a part or a fact that no sampled page of the kind has is found, wherever else it is."""
    words = (made / POWER).read_text(encoding="utf-8")
    assert old in words
    (made / POWER).write_text(words.replace(old, new), encoding="utf-8")
    (made / FIGURES).write_text(words.replace(old, new), encoding="utf-8")
    site = site_checks.read(made)

    found = [str(finding) for finding in site_checks.unlike(site, [FIGURES, GAS])]

    assert found
    assert [line for line in found if line.startswith(f"{POWER}:1: ") and f"{said} en/figures/*" in line], found
    assert list(site_checks.unlike(site, [FIGURES, GAS, POWER])) == []


def test_a_kind_without_a_sampled_page_is_found(made):
    """A new kind of page made from the data is found, and so is a sampled page that is gone."""
    found = [
        str(finding) for finding in site_checks.unlike(site_checks.read(made), [GAS, "en/figures/heat/index.html"])
    ]

    assert found[0] == "en/figures/heat/index.html: is in the sample and not in the site"
    assert found[1].startswith(f"{FIGURES}:1: <body.sheet> is on no en/figures of the sample")
    assert all(line.startswith(FIGURES) for line in found[1:])


def test_the_order_of_classes_makes_no_other_look(made):
    """Pages that differ in their words and in the order of classes alone look alike."""
    words = (made / POWER).read_text(encoding="utf-8").replace('class="b a">1', 'class="a b">A long line of words')
    (made / POWER).write_text(words, encoding="utf-8")

    assert list(site_checks.unlike(site_checks.read(made), [FIGURES, GAS])) == []
