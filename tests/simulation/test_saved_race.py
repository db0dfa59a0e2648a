"""A drive of several cars goes on from a saved state to the same bits, whatever they touch."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.compiled import Backend, numba_is_installed
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

SPEC = load_car()
FORM = Backend.COMPILED if numba_is_installed() else Backend.PLAIN
TICKS = 12  # for which controls are held
PLACES = ((-8.0, 3.0, 0.3), (-2.0, -6.0, 1.6), (7.0, -2.0, 3.0), (0.0, 9.0, -1.5), (9.0, 8.0, -2.5))
inputs = st.builds(
    controls, st.floats(-1.0, 1.0), st.floats(0.0, 1.0), st.sampled_from((0.0, 0.0, 0.5))
)


def starts(count):
    return [Start(SPEC, Setup(), Pose(*place), speed_mps=9.0) for place in PLACES[:count]]


@pytest.fixture(scope="module")
def walled(ground, box):
    return ground(walls=[box(half_m=15.0), box("tyres", half_m=2.0, x_m=3.0, y_m=3.0)])


def driven(world, drive, saves=None):
    """Drive on to the end; return the bits after each hold and the events, and save what can be."""
    bits, events = {}, []
    while world.tick < len(drive) * TICKS:
        events += world.advance(drive[world.tick // TICKS], 1)
        if saves is not None:
            doubtful = world.space_log.take_doubts()
            for tick in [tick for tick in saves if doubtful is not None and doubtful <= tick]:
                del saves[tick]
            if world.can_be_saved:
                saves[world.tick] = world.saved_race()
        if world.tick % TICKS == 0:
            bits[world.tick] = world.state_bits()
    return bits, events


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_from_any_state_that_proved_exact_a_scramble_repeats_every_bit(walled, data):
    count = data.draw(st.integers(2, len(PLACES)))
    drive = data.draw(st.lists(st.tuples(*[inputs] * count), min_size=15, max_size=40))
    straight = World(walled, starts(count), FORM)
    straight.follow_closely()
    saves = {}
    bits, events = driven(straight, drive, saves)
    tick = data.draw(st.sampled_from(sorted(saves)))
    again = World(walled, starts(count), FORM)
    again.restore_race(pickle.loads(pickle.dumps(saves[tick])), straight.space_log.made)
    assert again.tick == tick
    assert driven(again, drive) == (
        {at: state for at, state in bits.items() if at > tick},
        [event for event in events if event.tick >= tick],
    )
    assert again.space_log.made == straight.space_log.made


def test_cars_that_are_not_followed_are_not_saved(walled):
    with pytest.raises(ValueError, match="not followed closely"):
        World(walled, starts(2), FORM).saved_race()
