"""What the audit says, in one language: spans of numbers, sentences, and each claim with its arithmetic as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from crossfoot.audit import bounds_of
from crossfoot.findings import CHECKS, Claim, Evidence
from crossfoot.intervals import Interval, brief
from crossfoot.model import Breakdown, Indicator, Observation, Unit
from crossfoot.shown import Cell, Phrase, Row, Run, Table, plain
from crossfoot.tables import head_cell, indicator_of, label_cell
from crossfoot.wording import Wording, figure_run

_ADDED = ("formula", "breakdown", "footing", "composition")
"""Checks of parts against their whole."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim as it is shown."""

    id: str
    check: str
    """The kind of check, in words."""
    outcome: str
    """holds, finding or open."""
    outcome_words: str
    figure: Phrase
    """The figure it is about, with its period; a link where it has its evidence elsewhere."""
    sentence: Phrase
    table: Table | None = None
    """The arithmetic."""
    nearest: Phrase = ()
    """The nearest value that would agree."""
    reason: Phrase = ()
    """Why a finding stands."""


@dataclass(frozen=True)
class Auditor:
    """Says what the audit found, in the language and from the page of one wording."""

    wording: Wording

    def word(self, key: str, *values: str) -> str:
        """Return the phrase `evidence.KEY`."""
        return self.wording.language.word(f"evidence.{key}", *values)

    def filled(self, key: str, **values: str) -> str:
        """Return the phrase `evidence.KEY` with its named gaps filled."""
        return self.wording.language.phrases[f"evidence.{key}"].format(**values)

    # -- numbers ---------------------------------------------------------------------------------------

    def span(self, interval: Interval | None, unit: Unit | None = None, like: Decimal | None = None) -> str:
        """Return *interval* in words, with *unit*: 14,232 to 14,339, at least 12, more than 16,000."""
        if interval is None or interval.empty:
            return self.word("spans.none")
        if not interval.low.is_finite() and not interval.high.is_finite():
            return self.word("spans.any")
        ends = brief(interval, like)
        low, high = (self._digits(end) for end in ends)
        if ends[0] == ends[1]:
            said = low
        elif not interval.low.is_finite():
            said = self.word("spans.below" if interval.high_open else "spans.to", high)
        elif not interval.high.is_finite():
            said = self.word("spans.above" if interval.low_open else "spans.from", low)
        else:
            said = self.word("spans.between", low, high)
        return self.wording.language.with_unit(said, unit, None) if unit is not None else said

    def _digits(self, end: str) -> str:
        return self.wording.language.digits(Decimal(end)) if "∞" not in end else end

    def printed(self, indicator: Indicator, observation: Observation | None, period: str, part: str = "") -> Run:
        """Return a figure as it is printed, or that nobody discloses it."""
        if observation is None:
            return Run(self.wording.language.word("reasons.not-disclosed"))
        shown = self.wording.language.value(observation, self.wording.unit(indicator))
        run = figure_run(shown, indicator, observation, period, part=part)
        return run if observation.value is not None else Run(shown, kind="missing", name=run.name, facts=run.facts)

    def named(self, indicator: Indicator, *, linked: bool = True) -> Phrase:
        """Return the label of *indicator*, a link to its evidence where that is on another page."""
        label = plain(self.wording.text(indicator.label, indicator.id.split(".")[0]))
        href = self.wording.evidence(indicator) if linked else ""
        return (Run(label, kind="link", href=href),) if href else tuple(self.wording.plain(label))

    def period(self, period: str) -> str:
        """Return *period* as the page says it."""
        return self.wording.period(period)

    # -- claims ----------------------------------------------------------------------------------------

    def claim(self, claim: Claim, *, lead: str = "check", arithmetic: bool = True) -> ClaimView:
        """Return *claim* as it is shown, its anchor beginning with *lead*."""
        indicator = self.indicator(claim.indicator)
        known = claim.outcome == "finding" and claim.acknowledged is not None
        where = [self.period(claim.period), *self._categories(claim.at)]
        comma = self.wording.language.phrases["subtitle_comma"]
        label = (*self.named(indicator), Run(comma + comma.join(where)))
        near = indicator.values.get(claim.period)
        agrees = claim.nearest
        return ClaimView(
            id=slug(lead, claim.key, claim.quantity),
            check=self.word(f"checks_of.{claim.check}"),
            outcome=claim.outcome,
            outcome_words=self.word("acknowledged") if known else self.word(f"outcomes.{claim.outcome}"),
            figure=label,
            sentence=self.sentence(claim),
            table=self._arithmetic(claim, f"{lead}-table") if arithmetic else None,
            nearest=(Run(self.word("nearest", self.alone(agrees, indicator))),) if agrees is not None and near else (),
            reason=self.wording.text(claim.acknowledged.reason) if claim.acknowledged else (),
        )

    def indicator(self, id_: str) -> Indicator:
        """Return the indicator *id_*, which is there: the audit has named it."""
        return indicator_of(id_, self.wording, "")

    def alone(self, number: Decimal, indicator: Indicator) -> str:
        """Return *number* in the unit of *indicator*."""
        return self.wording.language.with_unit(
            self.wording.language.digits(number), self.wording.unit(indicator), number
        )

    def sentence(self, claim: Claim) -> Phrase:
        """Return what a claim says, in one sentence; a second one says why it could not be checked."""
        kind: str = "crossfooted" if claim.check == "breakdown" and claim.against else claim.check
        indicator, key = self.indicator(claim.indicator), f"said.{kind}.{claim.outcome}"
        gap = (Run(self.word(f"gaps.{claim.gap}")),) if claim.gap else ()
        if f"evidence.{key}" not in self.wording.language.phrases:
            return gap
        if claim.check == "change" and claim.quantity:
            key = "said.change.explained"
        unit = self.wording.unit(indicator)
        quantity = self.wording.report.indicator(claim.quantity) if claim.check == "denominator" else None
        counted = self.wording.unit(quantity) if quantity is not None else None
        percent = "{}%"
        said = self.filled(
            key,
            printed="\0",
            allowed=percent.format(self.span(claim.allowed))
            if claim.check == "change"
            else self.span(claim.allowed, unit, claim.printed),
            stands=self.span(claim.stands_for, unit, claim.printed),
            own=self.span(claim.evidence[0].implies, counted) if quantity and claim.evidence else "",
            others=self.span(meet(claim.evidence[1:]), counted) if quantity else "",
            quantity=plain(self.named(quantity, linked=False)) if quantity else "",
            change=percent.format(self.span(claim.stands_for)) if claim.check == "change" else "",
        )
        href = self.wording.evidence(indicator)
        runs = (
            replace(run, href=href) if run.kind == "value" else run for run in self._with_print(said, claim, indicator)
        )
        space = () if self.wording.language.is_han or not gap else (Run(" "),)
        return (*runs, *space, *gap)

    def _with_print(self, said: str, claim: Claim, indicator: Indicator) -> Iterator[Run]:
        """Yield the runs of *said*, the figure as it is printed in its gap."""
        lead, gap, tail = said.partition("\0")
        if lead:
            yield Run(lead)
        if gap and claim.check == "same-fact":
            yield from self._prints(claim, indicator)
        elif gap:
            yield self._claimed(claim, indicator)
        if tail:
            yield Run(tail)

    def _prints(self, claim: Claim, indicator: Indicator) -> Iterator[Run]:
        """Yield each way in which a fact is printed, once."""
        for number, run in enumerate(dict.fromkeys(self._second(one, indicator) for one in claim.evidence)):
            if number:
                yield Run(self.wording.language.phrases["list_comma"])
            yield run

    def _categories(self, keys: Sequence[str]) -> list[str]:
        dimensions = self.wording.report.file.dimensions.values()
        found = {key: one for dimension in dimensions for key, one in dimension.categories.items()}
        return [self.wording.language.of(found[key].label) for key in keys if key in found]

    # -- arithmetic ------------------------------------------------------------------------------------

    def _arithmetic(self, claim: Claim, lead: str) -> Table:
        """Return both sides of *claim* as a table: what each figure prints, stands for and implies."""
        implies = claim.check == "denominator"
        titles = [self.wording.language.word("table.indicator"), self.word("as_printed"), self.word("stands_for")]
        if implies:
            titles.append(self.word("implies", plain(self.named(self.indicator(claim.quantity), linked=False))))
        if claim.check == "same-fact":
            titles[2] = self.word("data_place")
        rows = [self._row(one, claim, titles) for one in claim.evidence]
        rows += self._whole(claim, titles)
        name = f"{self.word(f'checks_of.{claim.check}')}{self.wording.language.phrases['colon']}"
        return Table(
            id=slug(lead, claim.key, claim.quantity),
            kind="claim",
            caption=(Run(name), *self._about(claim)),
            head=(Row(tuple(head_cell(title) for title in titles)),),
            body=tuple(rows),
            columns=("label", *("text" for _ in titles[1:])),
            stacked=True,
        )

    def _about(self, claim: Claim) -> Phrase:
        comma = self.wording.language.phrases["subtitle_comma"]
        where = comma.join([self.period(claim.period), *self._categories(claim.at)])
        return (*self.named(self.indicator(claim.indicator), linked=False), Run(comma + where))

    def _row(self, one: Evidence, claim: Claim, titles: Sequence[str]) -> Row:
        indicator = self.indicator(one.indicator)
        unit = self.wording.unit(indicator)
        observation = observation_at(indicator, one.period, one.at)
        printed = self.printed(indicator, observation, one.period, part_of(indicator, one.period, one.at))
        label: Phrase = self.named(indicator)
        if one.at:
            label = (Run(self.wording.language.phrases["subtitle_comma"].join(self._categories(one.at))),)
        if claim.check == "change":
            label = (Run(self.period(one.period)),)
        third = self.span(one.stands_for, unit, one.printed) if one.stands_for is not None else ""
        if claim.check == "same-fact":
            third, printed = str(one.place), self._second(one, indicator)
        cells = [label_cell(label), _text(titles[1], (printed,)), _text(titles[2], (Run(third),))]
        if one.implies is not None:
            counted = self.wording.unit(self.indicator(claim.quantity))
            cells.append(_text(titles[3], (Run(self.span(one.implies, counted)),)))
        return Row(tuple(cells))

    def _second(self, one: Evidence, indicator: Indicator) -> Run:
        """Return a second print of a figure: its digits with the qualifier that stands there."""
        known = "" if one.words in ("exact", "range", "several") else one.words
        observation = indicator.values[one.period]
        if one.words == "several" and one.printed is not None:
            alone = self.wording.language.word(f"several_alone.{format(one.printed, 'f')}")
            return figure_run(alone, indicator, observation, one.period, one.words)
        if one.printed == observation.amount:
            shown = self.wording.language.value(observation, self.wording.unit(indicator), qualifier=one.words)
            return figure_run(shown, indicator, observation, one.period, one.words)
        said = self.alone(one.printed or Decimal(0), indicator)
        return Run(self.wording.language.word(f"qualifiers.{known}", said) if known else said)

    def _whole(self, claim: Claim, titles: Sequence[str]) -> Iterator[Row]:
        """Yield the rows that hold the other side: what the parts allow, the bounds, or the change."""
        indicator = self.indicator(claim.indicator)
        unit = self.wording.unit(indicator)

        def row(name: str, printed: Phrase, stands: str, kind: str = "") -> Row:
            return _row((Run(self.word(name)),), titles, printed, (Run(stands),), kind=kind)

        stands = self.span(claim.stands_for, unit, claim.printed)
        allowed = self.span(claim.allowed, unit, claim.printed)
        if claim.check in _ADDED:
            if claim.allowed is not None:
                yield row("allows", (), allowed, "total")
            if claim.check == "breakdown" and claim.against:
                yield row("other_breakdown", (), stands)
            else:
                yield row("this_figure", (self._claimed(claim, indicator),), stands)
        elif claim.check == "plausible":
            yield row(
                "this_figure", (self.printed(indicator, indicator.values.get(claim.period), claim.period),), stands
            )
            yield row("bounds", (), allowed)
        elif claim.check == "change":
            yield row("change", (), f"{self.span(claim.stands_for)}%", "total")
            yield row("threshold", (), f"{self.span(claim.allowed)}%")

    def _claimed(self, claim: Claim, indicator: Indicator) -> Run:
        """Return the figure that *claim* is about as it is printed; for a composition, its whole."""
        observation = observation_at(indicator, claim.period, claim.at)
        if claim.check == "composition" or observation is None:
            return Run(self.alone(claim.printed or Decimal(0), indicator))
        return self.printed(indicator, observation, claim.period, part_of(indicator, claim.period, claim.at))

    # -- summaries -------------------------------------------------------------------------------------

    def counts(self, id_: str) -> Table:
        """Return how many claims came out how, by kind of check."""
        outcomes = ("holds", "finding", "open")
        titles = [self.word("check"), *(self.word(f"heads.{one}") for one in outcomes)]
        rows = [
            Row(
                (
                    label_cell((Run(self.word(f"checks_of.{check}")),)),
                    *numbers([row[one] for one in outcomes], titles[1:]),
                )
            )
            for check, row in counted(self.wording.report.audit.claims)
        ]
        return listing(id_, self.word("of_check"), titles, rows, "number")

    def left_open(self, id_: str) -> Table:
        """Return the claims that cannot be checked, and why."""
        titles = [self.wording.language.word("table.indicator"), self.word("check"), self.word("reason_open")]
        views = [
            self.claim(claim, arithmetic=False) for claim in self.wording.report.audit.claims if claim.outcome == "open"
        ]
        rows = [_row(view.figure, titles, (Run(view.check),), view.sentence) for view in views]
        return listing(id_, self.word("open_claims"), titles, rows, "text")

    def findings(self, id_: str) -> Table:
        """Return every finding in one sentence."""
        titles = [self.wording.language.word("table.indicator"), self.word("check"), self.word("result")]
        views = [self.claim(one, lead="finding", arithmetic=False) for one in self.wording.report.audit.findings]
        rows = [_row(view.figure, titles, (Run(view.check),), view.sentence) for view in views]
        return listing(id_, self.word("findings_caption"), titles, rows, "text")

    def bounds(self, indicator: Indicator) -> Iterator[Phrase]:
        """Yield what is plausible for *indicator*, with its source, and whether that could not be verified."""
        for one in indicator.plausible:
            span = self.span(bounds_of(one, indicator, self.wording.report), self.wording.unit(indicator))
            lead, _, tail = self.filled("plausible_source", bounds=span, source="\0").partition("\0")
            mark = "" if one.verified else self.word("plausible_unverified")
            space = " " if mark and not self.wording.language.is_han else ""
            yield (Run(lead), *self.wording.text(one.source), Run(tail + space + mark))


