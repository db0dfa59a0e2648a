"""Find where on its body a car was hit, and how hard."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.app.view.motion import velocity_mps
from game.arrays import FloatArray
from game.simulation.snapshot import Snapshot
from game.vehicle.spec import ChassisSpec

MIN_NS: Final = 60.0  # lighter contacts leave nothing
FULL_NS: Final = 6000.0
_MIN_PUSH_MPS: Final = 0.01


class FrameContact(NamedTuple):
    """Says what a car has hit within a frame."""

    place_m: FloatArray  # on the car's outline
    direction: FloatArray  # unit vector to what it touched
    share: float  # 0..1: how hard
    velocity_mps: FloatArray  # of the car, after it


def find_contact(
    chassis: ChassisSpec, before: Snapshot, now: Snapshot, hit_ns: float
) -> FrameContact | None:
    """Return the contact between two snapshots of a car; None if it touched nothing."""
    if hit_ns < MIN_NS:
        return None
    after_mps = np.array(velocity_mps(now))
    push = after_mps - np.array(velocity_mps(before))
    size = math.hypot(*push.tolist())
    if size < _MIN_PUSH_MPS:
        return None
    direction = -push / size
    cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
    forward, left = direction[0] * cos + direction[1] * sin, direction[1] * cos - direction[0] * sin
    half_m = (0.5 * chassis.length_m, 0.5 * chassis.width_m)
    reach_m = min(half_m[0] / max(abs(forward), 1e-3), half_m[1] / max(abs(left), 1e-3))
    middle_m = 0.5 * (chassis.nose_m + chassis.tail_m)
    place_m = np.array([now.x_m + middle_m * cos, now.y_m + middle_m * sin]) + reach_m * direction
    return FrameContact(place_m, direction, min(hit_ns / FULL_NS, 1.0), after_mps)
