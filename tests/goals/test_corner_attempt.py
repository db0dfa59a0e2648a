"""A corner on its own is timed from its flying start to its finish, and counts if it stays on."""

from dataclasses import dataclass

import numpy as np
import pytest

from game.bot.plan import Plan
from game.goals.corner_attempt import (
    START_WINDOWS_S,
    CornerAttempt,
    CornerCourse,
    corner_course,
)
from game.simulation.world import Step
from game.track.elements import Pose
from game.track.track import load_track
from game.vehicle.setup import Setup

LENGTH_M = 1000.0
STEP_S = 0.01
SPEED_MPS = 50.0


@dataclass
class Moment:
    tick: int
    s_m: float
    beyond_limit_m: float = -1.0
    velocity_forward_mps: float = SPEED_MPS
    x_m: float = 0.0
    y_m: float = 0.0
    heading_rad: float = 0.0
    steering_rad: float = 0.0


def driven(from_m=400.0, course_m=200.0, off_at=None, ticks=1000):
    """Return an attempt at 50 m/s; off_at: the tick at which all wheels are off."""
    course = CornerCourse(1, Pose(0.0, 0.0, 0.0), from_m, SPEED_MPS, course_m)
    attempt = CornerAttempt(course, LENGTH_M, STEP_S)
    for tick in range(1, ticks + 1):
        s_m = (from_m + tick * STEP_S * SPEED_MPS) % LENGTH_M
        attempt.on_step(Step((Moment(tick, s_m, 0.2 if tick == off_at else -1.0),), ()))
    return attempt


@pytest.mark.parametrize(("from_m", "course_m"), [(400.0, 200.0), (900.0, 200.0), (0.0, 201.3)])
def test_the_time_is_from_the_start_to_the_finish_also_over_the_line(from_m, course_m):
    attempt = driven(from_m, course_m)
    assert attempt.done
    assert attempt.time_s == pytest.approx(course_m / SPEED_MPS)
    assert attempt.valid


def test_there_is_neither_time_nor_ghost_before_the_finish():
    attempt = driven(ticks=300)
    assert not attempt.done
    assert attempt.ghost is None
    assert attempt.travelled_m == pytest.approx(150.0)


def test_all_wheels_off_before_the_finish_does_not_count_and_after_it_does_no_harm():
    assert not driven(off_at=200).valid
    assert driven(off_at=600).valid


def test_the_ghost_of_an_attempt_has_its_time_and_ten_poses_a_second():
    ghost = driven().ghost
    assert ghost.time_s == pytest.approx(4.0)
    assert 39 <= len(ghost.poses) <= 41


def steady_plan(track, speed_mps):
    """Return a plan along the centreline at one speed."""
    s_m = np.arange(round(track.length_m)) * (track.length_m / round(track.length_m))
    none = np.zeros(len(s_m))
    x_m, y_m = track.centreline.position(s_m).T
    return Plan(
        station_m=s_m[1],
        offset_m=none,
        x_m=x_m,
        y_m=y_m,
        heading_rad=track.centreline.heading_rad(s_m),
        across_rad=none,
        curvature_1pm=track.centreline.curvature_1pm(s_m),
        grip=none,
        speed_mps=none + speed_mps,
        accel_mps2=none,
        lap_time_s=track.length_m / speed_mps,
        charge_per_lap=0.0,
        quasi_steady_s=track.length_m / speed_mps,
    )


@pytest.mark.parametrize("speed_mps", [10.0, 25.0, 35.0])
def test_the_way_through_a_corner_may_be_longer_than_a_short_lap(spec, speed_mps):
    track = load_track("skid_pad_50")
    plan = steady_plan(track, speed_mps)
    for corner in track.corners:
        course = corner_course(track, spec, Setup(), plan, corner, START_WINDOWS_S[0])
        beside_m = course.length_m - (corner.exit_m - corner.turn_in_m)
        max_s, min_s = (1.2 + seconds for seconds in START_WINDOWS_S[0])
        assert min_s * speed_mps - 2.0 < beside_m < max_s * speed_mps + 2.0
