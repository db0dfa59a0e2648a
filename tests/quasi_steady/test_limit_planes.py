"""Planes over a car's limits: they touch them at the own place and at angles of their own."""

import numpy as np
import pytest
from pytest import approx

from game.quasi_steady.ggv_limits import ggv_limits, lateral_limit, longitudinal_limit
from game.quasi_steady.limit_planes import TablesUsed, limit_planes, planes_between
from game.quasi_steady.track_conditions import TrackConditions
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup

SPEEDS_MPS = np.linspace(12.0, 55.0, 40)
USED = np.resize([0.05, 0.3, 0.62, 0.88, 0.97], 40)  # shares of the lateral limit
FIRST = TablesUsed(np.zeros(40, np.intp), np.zeros(40))


@pytest.fixture(scope="module")
def limits(spec):
    conditions = TrackConditions(grip=1.0, rolling_resistance=0.015, charge_w=120e3, charge=0.9)
    return ggv_limits(make_car(spec, Setup()), conditions)


@pytest.fixture(scope="module")
def curvature_1pm(limits):
    return np.array(
        [
            used * lateral_limit(limits, speed) / speed**2
            for used, speed in zip(USED, SPEEDS_MPS, strict=True)
        ]
    )


@pytest.fixture(scope="module")
def planes(limits, curvature_1pm):
    return limit_planes(limits, SPEEDS_MPS, curvature_1pm, FIRST, FIRST)


def limit_at(limits, table, speed_mps, curvature_1pm):
    return np.array(
        [
            longitudinal_limit(limits, table, speed, curvature)
            for speed, curvature in zip(speed_mps, curvature_1pm, strict=True)
        ]
    )


@pytest.mark.parametrize("pedal", ["drive_mps2", "brake_mps2"])
def test_the_first_plane_is_the_limit_at_the_own_place(limits, planes, curvature_1pm, pedal):
    found = limit_at(limits, getattr(limits, pedal), SPEEDS_MPS, curvature_1pm)
    assert getattr(planes, pedal).value[0] == approx(found, abs=1e-6)
    assert (getattr(planes, pedal).value >= found - 1e-6).all()


@pytest.mark.parametrize("pedal", ["drive_mps2", "brake_mps2"])
def test_the_first_plane_forecasts_the_limit_nearby(limits, planes, curvature_1pm, pedal):
    near = getattr(planes, pedal)
    faster, tighter = SPEEDS_MPS + 0.01, curvature_1pm * 1.001
    found = limit_at(limits, getattr(limits, pedal), faster, tighter) - near.value[0]
    forecast = near.by_square[0] * (faster**2 - SPEEDS_MPS**2)
    forecast += near.by_curvature[0] * (tighter - curvature_1pm)
    assert forecast == approx(found, rel=0.05, abs=2e-3)


@pytest.mark.parametrize("pedal", ["drive_mps2", "brake_mps2"])
@pytest.mark.parametrize(("plane", "angle_deg"), [(1, 24.0), (2, 48.0), (3, 72.0), (4, 84.0)])
def test_each_other_plane_touches_the_limit_at_its_angle_or_lies_above(
    limits, planes, curvature_1pm, pedal, plane, angle_deg
):
    there = curvature_1pm / USED * np.sin(np.radians(angle_deg))
    near = getattr(planes, pedal)
    above = near.value[plane] + near.by_curvature[plane] * (there - curvature_1pm)
    above -= limit_at(limits, getattr(limits, pedal), SPEEDS_MPS, there)
    assert (above > -1e-6).all()
    raised = near.value[plane] == near.value[0]
    assert above[~raised] == approx(0.0, abs=1e-6)
    assert not raised.all()


def test_the_lateral_plane_forecasts_the_share_of_grip_in_use(limits, planes, curvature_1pm):
    near = planes.lateral_share
    assert near.value[0] == approx(USED)
    faster, tighter = SPEEDS_MPS + 0.01, curvature_1pm * 1.001
    lateral_mps2 = np.array([lateral_limit(limits, speed) for speed in faster])
    found = faster**2 * tighter / lateral_mps2 - USED
    forecast = near.by_square[0] * (faster**2 - SPEEDS_MPS**2)
    forecast += near.by_curvature[0] * (tighter - curvature_1pm)
    assert forecast == approx(found, rel=0.03, abs=1e-5)


def test_between_two_tables_the_planes_are_between_theirs(limits, curvature_1pm, planes):
    two = limits._replace(drive_mps2=limits.drive_mps2 + [0.5 * each for each in limits.drive_mps2])
    halfway = TablesUsed(FIRST.number, np.full(40, 0.5))
    mixed = limit_planes(two, SPEEDS_MPS, curvature_1pm, halfway, FIRST)
    assert mixed.drive_mps2.value[0] == approx(0.75 * planes.drive_mps2.value[0])
    assert mixed.brake_mps2.value == approx(planes.brake_mps2.value)


def test_planes_of_several_limits_are_mixed_by_station(limits, curvature_1pm, planes):
    half = limits._replace(drive_mps2=[0.5 * each for each in limits.drive_mps2])
    weaker = limit_planes(half, SPEEDS_MPS, curvature_1pm, FIRST, FIRST)
    number = np.arange(40) % 2
    mixed = planes_between([weaker, planes, planes], number, np.full(40, 0.5))
    share = np.where(number == 0, 0.75, 1.0)
    assert mixed.drive_mps2.value[0] == approx(share * planes.drive_mps2.value[0])
    assert mixed.brake_mps2.by_square == approx(planes.brake_mps2.by_square)
    assert mixed.lateral_share.value == approx(planes.lateral_share.value)
