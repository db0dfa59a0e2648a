"""How large and how dense a piece is drawn."""

from __future__ import annotations

from typing import Literal, NamedTuple

from game.app.ui.lettering import Align


class Style(NamedTuple):
    """What a piece is told besides its box."""

    unit: float  # pixels of a unit of its design
    opacity: float  # of the panel, 0..1
    speed_unit: Literal["km/h", "mph"]
    align: Align  # the side of the window that it lies on
