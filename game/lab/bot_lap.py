"""Sample a flying lap of the reference bot, to compare it with an optimal lap."""

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
from game.errors import UnfinishedLapError
from game.recording.lap_recorder import LapRecorder
from game.simulation.snapshot import Snapshot
from game.simulation.world import World
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


@dataclass(frozen=True)
class BotLap:
    """Holds a lap as the bot drove it; arrays have shape (n,), a number for each decision."""

    lap_time_s: float
    s_m: Array
    time_s: Array  # since the start line
    speed_mps: Array
    offset_m: Array
    pedal: Array  # throttle less brake
    slip: Array  # of the tyre that slips most, as a share of its peak slip


def drive_bot_lap(track: Track, spec: CarSpec, setup: Setup, plan: Plan) -> BotLap:
    """Return the first flying lap on a plan. Raises UnfinishedLapError."""
    world = World(track, [flying_start(spec, setup, plan)], backend=Backend.COMPILED)
    decide = bind_follower(world, plan)
    recorder = LapRecorder(world.step_s)
    timeout_s = give_up_s(plan, 1)
    looks: list[Snapshot] = []
    while not recorder.laps:
        if world.time_s > timeout_s:
            raise UnfinishedLapError("the bot did not finish a lap to set beside the optimum")
        step = world.step([decide().controls], TICKS_PER_DECISION)
        recorder.on_step(step)
        looks.append(step.snapshots[0])
    lap_looks = [now for now in looks if now.lap == 1]
    time_s = recorder.laps[0].time_s
    return BotLap(
        time_s,
        np.array([now.s_m for now in lap_looks]),
        np.array([now.tick * world.step_s - now.lap_start_s for now in lap_looks]),
        np.array([_speed(now) for now in lap_looks]),
        np.array([now.offset_m for now in lap_looks]),
        np.array([now.throttle - now.brake for now in lap_looks]),
        np.array([max(now.normalised_slip) for now in lap_looks]),
    )


def _speed(now: Snapshot) -> float:
    return math.hypot(now.velocity_forward_mps, now.velocity_left_mps)
