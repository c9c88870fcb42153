"""Check the theme's tokens at build: text and marks stand out from the paper they are on, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from crossfoot.places import Place, Problem, Problems

_LINE = re.compile(r"^\s*(--[a-z0-9-]+):\s*(#[0-9a-fA-F]{6})\s*;")
TEXT = ("--ink", "--ink-quiet", "--brand", "--finding")
"""Colours of text: 4.5:1 at least (WCAG 2.2, success criterion 1.4.3)."""
MARKS = ("--data-1", "--data-2", "--data-3", "--data-4", "--data-5", "--data-6", "--focus")
"""Colours of marks: 3:1 at least (WCAG 2.2, success criterion 1.4.11)."""
PAPERS = ("--paper", "--paper-sunk")


def check_tokens(theme: Path) -> None:
    """Check every pair of colours in `assets/tokens.css`.

    Raises:
        Problems: a colour that is missing, or one that is too close to its paper; placed at its line.
    """
    path = theme / "assets" / "tokens.css"
    shown = f"{theme.name}/assets/tokens.css"
    if not path.is_file():
        raise Problems(
            [
                Problem(
                    Place(shown),
                    "the theme has no tokens",
                    "it needs assets/tokens.css with its colours",
                    rule="contrast",
                )
            ]
        )
    found = list(_problems(_schemes(path.read_text(encoding="utf-8")), shown))
    if found:
        raise Problems(found)


def _schemes(source: str) -> dict[str, dict[str, tuple[str, int]]]:
    """Return the colours of each scheme, each with its line; dark begins as a copy of light."""
    schemes: dict[str, dict[str, tuple[str, int]]] = {"light": {}}
    scheme = "light"
    for number, line in enumerate(source.splitlines(), start=1):
        if "prefers-color-scheme: dark" in line:
            scheme = "dark"
            schemes.setdefault("dark", dict(schemes["light"]))
        elif line.startswith("@media") or line.startswith(":root"):
            scheme = "light" if line.startswith(":root") else "other"
        token = _LINE.match(line)
        if token and scheme in schemes:
            schemes[scheme][token.group(1)] = (token.group(2), number)
    return schemes


def _problems(schemes: Mapping[str, Mapping[str, tuple[str, int]]], shown: str) -> Iterator[Problem]:
    for scheme, tokens in schemes.items():
        for names, least in ((TEXT, 4.5), (MARKS, 3.0)):
            for name in names:
                if name not in tokens:
                    yield Problem(
                        Place(shown),
                        f"the colour '{name}' is missing",
                        "write it as #rrggbb",
                        rule="contrast",
                    )
                    continue
                for paper in PAPERS if least > 4 else PAPERS[:1]:
                    if paper not in tokens:
                        continue
                    ratio = contrast(tokens[name][0], tokens[paper][0])
                    if ratio < least:
                        text = f"'{name}' on '{paper}' has a contrast of {ratio:.2f}:1 in the {scheme} scheme"
                        yield Problem(
                            Place(shown, tokens[name][1]),
                            text,
                            f"at least {least}:1 is needed; make it darker or lighter",
                            rule="contrast",
                        )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written #rrggbb, between 1 and 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
