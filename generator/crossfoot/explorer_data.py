"""What the explorer's script reads: every value of every indicator, and its change between every pair of periods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crossfoot.model import Indicator, Observation, PeriodId
from crossfoot.period_changes import boundary_of, change_between
from crossfoot.side_by_side import pairs_of
from crossfoot.wording import Wording, machine_number

Pair = tuple[PeriodId, PeriodId]


def explorer_data(wording: Wording) -> dict[str, Any]:
    """Return the data of the explorer in the language of *wording*: all that is shown is worded here.

    Numbers stand beside their wording as texts, for the length of a bar and for the download; none is ever formatted
    by a script.
    """
    report, language = wording.report, wording.language
    pairs = pairs_of(report)
    used = {name for indicator in report.indicators() for name in indicator.values}
    return {
        "periods": [[name, language.period(one)] for name, one in report.file.periods.items() if name in used],
        "pairs": [list(pair) for pair in pairs],
        "indicators": [
            {
                "id": one.id,
                "unit": one.unit,
                "values": [_value(one, period, wording) for period in one.values],
                "changes": list(_changes(one, pairs, wording)),
            }
            for one in report.indicators()
        ],
    }


def shown_value(observation: Observation, wording: Wording) -> str:
    """Return a value as a table prints it, with its qualifier; the reason where there is none."""
    if observation.value is None:
        return wording.language.phrases[f"reasons.{observation.omission}"]
    return wording.hedge(observation, wording.language.cell(observation))


def _value(indicator: Indicator, period: PeriodId, wording: Wording) -> dict[str, str]:
    one = indicator.values[period]
    amount, upto = one.amount, one.upto_amount
    facts = {
        "period": period,
        "shown": shown_value(one, wording),
        "note": _note(indicator, period, wording),
        "value": "" if amount is None else machine_number(amount),
        "upto": "" if upto is None else machine_number(upto),
        "qualifier": one.qualifier.replace("exact", ""),
        "status": one.status,
        "omission": one.omission or "",
    }
    return {key: fact for key, fact in facts.items() if fact}


def _note(indicator: Indicator, period: PeriodId, wording: Wording) -> str:
    """Return what a reader must know who holds the value against another: its status, and another boundary."""
    language, one = wording.language, indicator.values[period]
    said = [] if one.status == "final" else [language.word(f"statuses.{one.status}")]
    if one.boundary and one.boundary != (indicator.boundary or wording.report.file.boundary):
        said.append(language.word("explorer.covers", boundary_of(indicator, period, wording)))
    return language.phrases["list_comma"].join(said)


def _changes(indicator: Indicator, pairs: tuple[Pair, ...], wording: Wording) -> Iterator[dict[str, str]]:
    """Yield each change: in short, and beside it the same in words, or why there is none."""
    for since, until in pairs:
        if since in indicator.values and until in indicator.values:
            found = change_between(indicator, since, until, wording)
            said = {"since": since, "until": until, "short": found.short, "words": found.words or found.reason}
            yield {key: one for key, one in said.items() if one}
