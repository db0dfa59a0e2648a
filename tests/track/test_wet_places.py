"""Along a lap there is a line that is driven most, and water gets as deep as the road lets it."""

import numpy as np
import pytest
from pytest import approx

from game.track.road_profile import sample_profile
from game.track.track import load_track, track_names
from game.track.wet_places import wet_places

N = 1000


def level(length_m=1000.0):
    return sample_profile(None, np.arange(N) * length_m / N, length_m)


def straight_places(left_m=6.0, right_m=6.0, profile=None):
    edges = np.full(N, left_m), np.full(N, right_m)
    return wet_places(np.zeros(N), *edges, profile or level(), 1000.0)


def line_at(track, s_m):
    places = track.wet_places
    return places[round(s_m / track.length_m * len(places)) % len(places)].line_m


@pytest.mark.parametrize("name", track_names())
def test_the_driven_line_stays_on_the_road(name):
    track = load_track(name)
    places = track.wet_places
    at = np.arange(len(places)) * track.tables.sample_count // len(places)
    line_m = np.array([place.line_m for place in places])
    assert np.all(line_m < track.bands.left_m[at, 0])
    assert np.all(-line_m < track.bands.right_m[at, 0])


def test_cars_drive_on_the_inside_of_tight_corners_and_far_from_it_before_them():
    track = load_track("ricardo_tormo")
    tight = [corner for corner in track.corners if abs(curvature(track, corner.apex_m)) > 0.015]
    assert len(tight) >= 6
    for corner in tight:
        side = np.sign(curvature(track, corner.apex_m))
        assert max(side * line_at(track, corner.apex_m + ahead) for ahead in (-20, 0, 20)) > 2.0


def curvature(track, s_m):
    return float(np.interp(s_m, track.frames.s_m, track.frames.curvature_1pm))


def test_a_mirrored_circuit_has_the_mirrored_line():
    places = load_track("ricardo_tormo").wet_places
    mirrored = load_track("ricardo_tormo+mirror").wet_places
    assert [place.line_m for place in mirrored] == approx([-place.line_m for place in places])
    assert [place.deeper for place in mirrored] == approx([place.deeper for place in places])


def test_on_a_straight_road_cars_drive_anywhere_evenly_and_water_has_its_usual_depth():
    for place in straight_places():
        assert place == approx((0.0, 1.0))


def test_water_is_deeper_on_a_wide_road_as_gallaway_says():
    assert straight_places(12.0, 12.0)[0].deeper == approx(2.0**0.43, rel=0.01)


def test_water_runs_off_a_banked_road_and_stands_where_the_banking_changes_sides():
    falls = level()._replace(crossfall=np.linspace(-0.08, 0.08, N))
    places = straight_places(profile=falls)
    assert places[0].deeper == approx(4.0**-0.42, rel=0.03)
    assert max(place.deeper for place in places) == approx(4.0**0.42, rel=0.03)
    assert places[len(places) // 2].deeper > 1.7
