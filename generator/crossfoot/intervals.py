"""Intervals of exact decimals: what a printed figure can stand for, and what follows when such figures are combined.

An interval is never too narrow: sums and products are exact, and where a quotient has no end its ends are rounded
outwards, at the sixtieth digit. So what lies outside is proved to be outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import reduce
from operator import add, mul

_DOWN = Context(prec=60, rounding=ROUND_FLOOR)
_UP = Context(prec=60, rounding=ROUND_CEILING)
_INFINITE = Decimal("Infinity")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from *low* to *high*; an open end is not one of them. Ends may be infinite, and are open then."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def __str__(self) -> str:
        """Return it as mathematicians write it: `[1.315, 1.325]`, `(16000, ∞)`."""
        ends = [_end(self.low), _end(self.high)]
        return f"{'(' if self.low_open else '['}{ends[0]}, {ends[1]}{')' if self.high_open else ']'}"

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.low.is_finite() and self.high.is_finite()

    @property
    def width(self) -> Decimal:
        """How far its ends are apart; infinite where one is."""
        return _UP.subtract(self.high, self.low) if self.bounded else _INFINITE

    def __contains__(self, number: Decimal) -> bool:
        """Whether *number* lies in it."""
        above = number > self.low or (number == self.low and not self.low_open)
        below = number < self.high or (number == self.high and not self.high_open)
        return above and below

    def meet(self, other: Interval) -> Interval:
        """Return the numbers that lie in both; empty where there are none."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both."""
        return not self.meet(other).empty

    def __neg__(self) -> Interval:
        """Return the interval of the opposite numbers."""
        return Interval(self.high.copy_negate(), self.low.copy_negate(), self.high_open, self.low_open)

    def __add__(self, other: Interval) -> Interval:
        """Return every sum of a number of this and one of *other*."""
        return Interval(
            _DOWN.add(self.low, other.low),
            _UP.add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        """Return every difference of a number of this and one of *other*."""
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """Return every product of a number of this and one of *other*."""
        ours = ((self.low, self.low_open), (self.high, self.high_open))
        theirs = ((other.low, other.low_open), (other.high, other.high_open))
        lows = [_product(a, b, _DOWN) for a in ours for b in theirs]
        highs = [_product(a, b, _UP) for a in ours for b in theirs]
        low, high = min(one[0] for one in lows), max(one[0] for one in highs)
        return Interval(
            low, high, all(o for number, o in lows if number == low), all(o for number, o in highs if number == high)
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Return every quotient of a number of this and a number of *other* that is not zero.

        Where zero lies inside *other*, or is all of it, nothing is known of the quotient.
        """
        if other.low < 0 < other.high or other.low == other.high == 0:
            return EVERYTHING
        if other.high <= 0:
            return -self / -other
        low, low_open = _quotient(
            (self.low, self.low_open),
            (other.high, other.high_open) if self.low >= 0 else (other.low, other.low_open),
            _DOWN,
        )
        high, high_open = _quotient(
            (self.high, self.high_open),
            (other.low, other.low_open) if self.high >= 0 else (other.high, other.high_open),
            _UP,
        )
        return Interval(low, high, low_open, high_open)


EVERYTHING = Interval(-_INFINITE, _INFINITE, True, True)


def point(number: Decimal | int) -> Interval:
    """Return the interval of one number."""
    return Interval(Decimal(number), Decimal(number))


def total(parts: list[Interval]) -> Interval:
    """Return every sum of one number of each of *parts*."""
    return reduce(add, parts, point(0))


def product(parts: list[Interval]) -> Interval:
    """Return every product of one number of each of *parts*."""
    return reduce(mul, parts, point(1))


def step_of(number: Decimal) -> Decimal:
    """Return one unit of the last place of *number* as it is written: 0.01 for 1.32, 1 for 16000."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def coarse_step_of(number: Decimal) -> Decimal:
    """Return one unit of the last place that is not a padding zero: 1000 for 16000, 10 for 1153220, 0.1 for 2.5."""
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or exponent < 0:
        return step_of(number)
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0")) if any(digits) else 0
    return Decimal(1).scaleb(exponent + zeros)


def rounded_to(number: Decimal) -> Interval:
    """Return what rounds to *number* as it is written: half a unit of its last place to either side, ends included."""
    half = step_of(number) * Decimal("0.5")
    return Interval(_DOWN.subtract(number, half), _UP.add(number, half))


def nearest(printed: Decimal, allowed: Interval) -> Decimal | None:
    """Return the number nearest to *printed*, with as many decimals, that stands for some number of *allowed*.

    None where *allowed* is empty, or where *printed* itself agrees.
    """
    if allowed.empty or rounded_to(printed).meets(allowed):
        return None
    step = step_of(printed)
    half = step * Decimal("0.5")
    if printed > allowed.low:  # it lies above: the highest that still agrees
        edge = _UP.divide(_UP.add(allowed.high, half), step)
        steps = edge.to_integral_value(ROUND_FLOOR)
        steps = _DOWN.subtract(steps, 1 if allowed.high_open and steps == edge else 0)
    else:
        edge = _DOWN.divide(_DOWN.subtract(allowed.low, half), step)
        steps = edge.to_integral_value(ROUND_CEILING)
        steps = _UP.add(steps, 1 if allowed.low_open and steps == edge else 0)
    found = _quantized(_DOWN.multiply(steps, step), step, ROUND_FLOOR)
    return found if rounded_to(found).meets(allowed) else None


def brief(interval: Interval, like: Decimal | None = None) -> tuple[str, str]:
    """Return the two ends with as few digits as tell them apart, each rounded to the inside.

    An end that one digit more gives exactly is exact: half a step is shown as such. An end that has no other is given
    with six digits, or with as many decimals as *like*. A single number is given as it is.
    """
    if interval.low == interval.high:
        return (_end(interval.low),) * 2
    low, high = interval.low, interval.high
    steps = [_six_digits(end) for end in (low, high) if end.is_finite()] or [Decimal(1)]
    if interval.bounded:
        steps = [Decimal(1), Decimal(1).scaleb(interval.width.adjusted() - 1)]
    elif like is not None:
        steps.append(step_of(like))
    step = min(steps)
    return _shown(low, step, ROUND_CEILING), _shown(high, step, ROUND_FLOOR)


def _shown(end: Decimal, step: Decimal, rounding: str) -> str:
    """Return an end in whole steps, or in tenths of one where that is exact."""
    if end.is_infinite():
        return _end(end)
    tenths = _quantized(end, step.scaleb(-1), rounding)
    return _end(tenths if tenths == end else _quantized(end, step, rounding), bare=True)


def _six_digits(number: Decimal) -> Decimal:
    """Return the step at which *number* keeps six digits, or all of them where it has fewer."""
    return max(step_of(number.normalize(_UP)), Decimal(1).scaleb(number.adjusted() - 5))


def _quantized(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    """Return *number* in whole steps, however many digits that takes."""
    digits = max(number.adjusted() - step.adjusted(), 0) + 2
    return number.quantize(step, rounding, Context(prec=digits))


End = tuple[Decimal, bool]


def _product(one: End, other: End, context: Context) -> End:
    """Return the product of two ends and whether it is open; zero times anything is zero, infinity too."""
    (a, a_open), (b, b_open) = one, other
    if a == 0 or b == 0:
        return _ZERO, not ((a == 0 and not a_open) or (b == 0 and not b_open))
    return context.multiply(a, b), a_open or b_open


def _quotient(one: End, other: End, context: Context) -> End:
    """Return the quotient of two ends, the second from zero up, and whether it is open."""
    (a, a_open), (b, b_open) = one, other
    if a == 0:
        return _ZERO, a_open
    if b == 0:
        return _INFINITE.copy_sign(a), True
    if b.is_infinite():
        return (_INFINITE.copy_sign(a) if a.is_infinite() else _ZERO), True
    return context.divide(a, b), a_open or b_open


def _end(number: Decimal, *, bare: bool = False) -> str:
    """Return an end as digits, without the zeros that say nothing where *bare*."""
    if number.is_infinite():
        return "−∞" if number < 0 else "∞"
    shown = format(number if number else abs(number), "f")
    return shown.rstrip("0").rstrip(".") if bare and "." in shown else shown
