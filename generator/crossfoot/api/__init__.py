"""The static API: the whole report for programs, as JSON with schemas, and as tables with two kinds of metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crossfoot.api.claims import claims, counts
from crossfoot.api.figures import indicators, observations
from crossfoot.api.given import FOLDER, Given, json_text
from crossfoot.api.overview import CSVW, PACKAGE, index, report_record
from crossfoot.api.packages import csvw, data_package
from crossfoot.api.pieces import charts, frameworks, tables
from crossfoot.api.schemas import FILES, schema_text
from crossfoot.api.tables import tables as plain_tables
from crossfoot.api.vocabulary import dimensions, periods, terms, units
from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import PageView

_LISTS = {
    "indicators": indicators,
    "observations": observations,
    "units": units,
    "periods": periods,
    "dimensions": dimensions,
    "frameworks": frameworks,
    "terms": terms,
    "tables": tables,
    "charts": charts,
}
"""What each file that holds one list is made by; its name is the list's."""


def api_files(
    report: Report, languages: tuple[Language, ...], pages: Sequence[PageView], files: Mapping[str, str | bytes]
) -> Mapping[str, str | bytes]:
    """Return every file of the API by path: `api/v1/observations.json`."""
    site_url = next((page.canonical for page in pages if page.kind == "front"), "")
    given = Given(report, languages, site_url)
    lists = {name: make(given) for name, make in _LISTS.items()}
    checked = claims(given)
    made = {f"{name}.json": json_text(name, given, **{name: found}) for name, found in lists.items()}
    made["findings.json"] = json_text("findings", given, counts=counts(given), claims=checked)
    made["report.json"] = json_text("report", given, **report_record(given))
    leaves = plain_tables(given, lists)
    written = {one.name: one.csv() for one in leaves}
    made |= {f"{name}.csv": text for name, text in written.items()}
    made[PACKAGE] = data_package(given, leaves, {name: text.encode() for name, text in written.items()})
    made[CSVW] = csvw(given, leaves)
    records = {name: len(found) for name, found in lists.items()} | {"findings": len(checked), "report": 1}
    made["index.json"] = json_text("index", given, **index(given, records, {one.name: len(one.rows) for one in leaves}))
    made |= {f"schema/{name}.json": schema_text(name) for name in FILES}
    return {f"{FOLDER}/{name}": made[name] for name in sorted(made)}
