"""What is wrong with the marks and spaces of a text: where it begins and ends, what it is, what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfoot.rules.passages import INSERT, OPAQUE
from crossfoot.usage import HAN

Slip = tuple[int, int, str, str]

_WIDE = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARKS = "，。、；：？！「」『』《》〈〉（）【】“”…—·～"
_BEFORE = rf"(?<=[{HAN}{_MARKS}{INSERT}])"
_AFTER = rf"(?=[*_]*[{HAN}{_MARKS}{INSERT}])"
_LETTER = rf"[A-Za-z0-9%{INSERT}]"
_CHINESE = re.compile(
    rf"(?P<dots>\.{{3,}}|(?<!…)…(?!…)|。{{2,}})"
    rf"|(?P<dash>{_BEFORE}[ \t]*(?:--+|(?<!—)—(?!—))[ \t]*{_AFTER})"
    rf"|(?P<twice>(?P<mark>[，。、；：])[，。、；：？！]|[？！][，。、；：])"
    rf"|(?P<narrow>{_BEFORE}[*_]*[,;:?!()](?![A-Za-z0-9])|[,;?!()]{_AFTER}|(?<![0-9A-Za-z]):{_AFTER}"
    rf"|(?<=[A-Za-z0-9%]):(?=[{HAN}])"
    rf"|{_BEFORE}[*_]*[,;:](?=[A-Za-z0-9])|(?<=[{HAN}])\((?=[A-Za-z0-9])"
    rf"|{_BEFORE}[*_]*\.(?=\s|$|[{HAN}{_MARKS}]))"
    rf"|(?P<quote>(?<![0-9])[\"']{_AFTER}|{_BEFORE}[\"'])"
    rf"|(?P<space>(?<=[{HAN}{_MARKS}])[ \u00a0\u3000]+(?=[*_]*[{HAN}{_MARKS}A-Za-z0-9{INSERT}])"
    rf"|(?<={_LETTER})[ \u00a0\u3000]+(?=[*_]*[{HAN}{_MARKS}]))"
    rf"|(?P<full>[０-９Ａ-Ｚａ-ｚ]+)"
)
_CHINESE_SIGNS = re.compile("[-,.;:?!()\"' \t\u00a0\u3000…—*_０-９Ａ-Ｚａ-ｚ]|[，。、；：？！](?=[，。、；：？！])")
"""What a slip begins with: found first, since a pattern that looks behind at every character is slow."""
_CODE = re.compile(r"(?m)^[A-Z]{0,3}[0-9][0-9A-Za-z.\-]*(?= )")
"""A number or code at the head of a title: A1 排放物."""
_STRAIGHT = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_CURLY = re.compile("[“”]|(?<![A-Za-z])[‘’]|[‘’](?![A-Za-z])")
_CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_ENGLISH = re.compile(
    rf"(?P<spaces>(?<=[^\s|{OPAQUE}])[ \u00a0]{{2,}}(?=[^\s|]))"
    rf"|(?P<before>(?<=[^\s|])[ \u00a0]+(?=[,;:?!)](?:\s|$)|\.(?:\s|$)))"
    rf"|(?P<wide>(?<![{HAN}{_MARKS}])[，。、；：？！（）「」](?![{HAN}{_MARKS}]))"
    rf"|(?P<full>[０-９Ａ-Ｚａ-ｚ]+)"
)
_ENGLISH_SIGNS = re.compile("[ \u00a0](?=[ \u00a0,;:?!).])|[，。、；：？！（）「」０-９Ａ-Ｚａ-ｚ]")
_NARROW = {**{wide: narrow for narrow, wide in _WIDE.items()}, "、": ",", "「": "“", "」": "”"}
_POINT = re.compile(r"(?m)(?:^|(?<=[;；,，:：][ \t])|(?<=[;；，：。]))[0-9a-z]{1,2}[)）]")


def chinese_marks(text: str, quotes: str) -> Iterator[Slip]:
    """Yield the slips of Chinese *text*, whose inserts and addresses are masked; *quotes* are its quotation marks."""
    heads = {match.end() for match in _CODE.finditer(text)}
    for match in _slips(_CHINESE, _CHINESE_SIGNS, text):
        found = match.group()
        if match.lastgroup == "space" and match.start() in heads:
            continue
        match match.lastgroup:
            case "dots":
                said = ("an ellipsis is two marks in Chinese", "write ……")
            case "dash":
                said = ("a dash is two marks wide in Chinese", "write ——")
            case "narrow":
                mark = found.strip("*_")
                said = (f"'{mark}' is half as wide as a Chinese mark", f"write {_WIDE[mark]}")
            case "quote":
                said = (f"{found} is no Chinese quotation mark", f"write {_quoted(text, match.start(), quotes)}")
            case "space":
                said = (f"a space stands in '{_around(text, *match.span())}'", "take it out")
            case "full":
                said = (f"'{found}' is written in wide characters", f"write {found.translate(_STRAIGHT)}")
            case _:
                said = (f"two marks stand together: '{found}'", "keep one of them")
        yield match.start(), match.end(), *said
    if quotes.startswith("「"):
        for match in _CURLY.finditer(text):
            found = match.group()
            yield (
                match.start(),
                match.end(),
                f"{found} is no quotation mark of this language",
                f"write {_CORNERS[found]}",
            )


def _slips(pattern: re.Pattern[str], signs: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield each match of *pattern* in *text*, tried only where one of *signs* stands."""
    sign = signs.search(text)
    while sign:
        match = pattern.match(text, sign.start())
        if match:
            yield match
        sign = signs.search(text, match.end() if match else sign.end())


