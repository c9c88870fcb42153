"""What the marks of a table stand for, in words, for whoever reads its files without the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from crossfoot.downloads import DATA
from crossfoot.grid import marks_of
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import Run, Table, plain
from crossfoot.wording import Wording, anchor


@dataclass(frozen=True)
class Notes:
    """The editor's notes of a report in one language, put into words once for all its tables."""

    report: Report
    language: Language

    @cached_property
    def by_anchor(self) -> Mapping[str, tuple[str, str]]:
        """Title and text of each note by the anchor that leads to it."""
        text = self.wording.text
        return {
            f"note-{anchor(note.id)}": (plain(text(note.title)), plain(text(note.text)))
            for note in self.report.notes.values()
        }

    @cached_property
    def wording(self) -> Wording:
        """The report in the language, seen from nowhere in particular."""
        return Wording(self.report, self.language, DATA)


@dataclass(frozen=True)
class Explainer:
    """Knows what each mark of one table says."""

    known: Notes
    table: Table

    def said(self, run: Run) -> str:
        """Return the mark *run* with its note: "a: not disclosed"; only the words where the mark is a sign."""
        colon = self.known.language.phrases["colon"]
        if run.text in self._own and f"#{self.table.id}-note-" in run.href:
            return f"{run.text}{colon}{self._own[run.text]}"
        target = run.href.rpartition("#")[2]
        if run.kind == "note":  # its full text, often long, stands among the notes
            note = self.known.by_anchor.get(target)
            return f"{run.text}{colon}{note[0]}" if note else run.label
        if target in self._footnotes:
            return f"{run.text}{colon}{self._footnotes[target]}"
        return run.label

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield every note of the table with its mark, then the editor's notes that its rows and heads call."""
        yield from self._own.items()
        cells = [cell for row in (*self.table.head, *self.table.body) for cell in row.cells]
        others = [run for run in self.table.caption if run.kind == "note"]
        others += [run for cell in cells for run in marks_of(cell) if run.kind == "note"]
        for run in {run.text: run for run in others}.values():
            title, text = self.known.by_anchor.get(run.href.rpartition("#")[2], (run.label, ""))
            yield run.text, f"{title}{self.known.language.phrases['colon']}{text}" if text else title

    @cached_property
    def _own(self) -> Mapping[str, str]:
        return {note.mark: plain(note.phrase).removeprefix("–").strip() for note in self.table.notes}

    @cached_property
    def _footnotes(self) -> Mapping[str, str]:
        section = self.table.name.partition(".")[0]
        known = self.known.report.sections.get(section)
        notes = known.footnotes.items() if known is not None else ()
        return {f"footnote-{anchor(name)}": plain(self.known.wording.text(one.text, section)) for name, one in notes}
