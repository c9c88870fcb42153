"""What a reader needs to compare the periods of a table: each change in ready words, a file a table and language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from crossfoot.localise import Language
from crossfoot.model import Report, TableSpec
from crossfoot.period_changes import change_between, unlike_words
from crossfoot.script_data import data_script
from crossfoot.shown import PageView
from crossfoot.side_by_side import in_time, unlike
from crossfoot.tables import entries, indicator_of
from crossfoot.tables.years import Options as Years
from crossfoot.tables.years import periods_of
from crossfoot.untranslated import told_in
from crossfoot.wording import Wording


def period_files(
    report: Report, languages: tuple[Language, ...], pages: Sequence[PageView], files: Mapping[str, str | bytes]
) -> Mapping[str, str | bytes]:
    """Return the changes in each table of several periods: `periods/en/fleet.energy.js`."""
    made: dict[str, str | bytes] = {}
    for language in languages:
        told = told_in(report, language.id)
        for section, found in told.sections.items():
            for name, spec in found.tables.items():
                value = _changes(spec, Wording(told, language, section, section))
                if value is not None:
                    path = f"periods/{language.id}/{section}.{name}.js"
                    made[path] = data_script(path, value)
    return made


def _changes(spec: TableSpec, wording: Wording) -> Mapping[str, object] | None:
    """Return the periods of a table and, for each two, the change in each of its rows; None for other tables.

    A change is a list: what the cell says, and what stands beside it in small. A heading over rows has none. Where no
    figures of the two periods are compared, a sentence says why, once for all rows.
    """
    if not isinstance(spec, Years):
        return None
    report = wording.report
    periods = periods_of(spec, wording, wording.section)
    if len(periods) < 2:
        return None
    names = [entry.indicator for _, entry in entries(spec.rows)]
    indicators = [indicator_of(name, wording, wording.section) if name else None for name in names]
    changes: dict[str, str | list[list[str] | None]] = {}
    for since, until in combinations(in_time(periods, report), 2):
        why = unlike(since, until, report)
        if why is not None:
            changes[f"{since}>{until}"] = unlike_words(why, since, until, wording)
            continue
        found = [change_between(one, since, until, wording) if one else None for one in indicators]
        changes[f"{since}>{until}"] = [[one.short, one.reason or one.note] if one else None for one in found]
    labels = [{"id": one, "label": wording.period(one)} for one in periods]
    return {"periods": labels, "changes": changes}
