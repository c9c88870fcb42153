"""How a language is written: its script, its marks, the words it does not use, and the words that claim something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from crossfoot.script import converted, is_common
from crossfoot.yamlfile import read

FOLDER = Path(__file__).parent / "words"
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The characters of Chinese, as the inside of a class of a pattern."""
_HAN = re.compile(f"[{HAN}]")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Usage:
    """What is known of one language, from the files in `words/` that its tag names, the broad ones first."""

    script: str = ""
    """traditional, simplified, or empty."""
    region: str = ""
    """HK, TW, or empty."""
    punctuation: str = ""
    """full or half width, or empty where nothing is known."""
    quotes: str = ""
    """The quotation marks of the language, opening and closing, outer and inner."""
    proper: str = ""
    """Characters that are right although a dictionary says otherwise."""
    mistaken: str = ""
    """Characters of the other script that the sieve lets through."""
    words: Mapping[str, str] = field(default_factory=dict)
    """A wording that is not used, and the one to write instead."""
    misused: Mapping[str, str] = field(default_factory=dict)
    """A word typed with a character of the other script, and the right one."""
    unless: tuple[str, ...] = ()
    """Longer wordings in which such a word is right."""
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that claim something of a figure, by the insert that says it: change, compare, share, rank."""
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that hedge a figure, by qualifier."""
    no_qualifiers: tuple[str, ...] = ()
    """Words that end like a qualifier and are none."""
    no_claims: tuple[str, ...] = ()
    """Wordings that hold a claim and are none."""

    @property
    def is_han(self) -> bool:
        """Whether the language is written in Chinese characters."""
        return bool(self.script)

    def strangers(self, texts: Iterable[str]) -> dict[str, str]:
        """Return each character in *texts* that belongs to the other script, with its form in this one."""
        if not self.script:
            return {}
        used: set[str] = set()
        for text in texts:
            used.update(text)
        mistaken = {one for one in used if one in self.mistaken}
        doubtful = {
            one for one in used if _HAN.match(one) and one not in self.proper and not is_common(one, self.script)
        }
        return converted(mistaken | doubtful, self.script, self.region)

    @cached_property
    def unused(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """A pattern of the wordings that are not used and of the longer ones that are, and what to write instead."""
        instead = {**self.words, **self.misused}
        return one_of((*instead, *self.unless)), instead


def one_of(wordings: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of *wordings*, the longest first; nothing, if there are none."""
    longest_first = sorted(set(wordings), key=lambda one: (-len(one), one))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else _NEVER


@cache
def usage_of(tag: str) -> Usage:
    """Return what is known of the language with the BCP 47 *tag*: `zh-Hant-HK` is zh, zh-Hant and zh-Hant-HK."""
    parts = tag.split("-")
    tree: dict[str, Any] = {}
    for count in range(1, len(parts) + 1):
        path = FOLDER / f"{'-'.join(parts[:count])}.yaml"
        if path.is_file():
            tree |= read(path, path.name).value
    region = parts[-1] if len(parts) > 1 and len(parts[-1]) == 2 else ""
    lists = {key: {name: tuple(words) for name, words in tree.get(key, {}).items()} for key in ("claims", "qualifiers")}
    flat = {key: tuple(tree.get(key, ())) for key in ("unless", "no_qualifiers", "no_claims")}
    return Usage(**{**tree, **lists, **flat, "region": region})
