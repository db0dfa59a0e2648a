"""The laps of a stint as a plan foresees them: tyres warm up and wear, and laps follow their grip.

The car is taken as going at the planned speeds for the grip that its tyres have at each place. What
they slide follows from the forces that this needs, as in a steady state.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.bot.plan import Plan, speed_at, usable_grip
from game.quasi_steady.axle import slip_for_force, tyre_curve
from game.simulation.world import Start
from game.vehicle.aero import air_force
from game.vehicle.parts import Car, initial_state, make_car
from game.vehicle.state import CarState, TyreState
from game.vehicle.tyre import FrictionEllipse, friction
from game.vehicle.tyre_state import move_tyres
from game.vehicle.wheel_loads import wheel_loads

_STATIONS: Final = 4  # of the plan, over which the tyres' work is taken as even
_MIN_GRIP_N: Final = 1.0  # guards the division for a wheel in the air


class PlannedLap(NamedTuple):
    """Holds a lap of a stint as it is foreseen."""

    time_s: float
    grip: float  # of the worse axle's tyres, at the line
    wear: float  # of the most worn tyre, there
    charge: float  # of the battery, there


class _LapMotion(NamedTuple):
    """Holds the motion at a place of the lap."""

    speed_mps: float
    forward_mps2: float
    left_mps2: float


def planned_stint(plan: Plan, start: Start, laps: int) -> list[PlannedLap]:
    """Return the timed laps of a flying start, foreseen without driving them."""
    car = make_car(start.spec, start.setup)
    state = initial_state(start.spec, start.setup, start.speed_mps, start.warm_tyres)
    count = len(plan.offset_m)
    ways_m = np.hypot(np.diff(plan.x_m, append=plan.x_m[0]), np.diff(plan.y_m, append=plan.y_m[0]))
    charge = start.setup.initial_charge
    station = round(start.s_m / plan.station_m)
    planned = []
    for number in range(laps + 1):
        time_s = 0.0
        charge -= plan.charge_per_lap * (count - station) / count
        while station < count:
            after = min(station + _STATIONS, count)
            time_s += _drive(car, state, plan, (station, after), float(ways_m[station:after].sum()))
            station = after
        station = 0
        if number > 0:
            wear = max(tyre.wear for tyre in _four(state))
            planned.append(PlannedLap(time_s, _grip(state), wear, charge))
    return planned


def _drive(car: Car, state: CarState, plan: Plan, stations: tuple[int, int], way_m: float) -> float:
    """Move the tyres' states over a piece of the lap, and return how long it takes."""
    grip = _grip(state)
    from_m, to_m = (station * plan.station_m for station in stations)
    begin = speed_at(plan.table, from_m, grip)
    end_mps = speed_at(plan.table, to_m, grip).speed_mps
    speed_mps = 0.5 * (begin.speed_mps + end_mps)
    bend_1pm = plan.at(0.5 * (from_m + to_m)).curvature_1pm
    forward_mps2 = (end_mps**2 - begin.speed_mps**2) / (2.0 * way_m)
    duration_s = way_m / speed_mps
    _work(car, state, _LapMotion(speed_mps, forward_mps2, speed_mps**2 * bend_1pm), duration_s)
    move_tyres(car.tyre_life, state, speed_mps, duration_s)
    return duration_s


def _work(car: Car, state: CarState, motion: _LapMotion, duration_s: float) -> None:
    """Set loads and spins, and count what the tyres slide, for a motion held so long."""
    speed_mps, forward_mps2, left_mps2 = motion
    air = air_force(car.aero, speed_mps, 0.0, speed_mps)
    loads_n = wheel_loads(
        car.load_transfer, forward_mps2, left_mps2, air.front_downforce_n, air.rear_downforce_n
    )
    forward_n = car.mass_kg * forward_mps2 - air.forward_n
    front = car.front_torque_share if forward_n > 0.0 else car.brakes.front_bias
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    left_n = car.mass_kg * left_mps2
    axles_n = (
        (0.5 * front * forward_n, left_n * car.rear_axle_m / wheelbase_m),
        (0.5 * (1.0 - front) * forward_n, left_n * car.front_axle_m / wheelbase_m),
    )
    wheels = (state.front_left, state.front_right, state.rear_left, state.rear_right)
    for number, (wheel, tyre) in enumerate(zip(wheels, _four(state), strict=True)):
        wheel.load_n = loads_n[number]
        wheel.spin_radps = speed_mps / car.wheel.radius_m
        first = number // 2 * 2  # wheel of the axle
        half_n, axle_left_n = axles_n[number // 2]
        share = wheel.load_n / max(loads_n[first] + loads_n[first + 1], _MIN_GRIP_N)
        limit = friction(car.tyre, wheel.load_n, tyre.grip)
        power_w = _sliding_power(car, limit, half_n, share * axle_left_n, speed_mps)
        tyre.sliding_j = power_w * duration_s


def _sliding_power(
    car: Car, limit: FrictionEllipse, forward_n: float, left_n: float, speed_mps: float
) -> float:
    """Return the heat that a tyre makes by giving both forces at a speed, W."""
    forward = abs(forward_n) / (limit.forward_n + _MIN_GRIP_N)
    left = abs(left_n) / (limit.left_n + _MIN_GRIP_N)
    both = math.hypot(forward, left)
    if both == 0.0:
        return 0.0
    slip = slip_for_force(tyre_curve(car.tyre).slip_at_force, min(both, 1.0)) / both
    return (
        speed_mps
        * slip
        * (
            abs(forward_n) * forward * car.tyre.peak_slip_ratio
            + abs(left_n) * left * car.tyre.peak_slip_tangent
        )
    )


def _four(state: CarState) -> tuple[TyreState, TyreState, TyreState, TyreState]:
    tyres = state.tyres
    return (tyres.front_left, tyres.front_right, tyres.rear_left, tyres.rear_right)


def _grip(state: CarState) -> float:
    return usable_grip(*(tyre.grip for tyre in _four(state)))
