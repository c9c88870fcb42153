"""A chart for a reader's browser: its drawing as Vega, its points in words, its data as CSV; loaded only on request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crossfoot.charts import NARROW, WIDE, WORDS, Point, Series
from crossfoot.charts._words import wrap
from crossfoot.draw import compile_chart
from crossfoot.figures import series_of
from crossfoot.kpis import evidence_at
from crossfoot.localise import Language
from crossfoot.look import light_colours
from crossfoot.script_data import data_script
from crossfoot.shown import Figure, plain
from crossfoot.tabular import csv_text
from crossfoot.wording import Wording, machine_number, page_path

_TITLE, _TEXT = 17.0, 13.0
"""Sizes of text around a picture, in px."""


def drawing_file(language: Language, theme: Path) -> dict[str, str | bytes]:
    """Return the file that tells scripts how *language* writes numbers and dates, and the colours of paper."""
    path = f"charts/{language.id}/drawing.js"
    return {path: data_script(path, {"locale": language.vega(), "paper": light_colours(theme)})}


def chart_file(spec: Any, wording: Wording, section: str, figure: Figure, cache: Path | None) -> dict[str, str | bytes]:
    """Return the file that *figure*, the chart *spec* of *section*, is opened from, by its path.

    Every string in it is ready: nothing is left for a script to format. Links are written from the site's root.
    """
    language = wording.language
    series = series_of(spec, wording, section)
    by = switched_by(spec, series)
    names = dict.fromkeys(getattr(point, by) for point in series.points)
    given = plain(figure.source) or language.of(wording.report.file.source)
    source = f"{language.phrases['source']}{language.phrases['colon']}{given}"
    value = {
        "tag": language.tag,
        "title": plain(figure.title),
        "description": plain(figure.description),
        "file": f"{section or wording.stem.replace('/', '-')}-{figure.name.split('.')[-1]}",
        "by": by,
        "names": list(names) if len(names) > 1 else [],
        "points": [_point(point, series, wording) for point in series.points],
        "csv": _heads(series, language),
        "layouts": [
            {
                **compile_chart(spec.kind, series, style, spec, cache=cache),
                "above": [
                    *([line, _TITLE] for line in wrap(plain(figure.title), style.width, _TITLE)),
                    *([line, _TEXT] for line in wrap(plain(figure.subtitle), style.width, _TEXT)),
                ],
                "below": [[line, _TEXT] for line in wrap(source, style.width, _TEXT)],
            }
            for style in (WIDE, NARROW)
        ],
    }
    return {figure.script: data_script(figure.script, value)}


def switched_by(spec: Any, series: Series) -> str:
    """Return what a reader can switch off, `label` or `group`: what the kind says, if there are several."""
    first, other = ("group", "label") if spec.switched == "group" else ("label", "group")
    for name in (first, other):
        if len({getattr(point, name) for point in series.points}) > 1:
            return name
    return first


def words_of(point: Point, series: Series, language: Language) -> str:
    """Return the value of *point* as its table says it; a mark that says nothing more says yes."""
    if point.shown:
        return point.shown
    if point.value is None:
        return series.words.get("missing", WORDS["missing"])
    return language.word("table.yes")


def _point(point: Point, series: Series, wording: Wording) -> dict[str, Any]:
    """Return *point* as its tooltip, its name for a screen reader, and its row of the CSV."""
    language = wording.language
    shown = words_of(point, series, language)
    when = point.group or point.period
    notes = list(_notes(point, language))
    place = language.phrases["interactive.place"].format(point.label, when) if when else point.label
    said = f"{place}{language.phrases['colon']}{shown}"
    indicator = wording.report.indicator(point.name)
    href = ""
    if indicator is not None:
        stem, at = evidence_at(indicator.id, wording.report)
        href = page_path(language.id, stem) + (f"#{at}" if at else "")
    return {
        "label": point.label,
        "group": point.group,
        "place": place,
        "shown": shown,
        "notes": notes,
        "said": language.phrases["interactive.said"].format(said, language.phrases["list_comma"].join(notes))
        if notes
        else said,
        "href": href,
        "csv": csv_text([_cells(point, shown)]),
    }


def _notes(point: Point, language: Language) -> Iterator[str]:
    """Yield what a reader must know of the value, that its digits do not say."""
    if point.open:
        yield language.phrases["interactive.lower"]
    if point.below:
        yield language.phrases["interactive.upper"]
    if point.breaks:
        yield language.phrases["interactive.breaks"]


def _heads(series: Series, language: Language) -> str:
    """Return the first line of the CSV, with the mark of UTF-8."""
    names = ("table.indicator", "table.period", "table.value", "chart.low", "chart.high", "interactive.shown")
    if not any(point.name for point in series.points):
        names = ("table.name", "chart.part", *names[2:])
    return csv_text([[language.phrases[name] for name in names]], marked=True)


def _cells(point: Point, shown: str) -> list[str | None]:
    """Return the row of *point*: the value for programs, empty where it is a range, a mark or missing."""
    is_mark = not point.shown
    ends = [None if end is None else machine_number(end) for end in (point.low, point.high)]
    plain_value = point.value is not None and point.low is None and not is_mark
    return [
        point.label,
        point.group or point.period,
        machine_number(point.value) if plain_value and point.value is not None else None,
        *ends,
        shown,
    ]
