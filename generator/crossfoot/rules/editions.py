"""Rules: the years of a report that are published side by side know each other, and restate nothing unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.editions import Archive, Edition, differs, is_computed, was_amount
from crossfoot.model import Indicator, Observation, Report
from crossfoot.narrative import Page
from crossfoot.places import NOWHERE, Problem


def editions_are_there(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each edition that is named is another year, once, and its report can be read."""
    if isinstance(report.archive, Archive):
        yield from report.archive.problems


def restatements_are_marked(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A figure that an earlier edition printed otherwise is marked restated, and `was` is what that edition printed."""
    archive = report.archive
    if not isinstance(archive, Archive):
        return
    for indicator in report.indicators():
        for period, observation in indicator.values.items():
            if observation.value is not None and not is_computed(indicator, observation):
                published = archive.published(indicator.id, period)
                if published:
                    yield from _restated(indicator, period, observation, archive, published)


def _restated(
    indicator: Indicator,
    period: str,
    ours: Observation,
    archive: Archive,
    published: tuple[tuple[Edition, Observation], ...],
) -> Iterator[Problem]:
    place = ours.place if ours.place != NOWHERE else indicator.place
    own = archive.own
    others = [(one, theirs) for one, theirs in published if differs(own, one, indicator.id, ours, theirs)]
    edition, theirs = others[-1] if others and ours.restated is not None else published[-1]
    printed = f"the report for {edition.period} printed {_typed(theirs)}"
    where = f"{printed}: {edition.place_at(indicator.id, period)}"
    if ours.restated is None:
        if differs(own, edition, indicator.id, ours, theirs):
            message = f"'{indicator.id}' is {_typed(ours)} in {period}, but {printed}"
            cure = f"{{value: {ours.value}, status: restated, restated: {{was: {_was(theirs, ours)}, reason: ...}}}}"
            yield Problem(place, message, f"mend the figure, or mark it restated: {cure}\n{where}")
        return
    known = {observation.amount for _, observation in published}
    known |= {was_amount(observation) for _, observation in published} - {None}
    was = was_amount(ours)
    if was is None:
        message = f"'{indicator.id}' was 'not-printed' before it was restated in {period}, but {printed}"
        yield Problem(place, message, f"write was: {_was(theirs, ours)}\n{where}")
    elif was not in known:
        assert ours.restated is not None
        message = f"'{indicator.id}' was {ours.restated.was} before it was restated in {period}, but {printed}"
        yield Problem(place, message, f"write was: {_was(theirs, ours)}\n{where}")


def _typed(observation: Observation) -> str:
    """Return the digits of a value as they are typed, with its scale word."""
    upto = f" to {observation.upto}" if observation.upto is not None else ""
    return f"{observation.value}{upto}{'' if observation.scale == 'one' else f' {observation.scale}'}"


def _was(theirs: Observation, ours: Observation) -> str:
    """Return what *theirs* is when it is typed with the scale word of *ours*."""
    if theirs.scale == ours.scale or theirs.amount is None or ours.value is None or ours.amount is None:
        return str(theirs.value)
    return format(theirs.amount * ours.value / ours.amount if ours.amount else theirs.amount, "f")
