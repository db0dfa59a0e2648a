"""Try the reference bot: random setups over whole laps, and a way back from random poses.

`leaf-rc trials` drives them all, with those on made circuits (`circuit_trials.py`), prints the
results, and exits 1 if one failed.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
import numpy as np
from msgspec import inspect
from rich.console import Console
from rich.progress import track as with_progress

from game.bot.lone_follower import bind_follower
from game.bot.plan import Plan
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.errors import UnfinishedLapError
from game.headless.stint import Conditions, drive_laps
from game.setups.items import Item, items_of
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec, ChassisSpec
from game.vehicle.state import Controls, controls
from game.workers.messages import WorkerSpec
from game.workers.pool import WorkerPool
from game.workers.worker_loop import ParentLink

LAPS: Final = 3  # of each setup, in a row
MAX_RECOVERY_S: Final = 60.0  # in which a car is to be back on its lap
_ON_LINE_M: Final = 1.0
_ON_LAP_MPS: Final = 10.0
_HELD_S: Final = 3.0  # that a car stays on its line, or it has only crossed it
_AGAINST_WALL: Final = 0.1  # share of the poses that touch the wall of each side
_STANDING: Final = 0.5  # share of the poses that are at rest
_FASTEST_MPS: Final = 50.0
_LINES: Final = 20  # of progress, where nobody looks at a terminal
_OUT_OF_CONTROL_S: Final = 1.5  # at most, of random controls before the bot is given a rolling car

Task = TypeVar("Task")
Result = TypeVar("Result")


class LapsInARow:
    """Judges laps that were driven in a row, measured by the quasi-steady lap time."""

    __slots__ = ()

    valid_laps: int
    quasi_steady_s: float | None
    slowest_s: float | None

    @property
    def finished(self) -> bool:
        """Return whether all laps were finished and valid."""
        return self.valid_laps == LAPS

    @property
    def loss(self) -> float:
        """Return how far the slowest lap is above it, as a share; infinite for one not done."""
        if self.quasi_steady_s is None or self.slowest_s is None:
            return math.inf
        return self.slowest_s / self.quasi_steady_s - 1.0


@dataclass(frozen=True)
class SetupTrial(LapsInARow):
    """Holds the result of a setup."""

    setup: Setup
    valid_laps: int  # of those in a row
    quasi_steady_s: float | None = None  # None if it did not get round
    slowest_s: float | None = None


class Incident(NamedTuple):
    """In an incident the car is put somewhere, then controls are held for a while."""

    start: Start
    held: Controls
    held_ticks: int


def random_setup(spec: CarSpec, seed: int, tyre: str) -> Setup:
    """Return a setup for a car, drawn evenly from its bounds in all fields but the tyre."""
    rng = random.Random(seed)
    kind = inspect.type_info(Setup)
    assert isinstance(kind, inspect.StructType)
    items = {item.name: item for item in items_of(spec)}
    values = {
        field.name: _random_value(field, items[field.name], rng)
        for field in kind.fields
        if field.name in items  # without the split map
    }
    return msgspec.convert({**values, "tyre": tyre}, Setup)


def drive_setup(track: Track, spec: CarSpec, setup: Setup) -> SetupTrial:
    """Drive laps in a row with the reference bot."""
    try:
        run = drive_laps(Conditions(track, spec), setup, laps=LAPS)
    except UnfinishedLapError:
        return SetupTrial(setup, valid_laps=0)
    valid_laps = sum(lap.valid for lap in run.laps)
    return SetupTrial(setup, valid_laps, run.quasi_steady_s, max(lap.time_s for lap in run.laps))


def random_pose(track: Track, spec: CarSpec, seed: int) -> Incident:
    """Return any place between the walls, any heading, at rest or at speed and out of control."""
    rng = random.Random(seed)
    s_m = rng.uniform(0.0, track.length_m)
    turned_rad = rng.uniform(-math.pi, math.pi)
    right_m, left_m = _free_offsets(track, spec.chassis, s_m, turned_rad)
    beyond = _AGAINST_WALL / (1.0 - 2.0 * _AGAINST_WALL)
    share = min(max(rng.uniform(-beyond, 1.0 + beyond), 0.0), 1.0)
    x_m, y_m = track.centreline.point(s_m, right_m + share * (left_m - right_m))
    pose = Pose(x_m, y_m, track.centreline.pose(s_m).heading_rad + turned_rad)
    if rng.random() < _STANDING:
        return Incident(Start(spec, default_setup(spec), pose, s_m), Controls(), 0)
    start = Start(spec, default_setup(spec), pose, s_m, rng.uniform(0.0, _FASTEST_MPS))
    held = controls(rng.uniform(-1.0, 1.0), rng.random(), rng.random())
    return Incident(start, held, round(rng.uniform(0.0, _OUT_OF_CONTROL_S) / TICK_S))


def time_to_recover(
    track: Track, plan: Plan, incident: Incident, world: World | None = None
) -> float | None:
    """Return the seconds from the bot's first decision until it is back on its lap; None if never.

    On its lap a car is not lost, within 1 m of its line, and faster than 10 m/s forwards.
    world: one on this track with the same car and setup, to be restarted; else one is made.
    """
    if world is None:
        world = World(track, [incident.start], backend=Backend.COMPILED)
    else:
        world.restart(incident.start)
    now = world.step([incident.held], incident.held_ticks).snapshots[0]
    decide = bind_follower(world, plan)
    began_s = back_s = world.time_s
    while back_s - began_s <= MAX_RECOVERY_S:
        decision = decide()
        on_lap = (
            not decision.lost
            and abs(now.offset_m - plan.at(now.s_m).offset_m) < _ON_LINE_M
            and now.velocity_forward_mps > _ON_LAP_MPS
        )
        if not on_lap:
            back_s = world.time_s
        elif world.time_s - back_s >= _HELD_S:
            return back_s - began_s
        now = world.step([decision.controls], TICKS_PER_DECISION).snapshots[0]
    return None


def _random_value(field: inspect.Field, item: Item, rng: random.Random) -> Any:
    if field.name == "tyre":
        return rng.choice(item.choices)
    match kind := field.type:
        case inspect.BoolType():
            return rng.random() < 0.5
        case inspect.LiteralType(values=values):
            return rng.choice(values)
        case inspect.IntType():
            return rng.randint(int(item.low), int(item.high))
        case inspect.FloatType():
            return rng.uniform(item.low, item.high)
    raise TypeError(f"{kind} has no bounds to draw from")


def _free_offsets(
    track: Track, chassis: ChassisSpec, s_m: float, turned_rad: float
) -> tuple[float, float]:
    """Return the offsets between which a car with this heading clears the nearest walls."""
    walls_m = []
    for wall in track.walls:
        along_m = (wall.s_m - wall.s_m[0]) % track.length_m
        at_m = (s_m - wall.s_m[0]) % track.length_m
        if wall.closed or at_m <= along_m[-1]:
            edge_m = wall.offset_m - math.copysign(wall.half_thickness_m, wall.offset_m[0])
            period_m = track.length_m if wall.closed else None
            walls_m.append(float(np.interp(at_m, along_m, edge_m, period=period_m)))
    across_m = 0.5 * chassis.width_m * abs(math.cos(turned_rad))
    reach_m = [end_m * math.sin(turned_rad) for end_m in (chassis.nose_m, chassis.tail_m)]
    return (
        max(wall_m for wall_m in walls_m if wall_m < 0.0) - min(reach_m) + across_m,
        min(wall_m for wall_m in walls_m if wall_m > 0.0) - max(reach_m) - across_m,
    )


def in_parallel(
    jobs: int, activity: str, work: Callable[[Task], Result], tasks: Sequence[Task]
) -> list[Result]:
    """Return the results of all tasks, worked out in `jobs` processes, and show the progress."""
    pool = WorkerPool(WorkerSpec(_function_worker, (work,)), jobs)
    try:
        futures = [pool.submit(task) for task in tasks]
        return [future.result() for future in _counted(activity, futures)]
    finally:
        pool.end()


def _counted(activity: str, futures: Sequence[Future[Result]]) -> Iterator[Future[Result]]:
    """Give one future after another, with a bar on a terminal and lines in a file."""
    if sys.stderr.isatty():
        yield from with_progress(futures, activity, console=Console(stderr=True), transient=True)
        return
    for number, future in enumerate(futures):
        if number % math.ceil(len(futures) / _LINES) == 0:
            print(f"{activity}: {number} of {len(futures)}", file=sys.stderr, flush=True)
        yield future


def _function_worker(_link: ParentLink, work: Callable[[Task], Result]) -> Callable[[Task], Result]:
    """Make a worker that calls a function."""
    return work
