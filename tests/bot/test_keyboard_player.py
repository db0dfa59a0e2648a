"""Keys are enough: whoever presses them a reaction time late laps quickly, and without sawing."""

import math
from itertools import pairwise

import pytest

from game.bot.examples.keyboard import KeyboardPlayer
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.headless.stint import Conditions, drive_laps
from game.recording.lap_recorder import LapRecorder
from game.session import Session
from game.simulation.world import TICK_S, World
from game.vehicle.setup import Setup, default_setup

pytestmark = pytest.mark.slow

REACTION_S = 0.030
PATIENCE_S = 60.0  # for a decision on a busy machine: its time is not the claim
KEYS = ("left", "right", "some", "most", "up", "down")
TURNED_RAD = math.radians(3.0)  # the wheels go back by so much: the hand has turned round


def lap_of(track, spec, driver, watch):
    start = flying_start(spec, Setup(), make_plan(track, spec, Setup()))
    world = World(track, [start], backend=Backend.COMPILED)
    laps = LapRecorder(world.step_s)
    session = Session(world, [driver], [laps], ticks_per_step=1)
    while not laps.laps and world.time_s < 160.0:
        session.step()
        watch(session)
    return laps.laps[0]


@pytest.fixture(scope="module")
def reference_lap(ricardo_tormo, spec):
    return drive_laps(Conditions(ricardo_tormo, spec), Setup()).laps[0]


@pytest.fixture(scope="module")
def keyboard_lap(ricardo_tormo, spec):
    """The lap, the keys held at every tick, and the front wheels' angles."""
    player = KeyboardPlayer()
    held, wheels_rad = [], []

    def watch(session):
        held.append(tuple(getattr(player.keys, key) for key in KEYS))
        wheels_rad.append(session.snapshots[0].steering_rad)

    return lap_of(ricardo_tormo, spec, player, watch), held, wheels_rad


def reversals(values, threshold):
    """Return how often values turn round by at least so much."""
    count, high, low, rising = 0, values[0], values[0], True
    for value in values:
        high, low = max(high, value), min(low, value)
        if (high - value if rising else value - low) >= threshold:
            count, high, low, rising = count + 1, value, value, not rising
    return count


def test_keys_lap_within_six_per_cent_of_the_reference_bot(keyboard_lap, reference_lap):
    lap, _, _ = keyboard_lap
    assert lap.valid
    assert lap.time_s < 1.06 * reference_lap.time_s


def test_keys_lap_on_cold_tyres_within_six_per_cent_of_the_reference_bot(ricardo_tormo, spec):
    conditions = Conditions(ricardo_tormo, spec, time_limit_s=PATIENCE_S)
    setup = default_setup(spec)
    assert setup.tyre_state == "live"
    by_keys, by_bot = (drive_laps(conditions, setup, bot) for bot in ("keyboard", "reference"))
    assert by_keys.laps[0].valid
    assert by_keys.laps[0].time_s < 1.06 * by_bot.laps[0].time_s


def test_no_key_is_held_shorter_than_a_reaction(keyboard_lap):
    _, held, _ = keyboard_lap
    changes = [
        tick
        for tick, (now, before) in enumerate(zip(held[1:], held[:-1], strict=True))
        if now != before
    ]
    assert len(changes) > 50
    gaps = [after - before for before, after in pairwise(changes)]
    assert min(gaps) * TICK_S >= REACTION_S


def test_the_wheel_is_not_sawed(keyboard_lap):
    _, held, wheels_rad = keyboard_lap
    assert reversals(wheels_rad, TURNED_RAD) / (len(wheels_rad) * TICK_S) < 1.0
    presses = sum(
        is_down and not was_down
        for before, now in pairwise(held)
        for is_down, was_down in zip(now, before, strict=True)
    )
    assert presses / (len(held) * TICK_S) < 3.0


def test_what_is_pressed_was_decided_a_reaction_before(ricardo_tormo, spec):
    player = KeyboardPlayer()
    start = flying_start(spec, Setup(), make_plan(ricardo_tormo, spec, Setup()))
    session = Session(
        World(ricardo_tormo, [start], backend=Backend.COMPILED), [player], ticks_per_step=1
    )
    while not player.keys.up:
        session.step()
    assert session.world.tick * TICK_S > REACTION_S
