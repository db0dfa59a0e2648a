"""A ghost's lap by place rather than by time, for a driver without a lap of their own yet."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.recording.ghost import GhostLap
from game.recording.lap_trace import MARK_SPACING_M, TracedLap
from game.track.nearest import nearest_points
from game.track.track import Track


def traced_ghost(track: Track, ghost: GhostLap) -> TracedLap:
    """Return the times at which a ghost passes the marks along the lap."""
    gone_m = _gone_m(track, ghost)
    count = max(1, round(track.length_m / MARK_SPACING_M))
    spacing_m = track.length_m / count
    inner_s = np.interp(np.arange(1, count) * spacing_m, gone_m, ghost.times_s)
    return TracedLap(ghost.time_s, spacing_m, (0.0, *inner_s.tolist(), ghost.time_s))


def _gone_m(track: Track, ghost: GhostLap) -> Array:
    """Return how far along the centreline each pose is from the line, never less than before."""
    frames = track.frames
    places_m = np.array([(pose.x_m, pose.y_m) for pose in ghost.poses])
    points_m = np.column_stack([frames.x_m, frames.y_m])
    nearest = nearest_points(places_m[:, 0], places_m[:, 1], points_m)
    away_m = places_m - points_m[nearest]
    heading_rad = frames.heading_rad[nearest]
    beyond_m = away_m[:, 0] * np.cos(heading_rad) + away_m[:, 1] * np.sin(heading_rad)
    s_m = frames.s_m[nearest] + beyond_m
    length_m = track.length_m
    steps_m = np.diff(s_m, prepend=0.0)
    steps_m -= length_m * np.round(steps_m / length_m)
    gone_m: Array = np.maximum.accumulate(np.cumsum(steps_m))
    return gone_m
