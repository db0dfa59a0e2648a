"""Where a lap crosses itself on a bridge, the two levels never touch, and laps count both ways."""

import math

import pytest
from figure_of_eight import ABOVE_M, BELOW_M, make_figure_of_eight

from game.bot.bot import Bot
from game.compiled import Backend
from game.recording.replay import load_replay
from game.recording.replay_player import ReplayPlayer
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.session import Session
from game.simulation.events import Contact, HitCar, LapDone, LeftTrack
from game.simulation.lap_timer import Move, crossing, gate_lines
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.levels import BRIDGE, GROUND, RAMP
from game.vehicle.setup import Setup
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

BACKENDS = pytest.mark.parametrize("backend", list(Backend))


@pytest.fixture(scope="module")
def eight():
    return make_figure_of_eight()


@pytest.fixture(scope="module")
def backwards():
    return make_figure_of_eight(backwards=True)


def start_at(spec, track, s_m, offset_m=0.0, speed_mps=0.0, turned_rad=0.0):
    """Return the start of a car beside a place on the lap."""
    x_m, y_m = track.centreline.point(s_m, offset_m)
    heading_rad = track.centreline.pose(s_m).heading_rad + turned_rad
    return Start(spec, Setup(), Pose(float(x_m), float(y_m), heading_rad), s_m, speed_mps)


def follower_and_standing(track, spec, s_m):
    """Return the starts of a car that runs into another one."""
    return [start_at(spec, track, s_m - 7.0, 0.0, 12.0), start_at(spec, track, s_m)]


def contacts_of(world, ticks, *held):
    """Return what was touched in so many ticks."""
    events = world.advance(held or [controls(0.0)] * len(world.starts), ticks)
    return [event.partner for event in events if isinstance(event, Contact)]


@BACKENDS
def test_cars_meet_on_the_two_levels_without_touching(eight, spec, backend):
    starts = [start_at(spec, eight, s_m - 20.0, 0.0, 20.0) for s_m in (ABOVE_M, BELOW_M)]
    world = World(eight, starts, backend)
    nearest_m = math.inf
    for _ in range(480):
        assert contacts_of(world, 1) == []
        one, other = world.snapshots()
        nearest_m = min(nearest_m, math.hypot(one.x_m - other.x_m, one.y_m - other.y_m))
    assert nearest_m < 0.5
    assert one.velocity_forward_mps > 15.0


@BACKENDS
@pytest.mark.parametrize("s_m", [ABOVE_M, BELOW_M])
def test_cars_on_one_level_of_a_crossing_touch(eight, spec, backend, s_m):
    starts = [
        start_at(spec, eight, s_m + at_m, 0.0, mps) for at_m, mps in ((-8.0, 10.0), (2.0, 0.0))
    ]
    assert HitCar(1) in contacts_of(World(eight, starts, backend), 240)


@BACKENDS
@pytest.mark.parametrize("s_m", [ABOVE_M - 60.0, ABOVE_M - 30.0, ABOVE_M + 30.0, ABOVE_M + 60.0])
def test_cars_touch_where_a_bridge_begins_and_ends(eight, spec, backend, s_m):
    starts = [
        start_at(spec, eight, s_m + at_m, 0.0, mps) for at_m, mps in ((-7.0, 12.0), (0.0, 0.0))
    ]
    assert HitCar(1) in contacts_of(World(eight, starts, backend), 240)


@BACKENDS
@pytest.mark.parametrize("turned_rad", [-0.5 * math.pi, 0.5 * math.pi])
def test_parapets_hold_a_car_on_the_bridge(eight, spec, backend, turned_rad):
    world = World(eight, [start_at(spec, eight, ABOVE_M, 0.0, 15.0, turned_rad)], backend)
    (wall, *_) = contacts_of(world, 240, controls(0.0, brake=0.0, throttle=0.4))
    assert eight.walls[wall.wall].tier == BRIDGE
    assert abs(world.snapshots()[0].offset_m) < 7.0


