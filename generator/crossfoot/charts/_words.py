"""Words and numbers in a drawing: how wide they are at most, where they wrap, how an axis names its ticks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache, lru_cache
from itertools import pairwise

from crossfoot.charts import WORDS, Series

# Widths in em, at least those of DejaVu Sans and Verdana, the widest faces a reader is likely to have.
_WIDTHS = {
    **dict.fromkeys("frtJ!()[].,:;/\\-", 0.42),
    **dict.fromkeys("ijlI' ", 0.32),
    **dict.fromkeys('cksvxyz*"|', 0.6),
    **dict.fromkeys("ABCEFKLPRSTVXYZ", 0.71),
    **dict.fromkeys("DGHNOQU&#+<=>~^−w", 0.84),
    **dict.fromkeys("mMW%@", 1.0),
}
_CLOSING = "，。、；：！？」』》〉）】〕％…‰°%,.;:!?)]}”’"
_OPENING = "「『《〈（【〔([{“‘"


@cache
def wide(sign: str) -> bool:
    """Return whether *sign* takes the width of a Han character."""
    return unicodedata.east_asian_width(sign) in "WF"


def extent(text: str, size: float) -> float:
    """Return how wide *text* is at most, in px: an estimate that no font of this machine changes."""
    width = 0.0
    for sign, following in pairwise(f"{text} "):
        if unicodedata.east_asian_width(sign) in "WFA":
            width += 1.0
        else:
            width += _WIDTHS.get(sign, 0.65)
        if wide(sign) != wide(following) and sign.isalnum() and following.isalnum():
            width += 0.13  # the thin space that browsers put between Han and Latin
    return width * size


@lru_cache(maxsize=20_000)
def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return *text* in lines no wider than *width* px, broken at spaces or between Han characters.

    A word is cut only where it is wider than a line. No line starts with a closing mark or ends with an
    opening one. A last line of a few characters is evened out.
    """
    lines = _fill(_pieces(text), width, size)
    tighter = width
    while len(lines) > 1 and extent(lines[-1], size) < min(4 * size, width / 3):
        tighter -= size
        evener = _fill(_pieces(text), tighter, size) if tighter > width / 2 else ()
        if len(evener) != len(lines):
            break
        lines = evener
    return lines


def _pieces(text: str) -> list[str]:
    """Return what no line may break: words, spaces, Han characters with the marks that cling to them."""
    pieces: list[str] = []
    for sign in " ".join(text.split()):
        if unicodedata.category(sign) in ("Cc", "Cs", "Cn"):  # nothing an XML file may hold
            continue
        last = pieces[-1] if pieces else ""
        if sign == " ":
            pieces.append(" ")
        elif last and last != " " and (sign in _CLOSING or last[-1] in _OPENING or not (wide(sign) or wide(last[-1]))):
            pieces[-1] = last + sign
        else:
            pieces.append(sign)
    return pieces


def _fill(pieces: Iterable[str], width: float, size: float) -> tuple[str, ...]:
    lines = [""]
    for piece in pieces:
        if extent(lines[-1] + piece.rstrip(), size) <= width:
            lines[-1] += piece
            continue
        if lines[-1].strip():
            lines.append("")
        for sign in piece.lstrip():
            if extent(lines[-1] + sign, size) > width and lines[-1]:
                lines.append("")
            lines[-1] += sign
    return tuple(line.strip() for line in lines if line.strip())


def whole(text: str, width: float, size: float, most: int = 3) -> bool:
    """Return whether *text* fits *width* in at most *most* lines without a word being cut."""
    return all(extent(piece, size) <= width for piece in _pieces(text)) and len(wrap(text, width, size)) <= most


def spread(
    names: Sequence[str], places: Sequence[float], left: float, right: float, size: float, *, most: int = 60
) -> tuple[tuple[str, float], ...]:
    """Return *names* and the px of their middles, near *places* but between *left* and *right*, none touching.

    Where there are too many, only each second, third ... stays, always the first of *names*, and the last if it can.
    """
    middles = []
    for name, place in zip(names, places, strict=True):
        half = extent(name, size) / 2
        middles.append((name, min(max(place, left + half), right - half)))
    last = len(names) - 1
    for step in sorted(range(1, last + 2), key=lambda step: (-(last // step), last % step != 0)):
        chosen = middles[::step]
        if len(chosen) <= most and all(_apart(one, other, size) for one, other in pairwise(chosen)):
            return tuple(one for one in chosen if extent(one[0], size) <= right - left)
    return ()


def _apart(one: tuple[str, float], other: tuple[str, float], size: float) -> bool:
    """Return whether two names leave room between each other."""
    return abs(one[1] - other[1]) >= (extent(one[0], size) + extent(other[0], size)) / 2 + 10


def word(series: Series, key: str) -> str:
    """Return the phrase *key* of `WORDS` in the language of *series*."""
    return series.words.get(key, WORDS[key])


def ticks(low: float, high: float, most: int = 5) -> tuple[Decimal, ...]:
    """Return round numbers from *low* to *high*, at most *most*; the outermost enclose both."""
    if not low < high:
        return (Decimal(repr(low)),)
    start, end = Decimal(repr(low)), Decimal(repr(high))
    power = Decimal(1).scaleb((end - start).adjusted() - 1)
    steps = (
        power * ten * factor for ten in (1, 10, 100) for factor in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
    )
    for step in steps:
        first = (start / step).to_integral_value(ROUND_FLOOR)
        last = (end / step).to_integral_value(ROUND_CEILING)
        if last - first < most:
            return tuple((first + index) * step for index in range(int(last - first) + 1))
    raise AssertionError(f"no step from {low} to {high}")


def tick_words(numbers: Sequence[Decimal], series: Series) -> tuple[str, ...]:
    """Return *numbers* of one axis as its reader writes them, all with one scale word: 5萬, 10萬."""
    least = min((abs(number) for number in numbers if number), default=Decimal(0))
    words = series.words or WORDS
    for power in sorted((int(key[6:]) for key in words if key.startswith("scale.") and words[key]), reverse=True):
        unit = Decimal(10) ** power
        if least >= unit and all((number / unit * 10) % 1 == 0 for number in numbers):
            named = words[f"scale.{power}"]
            return tuple(named.format(_digits(number / unit, series)) if number else "0" for number in numbers)
    return tuple(_digits(number, series) for number in numbers)


def _digits(number: Decimal, series: Series) -> str:
    plain = f"{number.normalize():,f}" if number else "0"
    signs = {",": word(series, "number.group"), ".": word(series, "number.decimal"), "-": "−"}
    return "".join(signs.get(sign, sign) for sign in plain)
