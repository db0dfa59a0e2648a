"""Strengths are what finishing orders make most likely; more races make them surer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from game.league.strength import (
    _POINTS,
    MEAN_STRENGTH,
    Strength,
    _cost,
    _gradient,
    _hessian,
    strengths,
    win_chance,
)

ORDERS = st.lists(st.permutations(range(4)), min_size=1, max_size=8)


def drawn_orders(points, races, seed):
    """Finishing orders of bots of these strengths: the least of exponential times comes first."""
    rng = np.random.default_rng(seed)
    worth = np.exp(np.array(points) / _POINTS)
    return [np.argsort(rng.exponential(1.0 / worth)).tolist() for _ in range(races)]


@given(orders=ORDERS)
@settings(max_examples=25)
def test_only_the_orders_count_and_not_which_race_was_when(orders):
    forth, back = strengths(4, orders), strengths(4, orders[::-1])
    assert np.array(forth) == pytest.approx(np.array(back), abs=1e-3)
    assert np.mean([each.points for each in forth]) == pytest.approx(MEAN_STRENGTH)


@given(orders=ORDERS)
@settings(max_examples=25)
def test_who_is_always_in_front_is_stronger_and_names_do_not_matter(orders):
    ahead = [[4, *order] for order in orders]
    found = strengths(5, ahead)
    assert found[4].points > max(each.points for each in found[:4])
    turned = strengths(5, [[(bot + 1) % 5 for bot in order] for order in ahead])
    assert [each.points for each in turned[1:]] + [turned[0].points] == pytest.approx(
        [each.points for each in found], abs=1e-3
    )


def test_more_races_make_it_surer():
    few, many = (strengths(2, [[0, 1], [1, 0]] * count) for count in (2, 20))
    assert few[0].points == pytest.approx(few[1].points)
    assert many[0].spread < 0.5 * few[0].spread


def test_without_a_race_nothing_is_known_and_with_one_not_everything():
    nothing, one = strengths(2, []), strengths(2, [[0, 1]])
    assert nothing[0] == nothing[1]
    assert 0.0 < one[0].points - one[1].points < 400.0
    assert one[0].spread < nothing[0].spread


def test_strengths_that_orders_were_drawn_with_are_found_within_their_spread():
    true = [1700.0, 1560.0, 1480.0, 1260.0]
    off = []
    for seed in range(20):
        found = strengths(4, drawn_orders(true, 40, seed))
        off += [(each.points - at) / each.spread for each, at in zip(found, true, strict=True)]
    assert abs(np.mean(off)) < 0.3
    assert 0.75 < np.std(off) < 1.25  # as a standard deviation says


def test_four_hundred_points_more_win_ten_times_as_often():
    assert win_chance(Strength(1900.0, 50.0), Strength(1500.0, 50.0)) == pytest.approx(10.0 / 11.0)


def test_slopes_and_curvatures_are_those_of_the_cost():
    races = [np.array(order) for order in drawn_orders([1500.0, 1600.0, 1400.0], 5, 1)]
    at = np.array([0.3, -0.2, 0.1])
    assert _gradient(at, races) == pytest.approx(approx_fprime(at, _cost, 1e-7, races), abs=1e-5)
    for axis in range(3):
        slope = approx_fprime(at, lambda x, axis=axis: _gradient(x, races)[axis], 1e-7)
        assert _hessian(at, races)[axis] == pytest.approx(slope, abs=1e-5)
