"""A driver that simply follows the centre line, for pictures and timings of frames."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.simulation.snapshot import Snapshot
from game.track.track import Track
from game.trig import wrap_angle
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, controls

_LATERAL_MPS2: Final = 9.0  # well within the grip
_BRAKING_MPS2: Final = 7.0
_TOP_MPS: Final = 58.0
_AHEAD_S: Final = 0.35
_LEAST_AHEAD_M: Final = 5.0


class SteadyDriver:
    """Steers at a point ahead on the centre line and keeps a speed that the corners allow."""

    ticks_per_decision = 1

    def __init__(self, track: Track, spec: CarSpec) -> None:
        self._track = track
        self._wheelbase_m = spec.chassis.wheelbase_m
        self._lock_rad = spec.steering.lock_rad
        self._speeds_mps = _speeds(track)

    def decide(self, snapshot: Snapshot) -> Controls:
        """Pure pursuit, and pedals in proportion to what the speed lacks."""
        speed_mps = max(snapshot.velocity_forward_mps, 0.0)
        ahead_m = _LEAST_AHEAD_M + _AHEAD_S * speed_mps
        tables = self._track.tables
        index = round((snapshot.s_m + ahead_m) / tables.step_m) % tables.sample_count
        dx_m = tables.samples[index].x_m - snapshot.x_m
        dy_m = tables.samples[index].y_m - snapshot.y_m
        bearing_rad = wrap_angle(math.atan2(dy_m, dx_m) - snapshot.heading_rad)
        distance_m = max(math.hypot(dx_m, dy_m), 1.0)
        angle_rad = math.atan2(2.0 * self._wheelbase_m * math.sin(bearing_rad), distance_m)
        here = round(snapshot.s_m / tables.step_m) % tables.sample_count
        lack_mps = self._speeds_mps[here] - speed_mps
        return controls(angle_rad / self._lock_rad, 0.4 * lack_mps, -0.25 * lack_mps)


def plausible_speed_mps(track: Track, s_m: float) -> float:
    """How fast the steady driver is at a place."""
    return _speeds(track)[round(s_m / track.tables.step_m) % track.tables.sample_count]


def _speeds(track: Track) -> list[float]:
    """The speed that the curvature allows, slowed in time for what comes."""
    curvature_1pm = np.abs(track.frames.curvature_1pm)
    held_mps = np.sqrt(_LATERAL_MPS2 / np.maximum(curvature_1pm, 1e-6))
    speeds: list[float] = np.minimum(held_mps, _TOP_MPS).tolist()
    gain = 2.0 * _BRAKING_MPS2 * track.tables.step_m
    count = len(speeds)
    for i in range(2 * count - 1, -1, -1):
        speeds[i % count] = min(speeds[i % count], math.sqrt(speeds[(i + 1) % count] ** 2 + gain))
    return speeds
