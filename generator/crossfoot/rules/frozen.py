"""Rules: a frozen report stays as it was approved."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot import freeze
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Problem, Problems


def frozen_report_is_unchanged(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """While a report is frozen, every figure, wording and setting is what was approved."""
    text = report.records.get(freeze.RECORD)
    if text is None:
        return
    try:
        frozen = freeze.read(text)
    except Problems as found:
        yield from found.found
        return
    yield from freeze.differences(frozen, report, pages)
