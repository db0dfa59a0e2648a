"""A drive as it is seen through any view: the ground, the car, and what driving leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.app.car.lamps import lamps_of
from game.app.car.livery import GHOST
from game.app.car.sprite import CarSprite
from game.app.driving.drive import Drive
from game.app.effects.effects import Effects
from game.app.objects.gantry import Gantry
from game.app.tiles.world_view import WorldView
from game.app.view.camera import View

_MIN_WHEELBASE_PX: Final = 6.0  # shorter, a car gets a dot
_DOT: Final = (232, 40, 56)
_DOT_RIM: Final = (250, 250, 250)


class DrivePicture:
    """Draws one drive; whatever shows it has a view of its own."""

    def __init__(
        self, drive: Drive, ground: WorldView, effects: Effects, on_part: Callable[[str], None]
    ) -> None:
        """`on_part` is called with the name of each part of a picture when that is drawn."""
        self.drive = drive
        self.ghosts_shown = True
        self._ground = ground
        self._on_part = on_part
        self._sprite = CarSprite(drive.spec)
        self._ghost = CarSprite(drive.spec, GHOST)
        self._gantry = Gantry(drive.track)
        self._effects = effects
        self._effects.forget_motion()

    def prepare(self) -> None:
        """Paint the cars now rather than when they are first seen."""
        self._sprite.prepare()
        self._ghost.prepare()

    def update(self, frame_s: float) -> None:
        """Let smoke drift and marks grow, to where the car is now."""
        self._effects.update(self.drive.now, self.drive.hit_ns, frame_s)

    def forget_motion(self) -> None:
        """The car is put elsewhere: it leaves no marks on the way there."""
        self._effects.forget_motion()

    def draw(
        self, surface: pygame.Surface, view: View, fraction: float, soon: View | None = None
    ) -> None:
        """Fill the surface, `fraction` of a tick after the tick before the last.

        soon: what will be seen before long.
        """
        view = self._ground.snapped(view)
        self._ground.draw(surface, view, soon)
        self._on_part("ground")
        self._effects.draw_under(surface, view)
        self._on_part("effects")
        self._draw_cars(surface, view, fraction)
        self._on_part("car")
        self._effects.draw_over(surface, view)
        self._gantry.draw(surface, view)
        self._on_part("effects")

    def _draw_cars(self, surface: pygame.Surface, view: View, fraction: float) -> None:
        pose = self.drive.pose(fraction)
        if self.drive.spec.chassis.wheelbase_m * view.pixels_per_m < _MIN_WHEELBASE_PX:
            _dot(surface, view.to_screen(pose.x_m, pose.y_m))
            return
        ghost = self.drive.ghost_pose(fraction)
        if ghost is not None and self.ghosts_shown:
            self._ghost.draw(surface, view, ghost, ghost=True)
        lamps = lamps_of(self.drive.now)
        self._sprite.draw(surface, view, pose, braking=lamps.braking, reversing=lamps.reversing)


def _dot(surface: pygame.Surface, place: tuple[float, float]) -> None:
    radius = surface.get_height() / 120.0
    pygame.draw.circle(surface, _DOT_RIM, place, 1.3 * radius)
    pygame.draw.circle(surface, _DOT, place, radius)
