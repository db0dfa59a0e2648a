"""Results add up what an entrant has driven."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.headless.fleet import LapsLost, StintDone, StintLapDone
from game.headless.results import Results
from game.headless.stint import LapRun, Stint
from game.recording.lap_recorder import Lap


def lap_done(number, time_s=100.0, valid=True):
    lap = Lap(number, time_s, (), valid, 1.8e7 + number, 3.6e6, 60.0, ())
    return StintLapDone(Stint(0, number, number, 1), lap)


def stint_done(number, state_hash):
    return StintDone(
        Stint(0, number, number, 1), LapRun((), 99.0, 2400, 0.5, 20.0, state_hash, True)
    )


def results_of(*events):
    results = Results(None)
    for each in events:
        results.add(each)
    return results


@given(times_s=st.lists(st.floats(50.0, 200.0), min_size=1, max_size=12), order=st.randoms())
def test_the_order_in_which_events_come_changes_nothing(times_s, order):
    events = [
        each
        for number, time_s in enumerate(times_s, start=1)
        for each in (lap_done(number, time_s), stint_done(number, f"hash {number}"))
    ]
    shuffled = list(events)
    order.shuffle(shuffled)
    sorted_results, results = results_of(*events), results_of(*shuffled)
    assert results.laps == sorted_results.laps
    assert results.state_hash == sorted_results.state_hash
    assert results.best_s == min(times_s)
    assert results.median_s == statistics.median(times_s)
    if len(times_s) > 1 and len(set(times_s)) == 1:
        assert results.spread_s is None  # nothing varies
    else:
        assert 0.0 <= results.spread_s <= max(times_s) - min(times_s)


def test_the_spread_is_that_of_the_middle_half():
    times_s = (100.0, 101.0, 102.0, 103.0, 150.0)
    results = results_of(*(lap_done(number, time_s) for number, time_s in enumerate(times_s, 1)))
    assert results.spread_s == approx(2.0)


def stint_of(number, *times_s):
    stint = Stint(0, number, 3 * number - 2, len(times_s))
    laps = [
        Lap(stint.first_lap + lap, time_s, (), True, 1.8e7, 3.6e6, 60.0, ())
        for lap, time_s in enumerate(times_s)
    ]
    return [StintLapDone(stint, lap) for lap in laps]


def test_stints_that_are_driven_alike_have_no_spread():
    first, second = stint_of(1, 101.0, 100.0, 99.0), stint_of(2, 101.0, 100.0, 99.0)
    alike = results_of(*first, *second, *stint_of(3, 101.0))
    assert (alike.repeats, alike.spread_s, alike.best_s) == (3, None, 99.0)
    varied = results_of(*first, *stint_of(2, 101.0, 100.0, 99.1))
    assert (varied.repeats, varied.spread_s) == (1, approx(1.425))
    assert results_of(*first).repeats == 1
    assert results_of(*first).spread_s == approx(1.0)
    assert results_of().repeats == 1


def test_laps_that_do_not_count_are_listed_and_not_reckoned_with():
    results = results_of(lap_done(1, 90.0, valid=False), lap_done(2, 100.0))
    assert len(results.laps) == 2
    assert results.valid_laps == 1
    assert results.best_s == results.median_s == 100.0


@pytest.mark.parametrize("name", ["best_s", "median_s", "spread_s", "median_drawn_j"])
def test_who_has_no_valid_lap_has_no_such_figure(name):
    results = results_of(LapsLost(Stint(0, 1, 1, 1), 1, 1, "lost"), lap_done(2, valid=False))
    assert getattr(results, name) is None


def test_a_single_stint_ends_in_its_own_state_and_several_in_one_of_their_own():
    assert results_of(stint_done(1, "abc")).state_hash == "abc"
    both = results_of(stint_done(1, "abc"), stint_done(2, "def")).state_hash
    assert both != results_of(stint_done(1, "def"), stint_done(2, "abc")).state_hash


def test_work_is_added_up_over_stints():
    results = results_of(stint_done(1, "abc"), stint_done(2, "def"))
    assert results.ticks == 4800
    assert results.wall_s == 1.0
    assert results.realtime_factor == approx(20.0)
