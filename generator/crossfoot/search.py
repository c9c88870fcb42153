"""What a search finds, a file a language: every passage of the pages once, each figure, each disclosure code."""

from __future__ import annotations

import bz2
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crossfoot.disclosures import code_anchor
from crossfoot.kpis import STEM as FIGURES
from crossfoot.kpis import evidence_at
from crossfoot.localise import Language
from crossfoot.model import Indicator, Report
from crossfoot.passages import Part, parts_of
from crossfoot.script import converted
from crossfoot.script_data import data_script
from crossfoot.shown import PageView, plain
from crossfoot.untranslated import told_in
from crossfoot.wording import Wording

KINDS = ("page", "text", "table", "chart", "note", "figure", "code")
"""What a passage belongs to; the script knows each by its place in this row."""
_DISCLOSURES = "disclosures"


@dataclass
class Group:
    """The parts of one page, and where they stand."""

    path: str
    """The page's folder from the site's root: `en/environment/`."""
    title: str
    parts: list[Part] = field(default_factory=list)
    """An anchor is one of this page; with a slash at its end it is a page below it."""
    lead: str = ""
    """What each title begins with: the framework of codes."""


def search_files(
    report: Report, languages: tuple[Language, ...], pages: Sequence[PageView], files: Mapping[str, str | bytes]
) -> Mapping[str, str | bytes]:
    """Return what a search finds, a file a language: `search/en.js`."""
    made: dict[str, str | bytes] = {}
    for language in languages:
        path = f"search/{language.id}.js"
        views = [view for view in pages if view.language == language.id and view.kind not in ("front", "missing")]
        made[path] = data_script(path, packed(value_of(groups_of(told_in(report, language.id), language, views))))
    return made


def packed(value: Any) -> str:
    """Return *value* as JSON, packed by bzip2, in base64; `bunzip2.js` unpacks it.

    A site that is served packs with gzip, whose window of 32 KiB is smaller than the text of one report.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return b64encode(bz2.compress(text.encode("utf-8"), 9)).decode("ascii")


def value_of(groups: Sequence[Group]) -> dict[str, Any]:
    """Return *groups* as the script reads them, and how Han characters fold onto one form.

    A group is [path, title, parts, lead], a part [kind, anchor, title, texts]. The anchor of a code is empty where it is
    the code.
    """
    told = [[group.path, group.title, [_told(part) for part in group.parts], group.lead] for group in groups]
    words = [text for group in groups for part in group.parts for text in (part.title, *part.texts)]
    return {"groups": told, "fold": folds("".join([*words, *(group.title + group.lead for group in groups)]))}


def _told(part: Part) -> list[Any]:
    anchor = "" if part.kind == "code" and part.anchor == part.title.replace(" ", "-") else part.anchor
    return [KINDS.index(part.kind), anchor, part.title, part.texts]


def folds(words: str) -> list[str]:
    """Return the Han characters of *words* that have a Simplified form, and those forms: two texts of one length.

    The script folds with them both the passages and what a reader types. A Simplified query then meets Traditional
    text, also where one Simplified character stands for several.
    """
    forms = converted((one for one in set(words) if one >= "\u2e80"), "simplified")
    single = sorted(one for one, form in forms.items() if len(form) == 1)
    return ["".join(single), "".join(forms[one] for one in single)]


# -- what is found -------------------------------------------------------------------------------------


def groups_of(report: Report, language: Language, views: Sequence[PageView]) -> list[Group]:
    """Return everything that is found in *language*: pages, figures, codes; the same words only once.

    A chapter comes before the pages that gather what chapters hold, so that its place is the one that is kept.
    """
    root = f"{language.id}/"
    figures = {f"{root}{FIGURES}/{name}/": _figures(report, language, name) for name in report.sections}
    codes = {f"{root}{_DISCLOSURES}/{name}/": _codes(report, language, name) for name in report.frameworks}
    own = {f"{folder}{one.anchor}" for folder, parts in figures.items() for one in parts}
    groups, seen = [], set[tuple[str, ...]]()
    order = {"chapter": 0, "sheet": 2}
    for view in sorted(views, key=lambda view: order.get(view.kind, 1)):
        folder = view.path.removesuffix("index.html")
        if folder in own:
            continue
        group = Group(folder, f"{view.number} {view.title}".strip())
        group.parts.append(Part("page", "", group.title, [view.summary] if view.summary else []))
        if view.kind != "sheet" or folder.count("/") == 2:  # below that are figures and codes, which follow
            group.parts += parts_of(view.html)
        group.parts = list(_unseen(group.parts, seen))
        group.parts += figures.get(folder, []) + codes.get(folder, [])
        if folder in codes:
            group.lead = language.of(report.frameworks[folder.split("/")[-2]].short)
        groups.append(group)
    return [group for group in groups if group.parts]


def _unseen(parts: list[Part], seen: set[tuple[str, ...]]) -> Iterator[Part]:
    """Yield those of *parts* whose words were not found before, and remember them."""
    for part in parts:
        words = (part.title, *part.texts)
        if words not in seen:
            seen.update((words, (part.title,)))
            yield part


def _figures(report: Report, language: Language, section: str) -> list[Part]:
    """Return each figure of a section: what it is called, its values in words, the place of its evidence."""
    wording = Wording(report, language, FIGURES, section)
    parts = []
    for indicator in report.sections[section].indicators.values():
        page, at = evidence_at(indicator.id, report)
        label = plain(wording.text(indicator.label, section))
        values = list(_values(wording, indicator))
        parts.append(Part("figure", at or f"{page.split('/')[-1]}/", label, values))
    return parts


def _values(wording: Wording, indicator: Indicator) -> Iterator[str]:
    """Yield each value with its period: "2018: 8 million bags (8,000,000)"."""
    language = wording.language
    for name, observation in indicator.values.items():
        shown = language.value(observation, wording.unit(indicator))
        if observation.scale != "one" and observation.value is not None:
            full = language.value(observation, wording.unit(indicator), full=True, bare=True, plain=True)
            shown += language.word("brackets", full)
        period = language.period(wording.report.file.periods[name])
        yield language.phrases["evidence.period_value"].format(period=period, value=shown) if period else shown


def _codes(report: Report, language: Language, framework: str) -> list[Part]:
    """Return each code of a framework with its title, and the place of its row in the index."""
    wording = Wording(report, language, f"{_DISCLOSURES}/{framework}")
    return [
        Part("code", code_anchor(code), code, [plain(wording.text(one.title))])
        for code, one in report.frameworks[framework].disclosures.items()
    ]
