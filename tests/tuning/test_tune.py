"""Tuning: the best is found, by the same path for the same seed."""

import pytest
from stub_laps import BEST_SHARE, lost_laps, quick_laps

from game.errors import InputError
from game.tuning.goal import read_goal
from game.tuning.measurement import Ledger, Measurement
from game.tuning.values import read_axes
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytest.importorskip("optuna")

from game.tuning.tune import tune

pytestmark = pytest.mark.slow

SPEC = load_car()
QUICKEST = read_goal("time")
AXES = read_axes(["front_torque_share=0:1", "tyre", "abs=0:5"], SPEC)


def search(budget, seed, goal=QUICKEST, axes=AXES, laps=quick_laps):
    return tune(
        Setup(), axes, goal, budget, seed, lambda setups: [laps(None, s, 2) for s in setups]
    )


def best_of(path, goal=QUICKEST):
    return min(path, key=lambda setup: goal.score(quick_laps(None, setup, 2)))


def test_the_best_split_is_found():
    best = best_of(search(48, 1))
    assert best.front_torque_share == pytest.approx(BEST_SHARE, abs=0.05)
    assert best.tyre == "slick"


def test_with_energy_in_the_goal_the_best_lies_where_it_pays():
    goal = read_goal("time + 4*energy")  # 20 x^2 - 4 x is least at x = 0.1
    best = best_of(search(48, 1, goal, read_axes(["front_torque_share=0:1"], SPEC)), goal)
    assert best.front_torque_share == pytest.approx(BEST_SHARE + 0.1, abs=0.03)


def test_the_same_seed_takes_the_same_path_and_another_seed_another():
    assert search(20, 7) == search(20, 7)
    assert search(20, 7) != search(20, 8)


def test_the_path_begins_at_the_start_and_is_as_long_as_was_asked():
    path = search(11, 3)
    assert path[0] == Setup()
    assert len(path) == 11


def test_a_start_outside_of_what_is_varied_is_no_hindrance():
    path = search(9, 3, axes=read_axes(["front_torque_share=0.6:0.9"], SPEC))
    assert all(0.6 <= setup.front_torque_share <= 0.9 for setup in path)


def test_setups_that_do_not_get_round_are_left_behind():
    path = search(40, 2, laps=lost_laps)
    assert sum(setup.tyre == "sport" for setup in path[-16:]) <= 6


@pytest.mark.parametrize("text", ["speed", "", "time+", "time*2", "0*time", "-1*time", "nan*time"])
def test_a_goal_that_is_none_is_one_line(text):
    with pytest.raises(InputError, match="--goal"):
        read_goal(text)


def test_energy_is_what_is_drawn_less_what_is_regained():
    measured = Measurement((100.0,), ledger=Ledger(drawn_kwh=5.0, regained_kwh=0.7))
    assert read_goal("energy").score(measured) == pytest.approx(4.3)
    assert read_goal("time+2*energy").score(measured) == pytest.approx(108.6)


def test_no_lap_is_as_far_from_any_goal_as_can_be():
    assert QUICKEST.score(Measurement(lost="x")) == float("inf")
