"""The commands: `check` and `show` only read; the others write where they are told, or a record in `data/records`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crossfoot.places import Problem, Problems, as_annotations, as_json
from crossfoot.version import VERSION

if TYPE_CHECKING:
    from crossfoot.freeze import Frozen
    from crossfoot.model import Report
    from crossfoot.narrative import Page

# What a command needs is imported where it runs: whoever asks whether anything is wrong, and nothing has changed,
# need not wait for all the others.

_FOLDER = click.option(
    "--report",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The report's folder, which holds data/ and content/; here, if left out.",
)
_CACHE = Path(".cache/crossfoot")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="crossfoot")
def main() -> None:
    """Check, show and export an ESG report written in YAML and Markdown."""


@main.command()
@_FOLDER
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For people, programs, or CI.",
)
@click.option("--strict", is_flag=True, help="Warnings stop the build too.")
@click.option("--rules", "rules_only", is_flag=True, help="Data and words alone, without making the pages.")
def check(folder: Path, form: str, strict: bool, rules_only: bool) -> None:
    """Apply every rule to the report. Exit status 0: it can be published; 1: it cannot.

    Where nothing has changed since a report without mistakes was checked, its verdict stands. With `--rules`, the
    finished pages are not made and not compared: for a very long report, that takes seconds instead of minutes.
    """
    from crossfoot.checked import checked

    try:
        found = checked(folder, folder / _CACHE, rules_only=rules_only, say=_say)
    except Problems as problems:
        found = tuple(problems.found)
    _say("")
    errors = [one for one in found if one.severity == "error" or strict]
    if form == "json":
        click.echo(as_json(found))
    elif form == "github":
        if found:
            click.echo(as_annotations(found))
    else:
        for problem in found:
            click.echo(_coloured(problem))
        click.echo(_summary(found, rules_only=rules_only), err=bool(errors))
    sys.exit(1 if errors else 0)


def _say(text: str) -> None:
    """Show what is being done on one line that the next replaces, where a person looks; nothing when piped."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)


def _coloured(problem: Problem) -> str:
    colour = "red" if problem.severity == "error" else "yellow"
    lines = str(problem).splitlines()
    lines[0] = click.style(str(problem.place), bold=True) + click.style(lines[0][len(str(problem.place)) :], fg=colour)
    return "\n".join(lines)


def _summary(found: tuple[Problem, ...], *, rules_only: bool = False) -> str:
    errors = sum(1 for one in found if one.severity == "error")
    warnings = len(found) - errors
    if not found:
        end = "the finished pages are not compared yet" if rules_only else "the report can be published"
        return click.style(f"no problems: {end}", fg="green")
    parts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return click.style(" and ".join(parts), fg="red" if errors else "yellow")


@main.command()
@click.argument("name", nargs=-1, required=True)
@_FOLDER
def show(name: tuple[str, ...], folder: Path) -> None:
    """Tell everything about one figure or code.

    NAME is section.indicator, e.g. environment.ghg_total, or a code of a framework, e.g. A1.2 or hkex-2016 A1.2.
    """
    from crossfoot.program import read_report
    from crossfoot.tell import tell

    try:
        report, _ = read_report(folder)
        click.echo(tell(report, " ".join(name)))
    except Problems as problems:
        _stop(problems)


@main.command()
@_FOLDER
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def audit(folder: Path, form: str) -> None:
    """Say of every claim whether the printed digits agree. Exit status 1: a finding is not acknowledged."""
    from crossfoot.program import read_report
    from crossfoot.verdicts import audit_json, audit_text

    try:
        report, _ = read_report(folder)
        for line in audit_text(report) if form == "text" else (audit_json(report),):
            click.echo(line)
    except Problems as problems:
        _stop(problems)
        return
    sys.exit(1 if any(claim.acknowledged is None for claim in report.audit.findings) else 0)


@main.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv", "json"]),
    help="What FILE becomes; by its ending, if left out.",
)
@_FOLDER
def register(target: Path, form: str | None, folder: Path) -> None:
    """Write the evidence register into FILE: every figure with its source, its place and what was checked."""
    from crossfoot.export import REGISTERS, write_register
    from crossfoot.program import read_report

    form = form or target.suffix.lstrip(".")
    if form not in REGISTERS:
        raise click.UsageError(f"'{target.name}' does not say what to write: end it in .xlsx, .csv or .json")
    try:
        report, _ = read_report(folder)
        write_register(report, target, form)
        click.echo(f"the register is written to {target}")
    except Problems as problems:
        _stop(problems)


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@_FOLDER
def export(target: Path, folder: Path) -> None:
    """Write the pages' bodies and all figures into DIR, without MkDocs."""
    from crossfoot.export import export_site

    try:
        count = export_site(folder, target, cache=folder / _CACHE)
        click.echo(f"{count} files written to {target}")
    except Problems as problems:
        _stop(problems)


@main.command()
@click.argument(
    "folders",
    metavar="FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
)
@click.option(
    "--into", "target", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The folder to publish."
)
@click.option("--site-url", default="", metavar="URL", help="The absolute address that DIR will have.")
def archive(folders: tuple[Path, ...], target: Path, site_url: str) -> None:
    """Build the reports of several years side by side into DIR, each under the name of its FOLDER.

    DIR is replaced only when all of them have been built.
    """
    from crossfoot.archive import archive as archived

    try:
        names = archived(folders, target, site_url=site_url, say=click.echo)
    except Problems as problems:
        if target.exists():
            click.echo(f"{target} is as it was", err=True)
        _stop(problems)
        return
    click.echo(f"{len(names)} years stand in {target}: open {target}/index.html")


