"""A car held at a speed and an acceleration: whether its own tyres, motors and brakes allow it.

The parts of the car itself are asked; nothing of their rules is written again here. A left turn
stands for both.
"""

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.drivers.steady_axle import SteadyAxle, TyreCurve, holds, secant, slip_for, slip_of
from game.vehicle.aero import air_force
from game.vehicle.assists import SlipControl
from game.vehicle.differential import Differential, clutch_limit
from game.vehicle.motor import speed_limiter, torque_limit
from game.vehicle.parts import Car
from game.vehicle.torque_split import front_share, split_torque
from game.vehicle.tyre import friction
from game.vehicle.wheel_loads import wheel_loads

_ALL: Final = 1.0 - 1e-9  # of a demand: what rounding leaves
_LEAST_GRIP_N: Final = 1.0  # guards the division for a wheel in the air
_CLUTCH_STEPS: Final = 3  # of regula falsi


class Ambience(NamedTuple):
    """What a drive finds: the ground, and what the battery takes."""

    grip: float  # of dry tarmac's
    rolling_resistance: float
    charge_w: float  # the most regeneration


class Hold(NamedTuple):
    """A car held at a speed and an acceleration."""

    front: SteadyAxle
    rear: SteadyAxle
    given: bool  # whether the motors can


class _Bend(NamedTuple):
    """What is known before the axles' forward forces are; in newtons of lateral grip."""

    speed_mps: float
    forward_mps2: float
    air_n: float
    all_load_n: float
    load_share: float  # of the front axle
    front_left_n: float
    rear_left_n: float
    front_grip_n: float
    rear_grip_n: float


class _AxleForces(NamedTuple):
    """Forward forces at the tyres of each axle, and the torques of the motors."""

    front_n: float
    rear_n: float
    front_nm: float
    rear_nm: float
    given: bool  # whether the motors can


class _Slips(NamedTuple):
    """Of each axle as a whole, as shares of the slip of most grip."""

    front: float
    rear: float
    front_side: float  # the part that gives the lateral force
    rear_side: float


@tick_function
def can_hold(
    car: Car,
    curve: TyreCurve,
    ambience: Ambience,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
) -> bool:
    """Whether no tyre slips beyond its peak and no motor is asked for more than it has."""
    held = hold(car, curve, ambience, speed_mps, forward_mps2, left_mps2)
    return held.given and holds(curve, held.front) and holds(curve, held.rear)


@tick_function
def hold(
    car: Car,
    curve: TyreCurve,
    ambience: Ambience,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
) -> Hold:
    """What it takes of each wheel to hold a speed and an acceleration.

    Beside the plain balance of forces, three things take from the front axle: its lateral force
    holds the car back by the slip angle; it does so more on the outer wheel, where it turns the car
    out of the bend; and so do wheels of an axle that are not driven or braked alike. Its wheels are
    turned, so that drive helps them to the left and brakes hinder them.
    """
    tyre = car.tyre
    air = air_force(car.aero, speed_mps, 0.0, speed_mps)
    loads_n = wheel_loads(
        car.load_transfer, forward_mps2, left_mps2, air.front_downforce_n, air.rear_downforce_n
    )
    front_inner_n = friction(tyre, loads_n.front_left, ambience.grip).left_n + _LEAST_GRIP_N
    front_outer_n = friction(tyre, loads_n.front_right, ambience.grip).left_n + _LEAST_GRIP_N
    rear_inner_n = friction(tyre, loads_n.rear_left, ambience.grip).left_n + _LEAST_GRIP_N
    rear_outer_n = friction(tyre, loads_n.rear_right, ambience.grip).left_n + _LEAST_GRIP_N
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    front_left_n = car.mass_kg * left_mps2 * car.rear_axle_m / wheelbase_m
    rear_left_n = car.mass_kg * left_mps2 - front_left_n
    front_load_n = loads_n.front_left + loads_n.front_right
    all_load_n = front_load_n + loads_n.rear_left + loads_n.rear_right
    bend = _Bend(
        speed_mps,
        forward_mps2,
        air.forward_n,
        all_load_n,
        front_load_n / all_load_n,
        front_left_n,
        rear_left_n,
        front_inner_n + front_outer_n,
        rear_inner_n + rear_outer_n,
    )
    slips = _slips(car, curve, bend, 0.0, 0.0)
    forces = _axle_forces(car, ambience, bend, slips)
    slips = _slips(car, curve, bend, forces.front_n, forces.rear_n)
    forces = _axle_forces(car, ambience, bend, slips)

    control = car.traction_control if forces.front_n + forces.rear_n > 0.0 else car.anti_lock
    creep = 2.0 * car.half_track_m * left_mps2 / (speed_mps * speed_mps)
    lever = car.half_track_m / wheelbase_m
    outer_share = (front_outer_n - front_inner_n) / bend.front_grip_n
    steered = wheelbase_m * left_mps2 / (speed_mps * speed_mps) + tyre.peak_slip_tangent * (
        slips.front_side - slips.rear_side
    )
    turned_n = (front_left_n * (0.5 * steered) - forces.front_n) * steered
    front_more_n = _inner_more(
        car, curve, car.front_differential, control, forces.front_n, forces.front_nm,
        front_inner_n, front_outer_n, slips.front_side, creep,
    )  # fmt: skip
    rear_more_n = _inner_more(
        car, curve, car.rear_differential, control, forces.rear_n, forces.rear_nm,
        rear_inner_n, rear_outer_n, slips.rear_side, creep,
    )  # fmt: skip
    scrub_n = outer_share * front_left_n * steered
    more_n = lever * (2.0 * (front_more_n + rear_more_n) + scrub_n)
    return Hold(
        _axle(
            car, control, front_left_n + turned_n + more_n, forces.front_n, front_more_n,
            front_inner_n, front_outer_n, forces.front_nm,
        ),
        _axle(
            car, control, rear_left_n - more_n, forces.rear_n, rear_more_n,
            rear_inner_n, rear_outer_n, forces.rear_nm,
        ),
        forces.given,
    )  # fmt: skip


