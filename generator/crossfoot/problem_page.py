"""The page an author sees in the browser while something is wrong: every problem with its file, line and cure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from crossfoot.localise import load_language
from crossfoot.model import ReportLanguage
from crossfoot.places import Place, Problem, Problems


def problem_page(problems: Problems, path: str) -> str:
    """Return the page that stands at *path* while there are *problems*.

    It needs no template: one may be what is wrong.
    """
    english = load_language(ReportLanguage(id="en", tag="en", name="English"), Place("data/report.yaml"))
    return _page(problems.found, path, english.phrases)


def _page(found: Iterable[Problem], path: str, phrases: Mapping[str, str]) -> str:
    assets = "../" * path.count("/") + "assets"
    title = escape(phrases["problems_title"])
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{assets}/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{assets}/tokens.css">
<link rel="stylesheet" href="{assets}/site.css">
</head>
<body class="problems">
<main id="main">
<h1>{title}</h1>
<div class="prose">
<p>{escape(phrases["problems_intro"])}</p>
<ol class="problems">
{"".join(_item(problem, phrases) for problem in found)}</ol>
</div>
</main>
</body>
</html>
"""


def _item(problem: Problem, phrases: Mapping[str, str]) -> str:
    severity = f'<span class="severity">{escape(phrases[f"severity_{problem.severity}"])}</span>'
    lines = [
        f'<li class="{problem.severity}">',
        f'<p class="problem-place"><code>{escape(str(problem.place))}</code> {severity}</p>',
        f'<p class="problem-message">{escape(problem.message)}</p>',
        f'<p class="problem-hint">{escape(problem.hint)}</p>' if problem.hint else "",
        "</li>\n",
    ]
    return "\n".join(line for line in lines if line)
