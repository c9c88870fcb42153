"""Every kind of chart, in both languages and both widths: nothing lost, clipped, too small or out of proportion."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from crossfoot import charts
from crossfoot.charts import NARROW, WIDE, WORDS, Point, Series, kinds
from crossfoot.charts._words import extent, tick_words, ticks, wrap
from crossfoot.draw import render_chart

KINDS = ("bar", "column", "coverage", "interval", "line", "log-dot", "matrix", "share", "stacked-bar")
STYLES = {"wide": WIDE, "narrow": NARROW}
CHINESE = {
    "log_scale": "對數刻度：每條線為前一條的十倍。",
    "not_on_scale": "零及負值不能以對數刻度顯示，以文字列明。",
    "axis_not_zero": "刻度並非由零開始。",
    "open_bound": "尖端表示下限：原文用語為「超過」或「至少」。",
    "upper_bound": "淺色橫條及其末端表示上限：原文用語為「少於」或「不超過」。",
    "range_end": "淺色部分由範圍的下限延伸至上限。",
    "share_track": "橫條底色全長代表100%。",
    "agree": "陰影為與各項均相符的範圍。",
    "agree_some": "陰影範圍與{all}項中的{some}項相符，沒有單一數值與各項均相符。",
    "disagree": "沒有單一數值與各項均相符。",
    "missing": "沒有數據",
    "missing_at": "{place}：{reason}",
    "between": "；",
    "number.group": ",",
    "number.decimal": ".",
    "scale.4": "{}萬",
    "scale.8": "{}億",
    "scale.12": "{}萬億",
}
LONG = {
    "en": "Emissions from the purchased electricity of offices, stores, warehouses and data centres " * 4,
    "zh-Hant": "辦公室、零售店、倉庫及數據中心外購電力所產生的間接溫室氣體排放（範圍2）" * 9,
}
UNITS = {"en": "{} tonnes", "zh-Hant": "{}噸"}
MORE = {"en": "more than {}", "zh-Hant": "超過{}"}


def point(label: str, value: str | None, language: str, **more: object) -> Point:
    shown = UNITS[language].format(value) if value else {"en": "not collected", "zh-Hant": "未有收集"}[language]
    return Point(label, None if value is None else Decimal(value), shown, **more)


def points(case: str, language: str) -> list[Point]:
    name = {"en": "Energy used", "zh-Hant": "能源消耗量"}[language]
    values = {
        "one": ["271.69"],
        "two": ["271.69", "12821.88"],
        "many": [str((index * 37) % 91 + 5) for index in range(60)],
        "negative": ["120", "-45", "60"],
        "all negative": ["-120", "-45"],
        "zero": ["0", "0"],
        "equal": ["7.10", "7.10", "7.10"],
        "missing": ["12", None, "30"],
        "nothing": [None, None],
        "extremes": ["0.00012", "238500000000000", "3"],
    }
    if case in values:
        return [point(f"{name} {index}", value, language) for index, value in enumerate(values[case], start=1)]
    if case == "bounds":
        return [
            Point(f"{name} 1", Decimal(95), MORE[language].format("95"), open=True),
            Point(f"{name} 2", Decimal(40), "≤ 40", below=True, accent=True),
            Point(f"{name} 3", Decimal(70), "70–85", low=Decimal(70), high=Decimal(85)),
        ]
    assert case == "long", case
    text = LONG[language][:300]
    return [
        Point(text, Decimal(70), "70", accent=True),
        Point(f"2 {text}", Decimal(30), MORE[language].format(f"30 {text}"), open=True),
    ]


CASES = "one two many negative,all negative,zero equal missing nothing extremes bounds long"
CASES = [case for part in CASES.split(",") for case in ([part] if "all" in part else part.split())]


def series(kind: str, case: str, language: str) -> Series:
    """The points of *case* as *kind* wants them: periods for lines and columns, ranges, rows that meet columns."""
    found = points(case, language)
    tag = {"en": "en", "zh-Hant": "zh-Hant-HK"}[language]
    heads = {"en": ["Customer service", "Environment"], "zh-Hant": ["客戶服務", "環境保護"]}[language]
    if kind in ("line", "column"):
        title = found[0].label if case == "long" else heads[0]
        found = [change(one, label=title, group=one.label) for one in found]
    if kind == "interval":
        found = [
            one
            if one.value is None or one.low is not None
            else change(one, low=one.value - 1, high=one.value + 2, low_shown=one.shown, high_shown=one.shown)
            for one in found
        ]
    if kind == "coverage":  # counts of codes, a row a group of the framework
        counts = [None if one.value is None else Decimal(index % 40) for index, one in enumerate(found, start=1)]
        found = [
            change(one, value=count, shown=str(count or 0), group=heads[index % 2], low=None, high=None)
            for index, (one, count) in enumerate(zip(found, counts, strict=True))
        ]
    if kind == "matrix":
        found = [change(one, row=one.label, group=heads[index % 2]) for index, one in enumerate(found)]
    return Series(
        points=tuple(found),
        unit={"en": "tonnes", "zh-Hant": "噸"}[language],
        language=language,
        tag=tag,
        labels=tuple(dict.fromkeys(one.label for one in found)),
        groups=tuple(dict.fromkeys(one.group for one in found if one.group)),
        words=dict(WORDS) if language == "en" else CHINESE,
    )


def change(one: Point, **what: object) -> Point:
    fields = {name: getattr(one, name) for name in Point.__dataclass_fields__}
    return Point(**(fields | what))


@cache
def drawn(kind: str, case: str, language: str, width: str) -> str:
    said = series(kind, case, language)
    options = kinds()[kind].options.model_validate({"title": {"en": "Title"}, "description": {"en": "Words"}})
    return render_chart(kind, said, STYLES[width], options, title="Title", description="Words", id="c", tag=said.tag)


def parsed(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def em(sign: str) -> float:
    """How wide *sign* is in an ordinary face."""
    if unicodedata.east_asian_width(sign) in "WF":
        return 1
    return 0.35 if sign in " fijlrtI.,:;'()" else 0.59


def boxes(root: ElementTree.Element) -> list[tuple[str, float, float, float, float]]:
    """Each text with its left, right, upper and lower edge, as wide as an ordinary face would set it."""
    found = []
    for text in root.iter("text"):
        size = float(text.get("font-size"))
        wide = sum(map(em, text.text)) * size
        x, y = float(text.get("x")), float(text.get("y"))
        left = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor"), x)
        found.append((text.text, left, left + wide, y - 0.8 * size, y + 0.2 * size))
    return found


def bars(root: ElementTree.Element, *, horizontal: bool = True) -> list[tuple[float, float, str, bool]]:
    """Each rectangle along the scale: start, end, colour, and whether it is solid."""
    found = []
    shape = re.compile(r"M(-?[\d.]+),(-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h-?[\d.]+Z")
    for path in root.iter("path"):
        if at := shape.fullmatch(path.get("d")):
            x, y, wide, tall = map(float, at.groups())
            span = (x, x + wide) if horizontal else (y, y + tall)
            found.append((*span, path.get("fill"), path.get("opacity") is None))
    return found


everything = pytest.mark.parametrize(
    ("kind", "case"), [(kind, case) for kind in KINDS for case in CASES], ids=lambda name: name.replace(" ", "-")
)
both = [(language, width) for language in ("en", "zh-Hant") for width in STYLES]


def views(case: str) -> list[tuple[str, str]]:
    """Where *case* is looked at: everywhere; what differs little between the languages only once each."""
    return both if case in ("one", "two", "bounds", "long") else [both[0], both[3]]


def test_each_file_of_the_folder_is_a_kind():
    """The folder is the registry: no list to keep."""
    files = {path.stem for path in Path(charts.__file__).parent.glob("[a-z]*.py")}

    assert tuple(kinds()) == KINDS
    assert {name.replace("-", "_") for name in KINDS} == files
    assert all(kind.options.model_fields["kind"].default == kind.name for kind in kinds().values())


@everything
def test_text_stands_inside_the_drawing(kind, case):
    """No text leaves the drawing, whatever the labels, in either language and width; none is small."""
    for language, width in views(case):
        root = parsed(drawn(kind, case, language, width))
        _, _, wide, tall = map(float, root.get("viewBox").split())
        assert wide == STYLES[width].width
        for text, left, right, upper, lower in boxes(root):
            assert left >= -0.5, (text, language, width)
            assert right <= wide + 0.5, (text, language, width)
            assert upper >= -0.5, (text, language, width)
            assert lower <= tall, (text, language, width)
        assert min(float(text.get("font-size")) for text in root.iter("text")) >= 11


@everything
def test_texts_do_not_overlap(kind, case):
    """No two texts stand on each other."""
    for language, width in views(case):
        found = boxes(parsed(drawn(kind, case, language, width)))
        for index, (text, left, right, upper, lower) in enumerate(found):
            for other, start, end, top, bottom in found[:index]:
                across, down = min(right, end) - max(left, start), min(lower, bottom) - max(upper, top)
                assert across <= 1 or down <= 1, (text, other, language, width)


@everything
def test_marks_stay_inside_the_drawing(kind, case):
    """No bar leaves the drawing."""
    for language, width in views(case):
        root = parsed(drawn(kind, case, language, width))
        _, _, wide, tall = map(float, root.get("viewBox").split())
        for horizontal, most in ((True, wide), (False, tall)):
            for start, end, *_ in bars(root, horizontal=horizontal):
                assert -0.6 <= start <= end <= most + 0.6


@everything
def test_drawings_are_clean(kind, case):
    """A strict content policy, a page with other drawings and a screen reader in any language are all served."""
    for language, width in views(case):
        svg = drawn(kind, case, language, width)
        root = parsed(svg)
        assert {"xmlns", "viewBox", "role", "lang", "aria-labelledby", "aria-describedby"} == set(root.attrib) | {
            "xmlns"
        }
        for element in root.iter():
            assert element.tag in ("svg", "g", "path", "line", "text", "title", "desc"), element.tag
            assert not {"style", "class", "font-family", "transform"} & set(element.attrib) - {"transform"}
            assert element is root or not {"role", "aria-label", "aria-hidden"} & set(element.attrib)
            assert element.get("id", "c-").startswith("c-")
        for colour in re.findall(r'(?:fill|stroke)="([^"]*)"', svg):
            assert colour == "none" or re.fullmatch(r"var\(--[a-z0-9-]+\)", colour), colour


@pytest.mark.parametrize("kind", ["bar", "share", "log-dot", "interval", "stacked-bar", "matrix"])
@pytest.mark.parametrize("case", [case for case in CASES if case != "many"])
def test_no_word_is_lost(kind, case):
    """Each label and each value stands in the drawing in full, wrapped but never cut."""
    for language, width in views(case):
        said = "".join(text.text for text in parsed(drawn(kind, case, language, width)).iter("text"))
        for one in series(kind, case, language).points:
            for words in (one.label, one.shown if kind not in ("matrix", "interval") else ""):
                assert "".join(words.split()) in "".join(said.split()), (words, language, width)


@pytest.mark.parametrize("kind", ["bar", "column"])
@pytest.mark.parametrize("case", ["two", "many", "negative", "all negative", "equal", "extremes"])
def test_bars_start_at_zero(kind, case):
    """All bars start from one line, and their lengths are to each other as their values."""
    for language, width in views(case):
        found = bars(parsed(drawn(kind, case, language, width)), horizontal=kind == "bar")
        values = [float(one.value) for one in series(kind, case, language).points]
        # Px grow to the right, and downwards: a column of a positive value ends above the px of zero.
        spans = [
            span[:2] if (value >= 0) == (kind == "bar") else span[1::-1]
            for value, span in zip(values, found, strict=True)
        ]
        zero = spans[0][0]
        most = max(range(len(values)), key=lambda index: abs(values[index]))
        scale = (spans[most][1] - zero) / values[most]
        for value, (start, end) in zip(values, spans, strict=True):
            assert zero == pytest.approx(start, abs=0.05)
            assert end - zero == pytest.approx(value * scale, abs=0.1)


@pytest.mark.parametrize("width", STYLES)
def test_shares_are_drawn_on_a_track_of_one_hundred(width):
    """71 fills 71 hundredths of its track."""
    found = bars(parsed(drawn("share", "one", "en", width)))  # 271.69: over the end of its track
    track, solid = found
    assert (solid[1] - solid[0]) / (track[1] - track[0]) == pytest.approx(2.7169, abs=0.01)
    found = bars(parsed(drawn("share", "equal", "zh-Hant", width)))
    assert {round((end - start) / (found[0][1] - found[0][0]), 3) for start, end, *_ in found} == {1, 0.071}


@pytest.mark.parametrize("width", STYLES)
def test_parts_fill_the_whole(width):
    """The parts of a stacked bar are to the whole as their values, but for the gaps of two pixels."""
    found = bars(parsed(drawn("stacked-bar", "two", "en", width)))
    whole, first, second = found[0][1], found[3], found[5]  # the bar's track, two list tracks, then the parts
    assert first[1] - first[0] == pytest.approx(271.69 / 13093.57 * whole - 2, abs=0.4)
    assert second[1] - second[0] == pytest.approx(12821.88 / 13093.57 * whole, abs=0.1)
    assert second[0] - first[1] == pytest.approx(2, abs=0.4)


@pytest.mark.parametrize("width", STYLES)
def test_a_log_scale_is_logarithmic_and_says_so(width):
    """The distance between dots is that of their logarithms; the drawing names the scale in words."""
    root = parsed(drawn("log-dot", "two", "en", width))
    dots = [path.get("transform") for path in root.iter("path") if "A" in path.get("d")]
    first, second = (float(re.match(r"translate\(([\d.]+)", dot)[1]) for dot in dots)
    inner = STYLES[width].width - 12  # half a dot stays free at each end; 271.69 and 12,821.88 need 100 to 100,000
    assert second - first == pytest.approx(math.log10(12821.88 / 271.69) / 3 * inner, abs=0.2)
    assert any("ogarithmic" in text.text for text in root.iter("text"))


def test_decades_are_named_in_the_language():
    """At most five powers of ten are named, in the scale words of the page."""
    english = [text.text for text in parsed(drawn("log-dot", "extremes", "en", "wide")).iter("text")]
    chinese = [text.text for text in parsed(drawn("log-dot", "extremes", "zh-Hant", "wide")).iter("text")]
    decades = [text for text in english if re.fullmatch(r"(0\.0*1|1[0,]*)( [a-z]+illion)?", text)]
    assert decades == ["0.0001", "1", "10,000", "100 million", "1 trillion"]
    assert {"1萬", "1億", "1萬億"} < set(chinese)


@pytest.mark.parametrize("kind", ["bar", "share", "log-dot", "column"])
def test_a_bound_is_told_from_a_value(kind):
    """An open end has a shape of its own and a sentence that explains it; so has an upper bound."""
    for language, width in both:
        svg = drawn(kind, "bounds", language, width)
        said = "".join(text.text for text in parsed(svg).iter("text")).replace(" ", "")
        words = series(kind, "bounds", language).words
        assert words["open_bound"].replace(" ", "") in said
        assert words["upper_bound"].replace(" ", "") in said
        assert kind == "log-dot" or not all(solid for *_, solid in bars(parsed(svg), horizontal=kind != "column"))


@pytest.mark.parametrize("kind", ["bar", "share", "log-dot", "interval", "stacked-bar", "column", "line"])
def test_missing_is_words_never_zero(kind):
    """A missing value has its reason and no mark."""
    for language, width in both:
        root = parsed(drawn(kind, "missing", language, width))
        assert points("missing", language)[1].shown in "".join(text.text for text in root.iter("text"))
    if kind in ("bar", "column"):
        assert len(bars(parsed(drawn(kind, "missing", "en", "wide")))) == 2


def test_a_scale_that_does_not_start_at_zero_says_so():
    """Intervals may start anywhere, but not silently."""
    said = [text.text for text in parsed(drawn("interval", "two", "en", "wide")).iter("text")]
    near = Series(tuple(Point(str(n), Decimal(n), str(n), low=Decimal(n), high=Decimal(n + 9)) for n in (900, 950)))
    options = kinds()["interval"].options.model_validate({"title": {}, "description": {}, "implied": True})
    svg = render_chart("interval", near, WIDE, options, title="T", description="D", id="c", tag="en")
    assert not any("start at zero" in text for text in said)
    assert WORDS["axis_not_zero"] in svg
    assert WORDS["disagree"] in svg


@pytest.mark.parametrize("width", STYLES)
def test_a_matrix_shows_each_meeting_once(width):
    """As many dots as points, each name once; what all cells say alike is said by the dot."""
    heads = ("Governments", "Shareholders", "Consumers", "Employees", "Suppliers", "Media and NGOs", "Community")
    rows = ("Compliance", "Supply chain management", "Labour standards", "Nothing")
    met = [(rows[index % 3], head) for index, head in enumerate(heads)] + [(rows[0], heads[1])]
    said = Series(
        tuple(Point("", Decimal(1), "yes", row=row, group=head) for row, head in met), labels=rows, groups=heads
    )
    options = kinds()["matrix"].options.model_validate({"title": {}, "description": {}})
    svg = render_chart("matrix", said, STYLES[width], options, title="T", description="D", id="c", tag="en")
    root = parsed(svg)
    assert len(met) == len([path for path in root.iter("path") if "A" in path.get("d")])
    words = " ".join(text.text for text in root.iter("text"))
    assert [words.count(name) for name in (*heads, *rows)] == [1] * 11
    assert "yes" not in words


def test_a_matrix_without_room_for_a_grid_is_lists():
    """Each row is followed by the names it meets, a row that meets nothing by a dash."""
    names = {"rows": "A long name of a topic that stakeholders raise", "heads": "A long name of a group of them"}
    rows, heads = ([f"{name} {index}" for index in range(12)] for name in names.values())
    said = Series(
        tuple(Point("", Decimal(1), "yes", row=row, group=head) for row in rows[:2] for head in heads),
        labels=tuple(rows),
        groups=tuple(heads),
    )
    options = kinds()["matrix"].options.model_validate({"title": {}, "description": {}})
    svg = render_chart("matrix", said, NARROW, options, title="T", description="D", id="c", tag="en")
    texts = [text.text for text in parsed(svg).iter("text")]
    assert len([text for text in texts if text.startswith(names["heads"])]) == 24
    assert texts.count("–") == 10


def test_lines_break_where_a_reader_expects():
    """At spaces, between Han characters, never before a closing mark; a long word is cut only at need."""
    assert wrap("Direct emissions of offices", 110, 13) == ("Direct", "emissions of", "offices")
    assert wrap("直接溫室氣體排放（範圍1）。", 117, 13) == ("直接溫室氣體排放", "（範圍1）。")
    assert wrap("a" * 40, 100, 13)[0] == "a" * 11
    assert wrap("  ", 100, 13) == ()
    assert wrap("one\ntwo\x00", 100, 13) == ("one two",)
    for width in range(30, 300, 7):
        for text in LONG.values():
            lines = wrap(text, width, 13)
            assert "".join(text.split()) == "".join("".join(lines).split())
            assert all(line[0] not in "，。、；：）」》" and line[-1] not in "（「《" for line in lines)
            assert all(extent(line, 13) <= width for line in lines)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 12821.88, "0 5000 10000 15000"),
        (0, 1, "0 0.25 0.5 0.75 1"),
        (-45, 120, "-50 0 50 100 150"),
        (16190, 17436, "16000 16500 17000 17500"),
        (0, 0.0003, "0 0.0001 0.0002 0.0003"),
        (7, 7, "7"),
    ],
)
def test_ticks_are_round_and_at_most_five(low, high, expected):
    """Ticks are numbers a reader would choose, and enclose all values."""
    assert expected == " ".join(f"{tick.normalize():f}" if tick else "0" for tick in ticks(low, high))


def test_ticks_are_written_as_the_language_writes_them():
    """Scale words only where each tick has at most one decimal with them."""
    english, chinese = Series((), words=dict(WORDS)), Series((), words=CHINESE)
    steps = [Decimal(n) for n in (0, 50000, 100000)]
    assert tick_words(steps, english) == ("0", "50,000", "100,000")
    assert tick_words(steps, chinese) == ("0", "5萬", "10萬")
    assert tick_words([Decimal(16000), Decimal(16500)], chinese) == ("16,000", "16,500")
    assert tick_words([Decimal(1500000), Decimal(-3000000)], english) == ("1.5 million", "−3 million")
    assert tick_words([Decimal("0.25")], chinese) == ("0.25",)
