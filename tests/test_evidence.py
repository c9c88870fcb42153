"""The evidence: every figure can be traced from where it is read to where it comes from, and says what was checked."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import PurePosixPath

import lxml.html
import pytest
from click.testing import CliRunner

from conftest import ROOT, TINY
from crossfoot import build_from, figures, read_report
from crossfoot.__main__ import main
from crossfoot.audit import breaks_of
from crossfoot.charts import NARROW, kinds
from crossfoot.evidence_data import short_version
from crossfoot.evidence_wording import Auditor
from crossfoot.figures import series_of
from crossfoot.intervals import Interval
from crossfoot.kpis import evidence_at
from crossfoot.model import Text
from crossfoot.wording import Wording, page_path, relative

ADDRESS = "https://example.org/bay/"
_INFINITE = Decimal("Infinity")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The tiny report's site, its drawings left out, as it would stand at ADDRESS."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")
        folder = tmp_path_factory.mktemp("evidence")
        for part in ("data", "content"):
            (folder / part).symlink_to(TINY / part)
        (folder / "theme").symlink_to(ROOT / "theme")
        report, pages = read_report(folder)
        return build_from(report, pages, folder, site_url=ADDRESS)


@pytest.fixture(scope="module")
def bodies(site):
    """The body of every page by path, parsed."""
    return {page.path: lxml.html.fragment_fromstring(page.html, create_parent="main") for page in site.pages}


def words(body):
    """Return the words of a page, white space counted once."""
    return " ".join(body.text_content().split())


def figure_page(bodies, id_, report, language="en"):
    """Return the page of a KPI."""
    return bodies[page_path(language, evidence_at(id_, report)[0])]


# -- which figures have a page ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "why"),
    [
        ("fleet.ghg", "a row of a table of years"),
        ("fleet.shore_power", "a row of a table of targets"),
        ("fleet.heads", "undisclosed and solved for"),
        ("crew.discount", "the audit found something"),
    ],
)
def test_a_kpi_has_a_page(id_, why, report):
    """Each for its own reason."""
    assert id_ in report.kpis, why


@pytest.mark.parametrize("id_", ["fleet.waste", "fleet.calls_a", "crew.seats"])
def test_another_figure_has_an_entry(id_, report):
    """A figure of a table of single facts, of a matrix, of the text alone."""
    assert id_ not in report.kpis


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_figure_has_its_evidence(language, report, bodies):
    """At its lasting address: a page, or an entry with its anchor on the page of the chapter."""
    lost = []
    for indicator in report.indicators():
        stem, anchor = evidence_at(indicator.id, report)
        body = bodies.get(page_path(language, stem))
        entry = indicator.id.split(".")[1].replace("_", "-")
        chapter = bodies[page_path(language, f"figures/{indicator.id.split('.')[0]}")]
        if (
            body is None
            or (anchor and not body.xpath(f"//*[@id='{anchor}']"))
            or not chapter.xpath(f"//*[@id='{entry}']")
        ):
            lost.append(indicator.id)

    assert lost == []


def test_addresses_last(report):
    """They follow from the ids alone."""
    assert evidence_at("fleet.ghg_per_revenue", report) == ("figures/fleet/ghg-per-revenue", "")
    assert evidence_at("fleet.oil_per_head", report) == ("figures/fleet", "oil-per-head")


# -- from the page to the evidence -----------------------------------------------------------------------


def test_every_figure_that_is_read_leads_to_its_evidence(site, bodies):
    """In prose by itself; in a table by the label of its row, its group or its caption."""
    astray = []
    for page in site.pages:
        if page.kind not in ("home", "chapter", "page"):
            continue
        for figure in bodies[page.path].xpath("//data[@class='value'][@data-figure]"):
            own = figure.xpath("ancestor::a[@class='evidence']")
            row = figure.xpath("ancestor::tr/th//a")
            head = figure.xpath("ancestor::table//*[self::caption or @scope='rowgroup']//a[@class='evidence']")
            if not (own or row or head):
                astray.append(f"{page.path}: {figure.get('data-figure')}")

    assert astray == []


def test_a_link_leads_to_the_figure_it_names(site, bodies, report):
    """The address of each figure's link is that of its own evidence."""
    wrong = []
    for page in site.pages:
        for figure in bodies[page.path].xpath("//a[@class='evidence']/data[@data-figure]"):
            stem, anchor = evidence_at(figure.get("data-figure"), report)
            target = relative(page.path, page_path(page.language, stem)) + (f"#{anchor}" if anchor else "")
            if figure.getparent().get("href") != target:
                wrong.append((page.path, figure.get("data-figure"), figure.getparent().get("href")))

    assert wrong == []


