"""ABS, traction control and yaw control help when on and do nothing when off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.vehicle.assists import make_slip_control, make_yaw_control, slip_cut, yaw_brakes
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

levels = st.integers(1, 5)


def stopping_distance_m(car):
    while car.speed_mps > 0.1:
        car.step(controls(brake=1.0))
    return car.distance_m


@given(st.floats(0.0, 50.0), st.floats(0.0, 1.0))
def test_slip_control_at_level_0_takes_nothing_away(spec, normalised_slip, integral):
    control = make_slip_control(spec.assists, 0)
    assert slip_cut(control, normalised_slip, integral, 1.0 / 240.0) == (0.0, 0.0)


@given(levels, st.floats(0.0, 50.0), st.floats(0.0, 0.98))
def test_slip_control_takes_away_no_less_than_nothing_and_no_more_than_98_percent(
    spec, level, normalised_slip, integral
):
    cut = slip_cut(make_slip_control(spec.assists, level), normalised_slip, integral, 1.0 / 240.0)
    assert 0.0 <= cut.cut <= 0.98
    assert 0.0 <= cut.integral <= 0.98


@given(st.integers(1, 4), st.floats(0.0, 5.0), st.floats(0.0, 0.98))
def test_a_higher_level_never_takes_less(spec, level, normalised_slip, integral):
    gentle = slip_cut(
        make_slip_control(spec.assists, level), normalised_slip, integral, 1.0 / 240.0
    )
    strict = slip_cut(
        make_slip_control(spec.assists, level + 1), normalised_slip, integral, 1.0 / 240.0
    )
    assert strict.cut >= gentle.cut


@given(st.floats(-0.5, 0.5), st.floats(0.1, 70.0), st.floats(-5.0, 5.0))
def test_yaw_control_at_level_0_brakes_nothing(spec, steering_rad, forward_mps, yaw_radps):
    control = make_yaw_control(spec.assists, 0, 2.75)
    assert set(yaw_brakes(control, steering_rad, forward_mps, yaw_radps, 1.5, 0.318, 1.65)) == {0.0}


@given(levels, st.floats(-0.5, 0.5), st.floats(8.0, 70.0), st.floats(-5.0, 5.0))
def test_yaw_control_brakes_one_wheel_at_most_and_turns_towards_what_is_asked(
    spec, level, steering_rad, forward_mps, yaw_radps
):
    control = make_yaw_control(spec.assists, level, 2.75)
    brakes = yaw_brakes(control, steering_rad, forward_mps, yaw_radps, 1.5, 0.318, 1.65)
    assert min(brakes) >= 0.0
    assert sum(torque > 0.0 for torque in brakes) <= 1
    turns_left_nm = sum(brakes[::2]) - sum(brakes[1::2])  # braking a left wheel turns left
    if abs(yaw_radps) > 2.0:  # more than any grip here allows: the car spins
        assert turns_left_nm * yaw_radps < 0.0


@given(levels, st.floats(-0.5, 0.5), st.floats(8.0, 70.0), st.floats(-5.0, 5.0))
def test_yaw_control_in_a_mirror_brakes_the_mirrored_wheel(
    spec, level, steering_rad, forward_mps, yaw_radps
):
    control = make_yaw_control(spec.assists, level, 2.75)
    here = yaw_brakes(control, steering_rad, forward_mps, yaw_radps, 1.5, 0.318, 1.65)
    there = yaw_brakes(control, -steering_rad, forward_mps, -yaw_radps, 1.5, 0.318, 1.65)
    assert there == (here.front_right, here.front_left, here.rear_right, here.rear_left)


@pytest.mark.parametrize("grip", [1.0, 0.5])
@pytest.mark.parametrize("level", [1, 3, 5])
def test_abs_stops_the_car_shorter_than_locked_wheels_do(rig, unaided, grip, level):
    locked_m = stopping_distance_m(unaided(20.0).on(grip))
    assert stopping_distance_m(rig(20.0, abs=level).on(grip)) < 0.9 * locked_m


def test_without_abs_a_full_brake_locks_the_wheels_and_with_it_they_turn(rig, unaided):
    locked = unaided(30.0).step(controls(brake=1.0), 120)
    assert {wheel.spin_radps for wheel in locked.wheels} == {0.0}
    turning = rig(30.0).step(controls(brake=1.0), 120)
    for wheel in turning.wheels:
        assert wheel.spin_radps * 0.318 > 0.6 * turning.speed_mps


@pytest.mark.parametrize("level", [1, 3, 5])
def test_traction_control_holds_the_slip_that_would_run_away_on_wet_ground(rig, unaided, level):
    def mean_normalised_slip(car):
        normalised_slips = []
        for _ in range(240):
            car.step(controls(throttle=1.0))
            normalised_slips.append(max(wheel.normalised_slip for wheel in car.wheels))
        return sum(normalised_slips[60:]) / len(normalised_slips[60:])

    assert mean_normalised_slip(unaided(5.0).on(0.4)) > 10.0
    assert mean_normalised_slip(rig(5.0, traction_control=level).on(0.4)) < 2.2


def test_traction_control_wins_the_launch_on_wet_ground(rig, unaided):
    spinning = unaided().on(0.4).step(controls(throttle=1.0), 480)
    held = rig().on(0.4).step(controls(throttle=1.0), 480)
    assert held.distance_m > 1.05 * spinning.distance_m


def test_assists_cost_nothing_on_a_straight_road_with_grip(rig, unaided):
    aided = rig(20.0).step(controls(throttle=0.5), 240)
    free = unaided(20.0).step(controls(throttle=0.5), 240)
    assert aided.speed_mps == free.speed_mps


@pytest.mark.parametrize("sense", [-1.0, 1.0])
def test_yaw_control_slows_a_spin_that_slippery_rear_wheels_began(unaided, sense):
    def yaw_rate_after_half_a_second(level):
        car = unaided(35.0, yaw_rate_radps=1.2 * sense, yaw_control=level).on(1.0, 1.0, 0.6, 0.6)
        return abs(car.step(controls(steering=0.15 * sense), 120).motion.yaw_rate_radps)

    free = yaw_rate_after_half_a_second(0)
    assert free > 2.0
    assert yaw_rate_after_half_a_second(2) < 0.8 * free
    assert yaw_rate_after_half_a_second(5) < 0.4 * free


def test_yaw_control_sleeps_at_walking_pace(unaided):
    slow = unaided(3.0, yaw_rate_radps=0.5, yaw_control=5).step(controls(), 10)
    assert {wheel.brake_nm for wheel in slow.wheels} == {0.0}
