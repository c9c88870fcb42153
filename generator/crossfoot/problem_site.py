"""The page an author sees in the browser while something is wrong: every problem with its file, line and cure."""

from __future__ import annotations

from pathlib import Path

from crossfoot.localise import load_language
from crossfoot.model import ReportLanguage
from crossfoot.places import Place, Problems
from crossfoot.render import environment
from crossfoot.shown import PageView
from crossfoot.site import Site


def problem_site(problems: Problems, last_good: Site | None, theme: Path) -> Site:
    """Return a site that shows *problems* at every address of the last good one, so that an open page turns into it."""
    english = load_language(ReportLanguage(id="en", tag="en", name="English"), Place("data/report.yaml"))
    rows = [
        {"place": str(one.place), "message": one.message, "hint": one.hint, "severity": one.severity}
        for one in problems.found
    ]
    html = environment(theme).get_template("parts/problems.html").render(problems=rows, t=english.phrases)
    paths = [page.path for page in last_good.pages] if last_good else ["index.html", "404.html"]
    title = english.phrases["problems_title"]
    return Site(
        tuple(
            PageView(
                path=path,
                kind="problems",
                language="en",
                tag="en",
                title=title,
                full_title=title,
                summary="",
                html=html,
                root="../" * path.count("/"),
                site_title="crossfoot",
                phrases=dict(english.phrases),
            )
            for path in paths
        )
    )
