"""Draw one car of a drive: its sprite, its ghosts, and what it leaves behind."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.car.lamps import lamps_of
from game.app.car.livery import GHOST, Livery
from game.app.car.sprite import CarSprite
from game.app.driving.driven_car import DrivenCar
from game.app.effects.effects import Effects
from game.app.view.camera import View

_MIN_WHEELBASE_PX: Final = 6.0  # shorter, a car gets a dot
_DOT: Final = (232, 40, 56)
_DOT_RIM: Final = (250, 250, 250)


class CarView:
    """Draws one car; its effects may have marks on the ground from earlier drives."""

    def __init__(self, car: DrivenCar, effects: Effects) -> None:
        self.car = car
        self.effects = effects
        self._sprite = CarSprite(car.spec, car.entry.livery)
        self._ghosts: dict[Livery, CarSprite] = {}
        effects.forget_motion()

    def prepare(self) -> None:
        """Paint the sprites now rather than when they are first seen."""
        self._sprite.prepare()
        for livery in {GHOST, *(rival.livery for rival in self.car.rivals)}:
            self._ghost_sprite(livery).prepare()

    def update(self, frame_s: float) -> None:
        """Let smoke drift and marks grow, to where the car is now."""
        self.effects.update(self.car.now, self.car.hit_ns, frame_s)

    def draw(self, surface: pygame.Surface, view: View, fraction: float) -> None:
        """Draw the car, or a dot where it would be too small."""
        pose = self.car.pose(fraction)
        if self._is_too_small(view):
            _draw_dot(surface, view.to_screen(pose.x_m, pose.y_m))
            return
        lamps = lamps_of(self.car.now)
        self._sprite.draw(surface, view, pose, braking=lamps.braking, reversing=lamps.reversing)

    def draw_ghosts(self, surface: pygame.Surface, view: View, fraction: float) -> None:
        """Draw the laps that drive along with the car."""
        if not self._is_too_small(view):
            for rival, pose in self.car.ghosts_at(fraction):
                self._ghost_sprite(rival.livery).draw(surface, view, pose, ghost=True)

    def _ghost_sprite(self, livery: Livery) -> CarSprite:
        if livery not in self._ghosts:
            self._ghosts[livery] = CarSprite(self.car.spec, livery)
        return self._ghosts[livery]

    def _is_too_small(self, view: View) -> bool:
        return self.car.spec.chassis.wheelbase_m * view.pixels_per_m < _MIN_WHEELBASE_PX


def _draw_dot(surface: pygame.Surface, place: tuple[float, float]) -> None:
    radius = surface.get_height() / 120.0
    pygame.draw.circle(surface, _DOT_RIM, place, 1.3 * radius)
    pygame.draw.circle(surface, _DOT, place, radius)
