"""Foresee the laps of a stint by a plan: tyres wear, the pack warms up and runs down.

The car is taken as going at the planned speeds for the grip that its tyres have at each place, as
far as its motors take it there with the heat and the charge of that moment. What the tyres slide
and what the pack gives follow from the forces that this needs, as in a steady state.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.corridor import corridor, line_at
from game.bot.plan import Plan, speed_at, usable_grip, water_grip_at
from game.bot.rehearsal import LAPS
from game.bot.start import flying_start
from game.bot.stint_power import Work, full_force, work
from game.quasi_steady.axle import slip_for_force, tyre_curve
from game.quasi_steady.hilly_road import hilly_road
from game.scalars import clamp
from game.simulation.split_table import SplitTable, resolve
from game.simulation.world import Start
from game.track.surfaces import TARMAC
from game.track.tables import added_weight
from game.track.track import Track
from game.trig_arrays import lengths
from game.units import G_MPS2
from game.vehicle.car import pressed_on
from game.vehicle.parts import Car, initial_state, make_car
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec
from game.vehicle.state import CarState, TyreState
from game.vehicle.suspension import steady_air
from game.vehicle.torque_split import FrontShares
from game.vehicle.tyre import FrictionEllipse, friction
from game.vehicle.tyre_state import move_tyres
from game.vehicle.wheel_loads import wheel_loads

_STATIONS: Final = 4  # of the plan, over which the car's work is taken as even
_MIN_GRIP_N: Final = 1.0  # guards the division for a wheel in the air
_MIN_SPEED_MPS: Final = 5.0  # guards power / speed
_MIN_CHARGE: Final = 1e-6  # guards the division where no charge is used
_CHARGE_FACTORS: Final = (0.8, 1.25)  # beyond them the rehearsed laps were unlike the planned ones


class PlannedLap(NamedTuple):
    """Holds a lap of a stint as it is foreseen."""

    time_s: float
    grip: float  # of the worse axle's tyres, at the line
    wear: float  # of the most worn tyre, there
    charge: float  # of the battery, there
    battery_k: float  # its temperature, there


class _Slope(NamedTuple):
    """Says what the road's slope does to a car over a piece of the lap, for each kilogram of it."""

    back_mps2: float = 0.0  # pull of gravity against the motion
    left_mps2: float = 0.0  # and to the left of it
    pressing_mps2: float = 0.0  # on the road, beyond what a level one feels


_LEVEL_ROAD: Final = _Slope()


class _PieceMotion(NamedTuple):
    """Describes a piece of the lap: its speed, what the tyres give there, and its duration."""

    speed_mps: float
    forward_mps2: float  # force of the tyres and the air on each kilogram
    left_mps2: float
    pressing_mps2: float  # on the road, beyond what a level one feels
    duration_s: float


class _SlopesOfPlan(NamedTuple):
    """Holds the slopes along the line of a plan on a hilly circuit, shape (n,)."""

    back_mps2: Array
    left_mps2: Array
    upright: Array
    bend_1pm: Array


class _SlidingDrag(NamedTuple):
    """Holds what sliding tyres hold a car back with: their power over the car's speed."""

    forward_n: float = 0.0  # by wheels that turn faster or slower than they roll
    sideways_n: float = 0.0


_NO_SLIDING: Final = _SlidingDrag()


@dataclass
class _ForeseenCar:
    """Holds a car on its way through a stint."""

    car: Car
    state: CarState
    plan: Plan
    split: SplitTable
    slopes: _SlopesOfPlan | None  # None: the circuit is flat
    rolling_resistance: float
    speed_mps: float
    time_s: float = 0.0  # since the start
    charge_factor: float = 1.0  # charge used, over that of a steady state
    full_mps2: float = 0.0  # acceleration at full throttle in the last piece
    sliding: _SlidingDrag = _NO_SLIDING  # there


def planned_stint(track: Track, plan: Plan, start: Start, laps: int) -> list[PlannedLap]:
    """Return the timed laps of a start, foreseen without driving them."""
    stint = _stint(track, plan, start)
    stint.charge_factor = plan.charge_factor
    _run_up(stint, start)
    planned = []
    for _ in range(laps):
        time_s = _drive_from(stint, 0)
        planned.append(_lap(stint.state, time_s))
    return planned


def with_charge_factor(plan: Plan, track: Track, spec: CarSpec, setup: Setup) -> Plan:
    """Return a plan that knows how much more charge its rehearsed laps took than steady states do.

    Trail-braking wheels that anti-lock releases regain less.
    """
    if not plan.charge_per_lap > 0.0:
        return plan
    setup = on_frozen_tyres(setup)
    start = flying_start(spec, setup, plan)
    stint = _stint(track, plan, start)
    driven = _run_up(stint, start) + LAPS
    for _ in range(LAPS):
        _drive_from(stint, 0)
    used = setup.initial_charge - stint.state.battery.charge
    factor = driven * plan.charge_per_lap / max(used, _MIN_CHARGE)
    return dataclasses.replace(plan, charge_factor=clamp(factor, *_CHARGE_FACTORS))


