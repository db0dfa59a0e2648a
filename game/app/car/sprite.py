"""Draw a car into a view: its picture turned and scaled, its shadow, the glow of its brakes."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.warp import Pixels, pixels_of, warp
from game.app.car.ghost_pictures import GhostPictures
from game.app.car.headlights import REACH_M, shine
from game.app.car.livery import WORKS, Livery
from game.app.car.look import CarLook, load_look
from game.app.car.pictures import CarPictures
from game.app.car.shape import car_body
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.vehicle.spec import CarSpec

_GLOW_M: Final = 1.3
_GLOW_PX: Final = 64
_GLOW: Final = (112, 14, 9)
_GLOW_SIZES: Final = 4  # pixels between the sizes kept


class _Turned(NamedTuple):
    """Holds a picture as it is on the screen, its alpha in its colours, and its top left corner."""

    pixels: Pixels
    corner: tuple[int, int]


class CarSprite:
    """Draws one car of one livery."""

    def __init__(self, spec: CarSpec, livery: Livery = WORKS, look: CarLook | None = None) -> None:
        """Use the car's own look unless another is given."""
        self._body = car_body(spec.chassis, look or load_look(spec))
        self.livery = livery
        self._is_dark = spec.weather.sky.is_dark
        self._pictures = CarPictures(livery, self._body, spec.weather.sky)
        self._ghosts = GhostPictures(self._pictures, livery.signal)
        self._glow = _glow()
        self._glows: dict[int, pygame.Surface] = {}

    def prepare(self) -> None:
        """Paint the car now; how light falls on it is worked out when it is drawn."""
        self._pictures.prepare()

    def draw(
        self,
        surface: pygame.Surface,
        view: View,
        pose: CarPose,
        *,
        braking: bool = False,
        reversing: bool = False,
    ) -> None:
        """Draw the car where the view sees it."""
        place = self._middle(view, pose)
        shadow, shadow_scale = self._pictures.shadow(pose.heading_rad)
        reach_m = self._body.length_m + 0.5 * math.hypot(*shadow.get_size()) / shadow_scale
        if self._is_dark:
            reach_m = max(reach_m, self._body.length_m + REACH_M)
        if not _is_seen(surface, place, reach_m * view.pixels_per_m):
            return
        car, scale = self._pictures.car(
            view.pixels_per_m,
            pose.heading_rad,
            pose.steering_rad,
            braking=braking,
            reversing=reversing,
        )
        angle_rad = pose.heading_rad + view.turn_rad
        under = _turned(pixels_of(shadow), place, angle_rad, view.pixels_per_m / shadow_scale)
        _put(surface, under)
        if self._is_dark:
            self._throw_light(surface, view, place, angle_rad)
        if braking:
            self._shine(surface, view.pixels_per_m, place, angle_rad)
        _put(surface, _turned(pixels_of(car), place, angle_rad, view.pixels_per_m / scale))

    def draw_ghost(
        self, surface: pygame.Surface, view: View, pose: CarPose, clarity: float = 1.0
    ) -> None:
        """Draw the car as a ghost: translucent, with an outline instead of a shadow.

        clarity: 1 for one as clear as ghosts are, 0 for one of which the outline alone is seen.
        """
        place = self._middle(view, pose)
        if not _is_seen(surface, place, 0.5 * self._body.length_m * view.pixels_per_m):
            return
        ghost, scale = self._ghosts.ghost(
            view.pixels_per_m, pose.heading_rad, pose.steering_rad, clarity
        )
        angle_rad = pose.heading_rad + view.turn_rad
        _put(surface, _turned(ghost, place, angle_rad, view.pixels_per_m / scale))

    def _middle(self, view: View, pose: CarPose) -> tuple[float, float]:
        """Return where the middle of the car's body is on the screen."""
        middle_m = self._body.middle_m
        return view.to_screen(
            pose.x_m + middle_m * math.cos(pose.heading_rad),
            pose.y_m + middle_m * math.sin(pose.heading_rad),
        )

    def _throw_light(
        self, surface: pygame.Surface, view: View, place: tuple[float, float], angle_rad: float
    ) -> None:
        """Let the headlights shine on what lies ahead."""
        ahead_px = 0.46 * self._body.length_m * view.pixels_per_m
        nose = (
            place[0] + ahead_px * math.cos(angle_rad),
            place[1] - ahead_px * math.sin(angle_rad),
        )
        shine(surface, view, nose, angle_rad)

    def _shine(
        self,
        surface: pygame.Surface,
        pixels_per_m: float,
        place: tuple[float, float],
        angle_rad: float,
    ) -> None:
        """Draw red light on the ground behind the tail."""
        side = round(2.0 * _GLOW_M * pixels_per_m / _GLOW_SIZES) * _GLOW_SIZES + _GLOW_SIZES
        if side not in self._glows:
            if len(self._glows) > 40:
                self._glows.clear()
            self._glows[side] = pygame.transform.smoothscale(self._glow, (side, side))
        cos, sin = math.cos(angle_rad) * pixels_per_m, -math.sin(angle_rad) * pixels_per_m
        behind_m = -0.5 * self._body.length_m - 0.10
        for aside_m in (0.55, -0.55):
            x = place[0] + behind_m * cos + aside_m * sin
            y = place[1] + behind_m * sin - aside_m * cos
            corner = (round(x - 0.5 * side), round(y - 0.5 * side))
            surface.blit(self._glows[side], corner, special_flags=pygame.BLEND_RGB_ADD)


def _is_seen(surface: pygame.Surface, place: tuple[float, float], reach_px: float) -> bool:
    """Return whether what reaches so far around a place may be on the surface."""
    return bool(surface.get_rect().inflate(2.0 * reach_px, 2.0 * reach_px).collidepoint(place))


def _turned(picture: Pixels, place: tuple[float, float], angle_rad: float, times: float) -> _Turned:
    """Return a picture turned and scaled around a place, to a fraction of a pixel: a car must not
    shiver.
    """
    height, width = picture.shape[:2]
    side = math.ceil(times * math.hypot(width, height)) + 2
    left, top = math.floor(place[0] - 0.5 * side), math.floor(place[1] - 0.5 * side)
    cos, sin = math.cos(angle_rad) / times, math.sin(angle_rad) / times
    x, y = left + 0.5 - place[0], top + 0.5 - place[1]  # of the middle of the first pixel
    matrix = np.array(
        [
            [cos, -sin, 0.5 * width - 0.5 + x * cos - y * sin],
            [sin, cos, 0.5 * height - 0.5 + x * sin + y * cos],
        ]
    )
    pixels = np.zeros((side, side, 4), np.uint8)
    warp(picture, matrix, pixels)
    return _Turned(pixels, (left, top))


def _put(surface: pygame.Surface, turned: _Turned) -> None:
    """Draw pixels where they belong."""
    pixels, corner = turned
    shown = pygame.image.frombuffer(pixels.tobytes(), pixels.shape[1::-1], "BGRA")
    surface.blit(shown, corner, special_flags=pygame.BLEND_PREMULTIPLIED)


def _glow() -> pygame.Surface:
    """Return a soft red spot, to be added."""
    glow = pygame.Surface((_GLOW_PX, _GLOW_PX))
    half = _GLOW_PX // 2
    for radius in range(half, 0, -1):
        share = (1.0 - radius / half) ** 2
        pygame.draw.circle(glow, [round(part * share) for part in _GLOW], (half, half), radius)
    return glow
