"""What every table kind shares: the rows an author writes, footnote marks that restart in each table, number cells."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType
from typing import Any

from pydantic import Field, model_validator

from crossfoot.model import Indicator, Name, Noun, Observation, PeriodId, Reference, TableSpec, Text
from crossfoot.places import NOWHERE, Place
from crossfoot.shown import Cell, Phrase, Row, Run, Table, TableNote
from crossfoot.wording import Wording, anchor, machine_number

MARKS = "abcdefghijklmnopqrstuvwxyz"


@cache
def kinds() -> Mapping[str, ModuleType]:
    """Return the table kinds by name; the folder is the registry: `years.py` is `kind: years`."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}


def arrange(spec: TableSpec, wording: Wording, section: str, name: str) -> Table:
    """Return the table *name* of *section* as it is shown on the page of *wording*."""
    local = f"table-{anchor(name)}" if section == wording.section else f"table-{anchor(section)}-{anchor(name)}"
    module = kinds()[spec.kind]
    table: Table = module.arrange(spec, wording, section, local)
    return table


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
    total: bool = False
    target: bool = False
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


@dataclass
class Marks:
    """Counts the footnotes of one table in the order in which they are first called."""

    table: str
    notes: Mapping[str, Text]
    wording: Wording
    section: str
    called: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, Phrase] = field(default_factory=dict)

    def call(self, names: Iterable[str]) -> tuple[Run, ...]:
        """Return the marks of the table's notes *names*."""
        return tuple(self._mark(name) for name in names)

    def add(self, key: str, phrase: Phrase) -> Run:
        """Return the mark of a note that is not typed under `notes` but belongs to a value."""
        self.own.setdefault(key, phrase)
        return self._mark(key)

    def _mark(self, key: str) -> Run:
        calls = self.called.setdefault(key, [])
        number = list(self.called).index(key)
        calls.append(f"{self.table}-call-{_letters(number)}-{len(calls) + 1}")
        label = self.wording.language.word("footnote_label", _letters(number))
        return Run(
            _letters(number),
            kind="mark",
            href=f"#{self.table}-note-{_letters(number)}",
            id=calls[-1],
            label=label,
        )

    def shown(self) -> tuple[TableNote, ...]:
        """Return the notes called so far, in order."""
        notes = []
        for number, (key, calls) in enumerate(self.called.items()):
            phrase = self.own.get(key) or self.wording.text(self.notes.get(key), self.section)
            back = calls[:1] if len(calls) > 6 else calls  # a score of arrows leads nobody back
            notes.append(TableNote(_letters(number), f"{self.table}-note-{_letters(number)}", phrase, tuple(back)))
        return tuple(notes)


def _letters(number: int) -> str:
    lead, last = divmod(number, len(MARKS))
    return (_letters(lead - 1) if lead else "") + MARKS[last]


def number_cell(
    observation: Observation | None, indicator: Indicator, wording: Wording, marks: Marks, label: str = ""
) -> Cell:
    """Return the cell of one observation: its digits as printed, or why there are none, with the marks it calls."""
    if observation is None:
        return Cell("blank", label=label)
    called = list(_cell_marks(observation, indicator, marks))
    if observation.value is None:
        reason = wording.language.phrases[f"reasons.{observation.omission}"]
        if observation.printed == "empty":
            return Cell("blank", phrase=(Run("", label=reason),), marks=tuple(called), label=label)
        return Cell("missing", phrase=(Run("–", label=reason, kind="missing"),), marks=tuple(called), label=label)
    shown = wording.hedge(observation, wording.language.cell(observation))
    amount = observation.amount
    run = Run(shown, kind="value", name=indicator.id, value=machine_number(amount) if amount is not None else "")
    return Cell("number", phrase=(run,), marks=tuple(called), label=label, pad=_decimals(observation))


def value_cell(entry: RowEntry, indicator: Indicator, period: str, label: str, wording: Wording, marks: Marks) -> Cell:
    """Return the cell of *entry* in *period*: its figure, that of the indicator `with` it in brackets, its notes."""
    cell = number_cell(indicator.values.get(period), indicator, wording, marks, label)
    called = cell.marks
    if entry.with_:
        second = indicator_of(entry.with_, wording, marks.section)
        observation = second.values.get(period)
        inner = number_cell(observation, second, wording, marks, label)
        if observation is not None and observation.amount is not None:
            shown = wording.language.value(observation, wording.unit(second))
            run = Run(shown, kind="value", name=second.id, value=machine_number(observation.amount))
            inner = replace(inner, phrase=(run,))
        if inner.kind != "blank" and not (cell.kind == inner.kind == "missing"):
            lead, gap, tail = wording.language.phrases["table.composite"].replace("{}", "\0").split("\0")
            phrase = (Run(lead), *(cell.phrase or (Run("–"),)), Run(gap), *inner.phrase, Run(tail))
            cell = Cell("number" if "number" in (cell.kind, inner.kind) else cell.kind, phrase, label=label, pad=-1)
        called += tuple(mark for mark in inner.marks if mark.text not in {one.text for one in called})
    return replace(cell, marks=called + (marks.call(entry.cells[period].notes) if period in entry.cells else ()))


