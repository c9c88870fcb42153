"""Find where terms, figures and notes are used, so that registers can say "named in 4.3"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Any

from pydantic import BaseModel

from crossfoot.findings import Print
from crossfoot.inserts import Insert, ValueCall, figures_named, found_in, value_call
from crossfoot.model import Report, Section, Text, Use, period_meant, split
from crossfoot.narrative import Page, blocks, heading_id
from crossfoot.places import Place
from crossfoot.shelf import Same, Shelf, made_of
from crossfoot.wording import anchor

_PLAIN = frozenset((str, bool, int, Decimal, Place, type(None)))
"""What most fields hold, and no text is in."""


def texts_in(value: Any) -> Iterable[Text]:
    """Return every text inside a noun, however deep, in the order of its fields."""
    if _sort(value.__class__) != "noun":
        return _texts_in(value)
    return made_of(("texts", Same(value)), lambda: tuple(_texts_in(value)), often=True)


def _texts_in(value: Any) -> Iterator[Text]:
    waiting = [value]  # a loop, since a generator inside a generator inside a generator is slow
    while waiting:
        one = waiting.pop()
        match _sort(one.__class__):
            case "text":
                yield one
            case "noun":
                fields = reversed(one.__dict__.items())
                waiting += [below for name, below in fields if below.__class__ not in _PLAIN and name != "places"]
            case "mapping":
                waiting += [below for below in reversed([*one.values()]) if below.__class__ not in _PLAIN]
            case "list":
                waiting += [below for below in reversed(one) if below.__class__ not in _PLAIN]


@cache
def _sort(kind: type) -> str:
    sorts: dict[str, Any] = {"text": Text, "noun": BaseModel, "mapping": Mapping, "list": (tuple, list)}
    return next((name for name, known in sorts.items() if issubclass(kind, known)), "")


def inserts_in(value: Any, language: str) -> Iterator[tuple[Insert, Place]]:
    """Yield every insert in the texts of a noun, in one language, with the text's place."""
    for text in texts_in(value):
        for insert in found_in(text.get(language) or ""):
            yield insert, text.place_in(language)


def uses_of(report: Report, pages: tuple[Page, ...], shelf: Shelf | None = None) -> dict[str, tuple[Use, ...]]:
    """Return where each `term:ID`, `value:section.name`, `note:ID`, `table:section.name`, `register:KINDS` is used in
    the reference language, in order.
    """
    reference = report.languages[0].id
    order = ["home", *report.file.chapters, *report.file.pages]
    shelf = shelf or Shelf()
    ranks = {name: number for number, name in reversed([*enumerate(order)])}
    ours = [one for one in pages if one.language == reference]
    found: dict[str, dict[int, Use]] = {}
    for page in sorted(ours, key=lambda one: ranks.get(one.section, len(order))):
        calls = shelf.get(f"calls {page.file}", page, partial(_calls, page))
        shown = [spec for insert, _ in calls for spec in _shown(insert, report, page.section)]
        make = partial(_keys_of, calls, report, page.section, reference, shelf)
        for key, use in shelf.get(f"keys {reference} {page.file}", (calls, *shown), make):
            found.setdefault(key, {})[id(use)] = use
    return {key: tuple(uses.values()) for key, uses in found.items()}


def _shown(insert: Insert, report: Report, section: str) -> list[Any]:
    """Return the table or chart that *insert* shows, and the table that a chart is drawn from."""
    if insert.word not in ("table", "chart") or not insert.args:
        return []
    name = insert.args[0]
    spec = report.table(name, section) if insert.word == "table" else report.chart(name, section)
    lender = report.table(getattr(spec, "table", None) or "", split(name, section)[0])
    return [spec, lender]


def _keys_of(
    calls: list[tuple[Insert, Use]], report: Report, section: str, language: str, shelf: Shelf
) -> list[tuple[str, Use]]:
    return [(key, use) for insert, use in calls for key in _keys(insert, report, section, language, shelf)]


def _calls(page: Page) -> list[tuple[Insert, Use]]:
    """Return every insert of *page*, in order, with where it stands: the same `Use` for all below one heading."""
    found, uses = [], {"": Use(page=page.section, anchor="")}
    where = ""
    for block in blocks(page.tokens):
        name = heading_id(block)
        where = anchor(name) if name else where
        use = uses.setdefault(where, Use(page=page.section, anchor=where))
        found += [(insert, use) for insert in _inserts_of(block)]
    return found


def prints_of(report: Report, pages: tuple[Page, ...], shelf: Shelf | None = None) -> tuple[Print, ...]:
    """Return where pages and data of the reference language print a figure with a qualifier that its data do not have.

    Editor's notes are left out: they quote.
    """
    reference = report.languages[0].id
    shelf = shelf or Shelf()
    called: list[tuple[str, ValueCall, Place]] = []
    for page in (page for page in pages if page.language == reference):
        inside = shelf.get(f"qualified {page.file}", page, partial(_qualified_on, page))
        called += [(page.section, call, place) for call, place in inside]
    for name, section in report.sections.items():
        inside = shelf.get(f"qualified {name} {reference}", section, partial(_qualified_in, section, reference))
        called += [(name, call, place) for call, place in inside]
    found = []
    for home, call, place in called:
        indicator = report.indicator(call.name, home)
        if indicator is not None:
            period = call.period or period_meant(indicator, report)
            found.append(Print(indicator.id, period, call.qualifier, place))
    return tuple(found)


