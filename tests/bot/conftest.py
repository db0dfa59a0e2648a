"""The oval, which is planned in a second, and a shipped circuit with hills of its own."""

import math

import msgspec
import pytest
from oval import make_oval

from game.track.track import build_track, read_track
from game.track.track_file import RoadProfileEntry

_LAP_M = 2600.0


@pytest.fixture(scope="session")
def oval():
    return make_oval()


def _height_m(s_m):
    turn = math.tau * s_m / _LAP_M
    return 20.0 * math.sin(turn) + 8.0 * math.sin(3.0 * turn + 1.0)


@pytest.fixture(scope="session")
def tarnfell_in_the_hills():
    name, path, file = read_track("tarnfell")
    heights = [(float(s_m), _height_m(s_m)) for s_m in range(0, 2600, 100)]
    banking = [(0.0, 0.0), (500.0, -5.0), (900.0, 0.0), (1500.0, 4.0), (2100.0, -4.0)]
    profile = RoadProfileEntry(heights, banking)
    return build_track(name, msgspec.structs.replace(file, profile=profile), path)
