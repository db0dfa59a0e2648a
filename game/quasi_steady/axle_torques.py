"""What the drive or the brakes give each axle of a car held at an acceleration."""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.cornering import AxleSlips, Bend
from game.quasi_steady.track_conditions import TrackConditions
from game.scalars import minimum
from game.vehicle.motor import speed_limiter, torque_limit
from game.vehicle.parts import Car
from game.vehicle.powertrain import motor_torque_per_force
from game.vehicle.spec import MotorSpec
from game.vehicle.state import AxlePair
from game.vehicle.torque_split import FrontShares, front_share, split_torque

_ALL: Final = 1.0 - 1e-9  # of a demand: what rounding leaves


class AxleForces(NamedTuple):
    """Forward forces at the tyres of each axle, and the torques of the motors."""

    front_n: float
    rear_n: float
    front_nm: float
    rear_nm: float
    given: bool  # whether the motors can


@tick_function
def axle_forces(
    car: Car,
    shares: FrontShares,
    conditions: TrackConditions,
    bend: Bend,
    slips: AxleSlips,
    made_up_n: float,
) -> AxleForces:
    """What the drive or the brakes give each axle, with the slip angles holding the car back.

    made_up_n: forward force besides, for what others than the pedals do.
    """
    tangent = car.tyre.peak_slip_tangent
    forward_n = (
        car.mass_kg * bend.forward_mps2
        - bend.air_n
        + tangent * (bend.front_left_n * slips.front_side + bend.rear_left_n * slips.rear_side)
        + made_up_n
    )
    if forward_n > 0.0:
        spin_n = car.wheels_inertia_kgm2 * bend.forward_mps2 / car.wheel.radius_m**2
        unseen_n = spin_n + conditions.rolling_resistance * bend.all_load_n
        return _driven(car, shares.torque, bend, forward_n, unseen_n, slips)
    return _braked(car, shares.regen, bend, -forward_n, conditions.charge_w, slips)


@tick_function
def _driven(
    car: Car, set_share: float, bend: Bend, forward_n: float, unseen_n: float, slips: AxleSlips
) -> AxleForces:
    """The drive shared by the split's rule; `unseen_n` turns wheels and never reaches the road."""
    road_per_motor = car.gear_ratio * car.gear_efficiency / car.wheel.radius_m
    limits_nm = cool_limits(car, bend.speed_mps)
    demand_nm = (forward_n + unseen_n) / road_per_motor
    share = _split(car, bend, slips, set_share)
    torque = split_torque(demand_nm, share, limits_nm)
    given_nm = torque.front + torque.rear
    front_n = forward_n * torque.front / given_nm
    return AxleForces(
        front_n,
        forward_n - front_n,
        torque.front,
        torque.rear,
        given_nm >= demand_nm * _ALL,
    )


@tick_function
def _braked(
    car: Car, set_share: float, bend: Bend, brake_n: float, charge_w: float, slips: AxleSlips
) -> AxleForces:
    """Regeneration as far as it goes, friction by its bias for the rest."""
    wheel_to_motor = motor_torque_per_force(car)
    limits_nm = cool_limits(car, bend.speed_mps)
    motor_radps = bend.speed_mps / car.wheel.radius_m * car.gear_ratio
    regen_nm = minimum(brake_n * wheel_to_motor, charge_w / motor_radps)
    share = _split(car, bend, slips, set_share)
    regen = split_torque(regen_nm, share, limits_nm)
    friction_n = brake_n - (regen.front + regen.rear) / wheel_to_motor
    front_n = regen.front / wheel_to_motor + friction_n * car.brakes.front_bias
    return AxleForces(-front_n, front_n - brake_n, -regen.front, -regen.rear, True)


@tick_function
def _split(car: Car, bend: Bend, slips: AxleSlips, set_share: float) -> float:
    return front_share(
        car.split_mode,
        set_share,
        bend.front_load_share,
        AxlePair(slips.front, slips.rear),
        car.slip_balance_gain,
    )


@tick_function
def cool_limits(car: Car, speed_mps: float) -> AxlePair[float]:
    """Torques that the motors can give cool at a road speed, Nm."""
    return AxlePair(
        cool_limit(car, car.front.motor, speed_mps), cool_limit(car, car.rear.motor, speed_mps)
    )


@tick_function
def cool_limit(car: Car, motor: MotorSpec, speed_mps: float) -> float:
    """Torque that a motor can give cool at a road speed, Nm."""
    radps = speed_mps / car.wheel.radius_m * motor.gear_ratio
    cool_k = motor.coolant_temperature_k
    return torque_limit(motor, radps, car.power_share, cool_k, cool_k) * speed_limiter(motor, radps)
