"""A drive goes on from a saved state to the same bits, walls or not."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.compiled import Backend, numba_is_installed
from game.simulation.events import Contact
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

SPEC = load_car()
FORM = Backend.COMPILED if numba_is_installed() else Backend.PLAIN
START = Start(SPEC, Setup(), Pose(-6.0, 3.0, 0.3), speed_mps=12.0)
TICKS = 12  # for which controls are held
inputs = st.builds(
    controls, st.floats(-1.0, 1.0), st.floats(0.0, 1.0), st.sampled_from((0.0, 0.0, 0.5))
)


@pytest.fixture(scope="module")
def walled(ground, box):
    return ground(walls=[box(half_m=14.0), box("tyres", half_m=2.0, x_m=3.0, y_m=3.0)])


@pytest.fixture(scope="module")
def worlds(walled):
    """One to be driven closely, one to be restored."""
    straight = World(walled, [START], FORM)
    straight.follow_closely()
    return straight, World(walled, [START], FORM)


def driven_closely(world, drive):
    """Return every exact state of a drive by its tick, the bits after each hold, and its events."""
    saves, bits, events = {}, {}, []
    for held in drive:
        for _ in range(TICKS):
            events += world.advance([held], 1)
            if world.can_be_saved:
                saves[world.tick] = world.saved()
        bits[world.tick] = world.state_bits()
    return saves, bits, events


def goes_on_to(world, saved, drive):
    """Return the bits after each hold of a drive that goes on from a saved state."""
    world.restore(saved)
    bits, events = {}, []
    while world.tick < len(drive) * TICKS:
        events += world.advance([drive[world.tick // TICKS]], TICKS - world.tick % TICKS)
        bits[world.tick] = world.state_bits()
    return bits, events


@given(data=st.data(), drive=st.lists(inputs, min_size=20, max_size=45))
def test_from_any_exact_state_a_drive_between_walls_repeats_every_bit(worlds, data, drive):
    straight, restored = worlds
    straight.restart(START)
    saves, bits, events = driven_closely(straight, drive)
    tick = data.draw(st.sampled_from(sorted(saves)))
    again, events_again = goes_on_to(restored, pickle.loads(pickle.dumps(saves[tick])), drive)
    assert again == {at: state for at, state in bits.items() if at > tick}
    assert events_again == [event for event in events if event.tick >= tick]


def test_there_are_exact_states_before_and_after_a_hit(worlds):
    straight, _ = worlds
    straight.restart(START)
    drive = [controls(throttle=0.4)] * 30 + [controls(throttle=0.6, reverse=1)] * 30
    saves, _, events = driven_closely(straight, drive)
    (hit, *_) = [event.tick for event in events if isinstance(event, Contact)]
    assert any(tick < hit for tick in saves)
    assert any(tick > hit for tick in saves)


def test_a_car_that_was_not_followed_cannot_be_saved_exactly(walled):
    world = World(walled, [START], FORM)
    world.advance([controls(throttle=1.0)], 1)
    world.follow_closely()
    world.advance([controls(throttle=1.0)], 240)
    assert not world.can_be_saved


def test_the_states_of_one_form_of_the_tick_are_those_of_the_other(walled):
    plain, other = World(walled, [START]), World(walled, [START], FORM)
    plain.follow_closely()
    drive = [controls(0.3, 0.8)] * 16
    saves, bits, _ = driven_closely(plain, drive)
    for tick in sorted(saves)[::4]:
        again, _ = goes_on_to(other, saves[tick], drive)
        assert again == {at: state for at, state in bits.items() if at > tick}
