"""Put figures, dates and periods into one language: the digits are the source's, the words the language's."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time

from crossfoot.model import SCALES, Observation, Period, ReportLanguage, Text, Unit
from crossfoot.places import Place, Problem, Problems
from crossfoot.yamlfile import read

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ENGLISH_TENS = {
    30: "thirty",
    40: "forty",
    50: "fifty",
    60: "sixty",
    70: "seventy",
    80: "eighty",
    90: "ninety",
    100: "a hundred",
}
_HAN = "零一二三四五六七八九"


@dataclass(frozen=True)
class Language:
    """One language of the report: its phrases, and how it writes numbers, dates and periods."""

    id: str
    tag: str
    name: str
    phrases: Mapping[str, str]
    """Flat: `qualifiers.over` -> "more than {}"."""

    def word(self, key: str, *values: str) -> str:
        """Return the phrase *key* with *values* in its gaps."""
        return self.phrases[key].format(*values)

    def of(self, text: Text | None) -> str:
        """Return *text* in this language, '' where there is none."""
        return (text.get(self.id) or "") if text else ""

    def name_of(self, tag: str) -> str:
        """Return what this language calls the one with the BCP 47 *tag*, without its region: en-GB -> English, 英文."""
        whole = Locale.parse(tag, sep="-")
        bare = Locale(whole.language, script=whole.script)
        name = bare.get_display_name(self.phrases["locale"]) or tag
        return name.replace(" (", "（").replace(")", "）") if self.is_han else name

    @cached_property
    def is_han(self) -> bool:
        """Whether the language is written in Chinese characters."""
        return self.phrases["locale"].startswith("zh")

    def digits(self, value: Decimal) -> str:
        """Return *value* with the digits it has, grouped: 13093.57 -> 13,093.57, -0.50 -> −0.50."""
        plain = format(value.copy_abs(), "f")
        whole, point, fraction = plain.partition(".")
        grouped = ""
        while len(whole) > 3:
            grouped = self.phrases["group"] + whole[-3:] + grouped
            whole = whole[:-3]
        sign = self.phrases["minus"] if value.is_signed() and value != 0 else ""
        return sign + whole + grouped + (self.phrases["decimal"] + fraction if point else "")

    def scaled(self, observation: Observation, value: Decimal) -> str:
        """Return *value* of *observation* as the language says it: 238.5 billion -> 238.5 billion, 2,385億."""
        if observation.scale == "one":
            return self.digits(value)
        printed = {"thousand": 3, "million": 6, "billion": 9}[observation.scale]
        powers = sorted(
            (int(key.removeprefix("scales.")) for key in self.phrases if key.startswith("scales.")),
            reverse=True,
        )
        amount = value.scaleb(printed, _EXACT)
        power = printed if printed in powers else next((one for one in powers if abs(amount) >= Decimal(10) ** one), 0)
        shifted = amount.scaleb(-power, _EXACT)
        exponent = shifted.as_tuple().exponent
        if isinstance(exponent, int) and exponent > 0:
            shifted = shifted.quantize(Decimal(1), context=_EXACT)
        elif value == value.to_integral_value():
            shifted = shifted.normalize(_EXACT)
            if shifted == shifted.to_integral_value():
                shifted = shifted.quantize(Decimal(1), context=_EXACT)
        shown = self.digits(shifted)
        return self.word(f"scales.{power}", shown) if power else shown

    def spelled(self, value: Decimal) -> str | None:
        """Return a small number in words: 6 -> six, 六; 0.5 -> half, 一半; None where digits serve better."""
        if value == Decimal("0.5"):
            return self.phrases["half"]
        if value != value.to_integral_value() or not 0 <= value <= 100:
            return None
        number = int(value)
        if self.is_han:
            return _han_words(number)
        return _ENGLISH[number] if number <= 20 else _ENGLISH_TENS.get(number)

    def ordinal(self, value: Decimal) -> str:
        """Return an ordinal: 27 -> 27th, 第27."""
        if self.phrases["ordinal"] != "suffix":
            return self.phrases["ordinal"].format(self.digits(value))
        number = int(value)
        suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{self.digits(value)}{suffix}"

    def value(
        self,
        observation: Observation,
        unit: Unit,
        *,
        bare: bool = False,
        plain: bool = False,
        words: bool = False,
        ordinal: bool = False,
        full: bool = False,
        qualifier: str = "",
    ) -> str:
        """Return the figure as a sentence says it: qualifier, number, unit; the reason where there is no value."""
        if observation.value is None:
            return self.phrases[f"reasons.{observation.omission}"]
        hedge = qualifier or observation.qualifier
        if hedge == "several":
            whole = self.phrases[f"several.{format(observation.value, 'f')}"]
            return whole if bare else self.with_unit(whole, unit, None).strip()
        shown = self._number(observation, observation.value, words=words, ordinal=ordinal, full=full)
        if hedge == "range" and observation.upto is not None:
            end = self._number(observation, observation.upto, words=words, ordinal=ordinal, full=full)
            if unit.percent and not bare:
                return self.word("range", self.with_unit(shown, unit, None), self.with_unit(end, unit, None))
            both = self.word("range", shown, end)
            return both if bare else self.with_unit(both, unit, None)
        said = shown if bare else self.with_unit(shown, unit, observation.value)
        return said if plain or hedge == "exact" else self.word(f"qualifiers.{hedge}", said)

    def _number(self, observation: Observation, value: Decimal, *, words: bool, ordinal: bool, full: bool) -> str:
        if ordinal:
            return self.ordinal(value)
        if words and observation.scale == "one" and (spelled := self.spelled(value)) is not None:
            return "兩" if self.is_han and value == 2 else spelled
        if full:
            return self.digits(value.scaleb(SCALES[observation.scale].adjusted(), _EXACT))
        return self.scaled(observation, value)

    def with_unit(self, number: str, unit: Unit, value: Decimal | None) -> str:
        """Return *number* with its unit, in the singular where *value* is 1 and the language has one."""
        pattern = self.of(unit.one) if unit.one is not None and value == 1 else self.of(unit.pattern)
        return pattern.replace("{}", number)

    def cell(self, observation: Observation) -> str:
        """Return the figure as a table prints it, without unit and without qualifier."""
        if observation.value is None:
            return ""
        if observation.qualifier == "several":
            return self.phrases[f"several_alone.{format(observation.value, 'f')}"]
        shown = self.scaled(observation, observation.value)
        if observation.upto is not None:
            return self.word("range", shown, self.scaled(observation, observation.upto))
        return shown

    def day(self, iso: str) -> str:
        """Return an ISO date as precisely as it is given: 2018-07-23, 2019-03, 2015."""
        kind = {1: "year", 2: "month", 3: "day"}[iso.count("-") + 1]
        full = date.fromisoformat("-".join(([*iso.split("-"), "01", "01"])[:3]))
        return format_date(full, format=self.phrases[f"date.{kind}"], locale=self.phrases["locale"])

    def vega(self) -> dict[str, dict[str, Any]]:
        """Return how Vega writes numbers and dates in this language, as its option `locale` wants it."""
        locale = Locale.parse(self.phrases["locale"])
        names = {
            "months": locale.months["stand-alone"]["wide"],
            "shortMonths": locale.months["stand-alone"]["abbreviated"],
        }
        days = {"days": locale.days["stand-alone"]["wide"], "shortDays": locale.days["stand-alone"]["abbreviated"]}
        group, decimal = self.phrases["group"], self.phrases["decimal"]
        day = self.phrases["interactive.day"]
        return {
            "number": {
                "decimal": decimal,
                "thousands": group,
                "grouping": [3],
                "currency": ["", ""],
                "minus": self.phrases["minus"],
            },
            "time": {
                "dateTime": f"{day} %H:%M",
                "date": day,
                "time": "%H:%M",
                "periods": [format_time(time(hour), "a", locale=locale) for hour in (9, 15)],
                # Babel counts days from Monday, Vega from Sunday.
                **{key: [found[(number - 1) % 7] for number in range(7)] for key, found in days.items()},
                **{key: [found[number] for number in range(1, 13)] for key, found in names.items()},
            },
        }

    def period(self, period: Period) -> str:
        """Return a period as a heading or a sentence says it: its label, else its dates."""
        if period.label is not None:
            return self.of(period.label)
        if period.end is None:
            return ""
        if period.start is None:
            return self.day(period.end.isoformat())
        calendar = (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)
        if calendar and period.start.year == period.end.year:
            return self.phrases["period.year"].format(start=period.start.year)
        if calendar:
            return self.phrases["period.years"].format(start=period.start.year, end=period.end.year)
        months = {(day.year, day.month) for day in (period.start, period.end)}
        whole = period.start.day == 1 and period.end.day == monthrange(period.end.year, period.end.month)[1]
        if whole and len(months) == 1:
            return self.day(period.end.isoformat()[:7])
        start, end = self.day(period.start.isoformat()), self.day(period.end.isoformat())
        return self.phrases["period.span"].format(start=start, end=end)


def _han_words(number: int) -> str:
    if number < 10:
        return _HAN[number]
    if number == 100:
        return "一百"
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def load_language(language: ReportLanguage, place: Place) -> Language:
    """Return *language* with its phrases.

    Raises:
        Problems: there is no phrases file for it, or a key that English has is missing; placed at the report's entry.
    """
    folder = resources.files("crossfoot") / "phrases"
    own, reference = Path(str(folder / f"{language.id}.yaml")), Path(str(folder / "en.yaml"))
    if not own.is_file():
        known = ", ".join(sorted(Path(entry.name).stem for entry in folder.iterdir() if entry.name.endswith(".yaml")))
        hint = (
            f"languages with phrases: {known}\nanother one is a file of the same keys under generator/crossfoot/phrases"
        )
        raise Problems(
            [Problem(place, f"there are no phrases for the language '{language.id}'", hint, rule="language")]
        )
    phrases = _phrases(own, own.stat().st_mtime_ns)
    lacking = set(_phrases(reference, reference.stat().st_mtime_ns)) - set(phrases)
    missing = sorted(key for key in lacking if not re.match(r"(draw\.)?scales?\.", key))
    if missing:
        text = f"the phrases of '{language.id}' lack {', '.join(repr(key) for key in missing[:8])}"
        raise Problems(
            [
                Problem(
                    Place(f"generator/crossfoot/phrases/{own.name}"),
                    text,
                    "add them, as en.yaml has them",
                    rule="language",
                )
            ]
        )
    return Language(language.id, language.tag, language.name, phrases)


@cache
def _phrases(path: Path, time: int) -> Mapping[str, str]:
    """Return the phrases in the file at *path*, last changed at *time*."""
    return _flat(read(path, path.name).value)


def _flat(tree: Mapping[str, object], lead: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{lead}{key}.")
        else:
            flat[lead + key] = str(value)
    return flat
