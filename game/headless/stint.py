"""A stint is laps in a row from one start by one bot, faster than real time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from game.bot.bot import WORTH_COMPILING_LAPS, bot_alone
from game.bot.lone_follower import bind_follower, decide_alone
from game.bot.plan import Plan
from game.bot.planning import make_plan
from game.bot.start import flying_start, standing_start
from game.compiled import Backend, compiling_watched, is_cached, numba_is_installed
from game.drivers.discovery import find_driver
from game.drivers.driver import Driver
from game.drivers.guard import DECISION_LIMIT_S, GuardedDriver
from game.errors import UnfinishedLapError
from game.recording.lap_recorder import Lap, hit_text
from game.recording.motec_log import LogTitle
from game.recording.replay import state_hash
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.recording.telemetry import Telemetry
from game.recording.telemetry_file import check_table_name, save_telemetry
from game.session import Listener, Session
from game.simulation.tick import advance
from game.simulation.world import Start, World
from game.track.track import Track
from game.vehicle.damage import DamageMode
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls

REFERENCE_BOT = "reference"
_TIMEOUT_FACTOR = 4.0  # times the planned lap, after which a bot of any skill is not getting round
_REPORTED_SHARE = 0.02  # of the lap, between two reports of where the car is

TickFunction = Callable[..., object]

# Is called with a lap's number and how much of it is done, 0..1.
OnLapProgress = Callable[[int, float], None]


@dataclass(frozen=True)
class Conditions:
    """Holds the conditions that are the same for all entrants."""

    track: Track
    spec: CarSpec
    pace: float = 1.0  # of the reference bot, and of all at the start
    standing: bool = False  # from pole; else flying
    warm_tyres: bool = False  # from warmers; else as cold as the air
    damage: DamageMode = "off"
    backend: Backend = Backend.COMPILED
    time_limit_s: float = DECISION_LIMIT_S  # for one decision of a bot other than the reference
    folder: Path = field(default_factory=Path.cwd)  # of a bot's file, if its path is relative


@dataclass(frozen=True)
class Entrant:
    """An entrant is a bot with its setup."""

    bot: str
    setup: Setup
    setup_name: str
    plan: Plan  # of the reference bot: where everyone starts, and the limit


@dataclass(frozen=True)
class Stint:
    """A stint has laps to be driven from one start."""

    entrant: int  # its place in the list
    number: int  # from 1, among this entrant's; seeds a bot that draws random numbers
    first_lap: int  # its number among all of this entrant's
    laps: int
    telemetry: Path | None = None
    replay: Path | None = None


@dataclass(frozen=True)
class LapRun:
    """Holds the result of a stint."""

    laps: tuple[Lap, ...]
    quasi_steady_s: float  # lap time of the plan's line by quasi-steady calculation
    ticks: int
    wall_s: float  # from the first tick to the last
    realtime_factor: float
    state_hash: str
    compiled: bool
    lost: str = ""  # why the lap after these was lost, in one line


def drive_laps(
    conditions: Conditions,
    setup: Setup,
    bot: str = REFERENCE_BOT,
    laps: int = 1,
    telemetry: Path | None = None,
    replay: Path | None = None,
) -> LapRun:
    """Drive laps with a bot, in one stint.

    Raises InputError for an unknown bot or if a file cannot be written, UnfinishedLapError for a
    bot that does not get round.
    """
    plan = make_plan(conditions.track, conditions.spec, setup, pace=conditions.pace, laps=laps)
    run = drive_stint(
        conditions, Entrant(bot, setup, "", plan), Stint(0, 1, 1, laps, telemetry, replay)
    )
    if run.lost:
        raise UnfinishedLapError(f"bot '{bot}': lap {len(run.laps) + 1} lost: {run.lost}")
    return run


def missing_machine_code(conditions: Conditions, by_reference_bot: int) -> list[TickFunction]:
    """Return what is to be compiled before laps are driven, in some seconds a function.

    That is the tick, and if the reference bot drives many of the laps, its decisions. It drives a
    few with their machine code, too, where that is kept.
    """
    if conditions.backend is not Backend.COMPILED or not numba_is_installed():
        return []
    wanted: list[TickFunction] = [advance]
    if by_reference_bot >= WORTH_COMPILING_LAPS:
        wanted.append(decide_alone)
    return [each for each in wanted if not is_cached(each)]


def make_machine_code(
    conditions: Conditions,
    entrant: Entrant,
    missing: Sequence[TickFunction],
    on_progress: Callable[[float], None],
) -> None:
    """Make the machine code of these functions and keep it, so that the next drive only loads it.

    `on_progress` is called with how much is made, 0..1.
    """
    with compiling_watched(missing, on_progress):
        world = World(conditions.track, [start_of(conditions, entrant)], backend=Backend.COMPILED)
        if decide_alone in missing:
            bind_follower(world, entrant.plan)


def drive_stint(
    conditions: Conditions,
    entrant: Entrant,
    stint: Stint,
    on_lap: Callable[[Lap], None] | None = None,
    on_progress: OnLapProgress | None = None,
    on_hang: Callable[[str], None] | None = None,
) -> LapRun:
    """Drive a stint to its end or to the first lap that is lost.

    `on_lap` is called with every finished lap, `on_progress` now and then with the lap's number and
    how much of it is done (0..1), `on_hang` as `GuardedDriver` says. Raises InputError for a bot
    that cannot be loaded or a file that cannot be written.
    """
    world = World(conditions.track, [start_of(conditions, entrant)], conditions.backend)
    files = _StintFiles(stint, world, entrant.bot)  # before anyone drives: they may be impossible
    laps: list[Lap] = []
    lost = ""
    began_s = time.perf_counter()
    try:
        driver = _driver(conditions, entrant, stint, world, on_hang)
        session = Session(world, [driver], files.listeners, seed=stint.number, laps=stint.laps)
        files.session = session
        (recorder,) = session.lap_recorders
        recorder.on_lap = partial(_finish_lap, stint, laps, on_lap)
        for _ in range(stint.laps):
            _drive_lap(session, laps, _TIMEOUT_FACTOR * entrant.plan.lap_time_s, on_progress)
    except UnfinishedLapError as error:
        lost = str(error)
    wall_s = time.perf_counter() - began_s
    files.save()
    return LapRun(
        laps=tuple(laps),
        quasi_steady_s=entrant.plan.quasi_steady_s,
        ticks=world.tick,
        wall_s=wall_s,
        realtime_factor=world.time_s / wall_s,
        state_hash=state_hash(world),
        compiled=world.backend is Backend.COMPILED,
        lost=lost,
    )


class _StintFiles:
    """Writes the telemetry and the replay of a stint, as far as they are wanted."""

    def __init__(self, stint: Stint, world: World, bot: str) -> None:
        """Raise InputError for a name that telemetry cannot have."""
        if stint.telemetry is not None:
            check_table_name(stint.telemetry)
        self.session: Session | None = None  # set as soon as there is one
        self._stint = stint
        self._world = world
        self._bot = bot
        self._telemetry = Telemetry(world.step_s)
        self._replay = ReplayRecorder(world, self._controls)

    @property
    def listeners(self) -> list[Listener]:
        """Return the listeners that the session is to call."""
        listeners: list[Listener] = []
        if self._stint.telemetry is not None:
            listeners.append(self._telemetry)
        if self._stint.replay is not None:
            listeners.append(self._replay)
        return listeners

    def save(self) -> None:
        """Write the files. Raises InputError if one cannot be written."""
        if self._stint.telemetry is not None:
            save_telemetry(self._telemetry, self._stint.telemetry, self._title())
        if self._stint.replay is not None:
            save_replay(self._replay.recording(), self._stint.replay)

    def _title(self) -> LogTitle:
        spec, track = self._world.starts[0].spec, self._world.track
        assert track is not None
        car_kg = spec.chassis.mass_kg
        return LogTitle(self._bot, spec.name, car_kg, track.title, datetime.now())

    def _controls(self) -> tuple[Controls, ...]:
        assert self.session is not None
        return self.session.controls


def _finish_lap(
    stint: Stint, laps: list[Lap], on_lap: Callable[[Lap], None] | None, lap: Lap
) -> None:
    """Number a lap among all of the entrant's, keep and report it."""
    laps.append(lap._replace(number=stint.first_lap + len(laps)))
    if on_lap is not None:
        on_lap(laps[-1])


