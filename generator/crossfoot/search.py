"""What a search finds, a file a language: every passage of the pages once, each figure, each disclosure code."""

from __future__ import annotations

import bz2
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crossfoot.disclosures import code_anchor
from crossfoot.kpis import STEM as FIGURES
from crossfoot.kpis import evidence_at
from crossfoot.localise import Language
from crossfoot.model import Indicator, Report
from crossfoot.passages import GAP, Part, parts_of
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
        made[path] = data_script(path, packed(groups_of(told_in(report, language.id), language, views)))
    return made


def packed(groups: Sequence[Group]) -> str:
    """Return the lines of *groups* and how Han characters fold, packed by bzip2, in base64; `bunzip2.js` unpacks it.

    A site that is served packs with gzip, whose window of 32 KiB is smaller than the text of one report. Capitals are
    written small behind a ^, so that a word is the same at the beginning of a sentence.
    """
    told = "\n".join(lines_of(groups))
    small = re.sub("[A-Z]", lambda capital: f"^{capital[0].lower()}", told.replace("^", "^^"))
    return b64encode(bz2.compress(f"{small}\n{folds(told)}".encode(), 9)).decode("ascii")


def lines_of(groups: Sequence[Group]) -> Iterator[str]:
    """Yield *groups* as the script reads them, a line for each group, part and text, told apart by their tabs.

    A group is `⇥⇥path⇥title⇥lead`, a part its kind's number and its anchor, `⇥` and its title; a text has no tab. The
    anchor of a code is left out where it is the code. A row of a table that says no more than a figure is `⇥` and the
    number of that figure.
    """
    figures = [part for group in groups for part in group.parts if part.kind == "figure"]
    named: dict[str, list[int]] = {}
    for number, figure in enumerate(figures):
        named.setdefault(figure.title, []).append(number)
    for group in groups:
        yield f"\t\t{group.path}\t{_line(group.title)}\t{_line(group.lead)}"
        for part in group.parts:
            is_code = part.kind == "code" and part.anchor == part.title.replace(" ", "-")
            yield f"{KINDS.index(part.kind)}{'' if is_code else part.anchor}\t{_line(part.title)}"
            for text in part.texts:
                label, *cells = text.split(GAP) if part.kind == "table" else [""]
                same = (number for number in named.get(label, ()) if _says(figures[number], cells))
                found = next(same, None) if cells else None
                yield _line(text) if found is None else f"\t{found}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _says(figure: Part, cells: Sequence[str]) -> bool:
    """Return whether *figure* says all that the cells of a row say behind its label."""
    return all(cell == figure.unit or any(cell in text for text in figure.texts) for cell in cells)


def folds(words: str) -> str:
    """Return the Simplified form of each Han character of *words*, in their order, a dot where it is its own.

    The script knows the characters from the text, and folds with these both the passages and what a reader types. A
    Simplified query then meets Traditional text, also where one Simplified character stands for several.
    """
    characters = sorted({one for one in words if "\u2e80" <= one <= "\uffff"})
    forms = converted(characters, "simplified")
    return "".join(forms.get(one, ".") for one in characters)


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
        if view.kind != "sheet":
            group.parts += parts_of(view.html)
        elif folder.count("/") == 2:  # below that are figures and codes, which follow
            group.parts += _told_of(view.html)
        group.parts = list(_unseen(group.parts, seen))
        group.parts += figures.get(folder, []) + codes.get(folder, [])
        if folder in codes:
            group.lead = language.of(report.frameworks[folder.split("/")[-2]].short)
        groups.append(group)
    return [group for group in groups if group.parts]


def _told_of(html: str) -> Iterator[Part]:
    """Yield what a page that crossfoot made says of itself: its titles and first words, not what it lists."""
    for part in parts_of(html):
        yield replace(part, texts=[] if part.kind == "table" else part.texts[:1])


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
        unit = language.of(wording.unit(indicator).name)
        parts.append(Part("figure", at or f"{page.split('/')[-1]}/", label, values, unit))
    return parts


def _values(wording: Wording, indicator: Indicator) -> Iterator[str]:
    """Yield each value with its period: "2018: 8 million bags (8,000,000)"."""
    language = wording.language
    for name, observation in indicator.values.items():
        shown = language.value(observation, wording.unit(indicator))
        if observation.scale != "one" and observation.value is not None:
            full = language.value(observation, wording.unit(indicator), full=True, bare=True, plain=True)
            shown += language.word("brackets", full)
        period = wording.period(name)
        yield language.phrases["evidence.period_value"].format(period=period, value=shown) if period else shown


def _codes(report: Report, language: Language, framework: str) -> list[Part]:
    """Return each code of a framework with its title, and the place of its row in the index."""
    wording = Wording(report, language, f"{_DISCLOSURES}/{framework}")
    return [
        Part("code", code_anchor(code), code, [plain(wording.text(one.title))])
        for code, one in report.frameworks[framework].disclosures.items()
    ]
