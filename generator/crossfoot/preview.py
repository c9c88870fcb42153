"""The preview: a server that makes a page when it is asked for, and tells open pages when what they show has changed.

Two see each state of the report. The draft shows it at once, unchecked, page by page as pages are asked for; the proof,
in a process of its own, applies all rules, builds everything, and has the last word.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from crossfoot.answers import Handler, is_page, mark_of
from crossfoot.draft import Draft, draft_of
from crossfoot.draw import warm
from crossfoot.folders import CODE, roots_of, theme_of
from crossfoot.places import Problems
from crossfoot.problem_page import problem_page
from crossfoot.proof import Prover, Verdict
from crossfoot.shelf import Shelf
from crossfoot.watching import Watch

_PATIENCE = 120
"""Seconds to wait for a file that the proof is still making."""
_FIRST = 2
"""Seconds for which the proof of a state waits for the pages that are open."""
_PULSE = 15
"""Seconds after which an open page hears that the preview is still there."""


class Preview:
    """The server of one report; MkDocs starts and stops it as it would its own."""

    def __init__(
        self,
        folder: Path,
        *,
        host: str,
        port: int,
        address: str,
        cache: Path | None,
        configuration: Path,
        say: Callable[[str], None],
        complain: Callable[[str], None],
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        """Start to read and to prove the report in *folder*.

        *address* is where readers find the site: `http://127.0.0.1:8000/`. *say* is told what is done, *complain*
        each warning; *leave* is called before the program starts again by itself.
        """
        self.folder, self.address, self.cache = folder, address, cache
        self.root = urlsplit(address).path.rstrip("/") + "/"
        self.configuration = configuration
        self.say, self.complain, self.leave = say, complain, leave
        self.theme = theme_of(folder)
        self._place = (host, port)
        self._shelf = Shelf()
        self._news = threading.Condition()
        self._making = threading.RLock()
        self.state = 0
        """Counts the states of the report; each change is another."""
        self._styles = 0
        self._told: dict[int, int] = {}
        """The state that each open page was last told of."""
        self._draft: Draft | None = None
        self._problems: Problems | None = None
        self._proved = -1
        self._paths: set[str] = {"index.html", "404.html"}
        self._html: dict[str, str] = {}
        self._files: dict[str, str | bytes] = {}
        self._watched = [*roots_of(folder, configuration)]
        self._prover = Prover(folder, address, cache, self._hear)
        self._watch: Watch | None = None
        self._server: ThreadingHTTPServer | None = None
        self._answering = threading.Thread()
        self._stopped = False

    # -- what MkDocs asks of a server ------------------------------------------------------------------

    def watch(self, path: str, func: object = None, *, recursive: bool = True) -> None:
        """Watch *path* too."""
        self._watched.append(Path(path))

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Answer until the program is interrupted."""

        class Own(Handler):
            preview = self

        try:
            self._server = ThreadingHTTPServer(self._place, Own)
        except OSError as error:
            address = ":".join(str(one) for one in self._place)
            self.complain(
                f"nothing can be served at {address}: {error.strerror}\n    name another place: -a 127.0.0.1:8001"
            )
            sys.exit(1)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _leave)  # as Ctrl+C does: what was set aside is cleared away
        gc.set_threshold(50_000, 20, 50)  # nearly all that is made lives until the next state
        self._watch = Watch(dict.fromkeys(path.resolve() for path in self._watched))
        self._renew()
        self._watch.add(path.resolve() for path in (self._draft.sources if self._draft is not None else ()))
        self._prover.prove(self.state)
        self._answering = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._answering.start()
        gc.freeze()  # nor is it looked through again, unless it is let go
        threading.Thread(target=warm, daemon=True).start()  # so that the first change waits no longer than the next
        self.say(f"Serving on {self.address}{' and opening it in a browser' if open_in_browser else ''}")
        if open_in_browser:
            webbrowser.open(self.address)
        while True:
            self._change(self._watch.wait())

    def shutdown(self, wait: bool = False) -> None:
        """Stop answering."""
        self._stopped = True
        self._prover.stop()
        if self._watch is not None:
            self._watch.stop()
        if self._server is not None:
            if self._answering.is_alive():
                self._server.shutdown()
            self._server.server_close()

    # -- states ----------------------------------------------------------------------------------------

    def _change(self, changed: Iterable[Path]) -> None:
        """Go on to the state that the files are in now, *changed* being those that changed."""
        began = time.perf_counter()
        paths = sorted(changed)
        if any(path.is_relative_to(CODE) or path == self.configuration.resolve() for path in paths):
            self._start_again(paths)
        wrong = self._problems is not None
        styles = all(path.suffix == ".css" for path in paths)
        self._renew(styles=styles)
        names = ", ".join(self._name(path) for path in paths[:3]) + (" and more" if len(paths) > 3 else "")
        self.say(f"{names} changed: read in {time.perf_counter() - began:.2f} s")
        if not wrong:
            self._let_open_pages_go_first()
        self._prover.prove(self.state)

    def _let_open_pages_go_first(self) -> None:
        """Wait a little until every open page has been told: the proof would take their processor."""
        end = time.monotonic() + _FIRST
        with self._news:
            while any(state < self.state for state in self._told.values()) and time.monotonic() < end:
                self._news.wait(0.05)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.name

    def _renew(self, *, styles: bool = False) -> None:
        """Read the report as its files are now; after a mistake, the next state is shown once it is proved."""
        with self._making:
            problems, draft = None, self._draft if styles else None
            try:
                draft = draft or draft_of(self.folder, self.address, self.cache, self._shelf)
            except Problems as found:
                problems = found
            except Exception:  # a draft is not checked: what it stumbles over, the proof will name
                draft = None
            with self._news:
                self.state += 1
                self._styles += styles
                self._draft = draft
                if draft is not None:
                    self._paths = {*draft.plans}
                if problems is not None:
                    self._problems = problems
                self._news.notify_all()

    def _hear(self, verdict: Verdict) -> None:
        """Take the verdict of the proof; what it made is kept even where the report has changed since."""
        with self._news:
            if not verdict.final:
                if verdict.number == self.state:
                    self._problems = None
                    self._news.notify_all()
                return
            self._html.update(verdict.html)
            self._files.update(verdict.files)
            for path in verdict.gone:
                self._html.pop(path, None)
                self._files.pop(path, None)
            if verdict.number != self.state:
                return
            self._proved = verdict.number
            self._problems = Problems(verdict.problems) if verdict.problems else None
            self._news.notify_all()
        for warning in verdict.warnings:
            self.complain(warning)
        if self._problems is not None:
            self.complain(f"the report cannot be built\n{self._problems}")

    def _start_again(self, paths: list[Path]) -> None:
        """Start the program anew, since its code or its configuration is another; unless that cannot be read."""
        for path in paths:
            if path.suffix == ".py" and path.is_file():
                try:
                    compile(path.read_bytes(), str(path), "exec")
                except (SyntaxError, ValueError) as error:
                    self.complain(f"{path.name}: {error}; the preview goes on as it was")
                    return
        self.say("the generator or mkdocs.yml has changed: starting again")
        self.shutdown()
        self.leave()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])

    # -- answers ---------------------------------------------------------------------------------------

    def page(self, path: str) -> tuple[int, str] | None:
        """Return status and HTML of the page at *path* as it is now; None if it is no page."""
        with self._news:
            problems, draft, proved = self._problems, self._draft, self._proved == self.state
        if problems is None and not proved and draft is None:
            self._await()
            return self.page(path)
        if problems is not None:
            return (200 if self._is_known(path) else 404, problem_page(problems, path)) if is_page(path) else None
        html = self._html.get(path) if proved else self._drafted(draft, path)
        if html is None and is_page(path):
            missing = self._html.get("404.html") if proved else self._drafted(draft, "404.html")
            return 404, missing or ""
        return None if html is None else (200, html)

    def _is_known(self, path: str) -> bool:
        """Whether the report has a page at *path*, or words for one, so that an open page turns into its problems."""
        language, _, stem = path.removesuffix("/index.html").partition("/")
        words = self.folder / "content" / language / f"{stem or 'index'}.md"
        return path in self._paths or (".." not in path and words.is_file())

    def _drafted(self, draft: Draft | None, path: str) -> str | None:
        assert draft is not None
        try:
            with self._making:
                return draft.page(path)
        except Problems as problems:
            return problem_page(problems, path)
        except Exception:  # not checked yet: what it stumbles over, the proof will name
            self._await()
            answer = self.page(path)
            return answer[1] if answer else None

    def file(self, path: str) -> bytes | None:
        """Return the file at *path*, as it is once the report as it is now has been built; None if there is none."""
        asset = self.theme / path
        if path.startswith("assets/") and ".." not in path and asset.is_file():
            return asset.read_bytes()
        self._await()
        found = self._files.get(path)
        return found.encode() if isinstance(found, str) else found

    def _await(self) -> None:
        """Wait until the proof has spoken on the state that the report is in."""
        end = time.monotonic() + _PATIENCE
        with self._news:
            while self._proved != self.state and not self._stopped and time.monotonic() < end:
                self._news.wait(1)

    @property
    def styles(self) -> int:
        """How often the styles have changed."""
        return self._styles

    def events(self, path: str, state: str, styles: str) -> Iterator[str]:
        """Yield what an open page is told, as soon as there is something to tell.

        It was last seen as *state*, and with the styles of the time when they had changed so often as *styles* says.
        """
        try:
            yield from self._events(path, state, (-1, -1, 0), int(styles) if styles.isdecimal() else self._styles)
        finally:
            self._told.pop(threading.get_ident(), None)

    def _events(self, path: str, state: str, heard: tuple[int, int, int], styles: int) -> Iterator[str]:
        while not self._stopped:
            with self._news:
                news = self._news.wait_for(partial(self._has_news, heard), _PULSE)
                heard, fresh = self._now(), self._styles
            if not news:
                yield ": still here\n\n"
                continue
            if fresh != styles:
                styles = fresh
                yield f"event: styles\ndata: {styles}\n\n"
            answer = self.page(path)
            found = mark_of(answer[1] if answer else "")
            if found != state:
                state = found
                yield f"event: page\ndata: {json.dumps(found)}\n\n"
            with self._news:
                self._told[threading.get_ident()] = heard[0]
                self._news.notify_all()

    def _has_news(self, heard: tuple[int, int, int]) -> bool:
        return self._stopped or self._now() != heard

    def _now(self) -> tuple[int, int, int]:
        """What changes whenever an open page may have to be told something."""
        return self.state, self._proved, id(self._problems)


def _leave(number: int, frame: object) -> None:
    raise KeyboardInterrupt
