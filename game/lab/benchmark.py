"""How fast the program itself is: medians of several runs, all in one go, peers beside it."""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable
from typing import Any

from game.compiled import numba_is_installed
from game.drivers.bot import Bot
from game.drivers.planning import make_plan
from game.drivers.start import flying_start
from game.headless.stint import drive_laps
from game.session import Session
from game.simulation.world import World
from game.track.track import Track, load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, load_car
from game.vehicle.state import Controls

_RUNS = 5
_SIZES = ((1280, 720), (1920, 1080))
_FRAMES = 1200
_PLAIN_SECONDS = 10.0  # of the recorded drive that the plain tick repeats
_DRIVEN_SECONDS = 100.0
_PEER_STEP_S = 1.0 / 50.0
_PEER_SECONDS = 10.0

# Whole-frame times in ms of a bot's drive; the window's package gives it, this one knows no window.
FrameTimes = Callable[[Track, CarSpec, Setup, tuple[int, int], int], list[float]]


def measure_speed(
    frame_times_ms: FrameTimes, quick: bool = False, on_part: Callable[[str], None] | None = None
) -> dict[str, Any]:
    """All figures. Realtime factors are simulated seconds per wall second on one core.

    `on_part` is told what is measured next.
    """

    def begin(name: str) -> None:
        if on_part is not None:
            on_part(name)

    runs = 1 if quick else _RUNS
    frames = _FRAMES // 10 if quick else _FRAMES
    track, spec, setup = load_track("ricardo_tormo"), load_car(), Setup()
    begin("the plan")
    drive = _record(track, spec, setup)
    speed: dict[str, Any] = {}
    begin("plain tick")
    speed["tick_plain_realtime"] = _median(
        runs, lambda: _replay_speed(track, spec, setup, drive, _PLAIN_SECONDS, machine_code=False)
    )
    begin("compiled tick")
    speed["tick_compiled_realtime"] = (
        _median(
            runs,
            lambda: _replay_speed(track, spec, setup, drive, _DRIVEN_SECONDS, machine_code=True),
        )
        if numba_is_installed()
        else None
    )
    begin("CarRacing's physics")
    speed["peer_carracing_realtime"] = (
        _median(runs, _carracing_speed) if importlib.util.find_spec("gymnasium") else None
    )
    speed["tick_compiled_per_peer_carracing"] = (
        speed["tick_compiled_realtime"] / speed["peer_carracing_realtime"]
        if speed["tick_compiled_realtime"] and speed["peer_carracing_realtime"]
        else None
    )
    begin("laps")
    speed["lap_compiled_realtime"] = (
        _median(runs, lambda: drive_laps(track, spec, setup).realtime_factor)
        if numba_is_installed()
        else None
    )
    speed["lap_plain_realtime"] = _median(
        1, lambda: drive_laps(track, spec, setup, machine_code=False).realtime_factor
    )
    for size in _SIZES:
        name = f"frame_{size[0]}x{size[1]}_ms"
        begin(name)
        times = sorted(frame_times_ms(track, spec, setup, size, frames))
        speed[name] = {
            "median": statistics.median(times),
            "p99": times[min(len(times) - 1, round(0.99 * len(times)))],
            "worst": times[-1],
        }
    return speed


def _record(track: Track, spec: CarSpec, setup: Setup) -> list[Controls]:
    """What the bot does on a lap, sixty times a second."""
    plan = make_plan(track, spec, setup)
    world = World(track, [flying_start(spec, setup, plan)], machine_code=True)
    session = Session(world, [Bot()])
    drive: list[Controls] = []
    while world.time_s < _DRIVEN_SECONDS:
        session.step()
        drive += session.controls
    return drive


def _replay_speed(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    drive: list[Controls],
    seconds: float,
    machine_code: bool,
) -> float:
    """Realtime factor of the tick alone, through a recorded drive, four ticks a step."""
    plan = make_plan(track, spec, setup)
    world = World(track, [flying_start(spec, setup, plan)], machine_code=machine_code)
    began_s = time.perf_counter()
    for held in drive:
        world.step([held], 4)
        if world.time_s >= seconds:
            break
    return world.time_s / (time.perf_counter() - began_s)


def _carracing_speed() -> float:
    """Realtime factor of the physics step of gymnasium's CarRacing car, without its drawing."""
    from gymnasium.envs.box2d.car_racing import CarRacing

    environment: Any = CarRacing(continuous=True)
    environment.reset(seed=1)
    car, space = environment.car, environment.world
    steps = round(_PEER_SECONDS / _PEER_STEP_S)
    began_s = time.perf_counter()
    for step in range(steps):
        car.steer(0.3 if step % 100 < 50 else -0.3)
        car.gas(0.5)
        car.step(_PEER_STEP_S)
        space.Step(_PEER_STEP_S, 6 * 30, 2 * 30)
    wall_s = time.perf_counter() - began_s
    environment.close()
    return _PEER_SECONDS / wall_s


def _median(runs: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(runs))
