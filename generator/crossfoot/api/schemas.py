"""The promise of the API: a JSON Schema (2020-12) for each of its files; every object is closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from crossfoot.api.records import (
    CHART,
    CLAIM,
    DIMENSION,
    FRAMEWORK,
    INDICATOR,
    OBSERVATION,
    PERIOD,
    TABLE,
    TERM,
    UNIT,
)
from crossfoot.api.shapes import (
    COUNT,
    HREF,
    HREFS,
    ID,
    LANGUAGE,
    NAME,
    TEXTS,
    URL,
    VERSION,
    WORD,
    Shape,
    closed,
    listed,
    maybe,
    one_of,
)
from crossfoot.model import Note

_EDITION = "https://json-schema.org/draft/2020-12/schema"

_LANGUAGES = listed(closed(id={"type": "string", **LANGUAGE}, tag={"type": "string", **LANGUAGE}, name=WORD, href=HREF))
_WHOLE_VERSION: Shape = {"type": "string", "pattern": r"^([0-9a-f]{64})?$"}
_INDEX = {
    "api": {"const": "1"},
    "title": TEXTS,
    "organisation": TEXTS,
    "period": WORD,
    "languages": _LANGUAGES,
    "disclaimer": maybe(TEXTS),
    "licence": maybe(TEXTS),
    "source": maybe(TEXTS),
    "version": _WHOLE_VERSION,
    "numbers": TEXTS,
    "site": maybe(URL),
    "collections": listed(closed(name=ID, describes=TEXTS, records=COUNT, href=HREF, schema=HREF, url=maybe(URL))),
    "tables": listed(closed(name=ID, describes=TEXTS, records=COUNT, href=HREF, url=maybe(URL))),
    "packages": listed(closed(name=ID, describes=TEXTS, href=HREF, url=maybe(URL))),
}
_REPORT = {
    "title": TEXTS,
    "subtitle": maybe(TEXTS),
    "organisation": closed(name=TEXTS, short=maybe(TEXTS), code=maybe(WORD)),
    "period": WORD,
    "languages": _LANGUAGES,
    "disclaimer": maybe(TEXTS),
    "licence": maybe(TEXTS),
    "source": maybe(TEXTS),
    "version": _WHOLE_VERSION,
    "boundaries": listed(closed(id=ID, label=maybe(TEXTS), description=maybe(TEXTS))),
    "assurances": listed(
        closed(
            id=ID,
            label=maybe(TEXTS),
            level=one_of("none", "limited", "reasonable"),
            provider=maybe(TEXTS),
            standard=maybe(TEXTS),
        )
    ),
    "sections": listed(
        closed(
            id=ID,
            kind=one_of("home", "chapter", "page"),
            number=maybe(WORD),
            title=maybe(TEXTS),
            summary=maybe(TEXTS),
            href=HREFS,
            indicators=listed(NAME),
            tables=listed(NAME),
            charts=listed(NAME),
        )
    ),
    "notes": listed(
        closed(
            id=WORD,
            kind=one_of(*get_args(Note.model_fields["kind"].annotation)),
            basis=one_of(*get_args(Note.model_fields["basis"].annotation)),
            title=maybe(TEXTS),
            text=maybe(TEXTS),
            at=listed(NAME),
        )
    ),
}
FILES: Mapping[str, Mapping[str, Shape]] = MappingProxyType(
    {
        "index": _INDEX,
        "report": _REPORT,
        "indicators": {"indicators": listed(INDICATOR)},
        "observations": {"observations": listed(OBSERVATION)},
        "units": {"units": listed(UNIT)},
        "periods": {"periods": listed(PERIOD)},
        "dimensions": {"dimensions": listed(DIMENSION)},
        "frameworks": {"frameworks": listed(FRAMEWORK)},
        "terms": {"terms": listed(TERM)},
        "tables": {"tables": listed(TABLE)},
        "charts": {"charts": listed(CHART)},
        "findings": {"counts": closed(holds=COUNT, finding=COUNT, open=COUNT), "claims": listed(CLAIM)},
    }
)
"""What stands in each file besides the name of its schema and the version of the data."""


def schema_text(name: str) -> str:
    """Return the schema of the file *name* as JSON."""
    head: dict[str, Any] = {"$schema": _EDITION, "title": name}
    shape = closed(**{"$schema": {"const": f"schema/{name}.json"}, "data_version": VERSION, **FILES[name]})
    return json.dumps(head | shape, ensure_ascii=False, indent=1) + "\n"
