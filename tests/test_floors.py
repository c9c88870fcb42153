"""The house: each file imports only from floors below its own, and each library comes in by one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from conftest import ROOT

HOUSE = ROOT / "generator" / "crossfoot"
FLOORS = (
    ("places", "passages", "version", "shelf"),
    (
        *(
            "textfile",
            "inserts",
            "shown",
            "folders",
            "intervals",
            "records",
            "pinpoint",
            "script",
            "tabular",
            "workbook",
        ),
        *("kept", "typeface", "pairing", "plate", "branches"),
    ),
    (
        "slips",
        "fingerprint",
        "hosting",
        "unchanged",
        "watching",
    ),
    ("halts", "publish"),
    ("yamlfile",),
    ("nouns", "vocabulary", "usage"),
    ("findings",),
    ("indicator", "framework"),
    ("model",),
    ("formulas",),
    ("misfits", "localise", "disclosures", "compute", "readback", "side_by_side"),
    ("audit", "kpis", "comparisons"),
    ("wording",),
    ("downloads", "period_changes"),
    ("charts", "tables"),
    ("draw", "look"),
    ("load", "narrative", "figures", "evidence_wording", "script_data", "grid", "paper", "tagging"),
    ("live", "explain", "figure_grid"),
    ("uses", "identity", "structure", "untranslated", "editions", "interactive", "press"),
    ("accepted", "edition_links", "period_tables"),
    ("translations",),
    ("freeze", "changes"),
    ("evidence_data", "explorer_data"),
    ("register", "api", "data_notes"),
    ("data_files",),
    ("rules", "render", "disclosure_pages", "my_report", "schema", "parity", "bundle", "linked_figures"),
    ("linked_data",),
    ("evidence_page", "data_page"),
    ("evidence_figure",),
    ("evidence", "explorer", "search", "documents"),
    ("manifest",),
    ("site",),
    ("program", "problem_page"),
    ("draft", "proof", "answers"),
    ("__init__",),
    ("verdicts",),
    ("archive", "export", "tell", "translating", "revisions", "telling"),
    ("diff",),
    ("job", "preview", "checked"),
    ("plugin", "__main__"),
)
"""From the ground up; files of one floor know nothing of each other."""
DOORS = {
    "yaml": {"yamlfile"},
    "markdown_it": {"narrative", "render", "rules.pages"},
    "mdit_py_cjk_friendly": {"narrative"},
    "jinja2": {"render", "site", "documents", "draft"},
    "tinyhtml5": {"paper"},
    "weasyprint": {"pairing", "press", "tagging", "typeface"},
    "pydyf": {"tagging", "typeface"},
    "pikepdf": {"press"},
    "markupsafe": {"render"},
    "altair": {"charts", "draw"},
    "vl_convert": {"draw"},
    "babel": {"localise"},
    "mkdocs": {"plugin"},
    "click": {"__main__"},
    "watchdog": {"watching"},
    "opencc": {"script"},
    "xlsxwriter": {"workbook"},
    "pydantic": {
        "framework",
        "indicator",
        "nouns",
        "model",
        "misfits",
        "load",
        "tables",
        "uses",
        "identity",
        "untranslated",
    },
}
"""Which files may import a library; a folder stands for its files."""


def modules():
    """Yield each file of the package with its name: `model`, `tables.years`, `rules`."""
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        yield ".".join(parts[:-1]) if parts[-1] == "__init__" and len(parts) > 1 else ".".join(parts), path


def imported(path: Path):
    """Yield every module that *path* imports, wherever in the file, with its line; those for types only left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for below in ast.walk(node):
                below.for_types = True
    for node in ast.walk(tree):
        if getattr(node, "for_types", False):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "crossfoot":
                names = {alias.name for alias in node.names}
                known = {path.stem for path in HOUSE.iterdir()}
                yield from ((f"crossfoot.{name}" if name in known else "crossfoot", node.lineno) for name in names)
            else:
                yield node.module, node.lineno


def floor(name: str) -> int:
    """Return the floor on which the file or folder *name* lives."""
    return next(number for number, names in enumerate(FLOORS) if name.split(".")[0] in names)


def ours(module: str) -> str:
    """Return a module of ours without the package's name."""
    return module.removeprefix("crossfoot").lstrip(".") or "__init__"


def test_every_file_lives_on_a_floor():
    """A new file says where it belongs."""
    homeless = [name for name, _ in modules() if not any(name.split(".")[0] in names for names in FLOORS)]

    assert homeless == []


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=[name for name, _ in modules()])
def test_a_file_imports_from_below(name, path):
    """Never from above, never sideways; kinds of tables and of charts never know each other."""
    astray = []
    home = name.split(".")[0]
    for module, line in imported(path):
        if not module.startswith("crossfoot"):
            continue
        other = ours(module)
        head = other.split(".")[0]
        if home == head:
            # Inside a folder: kinds read what they share (its __init__, files with an underscore), not each other.
            last = other.split(".")[-1]
            if home in ("tables", "charts") and other not in (home, name) and not last.startswith("_"):
                astray.append(f"{path.name}:{line}: imports {module}, a kind beside it")
        elif floor(head) >= floor(home):
            astray.append(f"{path.name}:{line}: imports {module} from floor {floor(head)}, itself on {floor(home)}")

    assert astray == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_by_its_door(library):
    """One library, one door."""
    astray = [
        f"{name}:{line}"
        for name, path in modules()
        for module, line in imported(path)
        if module.split(".")[0] == library and not {name, name.split(".")[0]} & DOORS[library]
    ]

    assert astray == []


def test_altair_is_imported_only_to_draw():
    """No chart kind imports Altair when it is itself imported: a build from the cache never waits for it."""
    early = [
        f"{path.name}:{node.lineno}"
        for path in sorted((HOUSE / "charts").glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for module in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
        if module.split(".")[0] in ("altair", "vl_convert")
    ]

    assert early == []
