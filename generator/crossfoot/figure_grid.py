"""All figures of a report as rows: one for each figure, period and category, in one language or in all side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from crossfoot.downloads import DATA
from crossfoot.grid import Column, Grid, Placed
from crossfoot.localise import Language
from crossfoot.model import Breakdown, Indicator, Observation, Report, Text
from crossfoot.shown import Run, plain
from crossfoot.wording import Wording, figure_run, machine_number

COLUMNS = (
    *("chapter", "label", "category", "period", "value", "upto", "qualifier", "unit", "status", "omission"),
    *("boundary", "definition", "source", "codes", "id", "period_id"),
)
"""In the order of reading."""
SHARED = frozenset(["value", "upto", "source", "codes", "id", "period_id"])
"""The columns that are the same in every language."""
_ALWAYS = frozenset(["label", "period", "value", "unit", "id", "period_id"])


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure in one period, perhaps of one category."""

    indicator: Indicator
    run: Run
    """With its value and facts; the text is how the report prints it, in the first language."""
    shared: Mapping[str, object]
    """What is the same in every language: number, ids, codes."""
    words: tuple[Mapping[str, str], ...]
    """What is not: one mapping a language, `shown` (as printed) included."""


@dataclass(frozen=True)
class FigureRows:
    """The rows of a report, made once for all the files that hold some of them."""

    report: Report
    languages: Sequence[Language]

    @cached_property
    def rows(self) -> tuple[FigureRow, ...]:
        """Every row, in the order of the report."""
        return tuple(row for indicator in self.report.indicators() for row in self._of(indicator))

    @cached_property
    def by_indicator(self) -> Mapping[str, tuple[FigureRow, ...]]:
        """The rows of each figure."""
        found: dict[str, list[FigureRow]] = {}
        for row in self.rows:
            found.setdefault(row.indicator.id, []).append(row)
        return {id_: tuple(rows) for id_, rows in found.items()}

    def grid(self, rows: Iterable[FigureRow], languages: Sequence[Language], *, slim: bool = False) -> Grid:
        """Return *rows* as a grid; texts stand once for each of *languages*.

        A *slim* one leaves out the columns in which nothing stands.
        """
        listed = tuple(rows)
        wanted = [self.languages.index(language) for language in languages]
        columns: list[Column] = []
        cells: list[list[object]] = [[] for _ in listed]
        places: dict[str, int] = {}
        for key in COLUMNS:
            for which in [0] if key in SHARED else wanted:
                found = [row.shared.get(key) if key in SHARED else row.words[which].get(key) for row in listed]
                if slim and key not in _ALWAYS and not any(found):
                    continue
                places.setdefault(key, len(columns))
                columns.append(Column(_title(key, languages if key in SHARED else [self.languages[which]]), key))
                for line, cell in zip(cells, found, strict=True):
                    line.append(cell or None if isinstance(cell, str) else cell)
        figures = tuple(
            Placed(row.run, number, places["value"], places.get("upto") if row.shared.get("upto") is not None else None)
            for number, row in enumerate(listed)
            if row.run.name
        )
        return Grid(tuple(columns), tuple(tuple(line) for line in cells), figures)

    # -- rows ------------------------------------------------------------------------------------------

    @cached_property
    def _wordings(self) -> tuple[Wording, ...]:
        return tuple(Wording(self.report, language, DATA) for language in self.languages)

    def _of(self, indicator: Indicator) -> Iterator[FigureRow]:
        """Yield the rows of one figure: its values, its categories, its target; one without any that says so."""
        about = self._about(indicator)
        for period, one in indicator.values.items():
            yield self._row(indicator, about, period, one)
        for breakdown in indicator.breakdowns:
            for period, keys, one in _leaves(breakdown):
                yield self._row(indicator, about, period, one, by=breakdown.by, keys=keys)
        if indicator.target is not None:
            yield self._target(indicator, about)
        if not indicator.values and not indicator.breakdowns:
            reason = [{"omission": language.phrases["reasons.not-disclosed"]} for language in self.languages]
            words = tuple({**of, **more} for of, more in zip(about[1], reason, strict=True))
            yield FigureRow(indicator, Run(""), {**about[0], "period_id": ""}, words)

    def _about(self, indicator: Indicator) -> tuple[dict[str, object], list[dict[str, str]]]:
        """Return what all rows of a figure share: what is said in no language, and in each."""
        section, source = indicator.id.split(".")[0], indicator.source
        boundary = self.report.file.boundaries.get(indicator.boundary or self.report.file.boundary or "")
        shared: dict[str, object] = {
            "id": indicator.id,
            "codes": "; ".join(indicator.disclosures),
            "source": source.section if source else "",
        }
        words = [
            {
                "chapter": wording.title_of(self.report.sections[section]),
                "label": plain(wording.text(indicator.label, section)),
                "unit": wording.language.of(wording.unit(indicator).name),
                "boundary": wording.language.of(boundary.label) if boundary else "",
                "definition": plain(wording.text(indicator.definition, section)),
            }
            for wording in self._wordings
        ]
        return shared, words

    def _row(
        self,
        indicator: Indicator,
        about: tuple[dict[str, object], list[dict[str, str]]],
        period: str,
        one: Observation,
        *,
        by: tuple[str, ...] = (),
        keys: tuple[str, ...] = (),
    ) -> FigureRow:
        part = " ".join(f"{dimension}.{key}" for dimension, key in zip(by, keys, strict=True))
        changed = self.report.file.boundaries.get(one.boundary or "")
        words = []
        for wording, known in zip(self._wordings, about[1], strict=True):
            language = wording.language
            own = {
                "category": self._category(by, keys, wording),
                "period": language.period(self.report.file.periods[period]),
                "qualifier": language.phrases[f"data.qualifiers.{one.qualifier}"] if one.qualifier != "exact" else "",
                "status": language.phrases[f"statuses.{one.status}"] if one.value is not None else "",
                "omission": language.phrases[f"reasons.{one.omission}"] if one.omission else "",
                "shown": language.value(one, wording.unit(indicator)),
            }
            words.append({**known, **own, **({"boundary": language.of(changed.label)} if changed else {})})
        run = figure_run(words[0]["shown"], indicator, one, period, part=part)
        return FigureRow(indicator, run, {**about[0], "period_id": period, **_numbers(run)}, tuple(words))

    def _target(self, indicator: Indicator, about: tuple[dict[str, object], list[dict[str, str]]]) -> FigureRow:
        target = indicator.target
        assert target is not None
        words = []
        for wording, known in zip(self._wordings, about[1], strict=True):
            language = wording.language
            words.append(
                {
                    **known,
                    "category": language.phrases["table.target"],
                    "period": language.period(self.report.file.periods[target.by]),
                    "qualifier": language.phrases[f"table.target_{target.direction.replace('-', '_')}"]
                    .format("")
                    .strip(),
                    "shown": language.word(
                        f"table.target_{target.direction.replace('-', '_')}", language.digits(target.value)
                    ),
                }
            )
        facts = (("period", target.by), ("part", "target"), ("unit", indicator.unit), ("qualifier", target.direction))
        run = Run(words[0]["shown"], kind="value", name=indicator.id, value=machine_number(target.value), facts=facts)
        return FigureRow(indicator, run, {**about[0], "period_id": target.by, **_numbers(run)}, tuple(words))

    def _category(self, by: tuple[str, ...], keys: tuple[str, ...], wording: Wording) -> str:
        """Return the categories of a part in words: "Region: north"."""
        dimensions = self.report.file.dimensions
        parts = []
        for dimension, key in zip(by, keys, strict=True):
            label: Text = dimensions[dimension].categories[key].label
            parts.append(wording.language.of(dimensions[dimension].label) + wording.language.phrases["colon"])
            parts[-1] += wording.language.of(label)
        return wording.language.phrases["list_comma"].join(parts)


def _numbers(run: Run) -> dict[str, object]:
    upto = dict(run.facts).get("upto", "")
    return {"value": Decimal(run.value) if run.value else None, "upto": Decimal(upto) if upto else None}


def _title(key: str, languages: Sequence[Language]) -> str:
    return " / ".join(dict.fromkeys(language.phrases[f"data.columns.{key}"] for language in languages))


def _leaves(breakdown: Breakdown) -> Iterator[tuple[str, tuple[str, ...], Observation]]:
    """Yield each value of a breakdown with its period and categories."""

    def below(branch: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Observation]]:
        if isinstance(branch, Observation):
            yield keys, branch
        elif isinstance(branch, Mapping):
            for key, one in branch.items():
                yield from below(one, (*keys, key))

    for period, branch in breakdown.values.items():
        for keys, one in below(branch, ()):
            yield period, keys, one
