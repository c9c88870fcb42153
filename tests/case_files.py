"""Read tables of cases, `tests/cases/*.md`: title, `.`, input, `.`, expected, `.`, and free text between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case; its title and line name it when it fails."""

    title: str
    line: int
    input: str
    expected: str

    def __str__(self) -> str:
        """Return the name of the test."""
        return f"line {self.line}: {self.title}"


def cases(file: str) -> list[Case]:
    """Return the cases of *file* in the folder of cases, in their order."""
    lines = (FOLDER / file).read_text(encoding="utf-8").split("\n")
    dots = [row for row, line in enumerate(lines) if line.rstrip() == "."]
    assert len(dots) % 3 == 0, f"{file}: each case has three dots, but there are {len(dots)}"
    found = []
    for first, second, third in zip(dots[0::3], dots[1::3], dots[2::3], strict=True):
        given, expected = (
            "".join(f"{line}\n" for line in part) for part in (lines[first + 1 : second], lines[second + 1 : third])
        )
        found.append(Case(lines[first - 1].strip(), first, given, expected))
    return found
