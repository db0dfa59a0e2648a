"""Drive a race of bots without a window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from game.bot.bot import RacingBot
from game.bot.racecraft import KEEN, RacecraftLevel
from game.bot.racing_followers import RacingFollowers
from game.drivers.discovery import find_driver
from game.drivers.driver import DriverMaker
from game.drivers.guard import GuardedDriver
from game.errors import InputError
from game.headless.stint import REFERENCE_BOT, Conditions
from game.racing.energy_plan import EnergyTask, plan_energy
from game.racing.energy_saver import EnergySaver
from game.racing.race_control import RaceControl
from game.racing.race_length import RaceLength
from game.racing.race_result import RaceResult, classify
from game.racing.racing_driver import Hang, RacingDriver
from game.racing.yielding_driver import YieldingDriver
from game.recording.car_label import MAX_NAME, OWN_NUMBER, CarLabel, LiveryName
from game.recording.replay import state_hash
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.session import Listener, Session
from game.simulation.world import TICK_HZ, Start, World
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup

OnRaceProgress = Callable[[float], None]  # how much of the race is done, 0..1
OnHang = Callable[[Hang], None]
OnTurn = Callable[[Hang], None]


class RaceEntry(NamedTuple):
    """Enters a bot with its car's setup."""

    name: str  # on the board
    bot: str
    setup: Setup
    pace: float = 1.0  # of the reference bot ...
    level: RacecraftLevel = KEEN  # ... and of its racecraft
    number: int = OWN_NUMBER  # on the roof; 0: that of the livery
    livery: LiveryName | None = None  # None: one that no other car wears

    @property
    def label(self) -> CarLabel:
        """Return what tells its car from the others."""
        return CarLabel(self.name[:MAX_NAME], self.number, self.livery)


@dataclass(frozen=True)
class Race:
    """Says who races where, over which distance; entries stand on the grid in their order."""

    conditions: Conditions
    entries: tuple[RaceEntry, ...]
    length: RaceLength
    seed: int = 0
    replay: Path | None = None
    hangs: tuple[Hang, ...] = ()  # of bots that are not asked again from there on
    cap_kwh: float = 0.0  # net energy for each lap of the race, to be spent anywhere; 0: none


class RaceRun(NamedTuple):
    """Holds a race that was driven."""

    result: RaceResult
    race_s: float  # until the last car was home
    wall_s: float
    state_hash: str

    @property
    def realtime_factor(self) -> float:
        """Return how many times faster than the clock it was driven."""
        return self.race_s / self.wall_s


def grid_starts(race: Race) -> list[Start]:
    """Return where the cars stand. Raises InputError if the grid has too few boxes."""
    conditions, track = race.conditions, race.conditions.track
    check_grid(track, len(race.entries))
    return [
        Start(
            conditions.spec,
            entry.setup,
            Pose(*box[:3]),
            box.s_m,
            warm_tyres=conditions.warm_tyres,
            damage=conditions.damage,
        )
        for entry, box in zip(race.entries, track.grid, strict=False)
    ]


def energy_task(race: Race, entry: RaceEntry) -> EnergyTask:
    """Return what the reference bot has to plan for in a race with a cap on energy."""
    return EnergyTask(race.conditions, entry.setup, entry.pace, race.length.laps, race.cap_kwh)


def check_grid(track: Track, cars: int) -> None:
    """Raise InputError unless so many cars fit onto a circuit's grid."""
    if cars > len(track.grid):
        raise InputError(
            f"{track.name}: its grid has {len(track.grid)} boxes; let {len(track.grid)} cars race "
            "there, or give [grid] of its file more boxes"
        )


def drive_race(
    race: Race,
    on_progress: OnRaceProgress | None = None,
    on_hang: OnHang | None = None,
    on_turn: OnTurn | None = None,
) -> RaceRun:
    """Drive a race to its end; the same race, the same bits.

    `on_hang` is called in a thread of its own when a bot does not come back, and is to end the
    process, as `GuardedDriver` says; without it the race waits. `on_turn` is called before each
    turn of a bot other than the reference. Raises InputError for a bot that cannot be loaded, a
    grid that is too small, or a replay that cannot be written.
    """
    conditions = race.conditions
    world = World(conditions.track, grid_starts(race), conditions.backend)
    control = RaceControl(world, race.length, race.seed, race.cap_kwh)
    cars = range(len(race.entries))
    followers = RacingFollowers(world)
    drivers = [_driver(race, car, world, control, followers, on_hang, on_turn) for car in cars]
    labels = [entry.label for entry in race.entries]
    recorder = ReplayRecorder(world, lambda: session.controls, labels)
    listeners: list[Listener] = [control] if race.replay is None else [control, recorder]
    session = Session(
        world, drivers, listeners, seed=race.seed, laps=race.length.laps, race_view=control.view
    )
    began_s = time.perf_counter()
    while control.phase != "over":
        session.step()
        if on_progress is not None and world.tick % TICK_HZ == 0:
            on_progress(_share_done(control))
    wall_s = time.perf_counter() - began_s
    if race.replay is not None:
        save_replay(recorder.recording(), race.replay)
    return RaceRun(classify(control), control.race_s, wall_s, state_hash(world))


def _share_done(control: RaceControl) -> float:
    """Return how much of the race is done: of its minutes, or of its distance by the leader."""
    length, timing = control.length, control.timing
    if length.is_by_minutes:
        share = control.race_s / length.time_s
    else:
        furthest_m = max(car.distance_m for car in timing.cars)
        share = furthest_m / (length.laps * timing.length_m)
    return min(max(share, 0.0), 1.0)


def _driver(
    race: Race,
    car: int,
    world: World,
    control: RaceControl,
    followers: RacingFollowers,
    on_hang: OnHang | None,
    on_turn: OnTurn | None,
) -> RacingDriver:
    entry, conditions = race.entries[car], race.conditions
    on_fault, is_out = partial(control.retire, car), partial(control.is_out, car)
    if entry.bot == REFERENCE_BOT:
        make: DriverMaker = partial(RacingBot, followers, car, entry.pace, entry.level)
        if race.cap_kwh:
            make = partial(EnergySaver, make, plan_energy(energy_task(race, entry)))
        make = partial(YieldingDriver, make, partial(control.let_by, car))
        return RacingDriver(make, on_fault, is_retired=is_out)

    def hung(reason: str) -> None:
        assert on_hang is not None
        on_hang(Hang(car, world.tick, reason))

    make = partial(
        GuardedDriver,
        find_driver(entry.bot, conditions.folder),
        conditions.time_limit_s,
        None if on_hang is None else hung,
    )
    known = next((hang for hang in race.hangs if hang.car == car), None)
    told = None if on_turn is None else lambda tick: on_turn(Hang(car, tick, ""))
    return RacingDriver(make, on_fault, known, is_out, told)
