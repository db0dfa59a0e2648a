"""Show the car's acceleration: forwards up, to the left left, with the last second's trail."""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, DARK, DIM, MUTED, ORANGE, TROUGH, Colour
from game.app.ui.text import Align, Weight
from game.translation import N_
from game.units import G_MPS2

HEIGHT: Final = 118  # which the neighbours share

_WIDTH: Final = 108
_MIDDLE: Final = (54.0, 54.0)
_RADIUS: Final = 45.0
_MAX_G: Final = 1.75  # at the edge of the circle
_RINGS_G: Final = (0.5, 1.0, 1.5)
_CHIEF_RING_G: Final = 1.5  # about what slicks hold
_TRAIL_S: Final = 1.2
_STEP: Final = 2  # samples between two points of the trail
_TRAIL: Final = (255, 206, 140)


class GgCircle(Instrument[tuple[()]]):
    """Shows a friction circle with a fading trail."""

    title = N_("g-g circle")
    size = (_WIDTH, HEIGHT)
    placement = Placement("bottom right", 662, 16)

    def figures(self, data: HudData) -> tuple[()]:  # noqa: ARG002
        """Return no figures: the circle in the picture that is kept is always the same."""
        return ()

    def paint(self, canvas: HudCanvas, figures: tuple[()]) -> None:  # noqa: ARG002
        """Paint the empty circle."""
        middle, reach = canvas.place(*_MIDDLE), _RADIUS * canvas.unit
        for ends in (((-reach, 0.0), (reach, 0.0)), ((0.0, -reach), (0.0, reach))):
            begin, end = ((middle[0] + x, middle[1] + y) for x, y in ends)
            pygame.draw.aaline(canvas.surface, TROUGH, begin, end)
        for ring_g in _RINGS_G:
            colour = MUTED if ring_g < _CHIEF_RING_G else DIM
            width = max(1, round(canvas.unit))
            pygame.draw.aacircle(canvas.surface, colour, middle, ring_g / _MAX_G * reach, width)

    def paint_live(self, canvas: HudCanvas, data: HudData) -> None:
        """Paint trail, point and figure over the circle."""
        middle = canvas.place(*_MIDDLE)
        scale = _RADIUS * canvas.unit / (_MAX_G * G_MPS2)
        trail = [
            _place(middle, scale, sample.accel_forward_mps2, sample.accel_left_mps2)
            for sample in list(data.recent.samples)[-round(60 * _TRAIL_S) :: _STEP]
        ]
        now = data.now
        trail.append(_place(middle, scale, now.accel_forward_mps2, now.accel_left_mps2))
        width = max(2, round(1.6 * canvas.unit))
        for number in range(1, len(trail)):
            colour = _faded(number / len(trail))
            pygame.draw.line(canvas.surface, colour, trail[number - 1], trail[number], width)
        pygame.draw.aacircle(canvas.surface, ORANGE, trail[-1], 4.0 * canvas.unit)
        total_g = math.hypot(now.accel_forward_mps2, now.accel_left_mps2) / G_MPS2
        figure = f"{min(total_g, 9.99):.2f} g"
        canvas.write(figure, _MIDDLE[0], 97, CAPTION, BRIGHT, Align.CENTRE, Weight.BOLD)


def _place(
    middle: tuple[float, float], scale: float, forward_mps2: float, left_mps2: float
) -> tuple[float, float]:
    """Return the place of an acceleration on the circle; beyond it, the place on its edge."""
    x, y = -left_mps2 * scale, -forward_mps2 * scale
    beyond = math.hypot(x, y) / (_MAX_G * G_MPS2 * scale)
    shrink = max(beyond, 1.0)
    return middle[0] + x / shrink, middle[1] + y / shrink


def _faded(share: float) -> Colour:
    """Return a colour between the panel's darkness (0) and the trail's own (1)."""
    red, green, blue = (
        round(dark + share * (light - dark)) for dark, light in zip(DARK, _TRAIL, strict=True)
    )
    return red, green, blue
