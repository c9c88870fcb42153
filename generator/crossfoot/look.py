"""Check the theme's tokens at build: text and marks stand out from the paper they are on, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crossfoot.places import Place, Problem, Problems
from crossfoot.textfile import read_text

TEXT = ("--ink", "--ink-quiet", "--brand", "--finding")
"""Colours of text: 4.5:1 at least (WCAG 2.2, success criterion 1.4.3)."""
MARKS = ("--data-1", "--data-2", "--data-3", "--data-4", "--data-5", "--data-6", "--focus")
"""Colours of marks: 3:1 at least (WCAG 2.2, success criterion 1.4.11)."""
PAPERS = ("--paper", "--paper-sunk")
PAIRS: Mapping[str, tuple[tuple[str, ...], float]] = {
    **dict.fromkeys(TEXT, (PAPERS, 4.5)),
    **dict.fromkeys(MARKS, (PAPERS[:1], 3.0)),
    "--brand-ink": (("--brand",), 4.5),
}
"""Each colour with what it stands on, and the contrast it needs there."""

_TOKEN = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;{}]*?)\s*[;}]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Token:
    """One colour of one scheme, as it is written, and its line."""

    written: str
    line: int

    @property
    def is_colour(self) -> bool:
        """It is written #rrggbb."""
        return _COLOUR.fullmatch(self.written) is not None


def check_tokens(theme: Path) -> None:
    """Check every pair of colours in `assets/tokens.css`.

    Raises:
        Problems: a colour that is missing or unreadable, or one too close to what it stands on; placed at its line.
    """
    path = theme / "assets" / "tokens.css"
    shown = f"{theme.name}/assets/tokens.css"
    if not path.is_file():
        hint = "it needs assets/tokens.css with its colours"
        raise Problems([Problem(Place(shown), "the theme has no tokens", hint, rule="contrast")])
    source = read_text(path, shown)
    opening, closing = (re.sub(r"(?s)/\*.*?\*/", "", source).count(brace) for brace in "{}")
    if opening != closing and any(f"{name}:" in source for name in PAIRS):
        text, hint = f"{opening} braces open and {closing} close", "write } after the last line that each { holds"
        raise Problems([Problem(Place(shown), text, hint, rule="contrast")])
    schemes = _schemes(source)
    found = [problem for scheme, tokens in schemes.items() for problem in _problems(scheme, tokens, shown)]
    if found:
        raise Problems(found)


def light_colours(theme: Path) -> dict[str, str]:
    """Return the colours of *theme* in light, as paper and pictures have them, by name: `--ink` -> `#1b2024`."""
    source = read_text(theme / "assets" / "tokens.css", f"{theme.name}/assets/tokens.css")
    return {name: token.written for name, token in sorted(_schemes(source)["light"].items()) if token.is_colour}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written #rrggbb, between 1 and 21.

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.

    >>> round(contrast("#767676", "#ffffff"), 2)
    4.54
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _schemes(source: str) -> dict[str, dict[str, Token]]:
    """Return the tokens of each scheme; dark begins as a copy of light; print and widths are left out."""
    source = re.sub(r"/\*.*?\*/", lambda comment: re.sub(r"[^\n]", " ", comment[0]), source, flags=re.DOTALL)
    light: dict[str, Token] = {}
    dark: dict[str, Token] = {}
    for condition, start, end in _parts(source):
        tokens = light if not condition else dark if "prefers-color-scheme: dark" in condition else {}
        for match in _TOKEN.finditer(source, start, end):
            tokens[match[1]] = Token(match[2], source.count("\n", 0, match.start()) + 1)
    return {"light": light, "dark": {**light, **dark}} if dark else {"light": light}


def _parts(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield the top-level rules of *source*: the condition of an @media rule, and where the body stands."""
    depth, begin, head = 0, 0, ""
    for match in re.finditer(r"[{}]", source):
        if match[0] == "{":
            if depth == 0:
                head, begin = " ".join(source[begin : match.start()].split()), match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield (head if head.startswith("@") else ""), begin, match.end()
                begin = match.end()


def _problems(scheme: str, tokens: Mapping[str, Token], shown: str) -> Iterator[Problem]:
    wanted = dict.fromkeys([*PAIRS, *PAPERS])
    for name in wanted:
        if name not in tokens and any("\n" in token.written and name in token.written for token in tokens.values()):
            continue  # the line above it has no semicolon
        if name not in tokens:
            yield Problem(Place(shown), f"the colour '{name}' is missing", "write it as #rrggbb", rule="contrast")
        elif "\n" in tokens[name].written:
            place, first = Place(shown, tokens[name].line), tokens[name].written.splitlines()[0]
            yield Problem(place, f"no semicolon after '{name}: {first}'", f"write {name}: {first};", rule="contrast")
        elif not tokens[name].is_colour:
            place, message = Place(shown, tokens[name].line), f"'{tokens[name].written}' is not a colour"
            yield Problem(place, message, f"write {name}: #rrggbb", rule="contrast")
    sound = {name: token for name, token in tokens.items() if token.is_colour}
    for name, (grounds, least) in PAIRS.items():
        ratios = [
            (contrast(sound[name].written, sound[one].written), one) for one in grounds if {name, one} <= {*sound}
        ]
        if ratios and min(ratios)[0] < least:
            ratio, ground = min(ratios)
            message = f"'{name}' on '{ground}' has a contrast of {ratio:.2f}:1 in the {scheme} scheme"
            hint = f"at least {least:g}:1 is needed; make it darker or lighter"
            yield Problem(Place(shown, sound[name].line), message, hint, rule="contrast")
