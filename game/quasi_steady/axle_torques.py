"""Find the forward force that drive or brakes give each axle of an accelerating car."""

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.cornering import AxleSlips, CorneringState, QuasiSteadyCar
from game.quasi_steady.motor_limits import cool_torque_limit, cool_torque_limits
from game.scalars import maximum, minimum
from game.vehicle.parts import Car
from game.vehicle.powertrain import motor_torque_per_force
from game.vehicle.spec import MotorSpec
from game.vehicle.state import AxlePair
from game.vehicle.torque_split import front_share, split_drive, split_torque

_ROUNDING: Final = 1.0 - 1e-9  # share of a demand that counts as all of it


class ForwardForces(NamedTuple):
    """Holds the forward forces at the tyres of each axle, and the torques of the motors."""

    front_n: float
    rear_n: float
    front_nm: float
    rear_nm: float
    deliverable: bool  # whether the motors can give that much


@tick_function
def forward_forces(
    steady: QuasiSteadyCar, cornering: CorneringState, slips: AxleSlips, compensation_n: float
) -> ForwardForces:
    """Return the forces that keep the acceleration against the air and the drag of the slip angles.

    compensation_n: additional forward force that makes up for what the assists brake or release.
    """
    car = steady.car
    tangent = car.tyre.peak_slip_tangent
    forward_n = (
        car.mass_kg * cornering.forward_mps2
        - cornering.air_n
        + tangent
        * (
            cornering.front_left_n * slips.front_lateral
            + cornering.rear_left_n * slips.rear_lateral
        )
        + compensation_n
    )
    if forward_n > 0.0:
        return _driven(steady, cornering, slips, forward_n)
    return _braked(steady, cornering, slips, -forward_n)


@tick_function
def _driven(
    steady: QuasiSteadyCar, cornering: CorneringState, slips: AxleSlips, forward_n: float
) -> ForwardForces:
    """Return the drive, shared by the rule of the torque split.

    The motors also turn the wheels faster and overcome rolling resistance, which the road never
    sees. Wheels that slip turn faster than the road passes: of constant power less torque is left.
    """
    car = steady.car
    spin_n = car.wheels_inertia_kgm2 * cornering.forward_mps2 / car.wheel.radius_m**2
    losses_n = spin_n + steady.conditions.rolling_resistance * cornering.all_load_n
    road_per_motor = car.gear_ratio * car.gear_efficiency / car.wheel.radius_m
    # Wheels that slow down with the car may give more than it takes to roll.
    demand_nm = maximum((forward_n + losses_n) / road_per_motor, 0.0)
    share = _front_share(car, cornering, slips, steady.shares.torque)
    limits_nm = AxlePair(
        _torque_limit(car, car.front.motor, cornering, slips.front, slips.front_lateral),
        _torque_limit(car, car.rear.motor, cornering, slips.rear, slips.rear_lateral),
    )
    torque = split_drive(car.split_law, demand_nm, share, limits_nm)
    delivered_nm = torque.front + torque.rear
    front_n = forward_n * (torque.front / delivered_nm if delivered_nm > 0.0 else share)
    return ForwardForces(
        front_n,
        forward_n - front_n,
        torque.front,
        torque.rear,
        delivered_nm >= demand_nm * _ROUNDING,
    )


@tick_function
def _braked(
    steady: QuasiSteadyCar, cornering: CorneringState, slips: AxleSlips, brake_n: float
) -> ForwardForces:
    """Return regeneration as far as it goes, and friction brakes by their bias for the rest."""
    car = steady.car
    wheel_to_motor = motor_torque_per_force(car)
    motor_radps = cornering.speed_mps / car.wheel.radius_m * car.gear_ratio
    regen_nm = minimum(brake_n * wheel_to_motor, steady.conditions.charge_w / motor_radps)
    share = _front_share(car, cornering, slips, steady.shares.regen)
    limits_nm = cool_torque_limits(car, cornering.speed_mps, cornering.voltage_v)
    regen = split_torque(car.split_law, regen_nm, share, limits_nm)
    friction_n = brake_n - (regen.front + regen.rear) / wheel_to_motor
    front_n = regen.front / wheel_to_motor + friction_n * car.brakes.front_bias
    return ForwardForces(-front_n, front_n - brake_n, -regen.front, -regen.rear, True)


@tick_function
def _torque_limit(
    car: Car, motor: MotorSpec, cornering: CorneringState, slip: float, lateral_slip: float
) -> float:
    """Return the torque of a cool motor whose wheels slip so much, with their lateral part."""
    forward_slip = math.sqrt(maximum(slip * slip - lateral_slip * lateral_slip, 0.0))
    rim_mps = cornering.speed_mps * (1.0 + car.tyre.peak_slip_ratio * forward_slip)
    return cool_torque_limit(car, motor, rim_mps, cornering.voltage_v)


@tick_function
def _front_share(car: Car, cornering: CorneringState, slips: AxleSlips, set_share: float) -> float:
    return front_share(
        car.split_mode,
        car.split_law,
        set_share,
        cornering.front_load_share,
        AxlePair(slips.front, slips.rear),
        car.slip_balance_gain,
    )
