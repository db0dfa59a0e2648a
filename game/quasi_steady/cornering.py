"""Describe a car in a corner before its axles' forward forces are known, or as it coasts.

The rules of the car's parts are called, never written again here. A left turn stands for both.
"""

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.axle import TyreCurve, slip_for_force
from game.quasi_steady.motor_limits import full_drive_voltage
from game.quasi_steady.track_conditions import TrackConditions, ground_grip
from game.scalars import maximum, minimum
from game.units import G_MPS2
from game.vehicle.parts import Car
from game.vehicle.state import PerWheel
from game.vehicle.suspension import steady_air, steady_roll
from game.vehicle.torque_split import FrontShares
from game.vehicle.tyre import camber_share, friction
from game.vehicle.wheel_loads import wheel_loads

_MIN_GRIP_N: Final = 1.0  # guards the division for a wheel in the air


class QuasiSteadyCar(NamedTuple):
    """Describes a car on a ground, with the shares that its axles are set to."""

    car: Car
    curve: TyreCurve  # of the car's tyres
    shares: FrontShares
    conditions: TrackConditions


class SteadyMotion(NamedTuple):
    """In a quasi-steady motion the car keeps this speed and these accelerations."""

    speed_mps: float
    forward_mps2: float
    left_mps2: float
    yaw_radps2: float  # yaw acceleration, which takes lateral force to the front axle


class CorneringState(NamedTuple):
    """Holds loads and lateral forces of a car in motion; grips are maximum lateral forces."""

    speed_mps: float
    forward_mps2: float
    left_mps2: float
    air_n: float  # forward force of the air, and of wheels that are toed
    all_load_n: float
    front_load_share: float
    front_left_n: float  # the lateral force of the front axle
    rear_left_n: float
    front_inner_grip_n: float
    front_outer_grip_n: float
    rear_inner_grip_n: float
    rear_outer_grip_n: float
    voltage_v: float  # at the motors at full throttle


class _OnWheels(NamedTuple):
    """Holds what the wheels of a car carry, and the largest lateral force of each."""

    air_n: float  # as in `CorneringState`
    loads_n: PerWheel[float]
    grips_n: PerWheel[float]


class AxleSlips(NamedTuple):
    """Holds the normalised slip of each axle, taken as one tyre."""

    front: float
    rear: float
    front_lateral: float  # the part that gives the lateral force
    rear_lateral: float


@tick_function
def cornering_state(steady: QuasiSteadyCar, motion: SteadyMotion) -> CorneringState:
    """Return the lateral forces that a motion needs of the axles, and the tyres' grip.

    The accelerations of a motion are along and across its path. Loads move and wheels push along
    and across the car, which points into the corner by its sideslip angle. At the tyres' limit
    that is some four degrees; without them a car that slows down in a corner has 3 % less grip,
    and one that brakes in it 4 % more.
    """
    car = steady.car
    sideslip_rad = _sideslip_angle(
        steady, motion, _on_wheels(steady, motion.speed_mps, motion.forward_mps2, motion.left_mps2)
    )
    left_mps2 = motion.left_mps2 - sideslip_rad * motion.forward_mps2
    wheels = _on_wheels(
        steady,
        motion.speed_mps,
        motion.forward_mps2 + sideslip_rad * motion.left_mps2,
        left_mps2,
    )
    loads_n, grips_n = wheels.loads_n, wheels.grips_n
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    yaw_n = car.yaw_inertia_kgm2 * motion.yaw_radps2 / wheelbase_m
    front_left_n = car.mass_kg * left_mps2 * car.rear_axle_m / wheelbase_m + yaw_n
    front_load_n = loads_n.front_left + loads_n.front_right
    all_load_n = front_load_n + loads_n.rear_left + loads_n.rear_right
    return CorneringState(
        motion.speed_mps,
        motion.forward_mps2,
        motion.left_mps2,
        wheels.air_n,
        all_load_n,
        front_load_n / all_load_n,
        front_left_n,
        car.mass_kg * left_mps2 - front_left_n,
        grips_n.front_left,
        grips_n.front_right,
        grips_n.rear_left,
        grips_n.rear_right,
        full_drive_voltage(car, steady.shares.torque, steady.conditions.charge, motion.speed_mps),
    )


@tick_function
def _on_wheels(
    steady: QuasiSteadyCar, speed_mps: float, forward_mps2: float, left_mps2: float
) -> _OnWheels:
    """Return the wheels of a car with these accelerations along and across it."""
    car = steady.car
    air_mps = maximum(speed_mps + steady.conditions.head_mps, 0.0)
    air = steady_air(car.aero, car.suspension, air_mps, forward_mps2)
    share = steady.conditions.pressing_mps2 / G_MPS2
    loads_n = wheel_loads(
        car.load_transfer,
        forward_mps2,
        left_mps2,
        air.front_downforce_n + share * car.load_transfer.front_weight_n,
        air.rear_downforce_n + share * car.load_transfer.rear_weight_n,
    )
    grips_n = _lateral_grips(steady, loads_n, speed_mps, left_mps2)
    return _OnWheels(air.forward_n - _toe_drag(steady, grips_n), loads_n, grips_n)


