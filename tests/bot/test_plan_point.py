"""A plan answers for any place on the lap."""

import numpy as np
import pytest
from pytest import approx

from game.bot.plan import Plan, PlanPoint


@pytest.fixture
def plan():
    """Four stations, ten metres apart."""
    offset_m, speed_mps = np.array([0.0, 1.0, 3.0, 2.0]), np.array([10.0, 20.0, 30.0, 20.0])
    none = np.zeros(4)
    return Plan(
        station_m=10.0,
        offset_m=offset_m,
        x_m=none,
        y_m=none,
        heading_rad=none,
        across_rad=0.1 * offset_m,
        curvature_1pm=0.01 * offset_m,
        grip=none + 1.0,
        speed_mps=speed_mps,
        accel_mps2=-offset_m,
        lap_time_s=2.0,
        charge_per_lap=0.1,
        quasi_steady_s=2.0,
    )


def test_at_a_station_it_is_the_stations(plan):
    assert plan.at(20.0) == PlanPoint(3.0, approx(0.3), approx(0.03), 30.0, -3.0)


def test_between_two_stations_it_is_interpolated(plan):
    assert plan.at(12.5).offset_m == approx(1.5)
    assert plan.at(12.5).speed_mps == approx(22.5)
    assert plan.at(12.5).accel_mps2 == approx(-1.5)


def test_the_lap_is_closed(plan):
    assert plan.at(35.0).offset_m == approx(1.0)
    assert plan.at(40.0 + 12.5) == plan.at(12.5)
    assert plan.at(-5.0) == plan.at(35.0)
