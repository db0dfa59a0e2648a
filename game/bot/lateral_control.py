"""The bot's steering: what brings the car onto its line and along it."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.drivers.steering_law import MIN_GRIP_N, MIN_SPEED_MPS, SteeringLaw
from game.quasi_steady.axle import tyre_curve
from game.simulation.snapshot import Snapshot
from game.trig import arc_tangent2, sine
from game.vehicle.parts import Car
from game.vehicle.state import PerWheel
from game.vehicle.tyre import FrictionEllipse

STEERING_LEAD_S: Final = 0.09  # rack and tyres need so long to build a force
_LINE_RATE_RADPS: Final = 2.6  # a deviation dies away like a critically damped oscillator's
_LINE_DAMPING: Final = 1.0
_YAW_RATE_1PS: Final = 10.0  # a yaw-rate error dies away at this rate


class LineError(NamedTuple):
    """A car's deviation from its line, and the line's own bend."""

    deviation_m: float  # positive to the left of the line
    across_rad: float  # heading of the line relative to the centreline's
    curvature_1pm: float  # a little ahead, where the steering takes effect


class LateralForces(NamedTuple):
    """The lateral force each axle has to give, and the maximum it can give in any direction."""

    front_left_n: float
    rear_left_n: float
    front_grip_n: float
    rear_grip_n: float


class LateralControl:
    """Steers one car on a ground of this grip."""

    def __init__(self, car: Car, grip: float) -> None:
        self._car = car
        self._law = SteeringLaw(car, grip)
        self._lever = car.half_track_m / self._law.wheelbase_m
        curve = tyre_curve(car.tyre)
        self._secants = [math.sqrt(square) for square in curve.squared_secants]

    def lateral_forces(self, now: Snapshot, line: LineError) -> LateralForces:
        """Return the forces that bring the car onto its line and along it.

        Feed-forward of the line's curvature, feedback of deviation, course and yaw rate.
        """
        car, law = self._car, self._law
        left_mps2 = _lateral_acceleration(now, line)
        wheels = law.wheel_grips(now)
        grips_n = law.axle_grips_n(wheels)
        uneven_n = self._uneven(now, wheels)
        rear_left_n = car.mass_kg * left_mps2 * car.front_axle_m / law.wheelbase_m + uneven_n
        front_left_n = law.turning_n(left_mps2) - uneven_n
        if law.rear_slide(now) != 0.0:
            front_left_n *= min(1.0, grips_n.rear / (abs(rear_left_n) + MIN_GRIP_N))
        return LateralForces(
            front_left_n=front_left_n + law.yawing_n(now, left_mps2, _YAW_RATE_1PS),
            rear_left_n=rear_left_n,
            front_grip_n=grips_n.front,
            rear_grip_n=grips_n.rear,
        )

    def steering(self, now: Snapshot, axles: LateralForces, front_forward_n: float) -> float:
        """Return the share of the steering lock at which the front axle gives both of its
        forces.
        """
        left = axles.front_left_n / axles.front_grip_n
        forward = front_forward_n / axles.front_grip_n
        return self._law.angle_rad(now, left, forward) / self._car.steering.lock_rad

    def _uneven(self, now: Snapshot, grips: PerWheel[FrictionEllipse]) -> float:
        """Return the lateral force that driving or braking one side more takes off the rear axle,
        N.

        Positive turns the car to the left, as the front axle's lateral force would.
        """
        front_left, front_right, rear_left, rear_right = grips
        secant = self._secant
        turning_n = (
            front_right.forward_n
            * secant(now.front_right_normalised_slip)
            * now.front_right_slip_ratio
            - front_left.forward_n
            * secant(now.front_left_normalised_slip)
            * now.front_left_slip_ratio
            + rear_right.forward_n
            * secant(now.rear_right_normalised_slip)
            * now.rear_right_slip_ratio
            - rear_left.forward_n * secant(now.rear_left_normalised_slip) * now.rear_left_slip_ratio
        )
        return self._lever * turning_n / self._car.tyre.peak_slip_ratio

    def _secant(self, normalised_slip: float) -> float:
        """Return a tyre's force over its slip, both as shares of those at the peak."""
        secants = self._secants
        if normalised_slip >= 1.0:
            return secants[-1] / normalised_slip
        place = normalised_slip * (len(secants) - 1)
        index = int(place)
        low = secants[index]
        return low + (place - index) * (secants[index + 1] - low)


def _lateral_acceleration(now: Snapshot, line: LineError) -> float:
    """Return the acceleration to the left that the line and the way back to it need, m/s2."""
    forward_mps = max(now.velocity_forward_mps, MIN_SPEED_MPS)
    slip_rad = arc_tangent2(now.velocity_left_mps, forward_mps)
    course_rad = now.heading_rad + slip_rad - now.track_heading_rad
    across_mps = forward_mps * sine(course_rad - line.across_rad)
    return (
        forward_mps * forward_mps * line.curvature_1pm
        - _LINE_RATE_RADPS * _LINE_RATE_RADPS * line.deviation_m
        - 2.0 * _LINE_DAMPING * _LINE_RATE_RADPS * across_mps
    )
