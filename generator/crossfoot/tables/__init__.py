"""The kinds of tables: one file of this folder each; files whose name begins with _ hold what they share."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import ModuleType

from crossfoot.downloads import download_links
from crossfoot.model import TableSpec
from crossfoot.shown import Table
from crossfoot.tables._cells import head_cell, label_cell, linked, number_cell, target_run, value_cell
from crossfoot.tables._finish import aligned, finish
from crossfoot.tables._marks import Marks
from crossfoot.tables._rows import CellNotes, RowEntry, entries, indicator_of
from crossfoot.tables._scope import Scope
from crossfoot.wording import Wording, anchor

__all__ = [
    "CellNotes",
    "Marks",
    "RowEntry",
    "Scope",
    "aligned",
    "arrange",
    "entries",
    "finish",
    "head_cell",
    "indicator_of",
    "kinds",
    "label_cell",
    "linked",
    "number_cell",
    "target_run",
    "value_cell",
]


@cache
def kinds() -> Mapping[str, ModuleType]:
    """Return the table kinds by name; the folder is the registry: `years.py` is `kind: years`."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}


def arrange(spec: TableSpec, wording: Wording, section: str, name: str) -> Table:
    """Return the table *name* of *section* as it is shown on the page of *wording*."""
    local = f"table-{anchor(name)}" if section == wording.section else f"table-{anchor(section)}-{anchor(name)}"
    module = kinds()[spec.kind]
    table: Table = module.arrange(spec, wording, section, local)
    full = f"{section}.{name}"
    return replace(table, name=full, downloads=download_links(full, "table", wording))
