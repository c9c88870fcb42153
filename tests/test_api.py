"""The static API: the whole report for programs, valid by its schemas, its numbers those of the pages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import posixpath
import re
import warnings
import zipfile
from decimal import Decimal

import lxml.html
import pytest
from jsonschema import Draft202012Validator

from api_site import ADDRESS, api, built
from conftest import ROOT
from crossfoot import read_report
from crossfoot.api import api_files
from crossfoot.api.tables import Column, Table
from crossfoot.bundle import bundle_file, packed
from crossfoot.identity import facts_of_data
from crossfoot.localise import load_language
from crossfoot.site import FILES, parity_of
from small_report import write


@pytest.fixture(scope="module")
def small():
    """The tiny report, its pages, its site."""
    return built("tiny")


@pytest.fixture(scope="module", params=["tiny", "own"])
def made(request):
    """The tiny report, then the report of the repository: each with its pages and its site."""
    return built(request.param)


def schema(site, name):
    """Return the schema of the file *name*."""
    return json.loads(site.files[f"api/v1/schema/{name}.json"])


def rows(site, name):
    """Return the rows of a table of the API."""
    return list(csv.DictReader(io.StringIO(site.files[f"api/v1/{name}.csv"], newline="")))


def observation(site, id_):
    """Return one figure."""
    return next(one for one in api(site)["observations"]["observations"] if one["id"] == id_)


# -- the promise ----------------------------------------------------------------------------------------


def test_every_file_keeps_its_schema(made):
    """Each names it, by an address that leads there."""
    site = made[2]
    wrong = []
    for name, data in api(site).items():
        path = posixpath.normpath(posixpath.join("api/v1", data["$schema"]))
        checker = Draft202012Validator(json.loads(site.files[path]), format_checker=Draft202012Validator.FORMAT_CHECKER)
        wrong += [f"{name} {list(error.absolute_path)}: {error.message[:200]}" for error in checker.iter_errors(data)]

    assert wrong == []
    named = "charts dimensions findings frameworks index indicators observations periods report tables terms units"
    assert sorted(api(site)) == named.split()


def objects(shape):
    """Yield every object of a schema that lists its properties."""
    if isinstance(shape, dict):
        if "properties" in shape and "type" in shape:
            yield shape
        for below in shape.values():
            yield from objects(below)
    elif isinstance(shape, list):
        for below in shape:
            yield from objects(below)


def test_every_object_is_closed(small):
    """No property that the schema does not name, none that may be left out."""
    for path, text in small[2].files.items():
        if path.startswith("api/v1/schema/"):
            shape = json.loads(text)
            Draft202012Validator.check_schema(shape)
            found = list(objects(shape))
            assert found, path
            assert all(one["additionalProperties"] is False for one in found), path
            assert all(sorted(one["properties"]) == sorted(one["required"]) for one in found), path


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"value": 812.4}, "a number in place of its digits"),
        ({"value": "8.124E2"}, "an exponent"),
        ({"value": "1,078.25"}, "a sign between thousands"),
        ({"value": ""}, "nothing in place of null"),
        ({"value": None}, "no value, and no reason"),
        ({"omission": "not-disclosed"}, "a value, and a reason for having none"),
        ({"qualifier": "roughly"}, "a word that is not known"),
        ({"indicator": "Fleet.diesel"}, "an id in capitals"),
        ({"colour": "blue"}, "a property that is not known"),
        ({"shown": ["812.4"]}, "a list in place of languages"),
        ({"stands_for": {"low": "1", "high": "2"}}, "an interval that does not say whether it is open"),
    ],
)
def test_a_wrong_figure_fails(change, why, small):
    """The schema is no decoration."""
    site = small[2]
    data = api(site)["observations"]
    data["observations"][0] |= change

    assert not Draft202012Validator(schema(site, "observations")).is_valid(data), why


@pytest.mark.parametrize("name", ["index", "report", "indicators", "units", "frameworks", "terms", "findings"])
def test_a_file_that_lacks_something_fails(name, small):
    """Of each file, any property of its first record may be the one that is missing."""
    site = small[2]
    checker = Draft202012Validator(schema(site, name))
    data = api(site)[name]
    for key in data:
        assert not checker.is_valid({other: one for other, one in data.items() if other != key}), key
    for key, records in data.items():
        for gone in records[0] if isinstance(records, list) and isinstance(records[0], dict) else ():
            first = {other: one for other, one in records[0].items() if other != gone}
            assert not checker.is_valid({**data, key: [first, *records[1:]]}), f"{key} {gone}"


# -- the figures ----------------------------------------------------------------------------------------


def test_figures_worked_by_hand(small):
    """As the data have them: printed, in millions, computed, restated, hedged, a part of a part, missing."""
    site = small[2]
    revenue = observation(site, "fleet.revenue:2023/24")
    diesel = observation(site, "fleet.diesel:2024/25")  # 790.25 on fast and 288.00 on slow ferries
    staff = observation(site, "crew.workers:2024/25:gender=female,region=north")
    seats = observation(site, "crew.seats:last_quarter")
    spills = observation(site, "fleet.spills:2021/22")
    scope2 = observation(site, "fleet.scope2:2023/24")

    assert ("305000000", {"digits": "305", "upto": None, "scale": "million"}, "about") == (
        revenue["value"],
        revenue["printed"],
        revenue["qualifier"],
    )
    assert ("1078.25", True, None) == (diesel["value"], diesel["computed"], diesel["printed"])
    assert ("80", "gender.female region.north") == (staff["value"], staff["part"])
    assert [
        {"dimension": "gender", "category": "female"},
        {"dimension": "region", "category": "north"},
    ] == staff["categories"]
    assert ("70", "85", "range") == (seats["value"], seats["upto"], seats["qualifier"])
    assert (None, "not-disclosed", "未有披露") == (spills["value"], spills["omission"], spills["shown"]["zh-Hant"])
    assert scope2["restated"] is not None
    assert {"en", "zh-Hant"} == set(scope2["restated"]["reason"])


def test_there_are_as_many_figures_as_in_the_data(made):
    """Counted by other code, which gives every figure its lasting name."""
    report, _, site = made
    figures_ = api(site)["observations"]["observations"]
    counted = sum(1 for fact in facts_of_data(report) if fact.kind == "figure")

    assert counted == len(figures_) == len({one["id"] for one in figures_}) == len(rows(site, "observations"))


def test_every_figure_on_a_page_is_there_with_the_same_value(made):
    """Value, upper end and unit, of the whole and of every part; targets stand with their indicator."""
    site = made[2]
    known = {
        (one["indicator"], one["period"], one["part"] or ""): (one["value"] or "", one["upto"] or "", one["unit"])
        for one in api(site)["observations"]["observations"]
    }
    targets = {one["id"]: one["target"] for one in api(site)["indicators"]["indicators"]}
    astray, seen = [], set()
    for page in site.pages:
        body = lxml.html.fragment_fromstring(page.html, create_parent="main")
        for figure in body.xpath("//*[@data-figure][@data-period][not(@data-claim)]"):
            name, period, part = (figure.get(key, "") for key in ("data-figure", "data-period", "data-part"))
            value, upto, unit = (figure.get(key, "") for key in ("value", "data-upto", "data-unit"))
            if part == "target":
                same = targets[name] is not None and targets[name]["value"] == value
            else:
                same = known.get((name, period, part)) == (value, upto, unit)
                seen.add((name, period, part))
            if not same:
                astray.append(f"{page.path}: {name} {period} {part} {value}")

    assert astray == []
    assert len(seen) > 100


def test_a_table_says_what_the_json_says(made):
    """Row by row: the same figures, empty where JSON has null."""
    site = made[2]
    keys = ("id", "indicator", "period", "part", "value", "upto", "unit", "qualifier", "status", "omission")
    json_rows = [tuple(one[key] or "" for key in keys) for one in api(site)["observations"]["observations"]]

    assert json_rows == [tuple(row[key] for key in keys) for row in rows(site, "observations")]


def test_languages_stand_side_by_side(small):
    """A column a language."""
    row = next(one for one in rows(small[2], "observations") if one["id"] == "fleet.revenue:2023/24")

    assert ("about HK$305 million", "約3.05億港元") == (row["shown_en"], row["shown_zh-Hant"])
    assert "tonne" in [one["id"] for one in rows(small[2], "units")]


def test_a_file_that_differs_from_the_pages_is_not_published(small):
    """The parts of breakdowns are held against the pages as well."""
    report, pages, site = small
    languages = tuple(load_language(one, one.place) for one in report.languages)
    path = "api/v1/observations.json"
    data = json.loads(site.files[path])
    part = next(one for one in data["observations"] if one["id"] == "crew.workers:2024/25:gender=female,region=north")
    part |= {"value": "81", "shown": {"en": "81", "zh-Hant": "81人"}}
    found = parity_of(report, pages, languages).problems(site.pages, {path: json.dumps(data)})

    assert [
        "'crew.workers' (2024/25, gender.female region.north) 81 stands in api/v1/observations.json, "
        "'crew.workers' (2024/25, gender.female region.north) 80 in en/crew/index.html#table-"
    ] == [re.sub(r"#table-\S+", "#table-", one.message) for one in found]


def test_what_is_not_translated_is_left_out(folder, tmp_path):
    """A program is not told that the original is a translation; the packages stay valid."""
    file = folder / "data" / "report.yaml"
    file.write_text(file.read_text("utf-8") + "untranslated: fallback\n", encoding="utf-8")
    data = folder / "data" / "sections" / "fleet.yaml"
    text = data.read_text(encoding="utf-8")
    assert "{en: Fast ferries, zh-Hant: 高速渡輪}" in text
    data.write_text(text.replace("{en: Fast ferries, zh-Hant: 高速渡輪}", "{en: Fast ferries}"), encoding="utf-8")
    report, _ = read_report(folder)
    languages = tuple(load_language(one, one.place) for one in report.languages)
    files = api_files(report, languages, (), {})
    found = json.loads(files["api/v1/indicators.json"])["indicators"]

    assert {"en": "Fast ferries"} == next(one for one in found if one["id"] == "fleet.diesel_fast")["label"]
    assert told_by_frictionless(unpacked(files, tmp_path)) == []
    assert told_by_csvw(tmp_path / "api" / "v1") == []


# -- addresses ------------------------------------------------------------------------------------------


def hrefs(node, inside=False):
    """Yield every relative address in a file of the API."""
    if isinstance(node, dict):
        for key, below in node.items():
            yield from hrefs(below, inside=inside or key in ("href", "evidence", "files", "schema"))
    elif isinstance(node, list):
        for below in node:
            yield from hrefs(below, inside=inside and not isinstance(below, dict))
    elif inside and isinstance(node, str):
        yield node


def test_every_address_leads_somewhere(made):
    """To a file of the site, and to an anchor that the page has."""
    site = made[2]
    pages = {page.path: page.html for page in site.pages}
    lost, count = [], 0
    for name, data in api(site).items():
        if name == "findings":  # its evidence is no address
            continue
        for href in hrefs(data):
            path, _, anchor = posixpath.normpath(posixpath.join("api/v1", href)).partition("#")
            count += 1
            there = path in site.files or (path in pages and (not anchor or f'id="{anchor}"' in pages[path]))
            lost += [] if there else [f"{name}: {href}"]

    assert sorted(set(lost)) == []
    assert count > 400


def test_absolute_addresses_only_where_the_site_is_known(small):
    """They are the site's address and the way to the file; without one there are none."""
    report, _, site = small
    languages = tuple(load_language(one, one.place) for one in report.languages)
    elsewhere = json.loads(api_files(report, languages, (), {})["api/v1/index.json"])
    found = api(site)["index"]

    assert f"{ADDRESS}api/v1/observations.json" in [one["url"] for one in found["collections"]]
    assert f"{ADDRESS}data/report-data.zip" in [one["url"] for one in found["packages"]]
    assert {None} == {one["url"] for one in elsewhere["collections"] + elsewhere["tables"] + elsewhere["packages"]}
    assert elsewhere["site"] is None


