"""The second hand: it does what it is asked, and what nobody waited for is never taken for something else."""

from __future__ import annotations

import os
import signal

import pytest

from crossfoot.draw import warm
from crossfoot.hand import Hand


@pytest.fixture
def hand():
    """A hand with nothing to make ready."""
    hand = Hand(int)
    yield hand
    hand.stop()


def test_it_does_what_it_is_asked(hand):
    """In the other process, one thing after the other."""
    assert [hand.begin(pow, 2, power)() for power in (3, 4, 5)] == [8, 16, 32]
    assert hand.begin(os.getpid)() != os.getpid()


def test_a_result_that_nobody_waited_for_is_let_go(hand):
    """As where a page fails while one of its drawings is being made: the next drawing is its own."""
    hand.begin(pow, 2, 3)
    hand.begin(pow, 2, 4)

    assert hand.begin(pow, 2, 5)() == 32
    assert hand.begin(pow, 2, 6)() == 64


def test_what_fails_there_is_done_here(hand):
    """So that the mistake is raised where it can be told; the hand goes on."""
    with pytest.raises(ZeroDivisionError):
        hand.begin(divmod, 1, 0)()
    assert hand.begin(pow, 2, 3)() == 8


def test_a_hand_that_was_killed_is_done_without(hand):
    """Begun before or after."""
    killed = hand.begin(os.getpid)()
    begun = hand.begin(pow, 2, 3)
    os.kill(killed, signal.SIGKILL)
    hand._process.join()

    assert begun() == 8
    assert hand.begin(pow, 2, 4)() == 16


def test_what_makes_it_ready_can_be_sent_to_it():
    """The engine that draws."""
    hand = Hand(warm)
    assert hand.begin(pow, 2, 3)() == 8
    hand.stop()
