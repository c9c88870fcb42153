"""The built site in a real browser: what a visitor sees, with and without scripts, on a phone, in the dark, on paper.

What is checked stands in `browser_checks`; here every check visits the report's own site, and is proven able to fail.
"""

# ruff: noqa: E501 - a fault reads best on one line
from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

import browser_checks
import site_checks
from browser_checks import HERE, STATES
from conftest import ROOT

SAMPLE = HERE / "sample"

SHEETS = (
    "figures",  # the way in: the audit's findings and counts
    "figures/environment",  # a chapter: the longest
    "figures/environment/waste-non-hazardous-per-employee",  # a KPI with findings, their arithmetic and their reasons
    "figures/environment/ghg-scope1",  # claims that hold, parts and their total, a document cited
    "figures/environment/ghg-intensity-floor",  # claims that stay open, a method
    "figures/environment/gas-factor",  # a quantity nobody discloses, solved by the audit, with its definition
    "figures/technology/industries-changed",  # a KPI that no claim rests on, hedged ("over 100")
    "disclosures",  # the way in: the coverage of each framework
    "disclosures/hkex-2016",  # the index the report is written to: every status, notes
    "disclosures/hkex-2025",  # the longest gap index: editions, explanations
    "disclosures/vsme",  # a short gap index: data points of the taxonomy
    "explorer",  # every indicator with its filters, boxes and headings to sort by
    "data",  # every file to take away
    "my-report",  # where chosen parts are collected, with nothing chosen yet
)
"""The pages made from the data that every check visits, in each language.

A sample suffices: such a page comes from the same few templates as its sisters and differs from them in what it is
made of and in how long its words are, in nothing else. What the others are made of, the sample must show too
(`test_the_sample_shows_whatever_the_others_are_made_of`); whether their words fit, they are asked one by one, on the
narrowest screen (`test_the_other_pages_fit_a_narrow_screen`). As files they are checked without exception, in
`test_site`. A figure with a target or a restated one would bring a line of its own; this report has none.
"""


def _pages() -> list[str]:
    """Return the pages that authors wrote, known before the site is built."""
    if not os.environ.get("CROSSFOOT_SITE"):
        return site_checks.page_paths(ROOT / "content")
    built = site_checks.read(Path(os.environ["CROSSFOOT_SITE"]))
    return sorted(set(built.pages) - site_checks.sheets(built))


def _sample() -> list[str]:
    """Return the sample of the pages made from the data; of a site that is not this report's, all of them."""
    sample = [f"{language}/{stem}/index.html" for language in LANGUAGES for stem in SHEETS]
    if not os.environ.get("CROSSFOOT_SITE"):
        return sample
    made = site_checks.sheets(site_checks.read(Path(os.environ["CROSSFOOT_SITE"])))
    return sample if made.issuperset(sample) else sorted(made)


def _longest(language: str) -> str:
    """Return the page of *language* with the most words, as a sample chapter."""
    folder = Path(os.environ.get("CROSSFOOT_SITE") or ROOT / "content")

    def weight(path: str) -> int:
        words = [folder / path, folder / f"{path.removesuffix('/index.html')}.md"]
        return max(file.stat().st_size if file.is_file() else 0 for file in words)

    return max((path for path in WRITTEN if path.startswith(f"{language}/")), key=weight)


WRITTEN = _pages()
LANGUAGES = sorted({path.split("/")[0] for path in WRITTEN if "/" in path})
MADE = _sample()
PAGES = [*WRITTEN, *MADE]
HOMES = [f"{language}/index.html" for language in LANGUAGES]
CHAPTERS = [_longest(language) for language in LANGUAGES]
TWINS = [path for path in PAGES if "/" in path]
EVIDENCE = [path for path in MADE if path.endswith(("-per-employee/index.html", "/vsme/index.html"))]
"""A page of a KPI and a content index, to use as a reader does."""
TOOLS = [path for path in MADE if path.endswith(("/explorer/index.html", "/data/index.html", "/my-report/index.html"))]
"""Pages that are there to work with."""
USED = [*WRITTEN, *EVIDENCE, *TOOLS]
"""For checks of how a page comes and is used: of the pages made from the data, one of each kind suffices."""

