"""Shadows fall as far as things are high and the sun is low, and never on what stands above."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.canvas.patches import Piece
from game.app.canvas.sun import DIFFUSE_CAST, NOON_CAST, ShadowCast
from game.app.objects.shadows import Shadows
from game.app.tiles.ground_painter import GroundPainter
from game.track.track import load_track

PIECE = Piece(-40.0, -40.0, 4.0, 320)
POST = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
EVENING = ShadowCast(2.4, 0.2, 1.4)


@pytest.fixture(scope="module")
def ricardo_tormo():
    return load_track("ricardo_tormo")


@pytest.fixture(scope="module")
def painter(ricardo_tormo):
    return GroundPainter(ricardo_tormo, None)


def dark_places_m(dark, piece):
    """The places that are more dark than light."""
    rows, columns = np.nonzero(dark > 127)
    step_m = 1.0 / piece.pixels_per_m
    return np.column_stack(
        [
            piece.west_m + (columns + 0.5) * step_m,
            piece.south_m + piece.side_m - (rows + 0.5) * step_m,
        ]
    )


@given(st.floats(2.6, 12.0), st.floats(0.5, 2.5), st.floats(0.0, math.tau))
def test_a_shadow_ends_as_far_away_as_what_casts_it_is_high(high_m, per_m, way_rad):
    cast = ShadowCast(per_m * math.cos(way_rad), per_m * math.sin(way_rad), 1.0)
    shadows = Shadows([], [(POST, high_m)], [], cast)
    places_m = dark_places_m(shadows.shade(PIECE), PIECE)
    way = np.array([math.cos(way_rad), math.sin(way_rad)])
    ends_m = high_m * per_m + (POST @ way).max()
    # A corner that comes to a point is blurred away.
    assert ends_m - 1.0 < (places_m @ way).max() < ends_m + 0.5


def test_without_sun_it_is_a_little_dark_around_things_and_nowhere_else():
    dark = Shadows([], [(POST, 6.0)], [], DIFFUSE_CAST).shade(PIECE)
    middle = PIECE.pixels // 2
    beside = dark[middle, middle + round(1.5 * PIECE.pixels_per_m)]
    away = dark[middle, middle + round(6.0 * PIECE.pixels_per_m)]
    assert 20 < beside < 128
    assert away == 0


@pytest.mark.parametrize("cast", [NOON_CAST, EVENING])
def test_no_shadow_falls_on_the_roof_of_what_casts_it(ricardo_tormo, painter, cast):
    pits = next(each for each in ricardo_tormo.buildings if each.kind == "pit_building")
    middle_m = pits.outline_m.mean(axis=0)
    roof = Piece(middle_m[0] - 2.0, middle_m[1] - 2.0, 8.0, 32)
    around = Piece(middle_m[0] - 128.0, middle_m[1] - 128.0, 1.0, 256)
    assert painter.shade(roof, cast) is None
    assert painter.shade(around, cast).max() > 200


def test_pieces_of_ground_have_the_shadows_of_the_whole(painter, ricardo_tormo):
    x_m, y_m = ricardo_tormo.centreline.point(0.0, 0.0)
    whole = Piece(round(x_m) - 64.0, round(y_m) - 64.0, 4.0, 512)
    part = whole._replace(west_m=whole.west_m + 64.0, pixels=256)
    dark = painter.shade(whole, EVENING)[256:, 256:]
    assert np.abs(dark.astype(int) - painter.shade(part, EVENING)).max() <= 8
