"""What a lap is judged by, noted along the way: motion, tyres and energy, by one compiled look."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import tick_function
from game.simulation.chassis import body_motion
from game.simulation.world import World
from game.trig import direction


class LogColumns(NamedTuple):
    """The columns of a log, each of shape (looks,)."""

    lap: Array  # its number; 0 before the first crossing of the line
    lap_start_s: Array
    s_m: Array
    forward_mps: Array
    forward_mps2: Array
    lateral_mps2: Array  # as the springs feel it, positive to the left
    front_slip_tangent: Array  # mean of the axle's two tyres; positive pushes left
    rear_slip_tangent: Array
    front_normalised_slip: Array  # mean of the axle's two tyres
    rear_normalised_slip: Array
    drawn_j: Array  # this and all that follow count from the start
    regained_j: Array
    battery_heat_j: Array
    motor_heat_j: Array
    gear_heat_j: Array
    brake_heat_j: Array
    tyre_heat_j: Array
    rolling_j: Array
    drag_j: Array


ENERGY_COLUMNS: Final = LogColumns._fields[LogColumns._fields.index("drawn_j") :]


class LapTelemetry:
    """Notes one car's state each time it is asked to; room for so many looks."""

    def __init__(self, world: World, most_looks: int, car: int = 0) -> None:
        self._rows = np.zeros((most_looks, len(LogColumns._fields)))
        self._used = np.zeros(1, np.int64)
        self.look = world.bind_observer(note_car, car, self._rows, self._used)

    def columns(self) -> LogColumns:
        """All that was noted so far."""
        return LogColumns(*self._rows[: self._used[0]].T)


@tick_function
def note_car(runtimes: Any, bodies: Any, car: int, rows: Any, used: Any) -> None:
    """Fill the next row, if there is room for one."""
    if used[0] >= len(rows):
        return
    row = rows[used[0]]
    used[0] += 1
    runtime = runtimes[car]
    state = runtime.state
    motion = body_motion(bodies, car)
    way = direction(motion.heading_rad)
    forward_mps = motion.velocity_x_mps * way.cos + motion.velocity_y_mps * way.sin
    row[0] = runtime.clock.lap
    row[1] = runtime.clock.lap_start_s
    row[2] = runtime.position.s_m
    row[3] = forward_mps
    row[4] = state.accel_forward_mps2
    row[5] = state.accel_left_mps2
    row[6] = 0.5 * (state.front_left.slip_tangent + state.front_right.slip_tangent)
    row[7] = 0.5 * (state.rear_left.slip_tangent + state.rear_right.slip_tangent)
    row[8] = 0.5 * (state.front_left.normalised_slip + state.front_right.normalised_slip)
    row[9] = 0.5 * (state.rear_left.normalised_slip + state.rear_right.normalised_slip)
    row[10] = state.battery.drawn_j
    row[11] = state.battery.regained_j
    ledger = state.ledger
    row[12] = ledger.battery_heat_j
    row[13] = ledger.motor_heat_j
    row[14] = ledger.gear_heat_j
    row[15] = ledger.brake_heat_j
    row[16] = ledger.tyre_heat_j
    row[17] = ledger.rolling_j
    row[18] = ledger.drag_j
