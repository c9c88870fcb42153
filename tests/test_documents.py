"""Documents on paper: what a reader holds is the same report, whole, tagged, and the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import pikepdf
import pypdf
import pytest

from conftest import ROOT, TINY
from crossfoot import read_report
from crossfoot.documents import Printer, document_links, document_path, made
from crossfoot.localise import load_language
from crossfoot.paper import Paper, on_paper, plain_of
from crossfoot.press import lacking, pressed
from crossfoot.render import environment
from crossfoot.site import Builder

TAGS = {"en": "en-GB", "zh-Hant": "zh-Hant-HK"}
ADDRESS = "https://example.org/"
GUESSED = re.compile(r"[\u4e00-\u9fff]+\d+[\u4e00-\u9fff]+|\d+[\u4e00-\u9fff]+")
"""A heading as 小米2018年成果 or 360度記錄每一刻: HDG-010 of outloud takes any one word with a digit for a reference
number, and a phrase of Han characters, which have no spaces between them, for one word. Four headings of the report
in the repository are such phrases, all in Chinese; each is what the section is about, and no number of anything."""


@dataclass(frozen=True)
class Printed:
    """One document, open in two libraries."""

    html: str
    data: bytes

    @property
    def pdf(self):
        """As pikepdf opens it: objects."""
        return pikepdf.open(io.BytesIO(self.data))

    @property
    def pages(self):
        """As pypdf opens it: pages with their text."""
        return pypdf.PdfReader(io.BytesIO(self.data)).pages


@pytest.fixture(scope="session")
def printer(tmp_path_factory):
    """What prints the tiny report, its languages and its pages."""
    report, pages = read_report(TINY)
    languages = tuple(load_language(one, one.place) for one in report.languages)
    theme = ROOT / "theme"
    site = Builder(report, pages, languages, theme, ADDRESS, tmp_path_factory.mktemp("drawings")).site()
    return Printer(report, environment(theme), theme, ADDRESS), languages, site.pages


@pytest.fixture(scope="session")
def texts(printer):
    """The HTML of every document of the tiny report by path, and the stylesheet."""
    one, languages, views = printer
    return one.texts(languages, views), one.stylesheet()


@pytest.fixture(scope="session", params=TAGS)
def whole(request, texts):
    """The whole tiny report in each language."""
    html = texts[0][document_path(request.param, "report")]
    return request.param, Printed(html, pressed(html, texts[1]))


def struct(pdf):
    """Yield each element of the structure tree with its depth, in reading order."""

    def below(element, depth):
        yield element, depth
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                yield from below(kid, depth + 1)

    for root in pdf.Root.StructTreeRoot.K:
        yield from below(root, 0)


def squeezed(text):
    """Return *text* without spaces, which a line break on paper may add or take."""
    return re.sub(r"\s+|\u2060", "", text)


# --- the machine checks


def findings(data, folder):
    """Return what `pdfua` and `outloud` find in a document, warnings too, but for headings taken for numbers."""
    path = folder / "document.pdf"
    path.write_bytes(data)
    command = [sys.executable, "-m", "pdfua", "check", str(path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    spoken = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "outloud"), str(path), "--json", "-", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.JSONDecoder().raw_decode(spoken.stdout[spoken.stdout.index("{") :])[0]["results"][0]
    assert found["error"] is None
    assert len(found["rules"]) > 50
    heard = [
        (one["rule"], one["page"], one["evidence"])
        for one in found["findings"]
        if one["severity"] != "info" and not (one["rule"] == "HDG-010" and GUESSED.fullmatch(one["evidence"]))
    ]
    return heard + ([] if "PASS (no findings)" in checked.stdout else [checked.stdout])


def test_the_checkers_find_nothing(whole, tmp_path):
    """`pdfua` and `outloud`, with warnings counted, on the whole report in each language."""
    assert findings(whole[1].data, tmp_path) == []


def test_the_checkers_find_what_is_wrong(texts, tmp_path):
    """A skipped level of headings is told: the checks here can fail."""
    assert findings(press("<h1>One</h1><p>x</p><h4>Four</h4><p>y</p>", texts), tmp_path) != []


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the report in the repository, elsewhere, and the HTML of its documents."""
    folder = tmp_path_factory.mktemp("elsewhere") / "report"
    for name in ("data", "content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    for file in [*ROOT.glob("*.yml"), *ROOT.glob("*.yaml")]:
        shutil.copy(file, folder)
    return _printed(folder, tmp_path_factory), _printed(ROOT, tmp_path_factory)


def _printed(folder, tmp_path_factory):
    report, pages = read_report(folder)
    languages = tuple(load_language(one, one.place) for one in report.languages)
    theme = folder / "theme"
    site = Builder(report, pages, languages, theme, ADDRESS, tmp_path_factory.mktemp("drawn")).site()
    one = Printer(report, environment(theme), theme, ADDRESS)
    return one.texts(languages, site.pages), one.stylesheet()


@pytest.mark.parametrize("language", TAGS)
def test_a_chapter_of_the_real_report_is_sound(language, copied, tmp_path):
    """Clean in both checkers, its figures in the text, its headings in the outline, the same bytes from elsewhere."""
    path = document_path(language, "environment")
    (texts, sheet), (here, sheet_here) = copied
    data = pressed(texts[path], sheet)
    document = Printed(texts[path], data)
    text = squeezed("".join(page.extract_text() for page in document.pages))
    figures = re.findall(r'<data class="value"[^>]*>(.*?)</data>', document.html)
    reader = pypdf.PdfReader(io.BytesIO(data))
    headings = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", document.html, re.DOTALL)

    assert texts == here
    assert sheet == sheet_here
    assert len(figures) > 60
    assert [one for one in figures if squeezed(plain_of(one)) not in text] == []
    assert [(depth, squeezed(title)) for depth, title, _ in outline(reader, reader.outline)] == [
        (int(level), squeezed(plain_of(words))) for level, words in headings
    ]
    assert empty_headings(document) == []
    assert findings(data, tmp_path) == []
    assert pressed(here[path], sheet_here) == data


def marked(page):
    """Return the marks of the content of *page* under which anything is drawn."""
    drawn, open_marks = set(), []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            told = operands[1] if len(operands) > 1 else {}
            open_marks.append(int(told["/MCID"]) if "/MCID" in told else None)
        elif str(operator) == "EMC":
            open_marks.pop()
        elif str(operator) in ("Tj", "TJ"):
            drawn |= set(open_marks)
    return drawn


def empty_headings(document):
    """Return the headings of *document* under which no text is drawn; `pdfua` cannot look at most of them."""
    with document.pdf as pdf:
        drawn = {page.objgen: marked(page) for page in pdf.pages}

        def speaks(element, page):
            page = element.get("/Pg", page)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    if kid in drawn[page.objgen]:
                        return True
                elif kid.get("/Type") == "/StructElem" and speaks(kid, page):
                    return True
            return False

        return [str(one.S) for one, _ in struct(pdf) if re.fullmatch(r"/H\d", str(one.S)) and not speaks(one, None)]


def test_no_heading_is_empty(whole, texts):
    """Each has text drawn under its tag, in whichever pieces; one that has none would be found."""
    assert empty_headings(whole[1]) == []
    assert empty_headings(Printed("", press('<h1>A</h1><h2><svg width="9" height="9"/></h2><p>x</p>', texts))) == [
        "/H2"
    ]


def test_the_document_says_what_it_is(whole):
    """Language, title, PDF/UA-1, PDF 1.7; no date, and no author where a disclaimer says the company is none."""
    language, document = whole
    with document.pdf as pdf:
        meta = pdf.Root.Metadata.read_bytes().decode()

        assert TAGS[language] == str(pdf.Root.Lang)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.pdf_version == "1.7"
        assert 'pdfuaid:part="1"' in meta
        assert "2024/25" in str(pdf.docinfo["/Title"])
        assert not {"/CreationDate", "/ModDate", "/Author"} & set(pdf.docinfo.keys())


# --- the structure tree


def test_the_tree_is_whole(whole):
    """One document at the root; headings never skip a level and are never empty; heads of tables have a scope."""
    with whole[1].pdf as pdf:
        elements = [element for element, _ in struct(pdf)]
        levels = [int(str(one.S)[2:]) for one in elements if re.fullmatch(r"/H\d", str(one.S))]
        heads = [one for one in elements if one.S == "/TH"]
        rows = [one for one in elements if one.S == "/TR"]
        pictures = [one for one in elements if one.S == "/Figure"]

        assert elements[0].S == "/Document"
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        assert len(heads) > 50
        assert {str(one.A.Scope) for one in heads} == {"/Column", "/Row"}
        assert all(str(cell.S) in ("/TH", "/TD") for row in rows for cell in row.K)
        assert len(pictures) == whole[1].html.count("<svg")
        assert all(len(str(one.Alt)) > 10 for one in pictures)
        assert all(0 <= float(side) <= 842 for one in pictures for side in one.A.BBox)


def test_a_passage_in_another_language_says_so(whole):
    """Each stretch the page marks as foreign is marked in the tree."""
    language, document = whole
    other = next(tag for name, tag in TAGS.items() if name != language)
    with document.pdf as pdf:
        marked = {str(element.Lang) for element, _ in struct(pdf) if "/Lang" in element}

    assert f'lang="{other}"' in document.html
    assert other in marked


def test_links_say_where_they_lead(whole):
    """Each annotation has words, is printed, and belongs to one element `Link`; those inside lead to a page."""
    with whole[1].pdf as pdf:
        held = [kid.Obj.objgen for one, _ in struct(pdf) if one.S == "/Link" for kid in one.K if _is_objr(kid)]
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        names = pdf.Root.Names.Dests.Names if "/Dests" in pdf.Root.Names else []
        known = {str(one) for one in list(names)[::2]}
        inside = [str(note.Dest) for note in notes if "/Dest" in note]

        assert sorted(held) == sorted(note.objgen for note in notes)
        assert all(str(note.Contents).strip() and int(note.F) == 4 for note in notes)
        assert len(inside) > 20
        assert set(inside) <= known
        assert all(str(note.A.URI).startswith(("https://", "http://", "mailto:")) for note in notes if "/A" in note)


def _is_objr(kid):
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"


def test_running_heads_are_not_read(whole):
    """The title of the report at the head of a page is an artifact: in no element, and shown on inner pages only."""
    with whole[1].pdf as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
        heads = [one for one in contents if re.search(rb"/Artifact\s*<</Type /Pagination>>", one)]

    assert len(heads) == len(contents) - 1  # all but the cover have a page number at least


# --- fonts


def test_fonts_are_embedded_and_small(whole):
    """Every font is inside, only with the characters it draws, in the shapes of Hong Kong."""
    with whole[1].pdf as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/FontDescriptor")]

        assert fonts
        for font in fonts:
            assert re.match(r"/[A-Z]{6}\+(Noto-Sans-(Mono-)?CJK-HK|DejaVu-Sans)", str(font.BaseFont)), font.BaseFont
            file = font.FontDescriptor.get("/FontFile3") or font.FontDescriptor.FontFile2
            assert len(file.read_raw_bytes()) < 120_000


def test_characters_have_the_shapes_of_hong_kong(texts):
    """骨, 令, 說, 戶 and 角 are drawn with the glyphs of the Hong Kong face, which differ from the mainland's."""
    from fontTools.ttLib import TTCollection

    html = '<html lang="zh-Hant-HK"><head><title>字</title></head><body><p>骨令說戶角</p></body></html>'
    with pikepdf.open(io.BytesIO(pressed(html, texts[1]))) as pdf:
        font = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one)
        drawn = re.findall(r"<(....)> <(....)>", font.ToUnicode.read_bytes().decode())
    found = {chr(int(code, 16)): int(glyph, 16) for glyph, code in drawn}
    file = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Sans CJK HK:style=Regular"], capture_output=True, text=True, check=True
    ).stdout
    faces = {one["name"].getDebugName(4): one for one in TTCollection(file).fonts}
    wanted = {
        name: {char: face.getGlyphID(face.getBestCmap()[ord(char)]) for char in "骨令說戶角"}
        for name, face in faces.items()
        if name in ("Noto Sans CJK HK", "Noto Sans CJK SC")
    }

    assert wanted["Noto Sans CJK HK"] == {char: found[char] for char in "骨令說戶角"}
    assert wanted["Noto Sans CJK HK"] != wanted["Noto Sans CJK SC"]


