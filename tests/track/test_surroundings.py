"""What a circuit's file leaves out is made for it, and keeps clear of the track and of itself."""

import math
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from figure_of_eight import figure_of_eight_file
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from game.digests import track_digest
from game.track.characters import CHARACTERS
from game.track.check import check, nearest_m
from game.track.layout import lay_centreline
from game.track.maker import make_track_file
from game.track.surfaces import GRAVEL, PAINT, PIT_LANE
from game.track.surroundings import completed
from game.track.tables import surface_at
from game.track.track import build_track
from game.track.track_file import CentrelineEntry, GroundEntry, TrackFile, read_track_file

pytestmark = pytest.mark.slow

CIRCUITS = [(character, seed) for character in CHARACTERS for seed in range(3)]
circuits = st.sampled_from(CIRCUITS)
TORMO = Path("tracks/ricardo_tormo/track.toml")
FAST_MPS = 150.0 / 3.6


@cache
def file_of(character, seed):
    return make_track_file(seed, 2500.0 + 700.0 * seed, character)


@cache
def track_of(character, seed):
    return build_track("made", file_of(character, seed), Path("made"))


@cache
def whole_of(character, seed):
    file = file_of(character, seed)
    return completed(file, *lay_centreline(file))


def of_elements(elements, **changes):
    return TrackFile(
        title="",
        credit="",
        centreline=CentrelineEntry(0.0, 0.0, 0.0, elements=elements),
        ground=GroundEntry(6.0, 6.0),
        **changes,
    )


@pytest.mark.parametrize("circuit", CIRCUITS)
def test_a_made_circuit_has_no_findings(circuit):
    assert check(track_of(*circuit)) == []


@pytest.mark.parametrize("circuit", CIRCUITS)
def test_kerbs_walls_a_grid_a_pit_lane_and_stands_are_made(circuit):
    track = track_of(*circuit)
    assert len(whole_of(*circuit).ground.kerbs) >= len(track.corners)
    assert {wall.kind for wall in track.walls} >= {"concrete", "tyres"}
    assert len(track.sectors_m) == 3
    assert len(track.grid) >= 6
    assert track.pit_lane is not None
    assert {"pit_building", "grandstand"} <= {building.kind for building in track.buildings}


@settings(max_examples=12, deadline=None)
@given(circuits)
def test_what_lies_beside_the_track_is_nearest_to_its_own_part(circuit):
    track = track_of(*circuit)
    for side in ("left", "right"):
        sign = 1.0 if side == "left" else -1.0
        edge_m = track.band_edges(side).max(axis=1)
        points_m = track.frames.along(sign * edge_m)
        assert (nearest_m(track, points_m) > edge_m - 0.6).all()


@settings(max_examples=12, deadline=None)
@given(circuits)
def test_barriers_stand_clear_of_the_track_of_gravel_and_of_other_walls(circuit):
    track = track_of(*circuit)
    for wall in track.walls:
        index = np.rint(wall.s_m / track.tables.step_m).astype(int) % track.tables.sample_count
        left = wall.offset_m > 0.0
        bands = np.where(left[:, None], track.bands.left_m[index], track.bands.right_m[index])
        near_m = np.abs(wall.offset_m) - wall.half_thickness_m
        gravel = bands[:, 4] > bands[:, 3]
        assert (near_m > bands[:, 2]).all()
        assert (near_m > np.where(gravel, bands[:, 4], 0.0)).all()
        assert (nearest_m(track, wall.points_m) > np.abs(wall.offset_m) - 0.6).all()


@settings(max_examples=12, deadline=None)
@given(circuits)
def test_a_car_that_goes_straight_on_meets_run_off_before_the_wall(circuit):
    """Where a straight is fast, its corner slow, and room beside it."""
    track = track_of(*circuit)
    met = 0
    for corner in track.corners:
        if _speed_before(track, corner) < FAST_MPS or not _is_slow(track, corner):
            continue
        surfaces, room_m = _straight_on(track, corner)
        if room_m < 14.0:
            continue
        met += 1
        assert {GRAVEL, PAINT, PIT_LANE} & surfaces, corner
    assert met or circuit[0] in ("twisty", "street")


def _speed_before(track, corner):
    """Return the speed that a car reaches on the straight before a corner, at 5 m/s2."""
    others = [other.exit_m for other in track.corners]
    straight_m = min((corner.turn_in_m - exit_m) % track.length_m for exit_m in others)
    return math.sqrt(20.0**2 + 2.0 * 5.0 * straight_m)