@tick_function
def _slips(car: Car, curve: TyreCurve, bend: _Bend, front_n: float, rear_n: float) -> _Slips:
    """The axles' slips, each axle taken as one tyre."""
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    front_forward = ellipse * front_n / bend.front_grip_n
    rear_forward = ellipse * rear_n / bend.rear_grip_n
    front_left = bend.front_left_n / bend.front_grip_n
    rear_left = bend.rear_left_n / bend.rear_grip_n
    front_force = math.sqrt(front_forward * front_forward + front_left * front_left)
    rear_force = math.sqrt(rear_forward * rear_forward + rear_left * rear_left)
    front = slip_for(curve.slips, front_force)
    rear = slip_for(curve.slips, rear_force)
    return _Slips(
        front,
        rear,
        front * front_left / front_force if front_force > 0.0 else 0.0,
        rear * rear_left / rear_force if rear_force > 0.0 else 0.0,
    )


@tick_function
def _axle_forces(car: Car, ambience: Ambience, bend: _Bend, slips: _Slips) -> _AxleForces:
    """What the drive or the brakes give each axle, with the slip angles holding the car back."""
    tangent = car.tyre.peak_slip_tangent
    forward_n = (
        car.mass_kg * bend.forward_mps2
        - bend.air_n
        + tangent * (bend.front_left_n * slips.front_side + bend.rear_left_n * slips.rear_side)
    )
    if forward_n > 0.0:
        spin_n = 4.0 * car.spin_inertia_kgm2 * bend.forward_mps2 / car.wheel.radius_m**2
        unseen_n = spin_n + ambience.rolling_resistance * bend.all_load_n
        return _driven(car, bend, forward_n, unseen_n, slips)
    return _braked(car, bend, -forward_n, ambience.charge_w, slips)


@tick_function
def _inner_more(
    car: Car,
    curve: TyreCurve,
    differential: Differential,
    control: SlipControl,
    forward_n: float,
    motor_nm: float,
    inner_grip_n: float,
    outer_grip_n: float,
    side: float,
    creep: float,
) -> float:
    """What the inner wheel gets of an axle's forward force beyond its half, N.

    The differential's clutch drives the one that turns slower, at most until both
    turn alike: the inner one by `creep`, unless it slips so much more. ABS releases a wheel alone.
    """
    most_n = clutch_limit(differential, motor_nm * car.motor.gear_ratio) / car.wheel.radius_m
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    inner_share = ellipse / inner_grip_n
    outer_share = ellipse / outer_grip_n
    half_n = 0.5 * forward_n
    apart = creep / car.tyre.peak_slip_ratio
    low_n = -most_n
    high_n = most_n
    low = _faster(curve, side, inner_share * (half_n + low_n), outer_share * (half_n - low_n))
    high = _faster(curve, side, inner_share * (half_n + high_n), outer_share * (half_n - high_n))
    low -= apart
    high -= apart
    clutch_n = high_n if high <= 0.0 else low_n
    if low < 0.0 < high:
        for _ in range(_CLUTCH_STEPS):
            clutch_n = low_n - low * (high_n - low_n) / (high - low)
            middle = _faster(
                curve, side, inner_share * (half_n + clutch_n), outer_share * (half_n - clutch_n)
            )
            middle -= apart
            if middle < 0.0:
                low_n = clutch_n
                low = middle
            else:
                high_n = clutch_n
                high = middle
    if forward_n < 0.0 and control.level > 0 and control.slip_target <= 1.0:
        left = secant(curve, control.slip_target) * (
            control.slip_target * control.slip_target - side * side
        )
        most_n = inner_grip_n * math.sqrt(left) / ellipse if left > 0.0 else 0.0
        if half_n + clutch_n < -most_n:
            clutch_n = -most_n - half_n
    return clutch_n


