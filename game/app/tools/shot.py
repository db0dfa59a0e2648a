"""Any scene rendered to a picture, without a display."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from typing import Final

from game.app.context import display
from game.app.context.settings import Settings
from game.app.context.stage import Stage
from game.app.driving.drive import Drive
from game.app.input.commands import Command
from game.app.input.inputs import Inputs
from game.app.input.settings import ControlSettings
from game.app.menus.scene import Scene
from game.app.scenes.driving import DrivingScene
from game.app.scenes.hud_editor import HudEditorScene
from game.app.scenes.loading import LoadingScene
from game.app.scenes.paused import PausedScene
from game.app.scenes.photo import PhotoScene
from game.app.scenes.result import ResultScene
from game.app.scenes.settings import SettingsScene
from game.app.scenes.title import TitleScene
from game.app.setup.setup_scene import SetupScene
from game.app.sound.settings import SoundSettings
from game.app.venue.map_view import draw_map
from game.bot.bot import Bot
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.errors import InputError
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_FRAME_S: Final = 1.0 / 60.0
_MOST_FRAMES: Final = 60 * 600
_FRAMES_TO_REST: Final = 30
_FRAMES_ASKED: Final = 20  # of a map, in which it has asked for its ground
_FRAMES_SEEN: Final = 66  # in which it has drawn it
_MOST_WAIT_S: Final = 180.0  # for laps driven beside
_LAP: Final = 2  # by then there is a best lap, and there are marks on the road
_LOADED: Final = 0.62  # how far the picture of the loading scene is

_OVER_A_DRIVE: Final[dict[str, Callable[[DrivingScene], Scene]]] = {
    "drive": lambda driving: driving,
    "pause": PausedScene,
    "result": ResultScene,
    "instruments": lambda driving: HudEditorScene(driving.stage, driving),
}
_PAGE: Final = "settings-"
_SETUP: Final = ("setup", "setup-compare", "setup-energy", "setup-map", "setup-presets")
_PAGES: Final = ("driving", "controller", "bindings", "camera", "screen", "sound", "display")
SCENES: Final = (
    "title",
    "loading",
    "photo",
    *_OVER_A_DRIVE,
    *(_PAGE + page for page in _PAGES),
    *_SETUP,
    "map",
)


def render_shot(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    at_m: float,
    size: tuple[int, int],
    scene: str,
    out_path: Path,
) -> None:
    """Render a scene with the bot's car at a distance along its second lap, as .png or .jpg.

    scene: one of `SCENES`. Raises InputError for another, or if the file cannot be written.
    """
    if scene not in SCENES:
        raise InputError(f"scene '{scene}': there are {', '.join(SCENES)}")
    if out_path.suffix not in display.PICTURES:
        raise InputError(f"{out_path}: pictures are written as {' or '.join(display.PICTURES)}")
    surface = display.open_offscreen(size)
    make_plan(track, spec, setup)  # before the stage is set: the ground shows the line
    settings = Settings(sound=SoundSettings(muted=True))
    stage = Stage(track, spec, setup, settings, Inputs(ControlSettings()))
    try:
        if scene == "map":
            draw_map(surface, stage.world_view, track)
        else:
            made = _made(stage, scene, at_m % track.length_m, size)
            for frame in range(_FRAMES_SEEN if scene in _SETUP else 0):
                stage.attend()
                made.advance(_FRAME_S)
                made.draw(surface)
                if frame == _FRAMES_ASKED:
                    stage.world_view.paint_wished()
            made.draw(surface)
        display.save_picture(surface, out_path)
    finally:
        stage.close()
        display.close()


def _made(stage: Stage, name: str, at_m: float, size: tuple[int, int]) -> Scene:
    """A scene, come to rest, with all its ground painted."""
    if name == "loading":
        loading = LoadingScene(stage, repeat(_LOADED), lambda: loading)
        loading.advance(_FRAME_S)
        return loading
    plan = make_plan(stage.track, stage.spec, stage.setup)
    start = flying_start(stage.spec, stage.setup, plan)
    if name == "title":
        title = TitleScene(stage)
        _watch(title, title.show.begin(plan).drive, at_m)
        stage.world_view.paint_in_view(title.show.view(size))
        return title
    drive = Drive(stage.track, stage.spec, stage.setup, Bot)
    drive.begin(start)
    driving = DrivingScene(stage, drive)
    _watch(driving, drive, at_m)
    driving.paint_in_view(size)
    if name == "photo":
        photo = PhotoScene(stage, driving.picture, driving)
        stage.world_view.paint_in_view(photo.view(size))
        return photo
    if name in _OVER_A_DRIVE:
        return _OVER_A_DRIVE[name](driving)
    if name in _SETUP:
        return _setup(stage, driving, _SETUP.index(name))
    settings = SettingsScene(stage, PausedScene(driving))
    for _ in range(_PAGES.index(name.removeprefix(_PAGE))):
        settings.hear(Command.NEXT_TAB)
    for _ in range(_FRAMES_TO_REST):
        settings.advance(_FRAME_S)
    return settings


def _setup(stage: Stage, driving: DrivingScene, page: int) -> Scene:
    """A page of the setup, when all that it asks about has been answered."""
    scene = SetupScene(stage, PausedScene(driving))
    for _ in range(page):
        scene.hear(Command.NEXT_TAB)
    end_s = time.monotonic() + _MOST_WAIT_S
    for _ in range(2):  # processes are asked for in the second
        scene.advance(_FRAME_S)
    while stage.workbench.what_if.busy and time.monotonic() < end_s:
        stage.attend()
        scene.advance(_FRAME_S)
        time.sleep(_FRAME_S)
    for _ in range(_FRAMES_TO_REST):
        scene.advance(_FRAME_S)
    return scene


def _watch(scene: Scene, drive: Drive, at_m: float) -> None:
    """Go on frame by frame until the car, on its second lap, is at a place."""
    half_m = 0.5 * drive.track.length_m
    _advance(scene, lambda: drive.now.lap >= _LAP and drive.now.s_m < half_m)
    _advance(scene, lambda: drive.now.lap > _LAP or drive.now.s_m >= at_m)


def _advance(scene: Scene, done: Callable[[], bool]) -> None:
    for _ in range(_MOST_FRAMES):
        if done():
            return
        scene.advance(_FRAME_S)
