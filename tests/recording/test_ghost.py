"""The ghost drives the best lap again, at the same times in the same places."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval

from game.bot.bot import Bot
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.recording.ghost import GhostLap, GhostRecorder, TapedPose, slowed
from game.session import Session
from game.simulation.events import LapDone, LapStarted
from game.simulation.world import TICK_S, World
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car


class Watch:
    """Keeps every snapshot."""

    def __init__(self):
        self.seen = []

    def on_step(self, step):
        self.seen += step.snapshots


@pytest.fixture(scope="module")
def two_laps():
    track, spec, setup = make_oval(), load_car(), Setup()
    start = flying_start(spec, setup, make_plan(track, spec, setup))
    world = World(track, [start], Backend.COMPILED)
    watch, recorder = Watch(), GhostRecorder(TICK_S)
    session = Session(world, [Bot()], [watch, recorder], ticks_per_step=1)
    while session.snapshots[0].lap < 3:
        session.step()
    return watch.seen, recorder.best


def test_at_every_time_of_its_lap_the_ghost_is_where_the_car_was(two_laps):
    seen, ghost = two_laps
    lap = [now for now in seen if now.lap == 1 and now.tick * TICK_S - now.lap_start_s > 0.0]
    best = min((1, 2), key=lambda n: lap_time_s(seen, n))
    for now in [now for now in seen if now.lap == best][:: len(lap) // 50]:
        pose = ghost.pose_at(now.tick * TICK_S - now.lap_start_s)
        if pose is not None:
            assert math.dist(pose[:2], (now.x_m, now.y_m)) < 0.02
            assert pose.heading_rad == pytest.approx(now.heading_rad, abs=0.01)


def lap_time_s(seen, number):
    starts = {now.lap: now.lap_start_s for now in seen}
    return starts[number + 1] - starts[number]


def test_before_and_after_its_lap_the_ghost_is_nowhere(two_laps):
    _, ghost = two_laps
    assert ghost.pose_at(-0.01) is None
    assert ghost.pose_at(ghost.time_s) is None
    assert ghost.pose_at(0.0) is not None


def record_step(recorder, tick, *events, lap=1, x_m=0.0):
    now = SimpleNamespace(
        tick=tick, lap=lap, lap_start_s=0.0, x_m=x_m, y_m=0.0, heading_rad=0.0, steering_rad=0.0
    )
    recorder.on_step(SimpleNamespace(events=events, snapshots=(now,)))


def driven(recorder, time_s, valid, x_m):
    record_step(recorder, 0, LapStarted(0, 0, 0.0, 1), x_m=x_m)
    record_step(recorder, 120, x_m=x_m)
    record_step(recorder, 240, LapDone(0, 240, time_s, valid), x_m=x_m)


def test_only_a_better_valid_lap_becomes_the_ghost_and_a_restart_keeps_it():
    recorder = GhostRecorder(TICK_S)
    driven(recorder, 100.0, valid=False, x_m=1.0)
    assert recorder.best is None
    driven(recorder, 90.0, valid=True, x_m=2.0)
    driven(recorder, 95.0, valid=True, x_m=3.0)
    recorder.restart()
    assert (recorder.best.time_s, recorder.best.poses[0].x_m) == (90.0, 2.0)


def test_the_last_lap_is_kept_whether_it_counts_or_not_and_the_best_of_the_session_if_it_does():
    recorder = GhostRecorder(TICK_S)
    recorder.best = GhostLap(80.0, (0.0,), (TapedPose(9.0, 0.0, 0.0, 0.0),))
    driven(recorder, 90.0, valid=True, x_m=1.0)
    driven(recorder, 95.0, valid=True, x_m=2.0)
    driven(recorder, 70.0, valid=False, x_m=3.0)
    recorder.restart()
    laps = (recorder.best, recorder.session_best, recorder.last)
    assert [(lap.time_s, lap.poses[0].x_m) for lap in laps] == [
        (80.0, 9.0),
        (90.0, 1.0),
        (70.0, 3.0),
    ]


@given(st.floats(0.5, 2.0), st.floats(0.0, 0.999))
def test_a_slowed_lap_is_everywhere_so_much_later(factor, share):
    poses = tuple(TapedPose(x_m, 0.0, 0.0, 0.0) for x_m in (0.0, 30.0, 50.0, 120.0))
    lap = GhostLap(4.0, (0.0, 1.0, 2.5, 4.0), poses)
    later = slowed(lap, factor)
    assert later.time_s == factor * 4.0
    assert later.pose_at(share * later.time_s).x_m == pytest.approx(lap.pose_at(share * 4.0).x_m)


@given(st.floats(0.0, 3.0, exclude_max=True))
def test_a_ghost_turns_the_short_way_round(time_s):
    poses = (TapedPose(0.0, 0.0, 3.0, 0.0), TapedPose(1.0, 0.0, -3.0, 0.0))
    heading_rad = GhostLap(3.0, (0.0, 2.0), poses).pose_at(time_s).heading_rad
    assert math.cos(heading_rad) <= math.cos(3.0) + 1e-9
