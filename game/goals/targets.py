"""Let the reference bot drive laps and corners of a circuit, for drivers to beat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from game.bot.driver_noise import driver_noise
from game.bot.lone_follower import bind_follower
from game.bot.plan import Plan
from game.bot.planning import make_plan
from game.bot.start import flying_start, give_up_s
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.goals.corner_attempt import (
    START_WINDOWS_S,
    CornerAttempt,
    CornerCourse,
    corner_course,
)
from game.goals.medals import Medal, paced_times
from game.progress import OnProgress
from game.recording.ghost import GhostLap, GhostRecorder
from game.recording.lap_recorder import LapRecorder
from game.simulation.world import TICK_S, World
from game.track.corners import Corner
from game.track.track import Track
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec

_LAPS: Final = 3  # among which one is expected to be valid
_SPACING_S: Final = 0.1  # of a ghost's poses


class CornerTarget(NamedTuple):
    """Holds a corner as the bot drove it on its own."""

    course: CornerCourse
    ghost: GhostLap

    @property
    def times(self) -> dict[Medal, float]:
        """Return the medal times."""
        return paced_times(self.ghost.time_s)


@dataclass(frozen=True)
class Targets:
    """Holds the bot's drives with one car on one tyre. A medal or a corner may be missing."""

    laps: Mapping[Medal, GhostLap]  # from the easiest medal to the hardest
    corners: tuple[CornerTarget, ...]  # in the order of the lap

    @cached_property
    def lap_times(self) -> dict[Medal, float]:
        """Return the medal times of a lap."""
        return {medal: lap.time_s for medal, lap in self.laps.items()}


def reference_setup(spec: CarSpec, tyre: str) -> Setup:
    """Return the setup that targets on a tyre are driven with."""
    return msgspec.structs.replace(default_setup(spec), tyre=tyre)


def drive_targets(
    track: Track, spec: CarSpec, tyre: str, on_progress: OnProgress | None = None
) -> Targets:
    """Let the reference bot drive everything. Only valid laps and corners count."""
    setup = reference_setup(spec, tyre)
    steps = 1 + len(Medal) + len(track.corners)
    done = 0

    def report() -> None:
        nonlocal done
        done += 1
        if on_progress is not None:
            on_progress(done / steps)

    plan = make_plan(track, spec, setup, laps=_LAPS)
    report()
    laps = {}
    for medal in Medal:
        lap = drive_paced_lap(track, spec, setup, medal.pace)
        if lap is not None:
            laps[medal] = lap.ghost
        report()
    corners = []
    for corner in track.corners:
        target = _corner_target(track, spec, setup, plan, corner)
        if target is not None:
            corners.append(target)
        report()
    return Targets(laps, tuple(corners))


class PacedLap(NamedTuple):
    """Holds a valid lap of the bot, and what it took."""

    ghost: GhostLap
    net_j: float  # from the battery, what is regained taken off


def drive_paced_lap(track: Track, spec: CarSpec, setup: Setup, pace: float) -> PacedLap | None:
    """Return the bot's first valid lap at a pace, on tyres that are warm from the start."""
    plan = make_plan(track, spec, setup, pace=pace, laps=_LAPS)
    start = flying_start(spec, setup, plan)._replace(warm_tyres=True)
    world = World(track, [start], Backend.COMPILED)
    decide = bind_follower(world, plan, driver_noise(pace))
    ghosts, laps = GhostRecorder(TICK_S), LapRecorder(TICK_S)
    last_s = give_up_s(plan, _LAPS)
    while ghosts.best is None and world.time_s < last_s:
        step = world.step([decide().controls], TICKS_PER_DECISION)
        ghosts.on_step(step)
        laps.on_step(step)
    if ghosts.best is None:
        return None
    return PacedLap(_thinned(ghosts.best), laps.laps[-1].net_j)


def _corner_target(
    track: Track, spec: CarSpec, setup: Setup, plan: Plan, corner: Corner
) -> CornerTarget | None:
    """Return the corner as the bot drives it, if it does so without leaving the track."""
    last_s = give_up_s(plan, 1)
    for window_s in START_WINDOWS_S:
        course = corner_course(track, spec, setup, plan, corner, window_s)
        attempt = CornerAttempt(course, track.length_m, TICK_S)
        world = World(track, [course.start(spec, setup)], Backend.COMPILED)
        decide = bind_follower(world, plan)
        while not attempt.done and world.time_s < last_s:
            attempt.on_step(world.step([decide().controls], TICKS_PER_DECISION))
        if attempt.ghost is not None and attempt.valid:
            return CornerTarget(course, attempt.ghost)
    return None


def _thinned(lap: GhostLap) -> GhostLap:
    """Return a lap with fewer poses, as many as its motion needs."""
    kept = [0]
    for index, time_s in enumerate(lap.times_s):
        if time_s >= lap.times_s[kept[-1]] + _SPACING_S:
            kept.append(index)
    last = len(lap.times_s) - 1
    kept += [last] if kept[-1] != last else []
    return GhostLap(
        lap.time_s, tuple(lap.times_s[i] for i in kept), tuple(lap.poses[i] for i in kept)
    )
