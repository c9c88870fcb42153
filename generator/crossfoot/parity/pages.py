"""What stands on a finished page: its figures, dates and words, by heading, table, chart and note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html import unescape

_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure as it stands on a page: its machine form, and what a reader reads."""

    name: str
    period: str = ""
    part: str = ""
    """Categories of a breakdown, or 'target'."""
    unit: str = ""
    value: str = ""
    upto: str = ""
    qualifier: str = ""
    omission: str = ""
    text: str = ""
    languages: tuple[str, ...] = ()
    """In which it may be worded: that of the stretch it stands in, that of the page."""
    claim: str = ""
    """What kind of claim it words, where it is no figure of the data but follows from some."""

    @property
    def key(self) -> tuple[str, ...]:
        """All that must be the same in every language."""
        return (
            self.name,
            self.period,
            self.part,
            self.unit,
            self.value,
            self.upto,
            self.qualifier,
            self.omission,
            self.claim,
        )

    def same_as(self, other: Seen) -> bool:
        """Return whether the other is the same figure of the data, whatever value it has."""
        return (self.name, self.period, self.part) == (other.name, other.period, other.part)

    def __str__(self) -> str:
        """Return the figure as a message names it."""
        name = f"'{self.name}' " if self.name else ""
        of = ", ".join(one for one in (self.period, self.part) if one)
        upto = f" to {self.upto}" if self.upto else ""
        hedge = f" ({self.qualifier})" if self.qualifier and not self.upto else ""
        return f"{name}{f'({of}) ' if of else ''}{self.value or self.omission or 'nothing'}{upto}{hedge}"


@dataclass(slots=True)
class Block:
    """A paragraph, a point of a list, a cell."""

    kind: str = ""
    language: str = ""
    figures: list[Seen] = field(default_factory=list)
    dates: list[tuple[str, str, str]] = field(default_factory=list)
    """Machine form, wording, language."""
    words: list[str] = field(default_factory=list)
    """All text outside figures, dates, names and links."""
    names: list[str] = field(default_factory=list)
    """The text of names and links."""

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing in it to compare."""
        return not (self.figures or self.dates or self.has_digits)

    @property
    def is_tile(self) -> bool:
        """Whether the words are those of a single figure, its number set apart from qualifier and unit."""
        return self.kind == "tile-figure"

    @property
    def has_digits(self) -> bool:
        """Whether any of the words is written in digits."""
        return _DIGIT.search("".join(self.words)) is not None

    @property
    def all_text(self) -> str:
        """The words with names and links, in no order."""
        return unescape(" ".join((*self.words, *self.names)))

    @property
    def text(self) -> str:
        """The words as a reader sees them."""
        return unescape(("" if self.is_tile else " ").join(self.words))


@dataclass(slots=True)
class Container:
    """What stands below one heading, or in one table, chart or note."""

    anchor: str
    kind: str = ""
    """'table', 'notes' where order says nothing, else ''."""
    blocks: list[Block] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    """SVG, as it stands in the page."""

    @property
    def counts(self) -> bool:
        """Whether there is a figure, a date or a drawing in it."""
        return bool(self.drawings) or any(block.figures or block.dates for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Walked:
    """One page, read from its HTML."""

    path: str
    language: str
    containers: Mapping[str, Container]

    def at(self, container: Container) -> str:
        """Return the address of *container*."""
        anchor = container.anchor.split()[0] if container.anchor else ""
        return f"{self.path}#{anchor}" if anchor else self.path

    def figures(self) -> Iterator[tuple[Container, Seen]]:
        """Yield every figure of the page with what it stands in."""
        for container in self.containers.values():
            for block in container.blocks:
                yield from ((container, figure) for figure in block.figures)


def number(text: str) -> Decimal | None:
    """Return a machine number; None where there is none, or none that can be read."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