def _cell_marks(observation: Observation, indicator: Indicator, marks: Marks) -> Iterable[Run]:
    wording, key = marks.wording, f"{indicator.id}@{id(observation)}"
    if observation.note is not None:
        yield marks.add(f"{key}-note", wording.text(observation.note, marks.section))
    if observation.restated is not None:
        reason = wording.language.of(observation.restated.reason)
        was = observation.restated.was
        if was == "not-printed":
            said = wording.language.word("table.restated_unknown", reason)
        else:
            said = wording.language.word("table.restated_known", wording.language.scaled(observation, was), reason)
        yield marks.add(f"{key}-restated", wording.phrase(said, marks.section))
    elif observation.status != "final":
        word = wording.language.phrases[f"statuses.{observation.status}"]
        yield marks.add(f"status-{observation.status}", (Run(wording.language.word("table.status_note", word)),))
    if observation.omission is not None:
        reason = wording.language.phrases[f"reasons.{observation.omission}"]
        dash = "" if observation.printed == "empty" else "–  "
        yield marks.add(f"omission-{dash}{observation.omission}", (Run(f"{dash}{reason}"),))
    if observation.boundary is not None and observation.boundary != indicator.boundary:
        label = wording.language.of(wording.report.file.boundaries[observation.boundary].label)
        said = wording.language.word("table.boundary_changes", label)
        yield marks.add(f"boundary-{observation.boundary}", (Run(said),))


def _decimals(observation: Observation) -> int:
    if observation.value is None or observation.scale != "one" or observation.qualifier in ("range", "several"):
        return -1
    exponent = observation.value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def aligned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return *rows* with each number cell told how many decimal places it lacks against the longest of its column."""
    longest: dict[int, int] = {}
    for row in rows:
        for column, cell in _columns(row):
            if cell.kind == "number":
                longest[column] = max(longest.get(column, 0), cell.pad)
    done = []
    for row in rows:
        cells = []
        for column, cell in _columns(row):
            if cell.kind == "number":
                most = longest[column]
                lacks = most - cell.pad if cell.pad >= 0 else 0
                cell = replace(cell, pad=min(8, lacks), bare=cell.pad == 0 and most > 0)
            cells.append(cell)
        done.append(replace(row, cells=tuple(cells)))
    return tuple(done)


def _columns(row: Row) -> Iterable[tuple[int, Cell]]:
    column = 0
    for cell in row.cells:
        yield column, cell
        column += cell.columns


def label_cell(phrase: Phrase, marks: tuple[Run, ...] = ()) -> Cell:
    """Return a row's heading."""
    return Cell("text", phrase=phrase, header="row", marks=marks)


def head_cell(text: str, marks: tuple[Run, ...] = (), *, columns: int = 1, rows: int = 1) -> Cell:
    """Return a column's heading."""
    return Cell(
        "text",
        phrase=(Run(text),),
        header="colgroup" if columns > 1 else "col",
        marks=marks,
        columns=columns,
        rows=rows,
    )


def finish(spec: TableSpec, wording: Wording, section: str, id_: str, marks: Marks, **parts: Any) -> Table:
    """Return the table with what all kinds share: caption, description, remarks, notes, aligned numbers."""
    body = aligned(parts.pop("body"))
    return Table(
        id=id_,
        kind=spec.kind,
        caption=wording.text(spec.caption, section),
        description=parts.pop("description", None) or wording.text(spec.description, section),
        general=(*(wording.text(text, section) for text in spec.general), *parts.pop("general", ())),
        notes=marks.shown(),
        body=body,
        **parts,
    )


@dataclass(frozen=True)
class Scope:
    """What the rows of a table cover: the boundary most of them share, said once, and the rows that differ."""

    wording: Wording
    marks: Marks
    shared: str | None
    """The boundary said for the whole table."""

    @classmethod
    def of(cls, rows: Iterable[RowEntry], wording: Wording, marks: Marks) -> Scope:
        """Return the scope of *rows*: the most frequent boundary, the first of several."""
        found = [
            indicator_of(one.indicator, wording, marks.section).boundary for _, one in entries(rows) if one.indicator
        ]
        default = wording.report.file.boundary
        named = [boundary or default for boundary in found]
        known = [boundary for boundary in named if boundary]
        most = max(known, key=known.count, default=None)
        return cls(wording, marks, most if known.count(most or "") * 2 > len(named) else None)

    def calls(self, indicator: Indicator) -> tuple[Run, ...]:
        """Return the marks of what a reader must know of *indicator*: another boundary, definition, method."""
        language, section = self.wording.language, indicator.id.split(".")[0]
        runs = []
        boundary = indicator.boundary or self.wording.report.file.boundary
        if boundary != self.shared and boundary:
            runs.append(self.marks.add(f"boundary-{boundary}", self._covers(boundary)))
        for key, text in (("definition", indicator.definition), ("method", indicator.method)):
            if text is not None:
                runs.append(self.marks.add(f"{key}-{language.of(text)}", self.wording.text(text, section)))
        return tuple(runs)

    def description(self, spec: TableSpec) -> Phrase:
        """Return the table's own description, else what its rows cover."""
        if spec.description is not None:
            return self.wording.text(spec.description, self.marks.section)
        return self._covers(self.shared) if self.shared else ()

    def _covers(self, boundary: str) -> Phrase:
        label = self.wording.language.of(self.wording.report.file.boundaries[boundary].label)
        return (Run(self.wording.language.word("table.boundary", label)),)


def indicator_of(name: str, wording: Wording, section: str) -> Indicator:
    """Return the indicator *name*; `validate` has said before if it is not there."""
    found = wording.report.indicator(name, section)
    if found is None:
        raise KeyError(name)
    return found


def references(rows: Iterable[RowEntry]) -> Iterable[tuple[str, Place]]:
    """Yield every indicator named in *rows*, with its place."""
    for _, entry in entries(rows):
        for name in (entry.indicator, entry.with_):
            if name:
                yield name, entry.place if entry.place != NOWHERE else NOWHERE