# --- text, contents, outline


def test_every_figure_of_the_pages_is_in_the_text(whole):
    """What the text, tables and notes say of figures can be copied from the paper."""
    _, document = whole
    text = squeezed("".join(page.extract_text() for page in document.pages))
    figures = re.findall(r'<data class="value"[^>]*>(.*?)</data>', document.html)
    notes = re.findall(r'<span class="note-text">(.*?)</span>', document.html, re.DOTALL)

    assert notes
    assert [one for one in notes if squeezed(plain_of(one)) not in text] == []
    assert len(figures) > 80
    assert [one for one in figures if squeezed(plain_of(one)) not in text] == []


def test_the_text_reads_in_order(whole):
    """Passages come out whole, in the order of the report, Chinese characters as themselves."""
    language, document = whole
    text = squeezed("".join(page.extract_text() for page in document.pages))
    passages = {
        "en": ("Ourfleet", "Ourcrew", "Aboutthisreport"),
        "zh-Hant": ("主要數據", "關於本報告"),
    }[language]
    paragraphs = [squeezed(plain_of(one)) for one in re.findall(r"<p>(.*?)</p>", document.html, re.DOTALL)]
    whole_ones = [one for one in paragraphs if len(one) > 10 and text.count(one) == 1]

    assert len(whole_ones) > 3
    assert [text.index(one) for one in whole_ones] == sorted(text.index(one) for one in whole_ones)
    assert [text.rindex(one) for one in passages] == sorted(text.rindex(one) for one in passages)


