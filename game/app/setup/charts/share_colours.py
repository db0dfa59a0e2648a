"""Colour front shares: orange for the rear axle, over grey, to blue for the front."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.app.setup.charts import chart
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.translation import N_, _

_REAR: Final[Colour] = palette.ORANGE
_EVEN: Final[Colour] = (206, 210, 216)
_FRONT: Final[Colour] = palette.BLUE
_REAR_END: Final = {"drive": N_("drive: rear"), "regeneration": N_("regeneration: rear")}
_SCALE_BACK: Final = (8, 10, 14, 205)
_STEEPER: Final = 0.5  # so that shares near one half differ visibly


@lru_cache(maxsize=256)
def share_colour(share: float) -> Colour:
    """Return orange for the rear, over grey, to blue for the front; share: 0..1."""
    end, strength = _REAR if share < 0.5 else _FRONT, abs(2.0 * share - 1.0) ** _STEEPER
    red, green, blue = (round(a + strength * (b - a)) for a, b in zip(_EVEN, end, strict=True))
    return red, green, blue


def draw_share_scale(surface: pygame.Surface, box: Box, scale: TextScale, of: str) -> None:
    """Draw the scale of the shares' colours, from the rear axle alone to the front alone."""
    small, pad = scale.em(chart.SMALL_EM), scale.em(0.4)
    cell, high = scale.em(0.7), line_height(small)
    first = _(_REAR_END[of])
    rear, front = (line_width(words, small) + 2 for words in (first, _("front")))
    whole = Box(box.left, box.top, rear + front + 11 * cell + 4 * pad, high)
    fill_rounded(surface, whole, _SCALE_BACK, high / 4)
    left = whole.left + pad
    style = TextStyle(small, palette.TEXT)
    write_line(surface, first, Box(left, box.top, rear, high), style)
    left += rear + pad
    for step in range(11):
        place = Box(left + step * cell, box.top + (high - cell) // 2, cell, cell)
        fill_rounded(surface, place, share_colour(step / 10.0), 0)
    left += 11 * cell + pad
    write_line(surface, _("front"), Box(left, box.top, front, high), style)
