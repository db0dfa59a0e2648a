"""Any scene rendered to a picture, without a display."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.app import display

import pygame  # isort: skip

from game.app.drive import Drive
from game.app.input.inputs import Inputs
from game.app.map_view import draw_map
from game.app.scenes.driving import DrivingScene
from game.app.scenes.paused import PausedScene
from game.app.settings import Settings
from game.app.stage import Stage
from game.drivers.bot import Bot
from game.drivers.planning import make_plan
from game.drivers.start import start_on_line
from game.files import InputError
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

SCENES: Final = ("drive", "pause", "map")

_MOST_TICKS: Final = 24_000
# The car is put down so far before the place and driven there, so that it is truly on its way.
_FIRST: Final = 0.20  # of the lap
_LAST: Final = 0.06


def render_shot(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    at_m: float,
    size: tuple[int, int],
    scene: str,
    out_path: Path,
) -> None:
    """Render a scene with the car at a distance along the lap and write it as .png or .jpg.

    scene: "drive", "pause" or "map". Raises InputError for another, or if the file cannot be
    written.
    """
    if scene not in SCENES:
        raise InputError(f"scene '{scene}': there are {', '.join(SCENES)}")
    if out_path.suffix not in display.PICTURES:
        raise InputError(f"{out_path}: pictures are written as {' or '.join(display.PICTURES)}")
    surface = display.open_offscreen(size)
    try:
        if scene == "map":
            draw_map(surface, track)
        else:
            _draw_drive(surface, track, spec, setup, at_m % track.length_m, paused=scene == "pause")
        display.save_picture(surface, out_path)
    finally:
        display.close()


def _draw_drive(
    surface: pygame.Surface,
    track: Track,
    spec: CarSpec,
    setup: Setup,
    at_m: float,
    *,
    paused: bool,
) -> None:
    plan = make_plan(track, spec, setup)
    drive = Drive(track, spec, setup, Bot)
    lap_m = track.length_m
    drive.begin(start_on_line(spec, setup, plan, at_m - _FIRST * lap_m, at_m - _LAST * lap_m))
    stage = Stage(track, spec, setup, Settings(), Inputs())
    driving = DrivingScene(stage, drive)
    for _ in range(_MOST_TICKS):
        if (at_m - drive.now.s_m + 0.5 * lap_m) % lap_m <= 0.5 * lap_m:
            break
        drive.step(1)
    driving.settle()
    driving.paint_in_view(surface.get_size())
    (PausedScene(driving) if paused else driving).draw(surface)
