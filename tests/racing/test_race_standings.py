"""A pit wall shows the cars in their order, with gaps that add up."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.racing.lap_chart import places_by_lap
from game.racing.race_standings import race_standings


@settings(max_examples=20)
@given(speeds_mps=st.lists(st.floats(40.0, 90.0), min_size=2, max_size=5, unique=True))
def test_the_faster_car_is_above_and_gaps_grow_down_the_list(cars, speeds_mps):
    race = cars(len(speeds_mps))
    race.wait_for_the_start()
    for _ in range(60):
        race.step(speeds_mps)
    shown = race_standings(race.control)
    assert [each.car for each in shown] == race.control.timing.order()
    gaps_s = [each.gap_s for each in shown]
    assert gaps_s[0] == 0.0
    assert gaps_s == sorted(gaps_s)
    assert gaps_s[-1] == pytest.approx(math.fsum(each.interval_s for each in shown))


def test_who_has_retired_is_last_though_it_led(cars):
    race = cars(3)
    race.wait_for_the_start()
    for _ in range(100):
        race.step([80.0, 60.0, 50.0])
    race.control.retire(0, "stopped")
    assert [each.car for each in race_standings(race.control)] == [1, 2, 0]
    assert race_standings(race.control)[-1].retired == "stopped"


def test_a_car_that_was_passed_by_the_leader_is_a_lap_down(cars):
    race = cars(2, laps=4)
    race.wait_for_the_start()
    laps_down = []
    while race.control.timing.cars[0].distance_m < 3.1 * race.lap_m:
        race.step([90.0, 45.0])
        laps_down.append(race_standings(race.control)[1].laps_down)
    assert laps_down[0] == 0
    assert laps_down == sorted(laps_down)
    assert laps_down[-1] == 1


@given(times=st.lists(st.lists(st.floats(30.0, 60.0), max_size=6), min_size=1, max_size=8))
def test_each_lap_has_each_place_of_those_who_finished_it_once(times):
    chart = places_by_lap(times)
    assert [places[0] for places in chart] == list(range(1, len(times) + 1))
    assert [len(places) - 1 for places in chart] == [len(of_car) for of_car in times]
    for lap in range(1, max(map(len, chart))):
        shown = sorted(places[lap] for places in chart if lap < len(places))
        assert shown == list(range(1, len(shown) + 1))


def test_who_loses_time_loses_its_place_in_that_lap():
    assert places_by_lap([[50.0, 60.0], [51.0, 52.0]]) == [[1, 1, 2], [2, 2, 1]]
