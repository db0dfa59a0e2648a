"""Drive flying laps of the reference driver on a given plan, with their telemetry."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from game.arrays import Array
from game.bot.lone_follower import bind_follower
from game.bot.plan import Plan
from game.bot.start import flying_start, give_up_s
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.recording.lap_recorder import Lap, LapRecorder
from game.simulation.world import World
from game.track.track import Track
from game.tuning.lap_telemetry import LapChannels, LapTelemetry
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


@dataclass(frozen=True)
class FlyingLaps:
    """Holds the result of a drive. The samples of the telemetry are `look_s` apart."""

    laps: tuple[Lap, ...]
    log: LapChannels[Array]
    deviation_m: Array  # from the line at each look, shape (looks,)
    look_s: float
    lost_m: float  # where on the lap the driver lost the car; NaN if it did not


def drive_plan(track: Track, spec: CarSpec, setup: Setup, plan: Plan, laps: int) -> FlyingLaps:
    """Drive a plan for its run-up and a number of laps, alone, until the car is lost.

    The tyres come from the warmers: setups are compared with tyres in their window.
    """
    start = flying_start(spec, setup, plan)._replace(warm_tyres=True)
    world = World(track, [start], backend=Backend.COMPILED)
    decide = bind_follower(world, plan)
    recorder = LapRecorder(world.step_s)
    timeout_s = give_up_s(plan, laps)
    look_s = TICKS_PER_DECISION * world.step_s
    log = LapTelemetry(world, math.ceil(timeout_s / look_s))
    deviations_m = []
    lost_m = math.nan
    while len(recorder.laps) < laps and world.time_s < timeout_s:
        decision = decide()
        step = world.step([decision.controls], TICKS_PER_DECISION)
        recorder.on_step(step)
        log.look()
        deviations_m.append(decision.deviation_m)
        if decision.lost:
            lost_m = step.snapshots[0].s_m
            break
    return FlyingLaps(
        tuple(recorder.laps),
        log.columns(),
        np.array(deviations_m),
        look_s,
        lost_m,
    )
