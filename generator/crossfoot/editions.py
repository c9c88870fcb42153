"""The years of a report that are published side by side: which there are, which pages they have, what they printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from crossfoot.fingerprint import data_version
from crossfoot.intervals import point
from crossfoot.kpis import STEM, evidence_at
from crossfoot.model import SCALES, EditionEntry, Indicator, Observation, Period, Report, ReportLanguage
from crossfoot.narrative import Page
from crossfoot.places import NOWHERE, Place, Problem, Problems
from crossfoot.wording import page_path

Reader = Callable[[Path], "tuple[Report, tuple[Page, ...]]"]
"""Reads the report in a folder, as `crossfoot.read_report` does."""
_RULE = "editions"


@dataclass(frozen=True)
class Edition:
    """One published year of a report."""

    period: str
    """The period it is about."""
    at: str
    """The way to its site from the root of the site that is being made, or absolute; empty for that one itself."""
    folder: str
    """Its folder, as the author names it."""
    report: Report
    stems: Mapping[str, frozenset[str]]
    """The pages it has, by language."""
    place: Place = NOWHERE
    """Where the author names it."""

    @property
    def when(self) -> Period:
        """The period it is about, with its dates."""
        return self.report.file.periods[self.period]

    @property
    def order(self) -> tuple[date, str]:
        """What puts editions in the order of their years."""
        return (self.when.end or date.min, self.period)

    def language(self, wanted: str) -> ReportLanguage:
        """Return its language *wanted*, else its reference language."""
        languages = self.report.languages
        return next((one for one in languages if one.id == wanted), languages[0])

    def has(self, language: str, stem: str) -> bool:
        """Return whether the page *stem* exists in *language*."""
        return stem in self.stems.get(language, ())

    def href(self, root: str, language: str, stem: str, anchor: str = "") -> str:
        """Return the way to *stem* in *language* from a page whose way to the root of its own site is *root*."""
        path = page_path(language, stem)
        target = f"#{anchor}" if anchor else ""
        if "://" in self.at:
            return self.at + path.removesuffix("index.html") + target
        return root + self.at + path + target

    def evidence(self, root: str, language: str, indicator: str) -> str:
        """Return the way to the evidence of *indicator* there, which has it."""
        return self.href(root, self.language(language).id, *evidence_at(indicator, self.report))

    def printed(self, indicator: str, period: str) -> Observation | None:
        """Return the figure that it printed; None where it printed none, or reckoned it from others."""
        found = self.report.indicator(indicator)
        observation = found.values.get(period) if found is not None else None
        if found is None or observation is None or observation.value is None:
            return None
        return None if is_computed(found, observation) else observation

    def place_at(self, indicator: str, period: str) -> str:
        """Return where it gives the figure, as the author of this report finds it."""
        found = self.report.indicator(indicator)
        assert found is not None
        own = found.values[period].place
        return self.file(own if own != NOWHERE else found.place)

    def file(self, place: Place) -> str:
        """Return a place in its files as the author of this report finds it: `../2023-24/data/units.yaml:3:1`."""
        return f"{self.folder}/{place}"


@dataclass(frozen=True)
class Archive:
    """All editions, the one that is being made among them."""

    own: Edition
    others: tuple[Edition, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with the list of them; the rules tell it with everything else."""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """All of them, the earliest year first."""
        return tuple(sorted((self.own, *self.others), key=lambda one: one.order))

    @property
    def latest(self) -> Edition:
        """The edition of the last year."""
        return self.editions[-1]

    @property
    def earlier(self) -> tuple[Edition, ...]:
        """Those of earlier years, the earliest first."""
        return tuple(one for one in self.editions if one.order < self.own.order)

    @property
    def later(self) -> tuple[Edition, ...]:
        """Those of later years, the next one first."""
        return tuple(one for one in self.editions if one.order > self.own.order)

    def published(self, indicator: str, period: str) -> tuple[tuple[Edition, Observation], ...]:
        """Return what each earlier edition printed for *indicator* in *period*, the earliest first."""
        found = ((one, one.printed(indicator, period)) for one in self.earlier)
        return tuple((one, observation) for one, observation in found if observation is not None)

    def published_as(self, indicator: str, period: str, amount: Decimal) -> Edition | None:
        """Return the first edition that printed *amount* for *indicator* in *period*."""
        found = self.published(indicator, period)
        return next((one for one, observation in found if observation.amount == amount), None)

    def restated_later(self, indicator: str, period: str) -> tuple[Edition, Observation] | None:
        """Return the last of the later editions that restates what this one prints, and its figure."""
        ours = self.own.printed(indicator, period)
        for one in reversed(self.later):
            theirs = one.printed(indicator, period)
            if ours is not None and theirs is not None and theirs.restated is not None:
                return (one, theirs) if differs(self.own, one, indicator, ours, theirs) else None
        return None


