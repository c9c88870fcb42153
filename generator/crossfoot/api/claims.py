"""What the audit says: every claim that was checked, in numbers and in words."""

from __future__ import annotations

from crossfoot.api.given import Given, Record
from crossfoot.evidence_data import claim_record
from crossfoot.shown import plain


def claims(given: Given) -> list[Record]:
    """Return every claim of the audit, in the order of the report; `outcome` tells findings from what holds."""
    return [
        {
            "id": claim.key,
            **claim_record(claim),
            "acknowledged": given.texts(claim.acknowledged.reason) if claim.acknowledged else None,
            "sentence": {name: plain(auditor.sentence(claim)) for name, auditor in given.auditors.items()},
        }
        for claim in given.report.audit.claims
    ]


def counts(given: Given) -> Record:
    """Return how many claims came out so."""
    audit = given.report.audit
    return {"holds": audit.count("holds"), "finding": audit.count("finding"), "open": audit.count("open")}
