"""Draws a car into a view: its picture turned and scaled, its wheels, its shadow, its brakes."""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.camera import View
from game.app.car.paint import LENGTH_M, MARGIN_M, PIXELS_PER_M, paint_car
from game.app.drive import CarPose
from game.app.ground.trees import SUN_SHADOW
from game.units import TAU
from game.vehicle.spec import ChassisSpec

_LIGHTS: Final = 20  # headings the car is lit for
_STEERING_STEP_RAD: Final = 0.05
_SHADOW_HEIGHT_M: Final = 0.55
_SHADOW_ALPHA: Final = 130
_TYRE_M: Final = (0.64, 0.25)
_TYRE_OUT_M: Final = 0.06  # of the track width's half, so that turned wheels are seen
_GLOW_M: Final = 1.5


class CarSprite:
    """Pictures of one car, made when first needed."""

    def __init__(self, chassis: ChassisSpec) -> None:
        self._middle_m = chassis.nose_m - 0.5 * LENGTH_M
        self._axles_m = (chassis.front_axle_m, chassis.front_axle_m - chassis.wheelbase_m)
        self._half_track_m = 0.5 * chassis.track_width_m + _TYRE_OUT_M
        self._bodies: dict[tuple[int, bool], pygame.Surface] = {}
        self._cars: dict[tuple[int, bool, int], pygame.Surface] = {}
        self._shadow = _soft_shadow(self._body(0, braking=False))
        self._glow = _glow()

    def prepare(self) -> None:
        """Paint the car in every light now: it takes several milliseconds each."""
        for light in range(_LIGHTS):
            for braking in (False, True):
                self._body(light, braking=braking)

    def draw(self, surface: pygame.Surface, view: View, pose: CarPose, *, braking: bool) -> None:
        """Draw the car where the view sees it."""
        cos, sin = math.cos(pose.heading_rad), math.sin(pose.heading_rad)
        x_m, y_m = pose.x_m + self._middle_m * cos, pose.y_m + self._middle_m * sin
        shift_m = (SUN_SHADOW[0] * _SHADOW_HEIGHT_M, SUN_SHADOW[1] * _SHADOW_HEIGHT_M)
        place = view.to_screen(x_m + shift_m[0], y_m + shift_m[1])
        _put(surface, self._shadow, place, pose.heading_rad, view.pixels_per_m)
        car = self._car(pose.heading_rad, pose.steering_rad, braking)
        _put(surface, car, view.to_screen(x_m, y_m), pose.heading_rad, view.pixels_per_m)
        if braking:
            self._shine(surface, view, x_m, y_m, cos, sin)

    def _car(self, heading_rad: float, steering_rad: float, braking: bool) -> pygame.Surface:
        light = round(heading_rad / TAU * _LIGHTS) % _LIGHTS
        steering = round(steering_rad / _STEERING_STEP_RAD)
        key = (light, braking, steering)
        if key not in self._cars:
            self._cars[key] = self._assembled(light, braking, steering * _STEERING_STEP_RAD)
        return self._cars[key]

    def _assembled(self, light: int, braking: bool, steering_rad: float) -> pygame.Surface:
        body = self._body(light, braking=braking)
        car = pygame.Surface(body.get_size(), pygame.SRCALPHA)
        tyre = pygame.Surface([round(s * PIXELS_PER_M) for s in _TYRE_M], pygame.SRCALPHA)
        pygame.draw.rect(tyre, (20, 20, 22), tyre.get_rect(), border_radius=4)
        for axle_m, angle_rad in zip(self._axles_m, (steering_rad, 0.0), strict=True):
            turned = pygame.transform.rotozoom(tyre, math.degrees(angle_rad), 1.0)
            for side in (1.0, -1.0):
                place = (
                    0.5 * body.get_width() + (axle_m - self._middle_m) * PIXELS_PER_M,
                    0.5 * body.get_height() - side * self._half_track_m * PIXELS_PER_M,
                )
                car.blit(turned, turned.get_rect(center=place))
        car.blit(body, (0, 0))
        return car

    def _body(self, light: int, *, braking: bool) -> pygame.Surface:
        key = (light, braking)
        if key not in self._bodies:
            self._bodies[key] = paint_car(light * TAU / _LIGHTS, braking=braking)
        return self._bodies[key]

    def _shine(
        self, surface: pygame.Surface, view: View, x_m: float, y_m: float, cos: float, sin: float
    ) -> None:
        side = max(4, round(2.0 * _GLOW_M * view.pixels_per_m))
        glow = pygame.transform.smoothscale(self._glow, (side, side))
        behind_m = 0.5 * LENGTH_M + 0.05
        for aside_m in (0.55, -0.55):
            place = view.to_screen(
                x_m - behind_m * cos - aside_m * sin, y_m - behind_m * sin + aside_m * cos
            )
            surface.blit(glow, glow.get_rect(center=place), special_flags=pygame.BLEND_RGB_ADD)


def _put(
    surface: pygame.Surface,
    picture: pygame.Surface,
    place: tuple[float, float],
    heading_rad: float,
    pixels_per_m: float,
) -> None:
    turned = pygame.transform.rotozoom(
        picture, math.degrees(heading_rad), pixels_per_m / PIXELS_PER_M
    )
    surface.blit(turned, turned.get_rect(center=place))


def _soft_shadow(body: pygame.Surface) -> pygame.Surface:
    mask = pygame.mask.from_surface(body, 60)
    room = round(MARGIN_M * PIXELS_PER_M)
    shadow = pygame.Surface(
        (body.get_width() + 2 * room, body.get_height() + 2 * room), pygame.SRCALPHA
    )
    dark = mask.to_surface(setcolor=(6, 8, 12, _SHADOW_ALPHA), unsetcolor=(6, 8, 12, 0))
    shadow.fill((6, 8, 12, 0))
    shadow.blit(dark, (room, room))
    return pygame.transform.gaussian_blur(shadow, 5)


def _glow() -> pygame.Surface:
    """Red light on the ground, to be added."""
    side = 64
    glow = pygame.Surface((side, side))
    for radius in range(side // 2, 0, -1):
        share = (1.0 - 2.0 * radius / side) ** 2
        pygame.draw.circle(
            glow,
            (round(120 * share), round(16 * share), round(10 * share)),
            (side // 2, side // 2),
            radius,
        )
    return glow
