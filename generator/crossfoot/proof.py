"""The proof of a preview: in a process of its own, each state of a report is checked and built as a whole."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crossfoot.places import Place, Problem, Problems

_RULE = "crossfoot"


@dataclass(frozen=True)
class Verdict:
    """What became of one state of the report."""

    number: int
    """Of the state."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be published; nothing else is said then."""
    warnings: tuple[str, ...] = ()
    html: Mapping[str, str] = field(default_factory=dict)
    """The pages that have changed since the verdict before, by path, each in its skeleton."""
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """The same for other files."""
    gone: tuple[str, ...] = ()
    """The paths of the pages and files that there are no more."""
    final: bool = True
    """False where all that is known yet is that the rules find nothing wrong."""


class Prover:
    """Has states of a report proved, the latest first: one that is no longer the latest is given up."""

    def __init__(self, folder: Path, address: str, cache: Path | None, heard: Callable[[Verdict], None]) -> None:
        """Start the process; *heard* is told each verdict, in a thread of its own."""
        spawn = multiprocessing.get_context("spawn")  # not forked: the preview runs threads
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_prove, args=(theirs, folder, address, cache), daemon=True)
        self._process.start()
        theirs.close()
        self._heard = heard
        self._number = 0
        self._stopped = False
        threading.Thread(target=self._listen, daemon=True).start()

    def prove(self, number: int) -> None:
        """Have the state *number*, which is what the files say now, checked and built."""
        self._number = number
        try:
            self._pipe.send(number)
        except OSError:
            self._ended()

    def stop(self) -> None:
        """End the process."""
        self._stopped = True
        self._process.terminate()
        self._process.join(2)

    def _ended(self) -> None:
        if not self._stopped:
            self._heard(Verdict(self._number, (_stumbled("the process that checks the report has ended"),)))

    def _listen(self) -> None:
        while True:
            try:
                verdict = self._pipe.recv()
            except (EOFError, OSError):
                self._ended()
                return
            self._heard(verdict)


class _Overtaken(BaseException):
    """A later state is to be proved; nothing that handles mistakes may stop this."""


def _prove(pipe: Connection, folder: Path, address: str, cache: Path | None) -> None:
    """Answer each number that comes through *pipe* with the verdict on the files as they are then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the preview ends this process itself
    from crossfoot.program import build
    from crossfoot.shelf import Memory, Shelf, remembering

    gc.set_threshold(50_000, 20, 50)  # nearly all that is made lives until the verdict
    shelf, memory, sent = Shelf(), Memory(), _Sent()
    number: int | None = None
    sound = -1

    def say(text: str) -> None:
        nonlocal sound
        if pipe.poll():
            raise _Overtaken
        if text.startswith("making ") and number is not None and sound != number:
            sound = number
            pipe.send(Verdict(number, final=False))

    while True:
        try:
            if number is None or pipe.poll():
                number = _latest(pipe)
            with remembering(memory):
                site = build(folder, site_url=address, cache=cache, shelf=shelf, say=say)
            memory.turn()  # not where the build was given up, or refused: the next one asks for nearly all of it
            verdict = sent.told(number, [str(one) for one in site.warnings], site.html, site.files)
        except _Overtaken:
            number = None
            continue
        except Problems as problems:
            verdict = Verdict(number or 0, tuple(problems.found))
        except EOFError:
            return
        except Exception as error:  # whatever it is, the preview must say it and go on
            verdict = Verdict(number or 0, (_stumbled(f"{type(error).__name__}: {error}"),))
        number = None
        try:
            pipe.send(verdict)
        except OSError:
            return


def _latest(pipe: Connection) -> int:
    number: int = pipe.recv()
    while pipe.poll():
        number = pipe.recv()
    return number


def _stumbled(words: str) -> Problem:
    hint = "this is a mistake of crossfoot's own, not of the report; stop the preview and run: crossfoot check"
    return Problem(Place("crossfoot"), f"the report could not be checked: {words}", hint, rule=_RULE)


class _Sent:
    """What has been sent, so that only what has changed need be sent again."""

    def __init__(self) -> None:
        self._sums: dict[str, bytes] = {}

    def told(
        self, number: int, warnings: list[str], html: Mapping[str, str], files: Mapping[str, str | bytes]
    ) -> Verdict:
        sums = {path: _sum(content) for path, content in {**html, **files}.items()}
        new = {path for path, found in sums.items() if self._sums.get(path) != found}
        gone = tuple(sorted(set(self._sums) - set(sums)))
        self._sums = sums
        pages: dict[str, str] = {path: html[path] for path in html if path in new}
        others: dict[str, Any] = {path: files[path] for path in files if path in new}
        return Verdict(number, (), tuple(warnings), pages, others, gone)


def _sum(content: str | bytes) -> bytes:
    return sha256(content.encode() if isinstance(content, str) else content).digest()
