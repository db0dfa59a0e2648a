"""A stint is logged with books that close, and laps are compared with what is kept."""

from types import SimpleNamespace

import numpy as np
import pytest
from oval import make_oval
from pytest import approx

from game.validation import in_laps
from game.validation.laps import drive_stint_log

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stint(cars):
    return drive_stint_log(cars.car({"initial_charge": 0.8}, {}).car, make_oval(), 2)


def test_what_the_pack_gives_is_at_the_shafts_or_became_heat_in_the_motors(stint):
    first, last = stint.energy[1], stint.energy[2]
    lap = stint.laps[1]
    shafts_j = (last.shafts_j - first.shafts_j) - (last.braked_j - first.braked_j)
    heat_j = last.motor_j - first.motor_j
    assert lap.net_j == approx(shafts_j + heat_j, rel=0.01)


def test_the_columns_of_a_lap_are_as_long_as_its_time(stint):
    for number, lap in enumerate(stint.laps, start=1):
        assert len(stint.column("speed_mps", number)) / 60.0 == approx(lap.time_s, abs=0.05)
    assert stint.best_s == min(lap.time_s for lap in stint.laps)
    assert np.all(np.diff(stint.pack_k) > -1e-3)


def test_the_bot_is_set_beside_a_kept_optimum_and_nothing_is_said_without_one(cars, monkeypatch):
    kept = {0.5: 100.0, 0.45: 101.0}

    def kept_lap(_track, _spec, setup):
        share = setup.front_torque_share
        return SimpleNamespace(lap_time_s=kept[share]) if share in kept else None

    monkeypatch.setattr(in_laps, "kept_lap", kept_lap)
    monkeypatch.setattr(in_laps, "make_plan", lambda *_: SimpleNamespace(quasi_steady_s=99.4))
    monkeypatch.setattr(in_laps, "drive_bot_lap", lambda *_: SimpleNamespace(lap_time_s=100.5))
    car = cars.car({"front_torque_share": 0.5}, {})
    assert in_laps.bot_above_optimum_percent(car) == approx(0.5)
    assert in_laps.quasi_steady_below_optimum_s(car) == approx(0.6)
    assert in_laps.optimal_split_cost_s(car, 0.45, 0.5) == approx(1.0)
    assert np.isnan(in_laps.optimal_split_cost_s(car, 0.4, 0.5))
    other = cars.car({"front_torque_share": 0.3}, {})
    assert np.isnan(in_laps.bot_above_optimum_percent(other))
    assert np.isnan(in_laps.quasi_steady_below_optimum_s(other))
