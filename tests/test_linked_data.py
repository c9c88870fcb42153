"""Linked data: each page tells programs what it holds, in the words of schema.org, with the figures of the page."""

from __future__ import annotations

import json
import posixpath
from datetime import date
from urllib.parse import unquote, urljoin

import lxml.html
import pytest
from pyld import jsonld

from api_site import ADDRESS, api, built
from crossfoot.linked_data import LinkedData, covered, written
from crossfoot.linked_figures import FigureNodes, duration
from crossfoot.localise import load_language
from crossfoot.model import Period
from crossfoot.shown import PageView

SCHEMA = "https://schema.org/"
DATASET = {"@id", "@type", "name", "description", "license", "distribution", "variableMeasured", "isBasedOn", "version"}


def graph(page):
    """Return what the linked data of a page say, as they stand there."""
    return json.loads(page.linked_data)["@graph"] if page.linked_data else []


def of_type(page, kind):
    """Return the nodes of one type."""
    return [node for node in graph(page) if node["@type"] == kind]


def page_at(site, path):
    """Return the page at *path*."""
    return next(page for page in site.pages if page.path == path)


@pytest.fixture(scope="module")
def small():
    """The tiny report, its pages, its site."""
    return built("tiny")


@pytest.fixture(scope="module", params=["tiny", "own"])
def made(request):
    """The tiny report, then the report of the repository: each with its pages and its site."""
    return built(request.param)


@pytest.fixture(scope="module")
def homeless():
    """The tiny report where nobody knows its address."""
    return built("tiny", "")


def expanded(page):
    """Return the linked data of a page as a JSON-LD processor reads them; schema.org is not asked."""

    def context(url, options):
        assert url == "https://schema.org", url
        terms = {"@vocab": SCHEMA, "url": {"@type": "@id"}, "item": {"@type": "@id"}, "contentUrl": {"@type": "@id"}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url} | {
            "document": {"@context": terms}
        }

    options = {"base": ADDRESS + page.path, "documentLoader": context}
    return jsonld.expand(json.loads(page.linked_data), options)


def nodes(value):
    """Yield every node of an expanded document."""
    if isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for below in value.values():
            yield from nodes(below)
    elif isinstance(value, list):
        for below in value:
            yield from nodes(below)


# -- what a processor reads -----------------------------------------------------------------------------


def test_a_processor_reads_every_page(made):
    """Types are those of schema.org, ids and addresses absolute, no value lost."""
    known = {"Report", "Dataset", "Organization", "Article", "WebPage", "WebSite", "BreadcrumbList", "ListItem"}
    known |= {"StatisticalVariable", "Observation", "DataDownload", "CreativeWork", "Property", "PropertyValue"}
    count = 0
    for page in made[2].pages:
        for node in nodes(expanded(page) if page.linked_data else []):
            count += 1
            assert {one.removeprefix(SCHEMA) for one in node["@type"]} <= known, page.path
            assert node.get("@id", ADDRESS).startswith(ADDRESS), page.path
            for key in ("url", "item", "contentUrl"):
                for one in node.get(SCHEMA + key, ()):
                    assert one["@id"].startswith(ADDRESS), page.path

    assert count > 500


def test_every_page_but_the_404_page_has_linked_data(made):
    """In the language of the page."""
    for page in made[2].pages:
        assert bool(page.linked_data) == (page.kind != "missing"), page.path
        for kind in ("Article", "WebPage", "Report"):
            for node in of_type(page, kind):
                assert (page.tag, page.title) == (node["inLanguage"], node["name"]), page.path


# -- report and data set --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_home_page_is_the_report(language, small):
    """Its chapters, its twin, its source; the organisation is what it is about, and nobody's author."""
    home = page_at(small[2], f"{language}/index.html")
    (report,) = of_type(home, "Report")
    (organisation,) = of_type(home, "Organization")
    names = {"en": "Lantern Bay Ferries Limited (fictional)", "zh-Hant": "燈塔灣渡輪有限公司（虛構）"}
    twin = {"en": "workTranslation", "zh-Hant": "translationOfWork"}[language]
    other = {"en": "zh-Hant", "zh-Hant": "en"}[language]
    found = report[twin] if isinstance(report[twin], list) else [report[twin]]

    assert f"{ADDRESS}{language}/#report" == report["@id"]
    assert {"@id": organisation["@id"]} == report["about"]
    assert names[language] == organisation["name"]
    assert not {"author", "creator", "publisher"} & set(report)
    assert [{"@id": f"{ADDRESS}{other}/#report"}] == found
    assert "2024-04-01/2025-03-31" == report["temporalCoverage"]
    assert [f"{ADDRESS}{language}/fleet/", f"{ADDRESS}{language}/crew/"] == [one["url"] for one in report["hasPart"]]


