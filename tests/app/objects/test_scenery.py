"""Scenery stands where it may, and where drivers need it."""

import numpy as np
import pytest
from sample_circuits import CHARACTERS, made_circuit
from scipy.spatial import KDTree

from game.app.canvas.noise import (
    GrainLayer,
    NoiseLayer,
    ReliefLayer,
    grain,
    noise,
    noise_sum,
    relief,
)
from game.app.canvas.patches import Piece
from game.app.canvas.sun import SUN_SHADOW
from game.app.objects.corner_signs import corner_names, corner_numbers, name_outline
from game.app.objects.grandstand import grandstand
from game.app.objects.pit_lane import garages, pit_lines
from game.app.objects.plots import Plot
from game.app.objects.site import Site
from game.app.objects.trackside import board_places
from game.app.objects.trees import Trees
from game.app.surfaces.braking import BRAKES_MPS2, braking, estimated_speed_mps
from game.app.surfaces.country import Country
from game.app.surfaces.driven_line import line_offset
from game.app.surfaces.landscape import landscape_of
from game.app.surfaces.outermost_wall import outermost_wall_m
from game.app.surfaces.parcels import divide_land, nearest_parcels

pytestmark = pytest.mark.slow


def beyond_barriers_m(track, points_m):
    """Return how far points lie beyond the barriers of the nearest part of the track, (n,)."""
    beyond_m = []
    for x_m, y_m in points_m:
        s_m, offset_m = track.centreline.project(x_m, y_m)
        side = 1.0 if offset_m > 0.0 else -1.0
        wall_m = np.interp(s_m, track.frames.s_m, outermost_wall_m(track, side))
        beyond_m.append(abs(offset_m) - wall_m)
    return np.array(beyond_m)


def test_the_barrier_of_a_side_is_the_outermost_wall_there(track):
    right_m = outermost_wall_m(track, -1.0)
    assert np.interp(200.0, track.frames.s_m, right_m) == pytest.approx(22.5, abs=0.3)
    for side in (1.0, -1.0):
        assert outermost_wall_m(track, side).min() > 10.0


@pytest.mark.parametrize("character", ["hairpins", "narrow"])
def test_no_tree_grows_on_a_circuit(character):
    track = made_circuit(character)
    site = Site(track)
    trees = Trees(site, Country(track, site.low_m, site.high_m))
    some = np.random.default_rng(1).choice(len(trees.places_m), 60, replace=False)
    assert beyond_barriers_m(track, trees.places_m[some]).min() > 2.0


def test_stands_are_behind_the_barriers_and_leave_room_for_the_service_road(track):
    stands = [item for item in track.buildings if item.kind == "grandstand"]
    assert len(stands) >= 5
    for stand in stands:
        assert beyond_barriers_m(track, stand.outline_m[::3]).min() > 6.5


def test_what_is_taken_is_not_free(track):
    site = Site(track)
    square = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]) + site.low_m + 50.0
    middle = square.mean(axis=0, keepdims=True)
    assert site.is_free(middle, 8.0).all()
    site.reserve(square, 3.0)
    assert not site.is_free(middle).any()
    beside, beyond = middle + np.array([[0.0, 7.0]]), middle + np.array([[0.0, 10.0]])
    assert not site.is_free(beside).any()
    assert site.is_free(beyond).all()
    assert not site.is_free(beyond, 4.0).any()
    assert not site.is_free(site.low_m[None, :] - 5.0).any()


def test_boards_stand_beside_the_road_before_the_corners_that_are_braked_for(track):
    places = board_places(track)
    corners = {corner.number: corner for corner in track.corners}
    before = {
        number: {
            ahead_m
            for ahead_m, s_m, _ in places
            if abs((corner.turn_in_m - s_m) % track.length_m - ahead_m) < 0.01
        }
        for number, corner in corners.items()
    }
    assert {50, 100, 150} <= before[1]
    assert {50, 100} <= before[2]
    assert not before[14]
    for _, s_m, side in places:
        assert outermost_wall_m(track, side)[int(s_m)] > 8.0


@pytest.mark.parametrize("character", CHARACTERS)
def test_every_corner_has_its_number_inside_of_its_apex(character):
    track = made_circuit(character)
    numbers = corner_numbers(track)
    assert [stencil.text for stencil in numbers] == [str(c.number) for c in track.corners]
    for corner, stencil in zip(track.corners, numbers, strict=True):
        s_m, offset_m = track.centreline.project(*stencil.place_m, corner.apex_m)
        assert (offset_m > 0.0) == (corner.inside == "left")
        assert abs(offset_m) > track.band_edges(corner.inside)[0, 0]
        assert s_m == pytest.approx(corner.apex_m, abs=1.0)


