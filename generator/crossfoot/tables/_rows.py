"""The rows an author writes in a table of figures: indicators, and groups of them under a heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field, model_validator

from crossfoot.model import Flag, Indicator, Name, Noun, PeriodId, Reference, Text
from crossfoot.wording import Wording


class CellNotes(Noun):
    """Footnotes called by one cell or column."""

    notes: tuple[Name, ...] = ()


class RowEntry(Noun):
    """One row of a table of figures: an indicator, or a group of rows under a heading."""

    indicator: Reference | None = None
    group: Text | None = None
    rows: tuple[RowEntry, ...] = ()
    label: Text | None = None
    """Instead of the indicator's own label."""
    level: int = Field(default=0, ge=0, le=3)
    """Indentation; groups indent their rows by themselves."""
    total: Flag = False
    target: Flag = False
    """A row that states a target rather than a result."""
    notes: tuple[Name, ...] = ()
    cells: Mapping[PeriodId, CellNotes] = {}
    with_: Reference | None = Field(default=None, alias="with")
    """A second indicator printed in the same cell: a count with its rate."""

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, data: Any) -> Any:
        return {"indicator": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _one_of_two(self) -> RowEntry:
        if (self.indicator is None) == (self.group is None):
            raise ValueError(
                "a row is either an indicator or a group|write 'indicator: NAME', or 'group:' with 'rows:'"
            )
        if self.group is not None and not self.rows:
            raise ValueError("the group has no rows|give 'rows:' with at least one indicator")
        if self.group is None and self.rows:
            raise ValueError("a row with an indicator cannot hold 'rows'|use 'group:' with 'rows:'")
        return self


RowEntry.model_rebuild()


def entries(rows: Iterable[RowEntry], depth: int = 0) -> Iterable[tuple[int, RowEntry]]:
    """Yield every entry with its depth, groups before their rows."""
    for entry in rows:
        yield depth, entry
        yield from entries(entry.rows, depth + 1)


def indicator_of(name: str, wording: Wording, section: str) -> Indicator:
    """Return the indicator *name*; `validate` has said before if it is not there."""
    found = wording.report.indicator(name, section)
    if found is None:
        raise KeyError(name)
    return found
