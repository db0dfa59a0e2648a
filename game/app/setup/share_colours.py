"""The colours of front shares: orange for the rear axle, over grey, to blue for the front."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.setup import chart
from game.app.ui import theme
from game.app.ui.box import Box
from game.app.ui.lettering import Colour
from game.app.ui.rounded import fill_rounded
from game.app.ui.rows import Look
from game.app.ui.typeset import Style, line_height, set_in, width_of

_REAR: Final[Colour] = theme.WARNING
_EVEN: Final[Colour] = (206, 210, 216)
_FRONT: Final[Colour] = theme.GOOD


def share_colour(share: float) -> Colour:
    """Orange for the rear, over grey, to blue for the front."""
    one, other, way = (
        (_REAR, _EVEN, 2.0 * share) if share < 0.5 else (_EVEN, _FRONT, 2.0 * share - 1.0)
    )
    red, green, blue = (round(a + way * (b - a)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def draw_share_scale(surface: pygame.Surface, box: Box, look: Look) -> None:
    """The colours of shares, from the rear axle alone to the front axle alone."""
    small = look.em(chart.SMALL_EM)
    cell, high = look.em(0.7), line_height(small)
    left = box.left
    for words in ("rear", "", "front"):
        if words:
            width = width_of(words, small) + 2
            set_in(surface, words, Box(left, box.top, width, high), Style(small, theme.TEXT))
            left += width + look.em(0.4)
            continue
        for step in range(11):
            place = Box(left + step * cell, box.top + (high - cell) // 2, cell, cell)
            fill_rounded(surface, place, share_colour(step / 10.0), 0)
        left += 11 * cell + look.em(0.4)
