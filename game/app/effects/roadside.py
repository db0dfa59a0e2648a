"""Say where dust and grass lie beside a road, for a car that drives past."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.arrays import Array, FloatArray
from game.simulation.snapshot import Snapshot
from game.track.track import Track
from game.track.track_file import Side
from game.vehicle.spec import ChassisSpec

_DUSTY_M: Final = 1.4  # from the edge of the tarmac inwards: there no tyre sweeps
_WAKE_M: Final = 1.8  # from the car's side to the grass, at most
_STRIP_M: Final = 0.9  # of the grass that the air reaches
_BEHIND_M: Final = 2.5  # and so far along the car


class Roadside:
    """Holds the edges of one circuit's road, seen from a car of these measures."""

    def __init__(self, track: Track, chassis: ChassisSpec) -> None:
        self._per_m = len(track.frames.s_m) / track.length_m
        left_m, right_m = track.band_edges("left"), track.band_edges("right")
        self._tarmac_m = {"left": _listed(left_m[:, 0]), "right": _listed(right_m[:, 0])}
        self._grass_m = {
            "left": _listed(_grass_edge(track, left_m, 1.0)),
            "right": _listed(_grass_edge(track, right_m, -1.0)),
        }
        front_m, half_m = chassis.front_axle_m, 0.5 * chassis.track_width_m
        rear_m = front_m - chassis.wheelbase_m
        self._wheels_m = (
            (front_m, half_m),
            (front_m, -half_m),
            (rear_m, half_m),
            (rear_m, -half_m),
        )
        self._reach_m = max(math.hypot(*wheel_m) for wheel_m in self._wheels_m)
        self._half_width_m = 0.5 * chassis.width_m

    def is_near_edge(self, now: Snapshot) -> bool:
        """Return whether any wheel may be where the road is dusty."""
        edge_m = self._at(self._tarmac_m["left" if now.offset_m > 0.0 else "right"], now.s_m)
        return abs(now.offset_m) + self._reach_m > edge_m - _DUSTY_M

    def dust_under(self, now: Snapshot, wheel: int) -> float:
        """Return how dusty the road is under a wheel, 0..1."""
        yaw_rad = now.heading_rad - now.track_heading_rad
        along_m, aside_m = self._wheels_m[wheel]
        offset_m = now.offset_m + along_m * math.sin(yaw_rad) + aside_m * math.cos(yaw_rad)
        edge_m = self._at(self._tarmac_m["left" if offset_m > 0.0 else "right"], now.s_m)
        inside_m = edge_m - abs(offset_m)
        return min(max(1.0 - inside_m / _DUSTY_M, 0.0), 1.0) if inside_m > -0.3 else 0.0

    def grass_beside(self, now: Snapshot) -> Side | None:
        """Return the side on which grass is so near that a fast car blows it up, if any."""
        side: Side = "left" if now.offset_m > 0.0 else "right"
        away_m = self._at(self._grass_m[side], now.s_m) - abs(now.offset_m) - self._half_width_m
        return side if away_m < _WAKE_M else None

    def grass_places(self, now: Snapshot, side: Side, shares: FloatArray) -> Array:
        """Return places of the grass beside a car, shape (n, 2); shares: 0..1, along and across."""
        sign = 1.0 if side == "left" else -1.0
        edge_m = self._at(self._grass_m[side], now.s_m)
        aside_m = sign * (edge_m + _STRIP_M * shares[:, 1]) - now.offset_m
        along_m = -_BEHIND_M * shares[:, 0]
        cos, sin = math.cos(now.track_heading_rad), math.sin(now.track_heading_rad)
        return np.column_stack(
            [
                now.x_m + along_m * cos - aside_m * sin,
                now.y_m + along_m * sin + aside_m * cos,
            ]
        )

    def _at(self, edges_m: list[float], s_m: float) -> float:
        return edges_m[int(s_m * self._per_m) % len(edges_m)]


def _grass_edge(track: Track, edges_m: Array, sign: float) -> Array:
    """Return where the grass beside the road begins; far away where gravel or a paved way is."""
    edge_m = edges_m[:, 2]
    gravel = (edges_m[:, 4] > edges_m[:, 3]) & (edges_m[:, 3] < edge_m + _STRIP_M)
    middle_m = sign * (edge_m + 0.5 * _STRIP_M)
    paved = (track.bands.paved_right_m < middle_m) & (middle_m < track.bands.paved_left_m)
    return np.where(gravel | paved, math.inf, edge_m)


def _listed(edges_m: Array) -> list[float]:
    listed: list[float] = edges_m.tolist()
    return listed
