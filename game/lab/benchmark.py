"""The program's own speed is measured: medians of several runs, all in one go, peers beside it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

from game.bot.bot import Bot
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.compiled import Backend, numba_is_installed
from game.headless.stint import Conditions, drive_laps
from game.lab.batch_speed import batch_speed
from game.lab.peers import PEERS, carracing_physics_speed, peer_speed
from game.session import Session
from game.simulation.world import Start, World
from game.track.track import Track
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec, in_weather
from game.vehicle.state import Controls
from game.weather.weather import load_weather

_RUNS = 5
_SIZES = ((1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
_FRAMES = 6150  # a lap
_RAIN = "rain"  # the weather that ships, in which tick and frame are measured besides
_PLAIN_SECONDS = 10.0  # of the recorded drive that the plain tick repeats
_DRIVEN_SECONDS = 100.0

# Reports on a number of frames of a bot's drive; passed in, since this package knows no window.
FrameReport = Callable[[Track, CarSpec, Setup, tuple[int, int], int], dict[str, Any]]


def measure_speed(
    track: Track,
    spec: CarSpec,
    frame_report: FrameReport,
    quick: bool = False,
    on_part: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Return all figures; environments are measured with the car and circuit that ship, dry.

    Realtime factors are simulated seconds per wall second on one core.

    What cannot be measured for want of a package is None. `on_part` gets the name of each part
    before it is measured.
    """
    report_part = on_part or (lambda _: None)
    runs = 1 if quick else _RUNS
    setup = default_setup(spec)
    report_part("the plan")
    drive = _record(track, spec, setup)
    speed = _ticks(track, spec, setup, drive, runs, report_part)
    report_part("laps")
    speed["lap_compiled_realtime"] = (
        _median(runs, lambda: drive_laps(Conditions(track, spec), setup).realtime_factor)
        if numba_is_installed()
        else None
    )
    speed["lap_plain_realtime"] = _median(
        1,
        lambda: drive_laps(Conditions(track, spec, backend=Backend.PLAIN), setup).realtime_factor,
    )
    if find_spec("gymnasium"):
        from game.lab.environment_speed import environment_speed

        report_part("environments")
        speed |= environment_speed(quick)
    for name in PEERS:
        report_part(f"another's environment, {name}")
        speed[f"peer_{name}_realtime"] = _median(runs, partial(peer_speed, name))
    speed |= _ratios(speed)
    frames = _FRAMES // 10 if quick else _FRAMES
    for size in _SIZES:
        name = f"frame_{size[0]}x{size[1]}_ms"
        report_part(name)
        speed[name] = frame_report(track, spec, setup, size, frames)
    return speed | _in_rain(track, spec, frame_report, runs, frames, report_part)


def _ticks(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    drive: list[Controls],
    runs: int,
    report_part: Callable[[str], None],
) -> dict[str, Any]:
    """Return the tick of one car, plain and compiled, of many cars, and of the peer's car."""
    start = flying_start(spec, setup, make_plan(track, spec, setup))

    def one(seconds: float, backend: Backend) -> float:
        return _replay_speed(track, start, drive, seconds, backend)

    report_part("plain tick")
    speed: dict[str, Any] = {
        "tick_plain_realtime": _median(runs, lambda: one(_PLAIN_SECONDS, Backend.PLAIN))
    }
    compiles = numba_is_installed()
    report_part("compiled tick")
    speed["tick_compiled_realtime"] = (
        _median(runs, lambda: one(_DRIVEN_SECONDS, Backend.COMPILED)) if compiles else None
    )
    report_part("batch")
    speed["batch_512_realtime"] = (
        _median(runs, lambda: batch_speed(track, start, drive)) if compiles else None
    )
    report_part("CarRacing's physics")
    speed["peer_carracing_realtime"] = _median(runs, carracing_physics_speed)
    return speed


def _in_rain(
    track: Track,
    spec: CarSpec,
    frame_report: FrameReport,
    runs: int,
    frames: int,
    report_part: Callable[[str], None],
) -> dict[str, Any]:
    """Return the compiled tick and the frames of the bot's drive in rain."""
    wet = in_weather(spec, load_weather(_RAIN))
    setup = default_setup(wet)
    report_part("the plan in rain")
    start = flying_start(wet, setup, make_plan(track, wet, setup))
    drive = _record(track, wet, setup)

    def one() -> float:
        return _replay_speed(track, start, drive, _DRIVEN_SECONDS, Backend.COMPILED)

    report_part("compiled tick in rain")
    tick = _median(runs, one) if numba_is_installed() else None
    width, height = _SIZES[0]
    name = f"frame_{width}x{height}_in_rain_ms"
    report_part(name)
    return {
        "tick_compiled_in_rain_realtime": tick,
        name: frame_report(track, wet, setup, (width, height), frames),
    }


def _ratios(speed: dict[str, Any]) -> dict[str, float | None]:
    """Return our speed over the peer's, of the same run."""
    return {
        name: speed[ours] / speed[peer] if speed.get(ours) and speed.get(peer) else None
        for name, ours, peer in (
            (
                "tick_compiled_per_peer_carracing",
                "tick_compiled_realtime",
                "peer_carracing_realtime",
            ),
            (
                "environment_rays_per_peer_carracing_pixels",
                "environment_rays_realtime",
                "peer_carracing_pixels_realtime",
            ),
        )
    }


def _record(track: Track, spec: CarSpec, setup: Setup) -> list[Controls]:
    """Return the bot's controls on a lap, sixty times a second."""
    plan = make_plan(track, spec, setup)
    world = World(track, [flying_start(spec, setup, plan)], backend=Backend.COMPILED)
    session = Session(world, [Bot()])
    drive: list[Controls] = []
    while world.time_s < _DRIVEN_SECONDS:
        session.step()
        drive += session.controls
    return drive


def _replay_speed(
    track: Track, start: Start, drive: list[Controls], seconds: float, backend: Backend
) -> float:
    """Return the realtime factor of the tick alone, through a recorded drive, four ticks a step."""
    world = World(track, [start], backend=backend)
    began_s = time.perf_counter()
    for held in drive:
        world.step([held], 4)
        if world.time_s >= seconds:
            break
    return world.time_s / (time.perf_counter() - began_s)


def _median(runs: int, measure: Callable[[], float | None]) -> float | None:
    """Return the median, or None for what cannot be measured."""
    values = [value for value in (measure() for _ in range(runs)) if value is not None]
    return statistics.median(values) if values else None
