"""Any scene rendered to a picture, without a display."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.app import display

import pygame  # isort: skip

from game.app.drive import Drive
from game.app.map_view import draw_map
from game.app.scenes.driving import DrivingScene
from game.app.scenes.paused import PausedScene
from game.drivers.bot import Bot
from game.drivers.plan import make_plan
from game.files import InputError
from game.headless import start_on_line
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

SCENES: Final = ("drive", "pause", "map")

_MOST_TICKS: Final = 2400
_RUN_UP_M: Final = 60.0  # driven before the place, so that the instruments show something


def render_shot(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    at_m: float,
    size: tuple[int, int],
    scene: str,
    out_path: Path,
) -> None:
    """Render a scene with the car at a distance along the lap and write it as PNG.

    scene: "drive", "pause" or "map". Raises InputError for another, or if the file cannot be
    written.
    """
    if scene not in SCENES:
        raise InputError(f"scene '{scene}': there are {', '.join(SCENES)}")
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
    drive = Drive(track, spec, setup, lambda: Bot(track, spec, setup, plan))
    from_m = (at_m - _RUN_UP_M) % track.length_m
    drive.begin(start_on_line(spec, setup, plan, from_m))
    driving = DrivingScene(drive)
    for _ in range(_MOST_TICKS):
        gone_m = (drive.now.s_m - from_m + 0.5 * track.length_m) % track.length_m
        if gone_m - 0.5 * track.length_m >= _RUN_UP_M:
            break
        drive.step(1)
    driving.settle()
    driving.paint_in_view(surface.get_size())
    (PausedScene(driving) if paused else driving).draw(surface)
