"""A session knows its cars' laps and how far each has come."""

from copy import deepcopy

import pytest
from oval import make_oval

from game.recording.lap_recorder import Lap, LapExcursion, LapRecorder
from game.session import Session
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import PEDAL_STEPS, Controls

OVAL = make_oval()


class Throttle:
    """Keeps a pedal down and steers nowhere."""

    ticks_per_decision = 4

    def __init__(self, throttle=PEDAL_STEPS, reverse=0):
        self.controls = Controls(0, throttle, 0, reverse)
        self.laps = []

    def decide(self, _):
        return self.controls

    def lap_done(self, lap):
        self.laps.append(lap)


class GateToGate:
    """Takes a car through every gate of a lap: a step on each side."""

    def __init__(self, session, car=0):
        self.session, self.car = session, car

    def drive_lap(self):
        for gate in (*OVAL.gates[1:], OVAL.gates[0]):
            before_m = (gate.s_m - 0.6) % OVAL.length_m
            self.session.place(self.car, OVAL.centreline.pose(before_m), before_m)
            while self.behind(gate.s_m) < 0.2:
                self.session.step()

    def behind(self, s_m):
        length_m = OVAL.length_m
        now_m = self.session.snapshots[self.car].s_m
        return (now_m - s_m + 0.5 * length_m) % length_m - 0.5 * length_m


def session_of(spec, drivers, listeners=()):
    boxes = OVAL.grid[: len(drivers)]
    starts = [Start(spec, Setup(), Pose(*box[:3]), box.s_m) for box in boxes]
    return Session(World(OVAL, starts), drivers, listeners)


def test_the_session_records_each_cars_laps_as_a_listener_would(spec):
    listeners = [LapRecorder(TICK_S, 0), LapRecorder(TICK_S, 1)]
    drivers = [Throttle(), Throttle()]
    session = session_of(spec, drivers, listeners)
    gates = GateToGate(session, car=1)
    while session.snapshots[1].lap == 0:
        session.step()
    for _ in range(2):
        gates.drive_lap()
    assert len(session.lap_recorders[1].laps) == 2
    assert [recorder.laps for recorder in session.lap_recorders] == [
        recorder.laps for recorder in listeners
    ]
    assert session.lap_recorders[1].laps[1].top_speed_mps > 0.0
    assert [lap.time_s for lap in drivers[1].laps] == [
        lap.time_s for lap in session.lap_recorders[1].laps
    ]


def test_before_the_line_progress_is_what_is_missing_to_it(spec):
    session = session_of(spec, [Throttle(0), Throttle(0)])
    pole, second = OVAL.grid[:2]
    assert session.progress_m == pytest.approx(
        (pole.s_m - OVAL.length_m, second.s_m - OVAL.length_m)
    )


def test_progress_grows_over_the_line_and_lap_after_lap(spec):
    session = session_of(spec, [Throttle()])
    gates = GateToGate(session)
    while session.snapshots[0].lap == 0:
        session.step()
    assert 0.0 <= session.progress_m[0] < 1.0
    for lap in (1, 2):
        gates.drive_lap()
        assert session.progress_m[0] == pytest.approx(
            lap * OVAL.length_m + session.snapshots[0].s_m
        )


def test_a_car_that_rolls_back_over_the_line_loses_what_it_goes_back(spec):
    session = session_of(spec, [Throttle(reverse=1)])
    session.place(0, OVAL.centreline.pose(0.5), 0.5)
    while session.snapshots[0].s_m < 1.0 or session.snapshots[0].s_m > OVAL.length_m - 1.0:
        session.step()
    assert session.progress_m[0] == pytest.approx(session.snapshots[0].s_m - OVAL.length_m)
    assert session.progress_m[0] < -1.0


def test_on_a_plain_without_end_progress_is_the_way_along_it(spec):
    world = World(None, [Start(spec, Setup(), Pose(3.0, 0.0, 0.0), 3.0)])
    session = Session(world, [Throttle()])
    for _ in range(50):
        session.step()
    assert session.progress_m[0] == pytest.approx(session.snapshots[0].s_m)
    assert session.progress_m[0] > 3.0


def test_there_is_a_driver_for_each_car(spec):
    with pytest.raises(ValueError, match="1 drivers for 2 cars"):
        Session(session_of(spec, [Throttle(), Throttle()]).world, [Throttle()])


def test_what_is_saved_has_the_finished_laps_in_common_with_the_drive_and_stays_as_it_was(spec):
    session = session_of(spec, [Throttle()])
    gates = GateToGate(session)
    while session.snapshots[0].lap == 0:
        session.step()
    for _ in range(3):
        gates.drive_lap()
    (recorder,) = session.lap_recorders
    recorder.excursions.append(LapExcursion(5.0))
    before = deepcopy(recorder)
    saved = session.saved()
    (kept,) = saved.lap_recorders
    assert all(one is other for one, other in zip(kept.laps[:2], recorder.laps[:2], strict=True))
    recorder.excursions[-1].farthest_m = 3.0
    gates.drive_lap()
    assert len(recorder.laps) == 4
    session.resume(session.world, saved)
    assert session.lap_recorders == (before,)


def test_an_excursion_over_the_line_is_one_in_a_copy_too():
    excursion = LapExcursion(5.0)
    lap = Lap(1, 40.0, (40.0,), True, 1.0, 0.0, 50.0, (excursion,))
    copied = LapRecorder(TICK_S, laps=[lap], excursions=[excursion]).copied()
    assert copied.laps[0].excursions[0] is copied.excursions[0]
    assert copied.excursions[0] is not excursion
