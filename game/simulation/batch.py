"""Step many cars without contact together by vector instructions, for learners and optimisers.

The world's tick functions move a block of cars at once, and between them the bodies move as pymunk
moves a body that touches nothing: away from walls a car has the same bits as in a `World`. A batch
owns the state of its cars as a world does.

Contacts are not computed. A car drives through walls and other cars as if they were not there, on
grass beyond the outermost band; `beyond_limit_m` tells how far off the track its nearest wheel is,
and the caller decides when that ends a run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from game.compiled import numba_is_installed, tick_function
from game.errors import InputError
from game.lanes.blocks import in_lanes
from game.lanes.reader import serial
from game.lanes.vectors import LANES
from game.records import record_type, rows
from game.simulation.chassis import WorldMotion
from game.simulation.events import (
    CarTick,
    Event,
    EventLog,
    empty_machine_log,
    read_out,
    write_row,
)
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import SplitMaps, is_mapped, own_shares, shares_at
from game.simulation.swept_road import cell_count, take_from_cell
from game.simulation.tick import (
    CarRuntime,
    CircuitTables,
    Push,
    advance_car,
    locate,
    snapshot_of,
    sweep_water,
    update_position,
    update_water,
    update_weather,
)
from game.simulation.tick_backend import compiled_circuit
from game.simulation.world import TICK_S, Start, new_runtime, weather_of
from game.track.tables import TrackTables, flat_tables
from game.track.track import Track
from game.vehicle.parts import Car
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_EVENTS_PER_CAR: Final = 16  # for which a step has room
_MIN_CONTROLS: Final = (-1.0, 0.0, 0.0, 0.0)  # in the order of `Controls`
_CONTROL_STEPS: Final = (STEERING_STEPS, PEDAL_STEPS, PEDAL_STEPS, 1)

serial(write_row)
serial(take_from_cell)


@dataclass(slots=True)
class FreeBody:
    """Describes a rigid body that nothing touches, in the world's axes."""

    x_m: float
    y_m: float
    heading_rad: float
    velocity_x_mps: float
    velocity_y_mps: float
    yaw_rate_radps: float


@dataclass(slots=True)
class Lane:
    """Holds all numbers of one car of a batch."""

    tick: int  # since its start
    car: Car
    runtime: CarRuntime
    controls: Controls
    body: FreeBody


@tick_function
def run_free(
    lane: Lane,
    index: int,
    circuit: CircuitTables,
    cells: Any,
    log: EventLog,
    ticks: int,
    step_s: float,
) -> None:
    """Run a car for `ticks` ticks with the same controls; cells: those of one car's road
    after those of another.
    """
    car = lane.car
    runtime = lane.runtime
    first_cell = index * cell_count(circuit.wet_road)
    for _ in range(ticks):
        shares = own_shares(car)
        if is_mapped(car):
            shares = shares_at(circuit.track, circuit.splits, car, runtime.position.s_m)
        if circuit.weather.moves != 0:
            update_weather(circuit.weather, runtime, lane.body.heading_rad, lane.tick * step_s)
        if circuit.wet_road.varies != 0:
            motion = _motion(lane.body)
            time_s = lane.tick * step_s
            update_water(circuit.wet_road, cells, first_cell, car, runtime, motion, time_s)
            runtime.state.weather.next_tick = lane.tick + 1
        push = advance_car(
            circuit.track, shares, car, runtime, lane.controls, _motion(lane.body), step_s
        )
        _move(lane.body, car, push, step_s)
        now = CarTick(index, lane.tick, step_s)
        from_m = runtime.position.s_m
        motion = _motion(lane.body)
        update_position(circuit.track, circuit.gates, car, runtime, motion, log, now)
        if circuit.wet_road.lined != 0:
            sweep_water(circuit.wet_road, cells, first_cell, car, runtime, motion, from_m)
        lane.tick += 1


@tick_function
def enter(lane: Lane, _index: int, tables: TrackTables) -> None:
    """Find a car that was put somewhere on the track."""
    locate(tables, lane.car, lane.runtime, _motion(lane.body))


@tick_function
def snapshot_of_lane(lane: Lane, _index: int) -> Snapshot:
    """Return a car's snapshot."""
    return snapshot_of(lane.runtime, _motion(lane.body), lane.tick)


