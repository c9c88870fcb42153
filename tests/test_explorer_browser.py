"""The explorer in a browser: filter, sort, choose, compare, share; tampered addresses; no scripts; from a folder."""

from __future__ import annotations

import csv
import io
import itertools
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

SHOWN = "#explorer tbody tr:not([hidden])"


@pytest.fixture
def open_page(new_page):
    """A function that opens an address."""

    def go(address, **settings):
        page = new_page(**settings)
        page.goto(address)
        return page

    return go


def ids(page):
    """Return the indicators of the rows that are shown, in their order."""
    return page.locator(SHOWN).evaluate_all("(rows) => rows.map((row) => row.dataset.id)")


def explorer(served, language="en", state=""):
    """Return the address of the explorer with a view."""
    return f"{served.address}{language}/explorer/{state}"


# -- filter and sort -----------------------------------------------------------------------------------


FILTERS = [
    ("q", "DIESEL used", {"fleet.diesel", "fleet.diesel_energy"}),
    ("q", "crew.inj", {"crew.injuries", "crew.injury_rate"}),
    ("unit", "gj", {"fleet.diesel_energy"}),
    ("code", "sea-goals 2", {"crew.workers"}),
    ("period", "2023", {"fleet.shore_power"}),
    ("status", "provisional", {"fleet.scope2", "fleet.ghg", "fleet.ghg_per_revenue"}),
]


@pytest.mark.parametrize(("name", "value", "left"), FILTERS)
def test_each_filter_leaves_what_fits(open_page, small_served, name, value, left):
    """A name or identifier, a code, a unit, a period, a status; the count and the address follow."""
    page = open_page(explorer(small_served))
    everything = len(ids(page))
    control = page.locator(f"[data-filter={name}]")
    control.fill(value) if name == "q" else control.select_option(value)

    assert set(ids(page)) == left
    expect(page.locator(".explorer-count")).to_have_text(f"{len(left)} of {everything} indicators")
    assert f"{name}=" in page.url

    page.locator("[data-act=reset]").click()
    expect(page.locator(".explorer-count")).to_have_text(f"{everything} of {everything} indicators")
    assert len(ids(page)) == everything
    assert "#" not in page.url


def test_period_and_status_are_asked_of_one_value(open_page, small_served):
    """Restated in 2022/23 is not: restated in some year, and known in 2022/23."""
    page = open_page(explorer(small_served, state="#?period=2023%2F24&status=restated"))
    assert ids(page) == ["fleet.scope2"]

    page.locator("[data-filter=period]").select_option("2021/22")
    assert ids(page) == []
    expect(page.locator(".explorer-count")).to_contain_text("No indicator fits")


def test_the_table_sorts_by_name_and_by_value_within_a_unit(open_page, small_served):
    """A figure is held against figures of its own unit alone, and what has none comes last among them."""
    page = open_page(explorer(small_served))
    order = ids(page)
    label = page.locator("th[data-sort=label]")
    label.locator("button").click()
    assert label.get_attribute("aria-sort") == "ascending"
    names = page.locator(f"{SHOWN} th a.evidence").all_text_contents()
    assert names == sorted(names, key=str.casefold)

    year = page.locator("th[data-sort='period:2021/22']")
    year.locator("button").click()
    year.locator("button").click()
    assert year.get_attribute("aria-sort") == "descending"
    assert label.get_attribute("aria-sort") is None
    litres = [one for one in ids(page) if one.startswith("fleet.diesel") and one != "fleet.diesel_energy"]
    # 1,113.4; 812.4; 511.4; 301.0; 0; none.
    expected = ["diesel", "diesel_fast", "diesel_gap", "diesel_slow", "diesel_shore", "diesel_saved"]
    assert litres == [f"fleet.{name}" for name in expected]
    units = page.locator(f"{SHOWN}").evaluate_all("(rows) => rows.map((row) => row.dataset.unit)")
    assert len([1 for one, other in itertools.pairwise(units) if one != other]) == len(set(units)) - 1

    page.locator("th[data-sort=chapter] button").click()
    assert ids(page) == order


