"""A second hand: a process that works while this one does, for work that lets no other thread run meanwhile."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any


class Hand:
    """A process that does one thing at a time, from the same functions as this one; it starts when it is needed."""

    def __init__(self, ready: Callable[[], object]) -> None:
        """Know what the process does first, to be *ready* for more."""
        self._ready = ready
        self._process: multiprocessing.process.BaseProcess | None = None
        self._begun = 0

    def start(self) -> None:
        """Start it, unless it has started."""
        if self._process is None:
            spawn = multiprocessing.get_context("spawn")  # not forked: whoever needs it runs threads
            self._pipe, theirs = spawn.Pipe()
            self._process = spawn.Process(target=_work, args=(theirs, self._ready), daemon=True)
            self._process.start()
            theirs.close()

    def begin(self, work: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        """Have *work* done with what is *given*; return what waits for the result.

        Where the process is gone, or the work fails in it, it is done here. A result that nobody waited for is let go.
        """
        self._begun += 1
        number = self._begun
        try:
            self.start()
            self._pipe.send((number, work, given))
        except OSError:
            return lambda: work(*given)

        def end() -> Any:
            try:
                found, done, result = self._pipe.recv()
                while found != number:
                    found, done, result = self._pipe.recv()
            except (EOFError, OSError):
                done, result = False, None
            return result if done else work(*given)

        return end

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.join(2)


def _work(pipe: Connection, ready: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    with suppress(EOFError, OSError):
        ready()
        while True:
            number, work, given = pipe.recv()
            try:
                pipe.send((number, True, work(*given)))
            except Exception:
                pipe.send((number, False, None))
