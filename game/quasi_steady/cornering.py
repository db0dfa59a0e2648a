"""A car in a bend before its axles' forward forces are known; and one that only rolls through it.

The parts of the car itself are asked; nothing of their rules is written again here. A left turn
stands for both.
"""

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.axle import TyreCurve, slip_for
from game.quasi_steady.track_conditions import TrackConditions
from game.vehicle.aero import air_force
from game.vehicle.parts import Car
from game.vehicle.tyre import friction
from game.vehicle.wheel_loads import wheel_loads

_LEAST_GRIP_N: Final = 1.0  # guards the division for a wheel in the air


class Bend(NamedTuple):
    """A car held at a speed and an acceleration; grips are the most lateral force of a tyre."""

    speed_mps: float
    forward_mps2: float
    left_mps2: float
    air_n: float
    all_load_n: float
    front_load_share: float
    front_left_n: float  # the lateral forces of the axles
    rear_left_n: float
    front_inner_grip_n: float
    front_outer_grip_n: float
    rear_inner_grip_n: float
    rear_outer_grip_n: float


class AxleSlips(NamedTuple):
    """Of each axle as a whole, as shares of the slip of most grip."""

    front: float
    rear: float
    front_side: float  # the part that gives the lateral force
    rear_side: float


@tick_function
def bend_at(
    car: Car,
    conditions: TrackConditions,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
    turn_radps2: float,
) -> Bend:
    """What the car asks of its axles sideways, and what its tyres have for it.

    turn_radps2: how fast the yaw rate grows, which takes lateral force to the front axle.
    """
    tyre = car.tyre
    air = air_force(car.aero, speed_mps, 0.0, speed_mps)
    loads_n = wheel_loads(
        car.load_transfer, forward_mps2, left_mps2, air.front_downforce_n, air.rear_downforce_n
    )
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    turn_n = car.yaw_inertia_kgm2 * turn_radps2 / wheelbase_m
    front_left_n = car.mass_kg * left_mps2 * car.rear_axle_m / wheelbase_m + turn_n
    front_load_n = loads_n.front_left + loads_n.front_right
    all_load_n = front_load_n + loads_n.rear_left + loads_n.rear_right
    return Bend(
        speed_mps,
        forward_mps2,
        left_mps2,
        air.forward_n,
        all_load_n,
        front_load_n / all_load_n,
        front_left_n,
        car.mass_kg * left_mps2 - front_left_n,
        friction(tyre, loads_n.front_left, conditions.grip).left_n + _LEAST_GRIP_N,
        friction(tyre, loads_n.front_right, conditions.grip).left_n + _LEAST_GRIP_N,
        friction(tyre, loads_n.rear_left, conditions.grip).left_n + _LEAST_GRIP_N,
        friction(tyre, loads_n.rear_right, conditions.grip).left_n + _LEAST_GRIP_N,
    )


@tick_function
def axle_slips(car: Car, curve: TyreCurve, bend: Bend, front_n: float, rear_n: float) -> AxleSlips:
    """The axles' slips beside these forward forces, each axle taken as one tyre."""
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    front_grip_n = bend.front_inner_grip_n + bend.front_outer_grip_n
    rear_grip_n = bend.rear_inner_grip_n + bend.rear_outer_grip_n
    front_forward = ellipse * front_n / front_grip_n
    rear_forward = ellipse * rear_n / rear_grip_n
    front_left = bend.front_left_n / front_grip_n
    rear_left = bend.rear_left_n / rear_grip_n
    front_force = math.sqrt(front_forward * front_forward + front_left * front_left)
    rear_force = math.sqrt(rear_forward * rear_forward + rear_left * rear_left)
    front = slip_for(curve.slips, front_force)
    rear = slip_for(curve.slips, rear_force)
    return AxleSlips(
        front,
        rear,
        front * front_left / front_force if front_force > 0.0 else 0.0,
        rear * rear_left / rear_force if rear_force > 0.0 else 0.0,
    )


@tick_function
def coasting(
    car: Car, curve: TyreCurve, conditions: TrackConditions, speed_mps: float, left_mps2: float
) -> float:
    """The acceleration with neither pedal pressed, not positive, m/s2: drag and cornering drag."""
    tyre = car.tyre
    air = air_force(car.aero, speed_mps, 0.0, speed_mps)
    loads_n = wheel_loads(
        car.load_transfer, 0.0, left_mps2, air.front_downforce_n, air.rear_downforce_n
    )
    front_grip_n = (
        friction(tyre, loads_n.front_left, conditions.grip).left_n
        + friction(tyre, loads_n.front_right, conditions.grip).left_n
    )
    rear_grip_n = (
        friction(tyre, loads_n.rear_left, conditions.grip).left_n
        + friction(tyre, loads_n.rear_right, conditions.grip).left_n
    )
    front_left_n = car.mass_kg * left_mps2 * car.rear_axle_m / (car.front_axle_m + car.rear_axle_m)
    rear_left_n = car.mass_kg * left_mps2 - front_left_n
    slip = tyre.peak_slip_tangent
    held_n = (
        front_left_n * slip * slip_for(curve.slips, front_left_n / (front_grip_n + _LEAST_GRIP_N))
    )
    held_n += (
        rear_left_n * slip * slip_for(curve.slips, rear_left_n / (rear_grip_n + _LEAST_GRIP_N))
    )
    return (air.forward_n - held_n) / car.mass_kg
