"""The promise of the API: a JSON Schema (2020-12) for each of its files; every object is closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from crossfoot.api.shapes import (
    CHECK,
    CODE,
    COUNT,
    DAY,
    DECIMAL,
    EVIDENCE,
    FLAG,
    HREF,
    HREFS,
    ID,
    INTERVAL,
    LANGUAGE,
    LINE,
    NAME,
    SAID,
    STANDS_AT,
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
from crossfoot.findings import Gap, Outcome
from crossfoot.model import STANCES, Note, Obligation, Operation, Purpose, Qualifier, Reason, Scale, Status, TermKind

_EDITION = "https://json-schema.org/draft/2020-12/schema"
_PART = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"

OBSERVATION = closed(
    id={"type": "string", "pattern": r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*:.+$"},
    indicator=NAME,
    period=WORD,
    part=maybe({"type": "string", "pattern": rf"^{_PART}( {_PART})*$"}),
    categories=listed(closed(dimension=ID, category=ID)),
    value=maybe(DECIMAL),
    upto=maybe(DECIMAL),
    unit=WORD,
    printed=maybe(closed(digits=DECIMAL, upto=maybe(DECIMAL), scale=one_of(*get_args(Scale)))),
    qualifier=one_of(*get_args(Qualifier)),
    status=one_of(*get_args(Status)),
    omission=maybe(one_of(*get_args(Reason))),
    computed=FLAG,
    boundary=maybe(ID),
    assurance=maybe(ID),
    restated=maybe(closed(was={"anyOf": [DECIMAL, {"const": "not-printed"}]}, reason=maybe(TEXTS))),
    note=maybe(TEXTS),
    stands_for=maybe(INTERVAL),
    shown=SAID,
    place=LINE,
) | {
    # A figure or the reason why there is none, never both and never neither.
    "oneOf": [
        {"properties": {"value": {"type": "string"}, "omission": {"type": "null"}}},
        {"properties": {"value": {"type": "null"}, "omission": {"type": "string"}}},
    ]
}
INDICATOR = closed(
    id=NAME,
    section=ID,
    label=maybe(TEXTS),
    unit=WORD,
    definition=maybe(TEXTS),
    method=maybe(TEXTS),
    boundary=maybe(ID),
    assurance=maybe(ID),
    measures=one_of("amount", "change", "share", "rank"),
    kpi=FLAG,
    undisclosed=FLAG,
    solved=listed(closed(period=WORD, range=INTERVAL)),
    formula=maybe(closed(operation=one_of(*get_args(Operation)), of=listed(NAME), factor=DECIMAL)),
    target=maybe(
        closed(value=DECIMAL, by=WORD, direction=one_of("at-most", "at-least"), base=maybe(WORD), note=maybe(TEXTS))
    ),
    whole=maybe(DECIMAL),
    periods=listed(WORD),
    breakdowns=listed(closed(by=listed(ID), partial=FLAG, periods=listed(WORD))),
    disclosures=listed(CODE),
    context=listed(CODE),
    source=maybe(closed(section=maybe(WORD), lines=listed(COUNT), page=maybe(COUNT))),
    tables=listed(NAME),
    charts=listed(NAME),
    used_at=STANDS_AT,
    evidence=HREFS,
    files=closed(csv=HREF, json=HREF),
    place=LINE,
)
UNIT = closed(
    id=WORD,
    name=maybe(TEXTS),
    pattern=maybe(TEXTS),
    one=maybe(TEXTS),
    aria=maybe(TEXTS),
    quantity=WORD,
    factor=DECIMAL,
    per=listed(WORD),
    percent=FLAG,
)
PERIOD = closed(id=WORD, name=SAID, start=maybe(DAY), end=maybe(DAY), reporting=FLAG)
DIMENSION = closed(id=ID, label=maybe(TEXTS), categories=listed(closed(id=ID, label=maybe(TEXTS))))
SPOT = closed(kind=one_of("heading", "figure", "table", "chart", "note", "page"), id=WORD)
FRAMEWORK = closed(
    id=WORD,
    name=maybe(TEXTS),
    short=maybe(TEXTS),
    edition=maybe(TEXTS),
    effective=maybe(DAY),
    purpose=one_of(*get_args(Purpose)),
    note=maybe(TEXTS),
    sources=listed(WORD),
    groups=listed(closed(id=WORD, title=maybe(TEXTS))),
    phases=listed(closed(id=ID, words=maybe(TEXTS))),
    href=HREFS,
    codes=listed(
        closed(
            code=WORD,
            title=maybe(TEXTS),
            group=maybe(WORD),
            obligation=one_of(*get_args(Obligation)),
            phase=maybe(ID),
            concept=maybe(closed(name=WORD, verified=FLAG)),
            same_as=maybe(CODE),
            replaces=listed(CODE),
            verified=FLAG,
            answer=closed(status=one_of(*STANCES), reason=maybe(TEXTS), where=listed(SPOT), context=listed(SPOT)),
            href=HREFS,
        )
    ),
)
TERM = closed(
    id=WORD,
    kind=one_of(*get_args(TermKind)),
    name=maybe(TEXTS),
    issuer=maybe(TEXTS),
    year=maybe(WORD),
    note=maybe(TEXTS),
    verified=FLAG,
    sections=listed(WORD),
    variants=listed(WORD),
    used_at=STANDS_AT,
)
TABLE = closed(
    id=NAME,
    section=ID,
    kind=WORD,
    indicators=listed(NAME),
    stands_at=STANDS_AT,
    caption=maybe(TEXTS),
    description=maybe(TEXTS),
    kpi=FLAG,
)
CHART = closed(
    id=NAME,
    section=ID,
    kind=WORD,
    indicators=listed(NAME),
    stands_at=STANDS_AT,
    title=maybe(TEXTS),
    subtitle=maybe(TEXTS),
    description=maybe(TEXTS),
)
CLAIM = closed(
    id=WORD,
    check=CHECK,
    about=NAME,
    period=WORD,
    at=listed(ID),
    outcome=one_of(*get_args(Outcome)),
    quantity={"type": "string"},
    printed=maybe(DECIMAL),
    gap=maybe(one_of(*get_args(Gap))),
    stands_for=maybe(INTERVAL),
    allowed=maybe(INTERVAL),
    nearest=maybe(DECIMAL),
    against=listed(WORD),
    evidence=listed(EVIDENCE),
    acknowledged=maybe(TEXTS),
    sentence=TEXTS,
)
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
