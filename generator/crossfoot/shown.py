"""What is shown: strings already in a language, ready for a template. Nothing here is formatted any further."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one nature."""

    text: str
    kind: str = ""
    """'' plain, 'value' a figure, 'claim' what figures show, 'date' a date, 'term' a name, 'mark' a footnote mark,
    'note' an editor's note mark, 'finding' the mark of what the audit found, 'evidence' a link to a figure's
    evidence."""
    lang: str = ""
    """BCP 47 tag where the stretch is in another language than the page."""
    href: str = ""
    """Where it links to, relative to the page or `#anchor`."""
    name: str = ""
    """The figure's or term's name: `environment.ghg_total`."""
    value: str = ""
    """The machine form of a figure, 13093.57, or of a date, 2018-07-23."""
    facts: tuple[tuple[str, str], ...] = ()
    """What else a program reads of a figure: period, part, unit, upto, qualifier, omission; those that apply."""
    id: str = ""
    """The anchor the stretch carries, where something links back to it."""
    label: str = ""
    """What a screen reader says in place of the text, where the text alone is not enough."""


Phrase = tuple[Run, ...]
"""A wording made of runs; templates print it with the macro `runs`."""


def plain(phrase: Phrase) -> str:
    """Return the bare text of *phrase*, without marks."""
    return "".join(run.text for run in phrase if run.kind not in ("mark", "note", "finding", "untranslated"))


