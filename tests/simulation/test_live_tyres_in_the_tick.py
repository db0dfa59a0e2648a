"""Tyres with a state are part of the world: the same bits in every form, kept and brought back."""

import numpy as np
import pytest

from game.compiled import Backend, numba_is_installed
from game.simulation.batch import Batch
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

LIVE = Setup(tyre_state="live", traction_control=0, abs=0, yaw_control=0)
needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")


def start_of(spec, setup=LIVE, **how):
    return Start(spec, setup, Pose(0.0, 0.0, 0.3), speed_mps=20.0, **how)


def driven(world, drive):
    for seconds, held in drive:
        world.step([held], round(seconds * 240))
    return world


@pytest.fixture
def wild_drive(varied_drive):
    """Twenty-four seconds and more of the same turned round: into walls, over and over."""
    mirrored = tuple(
        (seconds, held._replace(steering=-held.steering)) for seconds, held in varied_drive
    )
    return (*varied_drive, *mirrored, (12.0, controls(throttle=0.8, steering=0.7)))


@needs_numba
def test_a_minute_of_spins_and_walls_has_the_same_bits_plain_and_compiled(
    spec, ground, box, wild_drive
):
    track = ground(walls=[box(half_m=60.0)])
    plain, machine = (
        driven(World(track, [start_of(spec)], backend), wild_drive) for backend in Backend
    )
    assert plain.time_s >= 60.0
    assert plain.state_bits() == machine.state_bits()
    assert plain.snapshots() == machine.snapshots()
    now = plain.snapshots()[0]
    assert plain.runtime(0).position.contact_j > 0.0
    assert min(now.tread_k) > 300.0
    assert min(now.wear) > 0.0
    assert max(now.flat_spot) > 0.0
    assert len(set(now.tyre_grip)) == 4


@needs_numba
def test_a_batch_has_the_bits_of_a_world(spec, varied_drive):
    starts = [start_of(spec), start_of(spec, warm_tyres=True), start_of(spec, Setup())]
    batch = Batch(None, starts)
    worlds = [World(None, [start], Backend.COMPILED) for start in starts]
    batch.step(0.0, 0.5, 0.0, ticks=5)  # the other cars' tyres are to move at other ticks
    batch.restart([0, 2])
    worlds[1].step([controls(throttle=0.5)], 5)
    for seconds, held in varied_drive:
        throttle, brake = held.throttle / 255, held.brake / 255
        batch.step(held.steering / 32767, throttle, brake, held.reverse, round(seconds * 240))
        for world in worlds:
            world.step([held], round(seconds * 240))
    for name in ("x_m", "front_left_tread_k", "rear_right_carcass_k", "front_right_tyre_grip"):
        seen = np.array([getattr(world.snapshots()[0], name) for world in worlds])
        assert (batch.column(name) == seen).all()


@pytest.mark.parametrize("backend", list(Backend))
def test_tyres_are_saved_restored_and_new_after_a_restart(spec, backend):
    drive = [(2.0, controls(throttle=1.0, steering=0.3)), (0.5, controls(brake=1.0))]
    world = driven(World(None, [start_of(spec)], backend), drive)
    kept = world.saved()
    driven(world, drive)
    after = world.state_bits()
    world.restore(kept)
    driven(world, drive)
    assert world.state_bits() == after
    world.restart(start_of(spec))
    assert world.state_bits() == World(None, [start_of(spec)], backend).state_bits()
    world.restart(start_of(spec, warm_tyres=True))
    assert world.snapshots()[0].tyre_grip == (1.0, 1.0, 1.0, 1.0)


def test_tyres_stay_worn_and_warm_when_a_car_is_put_down_elsewhere(spec):
    world = driven(World(None, [start_of(spec)]), [(3.0, controls(throttle=1.0, steering=0.4))])
    before = world.snapshots()[0]
    world.place(0, Pose(5.0, 5.0, 0.0), 0.0)
    now = world.snapshots()[0]
    assert (now.wear, now.tread_k) == (before.wear, before.tread_k)


def test_the_heat_in_the_tyres_is_part_of_what_slip_and_rolling_lost(spec, varied_drive):
    world = driven(World(None, [start_of(spec)], Backend.COMPILED), varied_drive)
    state = world.runtime(0).state
    assert 0.0 < state.tyres.heated_j < state.ledger.tyre_heat_j + state.ledger.rolling_j


def test_a_worn_cold_tyre_corners_with_less_force_than_a_frozen_one(spec):
    held = controls(steering=0.5)
    frozen = World(None, [start_of(spec, Setup(yaw_control=0))], Backend.PLAIN)
    cold = World(None, [start_of(spec)], Backend.PLAIN)
    sideways = [
        abs(world.step([held], 120).snapshots[0].accel_left_mps2) for world in (frozen, cold)
    ]
    assert sideways[1] < 0.9 * sideways[0]


def test_frozen_tyres_leave_a_drive_as_it_was_and_its_bits_name_no_tyre(spec):
    world = World(None, [start_of(spec, Setup())], Backend.PLAIN)
    live = World(None, [start_of(spec)], Backend.PLAIN)
    assert len(live.state_bits()) > len(world.state_bits())
    world.step([controls(throttle=1.0)], 240)
    assert world.snapshots()[0].tyre_grip == (1.0, 1.0, 1.0, 1.0)
