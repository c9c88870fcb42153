"""The words of a drawing: each number in it is one of its data, or a step of its scale, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from itertools import permutations

from crossfoot.parity.pages import Container, Seen, Walked, number
from crossfoot.readback import Reader, Readers

_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a reader finds in the drawings of one chart."""

    values: frozenset[Decimal]
    """Numbers that are among the chart's data."""
    bare: tuple[Mapping[Decimal, str], ...]
    """For each drawing its numbers without unit or qualifier, with their wording."""
    words: Mapping[str, str]
    """Digits that stand in words of the drawing and not on the page around it, with those words."""
    strange: tuple[str, ...]
    """Figures that are not among the data."""

    def steps(self) -> Iterator[tuple[Decimal, str, bool]]:
        """Yield each bare number that is no data, its wording, and whether the others make it a step of a scale."""
        for numbers in self.bare:
            for step, wording in numbers.items():
                if step not in self.values:
                    yield step, wording, _is_step(step, [one for one in numbers if one != step])


def unlike(
    reference: Walked, page: Walked, one: Container, other: Container, readers: Readers
) -> Iterator[tuple[str, None]]:
    """Yield what the drawings of two languages do not share; `{here}` and `{there}` are put for the two places."""
    if not (one.drawings or other.drawings):
        return
    first, second = readers.of(reference.language), readers.of(page.language)
    if first is None or second is None:
        return
    there, here = _drawn(reference, one, first), _drawn(page, other, second)
    if there is None or here is None:
        return
    for drawn, twin, place in ((here, there, "{here}, {there} beside it"), (there, here, "{there}, {here} beside it")):
        yield from ((f"'{wording}' is drawn in {place}, and is none of its data", None) for wording in drawn.strange)
        elsewhere = (*drawn.bare, *twin.bare)
        for step, wording, is_step in drawn.steps():
            if not is_step and sum(step in numbers for numbers in elsewhere) < 2:
                yield f"'{wording}' is drawn in {place}, and is neither its data nor a step of its scale", None
    for digits in sorted({*here.words} ^ {*there.words}):
        at, wording = ("{here}", here.words[digits]) if digits in here.words else ("{there}", there.words[digits])
        yield f"'{digits}' is drawn in {at}, in the words '{wording}', and not in the other language", None
    for amount in sorted(here.values ^ there.values):
        at, lacking = ("{here}", "{there}") if amount in here.values else ("{there}", "{here}")
        yield f"{amount:f} is drawn in {at}, not in {lacking}", None


def _drawn(page: Walked, container: Container, reader: Reader) -> Drawn | None:
    """Return what *reader* finds in the drawings of *container*; None where its data are not on the page."""
    table = page.containers.get(f"{container.anchor}-data")
    if table is None:
        return None
    figures = [figure for block in table.blocks for figure in block.figures]
    said = {digits for one in (container, table) for block in one.blocks for digits in _DIGITS.findall(block.all_text)}
    units = dict.fromkeys(figure.unit for figure in figures)
    values: set[Decimal] = set()
    strange: list[str] = []
    words: dict[str, str] = {}
    bare: list[dict[Decimal, str]] = []
    for drawing in container.drawings:
        numbers: dict[Decimal, str] = {}
        for wording in _TEXT.findall(drawing):
            text = unescape(_TAG.sub("", wording)).strip()
            found = _among(text, figures, units, reader)
            alone = reader.figure(text)
            if alone is not None and alone.amount is not None and not alone.qualifier:
                numbers[alone.amount] = text
            if found:
                values |= found
            elif any(reader.figure(text, unit) for unit in units) and alone is None:
                strange.append(text)
            elif alone is None:
                words |= {digits: text for digits in _DIGITS.findall(text) if digits not in said}
        bare.append({amount: text for amount, text in numbers.items() if text not in said})
    return Drawn(frozenset(values), tuple(bare), words, tuple(strange))


def _among(text: str, figures: Sequence[Seen], units: Iterable[str], reader: Reader) -> set[Decimal]:
    """Return the numbers that *text* says, if one of *figures* is what it says; else nothing."""
    for unit in units:
        read = reader.figure(text, unit)
        if read is None or read.amount is None:
            continue
        for figure in figures:
            ends = {number(end) for end in (figure.value, figure.upto)}
            said = {end for end in (read.amount, read.upto) if end is not None}
            if said <= ends and read.qualifier in ("", figure.qualifier):
                return said
    return set()


def _is_step(step: Decimal, others: Sequence[Decimal]) -> bool:
    """Return whether *step* stands evenly between or beside two of *others*, by adding or by multiplying."""
    for one, other in permutations(others, 2):
        if 2 * step == one + other or 2 * one == step + other:
            return True
        if step and one and other and (step * step == one * other or one * one == step * other):
            return True
    return False
