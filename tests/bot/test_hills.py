"""The reference bot knows hills: it drives a hilly circuit as near to its limit as a flat one."""

import pytest

from game.bot.planning import work_out_plan
from game.headless.stint import Conditions, drive_laps
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


def test_the_bot_is_within_one_percent_of_the_bound_on_hills(tarnfell_in_the_hills, spec):
    track = tarnfell_in_the_hills
    assert track.profile.climb_m > 50.0
    assert track.profile.steepest > 0.09
    setup = Setup(tyre_state="frozen")
    bound_s = work_out_plan(track, spec, setup).quasi_steady_s
    (lap,) = drive_laps(Conditions(track, spec), setup).laps
    assert lap.valid
    assert 0.998 * bound_s < lap.time_s < 1.01 * bound_s
