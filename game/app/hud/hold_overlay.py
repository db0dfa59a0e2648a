"""Show the start lights and the countdown, over the picture while a drive is held."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.app.driving.hold import LIGHTS, Hold
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.panel import draw_panel
from game.app.ui.shapes import fill_circle
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, write_line
from game.app.ui.theme import Metrics, metrics

_LAMP: Final = 34  # from lamp to lamp
_LAMP_RADIUS: Final = 12.5
_TOP: Final = 16
_PAD: Final = 10
_DENSE: Final = 0.9
_LIT: Final = (255, 46, 34)
_CORE: Final = (255, 168, 140)
_UNLIT: Final = (52, 18, 18)
_COUNT_PX: Final = 150
_COUNT_RADIUS: Final = 92
_COUNT_TOP: Final = 0.30  # of the height: above the car
_GROWS: Final = 0.18  # a number that has just come is so much larger
_GROWS_S: Final = 0.16


def draw_hold(surface: pygame.Surface, hold: Hold, *, calm: bool) -> None:
    """Draw what holds the drive, if anything does; calm: nothing grows."""
    sizes = metrics(surface.get_size(), 1.0)
    if hold.on_the_grid:
        draw_lights(surface, hold.lights)
    elif hold.count:
        grown = 0.0 if calm else max(1.0 - hold.since_signal_s / _GROWS_S, 0.0)
        _draw_count(surface, sizes, hold.count, 1.0 + _GROWS * grown)


def draw_lights(surface: pygame.Surface, lit: int) -> Box:
    """Draw the start lights, some of which are lit; return where."""
    sizes = metrics(surface.get_size(), 1.0)
    step, pad = sizes.space(_LAMP), sizes.space(_PAD)
    width, height = LIGHTS * step + 2 * pad, step + 2 * pad
    box = Box((sizes.width - width) // 2, sizes.space(_TOP), width, height)
    draw_panel(surface, box, sizes.unit, _DENSE)
    radius = _LAMP_RADIUS * sizes.unit
    for number in range(LIGHTS):
        middle = (box.left + pad + (number + 0.5) * step, box.top + 0.5 * height)
        if number < lit:
            glow = _glow(round(2.4 * radius))
            corner = (middle[0] - 0.5 * glow.get_width(), middle[1] - 0.5 * glow.get_height())
            surface.blit(glow, corner, special_flags=pygame.BLEND_RGB_ADD)
        fill_circle(surface, middle, radius, _LIT if number < lit else _UNLIT)
        if number < lit:
            fill_circle(surface, middle, 0.5 * radius, _CORE)
    return box


def _draw_count(surface: pygame.Surface, sizes: Metrics, count: int, grown: float) -> None:
    px = round(sizes.space(_COUNT_PX) * grown)
    middle = (0.5 * sizes.width, _COUNT_TOP * sizes.height)
    fill_circle(surface, middle, _COUNT_RADIUS * sizes.unit * grown, (*palette.INK, 150))
    high = line_height(px)
    box = Box(round(middle[0]) - px, round(middle[1]) - high // 2, 2 * px, high)
    write_line(surface, str(count), box, TextStyle(px, palette.BRIGHT, Weight.BOLD), Align.CENTRE)


@lru_cache(maxsize=4)
def _glow(radius: int) -> pygame.Surface:
    """Return the light around a lamp, to be added."""
    glow = pygame.Surface((2 * radius, 2 * radius))
    steps = max(radius, 1)
    for step in range(steps):
        share = ((step + 1) / steps) ** 2.5
        colour = tuple(round(0.4 * share * part) for part in _LIT)
        pygame.draw.circle(glow, colour, (radius, radius), radius * (1.0 - step / steps))
    return glow
