"""Draw a drive through any view: the ground, the cars, and what driving leaves behind."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.daylight import tint
from game.app.car.livery import Livery
from game.app.driving.car_view import CarView
from game.app.driving.drive import Drive
from game.app.driving.driven_car import DrivenCar
from game.app.driving.world_screen import WorldScreen
from game.app.effects.cloud_shadows import CloudShadows
from game.app.effects.confetti import Confetti
from game.app.effects.rain import Rain
from game.app.effects.road_water import RoadWater
from game.app.effects.settings import EffectChoice
from game.app.effects.streaks import Streaks
from game.app.effects.tyre_walls import TyreWalls
from game.app.objects.decks import Decks
from game.app.objects.flags import WavingFlags, flag_air
from game.app.objects.gantry import Gantry
from game.app.objects.marshals import Marshals
from game.app.tiles.world_view import WorldView
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.view.camera import View

_TRAIL_M: Final = 200.0  # behind a car, that smoke may hang: what it drives in its longest life


class Onlooker(NamedTuple):
    """Says for whom a drive is drawn, where several see it at once."""

    number: int  # from 0; each onlooker's view has ground of its own laid
    car: DrivenCar  # that is followed


class DrivePicture:
    """Draws one drive; whatever shows it has a view of its own."""

    def __init__(
        self,
        drive: Drive,
        ground: WorldView,
        cars: Sequence[CarView],
        screen: WorldScreen,
        on_part: Callable[[str], None],
        choose: Callable[[], EffectChoice] = EffectChoice,
    ) -> None:
        """Call `on_part` with the name of each part of a picture when that is drawn.

        choose: gives the effects that are to be shown; it is called once a frame.
        """
        self._choose = choose
        self.drive = drive
        self.cars = tuple(cars)
        self.lights = 0  # of the gantry that are lit
        self._ground = ground
        self._screen = screen
        self._gantry = Gantry(drive.track)
        self._decks = Decks(drive.track)
        self._tyre_walls = TyreWalls(drive.track)
        self._streaks = Streaks()
        weather = drive.followed.spec.weather
        self._sky = weather.sky
        self._cloud_shadows = CloudShadows(weather)
        self._confetti = Confetti(drive.track, weather.sky)
        self._water = RoadWater(drive.track, weather)
        self._rains = [Rain(weather)]  # one for each onlooker: drops are found by the view
        self._weather = weather
        air = flag_air(weather)
        self._flags = WavingFlags(drive.track, air)
        self._marshals = Marshals(drive.track, air)
        self._time_s = 0.0  # of what waves in the wind
        self._on_part = on_part

    def wear(self, livery: Livery) -> None:
        """Show the followed car in a livery."""
        for car in self.cars:
            if car.car is self.drive.followed:
                car.wear(livery)

    def prepare(self) -> None:
        """Paint the cars now rather than when they are first seen."""
        for car in self.cars:
            car.prepare()

    def celebrate(self, colours: Sequence[Colour], car: DrivenCar | None = None) -> None:
        """Throw paper of these colours over a car, or else the followed one, if the player wants
        to see that.
        """
        settings, calm = self._choose()
        if settings.confetti and not calm:
            over = car or self.drive.followed
            self._confetti.throw(colours, over.now.velocity_forward_mps)

    def update(self, frame_s: float) -> None:
        """Let smoke drift and marks grow, to where the cars are now."""
        choice = self._choose()
        self._tyre_walls.update(frame_s)
        self._confetti.update(frame_s)
        if not choice.calm:
            self._time_s += frame_s
            self._cloud_shadows.update(frame_s)
            rain_mmph = self._water.weather(self.drive.time_s).rain_mmph
            for rain in self._rains:
                rain.update(rain_mmph, frame_s)
        for car in self.cars:
            car.effects.choice = choice
            car.update(frame_s)
            if car.effects.contact is not None:
                self._tyre_walls.hit(car.effects.contact)

    def forget_motion(self) -> None:
        """Leave no marks on the way to where the cars are placed now."""
        self._tyre_walls.rest()
        self._confetti.clear()
        for car in self.cars:
            car.effects.forget_motion()

    def forget_motion_of(self, driven: DrivenCar) -> None:
        """Leave no marks on the way to where one car is placed now."""
        for car in self.cars:
            if car.car is driven:
                car.effects.forget_motion()

    def draw(
        self,
        surface: pygame.Surface,
        view: View,
        fraction: float,
        soon: View | None = None,
        onlooker: Onlooker | None = None,
    ) -> None:
        """Fill the surface at the render scale.

        fraction: how far the drive is from the tick before the last to the last one, 0..1; soon:
        what will be seen before long; onlooker: if it is not the only one, of whom the first is
        drawn for first.
        """
        painted = self._screen.begin(surface)
        soon = None if soon is None else self._screen.view(soon)
        self.paint(painted, self._screen.view(view), fraction, soon, onlooker)
        self._screen.show(painted, surface)
        self._on_part("scaling")

    def paint(
        self,
        surface: pygame.Surface,
        view: View,
        fraction: float,
        soon: View | None = None,
        onlooker: Onlooker | None = None,
    ) -> None:
        """Fill the surface pixel by pixel, whatever the render scale is."""
        number, followed = onlooker or Onlooker(0, self.drive.followed)
        self._ground.look_at(self.drive.world.water(), calm=self._choose().calm)
        self._ground.draw(surface, view, soon, number)
        self._on_part("ground")
        self._tyre_walls.draw(surface, view)
        self._draw_people(surface, view, followed)
        if self._decks:
            decks = self._decks.kept(surface, view, self._places_below(followed, fraction))
            self._paint_level(surface, view, fraction, followed, below=True)
            decks.draw(surface)
        self._paint_level(surface, view, fraction, followed, below=False)
        self._gantry.draw(surface, view, self.lights)
        self._draw_air(surface, view, number, followed)
        tint(surface, self._sky)
        self._on_part("effects")

    def draw_tags(
        self,
        surface: pygame.Surface,
        view: View,
        fraction: float,
        text_scale: float,
        taken: Box | None = None,
    ) -> None:
        """Draw the names of the followed car's rivals over the picture.

        taken: a part of the window that they leave free.
        """
        for car in self.cars:
            if car.car is self.drive.followed:
                car.draw_tags(surface, view, fraction, text_scale, taken)

    def _draw_people(self, surface: pygame.Surface, view: View, followed: DrivenCar) -> None:
        """Draw what lives beside the track: flags, and marshals who watch the followed car."""
        if not self._choose().settings.flags:
            return
        now = followed.now
        cars = (car.car.now for car in self.cars)
        incidents_m = [np.array([car.x_m, car.y_m]) for car in cars if car.beyond_limit_m > 0.0]
        watched = np.array([now.x_m, now.y_m])
        self._flags.draw(surface, view, self._time_s)
        self._marshals.draw(surface, view, self._time_s, watched, incidents_m)

    def _draw_air(
        self, surface: pygame.Surface, view: View, number: int, followed: DrivenCar
    ) -> None:
        """Draw what is between the camera and all below: paper, shadows of clouds, streaks."""
        settings, calm = self._choose()
        if calm:
            return
        self._confetti.draw(surface, view)
        if settings.cloud_shadows:
            self._cloud_shadows.draw(surface, view)
        if settings.rain:
            while len(self._rains) <= number:
                self._rains.append(Rain(self._weather))
            self._rains[number].draw(surface, view)
        if settings.speed_streaks:
            self._streaks.draw(surface, view, followed.now)

    def _places_below(self, followed: DrivenCar, fraction: float) -> list[tuple[float, float]]:
        """Return the places of all cars and ghosts that are not on a bridge."""
        cars = (car.car.now for car in self.cars)
        places = [(car.x_m, car.y_m) for car in cars if self._decks.is_below(car.s_m)]
        poses = (ghost.pose for ghost in followed.ghosts_at(fraction))
        return places + [(pose.x_m, pose.y_m) for pose in poses]

    def _paint_level(
        self,
        surface: pygame.Surface,
        view: View,
        fraction: float,
        followed: DrivenCar,
        *,
        below: bool,
    ) -> None:
        """Draw the cars that pass below bridges, or all others, with what they leave behind."""
        cars = [car for car in self.cars if self._decks.is_below(car.car.now.s_m) == below]
        trailing = [car for car in cars if _may_be_seen(car, view)]
        for car in trailing:
            car.effects.draw_under(surface, view)
        self._on_part("effects")
        self._draw_cars(surface, view, fraction, cars, followed, below=below)
        self._on_part("car")
        for car in trailing:
            car.effects.draw_over(surface, view)

    def _draw_cars(
        self,
        surface: pygame.Surface,
        view: View,
        fraction: float,
        cars: Sequence[CarView],
        followed: DrivenCar,
        *,
        below: bool,
    ) -> None:
        """Draw the followed car and its ghosts after the others."""
        for car in cars:
            if car.car is not followed:
                car.draw(surface, view, fraction)
        for car in self.cars:
            if car.car is followed:
                ghosts = [
                    ghost
                    for ghost in followed.ghosts_at(fraction)
                    if self._decks.passes_below(ghost.pose) == below
                ]
                car.draw_ghosts(surface, view, fraction, ghosts)
                if car in cars:
                    car.draw(surface, view, fraction)


def _may_be_seen(car: CarView, view: View) -> bool:
    """Return whether anything that a car has left in the air may be in view."""
    now = car.car.now
    away_m = math.hypot(now.x_m - view.x_m, now.y_m - view.y_m)
    reach_m = 0.5 * math.hypot(view.width, view.height) / view.pixels_per_m
    return away_m < reach_m + _TRAIL_M
