"""The field has its colours, numbers and paces, and stands where the player has chosen."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.car.livery import LIVERIES, WORKS
from game.app.driving.race_field import field_paces, grid_order
from game.app.driving.settings import RaceSettings
from game.racing.rules import race_rules

PACES = (0.95, 0.92, 0.89)
LAPS_S = (100.0, 104.0, 108.0)


def player_at(grid, best_s):
    order = grid_order([WORKS], RaceSettings(grid=grid), PACES, LAPS_S, best_s)
    return next(place for place, each in enumerate(order) if each.is_player)


@pytest.mark.parametrize(("best_s", "place"), [(99.0, 0), (102.0, 1), (110.0, 3), (math.inf, 3)])
def test_the_players_best_lap_has_its_place_among_the_planned_ones(best_s, place):
    assert player_at("lap", best_s) == place


def test_a_reversed_grid_has_the_slower_ones_in_front():
    order = grid_order([WORKS], RaceSettings(grid="reversed"), PACES, LAPS_S, 102.0)
    assert [each.pace for each in order if not each.is_player] == sorted(PACES)
    assert player_at("reversed", 102.0) == 2


@pytest.mark.parametrize(("grid", "place"), [("first", 0), ("last", 3)])
def test_who_wants_to_start_first_or_last_does(grid, place):
    assert player_at(grid, 102.0) == place


@given(
    player=st.sampled_from(LIVERIES),
    number=st.integers(1, 99),
    cars=st.integers(2, 64),
    boxes=st.integers(2, 24),
)
def test_no_two_cars_have_the_same_number_and_all_fit_the_grid(player, number, cars, boxes):
    settings = RaceSettings(field=cars)
    paces = field_paces(settings, boxes)
    own = player._replace(number=str(number))
    order = grid_order([own], settings, paces, [100.0] * len(paces), math.inf)
    assert len(order) == min(cars, boxes)
    assert len({each.livery.number for each in order}) == len(order)
    assert len({each.livery[1:] for each in order}) == len(order)


@pytest.mark.parametrize("strength", ["easy", "medium", "strong"])
def test_the_paces_of_a_field_are_those_of_its_strength(strength):
    paces = field_paces(RaceSettings(strength=strength, field=5), 24)
    last, first = getattr(race_rules().strengths, strength).paces
    assert (paces[0], paces[-1]) == (first, last)
    assert list(paces) == sorted(paces, reverse=True)
