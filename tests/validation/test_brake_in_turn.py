"""Braking in a turn slows the car as far as the pedal is pressed, and mirrored alike."""

import math

import pytest
from pytest import approx

from game.units import G_MPS2
from game.validation.brake_in_turn import brake_in_turn


@pytest.fixture(scope="module")
def gentle(car):
    return brake_in_turn(car(), 0.5 * G_MPS2, 0.3 * G_MPS2)


def test_the_car_is_steady_on_its_circle_when_the_brakes_are_touched(gentle):
    log = gentle.log
    assert gentle.radius_m == approx(100.0, rel=0.02)
    assert log.lateral_mps2[2] / G_MPS2 == approx(0.5, abs=0.02)
    assert log.speed_mps[0] ** 2 / gentle.radius_m / G_MPS2 == approx(0.5, abs=0.02)


def test_it_slows_as_far_as_the_pedal_is_pressed_and_by_its_drag(gentle):
    drag_g = 0.02
    assert gentle.deceleration_mps2 / G_MPS2 == approx(0.3 + drag_g, abs=0.03)


def test_pressed_gently_the_car_keeps_near_its_circle_and_does_not_spin(gentle):
    assert not gentle.spins
    assert abs(gentle.runs_wide_m) < 0.5
    assert gentle.yaw_ratio == approx(1.0, abs=0.15)
    assert math.degrees(gentle.largest_sideslip_rad) < 5.0


def test_a_turn_to_the_right_is_one_to_the_left_in_a_mirror(car, gentle):
    other = brake_in_turn(car(), 0.5 * G_MPS2, 0.3 * G_MPS2, side=-1.0)
    assert other.runs_wide_m == approx(gentle.runs_wide_m, abs=1e-9)
    assert other.yaw_ratio == approx(gentle.yaw_ratio, rel=1e-9)


def test_brakes_at_the_rear_alone_spin_a_car_without_assists(car):
    rear = car(abs=0, front_brake_bias=0.4, front_regen_share=0.0)
    assert brake_in_turn(rear, 1.1 * G_MPS2, 0.6 * G_MPS2).spins
