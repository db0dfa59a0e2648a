"""Sessions with no window: a driver's laps, as fast as they go."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from game.drivers.bot import Bot
from game.drivers.plan import Plan, make_plan
from game.files import InputError, UnfinishedLapError
from game.recording.laps import Lap, LapRecorder
from game.recording.replay import ReplayRecorder, save_replay, state_hash
from game.recording.telemetry import Telemetry, check_table_name
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.version import __version__

REFERENCE_BOT = "reference"
_RUN_UP = (0.65, 0.85)  # share of the lap in which a flying start looks for its straightest place
_STRAIGHT_M = 120.0  # over which the line is to be straight where a car is put on it
_PATIENCE = 2.5  # a driver that takes so many times the planned lap has not finished it


@dataclass(frozen=True)
class LapRun:
    """What a headless run of laps gave."""

    laps: tuple[Lap, ...]
    limit_s: float  # quasi-steady lap time of the plan
    ticks: int
    wall_s: float
    realtime_factor: float
    state_hash: str
    compiled: bool


class Progress:
    """Who wants to know how far a run is; the methods do nothing unless overridden."""

    def planning(self, round_number: int, lap_time_s: float) -> None:
        """The plan is being worked out."""

    def driving(self, lap: int, share: float) -> None:
        """Lap `lap` is driven to `share` (0..1); lap 0 is the run-up."""


def start_on_line(
    spec: CarSpec, setup: Setup, plan: Plan, first_m: float, last_m: float, pace: float = 1.0
) -> Start:
    """A start on the planned line, at its speed, where it is straightest between two places.

    There a car that does not turn yet is in balance. The places may lie beyond the lap's ends.
    """
    count = len(plan.offset_m)
    piece = max(1, round(_STRAIGHT_M / plan.station_m))
    around = np.pad(np.abs(plan.curvature_1pm), piece, mode="wrap")
    bends = np.convolve(around, np.ones(piece), mode="same")[piece:-piece]
    stations = np.arange(round(first_m / plan.station_m), round(last_m / plan.station_m)) % count
    station = int(stations[np.argmin(bends[stations])])
    return Start(
        spec,
        setup,
        Pose(float(plan.x_m[station]), float(plan.y_m[station]), float(plan.heading_rad[station])),
        s_m=station * plan.station_m,
        speed_mps=float(plan.speed_mps[station]) * pace,
    )


def flying_start(spec: CarSpec, setup: Setup, plan: Plan, pace: float = 1.0) -> Start:
    """A start well before the start line, for laps that begin at speed."""
    lap_m = len(plan.offset_m) * plan.station_m
    first_m, last_m = (share * lap_m for share in _RUN_UP)
    return start_on_line(spec, setup, plan, first_m, last_m, pace)


def drive_laps(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    bot: str = REFERENCE_BOT,
    laps: int = 1,
    pace: float = 1.0,
    machine_code: bool = True,
    telemetry: Path | None = None,
    replay: Path | None = None,
    progress: Progress | None = None,
) -> LapRun:
    """Drive flying laps with a bot.

    Raises InputError for an unknown bot or if a file cannot be written, UnfinishedLapError for a
    bot that does not get round. The clock of `wall_s` starts when plan and machine code are there.
    """
    if bot != REFERENCE_BOT:
        raise InputError(f"bot '{bot}': there is no such bot; there is '{REFERENCE_BOT}'")
    if telemetry is not None:
        check_table_name(telemetry)
    progress = progress or Progress()
    plan = make_plan(track, spec, setup, progress.planning)
    start = flying_start(spec, setup, plan, pace)
    world = World(track, [start], machine_code=machine_code)
    recorder = LapRecorder(world.step_s)
    session = Session(world, [Bot(track, spec, setup, plan, pace)], [recorder])
    table = Telemetry(world.step_s)
    inputs = ReplayRecorder(lambda: session.controls, 1)
    if telemetry is not None:
        session.listeners += (table,)
    if replay is not None:
        session.listeners += (inputs,)
    began_s = time.perf_counter()
    patience_s = _PATIENCE * (laps + 1) * plan.limit_s / pace
    reported_m = 0.0
    while len(recorder.laps) < laps:
        step = session.step()
        now = step.snapshots[0]
        if abs(now.s_m - reported_m) > 0.02 * track.length_m:
            reported_m = now.s_m
            progress.driving(now.lap, now.s_m / track.length_m)
        if world.time_s > patience_s:
            raise UnfinishedLapError(
                f"bot '{bot}': lap {len(recorder.laps) + 1} was not finished after "
                f"{world.time_s:.0f} s; the car stands at {now.s_m:.0f} m"
            )
    wall_s = time.perf_counter() - began_s
    if telemetry is not None:
        table.save(telemetry)
    if replay is not None:
        save_replay(inputs.replay(world, __version__, track.name), replay)
    return LapRun(
        laps=tuple(recorder.laps),
        limit_s=plan.limit_s,
        ticks=world.tick,
        wall_s=wall_s,
        realtime_factor=world.time_s / wall_s,
        state_hash=state_hash(world),
        compiled=world.compiled,
    )
