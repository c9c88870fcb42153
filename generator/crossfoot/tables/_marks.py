"""Footnote marks that restart in each table, in the order in which they are first called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crossfoot.model import Text
from crossfoot.shown import Phrase, Run, TableNote
from crossfoot.wording import Wording

MARKS = "abcdefghijklmnopqrstuvwxyz"


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
