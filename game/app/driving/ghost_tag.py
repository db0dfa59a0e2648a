"""Write names beside ghosts and cars, each with a dot in their colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

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
_TURNS_DEG: Final = (
    0.0,
    180.0,
    50.0,
    -50.0,
    100.0,
    -100.0,
)  # from the way that a tag is best drawn


class GhostTag(NamedTuple):
    """Describes a tag: a name, with a dot of a colour."""

    name: str
    colour: Colour
    text_scale: float


def draw_tag(
    surface: pygame.Surface,
    tag: GhostTag,
    place: tuple[float, float],
    away: tuple[float, float],
    clear_px: float,
    taken: Sequence[Box] = (),
) -> Box | None:
    """Draw a tag beside a place, in the direction `away` from it, and clear of all around it.

    taken: parts of the window where it is not drawn, but on another side of its place. Returns
    where it was drawn; None if there is room on no side.
    """
    picture = _picture(tag, metrics(surface.get_size(), tag.text_scale).text(_PX))
    width, height = picture.get_size()
    angle_rad = math.atan2(away[1], away[0])
    for turn_deg in _TURNS_DEG:
        x_share = math.cos(angle_rad + math.radians(turn_deg))
        y_share = math.sin(angle_rad + math.radians(turn_deg))
        x = place[0] + x_share * (clear_px + width / 2)
        y = place[1] + y_share * (clear_px + height / 2)
        box = Box(round(x - width / 2), round(y - height / 2), width, height)
        if not any(box.meets(each, height // 4) for each in taken):
            surface.blit(picture, (box.left, box.top))
            return box
    return None


def draw_name_in_corner(surface: pygame.Surface, tag: GhostTag) -> Box:
    """Draw the name of whoever a picture belongs to in its upper right corner; return where."""
    sizes = metrics(surface.get_size(), tag.text_scale)
    picture = _picture(tag, sizes.text(_PX))
    inset = sizes.text(_PX)
    box = Box(sizes.width - picture.get_width() - inset, inset, *picture.get_size())
    surface.blit(picture, (box.left, box.top))
    return box


@lru_cache(maxsize=32)
def _picture(tag: GhostTag, px: int) -> pygame.Surface:
    """Draw a dot of the car's colour and its name on a dark panel."""
    high = line_height(px)
    dot = round(0.62 * px)
    width = line_width(tag.name, px, Weight.BOLD) + 2 + dot + round(1.7 * px)
    picture = pygame.Surface((width, high), pygame.SRCALPHA)
    fill_rounded(picture, Box(0, 0, width, high), _PANEL, high / 2)
    fill_circle(picture, (0.55 * px + dot / 2, high / 2), dot / 2, tag.colour)
    left = round(0.95 * px) + dot
    line = Box(left, 0, width - left, high)
    write_line(picture, tag.name, line, TextStyle(px, palette.BRIGHT, Weight.BOLD), Align.LEFT)
    picture.set_alpha(_ALPHA)
    return picture
