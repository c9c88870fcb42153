"""A table as plain columns: what a reader sees, with every figure as a number and all that is said of it beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import Cell, Phrase, Row, Run, Table, plain

MARKS = ("mark", "note", "finding")
_TEXT = ("text", "list", "check")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid."""

    title: str
    role: str
    """'group', 'label', 'text', 'value', 'upto', 'qualifier', 'omission', 'unit', 'shown', 'period', 'codes', 'notes'
    or 'id'; in the rows of a report, what `figure_grid.COLUMNS` says."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure and where it stands in the grid, counted from 0 below the head."""

    run: Run
    row: int
    column: int
    upto: int | None = None
    """The column of its upper end, where it has one."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What else is known of the figure: period, part, unit, upto, qualifier, omission."""
        return dict(self.run.facts)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of texts and numbers under one head."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    """Texts, Decimals, None; one a column."""
    figures: tuple[Placed, ...] = ()
    strong: frozenset[int] = frozenset()
    """The rows that are totals."""


@dataclass
class _Slot:
    """The columns of the figures that stand first, second ... in the cells of one column of the table."""

    title: str
    figures: dict[int, Run] = field(default_factory=dict)
    """By row."""

    def any(self, fact: str) -> bool:
        return any(dict(run.facts).get(fact) for run in self.figures.values())


def table_grid(
    table: Table, language: Language, report: Report, explain: Callable[[Run], str] = lambda run: run.label
) -> Grid:
    """Return *table* as a grid: groups, labels, unit and figures each in columns of their own.

    A figure is its machine number; its qualifier, upper end, the reason why it is missing and, where the table has no
    column of units, its unit stand beside it in words; so does its period where neither head nor row names it.
    *explain* says what a mark stands for.
    """
    return _Maker(table, language, report, explain).grid()


@dataclass
class _Maker:
    """Makes the grid of one table."""

    table: Table
    language: Language
    report: Report
    explain: Callable[[Run], str]

    def grid(self) -> Grid:
        """Return the grid."""
        groups, rows, group_marks = self._rows()
        found: list[tuple[Column, dict[int, object]]] = []
        figures: list[Placed] = []
        if any(groups):
            found.append((self._column("group"), dict(enumerate(groups))))
        unit_of_row = self._shared_units(rows)
        for place, title in enumerate(titles_of(self.table)):
            cells = {number: row.cells[place] for number, row in enumerate(rows) if place < len(row.cells)}
            if place and "unit" not in self.table.columns and unit_of_row and place == self._labels(rows):
                found.append((self._column("unit"), dict(unit_of_row)))
            if not any(is_figure(cell) for cell in cells.values()):
                role = "label" if any(cell.header for cell in cells.values()) else "text"
                role = "unit" if any(cell.kind == "unit" for cell in cells.values()) else role
                found.append((Column(title, role), {key: self._words(cell) for key, cell in cells.items()}))
                continue
            own_unit = "unit" not in self.table.columns and not unit_of_row
            found += self._numbers(title, cells, len(found), figures, own_unit=own_unit)
        found += self._periods(found, figures)
        found += self._behind(rows, figures, group_marks)
        lines = tuple(tuple(column.get(number) for _, column in found) for number in range(len(rows)))
        strong = frozenset(number for number, row in enumerate(rows) if row.kind == "total")
        return Grid(tuple(column for column, _ in found), lines, tuple(figures), strong)

    def _column(self, role: str) -> Column:
        return Column(self.language.phrases[f"data.columns.{role}"], role)

    def _rows(self) -> tuple[list[str], list[Row], list[Phrase]]:
        """Return the rows that hold something, each with the headings it stands under and the marks of those."""
        above: list[tuple[int, str, Phrase]] = []
        groups, rows, marks = [], [], []
        for row in self.table.body:
            if row.kind == "group":
                above = [one for one in above if one[0] < row.level]
                above.append((row.level, self._words(row.cells[0]) or "", tuple(marks_of(row.cells[0]))))
            else:
                groups.append(" – ".join(words for _, words, _ in above))
                marks.append(tuple(mark for _, _, called in above for mark in called))
                rows.append(row)
        return groups, rows, marks

    def _labels(self, rows: Sequence[Row]) -> int:
        """Return how many columns at the left name the row."""
        return next((place for place, cell in enumerate(rows[0].cells) if not cell.header), 0) or 1

    def _shared_units(self, rows: Sequence[Row]) -> dict[int, str]:
        """Return the unit of each row where no row has two; empty where there is no unit, or they differ in a row."""
        shared: dict[int, str] = {}
        for number, row in enumerate(rows):
            named = {
                unit
                for cell in row.cells
                if is_figure(cell)
                for run in figures_in(cell)[:1]
                if (unit := self._unit(run))
            }
            if len(named) > 1:
                return {}
            shared |= dict.fromkeys([number] if named else [], next(iter(named), ""))
        return shared

    def _unit(self, run: Run) -> str:
        unit = self.report.units.get(dict(run.facts).get("unit", ""))
        return self.language.of(unit.name) if unit is not None else ""

    def _words(self, cell: Cell) -> str | None:
        """Return the words of a cell, None where there are none."""
        if cell.kind == "check":
            return next((run.label or run.text for run in cell.phrase), self.language.phrases["table.yes"])
        parts = [plain(phrase) for phrase in (cell.phrase, *cell.parts) if phrase]
        return "\n".join(part.strip() for part in parts if part.strip()) or None

    def _numbers(
        self, title: str, cells: Mapping[int, Cell], at: int, figures: list[Placed], *, own_unit: bool
    ) -> Iterator[tuple[Column, dict[int, object]]]:
        """Yield the columns for a column of figures, the first of them at *at*, and note the figures."""
        word = self.language.word
        held = {number: figures_in(cell) if is_figure(cell) else () for number, cell in cells.items()}
        for position in range(max(map(len, held.values()))):
            slot = _Slot(title if position == 0 else word("data.columns.another", title, str(position + 1)))
            slot.figures = {number: runs[position] for number, runs in held.items() if position < len(runs)}
            beside = [("value", slot.title), *self._beside(slot, own_unit=own_unit or position > 0)]
            upto = next((at + n for n, (role, _) in enumerate(beside) if role == "upto"), None)
            for number, run in slot.figures.items():
                figures.append(Placed(run, number, at, upto if dict(run.facts).get("upto") else None))
            for role, name in beside:
                yield Column(name, role), {number: self._fact(run, role) for number, run in slot.figures.items()}
            at += len(beside)
        words = {number: said for number, cell in cells.items() if (said := self._left_over(cell))}
        if words:
            name = word("data.columns.of", title, self.language.phrases["data.columns.shown"])
            yield Column(name, "shown"), dict(words)

    def _beside(self, slot: _Slot, *, own_unit: bool) -> Iterator[tuple[str, str]]:
        wanted = [fact for fact in ("upto", "qualifier", "omission") if slot.any(fact)]
        if own_unit and any(self._unit(run) for run in slot.figures.values()):
            wanted.append("unit")
        for role in wanted:
            yield role, self.language.word("data.columns.of", slot.title, self.language.phrases[f"data.columns.{role}"])

    def _fact(self, run: Run, role: str) -> object:
        fact = dict(run.facts).get(role, "")
        match role:
            case "value":
                return Decimal(run.value) if run.value else None
            case "upto":
                return Decimal(fact) if fact else None
            case "unit":
                return self._unit(run) or None
            case "qualifier":
                return self.language.phrases[f"data.qualifiers.{fact}"] if fact else None
        return self.language.phrases[f"reasons.{fact}"] if fact else None

    def _left_over(self, cell: Cell) -> str | None:
        """Return the words of a cell that says more than its figures do: "by 2030"."""
        if not is_figure(cell):
            return self._words(cell)
        rest = "".join(run.text for run in cell.phrase if run.kind not in (*MARKS, "value", "missing"))
        return self._words(cell) if any(sign.isalnum() for sign in rest) else None

    def _periods(
        self, found: Sequence[tuple[Column, Mapping[int, object]]], figures: Iterable[Placed]
    ) -> Iterator[tuple[Column, dict[int, object]]]:
        """Yield a column of periods where neither the head of a figure nor its row names the one it is of."""
        told: dict[int, dict[str, None]] = {}
        lacking = False
        for one in figures:
            period = self.report.file.periods.get(one.facts.get("period", ""))
            if period is not None:
                words = self.language.period(period)
                told.setdefault(one.row, {})[words] = None
                row = [
                    str(cells.get(one.row) or "")
                    for column, cells in found
                    if column.role in ("text", "label", "shown")
                ]
                lacking = lacking or not any(words in said for said in (found[one.column][0].title, *row))
        if lacking:
            comma = self.language.phrases["list_comma"]
            yield (
                Column(self.language.phrases["data.columns.periods"], "period"),
                {number: comma.join(words) for number, words in told.items()},
            )

    def _behind(
        self, rows: Sequence[Row], figures: Iterable[Placed], above: Sequence[Phrase]
    ) -> Iterator[tuple[Column, dict[int, object]]]:
        """Yield the columns that stand last: codes, notes, the names of the figures; those that hold something."""
        comma = self.language.phrases["list_comma"]
        names: dict[int, dict[str, None]] = {}
        for one in figures:
            if one.run.name:
                names.setdefault(one.row, {})[one.run.name] = None
        codes = {
            number: comma.join(run.text for cell in row.cells for run in cell.codes) for number, row in enumerate(rows)
        }
        notes = {number: "\n".join(self._notes(row, above[number])) for number, row in enumerate(rows)}
        found: tuple[tuple[str, Mapping[int, str]], ...] = (
            ("codes", codes),
            ("notes", notes),
            ("id", {number: "; ".join(ids) for number, ids in names.items()}),
        )
        for role, column in found:
            if any(column.values()):
                yield self._column(role), {number: words or None for number, words in column.items()}

    def _notes(self, row: Row, above: Phrase) -> Iterator[str]:
        """Yield what the marks of a row and of the headings *above* it say, each once."""
        marks = [*(run for cell in row.cells for run in marks_of(cell)), *above]
        yield from dict.fromkeys(said for run in marks if (said := self.explain(run)))


def titles_of(table: Table) -> tuple[str, ...]:
    """Return the heading of each column; where the head has several rows, from the top down."""
    width = max([len(table.columns), *(sum(cell.columns for cell in row.cells) for row in table.head)])
    parts: list[list[str]] = [[] for _ in range(width)]
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(table.head):
        place = 0
        for cell in row.cells:
            while (line, place) in taken:
                place += 1
            for column in range(place, min(width, place + cell.columns)):
                parts[column].append(plain(cell.phrase))
                taken |= {(line + down, column) for down in range(cell.rows)}
            place += cell.columns
    return tuple(" – ".join(part for part in found if part) for found in parts)


def figures_in(cell: Cell) -> Phrase:
    """Return the figures of a cell, those without a value and with a reason included."""
    return tuple(run for run in cell.phrase if (run.kind == "value" and run.value) or run.kind == "missing")


def is_figure(cell: Cell) -> bool:
    """Return whether a cell is a figure, rather than words in which one may stand."""
    if cell.header or cell.parts or not figures_in(cell):
        return False
    if cell.kind in ("number", "missing", "blank"):
        return True
    rest = "".join(run.text for run in cell.phrase if run.kind not in (*MARKS, "value", "missing"))
    return len(figures_in(cell)) == 1 and not rest.strip()


def marks_of(cell: Cell) -> Iterator[Run]:
    """Yield every mark that a cell calls."""
    for phrase in (cell.phrase, *cell.parts, cell.marks):
        yield from (run for run in phrase if run.kind in MARKS)
