"""Check: one fact that is printed in several places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossfoot.audit._shared import place_of
from crossfoot.findings import Claim, Evidence, Print
from crossfoot.indicator import QUALIFIERS, stands_for
from crossfoot.intervals import Interval
from crossfoot.model import Observation, Report


def same_fact(report: Report, prints: Sequence[Print]) -> Iterator[Claim]:
    """One fact printed in two places has one value and one qualifier."""
    called: dict[tuple[str, str], list[Print]] = {}
    for one in prints:
        if one.qualifier in QUALIFIERS and one.qualifier != "range":  # what no figure can be called is told elsewhere
            called.setdefault((one.indicator, one.period), []).append(one)
    named = {name for name, _ in called}
    for indicator in report.indicators():
        is_named = indicator.id in named
        for period, observation in indicator.values.items():
            if not observation.also and not (is_named and (indicator.id, period) in called):
                continue
            second = [
                Evidence(
                    indicator.id,
                    period,
                    one.amount,
                    stands_for(one.value, one.upto, one.qualifier, one.scale),
                    words=one.qualifier,
                    place=one.place if one.place.file else place_of(observation, indicator),
                )
                for one in observation.also
            ]
            second += [
                Evidence(
                    indicator.id,
                    period,
                    observation.amount,
                    _called(observation, one.qualifier),
                    words=one.qualifier,
                    place=one.place,
                )
                for one in called.get((indicator.id, period), ())
            ]
            differs = [one for one in second if not _same(one, observation)]
            first = Evidence(
                indicator.id,
                period,
                observation.amount,
                observation.stands_for,
                words=observation.qualifier,
                place=place_of(observation, indicator),
            )
            yield Claim(
                "same-fact",
                indicator.id,
                period,
                "finding" if differs else "holds",
                place_of(observation, indicator),
                printed=observation.amount,
                stands_for=observation.stands_for,
                evidence=(first, *(differs or second)),
            )


def _same(second: Evidence, first: Observation) -> bool:
    """Return whether a second print says what the *first* does: as much, or the same with more or fewer digits."""
    if second.words != first.qualifier or second.stands_for is None or first.stands_for is None:
        return False
    if second.stands_for == first.stands_for:
        return True
    rounded = first.qualifier == "exact" and second.stands_for.width != first.stands_for.width
    return rounded and second.stands_for.meets(first.stands_for)


def _called(observation: Observation, qualifier: str) -> Interval | None:
    """Return what *observation* would stand for if it were printed with *qualifier*."""
    word = next(one for one in QUALIFIERS if one == qualifier)
    return None if observation.value is None else stands_for(observation.value, None, word, observation.scale)
