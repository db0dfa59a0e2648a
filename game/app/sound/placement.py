"""Say how a car is heard from afar: how loud, on which side, how much higher as it comes."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.app.view.motion import velocity_mps
from game.arrays import Array
from game.simulation.snapshot import Snapshot

_NEAR_M: Final = 7.0  # within this distance a car is no louder
_FADES_M: Final = 70.0  # from here a car fades more than by the distance alone
_SILENT_M: Final = 130.0  # from here on a car is silent
_LOUDEST: Final = 0.7  # of the followed car
_SOUND_MPS: Final = 343.0  # in air of 20 degrees Celsius
_MAX_CLOSING_MPS: Final = 120.0


class SoundPlacement(NamedTuple):
    """Says how a car reaches a listener; the listener's own car is heard as it is."""

    gain: float = 1.0
    right: float = 0.5  # 0..1: on which side
    pitch: float = 1.0  # higher while it comes nearer

    @property
    def sides(self) -> Array:
        """Return the gains of the left and the right channel, shape (2, 1)."""
        sides: Array = self.gain * np.sqrt(((2.0 - 2.0 * self.right,), (2.0 * self.right,)))
        return sides


HERE: Final = SoundPlacement()  # the followed car


def placement_of(listener: Snapshot, other: Snapshot) -> SoundPlacement:
    """Return how a car is heard from another; far away its gain is 0."""
    east_m, north_m = other.x_m - listener.x_m, other.y_m - listener.y_m
    away_m = math.hypot(east_m, north_m)
    if away_m >= _SILENT_M:
        return SoundPlacement(gain=0.0)
    near_m = max(away_m, _NEAR_M)
    gain = _LOUDEST * _NEAR_M / near_m
    gain *= min((_SILENT_M - away_m) / (_SILENT_M - _FADES_M), 1.0)
    cos, sin = math.cos(listener.heading_rad), math.sin(listener.heading_rad)
    right_m = east_m * sin - north_m * cos
    mine, theirs = velocity_mps(listener), velocity_mps(other)
    closing_mps = (
        (mine[0] - theirs[0]) * east_m + (mine[1] - theirs[1]) * north_m
    ) / near_m  # within reach the pitch passes smoothly from high to low
    closing_mps = min(max(closing_mps, -_MAX_CLOSING_MPS), _MAX_CLOSING_MPS)
    return SoundPlacement(
        gain,
        right=0.5 + 0.5 * right_m / near_m,
        pitch=_SOUND_MPS / (_SOUND_MPS - closing_mps),
    )
