"""The MkDocs adapter, and the only file that knows MkDocs: it hands over finished pages and decides nothing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from crossfoot import Problems, Site, build, theme_of
from crossfoot.problem_site import problem_site
from crossfoot.shown import PageView

_log = logging.getLogger("mkdocs.plugins.crossfoot")


class CrossfootConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    cache_dir = config_options.Type(str, default=".cache/crossfoot")


class CrossfootPlugin(BasePlugin[CrossfootConfig]):  # type: ignore[no-untyped-call]
    """Builds the report where MkDocs reads its configuration, before the output folder is touched."""

    def __init__(self) -> None:
        """Start with no site; MkDocs fills in the options later."""
        self.serving = False
        self.site = Site(())
        self.last_good: Site | None = None
        self.views: dict[str, PageView] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember the command; defining this event keeps one instance alive between the rebuilds of `serve`."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the site here: a report that cannot be built leaves the site published last as it is."""
        folder = Path(config.config_file_path).parent
        config.watch += [str(one) for one in (folder / "data", folder / "theme", Path(__file__).parent) if one.is_dir()]
        config.theme.static_templates.clear()
        if not any(Path(one) == theme_of(folder) for one in config.theme.dirs):
            config.theme.dirs.insert(0, str(theme_of(folder)))
        try:
            self.site = build(folder, site_url=config.site_url or "", cache=folder / self.config.cache_dir)
            self.last_good = self.site
            for warning in self.site.warnings:
                _log.warning("%s", warning)
        except Problems as problems:
            if not self.serving:
                raise PluginError(f"the report cannot be built\n{problems}") from None
            _log.error("the report cannot be built\n%s", problems)
            self.site = problem_site(problems, self.last_good, theme_of(folder))
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Replace the author's Markdown by finished pages; keep the theme's assets."""
        for file in [one for one in files if one.src_uri.endswith(".md")]:
            files.remove(file)
        self.views = {}
        for view in self.site.pages:
            source = (
                view.path.removesuffix("index.html") + "index.md"
                if view.path.endswith("index.html")
                else view.path.removesuffix(".html") + ".md"
            )
            page = File.generated(config, source, content="")
            page.dest_uri = view.path
            page.url = view.path.removesuffix("index.html") or "./"
            files.append(page)
            self.views[source] = view
        for path, content in self.site.files.items():
            existing = files.get_file_from_path(path)  # MkDocs has a site map of its own, with today's date in it
            if existing is not None:
                files.remove(existing)
            files.append(File.generated(config, path, content=content))
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Leave MkDocs' own navigation empty: the pages carry theirs."""
        return nav

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give MkDocs nothing to convert."""
        page.meta.setdefault("title", self.views[page.file.src_uri].title)
        return ""

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand the page to `theme/main.html` as `view`, with the phrases of its language as `t`."""
        view = self.views[page.file.src_uri]
        context.update({"view": view, "t": view.phrases})  # type: ignore[misc]
        return context

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Escape everything in the page skeleton, and let nothing undefined pass."""
        from jinja2 import StrictUndefined

        env.autoescape = True
        env.undefined = StrictUndefined
        return env

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Say nothing more; the watched folders were named in `on_config`."""
        return server
