"""Keys and sticks ask for a share of the tyres' grip: it is made a front wheel angle or a pedal."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.drivers.steering_law import (
    axle_grips_n,
    turning_n,
    wheel_angle_rad,
    wheel_grips,
    wheelbase_m,
    yawing_n,
)
from game.quasi_steady.axle import tyre_curve
from game.simulation.snapshot import Snapshot
from game.vehicle.parts import Car
from game.vehicle.state import AxlePair

_TARMAC: Final = 1.0  # of dry tarmac's grip: nobody sees what lies under each wheel in time
_MIN_CORNERING: Final = 0.25  # share of an axle's grip that is left for cornering at least
_ROLLING_MPS: Final = 4.0  # below it a share is one of the lock ...
_GRIPPING_MPS: Final = 8.0  # ... and from here on, where the lock would be too much, of the grip


class _AxleGrip(NamedTuple):
    """Holds the grip of an axle, and the share of it that drive or brakes use."""

    grip_n: float
    forward: float

    @property
    def left_n(self) -> float:
        """Return the grip that is left for cornering."""
        return self.grip_n * max(math.sqrt(1.0 - self.forward * self.forward), _MIN_CORNERING)


class GripSteering:
    """Steers and brakes one car by shares of its grip."""

    def __init__(self, car: Car) -> None:
        self._car = car
        self._slip_at_force = tyre_curve(car.tyre).slip_at_force
        self._road_per_motor = car.gear_ratio / car.wheel.radius_m

    def angle_rad(self, now: Snapshot, share: float, pedal: float, steadying_1ps: float) -> float:
        """Return the front wheels' angle that corners with a share of the maximum lateral grip.

        share: left positive, beyond 1 makes up for what else turns against the car; pedal: of the
        brake; steadying_1ps: the rate at which a wrong yaw rate is to die away, 0 to let it.
        """
        lock_rad = self._car.steering.lock_rad
        span_mps = _GRIPPING_MPS - _ROLLING_MPS
        gripping = min(max((now.velocity_forward_mps - _ROLLING_MPS) / span_mps, 0.0), 1.0)
        angle_rad = (1.0 - gripping) * share * lock_rad
        if gripping > 0.0:
            angle_rad += gripping * self._gripping_rad(now, share, pedal, steadying_1ps)
        return min(max(angle_rad, -lock_rad), lock_rad)

    def pedal(self, now: Snapshot, share: float) -> float:
        """Return the brake pedal that brakes with what a share of the lateral grip leaves, 0..1.

        Both demands yield when they are more than the friction circle together.
        """
        pedal = sum(self._grips_n(now)) / self._car.brakes.full_pedal_force_n
        return min(pedal / math.hypot(1.0, share), 1.0)

    def _gripping_rad(
        self, now: Snapshot, share: float, pedal: float, steadying_1ps: float
    ) -> float:
        front, rear = self._axles(now, pedal)
        left_mps2 = share * self._max_lateral_mps2(front, rear)
        car = self._car
        front_n = turning_n(car, left_mps2) + yawing_n(car, now, left_mps2, steadying_1ps)
        return wheel_angle_rad(car, self._slip_at_force, now, front_n / front.grip_n, front.forward)

    def _max_lateral_mps2(self, front: _AxleGrip, rear: _AxleGrip) -> float:
        """Return the lateral acceleration at which the first axle has no more to give."""
        car = self._car
        weakest_n = min(front.left_n / car.rear_axle_m, rear.left_n / car.front_axle_m)
        return weakest_n * wheelbase_m(car) / car.mass_kg

    def _axles(self, now: Snapshot, pedal: float) -> tuple[_AxleGrip, _AxleGrip]:
        """Return the grip of each axle, and what drive or brakes use of it now."""
        front_grip_n, rear_grip_n = self._grips_n(now)
        front_n = now.front_torque_nm * self._road_per_motor
        rear_n = now.rear_torque_nm * self._road_per_motor
        brakes = self._car.brakes
        regen_n = max(0.0, -front_n - rear_n)
        friction_n = max(0.0, pedal * brakes.full_pedal_force_n - regen_n)
        front_n -= friction_n * brakes.front_bias
        rear_n -= friction_n * (1.0 - brakes.front_bias)
        return (
            _AxleGrip(front_grip_n, min(abs(front_n) / front_grip_n, 1.0)),
            _AxleGrip(rear_grip_n, min(abs(rear_n) / rear_grip_n, 1.0)),
        )

    def _grips_n(self, now: Snapshot) -> AxlePair[float]:
        return axle_grips_n(wheel_grips(self._car, _TARMAC, now))
