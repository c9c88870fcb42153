"""The MkDocs adapter, and the only file that knows MkDocs: it hands over finished pages and decides nothing.

ProperDocs, which goes on where MkDocs 1 ends, answers to the same names and runs it as it is.
"""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from crossfoot import Problems, Site
    from crossfoot.shown import PageView

_log = logging.getLogger("mkdocs.plugins.crossfoot")
_GENERATOR = Path(__file__).parent


class CrossfootConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    cache_dir = config_options.Type(str, default=".cache/crossfoot")
    documents = config_options.Type(bool, default=True)
    """Whether `mkdocs build` makes the PDF documents too; `mkdocs serve` never does, to stay quick."""


class CrossfootPlugin(BasePlugin[CrossfootConfig]):  # type: ignore[no-untyped-call]
    """Builds the report where MkDocs reads its configuration, before the output folder is touched."""

    def __init__(self) -> None:
        """Start with no site; MkDocs fills in the options later."""
        self.serving = False
        self.site: Site | None = None
        self.last_good: Site | None = None
        self.theme = Path()
        self.views: dict[str, PageView] = {}
        self.code = _code()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember the command; defining this event keeps one instance alive between the rebuilds of `serve`."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the site here: a report that cannot be built leaves the site published last as it is."""
        self._reload()
        import crossfoot

        folder = Path(config.config_file_path).parent.absolute()
        theme = crossfoot.theme_of(folder)
        self.theme = theme.resolve()
        config.watch += [str(one) for one in (folder / "data", theme, _GENERATOR) if one.is_dir()]
        config.theme.static_templates.clear()  # MkDocs' own 404 page and its site map, with today's date in it
        if not any(Path(one).resolve() == self.theme for one in config.theme.dirs):
            config.theme.dirs.insert(0, str(theme))
        try:
            site = crossfoot.build(
                folder,
                site_url=config.site_url or "",
                cache=folder / self.config.cache_dir,
                say=_say,
                documents=self._documents(),
            )
            if config.strict and site.warnings and not self.serving:
                raise crossfoot.Problems(site.warnings)
            self.site = self.last_good = site
            for warning in site.warnings:
                self._tell(str(warning), logging.WARNING, config)
        except crossfoot.Problems as problems:
            self.site = self._problems(problems, folder, config)
        return config

    def _documents(self) -> bool:
        """Whether documents are made; what this machine lacks for them is said, and the rest is built."""
        if self.serving or not self.config.documents:
            return False
        from crossfoot.press import lacking

        lacks = lacking()
        if lacks:
            _log.info("%s", lacks)
        return not lacks

    def _problems(self, problems: Problems, folder: Path, config: MkDocsConfig) -> Site:
        """Return the site that shows *problems* while a browser looks on; else stop the build."""
        from crossfoot.problem_site import problem_site

        told = f"the report cannot be built\n{problems}"
        if not self.serving:
            raise PluginError(told) from None
        self._tell(told, logging.ERROR, config)
        return problem_site(problems, self.last_good, folder)

    def _tell(self, words: str, level: int, config: MkDocsConfig) -> None:
        """Log *words*; not as a warning where `serve --strict` would then stop for good with the browser waiting."""
        _log.log(logging.INFO if self.serving and config.strict else level, "%s", words)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Publish the theme's assets, the finished pages and nothing else: no word as the author typed it."""
        assert self.site is not None
        for file in list(files):
            ours = file.src_dir is not None and Path(file.src_dir).resolve() == self.theme
            if not (ours and file.src_uri.startswith("assets/")):
                files.remove(file)
        self.views = {}
        for view in self.site.pages:
            page = File.generated(config, view.path.removesuffix(".html") + ".md", content="")
            page.dest_uri = view.path
            page.url = view.path.removesuffix("index.html") or "./"
            files.append(page)
            self.views[page.src_uri] = view
        for path, content in self.site.files.items():
            files.append(File.generated(config, path, content=content))
        return files

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

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """List what was published with its checksums, once it is all there; a preview is no publication."""
        if not self.serving:
            from crossfoot.manifest import write_manifest

            write_manifest(Path(config.site_dir), Path(config.config_file_path).parent)

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Know that a browser looks on, with `serve --clean` too; the watched folders were named in `on_config`."""
        self.serving = True
        return server

    def _reload(self) -> None:
        """Forget the generator if its code has changed since the last build, so that `serve` runs what is written now.

        This file is the exception: what changes here is seen when `serve` is started again.
        """
        code = _code()
        if self.serving and code != self.code:
            for name in [one for one in sys.modules if one.split(".")[0] == "crossfoot" and one != __name__]:
                del sys.modules[name]
            importlib.invalidate_caches()
        self.code = code


def _say(text: str) -> None:
    """Say what takes time; the rest is done before it is read."""
    if text.startswith("made "):
        _log.info("%s", text)


def _code() -> dict[str, int]:
    """Return when each file of the generator was last changed, its phrases included."""
    files = [path for path in _GENERATOR.rglob("*") if path.suffix in (".py", ".yaml") and path.is_file()]
    return {str(path): path.stat().st_mtime_ns for path in files if path != Path(__file__)}
