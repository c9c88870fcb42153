"""Audit a report from its own printed digits: what is proved to agree, what is proved not to, what cannot be checked.

Each check yields claims. A claim is a finding only where no values that would be printed so can all be true together;
rounding alone never makes one. See docs/audit.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from crossfoot.audit._acknowledged import acknowledged
from crossfoot.audit._changes import breaks_of, changes
from crossfoot.audit._formulas import formulas
from crossfoot.audit._plausible import bounds_of, plausible
from crossfoot.audit._same_fact import same_fact
from crossfoot.audit._tables import breakdowns, footings
from crossfoot.audit._undisclosed import undisclosed
from crossfoot.compute import unsettled
from crossfoot.findings import Audit, Print
from crossfoot.model import Report

__all__ = ["audit", "bounds_of", "breaks_of"]


def audit(report: Report, prints: Sequence[Print] = ()) -> Report:
    """Return *report* with its audit: every claim checked, findings joined to what acknowledges them.

    *prints* are the places where texts print a figure with another qualifier than its data have.
    """
    broken = unsettled(report)
    claims = [*formulas(report, broken), *breakdowns(report), *footings(report)]
    solved, givers, denominators = undisclosed(report, broken)
    claims += denominators
    claims += [*plausible(report, solved), *same_fact(report, prints), *changes(report)]
    order = {indicator.id: number for number, indicator in enumerate(report.indicators())}
    claims.sort(key=lambda claim: order[claim.indicator])
    joined, loose = acknowledged(report, claims)
    return report.model_copy(update={"audit": Audit(joined, solved, givers, loose)})
