"""Define the colours of the medals' ghosts."""

from __future__ import annotations

from typing import Final

from game.app.car.livery import Livery
from game.app.ui.palette import Colour
from game.goals.medals import Medal

_GLASS: Final[Colour] = (17, 22, 29)
_INK: Final[Colour] = (28, 30, 36)

MEDAL_LIVERIES: Final = {
    Medal.BRONZE: Livery("bronze", (190, 116, 62), _INK, (250, 214, 176), _GLASS, "3"),
    Medal.SILVER: Livery("silver", (188, 197, 208), _INK, (250, 250, 252), _GLASS, "2"),
    Medal.GOLD: Livery("gold", (240, 190, 48), _INK, (255, 244, 204), _GLASS, "1"),
    Medal.AUTHOR: Livery("author", (64, 206, 154), _INK, (226, 255, 242), _GLASS, "A"),
}
