"""Turn a wanted lateral acceleration into the front wheels' angle, for bot and keyboard.

The front axle has to give the lateral force of the turn and the one that leads the yaw rate to what
the turn needs. The tyre's own curve turns that force into front slip, which is laid on top of the
direction in which the front axle moves. So the front tyres are never asked for more slip than the
one of peak grip, whatever the car does.
"""

from __future__ import annotations

import math
from typing import Final

from game.compiled import tick_function
from game.quasi_steady.axle import slip_for_force
from game.scalars import maximum
from game.simulation.snapshot import Snapshot
from game.trig import arc_tangent, arc_tangent2
from game.vehicle.parts import Car
from game.vehicle.state import AxlePair, PerWheel
from game.vehicle.tyre import FrictionEllipse, friction

MIN_GRIP_N: Final = 1.0  # guards the division for an axle in the air
MIN_SPEED_MPS: Final = 5.0  # guards the directions at walking pace
_SLIDE_GAIN: Final = 4.0  # of turning less, for rear slip beyond the one of peak grip


@tick_function
def wheelbase_m(car: Car) -> float:
    """Return the distance between the axles."""
    return car.front_axle_m + car.rear_axle_m


@tick_function
def wheel_grips(car: Car, grip: float, now: Snapshot) -> PerWheel[FrictionEllipse]:
    """Return the maximum force of each tyre at its load, with its own grip and in its water.

    grip: of the ground, 1 on dry tarmac.
    """
    tyre = car.tyre
    return PerWheel(
        friction(
            tyre, now.front_left_load_n, grip * now.front_left_tyre_grip * now.front_left_wet_grip
        ),
        friction(
            tyre,
            now.front_right_load_n,
            grip * now.front_right_tyre_grip * now.front_right_wet_grip,
        ),
        friction(
            tyre, now.rear_left_load_n, grip * now.rear_left_tyre_grip * now.rear_left_wet_grip
        ),
        friction(
            tyre, now.rear_right_load_n, grip * now.rear_right_tyre_grip * now.rear_right_wet_grip
        ),
    )


@tick_function
def axle_grips_n(wheels: PerWheel[FrictionEllipse]) -> AxlePair[float]:
    """Return the maximum lateral force of each axle, N."""
    return AxlePair(
        wheels.front_left.left_n + wheels.front_right.left_n + MIN_GRIP_N,
        wheels.rear_left.left_n + wheels.rear_right.left_n + MIN_GRIP_N,
    )


@tick_function
def rear_slide(car: Car, now: Snapshot) -> float:
    """Return the slip tangent of the rear axle beyond the one of peak grip, left positive, or
    0.
    """
    rear_slip = 0.5 * (now.rear_left_slip_tangent + now.rear_right_slip_tangent)
    excess = maximum(abs(rear_slip) - car.tyre.peak_slip_tangent, 0.0)
    return math.copysign(excess, rear_slip)


@tick_function
def turning_n(car: Car, left_mps2: float) -> float:
    """Return the lateral force of the front axle that a lateral acceleration needs, N."""
    return car.mass_kg * left_mps2 * car.rear_axle_m / wheelbase_m(car)


@tick_function
def yawing_n(car: Car, now: Snapshot, left_mps2: float, rate_1ps: float) -> float:
    """Return the lateral force of the front axle that corrects the yaw rate, N.

    An error of the yaw rate dies away at `rate_1ps`. While the rear axle slides, the car is to
    turn less than the acceleration needs.
    """
    forward_mps = maximum(now.velocity_forward_mps, MIN_SPEED_MPS)
    wanted_radps = left_mps2 / forward_mps - _SLIDE_GAIN * rear_slide(car, now)
    yaw_radps2 = rate_1ps * (wanted_radps - now.yaw_rate_radps)
    return car.yaw_inertia_kgm2 * yaw_radps2 / wheelbase_m(car)


@tick_function
def wheel_angle_rad(
    car: Car, slip_at_force: list[float], now: Snapshot, left: float, forward: float
) -> float:
    """Return the angle of the front wheels that gives the axle's lateral force beside a forward
    one.

    Both forces are shares of the axle's grip; slip_at_force: of the tyre's curve. What the wheels
    give way in the turn that is felt is steered on top of it, but not in a slide: that they give
    way keeps one that was caught from swinging over.
    """
    both = math.sqrt(left * left + forward * forward)
    slip = slip_for_force(slip_at_force, both) * left / both if both > 0.0 else 0.0
    moving_rad = arc_tangent2(
        now.velocity_left_mps + car.front_axle_m * now.yaw_rate_radps,
        maximum(now.velocity_forward_mps, MIN_SPEED_MPS),
    )
    yielding_rad = car.steering.compliance_radpn * turning_n(car, now.accel_left_mps2)
    held = maximum(1.0 - abs(rear_slide(car, now)) / car.tyre.peak_slip_tangent, 0.0)
    return moving_rad + arc_tangent(car.tyre.peak_slip_tangent * slip) + held * yielding_rad
