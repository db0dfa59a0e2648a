"""Pieces of the ground: the same everywhere, without seams, each surface distinct."""

import hashlib
import subprocess
import sys
from functools import lru_cache

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_circuits import CHARACTERS, made_circuit

from game.app.canvas.patches import Piece
from game.app.objects.gantry import Gantry, gantry_beam
from game.app.surfaces.track_fields import TrackFieldSampler
from game.app.tiles.ground_painter import GroundPainter
from game.app.view.camera import View

pytestmark = pytest.mark.slow

SIDE = 256
IN_A_NEW_PROCESS = """
import hashlib
import numpy as np, pygame
from game.app.tiles.ground_painter import GroundPainter
from game.app.canvas.patches import Piece
from game.track.track import load_track
track = load_track("ricardo_tormo")
painter = GroundPainter(track, track.outline("left", -1))
*_, picture = painter.paint(Piece(*{place}, 8.0, {side}))
assert not pygame.display.get_init()
print(hashlib.sha256(pygame.image.tobytes(picture, "RGB")).hexdigest())
"""


@pytest.fixture(scope="module")
def flat_painter(flat_ricardo_tormo):
    return GroundPainter(flat_ricardo_tormo, flat_ricardo_tormo.outline("left", -1))


@pytest.fixture(scope="module")
def painter(track):
    return GroundPainter(track, track.outline("left", -1))


def painted(painter, west_m, south_m, pixels_per_m, side=SIDE):
    """Red, green and blue, shape (rows, columns, 3)."""
    *steps, picture = painter.paint(Piece(west_m, south_m, pixels_per_m, side))
    assert steps == [None] * len(steps)
    return pygame.surfarray.array3d(picture).transpose(1, 0, 2).astype(float)


painted_once = lru_cache(maxsize=4)(painted)  # for places beside each other


