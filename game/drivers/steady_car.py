"""A car held at a speed and an acceleration: whether its own tyres, motors and brakes allow it."""

from typing import NamedTuple

from game.compiled import tick_function
from game.drivers.steady_axle import SteadyAxle, TyreCurve, holds
from game.drivers.steady_bend import Ambience, AxleSlips, Bend, axle_slips, bend_at
from game.drivers.steady_sides import InnerForce, inner_force
from game.drivers.steady_torques import AxleForces, axle_forces
from game.vehicle.assists import SlipControl
from game.vehicle.parts import Car
from game.vehicle.torque_split import SetShares


class Hold(NamedTuple):
    """A car held at a speed and an acceleration."""

    front: SteadyAxle
    rear: SteadyAxle


class _Asked(NamedTuple):
    """What is asked of the axles."""

    slips: AxleSlips
    forces: AxleForces


@tick_function
def can_hold(
    car: Car,
    shares: SetShares,
    curve: TyreCurve,
    ambience: Ambience,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
) -> bool:
    """Whether no tyre slips beyond its peak and no motor is asked for more than it has."""
    bend = bend_at(car, ambience, speed_mps, forward_mps2, left_mps2, 0.0)
    ask = _ask(car, shares, curve, ambience, bend)
    if not ask.forces.given:
        return False
    held = _hold(car, curve, bend, ask)
    return holds(curve, held.front) and holds(curve, held.rear)


@tick_function
def hold(
    car: Car,
    shares: SetShares,
    curve: TyreCurve,
    ambience: Ambience,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
    turn_radps2: float,
) -> Hold:
    """What it takes of each wheel to hold a speed and an acceleration.

    Beside the plain balance of forces, three things take from the front axle: its lateral force
    holds the car back by the slip angle; it does so more on the outer wheel, where it turns the car
    out of the bend; and so do wheels of an axle that are not driven or braked alike. Its wheels are
    turned, so that drive helps them to the left and brakes hinder them.
    """
    bend = bend_at(car, ambience, speed_mps, forward_mps2, left_mps2, turn_radps2)
    return _hold(car, curve, bend, _ask(car, shares, curve, ambience, bend))


@tick_function
def _ask(car: Car, shares: SetShares, curve: TyreCurve, ambience: Ambience, bend: Bend) -> _Asked:
    """The axles' forces with the slips that they need."""
    slips = axle_slips(car, curve, bend, 0.0, 0.0)
    forces = axle_forces(car, shares, ambience, bend, slips)
    slips = axle_slips(car, curve, bend, forces.front_n, forces.rear_n)
    return _Asked(slips, axle_forces(car, shares, ambience, bend, slips))


@tick_function
def _hold(car: Car, curve: TyreCurve, bend: Bend, ask: _Asked) -> Hold:
    """How the wheels share what is asked of their axles."""
    slips = ask.slips
    forces = ask.forces
    speed_mps = bend.speed_mps
    left_mps2 = bend.left_mps2
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    front_inner_n = bend.front_inner_grip_n
    front_outer_n = bend.front_outer_grip_n
    control = car.traction_control if forces.front_n + forces.rear_n > 0.0 else car.anti_lock
    creep = 2.0 * car.half_track_m * left_mps2 / (speed_mps * speed_mps)
    lever = car.half_track_m / wheelbase_m
    outer_share = (front_outer_n - front_inner_n) / (front_inner_n + front_outer_n)
    steered = wheelbase_m * left_mps2 / (speed_mps * speed_mps) + car.tyre.peak_slip_tangent * (
        slips.front_side - slips.rear_side
    )
    turned_n = (bend.front_left_n * (0.5 * steered) - forces.front_n) * steered
    front_inner = inner_force(
        car, curve, car.front_differential, control, forces.front_n, forces.front_nm,
        front_inner_n, front_outer_n, slips.front_side, creep,
    )  # fmt: skip
    rear_inner = inner_force(
        car, curve, car.rear_differential, control, forces.rear_n, forces.rear_nm,
        bend.rear_inner_grip_n, bend.rear_outer_grip_n, slips.rear_side, creep,
    )  # fmt: skip
    scrub_n = outer_share * bend.front_left_n * steered
    more_n = lever * (2.0 * (front_inner.more_n + rear_inner.more_n) + scrub_n)
    return Hold(
        _axle(
            car, control, bend.front_left_n + turned_n + more_n, forces.front_n, front_inner,
            front_inner_n, front_outer_n, forces.front_nm,
        ),
        _axle(
            car, control, bend.rear_left_n - more_n, forces.rear_n, rear_inner,
            bend.rear_inner_grip_n, bend.rear_outer_grip_n, forces.rear_nm,
        ),
    )  # fmt: skip


@tick_function
def _axle(
    car: Car,
    control: SlipControl,
    left_n: float,
    forward_n: float,
    inner: InnerForce,
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
        (0.5 * forward_n + inner.more_n) * ellipse,
        (0.5 * forward_n - inner.more_n) * ellipse,
        inner_grip_n,
        outer_grip_n,
        most_slip,
        motor_nm,
        inner.released,
    )
