"""Drawing: clean SVG with its words, the same bytes everywhere, and a cache that neither lies nor breaks."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import TINY
from crossfoot.charts import NARROW, WIDE, Point, Series, kinds
from crossfoot.draw import cached, compile_chart, render_chart, svg

SCOPES = Series(
    points=(
        Point("Direct emissions (scope 1)", Decimal("271.69"), "271.69 tonnes"),
        Point("Indirect emissions (scope 2)", Decimal("12821.88"), "12,821.88 tonnes"),
    ),
    unit="tonnes",
    labels=("Direct emissions (scope 1)", "Indirect emissions (scope 2)"),
)
SAME = {"title": "Emissions", "description": "Two bars.", "id": "chart-scopes-wide", "tag": "en"}


def options(kind="bar", **keys):
    keys = {"title": {"en": "T"}, "description": {"en": "D"}} | keys
    return kinds()[kind].options.model_validate(keys)


@pytest.fixture(scope="module")
def drawing():
    return render_chart("bar", SCOPES, WIDE, options(), **SAME)


def test_a_drawing_says_what_it_is(drawing):
    """Role, title and description come first, in the language of the page, tied together by ids that start alike."""
    root = ElementTree.fromstring(drawing)
    title, description = root[0], root[1]

    assert (root.get("role"), root.get("lang")) == ("img", "en")
    assert (title.get("id"), title.text) == ("chart-scopes-wide-title", "Emissions")
    assert (description.get("id"), description.text) == ("chart-scopes-wide-desc", "Two bars.")
    assert (title.get("id"), description.get("id")) == (root.get("aria-labelledby"), root.get("aria-describedby"))


def test_a_drawing_scales_with_its_page(drawing):
    """It has a box and no size of its own, no fonts, no styles, no addresses but the name of its format."""
    root = ElementTree.fromstring(drawing)

    assert root.get("viewBox").startswith("0 0 680 ")
    assert root.get("width") is None
    assert root.get("height") is None
    assert drawing.count("http") == 1
    assert "font-family" not in drawing
    assert "style" not in drawing


def test_colours_are_those_of_the_theme(drawing):
    """Colours stay variables, so that dark mode needs no second drawing."""
    assert 'fill="var(--data-1)"' in drawing
    assert 'fill="var(--ink)"' in drawing


def test_words_of_an_author_stay_words():
    """Markup, quotes and characters that no XML may hold are shown or dropped, never obeyed."""
    label = '<script>alert(1)</script> & "co" ]]> \x00\x0b'
    said = replace(SCOPES, points=(Point(label, Decimal(1), "<b>1</b>"),), labels=(label,))
    root = ElementTree.fromstring(render_chart("bar", said, WIDE, options(), **SAME | {"title": "<i>&"}))

    assert root[0].text == "<i>&"
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == [
        '<script>alert(1)</script> & "co" ]]>',
        "<b>1</b>",
    ]


def test_any_altair_chart_is_drawn_clean():
    """A kind may use axes and clipping as Altair draws them: roles and fonts go, ids are made unique."""
    import altair as alt

    chart = (
        alt.Chart(alt.InlineData(values=[{"a": "x", "b": 3}, {"a": "y", "b": 5}]))
        .mark_bar(clip=True, fill="var(--data-1)")
        .encode(x="b:Q", y="a:N")
    )
    drawn = svg(chart, title="T", description="D", id="one", tag="zh-Hant-HK")
    root = ElementTree.fromstring(drawn)

    assert root.get("lang") == "zh-Hant-HK"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == 3
    assert all(id.startswith("one-") for id in ids)
    assert f'"url(#{ids[-1]})"' in drawn
    assert drawn.count("aria-labelledby") == 1
    assert "aria-label=" not in drawn
    assert {"x", "y"} < {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}


DRAW_ALL = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from test_charts import KINDS, drawn
for kind in KINDS:
    for language in ("en", "zh-Hant"):
        print(kind, language, hashlib.sha256(drawn(kind, "two", language, "narrow").encode()).hexdigest())
"""


def test_the_same_bytes_everywhere():
    """Neither the hash seed, the time zone, the locale nor the folder of work changes a byte."""
    from test_charts import KINDS, drawn

    here = [
        f"{kind} {language} {hashlib.sha256(drawn(kind, 'two', language, 'narrow').encode()).hexdigest()}"
        for kind in KINDS
        for language in ("en", "zh-Hant")
    ]
    there = python(
        DRAW_ALL.format(tests=str(Path(__file__).parent)),
        PYTHONHASHSEED="4711",
        TZ="Pacific/Kiritimati",
        LANG="tr_TR.UTF-8",
        LC_ALL="tr_TR.UTF-8",
    )
    assert here == there.splitlines()