VISITS = {
    "look": PAGES,
    "names": USED,
    "first_visit": USED,
    "slow_visit": ["index.html", *HOMES, *CHAPTERS],
    "without_scripts": [
        path for path in USED if not path.endswith("/my-report/index.html")
    ],  # which says why it is empty
    "switch_from_a_folder": [path for path in TWINS if path in {*WRITTEN, *EVIDENCE}],
    "switch_keeps_the_place": [path for path in TWINS if path in USED],
    "menu_from_a_folder": HOMES,
    "pager_from_a_folder": HOMES,
    "skip_link": ["index.html", "404.html", *HOMES, *CHAPTERS],
    "keyboard": [*CHAPTERS, *EVIDENCE, *TOOLS],
    "printing": ["index.html", *HOMES, *CHAPTERS, *EVIDENCE],
    "missing": ["404.html"],
}
"""Which check visits which pages."""


@pytest.fixture(scope="module")
def visited(served, visit):
    """A function that returns what a check finds on a page of the report's own site."""
    return lambda check, path, **views: getattr(browser_checks, check)(visit(served), path, **views)


def _others(folder: Path) -> list[str]:
    """Return the pages made from the data that are not in the sample."""
    return sorted(site_checks.sheets(site_checks.read(folder)) - set(MADE))


def _name(path: str) -> str:
    return path.removesuffix("/index.html").removesuffix(".html") if path != "index.html" else "front"


def _visits() -> list:
    return [
        pytest.param(check, path, id=f"{check}-{_name(path)}")
        for check, paths in VISITS.items()
        for path in dict.fromkeys(paths)
    ]


@pytest.mark.parametrize(("check", "path"), _visits())
def test_site(check, path, visited):
    """Nothing is wrong for those who visit the site; what each check promises stands in its docstring."""
    views = {"states": browser_checks.ACTED} if check == "look" and path in MADE and path not in USED else {}
    found = visited(check, path, **views)
    if found:
        promise = getattr(browser_checks, check).__doc__
        pytest.fail(f"{path}: {len(found)} findings. {promise}\n" + "\n".join(found[:30]), pytrace=False)


def test_nothing_is_asked_outside_the_sub_path(served, visit):
    """A visit asks the server for nothing outside the site's own path, and for nothing that is not there."""
    before = len(served.requests)
    for path in CHAPTERS:
        browser_checks.without_scripts(visit(served), path)
    asked = served.requests[before:]

    assert len(asked) >= 2 * len(CHAPTERS)
    assert [(path, status) for path, status in asked if status >= 400 or not path.startswith("/report/")] == []


def test_the_sample_shows_whatever_the_others_are_made_of(site):
    """No page made from the data is made of anything that the visited ones are not."""
    built = site_checks.read(site)
    found = [str(finding) for finding in site_checks.unlike(built, MADE)]
    if found:
        pytest.fail("name in SHEETS a page that shows this:\n" + "\n".join(found[:30]), pytrace=False)


def test_the_other_pages_fit_a_narrow_screen(served, visited):
    """No page made from the data that is not in the sample scrolls sideways, cuts its words or complains at 320 px."""
    others = _others(served.folder)
    found = [f"{path}: {said}" for path in others for said in visited("fit", path)]
    if found:
        pytest.fail(f"{len(found)} findings on {len(others)} pages:\n" + "\n".join(found[:30]), pytrace=False)


# --- the tests of the tests

