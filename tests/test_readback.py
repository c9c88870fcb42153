"""Reading figures and dates back from a page: by hand-made cases, and by writing whatever can be written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import FOLDER, cases
from conftest import TINY
from crossfoot import read_report
from crossfoot.indicator import Observation
from crossfoot.localise import load_language
from crossfoot.readback import Readers, reader

UNITS = {
    "en": {
        "rmb": ["RMB{}"],
        "rmb_million": ["RMB{} million"],
        "tonne": ["{} tonnes"],
        "percent": ["{}%"],
        "month": ["{} months", "{} month"],
        "degree": ["{}-degree"],
    },
    "zh-Hant": {
        "person": ["{}名"],
        "rmb": ["人民幣{}元"],
        "rmb_million": ["人民幣{}百萬元"],
        "per_person": ["每名僱員{}噸"],
        "time": ["{}次"],
        "percent": ["{}%"],
        "item": ["{}項"],
        "month": ["{}個月"],
        "rank": ["{}位"],
    },
}


def said(language, line):
    """Return what is read in *line* of a case."""
    unit, colon, text = line.partition(": ")
    read = reader(language, UNITS[language]).figure(text if colon else line, unit if colon else "")
    if read is None:
        return "refused"
    if read.omission:
        return f"omission {read.omission}"
    upto = f" to {read.upto:f}" if read.upto is not None else ""
    return f"{read.amount:f}{upto} {read.qualifier}".strip()


@pytest.mark.parametrize("case", cases("readback.md"), ids=str)
def test_case(case):
    """A wording is read as a person reads it, or refused."""
    language = "zh-Hant" if case.title.startswith("Chinese") else "en"
    lines = case.input.split("\n")[:-1]

    assert case.expected.split("\n")[:-1] == [said(language, line) for line in lines]


def test_there_are_cases_enough():
    """At least eighty wordings have been read by hand, those that must be refused among them."""
    text = (FOLDER / "readback.md").read_text(encoding="utf-8")

    assert sum(case.expected.count("\n") for case in cases("readback.md")) >= 130
    assert text.count("refused\n") >= 45


DAYS = [
    ("en", "23 July 2018", "2018-07-23"),
    ("en", "March 2019", "2019-03"),
    ("en", "2015", "2015"),
    ("en", "31 February 2018", None),
    ("en", "July 23, 2018", None),
    ("zh-Hant", "2018年7月23日", "2018-07-23"),
    ("zh-Hant", "2019年3月", "2019-03"),
    ("zh-Hant", "2015年", "2015"),
    ("zh-Hant", "2018年13月1日", None),
    ("zh-Hant", "2018年7月", "2018-07"),
]


@pytest.mark.parametrize(("language", "text", "expected"), DAYS)
def test_day(language, text, expected):
    """A date is read as precisely as it is written; one that no calendar has is refused."""
    assert expected == reader(language).day(text)


SPOKEN = [
    ("In June 2018, scope 1 of ISO 14001", "2018年6月，ISO 14001的範圍1", ["2018-06", "1", "14001"]),
    ("2018", "2018年", ["2018"]),
    ("the year 2024/25", "2024/25年度", ["2024", "25"]),
    ("the 5th conference", "第5屆會議", ["5"]),
    ("23 July 2018 and July 2018", "2018年7月及2018年7月23日", ["2018-07-23", "2018-07"]),
    ("1,234.50 m²", "１,234.50平方米", ["1234.50"]),
    ("HKEX, December 2015", "HKEX, December 2015", ["2015-12"]),
    ("Level 3 of 4", "四級中的3級，共4級", ["3", "4"]),
]


@pytest.mark.parametrize(("english", "chinese", "expected"), SPOKEN)
def test_numbers_of_running_text(english, chinese, expected):
    """Numbers in words are the same in both languages, dates and full-width digits included."""
    readers = Readers({"en-GB": "en", "zh-Hant-HK": "zh-Hant"})

    assert sorted(expected) == sorted(readers.numbers(english)) == sorted(readers.numbers(chinese))


def test_a_number_in_words_is_heard():
    """What stands in digits in one language may be spelt in another: the 5th conference, Appendix 27."""
    chinese = reader("zh-Hant")

    assert chinese.spells("5", "第五屆會議")
    assert chinese.spells("27", "附錄二十七")
    assert not chinese.spells("28", "附錄二十七")
    assert not chinese.spells("2.5", "附錄二十七")


def test_a_language_that_nobody_reads():
    """A language without a table of words has no reader, and that is said by None."""
    assert Readers({"en-GB": "en", "xx": "xx"}).of("xx") is None
    assert reader("xx") is None


@cache
def written():
    """The languages and units of the tiny report, and who reads them."""
    report, _ = read_report(TINY)
    languages = [load_language(one, one.place) for one in report.languages]
    units = {
        one.id: {key: [one.of(text) for text in (unit.pattern, unit.one) if text] for key, unit in report.units.items()}
        for one in languages
    }
    return languages, report.units, Readers({one.tag: one.id for one in languages}, units)


QUALIFIERS = ("exact", "about", "over", "at-least", "under", "up-to", "nearly", "range", "several")
VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=None, allow_nan=False, allow_infinity=False).map(
    lambda value: value.quantize(Decimal(1).scaleb(-min(12, max(0, -value.as_tuple().exponent))))
)


@given(
    value=VALUES,
    span=st.integers(1, 10**6),
    scale=st.sampled_from(["one", "thousand", "million", "billion"]),
    qualifier=st.sampled_from(QUALIFIERS),
    several=st.sampled_from([12, 100, 1000]),
    unit=st.integers(0, 10**6),
    forms=st.sets(st.sampled_from(["bare", "plain", "words", "full"])),
)
def test_whatever_is_written_can_be_read(value, span, scale, qualifier, several, unit, forms):
    """Any value with any qualifier, scale, unit and form is read back as the same amount in every language."""
    languages, units, readers = written()
    value = Decimal(several) if qualifier == "several" else value
    upto = value + span if qualifier == "range" else None
    scale = "one" if qualifier == "several" else scale
    name = sorted(units)[unit % len(units)]
    observation = Observation(value=value, upto=upto, scale=scale, qualifier=qualifier)
    factor = Decimal(1).scaleb({"one": 0, "thousand": 3, "million": 6, "billion": 9}[scale])
    for language in languages:
        text = language.value(observation, units[name], **dict.fromkeys(forms, True))
        read = readers.of(language.id).figure(text, name)
        hedge = (
            "" if qualifier == "exact" or ("plain" in forms and qualifier not in ("range", "several")) else qualifier
        )

        assert read is not None, text
        assert (value * factor, None if upto is None else upto * factor) == (read.amount, read.upto), text
        assert hedge == read.qualifier, text


@given(day=st.dates(date(1000, 1, 1), date(2999, 12, 31)), length=st.sampled_from([4, 7, 10]))
def test_whatever_day_is_written_can_be_read(day, length):
    """Any date, by day, month or year, is read back as the same in every language."""
    iso = day.isoformat()[:length]
    languages, _, readers = written()
    for language in languages:
        assert iso == readers.of(language.id).day(language.day(iso))