@tick_function
def _faster(curve: TyreCurve, side: float, inner: float, outer: float) -> float:
    """How much more forward slip the inner tyre has than the outer one, of the peak's."""
    return _forward_slip(curve, side, inner) - _forward_slip(curve, side, outer)


@tick_function
def _forward_slip(curve: TyreCurve, side: float, forward: float) -> float:
    slip = slip_of(curve, side, forward)
    left = slip * slip - side * side
    size = math.sqrt(left) if left > 0.0 else 0.0
    return size if forward >= 0.0 else -size


@tick_function
def _axle(
    car: Car,
    control: SlipControl,
    left_n: float,
    forward_n: float,
    inner_more_n: float,
    inner_grip_n: float,
    outer_grip_n: float,
    motor_nm: float,
) -> SteadyAxle:
    """The axle as its tyres see it: forward forces are counted in newtons of lateral grip."""
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    most_slip = 1.0
    if control.level > 0 and control.slip_target < 1.0:
        most_slip = control.slip_target
    return SteadyAxle(
        left_n,
        (0.5 * forward_n + inner_more_n) * ellipse,
        (0.5 * forward_n - inner_more_n) * ellipse,
        inner_grip_n,
        outer_grip_n,
        most_slip,
        motor_nm,
    )


@tick_function
def coasting(
    car: Car, curve: TyreCurve, ambience: Ambience, speed_mps: float, left_mps2: float
) -> float:
    """The acceleration with neither pedal pressed, not positive, m/s2: drag and cornering drag."""
    tyre = car.tyre
    air = air_force(car.aero, speed_mps, 0.0, speed_mps)
    loads_n = wheel_loads(
        car.load_transfer, 0.0, left_mps2, air.front_downforce_n, air.rear_downforce_n
    )
    front_grip_n = (
        friction(tyre, loads_n.front_left, ambience.grip).left_n
        + friction(tyre, loads_n.front_right, ambience.grip).left_n
    )
    rear_grip_n = (
        friction(tyre, loads_n.rear_left, ambience.grip).left_n
        + friction(tyre, loads_n.rear_right, ambience.grip).left_n
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


@tick_function
def _driven(car: Car, bend: _Bend, forward_n: float, unseen_n: float, slips: _Slips) -> _AxleForces:
    """The drive shared by the split's rule; `unseen_n` turns wheels and never reaches the road."""
    motor = car.motor
    road_per_motor = motor.gear_ratio * motor.gear_efficiency / car.wheel.radius_m
    limit_nm = _cool_limit(car, bend.speed_mps)
    demand_nm = (forward_n + unseen_n) / road_per_motor
    share = _split(car, bend, slips, car.front_torque_share)
    torque = split_torque(demand_nm, share, limit_nm, limit_nm)
    given_nm = torque.front_nm + torque.rear_nm
    front_n = forward_n * torque.front_nm / given_nm
    return _AxleForces(
        front_n,
        forward_n - front_n,
        torque.front_nm,
        torque.rear_nm,
        given_nm >= demand_nm * _ALL,
    )


@tick_function
def _braked(car: Car, bend: _Bend, brake_n: float, charge_w: float, slips: _Slips) -> _AxleForces:
    """Regeneration as far as it goes, friction by its bias for the rest."""
    motor = car.motor
    wheel_to_motor = car.wheel.radius_m * motor.gear_efficiency / motor.gear_ratio
    limit_nm = _cool_limit(car, bend.speed_mps)
    motor_radps = bend.speed_mps / car.wheel.radius_m * motor.gear_ratio
    regen_nm = _least(brake_n * wheel_to_motor, charge_w / motor_radps)
    share = _split(car, bend, slips, car.front_regen_share)
    regen = split_torque(regen_nm, share, limit_nm, limit_nm)
    friction_n = brake_n - (regen.front_nm + regen.rear_nm) / wheel_to_motor
    front_n = regen.front_nm / wheel_to_motor + friction_n * car.brakes.front_bias
    return _AxleForces(-front_n, front_n - brake_n, -regen.front_nm, -regen.rear_nm, True)


@tick_function
def _split(car: Car, bend: _Bend, slips: _Slips, set_share: float) -> float:
    return front_share(
        car.split_mode, set_share, bend.load_share, slips.front, slips.rear, car.slip_balance_gain
    )


@tick_function
def _cool_limit(car: Car, speed_mps: float) -> float:
    """Torque of one cool motor at a road speed, Nm."""
    motor = car.motor
    radps = speed_mps / car.wheel.radius_m * motor.gear_ratio
    cool_k = motor.coolant_temperature_k
    return torque_limit(motor, radps, car.power_share, cool_k, cool_k) * speed_limiter(motor, radps)


@tick_function
def _least(one: float, other: float) -> float:
    return one if one < other else other


@tick_function
def _within(value: float, bound: float) -> float:
    if value > bound:
        return bound
    return -bound if value < -bound else value
