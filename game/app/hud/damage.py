"""Show what hits did to the car: its parts coloured by how far each is bent."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, TROUGH, VERMILION, YELLOW, Colour
from game.app.ui.text import Align
from game.translation import N_, _

_WIDTH: Final = 92
_HEIGHT: Final = 116
_MIDDLE: Final = 0.5 * _WIDTH
_STEPS: Final = 20  # of a part's damage, each with a colour of its own
_NOSE: Final = ((34, 14), (58, 14), (64, 24), (60, 32), (32, 32), (28, 24))
_TAIL: Final = ((32, 74), (60, 74), (64, 82), (62, 90), (30, 90), (28, 82))
_LEFT: Final = ((27, 28), (31, 36), (31, 70), (27, 78))
_RIGHT: Final = ((65, 28), (61, 36), (61, 70), (65, 78))
_CABIN: Final = ((35, 36), (57, 36), (57, 70), (35, 70))


class DamageView(Instrument[tuple[int, ...]]):
    """Shows the car from above once it is bent; nothing as long as it is whole."""

    title = N_("Damage")
    size = (_WIDTH, _HEIGHT)
    placement = Placement("top right", 16, 96)
    lasting = False

    def is_needed(self, data: HudData) -> bool:
        """Return whether anything is bent."""
        return self.figures(data) is not None

    def figures(self, data: HudData) -> tuple[int, ...] | None:
        """Return the damage of nose, tail, left and right, in steps."""
        now = data.now
        parts = (now.nose_damage, now.tail_damage, now.left_damage, now.right_damage)
        steps = tuple(-int(-_STEPS * part // 1) for part in parts)
        return steps if any(steps) else None

    def paint(self, canvas: HudCanvas, figures: tuple[int, ...]) -> None:
        """Paint the parts, and under them what to do about it."""
        outlines = (_NOSE, _TAIL, _LEFT, _RIGHT)
        for outline, step in zip(outlines, figures, strict=True):
            _fill(canvas, outline, _colour(step / _STEPS))
        _fill(canvas, _CABIN, TROUGH)
        wrecked = max(figures) >= _STEPS
        word = _("WRECKED") if wrecked else _("DAMAGE")
        canvas.write(word, _MIDDLE, 96, CAPTION, VERMILION if wrecked else BRIGHT, Align.CENTRE)


def _fill(canvas: HudCanvas, outline: tuple[tuple[int, int], ...], colour: Colour) -> None:
    points = [canvas.place(x, y) for x, y in outline]
    pygame.draw.polygon(canvas.surface, colour, points)


def _colour(share: float) -> Colour:
    """Return the colour of a part: grey if whole, from yellow to red as it is bent."""
    if share <= 0.0:
        return TROUGH
    red, green, blue = (
        round(begin + min(share, 1.0) * (end - begin))
        for begin, end in zip(YELLOW, VERMILION, strict=True)
    )
    return red, green, blue