def test_a_row_is_one_stop_of_the_keyboard(bodies):
    """Four years of diesel are one link, at the label; the figures beside it are none."""
    rows = bodies["en/fleet/index.html"].xpath("//*[@id='table-fuel']//tbody/tr[td[contains(@class,'number')]]")
    links = [len(row.xpath(".//a[@class='evidence']")) for row in rows]

    assert set(links) == {1}
    assert len(links) > 5


def test_no_link_stands_in_a_link(site):
    """Browsers would take them apart."""
    nested = [page.path for page in site.pages if re.search(r"<a\b(?:(?!</a>).)*<a\b", page.html, re.DOTALL)]

    assert nested == []


def test_no_id_stands_twice(bodies):
    """Not even where one claim is about many figures."""
    twice = {
        path: [one for one, count in Counter(body.xpath("//@id")).items() if count > 1] for path, body in bodies.items()
    }

    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_every_link_of_the_evidence_leads_somewhere(site, bodies):
    """To a page that is there, to an anchor that it has, or to a file that is published."""
    lost = []
    for page in site.pages:
        if page.kind != "sheet" or not page.path.split("/")[1].startswith("figures"):
            continue
        for href in bodies[page.path].xpath("//a/@href"):
            path, _, anchor = href.partition("#")
            target = str(PurePosixPath(page.path).parent / path) if path else page.path
            clean = _normal(target)
            if (path and clean in site.files) or clean == "SHA256SUMS":
                continue
            body = bodies.get(clean)
            if body is None or (anchor and not body.xpath(f"//*[@id='{anchor}']")):
                lost.append(f"{page.path}: {href}")

    assert lost == []


def _normal(path):
    parts = []
    for part in path.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


# -- what a page says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The figures that rest on it leave only 335 to 347."), ("zh-Hant", "以此為據的數據只容許335至347人。")],
)
def test_an_undisclosed_quantity_is_solved_for(language, said, bodies, report):
    """Waste: 61.195/0.185 = 330.8 to 61.205/0.175 = 349.7; oil: 1.155/0.00345 = 334.8 to 1.165/0.00335 = 347.8."""
    assert said in words(figure_page(bodies, "fleet.heads", report, language))


def test_the_formula_goes_down_to_the_leaves(bodies, report):
    """Emissions per revenue: all emissions, made of scopes 1 and 2, by revenue; each with its printed value."""
    tree = figure_page(bodies, "fleet.ghg_per_revenue", report).xpath("//ul[@class='tree']")[0]
    told = " ".join(tree.text_content().split())

    assert told == (
        "Emissions per revenue: 9.28 tonnes of CO₂e per HK$ million of revenue "
        "First divided by second: (times 1,000,000) "
        "All emissions: 2,900.1 tonnes of CO₂e Sum of "
        "Direct emissions (scope 1): 2,861.2 tonnes of CO₂e "
        "Indirect emissions (scope 2): 38.9 tonnes of CO₂e "
        "Revenue: HK$312.5 million"
    )
    assert len(tree.xpath(".//a")) == 4


def test_a_restatement_keeps_the_old_value_and_the_reason(bodies, report):
    """Both languages say what the figure was and why it changed; a value that was not printed stays unknown."""
    english, chinese = (words(figure_page(bodies, "fleet.scope2", report, one)) for one in ("en", "zh-Hant"))

    assert (
        "2022/23: restated. The figure first published was 39.8 tonnes of CO₂e. A meter had been read twice." in english
    )
    assert "2023/24: restated; the figure first published was not printed." in english
    assert "2022/23年度：經重列，先前刊載的數值為39.8噸二氧化碳當量。有電錶曾重複讀數。" in chinese


