"""Render any scene to a picture, without a display."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from typing import Final, NamedTuple

from game.app.car.settings import CarSettings
from game.app.context import display
from game.app.context.app_context import AppContext
from game.app.context.display import DisplaySettings
from game.app.context.settings import Settings
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.input.commands import Command
from game.app.input.inputs import Inputs
from game.app.input.settings import ControlSettings
from game.app.menus.scene import Scene
from game.app.scenes.driving import DrivingScene
from game.app.scenes.lesson_plan import LESSONS
from game.app.scenes.player_race import chosen_grid, field_wanted, race_from
from game.app.scenes.replay import ReplayScene
from game.app.scenes.routes import SceneRoutes
from game.app.scenes.split import SplitScene
from game.app.scenes.split_race import SplitRaceScene
from game.app.scenes.two_player_drive import drive_of_two
from game.app.setup.model.garage import Garage
from game.app.sound.settings import SoundSettings
from game.app.tools.icon import draw_icon
from game.app.tools.staged_race import planned_field, staged_race
from game.app.venue.map_view import draw_map
from game.app.venue.venue import Venue
from game.bot.bot import Bot
from game.bot.examples.keyboard import KeyboardPlayer
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.errors import InputError
from game.goals.target_files import make_targets
from game.racing.racing_driver import RacingDriver
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_FRAME_S: Final = 1.0 / 60.0
_MAX_FRAMES: Final = 60 * 600
_FRAMES_TO_REST: Final = 30
_FRAMES_ASKED: Final = 20  # of a map, in which it has asked for its ground
_FRAMES_SEEN: Final = 66  # in which it has drawn it
_MAX_WAIT_S: Final = 180.0  # for laps driven beside
_LAP: Final = 2  # by then there is a best lap, and there are marks on the road
_BEFORE_END_S: Final = 3.0  # that a replay is watched before it is drawn
_LOADED: Final = 0.62  # how far the picture of the loading scene is

_LAP_PAGE: Final = "laps"
_OVER_A_DRIVE: Final[dict[str, Callable[[SceneRoutes, DrivingScene], Scene]]] = {
    "drive": lambda _, driving: driving,
    "pause": lambda routes, driving: routes.pause(driving),
    "result": lambda routes, driving: routes.result(driving),
    "instruments": lambda routes, driving: routes.hud_editor(driving, driving),
    _LAP_PAGE: lambda routes, driving: _lap_page(routes, driving),
}
_REPLAY: Final = "replay"
_RACE: Final = "race"  # in which a bot sits at the player's wheel
_RACE_PACE: Final = 0.95  # its, who starts last
_TWO_PLAYERS: Final = "two-players"  # whom two bots stand in for
_TWO_RACING: Final = "two-racing"
_TWO_PACES: Final = (0.99, 0.93)
_ICON: Final = "icon"  # the window's, square
_PAGE: Final = "settings-"
_CORNER: Final = 3  # the place in the list of the corner that is practised
_CORNER_S: Final = 2.5  # of its way
_CIRCUITS: Final = "circuits"
_READ: Final = (_CIRCUITS, "daily")  # over the title, by processes beside the game
_EXERCISES: Final = ("practice", "corner", "lessons", "lesson")
_SETUP: Final = ("setup", "setup-compare", "setup-energy", "setup-map", "setup-presets")
_WITH_MAP: Final = (*_SETUP, _PAGE + "camera")  # whose ground is asked for as they are drawn
_PAGES: Final = (
    "driving",
    "controller",
    "bindings",
    "camera",
    "ghosts",
    "car",
    "screen",
    "effects",
    "sound",
)
SCENES: Final = (
    "title",
    "loading",
    "photo",
    *_OVER_A_DRIVE,
    _REPLAY,
    _RACE,
    _TWO_PLAYERS,
    _TWO_RACING,
    *(_PAGE + page for page in _PAGES),
    *_SETUP,
    *_EXERCISES,
    *_READ,
    "map",
    _ICON,
)


class Shot(NamedTuple):
    """A shot is a scene with the bot's car at a distance along its second lap."""

    scene: str  # one of `SCENES`
    at_m: float
    size: tuple[int, int]
    car: CarSettings = CarSettings()


