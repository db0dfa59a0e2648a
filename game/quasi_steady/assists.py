"""A car held at a speed and an acceleration with ABS and yaw control at work, as it is driven.

What ABS releases of one wheel no other wheel gives, and yaw control brakes against the drive: the
pedals make up for both.
"""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.axle import TyreCurve, side_slip_for
from game.quasi_steady.cornering import Bend, bend_at
from game.quasi_steady.steady_state import Hold, ask, clutches, slip_control, stand
from game.quasi_steady.track_conditions import TrackConditions
from game.quasi_steady.wheel_differences import kept_force
from game.vehicle.assists import SlipControl, yaw_brakes
from game.vehicle.parts import Car
from game.vehicle.state import PerWheel
from game.vehicle.torque_split import FrontShares

_SETTLING: Final = 0.5  # of what aids do, from one place to the next


class Aids(NamedTuple):
    """What assists do to a car besides the pedals."""

    front_outer_n: float  # that yaw control brakes the outer front wheel with
    rear_inner_n: float  # or the inner rear one
    front_released: float  # share of the inner front wheel's brakes that ABS takes
    rear_released: float
    made_up_n: float  # forward force that the pedals give for all that


class _Sides(NamedTuple):
    """The forward forces of an axle's wheels."""

    inner_n: float
    outer_n: float
    asked_n: float  # of the inner one before ABS


@tick_function
def no_aids() -> Aids:
    """With no assists at work."""
    return Aids(0.0, 0.0, 0.0, 0.0, 0.0)


@tick_function
def hold(
    car: Car,
    shares: FrontShares,
    curve: TyreCurve,
    conditions: TrackConditions,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
    turn_radps2: float,
    aids: Aids,
) -> tuple[Hold, Aids]:
    """What it takes of each wheel to hold a speed and an acceleration with these aids at work.

    turn_radps2: how fast the yaw rate grows. And what the aids come to when they find the car so.
    """
    bend = bend_at(car, conditions, speed_mps, forward_mps2, left_mps2, turn_radps2)
    asked = ask(car, shares, curve, conditions, bend, aids.made_up_n)
    forces = asked.forces
    inner = clutches(car, curve, bend, asked)
    control = slip_control(car, forces)
    front = _aided(
        car,
        forces.front_n,
        inner.front_n,
        forces.front_nm,
        0.0,
        aids.front_outer_n,
        aids.front_released,
    )
    rear = _aided(
        car,
        forces.rear_n,
        inner.rear_n,
        forces.rear_nm,
        aids.rear_inner_n,
        0.0,
        aids.rear_released,
    )
    held = stand(
        car, bend, asked, control,
        front.inner_n + front.outer_n, 0.5 * (front.inner_n - front.outer_n),
        rear.inner_n + rear.outer_n, 0.5 * (rear.inner_n - rear.outer_n),
    )  # fmt: skip
    made_up_n = (
        forces.front_n
        + forces.rear_n
        - (front.inner_n + front.outer_n)
        - (rear.inner_n + rear.outer_n)
    )
    front_side = side_slip_for(curve, held.front)
    rear_side = side_slip_for(curve, held.rear)
    helping = _yaw_brakes(car, bend, front_side, rear_side)
    front_grip_n = bend.front_inner_grip_n
    rear_grip_n = bend.rear_inner_grip_n
    return held, Aids(
        _settled(aids.front_outer_n, helping.front_right / car.wheel.radius_m),
        _settled(aids.rear_inner_n, helping.rear_left / car.wheel.radius_m),
        _settled(
            aids.front_released,
            _released(car, curve, control, front.asked_n, front_grip_n, front_side),
        ),
        _settled(
            aids.rear_released,
            _released(car, curve, control, rear.asked_n, rear_grip_n, rear_side),
        ),
        made_up_n,
    )


@tick_function
def _yaw_brakes(car: Car, bend: Bend, front_side: float, rear_side: float) -> PerWheel[float]:
    """Of a car steered as far as the bend and its axles' slips need."""
    speed_mps = bend.speed_mps
    turning = (car.front_axle_m + car.rear_axle_m) * bend.left_mps2 / (speed_mps * speed_mps)
    return yaw_brakes(
        car.yaw_control,
        turning + car.tyre.peak_slip_tangent * (front_side - rear_side),
        speed_mps,
        bend.left_mps2 / speed_mps,
        car.tyre.friction_left,
        car.wheel.radius_m,
        2.0 * car.half_track_m,
    )


@tick_function
def _released(
    car: Car, curve: TyreCurve, control: SlipControl, asked_n: float, grip_n: float, side: float
) -> float:
    kept_n = kept_force(car, curve, control, asked_n, grip_n, side)
    return 1.0 - kept_n / asked_n if asked_n < kept_n else 0.0


@tick_function
def _settled(before: float, wanted: float) -> float:
    return before + _SETTLING * (wanted - before)


@tick_function
def _aided(
    car: Car,
    forward_n: float,
    clutch_n: float,
    motor_nm: float,
    inner_brake_n: float,
    outer_brake_n: float,
    released: float,
) -> _Sides:
    """An axle's wheels with yaw control's brakes and ABS: that lets go of the motor for both."""
    asked_n = 0.5 * forward_n + clutch_n - inner_brake_n
    inner_n = asked_n
    outer_n = 0.5 * forward_n - clutch_n - outer_brake_n
    if asked_n < 0.0:
        inner_n -= released * asked_n
    if motor_nm < 0.0:
        per_motor = car.gear_ratio / (car.gear_efficiency * car.wheel.radius_m)
        outer_n -= released * 0.5 * motor_nm * per_motor
    return _Sides(inner_n, outer_n, asked_n)
