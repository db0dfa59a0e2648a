"""Find the places of the four wheels on the ground, and their velocities over it."""

from __future__ import annotations

import math

import numpy as np

from game.arrays import Array
from game.simulation.snapshot import Snapshot
from game.vehicle.spec import ChassisSpec


class WheelPlaces:
    """Gives the places of one car's wheels, in the order of `PerWheel`."""

    def __init__(self, chassis: ChassisSpec) -> None:
        front_m, half_m = chassis.front_axle_m, 0.5 * chassis.track_width_m
        rear_m = front_m - chassis.wheelbase_m
        self._on_car_m = np.array(
            [(front_m, half_m), (front_m, -half_m), (rear_m, half_m), (rear_m, -half_m)]
        )

    def places_m(self, now: Snapshot) -> Array:
        """Return east and north of each wheel, shape (4, 2)."""
        places: Array = np.array([now.x_m, now.y_m]) + self._on_car_m @ _turn(now.heading_rad)
        return places

    def velocities_mps(self, now: Snapshot) -> Array:
        """Return each wheel's velocity over the ground, east and north, shape (4, 2)."""
        on_car = np.array([now.velocity_forward_mps, now.velocity_left_mps])
        turning = now.yaw_rate_radps * self._on_car_m[:, ::-1] * (-1.0, 1.0)
        velocities: Array = (on_car + turning) @ _turn(now.heading_rad)
        return velocities


def _turn(heading_rad: float) -> Array:
    cos, sin = math.cos(heading_rad), math.sin(heading_rad)
    return np.array([(cos, sin), (-sin, cos)])
