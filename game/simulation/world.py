"""The world: it owns all that changes in a drive and moves it by one fixed tick.

The same controls from the same start give the same bits, plainly and compiled, at any frame rate.
"""

from __future__ import annotations

import copy
import dataclasses
import struct
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from game.compiled import (
    arrays,
    bits,
    compiled,
    compiled_for,
    from_record,
    numba_is_installed,
    records,
    rows,
)
from game.simulation.chassis import Chassis, body_motion
from game.simulation.events import Event, EventLog, empty_log, read_out
from game.simulation.lap_timer import (
    GateLine,
    clock_before_the_line,
    clock_from_standstill,
    gate_lines,
)
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import SplitMaps
from game.simulation.tick import Entry, Standing, advance, locate, put_down, snapshot_numbers
from game.track.elements import Pose
from game.track.tables import TrackTables, flat_tables
from game.track.track import Track
from game.vehicle.parts import Car, initial_state
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls

TICK_HZ: Final = 240
TICK_S: Final = 1.0 / TICK_HZ


class Start(NamedTuple):
    """A car and how it enters the world."""

    spec: CarSpec
    setup: Setup
    pose: Pose
    s_m: float = 0.0  # where on the lap the pose is, to find it on the track
    speed_mps: float = 0.0
    timed_from_standstill: bool = False


class Step(NamedTuple):
    """What a step gives back."""

    snapshots: tuple[Snapshot, ...]  # one a car
    events: tuple[Event, ...]


class World:
    """Cars on a track, or on endless tarmac when there is none.

    `machine_code` runs the tick compiled, with the same bits; where numba is missing, or pymunk is
    laid out in an unknown way, the tick runs plainly all the same. `step_s` is the tick, to be
    changed only to study the numerics.
    """

    def __init__(
        self,
        track: Track | None,
        starts: Sequence[Start],
        machine_code: bool = False,
        step_s: float = TICK_S,
    ) -> None:
        self.track = track
        self.starts = tuple(starts)
        self.step_s = step_s
        self.tick = 0
        maps = SplitMaps(track)
        self._cars = [maps.car(start.spec, start.setup) for start in starts]
        self._chassis = Chassis(track.walls if track else ())
        for start, car in zip(starts, self._cars, strict=True):
            self._chassis.add_car(start.spec.chassis, car.mass_kg, start.pose, start.speed_mps)
        self._tables = track.tables if track else flat_tables()
        self._form = _make_form(
            self._chassis,
            self._tables,
            gate_lines(track),
            maps.rows,
            self._cars.copy(),
            [make_entry(start, self._tables) for start in starts],
            machine_code,
        )
        for index in range(len(starts)):
            self._locate(index)

    @property
    def compiled(self) -> bool:
        """Whether the tick runs as machine code."""
        return self._form.compiled

    @property
    def time_s(self) -> float:
        """Simulated time since the start."""
        return self.tick * self.step_s

    def step(self, controls: Sequence[Controls], ticks: int = 1) -> Step:
        """Hold these controls, one a car, for so many ticks."""
        events = self.advance(controls, ticks)
        return Step(self.snapshots(), events)

    def advance(self, controls: Sequence[Controls], ticks: int) -> tuple[Event, ...]:
        """As `step`, for who looks at the cars in another way than by snapshots."""
        form = self._form
        held = _handed_over(form, controls)
        end = self.tick + ticks
        events: tuple[Event, ...] = ()
        while True:
            self.tick = form.advance(
                form.tables,
                form.gates,
                form.splits,
                form.cars,
                form.entries,
                held,
                form.bodies,
                form.space,
                form.log,
                self.tick,
                end - self.tick,
                self.step_s,
            )
            events += read_out(form.log, self._chassis.contact_partner)
            if self.tick >= end:
                return events

    def looking_with(self, function: Callable[..., None], *arguments: Any) -> Callable[[], None]:
        """A tick function made ready to look at this world's cars as often as it is called.

        It is given the cars' entries and bodies, as the tick is, and then `arguments`; it runs
        compiled if the tick does.
        """
        form = self._form
        given = (form.entries, form.bodies, *arguments)
        look = compiled_for(function, *given) if form.compiled else function
        return lambda: look(*given)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """The cars as they are."""
        form = self._form
        return tuple(
            Snapshot._make(form.snapshot_numbers(form.entries, form.bodies, index, self.tick))
            for index in range(len(self.starts))
        )

    def place(self, index: int, pose: Pose, s_m: float, speed_mps: float = 0.0) -> None:
        """Put a car somewhere else, at rest or rolling; its battery and its clock go on."""
        self._chassis.place(index, pose, speed_mps)
        form = self._form
        form.put_down(form.cars, form.entries, index, speed_mps, _sample(self._tables, s_m))
        self._locate(index)

    def restart(self, start: Start) -> None:
        """Let a lone car begin anew, to the bit as in a fresh world, without building one.

        The car is the same with the same setup; only where and how fast it enters is new. Raises
        ValueError in a world of several cars: their contacts could be solved in another order.
        """
        if len(self.starts) != 1:
            raise ValueError(f"a world of {len(self.starts)} cars does not restart")
        self.starts = (start,)
        self.tick = 0
        form = self._form
        entry = make_entry(start, self._tables)
        form.cars[:] = records(self._cars) if form.compiled else self._cars
        form.entries[:] = records([entry]) if form.compiled else [entry]
        self._chassis.restart(0, start.pose, start.speed_mps)
        self._locate(0)

    def set_front_torque_share(self, index: int, share: float) -> None:
        """Drive a car with this share of the front axle, 0..1, until told otherwise.

        It takes the place of the setup's share and of its map.
        """
        cars = self._form.cars
        if self.compiled:
            cars[index]["front_torque_share"] = share
            cars[index]["torque_share_row"] = -1
        else:
            cars[index] = dataclasses.replace(
                cars[index], front_torque_share=share, torque_share_row=-1
            )

    def entry(self, index: int) -> Entry:
        """A copy of all that changes in a car, for a closer look than the snapshot's."""
        entry = self._form.entries[index]
        held: Entry = from_record(Entry, entry) if self.compiled else copy.deepcopy(entry)
        return held

    def state_bits(self) -> bytes:
        """Every changing number of every car, exactly: equal bytes are equal worlds."""
        return b"".join(
            bits(self._form.entries[index])
            + struct.pack("6d", *body_motion(self._chassis.bodies, index))
            for index in range(len(self.starts))
        )

    def _locate(self, index: int) -> None:
        form = self._form
        motion = body_motion(self._chassis.bodies, index)
        form.locate(form.tables, form.cars[index], form.entries[index], motion)


