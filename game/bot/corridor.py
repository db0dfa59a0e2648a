"""The corridor is the part of a circuit that the middle of a car may use; lines lead through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from game.arrays import Array
from game.quasi_steady.racing_line import RacingLine, line_through
from game.track.track import Track
from game.trig_arrays import directions

_STATION_M: Final = 3.0
_MARGIN_M: Final = 0.15  # between a wheel's outer edge and the edge it may use
KERB_SHARE: Final = 0.8  # of a kerb's width that a wheel may use when it is dry


@dataclass(frozen=True)
class Corridor:
    """Holds the places open to the middle of a car at each station; all arrays have shape (n,)."""

    s_m: Array
    x_m: Array
    y_m: Array
    heading_rad: Array  # of the centreline
    normal_x: Array  # unit, to the left
    normal_y: Array
    left_m: Array  # largest offset
    right_m: Array  # smallest offset, mostly negative


def corridor(track: Track, car_width_m: float, kerb_share: float = KERB_SHARE) -> Corridor:
    """Return the tarmac and a share of the kerbs' width, less half the car and a margin."""
    count = round(track.length_m / _STATION_M)
    s_m: Array = np.arange(count, dtype=np.float64) * (track.length_m / count)
    points_m = track.centreline.position(s_m)
    heading_rad = track.centreline.heading_rad(s_m)
    heading = directions(heading_rad)
    half_m = 0.5 * car_width_m + _MARGIN_M
    samples_m = np.arange(track.tables.sample_count + 1) * track.tables.step_m

    def reach(side: Array) -> Array:
        edge_m = side[:, 0] + kerb_share * (side[:, 1] - side[:, 0])
        reach_m: Array = np.interp(s_m, samples_m, np.append(edge_m, edge_m[0])) - half_m
        return reach_m

    return Corridor(
        s_m=s_m,
        x_m=points_m[:, 0],
        y_m=points_m[:, 1],
        heading_rad=heading_rad,
        normal_x=-heading.sin,
        normal_y=heading.cos,
        left_m=reach(track.band_edges("left")),
        right_m=-reach(track.band_edges("right")),
    )


def line_at(corridor: Corridor, offset_m: Array) -> RacingLine:
    """Return the line through the given offsets."""
    return line_through(
        corridor.s_m,
        offset_m,
        corridor.x_m + offset_m * corridor.normal_x,
        corridor.y_m + offset_m * corridor.normal_y,
        corridor.heading_rad,
    )
