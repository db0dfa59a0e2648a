"""Outline the bridges of a circuit and their ramps as seen from above, with their heights."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.app.surfaces.outermost_wall import outermost_wall_m
from game.arrays import Array, Indices
from game.track.levels import BRIDGE, GROUND, RAMP_M
from game.track.track import Track

_HEIGHT_M: Final = 5.6  # of a bridge's road above the one that passes below
_BEYOND_M: Final = 0.4  # the line of a parapet, to its outer face


class Raised(NamedTuple):
    """Gives the road above the ground, in pieces from sample to sample of the lap."""

    samples: Indices  # with which the pieces begin, shape (n,)
    corners_m: Array  # left, next left, next right, right; shape (n, 4, 2)
    height_m: Array  # shape (n,)

    def cast(self) -> list[tuple[Array, float]]:
        """Return the outlines that cast shadows from above, and how high they are."""
        return list(zip(self.corners_m, self.height_m.tolist(), strict=True))


def raised(track: Track) -> Raised:
    """Return all bridges with their ramps, as wide as their parapets."""
    frames = track.frames
    samples = np.flatnonzero(frames.tier != GROUND)
    after = (samples + 1) % len(frames.s_m)
    left_m, right_m = map(frames.along, (half_widths_m(track) * (1.0, -1.0)).T)
    ends = (left_m[samples], left_m[after], right_m[after], right_m[samples])
    return Raised(samples, np.stack(ends, axis=1), heights_m(track)[samples])


def half_widths_m(track: Track) -> Array:
    """Return how far it is from the centreline to the outer faces of the barriers, shape (n, 2)."""
    return np.column_stack([outermost_wall_m(track, side) for side in (1.0, -1.0)]) + _BEYOND_M


def heights_m(track: Track) -> Array:
    """Return how high the road is above the ground at the samples, shape (n,)."""
    ramp = round(RAMP_M / track.tables.step_m)
    on_bridge = np.where(track.frames.tier == BRIDGE, 1.0, 0.0)
    share = np.zeros_like(on_bridge)
    for shift in range(-ramp, ramp + 1):
        np.maximum(share, np.roll(on_bridge, shift) * (1.0 - abs(shift) / ramp), out=share)
    return np.asarray(_HEIGHT_M * share * share * (3.0 - 2.0 * share))
