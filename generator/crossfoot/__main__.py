"""The commands: check, show, export, schema. Only `export` and `schema` write, and only where they are told."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crossfoot import Problems, __version__, build, read_report
from crossfoot.export import export_site
from crossfoot.places import Problem, as_annotations, as_json
from crossfoot.schema import write_schemas
from crossfoot.tell import tell

_FOLDER = click.option(
    "--report",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The report's folder, which holds data/ and content/; here, if left out.",
)
_CACHE = Path(".cache/crossfoot")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="crossfoot")
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
def check(folder: Path, form: str, strict: bool) -> None:
    """Apply every rule to the report. Exit status 0: it can be published; 1: it cannot."""
    try:
        found = tuple(build(folder, cache=folder / _CACHE, say=_say).warnings)
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
        click.echo(_summary(found), err=bool(errors))
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


def _summary(found: tuple[Problem, ...]) -> str:
    errors = sum(1 for one in found if one.severity == "error")
    warnings = len(found) - errors
    if not found:
        return click.style("no problems: the report can be published", fg="green")
    parts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return click.style(" and ".join(parts), fg="red" if errors else "yellow")


@main.command()
@click.argument("name")
@_FOLDER
def show(name: str, folder: Path) -> None:
    """Tell everything about one figure: NAME is section.indicator, e.g. environment.ghg_total."""
    try:
        report, _ = read_report(folder)
        click.echo(tell(report, name))
    except Problems as problems:
        _stop(problems)


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@_FOLDER
def export(target: Path, folder: Path) -> None:
    """Write the pages' bodies and all figures into DIR, without MkDocs."""
    try:
        count = export_site(folder, target, cache=folder / _CACHE)
        click.echo(f"{count} files written to {target}")
    except Problems as problems:
        _stop(problems)


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def schema(target: Path) -> None:
    """Write the JSON Schemas that editors complete and check the data with into DIR."""
    for path in write_schemas(target):
        click.echo(path)


def _stop(problems: Problems) -> None:
    for problem in problems.found:
        click.echo(_coloured(problem), err=True)
    click.echo(_summary(tuple(problems.found)), err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
