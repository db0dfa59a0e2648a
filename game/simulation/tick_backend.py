"""Hold the tick in one of its two forms, with tables and cars laid out as that form needs."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn, TypeVar

from game.compiled import Backend, compiled, compiled_for, numba_is_installed
from game.records import arrays, from_record, records, rows
from game.simulation.chassis import Chassis, body_motion
from game.simulation.events import EventLog, empty_log, empty_machine_log
from game.simulation.lap_timer import GateLine, gate_lines
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import SplitMaps
from game.simulation.swept_road import untouched_cells
from game.simulation.tick import (
    CarRuntime,
    CarTables,
    CircuitTables,
    advance,
    locate,
    place_rolling,
    snapshot_numbers,
    snapshot_of,
)
from game.simulation.wet_road import wet_road
from game.track.tables import flat_tables
from game.track.track import Track
from game.vehicle.parts import Car
from game.vehicle.state import Controls
from game.weather.tables import weather_tables
from game.weather.weather import Weather

T = TypeVar("T")


class TickBackend(NamedTuple):
    """Has the tick's functions and what they work on: lists of dataclasses, or arrays of records.

    In the compiled form `advance` and `snapshot_numbers` are called without a look at the types of
    their arguments, so they must be given the members of this tuple only.
    """

    backend: Backend
    advance: Callable[..., int]
    snapshot_numbers: Callable[..., tuple[float, ...]]
    locate: Callable[..., None]
    place_rolling: Callable[..., None]
    circuit: CircuitTables
    cars: CarTables
    controls: Any  # the array that the compiled tick reads the controls from; plainly None
    log: EventLog

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or pickled: it holds addresses in the physics engine's memory."""
        raise TypeError("the form of a world's tick cannot be copied or pickled")

    def converted(self, controls: Sequence[Controls]) -> Any:
        """Return the controls of the coming ticks in the form that `advance` expects."""
        if self.controls is None:
            return controls
        for index, of_car in enumerate(controls):
            self.controls[index] = of_car
        return self.controls

    def snapshot(self, index: int, tick: int) -> Snapshot:
        """Return a car as it is now."""
        cars = self.cars
        if self.backend is Backend.PLAIN:
            return snapshot_of(cars.runtimes[index], body_motion(cars.bodies, index), tick)
        numbers = self.snapshot_numbers(cars.runtimes, cars.bodies, index, tick)
        return tuple.__new__(Snapshot, numbers)  # as `_make`, which counts them besides

    def observer(self, function: Callable[..., T], *arguments: Any) -> Callable[[], T]:
        """Return a tick function of (runtimes, bodies, *arguments), bound to them."""
        bound = (self.cars.runtimes, self.cars.bodies, *arguments)
        observe = compiled_for(function, *bound) if self.backend is Backend.COMPILED else function
        return lambda: observe(*bound)

    def reset(
        self, cars: Sequence[Car], runtimes: Sequence[CarRuntime], cells: Sequence[float]
    ) -> None:
        """Give the cars these parameters and this runtime, and the road's cells these values."""
        in_form = records if self.backend is Backend.COMPILED else list
        self.cars.parameters[:] = in_form(cars)  # type: ignore[index]
        self.cars.runtimes[:] = in_form(runtimes)  # type: ignore[index]
        self.cars.cells[:] = cells

    def runtime(self, index: int) -> CarRuntime:
        """Return a copy of a car's runtime as a dataclass."""
        runtime = self.cars.runtimes[index]
        if self.backend is Backend.PLAIN:
            return copy.deepcopy(runtime)
        made: CarRuntime = from_record(CarRuntime, runtime)
        return made

    def sample_index(self, index: int) -> int:
        """Return the sample of the centreline that a car is beside."""
        runtime: Any = self.cars.runtimes[index]
        if self.backend is Backend.PLAIN:
            return int(runtime.position.sample_index)
        return int(runtime["position"]["sample_index"])

    def parameters(self, index: int, *names: str) -> tuple[float, ...]:
        """Return some parameters of a car by name."""
        car: Any = self.cars.parameters[index]
        if self.backend is Backend.PLAIN:
            return tuple(getattr(car, name) for name in names)
        return tuple(car[name].item() for name in names)

    def set_parameters(self, index: int, **values: float) -> None:
        """Change some parameters of a car by name."""
        cars: Any = self.cars.parameters
        if self.backend is Backend.PLAIN:
            cars[index] = dataclasses.replace(cars[index], **values)
        else:
            for name, value in values.items():
                cars[index][name] = value


def make_backend(
    backend: Backend,
    chassis: Chassis,
    track: Track | None,
    maps: SplitMaps,
    weather: Weather,
    cars: Sequence[Car],
    runtimes: Sequence[CarRuntime],
) -> TickBackend:
    """Return the compiled form if it is asked for and can be had, else the plain one."""
    road = wet_road(track, weather)
    if backend is Backend.COMPILED and numba_is_installed():
        bodies = chassis.machine_bodies()
        if bodies is not None:
            machine_cars = CarTables(
                records(cars),
                records(runtimes),
                bodies,
                chassis.machine_space(),
                rows(float, untouched_cells(road)),
            )
            return _compiled_backend(compiled_circuit(track, maps.rows, weather), machine_cars)
    return _plain_backend(
        CircuitTables(
            track.tables if track else flat_tables(),
            gate_lines(track),
            maps.rows,
            weather_tables(weather),
            road,
        ),
        CarTables(
            list(cars), list(runtimes), chassis.body_numbers, chassis.space, untouched_cells(road)
        ),
    )


def compiled_circuit(
    track: Track | None, splits: Sequence[float], weather: Weather
) -> CircuitTables:
    """Return what compiled code reads of a circuit; splits: the rows of its cars' split maps."""
    return CircuitTables(
        track=track.table_arrays if track else arrays(flat_tables()),
        gates=rows(GateLine, gate_lines(track)),
        splits=rows(float, splits),
        weather=arrays(weather_tables(weather)),
        wet_road=arrays(wet_road(track, weather)),
    )


def _plain_backend(circuit: CircuitTables, cars: CarTables) -> TickBackend:
    return TickBackend(
        backend=Backend.PLAIN,
        advance=advance,
        snapshot_numbers=snapshot_numbers,
        locate=locate,
        place_rolling=place_rolling,
        circuit=circuit,
        cars=cars,
        controls=None,
        log=empty_log(),
    )


def _compiled_backend(circuit: CircuitTables, cars: CarTables) -> TickBackend:
    controls = records([Controls()] * len(cars.parameters))
    log = empty_machine_log()
    return TickBackend(
        backend=Backend.COMPILED,
        advance=compiled_for(advance, circuit, cars, controls, log, 0, 1, 1.0),
        snapshot_numbers=compiled_for(snapshot_numbers, cars.runtimes, cars.bodies, 0, 0),
        locate=compiled(locate),
        place_rolling=compiled(place_rolling),
        circuit=circuit,
        cars=cars,
        controls=controls,
        log=log,
    )
