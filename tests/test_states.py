"""Every state of the interface that a reader can bring about, looked at as the pages are; `states/` reaches them."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import browser_checks
import states
from conftest import ROOT

LANGUAGES = sorted(path.name for path in (ROOT / "content").iterdir())


def test_the_states_looked_at_in_every_view_are_there():
    """No module forgets to name one, or names one that it does not have."""
    for module in pkgutil.iter_modules(states.__path__):
        found = importlib.import_module(f"states.{module.name}")
        known = {*getattr(found, "STATES", {}), *getattr(found, "DEMO_STATES", {})}
        assert found.WHOLE
        assert known.issuperset(found.WHOLE)


def reached():
    """Yield each state in each language: the fixture that serves its site, its page, what a reader does to reach it."""
    for module in pkgutil.iter_modules(states.__path__):
        found = importlib.import_module(f"states.{module.name}")
        for language in LANGUAGES:
            for name, (path, act) in getattr(found, "STATES", {}).items():
                own = Path(language, *Path(path).parts[1:]).as_posix()
                yield pytest.param("served", own, act, found, name, id=f"{language}-{module.name}-{name}")
            for name, (path, act) in getattr(found, "DEMO_STATES", {}).items():
                own = path.format(language=language)
                if own != path or language == LANGUAGES[0]:  # a page of all languages is looked at once
                    yield pytest.param("demo_served", own, act, found, name, id=f"{language}-{module.name}-{name}")


@pytest.mark.parametrize(("site_served", "path", "act", "module", "name"), list(reached()))
def test_state(site_served, path, act, module, name, request, visit):
    """A state of the interface has nothing wrong at any size, in any colours, on paper.

    Those of `WHOLE` in every view of `ACTED`; the others, which differ from one of them in little, at a glance.
    """
    views = browser_checks.ACTED if name in module.WHOLE else browser_checks.GLANCE
    served = visit(request.getfixturevalue(site_served))
    found = browser_checks.look(served, path, views, act, region=getattr(module, "REGION", ""))
    found = [line for line in found if not re.search(getattr(module, "EXCUSED", "$^"), line)]
    if found:
        pytest.fail(f"{path}: {len(found)} findings\n" + "\n".join(found[:30]), pytrace=False)
