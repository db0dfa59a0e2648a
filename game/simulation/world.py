"""Own everything that changes in a drive, and advance it by a fixed tick: the world.

The same controls from the same start give the same bits, plainly and compiled, at any frame rate.
"""

from __future__ import annotations

import copy
import struct
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

from game.compiled import Backend
from game.simulation.chassis import BodySave, Chassis, SpaceSave, body_motion
from game.simulation.events import Event, read_out
from game.simulation.lap_timer import clock_before_the_line, clock_from_standstill
from game.simulation.snapshot import Snapshot
from game.simulation.space_log import BoxesMade, SpaceLog
from game.simulation.split_table import SplitMaps
from game.simulation.swept_road import packed_cells, unpacked_cells, untouched_cells
from game.simulation.tick import CarRuntime, TrackPosition, changing_bits
from game.simulation.tick_backend import make_backend
from game.simulation.water_now import WaterNow
from game.simulation.wet_road import wet_road
from game.track.elements import Pose
from game.track.tables import TrackTables, flat_tables, sample_near, tier_at
from game.track.track import Track
from game.vehicle.damage import DamageMode
from game.vehicle.parts import initial_state
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls
from game.weather.weather import Weather

T = TypeVar("T")

TICK_HZ: Final = 240
TICK_S: Final = 1.0 / TICK_HZ


class Start(NamedTuple):
    """Says how a car enters the world."""

    spec: CarSpec
    setup: Setup
    pose: Pose
    s_m: float = 0.0  # where on the lap the pose is, to find it on the track
    speed_mps: float = 0.0
    timed_from_standstill: bool = False
    warm_tyres: bool = False  # from warmers; else as cold as the air
    damage: DamageMode = "off"


class Step(NamedTuple):
    """Holds the result of a step."""

    snapshots: tuple[Snapshot, ...]  # one a car
    events: tuple[Event, ...]


class SavedWorld(NamedTuple):
    """Holds the state of a world with one car, to be restored there or in an equal world."""

    tick: int
    runtime: CarRuntime
    front_torque_share: float
    torque_share_row: int
    body: BodySave
    cells: bytes  # of the road, packed


class CarSave(NamedTuple):
    """Holds what changes in a car, its body apart."""

    runtime: CarRuntime
    front_torque_share: float
    torque_share_row: int


class SavedRace(NamedTuple):
    """Holds the state of a world with several cars, for an equal one with the log of its boxes."""

    tick: int
    cars: tuple[CarSave, ...]
    space: SpaceSave
    cells: bytes  # of the road, packed


