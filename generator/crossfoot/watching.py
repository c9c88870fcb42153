"""Watch folders and files, and tell once whenever someone has finished saving."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from crossfoot.textfile import is_left_behind

_QUIET = 0.012
"""Seconds without another event after which someone has finished."""
_OPEN = 0.3
"""Seconds to wait for a file that is still open for writing; also where the system never says that it was closed."""
_IDLE = ("opened", "closed_no_write")


class Watch(FileSystemEventHandler):
    """Collects what changes below some folders, and single files."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Begin to watch *paths*; a folder with all that is in it."""
        self._changed: set[Path] = set()
        self._open: set[Path] = set()
        self._last = 0.0
        self._news = threading.Condition()
        self._paths = tuple(path.absolute() for path in paths)
        self._observer = self._started(Observer)

    def _started(self, kind: Callable[[], Any]) -> Any:
        observer = kind()
        for folder in {path if path.is_dir() else path.parent for path in self._paths if path.exists()}:
            whole = any(folder == path for path in self._paths)
            observer.schedule(self, str(folder), recursive=whole)
        try:
            observer.start()
        except OSError:  # the system watches no more files: look at them again and again
            if kind is PollingObserver:
                raise
            return self._started(PollingObserver)
        return observer

    def add(self, folders: Iterable[Path]) -> None:
        """Watch these *folders* too, each with all that is in it."""
        for folder in folders:
            if folder.is_dir() and folder not in self._paths:
                self._paths = (*self._paths, folder)
                with suppress(OSError):  # the system watches no more files
                    self._observer.schedule(self, str(folder), recursive=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what has changed; called by the observer."""
        if event.event_type in _IDLE or (event.is_directory and event.event_type == "modified"):
            return
        with self._news:
            for name in filter(None, (event.src_path, event.dest_path)):
                path = Path(str(name))
                if not self._is_ours(path):
                    continue
                self._changed.add(path)
                self._last = time.monotonic()
                if event.event_type in ("created", "modified") and not event.is_directory:
                    self._open.add(path)
                else:
                    self._open.discard(path)
            self._news.notify_all()

    def _is_ours(self, path: Path) -> bool:
        for root in self._paths:
            if path == root:
                return True
            if path.is_relative_to(root):
                inside = path.relative_to(root)
                return not is_left_behind(inside) and "__pycache__" not in inside.parts
        return False

    def wait(self) -> frozenset[Path]:
        """Return what has changed since the last time, once nothing is being written any more."""
        with self._news:
            while not self._changed:
                self._news.wait()
            while True:
                since = time.monotonic() - self._last
                if since >= (_OPEN if self._open else _QUIET):
                    break
                self._news.wait((_OPEN if self._open else _QUIET) - since)
            changed = frozenset(self._changed)
            self._changed.clear()
            self._open.clear()
            return changed

    def stop(self) -> None:
        """Stop watching."""
        self._observer.stop()
