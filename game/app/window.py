"""Open the window, run scenes frame by frame, and close it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from game.app.context import display  # first: it settles how pygame starts
from game.translation import _

import pygame  # isort: skip

from game.app.context.app_context import AppContext
from game.app.context.language import use_language
from game.app.context.lessons_done import players_lessons
from game.app.context.settings import Settings, SettingsFile
from game.app.context.window_place import WindowMemory
from game.app.driving.rival import Rival
from game.app.input.commands import Command
from game.app.input.inputs import Inputs
from game.app.input.pointer import Pointer
from game.app.input.settings import bound_by_place
from game.app.menus.scene import PassingScene, Scene
from game.app.replays.clip_ahead import ClipMaker, no_clips
from game.app.scenes.routes import SceneRoutes
from game.app.scenes.startup import FirstScene
from game.app.setup.model.garage import Garage
from game.app.setup.model.workbench import WorkbenchFile
from game.app.venue.venue import Venue
from game.boards.lap_writer import LapWriter
from game.errors import InputError
from game.track.track import DEFAULT_TRACK, Track, load_track, track_names
from game.track.variants import split_name
from game.vehicle.damage import DamageMode
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, in_weather
from game.weather.weather import load_weather


class AskedAtStart(NamedTuple):
    """Holds what was asked for on the command line; None: what the settings say."""

    damage: DamageMode | None = None
    weather: str | None = None
    telemetry_port: int | None = None


NOTHING_ASKED: Final = AskedAtStart()


def run(
    track: Track | None,
    spec: CarSpec,
    setup: Setup | None,
    first: FirstScene,
    rivals: Sequence[Rival] = (),
    asked: AskedAtStart = NOTHING_ASKED,
    make_clip: ClipMaker = no_clips,
) -> None:
    """Show scenes until the player quits; with no setup, the one that was worked on last.

    track: None for the circuit that was chosen last.
    rivals: laps that drive along with the player's own best.
    asked: in place of the settings', until the player chooses something else.
    make_clip: films a part of a replay in a worker.

    Raises InputError where there is no display, or no such weather.
    """
    use_language("system")  # of what may be wrong with the settings
    kept = SettingsFile()
    use_language(kept.settings.language)
    spec, weather_warning = _in_chosen_weather(spec, asked.weather, kept.settings)
    bench, memory = WorkbenchFile(spec), WindowMemory()
    surface = display.open_window(kept.settings.display, memory)
    settings = _with_keys_by_place(kept)
    inputs = Inputs(settings.controls)
    context = AppContext(settings, inputs, kept)
    context.asked_damage = asked.damage
    if asked.telemetry_port is not None:
        context.telemetry.send_to(asked.telemetry_port)
    setup = bench.setup_for(spec) if setup is None else setup
    warnings = [file.warning for file in (kept, bench, memory) if file.warning]
    warnings += [weather_warning] if weather_warning else []
    if track is None:
        track, warning = last_circuit(settings)
        warnings += [warning] if warning else []
    venue = Venue(context, track, spec, setup)
    garage = Garage(venue, spec, setup, bench, LapWriter(track, spec))
    garage.rivals = tuple(rivals)
    routes = SceneRoutes(garage, make_clip)
    context.lessons = players_lessons()
    warnings += [context.lessons.warning] if context.lessons.warning else []
    if warnings:
        context.notice.show("; ".join(warnings))
    try:
        Window(routes, first(routes, surface.get_size())).run()
    finally:
        routes.close()
        inputs.close()
        display.close()


def last_circuit(settings: Settings) -> tuple[Track, str]:
    """Return the circuit that was chosen last, or the shipped one and why it is not the other."""
    name = settings.circuit or DEFAULT_TRACK
    try:
        return load_track(name), ""
    except InputError as error:
        shipped = load_track(DEFAULT_TRACK)
        is_gone = split_name(name).base not in track_names()
        text = _("The circuit of last time, {name}, cannot be opened, so this is {shipped}: {why}")
        why = _("it is not there any more") if is_gone else error
        return shipped, text.format(name=name, shipped=shipped.title, why=why)


def _in_chosen_weather(spec: CarSpec, name: str | None, settings: Settings) -> tuple[CarSpec, str]:
    """Return the car in the weather of a name, or of the setting; and why it is another, if so.

    Raises InputError if there is no weather of the name.
    """
    if name is not None:
        return in_weather(spec, load_weather(name)), ""
    try:
        return in_weather(spec, load_weather(settings.drive.weather)), ""
    except InputError as error:
        text = _("The weather of last time cannot be had, so this is a clear noon: {why}")
        return spec, text.format(why=error)


def _with_keys_by_place(kept: SettingsFile) -> Settings:
    """Return the settings with keys bound by place, and keep what changed by that."""
    controls = bound_by_place(kept.settings.controls)
    settings = msgspec.structs.replace(kept.settings, controls=controls)
    if controls.bindings != kept.settings.controls.bindings:
        with suppress(InputError):  # it is tried again with the next change
            kept.keep(settings)
    return settings


_MOUSE_EVENTS: Final = (
    pygame.MOUSEMOTION,
    pygame.MOUSEBUTTONDOWN,
    pygame.MOUSEBUTTONUP,
    pygame.MOUSEWHEEL,
)
_WORLD_PARTS: Final = ("ground", "car", "scaling")


class Window:
    """Runs scenes until one of them ends it."""

    def __init__(self, routes: SceneRoutes, scene: Scene) -> None:
        self.routes = routes
        self.context = routes.context
        self.scene: Scene | None = scene

    def run(self) -> None:
        """Run frame after frame, no more of them than the screen shows."""
        shown = self.context.settings.display
        pace = display.frame_pace(shown)
        before_s = time.perf_counter()
        while self.scene is not None:
            now_s = time.perf_counter()
            self.frame(now_s - before_s)
            self.judge(shows_at_once=pace.caps)
            before_s = now_s
            if self.context.settings.display != shown:
                shown = self.context.settings.display
                pace = display.frame_pace(shown)
            pace.wait()

    def frame(self, frame_s: float) -> None:
        """Handle the events, update, draw and show the scene."""
        log = self.context.frame_log
        log.begin()
        for event in pygame.event.get():
            display.on_event(event)
            self._handle_event(event)
        display.remember_window()
        for command in self.context.inputs.update(frame_s):
            self._handle_command(command)
        log.done("events")
        if self.scene is None:
            return
        self.routes.poll()
        log.done("background")
        self.scene.update(frame_s)
        if isinstance(self.scene, PassingScene):
            self.scene = self.scene.following()
        log.done("advance")
        surface = pygame.display.get_surface()
        assert surface is not None
        self.scene.draw(surface)
        self._show_pointer()
        self.context.notice.draw(surface, frame_s, self.context.settings.hud.text_scale)
        log.done("draw")
        pygame.display.flip()
        log.done("flip")

    def judge(self, *, shows_at_once: bool = True) -> None:
        """Let the automatic render scale follow the last frame; some displays wait in `flip`."""
        parts_ms = self.context.frame_log.parts_ms
        world_ms = sum(parts_ms.get(part, 0.0) for part in _WORLD_PARTS)
        waited_ms = 0.0 if shows_at_once else parts_ms.get("flip", 0.0)
        frame_ms = self.context.frame_log.total_ms - waited_ms
        self.context.render_scale.judge(frame_ms, world_ms, parts_ms.get("scaling", 0.0))

    def _show_pointer(self) -> None:
        """Show the pointer only while the player uses the mouse."""
        wanted = self.context.inputs.last_device == "mouse"
        if pygame.mouse.get_visible() != wanted:
            pygame.mouse.set_visible(wanted)

    def _handle_event(self, event: pygame.Event) -> None:
        for command in self.context.inputs.handle(event):
            self._handle_command(command)
        if event.type == pygame.AUDIODEVICEREMOVED and not event.iscapture:
            self.context.sound.reopen()
        if event.type == pygame.DROPFILE and self.scene is not None:
            self.scene = self.routes.take_file(Path(event.file), self.scene)
        if event.type in _MOUSE_EVENTS and self.scene is not None:
            self.scene = self.scene.handle_pointer(_pointer(event))

    def _handle_command(self, command: Command) -> None:
        if command is Command.FULLSCREEN:
            self._switch_fullscreen()
        elif command is Command.MUTE:
            self._switch_sound()
        elif command is Command.SCREENSHOT:
            self._take_screenshot()
        elif self.scene is not None:
            self.scene = self.scene.handle(command)
        if command is Command.PLUGGED:
            self.context.notice.show(_("controller connected"))

    def _switch_fullscreen(self) -> None:
        settings = self.context.settings
        mode: Literal["window", "fullscreen"] = (
            "window" if settings.display.mode == "fullscreen" else "fullscreen"
        )
        shown = msgspec.structs.replace(settings.display, mode=mode)
        self.context.apply(msgspec.structs.replace(settings, display=shown))

    def _switch_sound(self) -> None:
        settings = self.context.settings
        sound = msgspec.structs.replace(settings.sound, muted=not settings.sound.muted)
        self.context.apply(msgspec.structs.replace(settings, sound=sound))
        self.context.notice.show(_("sound off") if sound.muted else _("sound on"))

    def _take_screenshot(self) -> None:
        surface = pygame.display.get_surface()
        assert surface is not None
        try:
            self.context.notice.show(
                _("saved {path}").format(path=display.take_screenshot(surface))
            )
        except InputError as error:
            self.context.notice.show(str(error))


def _pointer(event: pygame.Event) -> Pointer:
    if event.type == pygame.MOUSEWHEEL:
        return Pointer(pygame.mouse.get_pos(), scrolled=event.y)
    if event.type == pygame.MOUSEMOTION:
        return Pointer(event.pos, held=bool(event.buttons[0]))
    left = event.button == pygame.BUTTON_LEFT
    down = event.type == pygame.MOUSEBUTTONDOWN
    return Pointer(event.pos, pressed=left and down, released=left and not down, held=left and down)