@BACKENDS
@pytest.mark.parametrize("turned_rad", [-0.5 * math.pi, 0.5 * math.pi])
def test_walls_of_the_lower_road_stand_under_the_bridge(eight, spec, backend, turned_rad):
    world = World(eight, [start_at(spec, eight, BELOW_M, 0.0, 15.0, turned_rad)], backend)
    (wall, *_) = contacts_of(world, 240)
    assert eight.walls[wall.wall].tier == GROUND
    assert 9.0 < abs(world.snapshots()[0].offset_m) < 12.0


@pytest.mark.parametrize("tier", [GROUND, RAMP, BRIDGE])
def test_a_car_that_is_put_down_touches_what_is_on_its_level(eight, spec, tier):
    s_m = {GROUND: BELOW_M, RAMP: ABOVE_M - 45.0, BRIDGE: ABOVE_M}[tier]
    world = World(eight, [start_at(spec, eight, 200.0)])
    start = start_at(spec, eight, s_m, 0.0, 15.0, 0.5 * math.pi)
    for _ in range(2):
        world.place(0, start.pose, s_m, 15.0)
        (wall, *_) = contacts_of(world, 240)
        assert eight.walls[wall.wall].tier == tier
        world.restart(start)
        assert contacts_of(world, 240)[0] == wall
        world.restore(World(eight, [start]).saved())
        assert contacts_of(world, 240)[0] == wall


class Laps:
    """Holds the events of some laps of the bot, and the replay of them."""

    def __init__(self, track, spec, path):
        start = Start(spec, Setup(), Pose(*track.grid[0][:3]), track.grid[0].s_m)
        self.world = World(track, [start], Backend.COMPILED)
        session = Session(self.world, [Bot()], laps=2)
        recorder = ReplayRecorder(self.world, lambda: session.controls)
        session.listeners = (recorder,)
        self.events, self.laps = [], []
        while len(self.laps) < 2:
            self.events += session.step().events
            self.laps = [event for event in self.events if isinstance(event, LapDone)]
            assert self.world.time_s < 200.0
        save_replay(recorder.recording(), path)
        self.replay = load_replay(path)


@pytest.fixture(scope="module", params=["eight", "backwards"])
def driven(request, spec, tmp_path_factory):
    """Laps of the bot on the figure of eight, one way round and the other."""
    track = request.getfixturevalue(request.param)
    return track, Laps(track, spec, tmp_path_factory.mktemp("replays") / "eight.replay")


def test_the_bot_laps_it_both_ways_round_and_touches_nothing(driven):
    _, driven_laps = driven
    assert all(lap.valid for lap in driven_laps.laps)
    assert not [event for event in driven_laps.events if isinstance(event, Contact | LeftTrack)]


def test_laps_over_and_under_the_bridge_have_the_same_bits_in_a_replay(driven, spec):
    track, driven_laps = driven
    player = ReplayPlayer(driven_laps.replay, track, spec, Backend.PLAIN)
    player.seek(driven_laps.replay.ticks)
    assert not player.diverged
    assert player.world.state_bits() == driven_laps.world.state_bits()


def test_the_lap_clock_ignores_gates_above_and_below(eight):
    """A car that missed the gate on the bridge does not make up for it by passing under it."""
    above = next(gate for gate in eight.gates if eight.frames.tier_at(gate.s_m) == BRIDGE)
    lines = gate_lines(eight)
    line = lines[eight.gates.index(above)]
    move = Move(
        above.x_m - line.cos,
        above.y_m - line.sin,
        above.x_m + line.cos,
        above.y_m + line.sin,
        BRIDGE,
    )
    assert crossing(line, move) == 0.5
    assert crossing(line, move._replace(tier=RAMP)) == 0.5
    assert crossing(line, move._replace(tier=GROUND)) == -1.0