class _Form(NamedTuple):
    """The tick in one of its two forms, with all that it works on in that form."""

    compiled: bool
    advance: Callable[..., int]
    snapshot_numbers: Callable[..., tuple[float, ...]]
    locate: Callable[..., None]
    put_down: Callable[..., None]
    tables: TrackTables
    gates: Any
    splits: Any
    cars: Any
    entries: Any
    controls: Any  # where the compiled tick reads them from
    bodies: Any
    space: Any
    log: EventLog


def _make_form(
    chassis: Chassis,
    tables: TrackTables,
    gates: list[GateLine],
    splits: list[float],
    cars: list[Car],
    entries: list[Entry],
    machine_code: bool,
) -> _Form:
    log = empty_log()
    bodies = chassis.machine_bodies() if machine_code and numba_is_installed() else None
    if bodies is None:
        return _Form(
            False,
            advance,
            snapshot_numbers,
            locate,
            put_down,
            tables,
            gates,
            splits,
            cars,
            entries,
            None,
            chassis.bodies,
            chassis.space,
            log,
        )
    machine_tables, lines, machine_cars = arrays(tables), rows(GateLine, gates), records(cars)
    machine_splits = rows(float, splits)
    records_of_entries, pedals = records(entries), records([Controls()] * len(cars))
    space, machine_log = chassis.machine_space(), arrays(log)
    return _Form(
        True,
        compiled_for(
            advance,
            machine_tables,
            lines,
            machine_splits,
            machine_cars,
            records_of_entries,
            pedals,
            bodies,
            space,
            machine_log,
            0,
            1,
            TICK_S,
        ),
        compiled_for(snapshot_numbers, records_of_entries, bodies, 0, 0),
        compiled(locate),
        compiled(put_down),
        machine_tables,
        lines,
        machine_splits,
        machine_cars,
        records_of_entries,
        pedals,
        bodies,
        space,
        machine_log,
    )


def _handed_over(form: _Form, controls: Sequence[Controls]) -> Any:
    if not form.compiled:
        return controls
    for index, held in enumerate(controls):
        form.controls[index] = held
    return form.controls


def make_entry(start: Start, tables: TrackTables) -> Entry:
    """All that changes of a car but its body, as it enters the world."""
    return Entry(
        state=initial_state(start.spec, start.setup, start.speed_mps),
        clock=clock_from_standstill() if start.timed_from_standstill else clock_before_the_line(),
        standing=Standing(index=_sample(tables, start.s_m)),
    )


def _sample(tables: TrackTables, s_m: float) -> int:
    """The sample of the centre line nearest to a distance along the lap."""
    if tables.endless:
        return 0
    return round(s_m / tables.step_m) % tables.sample_count
