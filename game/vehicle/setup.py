"""A setup holds everything that a driver may change on a car.

The bounds and defaults of `Setup` itself are the widest that any car may have: files and codes go
by them. A car's own are in its file: `default_setup` and `check_setup`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from game.errors import InputError
from game.vehicle.spec import CarSpec, Range, SplitLaw, SplitMode, Steps, TyreStateMode
from game.vehicle.split_map import PHASES, SplitMap

Level = Annotated[int, Meta(ge=0, le=5)]

FORMER_SPLIT_LAW: Final[SplitLaw] = "fill"  # of all setups before they named one


class Setup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holds a car's setup. Shares and levels are pure numbers; the front axle's share of a pair.

    New values go behind the others, with a default: codes go by their order.
    """

    front_torque_share: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.5
    front_regen_share: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.6
    split_mode: SplitMode = "fixed"
    one_pedal_mps2: Annotated[float, Meta(ge=0.0, le=3.0)] = 0.0  # deceleration when lifting off
    regen_limit: Annotated[float, Meta(ge=0.0, le=1.0)] = 1.0  # of what the battery takes
    front_brake_bias: Annotated[float, Meta(ge=0.4, le=0.8)] = 0.68  # of the friction brakes
    power_map: Annotated[int, Meta(ge=1, le=4)] = 1
    traction_control: Level = 3
    abs: Level = 3
    yaw_control: Level = 1
    front_preload_nm: Annotated[float, Meta(ge=0.0, le=300.0)] = 10.0
    rear_preload_nm: Annotated[float, Meta(ge=0.0, le=300.0)] = 30.0
    wing: Annotated[float, Meta(ge=-1.0, le=1.0)] = 0.0
    tyre: Annotated[str, Meta(max_length=40)] = "slick"  # a name in the car file
    driver_aboard: bool = True
    initial_charge: Annotated[float, Meta(ge=0.05, le=1.0)] = 0.90
    split_map: SplitMap | None = None  # front shares that change along the lap
    tyre_state: TyreStateMode = "frozen"  # as all were before there was a choice
    split_law: SplitLaw = "limit"  # what becomes of the torque that one motor cannot give
    front_spring_npm: Annotated[float, Meta(ge=2e4, le=2.5e5)] = 110000.0  # at each wheel
    rear_spring_npm: Annotated[float, Meta(ge=2e4, le=2.5e5)] = 130000.0
    front_bar_npm: Annotated[float, Meta(ge=0.0, le=1e5)] = 5000.0  # at a wheel that rises
    rear_bar_npm: Annotated[float, Meta(ge=0.0, le=1e5)] = 15000.0  # while the other one falls
    front_ride_height_m: Annotated[float, Meta(ge=0.03, le=0.15)] = 0.06
    rear_ride_height_m: Annotated[float, Meta(ge=0.03, le=0.15)] = 0.07
    front_camber_rad: Annotated[float, Meta(ge=-0.0873, le=0.0349)] = -0.0436  # tops inwards
    rear_camber_rad: Annotated[float, Meta(ge=-0.0873, le=0.0349)] = -0.0305
    front_toe_rad: Annotated[float, Meta(ge=-0.0175, le=0.0175)] = 0.0  # each wheel inwards
    rear_toe_rad: Annotated[float, Meta(ge=-0.0175, le=0.0175)] = 0.0017
    # Cold pressure above the tyre's usual one, which its compound's numbers in the car's file name.
    front_pressure_change_pa: Annotated[float, Meta(ge=-3e4, le=3e4)] = 0.0
    rear_pressure_change_pa: Annotated[float, Meta(ge=-3e4, le=3e4)] = 0.0


def on_frozen_tyres(setup: Setup) -> Setup:
    """Return a setup on tyres that stay as they are: warm, new, with all their grip."""
    return msgspec.structs.replace(
        setup, tyre_state="frozen", front_pressure_change_pa=0.0, rear_pressure_change_pa=0.0
    )


def default_setup(spec: CarSpec) -> Setup:
    """Return the values that a new setup for this car has."""
    values: dict[str, Any] = {"tyre": next(iter(spec.tyres))}
    for name in spec.setup.__struct_fields__:
        value = getattr(spec.setup, name)
        values[name] = value.default if isinstance(value, (Range, Steps)) else value
    return Setup(**values)


def check_setup(spec: CarSpec, setup: Setup) -> None:
    """Raise InputError naming a value that this car cannot have, and what it can be."""
    if setup.tyre not in spec.tyres:
        raise InputError(f"{spec.name}: tyre: is '{setup.tyre}', can be {', '.join(spec.tyres)}")
    if setup.tyre_state == "live" and spec.tyres[setup.tyre].state is None:
        raise InputError(
            f"{spec.name}: tyre_state: is 'live', can be frozen: the car's file has no "
            f"[tyres.{setup.tyre}.state]"
        )
    for name in spec.setup.__struct_fields__:
        bounds = getattr(spec.setup, name)
        if isinstance(bounds, (Range, Steps)):
            _check_bounds(f"{spec.name}: {name}", getattr(setup, name), bounds)
    if setup.split_map is not None:
        _check_split_map(spec, setup.split_map)


def _check_split_map(spec: CarSpec, split_map: SplitMap) -> None:
    drive, regeneration = spec.setup.front_torque_share, spec.setup.front_regen_share
    for phase in PHASES:
        share = getattr(split_map, phase)
        if share is not None:
            bounds = regeneration if phase == "braking" else drive
            _check_bounds(f"{spec.name}: split_map.{phase}", share, bounds)
    for number, stretch in enumerate(split_map.painted):
        bounds = regeneration if stretch.of == "regeneration" else drive
        _check_bounds(f"{spec.name}: split_map.painted[{number}].share", stretch.share, bounds)


def _check_bounds(place: str, value: float, bounds: Range | Steps) -> None:
    if not bounds.minimum <= value <= bounds.maximum:
        raise InputError(f"{place}: is {value:g}, can be {bounds.minimum:g} to {bounds.maximum:g}")
