"""Make a site and publish it, unless it stands already as it would be made."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crossfoot.fingerprint import files_below, name_in
from crossfoot.folders import roots_of, theme_of
from crossfoot.publish import Published, holds, publish
from crossfoot.unchanged import Ask, Seen, look, remember, unchanged

CHANGED = "changed.txt"
"""In the cache: the addresses that the last publication wrote or took away, one a line, for whoever tells a host."""


@dataclass(frozen=True)
class Job:
    """One site to be made and published: from which folder, to which, and how."""

    folder: Path
    """Of the report."""
    site: Path
    cache: Path
    configuration: Path
    """The file that says how the site is made: mkdocs.yml."""
    address: str = ""
    """Of the site, absolute; empty where it is unknown."""
    documents: bool = False
    """Whether PDF documents are made, where this machine can."""
    strict: bool = False
    """Whether warnings are mistakes."""
    say: Callable[[str], None] = lambda text: None
    """Told what takes time, and what this machine lacks."""

    @property
    def ask(self) -> Ask:
        """What is asked for, as the record of the last time names it."""
        options: dict[str, str | bool] = {"address": self.address, "documents": self.documents, "strict": self.strict}
        return Ask(roots_of(self.folder, self.configuration), self.site, options)

    def standing(self) -> Finished | None:
        """Return the site published last where it still stands as it would be made now, else None."""
        warnings = unchanged(self.ask, self.cache)
        return None if warnings is None else Finished(tuple(warnings))

    def made(self) -> Finished:
        """Return the site as it is made now, in memory.

        Raises:
            Problems: why it cannot be made.
        """
        from crossfoot.places import Problems  # only here: what stands already need not wait for these
        from crossfoot.program import build

        seen = look(self.ask.roots)
        lacks = self._lacking()
        if lacks:
            self.say(lacks)
        documents = self.documents and not lacks
        gc.set_threshold(50_000, 20, 50)  # nearly all that is made lives until it is published
        site = build(self.folder, site_url=self.address, cache=self.cache, say=self._say, documents=documents)
        if self.strict and site.warnings:
            raise Problems(site.warnings)
        sources = tuple(site.sources)
        if documents:
            from crossfoot.press import sources_of_type

            sources += sources_of_type()
        files = site.published(theme_of(self.folder))
        # Where documents are lacking, they may be possible the next time: nothing is remembered.
        return Finished(tuple(str(one) for one in site.warnings), files, site.version, None if lacks else seen, sources)

    def _lacking(self) -> str:
        if not self.documents:
            return ""
        from crossfoot.press import lacking

        return lacking()

    def _say(self, text: str) -> None:
        if text.startswith("made "):
            self.say(text)

    def publish(self, finished: Finished, besides: Path) -> Published | None:
        """Publish *finished* with the files in the folder *besides*; None where the site stands as it was."""
        others = {name_in(path, besides): path.read_bytes() for path in files_below(besides)}
        if finished.files is None:
            if all(holds(self.site / path, content) for path, content in others.items()):
                return None
            finished = self.made()
        assert finished.files is not None
        from crossfoot.manifest import manifest_files

        files = {**others, **finished.files}
        told = publish(files | manifest_files(files, finished.version), self.site)
        self._list(told)
        if finished.seen is not None:
            remember(self.ask, self.cache, finished.seen, more=finished.sources, warnings=finished.warnings)
        return told

    def _list(self, told: Published) -> None:
        """List the addresses whose content is now another, for whoever must tell a host's cache."""
        changed = sorted({*told.written, *told.removed})
        root = self.address.rstrip("/") + "/" if self.address else ""
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            lines = [root + path.removesuffix("index.html") for path in changed]
            (self.cache / CHANGED).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        except OSError:
            return  # a folder that cannot be written is no cache, and no error


@dataclass(frozen=True)
class Finished:
    """A site that can be published, or stands published already."""

    warnings: tuple[str, ...] = ()
    files: Mapping[str, bytes] | None = None
    """Every file by its path but the list of them; None where the site stands as it would be made."""
    version: str = ""
    seen: Seen | None = None
    """What it was made from, as it was when the making began; None where the next time may make more of the same."""
    sources: tuple[Path, ...] = ()
    """What else it was made from: other years, fonts."""
