"""The state of a car changes from tick to tick; controls are what a driver asks of it.

Axes (ISO 8855): x forward, y left, z up; angles anticlockwise. Wheels in the order front left,
front right, rear left, rear right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final, Generic, NamedTuple, TypeVar

from game.compiled import tick_function
from game.scalars import clamp

T = TypeVar("T")

STEERING_STEPS: Final = 32767  # full left lock, as int16
PEDAL_STEPS: Final = 255  # pedal to the floor, as uint8


class PerWheel(NamedTuple, Generic[T]):
    """Holds one value for each wheel."""

    front_left: T
    front_right: T
    rear_left: T
    rear_right: T


class WheelPair(NamedTuple, Generic[T]):
    """Holds one value for each wheel of an axle."""

    left: T
    right: T


class AxlePair(NamedTuple, Generic[T]):
    """Holds one value for each axle."""

    front: T
    rear: T


class Controls(NamedTuple):
    """Holds all that a driver can do in a tick, in whole numbers: a recording repeats exactly."""

    steering: int = 0  # -32767..32767 of the steering lock, left positive
    throttle: int = 0  # 0..255
    brake: int = 0  # 0..255
    reverse: int = 0  # 1: the motors drive backwards


def controls(
    steering: Any = 0.0, throttle: Any = 0.0, brake: Any = 0.0, reverse: Any = 0
) -> Controls:
    """Return controls from pure numbers: steering -1..1, left positive; pedals 0..1; all clipped.

    Each may be an array of one element, as networks give them. Raises ValueError for a NaN.
    """
    given = (_number(steering), _number(throttle), _number(brake))
    if any(map(math.isnan, given)):
        raise ValueError("cannot convert float NaN to integer")
    return quantised(*given, int(_number(reverse)))


@tick_function
def quantised(steering: float, throttle: float, brake: float, reverse: int) -> Controls:
    """Return controls from floats: steering -1..1, pedals 0..1; all clipped, and a NaN is 0."""
    return Controls(
        _steps(steering, -1.0, STEERING_STEPS),
        _steps(throttle, 0.0, PEDAL_STEPS),
        _steps(brake, 0.0, PEDAL_STEPS),
        reverse,
    )


@tick_function
def _steps(share: float, low: float, steps: int) -> int:
    """Return the nearest whole number of steps."""
    return 0 if math.isnan(share) else round(clamp(share, low, 1.0) * steps)


def _number(given: Any) -> float:
    """Return a number, also from an array of one element. Raises ValueError for several."""
    if type(given) is float:
        return given
    return float(given.item() if hasattr(given, "item") else given)


class BodyMotion(NamedTuple):
    """Holds the motion of the chassis, in its own axes, at the centre of gravity."""

    velocity_forward_mps: float
    velocity_left_mps: float
    yaw_rate_radps: float


class BodyForce(NamedTuple):
    """Holds the force of the wheels and the air on the chassis, in its own axes."""

    forward_n: float
    left_n: float
    yaw_nm: float


class Ground(NamedTuple):
    """Describes the ground under one wheel."""

    grip: float  # of dry tarmac's, 1 on tarmac
    rolling_resistance: float  # of the load, against the wheel's spin
    ploughing: float = 0.0  # of the load, against the car's motion: above 0 on loose ground
    height_m: float = 0.0  # above the tarmac


@dataclass(slots=True)
class WheelState:
    """Describes a wheel and its tyre. Forces are in its own axes, as the road acts on the tyre."""

    spin_radps: float = 0.0
    slip_ratio: float = 0.0  # relaxed; positive drives
    slip_tangent: float = 0.0  # relaxed tangent of the slip angle; positive pushes left
    load_n: float = 0.0
    inclination_rad: float = 0.0  # of its top to the left, to the road
    forward_n: float = 0.0
    left_n: float = 0.0
    normalised_slip: float = 0.0  # slip as a share of the peak slip; over 1 the tyre slides
    sliding_power_w: float = 0.0
    brake_nm: float = 0.0
    brake_release: float = 0.0  # 0..1, what ABS takes away


@dataclass(slots=True)
class TyreState:
    """Holds the slow state of a wheel's tyre."""

    tread_k: float = 0.0
    carcass_k: float = 0.0
    pressure_pa: float = 0.0  # above the atmosphere's
    wear: float = 0.0  # 0 new, 1 worn out
    flat_spot: float = 0.0  # 0 round, 1 as flat as it gets
    grip: float = 1.0  # share of the compound's best, above 0 and up to 1
    sliding_j: float = 0.0  # since the state last moved


@dataclass(slots=True)
class TyreStates:
    """Holds the four tyres' slow states, and the heat that went through them."""

    front_left: TyreState = field(default_factory=TyreState)
    front_right: TyreState = field(default_factory=TyreState)
    rear_left: TyreState = field(default_factory=TyreState)
    rear_right: TyreState = field(default_factory=TyreState)
    grip: float = 1.0  # mean of the four
    ticks: int = 0  # since the states last moved
    heated_j: float = 0.0  # by slip and flexing, since the start
    cooled_j: float = 0.0  # to the air and the road


@dataclass(slots=True)
class AxleState:
    """Describes the motor, inverter and traction control of one axle."""

    torque_nm: float = 0.0  # at the motor shaft, positive drives forwards
    power_w: float = 0.0  # at the motor shaft
    torque_cut: float = 0.0  # 0..1, what traction control takes away
    winding_temperature_k: float = 0.0
    inverter_temperature_k: float = 0.0