def outline(reader, items, depth=1):
    """Yield each entry of the outline: depth, title, page from 1."""
    for item in items:
        if isinstance(item, list):
            yield from outline(reader, item, depth + 1)
        else:
            yield depth, item.title, reader.get_destination_page_number(item) + 1


def test_the_outline_is_that_of_the_headings(whole):
    """Each heading once, nested as in the report, under the title on the cover."""
    _, document = whole
    reader = pypdf.PdfReader(io.BytesIO(document.data))
    found = [(depth, title) for depth, title, _ in outline(reader, reader.outline)]
    headings = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", document.html, re.DOTALL)
    wanted = [(int(level), squeezed(plain_of(text))) for level, text in headings]

    assert "2024/25" in found[0][1]
    assert [(depth, squeezed(title)) for depth, title in found[1:]] == wanted


def test_the_contents_tell_true_pages(whole):
    """The page behind each entry is the one on which its heading stands."""
    _, document = whole
    pages = [squeezed(page.extract_text()) for page in document.pages]
    entries = re.findall(r'<a class="toc" href="#[^"]*">(.*?)</a>', document.html, re.DOTALL)
    lines = document.pages[1].extract_text().splitlines()
    told = {
        squeezed(line[: -len(found[0])]).rstrip("."): int(found[0])
        for line in lines
        if (found := re.findall(r"\d+$", line))
    }

    assert len(entries) > 8
    for entry in entries:
        title = squeezed(plain_of(entry))
        assert title in pages[told[title] - 1]


