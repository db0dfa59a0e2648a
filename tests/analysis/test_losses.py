"""What a lap loses is put down to causes that add up to it, and to the right ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval
from pytest import approx
from stub_profiles import profile

from game.analysis.corner_stretches import corner_stretches
from game.analysis.findings import compare_laps
from game.analysis.losses import corner_losses, lap_causes

TRACK = make_oval()
LENGTH_M = TRACK.length_m
MARKS = profile(30.0, LENGTH_M).marks


def speeds(slow_mps=20.0, brakes=30.0, drives=60.0, fastest_mps=50.0):
    """Speeds that fall to a minimum at each apex: the way that braking and driving take, in m."""
    middles_m = MARKS.places_m[:-1] + 0.5 * MARKS.spacing_m
    found = np.full(MARKS.total, fastest_mps)
    for corner in TRACK.corners:
        far_m = middles_m - corner.apex_m
        share = np.where(far_m < 0.0, -far_m / brakes, far_m / drives).clip(0.0, 1.0)
        square = slow_mps**2 + (fastest_mps**2 - slow_mps**2) * share
        found = np.minimum(found, np.sqrt(square))
    return found


def causes(lap, reference):
    return lap_causes(compare_laps(TRACK, lap, reference).losses)


piecewise = st.lists(st.floats(5.0, 80.0), min_size=6, max_size=6).map(
    lambda few: np.interp(np.arange(MARKS.total), np.linspace(0, MARKS.total, 6), few)
)
ways = st.floats(0.9, 1.2)


@given(piecewise, piecewise, ways, ways)
def test_the_causes_of_all_corners_add_up_to_the_difference_of_the_lap_times(a, b, way_a, way_b):
    lap, reference = profile(a, LENGTH_M, way=way_a), profile(b, LENGTH_M, way=way_b)
    comparison = compare_laps(TRACK, lap, reference)
    assert comparison.causes.total_s == approx(comparison.time_s, abs=1e-9)
    for loss, own, other in zip(
        comparison.losses, comparison.rows, comparison.reference_rows, strict=True
    ):
        assert loss.time_s == approx(own.time_s - other.time_s, abs=1e-9)


@given(piecewise, ways)
def test_a_lap_loses_nothing_on_itself(speed_mps, way):
    lap = profile(speed_mps, LENGTH_M, way=way)
    assert all(cause == 0.0 for cause in causes(lap, lap))


def test_a_longer_way_at_the_same_speed_is_the_line():
    lost = causes(profile(speeds(), LENGTH_M, way=1.01), profile(speeds(), LENGTH_M))
    assert lost.line_s == approx(0.01 * profile(speeds(), LENGTH_M).lap.time_s)
    assert lost.total_s == approx(lost.line_s)


def test_braking_over_a_longer_way_to_the_same_minimum_is_braking():
    lost = causes(profile(speeds(brakes=60.0), LENGTH_M), profile(speeds(), LENGTH_M))
    assert lost.braking_s == approx(lost.total_s, rel=0.05)
    assert lost.total_s > 0.1


def test_reaching_full_speed_later_from_the_same_minimum_is_traction():
    lost = causes(profile(speeds(drives=90.0), LENGTH_M), profile(speeds(), LENGTH_M))
    assert lost.traction_s == approx(lost.total_s, rel=0.05)
    assert lost.total_s > 0.1


def test_a_lower_minimum_with_as_much_left_of_it_around_is_the_minimum_speed():
    lost = causes(profile(speeds(slow_mps=16.0), LENGTH_M), profile(speeds(), LENGTH_M))
    assert lost.minimum_s == approx(lost.total_s, rel=0.05)


def test_speed_that_was_missing_before_the_brake_is_brought_along():
    slower = profile(speeds(fastest_mps=45.0), LENGTH_M)
    lost = causes(slower, profile(speeds(), LENGTH_M))
    first = compare_laps(TRACK, slower, profile(speeds(), LENGTH_M)).losses[0].causes
    assert first.arrival_s > 0.05
    assert lost.minimum_s == approx(0.0, abs=0.05)


def test_stretches_follow_each_other_from_line_to_line():
    stretches = corner_stretches(TRACK, [profile(speeds(), LENGTH_M)])
    assert [stretch.corner.number for stretch in stretches] == [1, 2]
    assert (stretches[0].begin, stretches[-1].end) == (0, MARKS.total)
    assert stretches[0].end == stretches[1].begin


def test_who_brakes_first_moves_the_border_for_both():
    late, early = (profile(speeds(brakes=way), LENGTH_M) for way in (30.0, 80.0))
    (first, _) = corner_stretches(TRACK, [late, early])
    (alone, _) = corner_stretches(TRACK, [early])
    assert first.end == alone.end


def test_a_circuit_without_corners_has_no_stretches():
    straight = replace(TRACK, corners=())
    lap = profile(30.0, LENGTH_M)
    assert compare_laps(straight, lap, lap).losses == ()
    assert compare_laps(straight, lap, lap).sentences() == []
    assert corner_losses(lap, lap, ()) == ()


@pytest.mark.parametrize(
    ("lap", "said"),
    [
        (speeds(brakes=60.0), "mostly braking"),
        (speeds(drives=110.0), "mostly traction"),
        (speeds(slow_mps=15.0), "mostly minimum speed, 56 against 74 km/h"),
    ],
)
def test_the_worst_corner_is_told_with_its_cause(lap, said):
    comparison = compare_laps(TRACK, profile(lap, LENGTH_M), profile(speeds(), LENGTH_M))
    assert any(said in sentence for sentence in comparison.sentences())
