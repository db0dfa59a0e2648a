"""What each axle does now: torque of its motor, driving or regenerating, and its share."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BLUE, BRIGHT, DIM, ORANGE
from game.app.hud.power import signed
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Weight
from game.app.ui.panel import draw_panel, draw_trough

WIDTH: Final = 256  # which the battery below shares
_MARGIN: Final = 14
_HALF: Final = 0.5 * WIDTH
_IDLE_NM: Final = 1.0  # both together: below, there is nothing to share


class _Axle(NamedTuple):
    """One axle's motor, at its shaft."""

    torque_nm: int
    power_kw: int


class SplitBar:
    """The front axle to the left of the middle, the rear to the right."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 68)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Drawn anew when a figure changes."""
        now = seen.now
        front = _Axle(round(now.front_torque_nm), round(now.front_power_w / 1000.0))
        rear = _Axle(round(now.rear_torque_nm), round(now.rear_power_w / 1000.0))
        peak_nm = seen.spec.motor.peak_torque_nm
        self._plate.show(
            surface,
            box,
            (front, rear, style),
            lambda plate: _paint(plate, box, style, front, rear, peak_nm),
        )


def share_texts(front_nm: float, rear_nm: float) -> tuple[str, str]:
    """Each axle's share of the torque, in per cent that add up to 100; dashes where there is none.

    While one drives and the other regenerates, shares are of both torques' sizes.
    """
    both_nm = abs(front_nm) + abs(rear_nm)
    if both_nm < _IDLE_NM:
        return "\N{EN DASH}", "\N{EN DASH}"
    front = round(100.0 * abs(front_nm) / both_nm)
    return f"{front} %", f"{100 - front} %"


def _paint(
    plate: pygame.Surface, box: Box, style: Style, front: _Axle, rear: _Axle, peak_nm: float
) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    right = WIDTH - _MARGIN
    shares = share_texts(front.torque_nm, rear.torque_nm)
    pen.caption("FRONT", _MARGIN, 5)
    pen.write(f"{signed(front.power_kw)} kW", _HALF - 8, 5, CAPTION, DIM, Align.RIGHT)
    pen.write(f"{signed(rear.power_kw)} kW", _HALF + 8, 5, CAPTION, DIM)
    pen.caption("REAR", right, 5, Align.RIGHT)
    width = _HALF - _MARGIN
    for axle, left, way in ((front, _MARGIN, -1.0), (rear, _HALF, 1.0)):
        colour = ORANGE if axle.torque_nm >= 0 else BLUE
        _paint_half(pen, left, width, way * abs(axle.torque_nm) / peak_nm, colour)
    pygame.draw.rect(plate, BRIGHT, pen.box(_HALF - 1, 27, 2, 13))
    pen.write(f"{signed(front.torque_nm)} Nm", _MARGIN, 44, CAPTION, BRIGHT)
    pen.write(shares[0], _HALF - 8, 42, 22, BRIGHT, Align.RIGHT, Weight.BOLD)
    pen.write(shares[1], _HALF + 8, 42, 22, BRIGHT, Align.LEFT, Weight.BOLD)
    pen.write(f"{signed(rear.torque_nm)} Nm", right, 44, CAPTION, BRIGHT, Align.RIGHT)


def _paint_half(
    pen: Pen, left: float, width: float, share: float, colour: tuple[int, int, int]
) -> None:
    """One axle's bar, from the middle outwards."""
    box = pen.box(left, 29, width, 9)
    draw_trough(pen.surface, box)
    filled = round(box.width * min(abs(share), 1.0))
    begin = box.left if share > 0.0 else box.right - filled
    if filled > 0:
        pygame.draw.rect(pen.surface, colour, (begin, box.top, filled, box.height))
