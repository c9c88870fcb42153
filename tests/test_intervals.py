"""Intervals: what a printed figure can stand for, held against every value that rounds to it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product as pairs
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfoot.formulas import result, solve
from crossfoot.indicator import Formula, stands_for
from crossfoot.intervals import (
    EVERYTHING,
    Interval,
    brief,
    coarse_step_of,
    nearest,
    point,
    product,
    rounded_to,
    step_of,
    total,
)

PROVED = settings(derandomize=True, deadline=None, max_examples=80, database=None)
GRID = 8
"""How many values are tried in each unit of the last place."""
HALF = Fraction(1, 2)


def D(text):
    """Return the decimal as it is typed."""
    return Decimal(text)


def span(text):
    """Return the interval written as mathematicians do: `[1.315, 1.325]`, `(16000, ∞)`."""
    low, high = text[1:-1].replace("−∞", "-Infinity").replace("∞", "Infinity").split(", ")
    return Interval(D(low), D(high), text[0] == "(", text[-1] == ")")


# -- every value that rounds to the printed digits, by each way to round a tie ---------------------------------------


def roundings(value, step):
    """Return what *value* rounds to in whole steps: its tie up, down, and to the even step."""
    steps = value / step
    up, down = floor(steps + HALF), ceil(steps - HALF)
    return {up * step, down * step, (up if up % 2 == 0 else down) * step}


def printed_so(printed):
    """Return every value on a fine grid that rounds to *printed* as it is written."""
    step, middle = Fraction(step_of(printed)), Fraction(printed)
    around = (middle + step * Fraction(n, GRID) for n in range(-2 * GRID, 2 * GRID + 1))
    return [value for value in around if middle in roundings(value, step)]


def holds(interval, value):
    """Return whether the fraction *value* lies in *interval*."""
    above = not interval.low.is_finite() or value >= Fraction(interval.low)
    below = not interval.high.is_finite() or value <= Fraction(interval.high)
    at_open_low = interval.low.is_finite() and interval.low_open and value == Fraction(interval.low)
    at_open_high = interval.high.is_finite() and interval.high_open and value == Fraction(interval.high)
    return above and below and not at_open_low and not at_open_high


PRINTED = st.builds(
    lambda digits, decimals: Decimal(digits).scaleb(-decimals), st.integers(-400, 400), st.integers(0, 3)
)
"""Small figures as they are printed: -4.00, 0.017, 12."""


@PROVED
@given(PRINTED)
def test_a_printed_value_stands_for_what_rounds_to_it(printed):
    """All values that round to it lie inside, the two ends are among them, and nothing else on the grid is inside."""
    found, values = rounded_to(printed), printed_so(printed)
    step = Fraction(step_of(printed))
    outside = [Fraction(printed) + step * Fraction(n, GRID) for n in (-GRID, -GRID // 2 - 1, GRID // 2 + 1, GRID)]

    assert all(holds(found, value) for value in values)
    assert (Fraction(found.low), Fraction(found.high)) == (min(values), max(values))
    assert not any(holds(found, value) for value in outside)


FORMULAS = {
    "sum": lambda a, b: a + b,
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "ratio": lambda a, b: a / b,
    "share": lambda a, b: a / b * 100,
}


@pytest.mark.parametrize("operation", FORMULAS)
@PROVED
@given(one=PRINTED, other=PRINTED, factor=st.sampled_from(["1", "1000", "0.5", "-2", "0.001"]))
def test_a_formula_allows_what_its_parts_make_and_no_more(operation, one, other, factor):
    """Every pair of values that round to the parts makes a value inside, and a pair makes each end."""
    parts = [rounded_to(one), rounded_to(other)]
    found = result(Formula(operation=operation, of=("a", "b"), factor=D(factor)), parts)
    work, times = FORMULAS[operation], Fraction(D(factor))
    divides = operation in ("ratio", "share")
    if divides and holds(parts[1], 0):
        assert found == EVERYTHING
        return
    made = [work(a, b) * times for a, b in pairs(printed_so(one), printed_so(other))]

    assert all(holds(found, value) for value in made)
    slack = Fraction(1, 10**40) if divides else 0  # where a quotient has no end, the sixtieth digit is rounded outwards
    assert min(made) - Fraction(found.low) <= slack
    assert Fraction(found.high) - max(made) <= slack


# -- ends that are open, infinite, or zero ---------------------------------------------------------------------------

TINY = Fraction(1, 10**9)
HUGE = Fraction(10**9)


@st.composite
def intervals(draw):
    """Any interval with ends in tenths, each of them open or closed, or infinite; never empty."""
    low, high = sorted(draw(st.tuples(st.integers(-30, 30), st.integers(-30, 30))))
    low_open, high_open = (draw(st.booleans()), draw(st.booleans())) if low < high else (False, False)
    ends = [Decimal(low).scaleb(-1), Decimal(high).scaleb(-1)]
    if draw(st.integers(0, 5)) == 0:
        ends[0], low_open = D("-Infinity"), True
    if draw(st.integers(0, 5)) == 0:
        ends[1], high_open = D("Infinity"), True
    return Interval(ends[0], ends[1], low_open, high_open)


def members(interval):
    """Return numbers in *interval*: its ends or just inside them, its middle, zero, far away where it goes on."""
    low = Fraction(interval.low) if interval.low.is_finite() else -HUGE
    high = Fraction(interval.high) if interval.high.is_finite() else HUGE
    tried = {low, low + TINY, (low + high) / 2, high - TINY, high, Fraction(0), TINY, -TINY, Fraction(1)}
    return sorted(value for value in tried if holds(interval, value))


OPERATIONS = {
    "sum": (lambda one, other: one + other, lambda a, b: a + b),
    "difference": (lambda one, other: one - other, lambda a, b: a - b),
    "product": (lambda one, other: one * other, lambda a, b: a * b),
    "quotient": (lambda one, other: one / other, lambda a, b: a / b),
}


@pytest.mark.parametrize("name", OPERATIONS)
@settings(PROVED, max_examples=250)
@given(one=intervals(), other=intervals())
def test_open_and_infinite_ends_lose_no_value(name, one, other):
    """Whatever the ends are, each pair of numbers makes a number inside; a quotient leaves out zero divisors."""
    combine, work = OPERATIONS[name]
    found = combine(one, other)
    for a, b in pairs(members(one), members(other)):
        if name != "quotient" or b:
            assert holds(found, work(a, b)), f"{a} and {b} of {one} and {other} make {work(a, b)}, outside {found}"


@pytest.mark.parametrize("name", ["sum", "difference", "product"])
@settings(PROVED, max_examples=250)
@given(one=intervals(), other=intervals())
def test_an_end_is_reached_or_open(name, one, other):
    """A closed end is made by a pair of numbers; an open one by none, though pairs come as near as one likes."""
    combine, work = OPERATIONS[name]
    found = combine(one, other)
    made = [work(a, b) for a, b in pairs(members(one), members(other))]
    for end, is_open in ((found.low, found.low_open), (found.high, found.high_open)):
        if end.is_infinite():
            assert is_open
            assert max(made) > 10**7 if end > 0 else min(made) < -(10**7)
        else:
            assert (Fraction(end) in made) is not is_open
            assert min(abs(value - Fraction(end)) for value in made) <= 100 * TINY


@pytest.mark.parametrize(
    ("one", "other", "quotient"),
    [
        ("[1, 2]", "[0, 4]", "[0.25, ∞)"),
        ("[1, 2]", "(0, 4]", "[0.25, ∞)"),
        ("[1, 2]", "[-4, 0]", "(−∞, -0.25]"),
        ("[-2, -1]", "[0, 4]", "(−∞, -0.25]"),
        ("[-1, 2]", "[0, 4]", "(−∞, ∞)"),
        ("[0, 2]", "[1, 4]", "[0, 2]"),
        ("(0, 2)", "[1, 4]", "(0, 2)"),
        ("[0, 2]", "[0, 4]", "[0, ∞)"),
        ("[1, 2]", "[0, 0]", "(−∞, ∞)"),
        ("[0, 0]", "[0, 0]", "(−∞, ∞)"),
        ("[1, 2]", "[-1, 4]", "(−∞, ∞)"),
        ("[4, ∞)", "[2, 8]", "[0.5, ∞)"),
        ("[4, 8]", "[2, ∞)", "(0, 4]"),
        ("(16, ∞)", "(2, ∞)", "(0, ∞)"),
        ("(−∞, -4]", "[2, 8]", "(−∞, -0.5]"),
    ],
)
def test_dividing_at_zero_and_for_ever(one, other, quotient):
    """By hand: a divisor that may be zero, or as near to it as one likes; a divisor or dividend without end."""
    assert str(span(one) / span(other)) == quotient


@pytest.mark.parametrize(
    ("one", "other", "made"),
    [
        ("[0, 2]", "(3, 4)", "[0, 8)"),
        ("(0, 2]", "[0, 4]", "[0, 8]"),
        ("(0, 2]", "(0, 4]", "(0, 8]"),
        ("[0, ∞)", "[0, 1]", "[0, ∞)"),
        ("[0, 0]", "(−∞, ∞)", "[0, 0]"),
        ("(-2, 1]", "[3, ∞)", "(−∞, ∞)"),
        ("[-2, 3]", "[-5, 1]", "[-15, 10]"),
        ("(-2, 3)", "[-5, 1]", "(-15, 10)"),
    ],
)
def test_multiplying_by_zero_and_for_ever(one, other, made):
    """By hand: zero times anything is zero, also times what has no end; an end is open only if all that make it are."""
    assert str(span(one) * span(other)) == made
    assert span(one) * span(other) == span(other) * span(one)


def test_points_stay_points():
    """Numbers that are known exactly are combined exactly, whatever their length."""
    assert total([point(D("0.1"))] * 3) == point(D("0.3"))
    assert product([point(D("1.10")), point(3)]) == point(D("3.3"))
    assert point(1) / point(8) == point(D("0.125"))
    assert total([]) == point(0)
    assert product([]) == point(1)


def test_a_quotient_without_end_is_rounded_outwards():
    """A third lies inside, though no decimal is a third, and between ends that are very near."""
    third = point(1) / point(3)

    assert Fraction(third.low) < Fraction(1, 3) < Fraction(third.high)
    assert Fraction(third.high) - Fraction(third.low) < Fraction(1, 10**59)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("1E-30", "0.5E-30", "1.5E-30"),
        ("0." + "0" * 39 + "7", "0.65E-39", "0.75E-39"),
        ("1234567890" * 4, "1234567890" * 3 + "1234567889.5", "1234567890" * 4 + ".5"),
        (
            "1234567890" * 4 + "." + "5" * 10,
            "1234567890" * 4 + "." + "5" * 9 + "45",
            "1234567890" * 4 + "." + "5" * 9 + "55",
        ),
        ("-0.00", "-0.005", "0.005"),
    ],
)
def test_long_and_tiny_figures_are_exact(printed, low, high):
    """Forty digits, or the thirtieth decimal, are read as they stand: nothing is cut off."""
    assert rounded_to(D(printed)) == Interval(D(low), D(high))
    assert stands_for(D(printed), None, "exact") == Interval(D(low), D(high))


def test_a_long_figure_about_which_something_is_said():
    """About 10^39 + 1, to the last digit: one to either side; nearly so: from one below."""
    long = D("1" + "0" * 38 + "1")

    assert stands_for(long, None, "about") == Interval(D("1" + "0" * 39), D("1" + "0" * 38 + "2"))
    assert stands_for(long, None, "nearly") == Interval(D("1" + "0" * 39), long, high_open=True)


@pytest.mark.parametrize("printed", ["1" + "0" * 70, "0." + "0" * 69 + "1", "9" * 90])
def test_longer_figures_than_anyone_needs_are_not_cut_to_a_wrong_one(printed):
    """Beyond sixty digits ends go outwards, never inwards, and are still shown."""
    found = rounded_to(D(printed))

    assert D(printed) in found
    assert found.width >= step_of(D(printed))
    assert all(brief(found))
    assert all(brief(stands_for(D(printed), None, "over")))
    assert nearest(D(printed), point(0)) in (None, 0)


# -- what holds of sets ----------------------------------------------------------------------------------------------


@PROVED
@given(one=intervals(), other=intervals(), third=intervals())
def test_meeting_is_a_matter_of_sets(one, other, third):
    """It does not matter in which order intervals meet, or how often; a number is in both where it is in each."""
    assert one.meet(other) == other.meet(one)
    assert one.meet(other).meet(third) == one.meet(other.meet(third))
    assert one.meet(one) == one
    assert one.meet(EVERYTHING) == one
    for value in {*members(one), *members(other)}:
        assert holds(one.meet(other), value) == (holds(one, value) and holds(other, value))
    assert one.meets(other) is not one.meet(other).empty


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ("[1, 2]", "[2, 3]", True),
        ("[1, 2)", "[2, 3]", False),
        ("[1, 2]", "(2, 3]", False),
        ("[1, 2)", "(2, 3]", False),
        ("[1, 2)", "[1.9999, 3]", True),
        ("(16000, ∞)", "[15999.5, 16000]", False),
        ("(16000, ∞)", "[15999.5, 16000.5]", True),
        ("(−∞, ∞)", "[5, 5]", True),
    ],
)
def test_ends_that_touch(one, other, meets):
    """Two intervals that touch meet only where both have the end."""
    assert span(one).meets(span(other)) is meets
    assert span(other).meets(span(one)) is meets


@PROVED
@given(one=intervals())
def test_the_opposite_of_the_opposite(one):
    """Turned round twice it is the same, and each number has its opposite in the opposite."""
    opposite = -one

    assert -opposite == one
    assert all(holds(-one, -value) for value in members(one))


def test_what_is_empty():
    """An interval is empty where its ends cross, or where one number is both its ends and left out."""
    assert Interval(D(2), D(1)).empty
    assert Interval(D(1), D(1), low_open=True).empty
    assert Interval(D(1), D(1), high_open=True).empty
    assert not point(1).empty
    assert D(1) not in Interval(D(1), D(2), low_open=True)
    assert D(1) in Interval(D(1), D(2))


# -- the nearest figure that would agree -----------------------------------------------------------------------------


@settings(PROVED, max_examples=300)
@given(printed=PRINTED, allowed=intervals())
def test_the_nearest_figure_that_agrees(printed, allowed):
    """It is the one found by trying them all, with as many decimals; none where the printed one agrees already."""
    step = step_of(printed)
    if rounded_to(printed).meets(allowed):
        assert nearest(printed, allowed) is None
        return
    ends = [end for end in (allowed.low, allowed.high) if end.is_finite()]
    reach = int(max(abs(end - printed) for end in ends) / step) + 2
    tried = sorted((printed + n * step for n in range(-reach, reach + 1)), key=lambda one: abs(one - printed))
    best = next(one for one in tried if rounded_to(one).meets(allowed))

    found = nearest(printed, allowed)
    assert found == best
    assert step_of(found) == step


@pytest.mark.parametrize(
    ("printed", "allowed", "found"),
    [
        ("1.32", "[1.568215, 1.570534]", "1.57"),
        ("100", "[103.5, 104]", "103"),  # 103.5 is printed as 103 where ties go down
        ("100", "(103.5, 104]", "104"),
        ("100", "[96, 96.5]", "97"),
        ("100", "[96, 96.5)", "96"),
        ("1.6E+4", "[21400, 21600]", "2.1E+4"),
        ("0.0", "[-3, -2.97]", "-3.0"),
        ("5", "[7.2, 7.1]", None),
        ("5", "(−∞, 3]", "3"),
        ("5", "[8, ∞)", "8"),
    ],
)
def test_the_nearest_figure_by_hand(printed, allowed, found):
    """Worked by hand, ends that are ties among them."""
    assert nearest(D(printed), span(allowed)) == (None if found is None else D(found))


# -- solving for the part that is missing ----------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", [0, 1])
@pytest.mark.parametrize("operation", FORMULAS)
@settings(PROVED, max_examples=120)
@given(one=PRINTED, other=PRINTED, decimals=st.integers(0, 3), factor=st.sampled_from(["1", "1000", "0.5", "-2"]))
def test_solving_finds_the_part_that_was_taken_away(operation, unknown, one, other, decimals, factor):
    """Of all values that a part and the rounded whole can stand for, the true one of the other part is not lost."""
    formula = Formula(operation=operation, of=("a", "b"), factor=D(factor))
    parts = [rounded_to(one), rounded_to(other)]
    step = Fraction(1, 10**decimals)
    for a, b in pairs(printed_so(one)[::3], printed_so(other)[::3]):
        if operation in ("ratio", "share") and b == 0:
            continue
        exact = FORMULAS[operation](a, b) * Fraction(D(factor))
        for rounded in roundings(exact, step):
            whole = rounded_to(Decimal(round(rounded / step)).scaleb(-decimals))
            known = [None if place == unknown else part for place, part in enumerate(parts)]
            assert holds(solve(formula, whole, known, unknown), (a, b)[unknown])


@pytest.mark.parametrize(
    ("operation", "whole", "known", "unknown", "found"),
    [
        ("sum", "10.0", ["3.0", None, "2.0"], 1, "[4.85, 5.15]"),
        ("difference", "10.0", [None, "2.0"], 0, "[11.9, 12.1]"),
        ("difference", "10.0", ["12.0", None], 1, "[1.9, 2.1]"),
        ("product", "6", [None, "2"], 0, "[2.2, 4.333333]"),
        ("product", "24", ["2", None, "3"], 1, "[2.685715, 6.533333]"),
        ("ratio", "0.5", [None, "8"], 0, "[3.375, 4.675]"),
        ("ratio", "0.5", ["8", None], 1, "[13.636364, 18.888888]"),
        ("share", "50", [None, "8"], 0, "[3.7125, 4.2925]"),
        ("share", "50", ["8", None], 1, "[14.851486, 17.171717]"),
        ("ratio", "0", ["8", None], 1, "(−∞, ∞)"),
    ],
)
def test_solving_by_hand(operation, whole, known, unknown, found):
    """Worked by hand: for a ratio 7.5 / 0.55 = 13.636... to 8.5 / 0.45 = 18.888...; ends rounded to the inside."""
    names = tuple("abc"[: len(known)])
    parts = [None if one is None else rounded_to(D(one)) for one in known]
    solved = solve(Formula(operation=operation, of=names), rounded_to(D(whole)), parts, unknown)

    assert solved.bounded is span(found).bounded
    if solved.bounded:
        slack = Decimal("0.000001")
        assert 0 <= span(found).low - solved.low < slack
        assert 0 <= solved.high - span(found).high < slack


# -- qualifiers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "upto", "qualifier", "scale", "stands"),
    [
        ("12.50", None, "exact", "one", "[12.495, 12.505]"),
        ("16000", None, "exact", "one", "[15999.5, 16000.5]"),
        ("5.8", None, "exact", "billion", "[5750000000.00, 5850000000.00]"),
        ("-0.5", None, "exact", "one", "[-0.55, -0.45]"),
        ("0", None, "exact", "million", "[-500000.0, 500000.0]"),
        ("70", "85", "range", "one", "[69.5, 85.5]"),
        ("1.5", "2", "range", "thousand", "[1450.00, 2500.0]"),
        ("16000", None, "about", "one", "[15000, 17000]"),
        ("1153220", None, "about", "one", "[1153210, 1153230]"),
        ("2.50", None, "about", "one", "[2.49, 2.51]"),
        ("8", None, "about", "million", "[7000000, 9000000]"),
        ("-30", None, "about", "one", "[-40, -20]"),
        ("0", None, "about", "one", "[-1, 1]"),
        ("200", None, "nearly", "one", "[100, 200)"),
        ("2.4", None, "nearly", "one", "[2.3, 2.4)"),
        ("16000", None, "over", "one", "(16000, ∞)"),
        ("1.1", None, "over", "billion", "(1100000000.0, ∞)"),
        ("2.5", None, "at-least", "one", "[2.5, ∞)"),
        ("100", None, "several", "one", "[100, ∞)"),
        ("2", None, "under", "one", "(−∞, 2)"),
        ("50", None, "up-to", "one", "(−∞, 50]"),
    ],
)
def test_what_each_qualifier_stands_for(value, upto, qualifier, scale, stands):
    """By hand, for each qualifier; a scale word multiplies the ends."""
    found = stands_for(D(value), None if upto is None else D(upto), qualifier, scale)

    assert found == span(stands)
    assert str(found) == stands or scale != "one"


@PROVED
@given(steps=st.integers(-4000, 4000), decimals=st.integers(0, 3), parts=st.integers(-7, 7))
def test_a_value_lies_in_what_its_print_stands_for(steps, decimals, parts):
    """Whatever a value rounds to is a print that stands for it: exact, in a range, about, at least, up to."""
    step = Fraction(1, 10**decimals)
    value = (steps + Fraction(parts, GRID)) * step
    for rounded in roundings(value, step):
        printed = Decimal(round(rounded / step)).scaleb(-decimals)
        beyond = printed + step_of(printed) * 3
        assert holds(stands_for(printed, None, "exact"), value)
        assert holds(stands_for(printed, None, "about"), value)
        assert holds(stands_for(printed, beyond, "range"), value)
        assert holds(stands_for(printed - step_of(printed), None, "over"), value)
        assert holds(stands_for(beyond, None, "under"), value)
        if value >= Fraction(printed):
            assert holds(stands_for(printed, None, "at-least"), value)
            assert holds(stands_for(printed, None, "several"), value)
        if value <= Fraction(printed):
            assert holds(stands_for(printed, None, "up-to"), value)
        if value < Fraction(printed):
            assert holds(stands_for(printed, None, "nearly"), value)


@PROVED
@given(digits=st.integers(1, 99), zeros=st.integers(0, 5), parts=st.integers(-GRID, GRID))
def test_about_allows_for_zeros_that_only_fill(digits, zeros, parts):
    """What is less than one coarse step away is still about it: 15,900 is about 16,000."""
    printed = Decimal(digits * 10**zeros)
    value = Fraction(printed) + Fraction(coarse_step_of(printed)) * Fraction(parts, GRID)

    assert holds(stands_for(printed, None, "about"), value)
    assert holds(stands_for(printed, None, "nearly"), value) is (parts < 0)


@pytest.mark.parametrize(
    ("number", "fine", "coarse"),
    [
        ("16000", "1", "1000"),
        ("1153220", "1", "10"),
        ("2.50", "0.01", "0.01"),
        ("7", "1", "1"),
        ("0", "1", "1"),
        ("0.00", "0.01", "0.01"),
        ("100.0", "0.1", "0.1"),
        ("-300", "1", "100"),
    ],
)
def test_the_last_place(number, fine, coarse):
    """One unit of the last place, and of the last that is not a padding zero; decimals are never padding."""
    assert step_of(D(number)) == D(fine)
    assert coarse_step_of(D(number)) == D(coarse)


# -- intervals as they are shown -------------------------------------------------------------------------------------


@settings(PROVED, max_examples=300)
@given(
    low=st.decimals(-(10**6), 10**6, places=9),
    width=st.integers(1, 10**9),
    small=st.integers(0, 12),
)
def test_what_is_shown_lies_inside(low, width, small):
    """An interval is shown with fewer digits, never with more room."""
    interval = Interval(low, low + Decimal(width).scaleb(-small))
    shown = [D(end) for end in brief(interval)]

    assert interval.low <= shown[0] <= shown[1] <= interval.high


@pytest.mark.parametrize(
    ("interval", "like", "shown"),
    [
        ("[14232.3886, 14339.1635]", None, ("14233", "14339")),
        ("[12006.6900, 12024.4397]", None, ("12007", "12024")),
        ("[1.568215, 1.570534]", None, ("1.5683", "1.5705")),
        ("[142.5, 157.5]", None, ("142.5", "157.5")),
        ("[0.7340428, 0.7340439]", None, ("0.7340428", "0.7340439")),
        ("[1.315, 1.325]", None, ("1.315", "1.325")),
        ("[99.5, 100.5]", None, ("99.5", "100.5")),
        ("[5, 5]", None, ("5", "5")),
        ("[2.50, 2.50]", None, ("2.50", "2.50")),
        ("(16000, ∞)", None, ("16000", "∞")),
        ("[0.80855, ∞)", None, ("0.80855", "∞")),
        ("(−∞, 0.5)", None, ("−∞", "0.5")),
        ("[1.23456789, ∞)", None, ("1.23457", "∞")),
        ("(−∞, 1.23456789]", "1.23", ("−∞", "1.23456")),
        ("(−∞, ∞)", "1.23", ("−∞", "∞")),
        ("[-0, 0.01]", None, ("0", "0.01")),
    ],
)
def test_intervals_as_they_are_shown(interval, like, shown):
    """By hand: as few digits as tell the ends apart, rounded to the inside."""
    assert brief(span(interval), None if like is None else D(like)) == shown


def test_zero_has_no_sign():
    """What is left of equal numbers is shown as zero, not as minus zero."""
    assert brief(point(5) - point(5)) == ("0", "0")
    assert str(point(5) - point(5)) == "[0, 0]"
