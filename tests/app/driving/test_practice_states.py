"""A drive goes back to a kept state to the last bit; what is driven then does not count."""

import math

import msgspec
import pytest

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.practice import Practice
from game.compiled import Backend
from game.drivers.human_driver import HumanDriver, InputState
from game.recording.lap_recorder import Lap
from game.recording.replay import load_replay, state_hash
from game.recording.replay_player import ReplayPlayer
from game.recording.replay_recorder import save_replay
from game.simulation.world import Start
from game.vehicle.spec import in_weather
from game.weather.weather import load_weather

pytestmark = pytest.mark.slow

AFTER = 240  # ticks that are compared


class Driven:
    """A drive whose inputs are made by the tick, and its practice."""

    def __init__(self, track, spec, setup, starts):
        self.inputs = [InputState() for _ in starts]

        def driver(state):
            return lambda: HumanDriver(state, spec, setup)

        self.drive = Drive(
            track, [CarEntry(spec, setup, driver(state)) for state in self.inputs], goes_back=True
        )
        self.drive.begin(*starts)
        self.practice = Practice(self.drive)
        self.contacts = 0

    def go(self, ticks, steer=True):
        """Drive with keys that change now and then, and return the states after each tick."""
        hashes = []
        for _ in range(ticks):
            tick = self.drive.world.tick
            for number, state in enumerate(self.inputs):
                state.up = (tick + 97 * number) % 400 < 330
                state.down = not state.up
                state.left = steer and (tick + 131 * number) % 170 < 60
                state.right = steer and (tick + 71 * number) % 230 > 180
            self.drive.step(1)
            self.contacts += bool(self.drive.followed.hit_ns)
            self.practice.after_step()
            hashes.append(state_hash(self.drive.world))
        return hashes


def beside_the_wall(track, spec, setup, speed_mps=30.0):
    """A car on its way into a wall."""
    pose = track.centreline.pose(20.0)
    return Start(spec, setup, pose._replace(heading_rad=pose.heading_rad + 0.9), 20.0, speed_mps)


@pytest.fixture
def driven(oval, spec, setup):
    return Driven(oval, spec, setup, [beside_the_wall(oval, spec, setup)])


def until_contact(driven, most=2000):
    for _ in range(most):
        driven.go(1)
        if driven.contacts:
            return
    raise AssertionError("nothing was hit")


@pytest.mark.parametrize("later", [0, 1, 5, 60])
def test_after_a_return_to_just_after_a_wall_hit_every_bit_is_the_same(driven, later):
    until_contact(driven)
    driven.go(later)
    driven.practice.keep()
    state = state_hash(driven.drive.world)
    first = driven.go(AFTER)
    for _ in range(2):
        assert driven.practice.go_back()
        assert state_hash(driven.drive.world) == state
        assert driven.go(AFTER) == first


def test_with_two_cars_that_touch_every_bit_is_the_same_after_a_return(oval, spec, setup):
    ahead, behind = oval.centreline.pose(40.0), oval.centreline.pose(33.0)
    starts = [
        Start(spec, setup, behind, 33.0, 25.0),
        Start(spec, setup, ahead, 40.0, 10.0),
    ]
    driven = Driven(oval, spec, setup, starts)
    until_contact(driven)
    driven.practice.keep()
    first = driven.go(AFTER)
    assert driven.practice.go_back()
    assert driven.go(AFTER) == first


def test_in_rain_every_bit_is_the_same_after_a_return(oval, spec, setup):
    wet, tyres = in_weather(spec, load_weather("rain")), msgspec.structs.replace(setup, tyre="wet")
    start = Start(wet, tyres, oval.centreline.pose(10.0), 10.0, 20.0)
    driven = Driven(oval, wet, tyres, [start])
    driven.go(300)
    driven.practice.keep()
    first = driven.go(AFTER)
    assert driven.practice.go_back()
    assert driven.go(AFTER) == first


def test_a_reset_to_the_track_between_is_undone_or_done_again(driven):
    driven.go(100)
    driven.drive.reset_to_track()
    driven.go(50)
    driven.practice.keep()
    first = driven.go(AFTER)
    driven.drive.reset_to_track()
    driven.go(30)
    assert driven.practice.go_back()
    assert driven.go(AFTER) == first


def test_rewinding_goes_back_five_seconds_or_to_the_start_and_drives_the_same_again(driven):
    hashes = driven.go(2000)
    assert driven.practice.rewind()
    tick = driven.drive.world.tick
    assert 2000 - 5.5 * 240 <= tick <= 2000 - 5.0 * 240
    assert hashes[tick - 1] == state_hash(driven.drive.world)
    assert driven.go(AFTER) == hashes[tick : tick + AFTER]
    for _ in range(3):
        assert driven.practice.rewind()
    assert driven.drive.world.tick < 240


def test_a_kept_state_is_come_back_to_from_another_way_as_well(driven):
    until_contact(driven)
    driven.practice.keep()
    tick, first = driven.drive.world.tick, driven.go(AFTER)
    for _ in range(2):
        driven.practice.rewind()
    assert driven.drive.world.tick < tick
    driven.go(AFTER, steer=False)  # not as before
    driven.drive.reset_to_track()
    driven.go(3 * AFTER, steer=False)
    assert driven.practice.go_back()
    assert driven.drive.world.tick == tick
    assert driven.go(AFTER) == first
    driven.practice.rewind()
    driven.go(tick - driven.drive.world.tick)
    assert driven.go(AFTER) == first


