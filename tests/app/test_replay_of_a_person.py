"""A replay of a person's drive ends in the same bits, whatever the person did."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oval import make_oval
from replay_files import file_of, former_file_of, parts_of
from resimulation import resimulate

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.compiled import Backend
from game.drivers.human_driver import HumanDriver, InputState
from game.errors import InputError
from game.recording.lap_recorder import LapRecorder
from game.recording.replay import FORMAT, load_replay, state_hash
from game.recording.replay_recorder import save_replay
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap

pytestmark = pytest.mark.slow

OVAL = make_oval()
KEYS = ("left", "right", "up", "down", "some")
MAPPED = Setup(split_map=SplitMap(entry=0.6, exit=0.3))

deeds = st.lists(
    st.tuples(
        st.sets(st.sampled_from(KEYS)),
        st.integers(1, 120),
        st.sampled_from(("drive", "drive", "reset", "restart")),
    ),
    min_size=1,
    max_size=12,
)


def begin(spec, setup):
    keys = InputState()
    return Drive(OVAL, [CarEntry(spec, setup, lambda: HumanDriver(keys, spec, setup))]), keys


def press(keys, held):
    for key in KEYS:
        setattr(keys, key, key in held)


@settings(max_examples=15, deadline=None)
@given(done=deeds, setup=st.sampled_from([Setup(), MAPPED, Setup(tyre="sport", power_map=3)]))
def test_keys_resets_and_restarts_are_replayed_to_the_last_bit(done, setup, spec, tmp_path_factory):
    drive, keys = begin(spec, setup)
    for held, ticks, then in done:
        press(keys, held)
        drive.step(ticks)
        if then == "reset":
            drive.reset_to_track()
        elif then == "restart":
            drive.restart()
    path = tmp_path_factory.mktemp("drive") / "drive.replay"
    save_replay(drive.recording(), path)
    replay = load_replay(path)
    assert replay.starts[0].setup == setup
    world = resimulate(replay, OVAL, spec, backend=Backend.COMPILED)  # as replays are verified
    assert state_hash(world) == state_hash(drive.world)


@pytest.fixture
def reset_twice(spec, tmp_path):
    """A drive with two resets, driven on after the last, and its file."""
    drive, keys = begin(spec, Setup())
    press(keys, {"up", "left"})
    for _ in range(2):
        drive.step(200)
        drive.reset_to_track()
    drive.step(100)
    path = tmp_path / "drive.replay"
    save_replay(drive.recording(), path)
    return drive, path


def test_a_replay_without_its_resets_ends_elsewhere(reset_twice, spec):
    drive, path = reset_twice
    content, controls = parts_of(path.read_bytes())
    assert len(content.pop("placed")) == 2
    path.write_bytes(file_of(content, controls))
    world = resimulate(load_replay(path), OVAL, spec, backend=Backend.PLAIN)
    assert state_hash(world) != state_hash(drive.world)


def test_a_replay_of_the_first_format_is_still_read(reset_twice, spec):
    _, path = reset_twice
    content, _ = parts_of(former_file_of(load_replay(path)))
    del content["placed"], content["ticks_per_step"]
    path.write_bytes(file_of(content | {"format": 1}))
    assert resimulate(load_replay(path), OVAL, spec, backend=Backend.PLAIN).tick == 500


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": FORMAT + 1}, f"this program reads up to {FORMAT}"),
        ({"placed": [[10, 1, [0, 0, 0], 0]]}, "puts a car down that does not exist"),
        ({"placed": [[501, 0, [0, 0, 0], 0]]}, "or after its end"),
        ({"ticks": 200}, "has controls after its 200 ticks"),
        ({"placed": [[-1, 0, [0, 0, 0], 0]]}, "is not a replay of leaf-rc"),
    ],
)
def test_a_replay_that_cannot_be_is_refused_in_a_line(reset_twice, change, words):
    _, path = reset_twice
    content, controls = parts_of(path.read_bytes())
    path.write_bytes(file_of(content | change, controls))
    with pytest.raises(InputError, match=words):
        load_replay(path)


def test_a_replay_of_before_whose_controls_end_too_late_is_refused_in_a_line(reset_twice):
    _, path = reset_twice
    path.write_bytes(former_file_of(load_replay(path), ticks=499))
    with pytest.raises(InputError, match="do not cover its 499 ticks"):
        load_replay(path)


def test_a_recording_stays_as_it_was_while_the_drive_goes_on(spec, tmp_path):
    drive, keys = begin(spec, Setup())
    press(keys, {"up"})
    drive.step(300)
    recording = drive.recording()
    drive.step(300)
    save_replay(recording, tmp_path / "half.replay")
    save_replay(drive.recording(), tmp_path / "whole.replay")
    for name, ticks in (("half", 300), ("whole", 600)):
        replay = load_replay(tmp_path / f"{name}.replay")
        assert replay.ticks == ticks
        world = resimulate(replay, OVAL, spec, backend=Backend.PLAIN)
        assert state_hash(world) == replay.state_hash


def test_who_listens_to_a_replay_hears_the_laps_as_they_were(spec, tmp_path):
    drive, keys = begin(spec, Setup())
    press(keys, {"up"})
    drive.step(700)
    recorder = LapRecorder(drive.world.step_s)
    path = tmp_path / "drive.replay"
    save_replay(drive.recording(), path)
    resimulate(load_replay(path), OVAL, spec, backend=Backend.PLAIN, listeners=[recorder.on_step])
    assert recorder.excursions == drive.followed.laps.excursions
    assert recorder.sectors_s == drive.followed.laps.sectors_s
    assert recorder._top_speed_mps == drive.followed.laps._top_speed_mps > 15.0
