"""A report as its files stand at this moment: each of its pages is made when it is asked for, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import Environment

from crossfoot.folders import theme_of
from crossfoot.program import builder_of, read_report, sources_of
from crossfoot.render import templates_told
from crossfoot.shelf import Memory, Shelf, remembering
from crossfoot.site import Made


@dataclass
class Draft:
    """The pages of one state of a report; nothing of it has been checked yet."""

    plans: dict[str, Callable[[], Made]]
    """How each page is made, by its path."""
    templates: Environment
    theme: Path
    sources: tuple[Path, ...] = ()
    """The folders of other years, which pages show too."""
    memory: Memory = field(default_factory=Memory)
    """What parts of pages were made of."""
    html: dict[str, str] = field(default_factory=dict)
    """The pages made so far, in their skeleton, by path."""

    def page(self, path: str) -> str | None:
        """Return the page at *path*; None if the report has none there.

        Raises:
            Problems: a template that fails.
        """
        if path not in self.html and path in self.plans:
            with templates_told(self.theme), remembering(self.memory):
                view = self.plans[path]().view
                self.html[path] = self.templates.get_template("main.html").render(view=view, t=view.phrases)
        return self.html.get(path)


def draft_of(folder: Path, site_url: str, cache: Path | None, shelf: Shelf) -> Draft:
    """Return the draft of the report in *folder*; what *shelf* holds of it is not read again.

    Raises:
        Problems: what cannot be read at all.
    """
    report, pages = read_report(folder, shelf)
    builder = replace(builder_of(report, pages, folder, site_url=site_url, cache=cache), alone=True, shelf=shelf)
    theme = theme_of(folder)
    templates = builder.templates()
    memory = shelf.get("memory", b"", Memory)
    memory.turn()
    with templates_told(theme):
        return Draft(builder.plans(templates), templates, theme, sources_of(report, folder), memory)