def test_the_index_counts_what_there_is(made):
    """Each collection and each table, with as many records as it has."""
    site = made[2]
    found = api(site)
    counts = {one["name"]: one["records"] for one in found["index"]["collections"]}
    leaves = {one["name"]: one["records"] for one in found["index"]["tables"]}

    assert {name: len(found[name][name]) for name in counts if name not in ("findings", "report")} == {
        name: count for name, count in counts.items() if name not in ("findings", "report")
    }
    assert counts["findings"] == len(found["findings"]["claims"]) == sum(found["findings"]["counts"].values())
    assert {name: len(rows(site, name)) for name in leaves} == leaves


# -- packages -------------------------------------------------------------------------------------------


def unpacked(files, folder):
    """Write the files of the API among *files* into *folder* and return where they are."""
    for path, content in files.items():
        if path.startswith("api/"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode())
    return folder / "api" / "v1"


@pytest.fixture
def package(made, tmp_path):
    """The files of the API in a folder."""
    return unpacked(made[2].files, tmp_path)


def told_by_frictionless(folder):
    """Return what frictionless finds wrong with the package in *folder*."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own, at import
        from frictionless import validate

        report = validate(str(folder / "datapackage.json"))
    return sorted({error.type for task in report.tasks for error in task.errors} | {one.type for one in report.errors})


def told_by_csvw(folder):
    """Return what csvw finds wrong with the tables in *folder*."""
    import csvw

    with warnings.catch_warnings():
        warnings.simplefilter("always")  # it collects its own warnings, and calls them what is wrong
        found = csvw.CSVW(str(folder / "csv-metadata.json"), validate=True)
        try:
            return [] if found.is_valid else [str(one.message) for one in found.warnings]
        except ValueError as error:  # so it says that a key is not found
            return [str(error)]


def test_the_package_is_valid(package):
    """By both standards, read by libraries of their own: types, keys, words, checksums."""
    assert told_by_frictionless(package) == []
    assert told_by_csvw(package) == []


def test_a_spoilt_table_is_found(package):
    """A figure of an indicator that does not exist, and a number that is none."""
    path = package / "observations.csv"
    text = path.read_bytes().decode()
    first = text.split("\r\n")[1].split(",")
    path.write_bytes(text.replace(f"{first[0]},{first[1]},", f"{first[0]},fleet.none,", 1).encode())

    assert "foreign-key" in told_by_frictionless(package)
    assert "hash-count" in told_by_frictionless(package)
    assert told_by_csvw(package) != []

    path.write_bytes(re.sub(r"(\r\n[^,]+,[^,]+,[^,]+,,)[0-9.]+", r"\1about ten", text, count=1).encode())
    assert "type-error" in told_by_frictionless(package)
    assert told_by_csvw(package) != []


def test_a_descriptor_knows_its_files(made):
    """Bytes and checksum of each table are those that are published; both languages name each column."""
    site = made[2]
    found = json.loads(site.files["api/v1/datapackage.json"])
    for resource in found["resources"]:
        content = site.files[f"api/v1/{resource['path']}"].encode()
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (resource["bytes"], resource["hash"])
        for field in resource["schema"]["fields"]:
            assert field["title"]
            assert field["translations"]["zh-Hant"]["title"]
    described = json.loads(site.files["api/v1/csv-metadata.json"])
    assert [one["url"] for one in described["tables"]] == [one["path"] for one in found["resources"]]
    titles = described["tables"][0]["tableSchema"]["columns"][1]["titles"]
    assert {"und": "indicator", "en-GB": "Indicator", "zh-Hant-HK": "指標"} == titles


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@sum", "\tx"])
def test_no_text_is_taken_for_a_formula(text):
    """A mark stands before it; a negative number stays one."""
    table = Table("x", (Column("label"), Column("value", "number")), ("label",), ((text, "-4.20"),))

    assert f"label,value\r\n'{text},-4.20\r\n" == table.csv()


def test_tables_have_no_mark_of_utf_8(made):
    """They are for programs; what people open stands elsewhere."""
    for path, content in made[2].files.items():
        if path.startswith("api/") and path.endswith(".csv"):
            assert not content.startswith("\ufeff")
            assert content.endswith("\r\n")


# -- the bundle ----------------------------------------------------------------------------------------


def test_the_bundle_holds_all_there_is_to_download(made):
    """Every file of data with the bytes of the site, a README a language, the licence, and checksums that are right."""
    report, _, site = made
    bundle = zipfile.ZipFile(io.BytesIO(site.files["data/report-data.zip"]))
    inside = {name: bundle.read(name) for name in bundle.namelist()}
    wanted = {
        path: content.encode() if isinstance(content, str) else content
        for path, content in site.files.items()
        if path.split("/")[0] in ("api", "data", "figures") and path.endswith((".csv", ".json", ".xlsx"))
    }
    sums = dict(reversed(line.split("  ")) for line in inside["SHA256SUMS"].decode().splitlines())

    assert bundle.testzip() is None
    assert {name: inside[name] for name in wanted} == wanted
    assert set(inside) - set(wanted) == {"LICENCE.txt", "README.en.txt", "README.zh-Hant.txt", "SHA256SUMS"}
    assert {name: hashlib.sha256(one).hexdigest() for name, one in inside.items() if name != "SHA256SUMS"} == sums
    assert list(inside) == sorted(inside)
    assert f"{len(wanted)} files in all." in inside["README.en.txt"].decode()
    for language in ("en", "zh-Hant"):
        words = inside[f"README.{language}.txt"].decode()
        for text in (report.file.title, report.file.disclaimer, report.file.licence, report.file.source):
            assert text.get(language) in words
        assert report.version in words
        assert "sha256sum -c SHA256SUMS" in words


def test_the_bundle_is_the_same_each_time(small):
    """Fixed dates, sorted names, one level, whatever order the files come in."""
    report, _, site = small
    languages = tuple(load_language(one, one.place) for one in report.languages)
    shuffled = dict(reversed(site.files.items()))
    again = bundle_file(report, languages, site.pages, shuffled)["data/report-data.zip"]
    entries = zipfile.ZipFile(io.BytesIO(again)).infolist()

    assert site.files["data/report-data.zip"] == again
    assert {(1980, 1, 1, 0, 0, 0)} == {one.date_time for one in entries}
    assert {3} == {one.create_system for one in entries}


def test_a_chinese_name_survives():
    """Its entry says that the name is UTF-8."""
    bundle = zipfile.ZipFile(io.BytesIO(packed({"讀我.txt": "字".encode()})))

    assert [("讀我.txt", 0x800)] == [(one.filename, one.flag_bits & 0x800) for one in bundle.infolist()]


def test_the_bundle_comes_last():
    """It can only hold what was made before it."""
    assert FILES[-1] is bundle_file
    assert FILES.index(api_files) < len(FILES) - 1


# -- numbers --------------------------------------------------------------------------------------------


def test_no_number_is_written_as_a_number(made):
    """In JSON every figure is a text with all its digits; whole numbers only count."""
    counts = {"records", "position", "lines", "page", "holds", "finding", "open"}
    found = []

    def walk(node, key=""):
        if isinstance(node, dict):
            for name, below in node.items():
                walk(below, name)
        elif isinstance(node, list):
            for below in node:
                walk(below, key)
        elif isinstance(node, Decimal) or (isinstance(node, int) and not isinstance(node, bool) and key not in counts):
            found.append((key, node))

    for name in api(made[2]):
        walk(json.loads(made[2].files[f"api/v1/{name}.json"], parse_float=Decimal))

    assert found == []


# -- the guide ------------------------------------------------------------------------------------------

GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_figure_in_the_guide_is_one(tmp_path):
    """It is that of the small report, to the last property."""
    report, _ = read_report(write(tmp_path / "report"))
    languages = tuple(load_language(one, one.place) for one in report.languages)
    found = json.loads(api_files(report, languages, (), {})["api/v1/observations.json"])["observations"]
    told = json.loads(re.search(r"```json\n(.*?)```", GUIDE, re.DOTALL)[1])

    assert told == next(one for one in found if one["id"] == told["id"])


def test_the_guide_names_every_file(small):
    """No more and no fewer than there are."""
    made = {path.removeprefix("api/v1/") for path in small[2].files if re.fullmatch(r"api/v1/[^/]+", path)}
    table = GUIDE.split("| File in `api/v1/` |")[1].split("\n\n")[0]

    assert made == {name for name in re.findall(r"`([^`]+)`", table) if name.endswith((".json", ".csv"))} - {
        "schema/*.json"
    }


def test_the_program_in_the_guide_runs(package):
    """With the folder in place of the address."""
    code = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1]
    names = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(code.replace("https://report.example.org/api/v1", str(package)), names)

    assert len(names["rows"]) > 100
    assert isinstance(names["rows"][0]["value"], Decimal)
