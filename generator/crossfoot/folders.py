"""Where a report keeps what it is made from."""

from __future__ import annotations

from pathlib import Path

CODE = Path(__file__).parent
"""The generator itself, its phrases included."""


def theme_of(folder: Path) -> Path:
    """Return the theme of the report in *folder*: its own, else the one that came with crossfoot."""
    packed = CODE / "theme"
    checkout = CODE.parents[1] / "theme"  # where crossfoot is run from its own repository
    return next((one for one in (folder / "theme", packed) if one.is_dir()), checkout)


def roots_of(folder: Path, configuration: Path) -> tuple[Path, ...]:
    """Return the files and folders that the site of the report in *folder* is made from, other years apart."""
    return (configuration, folder / "data", folder / "content", theme_of(folder), CODE)
