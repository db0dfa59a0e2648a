"""Speeds by a formula: within what can be reached from the stations beside."""

import numpy as np
from pytest import approx

from game.quasi_steady.point_mass import limit_to_acceleration, limit_to_braking

STEP_M = 5.0


def test_nothing_slows_a_lap_of_one_speed():
    speed_mps = [20.0] * 50
    limit_to_acceleration(speed_mps, STEP_M, lambda *_: 3.0)
    limit_to_braking(speed_mps, STEP_M, lambda *_: 6.0)
    assert speed_mps == [20.0] * 50


def test_one_slow_place_is_braked_for_and_accelerated_from_also_across_the_line():
    speed_mps = [60.0] * 100
    speed_mps[3] = 10.0
    limit_to_acceleration(speed_mps, STEP_M, lambda *_: 3.0)
    limit_to_braking(speed_mps, STEP_M, lambda *_: 6.0)
    square = np.array(speed_mps) ** 2
    gain_mps2 = (np.roll(square, -1) - square) / (2.0 * STEP_M)
    assert gain_mps2.max() == approx(3.0)
    assert gain_mps2.min() == approx(-6.0)
    assert speed_mps[98] == approx((100.0 + 2.0 * 6.0 * 5 * STEP_M) ** 0.5)


def test_a_limit_may_depend_on_the_speed():
    speed_mps = [10.0] + [100.0] * 40
    limit_to_acceleration(speed_mps, STEP_M, lambda _, speed: 30.0 / speed)
    assert np.all(np.diff(speed_mps) > 0.0)
    assert np.all(np.diff(speed_mps, 2) < 0.0)
