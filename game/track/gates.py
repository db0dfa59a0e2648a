"""Place gates across the track that a lap must pass in order; some are timing lines."""

import math
from typing import NamedTuple

import numpy as np

from game.arrays import Array
from game.track.centreline import Centreline
from game.track.sampling import Frames

_SPACING_M = 100.0
_OWN_M = 4.0  # along the lap from a gate to what is nearest to its ends


class Gate(NamedTuple):
    """A gate is a line across the track, square to it and centred on it."""

    s_m: float
    x_m: float
    y_m: float
    heading_rad: float  # of the track; the line itself is a quarter turn from it
    half_width_m: float
    sector: int  # the sector that begins here; 0 at the start line and where none does


def place_gates(
    centreline: Centreline, frames: Frames, sectors_m: tuple[float, ...], reach_m: Array
) -> tuple[Gate, ...]:
    """Return the start line first, then on every sector line and at most 100 m apart between them.

    A gate reaches to the farther barrier, `reach_m` from the centreline at the samples, or as far
    as its ends are still nearest to their own part of the track.
    """
    gates = []
    for sector, (begin_m, end_m) in enumerate(
        zip(sectors_m, [*sectors_m[1:], frames.length_m], strict=True)
    ):
        pieces = math.ceil((end_m - begin_m) / _SPACING_M)
        for piece in range(pieces):
            s_m = begin_m + (end_m - begin_m) * piece / pieces
            pose = centreline.pose(s_m)
            half_m = _half_width(centreline, frames, s_m, float(reach_m[frames.index_at(s_m)]))
            gates.append(Gate(s_m, *pose, half_width_m=half_m, sector=sector if piece == 0 else 0))
    return tuple(gates)


def _half_width(centreline: Centreline, frames: Frames, s_m: float, max_m: float) -> float:
    """Return the widest, in steps of a metre, whose ends belong to this part of the track."""
    widths_m = np.arange(max(math.ceil(max_m), 1), 0.0, -1.0)
    ends_x_m, ends_y_m = centreline.point(s_m, np.concatenate([widths_m, -widths_m]))
    nearest = frames.nearest(ends_x_m, ends_y_m, tier=frames.tier_at(s_m))
    away_m = np.abs(frames.s_m[nearest] - s_m)
    own = np.minimum(away_m, frames.length_m - away_m) <= _OWN_M
    own |= ~frames.are_beside(nearest, ends_x_m, ends_y_m)  # under a bridge there is no other part
    both = own[: len(widths_m)] & own[len(widths_m) :]
    both[-1] = True  # the narrowest is always possible: no other part lies on this tarmac
    return float(widths_m[np.argmax(both)])
