"""Set the size and density that an instrument is drawn in."""

from __future__ import annotations

from typing import Literal, NamedTuple

from game.app.ui.text import Align


class InstrumentStyle(NamedTuple):
    """Holds the style that the player has chosen for an instrument."""

    unit: float  # pixels of a unit of its design
    opacity: float = 1.0  # of the panel, 0..1
    speed_unit: Literal["km/h", "mph"] = "km/h"
    align: Align = Align.LEFT  # the side of the window that it lies on
