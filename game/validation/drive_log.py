"""Log a test drive: the car's motion and its steering as columns of numbers over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from game.arrays import Array
from game.lab.courses import SpeedHold, drive_course
from game.simulation.snapshot import Snapshot
from game.simulation.world import World
from game.vehicle.state import Controls, controls

LOOK_TICKS: Final = 2  # between two looks, and two decisions
_SETTLING_S: Final = 1.0
_MOMENT_S: Final = 1e-9  # that a look may be early by rounding


@dataclass(frozen=True)
class DriveLog:
    """Holds a drive; arrays have shape (n,), one number for each look."""

    time_s: Array
    x_m: Array
    y_m: Array
    heading_rad: Array
    forward_mps: Array
    left_mps: Array
    yaw_rate_radps: Array
    steering_rad: Array

    @cached_property
    def speed_mps(self) -> Array:
        """Return the speed over the ground."""
        return np.hypot(self.forward_mps, self.left_mps)

    @cached_property
    def sideslip_rad(self) -> Array:
        """Return the angle from the car's axis to its motion, positive to the left."""
        return np.arctan2(self.left_mps, self.forward_mps)

    @cached_property
    def lateral_mps2(self) -> Array:
        """Return the acceleration along the car's y axis, unfiltered."""
        return np.gradient(self.left_mps, self.time_s) + self.forward_mps * self.yaw_rate_radps

    @cached_property
    def forward_mps2(self) -> Array:
        """Return the acceleration along the car's x axis, unfiltered."""
        return np.gradient(self.forward_mps, self.time_s) - self.left_mps * self.yaw_rate_radps

    def after(self, from_s: float) -> DriveLog:
        """Return the drive from a time on, which becomes 0."""
        chosen = self.time_s >= from_s - _MOMENT_S
        columns = {name: getattr(self, name)[chosen] for name in self.__dataclass_fields__}
        return DriveLog(**columns).shifted(from_s)

    def shifted(self, to_zero_s: float) -> DriveLog:
        """Return the same drive with a time that becomes 0."""
        return replace(self, time_s=self.time_s - to_zero_s)


def logged(looks: Sequence[Snapshot], step_s: float) -> DriveLog:
    """Return the looks of a drive as columns, from time 0 on."""
    return DriveLog(
        time_s=np.array([now.tick * step_s for now in looks]) - looks[0].tick * step_s,
        x_m=np.array([now.x_m for now in looks]),
        y_m=np.array([now.y_m for now in looks]),
        heading_rad=np.unwrap([now.heading_rad for now in looks]),
        forward_mps=np.array([now.velocity_forward_mps for now in looks]),
        left_mps=np.array([now.velocity_left_mps for now in looks]),
        yaw_rate_radps=np.array([now.yaw_rate_radps for now in looks]),
        steering_rad=np.array([now.steering_rad for now in looks]),
    )


def logged_drive(
    world: World, driver: Callable[[Snapshot], Controls], seconds: float, ticks: int = LOOK_TICKS
) -> DriveLog:
    """Drive so long from now on, and return the log."""
    looks = [world.snapshots()[0], *drive_course(world, driver, world.time_s + seconds, ticks)]
    return logged(looks, world.step_s)


class HeldSpeed:
    """Steers as it is asked to, and holds a speed with the throttle alone."""

    def __init__(self, lock_rad: float, speed_mps: float, ticks: int = LOOK_TICKS) -> None:
        self.speed_mps = speed_mps
        self._lock_rad = lock_rad
        self._foot = SpeedHold(ticks)

    def controls(self, now: Snapshot, steering_rad: float) -> Controls:
        """Return the controls for an angle of the front wheels."""
        throttle = self._foot.throttle(now, self.speed_mps)
        return controls(steering_rad / self._lock_rad, throttle=throttle)

    def settle(self, world: World) -> None:
        """Drive straight on until the throttle has found its place."""
        for _ in drive_course(
            world, lambda now: self.controls(now, 0.0), world.time_s + _SETTLING_S, LOOK_TICKS
        ):
            pass
