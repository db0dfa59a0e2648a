"""Trace a ghost's lap by place rather than time, for a driver without a lap of their own yet."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.recording.ghost import GhostLap
from game.recording.traced_lap import LapMarks, TracedLap
from game.track.tables import project
from game.track.track import Track


def traced_ghost(track: Track, ghost: GhostLap) -> TracedLap:
    """Return the times at which a ghost passes the marks along the lap."""
    travelled_m = _travelled_m(track, ghost)
    count, spacing_m = LapMarks.of(track.length_m)
    inner_s = np.interp(np.arange(1, count) * spacing_m, travelled_m, ghost.times_s)
    return TracedLap(ghost.time_s, spacing_m, (0.0, *inner_s.tolist(), ghost.time_s))


def _travelled_m(track: Track, ghost: GhostLap) -> Array:
    """Return how far along the centreline each pose is from the line, never less than before."""
    s_m, sample = [], 0
    for pose in ghost.poses:  # each is looked for near the last: where two roads cross, on its own
        projection = project(track.tables, pose.x_m, pose.y_m, sample)
        sample = projection.index
        s_m.append(projection.s_m)
    length_m = track.length_m
    steps_m = np.diff(np.array(s_m), prepend=0.0)
    steps_m -= length_m * np.round(steps_m / length_m)
    travelled_m: Array = np.maximum.accumulate(np.cumsum(steps_m))
    return travelled_m
