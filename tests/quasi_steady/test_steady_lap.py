"""A quasi-steady lap on a circle: lateral acceleration, slips and power of a steady drive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.quasi_steady import steady_lap as steady_lap_module
from game.quasi_steady.racing_line import line_through
from game.quasi_steady.speed_profile import SpeedProfile
from game.quasi_steady.split_planner import SharesAlong
from game.quasi_steady.steady_lap import steady_lap
from game.quasi_steady.track_conditions import TrackConditions
from game.vehicle.parts import make_car
from game.vehicle.powertrain import electrical_power
from game.vehicle.setup import Setup

CONDITIONS = TrackConditions(grip=1.0, rolling_resistance=0.015, charge_w=120e3, charge=0.9)
RADIUS_M = 100.0
STATIONS = 200


def circle(sign=1.0):
    """A circle to the left, or with sign -1 to the right."""
    angle_rad = np.arange(STATIONS) * 2.0 * np.pi / STATIONS
    x_m, y_m = RADIUS_M * np.cos(angle_rad), sign * RADIUS_M * np.sin(angle_rad)
    none = np.zeros(STATIONS)
    return line_through(RADIUS_M * angle_rad, none, x_m, y_m, none)


@pytest.fixture(scope="module")
def lap(spec):
    def drive(speed_mps, sign=1.0, **setup):
        car = make_car(spec, Setup(**setup))
        profile = SpeedProfile(np.full(STATIONS, speed_mps), np.zeros(STATIONS), 0.0)
        shares = SharesAlong(
            np.full(STATIONS, car.front_torque_share), np.full(STATIONS, car.front_regen_share)
        )
        return steady_lap(car, CONDITIONS, circle(sign), profile, shares)

    return drive


def test_a_circle_at_a_constant_speed_has_that_lateral_acceleration(lap):
    assert lap(25.0).lateral_mps2 == approx(np.full(STATIONS, 25.0**2 / RADIUS_M), rel=1e-3)


def test_left_and_right_turns_are_alike(lap):
    left, right = lap(30.0), lap(30.0, sign=-1.0)
    for name in ("front_slip_tangent", "rear_slip_tangent", "power_w", "lateral_mps2"):
        assert getattr(left, name) == approx(getattr(right, name), rel=1e-9)


def test_faster_takes_more_slip_and_more_power(lap):
    slow, fast = lap(20.0), lap(34.0)
    assert np.all(fast.front_normalised_slip > slow.front_normalised_slip)
    assert np.all(fast.rear_normalised_slip > slow.rear_normalised_slip)
    assert np.all(fast.power_w > slow.power_w)


def test_power_is_what_air_tyres_and_motors_take(spec, lap):
    car = make_car(spec, Setup())
    power_w = lap(20.0).power_w.mean()
    resistance_n = car.aero.drag_kgpm * 400.0 + 0.015 * car.mass_kg * 9.81
    idle_w = electrical_power(car.front.motor, 0.0, 20.0 / car.wheel.radius_m * car.gear_ratio)
    assert power_w > resistance_n * 20.0
    assert power_w < 1.6 * (resistance_n * 20.0 + 2.0 * idle_w) + 10e3


def test_more_drive_on_the_front_slips_more_there(lap):
    front, rear = lap(34.0, front_torque_share=0.9), lap(34.0, front_torque_share=0.1)
    assert front.front_normalised_slip.mean() > rear.front_normalised_slip.mean()
    assert front.rear_normalised_slip.mean() < rear.rear_normalised_slip.mean()


def test_a_lap_is_the_same_bits_in_plain_python(lap, monkeypatch):
    compiled = lap(30.0)
    monkeypatch.setattr(steady_lap_module, "uses_machine_code", lambda: False)
    for one, other in zip(compiled, lap(30.0), strict=True):
        assert np.array_equal(one, other)


@pytest.fixture(scope="module")
def in_motion(spec):
    """A lap of a circle at the speeds of each station."""
    car = make_car(spec, Setup())
    shares = SharesAlong(np.full(STATIONS, 0.5), np.full(STATIONS, 0.5))

    def drive(speeds_mps):
        profile = SpeedProfile(speeds_mps, np.zeros(STATIONS), 0.0)
        return steady_lap(car, CONDITIONS, circle(), profile, shares)

    return drive


def test_a_car_turned_into_a_corner_feels_part_of_the_way_round_it_as_forward(spec, lap):
    """At a constant speed all of its acceleration is across its path."""
    found = lap(34.0)
    inward_rad = np.arctan(found.rear_slip_tangent) - make_car(spec, Setup()).rear_axle_m / RADIUS_M
    assert np.all(inward_rad > 0.01)
    assert found.forward_mps2 == approx(inward_rad * 34.0**2 / RADIUS_M, rel=1e-3)


def test_brakes_that_are_planned_at_once_are_pressed_over_nearly_half_a_second(spec, in_motion):
    """From 30 to 17.3 m/s by 10 m/s2 in 1.27 s; no less, no harder, but over 0.4 s more."""
    s_m = circle().s_m
    braked_m = np.clip(s_m - 300.0, 0.0, 30.0) * (s_m < 500.0)
    found = in_motion(np.sqrt(30.0**2 - 2.0 * 10.0 * braked_m))
    inward_rad = np.arctan(found.rear_slip_tangent) - make_car(spec, Setup()).rear_axle_m / RADIUS_M
    along_mps2 = found.forward_mps2 - inward_rad * found.lateral_mps2
    before = s_m < 450.0
    assert along_mps2[before].min() == approx(-10.0, rel=0.05)
    assert (along_mps2 * found.duration_s)[before].sum() == approx(17.3 - 30.0, rel=0.02)
    times_s = np.cumsum(found.duration_s)[before & (along_mps2 < -0.5)]
    assert np.ptp(times_s) == approx(1.27 + 0.4, abs=0.2)


@given(
    st.lists(st.floats(12.0, 30.0), min_size=3, max_size=8),
    st.floats(0.0, 2.0 * np.pi),
)
def test_what_is_driven_is_as_long_and_ends_as_it_begins(in_motion, heights_mps, turned_rad):
    """Speeds that rise and fall are driven over the same way, and back to the first speed."""
    angle_rad = np.arange(STATIONS) * 2.0 * np.pi / STATIONS + turned_rad
    speeds_mps = np.interp(
        angle_rad % (2.0 * np.pi),
        np.linspace(0.0, 2.0 * np.pi, len(heights_mps) + 1),
        [*heights_mps, heights_mps[0]],
    )
    found = in_motion(speeds_mps)
    driven_mps = circle().spacing_m / found.duration_s
    assert driven_mps.min() >= speeds_mps.min() - 1e-9
    assert driven_mps.max() <= speeds_mps.max() + 1e-9
    assert found.duration_s.sum() == approx((circle().spacing_m / speeds_mps).sum(), rel=0.01)
