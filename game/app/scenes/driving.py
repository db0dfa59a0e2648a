"""Drive in real time, seen through a camera, with the instruments over it."""

from __future__ import annotations

import math
from typing import Final

import msgspec
import pygame

from game.app.car.livery import Livery
from game.app.car.settings import chosen_livery
from game.app.context.settings import with_part
from game.app.driving.background_progress import draw_background_progress
from game.app.driving.clock import FixedStepClock
from game.app.driving.drive import Drive
from game.app.driving.driven_car import DrivenCar
from game.app.driving.heard_cars import others_heard
from game.app.driving.hold import Hold
from game.app.driving.moments import Moment, MomentKind
from game.app.driving.practice import Practice
from game.app.driving.trackside_sounds import TracksideSounds
from game.app.hud.hold_overlay import draw_hold
from game.app.hud.hud import Hud
from game.app.hud.moment_banner import MomentBanner, colour_of
from game.app.hud.practice_panel import draw_practice
from game.app.hud.presets import PRESET_NAMES, next_preset, with_preset
from game.app.hud.reference_names import REFERENCES, next_reference
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.drive_view import DriveView
from game.app.scenes.key_lessons import KeyTeacher
from game.app.scenes.lap_feedback import LapFeedback
from game.app.scenes.practice_commands import PRACTICE_COMMANDS, practice_figures, practise
from game.app.scenes.start_messages import lap_to_beat_message
from game.app.setup.model.garage import Garage
from game.app.sound.one_shots import OneShot
from game.app.ui import palette
from game.app.ui.backdrop import Picture
from game.app.ui.box import Box
from game.app.venue.map_view import draw_corner_names
from game.app.view.camera import CameraMode, View
from game.app.view.road_feel import RoadFeel, road_feel_of
from game.translation import N_, _

_VIEWS: Final = {"north_up": N_("north up"), "heading_up": N_("heading up")}
_PAINTING: Final = N_("Painting the circuit")
_LEARNING: Final = N_("The bot is learning the circuit")
_NAMED: Final = 0.9  # of the way to the whole circuit: from there on it has names instead
_COUNTED_DOWN_MPS: Final = 5.0  # a slower car goes on at once after a pause
_SOUNDS: Final[dict[MomentKind, OneShot]] = {
    MomentKind.FIRST_VALID: "valid",
    MomentKind.NEW_BEST: "best",
    MomentKind.SECTOR_BEST: "sector",
}
_CELEBRATED: Final = (MomentKind.FIRST_VALID, MomentKind.NEW_BEST)
_PAPERS: Final = (palette.BRIGHT, palette.RED, palette.YELLOW, palette.BLUE)  # and a moment's own
_CHEERS: Final = {  # of the crowd, 0..1
    MomentKind.FIRST_VALID: 0.7,
    MomentKind.NEW_BEST: 1.0,
    MomentKind.SECTOR_BEST: 0.2,
}


