"""Draw the window's icon from the car's own picture: at full lock across a kerb."""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.car.livery import WORKS
from game.app.car.sprite import CarSprite
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.vehicle.spec import CarSpec

_FINER: Final = 4
_CORNER: Final = 0.20  # radius, of the side
_ASPHALT: Final = (58, 62, 70)
_EDGE: Final = (30, 33, 40)
_RED: Final = (214, 40, 52)
_WHITE: Final = (244, 244, 240)
_KERB: Final = 0.17  # width, of the side
_BLOCKS: Final = 7
_HEADING_RAD: Final = math.radians(52.0)
_STEERING_RAD: Final = math.radians(-18.0)
_CAR: Final = 0.98  # length, of the side


def draw_icon(spec: CarSpec, side: int) -> pygame.Surface:
    """Return the icon, square, with clear corners."""
    large = side * _FINER
    picture = pygame.Surface((large, large), pygame.SRCALPHA)
    picture.fill(_ASPHALT)
    _kerb(picture, large)
    view = View(0.0, 0.0, _CAR * large / spec.chassis.length_m, large, large)
    pose = CarPose(0.0, 0.0, _HEADING_RAD, _STEERING_RAD)
    CarSprite(spec, WORKS).draw(picture, view, pose)
    radius = round(_CORNER * large)
    pygame.draw.rect(picture, _EDGE, picture.get_rect(), large // 40, border_radius=radius)
    mask = pygame.Surface((large, large), pygame.SRCALPHA)
    pygame.draw.rect(mask, (255, 255, 255), mask.get_rect(), border_radius=radius)
    picture.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    return pygame.transform.smoothscale(picture, (side, side))


def _kerb(picture: pygame.Surface, side: int) -> None:
    """Draw red and white blocks along the lower right, parallel to the car."""
    cos, sin = math.cos(_HEADING_RAD), -math.sin(_HEADING_RAD)
    middle_x, middle_y = 0.5 * side - 0.36 * side * sin, 0.5 * side + 0.36 * side * cos
    block, half = 1.6 * side / _BLOCKS, 0.5 * _KERB * side
    for index in range(-_BLOCKS // 2, _BLOCKS // 2 + 1):
        corners = [
            (middle_x + along * cos - aside * sin, middle_y + along * sin + aside * cos)
            for along, aside in (
                (index * block, -half),
                ((index + 1) * block, -half),
                ((index + 1) * block, half),
                (index * block, half),
            )
        ]
        pygame.draw.polygon(picture, _RED if index % 2 else _WHITE, corners)