def _is_slow(track, corner):
    s_m = np.linspace(corner.turn_in_m, corner.exit_m, 100)
    return np.abs(track.centreline.curvature_1pm(s_m)).max() > 1.0 / 60.0


def _straight_on(track, corner):
    """Return the surfaces on the way straight on to the wall, and how far it is from the track."""
    pose = track.centreline.pose(corner.turn_in_m)
    hint_m = corner.turn_in_m
    surfaces = set()
    sign = 1.0 if corner.inside == "right" else -1.0
    barriers = [wall for wall in track.walls if not wall.closed and sign * wall.offset_m[0] > 0.0]
    s_m = np.concatenate([wall.s_m for wall in barriers])
    offset_m = np.concatenate([np.abs(wall.offset_m) for wall in barriers])
    order = np.argsort(s_m)
    for ahead_m in range(300):
        x_m = pose.x_m + ahead_m * math.cos(pose.heading_rad)
        y_m = pose.y_m + ahead_m * math.sin(pose.heading_rad)
        hint_m, aside_m = track.centreline.project(x_m, y_m, hint_m)
        wall_m = np.interp(hint_m, s_m[order], offset_m[order])
        edge_m = track.band_edges("left" if sign > 0.0 else "right")[
            track.frames.index_at(hint_m), 0
        ]
        if sign * aside_m > wall_m - 0.6:
            return surfaces, wall_m - edge_m
        surfaces.add(surface_at(track.tables, hint_m, aside_m))
    return surfaces, 0.0


def test_a_file_that_says_everything_stays_as_it_is(flat_ricardo_tormo):
    file = read_track_file(TORMO)
    whole = completed(file, *lay_centreline(file))
    assert msgspec.to_builtins(whole) == msgspec.to_builtins(file)
    assert track_digest(flat_ricardo_tormo) == "eb487fc18a506e08"


def test_an_empty_list_means_that_there_is_none():
    file = file_of("flowing", 0)
    ground = GroundEntry(6.0, 6.0, kerbs=[], paint=[], gravel=[], paved=[])
    bare = msgspec.structs.replace(file, ground=ground, pit_lane=False, buildings=[], sectors=[])
    track = build_track("bare", bare, Path("bare"))
    for edges_m in (track.bands.left_m, track.bands.right_m):
        assert (edges_m[:, 2] == 6.0).all()
        assert (edges_m[:, 4] == edges_m[:, 3]).all()
    assert track.pit_lane is None
    assert track.buildings == ()
    assert track.sectors_m == (0.0,)


def test_what_a_file_gives_is_kept_and_the_rest_is_made_around_it():
    file = file_of("flowing", 0)
    ground = msgspec.structs.replace(file.ground, gravel=whole_of("flowing", 0).ground.gravel)
    again = completed(msgspec.structs.replace(file, ground=ground), *lay_centreline(file))
    assert again.ground.gravel == ground.gravel
    assert again.ground.kerbs == whole_of("flowing", 0).ground.kerbs
    assert check(build_track("x", msgspec.structs.replace(file, ground=ground), Path("x"))) == []


def test_the_same_is_made_again_from_a_completed_file():
    whole = whole_of("twisty", 1)
    assert completed(whole, *lay_centreline(whole)) == whole


def test_a_circle_has_neither_corners_nor_straights_and_is_made_all_the_same():
    track = build_track(
        "circle", of_elements([(2.0 * math.pi * 100.0, 0.01, 0.01)]), Path("circle")
    )
    assert check(track) == []
    assert track.pit_lane is None


def test_a_lap_with_a_bridge_has_no_run_off_on_it():
    file = figure_of_eight_file()
    file = msgspec.structs.replace(
        file, ground=GroundEntry(6.0, 6.0), walls=None, pit_lane=None, buildings=None
    )
    track = build_track("eight", file, Path("eight"))
    assert check(track) == []
    on_it = track.levels == 1
    for edges_m in (track.bands.left_m, track.bands.right_m):
        assert edges_m[on_it, 4] == approx(edges_m[on_it, 3])


def test_a_narrow_twisting_circuit_lies_in_a_city_and_a_wide_one_does_not():
    assert whole_of("street", 0).landscape.kind == "city"
    file = msgspec.structs.replace(file_of("street", 0), landscape=None)
    assert completed(file, *lay_centreline(file)).landscape.kind == "city"
    assert whole_of("fast", 0).landscape.kind != "city"
