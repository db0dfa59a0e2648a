"""Draw one car of a drive: its sprite, its ghosts, and what it leaves behind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.car.lamps import lamps_of
from game.app.car.livery import GHOST, Livery
from game.app.car.sprite import CarSprite
from game.app.driving.driven_car import DrivenCar
from game.app.driving.ghost_tag import GhostTag, draw_tag
from game.app.driving.rival import RivalAt
from game.app.effects.effects import Effects
from game.app.ui.box import Box
from game.app.view.camera import View
from game.app.view.car_pose import CarPose

_NEAR_M: Final = 3.0  # from the car, where a ghost is faintest
_FAR_M: Final = 14.0  # from the car, where a ghost is as clear as it gets
_FAINTEST: Final = 0.3
_TAG_M: Final = 3.0  # from the middle of a ghost to its tag
_TAG_UP_M: Final = 1.0  # that a tag is drawn upwards, so that it has a place above the car itself
_MIN_WHEELBASE_PX: Final = 6.0  # shorter, a car gets a marker
_MARKERS_PER_HEIGHT: Final = 52.0  # radii of a marker that fit the window's height
_MARKER_DISC: Final = (250, 250, 250)
_MARKER_EDGE: Final = (20, 22, 26)


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
        for livery in {GHOST, *(rival.livery for rival in self.car.ghosts)}:
            self._ghost_sprite(livery).prepare()

    def wear(self, livery: Livery) -> None:
        """Wear another livery from now on."""
        if livery != self._sprite.livery:
            self._sprite = CarSprite(self.car.spec, livery)

    def update(self, frame_s: float) -> None:
        """Let smoke drift and marks grow, to where the car is now."""
        self.effects.update(self.car.now, self.car.hit_ns, frame_s)

    def draw(self, surface: pygame.Surface, view: View, fraction: float) -> None:
        """Draw the car, or a marker where it would be too small."""
        pose = self.car.pose(fraction)
        if self._is_too_small(view):
            _draw_marker(surface, view, pose, self._sprite.livery.signal)
            return
        lamps = lamps_of(self.car.now)
        self._sprite.draw(surface, view, pose, braking=lamps.braking, reversing=lamps.reversing)

    def draw_ghosts(
        self,
        surface: pygame.Surface,
        view: View,
        fraction: float,
        ghosts: Sequence[RivalAt],
    ) -> None:
        """Draw laps that drive along, fainter near the car, but for their outlines.

        The first one, which is the most important, is drawn over the others.
        """
        if self._is_too_small(view):
            return
        for rival, pose in reversed(ghosts):
            self._ghost_sprite(rival.livery).draw_ghost(
                surface, view, pose, self._clarity(pose, fraction)
            )

    def draw_tags(
        self,
        surface: pygame.Surface,
        view: View,
        fraction: float,
        text_scale: float,
        taken: Box | None = None,
    ) -> None:
        """Draw the names of the rivals beside their ghosts, on the sides away from the car.

        taken: a part of the window that they leave free. Where there is no room for all names the
        more important ones are seen.
        """
        own = self.car.pose(fraction)
        own_x, own_y = view.to_screen(own.x_m, own.y_m)
        kept_free = [] if taken is None else [taken]
        for rival, pose in self.car.ghosts_at(fraction):
            x, y = view.to_screen(pose.x_m, pose.y_m)
            if surface.get_rect().collidepoint(x, y):
                away = (x - own_x, y - own_y - _TAG_UP_M * view.pixels_per_m)
                tag = GhostTag(rival.name, rival.livery.body, text_scale)
                box = draw_tag(surface, tag, (x, y), away, _TAG_M * view.pixels_per_m, kept_free)
                kept_free += [] if box is None else [box]

    def _clarity(self, pose: CarPose, fraction: float) -> float:
        """Return how clearly a ghost is drawn: faintly where it would hide the car."""
        own = self.car.pose(fraction)
        away_m = math.hypot(pose.x_m - own.x_m, pose.y_m - own.y_m)
        share = (away_m - _NEAR_M) / (_FAR_M - _NEAR_M)
        return _FAINTEST + (1.0 - _FAINTEST) * min(max(share, 0.0), 1.0)

    def _ghost_sprite(self, livery: Livery) -> CarSprite:
        if livery not in self._ghosts:
            self._ghosts[livery] = CarSprite(self.car.spec, livery)
        return self._ghosts[livery]

    def _is_too_small(self, view: View) -> bool:
        return self.car.spec.chassis.wheelbase_m * view.pixels_per_m < _MIN_WHEELBASE_PX


def _draw_marker(
    surface: pygame.Surface, view: View, pose: CarPose, colour: tuple[int, int, int]
) -> None:
    """Draw an arrowhead that points where the car does, on a disc that the eye finds at once."""
    middle = view.to_screen(pose.x_m, pose.y_m)
    radius = surface.get_height() / _MARKERS_PER_HEIGHT
    angle_rad = pose.heading_rad + view.turn_rad
    for shade, reach in ((_MARKER_EDGE, 1.25), (_MARKER_DISC, 1.1)):
        pygame.draw.aacircle(surface, shade, middle, reach * radius)
    points = [
        (
            middle[0] + share * radius * math.cos(angle_rad + aside_rad),
            middle[1] - share * radius * math.sin(angle_rad + aside_rad),
        )
        for aside_rad, share in ((0.0, 0.95), (2.4, 0.85), (math.pi, 0.35), (-2.4, 0.85))
    ]
    pygame.draw.polygon(surface, colour, points)
