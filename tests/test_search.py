"""Search: what is found, cut from the finished pages; how a text is cut; how much a reader loads for it."""

# ruff: noqa: E501 - a page by hand
from __future__ import annotations

import base64
import bz2
import gzip
import json
import re
import shutil
import subprocess
from dataclasses import astuple
from pathlib import Path

import lxml.html
import pytest

from case_files import cases
from conftest import ROOT, TINY
from crossfoot import build_from, figures, read_report
from crossfoot.localise import load_language
from crossfoot.passages import Part, parts_of
from crossfoot.search import KINDS, Group, folds, lines_of, packed

BUDGET = 60 * 1024
"""Bytes that a reader of one language loads to search, each file packed by gzip."""
SCRIPTS = ("assets/vendor/minisearch.js", "assets/search.js", "assets/search-index.js", "assets/bunzip2.js")

PAGE = """
<p>Before any <a href="x">heading</a><sup class="mark">1</sup>.</p>
<h2 id="waste"><span class="number">2.1</span> Waste &amp; water</h2>
<p class="codes"><span class="visually-hidden">Answers: </span><a href="#">A1.3</a></p>
<p>The first
paragraph.</p>
<ul><li>A point <ul><li>and one below it</li></ul></li></ul>
<div class="editor-notes"><aside class="editor-note" id="note-scale"><details>
<summary><span class="editor-note-kind">E1 Slip</span> <strong class="editor-note-title">The scale</strong></summary>
<p>Kilograms are meant.</p><p class="editor-note-more"><a href="#">More</a></p></details></aside></div>
<p>After the note.</p>
<div class="table" id="table-use"><div class="table-frame"><table>
<caption><span class="caption"><span class="caption-title">Use</span> <span class="caption-scope">of it</span></span></caption>
<thead><tr><th>Indicator</th><th>2018</th></tr></thead>
<tbody><tr><th>Oil<span class="codes">A1</span></th><td><data value="5">5</data><span class="marks">a</span></td><td>t</td></tr>
<tr><th>Pier</th><td><ul><li>North</li><li>South</li></ul></td><td></td></tr></tbody></table></div>
<ol class="table-notes notes-list"><li id="table-use-note-a"><span class="note-sign">a</span> <span>Without ferries. <a class="back">up</a></span></li></ol>
<p class="table-general">Rounded.</p><div class="tools"><button>Copy</button></div></div>
<figure class="chart" id="chart-oil"><figcaption><p class="chart-title">Oil rose</p><p class="chart-subtitle">Tonnes</p></figcaption>
<div class="drawing"><svg><title>Oil rose</title><text>7</text></svg></div>
<details class="chart-data"><summary>Data</summary><table><tr><td>9</td></tr></table></details>
<details class="chart-words"><summary>In words</summary><p>A line.</p></details></figure>
<dl class="facts"><div><dt>Unit</dt><dd>tonnes</dd></div></dl>
<section id="check-1"><h3>A check</h3><p>It agrees.</p></section>
<p>Back under waste.</p>
<h3 id="last">Last</h3>
<section class="footnotes"><ol class="notes-list"><li id="footnote-eps"><span class="note-sign">1</span> <span>A foam.</span></li></ol></section>
"""


