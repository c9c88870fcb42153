"""Rules: a printed figure that has a formula agrees with its parts, as far as their printed digits can tell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from crossfoot.compute import interval
from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Problem


def printed_formulas_agree(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A printed sum or difference lies within what its printed parts allow, each read to half its last place."""
    for indicator in report.indicators():
        formula = indicator.formula
        if formula is None or formula.operation not in ("sum", "difference"):
            continue
        section = indicator.id.split(".")[0]
        parts = [report.indicator(name, section) for name in formula.of]
        for period, observation in indicator.values.items():
            printed = interval(observation)
            ranges = [interval(part.values.get(period)) if part else None for part in parts]
            if printed is None or any(one is None for one in ranges):
                continue
            known = [one for one in ranges if one is not None]
            signs = [1, -1] if formula.operation == "difference" else [1] * len(known)
            low = (
                sum(
                    (one[0] if sign > 0 else -one[1] for one, sign in zip(known, signs, strict=True)),
                    Decimal(0),
                )
                * formula.factor
            )
            high = (
                sum(
                    (one[1] if sign > 0 else -one[0] for one, sign in zip(known, signs, strict=True)),
                    Decimal(0),
                )
                * formula.factor
            )
            if printed[1] < low or printed[0] > high:
                amounts = [part.values[period].amount or Decimal(0) for part in parts if part]
                made = (
                    sum((amount * sign for amount, sign in zip(amounts, signs, strict=True)), Decimal(0))
                    * formula.factor
                )
                names = (" + " if formula.operation == "sum" else " - ").join(
                    f"{part.id} {amount}" for part, amount in zip(parts, amounts, strict=True) if part
                )
                place = observation.place if observation.place.file else indicator.place
                yield Problem(
                    place,
                    f"'{indicator.id}' is {observation.value} in {period}, its parts make {made}",
                    f"{names} = {made}\nmend whichever is wrong",
                )
