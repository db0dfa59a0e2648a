"""Every channel says its unit, and the plain and the compiled tick read it the same."""

import numpy as np
import pytest

from game.compiled import Backend, compiled, numba_is_installed
from game.records import records
from game.simulation.channels import SNAPSHOT_CHANNELS, Channel, channel, write_numbers
from game.simulation.chassis import WorldMotion
from game.simulation.snapshot import Snapshot
from game.simulation.tick import snapshot_of
from game.vehicle.state import controls

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")


def test_every_number_of_a_snapshot_is_a_channel_with_its_unit():
    assert [each.name for each in SNAPSHOT_CHANNELS] == list(Snapshot._fields)
    units = {each.name: each.unit for each in SNAPSHOT_CHANNELS}
    assert units["velocity_forward_mps"] == "m/s"
    assert units["rear_right_sliding_power_w"] == "W"
    assert units["accel_left_mps2"] == "m/s2"
    assert [name for name, unit in units.items() if unit == "" and name.endswith("surface")]
    assert channel("time_s") == Channel("time_s", "s")


def test_a_name_that_does_not_say_its_unit_is_refused():
    with pytest.raises(ValueError, match="'speed'"):
        channel("speed")


@pytest.mark.parametrize("backend", list(Backend))
def test_a_snapshot_shows_what_the_car_holds(alone, backend):
    world = alone(20.0, backend=backend)
    (now,) = world.step([controls(steering=0.2, throttle=0.7)], 60).snapshots
    runtime = world.runtime(0)
    assert now.tick == world.tick == 60
    assert now.rear_left_load_n == runtime.state.rear_left.load_n
    assert now.load_n.front_right == runtime.state.front_right.load_n
    assert now.battery_drawn_j == runtime.state.battery.drawn_j > 0.0
    assert now.s_m == runtime.position.s_m
    assert 15.0 < now.velocity_forward_mps < 25.0
    motion = WorldMotion(1.0, 2.0, 0.0, 3.0, 4.0, 5.0)
    moved = snapshot_of(runtime, motion, 7)
    assert moved[:7] == (7, 1.0, 2.0, 0.0, 3.0, 4.0, 5.0)


@needs_numba
def test_the_compiled_snapshot_has_the_same_channels(alone):
    world = alone(20.0)
    world.step([controls(steering=0.2, throttle=0.7)], 60)
    runtime, motion = world.runtime(0), WorldMotion(1.0, 2.0, 0.3, 3.0, 4.0, 5.0)
    machine = compiled(snapshot_of)(records([runtime])[0], motion, 7)
    assert tuple(machine) == tuple(snapshot_of(runtime, motion, 7))


def test_numbers_are_written_in_the_order_of_their_fields():
    row = np.zeros(4)
    write_numbers(row, (1.0, 2.0, 3.0))
    assert row.tolist() == [1.0, 2.0, 3.0, 0.0]
