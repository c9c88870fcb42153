"""A report of any size, in two languages, that no company has written: `python benchmarks/workload.py 100 FOLDER`.

Each chapter has ten figures over five years, a table of all, a chart of three, and about three thousand characters of
words in each language with four figures in them. The same size gives the same bytes.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

YEARS = ("2020", "2021", "2022", "2023", "2024")
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


def write(chapters: int, folder: Path) -> None:
    """Write a report of so many *chapters* into *folder*, which must not be there yet.

    The figure that is changed to measure an edit is `a` of the first chapter in 2024.
    """
    chance = random.Random(20_250_101)
    names = [f"c{number:04d}" for number in range(chapters)]
    for part in ("data/sections", "content/en", "content/zh-Hant"):
        (folder / part).mkdir(parents=True)
    shutil.copytree(Path(__file__).parents[1] / "theme", folder / "theme")
    _put(folder / "mkdocs.yml", _CONFIGURATION)
    _put(folder / "data/units.yaml", _UNITS)
    _put(folder / "data/report.yaml", _REPORT + f"chapters: [{', '.join(names)}]\n")
    _put(folder / "data/sections/home.yaml", "title: {en: Report of a year, zh-Hant: 一年報告}\n")
    _put(folder / "content/en/index.md", "Welcome.\n")
    _put(folder / "content/zh-Hant/index.md", "歡迎閱覽。\n")
    for number, name in enumerate(names):
        _put(folder / f"data/sections/{name}.yaml", _section(number, chance))
        for language in ("en", "zh-Hant"):
            _put(folder / f"content/{language}/{name}.md", _words(language, random.Random(number)))


def _section(number: int, chance: random.Random) -> str:
    lines = [f"title: {{en: Chapter {_spelled(number)}, zh-Hant: 章{_han(number)}}}", "indicators:"]
    for place, key in enumerate("abcdefghij"):
        english, chinese, unit, decimals = KINDS[place % len(KINDS)]
        site_en, site_zh = ("site A", "甲址") if place < len(KINDS) else ("site B", "乙址")
        base = chance.uniform(1000, 90000)
        values = ", ".join(f"{year}: {base * chance.uniform(0.9, 1.1):.{decimals}f}" for year in YEARS)
        label = f"{{en: '{english}, {site_en}', zh-Hant: {chinese}（{site_zh}）}}"
        lines += [f"  {key}:", f"    label: {label}", f"    unit: {unit}", f"    values: {{{values}}}"]
    kind = "column" if number % 2 else "line"
    lines += [
        "tables:",
        "  all:",
        "    kind: years",
        "    kpi: false",
        f"    caption: {{en: Figures of chapter {_spelled(number)}, zh-Hant: 章{_han(number)}數字}}",
        "    rows: [a, b, c, d, e, f, g, h, i, j]",
        "charts:",
        "  some:",
        f"    kind: {kind}",
        "    title: {en: Two sites over the years, zh-Hant: 兩址歷年走勢}",
        "    description: {en: The drawing compares the sites., zh-Hant: 圖中比較兩址。}",
        "    series: [a, f]",
    ]
    return "\n".join(lines) + "\n"


def _words(language: str, chance: random.Random) -> str:
    blocks: list[str] = []
    for part in range(3):
        for _ in range(2):
            name, year = chance.choice("abcdefghij"), chance.choice(YEARS)
            told = f"{{{{ value {name} {year} }}}}"
            words = [_sentence(language, chance) for _ in range(5)]
            blocks.append(
                " ".join([*words, f"The figure was {told}."])
                if language == "en"
                else "".join([*words, f"數字為{told}。"])
            )
        blocks.append("\n".join(f"- {_sentence(language, chance)}" for _ in range(4)))
        if part == 1:
            blocks += ["{{ table all }}", "{{ chart some }}"]
    return "\n\n".join(blocks) + "\n"


def _sentence(language: str, chance: random.Random) -> str:
    # The same number of draws in each language, so that both say the same figures.
    picks = [chance.random() for _ in range(16)]
    if language == "en":
        return " ".join(EN[int(pick * len(EN))] for pick in picks).capitalize() + "."
    parts = [ZH[int(pick * len(ZH))] for pick in picks]
    return "，".join("".join(parts[at : at + 4]) for at in range(0, 12, 4)) + "。"


def _spelled(number: int) -> str:
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:03d}")


def _han(number: int) -> str:
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:03d}")


def _put(path: Path, text: str) -> None:
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