def test_names_of_corners_are_written_where_nothing_stands(track):
    site = Site(track)
    names = corner_names(track, site)
    assert len(names) >= 8
    for name in names:
        assert beyond_barriers_m(track, name_outline(name)).min() > 0.0
        assert not site.is_free(name_outline(name)).all()


def test_every_garage_has_a_numbered_box_in_the_pit_lane(track):
    plot = Plot(next(item for item in track.buildings if item.kind == "pit_building"))
    assert garages(plot) == 48
    _, words = pit_lines(track, track.pit_lane, [plot])
    boxes = [word for word in words if word.height_m < 1.5]
    assert [word.text for word in boxes] == [str(number) for number in range(1, 49)]
    assert [word.text for word in words if word.height_m >= 1.5] == ["60", "60"]
    for word in boxes:
        _, offset_m = track.centreline.project(*word.place_m)
        assert -20.5 < offset_m < -11.0


def test_a_plan_counts_along_its_front_and_back_from_it(track):
    plot = Plot(next(item for item in track.buildings if item.kind == "pit_building"))
    assert plot.depth_m == pytest.approx(35.0)
    s_m, offset_m = track.centreline.project(*plot.points(100.0, 5.0)[0])
    assert (s_m, offset_m) == (pytest.approx(121.0, abs=0.5), pytest.approx(-28.0, abs=0.1))
    before_s_m, _ = track.centreline.project(*plot.points(-20.0, 0.0)[0])
    assert before_s_m == pytest.approx(1.0, abs=0.5)
    pieces = plot.pieces(0.0, 100.0, 0.0, 5.0)
    assert np.allclose(pieces[0][len(pieces[0]) // 2 - 1], pieces[1][0])


def test_people_sit_on_some_of_the_seats(track):
    plot = Plot(next(item for item in track.buildings if item.kind == "grandstand"))
    drawn = len(grandstand(plot).low_fine)
    rows = (plot.depth_m - 3.2) // 0.85
    seats = rows * plot.length_m / 0.52
    assert 1.2 * seats < drawn < 2.2 * seats


def test_a_line_around_the_track_is_known_by_its_offset(track):
    offset_m = 3.0 * np.sin(track.frames.s_m / track.length_m * 20.0 * np.pi)
    line_m = track.frames.along(offset_m)[::3]
    assert line_offset(track, line_m) == pytest.approx(offset_m, abs=0.1)


def test_brakes_are_used_before_a_corner_and_nowhere_on_a_circle():
    circle = np.full(1000, 1.0 / 80.0)
    assert braking(circle, 1000.0).max() == pytest.approx(0.0, abs=1e-9)
    corner = np.zeros(2000)
    corner[1000:1040] = 1.0 / 25.0
    brakes = braking(corner, 2000.0)
    assert brakes[960:999].min() > 0.9
    assert brakes[1041:1400].max() == pytest.approx(0.0, abs=1e-9)
    speed_mps = estimated_speed_mps(corner, 2000.0)
    needed_m = (speed_mps.max() ** 2 - speed_mps.min() ** 2) / (2.0 * BRAKES_MPS2)
    assert np.count_nonzero(brakes > 0.5) == pytest.approx(needed_m, rel=0.05)


def over(piece, pattern):
    """The values of a pattern over the whole of a piece."""
    whole = slice(0, piece.pixels)
    return pattern.block(whole, whole)


def soft(piece, layer, *shift_m):
    return over(piece, noise(piece, layer, *shift_m))


# Cut from a sheet, worked out for each pixel, and worked out in cells of four and eight pixels.
STEPS_M = (1.5, 1.9, 2.2, 5.0, 9.0)


@pytest.mark.parametrize("step_m", STEPS_M)
def test_noise_is_centred_of_unit_deviation_and_the_same_in_any_piece(step_m):
    layer = NoiseLayer(step_m, 3)
    whole = soft(Piece(-40.0, 16.0, 4.0, 512), layer)
    assert whole.mean() == pytest.approx(0.0, abs=0.1 if step_m == 1.5 else 0.3)
    assert whole.std() == pytest.approx(1.0, abs=0.15 if step_m == 1.5 else 0.3)
    part = soft(Piece(-40.0 + 16.0, 16.0 + 32.0, 4.0, 256), layer)
    assert np.abs(part - whole[128:384, 64:320]).max() < 1e-4
    moved = soft(Piece(-40.0, 16.0, 4.0, 512), layer, (16.0, 32.0))
    assert np.abs(moved[:384, 64:] - whole[128:, :448]).max() < 1e-4


@pytest.mark.parametrize("step_m", STEPS_M)
def test_noise_block_by_block_is_the_noise_of_the_whole_piece(step_m):
    piece = Piece(-40.0, 16.0, 4.0, 512)
    pattern = noise(piece, NoiseLayer(step_m, 3))
    block = pattern.block(slice(128, 256), slice(384, 512))
    assert np.abs(block - over(piece, pattern)[128:256, 384:512]).max() < 1e-5


@pytest.mark.parametrize("step_m", [0.2, 0.3, 0.6, 2.5])
def test_noise_of_a_place_is_the_same_at_another_scale(step_m):
    layer = NoiseLayer(step_m, 5)
    fine = soft(Piece(64.0, -32.0, 32.0, 512), layer)
    coarse = soft(Piece(64.0, -32.0, 16.0, 256), layer)
    averaged = fine.reshape(256, 2, 256, 2).mean(axis=(1, 3))
    assert np.abs(averaged - coarse).mean() < 0.06


def test_a_sum_of_noises_is_what_they_add_up_to_however_coarsely_each_is_known():
    piece = Piece(-40.0, 16.0, 16.0, 256)
    terms = [(NoiseLayer(step_m, 3), factor) for step_m, factor in ((14.0, 2.0), (0.6, 1.0))]
    terms += [(NoiseLayer(0.2, 3), -1.5)]
    added = 0.5 + sum(factor * soft(piece, layer) for layer, factor in terms)
    together = noise_sum(0.5, [(noise(piece, layer), factor) for layer, factor in terms])
    assert np.abs(over(piece, together) - added).max() < 1e-4


@pytest.mark.parametrize("step_m", [0.3, 2.5])
def test_relief_is_light_where_a_noise_rises_away_from_the_sun(step_m):
    layer, piece = NoiseLayer(step_m, 3), Piece(-40.0, 16.0, 16.0, 256)
    east, north = (0.1 * step_m * fall for fall in SUN_SHADOW)
    rise = soft(piece, layer) - soft(piece, layer, (east, north))
    assert (
        np.corrcoef(over(piece, relief(piece, ReliefLayer(layer))).ravel(), rise.ravel())[0, 1]
        > 0.9
    )


def test_noise_too_fine_for_the_pixels_is_left_out():
    assert not soft(Piece(0.0, 0.0, 1.0, 64), NoiseLayer(1.0, 3)).any()
    assert soft(Piece(0.0, 0.0, 4.0, 64), NoiseLayer(1.0, 3)).any()


def test_grain_is_even_and_belongs_to_pixels_of_the_world():
    piece, part = Piece(-3.0, 5.0, 16.0, 256), Piece(-1.0, 7.0, 16.0, 128)
    random = over(piece, grain(piece, GrainLayer(1)))
    assert np.histogram(random, 8, (0.0, 1.0))[0] == pytest.approx(8192, rel=0.06)
    assert np.array_equal(over(part, grain(part, GrainLayer(1))), random[96:224, 32:160])
    assert abs(np.corrcoef(random[:, :-1].ravel(), random[:, 1:].ravel())[0, 1]) < 0.02


def test_parcels_near_the_track_are_wild_and_borders_lie_half_way():
    built_m = np.array([[0.0, 0.0]])
    plan, reach_m = landscape_of("orchards").parcels, np.array([400.0, 400.0])
    parcels = divide_land(plan, 0, built_m, -reach_m, reach_m)
    near = np.hypot(*parcels.middles_m.T) < 75.0
    assert not parcels.uses[near].any()
    assert parcels.uses.any()
    one, two = parcels.middles_m[:2]
    between = 0.5 * (one + two)
    found = nearest_parcels(parcels, between[:1], between[1:])
    assert set(np.argsort(np.hypot(*(parcels.middles_m - between).T))[:2]) == {
        int(found.nearest[0]),
        int(found.neighbour[0]),
    }


def test_neighbouring_parcels_are_often_worked_alike_and_each_use_has_its_share():
    far_m = np.array([[1e5, 1e5]])
    plan, reach_m = landscape_of("orchards").parcels, np.array([6000.0, 6000.0])
    parcels = divide_land(plan, 0, far_m, -reach_m, reach_m)
    _, nearest = KDTree(parcels.middles_m).query(parcels.middles_m, k=2)
    neighbour = nearest[:, 1]  # the nearest is the parcel itself
    shares = [field.share for field in plan.fields]
    shares.append(1.0 - sum(shares))  # of wild land
    by_chance = sum(share**2 for share in shares)
    alike = np.mean(parcels.uses == parcels.uses[neighbour])
    assert alike > by_chance + 0.15
    counted = [np.mean(parcels.uses == use) for use in (1, 2, 3, 0)]
    assert counted == pytest.approx(shares, abs=0.04)
