"""The smallest report that has a figure, a table and a chart in two languages, written into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT

FILES = {
    "mkdocs.yml": """\
site_name: Tally Mills report
site_url: !ENV [SITE_URL, "https://example.org/"]
docs_dir: content
theme: {name: null, custom_dir: theme}
plugins: [crossfoot: {documents: !ENV [DOCUMENTS, true]}]
""",
    "data/report.yaml": """\
title: {en: Sustainability Report 2024, zh-Hant: 2024年可持續發展報告}
organisation:
  name: {en: Tally Mills, zh-Hant: 穗豐麵粉廠}
languages:
  - {id: en, tag: en-GB, name: English}
  - {id: zh-Hant, tag: zh-Hant-HK, name: 繁體中文}
period: "2024"
periods:
  "2023": {start: 2023-01-01, end: 2023-12-31}
  "2024": {start: 2024-01-01, end: 2024-12-31}
chapters: [energy]
""",
    "data/units.yaml": """\
mwh:
  name: {en: MWh, zh-Hant: 兆瓦時}
  pattern: {en: "{} MWh", zh-Hant: "{}兆瓦時"}
  quantity: energy
""",
    "data/sections/home.yaml": """\
title: {en: Sustainability Report 2024, zh-Hant: 2024年可持續發展報告}
summary: {en: The mill in a year., zh-Hant: 麵粉廠的一年。}
""",
    "data/sections/energy.yaml": """\
number: "1"
title: {en: Energy, zh-Hant: 能源}
summary: {en: What the mill used., zh-Hant: 麵粉廠的用量。}
indicators:
  gas:
    label: {en: Gas, zh-Hant: 煤氣}
    unit: mwh
    values: {2023: 410.5, 2024: 396.25}
  power:
    label: {en: Electricity, zh-Hant: 電力}
    unit: mwh
    values: {2023: 1220, 2024: 1187}
tables:
  use:
    kind: years
    caption: {en: Energy use, zh-Hant: 能源用量}
    rows: [gas, power]
charts:
  use:
    kind: bar
    title: {en: Most of the energy is electricity, zh-Hant: 能源以電力為主}
    description: {en: The bars show gas and electricity., zh-Hant: 橫條分別顯示煤氣及電力。}
    series: [gas, power]
""",
    "content/en/index.md": "Welcome to the mill.\n",
    "content/zh-Hant/index.md": "歡迎參觀麵粉廠。\n",
    "content/en/energy.md": """\
The ovens burned {{ value gas }} in {{ period }}.

{{ table use }}

{{ chart use }}
""",
    "content/zh-Hant/energy.md": """\
烤爐於{{ period }}使用{{ value gas }}。

{{ table use }}

{{ chart use }}
""",
}
"""Every file but the theme's, by its path."""


def write(folder: Path, *, theme: bool = True) -> Path:
    """Write the report into *folder*, with a copy of the repository's theme, and return the folder."""
    for name, words in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    if theme:
        shutil.copytree(ROOT / "theme", folder / "theme", dirs_exist_ok=True)
    return folder


def change(file: Path, old: str, new: str) -> None:
    """Put *new* in place of *old* in *file*; *old* must stand there once."""
    words = file.read_text(encoding="utf-8")
    assert words.count(old) == 1, f"{old!r} stands {words.count(old)} times in {file}"
    file.write_text(words.replace(old, new), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
