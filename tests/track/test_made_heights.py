"""A circuit made with hills is the same one with heights, closed and fit to drive on."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.track.check import check
from game.track.made_heights import with_hills
from game.track.maker import make_track_file
from game.track.track import build_track


@pytest.fixture(scope="module")
def made():
    return make_track_file(7, 4000.0, "flowing")


def test_all_else_of_a_circuit_stays(made):
    hilly = with_hills(made, 7, 30.0)
    assert msgspec.structs.replace(hilly, profile=None) == made
    assert made.profile is None


@given(st.integers(0, 2**63 - 1), st.floats(0.5, 200.0))
def test_hills_are_as_high_as_asked_or_as_a_lap_has_room_for(made, seed, hills_m):
    rows = with_hills(made, seed, hills_m).profile.heights_m
    heights_m = [height_m for _, height_m in rows]
    assert min(heights_m) == 0.0
    assert max(heights_m) <= hills_m + 0.005
    if hills_m <= 5.0:
        assert max(heights_m) == approx(hills_m, abs=0.005)


def test_seeds_make_different_hills(made):
    assert with_hills(made, 7, 30.0) == with_hills(made, 7, 30.0)
    assert with_hills(made, 7, 30.0) != with_hills(made, 8, 30.0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7, 12])
def test_hilly_circuits_have_no_findings(made, seed, tmp_path):
    track = build_track("hilly", with_hills(made, seed, 200.0), tmp_path)
    assert track.tables.hilly
    assert track.profile.climb_m > 10.0
    assert check(track) == []
