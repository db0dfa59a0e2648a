"""A quasi-steady car finds conditions on a circuit: the grip of the ground, a battery to charge."""

from __future__ import annotations

from typing import NamedTuple

from game.compiled import tick_function
from game.quasi_steady.hilly_road import LEVEL, Levels, levels_of
from game.track.surfaces import TARMAC
from game.track.track import Track
from game.vehicle.battery import battery_limits
from game.vehicle.parts import Car
from game.vehicle.setup import Setup
from game.vehicle.wet_grip import green_grip, wet_grip


class TrackConditions(NamedTuple):
    """Holds the ground under all four tyres, what the battery accepts and gives, and the wind."""

    grip: float  # 1 is that of dry tarmac
    rolling_resistance: float
    charge_w: float  # maximum power of regeneration
    charge: float  # of the battery, 0..1
    head_mps: float = 0.0  # by which the air meets the nose faster than the car drives
    pressing_mps2: float = 0.0  # on the road, beyond the weight, for each kilogram
    levels: Levels = LEVEL  # of pressing, for which limits are worked out
    water_m: float = 0.0  # under all four tyres
    rubber: float = 1.0  # the same, of what the road can take
    rubbering: int = 0  # 1: where rubber lacks there is less grip


def track_conditions(track: Track, car: Car, setup: Setup) -> TrackConditions:
    """Return a track's tarmac, and what the battery accepts at its first charge."""
    limits = battery_limits(
        car.battery, setup.initial_charge, car.battery.ambient_temperature_k, car.regen_limit
    )
    tarmac = track.tables.surfaces[TARMAC]
    cut_radps = max(car.front.motor.speed_cut_radps, car.rear.motor.speed_cut_radps)
    return TrackConditions(
        tarmac.grip,
        tarmac.rolling_resistance,
        limits.charge_w,
        setup.initial_charge,
        levels=levels_of(track, cut_radps / car.gear_ratio * car.wheel.radius_m),
        water_m=_line_water_m(track, car),
        rubber=car.road.rubber,
        rubbering=car.road.rubbering,
    )


def _line_water_m(track: Track, car: Car) -> float:
    """Return the depth of the water on the driven line at the start, its mean over the lap."""
    if car.road.water.line_m == 0.0:
        return 0.0
    places = track.wet_places
    return car.road.water.line_m * sum(place.deeper for place in places) / len(places)


@tick_function
def ground_grip(car: Car, conditions: TrackConditions, speed_mps: float) -> float:
    """Return the grip of the ground at a speed: 1 is that of dry tarmac."""
    if conditions.water_m <= 0.0 and conditions.rubbering == 0:
        return conditions.grip
    return conditions.grip * road_share(car, conditions, speed_mps)


@tick_function
def road_share(car: Car, conditions: TrackConditions, speed_mps: float) -> float:
    """Return the share of their grip that water and rubber leave tyres at their usual pressure."""
    return share_of_grip(
        car, conditions.water_m, conditions.rubber, conditions.rubbering, speed_mps
    )


@tick_function
def share_of_grip(
    car: Car, water_m: float, rubber: float, rubbering: int, speed_mps: float
) -> float:
    """Return what so much water and rubber leave of the grip; rubbering: 1 where rubber changes."""
    tyre = car.tyre
    grip = wet_grip(tyre, water_m, rubber, speed_mps * speed_mps, tyre.pressure_pa)
    if rubbering == 0:
        return grip
    return grip * green_grip(tyre, water_m, rubber)


@tick_function
def pressed(conditions: TrackConditions, pressing_mps2: float) -> TrackConditions:
    """Return conditions under which a car is pressed on the road beyond its weight."""
    return TrackConditions(
        conditions.grip,
        conditions.rolling_resistance,
        conditions.charge_w,
        conditions.charge,
        conditions.head_mps,
        pressing_mps2,
        conditions.levels,
        conditions.water_m,
        conditions.rubber,
        conditions.rubbering,
    )