# --- crafted pages


def press(body, texts, lang="en-GB"):
    """Return the PDF of *body* as a chapter."""
    html = f'<html lang="{lang}"><head><title>Crafted</title></head><body><section class="chapter">{body}</section>'
    return pressed(html, texts[1])


def test_a_long_table_repeats_its_head_and_stays_one(texts):
    """On each page the reader sees the head; a screen reader meets one table with one head."""
    rows = "".join(f'<tr><th scope="row">Row {at}</th><td class="number">{at}</td></tr>' for at in range(120))
    head = '<thead><tr><th scope="col">Label</th><th scope="col">Headword</th></tr></thead>'
    data = press(f'<h1>Long</h1><div class="table"><table>{head}<tbody>{rows}</tbody></table></div>', texts)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kinds = [str(element.S) for element, _ in struct(pdf)]

    assert len(pages) >= 3
    assert all("Headword" in page.extract_text() for page in pages)
    assert (kinds.count("/Table"), kinds.count("/THead"), kinds.count("/TR")) == (1, 1, 121)


def test_a_paragraph_over_two_pages_is_one(texts):
    """It is read without a stop."""
    words = " ".join(f"word{at}" for at in range(900))
    data = press(f"<h1>Long</h1><p>{words}</p>", texts)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kinds = [str(element.S) for element, _ in struct(pdf)]
        assert len(pdf.pages) > 1
    assert kinds.count("/P") == 1


