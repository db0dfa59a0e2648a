"""Measure how long whole frames take, without a display: events, ticks, drawing, sound, flip."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from game.app.car.livery import LIVERIES
from game.app.context import display
from game.app.context.app_context import AppContext
from game.app.context.settings import Settings
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.rival import Rival
from game.app.driving.settings import RaceSettings
from game.app.input.inputs import Inputs
from game.app.scenes.driving import DrivingScene
from game.app.scenes.loading_steps import field_steps, loading_steps, settle_memory
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.tools.staged_race import staged_race
from game.app.venue.venue import Venue
from game.app.view.camera import CameraSettings
from game.app.window import Window
from game.bot.bot import Bot
from game.bot.examples.keyboard import KeyboardPlayer
from game.bot.plan import Plan
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.goals.planned_ghost import planned_ghost
from game.recording.ghost import slowed
from game.simulation.world import TICK_S
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_TICKS_PER_FRAME: Final = 4
_RACE_LAPS: Final = 50  # more than anybody measures
_GHOST_GAP: Final = 0.0005  # of a lap's time, to the next ghost


@dataclass(slots=True)
class FrameTimes:
    """Holds the frames of one drive at 60 Hz, and what the worst of them did."""

    times_ms: list[float] = field(default_factory=list)
    worst_parts_ms: dict[str, float] = field(default_factory=dict)
    worst_at_m: float = 0.0  # along the lap
    render_percent: int = 100  # of the window's pixels that the world was painted with, at last
    memory_mb: list[float] = field(default_factory=list)  # resident, at the start and every minute

    def report(self) -> dict[str, Any]:
        """Report median, p99 and worst in ms, what the worst frame did and where; memory in MB."""
        ordered = sorted(self.times_ms)
        return {
            "median": statistics.median(ordered),
            "p99": ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))],
            "worst": ordered[-1],
            "worst_frame": {
                "frame": self.times_ms.index(ordered[-1]),
                "s_m": self.worst_at_m,
                "parts_ms": self.worst_parts_ms,
            },
            "render_percent": self.render_percent,
            "memory_mb": self.memory_mb,
        }


class BenchDrive(NamedTuple):
    """Says which drive is timed: the bot's laps on a circuit, in a window of a size."""

    track: Track
    spec: CarSpec
    setup: Setup
    size: tuple[int, int]
    frames: int
    camera: CameraSettings = CameraSettings()
    painted: bool = True  # beforehand, as the ground is after a player's first minutes
    ghosts: int = 0  # that drive along, one close behind another
    field: int = 0  # cars in a race, among which a bot drives by keys; 0: it drives alone


def time_frames(timed: BenchDrive, on_part: Callable[[str], None] | None = None) -> FrameTimes:
    """Time the frames of a drive, with instruments, smoke, marks and sound.

    There is neither window nor sound device. `on_part` is called with what comes next. Raises
    KeyboardInterrupt if the program is asked to end meanwhile.
    """
    report = on_part or (lambda _: None)
    track, spec, setup, size = timed.track, timed.spec, timed.setup, timed.size
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    display.open_offscreen(size)
    inputs = Inputs()
    settings = Settings(camera=timed.camera)
    if timed.field:
        raced = RaceSettings(laps=_RACE_LAPS, field=timed.field, grid="last")
        settings = msgspec.structs.replace(settings, race=raced)
    venue = Venue(AppContext(settings, inputs), track, spec, setup)
    routes = SceneRoutes(Garage(venue, spec, setup))
    try:
        scene = staged_race(routes, KeyboardPlayer) if timed.field else _driven(routes, timed)
        if timed.painted:
            for share in venue.world_view.paint_all():
                report(f"painting the ground, {100.0 * share:.0f} %")
        scene.settle()
        scene.prepare(size)
        for _ in field_steps(scene.picture.cars):
            pass
        for _ in loading_steps(scene, scene.view(size)):
            pass
        settle_memory()
        result = _timed(Window(routes, scene), scene.drive, timed.frames, report)
        result.render_percent = routes.context.render_scale.resolution(size).percent
        return result
    finally:
        routes.close()
        inputs.close()
        display.close()


def _driven(routes: SceneRoutes, timed: BenchDrive) -> DrivingScene:
    """Return the drive of a bot, alone or with ghosts."""
    track, spec, setup = timed.track, timed.spec, timed.setup
    plan = make_plan(track, spec, setup)
    drive = Drive(track, [CarEntry(spec, setup, Bot)])
    drive.begin(flying_start(spec, setup, plan))
    if timed.ghosts:
        ghosts = _ghosts(plan, spec, timed.ghosts)
        drive.followed.find_rivals = lambda: ghosts
    return routes.watch(drive)


def _ghosts(plan: Plan, spec: CarSpec, count: int) -> tuple[Rival, ...]:
    """Return laps of the plan, each a little slower than the one before."""
    lap = planned_ghost(plan, spec.chassis.wheelbase_m)
    return tuple(
        Rival(livery.name, livery, slowed(lap, 1.0 + _GHOST_GAP * number))
        for number, livery in enumerate(LIVERIES[:count], start=1)
    )


def _timed(window: Window, drive: Drive, frames: int, report: Callable[[str], None]) -> FrameTimes:
    result = FrameTimes()
    log = window.context.frame_log
    pauses = _Pauses()
    gc.callbacks.append(pauses.on_phase)
    worst_ms = 0.0
    try:
        for frame in range(frames):
            if frame % 3600 == 0:
                result.memory_mb.append(_resident_mb())
                report(f"frames, minute {frame // 3600} of {frames / 3600:.1f}")
            pauses.total_ms = 0.0
            window.frame(_TICKS_PER_FRAME * TICK_S)
            window.judge()
            if window.scene is None:
                raise KeyboardInterrupt  # SDL has made an event of the signal
            result.times_ms.append(log.total_ms)
            if log.total_ms > worst_ms:
                worst_ms = log.total_ms
                result.worst_at_m = drive.followed.now.s_m
                result.worst_parts_ms = dict(log.parts_ms)
                if pauses.total_ms > 0.0:
                    result.worst_parts_ms["of which collecting garbage"] = pauses.total_ms
    finally:
        gc.callbacks.remove(pauses.on_phase)
    return result


class _Pauses:
    """Collects the pauses for which the garbage collector stopped the program."""

    def __init__(self) -> None:
        self.total_ms = 0.0
        self._began_s = 0.0

    def on_phase(self, phase: str, _: dict[str, int]) -> None:
        """Note the phase of a collection, called by the collector."""
        if phase == "start":
            self._began_s = time.perf_counter()
        else:
            self.total_ms += 1000.0 * (time.perf_counter() - self._began_s)


def _resident_mb() -> float:
    """Return the memory of the process; 0 where the system has no /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return float(line.split()[1]) / 1024.0