def around(track, s_m, offset_m, pixels_per_m, side=SIDE):
    """The corner of the tile-like piece that holds a place beside the track."""
    x_m, y_m = track.centreline.point(s_m, offset_m)
    side_m = side / pixels_per_m
    return (x_m // side_m) * side_m, (y_m // side_m) * side_m


def colour_at(painter, track, s_m, offset_m, reach_m=0.3, pixels_per_m=16.0):
    """Mean colour of a spot."""
    x_m, y_m = track.centreline.point(s_m, offset_m)
    west_m, south_m = around(track, s_m, offset_m, pixels_per_m)
    picture = painted_once(painter, west_m, south_m, pixels_per_m)
    row = round(SIDE - (y_m - south_m) * pixels_per_m)
    column = round((x_m - west_m) * pixels_per_m)
    reach = max(1, round(reach_m * pixels_per_m))
    rows = slice(max(0, row - reach), row + reach)
    return picture[rows, max(0, column - reach) : column + reach].mean(axis=(0, 1))


def grey(colour):
    return float(np.dot(colour, (0.299, 0.587, 0.114)))


def test_another_process_without_a_display_paints_the_same_bits(painter, track):
    place = around(track, 20.0, 0.0, 8.0)
    *_, picture = painter.paint(Piece(*place, 8.0, SIDE))
    here = hashlib.sha256(pygame.image.tobytes(picture, "RGB")).hexdigest()
    code = IN_A_NEW_PROCESS.format(place=tuple(map(float, place)), side=SIDE)
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert there.stdout.split()[-1] == here


@given(
    s_m=st.floats(0.0, 4005.0),
    offset_m=st.floats(-70.0, 70.0),
    pixels_per_m=st.sampled_from([1.0, 2.0, 4.0, 8.0, 16.0]),
    shift=st.sampled_from([(128, 0), (0, 128), (64, 128)]),
)
@settings(max_examples=15, deadline=None)
def test_pieces_that_overlap_agree(painter, track, s_m, offset_m, pixels_per_m, shift):
    west_m, south_m = around(track, s_m, offset_m, pixels_per_m)
    right, up = shift
    one = painted(painter, west_m, south_m, pixels_per_m)
    other = painted(
        painter, west_m + right / pixels_per_m, south_m + up / pixels_per_m, pixels_per_m
    )
    apart = np.abs(one[: SIDE - up, right:] - other[up:, : SIDE - right]).max(axis=2)
    assert np.mean(apart > 8.0) < 0.002
    assert apart.mean() < 0.2


@pytest.mark.parametrize("s_m", [50.0, 925.0, 2292.0, 3607.0])
@pytest.mark.parametrize("pixels_per_m", [2.0, 4.0, 8.0])
def test_a_finer_scale_shows_the_same_place_in_the_same_colours(painter, track, s_m, pixels_per_m):
    west_m, south_m = around(track, s_m, 10.0, pixels_per_m)
    coarse = painted(painter, west_m, south_m, pixels_per_m)
    fine = painted(painter, west_m, south_m, 2.0 * pixels_per_m, 2 * SIDE)
    blocks = [
        picture.reshape(16, len(picture) // 16, 16, len(picture) // 16, 3).mean(axis=(1, 3))
        for picture in (coarse, fine)
    ]
    apart = np.abs(blocks[0] - blocks[1])
    assert apart.mean() < 4.0
    assert np.quantile(apart, 0.99) < 16.0


@pytest.mark.parametrize("s_m", [915.0, 1725.0, 2290.0, 3605.0])
def test_surfaces_are_told_apart_in_greys(flat_painter, track, s_m):
    """As they are painted: the shade of hills is another on each of them."""
    edges_m = [
        np.interp(s_m, track.frames.s_m, track.band_edges("right")[:, edge]) for edge in range(5)
    ]
    tarmac = grey(colour_at(flat_painter, track, s_m, -edges_m[0] + 1.6))
    grass = grey(colour_at(flat_painter, track, s_m, -0.5 * (edges_m[4] + edges_m[4] + 2.6)))
    offset_m = -0.5 * (edges_m[3] + edges_m[4])
    gravel = grey(colour_at(flat_painter, track, s_m, offset_m, reach_m=1.0))
    assert grass > tarmac + 15.0
    assert gravel > grass + 35.0


def test_a_kerb_shows_red_and_white_by_turns(painter, track):
    s_m = np.arange(905.0, 914.0, 0.5)
    colours = np.array([colour_at(painter, track, s, 6.6, 0.12) for s in s_m])
    red = colours[:, 0] - colours[:, 1] > 60.0
    assert 0.3 < red.mean() < 0.7
    assert 5 <= np.count_nonzero(red[1:] != red[:-1]) <= 7


def test_rubber_darkens_the_line_where_it_is_known(track):
    line_m = track.frames.along(np.full(len(track.frames.s_m), 1.5))
    marked, clean = GroundPainter(track, line_m), GroundPainter(track, None)
    for s_m in (860.0, 1720.0):
        on_line, beside = (
            grey(colour_at(marked, track, s_m, offset_m)) for offset_m in (1.5, -3.6)
        )
        assert on_line < beside - 12.0
        assert on_line < grey(colour_at(clean, track, s_m, 1.5)) - 12.0


def test_a_wall_keeps_the_sun_off_the_ground_south_east_of_it(painter, track):
    lit, shaded = colour_at(painter, track, 200.0, -8.9), colour_at(painter, track, 200.0, -10.3)
    assert grey(shaded) < grey(lit) - 15.0


@pytest.mark.parametrize("character", CHARACTERS)
def test_any_circuit_is_painted(character):
    track = made_circuit(character)
    painter = GroundPainter(track, track.outline("left", -1))
    for corner in track.corners[:2]:
        edge_m = track.band_edges(corner.inside)[0, 0]
        grown = -1.0 if corner.inside == "left" else 1.0
        tarmac = colour_at(painter, track, corner.apex_m, grown * (edge_m - 1.3))
        beside = colour_at(painter, track, corner.apex_m, grown * (edge_m + 3.0))
        assert np.ptp(tarmac) < 14.0
        assert np.ptp(beside) > 30.0


@given(s_m=st.floats(0.0, 4004.0), offset_m=st.floats(-20.0, 20.0))
@settings(max_examples=25, deadline=None)
def test_the_fields_have_the_offset_that_the_centre_line_gives(track, s_m, offset_m):
    x_m, y_m = track.centreline.point(s_m, offset_m)
    near_s_m, near_offset_m = track.centreline.project(x_m, y_m)
    piece = Piece(np.floor(x_m) - 2.0, np.floor(y_m) - 2.0, 16.0, 64)
    fields = TrackFieldSampler(track, None).sample(piece).block(slice(0, 64), slice(0, 64))
    row = int(64 - (y_m - piece.south_m) * 16.0)
    column = int((x_m - piece.west_m) * 16.0)
    assert fields.offset_m[row, column] == pytest.approx(near_offset_m, abs=0.1)
    apart_m = (fields.s_m[row, column] - near_s_m + 2000.0) % track.length_m - 2000.0
    assert apart_m == pytest.approx(0.0, abs=0.2)


def test_the_gantry_is_drawn_over_the_road_and_only_in_view(track):
    gantry = Gantry(track)
    x_m, y_m = gantry_beam(track).outline_m.mean(axis=0).tolist()
    surface = pygame.Surface((200, 200), 0, 32)
    gantry.draw(surface, View(x_m + 500.0, y_m, 4.0, 200, 200))
    assert not pygame.surfarray.array3d(surface).any()
    gantry.draw(surface, View(x_m, y_m, 4.0, 200, 200, up_rad=1.0))
    assert pygame.surfarray.array3d(surface)[100, 100].any()
