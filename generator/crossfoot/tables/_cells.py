"""Cells of a table: figures as printed, reasons where there is none, headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crossfoot.localise import Language
from crossfoot.model import Indicator, Observation, Target
from crossfoot.shown import Cell, Phrase, Run
from crossfoot.tables._marks import Marks
from crossfoot.tables._rows import RowEntry, indicator_of
from crossfoot.wording import Wording, figure_run, machine_number


def number_cell(
    observation: Observation | None,
    indicator: Indicator,
    wording: Wording,
    marks: Marks,
    label: str = "",
    *,
    period: str = "",
    part: str = "",
) -> Cell:
    """Return the cell of one observation: its digits as printed, or why there are none, with the marks it calls.

    *period* and *part*, the categories of a breakdown, say which observation of *indicator* it is.
    """
    if observation is None:
        return Cell("blank", label=label)
    called = list(_cell_marks(observation, indicator, marks))
    if not part:  # a restated figure has a footnote here
        called += [mark for mark in wording.marks_at(indicator, period) if mark.kind == "finding"]
    if observation.value is None:
        reason = wording.language.phrases[f"reasons.{observation.omission}"]
        dash = "" if observation.printed == "empty" else "–"
        run = replace(figure_run(dash, indicator, observation, period, part=part), kind="missing", label=reason)
        return Cell("missing" if dash else "blank", phrase=(run,), marks=tuple(called), label=label)
    shown = wording.hedge(observation, wording.language.cell(observation))
    run = figure_run(shown, indicator, observation, period, part=part)
    return Cell("number", phrase=(run,), marks=tuple(called), label=label, pad=_decimals(observation))


def value_cell(entry: RowEntry, indicator: Indicator, period: str, label: str, wording: Wording, marks: Marks) -> Cell:
    """Return the cell of *entry* in *period*: its figure, that of the indicator `with` it in brackets, its notes."""
    cell = number_cell(indicator.values.get(period), indicator, wording, marks, label, period=period)
    called = cell.marks
    if entry.with_:
        second = indicator_of(entry.with_, wording, marks.section)
        observation = second.values.get(period)
        inner = number_cell(observation, second, wording, marks, label, period=period)
        if observation is not None and observation.amount is not None:
            shown = wording.language.value(observation, wording.unit(second))
            inner = replace(inner, phrase=(linked(figure_run(shown, second, observation, period), second, wording),))
        if inner.kind != "blank" and not (cell.kind == inner.kind == "missing"):
            lead, gap, tail = wording.language.phrases["table.composite"].replace("{}", "\0").split("\0")
            phrase = (Run(lead), *(cell.phrase or (Run("–"),)), Run(gap), *inner.phrase, Run(tail))
            cell = Cell("number" if "number" in (cell.kind, inner.kind) else cell.kind, phrase, label=label, pad=-1)
        called += tuple(mark for mark in inner.marks if mark.text not in {one.text for one in called})
    return replace(cell, marks=called + (marks.call(entry.cells[period].notes) if period in entry.cells else ()))


def linked(run: Run, indicator: Indicator, wording: Wording) -> Run:
    """Return *run* as a link to the evidence of *indicator*, for a figure whose row does not name it."""
    return replace(run, href=wording.evidence(indicator))


def target_run(indicator: Indicator, target: Target, language: Language) -> Run:
    """Return where *indicator* is meant to be: at most so much."""
    key = "table.target_at_most" if target.direction == "at-most" else "table.target_at_least"
    said = language.word(key, language.digits(target.value))
    facts = (("period", target.by), ("part", "target"), ("unit", indicator.unit), ("qualifier", target.direction))
    return Run(said, kind="value", name=indicator.id, value=machine_number(target.value), facts=facts)


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


def label_cell(phrase: Phrase, marks: tuple[Run, ...] = (), codes: Phrase = (), href: str = "") -> Cell:
    """Return a row's heading, with the codes of the frameworks that the row answers.

    *href* leads to the evidence of the row's figures: one stop of the keyboard a row, not one a figure.
    """
    return Cell("text", phrase=phrase, header="row", marks=marks, codes=codes, href=href)


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
