"""Time laps: gates crossed in order, each crossing interpolated within the tick."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.simulation.events import (
    LAP_DONE,
    LAP_STARTED,
    LAP_VOID,
    SECTOR_DONE,
    CarTick,
    EventLog,
    report,
)
from game.track.levels import BRIDGE, GROUND
from game.track.tables import sample_near, tier_at
from game.track.track import Track

_APART: Final = BRIDGE - GROUND  # tiers, between what cannot meet


class GateLine(NamedTuple):
    """Describes a line across the track."""

    x_m: float
    y_m: float
    cos: float  # of the driving direction
    sin: float
    half_width_m: float
    sector: int  # number of the sector that ends here, or 0
    tier: int  # of the road


class Move(NamedTuple):
    """Holds a car's move in a tick, from its place before to its place after."""

    x_m: float
    y_m: float
    to_x_m: float
    to_y_m: float
    tier: int  # of the road beside which it ends


@dataclass(slots=True)
class LapClock:
    """Times the laps of one car. The lap number is 0 until the clock first runs."""

    lap: int = 0
    next_gate: int = 0
    from_standstill: int = 0  # 1: the line just ahead of the grid does not restart the clock
    valid: int = 1
    lap_start_s: float = 0.0  # simulated time
    sector_start_s: float = 0.0


def gate_lines(track: Track | None) -> list[GateLine]:
    """Return the gates of a track in lap order, the start line first; none on endless tarmac.

    A track numbers sectors from 0 where they begin, the stopwatch from 1 where they end; the last
    one ends at the start line.
    """
    if track is None:
        return []
    last = max(gate.sector for gate in track.gates) + 1
    return [
        GateLine(
            gate.x_m,
            gate.y_m,
            math.cos(gate.heading_rad),
            math.sin(gate.heading_rad),
            gate.half_width_m,
            gate.sector if index else last,
            tier_at(track.tables, sample_near(track.tables, gate.s_m)),
        )
        for index, gate in enumerate(track.gates)
    ]


def clock_before_the_line() -> LapClock:
    """Return a clock that starts when the car first crosses the line."""
    return LapClock()


def clock_from_standstill() -> LapClock:
    """Return a clock that runs from the first tick, for a car on the grid just behind the line."""
    return LapClock(lap=1, next_gate=1, from_standstill=1)


@tick_function
def crossing(gate: GateLine, move: Move) -> float:
    """Return the share of a move (0..1) at which a gate is crossed as driven, or -1.

    A gate of a road that runs above or below is not crossed.
    """
    before_m = (move.x_m - gate.x_m) * gate.cos + (move.y_m - gate.y_m) * gate.sin
    if before_m >= 0.0:
        return -1.0
    after_m = (move.to_x_m - gate.x_m) * gate.cos + (move.to_y_m - gate.y_m) * gate.sin
    if after_m < 0.0:
        return -1.0
    share = before_m / (before_m - after_m)
    beside_m = (move.y_m + share * (move.to_y_m - move.y_m) - gate.y_m) * gate.cos - (
        move.x_m + share * (move.to_x_m - move.x_m) - gate.x_m
    ) * gate.sin
    if beside_m > gate.half_width_m or beside_m < -gate.half_width_m:
        return -1.0
    if move.tier - gate.tier == _APART or gate.tier - move.tier == _APART:
        return -1.0
    return share


@tick_function
def time_lap(
    clock: LapClock,
    gates: Sequence[GateLine],
    log: EventLog,
    now: CarTick,
    move: Move,
) -> None:
    """Advance the clock by a tick in which the car made this move."""
    count = len(gates)
    if count == 0:
        return
    if clock.next_gate != 0:
        share = crossing(gates[clock.next_gate], move)
        if share >= 0.0:
            time_s = (now.tick + share) * now.step_s
            sector = gates[clock.next_gate].sector
            if sector > 0:
                report(log, now, SECTOR_DONE, time_s - clock.sector_start_s, sector)
                clock.sector_start_s = time_s
            clock.next_gate = clock.next_gate + 1 if clock.next_gate + 1 < count else 0
            return
    share = crossing(gates[0], move)
    if share < 0.0:
        return
    time_s = (now.tick + share) * now.step_s
    if clock.next_gate == 1 and clock.from_standstill == 1:
        clock.from_standstill = 0
        return
    if clock.lap > 0 and clock.next_gate == 0:
        report(log, now, SECTOR_DONE, time_s - clock.sector_start_s, gates[0].sector)
        report(log, now, LAP_DONE, time_s - clock.lap_start_s, clock.valid)
        clock.lap += 1
    elif clock.lap > 0:
        report(log, now, LAP_VOID, time_s - clock.lap_start_s, clock.next_gate)
    else:
        clock.lap = 1
    clock.next_gate = 1
    clock.valid = 1
    clock.lap_start_s = time_s
    clock.sector_start_s = time_s
    report(log, now, LAP_STARTED, time_s, clock.lap)