def _qualified_on(page: Page) -> list[tuple[ValueCall, Place]]:
    return _qualified(page.inserts())


def _qualified_in(section: Section, language: str) -> list[tuple[ValueCall, Place]]:
    return _qualified(inserts_in(section, language))


def _qualified(inserts: Iterable[tuple[Insert, Place]]) -> list[tuple[ValueCall, Place]]:
    """Return what calls for a figure with a qualifier of its own."""
    calls = ((value_call(insert.args), place) for insert, place in inserts if insert.word == "value")
    return [(call, place) for call, place in calls if call.qualifier]


def specs(report: Report) -> Iterator[tuple[str, str, Any]]:
    """Yield every table and chart: its sort, its name `section.name`, and what the author wrote."""
    for home, section in report.sections.items():
        for kind, found in (("table", section.tables), ("chart", section.charts)):
            yield from ((kind, f"{home}.{name}", spec) for name, spec in found.items())


def named_in(spec: Any, section: str, report: Report) -> set[str]:
    """Return every indicator, `section.name`, that a table or chart of *section* shows."""
    language = report.languages[0].id
    called = (name for one, _ in inserts_in(spec, language) for name in figures_named(one))
    return {".".join(split(name, section)) for name in (*figures_of(spec, report, section), *called)}


def _inserts_of(block: list[Any]) -> Iterator[Insert]:
    for token in block:
        if token.type == "insert_block":
            yield token.meta["insert"]
        for child in token.children or ():
            if child.type == "insert":
                yield child.meta["insert"]


def _keys(insert: Insert, report: Report, section: str, language: str, shelf: Shelf) -> Iterator[str]:
    name = insert.args[0] if insert.args else ""
    match insert.word:
        case "term" | "note":
            yield f"{insert.word}:{name}"
        case "value" | "change" | "compare" | "share" | "rank":
            yield from (f"value:{'.'.join(split(one, section))}" for one in figures_named(insert))
        case "table" | "chart":
            spec = report.table(name, section) if insert.word == "table" else report.chart(name, section)
            home, local = split(name, section)
            yield f"{insert.word}:{home}.{local}"
            if spec is not None:
                inside = shelf.get(
                    f"inside {insert.word} {home}.{local} {language}", spec, lambda: _Inside.of(spec, language)
                )
                yield from (key for one in inside.inserts for key in _keys(one, report, home, language, shelf))
                yield from (f"term:{term}" for term in inside.terms)
                yield from (f"value:{'.'.join(split(value, home))}" for value in inside.figures)
                if (lender := report.table(getattr(spec, "table", None) or "", home)) is not None:
                    lent = shelf.get(f"lent {home}.{local}", lender, partial(_lent, lender, report, home))
                    yield from (f"value:{value}" for value in lent)
        case "register" | "index":
            yield f"{insert.word}:{' '.join(insert.args)}"
        case "tiles":
            yield from (f"value:{'.'.join(split(one, section))}" for one in insert.args)


@dataclass(frozen=True)
class _Inside:
    """What a table or chart names by itself."""

    inserts: tuple[Insert, ...]
    terms: tuple[str, ...]
    figures: tuple[str, ...]

    @classmethod
    def of(cls, spec: Any, language: str) -> _Inside:
        inserts = tuple(one for one, _ in inserts_in(spec, language))
        return cls(inserts, tuple(_named(spec, "term")), tuple(_own_figures(spec)))


def _lent(table: Any, report: Report, home: str) -> list[str]:
    return [".".join(split(value, home)) for value in figures_of(table, report, home)]


def figures_of(spec: Any, report: Report, section: str) -> Iterator[str]:
    """Yield every indicator that a table or chart of *section* shows, as its data name it."""
    yield from _own_figures(spec)
    yield from _borrowed(spec, report, section)


def _own_figures(spec: Any) -> Iterator[str]:
    for key in ("value", "indicator", "with_"):
        yield from _named(spec, key)
    yield from getattr(spec, "series", ())
    yield from getattr(spec, "indicators", ())
    yield from (one for one in getattr(spec, "rows", ()) if spec.kind == "targets")


def _borrowed(spec: Any, report: Report, section: str) -> Iterator[str]:
    """Yield the indicators of the table that a chart is drawn from."""
    if matrix := report.table(getattr(spec, "table", None) or "", section):
        yield from figures_of(matrix, report, section)


def _named(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            below = getattr(value, name)
            if name == key and isinstance(below, str):
                yield below
            else:
                yield from _named(below, key)
    elif isinstance(value, Mapping):
        for below in value.values():
            yield from _named(below, key)
    elif isinstance(value, (tuple, list)):
        for below in value:
            yield from _named(below, key)
