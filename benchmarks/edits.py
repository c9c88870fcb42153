"""Measure edits in a preview: from the moment before a file is written to the moment at which an open page shows it.

Before each edit the preview has checked the report as the edit before it left it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import reports
import workload
import yardstick
from previews import Preview, preview
from table import Costs

_CHANGED, _STYLED = "crossfoot:changed", "crossfoot:styled"
_FIGURE = re.compile(r"(?<=2018\": )271\.69|(?<=2024: )\d+\.\d")
"""The figure that is changed: of the example, and of a made-up report."""


@dataclass(frozen=True)
class Edit:
    """One sort of edit."""

    name: str
    file: Path
    paths: tuple[str, ...]
    """The pages that are open, and must show it."""
    change: Callable[[str, int], tuple[str, str]]
    """From the text of the file and the number of the edit to the changed text, and to the words that it shows."""
    event: str = _CHANGED
    """What the page tells when it has taken the change in."""


def measure(size: str, folder: Path, edits: int, costs: Costs) -> None:
    """Print a row for each sort of edit, and then what memory the preview took."""
    sorts = _edits(size, folder)
    with _as_they_were(sorts), preview(folder) as shown:
        for edit in sorts:
            taken, speed = yardstick.around(partial(_time, shown, edit, edits))
            first, *rest = taken
            costs.edits(size, f"edit: {edit.name}", first, rest or taken, speed)
        server, children = shown.memory()
        costs.memory(size, "preview: its process", server)
        costs.memory(size, "preview: what it started", children)


def figure_times(size: str, folder: Path, edits: int) -> list[float]:
    """Return the seconds that each of so many *edits* of one figure takes."""
    sort = _edits(size, folder)[0]
    with _as_they_were([sort]), preview(folder) as shown:
        return _time(shown, sort, edits)


def _edits(size: str, folder: Path) -> list[Edit]:
    example = size == reports.EXAMPLE
    chapter = "environment" if example else "c0000"
    section = folder / "data/sections" / f"{chapter}.yaml"
    both = tuple(f"{language}/{chapter}/" for language in workload.LANGUAGES)
    edits = [Edit("one figure, both languages", section, both, _figure)]
    if not example:  # whose translations are accepted: one of them changed alone is a mistake
        others = tuple(f"{language}/c0001/" for language in workload.LANGUAGES)
        many = 2 * reports.chapters_of(size)
        edits += [
            Edit("one paragraph", folder / "content/en" / f"{chapter}.md", both[:1], _paragraph),
            Edit(f"one label, on {many} pages, both languages", section, others, _label),
        ]
    return [
        *edits,
        Edit("one template, of all pages", folder / "theme/parts/footer.html", both[:1], _footer),
        Edit("one style", folder / "theme/assets/tokens.css", both[:1], _style, _STYLED),
    ]


def _time(shown: Preview, edit: Edit, edits: int) -> list[float]:
    pages = shown.open(*edit.paths)
    text = edit.file.read_text(encoding="utf-8")
    changes = [edit.change(text, number) for number in range(edits)]
    taken = [_seen(shown, pages, edit, *change) for change in changes]
    for page in pages:
        page.close()
    return taken


def _seen(shown: Preview, pages: Sequence[object], edit: Edit, text: str, words: str) -> float:
    return shown.seen(pages, words, partial(edit.file.write_text, text, encoding="utf-8"), edit.event)


@contextmanager
def _as_they_were(edits: Sequence[Edit]) -> Iterator[None]:
    """Put the files back in the end, when no preview has to take them in any more."""
    texts = {edit.file: edit.file.read_text(encoding="utf-8") for edit in edits}
    yield
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")


def _figure(text: str, number: int) -> tuple[str, str]:
    found = _FIGURE.search(text)
    assert found is not None
    value = f"{found[0]}{number + 1:02d}"  # by so little that no total is contradicted, and never one drawn before
    whole, _, fraction = value.partition(".")
    return text[: found.start()] + value + text[found.end() :], f"{int(whole):,}.{fraction}"


def _paragraph(text: str, number: int) -> tuple[str, str]:
    first, rest = text.split("\n", 1)
    return f"{first} {_word(number)}.\n{rest}", _word(number)


def _label(text: str, number: int) -> tuple[str, str]:
    """Change a label in both languages; what both then show is the same letters."""
    key = workload.SHARED.partition(".")[2]
    before, label, after = re.split(rf"(?<=  {key}:\n)(    label: .*\n)", text)
    return before + label.replace("site B", _word(number)).replace("乙址", _word(number)) + after, _word(number)


def _footer(text: str, number: int) -> tuple[str, str]:
    return text.replace("</footer>", f"<p>{_word(number)}</p>\n</footer>"), _word(number)


def _style(text: str, number: int) -> tuple[str, str]:
    return re.sub(r"--brand: #\w{6}", f"--brand: #0b58{number + 16:02x}", text, count=1), ""


def _word(number: int) -> str:
    """Return a word that stands nowhere else, without digits, which words must not hold."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return f"Altered{letters[number // 26]}{letters[number % 26]}"