def start_of(conditions: Conditions, entrant: Entrant) -> Start:
    """Return how an entrant's stints begin."""
    if conditions.standing:
        start = standing_start(conditions.spec, entrant.setup, conditions.track)
    else:
        start = flying_start(conditions.spec, entrant.setup, entrant.plan)
    return start._replace(warm_tyres=conditions.warm_tyres, damage=conditions.damage)


def _driver(
    conditions: Conditions,
    entrant: Entrant,
    stint: Stint,
    world: World,
    on_hang: Callable[[str], None] | None,
) -> Driver:
    if entrant.bot == REFERENCE_BOT:
        return bot_alone(world, conditions.pace, stint.laps)
    return GuardedDriver(
        find_driver(entrant.bot, conditions.folder), conditions.time_limit_s, on_hang
    )


def _drive_lap(
    session: Session,
    laps: Sequence[Lap],
    timeout_s: float,
    on_progress: OnLapProgress | None,
) -> None:
    """Step until one more lap is done. Raises UnfinishedLapError if that takes too long."""
    world, driven = session.world, len(laps)
    lap_m = world.track.length_m if world.track is not None else math.inf
    give_up_s = world.time_s + timeout_s
    reported_m = 0.0
    while len(laps) == driven:
        now = session.step().snapshots[0]
        if now.is_wrecked:
            raise UnfinishedLapError(_wreck_text(session))
        if on_progress is not None and abs(now.s_m - reported_m) > _REPORTED_SHARE * lap_m:
            reported_m = now.s_m
            on_progress(now.lap, now.s_m / lap_m)
        if world.time_s > give_up_s:
            raise UnfinishedLapError(
                f"not finished after {timeout_s:.0f} s; the car is at {now.s_m:.0f} m"
            )


def _wreck_text(session: Session) -> str:
    """Return what a car was wrecked by, and where."""
    hits = session.lap_recorders[0].hits
    return f"the car is wrecked: it hit {hit_text(hits[-1])}" if hits else "the car is wrecked"
