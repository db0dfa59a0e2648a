"""Limits and speeds: never more than the car can do, and what the lap time hangs on."""

import numpy as np
import pytest
from pytest import approx

from game.bot.corridor import corridor, line_at
from game.bot.min_curvature_line import min_curvature_line
from game.quasi_steady import ggv_limits as ggv_limits_module
from game.quasi_steady.ggv_limits import ggv_limits, lateral_limit, longitudinal_limit
from game.quasi_steady.speed_passes import cornering_speed
from game.quasi_steady.speed_profile import SpeedPlanner
from game.quasi_steady.track_conditions import TrackConditions
from game.units import G_MPS2, kmh, mps
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup

CONDITIONS = TrackConditions(grip=1.0, rolling_resistance=0.015, charge_w=120e3, charge=0.9)


@pytest.fixture(scope="module")
def limits(spec):
    return ggv_limits(make_car(spec, Setup()), CONDITIONS)


@pytest.fixture(scope="module")
def line(ricardo_tormo):
    return min_curvature_line(corridor(ricardo_tormo, 1.942), length_weight=6e-4)


@pytest.fixture(scope="module")
def planner(limits):
    return SpeedPlanner(limits)


def rows(limits, table):
    return np.array(table).reshape(len(limits.lateral_mps2), -1)


def test_limits_agree_with_the_car_s_own_drives(limits):
    # The drives, with driver: 1.43 g at 100 km/h, 0.86 g at most, 26 m from 100 km/h (1.51 g).
    at = mps(100.0)
    assert lateral_limit(limits, at) / G_MPS2 == approx(1.43, abs=0.03)
    assert max(limits.drive_mps2) / G_MPS2 == approx(0.86, abs=0.02)
    assert longitudinal_limit(limits, limits.brake_mps2, at, 0.0) / G_MPS2 == approx(1.53, abs=0.06)
    top_mps = limits.first_mps + limits.step_mps * (len(limits.lateral_mps2) - 1)
    assert kmh(top_mps) == approx(219.9, abs=1.0)  # the steady car's wheels do not slip


@pytest.mark.slow
def test_limits_are_the_same_bits_in_plain_python(spec, limits, monkeypatch):
    monkeypatch.setattr(ggv_limits_module, "uses_machine_code", lambda: False)
    assert ggv_limits(make_car(spec, Setup()), CONDITIONS) == limits


def test_cornering_takes_from_driving_and_braking(limits):
    assert np.all(np.diff(rows(limits, limits.brake_mps2), axis=1) <= 1e-3)
    assert np.all(np.diff(rows(limits, limits.drive_mps2), axis=1) <= 1e-3)


def test_downforce_raises_the_lateral_limit_with_speed(limits):
    speeds_mps = limits.first_mps + limits.step_mps * np.arange(len(limits.lateral_mps2))
    wide = speeds_mps[:-1] > 20.0  # slower, the wheels are turned so far that it takes grip
    assert np.all(np.diff(limits.lateral_mps2)[wide] > 0.0)


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"tyre": "sport"}, 1),
        ({"power_map": 4}, 1),
        ({"front_torque_share": 1.0}, 1),
        ({"front_torque_share": 0.0}, 1),
        ({"driver_aboard": False}, -1),
    ],
)
def test_lap_time_follows_grip_power_driven_axles_and_mass(spec, line, planner, change, sign):
    changed = SpeedPlanner(ggv_limits(make_car(spec, Setup(**change)), CONDITIONS))
    difference_s = changed.profile(line).lap_time_s - planner.profile(line).lap_time_s
    assert sign * difference_s > 0.5


def test_speeds_stay_within_the_limits_everywhere(line, planner, limits):
    profile = planner.profile(line)
    for speed_mps, bend, accel in zip(
        profile.speed_mps, np.abs(line.curvature_1pm), profile.accel_mps2, strict=True
    ):
        assert speed_mps**2 * bend <= lateral_limit(limits, speed_mps) * 1.0001
        assert -accel <= longitudinal_limit(limits, limits.brake_mps2, speed_mps, 0.0) * 1.02


@pytest.mark.parametrize("radius_m", [7.0, 12.0, 40.0, 150.0, 230.0])
def test_a_corner_is_driven_with_all_lateral_grip(limits, radius_m):
    speed_mps = cornering_speed(limits, 1.0 / radius_m)
    assert speed_mps**2 / radius_m == approx(lateral_limit(limits, speed_mps), rel=1e-9)


def test_no_corner_is_driven_faster_or_slower_than_there_are_limits_for(limits):
    top_mps = limits.first_mps + limits.step_mps * (len(limits.lateral_mps2) - 1)
    assert cornering_speed(limits, 0.0) == top_mps
    assert cornering_speed(limits, 10.0) == limits.first_mps


def test_the_slopes_of_a_line_are_the_same_after_its_profile_or_before(limits, line):
    timed, untimed = SpeedPlanner(limits), SpeedPlanner(limits)
    first = timed.profile(line)
    timed.profile(line, np.full(len(line.s_m), 0.9))
    for _ in range(2):
        found, expected = timed.gradient(line), untimed.gradient(line)
        assert (found.by_curvature_sm == expected.by_curvature_sm).all()
        assert (found.by_spacing_spm == expected.by_spacing_spm).all()
    assert (timed.profile(line).speed_mps == first.speed_mps).all()


def test_slopes_forecast_what_a_bulge_costs(ricardo_tormo, line, planner):
    way = corridor(ricardo_tormo, 1.942)
    slopes = planner.gradient(line)
    before_s = planner.profile(line).lap_time_s
    stations = np.arange(len(line.s_m))
    for centre in range(30, len(stations), 211):
        # So low that no place changes over to another limit, which slopes do not know of.
        bulge_m = 0.0002 * np.exp(-(((stations - centre) / 8.0) ** 2))
        moved = line_at(way, line.offset_m + bulge_m)
        forecast_s = slopes.by_curvature_sm @ (
            moved.curvature_1pm - line.curvature_1pm
        ) + slopes.by_spacing_spm @ (moved.spacing_m - line.spacing_m)
        found_s = planner.profile(moved).lap_time_s - before_s
        assert forecast_s == approx(found_s, rel=0.1, abs=8e-8)
