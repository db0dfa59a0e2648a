"""How large and how dense a piece is drawn."""

from __future__ import annotations

from typing import Literal, NamedTuple

from game.app.ui.lettering import Align


class Style(NamedTuple):
    """What a piece is told besides its box."""

    unit: float  # pixels of a unit of the 1280 x 720 design, for shapes
    text: float  # the same for text and whatever is laid out by it
    opacity: float  # of the panel, 0..1
    speed_unit: Literal["km/h", "mph"]
    align: Align  # the side of its box that lies at the window's edge