def listing(id_: str, caption: str, titles: Sequence[str], rows: Sequence[Row], kind: str) -> Table:
    """Return a table of *rows* whose columns, but the first, are of one *kind*: number or text.

    A phone shows each row of a table of words as a card.
    """
    return Table(
        id=id_,
        kind="evidence",
        caption=(Run(caption),),
        head=(Row(tuple(head_cell(title) for title in titles)),),
        body=tuple(rows),
        columns=("label", *(kind for _ in titles[1:])),
        stacked=kind == "text",
    )


def numbers(found: Sequence[int], labels: Sequence[str]) -> list[Cell]:
    """Return a cell for each count."""
    return [Cell("number", (Run(str(number)),), label=label) for number, label in zip(found, labels, strict=True)]


def _text(label: str, phrase: Phrase) -> Cell:
    return Cell("text", phrase, label=label) if plain(phrase) else Cell("blank", label=label)


def _row(label: Phrase, titles: Sequence[str], *phrases: Phrase, kind: str = "") -> Row:
    cells = (_text(title, phrase) for title, phrase in zip(titles[1:], phrases, strict=False))
    return Row((label_cell(label), *cells), kind=kind)


def observation_at(indicator: Indicator, period: str, at: Sequence[str]) -> Observation | None:
    """Return the value of *indicator* in *period*, or of the categories *at*; None where there is none."""
    if not at:
        return indicator.values.get(period)
    breakdown = _breakdown_at(indicator, period, at)
    return breakdown.at(period, *at) if breakdown is not None else None


