"""What scripts read: files that hand a value to `crossfoot.give`, for a page in a folder may fetch nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crossfoot.localise import Language
from crossfoot.model import Report
from crossfoot.shown import PageView

_LEAD = "script."
"""Phrases under this key are said by scripts."""


def data_script(path: str, value: Any) -> str:
    """Return the file at *path* that hands *value* (JSON values) to whoever asks `crossfoot.data(path)`."""
    return f"crossfoot.give({json.dumps(path)}, {json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n"


def words_files(
    report: Report, languages: tuple[Language, ...], pages: Sequence[PageView], files: Mapping[str, str | bytes]
) -> Mapping[str, str | bytes]:
    """Return the words that scripts say, a file a language: `words/en.js`."""
    made: dict[str, str | bytes] = {}
    for language in languages:
        path = f"words/{language.id}.js"
        said = {key.removeprefix(_LEAD): text for key, text in language.phrases.items() if key.startswith(_LEAD)}
        made[path] = data_script(path, said)
    return made
