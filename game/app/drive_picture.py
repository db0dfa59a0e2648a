"""A drive as it is seen through any view: the ground and the car on it."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.camera import View
from game.app.car.sprite import CarSprite
from game.app.drive import CarPose, Drive
from game.app.stage import Stage

_BRAKE_LIGHT: Final = 0.02  # of the pedal's travel
_LEAST_CAR_PX: Final = 14.0  # smaller, a car gets a dot
_DOT: Final = (232, 40, 56)
_DOT_RIM: Final = (250, 250, 250)


class DrivePicture:
    """Draws one drive; whatever shows it has a view of its own."""

    def __init__(self, stage: Stage, drive: Drive) -> None:
        self._stage = stage
        self._drive = drive
        self._sprite = CarSprite(drive.spec.chassis)

    def prepare(self) -> None:
        """Paint the car now rather than when it is first seen."""
        self._sprite.prepare()

    def draw(
        self, surface: pygame.Surface, view: View, pose: CarPose, soon: View | None = None
    ) -> None:
        """Fill the surface; `soon` is what will be seen before long."""
        self._stage.world_view.draw(surface, view, soon)
        self._stage.frame_log.done("ground")
        length_px = self._drive.spec.chassis.wheelbase_m * view.pixels_per_m
        if length_px < _LEAST_CAR_PX:
            self._dot(surface, view.to_screen(pose.x_m, pose.y_m))
        else:
            braking = self._drive.now.brake > _BRAKE_LIGHT
            self._sprite.draw(surface, view, pose, braking=braking)
        self._stage.frame_log.done("car")

    def _dot(self, surface: pygame.Surface, place: tuple[float, float]) -> None:
        radius = surface.get_height() / 120.0
        pygame.draw.circle(surface, _DOT_RIM, place, 1.3 * radius)
        pygame.draw.circle(surface, _DOT, place, radius)
