"""The car's acceleration: forwards up, to the left left, with the last second's trail."""

from __future__ import annotations

import math
from typing import ClassVar, Final

import pygame

from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BRIGHT, DARK, FAINT, ORANGE, PALE
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour, Weight
from game.app.ui.panel import TROUGH, draw_panel
from game.units import G_MPS2

HEIGHT: Final = 118  # which the neighbours share

_WIDTH: Final = 108
_MIDDLE: Final = (54.0, 54.0)
_RADIUS: Final = 45.0
_MOST_G: Final = 1.75  # at the edge of the circle
_RINGS_G: Final = (0.5, 1.0, 1.5)
_CHIEF_RING_G: Final = 1.5  # about what slicks hold
_TRAIL_S: Final = 1.2
_STEP: Final = 2  # moments between two points of the trail
_TRAIL: Final = (255, 206, 140)


class GgCircle:
    """Friction circle with a fading trail."""

    size: ClassVar[tuple[float, float]] = (_WIDTH, HEIGHT)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Trail and point over the circle."""
        self._plate.show(surface, box, style, lambda plate: _paint(plate, box, style))
        pen = Pen(surface, style.unit, box)
        middle = pen.place(*_MIDDLE)
        scale = _RADIUS * style.unit / (_MOST_G * G_MPS2)
        trail = [
            _place(middle, scale, moment.accel_forward_mps2, moment.accel_left_mps2)
            for moment in list(seen.recent.moments)[-round(60 * _TRAIL_S) :: _STEP]
        ]
        now = seen.now
        trail.append(_place(middle, scale, now.accel_forward_mps2, now.accel_left_mps2))
        width = max(2, round(1.6 * style.unit))
        for number in range(1, len(trail)):
            colour = _faded(number / len(trail))
            pygame.draw.line(surface, colour, trail[number - 1], trail[number], width)
        pygame.draw.aacircle(surface, ORANGE, trail[-1], 4.0 * style.unit)
        total_g = math.hypot(now.accel_forward_mps2, now.accel_left_mps2) / G_MPS2
        figure = f"{min(total_g, 9.99):.2f} g"
        pen.write(figure, _MIDDLE[0], 97, CAPTION, BRIGHT, Align.CENTRE, Weight.BOLD)


def _place(
    middle: tuple[float, float], scale: float, forward_mps2: float, left_mps2: float
) -> tuple[float, float]:
    """On the circle; what is beyond lies on its edge."""
    x, y = -left_mps2 * scale, -forward_mps2 * scale
    beyond = math.hypot(x, y) / (_MOST_G * G_MPS2 * scale)
    shrink = max(beyond, 1.0)
    return middle[0] + x / shrink, middle[1] + y / shrink


def _faded(share: float) -> Colour:
    """From the panel's darkness to the trail's own colour."""
    red, green, blue = (
        round(dark + share * (light - dark)) for dark, light in zip(DARK, _TRAIL, strict=True)
    )
    return red, green, blue


def _paint(plate: pygame.Surface, box: Box, style: Style) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    middle, reach = pen.place(*_MIDDLE), _RADIUS * style.unit
    for ends in (((-reach, 0.0), (reach, 0.0)), ((0.0, -reach), (0.0, reach))):
        begin, end = ((middle[0] + x, middle[1] + y) for x, y in ends)
        pygame.draw.aaline(plate, TROUGH, begin, end)
    for ring_g in _RINGS_G:
        colour = FAINT if ring_g < _CHIEF_RING_G else PALE
        width = max(1, round(style.unit))
        pygame.draw.aacircle(plate, colour, middle, ring_g / _MOST_G * reach, width)
