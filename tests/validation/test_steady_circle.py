"""Driving in a circle gives the understeer that steady cornering has, however it is driven."""

import math

import numpy as np
import pytest
from pytest import approx

from game.units import G_MPS2, mps
from game.validation.steady_circle import turns_at_speed, turns_on_circle


def deg_per_g(turns):
    return math.degrees(turns.understeer_gradient()) * G_MPS2


def test_circles_of_two_radii_and_a_constant_speed_give_the_same_gradient(plain_car):
    gradients = [deg_per_g(turns_on_circle(plain_car, radius_m)) for radius_m in (60.0, 120.0)]
    assert gradients[0] == approx(gradients[1], abs=0.03)
    assert deg_per_g(turns_at_speed(plain_car, mps(100.0))) == approx(gradients[1], abs=0.06)


def test_turning_right_is_turning_left_in_a_mirror(car):
    left = turns_at_speed(car(), mps(120.0))
    right = turns_at_speed(car(), mps(120.0), side=-1.0)
    assert np.array_equal(left.steering_rad, right.steering_rad)
    assert left.understeer_rad == approx(right.understeer_rad, abs=1e-12)
    wide, other = (turns_on_circle(car(), 80.0, side) for side in (1.0, -1.0))
    assert wide.lateral_mps2 == approx(other.lateral_mps2, rel=1e-9)


def test_a_circle_is_held_within_a_per_cent(car):
    turns = turns_on_circle(car(), 100.0)
    steady = (turns.lateral_mps2 > 0.15 * G_MPS2) & (turns.lateral_mps2 < 1.0 * G_MPS2)
    radius_m = turns.speed_mps**2 / turns.lateral_mps2
    assert radius_m[steady] == approx(100.0, rel=0.01)
    assert turns.lateral_mps2.max() / G_MPS2 > 1.2


def test_a_stiffer_bar_at_the_front_makes_the_car_understeer(car):
    soft, hard = (
        turns_at_speed(car(front_bar_npm=bar_npm), mps(100.0)).understeer_gradient(0.7, 1.1)
        for bar_npm in (0.0, 60000.0)
    )
    assert math.degrees(hard - soft) * G_MPS2 > 0.1


def test_the_steering_for_an_acceleration_is_read_where_it_is_held(car):
    turns = turns_at_speed(car(), mps(100.0))
    assert turns.steering_for(4.0) < turns.steering_for(8.0)
    assert math.isnan(turns.steering_for(40.0))
    assert math.isnan(turns.understeer_gradient(0.2, 4.0))


@pytest.mark.parametrize("speed_kmh", [60.0, 200.0])
def test_a_speed_is_held(car, speed_kmh):
    turns = turns_at_speed(car(), mps(speed_kmh))
    assert turns.speed_mps == approx(mps(speed_kmh), abs=1.6)