def test_the_data_set_can_be_found(made):
    """What search engines ask for is there; every file is published, in the kind it says."""
    report, _, site = made
    for language in ("en", "zh-Hant"):
        (found,) = of_type(page_at(site, f"{language}/index.html"), "Dataset")

        assert set(found) >= DATASET
        assert 50 <= len(found["description"]) <= 5000
        assert report.version[:12] == found["version"]
        paths = [one["contentUrl"].removeprefix(ADDRESS) for one in found["distribution"]]
        assert set(paths) <= set(site.files)
        kinds = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip"}
        for one in found["distribution"]:
            ending = posixpath.splitext(one["contentUrl"])[1]
            assert kinds.get(ending, one["encodingFormat"]) == one["encodingFormat"]
        measured = [one["identifier"] for one in found["variableMeasured"]]
        assert sorted(report.kpis) == sorted(measured)


def test_the_front_door_names_both_languages(small):
    """One site, a report a language."""
    (site,) = graph(page_at(small[2], "index.html"))

    assert ["en-GB", "zh-Hant-HK"] == site["inLanguage"]
    assert ["Sustainability Report 2024/25", "2024/25年度可持續發展報告"] == [one["name"] for one in site["hasPart"]]


# -- figures --------------------------------------------------------------------------------------------


def amounts(node):
    """Return the value of an observation, or its ends."""
    return tuple(node.get(key) for key in ("value", "minValue", "maxValue"))


def test_every_observation_says_what_the_api_says(made):
    """On every page of both languages: the same digits, unit and days; none is lost, and none invented."""
    site = made[2]
    known = {one["id"]: one for one in api(site)["observations"]["observations"]}
    days = {one["id"]: one["end"] for one in api(site)["periods"]["periods"]}
    units = {one["id"]: one["name"] for one in api(site)["units"]["units"]}
    seen = {"en": set(), "zh-Hant": set()}
    for page in site.pages:
        for node in of_type(page, "Observation"):
            id_ = unquote(node["@id"].partition("#")[2])
            figure = known[id_]
            seen[page.language].add(id_)
            ends = {one for one in amounts(node) if one is not None}
            assert ends == {one for one in (figure["value"], figure["upto"]) if one is not None}, id_
            assert units[figure["unit"]][page.language] == node["unitText"], id_
            assert figure["shown"][page.language] == node["description"], id_
            assert days[figure["period"]] == node.get("observationDate"), id_

    assert seen["en"] == seen["zh-Hant"] == {id_ for id_, one in known.items() if one["value"] is not None}


@pytest.mark.parametrize(
    ("id_", "ends"),
    [
        ("fleet.diesel_fast:2021/22", ("812.4", None, None)),
        ("fleet.revenue:2023/24", ("305000000", None, None)),  # about
        ("crew.training:2024/25", (None, "2.5", None)),  # at least
        ("crew.trips:2024", (None, "16000", None)),  # more than
        ("crew.letters:march_2025", (None, "100", None)),  # hundreds
        ("crew.late:2024/25", (None, None, "2")),  # less than
        ("crew.discount:to_date", (None, None, "50")),  # up to
        ("crew.seats:last_quarter", (None, "70", "85")),
    ],
)
def test_a_hedge_is_not_taken_for_a_value(id_, ends, small):
    """What is more than 16,000 has a least value and no value."""
    found = [
        amounts(node)
        for page in small[2].pages
        for node in of_type(page, "Observation")
        if unquote(node["@id"]).endswith(f"#{id_}")
    ]

    assert found
    assert {ends} == set(found)


def test_a_figure_on_a_page_is_in_its_linked_data(small):
    """What a reader finds on the page of a KPI a program finds too."""
    report, _, site = small
    for page in site.pages:
        own = FigureNodes(report, load_language(report.languages[0], report.place)).of_page(
            page.path.partition("/")[2].removesuffix("/index.html")
        )
        if page.kind != "sheet" or own is None:
            continue
        body = lxml.html.fragment_fromstring(page.html, create_parent="main")
        shown = {
            (one.get("data-period"), one.get("value"))
            for one in body.xpath(f"//data[@class='value'][@data-figure='{own.id}'][not(@data-part)]")
        }
        told = {
            (unquote(node["@id"]).split(":", 2)[2], next(one for one in amounts(node) if one is not None))
            for node in of_type(page, "Observation")
            if "additionalProperty" not in node
        }
        assert shown == told, page.path


