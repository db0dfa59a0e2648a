"""The throttle lifts off and drives, each in its own part of the travel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.throttle_pedal import drive_demand, lift_off_force


@pytest.fixture(scope="module")
def pedal(spec):
    return make_car(spec, Setup(one_pedal_mps2=2.0)).throttle_pedal


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_throttle_lifts_off_and_drives_in_turn_and_never_both(pedal, one, other):
    low, high = sorted((one, other))
    assert lift_off_force(pedal, low) == 0.0 or drive_demand(pedal, low) == 0.0
    assert drive_demand(pedal, low) <= drive_demand(pedal, high)
    assert lift_off_force(pedal, low) >= lift_off_force(pedal, high)
    assert drive_demand(pedal, 1.0) == 1.0


def test_without_one_pedal_driving_the_throttle_is_all_drive(spec):
    pedal = make_car(spec, Setup()).throttle_pedal
    assert lift_off_force(pedal, 0.0) == 0.0
    assert drive_demand(pedal, 0.1) == approx(0.1)