@dataclass(slots=True)
class BatteryState:
    """Describes the pack."""

    charge: float = 0.0  # 0..1
    temperature_k: float = 0.0
    voltage_v: float = 0.0  # at the terminals, under the last tick's load
    power_w: float = 0.0  # at the terminals, positive discharges
    current_a: float = 0.0
    drawn_j: float = 0.0  # at the terminals, since the start
    regained_j: float = 0.0


@dataclass(slots=True)
class EnergyLedger:
    """Adds up the energy that has gone each way since the start, as sums of work over the ticks."""

    chemical_j: float = 0.0  # left the cells (open-circuit voltage times current)
    battery_heat_j: float = 0.0
    motor_heat_j: float = 0.0  # windings, iron and inverters
    gear_heat_j: float = 0.0  # gears and differentials
    brake_heat_j: float = 0.0
    rolling_j: float = 0.0
    tyre_heat_j: float = 0.0  # slip
    drag_j: float = 0.0


@dataclass(slots=True)
class DamageState:
    """Says how far each part of a car is destroyed, 0..1, and what hits did to its steering."""

    nose: float = 0.0
    tail: float = 0.0
    left: float = 0.0
    right: float = 0.0
    steering_rad: float = 0.0  # of the front wheels when the driver steers straight ahead


@dataclass(slots=True)
class BodyState:
    """Says where the body is on its springs, over its place at rest without downforce."""

    front_m: float = 0.0  # higher over the front axle
    rear_m: float = 0.0
    roll_rad: float = 0.0  # to the right in a left turn, positive
    front_mps: float = 0.0
    rear_mps: float = 0.0
    roll_radps: float = 0.0
    uneven: int = 0  # 1: the road under a wheel is higher than elsewhere
    front_left_road_m: float = 0.0  # its height, as a tyre rolls over it
    front_right_road_m: float = 0.0
    rear_left_road_m: float = 0.0
    rear_right_road_m: float = 0.0
    front_road_n: float = 0.0  # by which it presses the springs of an axle, more than the flat does
    rear_road_n: float = 0.0
    front_road_roll_n: float = 0.0  # which it moves from the right wheel of an axle to the left
    rear_road_roll_n: float = 0.0


@dataclass(slots=True)
class WheelInWater:
    """Holds the water and the rubber under a wheel, and what they leave of the tyre's grip."""

    water_m: float = 0.0
    grip: float = 1.0  # share that is left on tarmac
    rubber: float = 1.0  # of what the road can take there


@dataclass(slots=True)
class WeatherNow:
    """Holds the weather that a car meets in a tick, by how it differs from that of its start.

    It follows from the tick and the cars' places and motions, so that it is no state of the drive.
    """

    start_air_k: float = 0.0
    start_road_k: float = 0.0
    start_density_kgpm3: float = 0.0  # of the air
    moves: int = 0  # 0: steady and without wind, as all that follows says
    wind_forward_mps: float = 0.0  # the way that it blows, wakes too, along the car's axes
    wind_left_mps: float = 0.0
    density_ratio: float = 1.0
    air_change_k: float = 0.0
    road_change_k: float = 0.0
    road_varies: int = 0  # 1: by water or rubber, as all that follows says
    next_tick: int = 0  # of the drive
    unfilled: float = 1.0  # what is still missing of the water that was swept away at the start
    rubber_left: float = 1.0  # what rain has left of the rubber that was laid at the start
    grip: float = 1.0  # mean of the four wheels'
    front_left: WheelInWater = field(default_factory=WheelInWater)
    front_right: WheelInWater = field(default_factory=WheelInWater)
    rear_left: WheelInWater = field(default_factory=WheelInWater)
    rear_right: WheelInWater = field(default_factory=WheelInWater)


@dataclass(slots=True)
class SlopeState:
    """Says what a road that is not level does to a car, for each kilogram of it."""

    sloping: int = 0  # 1: the circuit is not flat
    forward_mps2: float = 0.0  # pull of gravity along the road, in the car's axes
    left_mps2: float = 0.0
    pressing_mps2: float = 0.0  # on the road, beyond what a level one feels: below 0 on a crest
    potential_j: float = 0.0  # work done against gravity since the start


@dataclass(slots=True)
class CarState:
    """Holds all that changes in one car but its body's place and motion: the chassis has those."""

    steering_rad: float = 0.0  # mean angle of the front wheels
    accel_forward_mps2: float = 0.0  # filtered, as a driver feels it
    accel_left_mps2: float = 0.0
    raw_accel_forward_mps2: float = 0.0  # in the last tick
    raw_accel_left_mps2: float = 0.0
    front_torque_share: float = 0.0  # of drive, as applied in the last tick
    throttle: float = 0.0
    brake: float = 0.0
    front_left: WheelState = field(default_factory=WheelState)
    front_right: WheelState = field(default_factory=WheelState)
    rear_left: WheelState = field(default_factory=WheelState)
    rear_right: WheelState = field(default_factory=WheelState)
    front: AxleState = field(default_factory=AxleState)
    rear: AxleState = field(default_factory=AxleState)
    battery: BatteryState = field(default_factory=BatteryState)
    ledger: EnergyLedger = field(default_factory=EnergyLedger)
    tyres: TyreStates = field(default_factory=TyreStates)
    damage: DamageState = field(default_factory=DamageState)
    body: BodyState = field(default_factory=BodyState)
    weather: WeatherNow = field(default_factory=WeatherNow)
    slope: SlopeState = field(default_factory=SlopeState)
