"""Rules: every name in the data leads to something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crossfoot.formulas import goes_together
from crossfoot.localise import load_language
from crossfoot.model import Acknowledgement, Indicator, Observation, Plausible, Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, Problems, did_you_mean


def languages_are_known(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """The report has a language, none twice, each with its phrases, and the report's period is one of its periods."""
    ids = [language.id for language in report.languages]
    if not ids:
        yield Problem(report.file.place, "the report has no language", "add one under 'languages'")
    for language in report.languages:
        if ids.count(language.id) > 1:
            yield Problem(language.place, f"the language '{language.id}' stands twice", "take one of them out")
        try:
            load_language(language, language.place)
        except Problems as found:
            yield from found.found
    if report.file.period not in report.file.periods:
        hint = did_you_mean(report.file.period, report.file.periods, listed="periods")
        text = f"the report's period '{report.file.period}' is not among its periods"
        yield Problem(report.file.place_of("period"), text, hint)


def chapters_exist(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Every chapter and page in report.yaml has its data file, as the home page has, and every data file is one."""
    listed = [*report.file.chapters, *report.file.pages]
    if "home" not in report.sections:
        hint = "it holds the title of the home page, whose words are content/*/index.md"
        yield Problem(report.file.place, "there is no data/sections/home.yaml", hint)
    for name in listed:
        if name not in report.sections:
            yield Problem(
                report.file.place,
                f"there is no data/sections/{name}.yaml",
                did_you_mean(name, set(report.sections) - {*listed, "home"})
                or f"add it, or take '{name}' out of 'chapters' and 'pages'",
            )
        if listed.count(name) > 1:
            yield Problem(report.file.place, f"'{name}' stands twice among chapters and pages", "take one of them out")
    for name, section in report.sections.items():
        if name not in listed and name != "home":
            yield Problem(
                section.place,
                f"'{name}' is neither a chapter nor a page",
                "add it to 'chapters' or 'pages' in data/report.yaml, or move the file out of data",
            )


def units_and_dimensions_exist(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Every unit, dimension and category that an indicator names is defined, and a unit shows its number once."""
    for name, unit in report.units.items():
        for pattern in (unit.pattern, unit.one):
            for language, words in pattern.by_language.items() if pattern is not None else ():
                if words.count("{}") != 1:
                    text = f"the pattern '{words}' of the unit '{name}' has {words.count('{}')} places for its number"
                    yield Problem(pattern.place_in(language) if pattern else unit.place, text, "write {} once")
    for indicator in report.indicators():
        if indicator.unit not in report.units:
            yield Problem(
                indicator.place_of("unit"),
                f"there is no unit '{indicator.unit}'",
                did_you_mean(indicator.unit, report.units, listed="units"),
            )
        for breakdown in indicator.breakdowns:
            for name in breakdown.by:
                if name not in report.file.dimensions:
                    hint = did_you_mean(name, report.file.dimensions, listed="dimensions")
                    yield Problem(breakdown.place, f"there is no dimension '{name}'", hint)
            if all(name in report.file.dimensions for name in breakdown.by):
                for branch in breakdown.values.values():
                    yield from _categories(report, breakdown.by, branch, breakdown.place)


def _categories(report: Report, by: tuple[str, ...], branch: object, place: Place) -> Iterator[Problem]:
    if not by or not isinstance(branch, dict):
        return
    known = report.file.dimensions[by[0]].categories
    for key, below in branch.items():
        if key not in known:
            yield Problem(
                place,
                f"'{key}' is not a category of '{by[0]}'",
                did_you_mean(key, known, listed="categories"),
            )
        yield from _categories(report, by[1:], below, place)


def phrases_of(report: Report) -> Mapping[str, str]:
    """Return the phrases of the reference language, none where it has no file."""
    try:
        return load_language(report.languages[0], report.languages[0].place).phrases
    except Problems:
        return {}


def vague_numbers_have_words(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A figure that is only "several" has its word in the phrases: dozens, hundreds, thousands."""
    known = [key.removeprefix("several.") for key in phrases_of(report) if key.startswith("several.")]
    if not known:
        return  # a language without phrases is said elsewhere
    for indicator in report.indicators():
        for one in (*indicator.values.values(), *broken_down(indicator.breakdowns)):
            if one.qualifier == "several" and (one.value is None or format(one.value, "f") not in known):
                text = f"there is no word for several times {one.value}"
                place = one.place if one.place.file else indicator.place
                yield Problem(place, text, f"'qualifier: several' goes with {', '.join(known)}")


def broken_down(value: Any) -> Iterator[Observation]:
    """Yield the observations of breakdowns, however deep."""
    if isinstance(value, Observation):
        yield value
    elif isinstance(value, Mapping):
        yield from (one for below in value.values() for one in broken_down(below))
    else:
        yield from (one for breakdown in value for one in broken_down(breakdown.values))


def periods_exist(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Every period that a value or target stands for is defined."""
    known = report.file.periods
    for indicator in report.indicators():
        used = [*indicator.values, *(period for one in indicator.breakdowns for period in one.values)]
        if indicator.target:
            used += [period for period in (indicator.target.by, indicator.target.base) if period]
        for period in used:
            if period not in known:
                yield Problem(
                    _at(indicator, period),
                    f"there is no period '{period}'",
                    did_you_mean(period, known, listed="periods"),
                )


def _at(indicator: Indicator, period: str) -> Place:
    return next(
        (one.place for one in (indicator.values.get(period),) if one is not None and one.place.file),
        indicator.place,
    )


def boundaries_and_assurances_exist(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Every boundary and assurance that is named is defined."""
    file = report.file
    named: list[tuple[Place, str, str | None, Iterable[str]]] = [
        (file.place_of("boundary"), "boundary", file.boundary, file.boundaries),
        (file.place_of("assurance"), "assurance", file.assurance, file.assurances),
    ]
    for indicator in report.indicators():
        named.append((indicator.place_of("boundary"), "boundary", indicator.boundary, file.boundaries))
        named.append((indicator.place_of("assurance"), "assurance", indicator.assurance, file.assurances))
        named += [
            (one.place_of("boundary") if one.place.file else indicator.place, "boundary", one.boundary, file.boundaries)
            for one in (*indicator.values.values(), *broken_down(indicator.breakdowns))
        ]
    for place, kind, name, known in named:
        if name is not None and name not in known:
            yield Problem(place, f"there is no {kind} '{name}'", did_you_mean(name, known, listed="known"))


def formulas_name_indicators(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Every part of a formula is an indicator, sums and differences are of one quantity, and none names itself."""
    for indicator in report.indicators():
        formula = indicator.formula
        if formula is None:
            continue
        section = indicator.id.split(".")[0]
        for position, name in enumerate(formula.of):
            place = indicator.place_of(formula.operation, position)
            part = report.indicator(name, section)
            if part is None:
                text = f"the {formula.operation} names '{name}', which is not an indicator"
                yield Problem(place, text, _near(name, section, report))
            elif part.id == indicator.id:
                text = f"the {formula.operation} of '{indicator.id}' names itself"
                yield Problem(place, text, "name its parts")
            elif name in formula.of[:position] and formula.operation != "product":
                text = f"the {formula.operation} of '{indicator.id}' names '{name}' twice"
                yield Problem(place, text, "take one of them out, or write the name that is meant")
            elif not goes_together(formula, [part], indicator, report):
                text = f"'{part.id}' is counted in {part.unit}, '{indicator.id}' in {indicator.unit}"
                yield Problem(place, f"{text}: they cannot be added", "use one unit, or another formula")


def bounds_name_indicators(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """What a figure is held against is another figure of its quantity, in a period that exists."""
    for indicator in report.indicators():
        section = indicator.id.split(".")[0]
        for bounds in indicator.plausible:
            for key in ("like", "above", "below"):
                name = getattr(bounds, key)
                other = report.indicator(name, section) if name else None
                place = bounds.place_of(key)
                if name and other is None:
                    text = f"'{key}' names '{name}', which is not an indicator"
                    yield Problem(place, text, _near(name, section, report))
                elif other is not None and other.id == indicator.id:
                    yield Problem(place, f"'{other.id}' is held against itself", "name a figure known from elsewhere")
                elif other is not None and not _one_quantity(other, indicator, report):
                    text = f"'{other.id}' is counted in {other.unit}, '{indicator.id}' in {indicator.unit}"
                    yield Problem(place, f"{text}: they cannot be compared", "name a figure of the same quantity")
        pinned: tuple[Acknowledgement | Plausible, ...] = (*indicator.plausible, *indicator.acknowledged)
        named = [(one.period, one.place_of("period")) for one in pinned]
        named += [(period, indicator.place_of("explained", period)) for period in indicator.explained]
        for period, place in named:
            if period is not None and period not in report.file.periods:
                hint = did_you_mean(period, report.file.periods, listed="periods")
                yield Problem(place, f"there is no period '{period}'", hint)


def _one_quantity(one: Indicator, other: Indicator, report: Report) -> bool:
    """Return whether both are of one quantity; True also where a unit is unknown, which another rule says."""
    units = [report.units.get(indicator.unit) for indicator in (one, other)]
    return any(unit is None for unit in units) or len({unit.quantity for unit in units if unit}) == 1


def _near(name: str, section: str, report: Report) -> str:
    home = section if "." not in name else name.split(".")[0]
    found = report.sections.get(home)
    if found is None:
        return did_you_mean(home, report.sections, listed="sections")
    return did_you_mean(name.split(".")[-1], found.indicators, listed=f"indicators in {home}")


def notes_stand_somewhere(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Every editor's note names indicators that exist, and is marked at one or called in the text."""
    for note in report.notes.values():
        for name in note.at:
            if "." not in name or report.indicator(name) is None:
                named = next((one.id for one in report.indicators() if one.id.split(".")[1] == name), "")
                hint = f"write {named}" if named else _near(name, name.split(".")[0], report)
                text = f"the note '{note.id}' stands at '{name}', which is not an indicator"
                yield Problem(note.place, text, hint)
        if not note.at and f"note:{note.id}" not in report.uses:
            hint = f"call it with {{{{ note {note.id} }}}}, or name indicators under 'at'"
            yield Problem(note.place, f"the note '{note.id}' is shown at no place", hint)