def differs(own: Edition, other: Edition, indicator: str, ours: Observation, theirs: Observation) -> bool:
    """Return whether two editions print values for *indicator* that cannot both be true.

    Printed with the same number of decimals, any other digit is another value; a figure that is only more precise, or
    hedged otherwise, is none. Units that cannot be converted are not compared.
    """
    unit, also = (_unit(one, indicator) for one in (own, other))
    if unit != also and (unit[0] != also[0] or unit[0] == "count"):
        return False
    if unit == also and _is_printed_alike(ours, theirs):
        return ours.amount != theirs.amount
    one, two = ours.stands_for, theirs.stands_for
    return one is not None and two is not None and not (one * point(unit[1])).meets(two * point(also[1]))


def was_amount(observation: Observation) -> Decimal | None:
    """Return the value before a restatement, its scale word worked in; None where there is none or it is not known."""
    restated = observation.restated
    if restated is None or restated.was == "not-printed":
        return None
    return restated.was.scaleb(SCALES[observation.scale].adjusted())


def _unit(edition: Edition, indicator: str) -> tuple[str, Decimal]:
    found = edition.report.indicator(indicator)
    assert found is not None
    unit = edition.report.units[found.unit]
    return unit.quantity, unit.factor


def _is_printed_alike(one: Observation, other: Observation) -> bool:
    """Return whether both are exact, with the same scale word and the same number of decimals."""
    values = [each.value for each in (one, other) if each.value is not None]
    exact = one.qualifier == other.qualifier == "exact" and one.scale == other.scale
    return exact and len({value.as_tuple().exponent for value in values}) == 1


def is_computed(indicator: Indicator, observation: Observation) -> bool:
    """Return whether a value was reckoned from others and typed by nobody."""
    return indicator.formula is not None and observation.place == indicator.place


def archive_of(report: Report, pages: tuple[Page, ...], folder: Path, read: Reader) -> Archive | None:
    """Return the editions that the report in *folder* names, each read by *read* without its own; None without any."""
    entries = report.file.editions
    if not entries:
        return None
    own = Edition(report.file.period, "", ".", report, stems_of(report, pages))
    problems: list[Problem] = []
    others: dict[str, Edition] = {}
    for entry in entries:
        if entry.period == own.period or (folder / entry.report).resolve() == folder.resolve():
            problems.append(_told(entry, "period", f"'{entry.period}' is this report itself", "name only the others"))
        elif entry.period in others:
            message = f"the report for '{entry.period}' is named twice"
            problems.append(_told(entry, "period", message, "keep one of them"))
        else:
            found = _edition(entry, folder, read)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                others[entry.period] = found
    return Archive(own, tuple(others.values()), tuple(problems))


def _edition(entry: EditionEntry, folder: Path, read: Reader) -> Edition | Problem:
    home = folder / entry.report
    if not (home / "data").is_dir():
        hint = "name the folder that holds its data/ and content/, seen from the folder of this report"
        return _told(entry, "report", f"there is no report in '{entry.report}'", hint)
    try:
        report, pages = _read(home.resolve(), data_version(home), read)
    except Problems as problems:
        first, more = problems.found[0], len(problems.found) - 1
        lines = [f"{entry.report}/{first.place}: {first.message}", *first.hint.splitlines()]
        lines += [f"and {more} more problem{'' if more == 1 else 's'}"] if more else []
        lines.append(f"crossfoot check --report {entry.report} lists all of them")
        message = f"the report in '{entry.report}' cannot be read"
        return _told(entry, "report", message, "\n".join(lines))
    if report.file.period != entry.period:
        message = f"the report in '{entry.report}' is about '{report.file.period}', not '{entry.period}'"
        return _told(entry, "period", message, f"write {{period: {report.file.period}}}, or name another folder")
    return Edition(entry.period, entry.at, entry.report, report, stems_of(report, pages), entry.place)


@lru_cache(maxsize=32)
def _read(folder: Path, version: str, read: Reader) -> tuple[Report, tuple[Page, ...]]:
    """Return the report in *folder*, read once for each *version* of its data and words."""
    return read(folder)


def _told(entry: EditionEntry, key: str, message: str, hint: str) -> Problem:
    return Problem(entry.place_of(key), message, hint, rule=_RULE)


def stems_of(report: Report, pages: tuple[Page, ...]) -> Mapping[str, frozenset[str]]:
    """Return the pages of *report* by language: those of its author, and those on figures and frameworks."""
    ours = {"home", *report.file.chapters, *report.file.pages}
    written = {page.section for page in pages if page.section in ours}
    made = frozenset(_made(report))
    absent = report.absent
    return {one.id: made | (written - absent.get(one.id, frozenset())) for one in report.languages}


def _made(report: Report) -> Iterator[str]:
    """Yield the pages that are made from data."""
    yield from (STEM, "explorer", "data", "my-report")
    for name, section in report.sections.items():
        if section.indicators:
            yield f"{STEM}/{name}"
    for id_ in report.kpis:
        yield evidence_at(id_, report)[0]
    if report.frameworks:
        yield "disclosures"
        yield from (f"disclosures/{name}" for name in report.frameworks)
