"""Show each axle's motor torque, driving or regenerating, and its share of the sum."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.hud.power import with_sign
from game.app.ui.palette import BLUE, BRIGHT, LABEL, ORANGE, Colour
from game.app.ui.panel import draw_trough
from game.app.ui.text import Align, Weight
from game.translation import N_, _

WIDTH: Final = 256  # which the battery below shares
_HALF: Final = 0.5 * WIDTH
_SIDE: Final = 10  # from the edges of the panel to its words, which are many
_APART: Final = 5  # from the middle to the words beside it
_IDLE_NM: Final = 1.0  # both together: below, there is nothing to share


class _AxleFigures(NamedTuple):
    """Holds what one axle's motor gives at its shaft."""

    torque_nm: int
    power_kw: int


class _SplitBarFigures(NamedTuple):
    """Holds both axles' motors, and the torque that fills a bar."""

    front: _AxleFigures
    rear: _AxleFigures
    peak_nm: float


class SplitBar(Instrument[_SplitBarFigures]):
    """Shows the front axle to the left of the middle, the rear to the right."""

    title = N_("Torque split")
    size = (WIDTH, 68)
    placement = Placement("bottom right", 234, 66)

    def figures(self, data: HudData) -> _SplitBarFigures:
        """Return torques and powers in whole figures."""
        now = data.now
        return _SplitBarFigures(
            _AxleFigures(round(now.front_torque_nm), round(now.front_power_w / 1000.0)),
            _AxleFigures(round(now.rear_torque_nm), round(now.rear_power_w / 1000.0)),
            max(data.spec.front_motor.peak_torque_nm, data.spec.rear_motor.peak_torque_nm),
        )

    def paint(self, canvas: HudCanvas, figures: _SplitBarFigures) -> None:
        """Paint powers, bars from the middle outwards, torques and shares."""
        front, rear, peak_nm = figures
        right = WIDTH - _SIDE
        shares = share_texts(front.torque_nm, rear.torque_nm)
        canvas.caption(_("FRONT"), _SIDE, 5)
        before, after = _HALF - _APART, _HALF + _APART
        canvas.write(f"{with_sign(front.power_kw)} kW", before, 5, CAPTION, LABEL, Align.RIGHT)
        canvas.write(f"{with_sign(rear.power_kw)} kW", after, 5, CAPTION, LABEL)
        canvas.caption(_("REAR"), right, 5, Align.RIGHT)
        width = _HALF - MARGIN
        for axle, left, sign in ((front, MARGIN, -1.0), (rear, _HALF, 1.0)):
            colour = ORANGE if axle.torque_nm >= 0 else BLUE
            _paint_half(canvas, left, width, sign * abs(axle.torque_nm) / peak_nm, colour)
        pygame.draw.rect(canvas.surface, BRIGHT, canvas.box(_HALF - 1, 27, 2, 13))
        canvas.write(f"{with_sign(front.torque_nm)} Nm", _SIDE, 44, CAPTION, BRIGHT)
        canvas.write(shares[0], before, 42, 22, BRIGHT, Align.RIGHT, Weight.BOLD)
        canvas.write(shares[1], after, 42, 22, BRIGHT, Align.LEFT, Weight.BOLD)
        canvas.write(f"{with_sign(rear.torque_nm)} Nm", right, 44, CAPTION, BRIGHT, Align.RIGHT)


def share_texts(front_nm: float, rear_nm: float) -> tuple[str, str]:
    """Return the axles' shares of the torque in per cent, 100 together; dashes without any.

    While one drives and the other regenerates, shares are of both torques' sizes.
    """
    both_nm = abs(front_nm) + abs(rear_nm)
    if both_nm < _IDLE_NM:
        return "\N{EN DASH}", "\N{EN DASH}"
    front = round(100.0 * abs(front_nm) / both_nm)
    return f"{front} %", f"{100 - front} %"


def _paint_half(canvas: HudCanvas, left: float, width: float, share: float, colour: Colour) -> None:
    """Paint one axle's bar, from the middle outwards."""
    box = canvas.box(left, 29, width, 9)
    draw_trough(canvas.surface, box)
    filled = round(box.width * min(abs(share), 1.0))
    begin = box.left if share > 0.0 else box.right - filled
    if filled > 0:
        pygame.draw.rect(canvas.surface, colour, (begin, box.top, filled, box.height))