def test_a_page_says_source_place_boundary_assurance_and_definition(bodies, report):
    """What an auditor asks for first."""
    page = figure_page(bodies, "fleet.scope1", report)
    facts = {row.xpath("dt")[0].text_content(): row.xpath("dd")[0].text_content() for row in page.xpath("//dl/div")}
    line = next(one.place.line for one in report.indicator("fleet.scope1").values.values())

    assert facts["Method"] == "Litres times the factor of the code."
    assert facts["Boundary"] == "All ferries"
    assert facts["Assurance"] == "Limited assurance, Beacon Assurance (fictional), Bay Assurance Standard (fictional)"
    assert facts["Source"] == "Made up for tests."
    assert facts["In the data"] == f"data/sections/fleet.yaml:{line}"


def test_a_citation_can_be_copied(bodies, report):
    """Organisation, report, figure, period, value, lasting address, version of the data."""
    cited = figure_page(bodies, "fleet.ghg_limit", report).xpath("//blockquote")[0].text_content().strip()

    assert cited == (
        "Lantern Bay Ferries Limited (fictional), Sustainability Report 2024/25, “Yearly limit for all emissions”, "
        "2024/25, 2,940 tonnes of CO₂e, https://example.org/bay/en/figures/fleet/ghg-limit/, "
        f"data version {short_version(report)}."
    )


def test_a_qualifier_is_explained_and_its_digits_say_what_they_stand_for(bodies, report):
    """Up to 50: an upper bound."""
    told = words(figure_page(bodies, "crew.discount", report))

    assert "Up to: an upper bound. It stands for the printed value and every value below it." in told
    assert "at most 50%" in told


def test_the_evidence_is_light(site):
    """Each page far below 100 KiB, packed."""
    heaviest = max(len(gzip.compress(page.html.encode())) for page in site.pages if page.kind == "sheet")

    assert heaviest < 20 * 1024


# -- findings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The source prints the same fact in different ways: up to 50%, about 50%."),
        ("zh-Hant", "原文對同一事實有不同的說法：不超過50%、約50%。"),
    ],
)
def test_an_acknowledged_finding_is_published(language, said, bodies, report):
    """On the page about the report and on the figure's own, with the reason."""
    reason = report.indicator("crew.discount").acknowledged[0].reason.get(language)
    for body in (bodies[f"{language}/about/index.html"], figure_page(bodies, "crew.discount", report, language)):
        assert said in words(body)
        assert reason in words(body)
        assert "data/sections/crew.yaml" in words(body)


def test_a_finding_is_marked_where_the_figure_is_read(bodies):
    """The mark leads to the evidence and says so to who cannot see it."""
    mark = bodies["en/crew/index.html"].xpath("//sup[contains(@class,'note-mark')]/a[.='≠']")[0]

    assert mark.get("href") == "../figures/crew/discount/index.html"
    assert mark.get("aria-label") == "≠ finding of the audit on this figure"


def test_what_was_checked_is_counted(bodies, report):
    """By kind of check; the counts are those of the audit."""
    table = bodies["en/about/index.html"].xpath("//*[@id='audit-counts']")[0]
    rows = {
        row[0].text_content().strip(): [cell.text_content().strip() for cell in row[1:]]
        for row in table.xpath(".//tbody/tr")
    }
    holding = sum(1 for claim in report.audit.claims if claim.check == "denominator" and claim.outcome == "holds")

    assert rows["Undisclosed quantity"] == [str(holding), "0", "0"]
    assert rows["Same fact in several places"][1] == "1"


def test_the_arithmetic_shows_both_sides(bodies, report):
    """Waste and oil per head: what each prints, stands for, and implies of the heads."""
    body = figure_page(bodies, "fleet.heads", report)
    claims = body.xpath("//section[contains(@class,'verdict')]")

    assert claims == []  # a quantity that nobody prints is no claim itself
    rows = _rows(bodies["en/figures/fleet/index.html"], "oil-per-head")
    assert rows[-1] == "agree: 2"  # its own claim, and that of waste