def english_marks(text: str) -> Iterator[Slip]:
    """Yield the slips of English *text*, or of another language written so; inserts and addresses are masked."""
    for match in _slips(_ENGLISH, _ENGLISH_SIGNS, text):
        found = match.group()
        match match.lastgroup:
            case "spaces":
                said = (f"two spaces stand in '{_around(text, *match.span())}'", "keep one")
            case "before":
                said = (f"a space stands before '{text[match.end()]}'", "take it out")
            case "wide":
                said = (f"'{found}' is a Chinese mark", f"write {_NARROW[found]}")
            case _:
                said = (f"'{found}' is written in wide characters", f"write {found.translate(_STRAIGHT)}")
        yield match.start(), match.end(), *said


def pairs_are_whole(text: str, pairs: str) -> Iterator[Slip]:
    """Yield each mark that opens and is not closed in its paragraph, or closes and was not opened."""
    if not any(mark in text for mark in pairs):
        return
    text = _POINT.sub(lambda match: " " * len(match.group()), text)  # a) b) 1) are no pairs
    closing = dict(zip(pairs[1::2], pairs[0::2], strict=True))
    opened: list[tuple[str, int]] = []
    for match in re.finditer(rf"[{re.escape(pairs)}]|\n[ \t]*\n|\Z", text):
        mark = match.group()
        if mark in closing:
            if opened and opened[-1][0] == closing[mark]:
                opened.pop()
            else:
                yield (
                    match.start(),
                    match.end(),
                    f"'{mark}' closes what nothing opens",
                    f"write {closing[mark]} before it",
                )
        elif mark and mark in pairs:
            opened.append((mark, match.start()))
        else:
            ends = {opening: close for close, opening in closing.items()}
            for opening, at in opened:
                yield at, at + 1, f"'{opening}' is not closed", f"write {ends[opening]} behind what it belongs to"
            opened = []


def _quoted(text: str, at: int, quotes: str) -> str:
    """Return the quotation mark that belongs at *at*: it opens where an even number of straight ones came before."""
    return quotes[text.count(text[at], 0, at) % 2]


def _around(text: str, start: int, end: int) -> str:
    """Return a few characters around a stretch, an insert among them as {{ }}."""
    shown = text[max(0, start - 4) : end + 4].replace("\n", " ")
    return re.sub(f"[{INSERT}{OPAQUE}]+", "{{ }}", shown).strip()
