"""A quasi-steady lap on a circle: lateral acceleration, slips and power of a steady drive."""

import numpy as np
import pytest
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
