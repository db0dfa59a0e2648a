"""Driving: the session runs by real time, the camera follows, the instruments tell."""

from __future__ import annotations

import math
import time
from typing import Final

import pygame

from game.app.camera import Camera, View
from game.app.car.sprite import CarSprite
from game.app.clock import FixedStepClock
from game.app.drive import Drive
from game.app.hud.hud import Hud
from game.app.input.commands import Command
from game.app.road_feel import feel_road
from game.app.scenes.paused import PausedScene
from game.app.scenes.scene import Pointer, Scene
from game.app.stage import Stage

_PAINTING_S: Final = 0.003  # of a frame at most, for ground that came into view ...
_LEAST_PAINTING_S: Final = 0.001  # ... and at least, when drawing alone takes most of the frame
_DRAWN_AND_PAINTED_S: Final = 0.011
_SOON_S: Final = 0.8
_BRAKE_LIGHT: Final = 0.02  # of the pedal's travel


class DrivingScene:
    """The car on the track."""

    def __init__(self, stage: Stage, drive: Drive) -> None:
        self.stage = stage
        self.drive = drive
        self.camera = Camera(stage.settings.camera)
        self.world_view = stage.world_view
        self._sprite = CarSprite(drive.spec.chassis)
        self._hud = Hud(drive.track)
        self._clock = FixedStepClock()
        self._drawing_s = 0.0  # of the last frame

    def hear(self, command: Command) -> Scene | None:
        """Restart, reset, pause or quit."""
        if command is Command.QUIT:
            return None
        if command is Command.RESTART:
            self.restart()
        elif command is Command.RESET:
            self.reset_to_track()
        elif command is Command.PAUSE:
            return PausedScene(self)
        elif command is Command.FOCUS_LOST:
            return PausedScene(self, "the window lost the focus")
        elif command is Command.UNPLUGGED:
            return PausedScene(self, "the controller was unplugged")
        return self

    def point(self, pointer: Pointer) -> Scene | None:  # noqa: ARG002
        """The mouse does nothing here."""
        return self

    def restart(self) -> None:
        """Begin anew on the grid."""
        self.drive.restart()
        self._catch_up()

    def reset_to_track(self) -> None:
        """Put the car back on the track."""
        self.drive.reset_to_track()
        self._catch_up()

    def resume(self) -> None:
        """Go on after a pause, as if no time had passed."""
        self._clock.reset()

    def advance(self, frame_s: float) -> None:
        """Run the ticks that are due and let the camera follow."""
        self.stage.inputs.read()
        self.drive.step(self._clock.advance(frame_s))
        self.stage.sound.play(self.drive.now, feel_road(self.drive.now, self.drive.hit_ns))
        self.camera.follow(*self.drive.velocity_world_mps, frame_s)
        left_s = _DRAWN_AND_PAINTED_S - self._drawing_s
        self.world_view.paint_for(min(max(left_s, _LEAST_PAINTING_S), _PAINTING_S))

    def draw(self, surface: pygame.Surface) -> None:
        """Ground, car, instruments."""
        begin_s = time.perf_counter()
        pose = self.drive.pose(self._clock.fraction)
        view = self.camera.view(pose.x_m, pose.y_m, surface.get_size())
        self.world_view.draw(surface, view, self._view_soon(view))
        braking = self.drive.now.brake > _BRAKE_LIGHT
        self._sprite.draw(surface, view, pose, braking=braking)
        self._hud.draw(surface, self.drive)
        self._drawing_s = time.perf_counter() - begin_s

    def settle(self) -> None:
        """Let the camera be where it would come to rest at this speed."""
        self.camera.jump(*self.drive.velocity_world_mps)

    def prepare(self, size: tuple[int, int]) -> None:
        """Paint what the first frames of a window of this size show."""
        self._sprite.prepare()
        self.world_view.prepare(self._view(size))

    def paint_in_view(self, size: tuple[int, int]) -> None:
        """Have all ground in view painted before it is drawn."""
        self.world_view.paint_in_view(self._view(size))

    def _view(self, size: tuple[int, int]) -> View:
        pose = self.drive.pose(self._clock.fraction)
        return self.camera.view(pose.x_m, pose.y_m, size)

    def _view_soon(self, view: View) -> View:
        """What will be in view if the car goes on as it does."""
        x_mps, y_mps = self.drive.velocity_world_mps
        wanted_m = self.camera.wanted_height_m(math.hypot(x_mps, y_mps))
        return view._replace(
            x_m=view.x_m + _SOON_S * x_mps,
            y_m=view.y_m + _SOON_S * y_mps,
            pixels_per_m=view.pixels_per_m * self.camera.height_m / wanted_m,
        )

    def _catch_up(self) -> None:
        self._clock.reset()
        self.settle()
