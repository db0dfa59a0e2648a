"""The live difference to the best lap: exact at the line, sensible between the lines."""

import math
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from oval import SMALL_OVAL, make_oval
from pytest import approx

from game.bot.examples.follower import Follower
from game.compiled import Backend
from game.recording.lap_recorder import LapRecorder
from game.recording.lap_trace import PIECES, LapTrace, ReferenceLap
from game.recording.traced_lap import TracedLap
from game.session import Session
from game.simulation.events import LapDone, LapStarted, LapVoid, SectorDone
from game.simulation.world import TICK_S, Start, World
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

LENGTH_M = 1000.0


class Car:
    """Goes round a lap of 1000 m and reports it to a trace, as the world would."""

    def __init__(self, trace, s_m=0.0):
        self.trace = trace
        self.s_m = s_m
        self.tick = 0
        self.lap = 0
        self.lap_start_s = 0.0

    def report_step(self, *events):
        snapshot = SimpleNamespace(
            s_m=self.s_m % LENGTH_M, tick=self.tick, lap=self.lap, lap_start_s=self.lap_start_s
        )
        self.trace.on_step(SimpleNamespace(snapshots=(snapshot,), events=events))

    def start_lap(self, time_s, *events):
        self.lap += 1
        self.lap_start_s = time_s
        self.report_step(*events, LapStarted(0, self.tick, time_s, self.lap))

    def go(self, to_m, speed_mps):
        """Drive to a place of the lap, short of the line."""
        while self.s_m + speed_mps * TICK_S < to_m:
            self.tick += 1
            self.s_m += speed_mps * TICK_S
            self.report_step()

    def cross_line(self, speed_mps, valid=True):
        """Over the line within a tick; the time of the finished lap."""
        time_s = self.tick * TICK_S + (LENGTH_M - self.s_m) / speed_mps
        lap_s = time_s - self.lap_start_s
        self.tick += 1
        self.s_m += speed_mps * TICK_S - LENGTH_M
        self.start_lap(time_s, LapDone(0, self.tick, lap_s, valid))
        return lap_s


def car_at_the_line():
    car = Car(LapTrace(TICK_S, LENGTH_M))
    car.start_lap(0.0)
    return car


SPEEDS_MPS = st.lists(st.floats(30.0, 90.0), min_size=3, max_size=3)  # one for each sector


def drive_sectors(car, speeds_mps, valid=True):
    """Drive a lap whose thirds are sectors; the times of the sectors."""
    times_s, before_s = [], car.lap_start_s
    for number, speed_mps in enumerate(speeds_mps[:-1], start=1):
        end_m = LENGTH_M * number / 3
        car.go(end_m, speed_mps)
        at_s = car.tick * TICK_S + (end_m - car.s_m) / speed_mps
        car.report_step(SectorDone(0, car.tick, at_s - before_s, number))
        times_s.append(at_s - before_s)
        before_s = at_s
    last_mps = speeds_mps[-1]
    car.go(LENGTH_M, last_mps)
    last_s = car.tick * TICK_S + (LENGTH_M - car.s_m) / last_mps - before_s
    car.report_step(SectorDone(0, car.tick, last_s, 3))
    car.cross_line(last_mps, valid)
    return [*times_s, last_s]


def car_of_three_sectors():
    car = Car(LapTrace(TICK_S, LENGTH_M, 0, (0.0, LENGTH_M / 3, 2 * LENGTH_M / 3)))
    car.start_lap(0.0)
    return car


def drive_lap(car, speeds_mps, valid=True):
    for number, speed_mps in enumerate(speeds_mps, start=1):
        car.go(LENGTH_M * number / len(speeds_mps), speed_mps)
    return car.cross_line(speeds_mps[-1], valid)


@settings(max_examples=40, deadline=None)
@given(
    first=st.lists(st.floats(30.0, 90.0), min_size=1, max_size=4),
    second=st.lists(st.floats(30.0, 90.0), min_size=1, max_size=4),
)
def test_the_delta_grows_into_the_difference_of_the_lap_times(first, second):
    car = car_at_the_line()
    first_s = drive_lap(car, first)
    for number, speed_mps in enumerate(second, start=1):
        car.go(LENGTH_M * number / len(second), speed_mps)
    speed_mps = second[-1]
    left_s = (LENGTH_M - car.s_m) / speed_mps
    delta_s = car.trace.delta_s
    at_line_s = car.tick * TICK_S + left_s - car.lap_start_s - first_s
    # The last tick before the line is up to one tick away from it, at either lap's pace.
    assert delta_s == approx(at_line_s, abs=left_s + left_s * speed_mps / first[-1] + 1e-9)


