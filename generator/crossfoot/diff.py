"""Say what changed between two versions of a report: as text, as JSON, and as a page that stands by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from crossfoot.changes import Change, compare, period_and_part
from crossfoot.identity import Fact, setting
from crossfoot.localise import Language, load_language
from crossfoot.model import Observation
from crossfoot.places import Place, Problem, Problems, did_you_mean
from crossfoot.render import environment, templates_told
from crossfoot.revisions import Version
from crossfoot.telling import Entry, Piece, Telling, amount_of

Style = Callable[[str, str], str]
"""Colours a text for a terminal: the text and 'bold', 'red', 'green' or 'yellow'."""


@dataclass(frozen=True)
class Diff:
    """What changed from one version of a report to another."""

    old: Version
    new: Version
    changes: tuple[Change, ...]
    languages: tuple[Language, ...]
    """Those of the new version, the reference first."""

    def language(self, name: str = "") -> Language:
        """Return the language called *name*, the reference if it is empty.

        Raises:
            Problems: the report has no such language.
        """
        for one in self.languages:
            if name in ("", one.id):
                return one
        hint = did_you_mean(name, [one.id for one in self.languages], listed="languages")
        message = f"'{name}' is not a language of this report"
        raise Problems([Problem(Place("--language"), message, hint, rule="language")])

    def entries(self, language: Language) -> tuple[Entry, ...]:
        """Return every change as *language* tells it."""
        return tuple(
            Telling(self.old.report, self.new.report, self.languages, language).entry(one) for one in self.changes
        )


def diff(old: Version, new: Version) -> Diff:
    """Return what changed from *old* to *new*.

    Raises:
        Problems: a language of the report has no phrases.
    """
    languages = tuple(load_language(one, one.place) for one in new.report.languages)
    return Diff(old, new, compare((old.report, old.pages), (new.report, new.pages)), languages)


# -- three forms ---------------------------------------------------------------------------------------


def as_text(found: Diff, language: Language, style: Style = lambda text, _: text) -> str:
    """Return the changes as lines for a terminal: chapter, thing, what of it, was → now, and both places."""
    entries = found.entries(language)
    if not entries:
        return language.phrases["diff.nothing"]
    colon = language.phrases["diff.colon"]
    lines = [language.word("diff.count", str(len(entries)))]
    for chapter, of_chapter in groupby(entries, key=lambda one: one.chapter):
        lines += ["", style(chapter, "bold")]
        for (kind, label, id_), of_thing in groupby(of_chapter, key=lambda one: (one.kind, one.label, one.id)):
            lines.append(f"  {kind} {id_}" + (f"{colon}{label}" if label else ""))
            for one in of_thing:
                lines += [f"    {line}" for line in _lines(one, language, style)]
    return "\n".join(lines)


def _lines(one: Entry, language: Language, style: Style) -> Iterator[str]:
    """Yield what one entry says, what it follows from, and where it stands."""
    colon = language.phrases["diff.colon"]
    words = one.new or one.old
    if one.pieces:
        said = "".join(_marked(piece, style) for piece in one.pieces)
    elif one.is_exchange:
        said = f"{style(one.old, 'red')} → {style(one.new, 'green')}"
        if one.what != language.phrases["diff.whats.changed"]:
            said = style(one.what, "yellow") + colon + said
    else:
        said = style(one.what, "yellow") + (f"{colon}{words}" if words else "")
    lead = f"{one.aspect}{colon}" if one.aspect else ""
    yield lead + said + (f" ({one.change})" if one.change else "")
    if one.because:
        yield f"  {one.because}"
    yield f"  {' → '.join(part for part in (one.was, one.now) if part)}"


def _marked(piece: Piece, style: Style) -> str:
    """Return a stretch as `git diff --word-diff` marks it: [-out-]{+in+}."""
    match piece.sort:
        case "del":
            return style(f"[-{piece.text}-]", "red")
        case "ins":
            return style(f"{{+{piece.text}+}}", "green")
    return piece.text


def as_json(found: Diff) -> str:
    """Return the changes for programs; `docs/author.md` describes the keys, which stay. Decimals are strings."""
    told = [(one, found.entries(one)) for one in found.languages]
    rows = []
    for number, change in enumerate(found.changes):
        entries = {language.id: entries[number] for language, entries in told}
        amount, unit = amount_of(change, found.old.report, found.new.report)
        fact = change.now or change.was
        at = period_and_part(fact) if fact and fact.kind == "figure" else ("", "")
        rows.append(
            {
                "chapter": change.subject.chapter,
                "kind": change.subject.kind,
                "id": change.subject.id,
                "what": change.what,
                "aspect": change.aspect,
                "period": at[0],
                "part": at[1],
                "language": fact.language if fact and change.aspect and change.what != "renamed" else "",
                "label": {name: one.label for name, one in entries.items()},
                "old": _side(change.was, {name: one.old for name, one in entries.items()}),
                "new": _side(change.now, {name: one.new for name, one in entries.items()}),
                "change": None if amount is None else {"amount": format(amount, "f"), "unit": unit},
                "because": list(change.because),
            }
        )
    versions = {key: {"name": one.name, "commit": one.commit} for key, one in (("old", found.old), ("new", found.new))}
    return json.dumps({"format": 1, **versions, "changes": rows}, ensure_ascii=False, indent=1) + "\n"


def _side(fact: Fact | None, shown: Mapping[str, str]) -> dict[str, Any] | None:
    if fact is None:
        return None
    amount = fact.noun.amount if isinstance(fact.noun, Observation) else None
    return {
        "said": fact.said,
        "amount": None if amount is None else setting(amount),
        "shown": dict(shown),
        "file": fact.place.file,
        "line": fact.place.line,
        "column": fact.place.column,
    }


def as_html(found: Diff, language: Language, theme: Path) -> str:
    """Return the changes as one page that stands by itself.

    Raises:
        Problems: the template `diff.html` of *theme* is missing or fails.
    """
    entries = found.entries(language)
    chapters = [
        (title, [(kind, list(rows)) for kind, rows in groupby(of_chapter, key=lambda one: one.kind)])
        for title, of_chapter in groupby(entries, key=lambda one: one.chapter)
    ]
    names = [one.name or language.phrases["diff.here"] for one in (found.old, found.new)]
    with templates_told(theme):
        return (
            environment(theme)
            .get_template("diff.html")
            .render(
                tag=language.tag,
                title=language.word("diff.title", *names),
                report=language.of(found.new.report.file.title),
                organisation=language.of(found.new.report.file.organisation.name),
                commits=tuple(zip(names, (found.old.commit, found.new.commit), strict=True)),
                count=len(entries),
                chapters=chapters,
                t=language.phrases,
            )
        )


def save(told: str, output: Path, folder: Path) -> None:
    """Write *told* into the file *output*, outside the own files of the report in *folder*.

    Raises:
        Problems: the file lies among the report's own, or cannot be written.
    """
    for part in ("data", "content", "theme"):
        if output.resolve().is_relative_to((folder / part).resolve()):
            message, hint = f"the file lies inside '{part}'", "name one outside the report's own files"
            raise Problems([Problem(Place(str(output)), message, hint, rule="diff")])
    try:
        output.write_text(told, encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"the file cannot be written: {(error.strerror or 'unknown reason').lower()}"
        raise Problems([Problem(Place(str(output)), message, "name another one", rule="diff")]) from None