EN = "en/energy/index.html"
LABEL = 'font-size="14" fill="var(--ink)">Electricity'
VALUE = '<text x="346" y="39"'
NOISE = "".join(hashlib.sha256(bytes([number % 256, number // 256])).hexdigest() for number in range(4000))
MANY = "".join(f'<script src="../../assets/site.js?{number}" defer></script>' for number in range(13))
LATE = (
    "setTimeout(() => { const late = document.createElement('h2'); late.textContent = 'Late';"
    " document.querySelector('main').prepend(late); }, 300);"
)
LOOKS = [
    # state, what stands on the page, what is put in its place, words of the finding
    ("360 light", "<h2", '<img src="../../assets/favicon.svg"><h2', "axe image-alt"),
    ("1280 light", "<h2", '<p class="pale">Pale</p><h2', "axe color-contrast"),
    ("360 light", "<h2", '<p><a class="dot" href="#use">1</a><a class="dot" href="#kinds">2</a></p><h2', "axe target-size"),
    ("360 light", "<h2", '<p class="broad">Broad</p><h2', "px wide on a screen of 360 px"),
    ("360 light", "<h2", '<p class="broad">Broad</p><h2', "p.broad in #content: reaches to"),
    ("1280 light", "<h2", '<p class="cut">A line that is far too long for its box</p><h2', "text is cut by"),
    ("1280 large text", "<h2", '<p class="tight">A line that just fits its box</p><h2', "text is cut by"),
    ("360 light", "<h2", '<p class="away">Away</p><h2', "text leaves the screen"),
    ("360 light", "<h2", '<p class="under">Under</p><h2', "text lies on text: “"),
    ("1280 light", "<body>", '<body><p class="stuck-on">Stuck</p>', "text lies on text: “"),
    ("360 light", "<h2", '<p class="slide">A line that is far too long for its box</p><h2', "holds no table"),
    ("360 light", '<th scope="col">Unit', '<th scope="col" class="long">Unit', "a table of three columns scrolls sideways"),
    ("360 light", 'class="table-frame" role="region"', 'class="table-frame outsize" role="region"', "wider than the screen"),
    ("360 light", 'role="region" aria-labelledby="kinds-caption" tabindex="0"', "", "the keyboard cannot reach it"),
    ("360 light", "<h2", '<p class="tiny">Tiny</p><h2', "text of 6px"),
    ("360 light", LABEL, LABEL.replace("14", "8"), "less than 9"),
    ("1280 light", LABEL, LABEL.replace("14", "9"), "less than 11"),
    ("1280 light", '<text x="0" y="16"', '<text x="-20" y="16"', "text leaves the drawing by 21 px: “Electricity”"),
    ("1280 light", VALUE, '<text x="10" y="16"', "texts lie on each other: “12.0” and “Electricity”"),
    ("1280 light", VALUE, '<text x="10" y="39"', "text of contrast"),
    ("1280 dark", LABEL, 'font-size="14" fill="#777777" opacity="0.5">Electricity', "text of contrast"),
    ("1280 forced colours", LABEL, 'font-size="14" class="stuck">Electricity', "text of contrast"),
    ("1280 light", LABEL, 'font-size="14" fill="none">Electricity', "text without a plain colour"),
    ("1280 light", '<div class="narrow">', '<div class="narrow both">', "2 drawings show, not one"),
    ("1280 print", "<h2", '<p class="night">Night, of some length, on a ground that is dark</p><h2', "prints as a dark surface"),
    ("1280 print", "<body>", '<body class="dusk">', "the page prints on a dark ground"),
    ("A4 print", "<h2", '<p class="slide">A line that is far too long for its box</p><h2', "text is cut by"),
    ("1280 print", "<h2", '<details class="shut"><summary>More</summary><p>Lost</p></details><h2', "is closed on paper"),
    ("360 light", "<h2", '<h2 style="color: red"', "content security policy: style-src"),
    ("360 light", "<h2", '<h2 style="color: red"', "console error"),
    ("360 light", "<h2", '<img alt="" src="https://count.example/a.png"><h2', "asks another site: https://count.example/a.png"),
    ("360 light", "<h2", '<img alt="" src="/assets/favicon.svg"><h2', "outside its own path"),
    ("360 light", "<h2", '<img alt="" src="none.png"><h2', "answer 404"),
]  # fmt: skip

FAULTS = [
    # check, page visited, file, what stands there, what is put in its place, words of the finding
    *(("look", EN, EN, old, new, said, state) for state, old, new, said in LOOKS),
    *(
        (*fault, "")
        for fault in [
            ("look", EN, "assets/site.js", "// Addresses", 'console.warn("slow"); //', "console warning: slow"),
            ("look", EN, "assets/site.js", "// Addresses", "nothing.here(); //", "script error"),
            ("names", EN, EN, ">Energy by kind</caption>", "></caption>", "table without a name"),
            ("names", EN, EN, "<figure", "<table><caption>Energy by kind</caption><tr><td>1</td></tr></table><figure", "table of the same name"),
            ("names", EN, EN, 'role="img" aria-labelledby="by-kind-wide-t"', 'role="img" aria-label="Other"', "image: not heard as it is shown"),
            ("names", EN, EN, '<h2 id="use"', '<h2 aria-label="Other" id="use"', "heading: not heard as it is shown"),
            ("first_visit", EN, "assets/site.js", "// Addresses", f"// {NOISE}\n// Addresses", "bytes, more than"),
            ("first_visit", EN, "assets/site.js", "// Addresses", f"// {NOISE}\n// Addresses", "bytes of script, more than"),
            ("first_visit", EN, EN, "</head>", f"{MANY}</head>", "requests, more than"),
            ("first_visit", EN, "assets/site.js", "// Addresses", f"{LATE}\n// Addresses", "something moves"),
            ("slow_visit", EN, "assets/site.js", "// Addresses", f"{LATE}\n// Addresses", "at 360 px something moves"),
            ("slow_visit", EN, "assets/site.js", "// Addresses", f"{LATE}\n// Addresses", "at 1280 px something moves"),
            ("without_scripts", EN, EN, "<p>Energy use", '<p class="later">Energy use', "without scripts the words differ"),
            ("without_scripts", EN, EN, '<div class="wide">', '<div class="wide later">', "0 drawings show, not 1"),
            ("without_scripts", EN, EN, "<body>", '<body class="later">', "the page says only ''"),
            ("without_scripts", EN, EN, "<h2", '<p class="needs-script">Press</p><h2', "a tool that needs one shows: 'Press'"),
            ("without_scripts", EN, EN, "<figure", '<figure class="needs-script later"><svg role="img"></svg></figure><figure', "is marked as a tool: needs-script later"),
            ("switch_from_a_folder", EN, EN, "../../zh-Hant/energy/", "../../zh-Hant/", "the switch to zh-Hant leads to"),
            ("switch_keeps_the_place", EN, EN, "../../zh-Hant/energy/", "../../zh-Hant/", "the switch to zh-Hant leads to"),
            ("switch_keeps_the_place", EN, "assets/site.js", "link.hash =", "link.title =", "loses the place: #, not #use"),
            ("switch_keeps_the_place", EN, "zh-Hant/energy/index.html", 'id="use"', 'id="usage"', "is not there in zh-Hant"),
            ("switch_keeps_the_place", EN, "zh-Hant/energy/index.html", "<body>", '<body><p class="lid"></p>', "or covered"),
            ("menu_from_a_folder", "en/index.html", "en/index.html", "../en/energy/index", "../en/gas/index", "leads to"),
            ("menu_from_a_folder", "en/index.html", "en/index.html", 'href="../en/energy/', 'href="../zh-Hant/energy/', "reach en/energy"),
            ("pager_from_a_folder", "en/index.html", "en/index.html", 'rel="next" href="energy', 'rel="next" href="gas', "next leads to"),
            ("pager_from_a_folder", "en/index.html", EN, 'rel="prev"', 'rel="next"', "next leads in a circle"),
            ("pager_from_a_folder", "en/index.html", EN, 'rel="prev"', "", "previous does not lead back"),
            ("pager_from_a_folder", "en/index.html", "en/index.html", 'energy/index.html">Energy</a></nav>', 'index.html">Energy</a></nav>', "in a circle"),
            ("skip_link", EN, EN, '<a class="skip" href="#content">', "<a>", "does not reach a skip link"),
            ("skip_link", EN, "assets/site.css", ".skip:focus { position: static; }", "", "does not show"),
            ("skip_link", EN, EN, 'href="#content">', 'href="#menu">', "does not move the focus"),
            ("skip_link", EN, EN, "<header>", '<p class="lid"></p><header>', "something covers the skip link"),
            ("keyboard", EN, "assets/site.css", "outline: 3px solid", "outline: 0 solid", "the focus does not show on"),
            ("keyboard", EN, EN, "<body>", '<body><p class="lid"></p>', "something covers"),
            ("keyboard", EN, "assets/site.js", "// Addresses", 'document.onkeydown = () => document.links[3].focus(); //', "Tab does not reach"),
            ("keyboard", EN, EN, '<a href="https://example.com/list"', '<a tabindex="1" href="https://example.com/list"', "back to"),
            ("printing", EN, "assets/site.css", "size: A4", "size: A5", "not A4"),
            ("missing", "404.html", "404.html", "/report/assets/site.css", "assets/site.css", "request failed: "),
            ("missing", "404.html", "404.html", '<link rel="stylesheet" href="/report/assets/site.css">', "", "no styles"),
            ("missing", "404.html", "404.html", 'href="/report/en/', 'href="/en/', "which is not there"),
        ]
    ),
]  # fmt: skip
BAD_CSS = """
.pale { color: #bbbbbb; } .dot { font-size: 10px; } .broad { width: 600px; } .both { display: block !important; }
.cut { width: 8rem; overflow: hidden; white-space: nowrap; } .slide { width: 8rem; overflow-x: auto; white-space: nowrap; }
.above { position: sticky; top: 0; background: Canvas; } .tight { width: 400px; overflow: hidden; white-space: nowrap; } .away { position: relative; left: -3rem; }
.tiny { font-size: 6px; } .night { background: #111111; color: #ffffff; } .long { min-width: 30rem; }
.table-frame:not([tabindex]) table { width: 60rem; } .table-frame:not([tabindex]) a { display: none; }
.outsize { width: 30rem; } .outsize table { width: 60rem; } .stuck { forced-color-adjust: none; fill: #222222; }
.shut::details-content { content-visibility: hidden !important; } .lid { position: fixed; inset: 0; margin: 0; }
.under { margin-bottom: -4rem; } .stuck-on { position: fixed; inset: auto auto 2.2rem 290px; margin: 0; }
main:has(h2) { min-height: 110vh; }
@media print { .dusk { background: #222222; } }
@media (scripting: none) { .later { display: none; } body.later { display: block; visibility: hidden; } }
"""


@pytest.mark.parametrize(
    ("check", "path", "file", "old", "new", "said", "state"), FAULTS, ids=[f"{f[0]}-{f[6]}-{f[5]}" for f in FAULTS]
)
def test_a_fault_is_found(check, path, file, old, new, said, state, serve, visit, tmp_path):
    """A site with one fault is found out, and the finding names the fault."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "report"))
    words = (folder / file).read_text(encoding="utf-8")
    assert old in words
    (folder / file).write_text(words.replace(old, new), encoding="utf-8")
    with (folder / "assets" / "site.css").open("a", encoding="utf-8") as styles:
        styles.write(BAD_CSS)
    states = {"states": tuple(one for one in STATES if one.name == state)} if state else {}

    found = getattr(browser_checks, check)(visit(serve(folder)), path, **states)

    assert [line for line in found if said in line], found


def test_text_under_a_header_that_stays_is_no_fault(serve, visit, tmp_path):
    """A header that stays, on a ground of its own, hides what scrolls under it: no text lies on text."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "report"))
    words = (folder / EN).read_text(encoding="utf-8")
    (folder / EN).write_text(words.replace("<header>", '<header class="above">'), encoding="utf-8")
    with (folder / "assets" / "site.css").open("a", encoding="utf-8") as styles:
        styles.write(BAD_CSS)

    assert browser_checks.look(visit(serve(folder)), EN, STATES[:1]) == []


def test_a_tool_that_only_scripts_can_work_is_no_fault(serve, visit, tmp_path):
    """What is marked so may show with scripts alone, its words and its sign; it is left out where there are none."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "report"))
    words = (folder / EN).read_text(encoding="utf-8")
    tool = '<p class="needs-script later">Search <svg width="20" height="20"></svg></p>'
    (folder / EN).write_text(words.replace("<h2", f"{tool}<h2"), encoding="utf-8")
    with (folder / "assets" / "site.css").open("a", encoding="utf-8") as styles:
        styles.write(BAD_CSS)

    assert browser_checks.without_scripts(visit(serve(folder)), EN) == []


WRONG = [
    # what stands on the page, what the page of a reader keeps
    ('<h2 style="color: red"', "console error"),
    ('<img alt="" src="https://count.example/a.png"><h2', "asks another site: https://count.example/a.png"),
    ('<img alt="" src="/assets/favicon.svg"><h2', "outside its own path"),
    ('<script src="../../assets/fault.js"></script><h2', "script error: Fault"),
    ('<script src="../../assets/fault.js"></script><h2', "a dialog: Is that so?"),
]


@pytest.mark.parametrize(("new", "said"), WRONG, ids=[said for _, said in WRONG])
def test_the_page_of_a_reader_keeps_what_goes_wrong(new, said, new_page, serve, tmp_path):
    """What tests of a single feature rely on; a second page of the same reader is heard too."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "report"))
    words = (folder / EN).read_text(encoding="utf-8")
    (folder / EN).write_text(words.replace("<h2", new, 1), encoding="utf-8")
    (folder / "assets" / "fault.js").write_text('alert("Is that so?"); throw new Error("Fault");', encoding="utf-8")
    first = new_page()
    second = first.context.new_page()
    second.goto(f"{serve(folder).address}{EN}")
    told = list(first.told)
    second.goto("about:blank")
    first.told.clear()

    assert [line for line in told if said in line], told


def test_small_links_on_paper_are_no_fault(serve, visit, tmp_path):
    """Links that stand too close for a finger are found on a screen and not on paper, where nothing is tapped."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "report"))
    words = (folder / EN).read_text(encoding="utf-8")
    links = '<p><a class="dot" href="#use">1</a><a class="dot" href="#kinds">2</a></p>'
    (folder / EN).write_text(words.replace("<h2", f"{links}<h2"), encoding="utf-8")
    with (folder / "assets" / "site.css").open("a", encoding="utf-8") as styles:
        styles.write(BAD_CSS)
    states = {state.name: state for state in STATES}

    assert "axe target-size" in "".join(browser_checks.look(visit(serve(folder)), EN, (states["1280 light"],)))
    assert browser_checks.look(visit(serve(folder)), EN, (states["1280 print"],)) == []


@pytest.mark.parametrize("check", ["menu_from_a_folder", "pager_from_a_folder"])
def test_pages_made_from_the_data_need_no_place_in_the_menu(check, serve, visit, tmp_path):
    """The menu and `next` must reach what authors wrote; the pages made from the data hang on the figures."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "report"))
    made = folder / "en" / "figures" / "index.html"
    made.parent.mkdir()
    words = (folder / EN).read_text(encoding="utf-8")
    made.write_text(words.replace("<body>", '<body class="sheet">'), encoding="utf-8")

    assert getattr(browser_checks, check)(visit(serve(folder)), "en/index.html") == []


@pytest.mark.parametrize("check", list(VISITS))
def test_a_sound_site_has_no_findings(check, serve, visit):
    """The same site without the fault is found sound."""
    paths = {"menu_from_a_folder": "en/index.html", "pager_from_a_folder": "en/index.html", "missing": "404.html"}

    assert getattr(browser_checks, check)(visit(serve(SAMPLE)), paths.get(check, EN)) == []


def test_every_check_is_proven():
    """No check is without a fault that it finds."""
    assert set(VISITS) == {fault[0] for fault in FAULTS}
