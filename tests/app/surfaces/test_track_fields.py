"""What is known of the road does not depend on whether the barriers are measured, too."""

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval

from game.app.surfaces.track_fields import TrackFieldSampler
from game.app.tiles.tiles import SCALES, TileKey

OF_ROAD = ("s_m", "offset_m", "tarmac_m", "gravel_m", "paved_m", "line_m", "cornering", "braking")


@cache
def sampler():
    return TrackFieldSampler(make_oval(), None)


@given(st.sampled_from(SCALES), st.floats(0.0, 1.0), st.floats(-60.0, 60.0))
def test_the_road_is_the_same_without_its_barriers(scale, lap, left_m):
    oval = make_oval()
    x_m, y_m = oval.centreline.point(lap * oval.length_m, left_m)
    side_m = TileKey(scale, 0, 0).piece.side_m
    key = TileKey(scale, int(x_m // side_m), int(y_m // side_m))
    piece = key.piece._replace(pixels_per_m=64 / side_m, pixels=64)
    whole = slice(0, 64)
    fields = [
        sample(piece).block(whole, whole) for sample in (sampler().sample, sampler().sample_road)
    ]
    for name in OF_ROAD:
        one, other = (getattr(each, name) for each in fields)
        assert np.array_equal(one, other), name
