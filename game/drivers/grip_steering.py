"""A hand that knows the tyres: a share of their grip made into a front wheel angle or a pedal.

The lateral force that a share asks for is turned into front slip by the tyre's own curve and laid
on top of the direction in which the front axle moves, so that the front tyres are never asked for
more slip than the one of most grip, whatever the car does; and the force leads the yaw rate to what
the turn needs, so that it neither overshoots nor stays behind.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.quasi_steady.axle import inverse_magic_formula, slip_for
from game.simulation.snapshot import Snapshot
from game.vehicle.parts import Car
from game.vehicle.state import PerWheel
from game.vehicle.tyre import friction

_TARMAC: Final = 1.0  # of dry tarmac's grip: nobody sees what lies under each wheel in time
_REAR_GAIN: Final = 4.0  # of turning less, for rear slip beyond the one of most grip
_LEAST_GRIP_N: Final = 1.0  # guards the division for an axle in the air
_LEAST_ROOM: Final = 0.25  # of an axle's grip, that is left for cornering at least
_LEAST_SPEED_MPS: Final = 5.0  # guards the directions at walking pace
_ROLLING_MPS: Final = 4.0  # below it a share is one of the lock ...
_GRIPPING_MPS: Final = 8.0  # ... and from here on, where the lock would be too much, of the grip


class _Axle(NamedTuple):
    grip_n: float
    along: float  # share of it that drive or brakes take

    @property
    def left_n(self) -> float:
        """What is left of it for cornering."""
        return self.grip_n * max(math.sqrt(1.0 - self.along * self.along), _LEAST_ROOM)


class GripSteering:
    """Steers and brakes one car."""

    def __init__(self, car: Car) -> None:
        self._car = car
        self._slips = inverse_magic_formula(car.tyre)
        self._wheelbase_m = car.front_axle_m + car.rear_axle_m
        self._road_per_motor = car.gear_ratio / car.wheel.radius_m

    def angle_rad(self, now: Snapshot, share: float, pedal: float, steadying_1ps: float) -> float:
        """The front wheels' angle that corners with a share of the most lateral grip.

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
        """The brake pedal that brakes with what a share of the lateral grip leaves, 0..1.

        Both demands yield when they are more than the friction circle together.
        """
        grip_n = sum(self._grips_n(now))
        most = grip_n / self._car.brakes.full_pedal_force_n
        return min(most / math.hypot(1.0, share), 1.0)

    def _gripping_rad(
        self, now: Snapshot, share: float, pedal: float, steadying_1ps: float
    ) -> float:
        car = self._car
        tyre = car.tyre
        front, rear = self._axles(now, pedal)
        forward_mps = max(now.velocity_forward_mps, _LEAST_SPEED_MPS)
        left_mps2 = share * self._most_mps2(front, rear)
        rear_slip = 0.5 * (now.rear_left_slip_tangent + now.rear_right_slip_tangent)
        excess = max(0.0, abs(rear_slip) - tyre.peak_slip_tangent)
        turn_radps = left_mps2 / forward_mps - math.copysign(_REAR_GAIN * excess, rear_slip)
        turn_radps2 = steadying_1ps * (turn_radps - now.yaw_rate_radps)
        front_n = (
            car.mass_kg * left_mps2 * car.rear_axle_m + car.yaw_inertia_kgm2 * turn_radps2
        ) / self._wheelbase_m
        across = front_n / front.grip_n
        both = math.hypot(across, front.along)
        slip = slip_for(self._slips, both) * across / both if both > 0.0 else 0.0
        moving_rad = math.atan2(
            now.velocity_left_mps + car.front_axle_m * now.yaw_rate_radps, forward_mps
        )
        return moving_rad + math.atan(tyre.peak_slip_tangent * slip)

    def _most_mps2(self, front: _Axle, rear: _Axle) -> float:
        """The lateral acceleration at which the first axle has no more to give."""
        car = self._car
        weakest_n = min(front.left_n / car.rear_axle_m, rear.left_n / car.front_axle_m)
        return weakest_n * self._wheelbase_m / car.mass_kg

    def _axles(self, now: Snapshot, pedal: float) -> tuple[_Axle, _Axle]:
        """What each axle can give, and what drive or brakes take of it now."""
        front_grip_n, rear_grip_n = self._grips_n(now)
        front_n = now.front_torque_nm * self._road_per_motor
        rear_n = now.rear_torque_nm * self._road_per_motor
        brakes = self._car.brakes
        regained_n = max(0.0, -front_n - rear_n)
        friction_n = max(0.0, pedal * brakes.full_pedal_force_n - regained_n)
        front_n -= friction_n * brakes.front_bias
        rear_n -= friction_n * (1.0 - brakes.front_bias)
        return (
            _Axle(front_grip_n, min(abs(front_n) / front_grip_n, 1.0)),
            _Axle(rear_grip_n, min(abs(rear_n) / rear_grip_n, 1.0)),
        )

    def _grips_n(self, now: Snapshot) -> tuple[float, float]:
        tyre = self._car.tyre
        wheels = PerWheel(*(friction(tyre, load_n, _TARMAC).left_n for load_n in now.load_n))
        return (
            wheels.front_left + wheels.front_right + _LEAST_GRIP_N,
            wheels.rear_left + wheels.rear_right + _LEAST_GRIP_N,
        )
