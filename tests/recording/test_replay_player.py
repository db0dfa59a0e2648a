"""A replay is driven again to any tick, and shows where it differs from what was recorded."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from oval import OVAL as OVAL_TEXT
from oval import make_oval
from replay_files import new_file_of
from resimulation import resimulate

from game.compiled import Backend
from game.digests import car_digest, drive_digests
from game.errors import InputError
from game.recording.ghost import GhostRecorder
from game.recording.replay import Checkpoint, load_replay, state_hash
from game.recording.replay_player import ReplayPlayer, best_ghost
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.session import Session
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather, load_car
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls
from game.weather.weather import CLEAR_NOON, Weather, load_weather

pytestmark = pytest.mark.slow

OVAL, SPEC = make_oval(), load_car()
SECONDS = 21
PLACED_AT = 3000  # ticks


class Weaver:
    """Weaves along at half throttle."""

    ticks_per_decision = 8

    def __init__(self, period):
        self.period = period

    def decide(self, seen):
        side = 1 if seen.car.tick // self.period % 2 else -1
        return Controls(side * STEERING_STEPS // 8, PEDAL_STEPS // 2, 0, 0)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """The replay of a drive with a car put down elsewhere, and the state after some ticks."""
    starts = [Start(SPEC, Setup(), Pose(*box[:3]), box.s_m) for box in OVAL.grid[:2]]
    world = World(OVAL, starts, Backend.COMPILED)
    session = Session(world, [Weaver(112), Weaver(304)])
    recorder = ReplayRecorder(world, lambda: session.controls)
    states = {}
    while world.tick < SECONDS * 240:
        recorder.on_step(session.step())
        if world.tick == PLACED_AT:
            s_m = session.snapshots[1].s_m
            session.place(1, OVAL.centreline.pose(s_m), s_m)
            recorder.place(1, OVAL.centreline.pose(s_m), s_m)
        states[world.tick] = world.state_bits()
    path = tmp_path_factory.mktemp("replays") / "drive.replay"
    save_replay(recorder.recording(), path)
    return load_replay(path), states


@pytest.fixture(scope="module")
def replay(recorded):
    return recorded[0]


def player_of(replay, spec=SPEC, track=OVAL, backend=Backend.COMPILED):
    return ReplayPlayer(replay, track, spec, backend)


def test_stepped_through_plainly_the_drive_is_in_every_state_as_it_was(recorded):
    replay, states = recorded
    player = player_of(replay, backend=Backend.PLAIN)
    passed = {}
    while not player.at_end:
        player.step()
        passed[player.tick] = player.world.state_bits()
    assert passed == states
    assert not player.diverged
    with pytest.raises(ValueError, match=f"has ended after {SECONDS * 240} ticks"):
        player.step()


@settings(max_examples=20, deadline=None)
@given(ticks=st.lists(st.integers(0, SECONDS * 240), min_size=1, max_size=4))
def test_seeking_on_and_back_finds_the_same_bits(recorded, ticks):
    replay, states = recorded
    player = player_of(replay)
    for tick in ticks:
        player.seek(tick)
        assert player.tick == player.world.tick == tick
        while player.tick % 8:
            player.step()
        if player.tick:
            assert player.world.state_bits() == states[player.tick]
    assert not player.diverged


@pytest.mark.parametrize("tick", [-1, SECONDS * 240 + 1])
def test_a_tick_that_the_replay_has_not_is_refused(replay, tick):
    with pytest.raises(ValueError, match="is not in the replay's"):
        player_of(replay).seek(tick)


def test_the_file_names_circuit_car_and_physics_and_the_state_every_ten_seconds(recorded):
    replay, _ = recorded
    assert replay.format == 5
    setups = [start.setup for start in replay.starts]
    assert replay.digests == drive_digests(OVAL, SPEC, setups)
    assert replay.car_id == "leaf_nismo_rc"
    assert [check.tick for check in replay.checkpoints] == [2400, 4800]


def test_a_drive_that_ends_elsewhere_is_told_at_the_next_check(replay):
    rows = replay.held[0]
    changed = [*rows[:3], rows[3]._replace(throttle=rows[3].throttle - 100), *rows[4:]]
    player = player_of(replace(replay, held=[changed, replay.held[1]]))
    player.seek(2399)
    assert not player.diverged
    player.seek(2400)
    assert player.diverged
    player.seek(player.replay.ticks)
    assert player.diverged_tick == 2400


def test_without_checks_along_the_way_it_is_told_at_the_end(replay):
    old = replace(replay, format=2, checkpoints=[], digests=None, state_hash="another")
    player = player_of(old)
    player.seek(old.ticks - 1)
    assert not player.diverged
    player.step()
    assert player.diverged_tick == old.ticks


def test_a_state_that_was_not_so_at_the_end_only_is_told_there(replay):
    player = player_of(replace(replay, state_hash="another"))
    player.seek(replay.ticks)
    assert player.diverged_tick == replay.ticks


def test_another_circuit_or_car_is_refused_in_a_line(replay):
    heavier = replace(SPEC, chassis=replace(SPEC.chassis, mass_kg=SPEC.chassis.mass_kg + 1.0))
    wider = make_oval(OVAL_TEXT.replace("left_m = 6.0", "left_m = 6.1"))
    for track, spec, words in (
        (OVAL, heavier, "another car"),
        (wider, SPEC, "another circuit"),
        (wider, heavier, "another circuit and another car"),
    ):
        with pytest.raises(InputError, match=f"was driven with {words};") as refused:
            player_of(replay, spec, track)
        assert "\n" not in str(refused.value)


def test_a_replay_of_before_is_of_an_unknown_circuit_car_and_physics(replay):
    old = replace(replay, format=2, checkpoints=[], digests=None)
    assert not player_of(old).has_other_physics
    assert state_hash(resimulate(old, OVAL, SPEC, Backend.COMPILED)) == replay.state_hash


def test_other_physics_are_told_and_do_not_keep_the_replay_from_being_driven(replay):
    digests = replace(replay.digests, physics="another")
    assert player_of(replace(replay, digests=digests)).has_other_physics


def test_the_name_of_a_car_is_none_of_its_numbers():
    assert car_digest(replace(SPEC, name="another")) == car_digest(SPEC)


def test_the_split_law_of_new_setups_is_none_of_what_a_drive_was_driven_with(replay):
    other = replace(SPEC, setup=replace(SPEC.setup, split_law="fill"))
    assert car_digest(other) != car_digest(SPEC)
    assert drive_digests(OVAL, other) == drive_digests(OVAL, SPEC)
    assert not player_of(replay, other).has_other_physics


def test_a_check_after_the_end_is_refused(replay, tmp_path):
    path = tmp_path / "forged.replay"
    path.write_bytes(new_file_of(replace(replay, checkpoints=[Checkpoint(replay.ticks + 1, "00")])))
    with pytest.raises(InputError, match="after its end"):
        load_replay(path)


@pytest.fixture(scope="module")
def two_laps(tmp_path_factory):
    """The replay of two laps, shortened by being put down before each gate, and what they were."""
    world = World(OVAL, [Start(SPEC, Setup(), Pose(*OVAL.grid[0][:3]), OVAL.grid[0].s_m)])
    session = Session(world, [Weaver(112)])
    recorder, ghost = ReplayRecorder(world, lambda: session.controls), GhostRecorder(TICK_S)

    def step():
        made = session.step()
        recorder.on_step(made)
        ghost.on_step(made)

    while session.snapshots[0].lap == 0:
        step()
    for _ in range(2):
        for gate in (*OVAL.gates[1:], OVAL.gates[0]):
            s_m = (gate.s_m - 0.6) % OVAL.length_m
            session.place(0, OVAL.centreline.pose(s_m), s_m)
            recorder.place(0, OVAL.centreline.pose(s_m), s_m)
            for _ in range(60):
                step()
    path = tmp_path_factory.mktemp("laps") / "laps.replay"
    save_replay(recorder.recording(), path)
    return load_replay(path), session.lap_recorders[0].laps, ghost.best


def test_the_ghost_of_a_replay_drives_its_best_lap_as_it_was_driven(two_laps):
    replay, laps, best = two_laps
    ghost = best_ghost(player_of(replay))
    assert len({lap.time_s for lap in laps}) == 2
    assert ghost.time_s == min(lap.time_s for lap in laps)
    assert ghost == best


def test_there_is_no_ghost_of_a_replay_without_a_valid_lap(replay):
    with pytest.raises(InputError, match=r"^has no valid lap$"):
        best_ghost(player_of(replay))


def test_there_is_no_ghost_of_a_replay_that_is_no_longer_driven_as_it_was(two_laps):
    other = replace(two_laps[0], state_hash="another")
    with pytest.raises(InputError, match=r"^differs from the drive it was recorded from after"):
        best_ghost(player_of(other))


def test_a_replay_names_its_weather_and_is_driven_again_in_it(tmp_path):
    weather = load_weather("windy")
    spec = in_weather(SPEC, weather)
    world = World(OVAL, [Start(spec, Setup(), Pose(*OVAL.grid[0][:3]), OVAL.grid[0].s_m)])
    session = Session(world, [Weaver(112)])
    recorder = ReplayRecorder(world, lambda: session.controls)
    while world.tick < 5 * 240:
        recorder.on_step(session.step())
    save_replay(recorder.recording(), tmp_path / "windy.replay")
    read = load_replay(tmp_path / "windy.replay")
    assert read.weather == weather
    player = player_of(read)  # with the car of a clear noon: the replay knows better
    player.seek(read.ticks)
    assert not player.diverged
    calm = player_of(msgspec.structs.replace(read, weather=CLEAR_NOON, digests=None))
    calm.seek(read.ticks)
    assert calm.diverged


def test_a_replay_of_a_clear_noon_has_the_digests_of_versions_without_weather(recorded):
    assert recorded[0].weather == CLEAR_NOON
    assert recorded[0].digests.weather == ""


def test_other_weather_is_told_of_a_best_lap_in_words():
    was, now = (
        drive_digests(OVAL, SPEC),
        drive_digests(OVAL, in_weather(SPEC, Weather(humidity=1.0))),
    )
    assert was.differences(now) == "other weather"
    assert car_digest(SPEC) != car_digest(in_weather(SPEC, Weather(humidity=1.0)))
