"""Three years side by side in a real browser: from year to year, from language to language, and two years compared."""

from __future__ import annotations

import pytest


@pytest.fixture
def address(demo_served):
    """The address of the archive on a local server, with a strict content security policy."""
    return demo_served.address


@pytest.fixture
def page(new_page):
    """A page of a new reader."""
    return new_page()


def year(page, name):
    """Follow the switch of years."""
    page.locator(".editions a").filter(has_text=name).click()


def language(page, tag):
    """Follow the switch of languages."""
    page.locator(f'.languages a[hreflang="{tag}"]').click()


def test_a_tour_of_years_and_languages_keeps_page_and_place(page, address):
    """From a deep page, with an anchor: each switch works on its own, and neither undoes the other."""
    page.goto(f"{address}2024-25/en/fleet/#water-and-waste")
    page.wait_for_function("scrollY > 0")
    year(page, "2023/24")
    page.wait_for_url(f"{address}2023-24/en/fleet/#water-and-waste")
    language(page, "zh-Hant-HK")
    page.wait_for_url(f"{address}2023-24/zh-Hant/fleet/#water-and-waste")
    year(page, "2022/23")
    page.wait_for_url(f"{address}2022-23/zh-Hant/fleet/#water-and-waste")
    language(page, "en-GB")
    page.wait_for_url(f"{address}2022-23/en/fleet/#water-and-waste")

    assert "true" == page.locator(".editions a").filter(has_text="2022/23").get_attribute("aria-current")


def test_the_notice_leads_from_an_older_year_to_the_same_place_of_the_latest(page, address):
    """And to its home page where the page is gone; the name of the link in the switch says so."""
    page.goto(f"{address}2022-23/en/fleet/#energy")
    page.wait_for_function("scrollY > 0")
    page.locator(".newer-edition a").click()
    page.wait_for_url(f"{address}2024-25/en/fleet/#energy")

    assert 0 == page.locator(".newer-edition").count()
    page.goto(f"{address}2022-23/en/community/")
    page.get_by_role("link", name="2024/25 (home) this report does not have the page").click()
    page.wait_for_url(f"{address}2024-25/en/")


def test_years_are_switched_from_a_folder(page, demo):
    """Opened without a server, evidence page to evidence page."""
    root = demo.resolve().as_uri()
    page.goto(f"{root}/2024-25/zh-Hant/figures/fleet/scope2/index.html")
    page.locator("#changes ~ ul a").filter(has_text="2022/23").first.click()
    page.wait_for_url(f"{root}/2022-23/zh-Hant/figures/fleet/scope2/index.html")
    year(page, "2023/24")
    page.wait_for_url(f"{root}/2023-24/zh-Hant/figures/fleet/scope2/index.html*")
    page.goto(f"{root}/index.html")
    page.locator("a.enter").first.click()
    page.wait_for_url(f"{root}/2024-25/en/index.html")


def cells(page, table, column):
    """Return the visible texts of a column that is found by its class or period."""
    return page.evaluate(
        """([id, column]) => {
          const box = document.getElementById(id), head = [...box.querySelectorAll("thead th")];
          const at = head.findIndex((one) => one.dataset.period === column || one.classList.contains(column));
          return at < 0 || head[at].hidden ? [] : [...box.querySelectorAll("tbody tr")]
            .map((row) => row.cells[at]).filter((cell) => cell && cell.checkVisibility()).map((cell) => cell.innerText);
        }""",
        [table, column],
    )


def test_a_reader_chooses_years_and_compares_two_of_them(page, address, demo):
    """By keyboard, from a folder as well; the words come from the build, and the table is whole again afterwards."""
    for start in (f"{address}2024-25/en/fleet/", f"{demo.resolve().as_uri()}/2024-25/en/fleet/index.html"):
        page.goto(start)
        whole = page.locator("#table-waste table").inner_text()
        button = page.locator('[data-feature=periods][data-name="fleet.waste"]')
        button.focus()
        page.keyboard.press("Enter")
        panel = page.locator(".periods-panel")
        panel.locator("select").first.select_option("2022/23")

        assert "true" == button.get_attribute("aria-expanded")
        assert ["+1.5%", "", "about +7%", "+7.2 percentage points", "−1 case", "−5 cases"] == [
            text.split("\n")[0] if "not comparable" not in text else ""
            for text in cells(page, "table-waste", "period-change")
        ]
        assert (
            "not comparable: covers something else "
            "(first All ferries and piers; then All ferries and piers, and the harbour workshop)"
        ) in cells(page, "table-waste", "period-change")
        assert "Change, 2022/23 to 2024/25" == page.locator("#table-waste th.period-change").inner_text()
        assert "The last column shows the change from 2022/23 to 2024/25." == panel.get_by_role("status").inner_text()
        panel.locator("select").last.select_option("2022/23")

        assert "Choose an earlier year" in panel.get_by_role("status").inner_text()
        assert 0 == page.locator("#table-waste .period-change").count()
        for period in ("2022/23", "2024/25"):
            panel.locator(f'input[value="{period}"]').uncheck()

        assert ["7,985", "59.8", "1.10", "44.5", "0", "11"] == cells(page, "table-waste", "2023/24")
        assert [] == cells(page, "table-waste", "2022/23")
        panel.locator('input[value="2023/24"]').click()

        assert panel.locator('input[value="2023/24"]').is_checked()
        assert "At least one year stays." == panel.get_by_role("status").inner_text()
        for period in ("2022/23", "2024/25"):
            panel.locator(f'input[value="{period}"]').check()
        panel.locator("select").first.select_option("")

        assert whole == page.locator("#table-waste table").inner_text()
        button.click()

        assert not panel.is_visible()


def test_headings_over_rows_reach_across_the_columns_that_are_shown(page, address):
    """However many those are."""
    page.goto(f"{address}2024-25/zh-Hant/fleet/")
    page.locator('[data-feature=periods][data-name="fleet.energy"]').click()
    panel = page.locator(".periods-panel")
    spans = "() => [...document.querySelectorAll('#table-energy .row-group > th')].map((one) => one.colSpan)"
    panel.locator("select").first.select_option("2023/24")

    assert [7, 7] == page.evaluate(spans)  # label, unit, three years, target, change
    panel.locator('input[value="2022/23"]').uncheck()

    assert [6, 6] == page.evaluate(spans)
    assert "變動（2023/24年度至2024/25年度）" == page.locator("#table-energy th.period-change").inner_text()


def test_nothing_is_loaded_before_it_is_asked_for(page, address):
    """A page brings its own small script and no other; without scripts there is no control and the table is whole."""
    page.goto(f"{address}2024-25/en/fleet/")
    page.wait_for_load_state("networkidle")

    assert ["assets/site.js"] == [url.removeprefix(f"{address}2024-25/") for url in page.asked if url.endswith(".js")]


def test_without_scripts_the_table_is_whole_and_offers_no_choice(new_page, address):
    """What only a script can do is not offered."""
    plain = new_page(java_script_enabled=False)
    plain.goto(f"{address}2024-25/en/fleet/")

    assert not plain.locator('[data-name="fleet.waste"]').is_visible()
    assert plain.locator("#table-waste td.number").count() == 18
