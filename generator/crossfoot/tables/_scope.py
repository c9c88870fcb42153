"""What the rows of a table cover: said once for most of them, marked where one differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crossfoot.model import Indicator, TableSpec
from crossfoot.shown import Phrase, Run
from crossfoot.tables._marks import Marks
from crossfoot.tables._rows import RowEntry, entries, indicator_of
from crossfoot.wording import Wording


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