def asked(what, questions, *more):
    """Return what the scripts answer in node."""
    node = shutil.which("node")
    assert node, "there is no node, which runs the scripts in these tests: install Node.js 20 or later"
    command = [node, str(Path(__file__).parent / "search_asked.js"), what, *map(str, more)]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def tiny_files(tmp_path_factory):
    """The files of the tiny report's site, its drawings left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")
        folder = tmp_path_factory.mktemp("search")
        for part in ("data", "content"):
            (folder / part).symlink_to(TINY / part)
        (folder / "theme").symlink_to(ROOT / "theme")
        return build_from(*read_report(folder), folder).files


@pytest.fixture(scope="module")
def found(tiny_files, tmp_path_factory):
    """A function that returns what a reader of the tiny report finds."""
    folder = tmp_path_factory.mktemp("index")

    def find(language, *queries):
        file = folder / f"{language}.js"
        file.write_text(tiny_files[f"search/{language}.js"], encoding="utf-8")
        return asked("find", queries, file)

    return find


def unpacked(file: str) -> list[str]:
    """Return the lines of a file of `search/`, capitals restored; the last tells how Han characters fold."""
    text = bz2.decompress(base64.b64decode(json.loads(file[file.index(",") + 1 : file.rindex(")")]))).decode("utf-8")
    *lines, fold = text.split("\n")
    return [*(re.sub(r"\^(.)", lambda small: small[1].upper(), line) for line in lines), fold]


# --- passages


def test_a_page_is_cut_under_its_anchors():
    """Each heading, table, chart and note is a part with its anchor; what is said twice or leads elsewhere is left out."""
    assert [astuple(part)[:4] for part in parts_of(PAGE)] == [
        ("text", "", "", ["Before any heading."]),
        (
            "text",
            "waste",
            "2.1 Waste & water",
            [
                "The first paragraph.",
                "A point",
                "and one below it",
                "After the note.",
                "Unit · tonnes",
                "Back under waste.",
            ],
        ),
        ("note", "note-scale", "The scale", ["Kilograms are meant."]),
        ("table", "table-use", "Use", ["Oil · 5 · t", "Pier · North · South", "Rounded."]),
        ("note", "table-use-note-a", "", ["Without ferries."]),
        ("chart", "chart-oil", "Oil rose", ["Tonnes"]),
        ("text", "check-1", "A check", ["It agrees."]),
        ("text", "last", "Last", []),
        ("note", "footnote-eps", "", ["A foam."]),
    ]


def test_a_page_without_words_has_no_parts():
    """An empty page is no error."""
    assert parts_of("<div><svg><text>1</text></svg></div>") == []


def test_what_tells_nothing_leaves_the_text_whole():
    """Comments, empty drawings, places to break a line and elements within others of their name end nothing early."""
    page = """
<h2 id="a">One<wbr>word<!-- <p>not this</p> --> more</h2>
<p>Before <svg class="tools"/>after<br />and <input class="tools" hidden>on <svg><svg-text>7</svg-text></svg>&lt;p&gt;.</p>
<div class="tools"><div><p>Not this</p></div> nor this</div>
<section id="b"><div><section>Loose</section><p data-id="x">Inside &amp;amp; in.</p></div></section>
<table><tr><th>A</th><td>&nbsp;</td><td><span class="term"><span class="marks"><span>b</span>c</span>D</span> e</td></tr></table>
<p>Back.</p>"""

    assert [astuple(part)[:4] for part in parts_of(page)] == [
        ("text", "a", "Oneword more", ["Before afterand on <p>.", "A · D e", "Back."]),
        ("text", "b", "", ["Inside &amp; in."]),
    ]


def test_the_lines_that_scripts_read():
    """A row that says what a figure says is that figure's number; a code is its own anchor; tabs keep lines apart."""
    groups = [
        Group("en/a/", "1 A", [Part("table", "table-use", "Use", ["Oil · 5 · t", "Oil · 6 · t", "Oil\t^rose"])]),
        Group("en/figures/a/", "Evidence", [Part("figure", "oil/", "Oil", ["2018: about 5 tonnes"], "t")]),
        Group("en/d/", "D", [Part("code", "E1-scope", "E1 scope", ["Air"]), Part("code", "x", "7", [])], "ESRS"),
    ]

    assert list(lines_of(groups)) == [
        "\t\ten/a/\t1 A\t",
        "2table-use\tUse",
        "\t0",
        "Oil · 6 · t",
        "Oil ^rose",
        "\t\ten/figures/a/\tEvidence\t",
        "5oil/\tOil",
        "2018: about 5 tonnes",
        "\t\ten/d/\tD\tESRS",
        "6\tE1 scope",
        "Air",
        "6x\t7",
    ]
    assert asked("unpack", [packed(groups)])[0].split("\n")[3:5] == ["^oil · 6 · t", "^oil ^^rose"]


@pytest.mark.parametrize(
    "text", ["", "a", "aaaa", "a" * 300_000, "香港排放" * 40_000 + "".join(map(chr, range(32, 9000)))]
)
def test_what_is_packed_is_unpacked(text):
    """The script reads what bzip2 wrote: nothing, one byte, long runs, every byte, several blocks."""
    assert [text] == asked("unpack", [base64.b64encode(bz2.compress(text.encode("utf-8"), 1)).decode("ascii")])


