"""Two pages that are each other's translation: the same figures, dates and numbers, container by container."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from crossfoot.parity import drawings
from crossfoot.parity.pages import Block, Container, Seen, Walked
from crossfoot.readback import Readers

Difference = tuple[str, Seen | None]
"""A sentence, `{here}` put for the page and `{there}` for the reference, and the figure it is about, if any."""


@dataclass(frozen=True)
class Twins:
    """How two pages are compared."""

    readers: Readers
    partial: bool = False
    """Whether a text may be left out of a translation, and its figures with it."""

    def differences(self, reference: Walked, page: Walked) -> Iterator[tuple[Container, str, Seen | None]]:
        """Yield what differs: the container on *page*, a sentence that names both places, and the figure, if any."""
        for key in dict.fromkeys((*reference.containers, *page.containers)):
            one, other = reference.containers.get(key), page.containers.get(key)
            if one is None or other is None:
                here, there, found = (reference, page, one) if other is None else (page, reference, other)
                if found is not None and found.counts and not (self.partial and other is None):
                    yield other or Container(""), f"what stands in {here.at(found)} is not in {there.path}", None
                continue
            found_here = [*self._inside(one, other), *drawings.unlike(reference, page, one, other, self.readers)]
            for sentence, figure in found_here:
                told = sentence.replace("{here}", page.at(other)).replace("{there}", reference.at(one))
                yield other, told, figure

    def _inside(self, one: Container, other: Container) -> Iterator[Difference]:
        if one.kind == "table" and (len(one.blocks) == len(other.blocks) or not self.partial):
            return self._cells(one, other)
        return self._blocks(one, other)

    def _cells(self, one: Container, other: Container) -> Iterator[Difference]:
        """Compare two tables cell by cell, in their order."""
        if len(one.blocks) != len(other.blocks):
            yield f"the table has {len(other.blocks) - 1} cells in {{here}}, {len(one.blocks) - 1} in {{there}}", None
            return
        for first, second in zip(one.blocks, other.blocks, strict=True):
            if first.is_bare and second.is_bare and first.kind == second.kind:
                continue
            if (first.kind == "check") != (second.kind == "check"):
                marked, other_place = ("{here}", "{there}") if second.kind == "check" else ("{there}", "{here}")
                yield f"a cell has a mark in {marked}, not in {other_place}", None
            if not first.kind.startswith("number"):
                yield from self._figures([first], [second])
                yield from self._words([first], [second])
                continue
            for seen, found in zip_longest(first.figures, second.figures):
                if seen is None or found is None or self._key(seen, first) != self._key(found, second):
                    yield (
                        f"{self._told(found, second)} stands in {{here}}, {self._told(seen, first)} in {{there}}",
                        found,
                    )
            yield from self._words([first], [second])

    def _blocks(self, one: Container, other: Container) -> Iterator[Difference]:
        """Compare the paragraphs below a heading one by one, where they are as many; else all at once."""
        pairs = [(one.blocks, other.blocks)]
        if len(one.blocks) == len(other.blocks) and one.kind != "notes":
            pairs = [([first], [second]) for first, second in zip(one.blocks, other.blocks, strict=True)]
        for left, right in pairs:
            if all(block.is_bare for part in (left, right) for block in part):
                continue
            yield from self._figures(left, right)
            yield from self._words(left, right)

    def _figures(self, left: Sequence[Block], right: Sequence[Block]) -> Iterator[Difference]:
        """Compare the figures of some paragraphs: word order differs between languages, so order says nothing."""
        if not any(block.figures for part in (left, right) for block in part):
            return
        ours = [
            (self._key(figure, block), self._told(figure, block), figure) for block in left for figure in block.figures
        ]
        theirs = [
            (self._key(figure, block), self._told(figure, block), figure) for block in right for figure in block.figures
        ]
        lacking = _without(ours, Counter(key for key, _, _ in theirs))
        added = _without(theirs, Counter(key for key, _, _ in ours))
        for _, said, figure in lacking:
            twin = next((one for one in added if one[2].same_as(figure)), None)
            if twin is None and added and len(added) == len(lacking) == 1:
                twin = added[0]
            if twin is not None:
                added.remove(twin)
            elif self.partial:
                continue
            yield f"{twin[1] if twin else 'nothing'} stands in {{here}}, {said} in {{there}}", figure
        for _, said, figure in added:
            yield f"{said} stands in {{here}}, nothing in {{there}}", figure

    def _words(self, left: Sequence[Block], right: Sequence[Block]) -> Iterator[Difference]:
        """Compare dates, and what else is written in digits."""
        if any(block.dates for part in (left, right) for block in part):
            yield from self._dates(left, right)
        if not any(block.has_digits for part in (left, right) for block in part):
            return
        digits = [Counter(number for block in part for number in self._numbers(block)) for part in (left, right)]
        digits = [self._unspelled(digits[0], digits[1], right), self._unspelled(digits[1], digits[0], left)]
        if all(self.readers.of(block.language) for part in (left, right) for block in part):
            yield from _difference("'{}'", *digits, partial=self.partial)

    def _dates(self, left: Sequence[Block], right: Sequence[Block]) -> Iterator[Difference]:
        days = [Counter(day for block in part for day, _, _ in block.dates) for part in (left, right)]
        yield from _difference("the date {}", *days, partial=self.partial)

    def _unspelled(self, some: Counter[str], others: Counter[str], blocks: Sequence[Block]) -> Counter[str]:
        """Return *some* without the numbers that *blocks*, which hold the *others*, have in words."""
        lacking = [number for number in some - others if self._spelled(number, blocks)]
        return Counter({number: times for number, times in some.items() if number not in lacking})

    def _spelled(self, number: str, blocks: Sequence[Block]) -> bool:
        readers = ((self.readers.of(block.language), block.text) for block in blocks)
        return any(reader.spells(number, text) for reader, text in readers if reader is not None)

    def _numbers(self, block: Block) -> tuple[str, ...]:
        return self.readers.numbers(block.text) if block.has_digits and not block.is_tile else ()

    def _key(self, figure: Seen, block: Block) -> tuple[str, ...]:
        """Return what must be the same in both languages: the machine form, and which hedge is said in words."""
        return (*figure.key, self._hedge(figure, block), *self._printed(figure))

    def _printed(self, figure: Seen) -> Iterator[str]:
        """Yield the numbers that a claim prints: "rose by 3.2%"."""
        reader = self.readers.of(figure.languages[0]) if figure.claim else None
        yield from (f"{amount.normalize():f}" for amount in reader.amounts(figure.text)) if reader else ()

    def _hedge(self, figure: Seen, block: Block) -> str:
        """Return the qualifier that a reader hears: with the figure, or else in the words around it."""
        readers = [reader for one in figure.languages if (reader := self.readers.of(one)) is not None]
        if not readers or not figure.qualifier or figure.claim:
            return figure.qualifier
        for reader in readers:
            read = reader.figure(figure.text, figure.unit)
            if read is None or read.qualifier or reader.says(figure.qualifier, block.all_text):
                return figure.qualifier
        return ""

    def _told(self, figure: Seen | None, block: Block) -> str:
        if figure is None:
            return "nothing"
        plain = figure.qualifier and not self._hedge(figure, block)
        return f"{figure} without its qualifier" if plain else str(figure)


def _without(
    figures: Sequence[tuple[tuple[str, ...], str, Seen]], others: Counter[tuple[str, ...]]
) -> list[tuple[tuple[str, ...], str, Seen]]:
    """Return those of *figures* that are not among *others*, each taken once."""
    left, found = Counter(others), []
    for one in figures:
        if left[one[0]] > 0:
            left[one[0]] -= 1
        else:
            found.append(one)
    return found


def _difference(named: str, one: Counter[str], other: Counter[str], *, partial: bool) -> Iterator[Difference]:
    """Yield in which of two places something stands that the other lacks."""
    if one == other:
        return
    for what in (other - one).elements():
        yield f"{named.format(what)} stands in {{here}}, not in {{there}}", None
    for what in () if partial else (one - other).elements():
        yield f"{named.format(what)} stands in {{there}}, not in {{here}}", None