def _stint(track: Track, plan: Plan, start: Start) -> _ForeseenCar:
    setup = start.setup
    return _ForeseenCar(
        make_car(start.spec, setup),
        initial_state(start.spec, setup, start.speed_mps, start.warm_tyres),
        plan,
        resolve(setup.split_map, setup, track),
        _slopes_of(track, start.spec, plan),
        track.tables.surfaces[TARMAC].rolling_resistance,
        max(start.speed_mps, _MIN_SPEED_MPS),
    )


def _slopes_of(track: Track, spec: CarSpec, plan: Plan) -> _SlopesOfPlan | None:
    road = hilly_road(track)
    if road is None:
        return None
    line = line_at(corridor(track, spec.chassis.width_m), plan.offset_m)
    back_mps2, aid_mps2, upright, bend_1pm = map(np.asarray, road.along(line))
    inwards = np.where(line.curvature_1pm >= 0.0, 1.0, -1.0)
    return _SlopesOfPlan(back_mps2, inwards * aid_mps2, upright, bend_1pm)


def _run_up(stint: _ForeseenCar, start: Start) -> float:
    """Drive to the line, and return the share of a lap that this is."""
    station = round(start.s_m / stint.plan.station_m)
    _drive_from(stint, station)
    return 1.0 - station / len(stint.plan.offset_m)


def _drive_from(stint: _ForeseenCar, station: int) -> float:
    """Drive from a station to the line, and return how long it takes."""
    plan = stint.plan
    count = len(plan.offset_m)
    ways_m = lengths(np.diff(plan.x_m, append=plan.x_m[0]), np.diff(plan.y_m, append=plan.y_m[0]))
    time_s = 0.0
    while station < count:
        after = min(station + _STATIONS, count)
        time_s += _drive(stint, (station, after), float(ways_m[station:after].sum()))
        station = after
    return time_s


def _lap(state: CarState, time_s: float) -> PlannedLap:
    wear = max(tyre.wear for tyre in _four(state))
    battery = state.battery
    return PlannedLap(time_s, _grip(state), wear, battery.charge, battery.temperature_k)


def _drive(stint: _ForeseenCar, stations: tuple[int, int], distance_m: float) -> float:
    """Move the car over a piece of the lap, and return how long it takes."""
    car, plan, state = stint.car, stint.plan, stint.state
    from_m, to_m = (station * plan.station_m for station in stations)
    shares = _shares(stint.split, from_m)
    begin_mps = stint.speed_mps
    middle_mps = _speed_after(begin_mps, stint.full_mps2, 0.5 * distance_m)
    slope = _slope(stint.slopes, stations, middle_mps)
    stint.full_mps2 = _full_acceleration(stint, shares.torque, middle_mps, slope)
    reached_mps = _speed_after(begin_mps, stint.full_mps2, distance_m)
    grip = _grip(state) * water_grip_at(plan.table, stint.time_s)
    end_mps = min(speed_at(plan.table, to_m, grip).speed_mps, reached_mps)
    speed_mps = 0.5 * (begin_mps + end_mps)
    accel_mps2 = (end_mps**2 - begin_mps**2) / (2.0 * distance_m)
    turning_mps2 = speed_mps**2 * plan.at(0.5 * (from_m + to_m)).curvature_1pm
    motion = _PieceMotion(
        speed_mps,
        accel_mps2 + slope.back_mps2,
        turning_mps2 - slope.left_mps2,
        slope.pressing_mps2,
        distance_m / speed_mps,
    )
    stint.sliding = _slide(car, state, motion)
    held_n = _resistance(stint, speed_mps, slope) + sum(stint.sliding)
    force_n = _moving_kg(car) * accel_mps2 + held_n
    work(car, state, shares, Work(force_n, speed_mps, motion.duration_s), stint.charge_factor)
    move_tyres(car.tyre_life, state, speed_mps, motion.duration_s)
    stint.speed_mps = end_mps
    stint.time_s += motion.duration_s
    return motion.duration_s


def _slope(slopes: _SlopesOfPlan | None, stations: tuple[int, int], speed_mps: float) -> _Slope:
    """Return the mean slope between two stations, at a speed."""
    if slopes is None:
        return _LEVEL_ROAD
    back_mps2, left_mps2, upright, bend_1pm = (
        float(column[slice(*stations)].mean()) for column in slopes
    )
    return _Slope(back_mps2, left_mps2, added_weight(upright, speed_mps**2, bend_1pm))


def _speed_after(begin_mps: float, accel_mps2: float, distance_m: float) -> float:
    return math.sqrt(max(begin_mps**2 + 2.0 * accel_mps2 * distance_m, _MIN_SPEED_MPS**2))


