"""Bushes stand where their place alone says: the same in every piece, in clumps, with shadows."""

from itertools import combinations

import numpy as np
import pytest

from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Piece
from game.app.canvas.warp import pixels_of
from game.app.objects.bushes import BushPainter
from game.app.surfaces.landscape import landscape_of

KINDS = ("orchards", "meadows", "woodland")
SIDE = 256
ALPHA = 3


@pytest.fixture(params=KINDS)
def painter(request):
    return BushPainter(landscape_of(request.param).bushes, 0)


def picture(overlay: Overlay):
    """Blue, green, red and opacity at twice the piece's scale."""
    return pixels_of(overlay.surface).copy()


@pytest.mark.parametrize("west_m", [-1000.0, 0.0, 3328.0])
def test_neighbouring_pieces_show_the_halves_of_the_bushes_on_their_border(painter, west_m):
    whole = picture(painter.overlay(Piece(west_m, 128.0, 8.0, 2 * SIDE)))
    left = picture(painter.overlay(Piece(west_m, 128.0, 8.0, SIDE)))
    right = picture(painter.overlay(Piece(west_m + SIDE / 8.0, 128.0, 8.0, SIDE)))
    assert np.array_equal(np.hstack([left, right]), whole[2 * SIDE :])


def test_they_grow_in_clumps_with_open_ground_between_them(painter):
    covered = picture(painter.overlay(Piece(0.0, 0.0, 4.0, 1024)))[:, :, ALPHA] > 128
    plots = covered.reshape(16, 128, 16, 128).mean(axis=(1, 3))  # of 16 m by 16 m
    assert 0.01 < covered.mean() < 0.2
    assert plots.max() > 3.0 * plots.mean()
    assert plots.min() < 0.25 * plots.mean()


def test_each_has_its_shadow_on_the_side_away_from_the_sun(painter):
    seen = picture(painter.overlay(Piece(0.0, 0.0, 16.0, 1024)))
    bush = seen[:, :, ALPHA] > 200
    shadow = (seen[:, :, ALPHA] > 20) & (seen[:, :, :ALPHA].max(axis=2) == 0)
    # The sun stands in the north-west: shadows lie to the south-east, down and to the right.
    southeast = np.roll(bush, (5, 5), axis=(0, 1)) & ~bush
    northwest = np.roll(bush, (-5, -5), axis=(0, 1)) & ~bush
    assert shadow[southeast].mean() > 4.0 * shadow[northwest].mean()


def test_another_seed_lets_them_grow_elsewhere():
    plan, piece = landscape_of("orchards").bushes, Piece(0.0, 0.0, 4.0, 512)
    pictures = [picture(BushPainter(plan, seed).overlay(piece)) for seed in (0, 1, 2**31 - 1)]
    for one, other in combinations(pictures, 2):
        assert not np.array_equal(one, other)


@pytest.mark.parametrize("pixels_per_m", [0.5, 1.0])
def test_where_bushes_would_be_less_than_three_pixels_none_is_drawn(painter, pixels_per_m):
    assert painter.overlay(Piece(0.0, 0.0, pixels_per_m, 512)) is None
