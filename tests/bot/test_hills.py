"""The reference bot knows hills: it drives a hilly circuit as near to its limit as a flat one."""

import math

import msgspec
import pytest

from game.headless.stint import Conditions, drive_laps
from game.track.track import build_track, read_track
from game.track.track_file import RoadProfileEntry
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

LAP_M = 2600.0


def height_m(s_m):
    turn = math.tau * s_m / LAP_M
    return 20.0 * math.sin(turn) + 8.0 * math.sin(3.0 * turn + 1.0)


@pytest.fixture(scope="module")
def tarnfell_in_the_hills():
    name, path, file = read_track("tarnfell")
    heights = [(float(s_m), height_m(s_m)) for s_m in range(0, 2600, 100)]
    banking = [(0.0, 0.0), (500.0, -5.0), (900.0, 0.0), (1500.0, 4.0), (2100.0, -4.0)]
    profile = RoadProfileEntry(heights, banking)
    return build_track(name, msgspec.structs.replace(file, profile=profile), path)


def test_the_bot_is_within_one_percent_of_the_bound_on_hills(tarnfell_in_the_hills, spec):
    track = tarnfell_in_the_hills
    assert track.profile.climb_m > 50.0
    assert track.profile.steepest > 0.09
    run = drive_laps(Conditions(track, spec), Setup(tyre_state="frozen"))
    (lap,) = run.laps
    assert lap.valid
    assert 0.998 * run.quasi_steady_s < lap.time_s < 1.01 * run.quasi_steady_s