def test_instruments_and_inputs_go_back_with_the_car(driven):
    driven.go(700)
    driven.practice.keep()
    car = driven.drive.followed
    (driver,) = driven.drive.session.drivers
    before = (car.saved(), driver.saved(), car.now, driven.drive.session.progress_m)
    driven.go(500)
    driven.practice.go_back()
    after = (car.saved(), driver.saved(), car.now, driven.drive.session.progress_m)
    assert before[0][0] == after[0][0]
    assert before[0][2:] == after[0][2:]
    assert before[1:] == after[1:]


def test_practice_never_counts_and_a_restart_ends_it(driven):
    car = driven.drive.followed
    recorded, celebrated = [], []
    car.on_lap, car.on_moment = recorded.append, celebrated.append
    assert not driven.practice.is_on
    driven.practice.keep()
    assert not driven.practice.is_on  # to keep a state changes nothing
    driven.go(10)
    driven.practice.go_back()
    assert driven.practice.is_on
    lap = car.saved()
    car.laps.laps.append(finished_lap())
    car._finish_lap()
    assert recorded == celebrated == []
    assert math.isinf(car.best.time_s)
    assert not car.laps.laps[-1].valid
    assert lap.laps_seen == 0
    driven.drive.restart()
    assert not driven.practice.is_on
    driven.practice.after_step()
    assert not driven.practice.go_back()


def finished_lap():
    return Lap(1, 40.0, (40.0,), True, 1.0, 0.0, 50.0, ())


def test_slow_motion_is_practice_and_goes_through_its_speeds(driven):
    speeds = [driven.practice.slow_down() for _ in range(4)]
    assert speeds == [0.75, 0.5, 0.25, 1.0]
    assert driven.practice.is_on


def test_the_log_of_laps_knows_of_practice_until_the_next_start(driven, monkeypatch):
    told = []
    monkeypatch.setattr(driven.drive.followed.log, "begin_practice", lambda: told.append("log"))
    driven.practice.slow_down()
    assert told == ["log"]


def test_a_loop_leads_back_to_its_start_after_the_corner(ricardo_tormo, spec, setup):
    corner = ricardo_tormo.corners[2]
    s_m = corner.turn_in_m
    pose = ricardo_tormo.centreline.pose(s_m)
    driven = Driven(ricardo_tormo, spec, setup, [Start(spec, setup, pose, s_m, 15.0)])
    driven.go(4, steer=False)
    assert driven.practice.loop_corner()
    begun = driven.drive.world.tick
    for _ in range(40):
        s_m = min(driven.drive.followed.now.s_m + 5.0, corner.exit_m + 45.0)
        driven.drive.session.place(0, ricardo_tormo.centreline.pose(s_m), s_m)
        driven.drive.history.place(0, ricardo_tormo.centreline.pose(s_m), s_m)
        driven.go(1, steer=False)
        if driven.drive.world.tick == begun:
            break
    else:
        raise AssertionError("the loop went on")
    assert not driven.practice.loop_corner()


@pytest.mark.parametrize("key", ["go_back", "rewind"])
def test_after_a_restart_there_is_nothing_to_go_back_to(driven, key):
    driven.go(20)
    driven.practice.keep()
    driven.practice.slow_down()
    driven.drive.restart()
    assert not getattr(driven.practice, key)()
    assert driven.practice.speed == 1.0
    assert not driven.practice.is_on


@pytest.mark.parametrize("key", ["slow_down", "rewind", "loop_corner"])
def test_a_practised_drive_is_recorded_up_to_where_practice_began(
    driven, oval, spec, tmp_path, key
):
    driven.go(300)
    state, driven_ticks = state_hash(driven.drive.world), driven.drive.world.tick
    getattr(driven.practice, key)()
    driven.go(100)
    save_replay(driven.drive.recording(), tmp_path / "a.replay")
    replay = load_replay(tmp_path / "a.replay")
    assert (replay.ticks, replay.state_hash) == (driven_ticks, state)
    player = ReplayPlayer(replay, oval, spec, Backend.PLAIN)
    player.seek(replay.ticks)
    assert not player.diverged


def test_a_loop_leaves_the_kept_state_as_it_is(ricardo_tormo, spec, setup):
    s_m = ricardo_tormo.corners[2].turn_in_m
    pose = ricardo_tormo.centreline.pose(s_m)
    driven = Driven(ricardo_tormo, spec, setup, [Start(spec, setup, pose, s_m, 15.0)])
    driven.go(4, steer=False)
    assert driven.practice.loop_corner()
    driven.go(20, steer=False)
    assert driven.practice.go_back()  # nothing else is kept
    assert driven.drive.world.tick == 4
    driven.practice.loop_corner()
    driven.practice.keep()
    driven.go(20, steer=False)
    assert driven.practice.loop_corner()
    assert driven.practice.go_back()
    assert driven.drive.world.tick == 4
    assert driven.practice.is_looping


def test_a_kept_state_beyond_the_loop_ends_it(ricardo_tormo, spec, setup):
    corner = ricardo_tormo.corners[2]
    beyond_m = corner.exit_m + 100.0
    pose = ricardo_tormo.centreline.pose(beyond_m)
    driven = Driven(ricardo_tormo, spec, setup, [Start(spec, setup, pose, beyond_m, 15.0)])
    driven.go(4, steer=False)
    driven.practice.keep()
    pose = ricardo_tormo.centreline.pose(corner.turn_in_m)
    driven.drive.session.place(0, pose, corner.turn_in_m)
    driven.drive.history.place(0, pose, corner.turn_in_m)
    driven.go(4, steer=False)
    assert driven.practice.loop_corner()
    assert driven.practice.go_back()
    assert not driven.practice.is_looping
    driven.go(1, steer=False)
    assert driven.drive.world.tick == 5