def render_shot(track: Track, spec: CarSpec, setup: Setup, shot: Shot, out_path: Path) -> None:
    """Render a scene as .png or .jpg.

    Raises InputError if there is no such scene, or if the file cannot be written.
    """
    scene, size = shot.scene, shot.size
    if scene not in SCENES:
        raise InputError(f"scene '{scene}': choose one of {', '.join(SCENES)}")
    if out_path.suffix not in display.PICTURES:
        raise InputError(f"{out_path}: pictures are written as {' or '.join(display.PICTURES)}")
    surface = display.open_offscreen(size)
    if scene == _ICON:
        display.save_picture(draw_icon(spec, min(size)), out_path)
        display.close()
        return
    make_plan(track, spec, setup)  # before the venue is opened, which then has it
    settings = Settings(
        car=shot.car,
        display=DisplaySettings(render_percent=100),
        sound=SoundSettings(muted=True),
    )
    context = AppContext(settings, Inputs(ControlSettings()))
    venue = Venue(context, track, spec, setup)
    routes = SceneRoutes(Garage(venue, spec, setup))
    try:
        if scene == "map":
            draw_map(surface, venue.world_view, track)
        else:
            made = _made(routes, scene, shot.at_m % track.length_m, size)
            for frame in range(_FRAMES_SEEN if scene in _WITH_MAP else 0):
                routes.garage.poll()
                made.update(_FRAME_S)
                made.draw(surface)
                if frame == _FRAMES_ASKED:
                    venue.world_view.paint_requested()
            made.draw(surface)
        display.save_picture(surface, out_path)
    finally:
        routes.close()
        display.close()


def _made(routes: SceneRoutes, name: str, at_m: float, size: tuple[int, int]) -> Scene:
    """Return a scene, come to rest, with all its ground painted."""
    if name == "loading":
        loading = routes.loading(repeat(_LOADED), lambda: loading)
        loading.update(_FRAME_S)
        return loading
    garage = routes.garage
    plan = make_plan(garage.track, garage.spec, garage.setup)
    start = flying_start(garage.spec, garage.setup, plan)
    if name == "title":
        title = routes.title()
        _watch(title, title.attract_mode.begin(plan).drive, at_m)
        routes.venue.world_view.paint_in_view(title.attract_mode.view(size))
        return title
    if name == _RACE:
        return _race(routes, at_m, size)
    if name in (_TWO_PLAYERS, _TWO_RACING):
        return _two(routes, at_m, size, racing=name == _TWO_RACING)
    if name in _EXERCISES:
        return _exercise(routes, name, size)
    if name in _READ:
        return _read(routes, name, size)
    driver = KeyboardPlayer if name == _LAP_PAGE else Bot
    drive = Drive(garage.track, [CarEntry(garage.spec, garage.setup, driver)])
    drive.begin(start)
    driving = routes.watch(drive)
    _watch(driving, drive, at_m)
    driving.paint_in_view(size)
    if name == "photo":
        photo = routes.photo(driving.picture, driving)
        routes.venue.world_view.paint_in_view(photo.view(size))
        return photo
    if name == _REPLAY:
        return _replay(routes, driving, size)
    if name in _OVER_A_DRIVE:
        return _OVER_A_DRIVE[name](routes, driving)
    if name in _SETUP:
        return _setup(routes, driving, _SETUP.index(name))
    settings = routes.settings(routes.pause(driving))
    for _ in range(_PAGES.index(name.removeprefix(_PAGE))):
        settings.handle(Command.NEXT_TAB)
    for _ in range(_FRAMES_TO_REST):
        settings.update(_FRAME_S)
    return settings


def _replay(routes: SceneRoutes, driving: DrivingScene, size: tuple[int, int]) -> Scene:
    """Return the drive up to now as a replay, seen beside its first lap."""
    loading = routes.open_recording(driving.drive.recording(), routes.pause(driving))
    scene: Scene = loading
    end_s = time.monotonic() + _MAX_WAIT_S
    while not isinstance(scene, ReplayScene) and time.monotonic() < end_s:
        scene.update(_FRAME_S)
        scene = loading.following()
    assert isinstance(scene, ReplayScene)
    scene.stop()
    while not scene.ahead.is_done and time.monotonic() < end_s:
        scene.update(_FRAME_S)
        time.sleep(_FRAME_S)
    replayed = scene.replay_drive
    replayed.seek(replayed.replay.ticks - round(_BEFORE_END_S / replayed.replay.step_s))
    while replayed.is_seeking:
        scene.update(_FRAME_S)
    for lap in scene.laps_to_compare()[:1]:
        scene.compare(lap)
    scene.toggle()
    _advance(scene, lambda: not scene.playing)
    scene.paint_in_view(size)
    return scene


def _race(routes: SceneRoutes, at_m: float, size: tuple[int, int]) -> Scene:
    """Return a race in its first lap."""
    scene = staged_race(routes, _stand_in(_RACE_PACE))
    race, car = scene.race, scene.race.followed
    half_m = 0.5 * routes.garage.track.length_m
    _advance(scene, lambda: race.control.race_s > 0.0 and car.now.s_m < half_m)
    _advance(scene, lambda: at_m <= car.now.s_m)
    scene.paint_in_view(size)
    return scene


