"""Put together the factory's spec and the driver's setup: the car as the tick reads it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from game.vehicle.aero import Aero, make_aero
from game.vehicle.assists import SlipControl, YawControl, make_slip_control, make_yaw_control
from game.vehicle.battery import open_circuit_voltage
from game.vehicle.brakes import Brakes
from game.vehicle.climate import climate_of
from game.vehicle.damage import Damage, DamageMode, make_damage
from game.vehicle.differential import Differential
from game.vehicle.setup import Setup, check_setup
from game.vehicle.spec import BatterySpec, CarSpec, ChassisSpec, MotorSpec, TyreSpec, WheelSpec
from game.vehicle.state import AxlePair, CarState, TyreStates, WeatherNow
from game.vehicle.steering import Steering
from game.vehicle.suspension import Suspension, make_suspension, settle, steady_air
from game.vehicle.throttle_pedal import ThrottlePedal
from game.vehicle.torque_split import FILL, FIXED, LIMIT, LOAD_FOLLOWING, SLIP_BALANCING
from game.vehicle.tyre import Tyre, make_tyre
from game.vehicle.tyre_state import (
    TyreLife,
    frozen_tyre,
    make_tyre_life,
    new_cold_tyres,
    new_warm_tyres,
)
from game.vehicle.wheel_loads import LoadTransfer, make_load_transfer, wheel_loads
from game.weather.rubber import rubber_rows
from game.weather.tables import Wind, mean_wind
from game.weather.water import WaterRow, water_rows
from game.weather.weather import CLEAR_NOON, Weather

_SPLIT_MODES = {
    "fixed": FIXED,
    "load-following": LOAD_FOLLOWING,
    "slip-balancing": SLIP_BALANCING,
}
_SPLIT_LAWS = {"limit": LIMIT, "fill": FILL}


@dataclass(frozen=True, slots=True)
class Axle:
    """Has a motor, or one that gives nothing if the axle is not driven."""

    motor: MotorSpec
    differential: Differential
    wheel_inertia_kgm2: float  # of a wheel with its half of the motor's rotor


class RoadAtStart(NamedTuple):
    """Describes what lies on the road at the start of a drive."""

    water: WaterRow
    rubber: float  # on the line that is driven, of what it can take
    rubbering: int  # 1: rubber is laid and washed off, and where it lacks there is less grip


@dataclass(frozen=True, slots=True)
class Car:
    """Describes a car with its setup, all numbers, so that the tick's compiled twin can read it."""

    mass_kg: float
    yaw_inertia_kgm2: float
    front_axle_m: float  # ahead of the centre of gravity
    rear_axle_m: float  # behind it
    half_track_m: float
    wheel_reach_m: float  # of the wheel that is farthest from the centre of gravity
    wheels_inertia_kgm2: float  # of all four with the motors' rotors
    front_torque_share: float
    front_regen_share: float
    torque_share_row: int  # of the split maps' tables, in place of the shares above; -1: none
    regen_share_row: int
    split_mode: int
    split_law: int
    slip_balance_gain: float
    regen_limit: float
    power_share: float
    tyre: Tyre
    tyre_life: TyreLife
    wheel: WheelSpec
    suspension: Suspension
    load_transfer: LoadTransfer  # of the suspension, in a steady motion
    steering: Steering
    aero: Aero
    front: Axle
    rear: Axle
    gear_ratio: float  # of both motors
    gear_efficiency: float
    battery: BatterySpec
    brakes: Brakes
    throttle_pedal: ThrottlePedal
    traction_control: SlipControl
    anti_lock: SlipControl
    yaw_control: YawControl
    sliding_slip_ratio: float  # below it no wheel counts as spinning up or locking
    damage: Damage
    wind: Wind  # at the start, which plans and bots count on
    road: RoadAtStart  # the same


