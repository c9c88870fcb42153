"""My report in a real browser: ticking, collecting, downloads, and whatever may be wrong with what the browser stored."""

# ruff: noqa: E501 - a stored basket reads best on one line
from __future__ import annotations

import csv
import io
import json
import re
import shutil
from decimal import Decimal

import lxml.html
import pytest

from states.my_report import PARTS, REPORT, VANISHED, collected, store

LANGUAGES = ("en", "zh-Hant")
BUTTONS = "() => [...document.querySelectorAll('.my-report-list li')].map((li) => li.querySelector('.my-report-name').textContent)"
EVIL = "<img src=x onerror=window.hit=1>"


@pytest.fixture
def page(new_page):
    """A page of a new reader; a part that cannot be fetched is nothing wrong in itself."""
    return new_page(excuse="status of (404|503)")


def names(page):
    """Return the names of the chosen parts, in order."""
    return page.evaluate(BUTTONS)


def stored(page):
    """Return what the browser keeps."""
    return json.loads(page.evaluate("() => localStorage.getItem(crossfoot.choice)") or "null")


def act(page, name, at=0):
    """Press a button of the page that collects."""
    page.locator(f"[data-act={name}]").nth(at).click()


def saved(page, kind):
    """Return the text of a download."""
    with page.expect_download() as download:
        act(page, kind)
    return download.value.path().read_text(encoding="utf-8")


# -- ticking and collecting ----------------------------------------------------------------------------


def test_what_is_ticked_in_one_language_is_collected_in_the_other(page, served):
    """A section, a table, a chart, a KPI and an entry, in the order they were ticked; the number stands in the header."""
    page.goto(served.address + "en/environment/")
    for anchor in ("operation", "table-office", "chart-devices"):
        page.locator(f"#tick-{anchor} input").focus()
        page.keyboard.press("Space")
    page.goto(served.address + "en/figures/environment/ghg-scope1/")
    page.locator("#tick-page input").check()
    page.get_by_role("status").get_by_text("Added to your report: Direct GHG emissions (scope 1)").wait_for()
    page.goto(served.address + "en/figures/environment/")
    page.locator("#tick-devices-purchased").click()
    page.locator(".my-report-link").get_by_text("(5)").wait_for()

    assert [{key: one[key] for key in ("page", "anchor", "sort")} for one in stored(page)["parts"]] == list(PARTS)
    assert not any("copy" in one for one in stored(page)["parts"])

    page.goto(served.address + "zh-Hant/my-report/")
    collected(page)

    assert names(page) == ["6.1 綠色營運與管理", "辦公場所的節約與再用", *names(page)[2:]]
    assert page.locator(".chosen").count() == len(PARTS)
    assert page.locator(".my-report-link").inner_text().endswith("（5）")
    # Numbered ids: nothing stands twice, though the table is in the section too.
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_a_box_shows_what_is_stored_and_takes_it_back(page, served):
    """On a later visit, and in another tab at once."""
    page.goto(served.address + "en/environment/")
    store(page, PARTS)
    page.locator("#tick-table-office :checked").wait_for()
    other = page.context.new_page()
    other.goto(served.address + "zh-Hant/environment/")
    other.locator("#tick-table-office :checked").wait_for()
    page.locator("#tick-table-office input").uncheck()
    other.locator("#tick-table-office :not(:checked)").wait_for()

    assert len(stored(page)["parts"]) == len(PARTS) - 1
    assert other.locator(".my-report-link").inner_text().endswith("（4）")


def test_the_part_is_the_part(page, served, site):
    """A table and a section hold what they hold on their page, word for word, their boxes and tools left out."""
    page.goto(served.address + REPORT)
    store(page, PARTS[:2])
    collected(page)
    body = lxml.html.parse(site / "en/environment/index.html").getroot()
    table = body.get_element_by_id("table-office")
    for one in table.xpath(".//*[contains(@class,'tools')]"):
        one.drop_tree()

    shown = page.locator(".chosen-table .table").text_content()

    assert shown.split() == table.text_content().split()
    words = page.locator(".chosen-section").inner_text()
    assert "6.1 Green operation" in words
    assert "6.2 " not in words
    assert "Add to my report" not in words


