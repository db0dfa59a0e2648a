"""Trials of the reference bot: random setups over whole laps, and a way back from random poses.

`python -m game.lab.trials` drives them all, says what came of them, and exits 1 if one failed.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
import signal
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
import numpy as np
from msgspec import inspect
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track as with_progress
from rich.table import Table

from game.drivers.line_keeper import LineKeeper
from game.drivers.observation import Observation
from game.drivers.plan import Plan
from game.drivers.planning import make_plan
from game.files import InputError, UnfinishedLapError
from game.headless.stint import drive_laps
from game.recording.laps import Lap
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.track.track import Track, load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, ChassisSpec, load_car
from game.vehicle.state import Controls, controls

LAPS: Final = 3  # of each setup, in a row
TYRES: Final = ("slick", "sport")
MOST_S: Final = 60.0  # in which a car is to be back on its lap
_ON_LINE_M: Final = 1.0
_ON_LAP_MPS: Final = 10.0
_HELD_S: Final = 3.0  # that a car stays on its line, or it has only crossed it
_AGAINST_WALL: Final = 0.1  # share of the poses that touch the wall of each side
_STANDING: Final = 0.5  # share of the poses that are at rest
_FASTEST_MPS: Final = 50.0
_HELPLESS_S: Final = 1.5  # at most, of random controls before the bot is given a rolling car
_SHOWN: Final = 5  # setups in the table, those that lost the most

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class SetupTrial:
    """What came of a setup."""

    setup: Setup
    limit_s: float | None  # None if it did not get round
    laps: tuple[Lap, ...]

    @property
    def finished(self) -> bool:
        """Whether all laps were finished and valid."""
        return len(self.laps) == LAPS and all(lap.valid for lap in self.laps)

    @property
    def loss(self) -> float:
        """What the slowest lap took more than the limit, as a share; infinite for one not done."""
        if self.limit_s is None:
            return math.inf
        return max(lap.time_s for lap in self.laps) / self.limit_s - 1.0


class Trouble(NamedTuple):
    """How a car gets into trouble: put down somewhere, then left to controls that hold."""

    start: Start
    held: Controls
    held_ticks: int


def random_setup(seed: int, tyre: str) -> Setup:
    """A setup with every field drawn evenly from its bounds, but for the tyre."""
    dice = random.Random(seed)
    kind = inspect.type_info(Setup)
    assert isinstance(kind, inspect.StructType)
    drawn = {field.name: _drawn(field.type, dice) for field in kind.fields}
    return msgspec.convert({**drawn, "tyre": tyre}, Setup)


def drive_setup(track: Track, spec: CarSpec, setup: Setup) -> SetupTrial:
    """Laps in a row with the reference bot."""
    try:
        run = drive_laps(track, spec, setup, laps=LAPS)
    except UnfinishedLapError:
        return SetupTrial(setup, None, ())
    return SetupTrial(setup, run.limit_s, run.laps)


def random_pose(track: Track, spec: CarSpec, seed: int) -> Trouble:
    """Any place between the walls, any heading, at rest or at speed and out of control."""
    dice = random.Random(seed)
    s_m = dice.uniform(0.0, track.length_m)
    turned_rad = dice.uniform(-math.pi, math.pi)
    right_m, left_m = _room(track, spec.chassis, s_m, turned_rad)
    beyond = _AGAINST_WALL / (1.0 - 2.0 * _AGAINST_WALL)
    share = min(max(dice.uniform(-beyond, 1.0 + beyond), 0.0), 1.0)
    x_m, y_m = track.centreline.point(s_m, right_m + share * (left_m - right_m))
    pose = Pose(x_m, y_m, track.centreline.pose(s_m).heading_rad + turned_rad)
    if dice.random() < _STANDING:
        return Trouble(Start(spec, Setup(), pose, s_m), Controls(), 0)
    start = Start(spec, Setup(), pose, s_m, dice.uniform(0.0, _FASTEST_MPS))
    held = controls(dice.uniform(-1.0, 1.0), dice.random(), dice.random())
    return Trouble(start, held, round(dice.uniform(0.0, _HELPLESS_S) / TICK_S))


def time_to_recover(track: Track, plan: Plan, trouble: Trouble) -> float | None:
    """Seconds from the bot's first decision until it is back on its lap to stay; None if never.

    On its lap a car is not lost, within 1 m of its line, and faster than 10 m/s forwards.
    """
    spec, setup = trouble.start.spec, trouble.start.setup
    world = World(track, [trouble.start], machine_code=True)
    now = world.step([trouble.held], trouble.held_ticks).snapshots[0]
    keeper = LineKeeper(track, spec, setup, plan)
    began_s = back_s = world.time_s
    while back_s - began_s <= MOST_S:
        held = keeper.decide(Observation(now))
        on_lap = (
            not keeper.lost
            and abs(keeper.deviation_m) < _ON_LINE_M
            and now.velocity_forward_mps > _ON_LAP_MPS
        )
        if not on_lap:
            back_s = world.time_s
        elif world.time_s - back_s >= _HELD_S:
            return back_s - began_s
        now = world.step([held], keeper.ticks_per_decision).snapshots[0]
    return None


def _drawn(kind: inspect.Type, dice: random.Random) -> Any:
    match kind:
        case inspect.BoolType():
            return dice.random() < 0.5
        case inspect.LiteralType(values=values):
            return dice.choice(values)
        case inspect.IntType(ge=int(low), le=int(high)):
            return dice.randint(low, high)
        case inspect.FloatType(ge=float(low), le=float(high)):
            return dice.uniform(low, high)
    raise TypeError(f"{kind} has no bounds to draw from")


def _room(track: Track, chassis: ChassisSpec, s_m: float, turned_rad: float) -> tuple[float, float]:
    """Between which offsets a car clears the nearest walls, turned from the centre line so far."""
    walls_m = []
    for wall in track.walls:
        along_m = (wall.s_m - wall.s_m[0]) % track.length_m
        at_m = (s_m - wall.s_m[0]) % track.length_m
        if wall.closed or at_m <= along_m[-1]:
            edge_m = wall.offset_m - math.copysign(wall.half_thickness_m, wall.offset_m[0])
            period_m = track.length_m if wall.closed else None
            walls_m.append(float(np.interp(at_m, along_m, edge_m, period=period_m)))
    nose_m = chassis.wheelbase_m * (1.0 - chassis.front_mass_share) + chassis.front_overhang_m
    ends_m = (nose_m, nose_m - chassis.length_m)
    across_m = 0.5 * chassis.width_m * abs(math.cos(turned_rad))
    reach_m = [end_m * math.sin(turned_rad) for end_m in ends_m]
    return (
        max(wall_m for wall_m in walls_m if wall_m < 0.0) - min(reach_m) + across_m,
        min(wall_m for wall_m in walls_m if wall_m > 0.0) - max(reach_m) - across_m,
    )


def _at_once(
    jobs: int, doing: str, work: Callable[[Task], Result], tasks: Sequence[Task]
) -> list[Result]:
    """The work on every task, in so many processes, with a progress bar for a person."""
    with multiprocessing.get_context("spawn").Pool(jobs, _ignore_interrupt) as pool:
        results: Iterable[Result] = with_progress(
            pool.imap(work, tasks),
            doing,
            len(tasks),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        return list(results)


def _ignore_interrupt() -> None:
    """Ctrl-C is for the parent, which ends its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _print(setups: Sequence[SetupTrial], times_s: Sequence[float | None]) -> None:
    console = Console()
    finished = sum(trial.finished for trial in setups)
    console.print(f"{finished} of {len(setups)} setups finished {LAPS} valid laps in a row")
    if setups:
        median = statistics.median(trial.loss for trial in setups)
        console.print(f"their slowest laps took {median:.1%} more than the limit in the median")
        table = Table(title="those that took the most", box=SIMPLE)
        for column in ("setup", "tyre", "charge", "laps", "more than the limit"):
            table.add_column(column, justify="right")
        for trial in sorted(setups, key=lambda trial: -trial.loss)[:_SHOWN]:
            table.add_row(
                str(setups.index(trial) // len(TYRES)),
                trial.setup.tyre,
                f"{trial.setup.initial_charge:.0%}",
                str(sum(lap.valid for lap in trial.laps)),
                f"{trial.loss:.1%}",
            )
        console.print(table)
    back_s = [time_s for time_s in times_s if time_s is not None]
    console.print(f"{len(back_s)} of {len(times_s)} cars came back within {MOST_S:.0f} s")
    if back_s:
        middle_s, slowest_s = statistics.median(back_s), max(back_s)
        console.print(f"the median of them in {middle_s:.1f} s, the slowest in {slowest_s:.1f} s")
    lost = [str(seed) for seed, time_s in enumerate(times_s) if time_s is None]
    if lost:
        console.print(f"not back from pose {', '.join(lost)}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m game.lab.trials", description=__doc__)
    parser.add_argument("--setups", type=int, default=50, help="random setups, on both tyres each")
    parser.add_argument("--poses", type=int, default=200, help="random poses to come back from")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--track", default="ricardo_tormo", help="name of a circuit, or a path")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    if asked.setups < 0 or asked.poses < 0 or asked.jobs < 1:
        parser.error("--setups and --poses are 0 or more, --jobs 1 or more")
    return asked


def main() -> int:
    """Drive the trials that the command line asks for; the exit code."""
    asked = _asked()
    try:
        track, spec = load_track(asked.track), load_car()
    except InputError as error:
        print(f"trials: {error}", file=sys.stderr)
        return 2
    plan = make_plan(track, spec, Setup())
    cases = [random_setup(seed, tyre) for seed in range(asked.setups) for tyre in TYRES]
    troubles = [random_pose(track, spec, seed) for seed in range(asked.poses)]
    try:
        setups = _at_once(asked.jobs, "setups", partial(drive_setup, track, spec), cases)
        times_s = _at_once(asked.jobs, "poses", partial(time_to_recover, track, plan), troubles)
    except KeyboardInterrupt:
        return 130
    if asked.json:
        print(msgspec.json.encode({"setups": setups, "recovered_s": times_s}).decode())
    else:
        _print(setups, times_s)
    return int(None in times_s or not all(trial.finished for trial in setups))


if __name__ == "__main__":
    sys.exit(main())