def _rows(body, id_):
    return [cell.text_content().strip() for cell in body.xpath(f"//tr[@id='{id_}']/*")]


# -- restated figures and breaks -------------------------------------------------------------------------


@pytest.mark.parametrize(("period", "marks"), [("2022/23", ["r"]), ("2024/25", [])])
def test_a_restated_figure_is_marked_in_a_sentence(period, marks, report, languages):
    """Only the restated one; the mark leads to what it was."""
    wording = Wording(report, languages["en"], "fleet", "fleet")
    run, *rest = wording.figure(("scope2", period), "fleet")

    assert [one.text for one in rest] == marks
    assert all(one.href == run.href == "../figures/fleet/scope2/index.html" for one in rest)


def test_a_restated_figure_is_marked_in_the_data_of_a_chart(bodies):
    """Twice in the years of scope 2."""
    marks = bodies["en/fleet/index.html"].xpath("//*[@id='chart-scope2-years-data']//tbody//sup/a[.='r']")

    assert len(marks) == 2


def test_a_change_of_boundary_breaks_the_comparison(report, bodies):
    """Scope 1 covers the workshop from 2024/25 on: no other cell of the table has a rule before it."""
    periods = list(report.indicator("fleet.scope1").values)
    cells = bodies["en/fleet/index.html"].xpath("//*[@id='table-emissions']//td[contains(@class,'breaks')]")

    assert breaks_of(report.indicator("fleet.scope1"), periods, report) == {"2024/25"}
    assert [cell.text_content().strip()[:7] for cell in cells] == ["2,861.2"]


def test_a_change_of_boundary_breaks_the_line(report, languages):
    """Three years are joined, the fourth stands alone, and the drawing says why; scope 2 is one line."""
    options = kinds()["line"].options
    given = {name: Text(by_language={"*": name}) for name in ("title", "description")}
    wording = Wording(report, languages["en"], "fleet", "fleet")
    pieces = {}
    for name in ("scope1", "scope2"):
        spec = options(kind="line", series=(name,), **given)
        series = series_of(spec, wording, "fleet")
        drawing = json.dumps(kinds()["line"].draw(series, NARROW, spec).to_dict())
        pieces[name] = (len(set(re.findall(r'"series": "(\d-\d)"', drawing))), "A line is broken" in drawing)

    assert pieces == {"scope1": (2, True), "scope2": (1, False)}


# -- spans in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "opens", "english", "chinese"),
    [
        ("1.315", "1.325", "", "1.315 to 1.325", "1.315至1.325"),
        ("14232.13", "14338.91", "", "14,233 to 14,338", "14,233至14,338"),
        ("16000", "Infinity", "low high", "more than 16,000", "多於16,000"),
        ("100", "Infinity", "high", "at least 100", "不少於100"),
        ("-Infinity", "2", "low high", "less than 2", "少於2"),
        ("-Infinity", "50", "low", "at most 50", "不多於50"),
        ("-Infinity", "Infinity", "low high", "any value", "任何數值"),
        ("100", "100", "", "100", "100"),
        ("3", "2", "", "no value at all", "沒有任何數值"),
        ("-2.5", "-1.5", "", "−2.5 to −1.5", "−2.5至−1.5"),
    ],
)
def test_a_span_in_words(low, high, opens, english, chinese, report, languages):
    """Ends that are not part of it say so; none is rounded outwards."""
    interval = Interval(Decimal(low), Decimal(high), "low" in opens, "high" in opens)
    said = [Auditor(Wording(report, languages[one], "figures")).span(interval) for one in ("en", "zh-Hant")]

    assert said == [english, chinese]


# -- data ------------------------------------------------------------------------------------------------


def test_every_figure_is_published_as_data(site, report):
    """Once for all languages, beside its evidence."""
    wanted = {
        f"figures/{one.id.replace('.', '/').replace('_', '-')}.{kind}"
        for one in report.indicators()
        for kind in ("json", "csv")
    }

    assert wanted <= set(site.files)


