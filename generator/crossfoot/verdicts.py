"""Tell what the audit came to: how many claims, each finding with its arithmetic, each claim left open with why."""

from __future__ import annotations

import json
from collections.abc import Iterator

from crossfoot.evidence_data import claim_record, short_version
from crossfoot.evidence_wording import Auditor, counted
from crossfoot.findings import Claim, sorted_claims
from crossfoot.kpis import STEM
from crossfoot.localise import load_language
from crossfoot.model import Report
from crossfoot.places import Problems
from crossfoot.rules.references import (
    boundaries_and_assurances_exist,
    units_and_dimensions_exist,
    vague_numbers_have_words,
)
from crossfoot.shown import plain
from crossfoot.wording import Wording

_NEEDED = (units_and_dimensions_exist, boundaries_and_assurances_exist, vague_numbers_have_words)
"""The rules that a report must keep to before its figures can be told."""
_OUTCOMES = {"holds": "agrees", "finding": "finding", "open": "open"}


def can_be_told(report: Report) -> None:
    """Let pass a report whose figures can be put into words.

    Raises:
        Problems: what they are told with (units, boundaries, words) is not there.
    """
    if broken := [problem for rule in _NEEDED for problem in rule(report, ())]:
        raise Problems(broken)


def audit_text(report: Report) -> Iterator[str]:
    """Yield the audit line by line: counts by check, findings, what is open, what agrees.

    Raises:
        Problems: the figures cannot be put into words.
    """
    can_be_told(report)
    claims = report.audit.claims
    findings = report.audit.findings
    known = sum(1 for one in findings if one.acknowledged)
    yield (
        f"{_many(len(claims), 'claim')} checked: {report.audit.count('holds')} agree, {_many(len(findings), 'finding')}"
        + (f" ({known} acknowledged), " if findings else ", ")
        + f"{report.audit.count('open')} open"
    )
    for check, row in counted(claims):
        yield f"  {check:12} {row['holds']} agree, {_many(row['finding'], 'finding')}, {row['open']} open"
    for claim in sorted_claims(claims):
        yield ""
        yield from claim_lines(report, claim)


def claim_lines(report: Report, claim: Claim) -> Iterator[str]:
    """Yield one claim: what it says and where, its evidence, the value that would agree, the reason why it stands."""
    reference = load_language(report.languages[0], report.languages[0].place)
    auditor = Auditor(Wording(report, reference, STEM))
    outcome = "acknowledged finding" if claim.acknowledged else _OUTCOMES[claim.outcome]
    about = " ".join((claim.indicator, claim.period, *claim.at))
    yield f"{outcome}: {claim.check} of {about}    {claim.place}"
    yield f"  {plain(auditor.sentence(claim))}"
    for one in claim.evidence:
        printed = format(one.printed, "f") if one.printed is not None else one.words or "not printed"
        stands = f" {one.stands_for}" if one.stands_for is not None else f" ({one.words})" if one.words else ""
        implies = f", which implies {auditor.span(one.implies)}" if one.implies is not None else ""
        yield f"    {' '.join((one.indicator, one.period, *one.at))}: {printed}{stands}{implies}    {one.place}"
    if claim.nearest is not None:
        yield f"  {format(claim.nearest, 'f')} would agree"
    if claim.acknowledged is not None:
        yield f"  stands because: {reference.of(claim.acknowledged.reason)}    {claim.acknowledged.place}"


def audit_json(report: Report) -> str:
    """Return the audit as JSON: the claims in the order of the report, numbers as texts."""
    counts = {outcome: report.audit.count(outcome) for outcome in ("holds", "finding", "open")}
    claims = [{**claim_record(claim), "place": str(claim.place)} for claim in report.audit.claims]
    data = {"data_version": short_version(report), "count": counts, "claims": claims}
    return json.dumps(data, ensure_ascii=False, indent=1)


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
