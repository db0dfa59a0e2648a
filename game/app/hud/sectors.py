"""Show the sectors of the lap, each against the best lap's."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.lap_times import WIDTH
from game.app.hud.placement import Placement
from game.app.ui.palette import BLUE, BRIGHT, LABEL, MUTED, ORANGE, Colour
from game.translation import N_

_GAP: Final = 6
_ARROW: Final = 7


class _SectorTimes(NamedTuple):
    """Holds the times driven so far, and those to beat, s."""

    sectors: int
    driven_s: tuple[float, ...]
    best_s: tuple[float, ...]


class Sectors(Instrument[_SectorTimes]):
    """Shows a row with one cell for each sector."""

    title = N_("Sectors")
    size = (WIDTH, 40)
    placement = Placement("top left", 16, 120)

    def figures(self, data: HudData) -> _SectorTimes:
        """Return the times of this lap, or for a while after the line those of the last lap.

        The latter are compared with what was best before it.
        """
        count, driven_s = len(data.track.sectors_m), tuple(data.laps.sectors_s)
        if not driven_s and data.laps.laps and data.is_just_over_line:
            return _SectorTimes(count, data.laps.laps[-1].sectors_s, data.best_before.sectors_s)
        return _SectorTimes(count, driven_s, data.best.sectors_s)

    def paint(self, canvas: HudCanvas, figures: _SectorTimes) -> None:
        """Paint a time, an arrow and a coloured line for each sector that is done."""
        width = (WIDTH - 2 * MARGIN + _GAP) / figures.sectors - _GAP
        for number in range(figures.sectors):
            left = MARGIN + number * (width + _GAP)
            done = number < len(figures.driven_s)
            text = f"{figures.driven_s[number]:.3f}" if done else f"S{number + 1}"
            text_width = canvas.width(text, CAPTION)
            colour: Colour = BRIGHT if done else MUTED
            if done and number < len(figures.best_s):
                better = figures.driven_s[number] <= figures.best_s[number]
                colour = BLUE if better else ORANGE
                if text_width + 4 + 1.1 * _ARROW <= width:
                    canvas.arrow(left + text_width + 4, 13, _ARROW, colour, up=better)
            line = canvas.box(left, 30, width, 3)
            pygame.draw.rect(canvas.surface, colour, line, border_radius=1)
            if text_width <= width:
                canvas.write(text, left, 7, CAPTION, BRIGHT if done else LABEL)
