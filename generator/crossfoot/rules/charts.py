"""Rules: charts name what is there and can be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.model import ChartSpec, Report, TableSpec
from crossfoot.narrative import Page
from crossfoot.places import Problem, did_you_mean
from crossfoot.rules.missing import missing_indicator, missing_period


def charts_have_data(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each chart names indicators with values, of one unit where they share an axis, or a matrix that exists."""
    for section, found in report.sections.items():
        for chart in found.charts.values():
            yield from _chart(chart, report, section)


def _chart(chart: ChartSpec, report: Report, section: str) -> Iterator[Problem]:
    table = getattr(chart, "table", None)
    if table is not None:
        spec: TableSpec | None = report.table(table, section)
        if spec is None or spec.kind != "matrix":
            yield Problem(chart.place, f"there is no matrix table '{table}'", "name a table of 'kind: matrix'")
        return
    if chart.kind == "coverage":
        return
    if not chart.series:
        yield Problem(chart.place, "the chart has no series", "name its indicators: series: [one, two]")
    for period in chart.periods:
        yield from missing_period(period, report, chart.place)
    for key in ("accent", "whole"):
        if named := getattr(chart, key, None):
            yield from missing_indicator(named, report, section, chart.place)
    if (accent := getattr(chart, "accent", None)) and accent not in chart.series:
        hint = did_you_mean(accent, chart.series, listed="series")
        yield Problem(chart.place, f"the chart's 'accent' is '{accent}', which is not in its series", hint)
    found = [one for name in chart.series if (one := report.indicator(name, section)) is not None]
    if not getattr(chart, "implied", False):
        units = {
            (unit.quantity, unit.factor): one.unit for one in found if (unit := report.units.get(one.unit)) is not None
        }
        if len(units) > 1:
            hint = "draw them in charts of their own"
            yield Problem(chart.place, f"the chart draws {' and '.join(units.values())} on one scale", hint)
        for drawn in found:
            for period in chart.periods:
                if period in report.file.periods and period not in drawn.values:
                    text = f"'{drawn.id}' has neither a value nor a reason for {period}, which the chart draws"
                    yield Problem(chart.place, text, f"add '{period}: {{omission: not-disclosed}}' or another reason")
    for name in chart.series:
        indicator = report.indicator(name, section)
        if indicator is None:
            yield from missing_indicator(name, report, section, chart.place)
        elif not any(one.value is not None for one in indicator.values.values()):
            yield Problem(chart.place, f"'{indicator.id}' has no value to draw", "take it out of 'series'")
        elif getattr(chart, "implied", False) and (indicator.formula is None or indicator.formula.operation != "ratio"):
            yield Problem(
                chart.place,
                f"'{indicator.id}' is no ratio, so it implies no denominator",
                "give it 'ratio: [numerator, denominator]'",
            )
        elif chart.kind == "log-dot" and any(
            one.amount is not None and one.amount <= 0 for one in indicator.values.values()
        ):
            yield Problem(
                chart.place,
                f"'{indicator.id}' is not above zero, a logarithmic scale cannot show it",
                "use 'kind: bar'",
            )
