"""Cells of a table: figures as printed, reasons where there is none, headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crossfoot.model import Indicator, Observation
from crossfoot.shown import Cell, Phrase, Run
from crossfoot.tables._marks import Marks
from crossfoot.tables._rows import RowEntry, indicator_of
from crossfoot.wording import Wording, machine_number


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
