"""The words by which a reader of one language takes a figure or a date, from `reading/LANGUAGE.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import cache
from importlib import resources
from itertools import product
from pathlib import Path

from crossfoot.yamlfile import read

_EXACT = Context(prec=60)


@dataclass(frozen=True)
class Words:
    """The words of one language's file."""

    hint: re.Pattern[str]
    """What some part of every figure looks like."""
    group: str
    digits: re.Pattern[str]
    amount: re.Pattern[str]
    """Digits, with a scale word if there is one."""
    minus: str
    decimal: str
    range: tuple[str, ...]
    qualifiers: Mapping[str, tuple[str, ...]]
    around: Mapping[str, tuple[str, ...]]
    several: Mapping[str, Decimal]
    scales: Mapping[str, int]
    ordinals: tuple[str, ...]
    numerals: Mapping[str, Decimal]
    omissions: Mapping[str, str]
    dates: tuple[re.Pattern[str], ...]
    months: tuple[str, ...]

    def hedged(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield *text* as it stands, then each qualifier it may be said with and what that leaves."""
        yield "", text
        for qualifier, patterns in self.qualifiers.items():
            yield from ((qualifier, inner) for inner in inside(text, patterns))

    def number(self, text: str) -> tuple[Decimal, bool] | None:
        """Return the number that *text* is, and whether all its digits stand there."""
        plain = next((core for core in inside(text, self.ordinals) if _suffixed(core, text)), text)
        if self.digits.fullmatch(plain):
            return self._decimal(plain), True
        if text in self.numerals:
            return self.numerals[text], False
        for pattern, power in self.scales.items():
            for core in inside(text, (pattern,)):
                if self.digits.fullmatch(core):
                    return self._decimal(core).scaleb(power, _EXACT), False
        return None

    def _decimal(self, text: str) -> Decimal:
        plain = text.replace(self.group, "").replace(self.minus, "-")
        return Decimal(plain.replace(self.decimal, "."))

    def ranges(self, text: str, patterns: Sequence[str]) -> Iterator[tuple[Decimal, Decimal, bool]]:
        """Yield both ends of the range that *text* is, and whether all digits stand there; each may have the unit."""
        for pattern in self.range:
            lead, between, tail = pattern.split("{}")
            low, found, high = text.removeprefix(lead).removesuffix(tail).partition(between)
            if not found:
                continue
            for one, other in product(inside(low, ("{}", *patterns)), inside(high, ("{}", *patterns))):
                start, end = self.number(one), self.number(other)
                if start and end and start[0] < end[0]:
                    yield start[0], end[0], start[1] and end[1]

    def iso(self, match: re.Match[str]) -> str:
        """Return the date of *match*, '' if there is no such day."""
        parts = match.groupdict()
        month = parts.get("month", "")
        if month in self.months:
            parts["month"] = str(self.months.index(month) + 1)
        numbers = [int(parts[name]) for name in ("year", "month", "day") if name in parts]
        try:
            whole = date(*(*numbers, 1, 1)[:3]).isoformat()
        except ValueError:
            return ""
        return whole[: (4, 7, 10)[len(numbers) - 1]]


def file_of(language: str) -> Path:
    """Return the file with the words of *language*; it need not be there."""
    return Path(str(resources.files("crossfoot") / "reading" / f"{language}.yaml"))


@cache
def words_of(language: str) -> Words:
    """Return the words of *language*, whose file is there."""
    file = file_of(language)
    table = read(file, file.name).value
    group, decimal, minus = (re.escape(table[key]) for key in ("group", "decimal", "minus"))
    numerals = _numerals(table["numerals"], table.get("paired"))
    omissions = {words: name for name, words in table["omissions"].items()}
    several = {word: Decimal(number) for number, words in table["several"].items() for word in words}
    months = tuple(table.get("months", ()))
    plain = rf"(?:{minus})?(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:{decimal}[0-9]+)?"
    tails = sorted((pattern.removeprefix("{}") for pattern in table["scales"].values()), key=len, reverse=True)
    scales = "|".join(re.escape(tail) for tail in tails)
    return Words(
        hint=re.compile("|".join(("[0-9]", *map(re.escape, (*numerals, *several, *omissions))))),
        group=table["group"],
        digits=re.compile(plain),
        amount=re.compile(f"{plain}(?:{scales})?"),
        minus=table["minus"],
        decimal=table["decimal"],
        range=tuple(table["range"]),
        qualifiers={name: tuple(patterns) for name, patterns in table["qualifiers"].items()},
        around={name: tuple(words) for name, words in table["around"].items()},
        several=several,
        scales={pattern: int(power) for power, pattern in table["scales"].items()},
        ordinals=tuple(table["ordinals"]),
        numerals=numerals,
        omissions=omissions,
        dates=tuple(_date_form(pattern, months) for pattern in table["dates"]),
        months=months,
    )


def _numerals(table: Mapping[str, str], paired: str | None) -> dict[str, Decimal]:
    """Return each numeral with its number; Chinese ones below a hundred are put together from their parts."""
    found = {word: Decimal(number) for number, word in table.items()}
    if paired is not None:
        ten = table["10"]
        for number in range(11, 100):
            tens, ones = divmod(number, 10)
            word = ("" if tens == 1 else table[str(tens)]) + ten + (table[str(ones)] if ones else "")
            found[word] = Decimal(number)
        found[paired] = Decimal(2)
    return found


def _date_form(pattern: str, months: Sequence[str]) -> re.Pattern[str]:
    parts = {
        "year": r"(?P<year>(?<![\d.,])[12]\d{3}(?![.,]?\d))",
        "month": rf"(?P<month>{'|'.join(months)})" if months else r"(?P<month>\d{1,2})",
        "day": r"(?P<day>(?<!\d)\d{1,2})",
    }
    return re.compile(pattern.format(**parts))


def inside(text: str, patterns: Sequence[str]) -> Iterator[str]:
    """Yield what stands at `{}` of each pattern that *text* follows."""
    for pattern in patterns:
        lead, _, tail = pattern.partition("{}")
        if len(text) > len(lead) + len(tail) and text.startswith(lead) and text.endswith(tail):
            yield text[len(lead) : len(text) - len(tail)]


def _suffixed(core: str, text: str) -> bool:
    """Return whether an English ordinal has the ending that its number wants: 21st, 12th."""
    ending = text.removeprefix(core)
    if ending == text or not core[-1:].isdigit():
        return True
    wanted = "th" if core[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(core[-1], "th")
    return ending == wanted
