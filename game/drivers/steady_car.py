"""A car held at a speed and an acceleration: whether its own tyres, motors and brakes allow it.

The parts of the car itself are asked; nothing of their rules is written again here. A left turn
stands for both.
"""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.vehicle.aero import air_force
from game.vehicle.differential import clutch_limit
from game.vehicle.motor import speed_limiter, torque_limit
from game.vehicle.parts import Car
from game.vehicle.torque_split import front_share, split_torque
from game.vehicle.tyre import friction, magic_formula
from game.vehicle.wheel_loads import wheel_loads

_ALL: Final = 1.0 - 1e-9  # of a demand: what rounding leaves
_LEAST_GRIP_N: Final = 1.0  # guards the division for an axle in the air


class Ambience(NamedTuple):
    """What a drive finds: the ground, and what the battery takes."""

    grip: float  # of dry tarmac's
    rolling_resistance: float
    charge_w: float  # the most regeneration


class AxleForces(NamedTuple):
    """Forward forces at the tyres of each axle, and the torques through the differentials."""

    front_n: float
    rear_n: float
    front_nm: float
    rear_nm: float
    given: bool  # whether the motors can


@tick_function
def slip_for(slips: list[float], force_share: float) -> float:
    """Slip as a share of the peak's for a force as a share of the largest, up to 1.

    slips: the tyre's curve upside down, at evenly spaced force shares from 0 to 1.
    """
    steps = len(slips) - 1
    place = force_share * steps
    index = int(place)
    if index >= steps:
        return slips[steps]
    return slips[index] + (place - index) * (slips[index + 1] - slips[index])


class Axle(NamedTuple):
    """What an axle gives, in newtons of lateral grip."""

    forward_n: float
    left_n: float
    grip_n: float  # the most it can give in any direction
    motor_nm: float


class Hold(NamedTuple):
    """A car held at a speed and an acceleration."""

    front: Axle
    rear: Axle
    given: bool  # whether the motors can, and the lateral forces alone find grip


@tick_function
def can_hold(
    car: Car,
    slips: list[float],
    ambience: Ambience,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
) -> bool:
    """Whether no axle leaves its friction ellipse and no motor its limit."""
    held = hold(car, slips, ambience, speed_mps, forward_mps2, left_mps2)
    return held.given and _within_grip(held.front) and _within_grip(held.rear)


@tick_function
def _within_grip(axle: Axle) -> bool:
    used = axle.forward_n * axle.forward_n + axle.left_n * axle.left_n
    return used <= axle.grip_n * axle.grip_n


@tick_function
def hold(
    car: Car,
    slips: list[float],
    ambience: Ambience,
    speed_mps: float,
    forward_mps2: float,
    left_mps2: float,
) -> Hold:
    """What it takes of each axle to hold a speed and an acceleration.

    Beside the plain balance of forces, three things take from the front axle: its lateral force
    holds the car back by the slip angle; it does so more on the outer wheel, where it turns the car
    out of the bend; and so does a differential's clutch, which drives the slower inner wheel.
    """
    tyre = car.tyre
    air = air_force(car.aero, speed_mps, 0.0, speed_mps)
    loads_n = wheel_loads(
        car.load_transfer, forward_mps2, left_mps2, air.front_downforce_n, air.rear_downforce_n
    )
    inner = friction(tyre, loads_n.front_left, ambience.grip)
    outer = friction(tyre, loads_n.front_right, ambience.grip)
    rear_inner = friction(tyre, loads_n.rear_left, ambience.grip)
    rear_outer = friction(tyre, loads_n.rear_right, ambience.grip)
    front_grip_n = inner.left_n + outer.left_n + _LEAST_GRIP_N
    rear_grip_n = rear_inner.left_n + rear_outer.left_n + _LEAST_GRIP_N
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    front_left_n = car.mass_kg * left_mps2 * car.rear_axle_m / wheelbase_m
    rear_left_n = car.mass_kg * left_mps2 - front_left_n
    steerable = front_left_n <= front_grip_n and rear_left_n <= rear_grip_n
    front_usage = slip_for(slips, front_left_n / front_grip_n)
    rear_usage = slip_for(slips, rear_left_n / rear_grip_n)
    front_slip = tyre.peak_slip_tangent * front_usage
    rear_slip = tyre.peak_slip_tangent * rear_usage
    forward_n = (
        car.mass_kg * forward_mps2
        - air.forward_n
        + front_left_n * front_slip
        + rear_left_n * rear_slip
    )
    front_load_n = loads_n.front_left + loads_n.front_right
    all_load_n = front_load_n + loads_n.rear_left + loads_n.rear_right
    load_share = front_load_n / all_load_n
    if forward_n > 0.0:
        spin_n = 4.0 * car.spin_inertia_kgm2 * forward_mps2 / car.wheel.radius_m**2
        rolling_n = ambience.rolling_resistance * all_load_n
        forces = _driven(
            car, speed_mps, forward_n, spin_n + rolling_n, load_share, front_usage, rear_usage
        )
    else:
        forces = _braked(
            car, speed_mps, -forward_n, ambience.charge_w, load_share, front_usage, rear_usage
        )
    bend_1pm = left_mps2 / (speed_mps * speed_mps)
    steered = wheelbase_m * bend_1pm + front_slip - rear_slip
    scrub_nm = (
        front_left_n / front_grip_n * (outer.left_n - inner.left_n) * steered * car.half_track_m
    )
    stiffness_n = (
        tyre.shape
        * tyre.stiffness
        / tyre.peak_slip_ratio
        * tyre.friction_forward
        / tyre.friction_left
    )
    creep = car.half_track_m * bend_1pm  # half the slip between two wheels turning alike
    lock_n = _least(
        clutch_limit(car.front_differential, forces.front_nm) / car.wheel.radius_m,
        stiffness_n * front_grip_n * 0.5 * creep,
    ) + _least(
        clutch_limit(car.rear_differential, forces.rear_nm) / car.wheel.radius_m,
        stiffness_n * rear_grip_n * 0.5 * creep,
    )
    turning_n = (scrub_nm + lock_n * 2.0 * car.half_track_m) / wheelbase_m
    # A lateral force stands across its wheel, which is turned by the slip angle from the path.
    front_left_n = (front_left_n + turning_n) * (1.0 + 0.5 * front_slip * front_slip)
    rear_left_n = (rear_left_n - turning_n) * (1.0 + 0.5 * rear_slip * rear_slip)
    ellipse = tyre.friction_left / tyre.friction_forward
    gear = car.motor.gear_ratio
    return Hold(
        Axle(forces.front_n * ellipse, front_left_n, front_grip_n, forces.front_nm / gear),
        Axle(forces.rear_n * ellipse, rear_left_n, rear_grip_n, forces.rear_nm / gear),
        steerable and forces.given,
    )


