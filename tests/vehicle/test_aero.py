"""The air holds the car back and presses it down with the square of the speed."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.aero import air_force, make_aero

wings = st.floats(-1.0, 1.0)
speeds = st.floats(0.0, 80.0)


def at(spec, speed_mps, wing=0.0):
    return air_force(make_aero(spec.aero, wing), speed_mps, 0.0, speed_mps)


def test_at_220_kmh_drag_is_half_density_times_area_times_speed_squared(spec):
    assert at(spec, 220.0 / 3.6).forward_n == approx(-0.5 * 1.2 * 1.0 * (220.0 / 3.6) ** 2)


@given(speeds, wings)
def test_at_twice_the_speed_the_air_does_four_times_as_much(spec, speed_mps, wing):
    slow, fast = at(spec, speed_mps, wing), at(spec, 2.0 * speed_mps, wing)
    assert tuple(fast) == approx(tuple(4.0 * force for force in slow), abs=1e-9)


def test_the_axles_share_the_downforce_as_the_car_file_says(spec):
    air = at(spec, 60.0)
    both_n = air.front_downforce_n + air.rear_downforce_n
    assert both_n == approx(0.5 * 1.2 * spec.aero.downforce_area_m2 * 60.0**2)
    assert air.front_downforce_n == approx(spec.aero.front_downforce_share * both_n)


@given(wings, wings)
def test_more_wing_presses_the_rear_more_and_drags_more(spec, one, other):
    flat, steep = at(spec, 60.0, min(one, other)), at(spec, 60.0, max(one, other))
    assert steep.rear_downforce_n >= flat.rear_downforce_n
    assert -steep.forward_n >= -flat.forward_n
    assert steep.front_downforce_n == flat.front_downforce_n


@given(st.floats(-80.0, 80.0), st.floats(-80.0, 80.0))
def test_drag_acts_against_the_motion_and_never_drives(spec, forward_mps, left_mps):
    speed_mps = (forward_mps**2 + left_mps**2) ** 0.5
    air = air_force(make_aero(spec.aero, 0.0), forward_mps, left_mps, speed_mps)
    assert air.forward_n * forward_mps + air.left_n * left_mps <= 0.0
    assert air.forward_n * left_mps == approx(air.left_n * forward_mps, abs=1e-6)
