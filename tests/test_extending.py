"""Adding a chart kind, a table kind, a unit, a chapter or a language touches only the files that are theirs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT
from crossfoot.yamlfile import read

WATERFALL = '''
"""A waterfall, for a test."""

from typing import Literal

from crossfoot.charts._sheet import Column, layer, sheet
from crossfoot.model import ChartSpec


class Options(ChartSpec):
    kind: Literal["waterfall"] = "waterfall"
    drop: bool = True


def draw(series, style, options):
    column = Column(style, series.tag)
    for point in series.points:
        column.write(f"{point.label}: {point.shown}")
    return sheet(style.width, column.y + 4, *column.layers())
'''
REGIONS = '''
"""A table of regions, for a test."""

from typing import Literal

from crossfoot.model import TableSpec, Reference
from crossfoot.shown import Cell, Row, Run
from crossfoot.tables import Marks, finish, head_cell, indicator_of, label_cell, number_cell


class Options(TableSpec):
    kind: Literal["regions"] = "regions"
    of: Reference


def arrange(options, wording, section, id_):
    marks = Marks(id_, options.notes, wording, section)
    indicator = indicator_of(options.of, wording, section)
    value = number_cell(indicator.values[wording.period_of(indicator)], indicator, wording, marks)
    body = (Row((label_cell((Run("Everywhere"),)), value)),)
    head = (Row((head_cell("Region"), head_cell("Value"))),)
    return finish(options, wording, section, id_, marks, head=head, body=body, columns=("label", "number"))
'''
BUILD = """
import sys
from pathlib import Path
import crossfoot
assert Path(crossfoot.__file__).is_relative_to(sys.argv[2]), crossfoot.__file__
try:
    site = crossfoot.build(Path(sys.argv[1]), cache=Path(sys.argv[3]))
except crossfoot.Problems as problems:
    sys.exit(str(problems))
