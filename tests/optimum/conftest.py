"""Tests of optimal laps share a circle to drive round, and a plan of it made by hand."""

import math

import numpy as np
import pytest

from game.bot.plan import Plan
from game.track.track import load_track
from game.vehicle.setup import default_setup

SPEED_MPS = 22.0


@pytest.fixture(scope="session")
def circle():
    """The skid pad of 50 m, 12 m wide."""
    return load_track("skid_pad_50")


@pytest.fixture(scope="session")
def setup(spec):
    return default_setup(spec)


@pytest.fixture(scope="session")
def plan_of_circle(circle):
    """Round the middle of the road at one speed."""
    count = 100
    s_m = np.arange(count) * circle.length_m / count
    pose = circle.centreline.poses(s_m)
    none, full = np.zeros(count), np.ones(count)
    time_s = circle.length_m / SPEED_MPS
    return Plan(
        station_m=circle.length_m / count,
        offset_m=none,
        x_m=pose[:, 0],
        y_m=pose[:, 1],
        heading_rad=pose[:, 2],
        across_rad=none,
        curvature_1pm=full / 50.0,
        grip=full,
        speed_mps=SPEED_MPS * full,
        accel_mps2=none,
        lap_time_s=time_s,
        charge_per_lap=math.nan,
        quasi_steady_s=time_s,
    )