def test_what_is_broken_is_refused():
    """A file that was damaged on its way ends with an error, not without end."""
    whole = bz2.compress(b"Emissions of the ferries " * 200, 9)
    node = shutil.which("node")
    for broken in (b"", b"BZh9", whole[: len(whole) // 2], whole[:30] + b"\xff\xff" * 20):
        given = json.dumps([base64.b64encode(broken).decode("ascii")])
        command = [node, str(Path(__file__).parent / "search_asked.js"), "unpack"]
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=20)
        assert done.returncode, broken


# --- the tokenizer


def _cut():
    tests = cases("search.md")
    return list(zip(tests, asked("tokens", [case.input.rstrip("\n") for case in tests]), strict=True))


@pytest.mark.parametrize(("case", "tokens"), _cut(), ids=str)
def test_tokens(case, tokens):
    """A text is cut as the case says."""
    shown = " ".join(("+" if token["role"] == "part" else "") + token["term"] for token in tokens)

    assert shown == case.expected.rstrip("\n")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The CO₂e of 13,093.57 tonnes", ["The", "CO₂e", "of", "13,093.57", "13,093.57", "tonnes"]),
        ("😀排放量", ["排放", "排", "放量", "放", "量"]),
        ("ﬁgures １２", ["ﬁgures", "１２"]),
    ],
)
def test_a_token_knows_where_it_stands(text, marked):
    """Marks fall on the letters that were found, also where one letter becomes two, or two units make one."""
    assert [token["text"] for token in asked("tokens", [text])[0]] == marked


# --- folding


def test_traditional_folds_onto_simplified():
    """Each Han character of the text, in order, has its Simplified form or a dot; 發 and 髮 fold onto one."""
    text = "發表頭髮，ABC"

    assert sorted({one for one in text if one >= "\u2e80"}) == ["發", "表", "頭", "髮", "，"]
    assert folds(text) == "发.头发."


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("渡轮", "[渡輪]"),
        ("渡輪", "[渡輪]"),
        ("发电", "[發電]"),
        ("發電", "[發電]"),
        ("头发", "[頭髮]"),
        ("头", "[頭]髮"),
    ],
)
def test_a_simplified_query_finds_traditional_text(query, title, tmp_path):
    """Also where one Simplified character stands for several Traditional ones."""
    groups = [Group("zh-Hant/a/", "甲", [Part("text", one, one, []) for one in ("渡輪", "發電", "頭髮")])]
    file = tmp_path / "zh.js"
    file.write_text(f"crossfoot.give('search', '{packed(groups)}')", encoding="utf-8")

    assert [hit["title"] for hit in asked("find", [query], file)[0]["hits"]] == [title]


# --- the tiny report


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_everything_is_found_once(language, tiny_files):
    """No part of one page is found twice, and every kind is there."""
    lines = unpacked(tiny_files[f"search/{language}.js"])[:-1]
    parts = [line for line in lines if re.match(r"\d[^\t]*\t", line)]

    assert {KINDS[int(line[0])] for line in parts} == set(KINDS)
    at = ""
    seen = set()
    for line in lines:
        at = line.split("\t")[2] if line.startswith("\t\t") else at
        if line in parts:
            key = (at, line)
            assert key not in seen
            seen.add(key)


