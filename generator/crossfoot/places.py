"""Say where something stands, and what is wrong with it, so that the author can mend it from the message alone."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file as the author knows it, a line and a column."""

    file: str
    """Relative to the report's folder, with forward slashes: `data/units.yaml`."""
    line: int = 0
    """Counted from 1; 0 is the whole file."""
    column: int = 0
    """Counted from 1 in characters; 0 is the whole line."""

    def __str__(self) -> str:
        """Return `file:line:column`, as far as it is known."""
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


NOWHERE = Place("")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing the author has to mend: where, what was found, what to write instead."""

    place: Place
    message: str
    """Lower case, no full stop, the found thing in quotes."""
    hint: str = ""
    """What to write instead; may be empty, may have several lines."""
    severity: Severity = "error"
    rule: str = ""
    """The name of the rule that found it, e.g. `digits-in-prose`."""

    def __str__(self) -> str:
        """Return the problem as it stands in a terminal: the hint indented below the sentence."""
        lead = "warning: " if self.severity == "warning" else ""
        lines = [f"{self.place}: {lead}{self.message}"]
        lines += [f"    {line}" for line in self.hint.splitlines()]
        return "\n".join(lines)


@dataclass(eq=False)
class Problems(Exception):
    """All that is wrong, sorted by place; raised once, never only with the first."""

    found: Sequence[Problem] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        """Sort by place and drop what was said twice."""
        self.found = tuple(sorted(set(self.found)))
        Exception.__init__(self, self.found)

    def __str__(self) -> str:
        """Return all problems, one below the other."""
        return "\n".join(str(problem) for problem in self.found)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.found if problem.severity == "error")


def as_json(found: Iterable[Problem]) -> str:
    """Return the problems as a JSON list of objects: file, line, column, severity, rule, message, hint."""
    rows = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity,
            "rule": problem.rule,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in sorted(found)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_annotations(found: Iterable[Problem]) -> str:
    """Return the problems as GitHub workflow commands, one a line, so that CI marks the lines of a change."""
    lines = []
    for problem in sorted(found):
        where = [f"file={_escape_property(problem.place.file)}"]
        if problem.place.line:
            where.append(f"line={problem.place.line}")
        if problem.place.column:
            where.append(f"col={problem.place.column}")
        where.append(f"title={_escape_property(problem.rule or 'crossfoot')}")
        text = problem.message + (f"\n{problem.hint}" if problem.hint else "")
        lines.append(f"::{problem.severity} {','.join(where)}::{_escape_data(text)}")
    return "\n".join(lines)


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def did_you_mean(word: str, known: Iterable[str], *, listed: str = "") -> str:
    """Return a hint with the nearest of *known*, and, if *listed* is given, all of them: `tables: use, targets`."""
    names = sorted(known)
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    hints = [f"did you mean '{folded[near[0]]}'?"] if near else []
    if listed and names and len(names) <= 40:
        hints.append(f"{listed}: {', '.join(names)}")
    return "\n".join(hints)