@main.command()
@click.argument("old", metavar="REV")
@click.argument("new", metavar="[REV]", default="")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", help="How to tell it.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; the screen.")
@click.option("--language", default="", metavar="ID", help="Whose words to use; the reference language's.")
@_FOLDER
def diff(old: str, new: str, form: str, output: Path | None, language: str, folder: Path) -> None:
    """Tell what changed from REV to a second REV, or to what is written now.

    REV is a git revision (a commit, tag or branch, HEAD~1), or a folder that holds data/ and content/.
    """
    from crossfoot.diff import as_html, as_text, save
    from crossfoot.diff import as_json as as_diff_json
    from crossfoot.diff import diff as compared
    from crossfoot.folders import theme_of
    from crossfoot.revisions import read_version

    try:
        found = compared(read_version(old, folder), read_version(new, folder))
        spoken = found.language(language)
        if form == "json":
            told = as_diff_json(found)
        elif form == "html":
            told = as_html(found, spoken, theme_of(folder))
        else:
            told = as_text(found, spoken, _plain if output else _painted) + "\n"
        if output is None:
            click.echo(told, nl=False)
        else:
            save(told, output, folder)
    except Problems as problems:
        _stop(problems)


def _plain(text: str, colour: str) -> str:
    return text


def _painted(text: str, colour: str) -> str:
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)


@main.command()
@_FOLDER
@click.option("--lift", "lifted", is_flag=True, help="End the freeze: the report may change again.")
@click.option("--status", is_flag=True, help="Say whether the report is frozen, and what differs.")
@click.option("--note", default="", metavar="TEXT", help="A word on what was approved, kept in the record.")
def freeze(folder: Path, lifted: bool, status: bool, note: str) -> None:
    """Record the report as approved; from then on, no build differs from it until the freeze is lifted."""
    from crossfoot.freeze import RECORD, frozen_of, written
    from crossfoot.program import build_from, read_report
    from crossfoot.records import file_of, remove, write

    if lifted + status + bool(note) > 1:
        raise click.UsageError("'--lift', '--status' and '--note' do not go together")
    try:
        if lifted:
            found = remove(folder, RECORD)
            click.echo("the freeze is lifted" if found else "the report is not frozen")
            return
        report, pages = read_report(folder)
        if status:
            _freeze_status(report, pages)
            return
        build_from(report, pages, folder, cache=folder / _CACHE, say=_say)
        _say("")
        frozen = frozen_of(report, pages, note)
        write(folder, RECORD, written(frozen))
        click.echo(f"{_counted(frozen)} are frozen in {file_of(RECORD)}")
    except Problems as problems:
        _say("")
        _stop(problems)


def _freeze_status(report: Report, pages: tuple[Page, ...]) -> None:
    from crossfoot.freeze import RECORD, differences, read

    text = report.records.get(RECORD)
    if text is None:
        click.echo("the report is not frozen")
        return
    frozen = read(text)
    differs = Problems(list(differences(frozen, report, pages)))
    if differs.found:
        _stop(differs)
    said = f": {frozen.note}" if frozen.note else ""
    click.echo(f"{_counted(frozen)} are frozen, and nothing differs{said}")


def _counted(frozen: Frozen) -> str:
    from crossfoot.freeze import count

    figures, texts = count(frozen)
    return f"{figures} figure{'' if figures == 1 else 's'} and {texts} wording{'' if texts == 1 else 's'}"


@main.group()
def translations() -> None:
    """Keep each translation in step with the original it was made from."""


@translations.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_FOLDER
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def status(names: tuple[str, ...], folder: Path, form: str) -> None:
    """List the translations that are not as they were accepted. Exit status 1 if the original of one has changed.

    NAME is a file, FILE:LINE, a path of keys (indicators.ghg_total.label), or PAGE.HEADING; all texts, if left out.
    """
    from crossfoot.translating import status_json, status_of, status_text

    try:
        found = status_of(folder, names)
    except Problems as problems:
        _stop(problems)
        return
    for line in (status_json(found),) if form == "json" else status_text(found):
        click.echo(line)
    sys.exit(1 if found.is_stale else 0)


@translations.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_FOLDER
@click.option("--all", "every", is_flag=True, help="Every translation of the report.")
def accept(names: tuple[str, ...], folder: Path, every: bool) -> None:
    """Record that translations say what their originals say now.

    NAME is a file, FILE:LINE, a path of keys (indicators.ghg_total.label), or PAGE.HEADING.
    """
    from crossfoot.translating import accept_translations

    if bool(names) == every:
        raise click.UsageError("name the texts to accept, or write '--all'")
    try:
        for line in accept_translations(folder, names):
            click.echo(line)
    except Problems as problems:
        _stop(problems)


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def schema(target: Path) -> None:
    """Write the JSON Schemas that editors complete and check the data with into DIR."""
    from crossfoot.schema import write_schemas

    for path in write_schemas(target):
        click.echo(path)


def _stop(problems: Problems) -> None:
    for problem in problems.found:
        click.echo(_coloured(problem), err=True)
    click.echo(_summary(tuple(problems.found)), err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
