"""A centreline that wanders inside a wide road costs the bot next to nothing."""

from pathlib import Path

import pytest
from pytest import approx
from wiggled_circuit import wiggled_circuit

from game.bot.planning import work_out_plan
from game.track.maker import make_track_file
from game.track.track import build_track
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

NEAR_THE_LIMIT = 0.01


def test_a_wiggle_of_the_centreline_costs_no_grip_and_no_time(spec):
    """A wave of 0.3 m moves the road's edges as well, which takes a third of a per cent."""
    file = make_track_file(2, 2600.0, "flowing")
    smooth = work_out_plan(build_track("smooth", file, Path("made")), spec, Setup())
    wiggled = work_out_plan(wiggled_circuit(file, 0.3, (21.0, 28.0, 40.0)), spec, Setup())
    assert wiggled.lap_time_s == approx(smooth.lap_time_s, rel=0.004)
    assert wiggled.lap_time_s < (1.0 + NEAR_THE_LIMIT) * wiggled.quasi_steady_s
    assert wiggled.grip.min() > smooth.grip.min() - 0.02
