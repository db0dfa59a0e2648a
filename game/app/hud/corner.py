"""The corner that comes next, by number and name."""

from __future__ import annotations

from typing import Final

from game.app.hud.hud_canvas import HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, LABEL
from game.app.ui.text import Weight
from game.track.layout import Corner
from game.translation import N_, _

_WIDTH: Final = 264
_HEIGHT: Final = 34
_GAP: Final = 9
_TEXT: Final = 22


class CornerName(Instrument[Corner]):
    """A small sign as wide as the name needs it; there is none on the straights."""

    title = N_("Corner name")
    size = (_WIDTH, _HEIGHT)
    placement = Placement("top right", 16, 16)
    panel_share = 0.0

    def figures(self, data: HudData) -> Corner | None:
        """Return the corner that the car is in or comes to."""
        return data.track.corner_near(data.now.s_m)

    def paint(self, canvas: HudCanvas, figures: Corner) -> None:
        """Paint a panel at the side of the window, and number and name on it."""
        number = f"T{figures.number}"
        if not figures.name:
            number = _("TURN {number}").format(number=figures.number)
        begin = MARGIN + canvas.width(number, _TEXT, Weight.BOLD)
        room = _WIDTH - MARGIN - begin - _GAP
        name = canvas.shortened(figures.name, room, _TEXT)
        width = begin + MARGIN
        if name:
            width += _GAP + canvas.width(name, _TEXT)
        left = canvas.style.align.value * max(_WIDTH - width, 0.0)
        whole_width, whole_height = canvas.surface.get_size()
        panel = canvas.box(left, 0, width, _HEIGHT)
        panel = panel._replace(
            width=min(panel.width, whole_width - panel.left), height=whole_height
        )
        canvas.panel(panel)
        colour = LABEL if name else BRIGHT
        canvas.write(number, left + MARGIN, 6, _TEXT, colour, weight=Weight.BOLD)
        canvas.write(name, left + begin + _GAP, 6, _TEXT, BRIGHT)
