"""Build several years of a report side by side into one folder, or leave that folder as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crossfoot import build, read_report, theme_of
from crossfoot.editions import Edition, stems_of
from crossfoot.hosting import headers_file
from crossfoot.localise import Language, load_language
from crossfoot.places import Place, Problem, Problems
from crossfoot.render import environment, templates_told
from crossfoot.wording import page_path

MARK = "archive.json"
"""In the archive's root: which years it holds. A folder without it is nobody's archive and is not replaced."""
_RULE = "archive"
_CACHE = Path(".cache/crossfoot")


@dataclass(frozen=True, slots=True)
class _Year:
    """One edition that is to be built: its folder, and what was read from it."""

    folder: Path
    edition: Edition

    @property
    def name(self) -> str:
        """The folder it is published in."""
        return self.folder.resolve().name


def archive(
    folders: Sequence[Path], target: Path, *, site_url: str = "", say: Callable[[str], None] = lambda text: None
) -> tuple[str, ...]:
    """Build the report in each of *folders* into a folder of *target* and return their names, the earliest year first.

    Each report is published under the name of its own folder, beside a page that leads to the latest and lists the
    others. *site_url* is the absolute address of the whole, where it is known; each `mkdocs.yml` reads its own from the
    variable SITE_URL. *target* is replaced only when everything has been built.

    Raises:
        Problems: what is wrong with one of the reports, or with how they name each other; *target* is as it was.
    """
    years = _read(folders)
    _refuse(list(_strangers(years)))
    _refuse(list(_unsafe(target)))
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as workshop:
        made = Path(workshop) / "made"
        made.mkdir()
        address = site_url.rstrip("/") + "/" if site_url else ""
        with ThreadPoolExecutor(min(len(years), os.cpu_count() or 1)) as builders:
            for year, problems in zip(years, builders.map(lambda one: _build(one, made, address), years), strict=True):
                _refuse(problems)
                say(f"{year.name} is built")
        for path, content in _front(years, address).items():
            (made / path).write_text(content, encoding="utf-8", newline="\n")
        _swap(made, target, Path(workshop) / "before")
    return tuple(year.name for year in years)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Problems(problems)


# -- reading -------------------------------------------------------------------------------------------


def _read(folders: Sequence[Path]) -> tuple[_Year, ...]:
    """Return the reports in *folders*, the earliest year first."""
    years: list[_Year] = []
    problems: list[Problem] = []
    for folder in folders:
        if not (folder / "mkdocs.yml").is_file():
            hint = "each report has one; name the folder that holds it"
            problems.append(Problem(Place(f"{folder}/mkdocs.yml"), "there is no such file", hint, rule=_RULE))
            continue
        try:
            report, pages = read_report(folder)
        except Problems as found:
            problems += _placed(found.found, folder)
            continue
        year = _Year(folder, Edition(report.file.period, "", str(folder), report, stems_of(report, pages)))
        for other in years:
            if year.name == other.name or year.edition.period == other.edition.period:
                message = f"'{folder}' and '{other.folder}' are published under one name, or about one period"
                problems.append(Problem(Place(str(folder)), message, "name each year once", rule=_RULE))
        years.append(year)
    _refuse(problems)
    return tuple(sorted(years, key=lambda year: year.edition.order))


def _placed(problems: Sequence[Problem], folder: Path) -> list[Problem]:
    """Return *problems* of the report in *folder* as they are seen from here."""
    return [
        Problem(
            Place(f"{folder}/{one.place.file}", one.place.line, one.place.column),
            one.message,
            one.hint,
            one.severity,
            one.rule,
        )
        for one in problems
    ]


def _strangers(years: Sequence[_Year]) -> Iterator[Problem]:
    """Yield where a report does not name another, or names it where it will not stand."""
    for year in years:
        entries = {entry.period: entry for entry in year.edition.report.file.editions}
        given = {other.edition.period: other for other in years if other is not year}
        for period, other in given.items():
            at = f"../{other.name}/"
            entry = entries.get(period)
            if entry is None:
                message = f"the report for {year.edition.period} does not name the one for {period}"
                cure = f"add under 'editions': {{period: {period}, report: ../{other.name}, at: {at}}}"
                yield Problem(Place(f"{year.folder}/data/report.yaml"), message, cure, rule=_RULE)
            elif "://" not in entry.at and entry.at != at:
                message = f"the report for {period} is said to stand at '{entry.at}', but is published at '{at}'"
                yield _placed([Problem(entry.place_of("at"), message, f"write at: {at}", rule=_RULE)], year.folder)[0]
        for period, entry in entries.items():
            if period not in given and "://" not in entry.at:
                message = f"the report for {period} is named, but is not among those to publish"
                hint = "name its folder too, or write the absolute address at which it is published"
                yield _placed([Problem(entry.place_of("period"), message, hint, rule=_RULE)], year.folder)[0]


def _unsafe(target: Path) -> Iterator[Problem]:
    if target.exists() and not (target / MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        hint = f"it has no {MARK}, so it would not be replaced but lost; name a new folder, or empty this one"
        yield Problem(Place(str(target)), "this is no archive", hint, rule=_RULE)


# -- building ------------------------------------------------------------------------------------------


def _build(year: _Year, made: Path, address: str) -> list[Problem]:
    """Build one edition into *made* and return what went wrong."""
    env = {key: value for key, value in os.environ.items() if key != "SITE_URL"}
    if address:
        env["SITE_URL"] = f"{address}{year.name}/"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir"]
    built = subprocess.run(
        [*command, str((made / year.name).resolve())],
        cwd=year.folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return _why(year, built.stderr or built.stdout) if built.returncode else []


def _why(year: _Year, output: str) -> list[Problem]:
    """Return why an edition cannot be built: the problems of the report, else what MkDocs says."""
    try:
        found: Sequence[Problem] = build(year.folder, cache=year.folder / _CACHE).warnings
    except Problems as problems:
        found = problems.found
    if found:
        return _placed(found, year.folder)
    said = "\n".join(output.strip().splitlines()[-5:])
    message = f"MkDocs cannot build the report for {year.edition.period}"
    return [Problem(Place(f"{year.folder}/mkdocs.yml"), message, said, rule=_RULE)]


def _swap(made: Path, target: Path, before: Path) -> None:
    """Put *made* in the place of *target*, whose former content is gone with the folder that holds *before*."""
    if target.exists():
        target.rename(before)
    try:
        made.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise


# -- the page in front of them -------------------------------------------------------------------------


def _front(years: Sequence[_Year], address: str) -> dict[str, str]:
    """Return the files of the archive itself: the page that lists the years, and what servers and programs read."""
    latest = years[-1]
    report = latest.edition.report
    languages = [load_language(one, one.place) for one in report.languages]
    doors = [_door(language, years) for language in languages]
    theme = theme_of(latest.folder)
    with templates_told(theme):
        page = environment(theme).get_template("archive.html")
        html = page.render(doors=doors, assets=f"{latest.name}/assets/", address=address, t=languages[0].phrases)
    listed = [{"period": year.edition.period, "folder": year.name} for year in years]
    robots = ["User-agent: *", "Allow: /"]
    robots += [f"Sitemap: {address}{year.name}/sitemap.xml" for year in years if address]
    return {
        "index.html": html + "\n",
        "_headers": headers_file(),
        "robots.txt": "\n".join([*robots, ""]),
        MARK: json.dumps({"editions": listed}, ensure_ascii=False, indent=1) + "\n",
    }


def _door(language: Language, years: Sequence[_Year]) -> dict[str, Any]:
    """Return what the page says in one language."""
    file = years[-1].edition.report.file

    def way(year: _Year) -> dict[str, str]:
        spoken = year.edition.language(language.id)
        return {
            "href": f"{year.name}/{page_path(spoken.id, 'home')}",
            "tag": spoken.tag,
            "title": (year.edition.report.file.title.get(language.id) or language.period(year.edition.when)),
            "period": language.period(year.edition.when),
        }

    latest, *earlier = [way(year) for year in reversed(years)]
    return {
        "tag": language.tag,
        "organisation": language.of(file.organisation.name),
        "title": language.word("editions.archive.title"),
        "latest": latest,
        "read": language.word("editions.archive.read", latest["period"]),
        "earlier_title": language.word("editions.archive.earlier"),
        "earlier": earlier,
        "disclaimer": language.of(file.disclaimer),
    }
