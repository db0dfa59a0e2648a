"""Drives that were recorded once end in the same bits today.

A change to the tick, the car or the circuit that is meant to change drives records them again and
says so; any other change leaves them as they are.
"""

from pathlib import Path

import pytest
from resimulation import resimulate

from game.compiled import Backend, numba_is_installed
from game.recording.replay import load_replay, state_hash

FOLDER = Path(__file__).parents[1] / "recorded"
SHORT = ("spin", "two_cars", "walls")
BEFORE_LAWS = ("bot_slick", "bot_sport", "keyboard", "split_map", *SHORT)
ON_THE_FLAT = (*BEFORE_LAWS, "split_limit")  # before the circuit had heights
DRIVES = (*ON_THE_FLAT, "hills")


@pytest.fixture
def circuit_of(flat_ricardo_tormo, ricardo_tormo):
    """Return the circuit that a drive was recorded on."""
    return lambda name: flat_ricardo_tormo if name in ON_THE_FLAT else ricardo_tormo


def test_every_recorded_drive_is_driven_here():
    assert {path.stem for path in FOLDER.glob("*.replay")} == set(DRIVES)


@pytest.mark.parametrize("name", DRIVES)
def test_what_was_recorded_before_there_was_a_choice_of_split_law_was_driven_under_fill(name):
    laws = {start.setup.split_law for start in load_replay(FOLDER / f"{name}.replay").starts}
    assert laws == {"fill" if name in BEFORE_LAWS else "limit"}


@pytest.mark.slow
@pytest.mark.skipif(not numba_is_installed(), reason="numba is not installed")
@pytest.mark.parametrize("name", DRIVES)
def test_a_recorded_drive_ends_in_the_same_bits_compiled(circuit_of, spec, name):
    replay = load_replay(FOLDER / f"{name}.replay")
    world = resimulate(replay, circuit_of(name), spec, backend=Backend.COMPILED)
    assert state_hash(world) == replay.state_hash


@pytest.mark.slow
@pytest.mark.parametrize("name", ["spin", "two_cars", "hills"])
def test_a_recorded_drive_ends_in_the_same_bits_in_plain_python(circuit_of, spec, name):
    replay = load_replay(FOLDER / f"{name}.replay")
    world = resimulate(replay, circuit_of(name), spec, backend=Backend.PLAIN)
    assert state_hash(world) == replay.state_hash
