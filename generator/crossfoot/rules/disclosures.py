"""Rules: codes of frameworks are codes, and what the report says of its answers agrees with its data."""

from __future__ import annotations

from collections.abc import Iterator

from crossfoot.disclosures import SPOTS, Covered, coverage_of, purpose_of, spot_of
from crossfoot.framework import BINDING
from crossfoot.model import Coverage, Framework, Heading, Indicator, Report
from crossfoot.narrative import Page
from crossfoot.places import Place, Problem, did_you_mean


def disclosures_exist(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Every disclosure is `FRAMEWORK CODE`, both exist, and no figure or heading names one twice."""
    for noun in _nouns(report):
        yield from _references(report, noun, "disclosures")
        yield from _references(report, noun, "context")
    for section in report.sections.values():
        for spec in (*section.tables.values(), *section.charts.values()):
            framework = getattr(spec, "framework", None)
            if framework is not None and framework not in report.frameworks:
                yield no_framework(report, framework, spec.place_of("framework"))


def _nouns(report: Report) -> Iterator[Heading | Indicator]:
    """Yield what can carry a code."""
    for section in report.sections.values():
        yield from section.headings.values()
        yield from section.indicators.values()


def _references(report: Report, noun: Heading | Indicator, key: str) -> Iterator[Problem]:
    named: tuple[str, ...] = getattr(noun, key)
    for index, reference in enumerate(named):
        place = noun.place_of(key, index)
        problem = disclosure_problem(report, reference, place)
        if problem:
            yield problem
        elif reference in named[:index]:
            yield Problem(place, f"'{reference}' stands twice", "take one of them out")
        elif key == "context" and reference in noun.disclosures:
            hint = "keep it in one: 'context' never counts as disclosed"
            yield Problem(place, f"'{reference}' stands under 'disclosures' and under 'context'", hint)


def no_framework(report: Report, framework: str, place: Place) -> Problem:
    """Return the problem that there is no *framework*."""
    hint = did_you_mean(framework, report.frameworks, listed="frameworks")
    return Problem(place, f"there is no framework '{framework}'", hint)


def disclosure_problem(report: Report, reference: str, place: Place) -> Problem | None:
    """Return what is wrong with a reference such as `hkex-2016 A1.2`, None if nothing is."""
    framework, _, code = reference.partition(" ")
    if framework not in report.frameworks:
        return no_framework(report, framework, place)
    known = report.frameworks[framework].disclosures
    if code in known:
        return None
    if not code:
        return Problem(place, f"'{framework}' stands without a code", "write FRAMEWORK CODE, e.g. 'hkex-2016 A1.2'")
    elsewhere = list(_elsewhere(report, framework, code))
    has_heir = len(elsewhere) > 1
    near = "" if has_heir else did_you_mean(code, known, listed="" if elsewhere else "codes")
    hint = "\n".join(one for one in (*elsewhere, near) if one)
    return Problem(place, f"'{framework}' has no code '{code}'", hint or "write the code as its framework has it")


def _elsewhere(report: Report, framework: str, code: str) -> Iterator[str]:
    """Yield in which other framework or edition *code* stands, and what takes its place in *framework*."""
    reference = report.languages[0].id
    for other in report.frameworks.values():
        if code in other.disclosures:
            yield f"it is a code of {other.id} ({other.disclosures[code].title.get(reference)})"
            taken = [
                heir
                for heir, one in report.frameworks[framework].disclosures.items()
                if f"{other.id} {code}" in (one.same_as, *one.replaces)
            ]
            if taken:
                yield f"in {framework}, {' and '.join(taken)} take{'s' if len(taken) == 1 else ''} its place"


def frameworks_are_whole(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each code of a framework names a group, a phase and codes of other editions that exist; no anchor is shared."""
    for framework in report.frameworks.values():
        for code, one in framework.disclosures.items():
            if one.group is not None and one.group not in framework.groups:
                hint = did_you_mean(one.group, framework.groups, listed="groups")
                yield Problem(one.place_of("group"), f"there is no group '{one.group}' in '{framework.id}'", hint)
            if one.phase is not None and one.phase not in framework.phases:
                hint = did_you_mean(one.phase, framework.phases, listed="phases")
                yield Problem(one.place_of("phase"), f"there is no phase '{one.phase}' in '{framework.id}'", hint)
            if code != " ".join(code.split()) or not code:
                place = framework.place_of("disclosures", code)
                yield Problem(place, f"the code '{code}' has a space too many", f"write '{' '.join(code.split())}'")
            other = [(one.same_as, one.place_of("same_as"))] if one.same_as else []
            other += [(name, one.place_of("replaces", index)) for index, name in enumerate(one.replaces)]
            for reference, place in other:
                problem = disclosure_problem(report, reference, place)
                if (
                    problem and reference.partition(" ")[0] in report.frameworks
                ):  # an edition may stay out of the report
                    yield problem
        yield from _patterns(framework)


def _patterns(framework: Framework) -> Iterator[Problem]:
    if framework.pattern is None:
        return
    for language, words in framework.pattern.by_language.items():
        if words.count("{}") != 1:
            text = f"the pattern '{words}' of '{framework.id}' has {words.count('{}')} places for the code"
            yield Problem(framework.pattern.place_in(language), text, "write {} once")


def coverage_names_what_is_there(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Each file in data/coverage is of a framework of the report; its codes and the places it names exist."""
    for coverage in report.coverage.values():
        if coverage.id not in report.frameworks:
            yield no_framework(report, coverage.id, Place(coverage.place.file))
            continue
        for code, answer in coverage.codes.items():
            problem = disclosure_problem(report, f"{coverage.id} {code}", coverage.place_of("codes", code))
            if problem:
                yield problem
            for index, word in enumerate(answer.where):
                if spot_of(word, report) is None:
                    yield Problem(answer.place_of("where", index), f"there is no '{word}'", _spots_near(word, report))


def _spots_near(word: str, report: Report) -> str:
    kind, _, name = word.rpartition(" ")
    home, dot, local = name.partition(".")
    if kind and kind not in SPOTS:
        return did_you_mean(kind, SPOTS, listed="words")
    if kind == "note":
        return did_you_mean(name, report.notes) or "the notes stand in data/notes.yaml"
    if kind == "page":
        return did_you_mean(name, report.sections, listed="pages")
    section = report.sections.get(home)
    if not dot or section is None:
        return did_you_mean(home, report.sections) or "write section.heading, section.indicator or table section.name"
    known = {
        "table": section.tables,
        "chart": section.charts,
        "heading": section.headings,
        "figure": section.indicators,
    }
    names = known[kind] if kind else [*section.headings, *section.indicators]
    return did_you_mean(local, names) or f"headings in {home}: {', '.join(section.headings)}"


def binding_codes_are_answered(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """A code that is mandatory, or to comply with or explain, has a figure, a heading or a reason."""
    for framework in _sound(report):
        if purpose_of(report, framework.id) != "reported":
            continue
        for row in coverage_of(report, framework):
            if row.status == "not-disclosed" and row.stated is None and row.disclosure.obligation in BINDING:
                title = row.disclosure.title.get(report.languages[0].id)
                yield Problem(
                    _place(report, framework),
                    f"'{framework.id} {row.code}' ({title}) has neither a figure nor a heading nor a reason",
                    f"add it to 'disclosures' where the report answers it; or say why not, under 'codes': "
                    f"{_key(row.code)}: {{status: explained, reason: ...}}",
                )


def _key(code: str) -> str:
    """Return *code* as it stands before a colon in YAML."""
    return f'"{code}"' if code.replace(".", "").isdecimal() else code


def _place(report: Report, framework: Framework) -> Place:
    coverage = report.coverage.get(framework.id)
    if coverage is None:
        return Place(f"{framework.place.file.rpartition('/frameworks/')[0]}/coverage/{framework.id}.yaml")
    return coverage.place_of("codes") if coverage.codes else Place(coverage.place.file)


def coverage_agrees_with_the_data(report: Report, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """What is said of a code fits the figures and headings that carry it, and silence has a reason."""
    for framework in _sound(report):
        coverage = report.coverage.get(framework.id)
        if coverage is not None:
            for row in coverage_of(report, framework):
                if row.code in coverage.codes:
                    yield from _agreement(row, framework, coverage)


def _agreement(row: Covered, framework: Framework, coverage: Coverage) -> Iterator[Problem]:
    assert row.stated is not None
    place, reference = row.stated.place_of("status"), f"{framework.id} {row.code}"
    said = f"'{row.code}' is said to be {row.status}"
    figures = ", ".join(one.name for one in row.figures)
    headings = ", ".join(one.name for one in row.headings)
    elsewhere = "take the code off them, move it to 'context' there, or change the status"
    match row.status:
        case "disclosed":
            if not row.figures and not row.headings:
                hint = f"add '{reference}' to the 'disclosures' of what answers it, or change the status"
                yield Problem(place, f"{said}, but no figure or heading carries it", hint)
        case "partly":
            if not row.where:
                hint = f"add '{reference}' to the 'disclosures' of what answers it, or name the place under 'where'"
                yield Problem(place, f"{said} disclosed, but nothing says where", hint)
        case "explained" if figures:
            yield Problem(place, f"{said}, but figures carry it: {figures}", elsewhere)
        case "not-applicable" | "not-disclosed" if figures or headings:
            carriers = ", ".join(one for one in (figures, headings) if one)
            yield Problem(place, f"{said}, but this carries it: {carriers}", elsewhere)
    binding = row.disclosure.obligation in BINDING
    if row.status != "disclosed" and row.reason is None and (binding or row.status == "explained"):
        obligation = f", and '{framework.id}' makes it {row.disclosure.obligation}" if binding else ""
        hint = "add 'reason:' with the words in each language"
        yield Problem(coverage.place_of("codes", row.code), f"{said}, but no reason is given{obligation}", hint)


def _sound(report: Report) -> Iterator[Framework]:
    """Yield the frameworks of which nothing names a code that is not there: other rules say what does.

    Of the others it is not known yet what the report answers.
    """
    strange = [one for one in report.coverage if one not in report.frameworks]
    named = {reference for noun in _nouns(report) for reference in (*noun.disclosures, *noun.context)}
    for framework in report.frameworks.values():
        coverage = report.coverage.get(framework.id)
        codes = {one.removeprefix(f"{framework.id} ") for one in named if one.startswith(f"{framework.id} ")}
        misspelt = coverage is None and any(did_you_mean(one, [framework.id]) for one in strange)
        if not misspelt and codes | set(coverage.codes if coverage else ()) <= set(framework.disclosures):
            yield framework
