"""Steps and sines of the steering are answered as the steady car and the sampling let expect."""

import math

import numpy as np
import pytest
from pytest import approx

from game.errors import UnfinishedLapError
from game.units import G_MPS2, mps
from game.validation.sine_steer import frequency_response, sine_steer
from game.validation.steady_circle import turns_at_speed
from game.validation.step_steer import step_steer

SPEED_MPS = mps(100.0)


@pytest.fixture(scope="module")
def step(car):
    return step_steer(car(), SPEED_MPS, 0.5 * G_MPS2)


def test_a_step_ends_at_the_acceleration_that_it_was_made_for(step):
    assert step.lateral_mps2 / G_MPS2 == approx(0.5, abs=0.01)
    assert step.yaw_rate_radps == approx(step.lateral_mps2 / SPEED_MPS, rel=0.01)


def test_its_gain_is_that_of_a_single_track_car_with_the_measured_gradient(plain_car):
    gradient = turns_at_speed(plain_car, SPEED_MPS).understeer_gradient(0.2, 0.5)
    wheelbase_m = plain_car.spec.chassis.wheelbase_m
    gain_1ps = SPEED_MPS / (wheelbase_m + gradient * SPEED_MPS**2)
    step = step_steer(plain_car, SPEED_MPS, 0.5 * G_MPS2)
    assert step.yaw_gain_1ps == approx(gain_1ps, rel=0.02)


def test_yaw_answers_before_lateral_acceleration_and_before_its_own_peak(step):
    assert 0.02 < step.yaw_response_s < step.lateral_response_s < 0.5
    assert step.yaw_response_s < step.yaw_peak_s
    assert 0.0 <= step.yaw_overshoot < 0.2


def test_yaw_answers_a_step_as_fast_as_a_car_of_its_mass_and_tyres(plain_car):
    """Wheels that give way late let a step come in full first: quicker, with more overshoot."""
    step = step_steer(plain_car, SPEED_MPS, 0.8 * G_MPS2)
    assert 0.080 < step.yaw_response_s < 0.130
    assert step.yaw_overshoot < 0.12


def test_a_step_to_the_right_is_the_one_to_the_left_in_a_mirror(car, step):
    other = step_steer(car(), SPEED_MPS, 0.5 * G_MPS2, side=-1.0)
    assert other.steering_rad == -step.steering_rad
    assert other.yaw_gain_1ps == approx(step.yaw_gain_1ps, rel=1e-9)
    assert other.yaw_response_s == approx(step.yaw_response_s, rel=1e-9)


def test_a_step_that_no_tyre_holds_is_refused(car):
    with pytest.raises(UnfinishedLapError, match=r"does not corner with 4\.08 g at 100 km/h"):
        step_steer(car(), SPEED_MPS, 40.0)


def test_one_sine_is_mirrored_and_leaves_the_car_straight(car):
    left, right = (sine_steer(car(), SPEED_MPS, 0.4 * G_MPS2, 0.5, side) for side in (1.0, -1.0))
    assert left.yaw_gain_1ps == approx(right.yaw_gain_1ps, rel=1e-9)
    assert left.yaw_lag_s == right.yaw_lag_s > 0.0
    assert left.lateral_lag_s > left.yaw_lag_s
    assert left.second_peak == approx(1.0, abs=0.05)
    assert left.log.yaw_rate_radps[-1] == approx(0.0, abs=1e-3)


def test_slow_sines_have_the_gain_of_a_step_and_faster_ones_lag_more(car, step):
    response = frequency_response(car(), SPEED_MPS, 0.4 * G_MPS2, (0.2, 1.0, 5.0))
    assert response.yaw_gain_1ps[0] == approx(step.yaw_gain_1ps, rel=0.05)
    assert response.yaw_gain_1ps[2] < 0.9 * response.yaw_gain_1ps[1]
    assert np.all(np.diff(response.yaw_lag_rad) > 0.0)
    assert response.yaw_lag_rad[-1] < math.pi / 2.0
