"""Read the data folder into one Report: which file becomes what, and every misfit said with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial, reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError, create_model

from crossfoot import charts, tables
from crossfoot.fingerprint import names_below
from crossfoot.misfits import problems_of
from crossfoot.model import Coverage, Framework, Name, Note, Rendering, Report, ReportFile, Section, Term, Unit
from crossfoot.places import Place, Problem, Problems, did_you_mean
from crossfoot.shelf import Shelf
from crossfoot.textfile import is_left_behind, read_text
from crossfoot.yamlfile import Document, read

_SINGLE = ("report.yaml", "units.yaml", "notes.yaml", "glossary.yaml")
_FOLDERS = ("sections", "terms", "frameworks", "coverage")
_RECORDS = "records"
"""The folder of what commands write and nobody types: JSON files."""


@cache
def shapes() -> Mapping[str, TypeAdapter[Any]]:
    """Return what each kind of file must look like: report, units, notes, glossary, terms, framework and so on."""
    table_kinds = [module.Options for module in tables.kinds().values()]
    chart_kinds = [kind.options for kind in charts.kinds().values()]
    table: Any = Annotated[reduce(or_, table_kinds), Field(discriminator="kind")]
    chart: Any = Annotated[reduce(or_, chart_kinds), Field(discriminator="kind")]
    section = create_model(
        "Section",
        __base__=Section,
        __doc__=Section.__doc__,
        tables=(Mapping[Name, table], {}),
        charts=(Mapping[Name, chart], {}),
    )
    return {
        "report": TypeAdapter(ReportFile),
        "units": TypeAdapter(Mapping[Name, Unit]),
        "notes": TypeAdapter(Mapping[Name, Note]),
        "glossary": TypeAdapter(Mapping[Name, Rendering]),
        "terms": TypeAdapter(Mapping[Name, Term]),
        "framework": TypeAdapter(Framework),
        "coverage": TypeAdapter(Coverage),
        "section": TypeAdapter(section),
    }


def load(folder: Path, shelf: Shelf | None = None) -> Report:
    """Return the report that *folder* (usually `data`) holds; what *shelf* holds of it need not be read again.

    Raises:
        Problems: every file that cannot be read and every value that does not fit, each with its place.
    """
    return Loader(folder, shelf or Shelf()).load()


class Loader:
    """Reads the files of one data folder and collects what is wrong."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        """Start with *folder*; files are named relative to its parent in every message."""
        self.folder = folder
        self.shelf = shelf
        self.problems: list[Problem] = []
        self.sources: dict[str, str] = {}
        self.names: dict[str, str] = {}
        """All that is in the folder: 'file', 'folder' or 'other'."""

    def load(self) -> Report:
        """Return the report, or raise Problems with all that was found."""
        if not self.folder.is_dir():
            raise Problems(
                [
                    Problem(
                        Place(self.folder.name),
                        "there is no folder of this name",
                        "it holds report.yaml, units.yaml and sections/",
                        rule="load",
                    )
                ]
            )
        self.names = names_below(self.folder)
        self._refuse_strays()
        file = self._read("report.yaml", "report")
        units = self._read("units.yaml", "units")
        notes = self._read("notes.yaml", "notes", optional=True)
        glossary = self._read("glossary.yaml", "glossary", optional=True)
        terms = self._terms()
        frameworks = dict(self._each("frameworks", "framework"))
        coverage = dict(self._each("coverage", "coverage"))
        sections = dict(self._each("sections", "section"))
        records = self._records()
        if file is not None and not file.languages:
            hint = "add one under 'languages': {id: en, tag: en-GB, name: English}"
            self.problems.append(Problem(file.place, "the report has no language", hint, rule="load"))
        if self.problems or file is None or units is None:
            raise Problems(self.problems)
        return Report(
            file=file,
            units=units,
            terms=terms,
            frameworks={key: one.model_copy(update={"id": key}) for key, one in frameworks.items()},
            coverage={key: one.model_copy(update={"id": key}) for key, one in coverage.items()},
            sections=self._ordered(file, sections),
            notes={key: one.model_copy(update={"id": key}) for key, one in (notes or {}).items()},
            glossary=glossary or {},
            sources=self.sources,
            records=records,
        )

    def shown(self, name: str) -> str:
        """Return what the author calls the file *name* of the folder: `data/sections/energy.yaml`."""
        return f"{self.folder.name}/{name}"

    def _read(self, name: str, shape: str, *, optional: bool = False) -> Any:
        return None if optional and self.names.get(name) != "file" else self._shaped(name, shape)

    def _shaped(self, name: str, shape: str) -> Any:
        """Return what the file *name* says in the *shape* it must have; None where it does not."""
        shown, content = self.shown(name), self.shelf.bytes_of(f"{self.folder}/{name}")
        try:
            text, value = self.shelf.get(f"data {shown}", content, lambda: self._made(name, shape))
        except Problems as found:
            self.problems.extend(found.found)
            return None
        self.sources[shown] = text
        return value

    def _made(self, name: str, shape: str) -> tuple[str, Any]:
        document = read(self.folder / name, self.shown(name))
        problems = list(self._refuse_ids(document, shape))
        try:
            value = shapes()[shape].validate_python(document.value)
        except ValidationError as error:
            problems += problems_of(error, document, shape, schema_of(shape))
        if problems:
            self.sources[document.file] = document.text
            raise Problems(problems)
        return document.text, value

    def _refuse_ids(self, document: Document, shape: str) -> Iterator[Problem]:
        """Refuse an `id` typed inside a thing: its id is the name before the colon."""
        things: list[tuple[tuple[str, ...], Any]] = []
        if shape in ("section", "framework", "coverage"):
            things = [((), document.value), *_below(document.value.get("indicators"), ("indicators",))]
        elif shape in ("terms", "notes"):
            things = _below(document.value, ())
        for loc, thing in things:
            if isinstance(thing, Mapping) and "id" in thing:
                hint = "the name before the colon is the id; take this line out"
                place = document.key_place((*loc, "id"))
                yield Problem(place, "'id' is not a known key", hint, rule=f"shape-{shape}")

    def _each(self, folder: str, shape: str) -> Iterator[tuple[str, Any]]:
        for name in self._in(folder, ".yaml"):
            found = self._shaped(name, shape)
            if found is not None:
                yield name[len(folder) + 1 : -len(".yaml")], found

    def _in(self, folder: str, suffix: str) -> Iterator[str]:
        """Yield the names of the files right in *folder*, which end so."""
        for name in self.names:
            inside = name.removeprefix(f"{folder}/")
            if inside != name and "/" not in inside and name.endswith(suffix) and not is_left_behind(name):
                yield name

    def _records(self) -> dict[str, str]:
        """Return what commands have recorded, by file name; whoever knows a record reads it."""
        records: dict[str, str] = {}
        for name in self._in(_RECORDS, ".json"):
            try:
                records[name.partition("/")[2]] = read_text(self.folder / name, self.shown(name))
            except Problems as found:
                self.problems.extend(found.found)
        return records

    def _terms(self) -> dict[str, Term]:
        terms: dict[str, Term] = {}
        for _, found in self._each("terms", "terms"):
            for key, term in found.items():
                if key in terms:
                    hint = f"it stands at {terms[key].place} already; ids are shared by all files in data/terms"
                    self.problems.append(Problem(term.place, f"there is a second term '{key}'", hint, rule="duplicate"))
                terms[key] = term.model_copy(update={"id": key})
        return terms

    def _ordered(self, file: ReportFile, sections: Mapping[str, Section]) -> dict[str, Section]:
        order = [*file.chapters, *file.pages]
        names = [name for name in order if name in sections] + [name for name in sections if name not in order]
        return {
            name: self.shelf.get(f"section {name}", sections[name], partial(_linked, name, sections[name]))
            for name in names
        }

    def _refuse_strays(self) -> None:
        for name, sort in self.names.items():
            if sort != "file" or is_left_behind(name):
                continue
            folder, _, rest = name.partition("/")
            if "/" not in rest and (
                (not rest and name in _SINGLE)
                or (folder in _FOLDERS and rest.endswith(".yaml"))
                or (folder == _RECORDS and rest.endswith(".json"))
            ):
                continue
            inside = Path(name)
            known = [*_SINGLE, *(f"{below}/{inside.stem}.yaml" for below in _FOLDERS)]
            hint = did_you_mean(name, known) if inside.suffix.lower() in (".yaml", ".yml", ".txt") else ""
            self.problems.append(
                Problem(
                    Place(self.shown(name)),
                    "this file is not part of the report",
                    hint or "move it out of data",
                    rule="stray-file",
                )
            )


def _below(inside: Any, loc: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    return [((*loc, name), thing) for name, thing in inside.items()] if isinstance(inside, Mapping) else []


def _linked(name: str, section: Section) -> Section:
    indicators = {key: one.model_copy(update={"id": f"{name}.{key}"}) for key, one in section.indicators.items()}
    return section.model_copy(update={"id": name, "indicators": indicators})


@cache
def schema_of(shape: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file."""
    return shapes()[shape].json_schema()
