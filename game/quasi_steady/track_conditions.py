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


class TrackConditions(NamedTuple):
    """Holds the ground under all four tyres, what the battery accepts and gives, and the wind."""

    grip: float  # 1 is that of dry tarmac
    rolling_resistance: float
    charge_w: float  # maximum power of regeneration
    charge: float  # of the battery, 0..1
    head_mps: float = 0.0  # by which the air meets the nose faster than the car drives
    pressing_mps2: float = 0.0  # on the road, beyond the weight, for each kilogram
    levels: Levels = LEVEL  # of pressing, for which limits are worked out


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
    )


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
    )
