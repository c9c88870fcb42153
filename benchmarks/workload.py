"""A report of any size, in two languages, that no company has written: `python benchmarks/workload.py 100 FOLDER`.

Each chapter has ten figures over five years, a table of all, a chart of two, and some thousands of characters of words
in each language with six figures in them. Each ends with one and the same figure of the first chapter, named with its
label. The same size gives the same bytes.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

YEARS = ("2020", "2021", "2022", "2023", "2024")
KEYS = "abcdefghij"
VALUES = len(KEYS) * len(YEARS)
"""How many values a chapter has."""
LANGUAGES = ("en", "zh-Hant")
SHARED = "c0000.j"
"""The figure that every chapter names with its label."""
EN = """the group board committee reviews climate related risks and opportunities each quarter against targets set in
the transition plan covering emissions energy water waste supply chain labour standards health safety training product
responsibility data privacy and community investment with independent limited assurance""".split()
ZH = """董事會每季檢討 氣候相關風險 與機遇 並對照 轉型計劃 所訂目標 涵蓋排放 能源 用水 廢棄物 供應鏈 勞工準則 健康與安全
員工培訓 產品責任 資料私隱 以及社區投資 選定數字 經獨立 有限保證""".split()
KINDS = (
    ("Direct emissions", "直接排放", "tonnes", 1),
    ("Energy used", "能源用量", "mwh", 0),
    ("Water used", "用水量", "tonnes", 0),
    ("Waste produced", "廢棄物量", "tonnes", 2),
    ("People employed", "僱員人數", "people", 0),
)


@dataclass(frozen=True)
class Figure:
    """One figure of a chapter, over all years."""

    label: dict[str, str]
    """By language."""
    unit: str
    values: dict[str, str]
    """By year."""


@dataclass(frozen=True)
class Chapter:
    """One chapter, before it is written down."""

    number: int
    figures: dict[str, Figure]

    @property
    def name(self) -> str:
        """Return the name of its files."""
        return f"c{self.number:04d}"

    def title(self, language: str) -> str:
        """Return its title."""
        return f"Chapter {_spelled(self.number)}" if language == "en" else f"章{_han(self.number)}"

    def words(self, language: str, figure: Callable[[str, str], str], middle: list[str]) -> str:
        """Return its words; *figure* puts down a figure in a year, *middle* stands two thirds down."""
        # The same number of draws in each language, so that both say the same figures.
        chance = random.Random(self.number)
        blocks: list[str] = []
        for part in range(3):
            for _ in range(2):
                told = figure(chance.choice(KEYS), chance.choice(YEARS))
                words = [_sentence(language, chance) for _ in range(5)]
                blocks.append(
                    " ".join([*words, f"The figure was {told}."])
                    if language == "en"
                    else "".join([*words, f"數字為{told}。"])
                )
            blocks.append("\n".join(f"- {_sentence(language, chance)}" for _ in range(4)))
            if part == 1:
                blocks += middle
        return "\n\n".join(blocks) + "\n"


def chapters_of(number: int) -> Iterator[Chapter]:
    """Yield so many chapters."""
    chance = random.Random(20_250_101)
    for each in range(number):
        yield Chapter(each, {key: _figure(place, chance) for place, key in enumerate(KEYS)})


def _figure(place: int, chance: random.Random) -> Figure:
    english, chinese, unit, decimals = KINDS[place % len(KINDS)]
    site_en, site_zh = ("site A", "甲址") if place < len(KINDS) else ("site B", "乙址")
    base = chance.uniform(1000, 90000)
    values = {year: f"{base * chance.uniform(0.9, 1.1):.{decimals}f}" for year in YEARS}
    return Figure({"en": f"{english}, {site_en}", "zh-Hant": f"{chinese}（{site_zh}）"}, unit, values)


def write(chapters: int, folder: Path) -> None:
    """Write a report of so many *chapters* into *folder*, which must not be there yet.

    To measure edits, the figure `a` of the first chapter in 2024 is changed, and the label of `SHARED`.
    """
    for part in ("data/sections", *(f"content/{language}" for language in LANGUAGES)):
        (folder / part).mkdir(parents=True)
    shutil.copytree(Path(__file__).parents[1] / "theme", folder / "theme")
    made = list(chapters_of(chapters))
    put(folder / "mkdocs.yml", _CONFIGURATION)
    put(folder / "data/units.yaml", _UNITS)
    put(folder / "data/report.yaml", _REPORT + f"chapters: [{', '.join(one.name for one in made)}]\n")
    put(folder / "data/sections/home.yaml", "title: {en: Report of a year, zh-Hant: 一年報告}\n")
    put(folder / "content/en/index.md", "Welcome.\n")
    put(folder / "content/zh-Hant/index.md", "歡迎閱覽。\n")
    for chapter in made:
        put(folder / f"data/sections/{chapter.name}.yaml", _section(chapter))
        for language in LANGUAGES:
            words = chapter.words(language, "{{{{ value {} {} }}}}".format, ["{{ table all }}", "{{ chart some }}"])
            put(folder / f"content/{language}/{chapter.name}.md", f"{words}\n{{{{ tiles {SHARED} }}}}\n")


def _section(chapter: Chapter) -> str:
    english, chinese = (chapter.title(language) for language in LANGUAGES)
    lines = [f"title: {{en: {english}, zh-Hant: {chinese}}}", "indicators:"]
    for key, figure in chapter.figures.items():
        values = ", ".join(f"{year}: {value}" for year, value in figure.values.items())
        label = f"{{en: '{figure.label['en']}', zh-Hant: {figure.label['zh-Hant']}}}"
        lines += [f"  {key}:", f"    label: {label}", f"    unit: {figure.unit}", f"    values: {{{values}}}"]
    lines += [
        "tables:",
        "  all:",
        "    kind: years",
        "    kpi: false",
        f"    caption: {{en: Figures of {english.replace('Chapter', 'chapter')}, zh-Hant: {chinese}數字}}",
        f"    rows: [{', '.join(KEYS)}]",
        "charts:",
        "  some:",
        f"    kind: {'column' if chapter.number % 2 else 'line'}",
        "    title: {en: Two sites over the years, zh-Hant: 兩址歷年走勢}",
        "    description: {en: The drawing compares the sites., zh-Hant: 圖中比較兩址。}",
        "    series: [a, f]",
    ]
    return "\n".join(lines) + "\n"


def _sentence(language: str, chance: random.Random) -> str:
    picks = [chance.random() for _ in range(16)]
    if language == "en":
        return " ".join(EN[int(pick * len(EN))] for pick in picks).capitalize() + "."
    parts = [ZH[int(pick * len(ZH))] for pick in picks]
    return "，".join("".join(parts[at : at + 4]) for at in range(0, 12, 4)) + "。"


def _spelled(number: int) -> str:
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:03d}")


def _han(number: int) -> str:
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:03d}")


def put(path: Path, text: str) -> None:
    """Write *text* into the file at *path*."""
    path.write_text(text, encoding="utf-8", newline="\n")


_CONFIGURATION = """\
site_name: A report of many chapters
site_url: https://example.org/
docs_dir: content
theme: {name: null, custom_dir: theme}
plugins: [{crossfoot: {documents: false}}]
"""
_UNITS = """\
tonnes:
  name: {en: tonnes, zh-Hant: 噸}
  pattern: {en: "{} tonnes", zh-Hant: "{}噸"}
  quantity: mass
mwh:
  name: {en: MWh, zh-Hant: 兆瓦時}
  pattern: {en: "{} MWh", zh-Hant: "{}兆瓦時"}
  quantity: energy
people:
  name: {en: people, zh-Hant: 人}
  pattern: {en: "{} people", zh-Hant: "{}人"}
"""
_REPORT = """\
title: {en: Report of a year, zh-Hant: 一年報告}
organisation: {name: {en: Nobody, zh-Hant: 無名}}
languages:
  - {id: en, tag: en-GB, name: English}
  - {id: zh-Hant, tag: zh-Hant-HK, name: 繁體中文}
period: "2024"
periods:
""" + "".join(f'  "{year}": {{start: {year}-01-01, end: {year}-12-31}}\n' for year in YEARS)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