for page in site.pages:
    out = Path(sys.argv[1]) / "out" / page.path
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page.html, encoding="utf-8")
"""


@pytest.fixture
def house(tmp_path):
    """A copy of the program, to add files to."""
    shutil.copytree(ROOT / "generator" / "crossfoot", tmp_path / "house" / "crossfoot")
    return tmp_path / "house" / "crossfoot"


@pytest.fixture
def build(folder, house):
    """A function that builds the copy of the tiny report with the copy of the program, in a process of its own."""

    def make():
        command = [sys.executable, "-c", BUILD, str(folder), str(house.parent), str(ROOT / ".cache" / "crossfoot")]
        env = {**os.environ, "PYTHONPATH": str(house.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return {path.relative_to(folder / "out").as_posix(): path for path in (folder / "out").rglob("*.html")}

    return make


def add(path, text, before=""):
    """Add *text* to a file, before the first place of *before*, or at its end."""
    source = path.read_text(encoding="utf-8")
    at = source.index(before) if before else len(source)
    path.write_text(source[:at] + text + source[at:], encoding="utf-8")


def test_a_chart_kind_and_a_table_kind_are_one_file_each(folder, house, build):
    """`charts/waterfall.py` and `tables/regions.py` are used at once: no list names them."""
    (house / "charts" / "waterfall.py").write_text(WATERFALL, encoding="utf-8")
    (house / "tables" / "regions.py").write_text(REGIONS, encoding="utf-8")
    section = folder / "data" / "sections" / "fleet.yaml"
    add(
        section,
        "  falling:\n    kind: waterfall\n    title: Falling\n    description: It falls.\n    series: [oil, waste]\n"
        "    drop: false\n",
    )
    add(section, "  everywhere:\n    kind: regions\n    caption: Regions\n    of: waste\n\n", "charts:\n")
    for language in ("en", "zh-Hant"):
        add(folder / "content" / language / "fleet.md", "\n{{ chart falling }}\n\n{{ table everywhere }}\n")

    page = build()["en/fleet/index.html"].read_text(encoding="utf-8")

    assert 'id="chart-falling"' in page
    assert "Waste oil: 1.16 tonnes" in page
    assert '<div class="table table-regions' in page
    assert re.search(r"Everywhere</th>\s*<td[^>]*><span[^>]*><data class=\"value\" value=\"61.20\"[^>]*>", page)


def test_a_unit_is_three_lines(folder, build):
    """A unit in units.yaml is used at once."""
    unit = 'bell:\n  name: {en: bells, zh-Hant: 鐘}\n  pattern: {en: "{} bells", zh-Hant: "{}口鐘"}\n'
    bells = "  bells: {label: {en: Bells, zh-Hant: 鐘}, unit: bell, values: {2024/25: 9}}\n"
    add(folder / "data" / "units.yaml", unit)
    add(folder / "data" / "sections" / "fleet.yaml", bells, "  waste:\n    label")
    for language in ("en", "zh-Hant"):
        add(folder / "content" / language / "fleet.md", "\n{{ value bells }}\n")

    pages = build()

    assert ">9 bells<" in pages["en/fleet/index.html"].read_text(encoding="utf-8")
    assert ">9口鐘<" in pages["zh-Hant/fleet/index.html"].read_text(encoding="utf-8")


def test_a_chapter_is_one_data_file_and_a_page_a_language(folder, build):
    """And one word in report.yaml."""
    (folder / "data" / "sections" / "harbour.yaml").write_text(
        'number: "3"\ntitle: {en: Our harbour, zh-Hant: 我們的海港}\n', encoding="utf-8"
    )
    (folder / "content" / "en" / "harbour.md").write_text("The harbour is calm.\n", encoding="utf-8")
    (folder / "content" / "zh-Hant" / "harbour.md").write_text("海港平靜。\n", encoding="utf-8")
    report = folder / "data" / "report.yaml"
    source = report.read_text(encoding="utf-8")
    report.write_text(source.replace("chapters: [fleet, crew]", "chapters: [fleet, crew, harbour]"), encoding="utf-8")

    pages = build()

    assert "海港平靜。" in pages["zh-Hant/harbour/index.html"].read_text(encoding="utf-8")
    assert "Our harbour" in pages["en/index.html"].read_text(encoding="utf-8")


def test_a_third_language_is_phrases_words_and_one_line(folder, house, build):
    """Its phrases, its pages, its wording beside each text, one line in report.yaml: then all pages are there."""
    phrases = (house / "phrases" / "en.yaml").read_text(encoding="utf-8")
    (house / "phrases" / "fr.yaml").write_text(phrases.replace("locale: en_GB", "locale: fr_FR"), encoding="utf-8")
    shutil.copytree(folder / "content" / "en", folder / "content" / "fr")
    report = folder / "data" / "report.yaml"
    line = "  - {id: zh-Hant, tag: zh-Hant-HK, name: 繁體中文}\n"
    add(report, "  - {id: fr, tag: fr, name: Français}\n", line)
    for path in (folder / "data").rglob("*.yaml"):
        source = path.read_text(encoding="utf-8")
        # Beside each English wording the same once more, as a translator would type it.
        source = re.sub(r"(?m)^(\s+)en: >-\n((?:\1\s+.*\n)+)", r"\1en: >-\n\2\1fr: >-\n\2", source)
        source = re.sub(r"(?m)^(\s+(?:- )?)en: (?!>-)(.*)$", lambda one: _beside(one[1], one[2]), source)
        source = re.sub(
            r'\{en: ("(?:[^"\\]|\\.)*"|[^,{}]*(?:\{\}[^,{}]*)?), zh-Hant', r"{en: \1, fr: \1, zh-Hant", source
        )
        path.write_text(source, encoding="utf-8")
        assert read(path, path.name)

    pages = build()

    stems = ["about/", "crew/", "fleet/", "", "kpi/", "registers/"]
    wanted = {f"{language}/{stem}index.html" for language in ("en", "fr", "zh-Hant") for stem in stems}
    made = (["figures"], ["disclosures"], ["data"], ["explorer"], ["my-report"])
    typed = {path for path in pages if path.split("/")[1:2] not in made}
    assert wanted | {"index.html", "404.html"} == typed
    assert "Français" not in pages["en/fleet/index.html"].read_text(encoding="utf-8")
    assert "Fast ferries" in pages["fr/fleet/index.html"].read_text(encoding="utf-8")


def _beside(lead, words):
    """Return two lines: the English wording, and the same for French."""
    return f"{lead}en: {words}\n{lead.replace('- ', '  ')}fr: {words}"
