"""Run a command and tell what it took: CPU time, time on the clock, and memory.

Memory and the time that a running process has used are read from `/proc`, which only Linux has; elsewhere memory is
left out. The system's own note of a process's most memory is not used: it counts what stood in the memory of whoever
started the process.
"""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    cpu: float
    """Seconds of CPU time, of the process and of all that it started."""
    wall: float
    """Seconds on the clock."""
    peak: float | None
    """The most memory in MiB of the process, and of each that it started, added up; None where it cannot be told."""


def about() -> str:
    """Return in a line what machine this is."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Return what *command* takes in *folder*; where it fails, end the program with what it said."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=said, stderr=said
        )
        watched = _Watched(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = watched.end()
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[-2000:]
            raise SystemExit(f"{' '.join(command)} failed in {folder.name}:\n{words}")
    return Cost(used.ru_utime + used.ru_stime, wall, peak)


class _Watched:
    """Looks again and again at the memory of a process and of all that it starts."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peaks: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        began = time.perf_counter()
        while not self._ended.is_set():
            self._peaks.update(peaks(self._pid))
            self._ended.wait(0.01 if time.perf_counter() - began < 1 else 0.05)  # the longer it runs, the less often

    def end(self) -> float | None:
        """Stop looking; return the most memory that each process had, added up."""
        self._ended.set()
        self._thread.join()
        return sum(self._peaks.values()) or None


def processes(pid: int) -> list[int]:
    """Return *pid* and all that it started, and that these started."""
    found = [pid]
    for one in found:  # which grows on the way
        for children in (_PROC / str(one)).glob("task/*/children"):
            found += map(int, _read(children).split())
    return found


def peaks(pid: int) -> dict[int, float]:
    """Return the most memory in MiB that the process *pid*, and each that it started, has had so far."""
    found = {}
    for one in processes(pid):
        for line in _read(_PROC / str(one) / "status").splitlines():
            if line.startswith("VmHWM:"):
                found[one] = int(line.split()[1]) / 1024
    return found


def used(pid: int) -> float:
    """Return the seconds of CPU time that the process *pid* and all that it started have used so far."""
    ticks = 0
    for one in processes(pid):
        fields = _read(_PROC / str(one) / "stat").rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def settle(pid: int, quiet: float = 0.3) -> None:
    """Wait until the process *pid* and all that it started have done next to nothing for *quiet* seconds."""
    before = used(pid)
    while True:
        time.sleep(quiet)
        now = used(pid)
        if now - before < 0.1 * quiet:
            return
        before = now


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""
