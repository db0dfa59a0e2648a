"""Draw medals in menus: a disc of the medal's colour, hollow until it is won."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.shapes import fill_circle, fill_rounded
from game.goals.medals import Medal

MEDAL_COLOURS: Final[dict[Medal, Colour]] = {
    Medal.BRONZE: (205, 127, 71),
    Medal.SILVER: (196, 204, 214),
    Medal.GOLD: (250, 204, 70),
    Medal.AUTHOR: (64, 214, 160),
}
_GAP: Final = 0.5  # between two discs, of a disc's height


def draw_medal(
    surface: pygame.Surface, middle: tuple[float, float], px: float, medal: Medal, *, won: bool
) -> None:
    """Draw a disc of a height: filled with a bright rim, or only a faint ring."""
    colour = MEDAL_COLOURS[medal]
    radius = 0.5 * px
    if won:
        fill_circle(surface, middle, radius, palette.INK)
        fill_circle(surface, middle, 0.92 * radius, colour)
        fill_circle(surface, middle, 0.62 * radius, _shaded(colour, 0.78))
        fill_circle(surface, middle, 0.50 * radius, colour)
        return
    side = max(round(2.0 * radius), 2)
    box = Box(round(middle[0] - side / 2), round(middle[1] - side / 2), side, side)
    fill_circle(surface, middle, radius, (*palette.INK, 150))
    fill_rounded(surface, box, (*colour, 190), side / 2, max(1.0, px / 12.0))


def draw_medals(
    surface: pygame.Surface, left: float, middle: float, px: float, won: Iterable[Medal]
) -> float:
    """Draw all four in a row from the left; return where the row ends."""
    has = set(won)
    for number, medal in enumerate(Medal):
        place = (left + (0.5 + number * (1.0 + _GAP)) * px, middle)
        draw_medal(surface, place, px, medal, won=medal in has)
    return left + (len(Medal) * (1.0 + _GAP) - _GAP) * px


def _shaded(colour: Colour, share: float) -> Colour:
    red, green, blue = (round(share * part) for part in colour)
    return red, green, blue
