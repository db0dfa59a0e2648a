"""Show where on the lap time is won and lost: a strip of coloured pieces."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

import pygame

from game.app.hud.hud_canvas import HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.lap_times import WIDTH
from game.app.hud.placement import Placement
from game.app.ui.palette import BLUE, MUTED, ORANGE, Colour
from game.recording.lap_trace import PIECES
from game.translation import N_

_GAP: Final = 1.5
_FULL_S: Final = 0.08  # won or lost in a piece that is as high and bright as they get
_MIN_STRENGTH: Final = 0.3  # of the height and colour of a piece that is hardly won or lost
_HEIGHT: Final = 32


class MiniSectors(Instrument[tuple[float, ...]]):
    """Shows what each piece of the lap has won (upwards, blue) or lost (downwards, orange)."""

    title = N_("Mini-sectors")
    size = (WIDTH, _HEIGHT)
    placement = Placement("bottom left", 16, 198)
    grows_with_text = False

    def key(self, data: HudData) -> Hashable | None:
        """Return a key that changes with each piece; none while there is nothing to compare."""
        if data.trace.delta_s is None:
            return None
        return self.figures(data)

    def figures(self, data: HudData) -> tuple[float, ...]:
        """Return what the pieces of this lap have lost; after the line, for a while, the last."""
        line = data.trace.line
        if data.is_just_over_line and line is not None and data.laps.laps:
            return line.gains_s
        return data.trace.gains_s()

    def paint(self, canvas: HudCanvas, figures: tuple[float, ...]) -> None:
        """Paint a bar for each piece, and a short line for those that are still to come."""
        width = (WIDTH - 2 * MARGIN + _GAP) / PIECES
        middle, most = 0.5 * _HEIGHT, 0.5 * _HEIGHT - 4.0
        for number in range(PIECES):
            left = MARGIN + number * width
            if number >= len(figures):
                line = canvas.box(left, middle - 1.0, width - _GAP, 2.0)
                pygame.draw.rect(canvas.surface, MUTED, line)
                continue
            lost_s = figures[number]
            strength = _MIN_STRENGTH + (1.0 - _MIN_STRENGTH) * min(abs(lost_s) / _FULL_S, 1.0)
            high = most * strength
            top = middle if lost_s > 0.0 else middle - high
            box = canvas.box(left, top, width - _GAP, high)
            pygame.draw.rect(canvas.surface, _shade(lost_s, strength), box, border_radius=1)


def _shade(lost_s: float, strength: float) -> Colour:
    """Return blue for what is won, orange for what is lost, paler for less."""
    red, green, blue = ORANGE if lost_s > 0.0 else BLUE
    share = 0.5 + 0.5 * strength
    return round(share * red), round(share * green), round(share * blue)