def paper(**changed):
    """Return what a page has to know of a document with two chapters."""
    known = {
        "chapters": {"en/a/index.html": "a", "en/b/index.html": "b"},
        "address": "",
        "colours": {},
        "page": ("", ""),
    }
    return Paper(**{**known, **changed})


NOTE = (
    '<p>Foam<sup class="mark"><a href="#footnote-x" id="call">1</a></sup> is banned.</p><p>More.</p>'
    '<section class="footnotes"><ol class="notes-list"><li id="footnote-x"><span class="note-sign">1</span> '
    '<span class="note-text">A plastic. <a class="back" href="#call">↑</a></span></li></ol></section>'
)


def test_a_footnote_stands_at_the_foot_of_its_page(texts):
    """It is printed below all text, and read where it is called."""
    body = on_paper(NOTE, "en/a/index.html", paper())
    data = press(f"<h1>Notes</h1>{body}", texts)
    text = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        elements = [element for element, _ in struct(pdf)]
        note = next(one for one in elements if one.S == "/Note")
        kinds = [str(one.S) for one in elements]

    assert "footnotes" not in body
    assert text.index("More.") < text.index("A plastic.")
    assert str(note.ID)
    assert kinds.index("/Note") < len(kinds) - 1 - kinds[::-1].index("/P")  # before the second paragraph


@pytest.mark.parametrize(
    ("href", "address", "wanted"),
    [
        ("../b/index.html#use", "", '<a href="#b.use"'),
        ("../b/index.html", "", '<a href="#b"'),
        ("#here", "", '<a href="#a.here"'),
        ("../figures/x/index.html#y", "https://e.org/r/", '<a href="https://e.org/r/en/figures/x/#y"'),
        ("../figures/x/index.html", "", "<span>"),
        ("https://e.org/", "", '<a href="https://e.org/"'),
    ],
)
def test_a_link_leads_on_paper_too(href, address, wanted):
    """Inside the document to its place; else to the site, where its address is known; else it is words."""
    assert wanted in on_paper(f'<p><a href="{href}">there</a></p>', "en/a/index.html", paper(address=address))


def test_a_drawing_takes_the_colours_of_print():
    """No variable is left, which a PDF would paint black; the narrow drawing, tools and folded data are left out."""
    svg = '<svg viewBox="0 0 1 1"><title>T.</title><desc>D.</desc><path fill="var(--data-1)"/></svg>'
    html = (
        f'<figure class="chart" id="c"><div class="wide">{svg}</div><div class="narrow">{svg}</div>'
        '<div class="chart-more">x</div><div class="tools">y</div></figure>'
    )
    body = on_paper(html, "en/a/index.html", paper(colours={"--data-1": "#156275"}))

    assert body.count("<svg") == 1
    assert 'fill="#156275"' in body
    assert "var(" not in body
    assert "<title>T. D.</title>" in body
    assert ">x<" not in body
    assert ">y<" not in body


def test_a_document_fetches_nothing(texts):
    """A picture with an address is not brought from anywhere."""
    picture = '<p><img src="http://127.0.0.1:9/a.png" alt="a"></p>'
    html = f'<html lang="en"><head><title>x</title></head><body><h1>x</h1>{picture}'
    data = pressed(html, texts[1])

    assert b"/Image" not in data


# --- the same bytes, kept


def test_the_same_pages_make_the_same_bytes(texts, tmp_path):
    """Without anything kept, twice; and what is kept is taken from there."""
    path = document_path("zh-Hant", "about")
    chosen, said = {path: texts[0][path]}, []
    first = made(chosen, texts[1], None, said.append)
    second = made(chosen, texts[1], tmp_path / "kept", said.append)
    third = made(chosen, texts[1], tmp_path / "kept", said.append)

    assert first == second == third
    assert said == [f"made {path}"] * 2


