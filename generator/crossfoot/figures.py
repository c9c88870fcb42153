"""A chart of the report in one language: its points, its drawings, its words, and its data as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

from crossfoot.audit import breaks_of
from crossfoot.charts import NARROW, WIDE, WORDS, Point, Series, Style
from crossfoot.disclosures import counted, coverage_of, grouped
from crossfoot.downloads import download_links
from crossfoot.draw import render_chart
from crossfoot.formulas import implied
from crossfoot.model import STANCES, Indicator, Observation
from crossfoot.shown import Cell, Figure, Phrase, Row, Run, Table, plain
from crossfoot.tables import aligned, head_cell, indicator_of, kinds, label_cell
from crossfoot.wording import Wording, anchor, figure_run, machine_number

_BOUNDS = ("over", "at-least")


def figure(spec: Any, wording: Wording, section: str, name: str, cache: Path | None) -> Figure:
    """Return the chart *name* of *section* as *wording*'s page shows it, its drawings from *cache* if there."""
    id_ = f"chart-{anchor(name)}" if section == wording.section else f"chart-{anchor(section)}-{anchor(name)}"
    title = wording.text(spec.title, section)
    description = wording.text(spec.description, section)
    series = series_of(spec, wording, section)

    def drawing(width: str, style: Style) -> str:
        return render_chart(
            spec.kind,
            series,
            style,
            spec,
            title=plain(title),
            description=plain(description),
            id=f"{id_}-{width}",
            tag=wording.language.tag,
            cache=cache,
        )

    return Figure(
        id=id_,
        title=title,
        subtitle=wording.text(spec.subtitle, section) or _subtitle(spec, series, wording, section),
        description=description,
        wide=drawing("wide", WIDE),
        narrow=drawing("narrow", NARROW),
        table=_table(spec, series, wording, section, f"{id_}-data", title),
        source=wording.text(spec.source, section),
        codes=wording.codes(
            reference for one in spec.series for reference in indicator_of(one, wording, section).disclosures
        ),
        name=f"{section}.{name}",
        downloads=download_links(f"{section}.{name}", "chart", wording),
        script=f"charts/{wording.language.id}/{section or wording.stem}/{name}.js",
    )


def series_of(spec: Any, wording: Wording, section: str) -> Series:
    """Return the points that *spec* draws, in the author's order."""
    if spec.kind == "coverage":
        return _coverage_series(spec, wording)
    if getattr(spec, "table", None):
        points = tuple(_matrix_points(spec, wording, section))
        table = wording.report.table(spec.table, section)
        labels = tuple(wording.language.of(row.label) for row in table.rows.values())
        groups = tuple(wording.language.of(text) for text in table.columns.values())
        return _series(points, "", wording, labels, groups)
    indicators = [indicator_of(one, wording, section) for one in spec.series]
    if getattr(spec, "implied", False):
        points = tuple(_implied_points(indicators, wording))
        return _series(points, "", wording)
    points = tuple(_points(spec, indicators, wording, section))
    units = {one.unit for one in indicators}
    unit = wording.language.of(wording.report.units[units.pop()].name) if len(units) == 1 else ""
    return _series(points, unit, wording)


def _series(
    points: tuple[Point, ...],
    unit: str,
    wording: Wording,
    labels: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
) -> Series:
    language = wording.language
    words = {key: language.phrases[f"draw.{key}"] for key in WORDS if f"draw.{key}" in language.phrases}
    return Series(
        points=points,
        unit=unit,
        language=language.id,
        tag=language.tag,
        labels=labels or tuple(dict.fromkeys(point.label for point in points)),
        groups=groups or tuple(dict.fromkeys(point.group for point in points if point.group)),
        words=words,
    )


def _coverage_series(spec: Any, wording: Wording) -> Series:
    """Return how many codes have each status: of each group of a framework, or of each framework."""
    report, language = wording.report, wording.language
    words = [language.word(f"stances.{status}") for status in STANCES]
    if spec.framework is not None:
        framework = report.frameworks[spec.framework]
        rows = [
            (language.of(title) or language.of(framework.short), inside)
            for title, inside in grouped(framework, coverage_of(report, framework))
        ]
    else:
        rows = [(language.of(one.short), coverage_of(report, one)) for one in report.frameworks.values()]
    points = tuple(
        Point(label=label, value=Decimal(count), shown=str(count), number=str(count), group=word)
        for label, inside in rows
        for status, word in zip(STANCES, words, strict=True)
        if (count := counted(inside).get(status, 0))
    )
    return _series(points, "", wording, tuple(label for label, _ in rows), tuple(words))


