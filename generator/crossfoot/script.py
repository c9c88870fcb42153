"""Tell the characters of the other Chinese script: the only file that knows OpenCC."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Protocol

_CONVERSIONS = {"traditional": "s2t", "hong-kong": "s2hk", "taiwan": "s2tw", "simplified": "t2s"}
_SIEVES = {"traditional": "big5", "simplified": "gb2312"}


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def is_common(character: str, script: str) -> bool:
    """Return whether the old character set of *script* has *character*: Big5, or GB 2312."""
    try:
        character.encode(_SIEVES[script])
    except UnicodeEncodeError:
        return False
    return True


def converted(characters: Iterable[str], script: str, region: str = "") -> dict[str, str]:
    """Return those of *characters* that do not belong to *script*, each with the form that does.

    *region* is HK or TW, whose forms of a Traditional character differ here and there.
    """
    asked = sorted(set(characters))
    if not asked:
        return {}
    way = {"HK": "hong-kong", "MO": "hong-kong", "TW": "taiwan"}.get(region, script) if script[0] == "t" else script
    answers = _converter(_CONVERSIONS[way]).convert("\n".join(asked)).split("\n")
    return {one: other for one, other in zip(asked, answers, strict=True) if one != other}


@cache
def _converter(way: str) -> _Converter:
    import opencc  # late: its dictionaries take a tenth of a second, and most reports never need them

    converter: _Converter = opencc.OpenCC(way)
    return converter