@tick_function
def coasting(
    car: Car, slips: list[float], ambience: Ambience, speed_mps: float, left_mps2: float
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
    held_n = front_left_n * slip * slip_for(slips, front_left_n / (front_grip_n + _LEAST_GRIP_N))
    held_n += rear_left_n * slip * slip_for(slips, rear_left_n / (rear_grip_n + _LEAST_GRIP_N))
    return (air.forward_n - held_n) / car.mass_kg


@tick_function
def _driven(
    car: Car,
    speed_mps: float,
    forward_n: float,
    unseen_n: float,
    load_share: float,
    front_usage: float,
    rear_usage: float,
) -> AxleForces:
    """The drive shared by the split's rule; `unseen_n` turns wheels and never reaches the road."""
    motor = car.motor
    road_per_motor = motor.gear_ratio * motor.gear_efficiency / car.wheel.radius_m
    limit_nm = _cool_limit(car, speed_mps)
    demand_nm = (forward_n + unseen_n) / road_per_motor
    share = front_share(
        car.split_mode,
        car.front_torque_share,
        load_share,
        front_usage,
        rear_usage,
        car.slip_balance_gain,
    )
    torque = split_torque(demand_nm, share, limit_nm, limit_nm)
    given_nm = torque.front_nm + torque.rear_nm
    front_n = forward_n * torque.front_nm / given_nm
    return AxleForces(
        front_n,
        forward_n - front_n,
        torque.front_nm * motor.gear_ratio,
        torque.rear_nm * motor.gear_ratio,
        given_nm >= demand_nm * _ALL,
    )


@tick_function
def _braked(
    car: Car,
    speed_mps: float,
    brake_n: float,
    charge_w: float,
    load_share: float,
    front_usage: float,
    rear_usage: float,
) -> AxleForces:
    """Regeneration as far as it goes, friction by its bias for the rest."""
    motor = car.motor
    wheel_to_motor = car.wheel.radius_m * motor.gear_efficiency / motor.gear_ratio
    limit_nm = _cool_limit(car, speed_mps)
    motor_radps = speed_mps / car.wheel.radius_m * motor.gear_ratio
    regen_nm = _least(brake_n * wheel_to_motor, charge_w / motor_radps)
    share = front_share(
        car.split_mode,
        car.front_regen_share,
        load_share,
        front_usage,
        rear_usage,
        car.slip_balance_gain,
    )
    regen = split_torque(regen_nm, share, limit_nm, limit_nm)
    friction_n = brake_n - (regen.front_nm + regen.rear_nm) / wheel_to_motor
    front_n = regen.front_nm / wheel_to_motor + friction_n * car.brakes.front_bias
    return AxleForces(
        -front_n,
        front_n - brake_n,
        -regen.front_nm * motor.gear_ratio,
        -regen.rear_nm * motor.gear_ratio,
        True,
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


def inverse_magic_formula(car: Car, steps: int = 64) -> list[float]:
    """The slips, up to the peak's, that give each of evenly spaced shares of the peak force."""
    tyre = car.tyre
    slips = []
    for step in range(steps + 1):
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = 0.5 * (low + high)
            if magic_formula(middle, tyre.stiffness, tyre.shape, tyre.curvature) < step / steps:
                low = middle
            else:
                high = middle
        slips.append(high)
    return slips