def periods_drawn(spec: Any, indicator: Indicator, wording: Wording) -> tuple[str, ...]:
    """Return the periods of *indicator* that the chart draws, in the report's order."""
    if spec.periods:
        return tuple(spec.periods)
    return tuple(period for period in wording.report.file.periods if period in indicator.values)


def _points(spec: Any, indicators: list[Indicator], wording: Wording, section: str) -> Iterator[Point]:
    accent = getattr(spec, "accent", None)
    several = any(len(periods_drawn(spec, one, wording)) > 1 for one in indicators)
    for name, indicator in zip(spec.series, indicators, strict=True):
        drawn = periods_drawn(spec, indicator, wording)
        breaks = breaks_of(indicator, drawn, wording.report)
        for period in drawn:
            observation = indicator.values.get(period) or Observation(omission="not-disclosed")
            point = _point(
                indicator,
                observation,
                wording,
                period=wording.period(period),
                accent=name == accent,
            )
            yield replace(point, group=point.period if several else "", breaks=period in breaks)


def _point(indicator: Indicator, observation: Observation, wording: Wording, *, period: str, accent: bool) -> Point:
    unit = wording.unit(indicator)
    amount = observation.amount
    high = None
    if observation.upto is not None and observation.value:
        high = observation.upto * (amount or Decimal(0)) / observation.value
    return Point(
        label=plain(wording.text(indicator.label, indicator.id.split(".")[0])),
        value=amount,
        shown=wording.language.value(observation, unit),
        low=amount if high is not None else None,
        high=high,
        low_shown=_end(observation.value, observation, indicator, wording) if high is not None else "",
        high_shown=_end(observation.upto, observation, indicator, wording) if high is not None else "",
        name=indicator.id,
        period=period,
        open=observation.qualifier in _BOUNDS,
        below=observation.qualifier in ("under", "up-to"),
        number=wording.language.cell(observation),
        accent=accent,
    )


def _end(value: Decimal | None, observation: Observation, indicator: Indicator, wording: Wording) -> str:
    if value is None:
        return ""
    return wording.language.with_unit(wording.language.scaled(observation, value), wording.unit(indicator), value)


def _implied_points(indicators: list[Indicator], wording: Wording) -> Iterator[Point]:
    language = wording.language
    for indicator in indicators:
        period = wording.period_of(indicator)
        found = implied(wording.report, indicator, period)
        if found is None:
            continue
        section = indicator.id.split(".")[0]
        unit = wording.unit(found[0])
        # Whole numbers inside the range: the first that fits and the last.
        ends = [
            found[1].low.quantize(Decimal(1), rounding=ROUND_CEILING),
            found[1].high.quantize(Decimal(1), rounding=ROUND_FLOOR),
        ]
        shown = [language.with_unit(language.digits(value), unit, None) for value in ends]
        yield Point(
            label=plain(wording.text(indicator.label, section)),
            value=None,
            shown=language.word("range", *shown),
            low=ends[0],
            high=ends[1],
            low_shown=shown[0],
            high_shown=shown[1],
            name=indicator.id,
            period=wording.period(period),
        )


def _matrix_points(spec: Any, wording: Wording, section: str) -> Iterator[Point]:
    table = wording.report.table(spec.table, section)
    for row in table.rows.values():
        label = wording.language.of(row.label)
        for key, cell in row.cells.items():
            shown = name = ""  # a mark says it
            value: Decimal | None = Decimal(1)
            if cell.value is not None:
                indicator = indicator_of(cell.value, wording, section)
                observation = indicator.values[wording.period_of(indicator, cell.period or "")]
                shown, value, name = (
                    wording.language.value(observation, wording.unit(indicator)),
                    observation.amount,
                    indicator.id,
                )
            yield Point(
                label=label,
                value=value,
                shown=shown,
                group=wording.language.of(table.columns[key]),
                row=label,
                name=name,
            )


