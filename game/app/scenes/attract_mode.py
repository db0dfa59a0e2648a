"""Show the bot's live lap behind the title, seen from a camera that takes its time."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from functools import partial
from typing import Final

import pygame

from game.app.canvas.daylight import tint
from game.app.car.settings import chosen_livery
from game.app.driving.clock import FixedStepClock
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture
from game.app.driving.driven_car import CarEntry
from game.app.scenes.rivals import own_laps
from game.app.setup.model.garage import Garage
from game.app.view.camera import View
from game.app.view.motion import velocity_mps
from game.bot.bot import Bot
from game.bot.plan import Plan
from game.bot.start import flying_start
from game.drivers.driver import BaseDriver, Driver
from game.translation import _
from game.units import TAU, kmh

_HEIGHT_M: Final = 60.0  # of what is in view
_BREATH: Final = 0.09  # share of it by which the view widens and narrows
_BREATH_S: Final = 26.0  # from wide to wide
_ASIDE: Final = 0.15  # of the width: so far right of the middle is the car, beside the menu
_AHEAD_S: Final = 0.22  # of travel, that the camera looks ahead
_SLOW_S: Final = 1.3  # time constant of the camera's way to that place
_GLIDE_MPS: Final = 22.0
_SLEEP_S: Final = 0.005  # while there is nothing to do but wait
_MIN_CHARGE: Final = 0.25  # with less the bot starts again


class AttractMode:
    """Shows the bot's drive behind the title; without a plan the camera glides along the lap."""

    def __init__(self, garage: Garage) -> None:
        self._garage = garage
        self.drive: Drive | None = None
        self.picture: DrivePicture | None = None
        self._prepared: DrivePicture | None = None
        self._plan: Plan | None = None
        self._clock = FixedStepClock()
        self._time_s = 0.0
        self._lead_m = (0.0, 0.0)

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""
        self._time_s += frame_s
        if self.drive is None:
            self.begin_if_ready()
        if self.drive is not None:
            self.drive.step(self._clock.advance(frame_s))
            self._follow(self.drive, frame_s)
            if self.picture is not None:
                self.picture.update(frame_s)
            if self.drive.followed.now.charge < _MIN_CHARGE:
                self.begin_if_ready()

    def prepare(self) -> DrivePicture:
        """Make all of the drive that needs no plan, and return its picture.

        It takes longer than a frame has.
        """
        if self._prepared is None:
            garage = self._garage
            drive = Drive(garage.track, [CarEntry(garage.spec, garage.drive_setup, self._driver)])
            drive.followed.find_rivals = partial(own_laps, garage, drive.followed)
            self._prepared = garage.venue.picture_of(drive)
            self._prepared.prepare()
        return self._prepared

    def _driver(self) -> Driver:
        """Return the bot; one that never drives as long as there is no plan."""
        return BaseDriver() if self._plan is None else Bot()

    def begin(self, plan: Plan) -> DrivePicture:
        """Let the bot set out, at speed, and return the picture of its drive."""
        garage = self._garage
        self._plan = plan
        self.picture = self.prepare()
        drive = self.drive = self.picture.drive
        drive.begin(flying_start(garage.spec, garage.drive_setup, plan))
        self.picture.forget_motion()
        self._clock.reset()
        self._lead_m = _lead(drive)
        return self.picture

    def begin_if_ready(self) -> None:
        """Let the bot set out if its plan is there by now."""
        plan = self._garage.venue.plan_ahead.plan
        if plan is not None:
            self.begin(plan)

    def wait_for_plan(self) -> Iterator[float]:
        """Yield the progress of the bot's plan, 0..1, as long as there is none."""
        ahead = self._garage.venue.plan_ahead
        while ahead.plan is None and not ahead.error:
            yield min(0.99, ahead.progress)
            time.sleep(_SLEEP_S)

    @property
    def caption(self) -> str:
        """Return the caption of the picture, in a line."""
        if self.drive is None:
            percent = 100.0 * self._garage.venue.plan_ahead.progress
            return f"{_('The bot is learning the circuit')}: {percent:.0f} %"
        speed_kmh = kmh(self.drive.followed.now.velocity_forward_mps)
        return _("The bot at {speed} km/h").format(speed=f"{speed_kmh:.0f}")

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the ground and the car."""
        view = self.view(surface.get_size())
        if self.drive is not None and self.picture is not None:
            self.picture.wear(chosen_livery(self._garage.context.settings.car))
            self.picture.draw(surface, view, self._clock.fraction)
        else:
            screen = self._garage.venue.world_screen
            painted = screen.begin(surface)
            self._garage.venue.world_view.draw(painted, screen.view(view))
            tint(painted, self._garage.spec.weather.sky)
            screen.show(painted, surface)

    def view(self, size: tuple[int, int]) -> View:
        """Return the view in a window of this size."""
        width, height = size
        calm = self._garage.context.settings.camera.reduced_motion
        breath = 0.0 if calm else _BREATH * math.sin(TAU * self._time_s / _BREATH_S)
        pixels_per_m = height / (_HEIGHT_M * (1.0 + breath))
        if self.drive is not None:
            pose = self.drive.followed.pose(self._clock.fraction)
            x_m, y_m = pose.x_m + self._lead_m[0], pose.y_m + self._lead_m[1]
        else:
            s_m = (self._time_s * _GLIDE_MPS) % self._garage.track.length_m
            x_m, y_m = self._garage.track.centreline.point(s_m, 0.0)
        return View(x_m - _ASIDE * width / pixels_per_m, y_m, pixels_per_m, width, height)

    def _follow(self, drive: Drive, frame_s: float) -> None:
        share = 1.0 - math.exp(-frame_s / _SLOW_S)
        to_x_m, to_y_m = _lead(drive)
        x_m, y_m = self._lead_m
        self._lead_m = (x_m + share * (to_x_m - x_m), y_m + share * (to_y_m - y_m))


def _lead(drive: Drive) -> tuple[float, float]:
    x_mps, y_mps = velocity_mps(drive.followed.now)
    return _AHEAD_S * x_mps, _AHEAD_S * y_mps