def test_a_driver_of_an_oval_sees_the_difference_of_two_laps_to_a_millisecond():
    track, spec, setup = make_oval(SMALL_OVAL), load_car(), Setup()
    s_m = track.length_m - 10.0
    start = Start(spec, setup, track.centreline.pose(s_m), s_m, speed_mps=20.0)
    world = World(track, [start], Backend.COMPILED)
    trace, laps = LapTrace(TICK_S, track.length_m), LapRecorder(TICK_S)
    session = Session(world, [Follower()], [laps, trace], ticks_per_step=1)
    deltas_s = []
    while len(laps.laps) < 3:
        before_s, before = trace.delta_s, trace.best
        session.step()
        if len(laps.laps) > len(deltas_s):
            deltas_s.append((before_s, before))
    for (delta_s, best), lap in list(zip(deltas_s, laps.laps, strict=True))[1:]:
        assert delta_s == approx(lap.time_s - best.time_s, abs=1e-3)


def test_there_is_no_delta_before_there_is_a_lap_to_compare_with():
    car = car_at_the_line()
    assert car.trace.delta_s is None
    car.go(400.0, 40.0)
    assert car.trace.delta_s is None
    assert car.trace.predicted_s is None
    assert car.trace.last_deltas_s(50) == []


def test_a_lap_at_the_same_pace_is_never_ahead_nor_behind():
    car = car_at_the_line()
    drive_lap(car, [50.0])
    car.go(900.0, 50.0)
    assert car.trace.delta_s == approx(0.0, abs=1e-9)
    assert car.trace.last_deltas_s(20) == approx([0.0] * 20, abs=1e-9)


def test_half_a_lap_at_half_the_pace_costs_its_time_and_the_rest_costs_nothing():
    car = car_at_the_line()
    drive_lap(car, [50.0])
    car.go(500.0, 25.0)
    assert car.trace.delta_s == approx(10.0, abs=0.01)
    car.go(950.0, 50.0)
    assert car.trace.delta_s == approx(10.0, abs=0.01)
    assert car.trace.predicted_s == approx(30.0, abs=0.01)


def test_the_quicker_of_two_valid_laps_is_the_one_to_beat():
    car = car_at_the_line()
    slow_s, quick_s = drive_lap(car, [40.0]), drive_lap(car, [50.0])
    drive_lap(car, [45.0])
    assert slow_s > quick_s
    assert car.trace.best.time_s == quick_s
    assert car.trace.best.times_s[-1] == quick_s


def test_a_lap_that_does_not_count_is_not_compared_with():
    car = car_at_the_line()
    drive_lap(car, [80.0], valid=False)
    assert car.trace.best is None
    car.go(100.0, 50.0)
    assert car.trace.delta_s is None


def test_the_best_lap_outlives_a_restart():
    car = car_at_the_line()
    drive_lap(car, [50.0])
    car.trace.restart()
    assert car.trace.delta_s is None
    again = Car(car.trace)
    again.start_lap(0.0)
    again.go(300.0, 50.0)
    assert again.trace.delta_s == approx(0.0, abs=1e-9)


def test_from_the_grid_the_way_to_the_line_counts_as_time_only():
    car = car_at_the_line()
    drive_lap(car, [50.0])
    grid = Car(car.trace, s_m=-10.0)
    car.trace.restart()
    grid.lap = 1  # the clock runs from the first tick
    grid.report_step()
    grid.go(500.0, 50.0)
    assert grid.trace.delta_s == approx(10.0 / 50.0, abs=1e-6)


def test_rolling_back_and_on_again_counts_as_time_only():
    car = car_at_the_line()
    drive_lap(car, [50.0])
    car.go(303.0, 50.0)
    for _ in range(240):
        car.tick += 1
        car.s_m -= 5.0 * TICK_S
        car.report_step()
    car.go(700.0, 50.0)
    assert car.trace.delta_s == approx(1.0 + 5.0 / 50.0, abs=0.01)


