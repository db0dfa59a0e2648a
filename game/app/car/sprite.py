"""Draws a car into a view: its picture turned and scaled, its shadow, the glow of its brakes."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import cv2
import numpy as np
import pygame

from game.app.canvas.warp import Pixels, pixels_of, warp
from game.app.car.headlights import shine
from game.app.car.livery import WORKS, Livery
from game.app.car.look import CarLook, load_look
from game.app.car.pictures import CarPictures
from game.app.car.shape import car_body
from game.app.ui.palette import Colour
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.vehicle.spec import CarSpec

_GHOST_OPACITY: Final = 0.55
_GHOST_TINT: Final = 0.6  # share of a ghost's own colour in all of its body
_OUTLINE_M: Final = 0.09  # around a ghost, which is seen however faint the rest of it is
_MIN_OUTLINE_PX: Final = 1.8
_OUTLINE_OPACITY: Final = 0.88
_DARKEST_TINT: Final = 64  # of what is black, so that a ghost's glass is seen, too
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
        ghost: bool = False,
        clarity: float = 1.0,
    ) -> None:
        """Draw the car where the view sees it; a ghost is translucent, and has an outline instead
        of a shadow.

        clarity: 1 for a ghost as clear as ghosts are, 0 for one of which the outline alone is seen.
        """
        cos, sin = math.cos(pose.heading_rad), math.sin(pose.heading_rad)
        middle_m = self._body.middle_m
        place = view.to_screen(pose.x_m + middle_m * cos, pose.y_m + middle_m * sin)
        car, scale = self._pictures.car(
            view.pixels_per_m,
            pose.heading_rad,
            pose.steering_rad,
            braking=braking,
            reversing=reversing,
        )
        angle_rad = pose.heading_rad + view.turn_rad
        if not ghost:
            shadow, shadow_scale = self._pictures.shadow(pose.heading_rad)
            _put(surface, _turned(shadow, place, angle_rad, view.pixels_per_m / shadow_scale))
        if self._is_dark and not ghost:
            self._throw_light(surface, view, place, angle_rad)
        if braking and not ghost:
            self._shine(surface, view.pixels_per_m, place, angle_rad)
        turned = _turned(car, place, angle_rad, view.pixels_per_m / scale)
        if ghost:
            outline_px = max(_OUTLINE_M * view.pixels_per_m, _MIN_OUTLINE_PX)
            _fade(turned.pixels, _GHOST_OPACITY * clarity, self.livery.signal, outline_px)
        _put(surface, turned)

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


def _turned(
    picture: pygame.Surface, place: tuple[float, float], angle_rad: float, times: float
) -> _Turned:
    """Return a picture turned and scaled around a place, to a fraction of a pixel: a car must not
    shiver.
    """
    width, height = picture.get_size()
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
    warp(pixels_of(picture), matrix, pixels)
    return _Turned(pixels, (left, top))


def _fade(pixels: Pixels, opacity: float, colour: Colour, outline_px: float) -> None:
    """Let what pixels show be translucent and of one colour, but for a bright outline."""
    whole = pixels[:, :, 3]
    depth_px = cv2.distanceTransform(cv2.inRange(whole, 128, 255), cv2.DIST_L2, cv2.DIST_MASK_3)
    outline = np.float32(_OUTLINE_OPACITY) * np.clip(outline_px + 1.0 - depth_px, 0.0, 1.0)
    body = opacity * (1.0 - outline)
    brightest = cv2.convertScaleAbs(pixels[:, :, :3].max(2), beta=_DARKEST_TINT)
    painted = outline * whole + _GHOST_TINT * body * np.minimum(whole, brightest)
    kept = (1.0 - _GHOST_TINT) * body
    faded = cv2.multiply(pixels, cv2.merge((kept, kept, kept, outline + body)), dtype=cv2.CV_8U)
    tint = [cv2.convertScaleAbs(painted, alpha=channel / 255.0) for channel in colour[::-1]]
    cv2.add(faded, cv2.merge((*tint, np.zeros_like(whole))), pixels)


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
