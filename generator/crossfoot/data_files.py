"""The files to download: every table, chart and figure, and the report as a whole, made of what the pages show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crossfoot.data_notes import Topics, about_report, live_notes, notes_leaf, remarks
from crossfoot.downloads import DATA, address, figure_file, file_of
from crossfoot.evidence_data import short_version
from crossfoot.explain import Explainer, Notes
from crossfoot.figure_grid import FigureRow, FigureRows
from crossfoot.grid import Grid, Placed, table_grid
from crossfoot.live import verdicts, with_live
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import Figure, PageView, Table, plain
from crossfoot.tabular import csv_text, json_text
from crossfoot.workbook import Leaf, cell_name, plain_cell, workbook

Shown = Table | Figure


def data_files(
    report: Report, languages: tuple[Language, ...], pages: Sequence[PageView], files: Mapping[str, str | bytes]
) -> Mapping[str, str | bytes]:
    """Return the files of every table and chart on *pages*, of every figure, and of the whole report."""
    maker = _Maker(report, languages)
    made: dict[str, str | bytes] = {}
    for address_, stands in _stands(languages, pages).items():
        made |= maker.shown(address_, stands)
    rows = FigureRows(report, languages)
    made |= maker.whole(rows)
    for id_, found in rows.by_indicator.items():
        made[figure_file(id_, "xlsx")] = maker.figures(rows, found)
    return made


Stand = tuple[Shown, PageView]
"""A table or chart, and the page on which it stands."""


def _stands(languages: Sequence[Language], pages: Sequence[PageView]) -> dict[str, dict[str, Stand]]:
    """Return every table and chart by the address of its files and by language: as its own chapter shows it, else the
    first page that does.
    """
    found: dict[str, dict[str, Stand]] = {}
    known = {language.id for language in languages}
    for view in pages:
        if view.language not in known:
            continue
        stem = view.path.removeprefix(f"{view.language}/").removesuffix("/index.html").removesuffix("index.html")
        for one in view.shown:
            address_ = address(one.name, "table" if isinstance(one, Table) else "chart", stem or "home")
            stands = found.setdefault(address_, {})
            if view.language not in stands or address_.rpartition("/")[0] == stem:
                stands[view.language] = (one, view)
    return found


@dataclass(frozen=True)
class _Maker:
    """Makes the files of one report."""

    report: Report
    languages: tuple[Language, ...]

    @cached_property
    def _notes(self) -> Mapping[str, Notes]:
        return {language.id: Notes(self.report, language) for language in self.languages}

    # -- a table or a chart ----------------------------------------------------------------------------

    def shown(self, address_: str, stands: Mapping[str, Stand]) -> Iterator[tuple[str, str | bytes]]:
        """Yield the files of one table or chart by path."""
        leaves: list[Leaf] = []
        topics: Topics = {}
        for language in self.languages:
            if language.id not in stands:
                continue
            one, view = stands[language.id]
            explainer = Explainer(self._notes[language.id], one if isinstance(one, Table) else one.table)
            grid = table_grid(explainer.table, language, self.report, explainer.said)
            yield file_of(address_, "csv", language.id), self._csv(grid)
            yield file_of(address_, "json", language.id), self._json(address_, one, grid, explainer, view)
            found = verdicts(grid, self.report)
            titles = [column.title for column in grid.columns]
            leaves.append(Leaf(language.name, titles, with_live(grid, found), grid.strong))
            topics[language.id] = [
                *remarks(one, explainer, language),
                *live_notes(found, self.report, language),
                *about_report(self.report, language),
            ]
        first = next(iter(stands.values()))[0]
        title = plain(first.caption if isinstance(first, Table) else first.title)
        yield file_of(address_, "xlsx", ""), self._book([*leaves, notes_leaf(topics, self.languages)], title)

    def _csv(self, grid: Grid) -> str:
        rows = [[plain_cell(cell) for cell in row] for row in grid.rows]
        return csv_text([[column.title for column in grid.columns], *rows], marked=self.report.file.csv_bom)

    def _json(self, address_: str, one: Shown, grid: Grid, explainer: Explainer, view: PageView) -> str:
        """Return a table or chart for programs: what it is, its cells as texts, and each figure with its cell."""
        chart = isinstance(one, Figure)
        data: dict[str, Any] = {
            "address": address_,
            "sort": "chart" if chart else "table",
            "language": view.language,
            "title": plain(one.title if isinstance(one, Figure) else one.caption),
            "subtitle": plain(one.subtitle if isinstance(one, Figure) else one.description),
            **({"description": plain(one.description)} if chart else {}),
            "page": (view.canonical or view.path.removesuffix("index.html")) + f"#{one.id}",
            "columns": [{"title": column.title, "role": column.role} for column in grid.columns],
            "rows": [[plain_cell(cell) for cell in row] for row in grid.rows],
            "totals": sorted(grid.strong),
            "figures": [figure_record(placed) for placed in grid.figures],
            "notes": [{"mark": mark, "text": text} for mark, text in explainer.notes()],
            "remarks": [plain(phrase) for phrase in explainer.table.general],
            **self._report(view.language),
        }
        return json_text(data)

    def _report(self, language: str) -> dict[str, Any]:
        known = next(one for one in self.languages if one.id == language)
        file = self.report.file
        return {
            "organisation": known.of(file.organisation.name),
            "report": known.of(file.title),
            "source": known.of(file.source),
            "licence": known.of(file.licence),
            "disclaimer": known.of(file.disclaimer),
            "data_version": short_version(self.report),
        }

    def _book(self, leaves: Sequence[Leaf], title: str) -> bytes:
        return workbook(leaves, title=title, comments=short_version(self.report))

    # -- figures ---------------------------------------------------------------------------------------

    def whole(self, rows: FigureRows) -> Iterator[tuple[str, str | bytes]]:
        """Yield the files of the whole report by path."""
        for number, language in enumerate(self.languages):
            grid = rows.grid(rows.rows, [language])
            yield f"{DATA}/{language.id}/report.csv", self._csv(grid)
            records = [
                {**figure_record(placed), **_words(row.words[number])}
                for placed, row in zip(grid.figures, (row for row in rows.rows if row.run.name), strict=True)
            ]
            data = {"language": language.id, **self._report(language.id), "figures": records}
            yield f"{DATA}/{language.id}/report.json", json_text(data)
        yield f"{DATA}/report.xlsx", self.figures(rows, rows.rows)

    def figures(self, rows: FigureRows, wanted: Sequence[FigureRow]) -> bytes:
        """Return a workbook of the rows *wanted*, all languages side by side, what follows from other rows live."""
        grid = rows.grid(wanted, self.languages, slim=True)
        found = verdicts(grid, self.report)
        titles = [column.title for column in grid.columns]
        names = dict.fromkeys(language.phrases["evidence.figures"] for language in self.languages)
        leaf = Leaf(" ".join(names), titles, with_live(grid, found), filtered=len(wanted) > 1)
        topics: Topics = {
            language.id: [*live_notes(found, self.report, language), *about_report(self.report, language)]
            for language in self.languages
        }
        label = wanted[0].words[0]["label"] if len({row.indicator.id for row in wanted}) == 1 else ""
        title = label or self.languages[0].of(self.report.file.title)
        return self._book([leaf, notes_leaf(topics, self.languages)], title)


def figure_record(placed: Placed) -> dict[str, Any]:
    """Return one figure for programs, numbers as texts; `cell` is where it stands in the CSV beside the file."""
    facts, run = placed.facts, placed.run
    record: dict[str, Any] = {
        "id": run.name,
        "period": facts.get("period", ""),
        "part": facts.get("part", ""),
        "value": run.value or None,
        "upto": facts.get("upto"),
        "qualifier": facts.get("qualifier", "exact" if run.value else ""),
        "unit": facts.get("unit", ""),
        "omission": facts.get("omission"),
        "text": run.text,
        "cell": cell_name(placed.row, placed.column),
    }
    if placed.upto is not None:
        record["upto_cell"] = cell_name(placed.row, placed.upto)
    return record


def _words(words: Mapping[str, str]) -> dict[str, str]:
    """Return what a record says in words, beside what it says for programs."""
    own = {key: words.get(key, "") for key in ("chapter", "label", "category", "boundary")}
    return {"text": words.get("shown", ""), **own, "period_words": words.get("period", ""), "unit_words": words["unit"]}
