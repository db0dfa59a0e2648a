"""Real time becomes whole ticks."""

from pytest import approx

from game.app.driving.clock import FixedStepClock

TICK_S = 1.0 / 240.0


def test_a_second_in_odd_frames_is_240_ticks():
    clock = FixedStepClock(TICK_S)
    frames_s = [0.007, 0.031, 0.0049, 0.0171] * 1000
    ticks = sum(clock.advance(frame_s) for frame_s in frames_s)
    assert ticks == approx(sum(frames_s) * 240.0, abs=1.0)


def test_what_is_left_of_a_tick_is_the_fraction():
    clock = FixedStepClock(TICK_S)
    assert clock.advance(2.25 * TICK_S) == 2
    assert clock.fraction == approx(0.25)


def test_a_long_hitch_counts_for_a_quarter_of_a_second():
    assert FixedStepClock(TICK_S).advance(5.0) == 60


def test_a_clock_that_runs_backwards_counts_nothing():
    assert FixedStepClock(TICK_S).advance(-1.0) == 0