# -- choose and compare --------------------------------------------------------------------------------


def test_chosen_indicators_are_drawn_and_compared(open_page, small_served):
    """A drawing for each unit with every value in words beside its bar; below, two periods and the change."""
    page = open_page(explorer(small_served))
    for name in ("fleet.scope1", "fleet.scope2", "crew.workers"):
        page.locator(f"tr[data-id='{name}'] input").check()
    lines = page.locator(".explorer-numbers tbody tr")
    expect(lines).to_have_count(3)

    assert page.locator(".explorer-chart figure").count() == 2
    bars = page.locator(".explorer-chart figure").first.locator("li")
    assert [" ".join(one.split()) for one in bars.all_inner_texts()][:4] == [
        "2021/22 2,950.5", "2022/23 2,924.54", "2023/24 2,917",
        "2024/25 2,861.2 covers: All ferries and the harbour workshop",
    ]  # fmt: skip
    widths = bars.locator("rect").evaluate_all("(bars) => bars.map((bar) => bar.getBoundingClientRect().width)")
    assert widths[0] == max(widths)
    assert widths[4] / widths[0] == pytest.approx(44.1 / 2950.5, rel=0.05)

    changes = [" ".join(one.split()) for one in lines.locator("td:last-child").all_inner_texts()]
    assert changes[0].startswith("not comparable: covers something else")
    assert changes[1:] == ["−3% fell by 3%", "+4% rose by 4%"]

    page.locator("[data-compare=since]").select_option("2022/23")
    page.locator("[data-compare=until]").select_option("2023/24")
    expect(lines.nth(2).locator("td").last).to_have_text("not comparable: not stated for both periods")
    expect(lines.nth(1)).to_contain_text("restated")
    page.locator("[data-compare=since]").select_option("2023")
    expect(page.locator("[data-compare=until]")).to_have_value("2024")
    assert page.locator("[data-compare=until] option:not([disabled])").all_text_contents() == ["2024"]

    page.locator("[data-remove='fleet.scope2']").click()
    expect(lines).to_have_count(2)
    assert page.evaluate("() => document.activeElement.dataset.remove") == "crew.workers"
    page.locator(".explorer-shown [data-act=clear]").click()
    expect(page.locator(".explorer-none")).to_be_visible()
    assert "chosen" not in page.url


def test_no_more_than_twelve_are_compared(open_page, small_served):
    """The thirteenth box is not ticked, and the page says why."""
    page = open_page(explorer(small_served))
    boxes = page.locator("#explorer tbody input")
    for number in range(12):
        boxes.nth(number).check()
    boxes.nth(12).click()

    expect(page.locator("p.status")).to_contain_text("12")
    assert not boxes.nth(12).is_checked()
    expect(page.locator(".explorer-numbers tbody tr")).to_have_count(12)


def test_a_report_of_one_year_draws_and_says_why_it_compares_nothing(open_page, served):
    """Values still stand in a chart and in a table."""
    page = open_page(explorer(served, "zh-Hant"))
    for number in (0, 1):
        page.locator("#explorer tbody input").nth(number).check()

    expect(page.locator(".explorer-numbers tbody tr")).to_have_count(2)
    expect(page.locator(".explorer-one")).to_contain_text("無法列出變動")
    assert page.locator(".explorer-chart rect").count() == 2


# -- the view in the address ---------------------------------------------------------------------------


VIEW = "#?unit=tco2e&sort=-period%3A2024%2F25&chosen=fleet.scope2%2Ccrew.workers&since=2022%2F23"


