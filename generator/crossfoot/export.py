"""Write what the site is made of, without MkDocs: the body of every page, and every figure as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from crossfoot import build_from, read_report
from crossfoot.localise import Language, load_language
from crossfoot.model import Report
from crossfoot.places import NOWHERE, Place, Problem, Problems
from crossfoot.register import Register
from crossfoot.tabular import csv_text
from crossfoot.verdicts import can_be_told
from crossfoot.wording import machine_number


def export_site(folder: Path, target: Path, *, cache: Path | None = None) -> int:
    """Write the site of the report in *folder* into *target* and return how many files that were.

    `pages/LANGUAGE/NAME.html` are the bodies, `figures.json` and `figures.csv` the figures in every language.

    Raises:
        Problems: what is wrong with the report, or *target* lies inside its data or content; nothing has been written.
    """
    inside = target.resolve()
    for part in ("data", "content", "theme"):
        if inside.is_relative_to((folder / part).resolve()):
            raise Problems(
                [
                    Problem(
                        Place(str(target)),
                        f"the folder lies inside '{part}'",
                        "name one outside the report's own files",
                        rule="export",
                    )
                ]
            )
    report, pages = read_report(folder)
    site = build_from(report, pages, folder, cache=cache)
    files = {"figures.json": figures_json(report), "figures.csv": figures_csv(report)}
    for page in site.pages:
        if page.kind in ("home", "chapter", "page"):
            stem = Path(page.path).parent.name if page.kind != "home" else "index"
            files[f"pages/{page.language}/{stem}.html"] = page.html
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    return len(files)


REGISTERS: Mapping[str, Callable[[Register], str | bytes]] = MappingProxyType(
    {"xlsx": Register.xlsx, "csv": Register.csv, "json": Register.json}
)
"""What the evidence register can be written as."""


def write_register(report: Report, target: Path, form: str) -> None:
    """Write the evidence register of *report* into the file *target*, as *form* says.

    Raises:
        Problems: the figures cannot be put into words, or the file cannot be written.
    """
    can_be_told(report)
    made = REGISTERS[form](Register(report, [load_language(one, one.place) for one in report.languages]))
    try:
        target.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))
    except OSError as error:
        why = (error.strerror or "it cannot be opened").lower()
        hint = "name a file in a folder that is there, and that you may write to"
        problem = Problem(Place(str(target)), f"the register cannot be written: {why}", hint, rule="register")
        raise Problems([problem]) from None


def _rows(report: Report) -> Iterator[dict[str, object]]:
    languages: list[Language] = [load_language(one, one.place) for one in report.languages]
    for indicator in report.indicators():
        unit = report.units[indicator.unit]
        for period, one in indicator.values.items():
            place = one.place if one.place != NOWHERE else indicator.place
            yield {
                "id": indicator.id,
                "period": period,
                "value": machine_number(one.amount) if one.amount is not None else None,
                "upto": None if one.upto_amount is None else machine_number(one.upto_amount),
                "qualifier": one.qualifier,
                "status": one.status,
                "omission": one.omission,
                "unit": indicator.unit,
                "label": {language.id: language.of(indicator.label) for language in languages},
                "shown": {language.id: language.value(one, unit) for language in languages},
                "disclosures": list(indicator.disclosures),
                "place": str(place),
            }


def figures_json(report: Report) -> str:
    """Return every observation as JSON: id, period, value as text, qualifier, unit, and its wordings."""
    return json.dumps(list(_rows(report)), ensure_ascii=False, indent=2) + "\n"


def figures_csv(report: Report) -> str:
    """Return the same as CSV (RFC 4180), one row an observation, one column a language for label and wording."""
    ids = [language.id for language in report.languages]
    head = ["id", "period", "value", "upto", "qualifier", "status", "omission", "unit"]
    head += [f"{key}_{one}" for key in ("label", "shown") for one in ids] + ["disclosures", "place"]
    table: list[list[object]] = [list(head)]
    for row in _rows(report):
        cells: list[object] = [row[key] for key in head[:8]]
        for key in ("label", "shown"):
            wordings = row[key]
            assert isinstance(wordings, dict)
            cells += [wordings[one] for one in ids]
        codes = row["disclosures"]
        assert isinstance(codes, list)
        table.append([*cells, "; ".join(codes), row["place"]])
    return csv_text(table)
