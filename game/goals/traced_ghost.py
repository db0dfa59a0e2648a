"""Trace a ghost's lap by place rather than time, for a driver without a lap of their own yet."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.recording.ghost import GhostLap
from game.recording.lap_way import lap_way_m
from game.recording.traced_lap import TracedLap, traced_lap
from game.track.tables import project
from game.track.track import Track


def traced_ghost(track: Track, ghost: GhostLap) -> TracedLap:
    """Return the times at which a ghost passes the marks along the lap."""
    way_m, times_s = _way_m(track, ghost), np.array(ghost.times_s)
    return traced_lap(ghost.time_s, way_m, times_s, track.length_m)


def _way_m(track: Track, ghost: GhostLap) -> Array:
    """Return how far along the centreline each pose is from the line, never less than before."""
    s_m, sample = [], 0
    for pose in ghost.poses:  # each is looked for near the last: where two roads cross, on its own
        projection = project(track.tables, pose.x_m, pose.y_m, sample)
        sample = projection.index
        s_m.append(projection.s_m)
    return np.maximum.accumulate(lap_way_m(np.array(s_m), track.length_m))
