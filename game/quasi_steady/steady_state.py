"""A car held at a speed and an acceleration: whether its own tyres, motors and brakes allow it.

An axle's brakes are taken as one: what ABS releases of the inner wheel, the outer one gives.
"""

from typing import NamedTuple

from game.compiled import tick_function
from game.quasi_steady.axle import SteadyAxle, TyreCurve, holds
from game.quasi_steady.axle_torques import AxleForces, axle_forces
from game.quasi_steady.cornering import AxleSlips, Bend, axle_slips, bend_at
from game.quasi_steady.track_conditions import TrackConditions
from game.quasi_steady.wheel_differences import clutch_force, kept_force
from game.vehicle.assists import SlipControl
from game.vehicle.parts import Car
from game.vehicle.torque_split import FrontShares


class Hold(NamedTuple):
    """A car held at a speed and an acceleration."""

    front: SteadyAxle
    rear: SteadyAxle


class Asked(NamedTuple):
    """What is asked of the axles by the pedals."""

    slips: AxleSlips
    forces: AxleForces


class Clutches(NamedTuple):
    """What the differentials give the inner wheels of the outer ones' forward force."""

    front_n: float
    rear_n: float


@tick_function
def can_hold(
    car: Car,
    shares: FrontShares,
    curve: TyreCurve,
    conditions: TrackConditions,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
) -> bool:
    """Whether no tyre slips beyond its peak and no motor is asked for more than it has."""
    bend = bend_at(car, conditions, speed_mps, forward_mps2, left_mps2, 0.0)
    asked = ask(car, shares, curve, conditions, bend, 0.0)
    forces = asked.forces
    if not forces.given:
        return False
    inner = clutches(car, curve, bend, asked)
    control = slip_control(car, forces)
    front_more_n = _with_abs(
        car, curve, control, forces.front_n, inner.front_n, bend.front_inner_grip_n,
        asked.slips.front_side,
    )  # fmt: skip
    rear_more_n = _with_abs(
        car, curve, control, forces.rear_n, inner.rear_n, bend.rear_inner_grip_n,
        asked.slips.rear_side,
    )  # fmt: skip
    held = stand(
        car, bend, asked, control, forces.front_n, front_more_n, forces.rear_n, rear_more_n
    )
    return holds(curve, held.front) and holds(curve, held.rear)


@tick_function
def ask(
    car: Car,
    shares: FrontShares,
    curve: TyreCurve,
    conditions: TrackConditions,
    bend: Bend,
    made_up_n: float,
) -> Asked:
    """The axles' forces with the slips that they need."""
    slips = axle_slips(car, curve, bend, 0.0, 0.0)
    forces = axle_forces(car, shares, conditions, bend, slips, made_up_n)
    slips = axle_slips(car, curve, bend, forces.front_n, forces.rear_n)
    return Asked(slips, axle_forces(car, shares, conditions, bend, slips, made_up_n))


@tick_function
def clutches(car: Car, curve: TyreCurve, bend: Bend, asked: Asked) -> Clutches:
    """The differentials' doing beside the pedals'."""
    forces = asked.forces
    slips = asked.slips
    creep = 2.0 * car.half_track_m * bend.left_mps2 / (bend.speed_mps * bend.speed_mps)
    return Clutches(
        clutch_force(
            car, curve, car.front.differential, forces.front_n, forces.front_nm,
            bend.front_inner_grip_n, bend.front_outer_grip_n, slips.front_side, creep,
        ),
        clutch_force(
            car, curve, car.rear.differential, forces.rear_n, forces.rear_nm,
            bend.rear_inner_grip_n, bend.rear_outer_grip_n, slips.rear_side, creep,
        ),
    )  # fmt: skip


@tick_function
def slip_control(car: Car, forces: AxleForces) -> SlipControl:
    """Traction control or ABS, whichever minds these forces."""
    return car.traction_control if forces.front_n + forces.rear_n > 0.0 else car.anti_lock


@tick_function
def _with_abs(
    car: Car,
    curve: TyreCurve,
    control: SlipControl,
    forward_n: float,
    clutch_n: float,
    grip_n: float,
    side: float,
) -> float:
    """What the inner wheel gets of an axle's brakes beyond its half with the outer one helping."""
    if forward_n >= 0.0:
        return clutch_n
    asked_n = 0.5 * forward_n + clutch_n
    kept_n = kept_force(car, curve, control, asked_n, grip_n, side)
    return clutch_n if kept_n == asked_n else kept_n - 0.5 * forward_n


@tick_function
def stand(
    car: Car,
    bend: Bend,
    asked: Asked,
    control: SlipControl,
    front_n: float,
    front_more_n: float,
    rear_n: float,
    rear_more_n: float,
) -> Hold:
    """The axles with their forward forces and what the inner wheels get of them beyond a half.

    Beside the plain balance of forces, three things take from the front axle: its lateral force
    holds the car back by the slip angle; it does so more on the outer wheel, where it turns the car
    out of the bend; and so do wheels of an axle that are not driven or braked alike. Its wheels are
    turned, so that drive helps them to the left and brakes hinder them.
    """
    slips = asked.slips
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    front_inner_n = bend.front_inner_grip_n
    front_outer_n = bend.front_outer_grip_n
    lever = car.half_track_m / wheelbase_m
    outer_share = (front_outer_n - front_inner_n) / (front_inner_n + front_outer_n)
    steered = wheelbase_m * bend.left_mps2 / (
        bend.speed_mps * bend.speed_mps
    ) + car.tyre.peak_slip_tangent * (slips.front_side - slips.rear_side)
    turned_n = (bend.front_left_n * (0.5 * steered) - front_n) * steered
    scrub_n = outer_share * bend.front_left_n * steered
    more_n = lever * (2.0 * (front_more_n + rear_more_n) + scrub_n)
    return Hold(
        _axle(
            car, control, bend.front_left_n + turned_n + more_n, front_n, front_more_n,
            front_inner_n, front_outer_n, asked.forces.front_nm,
        ),
        _axle(
            car, control, bend.rear_left_n - more_n, rear_n, rear_more_n,
            bend.rear_inner_grip_n, bend.rear_outer_grip_n, asked.forces.rear_nm,
        ),
    )  # fmt: skip


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
