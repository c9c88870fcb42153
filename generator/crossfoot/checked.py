"""The verdict on a report: as it was, where nothing has changed since."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from crossfoot.folders import roots_of
from crossfoot.places import Place, Problem
from crossfoot.unchanged import Ask, look, remember, unchanged


def checked(folder: Path, cache: Path, *, rules_only: bool = False, say: Callable[[str], None]) -> tuple[Problem, ...]:
    """Return what is to be warned of in the report in *folder*; *cache* keeps the verdict for the next time.

    With *rules_only* the finished pages are not made, so that two languages are not compared figure by figure.

    Raises:
        Problems: why the report cannot be published. This is found anew each time.
    """
    ask = Ask(roots_of(folder, folder / "mkdocs.yml"), None, {"check": "rules" if rules_only else "all"})
    stands = unchanged(ask, cache)
    if stands is not None:
        return tuple(_problem(one) for one in stands)
    gc.set_threshold(50_000, 20, 50)  # nearly all that is made lives until the verdict
    seen = look(ask.roots)
    from crossfoot.program import apply_rules, build  # only here: a verdict that stands need not wait for these

    if rules_only:
        warnings, sources = apply_rules(folder, say=say)
    else:
        site = build(folder, cache=cache, say=say)
        warnings, sources = site.warnings, site.sources
    remember(ask, cache, seen, more=sources, warnings=[json.dumps(asdict(one)) for one in warnings])
    return warnings


def _problem(kept: str) -> Problem:
    found = json.loads(kept)
    return Problem(**{**found, "place": Place(**found["place"])})
