"""The MkDocs adapter, and the only file that knows MkDocs: it says what to build and where, and decides nothing.

MkDocs reads mkdocs.yml, runs the commands and tells us when; the site is made and published by crossfoot itself, so
MkDocs is shown an empty folder. ProperDocs, which goes on where MkDocs 1 ends, answers to the same names.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from crossfoot.job import Finished, Job

if TYPE_CHECKING:
    from crossfoot.publish import Published

_log = logging.getLogger("mkdocs.plugins.crossfoot")


class CrossfootConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    cache_dir = config_options.Type(str, default=".cache/crossfoot")
    documents = config_options.Type(bool, default=True)
    """Whether `mkdocs build` makes the PDF documents too; `mkdocs serve` never does, to stay quick."""


class CrossfootPlugin(BasePlugin[CrossfootConfig]):  # type: ignore[no-untyped-call]
    """Builds the report where MkDocs reads its configuration, and publishes it when MkDocs has done its part."""

    def __init__(self) -> None:
        """Start with nothing to publish; MkDocs fills in the options later."""
        self.serving = False
        self.job: Job | None = None
        self.finished: Finished | None = None
        self.aside: tuple[str, str] | None = None
        """The folder that MkDocs is shown, and the one that the site belongs in."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember the command."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the site here: a report that cannot be built leaves the site published last as it is."""
        folder = Path(config.config_file_path).parent.absolute()
        config.theme.static_templates.clear()  # MkDocs' own 404 page and its site map, with today's date in it
        if not self._previews():
            self._build(folder, config)
        self.aside = (tempfile.mkdtemp(prefix="crossfoot_"), config.site_dir)
        config.site_dir = self.aside[0]
        return config

    def _previews(self) -> bool:
        """Whether the pages are made as they are asked for: in a preview, unless it is told to stay as it is."""
        return self.serving and "--no-livereload" not in sys.argv  # MkDocs tells its plugins of no such word

    def _build(self, folder: Path, config: MkDocsConfig) -> None:
        """Have the site ready to be published."""
        quiet = self.serving  # where nobody waits for a published site, warnings stop nothing, and nothing is kept
        self.job = Job(
            folder=folder,
            site=Path(config.site_dir),
            cache=folder / self.config.cache_dir,
            configuration=Path(config.config_file_path),
            address=config.site_url or "",
            documents=self.config.documents and not quiet,
            strict=config.strict and not quiet,
            say=lambda text: _log.info("%s", text),
        )
        from crossfoot.places import Problems

        try:
            self.finished = self.job.standing() or self.job.made()
        except Problems as problems:
            raise PluginError(f"the report cannot be built\n{problems}") from None
        for warning in self.finished.warnings:
            _log.log(logging.INFO if quiet and config.strict else logging.WARNING, "%s", warning)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leave MkDocs nothing to publish: no word as the author typed it."""
        for file in list(files):
            files.remove(file)
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the site, and whatever another plugin has written."""
        aside = self._give_back(config)
        if aside is not None and self.job is not None and self.finished is not None:
            self._publish(self.job, self.finished, Path(aside), Path(config.site_dir))
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)

    def _publish(self, job: Job, finished: Finished, besides: Path, site: Path) -> None:
        from crossfoot.places import Problems

        try:
            _log.info("%s", _told(job.publish(finished, besides)))
        except Problems as problems:
            raise PluginError(f"the report cannot be built\n{problems}") from None
        except OSError as error:
            why = f"{error.strerror or error}: {error.filename}" if error.filename else f"{error.strerror or error}"
            cure = "make room, or let yourself write there; then build again"
            raise PluginError(f"the site cannot be written into {site}: {why}\n    {cure}") from None

    def on_build_error(self, *, error: Exception) -> None:
        """Clear away what was set aside."""
        if self.aside is not None:
            shutil.rmtree(self.aside[0], ignore_errors=True)
            self.aside = None

    def _give_back(self, config: MkDocsConfig) -> str | None:
        """Let MkDocs know the site's folder again, which `gh-deploy` reads; return the one it was shown."""
        if self.aside is None:
            return None
        shown, config.site_dir = self.aside
        self.aside = None
        return shown

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any) -> Any:
        """Preview with our own server: a page is made when it is asked for, and again when its figures have changed."""
        from crossfoot.preview import Preview

        host, port = config.dev_addr
        folder = Path(config.config_file_path).parent.absolute()
        server.server_close()
        return Preview(
            folder,
            host=host,
            port=port,
            address=config.site_url or "",
            cache=folder / self.config.cache_dir,
            configuration=Path(config.config_file_path),
            say=lambda text: _log.info("%s", text),
            complain=lambda text: _log.log(logging.INFO if config.strict else logging.WARNING, "%s", text),
            leave=lambda: shutil.rmtree(config.site_dir, ignore_errors=True),
        )


def _told(published: Published | None) -> str:
    """Return in a sentence what was published."""
    if published is None:
        return "nothing has changed since the site was published"
    parts = [f"{len(published.written)} files written", f"{published.kept} left as they were"]
    if published.removed:
        parts.insert(1, f"{len(published.removed)} removed")
    return ", ".join(parts)
