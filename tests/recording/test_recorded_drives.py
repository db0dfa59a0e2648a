"""Drives that were recorded once end in the same bits today.

A change to the tick, the car or the circuit that is meant to change drives records them again and
says so; any other change leaves them as they are.
"""

from pathlib import Path

import pytest
from drives_to_record import DRIVES as TO_RECORD
from oval import make_oval
from resimulation import resimulate

from game.compiled import Backend, numba_is_installed
from game.recording.replay import load_replay, state_hash
from game.track.track import load_track

FOLDER = Path(__file__).parents[1] / "recorded"
SHORT = ("spin", "two_cars", "walls")
BEFORE_LAWS = ("bot_slick", "bot_sport", "keyboard", "split_map", *SHORT)
ON_THE_FLAT = (*BEFORE_LAWS, "split_limit")  # before the circuit had heights
DRIVES = (*ON_THE_FLAT, "hills", *TO_RECORD)


@pytest.fixture
def driven(flat_ricardo_tormo, spec):
    """Return the world at the end of a recorded drive, driven again, and its replay."""

    def drive(name, backend):
        replay = load_replay(FOLDER / f"{name}.replay")
        if name in ON_THE_FLAT:
            track = flat_ricardo_tormo
        else:
            track = make_oval() if replay.track == "oval" else load_track(replay.track)
        return resimulate(replay, track, spec, backend), replay

    return drive


def test_every_recorded_drive_is_driven_here():
    assert {path.stem for path in FOLDER.glob("*.replay")} == set(DRIVES)


@pytest.mark.parametrize("name", DRIVES)
def test_what_was_recorded_before_there_was_a_choice_of_split_law_was_driven_under_fill(name):
    laws = {start.setup.split_law for start in load_replay(FOLDER / f"{name}.replay").starts}
    assert laws == {"fill" if name in BEFORE_LAWS else "limit"}


def test_there_are_twenty_of_them():
    assert len(DRIVES) == 20


@pytest.mark.slow
@pytest.mark.skipif(not numba_is_installed(), reason="numba is not installed")
@pytest.mark.parametrize("name", DRIVES)
def test_a_recorded_drive_ends_in_the_same_bits_compiled(driven, name):
    world, replay = driven(name, Backend.COMPILED)
    assert state_hash(world) == replay.state_hash


@pytest.mark.slow
@pytest.mark.parametrize("name", ["spin", "two_cars", "hills", "person_rain", "backwards"])
def test_a_recorded_drive_ends_in_the_same_bits_in_plain_python(driven, name):
    world, replay = driven(name, Backend.PLAIN)
    assert state_hash(world) == replay.state_hash
