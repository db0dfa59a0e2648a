"""The front wheels roll about one point, and turn no faster than a person can."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.state import controls
from game.vehicle.steering import front_wheels, steer

angles = st.floats(-0.52, 0.52)


def front_angles(steering, angle_rad):
    """The angles of the left and the right wheel."""
    return [math.atan2(way.sin, way.cos) for way in front_wheels(steering, angle_rad)]


turned = st.one_of(st.floats(-0.52, -0.001), st.floats(0.001, 0.52))


@pytest.fixture(scope="module")
def steering(spec):
    return make_car(spec, Setup()).steering


@given(turned)
def test_the_cotangents_of_both_front_wheels_differ_by_track_over_wheelbase(steering, angle_rad):
    left_rad, right_rad = front_angles(steering, angle_rad)
    difference = 1.0 / math.tan(right_rad) - 1.0 / math.tan(left_rad)
    assert difference == approx(1.65 / 2.75, rel=1e-6)


@given(turned)
def test_all_wheels_roll_about_one_point_on_the_rear_axles_line(steering, angle_rad):
    left_rad, right_rad = front_angles(steering, angle_rad)
    centre_m = 2.75 / math.tan(angle_rad)  # to the left of the middle
    assert 2.75 / math.tan(left_rad) + 0.825 == approx(centre_m, rel=1e-6, abs=1e-6)
    assert 2.75 / math.tan(right_rad) - 0.825 == approx(centre_m, rel=1e-6, abs=1e-6)


@given(turned)
def test_the_inner_wheel_turns_more(steering, angle_rad):
    left_rad, right_rad = front_angles(steering, angle_rad)
    inner, outer = (left_rad, right_rad) if angle_rad > 0.0 else (right_rad, left_rad)
    assert abs(inner) > abs(angle_rad) > abs(outer)


@given(angles)
def test_steering_right_mirrors_steering_left(steering, angle_rad):
    left = front_angles(steering, angle_rad)
    right = front_angles(steering, -angle_rad)
    assert right == approx([-left[1], -left[0]], abs=1e-15)


@given(angles, st.floats(-1.0, 1.0))
def test_the_wheels_turn_no_faster_than_the_hands_and_never_past_what_is_asked(
    steering, angle_rad, wanted
):
    after = steer(steering, angle_rad, wanted, 1.0 / 240.0)
    target = wanted * steering.lock_rad
    assert abs(after - angle_rad) <= 1.2 / 240.0 + 1e-12
    assert abs(target - after) <= abs(target - angle_rad)
    assert abs(after) <= steering.lock_rad + 1e-12


def test_from_lock_to_lock_takes_just_under_nine_tenths_of_a_second(steering):
    angle_rad, ticks = -steering.lock_rad, 0
    while angle_rad < steering.lock_rad:
        angle_rad = steer(steering, angle_rad, 1.0, 1.0 / 240.0)
        ticks += 1
    assert ticks / 240.0 == approx(2 * 0.52 / 1.2, abs=1.0 / 240.0)


def test_at_walking_pace_the_car_turns_on_its_ackermann_circle(unaided):
    car = unaided(2.0, front_preload_nm=0.0, rear_preload_nm=0.0)
    car.step(controls(steering=0.5), 240)
    rear_axle_circle_m = 2.75 / math.tan(0.26)
    radius_m = car.speed_mps / car.motion.yaw_rate_radps
    assert radius_m == approx(rear_axle_circle_m, rel=0.02)


def test_steering_left_turns_left(unaided):
    assert unaided(15.0).step(controls(steering=0.2), 120).motion.yaw_rate_radps > 0.1
    assert unaided(15.0).step(controls(steering=-0.2), 120).motion.yaw_rate_radps < -0.1
