"""Steer the bot's car onto its line and along it."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.bot.follower_tables import FollowerTables
from game.compiled import tick_function
from game.drivers.steering_law import (
    MIN_GRIP_N,
    MIN_SPEED_MPS,
    axle_grips_n,
    rear_slide,
    turning_n,
    wheel_angle_rad,
    wheel_grips,
    wheelbase_m,
    yawing_n,
)
from game.scalars import maximum, minimum
from game.simulation.snapshot import Snapshot
from game.track.surfaces import TARMAC
from game.trig import arc_tangent2, sine
from game.units import G_MPS2
from game.vehicle.parts import Car
from game.vehicle.state import PerWheel
from game.vehicle.tyre import FrictionEllipse

STEERING_LEAD_S: Final = 0.1  # rack and tyres need so long to build a force
_LINE_RATE_RADPS: Final = 2.3  # a deviation dies away like a critically damped oscillator's
_LINE_DAMPING: Final = 1.0
_YAW_RATE_1PS: Final = 10.0  # a yaw-rate error dies away at this rate


class LineError(NamedTuple):
    """Holds a car's deviation from its line, and the line's own bend."""

    deviation_m: float  # positive to the left of the line
    across_rad: float  # heading of the line relative to the centreline's
    curvature_1pm: float  # a little ahead, where the steering takes effect


class LateralForces(NamedTuple):
    """Holds the lateral force each axle has to give, and the most it can give in any direction."""

    front_left_n: float
    rear_left_n: float
    front_grip_n: float
    rear_grip_n: float


@tick_function
def lateral_forces(
    car: Car, tables: FollowerTables, now: Snapshot, line: LineError
) -> LateralForces:
    """Return the forces that bring the car onto its line and along it.

    Feed-forward of the line's curvature, feedback of deviation, course and yaw rate.
    """
    left_mps2 = _lateral_acceleration(now, line)
    wheels = wheel_grips(car, tables.track.surfaces[TARMAC].grip, now)
    grips_n = axle_grips_n(wheels)
    uneven_n = _uneven(car, tables.secants, now, wheels)
    given_mps2 = left_mps2 - G_MPS2 * now.crossfall_ratio  # by the tyres: gravity gives the rest
    rear_left_n = car.mass_kg * given_mps2 * car.front_axle_m / wheelbase_m(car) + uneven_n
    front_left_n = turning_n(car, given_mps2) - uneven_n
    if rear_slide(car, now) != 0.0:
        front_left_n *= minimum(grips_n.rear / (abs(rear_left_n) + MIN_GRIP_N), 1.0)
    return LateralForces(
        front_left_n + yawing_n(car, now, left_mps2, _YAW_RATE_1PS),
        rear_left_n,
        grips_n.front,
        grips_n.rear,
    )


@tick_function
def steering(
    car: Car, tables: FollowerTables, now: Snapshot, axles: LateralForces, front_forward_n: float
) -> float:
    """Return the share of the steering lock at which the front axle gives both of its forces."""
    left = axles.front_left_n / axles.front_grip_n
    forward = front_forward_n / axles.front_grip_n
    angle_rad = wheel_angle_rad(car, tables.slip_at_force, now, left, forward)
    return angle_rad / car.steering.lock_rad


@tick_function
def _uneven(
    car: Car, secants: list[float], now: Snapshot, grips: PerWheel[FrictionEllipse]
) -> float:
    """Return the lateral force that driving or braking one side more takes off the rear axle, N.

    Positive turns the car to the left, as the front axle's lateral force would.
    """
    more_on_right_n = (
        grips.front_right.forward_n
        * _secant(secants, now.front_right_normalised_slip)
        * now.front_right_slip_ratio
        - grips.front_left.forward_n
        * _secant(secants, now.front_left_normalised_slip)
        * now.front_left_slip_ratio
        + grips.rear_right.forward_n
        * _secant(secants, now.rear_right_normalised_slip)
        * now.rear_right_slip_ratio
        - grips.rear_left.forward_n
        * _secant(secants, now.rear_left_normalised_slip)
        * now.rear_left_slip_ratio
    )
    lever = car.half_track_m / wheelbase_m(car)
    return lever * more_on_right_n / car.tyre.peak_slip_ratio


@tick_function
def _secant(secants: list[float], normalised_slip: float) -> float:
    """Return a tyre's force over its slip, both as shares of those at the peak."""
    last = len(secants) - 1
    if normalised_slip >= 1.0:
        return secants[last] / normalised_slip
    place = normalised_slip * last
    index = int(place)
    low = secants[index]
    return low + (place - index) * (secants[index + 1] - low)


@tick_function
def _lateral_acceleration(now: Snapshot, line: LineError) -> float:
    """Return the acceleration to the left that the line and the way back to it need, m/s2."""
    forward_mps = maximum(now.velocity_forward_mps, MIN_SPEED_MPS)
    slip_rad = arc_tangent2(now.velocity_left_mps, forward_mps)
    course_rad = now.heading_rad + slip_rad - now.track_heading_rad
    across_mps = forward_mps * sine(course_rad - line.across_rad)
    return (
        forward_mps * forward_mps * line.curvature_1pm
        - _LINE_RATE_RADPS * _LINE_RATE_RADPS * line.deviation_m
        - 2.0 * _LINE_DAMPING * _LINE_RATE_RADPS * across_mps
    )
