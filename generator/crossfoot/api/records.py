"""What each sort of record of the API may hold: a figure, an indicator, a unit, a code, a claim."""

from __future__ import annotations

from typing import get_args

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
    LINE,
    NAME,
    SAID,
    STANDS_AT,
    TEXTS,
    WORD,
    closed,
    listed,
    maybe,
    one_of,
)
from crossfoot.findings import Gap, Outcome
from crossfoot.model import STANCES, Obligation, Operation, Purpose, Qualifier, Reason, Scale, Status, TermKind

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