def test_a_line_crossed_with_gates_missed_begins_a_new_comparison():
    car = car_at_the_line()
    drive_lap(car, [50.0])
    car.go(900.0, 25.0)
    car.s_m = 0.0
    car.start_lap(car.tick * TICK_S, LapVoid(0, car.tick, 0.0, 5))
    assert car.trace.delta_s == approx(0.0, abs=1e-9)
    car.go(200.0, 50.0)
    assert car.trace.delta_s == approx(0.0, abs=1e-9)


def test_what_happens_to_other_cars_is_not_ours():
    car = car_at_the_line()
    car.go(500.0, 50.0)
    car.report_step(LapDone(1, car.tick, 3.0, True), LapStarted(1, car.tick, 3.0, 2))
    assert car.trace.best is None
    assert drive_lap(car, [50.0]) == car.trace.best.time_s


@given(travelled_m=st.floats(-50.0, LENGTH_M + 50.0))
def test_a_traced_lap_knows_the_time_everywhere(travelled_m):
    lap = TracedLap(20.0, 250.0, (0.0, 5.0, 10.0, 15.0, 20.0))
    assert lap.time_at(travelled_m) == approx(min(max(travelled_m / 50.0, 0.0), 20.0), abs=1e-9)
    assert not math.isnan(lap.time_at(travelled_m))


@settings(max_examples=25, deadline=None)
@given(laps=st.lists(SPEEDS_MPS, min_size=2, max_size=4))
def test_at_the_line_the_delta_to_every_reference_is_the_difference_of_the_lap_times(laps):
    car = car_of_three_sectors()
    trace = car.trace
    references = {
        "best": lambda: trace.best,
        "session": lambda: trace.session_best,
        "last": lambda: trace.last,
        "sectors": lambda: trace.best_sectors.lap,
    }
    driven_s = [sum(drive_sectors(car, laps[0]))]
    for number, speeds_mps in enumerate(laps[1:]):
        name = list(references)[number % len(references)]
        reference = references[name]()
        trace.find_reference = lambda name=name, lap=reference: ReferenceLap(name, lap)
        driven_s.append(sum(drive_sectors(car, speeds_mps)))
        assert trace.line.name == name
        assert trace.line.delta_s == approx(driven_s[-1] - reference.time_s, abs=1e-9)
        assert sum(trace.line.gains_s) == approx(trace.line.delta_s, abs=1e-9)
        assert len(trace.line.gains_s) == PIECES


@settings(max_examples=25, deadline=None)
@given(laps=st.lists(SPEEDS_MPS, min_size=1, max_size=4))
def test_the_best_sectors_together_take_the_sum_of_their_times(laps):
    car = car_of_three_sectors()
    sectors_s = [drive_sectors(car, speeds_mps) for speeds_mps in laps]
    together = car.trace.best_sectors.lap
    assert together.time_s == approx(sum(map(min, zip(*sectors_s, strict=True))), abs=1e-9)
    assert together.time_s <= car.trace.best.time_s + 1e-9
    assert list(together.times_s) == sorted(together.times_s)
    slowest_s = sorted(sum(each) for each in sectors_s)[-1]
    assert all(before <= slowest_s for before in together.times_s)


def test_sectors_of_a_lap_that_does_not_count_are_not_among_the_best():
    car = car_of_three_sectors()
    drive_sectors(car, [80.0, 80.0, 80.0], valid=False)
    assert car.trace.best_sectors.lap is None
    drive_sectors(car, [40.0, 40.0, 40.0])
    assert car.trace.best_sectors.lap.time_s == approx(25.0, abs=1e-6)


def test_a_lap_of_a_circuit_with_other_sectors_is_not_put_together_with_todays():
    car = car_of_three_sectors()
    car.trace.race(TracedLap(20.0, 5.0, tuple(0.1 * mark for mark in range(201))), (10.0, 10.0))
    assert car.trace.best_sectors.lap is None
    assert car.trace.best.time_s == 20.0


def test_a_piece_of_the_lap_that_is_driven_slower_is_the_one_that_is_lost():
    car = car_at_the_line()
    drive_lap(car, [50.0])
    car.go(500.0, 50.0)
    car.go(600.0, 25.0)
    car.go(900.0, 50.0)
    gains_s = car.trace.gains_s(10)
    assert gains_s[5] == approx(2.0, abs=0.01)
    assert [abs(each) < 0.01 for each in gains_s] == [number != 5 for number in range(len(gains_s))]
    assert len(gains_s) == 8
