"""A body's numbers are found in the engine's memory, or else by their names, with the same bits."""

import pytest

from game.compiled import Backend
from game.simulation import chassis
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import controls


@pytest.fixture
def into_a_wall(spec, ground, box):
    """Drives into a wall and along it; returns all bits of the state every tenth of a second."""

    def drive(backend):
        start = Start(spec, Setup(), Pose(0.0, 0.0, 0.4), speed_mps=25.0)
        world = World(ground(walls=[box()]), [start], backend)
        bits = []
        for _ in range(15):
            world.step([controls(0.2, throttle=0.7)], 24)
            bits.append(world.state_bits())
        assert world.runtime(0).position.contact_j > 0.0
        return bits, world.backend

    return drive


@pytest.mark.parametrize("asked_for", list(Backend))
def test_where_the_layout_of_a_body_is_not_recognised_the_drive_is_the_same_and_plain(
    into_a_wall, monkeypatch, asked_for
):
    by_pointer, _ = into_a_wall(Backend.PLAIN)
    monkeypatch.setattr(chassis, "_body_layout", lambda: None)
    by_property, backend = into_a_wall(asked_for)
    assert by_property == by_pointer
    assert backend is Backend.PLAIN