def _subtitle(spec: Any, series: Series, wording: Wording, section: str) -> Phrase:
    """Return unit and period where all points share them."""
    if getattr(spec, "table", None) or spec.kind == "coverage":
        return ()
    language, file = wording.language, wording.report.file
    indicators = [indicator_of(one, wording, section) for one in spec.series]
    periods = {period for one in indicators for period in periods_drawn(spec, one, wording)}
    parts = []
    if getattr(spec, "implied", False):
        denominators = [one.formula.of[1] for one in indicators if one.formula]
        label = wording.text(indicator_of(denominators[0], wording, section).label, section) if denominators else ()
        parts.append(plain(label))
    elif series.unit:
        parts.append(series.unit)
    if len(periods) == 1:
        parts.append(language.period(file.periods[periods.pop()]))
    boundaries = {one.boundary for one in indicators}
    boundary = boundaries.pop() if len(boundaries) == 1 else None
    if boundary:
        parts.append(language.of(file.boundaries[boundary].label))
    return (Run(language.phrases["subtitle_comma"].join(parts)),) if parts else ()


def _table(spec: Any, series: Series, wording: Wording, section: str, id_: str, title: Phrase) -> Table:
    """Return the chart's data as a table: for a matrix its own table, else a row a point."""
    if getattr(spec, "table", None):
        table: Table = kinds()["matrix"].arrange(wording.report.table(spec.table, section), wording, section, id_)
        return table
    if spec.kind == "coverage":
        return _coverage_table(series, wording, id_, title)
    language = wording.language
    marked = any(point.group for point in series.points)
    titles = [
        language.word("table.indicator"),
        *([language.word("table.period")] if marked else []),
        language.word("table.value"),
    ]
    body = []
    for point, run in zip(series.points, _runs(spec, series, wording, section), strict=True):
        indicator = wording.report.indicator(run.name)
        label = label_cell(tuple(wording.plain(point.label)), href=wording.evidence(indicator) if indicator else "")
        called = wording.marks_at(indicator, dict(run.facts).get("period", "")) if indicator else ()
        value = Cell("number", (run,), label=titles[-1], pad=-1, marks=called)
        cells = (label, *((Cell("text", (Run(point.group),), label=titles[1]),) if marked else ()), value)
        body.append(Row(cells))
    words = tuple(run for run in title if run.kind not in ("mark", "note"))
    caption = (Run(f"{language.word('chart.data')}{language.phrases['colon']}"), *words)
    head = (Row(tuple(head_cell(one) for one in titles)),)
    columns = ("label", *(("text",) if marked else ()), "number")
    return Table(id=id_, kind="data", caption=caption, head=head, body=aligned(body), columns=columns)


def _coverage_table(series: Series, wording: Wording, id_: str, title: Phrase) -> Table:
    """Return the counts as a table: groups down, the statuses that occur across."""
    language = wording.language
    used = [group for group in series.groups if any(point.group == group for point in series.points)]
    counts = {(point.label, point.group): point.value or Decimal(0) for point in series.points}
    body = []
    for label in series.labels:
        cells = [
            Cell("number", (Run(shown, kind="value", value=shown),), label=group, pad=-1)
            for group in used
            for shown in [machine_number(counts.get((label, group), Decimal(0)))]
        ]
        body.append(Row((label_cell(tuple(wording.plain(label))), *cells)))
    caption = (Run(f"{language.word('chart.data')}{language.phrases['colon']}{plain(title)}"),)
    head = (Row((head_cell(language.word("disclosures.group")), *(head_cell(group) for group in used))),)
    columns = ("label", *("number" for _ in used))
    return Table(id=id_, kind="data", caption=caption, head=head, body=tuple(body), columns=columns)


def _runs(spec: Any, series: Series, wording: Wording, section: str) -> Iterator[Run]:
    """Yield the value of each point as the data table prints it."""
    indicators = [indicator_of(one, wording, section) for one in spec.series]
    if getattr(spec, "implied", False):
        denominators = (implied(wording.report, one, wording.period_of(one)) for one in indicators)
        units = [found[0].unit for found in denominators if found is not None]
        for point, unit in zip(series.points, units, strict=True):
            facts = (("unit", unit), ("upto", machine_number(point.high or Decimal(0))), ("qualifier", "range"))
            yield Run(point.shown, kind="value", value=machine_number(point.low or Decimal(0)), facts=facts)
        return
    drawn = [(one, period) for one in indicators for period in periods_drawn(spec, one, wording)]
    for point, (indicator, period) in zip(series.points, drawn, strict=True):
        observation = indicator.values.get(period) or Observation(omission="not-disclosed")
        yield figure_run(point.shown, indicator, observation, period)
