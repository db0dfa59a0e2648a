"""Flying laps of the reference driver on a given plan, with their telemetry."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from game.arrays import Array
from game.bot.path_follower import PathFollower
from game.bot.plan import Plan
from game.bot.start import flying_start, give_up_s
from game.compiled import Backend
from game.drivers.observation import Observation
from game.recording.lap_recorder import Lap, LapRecorder
from game.simulation.world import World
from game.track.track import Track
from game.tuning.lap_telemetry import LapChannels, LapTelemetry
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


@dataclass(frozen=True)
class FlyingLaps:
    """The result of a drive. The samples of the telemetry are `look_s` apart."""

    laps: tuple[Lap, ...]
    log: LapChannels[Array]
    deviation_m: Array  # from the line at each look, shape (looks,)
    look_s: float
    lost_m: float  # where on the lap the driver lost the car; NaN if it did not


def drive_plan(track: Track, spec: CarSpec, setup: Setup, plan: Plan, laps: int) -> FlyingLaps:
    """Drive a plan for its run-up and a number of laps, alone, until the car is lost."""
    world = World(track, [flying_start(spec, setup, plan)], backend=Backend.COMPILED)
    follower = PathFollower(track, spec, setup, plan)
    recorder = LapRecorder(world.step_s)
    ticks = follower.ticks_per_decision
    timeout_s = give_up_s(plan, laps)
    log = LapTelemetry(world, math.ceil(timeout_s / (ticks * world.step_s)))
    deviations_m = []
    lost_m = math.nan
    now = world.snapshots()[0]
    while len(recorder.laps) < laps and world.time_s < timeout_s:
        step = world.step([follower.decide(Observation(now))], ticks)
        now = step.snapshots[0]
        recorder.on_step(step)
        log.look()
        deviations_m.append(follower.deviation_m)
        if follower.lost:
            lost_m = now.s_m
            break
    return FlyingLaps(
        tuple(recorder.laps),
        log.columns(),
        np.array(deviations_m),
        ticks * world.step_s,
        lost_m,
    )
