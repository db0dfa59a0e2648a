"""Write the name of a rival beside its ghost."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.shapes import fill_circle, fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import metrics

_PX: Final = 13
_PANEL: Final = (*palette.INK, 190)
_ALPHA: Final = 235


def draw_tag(
    surface: pygame.Surface,
    name: str,
    colour: Colour,
    place: tuple[float, float],
    text_scale: float,
    clarity: float,
) -> None:
    """Draw a tag whose lower edge is in the middle over a place; clarity is 0..1."""
    tag = _tag(name, colour, metrics(surface.get_size(), text_scale).text(_PX))
    tag.set_alpha(round(_ALPHA * clarity))
    width, height = tag.get_size()
    surface.blit(tag, (round(place[0] - width / 2), round(place[1] - height)))


@lru_cache(maxsize=32)
def _tag(name: str, colour: Colour, px: int) -> pygame.Surface:
    """Draw a dot of the ghost's colour and its name on a dark plate."""
    high = line_height(px)
    dot = round(0.62 * px)
    width = line_width(name, px, Weight.BOLD) + 2 + dot + round(1.7 * px)
    picture = pygame.Surface((width, high), pygame.SRCALPHA)
    fill_rounded(picture, Box(0, 0, width, high), _PANEL, high / 2)
    fill_circle(picture, (0.55 * px + dot / 2, high / 2), dot / 2, colour)
    left = round(0.95 * px) + dot
    line = Box(left, 0, width - left, high)
    write_line(picture, name, line, TextStyle(px, palette.BRIGHT, Weight.BOLD), Align.LEFT)
    return picture
