"""The page on which a reader collects chosen parts of the report, and the files it reads to make downloads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossfoot.evidence_data import Facts
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.script_data import data_script
from crossfoot.shown import Sheet, SheetPlan
from crossfoot.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment

STEM = "my-report"
"""Its address below each language."""
SCRIPTS = ("my_report.js", "my_report_parts.js", "my_report_page.js")
"""The store, the cutting of parts out of pages, the page; in this order."""
_STYLES = ("tokens.css", "site.css", "print.css")
"""The stylesheets that a downloaded page carries inside it; the last is for paper."""


def my_report_sheets(
    report: Report, language: Language, templates: Environment, cache: Path | None
) -> Iterator[SheetPlan]:
    """Yield the page of *language*; the styles, which know no language, come with that of the reference language.

    Without scripts it says what it is, that it needs them, and the way on.
    """
    yield SheetPlan(STEM, lambda: _sheet(report, language, templates))


def _sheet(report: Report, language: Language, templates: Environment) -> Sheet:
    wording = Wording(report, language, STEM)
    html = templates.get_template("parts/my_report.html").render(home=wording.link("home"), t=language.phrases)
    path = f"{STEM}/{language.id}.js"
    files: dict[str, str | bytes] = {
        path: data_script(path, _facts(report, language, str(templates.globals["site_url"])))
    }
    if language.id == report.languages[0].id:
        styles = f"{STEM}/styles.js"
        files[styles] = data_script(styles, [_source(templates, f"assets/{name}") for name in _STYLES])
    return Sheet(
        STEM,
        language.phrases["my_report.title"],
        language.phrases["my_report.summary"],
        html,
        files=files,
        scripts=SCRIPTS,
    )


def _facts(report: Report, language: Language, site_url: str) -> dict[str, Any]:
    """Return what a download says of the report, and of each figure: label, name of the unit, lasting address."""
    facts, file = Facts(report, (language,), site_url), report.file
    said = (
        (language.word(key), language.of(text)) for key, text in (("source", file.source), ("licence", file.licence))
    )
    return {
        "site": site_url,
        "title": language.of(file.title),
        "organisation": language.of(file.organisation.name),
        "disclaimer": language.of(file.disclaimer),
        "source": language.of(file.source),
        "licence": language.of(file.licence),
        "version": facts.version,
        "lines": [f"{name}{language.phrases['colon']}{words}" for name, words in said if words],
        "figures": {
            one.id: [
                facts.texts(one.label, one.id.split(".")[0])[language.id],
                language.of(report.units[one.unit].name),
                facts.address(one, language.id),
            ]
            for one in report.indicators()
        },
    }


def _source(templates: Environment, name: str) -> str:
    """Return the text of a file of the theme."""
    assert templates.loader is not None
    return templates.loader.get_source(templates, name)[0]