def part_of(indicator: Indicator, period: str, at: Sequence[str]) -> str:
    """Return the categories *at* with their dimensions, as a page names them for programs: `site.pier_a`."""
    breakdown = _breakdown_at(indicator, period, at) if at else None
    dimensions = breakdown.by if breakdown is not None else ()
    return " ".join(f"{dimension}.{key}" for dimension, key in zip(dimensions, at, strict=False))


def _breakdown_at(indicator: Indicator, period: str, at: Sequence[str]) -> Breakdown | None:
    """Return the breakdown of *indicator* that has a value for exactly the categories *at*."""
    found = (one for one in indicator.breakdowns if len(one.by) == len(at) and one.at(period, *at) is not None)
    return next(found, None)


def meet(evidence: Iterable[Evidence]) -> Interval | None:
    """Return what all of *evidence* imply together, None where none implies anything."""
    found: Interval | None = None
    for one in evidence:
        if one.implies is not None:
            found = one.implies if found is None else found.meet(one.implies)
    return found


def slug(*words: str) -> str:
    """Return *words* as an anchor: small letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).casefold()).strip("-")


def counted(claims: Iterable[Claim]) -> list[tuple[str, dict[str, int]]]:
    """Return how many claims of each check came out how, in the order of the checks; those without a claim left out."""
    counts = Counter((claim.check, claim.outcome) for claim in claims)
    outcomes = ("holds", "finding", "open")
    rows = [(check, {one: counts[check, one] for one in outcomes}) for check in CHECKS]  # type: ignore[index]
    return [(check, row) for check, row in rows if any(row.values())]
