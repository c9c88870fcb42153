"""Tell everything about one figure: its values, its formula and parts, where each stands, where a reader meets it."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.localise import Language, load_language
from crossfoot.model import Indicator, Observation, Report
from crossfoot.places import NOWHERE, Place, Problem, Problems, did_you_mean
from crossfoot.rules.references import (
    boundaries_and_assurances_exist,
    units_and_dimensions_exist,
    vague_numbers_have_words,
)
from crossfoot.uses import named_in, specs
from crossfoot.wording import page_path

_NEEDED = (units_and_dimensions_exist, boundaries_and_assurances_exist, vague_numbers_have_words)
"""The rules that a figure must keep to before it can be told."""


def tell(report: Report, name: str) -> str:
    """Return, line by line, what the report holds on the indicator *name*.

    Raises:
        Problems: there is no such indicator, or what it is told with (units, boundaries, words) is not there.
    """
    if broken := [problem for rule in _NEEDED for problem in rule(report, ())]:
        raise Problems(broken)
    known = [indicator.id for indicator in report.indicators()]
    indicator = report.indicator(name)
    if indicator is None:
        same = [one for one in known if one.split(".")[1] == name]
        hint = f"did you mean '{same[0]}'?" if len(same) == 1 else did_you_mean(name, known)
        raise Problems(
            [
                Problem(
                    Place("data/sections"),
                    f"there is no figure '{name}'",
                    hint or "write section.indicator",
                    rule="show",
                )
            ]
        )
    languages = [load_language(one, one.place) for one in report.languages]
    return "\n".join(
        [
            *_head(indicator, languages, report),
            *_values(indicator, languages, report),
            *_formula(indicator, report),
            *_where(indicator, languages, report),
        ]
    )


def _head(indicator: Indicator, languages: list[Language], report: Report) -> Iterator[str]:
    yield f"{indicator.id}    {indicator.place}"
    for language in languages:
        yield f"  {language.id:8} {language.of(indicator.label)}"
    unit = report.units[indicator.unit]
    yield f"  unit     {indicator.unit}: {' / '.join(dict.fromkeys(one.of(unit.name) for one in languages))}"
    for key, text in (("defined", indicator.definition), ("method", indicator.method)):
        if text is not None:
            yield f"  {key:8} {languages[0].of(text)}"
    if indicator.boundary:
        yield f"  covers   {languages[0].of(report.file.boundaries[indicator.boundary].label)}"
    if indicator.disclosures:
        yield f"  codes    {', '.join(indicator.disclosures)}"
    if indicator.source is not None:
        lines = ", ".join(str(line) for line in indicator.source.lines)
        yield f"  source   section {indicator.source.section}" + (
            f", line{'s' if len(indicator.source.lines) > 1 else ''} {lines}" if lines else ""
        )


def _values(indicator: Indicator, languages: list[Language], report: Report) -> Iterator[str]:
    unit = report.units[indicator.unit]
    for period, observation in indicator.values.items():
        said = " / ".join(language.value(observation, unit) for language in languages)
        yield f"  {period}: {said}    {_place(observation, indicator)}"
        if observation.restated is not None:
            yield f"    restated; it was {observation.restated.was}: {languages[0].of(observation.restated.reason)}"


def _place(observation: Observation, indicator: Indicator) -> str:
    return str(observation.place if observation.place != NOWHERE else indicator.place)


def _formula(indicator: Indicator, report: Report) -> Iterator[str]:
    formula = indicator.formula
    if formula is None:
        return
    factor = f", times {formula.factor}" if formula.factor != 1 else ""
    yield f"  {formula.operation} of{factor}"
    for name in formula.of:
        part = report.indicator(name, indicator.id.split(".")[0])
        if part is None:
            continue
        values = "; ".join(
            f"{period}: {one.value if one.value is not None else one.omission}" for period, one in part.values.items()
        )
        yield f"    {part.id}    {values or 'not disclosed'}    {part.place}"


def _where(indicator: Indicator, languages: list[Language], report: Report) -> Iterator[str]:
    uses = report.uses.get(f"value:{indicator.id}", ())
    if uses:
        yield "  a reader meets it at"
    for use in uses:
        for language in languages:
            yield f"    /{page_path(language.id, use.page).removesuffix('index.html')}" + (
                f"#{use.anchor}" if use.anchor else ""
            )
    for kind, name, spec in specs(report):
        if indicator.id in named_in(spec, name.split(".")[0], report):
            title = languages[0].of(spec.caption if kind == "table" else spec.title)
            yield f"  in the {kind} {name}: {title}    {spec.place}"
    notes = [note for note in report.notes.values() if indicator.id in note.at]
    for note in notes:
        yield f"  editor's note: {languages[0].of(note.title)}    {note.place}"
