"""Report, languages and pages -> Site: the only file that knows Jinja."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape

from crossfoot import tables
from crossfoot.evidence_wording import Auditor
from crossfoot.figures import figure
from crossfoot.inserts import Insert
from crossfoot.interactive import chart_file
from crossfoot.model import Note, Section, Text, split
from crossfoot.narrative import Page, blocks, heading_id, parser
from crossfoot.places import Place, Problem, Problems
from crossfoot.shelf import Same, made_of
from crossfoot.shown import ChapterCard, Figure, FootnoteView, Link, NoteView, Phrase, Run, Table, Tile
from crossfoot.tables import indicator_of
from crossfoot.tables.index import Options as Index
from crossfoot.tables.register import Options as Register
from crossfoot.textfile import read_text
from crossfoot.wording import Wording, anchor


def environment(theme: Path) -> Environment:
    """Return the one Jinja environment of our own templates: everything escaped, nothing undefined passes."""

    def source(name: str) -> tuple[str, str, None] | None:
        path = theme / name
        return (read_text(path, f"{theme.name}/{name}"), str(path), None) if path.is_file() else None

    made = Environment(loader=FunctionLoader(source), autoescape=True, undefined=StrictUndefined)
    made.globals["site_url"] = ""  # the site sets it where it knows its address
    return made


@contextmanager
def templates_told(theme: Path) -> Iterator[None]:
    """Say of a template of *theme* that fails in this block which line it is, in place of a traceback.

    Raises:
        Problems: the template is missing, is no Jinja, or reads what it is not given.
    """
    try:
        yield
    except TemplateNotFound as error:
        place, message, hint = Place(f"{theme.name}/{error}"), "this template is missing", "every theme needs it"
    except TemplateSyntaxError as error:
        place, message, hint = Place(f"{theme.name}/{error.name}", error.lineno), str(error.message), ""
    except TemplateError as error:
        place = _last_line(error, theme)
        message = re.sub(r"^'[^']* object' has no (attribute|element)", "there is no", str(error.message))
        hint = "the first line of a template says what it may read"
    else:
        return
    message = (message[:1].lower() + message[1:]).rstrip(".")
    raise Problems([Problem(place, message, hint, rule="template")])


def _last_line(error: Exception, theme: Path) -> Place:
    """Return the innermost line of a template that *error* passed through; Jinja writes them into its traceback."""
    place, step = Place(theme.name), error.__traceback__
    while step is not None:
        file = Path(step.tb_frame.f_code.co_filename)
        if file.is_relative_to(theme):
            place = Place(f"{theme.name}/{file.relative_to(theme).as_posix()}", step.tb_lineno)
        step = step.tb_next
    return place


@dataclass
class Body:
    """The body of one page while it is made."""

    wording: Wording
    templates: Environment
    cache: Path | None = None
    contents: list[Link] = field(default_factory=list)
    """Headings so far, those of the second level with their own below them."""
    footnotes_done: bool = False
    shown: list[Table | Figure] = field(default_factory=list)
    """The tables and charts so far."""
    files: dict[str, str | bytes] = field(default_factory=dict)
    """Other files that are published with the page, by path from the site's root."""
    alone: bool = False
    """Whether the page is made without those files."""

    def html(self, page: Page) -> str:
        """Return the HTML of *page*: each block, then the editor's notes it called; footnotes at the end."""
        renderer = BlockRenderer(self)
        parts = []
        if page.language != self.wording.language.id:
            renderer = BlockRenderer(self, self.wording.original())
            parts.append(self.part("parts/untranslated.html", words=self.wording.untranslated("page")))
        for block in blocks(page.tokens):
            parts.append(renderer.render(renderer.tagged(block), parser().options, {}))
            parts.append(self.pending_notes())
        if self.wording.footnotes and not self.footnotes_done:
            parts.append(self.footnotes())
        return "".join(parts)

    def part(self, template: str, **values: Any) -> str:
        """Return *template* filled with *values* and the phrases."""
        phrases = self.wording.language.phrases
        return made_of(
            (template, *values.items(), Same(phrases), Same(self.templates)),
            lambda: self.templates.get_template(template).render(t=phrases, **values),
        )

    def runs(self, phrase: Phrase) -> str:
        """Return *phrase* as HTML."""
        macro: Any = self.templates.get_template("parts/runs.html").module
        return str(macro.runs(phrase))

    def pending_notes(self) -> str:
        """Return the editor's notes called since the last time, as asides."""
        wording = self.wording
        if not wording.pending:
            return ""
        shown: list[NoteView] = []
        while wording.pending:
            note = wording.report.notes[wording.pending.pop(0)]
            shown.append(
                self._note(
                    note,
                    href=wording.link("about", f"note-{anchor(note.id)}") if wording.stem != "about" else "",
                )
            )
        return self.part("parts/editor_note.html", notes=tuple(shown))

    def _note(self, note: Note, href: str, places: tuple[Link, ...] = ()) -> NoteView:
        wording = self.wording
        mark = wording.note_number(note) if note.id in wording.notes else ""
        return NoteView(
            id=f"note-{anchor(note.id)}",
            mark=mark,
            kind=wording.language.phrases[f"note_kinds.{note.kind}"],
            basis=wording.language.phrases[f"bases.{note.basis}"],
            title=wording.text(note.title),
            text=wording.text(note.text),
            href=href,
            back=tuple(wording.notes.get(note.id, ())),
            places=places,
        )

    # -- inserts that stand alone on a line ------------------------------------------------------------

    def block(self, insert: Insert) -> str:
        """Return the HTML of an insert that stands alone."""
        match insert.word:
            case "table":
                return self.table(*split(insert.args[0], self.wording.section))
            case "chart":
                section, name = split(insert.args[0], self.wording.section)
                spec = self.wording.report.sections[section].charts[name]
                shown = figure(spec, self.wording, section, name, self.cache)
                if not self.alone:
                    self.files |= chart_file(spec, self.wording, section, shown, self.cache)
                return self._chart(shown)
            case "tiles":
                return self.part("parts/tiles.html", tiles=tuple(self._tile(name) for name in insert.args))
            case "register":
                return self._register(insert.args)
            case "index":
                return self._index(insert.args[0])
            case "notes":
                return self._notes()
            case "findings":
                return self._findings()
            case "checks":
                return self._checks()
            case "kpi_tables":
                return self._kpi_tables()
            case "chapters":
                return self.part("parts/chapters.html", chapters=self._chapters())
            case "footnotes":
                self.footnotes_done = True
                return self.footnotes()
        raise AssertionError(insert.word)

    def table(self, section: str, name: str) -> str:
        """Return one table as HTML."""
        spec = self.wording.report.sections[section].tables[name]
        return self._table(tables.arrange(spec, self.wording, section, name))

    def _table(self, table: Table) -> str:
        self.shown.append(table)
        return self.part("tables/table.html", table=table)

    def _chart(self, chart: Figure) -> str:
        self.shown.append(chart)
        return self.part("figures/chart.html", figure=chart)

    def footnotes(self) -> str:
        """Return the footnotes called so far on the page."""
        wording, shown, done = self.wording, [], 0
        while done < len(wording.footnotes):  # a footnote may call another
            key = list(wording.footnotes)[done]
            section, name = key.split(".")
            phrase = wording.text(wording.report.sections[section].footnotes[name].text, section)
            shown.append((key, f"footnote-{anchor(name)}", str(done + 1), phrase))
            done += 1
        views = tuple(
            FootnoteView(id_, mark, phrase, tuple(wording.footnotes[key])) for key, id_, mark, phrase in shown
        )
        return self.part("parts/footnotes.html", footnotes=views) if views else ""

    def _tile(self, name: str) -> Tile:
        wording = self.wording
        section, _ = split(name, wording.section)
        indicator = indicator_of(name, wording, wording.section)
        uses = wording.report.uses.get(f"value:{indicator.id}", ())
        anchor_ = next((use.anchor for use in uses if use.page == section), "")
        period = wording.report.file.periods[wording.period_of(indicator)]
        return Tile(
            phrase=(
                *_parted(
                    wording.value((name,), wording.section), wording.value((name, "bare", "plain"), wording.section)
                ),
                *wording.marks_at(indicator, wording.period_of(indicator)),
            ),
            label=wording.text(indicator.label, section),
            href=wording.link(section, anchor_),
            period=wording.language.period(period),
        )

    def _register(self, kinds: Sequence[str]) -> str:
        language = self.wording.language
        names = [language.phrases.get(f"kinds.{kind}", kind) for kind in kinds]
        names = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
        caption = Text(by_language={"*": language.phrases["list_comma"].join(names)})
        spec = Register(caption=caption, terms=tuple(kinds))
        return self._table(tables.arrange(spec, self.wording, self.wording.section, "register_" + "_".join(kinds)))

    def _index(self, framework: str) -> str:
        short = self.wording.language.of(self.wording.report.frameworks[framework].short)
        caption = Text(by_language={"*": self.wording.language.word("disclosures.caption", short)})
        name = f"index_{framework}".replace("-", "_")
        spec = Index(caption=caption, framework=framework)
        return self._table(tables.arrange(spec, self.wording, self.wording.section, name))

    def _notes(self) -> str:
        return self.part(
            "parts/editor_notes.html",
            notes=tuple(self._note(note, "", self._places(note)) for note in self.wording.report.notes.values()),
        )

    def _findings(self) -> str:
        """Return every finding of the audit with its arithmetic, and the reason why it stands."""
        auditor, audit = Auditor(self.wording), self.wording.report.audit
        if not audit.findings:
            return self.part("evidence/words.html", paragraphs=((Run(auditor.word("no_findings")),),))
        shown = [auditor.claim(claim, lead="finding") for claim in audit.findings]
        return self.part("evidence/claims.html", claims=shown, named=True)

    def _checks(self) -> str:
        """Return how many claims were checked and how they came out, and those that cannot be checked, with why."""
        auditor = Auditor(self.wording)
        shown = (auditor.counts("audit-counts"), auditor.left_open("audit-open"))
        return "".join(self.part("tables/table.html", table=table) for table in shown if table.body)

    def _places(self, note: Note) -> tuple[Link, ...]:
        report, wording = self.wording.report, self.wording
        uses = [*report.uses.get(f"note:{note.id}", ())]
        for name in note.at:
            uses += [use for use in report.uses.get(f"value:{name}", ()) if use.page == name.split(".")[0]][:1]
        links: list[Link] = []
        for use in uses:
            section = report.sections.get(use.page)
            if section is None or use.page == "about":
                continue
            heading = next((one for key, one in section.headings.items() if anchor(key) == use.anchor), None)
            number = (heading.number if heading else "") or section.number
            text = wording.language.of(heading.title if heading else section.title)
            link = Link(text=text, href=wording.link(use.page, use.anchor), number=number)
            if link not in links:
                links.append(link)
        return tuple(links)

    def _kpi_tables(self) -> str:
        parts = []
        for name in self.wording.report.file.chapters:
            section = self.wording.report.sections[name]
            shown = [key for key, spec in section.tables.items() if spec.kpi]
            if not shown:
                continue
            parts.append(self.heading(2, name, section.number, section.title, tick=True))
            for key in shown:
                parts.append(self.table(name, key))
                parts.append(self.pending_notes())
        return "".join(parts)

    def _chapters(self) -> tuple[ChapterCard, ...]:
        wording = self.wording
        cards = []
        for name in wording.report.file.chapters:
            if name in wording.report.absent.get(wording.language.id, ()):
                continue
            section = wording.report.sections[name]
            cards.append(
                ChapterCard(
                    section.number,
                    wording.language.of(section.title),
                    wording.text(section.summary, name),
                    wording.link(name),
                )
            )
        return tuple(cards)

    def heading(
        self, level: int, name: str, number: str, title: Text, disclosures: Sequence[str] = (), *, tick: bool = False
    ) -> str:
        """Return a heading with its anchor and the codes it answers, and note it in the table of contents.

        *tick* lets a reader add what stands under it to their own report.
        """
        text = self.wording.language.of(title)
        link = Link(text=text, href=f"#{anchor(name)}", number=number, lang=self.wording.tag_of(title))
        if level > 2 and self.contents:
            last = self.contents[-1]
            self.contents[-1] = replace(last, children=(*last.children, link))
        else:
            self.contents.append(link)
        shown = f'<span class="number">{escape(number)}</span> ' if number else ""
        words = self.runs(self.wording.text(title) if link.lang else tuple(self.wording.plain(text)))
        codes = self.wording.codes(disclosures)
        below = self.part("parts/codes.html", codes=codes) + "\n" if codes else ""
        below += self.part("parts/tick.html", id=anchor(name), sort="section") + "\n" if tick else ""
        return f'<h{level} id="{anchor(name)}">{shown}{words}</h{level}>\n{below}'


