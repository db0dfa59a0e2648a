"""The air acts on the car: drag against the motion, downforce on each axle."""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import clamp
from game.vehicle.spec import AeroSpec
from game.vehicle.state import WeatherNow

# Momentum above the road of a round wake, over that of its middle's speed on the square of its half
# width: half the integral of the profile in `simulation.wakes`.
_WAKE_MOMENTUM: Final = math.pi * (0.5 - 4.0 / 7.0 + 0.2)


@dataclass(frozen=True, slots=True)
class Wake:
    """Describes the air that a car drags along."""

    half_width_m: float  # at the car
    spread: float  # by which it is wider for each metre behind
    momentum_area_m2: float  # over the square of its half width: share of the car's speed in it


@dataclass(frozen=True, slots=True)
class Aero:
    """Holds half the air's density times drag and downforce areas, with the wing as it is set."""

    drag_kgpm: float
    front_downforce_kgpm: float
    rear_downforce_kgpm: float
    front_height_1pm: float  # share of downforce lost for each metre that the axle's body rises
    rear_height_1pm: float
    largest_change: float  # of downforce by height, as a share
    wake: Wake


class AirForce(NamedTuple):
    """Holds forces of the air in the car's axes; downforce is positive downwards."""

    forward_n: float
    left_n: float
    front_downforce_n: float
    rear_downforce_n: float


def make_aero(spec: AeroSpec, wing: float, density_ratio: float = 1.0) -> Aero:
    """Return the car with its rear wing at a setting of -1..1. The wing is above the rear axle.

    density_ratio: of the air's density to that of the car's file, which is of a clear noon.
    """
    half_density = 0.5 * spec.air_density_kgpm3 * density_ratio
    front_area = spec.downforce_area_m2 * spec.front_downforce_share
    rear_area = spec.downforce_area_m2 - front_area + wing * spec.wing_downforce_area_m2
    drag_area_m2 = spec.drag_area_m2 + wing * spec.wing_drag_area_m2
    has_wake = spec.wake_half_width_m > 0.0
    return Aero(
        drag_kgpm=half_density * drag_area_m2,
        front_downforce_kgpm=half_density * front_area,
        rear_downforce_kgpm=half_density * max(0.0, rear_area),
        front_height_1pm=spec.front_height_1pm,
        rear_height_1pm=spec.rear_height_1pm,
        largest_change=spec.largest_height_change,
        wake=Wake(
            half_width_m=spec.wake_half_width_m if has_wake else 1.0,
            spread=spec.wake_spread,
            momentum_area_m2=0.5 * drag_area_m2 / _WAKE_MOMENTUM if has_wake else 0.0,
        ),
    )


@tick_function
def air_force(aero: Aero, forward_mps: float, left_mps: float, speed_mps: float) -> AirForce:
    """Return drag along the motion, and downforce by the air that meets the nose."""
    drag_nspm = aero.drag_kgpm * speed_mps
    pressure = forward_mps * forward_mps
    return AirForce(
        -drag_nspm * forward_mps,
        -drag_nspm * left_mps,
        aero.front_downforce_kgpm * pressure,
        aero.rear_downforce_kgpm * pressure,
    )


@tick_function
def air_force_in(
    weather: WeatherNow, aero: Aero, forward_mps: float, left_mps: float, speed_mps: float
) -> AirForce:
    """Return the air's force in a weather that may blow: by the motion through the air.

    Drag is along that motion. No measured side force or yawing moment of this car is known, so
    that a wind from the side moves it by its drag only.
    """
    if weather.moves == 0:
        return air_force(aero, forward_mps, left_mps, speed_mps)
    met_mps = forward_mps - weather.wind_forward_mps
    aside_mps = left_mps - weather.wind_left_mps
    met = air_force(aero, met_mps, aside_mps, math.sqrt(met_mps * met_mps + aside_mps * aside_mps))
    ratio = weather.density_ratio
    return AirForce(
        ratio * met.forward_n,
        ratio * met.left_n,
        ratio * met.front_downforce_n,
        ratio * met.rear_downforce_n,
    )


@tick_function
def air_at_heights(aero: Aero, air: AirForce, front_m: float, rear_m: float) -> AirForce:
    """Return the air's force on a body so much higher over its axles than usual, m."""
    lowest = 1.0 - aero.largest_change
    highest = 1.0 + aero.largest_change
    return AirForce(
        air.forward_n,
        air.left_n,
        air.front_downforce_n * clamp(1.0 - aero.front_height_1pm * front_m, lowest, highest),
        air.rear_downforce_n * clamp(1.0 - aero.rear_height_1pm * rear_m, lowest, highest),
    )
