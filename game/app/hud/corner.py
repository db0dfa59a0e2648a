"""Show the corner that comes next, by number and name."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.hud.hud_canvas import HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.hud.style import InstrumentStyle
from game.app.ui.box import Box
from game.app.ui.palette import BRIGHT, LABEL
from game.app.ui.text import Weight
from game.track.corners import Corner
from game.translation import N_, _

_WIDTH: Final = 264
_HEIGHT: Final = 34
_GAP: Final = 9
_TEXT: Final = 22


class CornerName(Instrument[Corner]):
    """Shows the corner in a sign as wide as its name; there is none on the straights."""

    title = N_("Corner name")
    size = (_WIDTH, _HEIGHT)
    placement = Placement("top right", 16, 16)
    panel_share = 0.0

    def figures(self, data: HudData) -> Corner | None:
        """Return the corner that the car is in or comes to."""
        return data.track.corner_near(data.now.s_m)

    def filled_box(self, box: Box, style: InstrumentStyle, data: HudData) -> Box:
        """Return the sign's own place, as wide as the name needs it."""
        corner = self.figures(data)
        if corner is None:
            return box
        canvas = HudCanvas(pygame.Surface((box.width, box.height)), style)
        sign = _Sign(canvas, corner).box(canvas)
        return sign._replace(left=box.left + sign.left, top=box.top + sign.top)

    def paint(self, canvas: HudCanvas, figures: Corner) -> None:
        """Paint a panel at the side of the window, and number and name on it."""
        sign = _Sign(canvas, figures)
        canvas.panel(sign.box(canvas))
        colour = LABEL if sign.name else BRIGHT
        canvas.write(sign.number, sign.left + MARGIN, 6, _TEXT, colour, weight=Weight.BOLD)
        canvas.write(sign.name, sign.left + sign.begin + _GAP, 6, _TEXT, BRIGHT)


class _Sign:
    """Holds a corner's number and name as they fit, and where they begin, in units."""

    def __init__(self, canvas: HudCanvas, corner: Corner) -> None:
        self.number = f"T{corner.number}"
        if not corner.name:
            self.number = _("TURN {number}").format(number=corner.number)
        self.begin = MARGIN + canvas.width(self.number, _TEXT, Weight.BOLD)
        room = _WIDTH - MARGIN - self.begin - _GAP
        self.name = canvas.shortened(corner.name, room, _TEXT)
        self._width = self.begin + MARGIN
        if self.name:
            self._width += _GAP + canvas.width(self.name, _TEXT)
        self.left = canvas.style.align.value * max(_WIDTH - self._width, 0.0)

    def box(self, canvas: HudCanvas) -> Box:
        """Return the sign's box in the canvas' surface, in pixels."""
        whole_width, whole_height = canvas.surface.get_size()
        panel = canvas.box(self.left, 0, self._width, _HEIGHT)
        return panel._replace(width=min(panel.width, whole_width - panel.left), height=whole_height)