def test_a_part_says_its_categories(small):
    """Each dimension by name, in the language of the page."""
    page = page_at(small[2], "zh-Hant/crew/index.html")
    node = next(one for one in of_type(page, "Observation") if one["@id"].endswith("gender=female,region=north"))

    assert [("gender", "性別", "女性"), ("region", "島嶼", "北島")] == [
        (one["propertyID"], one["name"], one["value"]) for one in node["additionalProperty"]
    ]


def test_what_is_measured_has_one_name_in_all_languages(made):
    """The address of its file, which is published; each observation refers to one that its page describes."""
    site = made[2]
    for page in site.pages:
        variables = {node["@id"] for node in of_type(page, "StatisticalVariable")}
        assert {one.removeprefix(ADDRESS) for one in variables} <= set(site.files)
        for node in of_type(page, "Observation"):
            assert node["variableMeasured"]["@id"] in variables


# -- crumbs ---------------------------------------------------------------------------------------------


def test_crumbs_are_those_of_the_page(made):
    """In order, with the words of the page and addresses that lead there."""
    site = made[2]
    paths = {page.path for page in site.pages}
    for page in site.pages:
        trails = of_type(page, "BreadcrumbList")
        assert bool(trails) == bool(page.crumbs), page.path
        for trail in trails:
            items = trail["itemListElement"]
            assert [link.text for link in page.crumbs] == [one["name"] for one in items]
            assert list(range(1, len(items) + 1)) == [one["position"] for one in items]
            assert page.canonical == items[-1]["item"]
            for one in items:
                path = one["item"].removeprefix(ADDRESS).partition("#")[0]
                assert (path + "index.html" if path.endswith("/") else path) in paths, one["item"]


# -- a site that nobody knows the address of ------------------------------------------------------------


def test_without_an_address_names_are_relative(homeless):
    """They lead to files of the site from wherever it stands."""
    site = homeless[2]
    paths = {page.path for page in site.pages} | set(site.files)
    count = 0

    def walk(node, page):
        nonlocal count
        if isinstance(node, dict):
            for key, below in node.items():
                if key in ("@id", "url", "item", "contentUrl"):
                    count += 1
                    assert not below.startswith(("/", "http")), (page.path, below)
                    target = urljoin(f"http://x/{page.path}", below).removeprefix("http://x/").partition("#")[0]
                    assert target in paths, (page.path, below)
                else:
                    walk(below, page)
        elif isinstance(node, list):
            for below in node:
                walk(below, page)

    for page in site.pages:
        walk(graph(page), page)

    assert count > 500


# -- pieces ---------------------------------------------------------------------------------------------


def test_nothing_in_a_word_ends_the_element():
    """A title may hold whatever it likes: it is read back as it was, and stands on one line."""
    name = "</script><!-- & \u2028\u2029 中文"
    text = written([{"@type": "WebPage", "name": name}])

    assert not set("<>&\u2028\u2029") & set(text)
    assert name == json.loads(text)["@graph"][0]["name"]


@pytest.mark.parametrize(
    ("start", "end", "long"),
    [
        ("2018-01-01", "2018-12-31", "P1Y"),
        ("2016-01-01", "2018-12-31", "P3Y"),
        ("2024-04-01", "2025-03-31", "P1Y"),
        ("2025-01-01", "2025-03-31", "P3M"),
        ("2024-02-01", "2024-02-29", "P1M"),
        ("2025-01-15", "2025-02-28", "P45D"),  # 17 days of January and 28 of February
        ("2025-03-01", "2025-03-01", "P1D"),
    ],
)
def test_how_long_a_period_is(start, end, long):
    """Years, else months, else days."""
    period = Period(start=date.fromisoformat(start), end=date.fromisoformat(end))

    assert long == duration(period)
    assert f"{start}/{end}" == covered(period)


def test_a_day_has_no_length():
    """Nor has a period without dates."""
    assert ("", "2018-12-31") == tuple(one(Period(end=date(2018, 12, 31))) for one in (duration, covered))
    assert ("", "") == tuple(one(Period(label={"en": "to date"})) for one in (duration, covered))


def test_a_page_of_problems_has_none(small):
    """There is no report to tell of."""
    report = small[0]
    languages = tuple(load_language(one, one.place) for one in report.languages)
    view = PageView("index.html", "problems", "", "en", "A", "A", "", "")

    assert LinkedData(report, languages, languages[0]).of(view) == ""