@dataclass(frozen=True, slots=True)
class Tools:
    """What a reader can take away of one figure, table or chart."""

    title: Phrase
    """What it is, for whoever hears the links one by one."""
    downloads: tuple[Link, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    """What the button says, and the value with unit, period and source that it copies."""
    citation: Phrase = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    kind: str
    """'text', 'number', 'missing', 'unit', 'list', 'check', 'choose' (a box to tick, for scripts) or 'blank'."""
    phrase: Phrase = ()
    """The content; for a number its qualifier words, digits and unit in reading order."""
    parts: tuple[Phrase, ...] = ()
    """The list's points, where kind is 'list'."""
    header: str = ""
    """'col', 'colgroup', 'row' or 'rowgroup' for a header cell, else ''."""
    columns: int = 1
    rows: int = 1
    pad: int = 0
    """Number cells: how many decimal places the cell lacks against the longest of its column, for alignment."""
    bare: bool = False
    """Number cells: no decimal point at all, while the column has one."""
    marks: tuple[Run, ...] = ()
    """Footnote marks."""
    codes: Phrase = ()
    """Links to the content indexes, for a row's heading."""
    label: str = ""
    """The column's heading, for the stacked form on a phone."""
    lang: str = ""
    href: str = ""
    """Where the whole cell leads, without shouting: the evidence of the row."""
    period: str = ""
    """Of the heading of a column of figures: the period they are of."""
    breaks: bool = False
    """Whether the figure covers something else than the one before it, so that the two are not to be compared."""
    tools: Tools | None = None
    """What stands below the content, to take away."""
    facts: tuple[tuple[str, str], ...] = ()
    """What a script reads of the cell, by name; printed as `data-NAME`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    kind: str = ""
    """'' a plain row, 'group' a heading over rows, 'total' a total, 'target' a target."""
    level: int = 0
    """Depth of indentation, 0 to 3."""
    id: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """What a script reads of the row, by name; printed as `data-NAME`."""
    tick: bool = False
    """Whether a reader can add the row, which stands for a figure, to their own report."""


@dataclass(frozen=True, slots=True)
class TableNote:
    """A footnote of a table: its mark, its words, and the way back."""

    mark: str
    id: str
    phrase: Phrase
    back: tuple[str, ...] = ()
    """Anchors of the marks that call it."""
    kind: str = ""
    """'' or 'editor' for an editor's note."""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown; one template prints every kind."""

    id: str
    kind: str
    caption: Phrase
    description: Phrase = ()
    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    notes: tuple[TableNote, ...] = ()
    general: tuple[Phrase, ...] = ()
    stacked: bool = False
    """True where a phone shows each row as a card: tables of words."""
    columns: tuple[str, ...] = ()
    """One class a column: 'label', 'unit', 'number', 'text', 'check'."""
    name: str = ""
    """What it is called in data, `environment.emissions`; empty where it belongs to something else on the page."""
    downloads: tuple[Link, ...] = ()
    """Its files: CSV, workbook, JSON."""
    compares: bool = False
    """Whether a reader can choose among its periods and compare two of them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as it is shown: its finding, the drawing, the drawing in words, its data as a table."""

    id: str
    title: Phrase
    subtitle: Phrase
    description: Phrase
    wide: str
    """The drawing for 680 px, SVG."""
    narrow: str
    """The drawing for 328 px, SVG."""
    table: Table
    source: Phrase = ()
    codes: Phrase = ()
    """Links to the content indexes, for the figures drawn."""
    name: str = ""
    """What it is called in data: `environment.by_scope`."""
    downloads: tuple[Link, ...] = ()
    """Its files: CSV, workbook, JSON."""
    script: str = ""
    """The file of the site in which a script finds it: `charts/en/environment/by_scope.js`."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure on the home page."""

    phrase: Phrase
    """The figure itself."""
    label: Phrase
    href: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a menu."""

    text: str
    href: str
    current: bool = False
    number: str = ""
    lang: str = ""
    tag: str = ""
    children: tuple[Link, ...] = ()
    note: str = ""
    """What is said of where it leads, after its text."""
    spoken: str = ""
    """What is said aloud beyond that."""


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link to a PDF document."""

    text: str
    href: str
    name: str
    """What the file is called once it is kept: the title, not the address."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that crossfoot makes by itself in one language, without a content file: figures, disclosures."""

    stem: str
    """Its address below the language, the same in all of them: `figures/environment`."""
    title: str
    summary: str
    html: str
    """The body, made from our templates."""
    short: str = ""
    """Its name in the menu; empty where it does not stand there."""
    contents: tuple[Link, ...] = ()
    parents: tuple[Link, ...] = ()
    """The pages above it, between home and itself."""
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """Other files that are published with it, by path from the site's root."""
    scripts: tuple[str, ...] = ()
    """Scripts of `theme/assets` that it needs at once, by file name."""
    shown: tuple[Table | Figure, ...] = ()
    """The tables and charts on it that have a name, in order; their files are made from them."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet that can be made: what others must know of it, and how it is made."""

    stem: str
    make: Callable[[], Sheet]
    short: str = ""
    """Its name in the menu; empty where it does not stand there."""


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of the site, everything the skeleton `theme/main.html` prints. All links are relative to the page."""

    path: str
    """The file it is published as: `en/environment/index.html`."""
    kind: str
    """'front', 'home', 'chapter', 'page', 'missing' (404) or 'problems'."""
    language: str
    tag: str
    title: str
    """Of the page alone."""
    full_title: str
    """For the title bar: page, report."""
    summary: str
    html: str
    """The body, made by our renderer."""
    title_lang: str = ""
    """The tag of the language of the title where it is not yet translated; the summary's is the next."""
    summary_lang: str = ""
    untranslated: str = ""
    """What is said beside a wording that is not yet translated."""
    number: str = ""
    root: str = ""
    """The way to the site's root: `../../`, empty at the root itself."""
    canonical: str = ""
    """Absolute address, empty where the site's address is unknown."""
    languages: tuple[Link, ...] = ()
    """The switch: one link a language, to this same page."""
    editions: tuple[Link, ...] = ()
    """The switch of years: one link a published year, to this same page; empty where there is one year."""
    newer: Phrase = ()
    """That a later year is published, with the way to this same page of it; empty on the latest."""
    alternates: tuple[Link, ...] = ()
    """The languages with absolute addresses, for search engines; `Link.tag` is the hreflang."""
    menu: tuple[Link, ...] = ()
    """Home, chapters, pages after them."""
    contents: tuple[Link, ...] = ()
    """The table of contents of this page."""
    crumbs: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    home: str = ""
    site_title: str = ""
    organisation: str = ""
    disclaimer: str = ""
    licence: str = ""
    source: str = ""
    scripts: tuple[str, ...] = ()
    """Scripts of `theme/assets` that the page needs at once, by file name; others are loaded when asked for."""
    shown: tuple[Table | Figure, ...] = ()
    """The tables and charts on it that have a name, as arranged; their files are made from them."""
    linked_data: str = ""
    """JSON-LD for programs, safe inside a `<script>`; it is data and never run."""
    version: str = ""
    """The version of data and words, short; empty where there is none to speak of."""
    documents: tuple[DocumentLink, ...] = ()
    """PDF of this chapter, of the whole report; none where they are not made."""
    phrases: dict[str, str] = field(default_factory=dict)
    """`t` in templates: the phrases of the language."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """An editor's note as it is shown beside the text or on the page that collects them."""

    id: str
    mark: str
    kind: str
    """One word in the language: arithmetic, contradiction, slip ..."""
    basis: str
    """In the language: proved from the source, rests on outside knowledge, inferred."""
    title: Phrase
    text: Phrase
    href: str = ""
    """To the note on the collecting page; empty on that page."""
    back: tuple[str, ...] = ()
    """Anchors of the marks that call it on this page."""
    places: tuple[Link, ...] = ()
    """On the collecting page: where the note is shown."""


@dataclass(frozen=True, slots=True)
class FootnoteView:
    """A numbered footnote."""

    id: str
    mark: str
    phrase: Phrase
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterCard:
    """A chapter as the home page lists it."""

    number: str
    title: str
    summary: Phrase
    href: str