class World:
    """Moves cars on a track, or on endless tarmac when there is none.

    With `Backend.COMPILED` the tick runs as machine code, with the same bits; where numba is
    missing, or pymunk is laid out in an unknown way, it runs plainly all the same. `step_s` is the
    tick, to be changed only to study the numerics.
    """

    def __init__(
        self,
        track: Track | None,
        starts: Sequence[Start],
        backend: Backend = Backend.PLAIN,
        step_s: float = TICK_S,
    ) -> None:
        self.track = track
        self.starts = tuple(starts)
        self.step_s = step_s
        self.tick = 0
        self._is_followed = False
        self.space_log: SpaceLog | None = None  # of several cars that are followed closely
        self.weather = weather_of(starts)
        self._wet_road = wet_road(track, self.weather)
        maps = SplitMaps(track)
        self._cars = [maps.car(start.spec, start.setup, start.damage) for start in starts]
        self._chassis = Chassis(track.walls if track else ())
        for start, car in zip(starts, self._cars, strict=True):
            self._chassis.add_car(start.spec.chassis, car.mass_kg, start.pose, start.speed_mps)
        self._tables = track.tables if track else flat_tables()
        self._backend = make_backend(
            backend,
            self._chassis,
            track,
            maps,
            self.weather,
            self._cars,
            [new_runtime(start, self._tables) for start in starts],
        )
        for index in range(len(starts)):
            self._locate(index)

    @property
    def backend(self) -> Backend:
        """Return the form in which the tick runs."""
        return self._backend.backend

    @property
    def time_s(self) -> float:
        """Return the simulated time since the start."""
        return self.tick * self.step_s

    def step(self, controls: Sequence[Controls], ticks: int = 1) -> Step:
        """Hold these controls, one a car, for so many ticks."""
        events = self.advance(controls, ticks)
        return Step(self.snapshots(), events)

    def advance(self, controls: Sequence[Controls], ticks: int) -> tuple[Event, ...]:
        """Return a step's events, without snapshots: for callers that observe otherwise."""
        if self._is_followed:
            return self._advance_closely(controls, ticks)
        self._chassis.lose_boxes()
        return self._advance(controls, ticks)

    def follow_closely(self) -> None:
        """Advance tick by tick from now on, more slowly, so that `can_be_saved` is true at times.

        Several cars have to be followed from their start.
        """
        self._is_followed = True
        if len(self.starts) > 1:
            self.space_log = self._chassis.space_log()

    def _advance_closely(self, controls: Sequence[Controls], ticks: int) -> tuple[Event, ...]:
        chassis, log = self._chassis, self.space_log
        events: tuple[Event, ...] = ()
        for _ in range(ticks):
            before_mps = chassis.velocities()
            events += self._advance(controls, 1)
            if log is None:
                chassis.follow_box(0, before_mps[0])
            else:
                chassis.follow_space(log, self.tick, before_mps)
        return events

    def _advance(self, controls: Sequence[Controls], ticks: int) -> tuple[Event, ...]:
        tick = self._backend
        held = tick.converted(controls)
        end = self.tick + ticks
        events: tuple[Event, ...] = ()
        while True:  # once, unless a contact begins or a car comes to another tier
            self.tick = tick.advance(
                tick.circuit, tick.cars, held, tick.log, self.tick, end - self.tick, self.step_s
            )
            if tick.log.used[0]:  # mostly nothing has happened
                events += read_out(tick.log, self._chassis.hit_on)
            self._separate_levels()
            if self.tick == end:
                return events

    def bind_observer(self, function: Callable[..., T], *arguments: Any) -> Callable[[], T]:
        """Return a tick function bound to this world's cars, to be called as often as one likes.

        It is given the cars' runtimes and bodies, as the tick is, and then `arguments`; it runs
        compiled if the tick does.
        """
        return self._backend.observer(function, *arguments)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return the cars as they are now."""
        snapshot, tick = self._backend.snapshot, self.tick
        if len(self.starts) == 1:  # as mostly; a generator takes as long as a third of a tick
            return (snapshot(0, tick),)
        return tuple(snapshot(index, tick) for index in range(len(self.starts)))

    def place(self, index: int, pose: Pose, s_m: float, speed_mps: float = 0.0) -> None:
        """Put a car somewhere else, at rest or rolling; its battery and its clock go on."""
        self._chassis.place(index, pose, speed_mps)
        if self.space_log is not None:
            self._chassis.follow_place(self.space_log, self.tick, index)
        cars = self._backend.cars
        self._backend.place_rolling(
            cars.parameters, cars.runtimes, index, speed_mps, sample_near(self._tables, s_m)
        )
        self._locate(index)

    def restart(self, start: Start) -> None:
        """Let a lone car begin anew, to the bit as in a fresh world, without building one.

        The car is the same with the same setup; only where and how fast it enters is new. Raises
        ValueError in a world of several cars: their contacts could be solved in another order.
        """
        self._need_lone_car("does not restart")
        self.starts = (start,)
        self.tick = 0
        cells = untouched_cells(self._wet_road)
        self._backend.reset(self._cars, [new_runtime(start, self._tables)], cells)
        self._chassis.restart(0, start.pose, start.speed_mps)
        self._locate(0)

    @property
    def can_be_saved(self) -> bool:
        """Return whether going on from the saved state would repeat every bit, come what may.

        It is so at some ticks of a lone car that is followed closely from its start or from a state
        saved at such a tick: some ten times a second on the move, never while it stands or touches.
        Several cars can be saved while none of them touches anything; whether that was exact is
        known later, from `space_log`.
        """
        if self.space_log is not None:
            return not self.space_log.touches
        return self._is_followed and self._chassis.can_be_saved(0)

    def saved(self) -> SavedWorld:
        """Return the state of a lone car, without most of what the physics engine remembers.

        Raises ValueError in a world of several cars.
        """
        self._need_lone_car("is not saved")
        share, row = self._backend.parameters(0, "front_torque_share", "torque_share_row")
        cells = packed_cells(self._backend.cars.cells)
        return SavedWorld(
            self.tick, self.runtime(0), share, int(row), self._chassis.saved(0), cells
        )

    def restore(self, saved: SavedWorld) -> None:
        """Continue from a saved state of this world, or of one with an equal car on an equal track.

        Saved while `can_be_saved`, the car goes on to the same bits; saved at another tick, too, as
        long as it touches nothing. Raises ValueError in a world of several cars.
        """
        self._need_lone_car("is not restored")
        self.tick = saved.tick
        self._backend.reset(self._cars, [copy.deepcopy(saved.runtime)], unpacked_cells(saved.cells))
        self._backend.set_parameters(
            0,
            front_torque_share=saved.front_torque_share,
            torque_share_row=saved.torque_share_row,
        )
        self._chassis.restore(0, saved.body)
        self._separate_levels()

    def saved_race(self) -> SavedRace:
        """Return the state of several cars that are followed closely.

        Raises ValueError where they are not.
        """
        if self.space_log is None:
            raise ValueError("the cars are not followed closely")
        names = ("front_torque_share", "torque_share_row")
        cars = []
        for index in range(len(self.starts)):
            share, row = self._backend.parameters(index, *names)
            cars.append(CarSave(self.runtime(index), share, int(row)))
        space, cells = self._chassis.saved_space(self.space_log), self._backend.cars.cells
        return SavedRace(self.tick, tuple(cars), space, packed_cells(cells))

    def restore_race(self, saved: SavedRace, made: Sequence[BoxesMade]) -> None:
        """Continue from a saved state of several cars in an equal world, in which this one is new.

        made: the log of boxes of the drive that was saved, as far as it went or farther.
        """
        self.tick = saved.tick
        runtimes = [copy.deepcopy(car.runtime) for car in saved.cars]
        self._backend.reset(self._cars, runtimes, unpacked_cells(saved.cells))
        for index, car in enumerate(saved.cars):
            self._backend.set_parameters(
                index,
                front_torque_share=car.front_torque_share,
                torque_share_row=car.torque_share_row,
            )
        self.space_log = self._chassis.restore_space(saved.space, made)
        self._is_followed = True
        self._separate_levels()

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or pickled: a copy would move the original's car."""
        raise TypeError(
            "a World cannot be copied or pickled, because its cars are in the physics engine's "
            "memory: use saved(), and restore() in a World of the same track and start"
        )

    def set_front_torque_share(self, index: int, share: float) -> None:
        """Drive a car with this share of the front axle, 0..1, until this is called again.

        It takes the place of the setup's share and of its map. Raises ValueError for other numbers.
        """
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"the front axle's share is {share}, expected 0..1")
        self._backend.set_parameters(index, front_torque_share=share, torque_share_row=-1)

    def runtime(self, index: int) -> CarRuntime:
        """Return a copy of everything about a car that changes: more than a snapshot shows."""
        return self._backend.runtime(index)

    def water(self) -> WaterNow:
        """Return the water on the road as it is now, for whoever shows it or lets it be heard."""
        return WaterNow(self._wet_road, self.weather, self.time_s, self._backend.cars.cells)

    def state_bits(self) -> bytes:
        """Return every changing number, exactly: equal bytes are equal worlds.

        They are those of every car, and of what they have swept off the road and laid on it.
        """
        cars = b"".join(
            changing_bits(
                self._cars[index],
                self._backend.cars.runtimes[index],
                hilly=self._tables.hilly > 0,
            )
            + struct.pack("6d", *body_motion(self._chassis.body_numbers, index))
            for index in range(len(self.starts))
        )
        cells = self._backend.cars.cells
        return cars + struct.pack(f"{len(cells)}d", *cells)

    def _need_lone_car(self, refusal: str) -> None:
        if len(self.starts) != 1:
            raise ValueError(f"a world of {len(self.starts)} cars {refusal}")

    def _locate(self, index: int) -> None:
        cars = self._backend.cars
        motion = body_motion(self._chassis.body_numbers, index)
        self._backend.locate(
            self._backend.circuit.track, cars.parameters[index], cars.runtimes[index], motion
        )
        self._separate_levels()

    def _separate_levels(self) -> None:
        """Let every car touch what is on its tier of the road, and nothing above or below it."""
        if self._tables.bridged:
            for index in range(len(self.starts)):
                tier = tier_at(self._tables, self._backend.sample_index(index))
                self._chassis.set_tier(index, tier)


def weather_of(starts: Sequence[Start]) -> Weather:
    """Return the weather that all cars of a world stand in.

    Raises ValueError if they do not stand in the same.
    """
    weather, *others = (start.spec.weather for start in starts)
    if any(other != weather for other in others):
        raise ValueError("the cars of a world stand in different weather")
    return weather


def new_runtime(start: Start, tables: TrackTables) -> CarRuntime:
    """Return everything about a car that changes, except its body, as it enters the world."""
    return CarRuntime(
        state=initial_state(start.spec, start.setup, start.speed_mps, start.warm_tyres),
        clock=clock_from_standstill() if start.timed_from_standstill else clock_before_the_line(),
        position=TrackPosition(sample_index=sample_near(tables, start.s_m)),
    )