class DrivingScene:
    """Shows the car on the track, and drives it."""

    teaches_keys = True
    compares_laps = True  # and says what was lost where
    is_driven = True  # by somebody who has to see the road ahead

    def __init__(self, garage: Garage, routes: Routes, drive: Drive) -> None:
        self.garage = garage
        self.context = garage.context
        self._routes = routes
        self.drive = drive
        self.world_view = garage.venue.world_view
        self.picture = garage.venue.picture_of(drive)
        self._hud = self.make_hud()
        self.seen = DriveView(drive, garage.context, self._hud, is_driven=self.is_driven)
        self._hold = Hold()
        self._banner = MomentBanner()
        drive.followed.on_moment = self._celebrate
        self._trackside = TracksideSounds(garage.track, drive.followed.spec.weather)
        self._clock = FixedStepClock()
        self._practice = None if drive.history is None else Practice(drive)
        self._lap_to_beat_shown = False
        self._teacher = KeyTeacher(self.context, drive) if self.teaches_keys else None
        self._feedback = LapFeedback(garage, drive)
        self.settle()

    @property
    def livery(self) -> Livery:
        """Return what the followed car wears."""
        return chosen_livery(self.context.settings.car)

    @property
    def start_lights(self) -> int:
        """Return how many of the start lights are lit."""
        return self._hold.lights

    def make_hud(self) -> Hud:
        """Return the instruments."""
        return Hud()

    def handle(self, command: Command) -> Scene | None:
        """Restart, reset, pause or quit."""
        if self._teacher is not None:
            self._teacher.on_command(command)
        if command is Command.QUIT:
            return None
        if command is Command.RESTART:
            self.restart()
        elif command is Command.RESET:
            self.reset_to_track()
        elif command is Command.WHOLE_TRACK:
            self.seen.switch_whole()
        elif command is Command.CAMERA:
            self._choose_camera()
        elif command is Command.HUD:
            self._switch_hud()
        elif command is Command.REFERENCE:
            self._choose_reference()
        elif command in PRACTICE_COMMANDS:
            self._practise(command)
        elif command is Command.PHOTO:
            return self._routes.photo(self.picture, self)
        elif command is Command.PAUSE:
            return self.pause()
        elif command is Command.FOCUS_LOST:
            return self.pause(_("the window lost focus"))
        elif command is Command.UNPLUGGED:
            return self.pause(self.unplugged_words())
        return self

    def unplugged_words(self) -> str:
        """Return why the drive is paused when what the player drove with is gone."""
        return _("the controller was unplugged")

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the drive; the reason is why, if the player did not ask."""
        return self._routes.pause(self, reason)

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Pause on a click: a player who reaches for the mouse wants the menu."""
        return self.pause() if pointer.pressed else self

    def start(self) -> None:
        """Hold the drive on the grid until the start lights go out, if the player wants that."""
        if self.context.settings.drive.start_lights != "off":
            self._hold.begin_lights()

    def restart(self) -> None:
        """Start again from the grid; at once, unless the player wants the lights every time."""
        self.drive.restart()
        self._catch_up()
        if self.context.settings.drive.start_lights == "always":
            self._hold.begin_lights()

    def reset_to_track(self) -> None:
        """Put the car back on the track."""
        self.drive.reset_to_track()
        self._catch_up()

    def resume(self) -> None:
        """Continue after a pause, as if no time had passed."""
        self._clock.reset()
        now = self.drive.followed.now
        fast = math.hypot(now.velocity_forward_mps, now.velocity_left_mps) > _COUNTED_DOWN_MPS
        if fast and self.context.settings.drive.resume_countdown:
            self._hold.begin_countdown()

    def update(self, frame_s: float) -> None:
        """Run the ticks that are due and let the camera follow."""
        self.read_inputs()
        self.drive.cap_kwh = self.garage.cap_kwh
        for signal in self._hold.update(frame_s):
            self.context.sound.play(signal)
        self._banner.update(frame_s)
        if self._hold.active:
            self._wait(frame_s)
            return
        self._advance(frame_s)
        self.context.frame_log.done("ticks")
        self._trackside.update(frame_s)
        self.hear_and_feel()
        self.context.frame_log.done("sound")
        self.picture.update(frame_s)
        self.context.frame_log.done("effects")
        self.move_cameras(frame_s)
        if self.compares_laps:
            self._feedback.update()
        if not self._lap_to_beat_shown:
            self._show_lap_to_beat()
        if self._teacher is not None:
            self._teacher.update(frame_s, quiet=self._banner.moment is not None)

    def read_inputs(self) -> None:
        """Read what is held by whoever drives."""
        self.context.inputs.read()

    def hear_and_feel(self) -> None:
        """Let the followed car be heard and felt, and those around it be heard."""
        car, feel = self.drive.followed, self._feel()
        self.context.sound.set_car(car.spec)
        self.context.sound.update(
            car.now, feel, others_heard(self.drive), self._trackside.heard_at(car.now)
        )
        self.context.inputs.rumble(feel)

    def move_cameras(self, frame_s: float) -> None:
        """Let the camera follow for a frame."""
        self.seen.follow(frame_s, self._feel())

    def _feel(self) -> RoadFeel:
        car = self.drive.followed
        return road_feel_of(car.now, self.garage.track.tables.surfaces, car.hit_ns)

    def _advance(self, frame_s: float) -> None:
        """Run the ticks of a frame, as fast as time runs in practice."""
        practice = self._practice
        self.drive.step(self._clock.advance(frame_s * (practice.speed if practice else 1.0)))
        if practice is not None and practice.after_step():
            self._catch_up()

    def _practise(self, command: Command) -> None:
        """Go back in the drive, or let time run slowly, and say what that means."""
        if self._practice is None or self._hold.active:
            return
        said = practise(self._practice, command)
        if said.went_back:
            self._catch_up()
        self.context.notice.show(said.words)

    @property
    def world(self) -> Picture:
        """Return the drive without instruments, as it lies behind menus."""
        return _WorldPicture(self)

    def draw_world(self, surface: pygame.Surface) -> None:
        """Draw ground and cars, and the corners' names on the whole circuit."""
        view, hud = self.view(surface.get_size()), self.context.settings.hud
        self.picture.wear(self.livery)
        self.picture.lights = self.start_lights
        self.picture.draw(surface, view, self._clock.fraction, self.seen.view_soon(view))
        taken = self.context.notice.box
        self.picture.draw_tags(surface, view, self._clock.fraction, hud.text_scale, taken)
        if self.seen.whole_share > _NAMED:
            draw_corner_names(surface, self.garage.track, view, hud.text_scale)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw ground, car and instruments."""
        self.draw_world(surface)
        hud, calm = self.context.settings.hud, self.context.settings.camera.reduced_motion
        if hud.shown and self.seen.whole_share == 0.0:
            self._hud.draw(surface, self.drive, hud)
            size = surface.get_size()
            lasting = self._hud.lasting_boxes(size, hud)
            banner = self._banner.draw(surface, hud.text_scale, lasting, calm=calm)
            read = self.read_boxes(size)
            self.context.notice.keep_clear(read if banner is None else [*read, banner])
        if self._practice is not None and self._practice.is_on:
            figures = practice_figures(self._practice)
            panel = draw_practice(surface, figures, hud.text_scale)
            self.context.notice.keep_clear([*self.read_boxes(surface.get_size()), panel])
        self.draw_over_all(surface)

    def draw_over_all(self, surface: pygame.Surface) -> None:
        """Draw what holds the drive, and what is being done beside it."""
        settings = self.context.settings
        draw_hold(surface, self._hold, calm=settings.camera.reduced_motion)
        shares = self.background_shares()
        if shares:
            draw_background_progress(surface, shares, settings.hud.text_scale)
        self.context.frame_log.done("instruments")

    def background_shares(self) -> dict[str, float]:
        """Return what is being done beside the drive, each with the share that is done, 0..1."""
        shares, plan = {}, self.garage.venue.plan_ahead
        if self.world_view.is_painting and not self.world_view.error:
            shares[_PAINTING] = self.world_view.progress
        if plan.is_working:
            shares[_LEARNING] = plan.progress
        return {what: share for what, share in shares.items() if share < 1.0}

    def view(self, size: tuple[int, int]) -> View:
        """Return what a window of this size shows."""
        return self.seen.view(size, self._clock.fraction)

    def read_boxes(self, size: tuple[int, int]) -> list[Box]:
        """Return what notices are shown beside: the instruments, and the car in the middle."""
        width, height = size
        left, top = round(0.4 * width), round(0.3 * height)
        middle = Box(left, top, round(0.2 * width), round(0.4 * height))
        return [*self._hud.layout_at(size, self.context.settings.hud).values(), middle]

    def settle(self) -> None:
        """Let the camera be where it would come to rest at this speed."""
        self.seen.settle()

    def prepare(self, size: tuple[int, int]) -> None:
        """Paint what the first frame of a window of this size shows, however long it takes."""
        self.picture.prepare()
        self.paint_in_view(size)

    def paint_in_view(self, size: tuple[int, int]) -> None:
        """Paint all ground in view before it is drawn."""
        self.world_view.paint_in_view(self.garage.venue.world_screen.view(self.view(size)))

    def _wait(self, frame_s: float) -> None:
        """Let a frame pass in which the drive is held: on the grid the air moves, not the car."""
        if not self._hold.on_the_grid:
            return
        car = self.drive.followed
        feel = road_feel_of(car.now, self.garage.track.tables.surfaces, 0.0)
        self.context.sound.update(car.now, feel, (), self._trackside.heard_at(car.now))
        self.picture.update(frame_s)
        if not self._lap_to_beat_shown:
            self._show_lap_to_beat()
        if self._teacher is not None:
            self._teacher.update(frame_s)

    def _celebrate(self, moment: Moment) -> None:
        """Show a moment of the followed car, and let it be heard."""
        self._banner.show(moment)
        self.celebrate(moment, self.drive.followed)

    def celebrate(self, moment: Moment, car: DrivenCar) -> None:
        """Let a moment of a car be heard, and throw paper over the car if it is worth that."""
        if moment.kind in _SOUNDS:
            self.context.sound.play(_SOUNDS[moment.kind])
            self._trackside.cheer(_CHEERS[moment.kind])
        if moment.kind in _CELEBRATED:
            self.picture.celebrate((colour_of(moment), colour_of(moment), *_PAPERS), car)

    def _choose_camera(self) -> None:
        settings = self.context.settings
        was_turned = settings.camera.mode == "heading_up"
        mode: CameraMode = "north_up" if was_turned else "heading_up"
        camera = msgspec.structs.replace(settings.camera, mode=mode)
        self.context.apply(msgspec.structs.replace(settings, camera=camera))
        chosen = _(_VIEWS[mode])
        if camera.reduced_motion:
            chosen = _("{view}, but reduced motion keeps north up").format(view=chosen)
        self.context.notice.show(chosen)

    def _choose_reference(self) -> None:
        """Compare with the next of the laps that there are to compare with."""
        settings = self.context.settings
        chosen = next_reference(settings.hud.delta_to)
        self.context.apply(with_part(settings, chosen, "hud", "delta_to"))
        self.context.notice.show(_("Delta to: {lap}").format(lap=_(REFERENCES[chosen])))

    def _show_lap_to_beat(self) -> None:
        """Show once which earlier lap the ghost and the delta refer to, if there is one."""
        self._lap_to_beat_shown = True
        car = self.drive.followed
        if car.against is not None:
            self.context.notice.show(lap_to_beat_message(car.against, car.setup))

    def _switch_hud(self) -> None:
        """Show the next preset of the instruments."""
        settings = self.context.settings
        preset = next_preset(settings.hud)
        hud = with_preset(settings.hud, preset)
        self.context.apply(msgspec.structs.replace(settings, hud=hud))
        shown = _("Instruments: {preset}").format(preset=_(PRESET_NAMES[preset]))
        self.context.notice.show(shown)

    def _catch_up(self) -> None:
        self.picture.forget_motion()
        self._banner.clear()
        self._hold.release()
        self._clock.reset()
        self.settle()


class _WorldPicture:
    """Draws a driving scene without its instruments."""

    def __init__(self, scene: DrivingScene) -> None:
        self._scene = scene

    def draw(self, surface: pygame.Surface) -> None:
        """Fill the surface."""
        self._scene.draw_world(surface)