def test_a_view_can_be_shared_reloaded_and_read_in_the_other_language(open_page, small_served):
    """All of it stands in the address, and the language switch takes it along."""
    page = open_page(explorer(small_served, state=VIEW))

    def check():
        expect(page.locator(".explorer-numbers tbody tr")).to_have_count(2)
        assert page.locator("[data-filter=unit]").input_value() == "tco2e"
        assert page.locator("[data-compare=since]").input_value() == "2022/23"
        assert page.locator("[data-compare=until]").input_value() == "2024/25"
        assert ids(page) == ["fleet.ghg_limit", "fleet.ghg", "fleet.scope1", "fleet.scope2"]
        assert page.locator("tr[data-id='fleet.scope2'] input").is_checked()
        assert page.locator(".explorer-left-out").inner_text() == ""
        assert page.url.endswith(VIEW)

    check()
    page.reload()
    check()
    page.locator("header a[hreflang^=zh]").click()
    page.wait_for_url("**/zh-Hant/**")
    check()
    expect(page.locator(".explorer-numbers")).to_contain_text("下降")


def test_the_link_is_copied(open_page, small_served):
    """The whole address, as it stands; the page says so, and falls silent again."""
    page = open_page(explorer(small_served))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-filter=q]").fill("waste")
    page.locator("[data-act=copy]").click()

    expect(page.locator("p.status")).to_have_text("The link has been copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == explorer(small_served, state="#?q=waste")


TAMPERED = [
    ("#?chosen=fleet.gone,fleet.scope1,crew.never", "2 of the chosen figures are no longer in the report."),
    ("#?chosen=fleet.gone", "One of the chosen figures is no longer in the report."),
    ("#?chosen=__proto__,constructor,toString", "3 of the chosen figures are no longer in the report."),
    ("#?__proto__=1&constructor=2&hasOwnProperty=3", "Part of the link could not be understood; it was left out."),
    ("#?unit=tonne&unit=gj", "Part of the link could not be understood; it was left out."),
    ("#?unit=__proto__", "A filter or setting of the link names something"),
    ("#?sort=toString", "A filter or setting of the link names something"),
    ("#?since=1066&until=__proto__", "A filter or setting of the link names something"),
    ("#?unit=<img src=x onerror=alert(1)>", "A filter or setting of the link names something"),
    ("#?chosen=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "One of the chosen figures is no longer in the report."),
    ("#?%E0%A4%A&%", "Part of the link could not be understood; it was left out."),
    ("#?" + "x" * 100_000, "The link is too long to be a view of this page; it was left out."),
    ("#?chosen=" + quote(",".join(["fleet.scope1"] * 300)), "too long"),
    ("#?since=2024%2F25&until=2021%2F22&chosen=fleet.scope1", ""),  # the wrong way round: the page turns to a pair
    ("#?q=%3Cb%3E&chosen=", ""),
    ("#not-a-view", ""),
]


def test_a_tampered_address_is_left_out_in_words(open_page, small_served):
    """Whatever an address says, nothing of it is run and nothing is guessed; the rest of the view is shown."""
    page = open_page(explorer(small_served))
    for state, said in TAMPERED:
        page.goto("about:blank")
        page.goto(explorer(small_served, state=state))
        if said:
            expect(page.locator(".explorer-left-out")).to_contain_text(said)
            assert len(page.url) < 1000, state[:60]
        else:
            assert page.locator(".explorer-left-out").inner_text() == ""
        assert page.locator("main img, main script, main b").count() == 0
        chosen = page.locator("#explorer tbody :checked").count()
        expect(page.locator(".explorer-numbers tbody tr")).to_have_count(chosen)


# -- who has only a keyboard, no script, or a folder ---------------------------------------------------


def test_the_keyboard_does_it_all(open_page, small_served):
    """Filter, sort, choose, compare and remove without a pointer; the focus is never lost."""
    page = open_page(explorer(small_served))
    page.locator("[data-filter=q]").focus()
    page.keyboard.type("scope")
    expect(page.locator(SHOWN)).to_have_count(2)
    for wanted in ("chapter", "code", "unit", "period", "status"):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.dataset.filter") == wanted
    while page.evaluate("() => !document.activeElement.closest('#explorer th[data-sort=label]')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("th[data-sort=label]").get_attribute("aria-sort") == "ascending"
    while page.evaluate("() => document.activeElement.type !== 'checkbox'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".explorer-numbers tbody tr")).to_have_count(1)
    assert page.evaluate("() => document.activeElement.type") == "checkbox"
    page.locator("[data-remove]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".explorer-none")).to_be_visible()
    assert page.evaluate("() => document.activeElement.id") == "chosen"


def test_a_bar_leads_from_the_table_back_to_the_chart(open_page, small_served):
    """It is there while a reader is down in the table and the chart is out of sight; the row ticked does not move."""
    page = open_page(explorer(small_served))
    bar, box = page.locator(".explorer-bar"), page.locator("#explorer tbody input").nth(30)
    box.scroll_into_view_if_needed()
    before = box.bounding_box()["y"]
    box.check()
    expect(bar).to_be_visible()
    expect(bar).to_contain_text("1 chosen")
    assert abs(box.bounding_box()["y"] - before) < 2

    bar.locator("[data-act=see]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "chosen"
    expect(bar).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.dataset.compare") == "since"


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_without_scripts_the_whole_table_is_there(open_page, small_served, report, language):
    """Every indicator with its values, and nothing that only a script can do."""
    page = open_page(explorer(small_served, language), java_script_enabled=False)

    assert ids(page) == [one.id for one in report.indicators()]
    assert page.locator("main :is(input, select, button):visible").count() == 0
    assert page.locator("#explorer th[scope=row]:visible").count() == len(ids(page))


def test_it_works_from_a_folder(open_page, small):
    """Opened from a disk: filter, choose, the view in the address, the other language."""
    address = (small / "en" / "explorer" / "index.html").as_uri()
    page = open_page(f"{address}#?chosen=fleet.scope2")
    expect(page.locator(".explorer-numbers tbody tr")).to_have_count(1)
    page.locator("[data-filter=unit]").select_option("tco2e")
    page.wait_for_function("() => location.hash.includes('unit=tco2e')")
    page.reload()
    assert page.locator("[data-filter=unit]").input_value() == "tco2e"
    page.locator("header a[hreflang^=zh]").click()
    page.wait_for_url("**/zh-Hant/**")
    expect(page.locator(".explorer-numbers")).to_contain_text("下降")
    assert "unit=tco2e" in page.url


def test_the_shown_rows_are_downloaded(open_page, small_served):
    """As CSV with a mark of UTF-8: machine values, one a line, and nothing that a spreadsheet would run."""
    page = open_page(explorer(small_served, state="#?unit=tco2e&q=scope"))
    with page.expect_download() as waiting:
        page.locator("[data-act=csv]").click()
    assert waiting.value.suggested_filename == "indicators.csv"
    text = waiting.value.path().read_bytes().decode("utf-8")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    assert text.startswith("\ufeff")
    assert rows[0] == ["id", "label", "period", "value", "upto", "unit", "qualifier", "status", "omission"]
    assert rows[1] == [
        "fleet.scope1", "Direct emissions (scope 1)", "2021/22", "2950.5", "", "tco2e", "", "final", "",
    ]  # fmt: skip
    assert {row[0] for row in rows[1:]} == {"fleet.scope1", "fleet.scope2"}
    assert len(rows) == 9


def test_nothing_is_loaded_before_it_is_asked_for(open_page, small_served):
    """The page brings its script; words and data wait until a reader does something."""
    page = open_page(explorer(small_served))
    page.wait_for_load_state("networkidle")
    before = {one.rsplit("/", 1)[-1] for one in page.asked}
    page.locator("#explorer tbody input").first.check()
    expect(page.locator(".explorer-numbers tbody tr")).to_have_count(1)

    assert "explorer.js" in before
    assert "en.js" not in before
    assert any(one.endswith("/explorer/en.js") for one in page.asked)
