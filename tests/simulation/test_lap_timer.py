"""The stopwatch: gates in order, crossings interpolated, nothing given for going backwards."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.simulation.events import (
    CarTick,
    LapDone,
    LapStarted,
    LapVoid,
    SectorDone,
    empty_log,
    read_out,
)
from game.simulation.lap_timer import (
    GateLine,
    LapClock,
    Move,
    clock_before_the_line,
    clock_from_standstill,
    crossing,
    gate_lines,
    time_lap,
)
from game.track.gates import Gate
from game.track.levels import GROUND

TICK_S = 1.0 / 240.0
RADIUS_M = 100.0
GATES = 12
LAP_M = 2.0 * math.pi * RADIUS_M


def circle_gate(number):
    """A gate of a circle driven anticlockwise from (100, 0), its line pointing at the middle."""
    angle_rad = 2.0 * math.pi * number / GATES
    sector = {4: 1, 8: 2}.get(number, 0)  # the sector that begins there
    x_m, y_m = RADIUS_M * math.cos(angle_rad), RADIUS_M * math.sin(angle_rad)
    return Gate(LAP_M * number / GATES, x_m, y_m, angle_rad + math.pi / 2.0, 10.0, sector)


@pytest.fixture(scope="module")
def gates(ground):
    return gate_lines(ground(gates=[circle_gate(number) for number in range(GATES)]))


def place(s_m, radius_m=RADIUS_M):
    angle_rad = s_m / RADIUS_M
    return radius_m * math.cos(angle_rad), radius_m * math.sin(angle_rad)


def drive(gates, clock, way, first_tick=0):
    """The events of a way given place by place, one a tick."""
    log = empty_log()
    events = []
    for tick, (here, there) in enumerate(pairwise(way), start=first_tick):
        time_lap(clock, gates, log, CarTick(0, tick, TICK_S), Move(*here, *there, GROUND))
        events += read_out(log)
    return events


def steadily(from_m, to_m, speed_mps, radius_m=RADIUS_M):
    step_m = speed_mps * TICK_S * (1.0 if to_m > from_m else -1.0)
    return [
        place(from_m + step_m * tick, radius_m) for tick in range(int((to_m - from_m) / step_m))
    ]


def kinds(events):
    return [type(event) for event in events]


@pytest.mark.parametrize("speed_mps", [7.3, 30.0, 61.1])
def test_a_lap_at_constant_speed_is_timed_to_a_tenth_of_a_millisecond(gates, speed_mps):
    events = drive(gates, clock_before_the_line(), steadily(-20.0, 2.2 * LAP_M, speed_mps))
    laps = [event.time_s for event in events if isinstance(event, LapDone)]
    assert laps == [approx(LAP_M / speed_mps, abs=1e-4)] * 2


@given(st.floats(5.0, 61.0), st.floats(-30.0, -5.0))
def test_the_start_is_timed_within_the_tick_too(gates, speed_mps, from_m):
    events = drive(gates, clock_before_the_line(), steadily(from_m, 10.0, speed_mps))
    assert kinds(events) == [LapStarted]
    assert events[0].start_s == approx(-from_m / speed_mps, abs=1e-4)


def test_the_sectors_are_numbered_and_add_up_to_the_lap(gates):
    events = drive(gates, clock_before_the_line(), steadily(-20.0, 1.1 * LAP_M, 40.0))
    sectors = [event for event in events if isinstance(event, SectorDone)]
    (lap,) = [event for event in events if isinstance(event, LapDone)]
    assert [event.sector for event in sectors] == [1, 2, 3]
    assert sum(event.time_s for event in sectors) == approx(lap.time_s, abs=1e-12)
    assert [event.time_s for event in sectors] == [approx(lap.time_s / 3.0, abs=2e-4)] * 3


def test_a_flying_lap_begins_where_the_last_one_ended(gates):
    events = drive(gates, clock_before_the_line(), steadily(-20.0, 2.1 * LAP_M, 40.0))
    started = [event.start_s for event in events if isinstance(event, LapStarted)]
    done = [event.time_s for event in events if isinstance(event, LapDone)]
    assert started[1] - started[0] == approx(done[0], abs=1e-12)
    assert started[2] - started[1] == approx(done[1], abs=1e-12)


def test_a_standing_lap_is_timed_from_the_start_and_not_from_the_line(gates):
    clock = clock_from_standstill()
    events = drive(gates, clock, steadily(-15.0, 1.1 * LAP_M, 30.0))
    assert kinds(events).count(LapStarted) == 1  # the second lap
    (lap,) = [event.time_s for event in events if isinstance(event, LapDone)]
    assert lap == approx((LAP_M + 15.0) / 30.0, abs=1e-4)


def test_crossing_the_line_backwards_is_not_a_lap(gates):
    clock = clock_before_the_line()
    events = drive(gates, clock, steadily(20.0, -2.2 * LAP_M, 30.0))
    assert events == []
    assert clock == clock_before_the_line()


def test_reversing_over_the_line_and_crossing_again_is_not_a_lap(gates):
    clock = clock_before_the_line()
    way = steadily(-10.0, 10.0, 10.0) + steadily(10.0, -10.0, 10.0) + steadily(-10.0, 10.0, 10.0)
    events = drive(gates, clock, way)
    assert kinds(events) == [LapStarted, LapVoid, LapStarted]
    assert LapDone not in kinds(events)


def test_a_lap_in_which_one_gate_was_driven_around_is_void_and_names_it(gates):
    clock = clock_before_the_line()
    way = (
        steadily(-10.0, 4.5 * LAP_M / GATES, 30.0)
        + steadily(4.5 * LAP_M / GATES, 5.5 * LAP_M / GATES, 30.0, radius_m=RADIUS_M - 15.0)
        + steadily(5.5 * LAP_M / GATES, 1.05 * LAP_M, 30.0)
    )
    events = drive(gates, clock, way)
    assert LapDone not in kinds(events)
    (void,) = [event for event in events if isinstance(event, LapVoid)]
    assert void.missed_gate == 5
    assert kinds(events)[-1] == LapStarted


def test_a_shortcut_across_the_middle_is_no_lap(gates):
    there = place(LAP_M / 3.0)
    back = place(LAP_M - 20.0)
    chord = [
        (there[0] + share * (back[0] - there[0]), there[1] + share * (back[1] - there[1]))
        for share in (index / 500.0 for index in range(500))
    ]
    way = steadily(-10.0, LAP_M / 3.0, 30.0) + chord + steadily(LAP_M - 20.0, LAP_M + 10.0, 30.0)
    assert LapDone not in kinds(drive(gates, clock_before_the_line(), way))


def test_the_lap_after_a_void_one_counts(gates):
    clock = clock_before_the_line()
    way = steadily(-10.0, 10.0, 30.0) + steadily(10.0, -10.0, 30.0)
    way += steadily(-10.0, 1.05 * LAP_M, 30.0)
    laps = [event.time_s for event in drive(gates, clock, way) if isinstance(event, LapDone)]
    assert laps == [approx(LAP_M / 30.0, abs=1e-4)]


def test_driving_past_the_end_of_the_line_is_not_crossing_it(gates):
    events = drive(gates, clock_before_the_line(), steadily(-10.0, 10.0, 30.0, radius_m=111.0))
    assert events == []
    assert drive(gates, clock_before_the_line(), steadily(-10.0, 10.0, 30.0, radius_m=109.0)) != []


def test_stopping_on_the_line_counts_it_once(gates):
    clock = clock_before_the_line()
    events = drive(gates, clock, [*steadily(-3.0, 0.0, 5.0), *[place(0.0)] * 5, place(0.5)])
    assert kinds(events) == [LapStarted]


@given(st.floats(-9.9, 9.9), st.floats(0.001, 0.999), st.floats(0.01, 1.0))
def test_a_crossing_is_where_the_straight_way_meets_the_line(aside_m, share, length_m):
    line = GateLine(0.0, 0.0, 1.0, 0.0, 10.0, 1, GROUND)  # along y, driven along x
    from_m = -share * length_m
    found = crossing(line, Move(from_m, aside_m, from_m + length_m, aside_m, GROUND))
    assert found == approx(share, abs=1e-9)
    assert crossing(line, Move(from_m + length_m, aside_m, from_m, aside_m, GROUND)) == -1.0


def test_without_gates_the_clock_never_runs():
    clock = LapClock()
    assert drive(gate_lines(None), clock, steadily(-10.0, 10.0, 30.0)) == []
    assert clock == LapClock()


def test_a_world_reports_the_line_when_the_cars_centre_crosses_it(alone, ground):
    line = Gate(0.0, 12.0, 0.0, 0.0, 5.0, 0)
    world = alone(30.0, track=ground(rolling_resistance=0.0, gates=[line]))
    events = [event for _ in range(240) for event in world.step([(0, 0, 0, 0)]).events]
    assert kinds(events) == [LapStarted]
    assert events[0].start_s == approx(12.0 / 30.0, abs=2e-3)  # drag takes a millisecond
