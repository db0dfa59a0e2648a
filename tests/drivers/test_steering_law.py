"""The law of steering: the force that is wanted, and never more slip than the one of most grip."""

import math
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.drivers import steering_law
from game.drivers.steering_law import rear_slide, turning_n, yawing_n
from game.quasi_steady.axle import tyre_curve
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup

LEFT = st.floats(-2.0, 2.0)


@pytest.fixture(scope="module")
def car(spec):
    return make_car(spec, Setup())


@pytest.fixture(scope="module")
def angle_rad(car):
    """The front wheels' angle for a snapshot and the shares of grip to the left and forwards."""
    return partial(steering_law.wheel_angle_rad, car, tyre_curve(car.tyre).slip_at_force)


@pytest.fixture(scope="module")
def straight_on(spec):
    """A car at 30 m/s that goes straight on."""
    world = World(None, [Start(spec, Setup(), Pose(0.0, 0.0, 0.0), speed_mps=30.0)])
    return world.snapshots()[0]


@given(left=LEFT, forward=st.floats(-1.0, 1.0))
def test_the_front_tyres_never_slip_beyond_their_peak(angle_rad, car, straight_on, left, forward):
    angle = angle_rad(straight_on, left, forward)
    assert abs(math.tan(angle)) <= car.tyre.peak_slip_tangent * (1.0 + 1e-9)


@given(left=LEFT)
def test_left_and_right_are_alike(angle_rad, straight_on, left):
    assert angle_rad(straight_on, -left, 0.2) == approx(-angle_rad(straight_on, left, 0.2))


def test_nothing_wanted_is_straight_on(angle_rad, straight_on):
    assert angle_rad(straight_on, 0.0, 0.0) == 0.0


def test_more_lateral_force_takes_more_angle(angle_rad, straight_on):
    angles = [angle_rad(straight_on, left, 0.0) for left in (0.1, 0.5, 0.9)]
    assert angles == sorted(angles)
    assert angles[0] > 0.0


def test_the_wheels_follow_the_direction_in_which_the_axle_moves(angle_rad, straight_on):
    sliding = straight_on._replace(velocity_left_mps=-3.0)
    assert angle_rad(sliding, 0.0, 0.0) == approx(math.atan2(-3.0, 30.0))


def test_the_turning_force_is_the_front_axles_part_of_the_whole(car):
    front_n = turning_n(car, 8.0)
    share = car.rear_axle_m / (car.front_axle_m + car.rear_axle_m)
    assert front_n == approx(share * car.mass_kg * 8.0)


def test_a_yaw_rate_that_is_right_takes_no_force(car, straight_on):
    turning = straight_on._replace(yaw_rate_radps=9.0 / 30.0)
    assert yawing_n(car, turning, 9.0, 10.0) == approx(0.0, abs=1e-6)
    assert yawing_n(car, straight_on, 9.0, 10.0) > 0.0
    assert yawing_n(car, straight_on, 9.0, 0.0) == 0.0


def test_a_sliding_rear_axle_is_to_turn_less(car, straight_on):
    sliding = straight_on._replace(rear_left_slip_tangent=0.3, rear_right_slip_tangent=0.3)
    assert rear_slide(car, straight_on) == 0.0
    assert rear_slide(car, sliding) > 0.0
    assert yawing_n(car, sliding, 9.0, 10.0) < yawing_n(car, straight_on, 9.0, 10.0)