def test_the_words_decide_and_not_the_machine(texts):
    """Nothing of the folder or the clock is in a document."""
    assert all(str(ROOT) not in html and tempfile.gettempdir() not in html for html in texts[0].values())


def test_pages_link_to_their_documents(printer):
    """A chapter to its own and to the whole; other pages to the whole; named by title, not by address."""
    _, _, views = printer
    chapter = next(view for view in views if view.path == "en/fleet/index.html")
    home = next(view for view in views if view.path == "zh-Hant/index.html")
    own, whole = document_links(chapter)

    assert own.href == "../../documents/en/fleet.pdf"
    assert own.name == "1 Our fleet – Sustainability Report 2024 25.pdf"
    assert whole.href == "../../documents/en/report.pdf"
    assert [link.href for link in document_links(home)] == ["../documents/zh-Hant/report.pdf"]


def test_every_page_of_the_author_is_in_the_report(texts, printer):
    """The whole report holds each page once; each page but the home page is a document too."""
    _, languages, views = printer
    for language in languages:
        stems = [
            view.path.split("/")[1]
            for view in views
            if view.language == language.id and view.kind in ("chapter", "page")
        ]
        html = texts[0][document_path(language.id, "report")]

        assert [
            one for one in stems if html.count(f'<section class="chapter chapter-{_kind(views, one)}" id="{one}">') != 1
        ] == []
        assert {document_path(language.id, one) for one in stems} <= set(texts[0])


def _kind(views, stem):
    return next(view.kind for view in views if view.path.endswith(f"/{stem}/index.html"))


def site_of(tmp_path, **env):
    """Build the tiny report with its documents, and return its site and what is said."""
    folder = tmp_path / "report"
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    given = {**os.environ, "DOCUMENTS": "true", "PYTHONPATH": str(ROOT / "generator"), **env}
    if not (folder / "mkdocs.yml").exists():
        shutil.copy(ROOT / "mkdocs.yml", folder)
    if not (folder / "theme").exists():
        shutil.copytree(ROOT / "theme", folder / "theme")
    command = [sys.executable, "-m", "mkdocs", "build"]
    built = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False, timeout=300)
    assert built.returncode == 0, built.stderr
    return folder / "site", built.stderr


def test_a_build_lists_and_links_its_documents(tmp_path):
    """Each document is in SHA256SUMS under its true sum, and each page links to its own."""
    site, _ = site_of(tmp_path)
    made_here = sorted(path.relative_to(site).as_posix() for path in site.glob("documents/*/*.pdf"))
    sums = dict(reversed(line.split("  ", 1)) for line in (site / "SHA256SUMS").read_text().splitlines())

    assert len(made_here) >= 4
    assert document_path("zh-Hant", "report") in made_here
    assert {name: hashlib.sha256((site / name).read_bytes()).hexdigest() for name in made_here} == {
        name: sums[name] for name in made_here
    }
    assert 'href="../../documents/en/fleet.pdf"' in (site / "en" / "fleet" / "index.html").read_text(encoding="utf-8")


def test_a_build_without_pango_makes_the_rest(tmp_path):
    """It says what to install; there are no documents and no links to them."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "weasyprint.py").write_text("raise OSError('cannot load library')\n", encoding="utf-8")
    site, said = site_of(tmp_path, PYTHONPATH=f"{tmp_path / 'broken'}:{ROOT / 'generator'}")

    assert "no PDF documents are made, because the library Pango is missing: install it with" in said
    assert not (site / "documents").exists()
    assert "documents/en" not in (site / "en" / "fleet" / "index.html").read_text(encoding="utf-8")


def test_a_machine_without_pango_is_told_what_to_install(tmp_path):
    """In one sentence; the rest is built."""
    broken = tmp_path / "weasyprint.py"
    broken.write_text("raise OSError('cannot load library libpango')\n", encoding="utf-8")
    code = "from crossfoot.press import lacking; print(lacking())"
    env = {"PYTHONPATH": f"{tmp_path}:{ROOT / 'generator'}", "PATH": "/usr/bin:/bin"}
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout

    assert told.startswith("no PDF documents are made, because the library Pango is missing: install it with")
    assert "libpangoft2-1.0-0" in told
    assert lacking() == ""
