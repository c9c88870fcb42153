"""A fixed piece of work that stands for the speed of a machine: `python benchmarks/yardstick.py` does it once.

It does what a build does, in small: loops over words and dictionaries, JSON there and back, compression. It takes
about half a second of CPU time. Whoever changes it makes every stored ratio worthless.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import machine

T = TypeVar("T")


def once() -> float:
    """Return the seconds of CPU time that the work takes now, in a process of its own."""
    return machine.run([sys.executable, str(Path(__file__))], Path(__file__).parent).cpu


def around(measure: Callable[[], T]) -> tuple[T, float]:
    """Return what *measure* returns, and the yardstick's seconds: the mean of just before and just after."""
    before = once()
    found = measure()
    return found, (before + once()) / 2


def work(rounds: int) -> int:
    """Do the work so many times over; return a number that depends on all of it."""
    found = 0
    for number in range(rounds):
        words = [f"word {(number + 7 * place) % 4099}" for place in range(4000)]
        counts: dict[str, int] = {}
        for word in words:
            counts[word] = counts.get(word, 0) + len(word)
        lines = [f"<td class='{key.replace(' ', '-')}'>{count:,}</td>" for key, count in sorted(counts.items())]
        text = json.dumps([{"words": word, "line": line} for word, line in zip(words, lines, strict=False)], indent=1)
        back = json.loads(text)
        found += len(zlib.compress("\n".join(one["line"] for one in back).encode() + text.encode(), 6))
    return found


if __name__ == "__main__":
    work(32)