@tick_function
def _motion(body: FreeBody) -> WorldMotion:
    return WorldMotion(
        body.x_m,
        body.y_m,
        body.heading_rad,
        body.velocity_x_mps,
        body.velocity_y_mps,
        body.yaw_rate_radps,
    )


@tick_function
def _move(body: FreeBody, car: Car, push: Push, step_s: float) -> None:
    """Move a body as pymunk's step does: its place by its motion, then its motion by the push."""
    body.x_m += body.velocity_x_mps * step_s
    body.y_m += body.velocity_y_mps * step_s
    body.heading_rad += body.yaw_rate_radps * step_s
    body.velocity_x_mps += push.x_n * (1.0 / car.mass_kg) * step_s
    body.velocity_y_mps += push.y_n * (1.0 / car.mass_kg) * step_s
    body.yaw_rate_radps += push.yaw_nm * (1.0 / car.yaw_inertia_kgm2) * step_s


class Batch:
    """Drives n cars on a track, or on endless tarmac, each as if it were alone.

    Raises InputError without the extra `fast`. The first batch ever takes some seconds to compile.
    A car's `tick` and times count from its own start. Its numbers are read by the names of
    `Snapshot`, all cars at once, with `column`. To look further with compiled code, write a tick
    function that loops over such columns and call its `compiled` twin.
    """

    def __init__(self, track: Track | None, starts: Sequence[Start]) -> None:
        if not numba_is_installed():
            raise InputError("the batch needs the extra 'fast': pip install 'leaf-rc[fast]'")
        import numpy as np

        self.track = track
        self.size = len(starts)
        self._plain_tables = track.tables if track else flat_tables()
        self._circuit = compiled_circuit(track, [], weather_of(starts))
        self._maps = SplitMaps(track)
        self._log = empty_machine_log(_EVENTS_PER_CAR * self.size)
        self._nothing = np.empty((0, 0, LANES))
        self._run = in_lanes(run_free, Lane)
        self._enter = in_lanes(enter, Lane)
        self._see = in_lanes(snapshot_of_lane, Lane)
        self._fresh = self.prepared(starts)
        self._fields = self._fresh.shape[1]
        self._blocks = _blocks_of(self._fresh)
        self._cells = np.zeros((len(self._blocks) * LANES, cell_count(self._circuit.wet_road)))
        self._numbers = np.empty((len(self._blocks), len(Snapshot._fields), LANES))
        self._seen = False
        self._share = _column("car", "front_torque_share")
        self._share_row = _column("car", "torque_share_row")
        first = _column("controls")
        self._pedals = slice(first, first + len(Controls._fields))
        self._min = np.array(_MIN_CONTROLS)[:, None]
        self._steps = np.array(_CONTROL_STEPS, float)[:, None]
        self._controls = np.zeros((len(Controls._fields), len(self._blocks) * LANES))
        self._controls[2, self.size :] = 1.0  # what only fills the last block stands braked

    def step(
        self,
        steering: npt.ArrayLike,
        throttle: npt.ArrayLike,
        brake: npt.ArrayLike,
        reverse: npt.ArrayLike = 0,
        ticks: int = 1,
    ) -> tuple[Event, ...]:
        """Hold these controls for so many ticks; gives what happened, car by car.

        steering: -1..1, left positive; pedals: 0..1; reverse: 0 or 1; each of shape (n,) or one
        number for all. They are clipped and rounded as `controls` does it. Raises ValueError for
        what is not a number.
        """
        self._set_controls(steering, throttle, brake, reverse)
        self._run(
            self._blocks,
            self._nothing,
            (self._circuit, self._cells.reshape(-1), self._log, ticks, TICK_S),
        )
        self._seen = False
        return self._events()

    def column(self, name: str) -> Floats:
        """Return a number of every car by its name in `Snapshot`, shape (n,), a copy."""
        if not self._seen:
            self._see(self._blocks, self._numbers, ())
            self._seen = True
        column = self._numbers[:, Snapshot._fields.index(name)]
        return column.reshape(-1)[: self.size].copy()

    def prepared(self, starts: Sequence[Start]) -> Floats:
        """Return starts made ready for `restart`, a row each; made once, used often."""
        lanes = rows(Lane, [self._fresh_lane(start) for start in starts])
        self._circuit = self._circuit._replace(splits=rows(float, self._maps.rows))
        blocks = _blocks_of(lanes.view("f8").reshape(len(starts), -1))
        self._enter(blocks, self._nothing, (self._circuit.track,))
        return _rows_of(blocks)[: len(starts)]

    def saved(self, cars: npt.ArrayLike) -> Floats:
        """Return the present state of cars, (k, fields), to `restart` any car from it later.

        The water that each has swept off its road and the rubber that it laid are a part of it.
        """
        import numpy as np

        cars = np.asarray(cars)
        return np.hstack([self._blocks[cars // LANES, :, cars % LANES], self._cells[cars]])

    def restart(self, cars: npt.ArrayLike, prepared: Floats | None = None) -> None:
        """Put cars back to their starts, or to prepared ones, shape (len(cars), fields)."""
        import numpy as np

        cars = np.asarray(cars)
        fresh = self._fresh[cars] if prepared is None else prepared
        state, cells = np.hsplit(fresh, [self._fields])
        self._blocks[cars // LANES, :, cars % LANES] = state
        self._cells[cars] = cells if cells.size else 0.0  # nobody has driven on a start's road
        self._seen = False

    def set_front_torque_share(self, shares: npt.ArrayLike) -> None:
        """Drive each car with this share of the front axle, 0..1, until this is called again.

        It takes the place of the setup's share and of its map. Raises ValueError for other numbers.
        """
        import numpy as np

        given = np.asarray(shares, float)
        if not ((given >= 0.0) & (given <= 1.0)).all():
            raise ValueError("a front axle's share is outside 0..1 or not a number")
        held = np.zeros(len(self._blocks) * LANES)
        held[: self.size] = given
        self._blocks[:, self._share] = held.reshape(-1, LANES)
        self._blocks.view(np.int64)[:, self._share_row] = -1

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or pickled: machine code is bound to this batch's memory."""
        raise TypeError(
            "a Batch cannot be copied or pickled: use saved(), and restart() in a Batch of the "
            "same track"
        )

    def _fresh_lane(self, start: Start) -> Lane:
        pose = start.pose
        return Lane(
            tick=0,
            car=self._maps.car(start.spec, start.setup, start.damage),
            runtime=new_runtime(start, self._plain_tables),
            controls=Controls(),
            body=FreeBody(
                pose.x_m,
                pose.y_m,
                pose.heading_rad,
                start.speed_mps * math.cos(pose.heading_rad),
                start.speed_mps * math.sin(pose.heading_rad),
                0.0,
            ),
        )

    def _events(self) -> tuple[Event, ...]:
        events = read_out(self._log)
        return tuple(sorted((event for event in events if event.car < self.size), key=_car_of))

    def _set_controls(self, *controls: npt.ArrayLike) -> None:
        import numpy as np

        held = self._controls
        for row, values in zip(held, controls, strict=True):
            row[: self.size] = values
        if np.isnan(held).any():
            raise ValueError("a control is not a number")
        np.clip(held, self._min, 1.0, out=held)
        held *= self._steps
        np.rint(held, out=held)
        self._blocks.view(np.int64)[:, self._pedals] = held.reshape(len(held), -1, LANES).transpose(
            1, 0, 2
        )


def _blocks_of(lanes: Floats) -> Floats:
    """Return lanes, (n, fields), as blocks, (b, fields, LANES), of which the last one fills up."""
    import numpy as np

    count = -(-len(lanes) // LANES)
    full = lanes[np.minimum(np.arange(count * LANES), len(lanes) - 1)]
    return np.ascontiguousarray(full.reshape(count, LANES, -1).transpose(0, 2, 1))


def _rows_of(blocks: Floats) -> Floats:
    return blocks.transpose(0, 2, 1).reshape(len(blocks) * LANES, -1)


def _column(*path: str) -> int:
    """Return the place at which a field of a lane begins, counted in fields."""
    kind, place = record_type(Lane), 0
    for name in path:
        kind, offset = kind.fields[name][:2]
        place += offset // 8
    return place


def _car_of(event: Event) -> int:
    return event.car
