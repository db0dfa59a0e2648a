"""Find poses at many places at once: the bits of `pose_after`, a hundred times as quickly.

numpy adds, multiplies and divides the same numbers in the same order as the scalar form, which
drives and the tick use.
"""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.track.elements import NODES
from game.trig_arrays import directions


def poses_after(starts: Array, start_1pm: Array, change_1pm2: Array, along_m: Array) -> Array:
    """Return what `pose_after` gives for each distance into an element, shape (n, 3).

    starts: poses at which the elements begin, shape (n, 3). start_1pm: their curvatures there.
    change_1pm2: how much these change per metre.
    """
    heading_rad = starts[:, 2]
    arc = change_1pm2 == 0.0
    made = np.empty_like(starts)
    made[:, 2] = heading_rad + along_m * (start_1pm + 0.5 * change_1pm2 * along_m)
    made[arc, :2] = _after_arcs(starts[arc], start_1pm[arc], along_m[arc])
    bent = ~arc
    made[bent, :2] = _after_clothoids(
        starts[bent], start_1pm[bent], change_1pm2[bent], along_m[bent]
    )
    return made


def _after_arcs(starts: Array, start_1pm: Array, along_m: Array) -> Array:
    half_rad = 0.5 * start_1pm * along_m
    straight = half_rad == 0.0
    divisor = np.where(straight, 1.0, half_rad)
    chord_m = np.where(straight, along_m, along_m * directions(half_rad).sin / divisor)
    chord = directions(starts[:, 2] + half_rad)
    return np.column_stack([starts[:, 0] + chord_m * chord.cos, starts[:, 1] + chord_m * chord.sin])


def _after_clothoids(starts: Array, start_1pm: Array, change_1pm2: Array, along_m: Array) -> Array:
    sum_x, sum_y = np.zeros_like(along_m), np.zeros_like(along_m)
    for node, weight in NODES:
        u_m = along_m * node
        tangent = directions(starts[:, 2] + u_m * (start_1pm + 0.5 * change_1pm2 * u_m))
        sum_x += weight * tangent.cos
        sum_y += weight * tangent.sin
    return np.column_stack([starts[:, 0] + along_m * sum_x, starts[:, 1] + along_m * sum_y])