def _two(routes: SceneRoutes, at_m: float, size: tuple[int, int], *, racing: bool) -> Scene:
    """Return a drive or a race of two in its first lap."""
    garage = routes.garage
    routes.context.seats.deal()
    scene: SplitScene
    if racing:
        laps_s = planned_field(garage, field_wanted(garage, players=2))
        race = race_from(garage, chosen_grid(garage, 2, laps_s))
        scene = SplitRaceScene(garage, routes, race)
    else:
        scene = SplitScene(garage, routes, drive_of_two(garage))
    for pane, pace in zip(scene.panes, _TWO_PACES, strict=True):
        pane.car.entry = pane.car.entry._replace(make_driver=_stand_in(pace))
    scene.restart()
    first = scene.panes[0].car
    half_m = 0.5 * garage.track.length_m
    _advance(scene, lambda: scene.drive.time_s > 0.0 and first.now.s_m < half_m)
    _advance(scene, lambda: at_m <= first.now.s_m < half_m)
    scene.paint_in_view(size)
    return scene


def _stand_in(pace: float) -> Callable[[], RacingDriver]:
    """Return what makes a bot that sits at a person's wheel."""
    return lambda: RacingDriver(lambda: Bot(pace), lambda _: None)


def _read(routes: SceneRoutes, name: str, size: tuple[int, int]) -> Scene:
    """Return a scene over the title, when all that it shows has been found out."""
    title = routes.title()
    title.attract_mode.begin_if_ready()
    routes.venue.world_view.paint_in_view(title.attract_mode.view(size))
    scene = routes.circuits(title) if name == _CIRCUITS else routes.daily(title)
    end_s = time.monotonic() + _MAX_WAIT_S
    scene.update(_FRAME_S)
    while scene.is_reading and time.monotonic() < end_s:
        scene.update(_FRAME_S)
        time.sleep(_FRAME_S)
    return scene


def _exercise(routes: SceneRoutes, name: str, size: tuple[int, int]) -> Scene:
    """Return a list of exercises, or one of them, in which the bot drives."""
    garage, title = routes.garage, routes.title()
    title.attract_mode.begin_if_ready()
    targets = make_targets(garage.track, garage.spec, garage.setup.tyre)
    garage.targets_ahead.put(garage.setup.tyre, targets)
    routes.venue.world_view.paint_in_view(title.attract_mode.view(size))
    scenes: dict[str, Callable[[], Scene]] = {
        "practice": lambda: routes.practice(title),
        "lessons": lambda: routes.lessons(title),
        "lesson": lambda: routes.lesson(LESSONS[0].name, targets, routes.lessons(title)),
    }
    if name in scenes:
        scene = scenes[name]()
    else:
        corner = targets.corners[_CORNER % len(targets.corners)]
        scene = routes.practise_corner(corner, routes.practice(title))
        car = scene.drive.followed
        car.entry = car.entry._replace(make_driver=Bot)
        scene.restart()
        routes.context.inputs.state.throttle = 1.0  # which begins it
        _advance(scene, lambda: scene.drive.time_s > _CORNER_S)
    for _ in range(_FRAMES_TO_REST):
        scene.update(_FRAME_S)
    if isinstance(scene, DrivingScene):
        scene.paint_in_view(size)
    return scene


def _lap_page(routes: SceneRoutes, driving: DrivingScene) -> Scene:
    """Return the comparison of the lap with the bot's, once that is driven."""
    ahead, start = routes.garage.reference_ahead, driving.drive.world.starts[0]
    ahead.find_start = lambda: start
    ahead.begin()
    end_s = time.monotonic() + _MAX_WAIT_S
    while ahead.is_driving and time.monotonic() < end_s:
        ahead.poll()
        time.sleep(_FRAME_S)
    scene = routes.lap_page(driving, routes.pause(driving))
    for _ in range(_FRAMES_TO_REST):
        scene.update(_FRAME_S)
    return scene


def _setup(routes: SceneRoutes, driving: DrivingScene, page: int) -> Scene:
    """Return a page of the setup, when all that it asks about has been answered."""
    scene = routes.setup(routes.pause(driving))
    for _ in range(page):
        scene.handle(Command.NEXT_TAB)
    end_s = time.monotonic() + _MAX_WAIT_S
    for _ in range(2):  # processes are asked for in the second
        scene.update(_FRAME_S)
    while routes.garage.workbench.what_if.busy and time.monotonic() < end_s:
        routes.garage.poll()
        scene.update(_FRAME_S)
        time.sleep(_FRAME_S)
    for _ in range(_FRAMES_TO_REST):
        scene.update(_FRAME_S)
    return scene


def _watch(scene: Scene, drive: Drive, at_m: float) -> None:
    """Advance frame by frame until the car, on its second lap, is at a place."""
    half_m = 0.5 * drive.track.length_m
    _advance(scene, lambda: drive.followed.now.lap >= _LAP and drive.followed.now.s_m < half_m)
    _advance(scene, lambda: drive.followed.now.lap > _LAP or drive.followed.now.s_m >= at_m)


def _advance(scene: Scene, done: Callable[[], bool]) -> None:
    for _ in range(_MAX_FRAMES):
        if done():
            return
        scene.update(_FRAME_S)
