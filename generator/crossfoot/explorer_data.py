"""What the explorer's script reads: every value of every indicator, and its change between every pair of periods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crossfoot.comparisons import Said, Unsaid, change_of
from crossfoot.model import Indicator, Observation, PeriodId, Report
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


def change_words(indicator: Indicator, pair: Pair, wording: Wording) -> tuple[str, str]:
    """Return the change of *indicator* between the two periods of *pair*: its number with a sign, and in words.

    There is no number where the digits prove none; then the words say what they do prove, or why nothing is compared.
    """
    found = change_of(indicator, *pair, wording.report)
    if isinstance(found, Said):
        return _signed(found, wording), wording.claimed(found)
    return "", _unsaid(found, indicator, pair, wording)


def covers(indicator: Indicator, observation: Observation, report: Report) -> str:
    """Return the boundary of *observation*: its own, else the indicator's, else the report's; '' where none is said."""
    return observation.boundary or indicator.boundary or report.file.boundary or ""


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
        "note": _note(indicator, one, wording),
        "value": "" if amount is None else machine_number(amount),
        "upto": "" if upto is None else machine_number(upto),
        "qualifier": one.qualifier.replace("exact", ""),
        "status": one.status,
        "omission": one.omission or "",
    }
    return {key: fact for key, fact in facts.items() if fact}


def _note(indicator: Indicator, observation: Observation, wording: Wording) -> str:
    """Return what a reader must know who holds the value against another: its status, and another boundary."""
    language, report = wording.language, wording.report
    said = [] if observation.status == "final" else [language.word(f"statuses.{observation.status}")]
    if covers(indicator, observation, report) != (indicator.boundary or report.file.boundary or ""):
        said.append(language.word("explorer.covers", _boundary(indicator, observation, wording)))
    return language.phrases["list_comma"].join(said)


def _boundary(indicator: Indicator, observation: Observation, wording: Wording) -> str:
    name = covers(indicator, observation, wording.report)
    if not name:
        return wording.language.word("explorer.no_boundary")
    return wording.language.of(wording.report.file.boundaries[name].label)


def _changes(indicator: Indicator, pairs: tuple[Pair, ...], wording: Wording) -> Iterator[dict[str, str]]:
    for pair in pairs:
        if all(period in indicator.values for period in pair):
            sign, words = change_words(indicator, pair, wording)
            yield {"since": pair[0], "until": pair[1], **({"sign": sign} if sign else {}), "words": words}


def _signed(said: Said, wording: Wording) -> str:
    """Return the number of a change with its sign: +3.2%, −0.5 percentage points; '' where none is proved."""
    language = wording.language
    if said.number is None:
        return ""
    sign = language.phrases["minus"] if said.value < 0 else "+"
    digits = sign + language.digits(said.number)
    if said.sort == "unit" and said.unit is not None:
        shown = language.with_unit(digits, said.unit, said.number)
    else:
        shown = language.word(f"claims.{said.sort}", digits)
    return language.word("qualifiers.about", shown) if said.about else shown


def _unsaid(why: Unsaid, indicator: Indicator, pair: Pair, wording: Wording) -> str:
    """Return in words why the two periods of *pair* are not compared."""
    language = wording.language
    ends = [indicator.values[period] for period in pair]
    names = [language.period(wording.report.file.periods[period]) for period in pair]
    match why:
        case "missing":
            gone = [name for name, one in zip(names, ends, strict=True) if one.stands_for is None]
            reasons = [language.phrases[f"reasons.{one.omission}"] for one in ends if one.stands_for is None]
            said = (language.word("explorer.unsaid.gap", *both) for both in zip(gone, reasons, strict=True))
            return language.word("explorer.unsaid.missing", language.phrases["list_comma"].join(said))
        case "vague":
            vague = [name for name, one in zip(names, ends, strict=True) if one.qualifier == "several"]
            return language.word("explorer.unsaid.vague", language.phrases["list_comma"].join(vague))
        case "boundary":
            return language.word("explorer.unsaid.boundary", *(_boundary(indicator, one, wording) for one in ends))
        case _:
            return language.word(f"explorer.unsaid.{why}")