def make_car(
    spec: CarSpec,
    setup: Setup,
    torque_share_row: int = -1,
    regen_share_row: int = -1,
    damage: DamageMode = "off",
) -> Car:
    """Return the car of this spec as this setup makes it; `SplitMaps` knows the rows of its map.

    Raises InputError for a setup that this car cannot have.
    """
    check_setup(spec, setup)
    chassis, assists, compound = spec.chassis, spec.assists, spec.tyres[setup.tyre]
    mass_kg = chassis.mass_kg + (chassis.driver_mass_kg if setup.driver_aboard else 0.0)
    front, rear = _axles(spec, setup)
    return Car(
        mass_kg=mass_kg,
        yaw_inertia_kgm2=chassis.yaw_inertia_kgm2,
        front_axle_m=chassis.wheelbase_m * (1.0 - chassis.front_mass_share),
        rear_axle_m=chassis.wheelbase_m * chassis.front_mass_share,
        half_track_m=0.5 * chassis.track_width_m,
        wheel_reach_m=_wheel_reach(chassis),
        wheels_inertia_kgm2=_wheels_inertia(front, rear),
        front_torque_share=setup.front_torque_share,
        front_regen_share=setup.front_regen_share,
        torque_share_row=torque_share_row,
        regen_share_row=regen_share_row,
        split_mode=_SPLIT_MODES[setup.split_mode],
        split_law=_SPLIT_LAWS[setup.split_law],
        slip_balance_gain=assists.slip_balance_gain,
        regen_limit=setup.regen_limit,
        power_share=spec.power_map_shares[setup.power_map - 1],
        tyre=make_tyre(compound),
        tyre_life=_tyre_life(spec, setup),
        wheel=spec.wheel,
        suspension=(suspension := make_suspension(chassis, spec.suspension, setup, mass_kg)),
        load_transfer=make_load_transfer(suspension, chassis),
        steering=_steering(spec, setup),
        aero=make_aero(spec.aero, setup.wing, _density_ratio(spec.weather)),
        front=front,
        rear=rear,
        gear_ratio=front.motor.gear_ratio,
        gear_efficiency=front.motor.gear_efficiency,
        battery=_battery(spec),
        brakes=_brakes(spec, setup),
        throttle_pedal=_throttle_pedal(spec, setup, mass_kg, _wheels_inertia(front, rear)),
        traction_control=make_slip_control(assists, setup.traction_control),
        anti_lock=make_slip_control(assists, setup.abs),
        yaw_control=make_yaw_control(assists, setup.yaw_control, chassis.wheelbase_m),
        sliding_slip_ratio=assists.sliding_share * compound.peak_slip_ratio,
        damage=make_damage(spec.damage, damage),
        wind=mean_wind(spec.weather),
        road=_road_at_start(spec.weather),
    )


def _road_at_start(weather: Weather) -> RoadAtStart:
    rubber = rubber_rows(weather)[0].line
    return RoadAtStart(water_rows(weather)[0], rubber, int(weather.rubber is not None))


def _density_ratio(weather: Weather) -> float:
    """Return the density of the air to that of the car's file, which is of a clear noon."""
    return weather.air_density_kgpm3 / CLEAR_NOON.air_density_kgpm3


def _warmer_k(weather: Weather) -> float:
    """Return by how much the air, and what it cools, is warmer than at a clear noon."""
    return weather.air_temperature_k - CLEAR_NOON.air_temperature_k


def _battery(spec: CarSpec) -> BatterySpec:
    ambient_k = spec.battery.ambient_temperature_k + _warmer_k(spec.weather)
    return msgspec.structs.replace(spec.battery, ambient_temperature_k=ambient_k)


def _wheels_inertia(front: Axle, rear: Axle) -> float:
    return 2.0 * (front.wheel_inertia_kgm2 + rear.wheel_inertia_kgm2)


def _wheel_reach(chassis: ChassisSpec) -> float:
    longer_share = max(chassis.front_mass_share, 1.0 - chassis.front_mass_share)
    return math.hypot(longer_share * chassis.wheelbase_m, 0.5 * chassis.track_width_m)


def _steering(spec: CarSpec, setup: Setup) -> Steering:
    return Steering(
        lock_rad=spec.steering.lock_rad,
        rate_radps=spec.steering.rate_radps,
        wheelbase_m=spec.chassis.wheelbase_m,
        track_width_m=spec.chassis.track_width_m,
        toe=math.tan(setup.front_toe_rad),
        compliance_radpn=spec.steering.compliance_radpn,
    )


