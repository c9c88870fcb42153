"""The report of this repository can be published, and every fact of its source stands on a page in both languages."""

from __future__ import annotations

import csv
import html
import re

import pytest

from conftest import DRAWINGS, ROOT
from crossfoot import build, read_report
from crossfoot.inserts import value_call
from crossfoot.localise import load_language
from crossfoot.wording import Wording

FACTS = [
    (path.stem, line, row)
    for path in sorted((ROOT / "tests" / "facts").glob("*.csv"))
    for line, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8").splitlines()), start=2)
]
MOST_LEFT_OUT = 5
OWN = ("report", "expected", "cases", "facts")


@pytest.fixture(scope="module")
def published():
    """The report of this repository, and its site."""
    return read_report(ROOT)[0], build(ROOT, site_url="https://example.org/", cache=DRAWINGS)


@pytest.fixture(scope="module")
def texts(published):
    """The words of all pages of each language, without tags, one page after the other."""
    found = {}
    for page in published[1].pages:
        bare = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<svg.*?</svg>", "", page.html, flags=re.DOTALL)))
        found.setdefault(page.language, []).append(re.sub(r"\s+", " ", bare))
    return {language: "\n".join(pages) for language, pages in found.items()}


def wordings(report, language, name, form):
    """Return the ways in which a fact may stand on a page: the form named, else in a sentence or in a cell."""
    wording = Wording(report, language, "home", "home")
    if name.startswith("term:"):
        return {language.of(report.terms[name.removeprefix("term:")].name)}
    section, local = name.split(".")
    if (event := report.event(local, section)) is not None:
        return {language.day(event.date)}
    indicator = report.indicator(name)
    period = wording.period_of(indicator)
    observation = indicator.values[period]
    args = (name, period, *form.split())
    said = {wording.value(args, section).text}
    if form == "words":
        said.add(wording.value((*args, "plain"), section).text)
    if not form:
        said.add(wording.hedge(observation, language.cell(observation)))
        said.add(wording.value((name, period, "plain"), section).text)
    assert value_call(args).name == name
    return said


def test_it_can_be_published(published):
    """No problem and no warning."""
    assert published[1].warnings == ()


def test_every_page_is_there_in_both_languages(published):
    """The front, the page for what is missing, and in each language twelve pages beside those made from data."""
    paths = sorted(page.path for page in published[1].pages)
    english = [path.removeprefix("en/") for path in paths if path.startswith("en/")]
    chinese = [path.removeprefix("zh-Hant/") for path in paths if path.startswith("zh-Hant/")]

    assert english == chinese
    made = ("figures/", "disclosures/", "data/", "explorer/", "my-report/")
    assert len([path for path in english if not path.startswith(made)]) == 12
    assert len([path for path in english if path.startswith("disclosures/")]) == 8  # seven frameworks, and all of them
    assert {"index.html", "404.html"} <= set(paths)


def test_the_facts_of_the_source_are_all_listed():
    """At least 180 facts, none twice, almost none left out, and each of those with a reason."""
    names = [row["fact"] for _, _, row in FACTS]
    left_out = [row for _, _, row in FACTS if not row["name"]]

    assert len(names) >= 180
    assert [name for name in names if names.count(name) > 1] == []
    assert len(left_out) <= MOST_LEFT_OUT
    assert [row["fact"] for row in left_out if not row["why_left_out"]] == []


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_fact_stands_on_a_page(published, texts, language):
    """Each figure in its wording, each name, each date, in this language."""
    report = published[0]
    chosen = next(one for one in report.languages if one.id == language)
    spoken = load_language(chosen, chosen.place)
    lost = [
        f"tests/facts/{stem}.csv:{line}: {row['fact']} ({row['name']} {row['form']}): {sorted(said)}"
        for stem, line, row in FACTS
        if row["name"]
        for said in [wordings(report, spoken, row["name"], row["form"] or "")]
        if not any(one in texts[language] for one in said)
    ]

    assert lost == []


def test_there_are_at_least_twelve_charts(published):
    """Each in both languages, with its data as a table and its description in words."""
    for language in ("en", "zh-Hant"):
        bodies = "".join(page.html for page in published[1].pages if page.language == language)
        charts = re.findall(r'<figure class="chart" id="([^"]+)"', bodies)
        assert len(set(charts)) >= 12
        assert len(charts) == bodies.count('class="chart-data"') == bodies.count('class="chart-words"')


def test_nothing_of_the_workshop_stands_in_the_report():
    """No page, figure or test names a path of a machine or a place where it was made."""
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in (
            "data",
            "content",
            "theme",
            "schema",
            "tests/report",
            "tests/expected",
            "tests/cases",
            "tests/facts",
        )
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and re.search(rb"/(work|tmp|home)/", path.read_bytes())
    ]

    assert found == []
