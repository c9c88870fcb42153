"""crossfoot: a folder of YAML and Markdown becomes a bilingual ESG report that checks itself.

The names below are read from where they live when they are first used: whoever asks only whether anything has changed
since the last build need not wait for the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from crossfoot.version import VERSION as __version__

if TYPE_CHECKING:
    from crossfoot.folders import theme_of
    from crossfoot.places import Place, Problem, Problems
    from crossfoot.program import build, build_from, read_report
    from crossfoot.site import Site

__all__ = ["Place", "Problem", "Problems", "Site", "__version__", "build", "build_from", "read_report", "theme_of"]

_HOMES = {"Place": "places", "Problem": "places", "Problems": "places", "Site": "site", "theme_of": "folders"}


def __getattr__(name: str) -> Any:
    """Return the public name *name* from the file that defines it."""
    if name not in __all__:
        raise AttributeError(f"module 'crossfoot' has no attribute {name!r}")
    return getattr(import_module(f"crossfoot.{_HOMES.get(name, 'program')}"), name)
