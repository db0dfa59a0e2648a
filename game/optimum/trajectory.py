"""A trajectory holds a car's motion and its driver's commands at places along a lap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from game.arrays import Array

# The rows of a trajectory: those of `Motion`, then those of `Commands`.
ROWS: Final = (
    "offset_m",
    "across_rad",
    "forward_mps",
    "left_mps",
    "yaw_radps",
    "accel_forward_mps2",
    "accel_left_mps2",
    "steering_rad",
    "front_left_slip",
    "front_right_slip",
    "rear_left_slip",
    "rear_right_slip",
    "pedal",
    "steering_radps",
)


@dataclass(frozen=True)
class Trajectory:
    """Holds the values of `ROWS`, shape (14, n), at places along the lap, shape (n,), in order."""

    s_m: Array
    values: Array

    def row(self, name: str) -> Array:
        """Return a row by its name."""
        values: Array = self.values[ROWS.index(name)]
        return values

    def at(self, places_m: Array, lap_m: float) -> Array:
        """Return all rows at places of any shape on the closed lap, shape (14, ...)."""
        return np.stack([np.interp(places_m, self.s_m, row, period=lap_m) for row in self.values])
