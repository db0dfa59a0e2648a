"""Keep pictures of one livery as they are needed, by light, lamps, steering and scale."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.daylight import NOON, sun_shadow, sunlight
from game.app.canvas.sun import SUN_SHADOW
from game.app.car.levels import LEVELS, level_for, painted_levels
from game.app.car.light import light_car, shadow_offset, shifted
from game.app.car.livery import Livery
from game.app.car.shape import CarBody
from game.app.car.wheels import draw_wheels
from game.arrays import FloatArray
from game.units import TAU
from game.weather.sky import Sky

_LIGHTS: Final = 48  # headings the car is lit for
_STEERING_STEP_RAD: Final = 0.04
_KEPT_PX: Final = 3_000_000  # of all pictures of a livery: 12 MB
_SHADOW_LEVEL: Final = 5
_SHADOW_ROOM_M: Final = 0.9  # around the picture, for what falls beside the car
_SHADOW: Final = (8, 10, 16)
_DARK: Final = 0.62
_BLURS: Final = 2
_CONTACT_BLURS: Final = 9  # how far the dark below the car reaches beyond it
_CONTACT_REACH: Final = 1.5
_CONTACT_DARK: Final = 0.62
_BODY_M: Final = 0.55  # height of the edges that throw the shadow
_STEPS: Final = 4


class PictureKey(NamedTuple):
    """Names the parameters by which pictures of one car differ."""

    level: int
    light: int
    steering: int
    braking: bool
    reversing: bool


class CarPictures:
    """Makes and keeps the pictures of one livery."""

    def __init__(self, livery: Livery, body: CarBody, sky: Sky = NOON) -> None:
        """sky: that lights the car."""
        self._livery = livery
        self._sky = sky
        self._body = body
        self._cars: OrderedDict[PictureKey, pygame.Surface] = OrderedDict()
        self._kept_px = 0
        self._shadows: dict[int, pygame.Surface] = {}

    def prepare(self) -> None:
        """Paint the car now; how light falls on it is worked out when it is drawn."""
        painted_levels(self._livery, self._body)

    def car(
        self,
        pixels_per_m: float,
        heading_rad: float,
        steering_rad: float,
        *,
        braking: bool,
        reversing: bool,
    ) -> tuple[pygame.Surface, float]:
        """Return the car pointing right, and the picture's scale, at least the one asked for."""
        steering = round(steering_rad / _STEERING_STEP_RAD)
        key = PictureKey(level_for(pixels_per_m), _light(heading_rad), steering, braking, reversing)
        picture = self._cars.get(key)
        if picture is None:
            picture = self._make(key)
            self._keep(key, picture)
        else:
            self._cars.move_to_end(key)
        return picture, LEVELS[key.level]

    def shadow(self, heading_rad: float) -> tuple[pygame.Surface, float]:
        """Return the car's shadow, pointing right, around the car's middle; and its scale."""
        light = _light(heading_rad)
        if light not in self._shadows:
            self._shadows[light] = _shadow(
                self._livery, self._body, light * TAU / _LIGHTS, self._sky
            )
        return self._shadows[light], LEVELS[_SHADOW_LEVEL]

    def _make(self, key: PictureKey) -> pygame.Surface:
        scale = LEVELS[key.level]
        body = light_car(
            painted_levels(self._livery, self._body)[key.level],
            self._body.look.wing.rise_m,
            scale,
            key.light * TAU / _LIGHTS,
            self._sky,
            braking=key.braking,
            reversing=key.reversing,
        )
        angle_rad = key.steering * _STEERING_STEP_RAD
        picture = draw_wheels(body.get_size(), scale, self._body, angle_rad)
        picture.blit(body, (0, 0))
        return picture.premul_alpha()

    def _keep(self, key: PictureKey, picture: pygame.Surface) -> None:
        self._cars[key] = picture
        self._kept_px += picture.get_width() * picture.get_height()
        while self._kept_px > _KEPT_PX and len(self._cars) > 1:
            _, oldest = self._cars.popitem(last=False)
            self._kept_px -= oldest.get_width() * oldest.get_height()


def _light(heading_rad: float) -> int:
    return round(heading_rad / TAU * _LIGHTS) % _LIGHTS


def _shadow(livery: Livery, body: CarBody, heading_rad: float, sky: Sky) -> pygame.Surface:
    """Return the outlines of body, cabin and wing, each shifted by its height, blurred."""
    scale = LEVELS[_SHADOW_LEVEL]
    car = painted_levels(livery, body)[_SHADOW_LEVEL]
    fall = sun_shadow(sky)
    stretch = math.hypot(*fall) / math.hypot(*SUN_SHADOW)
    room = round(_SHADOW_ROOM_M * max(stretch, 1.0) * scale)
    cover, height, wing = (np.pad(field, room) for field in (car.cover, car.height, car.wing))
    fall_x, fall_y = (share * scale for share in shadow_offset(heading_rad, fall))
    dark = cover.copy()
    steps = math.ceil(_STEPS * max(stretch, 1.0))
    for index in range(1, steps + 1):
        low_m = _BODY_M * index / steps
        dark = np.maximum(dark, shifted(cover * (1.0 - wing), low_m * fall_x, -low_m * fall_y))
        high_m = _BODY_M + 0.5 * index / steps
        taller = np.clip((height - high_m + 0.1) / 0.1, 0.0, 1.0)
        dark = np.maximum(dark, shifted(taller, high_m * fall_x, -high_m * fall_y))
    rise_m = body.look.wing.rise_m
    for high_m in (_BODY_M, _BODY_M + 0.5 * rise_m, _BODY_M + rise_m):
        dark = np.maximum(dark, shifted(wing, high_m * fall_x, -high_m * fall_y))
    contact = np.clip(_CONTACT_REACH * _blurred(cover, _CONTACT_BLURS), 0.0, 1.0)
    fallen = _DARK * sunlight(sky) * np.clip(_blurred(dark, _BLURS), 0.0, 1.0)
    return _dark_picture(1.0 - (1.0 - fallen) * (1.0 - _CONTACT_DARK * contact))


def _blurred(field: FloatArray, times: int) -> FloatArray:
    for _ in range(times):
        padded = np.pad(field, 1)
        rows = (padded[:-2] + padded[1:-1] + padded[2:]) / 3.0
        field = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 3.0
    return field


def _dark_picture(dark: FloatArray) -> pygame.Surface:
    picture = pygame.Surface(dark.shape, pygame.SRCALPHA)
    picture.fill((*_SHADOW, 0))
    pygame.surfarray.pixels_alpha(picture)[:] = (255.0 * dark).astype("u1")
    return picture.premul_alpha()
