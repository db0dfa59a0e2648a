"""Where a part of a lap is missing, guides lead from end to end as a road would."""

import math

import numpy as np
import pytest

from game.track.importing.guides import with_guides

STEP_M = 10.0


def along(*corners_m):
    """Return points every ten metres along straights from corner to corner."""
    rows = []
    for start_m, end_m in zip(np.array(corners_m[:-1]), np.array(corners_m[1:]), strict=True):
        count = round(float(np.hypot(*(end_m - start_m))) / STEP_M)
        rows.append(start_m + np.arange(count)[:, None] / count * (end_m - start_m))
    return np.vstack([*rows, corners_m[-1:]])


def way_over_the_gap(points_m):
    """Return the guides from the last point to the first, with both."""
    guided_m, _ = with_guides(points_m)
    last = np.flatnonzero(np.all(guided_m == points_m[-1], axis=1))[0]
    return np.vstack([guided_m[last:], points_m[:1]])


def length_m(line_m):
    return np.hypot(*np.diff(line_m, axis=0).T).sum()


@pytest.mark.parametrize("mirrored", [False, True])
def test_where_straights_meet_the_way_is_between_that_of_a_wide_corner_and_a_tight_one(mirrored):
    """With a radius of 20 m and of 140 m the same points are left, and the lap differs by 52 m."""
    points_m = along((0.0, 150.0), (0.0, 500.0), (-500.0, 500.0), (-500.0, 0.0), (-150.0, 0.0))
    way_m = way_over_the_gap(points_m * (1.0, -1.0) if mirrored else points_m)
    tight_m, wide_m = (300.0 - (2.0 - 0.5 * np.pi) * radius_m for radius_m in (20.0, 140.0))
    assert abs(length_m(way_m) - 0.5 * (tight_m + wide_m)) < 0.25 * (tight_m - wide_m)
    assert way_m[:, 0].max() <= 1e-6  # not beyond the place where the straights meet
    steps_m = np.diff(way_m, axis=0)
    turns_rad = np.diff(np.arctan2(steps_m[:, 1], steps_m[:, 0]))
    assert np.all(turns_rad <= 1e-6) if mirrored else np.all(turns_rad >= -1e-6)


def test_straights_that_meet_far_away_are_not_followed_that_far():
    """They meet after 1,200 m, where the gap is 209 m."""
    points_m = along((0.0, 0.0), (600.0, 0.0), (600.0, 400.0), (0.0, 209.0))
    points_m = np.vstack([points_m, (-5.0, 207.4)])
    way_m = way_over_the_gap(points_m)
    assert 209.0 < length_m(way_m) < 420.0


def test_the_way_leaves_a_bend_as_the_bend_ends():
    """A straight line through the last points to either side would point 0.15 rad beside it."""
    angle_rad = np.arange(0.0, 1.5 * np.pi, 0.1)
    points_m = 100.0 * np.column_stack([np.cos(angle_rad), np.sin(angle_rad)])
    way_m = way_over_the_gap(points_m)
    for (x_m, y_m), end_rad in ((way_m[1] - way_m[0], angle_rad[-1]), (way_m[-1] - way_m[-2], 0.0)):
        assert abs(math.remainder(math.atan2(y_m, x_m) - end_rad - 0.5 * math.pi, math.tau)) < 0.03


def test_a_corner_near_one_end_takes_more_of_the_way_there_than_one_in_the_middle():
    """Before a corner at an end the line has begun to bend: it is wider than it looks from afar."""
    whole = ((0.0, 500.0), (-600.0, 500.0), (-600.0, 0.0))
    for before_m, low, high in ((50.0, 0.75, 0.9), (150.0, 0.45, 0.6)):
        way_m = way_over_the_gap(along((0.0, 150.0), *whole, (-before_m, 0.0)))
        saved_m = before_m + 150.0 - length_m(way_m)
        assert low < saved_m / (2.0 - 0.5 * np.pi) / before_m < high