def test_order_removal_and_undo(page, served):
    """By keyboard alone: the focus stays with what the reader does, and each change is said aloud."""
    page.goto(served.address + REPORT)
    store(page, PARTS[:3])
    collected(page)
    first, second, third = names(page)
    page.locator("[data-act=down]").first.focus()
    page.keyboard.press("Enter")

    assert names(page) == [second, first, third]
    assert page.get_by_role("status").inner_text() == f"Now part 2 of 3: {first}"
    assert page.evaluate("() => document.activeElement.dataset.act") == "down"

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert names(page) == [second, third]
    assert page.locator(".chosen").count() == 2
    assert page.evaluate("() => document.activeElement.dataset.act") == "remove"

    page.locator("[data-act=undo]").press("Enter")
    assert names(page) == [second, first, third]

    page.locator("[data-act=clear]").press("Enter")
    assert stored(page) is None
    assert page.locator(".my-report-empty a").get_attribute("href") == "../index.html"

    page.locator("[data-act=undo]").press("Space")
    assert names(page) == [second, first, third]
    assert [one["anchor"] for one in stored(page)["parts"]] == ["table-office", "operation", "chart-devices"]


def test_notes_come_along(page, served):
    """A part brings the footnotes and editor's notes that it calls and that stand elsewhere on its page; no link is dead."""
    page.goto(served.address + REPORT)
    store(page, (*PARTS, {"page": "users", "anchor": "", "sort": "figure"}))
    collected(page)
    dead = page.evaluate(
        "() => [...document.querySelectorAll('.chosen a[href^=\"#\"]')].filter((a) => !document.getElementById(a.hash.slice(1))).length"
    )
    calls = page.locator(".chosen-section .note-mark a").count()

    assert dead == 0
    assert calls > 0
    assert page.locator(".chosen-section .editor-note").count() > 0


def test_paper_shows_the_parts_and_no_buttons(page, served):
    """The list is the cover; the way back to each part is not printed as an address of this computer."""
    page.goto(served.address + REPORT)
    store(page, PARTS)
    collected(page)
    page.emulate_media(media="print")

    assert page.locator(".my-report-list").is_visible()
    assert page.locator(".chosen").last.is_visible()
    assert page.locator(".my-report button:visible").count() == 0
    assert page.locator("main > .disclaimer").is_visible()
    assert page.pdf().startswith(b"%PDF-")
    assert page.locator(".chosen-from a").first.get_attribute("href") == "../../en/environment/#operation"