def test_the_same_report_makes_the_same_bytes(tiny_files, tmp_path):
    """A site that is built again differs in nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")
        for part in ("data", "content"):
            (tmp_path / part).symlink_to(TINY / part)
        (tmp_path / "theme").symlink_to(ROOT / "theme")
        again = build_from(*read_report(tmp_path), tmp_path).files

    assert [again[path] for path in again if path.startswith("search/")] == [
        tiny_files[path] for path in tiny_files if path.startswith("search/")
    ]


def test_a_title_comes_before_a_text(found):
    """A title that is the query stands first, whatever else has the word."""
    [answer] = found("en", "waste")

    assert answer["hits"][0]["title"] == "[Waste]"
    assert len(answer["hits"]) > 1


def test_all_words_then_some(found):
    """A query whose words never stand together finds what has some of them, and says so; a slip of the pen is forgiven."""
    together, apart, slip, none, nothing = found("en", "diesel pier", "diesel zzzz", "disel", "zzzz", ".*(")

    assert together["all"]
    assert together["hits"]
    assert not apart["all"]
    assert apart["hits"]
    assert "[Diesel" in slip["hits"][0]["title"] + slip["hits"][0]["text"]
    assert none == {"all": True, "hits": []}
    assert nothing is None


def test_scripts_say_every_kind(report):
    """What a passage belongs to is said in every language."""
    for one in report.languages:
        words = load_language(one, one.place).phrases
        assert all(words[f"script.search.kinds.{kind}"] for kind in KINDS)


# --- the report of the repository


@pytest.fixture(scope="module")
def built(site):
    """The search files of the built site by language."""
    return {file.stem: file for file in sorted((site / "search").glob("*.js"))}


def test_a_reader_loads_little(site, built):
    """Scripts, words and passages of a language stay within the budget, packed as servers pack them."""
    for language in built:
        sizes = {
            path: len(gzip.compress((site / path).read_bytes(), 9)) for path in (*SCRIPTS, f"search/{language}.js")
        }
        # The words of all scripts come in one file: counted are those of the search.
        words = (site / "words" / f"{language}.js").read_text(encoding="utf-8")
        own = [pair for pair in re.findall(r'"[^"]+":"(?:[^"\\]|\\.)*"', words) if pair.startswith('"search.')]
        assert own
        sizes["words"] = len(gzip.compress(",".join(own).encode("utf-8"), 9))
        assert sum(sizes.values()) <= BUDGET, f"{language}: {sum(sizes.values())} {sizes}"


def test_every_result_leads_somewhere(site, built):
    """Each page of a passage is there, and has its anchor."""
    anchors = {}
    for language, file in built.items():
        folder, count = "", 0
        for line in unpacked(file.read_text(encoding="utf-8"))[:-1]:
            fields = line.split("\t")
            if line.startswith("\t\t"):
                folder = fields[2]
                assert folder.startswith(f"{language}/")
                continue
            if len(fields) != 2 or not fields[0]:
                continue
            kind, to = KINDS[int(fields[0][0])], fields[0][1:]
            to = to or (fields[1].replace(" ", "-") if kind == "code" else "")
            page = f"{folder}{to if to.endswith('/') else ''}index.html"
            if page not in anchors:
                tree = lxml.html.parse(str(site / page))
                anchors[page] = {*tree.xpath("//@id"), ""}
            assert (to if not to.endswith("/") else "") in anchors[page], f"{page}#{to}"
            count += 1
        assert count > 500


WANTED = [
    ("en", "13093.57", "figure", "environment/ghg-total/"),
    ("en", "13,093.57", "figure", "environment/ghg-total/"),
    ("en", "13093", "figure", "environment/ghg-total/"),
    ("en", "13 093.57", "figure", "environment/ghg-total/"),
    ("en", "A1.2", "code", "A1.2"),
    ("en", "HKEX A1.2", "code", "A1.2"),
    ("en", "B6.5", "code", "B6.5"),
    ("en", "305-1", "code", "305-1"),
    ("en", "supply chain", "text", "supply-chain"),
    ("zh-Hant", "１３０９３．５７", "figure", "environment/ghg-total/"),
    ("zh-Hant", "A1.2", "code", "A1.2"),
    ("zh-Hant", "GRI 305-1", "code", "305-1"),
    ("zh-Hant", "供應鏈", "text", "supply-chain"),
    ("zh-Hant", "供应链", "text", "supply-chain"),
    ("zh-Hant", "氣體", "figure", "environment/ghg-total/"),
    ("zh-Hant", "排放", "table", "table-emissions"),
]


def test_what_readers_of_the_report_look_for(built):
    """Figures in every way of writing, codes, words from the middle of Chinese terms: among the first five."""
    for language, file in built.items():
        wanted = [one for one in WANTED if one[0] == language]
        for (_, query, kind, to), answer in zip(wanted, asked("find", [one[1] for one in wanted], file), strict=True):
            hits = [(hit["kind"], hit["path"].split("figures/")[-1] + hit["to"]) for hit in answer["hits"][:5]]
            assert any(sort == kind and at.endswith(to) for sort, at in hits), f"{query}: {hits}"
