"""Make cars for test drives, and the plain ground that they drive on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar, cast

import msgspec
import numpy as np

from game.compiled import Backend
from game.lab.courses import MeasuredCar, proving_ground
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.gates import Gate
from game.track.surfaces import GRASS, GRAVEL
from game.track.tables import flat_tables
from game.track.track import Track
from game.track.walls import Wall
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

Result = TypeVar("Result")

_AWAY_M: Final = 1e9
_OUT_OF_REACH: Final = Gate(0.0, _AWAY_M, _AWAY_M, 0.0, 1.0, 0)
_NO_ROAD_M: Final = -1.0
# Where the bands of the ground end on either side, for the ground that is to be everywhere.
_BANDS_M: Final = {
    GRASS: (_NO_ROAD_M, _NO_ROAD_M, _NO_ROAD_M, _AWAY_M, _AWAY_M),
    GRAVEL: (_NO_ROAD_M, _NO_ROAD_M, _NO_ROAD_M, _NO_ROAD_M, _AWAY_M),
}
_BESIDE_M: Final = 10.0  # the line of plain ground, so that all wheels are on one side of it


class CarsUnderTest:
    """Holds a car with a setup, and makes it with other setups and numbers, each once.

    Drives are remembered, so that several figures can be read from one of them.
    """

    def __init__(self, spec: CarSpec, setup: Setup, backend: Backend = Backend.COMPILED) -> None:
        self._spec, self._setup, self._backend = spec, setup, backend
        self._made: dict[str, CarUnderTest] = {}

    def car(self, setup: dict[str, Any], scaled: dict[str, float]) -> CarUnderTest:
        """Return the car with these values of the setup, and numbers of its file scaled.

        Raises InputError for values that no setup can have, KeyError for numbers that no car has.
        """
        wanted = msgspec.convert(msgspec.to_builtins(self._setup) | setup, Setup)
        key = repr((wanted, sorted(scaled.items())))
        if key not in self._made:
            spec = self._spec
            for place, factor in scaled.items():
                spec = _scaled(spec, place, factor)
            car = MeasuredCar(spec, wanted, self._backend)
            self._made[key] = CarUnderTest(self, car, setup, scaled)
        return self._made[key]


class CarUnderTest:
    """Holds a car with a setup, and the results of its drives."""

    def __init__(
        self, cars: CarsUnderTest, car: MeasuredCar, setup: dict[str, Any], scaled: dict[str, float]
    ) -> None:
        self._cars, self.car, self._changes, self._scaled = cars, car, setup, scaled
        self._remembered: dict[object, object] = {}

    @property
    def spec(self) -> CarSpec:
        """Return the car's file."""
        return self.car.spec

    @property
    def setup(self) -> Setup:
        """Return the car's setup."""
        return self.car.setup

    def with_setup(self, **values: Any) -> CarUnderTest:
        """Return this car with other values of the setup."""
        return self._cars.car(self._changes | values, self._scaled)

    def unscaled(self) -> CarUnderTest:
        """Return this car with the numbers of its file."""
        return self._cars.car(self._changes, {})

    def once(self, key: object, make: Callable[[], Result]) -> Result:
        """Return what is made under a name, at the first call of it only."""
        if key not in self._remembered:
            self._remembered[key] = make()
        return cast(Result, self._remembered[key])


def _scaled(spec: CarSpec, place: str, factor: float) -> CarSpec:
    """Return a car of which a number, such as `chassis.mass_kg` or `tyres.*.friction_left`, is
    multiplied.
    """
    return cast(CarSpec, _multiplied(spec, place.split("."), factor))


def _multiplied(part: Any, keys: list[str], factor: float) -> Any:
    if not keys:
        return part * factor
    key, *rest = keys
    if isinstance(part, dict):
        names = list(part) if key == "*" else [key]
        return part | {name: _multiplied(part[name], rest, factor) for name in names}
    if key not in part.__struct_fields__:
        raise KeyError(key)
    return msgspec.structs.replace(part, **{key: _multiplied(getattr(part, key), rest, factor)})


def on_tarmac(car: MeasuredCar, speed_mps: float) -> World:
    """Return a world with the car on endless tarmac, its tyres warm, heading east."""
    return on_tarmac_from(car, 0.0, speed_mps)


def on_tarmac_from(car: MeasuredCar, x_m: float, speed_mps: float) -> World:
    """Return a world with the car on endless tarmac, at a place on the x axis, heading along it."""
    pose = Pose(x_m, 0.0, 0.0)
    start = Start(car.spec, car.setup, pose, x_m, speed_mps, warm_tyres=True)
    return World(None, [start], backend=car.backend)


def on_loose_ground(car: MeasuredCar, surface: int, speed_mps: float) -> World:
    """Return a world with the car on endless grass or gravel, as a new circuit has it."""
    pose = Pose(0.0, _BESIDE_M, 0.0)
    start = Start(car.spec, car.setup, pose, speed_mps=speed_mps, warm_tyres=True)
    return World(_loose_ground(surface), [start], backend=car.backend)


def beside_wall(car: MeasuredCar, pose: Pose, speed_mps: float, wall: Wall) -> World:
    """Return a world with the car on endless tarmac with one wall."""
    start = Start(car.spec, car.setup, pose, speed_mps=speed_mps, warm_tyres=True)
    ground = dataclasses.replace(
        proving_ground(), tables=flat_tables(), walls=(wall,), gates=(_OUT_OF_REACH,)
    )
    return World(ground, [start], backend=car.backend)


def straight_wall(beside_m: float, half_length_m: float) -> Wall:
    """Return a wall to the left of the x axis, of what stands around the proving ground."""
    ends_m = np.array([(-half_length_m, beside_m), (half_length_m, beside_m)])
    none = np.zeros(2)
    wall = proving_ground().walls[0]
    return dataclasses.replace(wall, closed=False, points_m=ends_m, offset_m=none, s_m=none)


@cache
def _loose_ground(surface: int) -> Track:
    ground, flat = proving_ground(), flat_tables()
    bands_m = _BANDS_M[surface]
    sample = flat.samples[0]._replace(bands_left_m=bands_m, bands_right_m=bands_m)
    tables = flat._replace(
        min_left_m=_NO_ROAD_M,
        min_right_m=_NO_ROAD_M,
        samples=[sample],
        surfaces=ground.tables.surfaces,
    )
    return dataclasses.replace(ground, tables=tables, walls=(), gates=(_OUT_OF_REACH,))
