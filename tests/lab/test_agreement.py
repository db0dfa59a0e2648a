"""Prediction and laps agree if they find the same best split and its cost."""

import pytest

from game.lab.agreement import REFERENCE, Agreement, SplitFigures
from game.tuning.measurement import Balance

SPLITS = (0.2, 0.25, 0.3, REFERENCE, 0.8)
DRIVEN_S = (102.0, 101.9, 101.95, 102.2, 103.2)


def figures(times_s, drawn_kwh=4.9, understeer=0.8):
    return [SplitFigures(each, drawn_kwh, 0.5, Balance(understeer, 0.2, 0.1)) for each in times_s]


def over(times_s, **others):
    return Agreement(SPLITS, figures(times_s, **others), figures(DRIVEN_S))


def test_times_that_differ_by_the_same_everywhere_agree():
    found = over([each - 0.4 for each in DRIVEN_S])
    assert found.best == (0.25, 0.25)
    assert found.misses_s == pytest.approx([0.0] * 5)
    assert found.holds


def test_a_best_split_one_step_away_agrees_and_two_steps_away_does_not():
    assert over((102.0, 101.95, 101.9, 102.2, 103.2)).best == (0.3, 0.25)
    assert over((102.0, 101.95, 101.9, 102.2, 103.2)).holds
    assert not over((102.0, 101.9, 101.95, 101.89, 102.9)).holds


@pytest.mark.parametrize(
    ("at", "later_s", "holds"),
    [(0, 0.09, True), (0, 0.11, False), (4, 0.29, True), (4, 0.31, False)],
)
def test_a_difference_may_miss_by_100_ms_or_30_per_cent(at, later_s, holds):
    times_s = list(DRIVEN_S)
    times_s[at] += later_s
    assert over(times_s).holds == holds


def test_the_worst_of_all_splits_is_told_with_its_sign():
    found = over(DRIVEN_S, drawn_kwh=4.41, understeer=0.3)
    assert found.worst("drawn_kwh") == pytest.approx(-0.1)
    assert found.worst_balance("understeer_deg_per_g") == pytest.approx(-0.5)