def python(code: str, folder: Path | None = None, **environment: str) -> str:
    """What *code* prints in another process."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


FROM_CACHE = """
import sys
from decimal import Decimal
from pathlib import Path
from crossfoot.charts import WIDE, Point, Series, kinds
from crossfoot.draw import render_chart
options = kinds()["bar"].options.model_validate({"title": {"en": "T"}, "description": {"en": "D"}})
series = Series((Point("A", Decimal("1.50"), "1.50"),))
print(render_chart("bar", series, WIDE, options, title="T", description="D", id="a", tag="en", cache=Path("kept")))
print(sorted({"altair", "vl_convert"} & set(sys.modules)))
"""


def test_nothing_is_imported_when_nothing_is_drawn(tmp_path):
    """A drawing in the cache costs neither Altair nor the renderer, not even their import."""
    first = python(FROM_CACHE, tmp_path).splitlines()
    second = python(FROM_CACHE, tmp_path).splitlines()

    assert first[-1] == "['altair', 'vl_convert']"
    assert second[-1] == "[]"
    assert first[:-1] == second[:-1]


def test_a_new_title_is_no_new_drawing(tmp_path, drawing):
    """Wording is put in after the cache: one entry serves each title, description, id and page."""
    first = render_chart("bar", SCOPES, WIDE, options(), **SAME, cache=tmp_path)
    other = options(title={"en": "Other", "zh-Hant": "另一"}, subtitle={"en": "S"})
    second = render_chart("bar", SCOPES, WIDE, other, **SAME | {"title": "Other"}, cache=tmp_path)

    assert drawing == first
    assert first.replace(">Emissions<", ">Other<") == second
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".svg"]


def test_a_new_figure_is_a_new_drawing(tmp_path):
    """Each thing a drawing depends on is in its key, the digits after a decimal point included."""
    first, second = SCOPES.points
    render_chart("bar", SCOPES, WIDE, options(), **SAME, cache=tmp_path)
    render_chart("bar", SCOPES, NARROW, options(), **SAME, cache=tmp_path)
    render_chart("bar", SCOPES, WIDE, options(accent="scope1"), **SAME, cache=tmp_path)
    render_chart("share", SCOPES, WIDE, options("share"), **SAME, cache=tmp_path)
    for changed in (
        replace(first, value=Decimal("271.690")),
        replace(first, open=True),
        replace(first, shown="272 tonnes"),
    ):
        render_chart("bar", replace(SCOPES, points=(changed, second)), WIDE, options(), **SAME, cache=tmp_path)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json"] * 7 + [".svg"] * 7


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: b"",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: kept.replace(b"scope", b"SCOPE", 1),
        lambda kept: b"\xff\xfe" + kept,
        lambda kept: kept + b"\n",
    ],
    ids=["empty", "cut off", "changed", "not text", "longer"],
)
def test_a_damaged_entry_is_drawn_again(tmp_path, damage):
    """What a crash or a disk did to an entry is never shown; the entry is mended."""
    drawn = []
    kept = "<svg>scope 排放</svg>"

    def draw():
        drawn.append(kept)
        return kept

    assert kept == cached(["key"], draw, tmp_path)
    entry = next(tmp_path.iterdir())
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))

    assert kept == cached(["key"], draw, tmp_path)
    assert kept == cached(["key"], draw, tmp_path)
    assert len(drawn) == 2
    assert whole == entry.read_bytes()


def test_two_writers_share_a_folder(tmp_path):
    """Many may write and read the same entries at once: each gets the whole drawing, nothing is left aside."""
    texts = {number: f"<svg>{number} {'x' * 200_000}</svg>" for number in range(4)}

    def work(turn):
        number = turn % 4
        if turn % 7 == 0:
            for entry in tmp_path.glob("*.svg"):
                entry.unlink(missing_ok=True)
        return texts[number] == cached([number], lambda: texts[number], tmp_path)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))
    assert not list(tmp_path.glob("*.part"))
    assert len(list(tmp_path.iterdir())) <= 4


def test_a_folder_that_cannot_be_written_is_no_cache(tmp_path):
    """A file in the place of the folder, or a full disk: the drawing is made all the same."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")

    assert cached(["key"], lambda: "<svg/>", blocked) == "<svg/>"
    assert cached(["key"], lambda: "<svg/>", blocked / "below") == "<svg/>"


def test_a_chart_is_compiled_while_it_is_drawn(tmp_path):
    """What a browser draws from is kept beside the drawing, and is the same as when it is made alone."""
    render_chart("bar", SCOPES, WIDE, options(), **SAME, cache=tmp_path)
    kept = {path.name for path in tmp_path.iterdir()}
    compiled = compile_chart("bar", SCOPES, WIDE, options(title={"en": "Other"}), cache=tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == kept
    assert compiled == compile_chart("bar", SCOPES, WIDE, options())
    assert [band["of"] for band in compiled["bands"]] == [[0], [1]]
    assert compiled["fit"]["high"] == 12821.88
    assert compiled["scaled"] == []


def test_every_drawing_keeps_the_schema_of_vega_lite(tmp_path, monkeypatch):
    """What a build does not ask for each drawing is asked here, of every kind, and nothing else comes of it."""
    from crossfoot import build, charts, draw

    made = []
    unasked = draw._specified

    def asked(kind, series, style, options):
        specified = kind.draw(series, style, options).to_dict(validate=True)
        assert specified == unasked(kind, series, style, options)
        made.append(kind.name)
        return specified

    monkeypatch.setattr(draw, "_specified", asked)
    build(TINY, cache=tmp_path)

    assert set(made) == set(charts.kinds())


def test_lines_stand_where_vega_would_write_them(tmp_path, monkeypatch):
    """Of every kind, in both widths and languages, the drawing is the one that Vega makes when it writes the lines."""
    from crossfoot import build, charts, draw

    made = []
    ours = draw._bare

    def both(vega, font):
        drawn = ours(vega, font)
        with monkeypatch.context() as patch:
            patch.setattr(draw, "LINES", "nothing is called so")
            assert drawn == ours(vega, font)
        made.append(drawn)
        return drawn

    monkeypatch.setattr(draw, "_bare", both)
    build(TINY, cache=tmp_path)

    assert len(made) >= 2 * len(charts.kinds())
    assert sum("<text" in drawn for drawn in made) > len(made) / 2