# -- downloads -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kept_page_needs_nothing_else(page, served, language, tmp_path):
    """It opens from a disk with no request and no complaint, and holds exactly the chosen parts, in their order."""
    page.goto(served.address + f"{language}/my-report/")
    store(page, PARTS)
    collected(page)
    order = names(page)
    shown = page.locator(".chosen").all_text_contents()
    file = tmp_path / "kept.html"
    file.write_text(saved(page, "save_page"), encoding="utf-8")
    requests = []
    reader = page.context.new_page()
    reader.on("request", lambda request: requests.append(request.url))
    reader.on("console", lambda m: requests.append(m.text))
    reader.goto(file.as_uri())

    assert requests == [file.as_uri()]
    assert reader.locator(".my-report-name").all_text_contents() == order
    assert reader.locator(".chosen").all_text_contents() == shown
    assert reader.locator("script, link, img, button").count() == 0
    assert not re.search(r"\son\w+=|javascript:", file.read_text(encoding="utf-8"))
    assert reader.locator(".disclaimer").is_visible()
    hrefs = reader.evaluate("() => [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
    assert [href for href in hrefs if not re.match(r"#|https?://", href)] == []
    for scheme, paper in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(21, 25, 28)")):
        reader.emulate_media(color_scheme=scheme)
        assert reader.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == paper


def figures_of(site, path, part):
    """Return the figures that stand in a part of a built page: name, period, value."""
    body = lxml.html.parse(site / path).getroot()
    element = body.get_element_by_id(part["anchor"]) if part["anchor"] else body.xpath("//div[@class='prose']")[0]
    found = element.xpath(".//data[contains(@class,'value')][@data-figure]")
    return {(one.get("data-figure"), one.get("data-period", ""), one.get("value")) for one in found}


def test_the_data_are_exactly_the_figures_of_the_parts(page, served, site):
    """A table, a chart of some of its rows and a KPI: as CSV and as JSON the same rows, each once; labels in the language."""
    parts = PARTS[1:4]
    page.goto(served.address + "zh-Hant/my-report/")
    store(page, parts)
    collected(page)
    text, told = saved(page, "save_csv"), json.loads(saved(page, "save_json"))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    expected = set().union(*(figures_of(site, f"zh-Hant/{one['page']}/index.html", one) for one in parts))

    assert text.startswith("\ufeff")
    assert {(one["id"], one["period"], one["value"]) for one in told["figures"]} == expected
    facts = [tuple(value for key, value in one.items() if key != "shown") for one in told["figures"]]
    assert len(facts) == len(set(facts))
    assert [list(one.values()) for one in told["figures"]] == [list(row.values()) for row in rows]
    assert [one["anchor"] for one in told["parts"]] == ["table-office", "chart-devices", ""]
    for one in told["figures"]:
        section, name = one["id"].split(".")
        known = json.loads((site / f"figures/{section}/{name.replace('_', '-')}.json").read_text(encoding="utf-8"))
        assert one["label"] == known["label"]["zh-Hant"]
        assert one["address"] == known["address"]["zh-Hant"]
        values = {value["period"]: value["value"] for value in known["values"]}
        assert Decimal(one["value"]) == Decimal(values[one["period"]])
    # Worked by hand from the data: 271.69 tonnes printed for scope 1.
    assert ("environment.ghg_scope1", "2018", "271.69") in expected


# -- what may be wrong with what is stored -------------------------------------------------------------


def test_what_has_vanished_is_said_and_can_be_removed(page, served):
    """A table that is gone, a page that is gone: in words, with the name it had; the rest is shown."""
    page.goto(served.address + REPORT)
    store(page, (*VANISHED, PARTS[1]))
    collected(page)

    assert names(page)[:2] == ["Water 2017", "A part without a name"]
    faults = page.locator(".my-report-fault").all_text_contents()
    assert faults == [
        "This part is no longer on its page, so it cannot be shown.",
        "The page this part stood on is no longer in the report, so it cannot be shown.",
    ]
    assert page.locator(".chosen").count() == 1
    act(page, "remove")
    act(page, "remove")
    assert names(page) == ["Saving and re-use in the offices"]


def test_a_page_left_out_of_this_language_leads_to_the_other(page, serve, site):
    """A chapter that exists only in English is named in Chinese, with the way to it."""
    copy = serve(site)
    shutil.rmtree(copy.folder / "zh-Hant" / "environment")
    address = copy.address
    page.goto(address + "zh-Hant/my-report/")
    store(page, PARTS[1:2])
    collected(page)

    assert page.locator(".my-report-fault").inner_text() == "此頁未有本語言版本，可閱讀其他語言版本：English"
    assert page.locator(".my-report-fault a").get_attribute("href") == address + "en/environment/index.html"


def test_a_change_of_the_data_is_said_quietly(page, served):
    """What is shown is the present state, and the reader is told."""
    page.goto(served.address + REPORT)
    store(page, ({**PARTS[1], "version": "000000000000"},))
    collected(page)

    assert "The report has changed since you chose this part." in page.locator(".my-report-list").inner_text()
    assert page.locator(".chosen").count() == 1


TAMPERED = {
    "not JSON": ("{", "unreadable"),
    "a list": ("[]", "unreadable"),
    "null": ("null", "unreadable"),
    "a later version": (json.dumps({"version": 2, "parts": []}), "unreadable"),
    "parts of a wrong type": (json.dumps({"version": 1, "parts": {"length": 3}}), "unreadable"),
    "too long": (json.dumps({"version": 1, "parts": [], "more": "x" * 2**22}), None),
    "entries of wrong types": (
        json.dumps({"version": 1, "parts": [1, None, [], "x", {"page": 7}, {"page": ["environment"]}]}),
        6,
    ),
    "a page above the site": (
        json.dumps({"version": 1, "parts": [{"page": "../../secret", "anchor": "a", "sort": "table"}]}),
        1,
    ),
    "another site": (
        json.dumps(
            {
                "version": 1,
                "parts": [
                    {"page": "https://evil.example", "anchor": "a", "sort": "table"},
                    {"page": "//evil.example/x", "anchor": "a", "sort": "table"},
                ],
            }
        ),
        2,
    ),
    "a script for a page": (
        json.dumps({"version": 1, "parts": [{"page": "javascript:window.hit=1", "anchor": "a", "sort": "table"}]}),
        1,
    ),
    "HTML for an anchor": (
        json.dumps({"version": 1, "parts": [{"page": "environment", "anchor": EVIL, "sort": "table"}]}),
        1,
    ),
    "an unknown sort": (
        json.dumps({"version": 1, "parts": [{"page": "environment", "anchor": "a", "sort": "__proto__"}]}),
        1,
    ),
    "a polluted prototype": (
        '{"version":1,"__proto__":{"hit":1},"parts":[{"__proto__":{"page":"environment","anchor":"operation","sort":"section"}},{"constructor":1}]}',
        None,
    ),
    "the same part three times": (json.dumps({"version": 1, "parts": [PARTS[1]] * 3}), 2),
    "HTML for a title": (json.dumps({"version": 1, "parts": [{**VANISHED[0], "title": EVIL, "language": EVIL}]}), None),
    "a copy on a server": (json.dumps({"version": 1, "parts": [{**VANISHED[0], "copy": f"<p>kept</p>{EVIL}"}]}), None),
    "a thousand parts": (
        json.dumps({"version": 1, "parts": [{**VANISHED[1], "anchor": f"a{i}"} for i in range(1000)]}),
        900,
    ),
}
"""What a stranger may have stored, and how many entries are said to be left out."""


@pytest.mark.parametrize("case", TAMPERED)
def test_a_tampered_store_is_never_believed(case, page, served):
    """Nothing runs, nothing is fetched from elsewhere, what is left out is said once; a good tick still works."""
    text, said = TAMPERED[case]
    asked = []
    page.goto(served.address + REPORT)
    collected(page)  # else this visit, not the next, may be the one that reads the store and mends it
    page.evaluate("([text]) => localStorage.setItem(crossfoot.choice, text)", [text])
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    collected(page)
    notice = page.locator(".my-report > .my-report-fault").all_text_contents()

    assert page.evaluate("() => [window.hit, ({}).hit, document.querySelectorAll('.my-report img').length]") == [
        None,
        None,
        0,
    ]
    assert [url for url in asked if not url.startswith(served.address)] == []
    if said == "unreadable":
        assert notice == ["What this browser had stored for your report could not be read and was left out."]
    elif said:
        assert notice == [
            f"Some of what this browser had stored could not be read and was left out. Entries left out: {said}"
        ]
    page.reload()
    collected(page)
    assert page.locator(".my-report > .my-report-fault").count() == 0
    assert "kept" not in page.locator(".my-report").inner_text()


def test_a_browser_that_keeps_nothing(page, served):
    """Storage refused: the box goes back, the reader is told, the page that collects is empty, nothing fails."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(served.address + "en/environment/")
    page.locator("#tick-table-office input").click()
    page.get_by_role("status").get_by_text("This browser does not allow").wait_for()

    assert not page.locator("#tick-table-office input").is_checked()

    page.goto(served.address + REPORT)
    collected(page)
    assert page.locator(".my-report-empty").is_visible()


def test_a_full_store(page, served):
    """No room: nothing is changed, and said so."""
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto(served.address + "zh-Hant/environment/")
    page.locator("#tick-table-office input").click()
    page.get_by_role("status").get_by_text("未有任何更改").wait_for()

    assert not page.locator("#tick-table-office input").is_checked()


def test_a_page_that_cannot_be_loaded_can_be_tried_again(page, served):
    """The connection fails, and comes back."""
    page.goto(served.address + REPORT)
    page.route("**/en/environment/*", lambda route: route.fulfill(status=503, body=""))
    store(page, PARTS[1:2])
    collected(page)

    assert page.locator(".my-report-fault").inner_text().startswith("The page this part stands on could not be loaded.")

    page.unroute("**/en/environment/*")
    act(page, "again")
    page.locator(".chosen").wait_for()


# -- a folder ------------------------------------------------------------------------------------------


def test_from_a_folder(page, site, tmp_path):
    """Where nothing can be fetched, the copy made at the tick is shown, in its language; downloads work too."""
    page.goto((site / "en/environment/index.html").as_uri())
    for anchor in ("table-office", "chart-devices"):
        page.locator(f"#tick-{anchor} input").check()
    page.locator(".my-report-link").get_by_text("(2)").wait_for()
    page.goto((site / "en/figures/environment/index.html").as_uri())
    page.locator("#tick-devices-purchased input").check()
    page.locator(".my-report-link").get_by_text("(3)").wait_for()
    page.goto((site / REPORT).as_uri())
    collected(page)

    assert page.locator(".chosen").count() == 3
    assert page.locator(".chosen svg").first.evaluate("(svg) => svg.namespaceURI") == "http://www.w3.org/2000/svg"
    assert "6 Gift Freshness to Environment" in page.locator(".my-report-list").inner_text()
    for href in page.evaluate("() => [...document.querySelectorAll('.chosen a[href]')].map((a) => a.href)"):
        assert href.startswith(site.as_uri()), href
    assert len(json.loads(saved(page, "save_json"))["figures"]) > 0
    assert "<svg" in saved(page, "save_page")

    page.goto((site / "zh-Hant/my-report/index.html").as_uri())
    collected(page)
    assert page.locator(".chosen[lang='en-GB']").count() == 3
    assert page.locator(".my-report-list").get_by_text("以當時閱讀的語言顯示").count() == 3


def test_a_copy_from_a_folder_is_cleaned_again(page, site):
    """Whatever was written into the copy: no script, no handler, no style, no address that runs; and its age is said."""
    copy = (
        "<h1>Here</h1><p onclick='window.hit=1' style='color:red'>kept <a href='javascript:window.hit=1'>a</a>"
        "<a href='data:text/html,x'>b</a></p><script>window.hit=1</script>" + EVIL
        + "<svg><script>window.hit=1</script><a href='javascript:window.hit=1'><text>t</text></a>"
        "<foreignObject><iframe src='https://evil.example'></iframe></foreignObject><path fill='url(https://evil.example)'/></svg>"
        "<form action='https://evil.example'><input></form><math><mtext><style><img src=x onerror=window.hit=1></style></mtext></math>"
        "<template><img src=x onerror=window.hit=1></template><p id='main' class='prose'>twice</p>"
    )  # fmt: skip
    page.goto((site / REPORT).as_uri())
    store(page, ({**PARTS[1], "title": "T", "language": "en-GB", "version": "000000000000", "copy": copy},))
    collected(page)
    part = page.locator(".chosen")

    assert "kept" in part.inner_text()
    assert (
        part.locator(
            "script, img, iframe, form, input, style, math, template, foreignObject, [style], [onclick]"
        ).count()
        == 0
    )
    assert part.locator(".prose a[href], svg a, [fill]").count() == 0
    assert page.evaluate("() => [window.hit, document.querySelectorAll('#main').length]") == [None, 1]
    assert "The report has changed since" in page.locator(".my-report-list").inner_text()