def _parted(whole: Run, number: Run) -> Phrase:
    """Return *whole* with its number as a run of its own, so that qualifier and unit can stand smaller."""
    lead, found, tail = whole.text.partition(number.text)
    if not found or number.text == whole.text:
        return (whole,)
    parts = (Run(lead), replace(whole, text=number.text), Run(tail))
    return tuple(part for part in parts if part.text)


class BlockRenderer(RendererHTML):
    """markdown-it's renderer, with our inserts, headings from data, and foreign stretches marked."""

    def __init__(self, body: Body, original: Wording | None = None) -> None:
        """Render for *body*; *original* words the sentences of a page that stands in for its translation."""
        super().__init__()
        self.body = body
        self.original = original

    def tagged(self, block: list[Token]) -> list[Token]:
        """Return *block*, marked with the language of its sentences where that is not the page's."""
        if self.original is None or not block[0].tag or heading_id(block) is not None:
            return block
        attrs = {**block[0].attrs, "lang": self.original.language.tag}
        return [block[0].copy(attrs=attrs), *block[1:]]

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Return the HTML of one block; a heading is made from its data."""
        name = heading_id(tokens)
        if name is not None:
            section: Section = self.body.wording.report.sections[self.body.wording.section]
            heading = section.headings[name]
            level = int(tokens[0].tag[1:])
            return self.body.heading(
                level, name, heading.number, heading.title, heading.disclosures, tick=level in (2, 3)
            )
        return super().render(tokens, options, env)

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return a stretch of text, escaped, its foreign parts marked with their language."""
        return self.body.runs(tuple((self.original or self.body.wording).plain(tokens[idx].content)))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return a line break of the source: nothing between Chinese characters, where a space would be seen."""
        before = next((token.content[-1] for token in reversed(tokens[:idx]) if token.content), "")
        after = next((token.content[0] for token in tokens[idx + 1 :] if token.content), "")
        latin = before.isascii() and after.isascii() and before != "}" and after != "{"
        return "\n" if latin or not (self.original or self.body.wording).language.is_han else ""

    def insert(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return an insert inside a sentence."""
        return self.body.runs((self.original or self.body.wording).insert(tokens[idx].meta["insert"]))

    def insert_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return an insert that stands alone."""
        return self.body.block(tokens[idx].meta["insert"]) + "\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the start of a link to the web; the page it leads to learns nothing of this one."""
        tokens[idx].attrSet("rel", "external noreferrer")
        return self.renderToken(tokens, idx, options, env)
