"""The four wheel loads carry a car in a steady motion, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.units import G_MPS2
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.wheel_loads import wheel_loads

accelerations = st.floats(-60.0, 60.0)
downforces = st.floats(0.0, 8000.0)


@pytest.fixture(scope="module")
def transfer(spec):
    return make_car(spec, Setup()).load_transfer


@given(accelerations, accelerations, downforces, downforces)
def test_wheel_loads_add_up_to_weight_plus_downforce(transfer, forward, left, front_n, rear_n):
    loads = wheel_loads(transfer, forward, left, front_n, rear_n)
    assert sum(loads) == approx(1295.0 * G_MPS2 + front_n + rear_n)


@given(accelerations, accelerations, downforces, downforces)
def test_no_wheel_is_ever_pulled_down(transfer, forward, left, front_n, rear_n):
    assert min(wheel_loads(transfer, forward, left, front_n, rear_n)) >= 0.0


@given(accelerations, accelerations, downforces, downforces)
def test_a_mirrored_corner_loads_the_mirrored_wheels(transfer, forward, left, front_n, rear_n):
    here = wheel_loads(transfer, forward, left, front_n, rear_n)
    there = wheel_loads(transfer, forward, -left, front_n, rear_n)
    assert there == (here.front_right, here.front_left, here.rear_right, here.rear_left)


def test_at_rest_the_axles_carry_48_and_52_percent(transfer):
    loads = wheel_loads(transfer, 0.0, 0.0, 0.0, 0.0)
    assert (loads.front_left + loads.front_right) / sum(loads) == approx(0.48)
    assert loads.front_left == loads.front_right
    assert loads.rear_left == loads.rear_right


def test_braking_at_one_g_moves_weight_times_height_over_wheelbase_to_the_front(transfer):
    rest = wheel_loads(transfer, 0.0, 0.0, 0.0, 0.0)
    braking = wheel_loads(transfer, -G_MPS2, 0.0, 0.0, 0.0)
    moved_n = sum(braking[:2]) - sum(rest[:2])
    assert moved_n == approx(1295.0 * G_MPS2 * 0.37 / 2.75)


def test_a_left_turn_at_one_g_moves_weight_times_height_over_track_to_the_right(transfer):
    rest = wheel_loads(transfer, 0.0, 0.0, 0.0, 0.0)
    turning = wheel_loads(transfer, 0.0, G_MPS2, 0.0, 0.0)
    moved_n = turning.front_right + turning.rear_right - rest.front_right - rest.rear_right
    assert moved_n == approx(1295.0 * G_MPS2 * 0.37 / 1.65)


def test_downforce_on_an_axle_loads_that_axle_only(transfer):
    rest = wheel_loads(transfer, 0.0, 0.0, 0.0, 0.0)
    pressed = wheel_loads(transfer, 0.0, 0.0, 500.0, 0.0)
    assert sum(pressed[:2]) - sum(rest[:2]) == approx(500.0)
    assert pressed[2:] == rest[2:]