def test_the_data_of_a_figure(site):
    """Scope 2: numbers are texts, the interval is half a unit of the last place wide to either side."""
    data = json.loads(site.files["figures/fleet/scope2.json"])
    value = data["values"][1]

    assert data["label"] == {"en": "Indirect emissions (scope 2)", "zh-Hant": "間接排放（範圍2）"}
    assert (value["period"], value["value"], value["status"]) == ("2022/23", "41.2", "restated")
    assert (value["stands_for"]["low"], value["stands_for"]["high"]) == ("41.15", "41.25")
    assert value["restated"]["was"] == "39.8"
    assert value["shown"] == {"en": "41.2 tonnes of CO₂e", "zh-Hant": "41.2噸二氧化碳當量"}
    assert data["address"]["en"] == "https://example.org/bay/en/figures/fleet/scope2/"
    assert {"table fleet.emissions", "chart fleet.scope2_years"} <= set(data["shown_in"])


def test_a_scale_word_is_worked_in_and_kept(site):
    """HK$312.5 million: the value in full, and the digits with their word."""
    value = json.loads(site.files["figures/fleet/revenue.json"])["values"][-1]

    assert (value["value"], value["printed"]) == ("312500000", {"digits": "312.5", "upto": None, "scale": "million"})


def test_a_bound_has_no_end(site):
    """Up to 50: nothing says how low."""
    stands = json.loads(site.files["figures/crew/discount.json"])["values"][0]["stands_for"]

    assert stands == {"low": None, "high": "50", "low_open": True, "high_open": False}


def test_the_version_follows_the_data(folder):
    """It is the same for the same data, and another after one digit changes."""
    before = short_version(read_report(folder)[0])
    again = short_version(read_report(folder)[0])
    path = folder / "data" / "sections" / "fleet.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("61.20", "61.30"), encoding="utf-8")

    assert before == again != short_version(read_report(folder)[0])


# -- commands --------------------------------------------------------------------------------------------


def run(*given):
    """Return what a command answers."""
    return CliRunner().invoke(main, [str(word) for word in given], catch_exceptions=False)


def test_audit_of_a_sound_report(folder):
    """Exit status 0: the one finding is acknowledged, and told with its reason."""
    result = run("audit", "--report", folder)

    assert result.exit_code == 0
    assert "1 finding (1 acknowledged), 0 open" in result.output.splitlines()[0]
    assert "acknowledged finding: same-fact of crew.discount to_date" in result.output
    assert "stands because: The leaflet hedges it otherwise." in result.output


def test_audit_of_a_report_with_a_finding(folder):
    """Exit status 1, and the arithmetic: 801 + 299.75 is printed as 1200.75."""
    path = folder / "data" / "sections" / "fleet.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("1100.75", "1200.75"), encoding="utf-8")
    result = run("audit", "--report", folder)

    assert result.exit_code == 1
    assert "finding: formula of fleet.diesel 2023/24" in result.output
    assert "fleet.diesel_fast 2023/24: 801 [800.5, 801.5]" in result.output


def test_audit_for_programs(folder):
    """Every claim, numbers as texts."""
    data = json.loads(run("audit", "--report", folder, "--format", "json").output)
    claim = next(one for one in data["claims"] if one["check"] == "same-fact")

    assert len(data["claims"]) == sum(data["count"].values())
    assert (claim["about"], claim["outcome"], claim["acknowledged"]["en"]) == (
        "crew.discount", "finding", "The leaflet hedges it otherwise.",
    )  # fmt: skip


def test_show_tells_the_claims_of_a_figure(folder):
    """Waste per head shares its heads with oil per head."""
    output = run("show", "--report", folder, "fleet.waste_per_head").output

    assert "agrees: denominator of fleet.waste_per_head 2024/25" in output
    assert "fleet.oil_per_head 2024/25: 0.0034 [0.00335, 0.00345], which implies 335 to 347" in output
