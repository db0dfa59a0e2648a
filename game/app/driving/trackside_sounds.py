"""Say how loud the stands, the trees and the announcer are where a car is."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.sound.ambience import AmbienceFeatures
from game.arrays import Array
from game.simulation.snapshot import Snapshot
from game.track.track import Track

_CROWD_M: Final = 150.0  # from a stand, and it is silent
_ANNOUNCER_M: Final = 260.0  # from the line
_STEP_M: Final = 8.0  # between the places of a stand that are looked at
_TREES_MASKED_MPS: Final = 24.0  # at this speed the wind of driving leaves little of it
_TREES_LEFT: Final = 0.2
_CHEER_S: Final = 3.0  # until it has faded to a third


class TracksideSounds:
    """The places beside one circuit that sound, and how much its crowd cheers."""

    def __init__(self, track: Track) -> None:
        stands = [_dense(each.outline_m) for each in track.buildings if each.kind == "grandstand"]
        self._stands_m = np.concatenate([np.zeros((0, 2)), *stands])
        self._line_m = np.array([track.centreline.point(0.0, 0.0)])
        self._cheer = 0.0

    def cheer(self, strength: float) -> None:
        """Let the crowd cheer from now on, as loud as 0..1."""
        self._cheer = max(self._cheer, strength)

    def update(self, frame_s: float) -> None:
        """Let the cheers die away."""
        self._cheer *= math.exp(-frame_s / _CHEER_S)
        if self._cheer < 0.01:
            self._cheer = 0.0

    def heard_at(self, now: Snapshot) -> AmbienceFeatures:
        """Return what is heard in a car."""
        crowd, crowd_right = _heard(self._stands_m, now, _CROWD_M)
        announcer, announcer_right = _heard(self._line_m, now, _ANNOUNCER_M)
        speed_mps = math.hypot(now.velocity_forward_mps, now.velocity_left_mps)
        masked = min(speed_mps / _TREES_MASKED_MPS, 1.0)
        return AmbienceFeatures(
            crowd=crowd,
            crowd_right=crowd_right,
            cheer=self._cheer,
            trees=1.0 - (1.0 - _TREES_LEFT) * masked,
            announcer=announcer,
            announcer_right=announcer_right,
        )


def _heard(places_m: Array, now: Snapshot, reach_m: float) -> tuple[float, float]:
    """Return how loud the nearest of some places is, 0..1, and on which side."""
    if not len(places_m):
        return 0.0, 0.5
    ways_m = places_m - (now.x_m, now.y_m)
    away_m = np.hypot(ways_m[:, 0], ways_m[:, 1])
    nearest = int(np.argmin(away_m))
    east_m, north_m = ways_m[nearest].tolist()
    right_m = east_m * math.sin(now.heading_rad) - north_m * math.cos(now.heading_rad)
    distance_m = max(float(away_m[nearest]), 1.0)
    loud = max(1.0 - distance_m / reach_m, 0.0) ** 2
    # Wide sources are never on one side only.
    return loud, 0.5 + 0.35 * right_m / max(distance_m, 20.0)


def _dense(outline_m: Array) -> Array:
    """Return places along an outline, a few metres apart."""
    ring = np.concatenate([outline_m, outline_m[:1]])
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    at_m = np.arange(0.0, along_m[-1], _STEP_M)
    return np.column_stack([np.interp(at_m, along_m, ring[:, axis]) for axis in (0, 1)])
