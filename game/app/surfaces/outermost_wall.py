"""Measure how far the outermost walls stand from the centreline."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.track.track import Track


def outermost_wall_m(track: Track, side: float) -> Array:
    """Return a side's (+1 left, -1 right) outermost wall at the samples, (n,)."""
    frames = track.frames
    count = len(frames.s_m)
    reach_m = np.zeros(count)
    for wall in track.walls:
        if wall.offset_m[0] * side <= 0.0:
            continue
        at_m = wall.s_m[0] + np.mod(wall.s_m - wall.s_m[0], frames.length_m)
        away_m = np.abs(wall.offset_m)
        if wall.closed:
            at_m, away_m = np.append(at_m, at_m[0] + frames.length_m), np.append(away_m, away_m[0])
        here_m = wall.s_m[0] + np.mod(frames.s_m - wall.s_m[0], frames.length_m)
        offset_m = np.interp(here_m, at_m, away_m, right=0.0)
        reach_m = np.maximum(reach_m, offset_m)
    return reach_m
