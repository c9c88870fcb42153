"""What a report must keep to before anything is published: a visible list of rules, each a generator of problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crossfoot.model import Report
from crossfoot.narrative import Page
from crossfoot.places import Problem, Problems
from crossfoot.rules.arithmetic import (
    findings_are_mended_or_acknowledged,
    formulas_can_be_worked_out,
    nothing_contradicts_itself,
    units_go_together,
)
from crossfoot.rules.charts import charts_have_data
from crossfoot.rules.claims import claims_come_from_data
from crossfoot.rules.disclosures import (
    binding_codes_are_answered,
    coverage_agrees_with_the_data,
    coverage_names_what_is_there,
    disclosures_exist,
    frameworks_are_whole,
)
from crossfoot.rules.editions import editions_are_there, restatements_are_marked
from crossfoot.rules.frozen import frozen_report_is_unchanged
from crossfoot.rules.inserts import inserts_in_data_are_known, inserts_in_pages_are_known
from crossfoot.rules.language import texts_are_of_their_language
from crossfoot.rules.pages import (
    every_page_has_its_twin,
    headings_come_from_data,
    inserts_are_the_same,
    links_are_whole,
    paragraphs_correspond,
)
from crossfoot.rules.prose import no_figure_is_typed_in_data, no_figure_is_typed_in_pages
from crossfoot.rules.references import (
    boundaries_and_assurances_exist,
    bounds_name_indicators,
    chapters_exist,
    formulas_name_indicators,
    languages_are_known,
    notes_stand_somewhere,
    periods_exist,
    units_and_dimensions_exist,
    vague_numbers_have_words,
)
from crossfoot.rules.tables import tables_are_complete
from crossfoot.rules.terms import glossary_is_sound, terms_are_rendered
from crossfoot.rules.texts import every_language_is_there
from crossfoot.rules.translations import translations_are_fresh
from crossfoot.rules.unused import nothing_is_unused

Rule = Callable[[Report, tuple[Page, ...]], Iterator[Problem]]

STRUCTURE: tuple[Rule, ...] = (
    languages_are_known,
    chapters_exist,
    units_and_dimensions_exist,
    periods_exist,
    vague_numbers_have_words,
    boundaries_and_assurances_exist,
    formulas_name_indicators,
    bounds_name_indicators,
    disclosures_exist,
    frameworks_are_whole,
    coverage_names_what_is_there,
    notes_stand_somewhere,
    every_language_is_there,
)
"""Rules on names and languages; the others rest on them."""

RULES: tuple[Rule, ...] = (
    *STRUCTURE,
    every_page_has_its_twin,
    headings_come_from_data,
    inserts_in_pages_are_known,
    inserts_in_data_are_known,
    inserts_are_the_same,
    paragraphs_correspond,
    translations_are_fresh,
    links_are_whole,
    no_figure_is_typed_in_pages,
    no_figure_is_typed_in_data,
    texts_are_of_their_language,
    glossary_is_sound,
    terms_are_rendered,
    claims_come_from_data,
    tables_are_complete,
    charts_have_data,
    nothing_is_unused,
    binding_codes_are_answered,
    coverage_agrees_with_the_data,
    formulas_can_be_worked_out,
    units_go_together,
    nothing_contradicts_itself,
    findings_are_mended_or_acknowledged,
    editions_are_there,
    restatements_are_marked,
    frozen_report_is_unchanged,
)
"""Every rule, in the order in which they run."""


FILES: tuple[Rule, ...] = (languages_are_known, chapters_exist, every_page_has_its_twin)
"""Rules on which file is what: while a chapter lacks its file, the others would tell of little else."""


def validate(
    report: Report, pages: tuple[Page, ...], say: Callable[[str], None] = lambda text: None
) -> tuple[Problem, ...]:
    """Return the warnings of all rules; *say* is told which is applied.

    Raises:
        Problems: everything that is wrong, sorted by place, if any of it is an error.
    """
    found: list[Problem] = []
    ours = {"index", *report.file.chapters, *report.file.pages}
    known = tuple(page for page in pages if page.stem in ours)
    for rule in FILES if any(chapters_exist(report, pages)) else RULES:
        name = rule.__name__.replace("_", "-")
        say(f"applying {name}")
        found += [
            problem if problem.rule else Problem(problem.place, problem.message, problem.hint, problem.severity, name)
            for problem in rule(report, pages if rule in FILES else known)
        ]
    problems = Problems(found)
    if problems.errors:
        raise problems
    return tuple(problems.found)
