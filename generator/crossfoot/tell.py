"""Tell everything about one figure: its values, its formula and parts, where each stands, where a reader meets it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crossfoot.disclosures import Spot, coverage_of
from crossfoot.findings import sorted_claims
from crossfoot.localise import Language, load_language
from crossfoot.model import Indicator, Observation, Report
from crossfoot.places import NOWHERE, Place, Problem, Problems, did_you_mean
from crossfoot.rules.disclosures import coverage_names_what_is_there, disclosure_problem, disclosures_exist
from crossfoot.uses import named_in, specs
from crossfoot.verdicts import can_be_told, claim_lines
from crossfoot.wording import page_path


def tell(report: Report, name: str) -> str:
    """Return, line by line, what the report holds on the indicator, or on the code of a framework, called *name*.

    Raises:
        Problems: there is no such indicator or code, or what it is told with (units, boundaries, words) is not there.
    """
    if codes := codes_called(report, name):
        return "\n".join(line for framework, code in codes for line in tell_code(report, framework, code))
    can_be_told(report)
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
            *_claims(indicator, report),
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


def _claims(indicator: Indicator, report: Report) -> Iterator[str]:
    claims = sorted_claims(report.audit.about(indicator.id))
    yield from ("  no claim rests on it",) if not claims else ()
    for claim in claims:
        yield from (f"  {line}" for line in claim_lines(report, claim))


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


# -- codes of frameworks -------------------------------------------------------------------------------


def codes_called(report: Report, name: str) -> list[tuple[str, str]]:
    """Return framework and code of each code that *name* means: `A1.2` in all frameworks, `hkex-2016 A1.2` in one.

    Raises:
        Problems: the framework is there, and the code is not.
    """
    framework, _, code = name.partition(" ")
    if framework in report.frameworks:
        if problem := disclosure_problem(report, name, Place("data/frameworks")):
            raise Problems([problem])
        return [(framework, code)]
    return [(one.id, name) for one in report.frameworks.values() if name in one.disclosures]


def tell_code(report: Report, framework: str, code: str) -> Iterator[str]:
    """Yield what the report holds on one code: its title, how far it is answered, and each place that answers it.

    Raises:
        Problems: codes or places that are not there.
    """
    if broken := [one for rule in (disclosures_exist, coverage_names_what_is_there) for one in rule(report, ())]:
        raise Problems(broken)
    found = report.frameworks[framework]
    row = next(one for one in coverage_of(report, found) if one.code == code)
    yield f"{framework} {code}    {found.place_of('disclosures', code)}"
    for language in report.languages:
        yield f"  {language.id:8} {row.disclosure.title.get(language.id)}"
    yield f"  asks     {row.disclosure.obligation}" + ("" if row.disclosure.verified else ", not verified")
    yield f"  status   {row.status}" + (f"    {row.stated.place_of('status')}" if row.stated else "")
    reference = report.languages[0].id
    if row.reason is not None:
        yield f"  reason   {row.reason.get(reference)}"
    for spots, lead in ((row.where, ""), (row.context, "context  ")):
        yield from (f"  {lead}{_spot(spot, report, reference)}" for spot in spots)
    for other in report.frameworks.values():
        for heir, one in other.disclosures.items():
            if one.same_as == f"{framework} {code}":
                yield f"  same as  {other.id} {heir}    {other.place_of('disclosures', heir)}"
            elif f"{framework} {code}" in one.replaces:
                yield f"  followed by {other.id} {heir}    {other.place_of('disclosures', heir)}"


def _spot(spot: Spot, report: Report, language: str) -> str:
    home, _, local = spot.name.partition(".")
    section = report.sections.get(home)
    nouns = {"note": report.notes, "page": report.sections}
    if section is not None:
        nouns |= {"heading": section.headings, "figure": section.indicators}
        nouns |= {"table": section.tables, "chart": section.charts}
    noun: Any = nouns[spot.kind][local or home]
    text = noun.label if spot.kind == "figure" else noun.caption if spot.kind == "table" else noun.title
    return f"{spot.kind:8} {spot.name}: {text.get(language)}    {noun.place}"