@tick_function
def _sideslip_angle(steady: QuasiSteadyCar, motion: SteadyMotion, wheels: _OnWheels) -> float:
    """Return the angle by which a car points farther into a corner than it moves, rad.

    The rear axle slips as one tyre, with its share by load of the forward force.
    """
    car = steady.car
    loads_n, grips_n = wheels.loads_n, wheels.grips_n
    rear_load_n = loads_n.rear_left + loads_n.rear_right
    rear_share = rear_load_n / (loads_n.front_left + loads_n.front_right + rear_load_n)
    rear_grip_n = grips_n.rear_left + grips_n.rear_right
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    forward_n = rear_share * (car.mass_kg * motion.forward_mps2 - wheels.air_n)
    left_n = car.mass_kg * motion.left_mps2 * car.front_axle_m
    forward = ellipse * forward_n / rear_grip_n
    left = left_n / (car.front_axle_m + car.rear_axle_m) / rear_grip_n
    both = math.sqrt(forward * forward + left * left)
    if both == 0.0:
        return 0.0
    slip = slip_for_force(steady.curve.slip_at_force, both) * left / both
    turned = car.rear_axle_m * motion.left_mps2 / (motion.speed_mps * motion.speed_mps)
    return car.tyre.peak_slip_tangent * slip - turned


@tick_function
def _lateral_grips(
    steady: QuasiSteadyCar, loads_n: PerWheel[float], speed_mps: float, left_mps2: float
) -> PerWheel[float]:
    """Return the wheels' maximum lateral forces, with their inclination to the road."""
    car = steady.car
    tyre = car.tyre
    grip = ground_grip(car, steady.conditions, speed_mps)
    rolled_rad = car.suspension.camber_per_roll * steady_roll(car.suspension, left_mps2)
    front_rad = car.suspension.front.camber_rad
    rear_rad = car.suspension.rear.camber_rad
    push = tyre.peak_slip_tangent * minimum(left_mps2 / (G_MPS2 * tyre.friction_left), 1.0)
    front_left = grip * camber_share(tyre, front_rad - rolled_rad, push)
    front_right = grip * camber_share(tyre, -front_rad - rolled_rad, push)
    rear_left = grip * camber_share(tyre, rear_rad - rolled_rad, push)
    rear_right = grip * camber_share(tyre, -rear_rad - rolled_rad, push)
    return PerWheel(
        friction(tyre, loads_n.front_left, front_left).left_n + _MIN_GRIP_N,
        friction(tyre, loads_n.front_right, front_right).left_n + _MIN_GRIP_N,
        friction(tyre, loads_n.rear_left, rear_left).left_n + _MIN_GRIP_N,
        friction(tyre, loads_n.rear_right, rear_right).left_n + _MIN_GRIP_N,
    )


@tick_function
def _toe_drag(steady: QuasiSteadyCar, grips_n: PerWheel[float]) -> float:
    """Return the force with which wheels that point inwards or outwards hold the car back, N.

    Both push sideways against each other, and each back by its angle.
    """
    car = steady.car
    slope = math.sqrt(steady.curve.squared_secants[0]) / car.tyre.peak_slip_tangent
    front = car.steering.toe
    rear = car.suspension.rear_toe.sin
    return slope * (
        front * front * (grips_n.front_left + grips_n.front_right)
        + rear * rear * (grips_n.rear_left + grips_n.rear_right)
    )


@tick_function
def axle_slips(
    steady: QuasiSteadyCar, cornering: CorneringState, front_n: float, rear_n: float
) -> AxleSlips:
    """Return the slips of the axles that give these forward and their lateral forces."""
    slip_at_force = steady.curve.slip_at_force
    ellipse = steady.car.tyre.friction_left / steady.car.tyre.friction_forward
    front_grip_n = cornering.front_inner_grip_n + cornering.front_outer_grip_n
    rear_grip_n = cornering.rear_inner_grip_n + cornering.rear_outer_grip_n
    front_forward = ellipse * front_n / front_grip_n
    rear_forward = ellipse * rear_n / rear_grip_n
    front_left = cornering.front_left_n / front_grip_n
    rear_left = cornering.rear_left_n / rear_grip_n
    front_force = math.sqrt(front_forward * front_forward + front_left * front_left)
    rear_force = math.sqrt(rear_forward * rear_forward + rear_left * rear_left)
    front = slip_for_force(slip_at_force, front_force)
    rear = slip_for_force(slip_at_force, rear_force)
    return AxleSlips(
        front,
        rear,
        front * front_left / front_force if front_force > 0.0 else 0.0,
        rear * rear_left / rear_force if rear_force > 0.0 else 0.0,
    )


@tick_function
def coasting_acceleration(steady: QuasiSteadyCar, speed_mps: float, left_mps2: float) -> float:
    """Return the acceleration with neither pedal pressed, never positive, m/s2.

    Drag and the cornering drag of the slip angles slow the car down.
    """
    evenly = _coasting(steady, SteadyMotion(speed_mps, 0.0, left_mps2, 0.0))
    return _coasting(steady, SteadyMotion(speed_mps, evenly, left_mps2, 0.0))


@tick_function
def _coasting(steady: QuasiSteadyCar, motion: SteadyMotion) -> float:
    """Return the acceleration of a car that coasts, its loads being those of a motion."""
    state = cornering_state(steady, motion)
    slips = axle_slips(steady, state, 0.0, 0.0)
    drag_n = steady.car.tyre.peak_slip_tangent * (
        state.front_left_n * slips.front_lateral + state.rear_left_n * slips.rear_lateral
    )
    return (state.air_n - drag_n) / steady.car.mass_kg
