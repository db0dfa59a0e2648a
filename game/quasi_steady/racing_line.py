"""Describe a closed line that a car drives round a circuit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.arrays import Array
from game.trig_arrays import arc_tangents2, lengths


@dataclass(frozen=True)
class RacingLine:
    """Holds a closed line at stations evenly spaced along the centreline; shape (n,)."""

    s_m: Array  # of the stations on the centreline
    offset_m: Array  # of the line from the centreline, positive to the left
    x_m: Array
    y_m: Array
    heading_rad: Array  # continuous; grows by a whole turn over the lap
    centreline_rad: Array  # the centreline's heading
    curvature_1pm: Array
    spacing_m: Array  # from each station to the next, along the line

    @property
    def length_m(self) -> float:
        """Return the length of the line."""
        return float(self.spacing_m.sum())


def line_through(
    s_m: Array, offset_m: Array, x_m: Array, y_m: Array, centreline_rad: Array
) -> RacingLine:
    """Return the line through points, one at each station."""
    dx_m = np.roll(x_m, -1) - x_m
    dy_m = np.roll(y_m, -1) - y_m
    chord_rad = np.unwrap(arc_tangents2(dy_m, dx_m))
    turn_rad = _wrapped(chord_rad - np.roll(chord_rad, 1))
    return RacingLine(
        s_m=s_m,
        offset_m=offset_m,
        x_m=x_m,
        y_m=y_m,
        heading_rad=chord_rad - 0.5 * turn_rad,
        centreline_rad=centreline_rad,
        curvature_1pm=polygon_curvature(x_m, y_m),
        spacing_m=lengths(dx_m, dy_m),
    )


def polygon_curvature(x_m: Array, y_m: Array) -> Array:
    """Return a closed polygon's curvature at its corners: turn by mean length, left positive."""
    dx_m = np.roll(x_m, -1) - x_m
    dy_m = np.roll(y_m, -1) - y_m
    length_m = lengths(dx_m, dy_m)
    back_x, back_y, back_m = np.roll(dx_m, 1), np.roll(dy_m, 1), np.roll(length_m, 1)
    turn_rad = arc_tangents2(back_x * dy_m - back_y * dx_m, back_x * dx_m + back_y * dy_m)
    curvature: Array = turn_rad / (0.5 * (length_m + back_m))
    return curvature


def _wrapped(angle_rad: Array) -> Array:
    return (angle_rad + np.pi) % (2.0 * np.pi) - np.pi
