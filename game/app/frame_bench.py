"""How long whole frames take, without a display: events, ticks, drawing, flip."""

from __future__ import annotations

import time
from typing import Final

from game.app import display
from game.app.drive import Drive
from game.app.input.inputs import Inputs
from game.app.scenes.driving import DrivingScene
from game.app.settings import Settings
from game.app.stage import Stage
from game.app.window import Window, settle_memory
from game.drivers.bot import Bot
from game.drivers.planning import make_plan
from game.drivers.start import flying_start
from game.simulation.world import TICK_S
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_TICKS_PER_FRAME: Final = 4


def frame_times_ms(
    track: Track, spec: CarSpec, setup: Setup, size: tuple[int, int], frames: int
) -> list[float]:
    """The times of so many frames at 60 Hz of the bot's lap, ground painted as it comes along."""
    display.open_offscreen(size)
    inputs = Inputs()
    try:
        plan = make_plan(track, spec, setup)
        drive = Drive(track, spec, setup, Bot)
        drive.begin(flying_start(spec, setup, plan))
        stage = Stage(track, spec, setup, Settings(), inputs)
        scene = DrivingScene(stage, drive)
        scene.prepare(size)
        settle_memory()
        window = Window(stage, scene)
        times_ms = []
        for _ in range(frames):
            begin_s = time.perf_counter()
            window.frame(_TICKS_PER_FRAME * TICK_S)
            times_ms.append(1000.0 * (time.perf_counter() - begin_s))
        return times_ms
    finally:
        inputs.close()
        display.close()