def _full_acceleration(
    stint: _ForeseenCar, torque_share: float, speed_mps: float, slope: _Slope
) -> float:
    """Return the acceleration at full throttle, however little grip there is, m/s2.

    The motors turn as the slipping wheels do, where they give less.
    """
    car, state = stint.car, stint.state
    force_n = full_force(car, state, torque_share, speed_mps)
    slip = min(stint.sliding.forward_n / max(force_n, _MIN_GRIP_N), car.tyre.peak_slip_ratio)
    force_n = full_force(car, state, torque_share, speed_mps * (1.0 + slip))
    held_n = _resistance(stint, speed_mps, slope) + stint.sliding.sideways_n
    return (force_n - held_n) / _moving_kg(car)


def _resistance(stint: _ForeseenCar, speed_mps: float, slope: _Slope) -> float:
    """Return what the air, the tyres' rolling and the slope hold the car back with, N."""
    car = stint.car
    air = steady_air(car.aero, car.suspension, speed_mps, 0.0)
    weight_n = car.mass_kg * (G_MPS2 + slope.pressing_mps2)
    load_n = weight_n + air.front_downforce_n + air.rear_downforce_n
    return stint.rolling_resistance * load_n - air.forward_n + car.mass_kg * slope.back_mps2


def _moving_kg(car: Car) -> float:
    """Return the mass of a car and of its wheels, as they spin with it."""
    return car.mass_kg + car.wheels_inertia_kgm2 / car.wheel.radius_m**2


def _shares(split: SplitTable, s_m: float) -> FrontShares:
    """Return the shares that the setup asks for at a place."""
    index = int(s_m / split.station_m) % len(split.front_torque_share)
    return FrontShares(split.front_torque_share[index], split.front_regen_share[index])


def _slide(car: Car, state: CarState, motion: _PieceMotion) -> _SlidingDrag:
    """Set loads and spins, count what the tyres slide, and return what holds the car back by it."""
    speed_mps, forward_mps2, left_mps2, pressing_mps2, duration_s = motion
    air = steady_air(car.aero, car.suspension, speed_mps, forward_mps2)
    pressed = pressed_on(car, pressing_mps2, air)
    loads_n = wheel_loads(
        car.load_transfer,
        forward_mps2,
        left_mps2,
        pressed.front_downforce_n,
        pressed.rear_downforce_n,
    )
    forward_n = car.mass_kg * forward_mps2 - air.forward_n
    front = car.front_torque_share if forward_n > 0.0 else car.brakes.front_bias
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    left_n = car.mass_kg * left_mps2
    axles_n = (
        (0.5 * front * forward_n, left_n * car.rear_axle_m / wheelbase_m),
        (0.5 * (1.0 - front) * forward_n, left_n * car.front_axle_m / wheelbase_m),
    )
    slipping_n = skidding_n = 0.0
    wheels = (state.front_left, state.front_right, state.rear_left, state.rear_right)
    for number, (wheel, tyre) in enumerate(zip(wheels, _four(state), strict=True)):
        wheel.load_n = loads_n[number]
        wheel.spin_radps = speed_mps / car.wheel.radius_m
        first = number // 2 * 2  # wheel of the axle
        half_n, axle_left_n = axles_n[number // 2]
        share = wheel.load_n / max(loads_n[first] + loads_n[first + 1], _MIN_GRIP_N)
        limit = friction(car.tyre, wheel.load_n, tyre.grip)
        drag = _sliding_drag(car, limit, half_n, share * axle_left_n)
        tyre.sliding_j = sum(drag) * speed_mps * duration_s
        slipping_n += drag.forward_n
        skidding_n += drag.sideways_n
    return _SlidingDrag(slipping_n, skidding_n)


def _sliding_drag(
    car: Car, limit: FrictionEllipse, forward_n: float, left_n: float
) -> _SlidingDrag:
    """Return what a tyre holds the car back with as it slides to give both forces."""
    forward = abs(forward_n) / (limit.forward_n + _MIN_GRIP_N)
    left = abs(left_n) / (limit.left_n + _MIN_GRIP_N)
    both = math.hypot(forward, left)
    if both == 0.0:
        return _NO_SLIDING
    slip = slip_for_force(tyre_curve(car.tyre).slip_at_force, min(both, 1.0)) / both
    return _SlidingDrag(
        slip * abs(forward_n) * forward * car.tyre.peak_slip_ratio,
        slip * abs(left_n) * left * car.tyre.peak_slip_tangent,
    )


def _four(state: CarState) -> tuple[TyreState, TyreState, TyreState, TyreState]:
    tyres = state.tyres
    return (tyres.front_left, tyres.front_right, tyres.rear_left, tyres.rear_right)


def _grip(state: CarState) -> float:
    return usable_grip(*(tyre.grip for tyre in _four(state)))
