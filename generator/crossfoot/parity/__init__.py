"""Hold the finished pages of one language against those of another: the same figures, in the same order of meaning.

What is read here is the HTML that is published, and nothing else: what data and Markdown say is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from crossfoot.parity import downloads
from crossfoot.parity.pages import Block, Container, Seen, Walked, number
from crossfoot.parity.twins import Twins
from crossfoot.parity.walker import walk
from crossfoot.parity.wordings import misread
from crossfoot.places import Place, Problem
from crossfoot.readback import Readers
from crossfoot.shown import PageView

RULE = "figure-parity"
_WORDING = (
    "mend the wording of figures in this language: its phrases, its units, or its words in generator/crossfoot/reading"
)
_FILES = "the files to download must give each figure as the pages do"
_SAME = "the pages of all languages must carry the same figures, dates and numbers in the same places"


class _Stand(NamedTuple):
    """A figure where it stands."""

    figure: Seen
    page: Walked
    container: Container

    @property
    def address(self) -> str:
        return self.page.at(self.container)


Places = Mapping[tuple[str, str, str], Mapping[tuple[str, str], Sequence[_Stand]]]
"""By figure, period and part, then by value and upper end: where it stands."""


@dataclass(frozen=True)
class Parity:
    """What it takes to hold pages against each other."""

    readers: Readers
    """Who reads each language, the reference first."""
    where: Callable[[str, str], Place] = lambda path, anchor: Place(path)
    """The place in the author's files that a path and an anchor come from."""
    source: Callable[[str, str], str] = lambda name, period: ""
    """Where a figure stands in the data, by name and period; empty where that is unknown."""
    partial: bool = False
    """Whether a text may be left out of a translation, and its figures with it."""

    def problems(self, pages: Sequence[PageView], files: Mapping[str, str | bytes]) -> tuple[Problem, ...]:
        """Return all that differs between languages, and between what a figure says and what it is."""
        walked = self.walked(pages)
        twins = {(page.language, page.path.removeprefix(f"{page.language}/")): page for page in walked}
        found = list(self._unread())
        for (language, stem), page in twins.items():
            found += self._readable(page)
            reference = twins.get((self.readers.ids[0], stem))
            if language != self.readers.ids[0] and reference is not None:
                differences = Twins(self.readers, self.partial).differences(reference, page)
                found += [self._problem(page, *difference) for difference in differences]
        places = _places(walked)
        found += self._of_one_value(places)
        found += self._downloads(places, files)
        return tuple(dict.fromkeys(found))

    def walked(self, pages: Sequence[PageView]) -> tuple[Walked, ...]:
        """Return what stands on the *pages* that belong to one language."""
        views = (view for view in pages if view.kind not in ("front", "missing", "problems"))
        return tuple(walk(view, self.readers.tags) for view in views if view.language in self.readers.ids)

    def _unread(self) -> Iterator[Problem]:
        for language in self.readers.ids:
            if self.readers.of(language) is None:
                place = Place(f"generator/crossfoot/reading/{language}.yaml")
                message = f"nobody here can read '{language}': its figures are held by their machine numbers only"
                hint = "add this table of words, as en.yaml beside it has them"
                yield Problem(place, message, hint, severity="warning", rule=RULE)

    # -- what a reader reads is what the figure is -----------------------------------------------------

    def _readable(self, page: Walked) -> Iterator[Problem]:
        for container in page.containers.values():
            for block in container.blocks:
                for figure in block.figures:
                    if complaint := self._misread(figure, block) or self._unreasoned(figure, page, container):
                        message = f"{figure} stands in {page.at(container)}, but {complaint}"
                        yield self._problem(page, container, message, figure, hint=_WORDING)
                for day, text, language in block.dates:
                    reader = self.readers.of(language)
                    if reader is not None and (read := reader.day(text)) != day:
                        said = f"is read as {read}" if read else "cannot be read"
                        message = f"the date {day} stands in {page.at(container)}, but '{text}' {said}"
                        yield self._problem(page, container, message, hint=_WORDING)

    def _misread(self, figure: Seen, block: Block) -> str:
        """Return how *figure* is misread, '' if a reader of one of its languages takes it as it is meant."""
        complaints = [misread(figure, block, self.readers.of(language)) for language in figure.languages]
        return complaints[0] if complaints and all(complaints) else ""

    def _unreasoned(self, figure: Seen, page: Walked, table: Container) -> str:
        """Return what is lacking where a table has a dash, '' if one of its notes gives the reason in words."""
        notes = page.containers.get(f"{table.anchor} notes")
        reader = self.readers.of(page.language)
        if not figure.omission or figure.text.strip() not in ("", "–") or notes is None or reader is None:
            return ""
        told = any(reader.explains(figure.omission, block.text) for block in notes.blocks)
        return "" if told else f"no note of the table gives the reason '{figure.omission}'"

    def _of_one_value(self, places: Places) -> Iterator[Problem]:
        """One figure in one period has one machine value, wherever it stands."""
        for variants in places.values():
            if len(variants) > 1:
                most, *others = sorted(variants.values(), key=len, reverse=True)
                for stands in others:
                    seen = stands[0]
                    message = f"{seen.figure} stands in {seen.address}, {most[0].figure} in {most[0].address}"
                    yield self._problem(seen.page, seen.container, message, seen.figure)

    def _downloads(self, places: Places, files: Mapping[str, str | bytes]) -> Iterator[Problem]:
        """The files to download give each figure as the pages do."""
        for path, row in downloads.rows(files):
            source = self.source(row.name, row.period)
            hint = f"{_FILES}\nthe figure stands in {source}" if source else _FILES
            variants = places.get((row.name, row.period, row.part), {}).values()
            for message in self._misfits(path, row, max(variants, key=len, default=[])):
                yield Problem(Place(path), message, hint, rule=RULE)

    def _misfits(self, path: str, row: downloads.Row, places: Sequence[_Stand]) -> Iterator[str]:
        """Say how *row* differs from the figure on the pages, and its wordings from itself."""
        hedge = "" if row.qualifier == "exact" else row.qualifier
        figure = Seen(
            row.name,
            row.period,
            row.part,
            unit=row.unit,
            value=row.value,
            upto=row.upto,
            qualifier=hedge,
            omission=row.omission,
        )
        for seen in places[:1]:
            ends = [(number(one.value), number(one.upto)) for one in (figure, seen.figure)]
            if ends[0] != ends[1]:
                yield f"{figure} stands in {path}, {seen.figure} in {seen.address}"
        for language, text in row.shown.items():
            if complaint := misread(replace(figure, text=text), Block(), self.readers.of(language)):
                yield f"{figure} stands in {path}, but {complaint}"

    # -- telling ---------------------------------------------------------------------------------------

    def _problem(
        self, page: Walked, container: Container, message: str, figure: Seen | None = None, *, hint: str = _SAME
    ) -> Problem:
        source = self.source(figure.name, figure.period) if figure and figure.name else ""
        told = f"{hint}\nthe figure stands in {source}" if source else hint
        return Problem(self.where(page.path, container.anchor), message, told, rule=RULE)


def _places(pages: Sequence[Walked]) -> Places:
    """Return where each figure of the data stands, by its values; there should be one."""
    places: dict[tuple[str, str, str], dict[tuple[str, str], list[_Stand]]] = {}
    for page in pages:
        for container, figure in page.figures():
            if figure.name and figure.period and not figure.claim:
                variants = places.setdefault((figure.name, figure.period, figure.part), {})
                variants.setdefault((figure.value, figure.upto), []).append(_Stand(figure, page, container))
    return places