def _tyre_life(spec: CarSpec, setup: Setup) -> TyreLife:
    live = setup.tyre_state == "live"
    pressed_pa = AxlePair(setup.front_pressure_change_pa, setup.rear_pressure_change_pa)
    climate = climate_of(spec.weather)
    return make_tyre_life(spec.tyres[setup.tyre], spec.wheel.radius_m, live, climate, pressed_pa)


def _throttle_pedal(
    spec: CarSpec, setup: Setup, mass_kg: float, wheels_kgm2: float
) -> ThrottlePedal:
    moving_kg = mass_kg + wheels_kgm2 / spec.wheel.radius_m**2
    return ThrottlePedal(
        one_pedal_force_n=setup.one_pedal_mps2 * moving_kg,
        one_pedal_travel=spec.throttle.one_pedal_travel if setup.one_pedal_mps2 > 0.0 else 0.0,
    )


def _brakes(spec: CarSpec, setup: Setup) -> Brakes:
    return Brakes(
        full_pedal_force_n=spec.brakes.full_pedal_force_n,
        front_bias=setup.front_brake_bias,
        regen_fade_start_mps=spec.brakes.regen_fade_start_mps,
        regen_fade_end_mps=spec.brakes.regen_fade_end_mps,
    )


def initial_state(
    spec: CarSpec, setup: Setup, speed_mps: float = 0.0, warm_tyres: bool = False
) -> CarState:
    """Return a car at the start: rolling at `speed_mps`, as warm as its surroundings.

    warm_tyres: they come from the warmers, in the middle of their window.
    """
    car = make_car(spec, setup)
    state = CarState(
        front_torque_share=setup.front_torque_share,
        tyres=_new_tyres(spec.tyres[setup.tyre], car.tyre_life, warm_tyres),
        weather=WeatherNow(
            spec.weather.air_temperature_k,
            spec.weather.road_temperature_k,
            spec.weather.air_density_kgpm3,
        ),
    )
    settle(car.aero, car.suspension, state.body, speed_mps)
    air = steady_air(car.aero, car.suspension, speed_mps, 0.0)
    loads_n = wheel_loads(car.load_transfer, 0.0, 0.0, air.front_downforce_n, air.rear_downforce_n)
    wheels = (state.front_left, state.front_right, state.rear_left, state.rear_right)
    for wheel, load_n in zip(wheels, loads_n, strict=True):
        wheel.spin_radps = speed_mps / spec.wheel.radius_m
        wheel.load_n = load_n
    for axle, motor in ((state.front, car.front.motor), (state.rear, car.rear.motor)):
        axle.winding_temperature_k = motor.coolant_temperature_k
        axle.inverter_temperature_k = motor.coolant_temperature_k
    state.battery.charge = setup.initial_charge
    state.battery.temperature_k = car.battery.ambient_temperature_k
    state.battery.voltage_v = open_circuit_voltage(spec.battery, setup.initial_charge)
    return state


def _new_tyres(spec: TyreSpec, life: TyreLife, warm: bool) -> TyreStates:
    if life.live:
        return new_warm_tyres(life) if warm else new_cold_tyres(life)
    return TyreStates(frozen_tyre(spec), frozen_tyre(spec), frozen_tyre(spec), frozen_tyre(spec))


def _axles(spec: CarSpec, setup: Setup) -> tuple[Axle, Axle]:
    return (
        _axle(spec, spec.front_motor, setup.front_preload_nm),
        _axle(spec, spec.rear_motor, setup.rear_preload_nm),
    )


def _axle(spec: CarSpec, motor: MotorSpec, preload_nm: float) -> Axle:
    coolant_k = motor.coolant_temperature_k + _warmer_k(spec.weather)
    motor = msgspec.structs.replace(motor, coolant_temperature_k=coolant_k)
    rotor_kgm2 = motor.rotor_inertia_kgm2 * motor.gear_ratio**2
    return Axle(
        motor=motor,
        differential=Differential(
            preload_nm=preload_nm,
            drive_lock=spec.differential.drive_lock,
            coast_lock=spec.differential.coast_lock,
        ),
        wheel_inertia_kgm2=spec.wheel.inertia_kgm2 + 0.5 * rotor_kgm2,
    )
