"""Lap telemetry notes what a lap is judged by: motion, tyres and energy, by one compiled look."""

from __future__ import annotations

from typing import Any, Final, Generic, NamedTuple, TypeVar

import numpy as np

from game.arrays import Array
from game.compiled import tick_function
from game.simulation.channels import write_numbers
from game.simulation.chassis import body_motion
from game.simulation.tick import snapshot_of
from game.simulation.world import World

T = TypeVar("T")


class LapChannels(NamedTuple, Generic[T]):
    """Holds the channels of a lap: a number each for one look, or a column each, (looks,)."""

    lap: T  # its number; 0 before the first crossing of the line
    lap_start_s: T
    s_m: T
    forward_mps: T
    forward_mps2: T
    lateral_mps2: T  # as the springs feel it, positive to the left
    front_slip_tangent: T  # mean of the axle's two tyres; positive pushes left
    rear_slip_tangent: T
    front_normalised_slip: T  # mean of the axle's two tyres
    rear_normalised_slip: T
    drawn_j: T  # this and all that follow count from the start
    regained_j: T
    battery_heat_j: T
    motor_heat_j: T
    gear_heat_j: T
    brake_heat_j: T
    tyre_heat_j: T
    rolling_j: T
    drag_j: T


ENERGY_CHANNELS: Final = LapChannels._fields[LapChannels._fields.index("drawn_j") :]


class LapTelemetry:
    """Notes the channels of one car whenever `look` is called, up to `rows` times."""

    def __init__(self, world: World, max_looks: int, car: int = 0) -> None:
        self._rows = np.zeros((max_looks, len(LapChannels._fields)))
        self._used = np.zeros(1, np.int64)
        self.look = world.bind_observer(note_car, car, self._rows, self._used)

    def columns(self) -> LapChannels[Array]:
        """Return all that was noted so far."""
        return LapChannels(*self._rows[: self._used[0]].T)


@tick_function
def note_car(runtimes: Any, bodies: Any, car: int, rows: Any, used: Any) -> None:
    """Fill the next row, if there is one left."""
    if used[0] >= len(rows):
        return
    row = rows[used[0]]
    used[0] += 1
    now = snapshot_of(runtimes[car], body_motion(bodies, car), 0)
    ledger = runtimes[car].state.ledger
    look = LapChannels(
        lap=float(now.lap),
        lap_start_s=now.lap_start_s,
        s_m=now.s_m,
        forward_mps=now.velocity_forward_mps,
        forward_mps2=now.accel_forward_mps2,
        lateral_mps2=now.accel_left_mps2,
        front_slip_tangent=0.5 * (now.front_left_slip_tangent + now.front_right_slip_tangent),
        rear_slip_tangent=0.5 * (now.rear_left_slip_tangent + now.rear_right_slip_tangent),
        front_normalised_slip=0.5
        * (now.front_left_normalised_slip + now.front_right_normalised_slip),
        rear_normalised_slip=0.5 * (now.rear_left_normalised_slip + now.rear_right_normalised_slip),
        drawn_j=now.battery_drawn_j,
        regained_j=now.battery_regained_j,
        battery_heat_j=ledger.battery_heat_j,
        motor_heat_j=ledger.motor_heat_j,
        gear_heat_j=ledger.gear_heat_j,
        brake_heat_j=ledger.brake_heat_j,
        tyre_heat_j=ledger.tyre_heat_j,
        rolling_j=ledger.rolling_j,
        drag_j=ledger.drag_j,
    )
    write_numbers(row, look)
