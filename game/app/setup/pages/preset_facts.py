"""Describe a preset as text: where it differs from another setup, and its code."""

from __future__ import annotations

from typing import NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import TextScale
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line, write_paragraph
from game.setups.items import items_of
from game.translation import _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


class SetupPair(NamedTuple):
    """Holds two setups for a car that are compared."""

    spec: CarSpec
    before: Setup
    after: Setup


def draw_differences(
    surface: pygame.Surface, box: Box, scale: TextScale, heading: str, pair: SetupPair
) -> None:
    """Draw the values that differ, as many lines as there is room for."""
    spec, before, after = pair
    lines = [
        (_(item.label), f"{_(item.text(was))} \N{RIGHTWARDS ARROW} {_(item.text(now))}")
        for item in items_of(spec)
        if (was := getattr(before, item.name)) != (now := getattr(after, item.name))
    ]
    mapped = (
        _("Split map: {what}").format(what=after.split_map or _("none"))
        if before.split_map != after.split_map
        else ""
    )
    px = scale.em(0.92)
    high = round(1.25 * line_height(px))
    text = heading if lines or mapped else _("No values differ")
    top = box.top + scale.em(0.2)
    write_line(surface, text, Box(box.left, top, box.width, high), TextStyle(px, palette.DIM))
    shown = max((box.height - scale.em(0.2)) // high - 1, 0)
    for index, (label, change) in enumerate(lines[:shown]):
        line = Box(box.left, top + (index + 1) * high, box.width, high)
        wide = line_width(change, px) + 2
        write_line(
            surface, label, line._replace(width=line.width - wide), TextStyle(px, palette.TEXT)
        )
        place = line._replace(left=line.right - wide, width=wide)
        write_line(surface, change, place, TextStyle(px, palette.BRIGHT))
    top += (1 + min(len(lines), shown)) * high
    rest = Box(box.left, top, box.width, box.bottom - top)
    write_paragraph(surface, mapped, rest, TextStyle(px, palette.TEXT))


def draw_code(surface: pygame.Surface, box: Box, scale: TextScale, code: str) -> int:
    """Draw the code at the foot of a box, broken between groups, unless long; return its height."""
    px = scale.em(0.84)
    lines = [""]
    for group in code.split("-"):
        longer = f"{lines[-1]}{group}-"
        if line_width(longer, px) <= box.width:
            lines[-1] = longer
        else:
            lines.append(f"{group}-")
    lines[-1] = lines[-1].removesuffix("-")
    high = line_height(px)
    if (len(lines) + 1) * high > box.height // 2:
        lines = [_("(a long one: copy it)")]
    top = box.bottom - (len(lines) + 1) * high
    write_line(surface, _("Code"), Box(box.left, top, box.width, high), TextStyle(px, palette.DIM))
    for index, line in enumerate(lines, start=1):
        place = Box(box.left, top + index * high, box.width, high)
        write_line(surface, line, place, TextStyle(px, palette.TEXT))
    return (len(lines) + 1) * high + scale.em(0.5)
