"""Draw marks into charts: lines, dashed lines, points, bars, arrows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import pygame

from game.app.setup.charts.chart import ChartPoint, Panel
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_circle, fill_rounded

_DASH_EM: Final = 0.42
_GAP_EM: Final = 0.34


def upright(
    surface: pygame.Surface,
    panel: Panel,
    scale: TextScale,
    value: float,
    colour: Colour,
    *,
    dashed: bool,
) -> None:
    """Draw a line from top to bottom at a value."""
    x = panel.x(value)
    ends = ((x, panel.box.top), (x, panel.box.bottom - 1))
    if dashed:
        dashes(surface, ends, scale, colour)
    else:
        width = max(2, scale.em(0.12))
        pygame.draw.rect(
            surface, colour, (round(x - width / 2), panel.box.top, width, panel.box.height)
        )


def polyline(
    surface: pygame.Surface, places: Sequence[ChartPoint], colour: Colour, width: int = 2
) -> None:
    """Draw a smooth line through places."""
    if len(places) < 2:
        return
    for offset in range(width):
        shifted = [(x, y + offset - width // 2) for x, y in places]
        pygame.draw.aalines(surface, colour, False, shifted)


def area(
    surface: pygame.Surface, places: Sequence[ChartPoint], level: float, colour: Colour
) -> None:
    """Fill the area between a line and a row of pixels."""
    if len(places) > 1:
        ends = [(places[-1][0], level), (places[0][0], level)]
        pygame.draw.polygon(surface, colour, [*places, *ends])


def dashes(
    surface: pygame.Surface,
    places: Sequence[ChartPoint],
    scale: TextScale,
    colour: Colour,
    width: int = 1,
) -> None:
    """Draw a dashed line through places."""
    on, off = max(scale.em(_DASH_EM), 3), max(scale.em(_GAP_EM), 3)
    walked = 0.0
    for (x, y), (to_x, to_y) in pairwise(places):
        length = math.hypot(to_x - x, to_y - y)
        at = 0.0
        while at < length:
            phase = (walked + at) % (on + off)
            end = min(length, at + (on - phase if phase < on else on + off - phase))
            if phase < on:
                one, other = at / length, end / length
                pygame.draw.aaline(
                    surface,
                    colour,
                    (x + one * (to_x - x), y + one * (to_y - y)),
                    (x + other * (to_x - x), y + other * (to_y - y)),
                    width,
                )
            at = end + 1e-9
        walked += length


def dot(surface: pygame.Surface, place: ChartPoint, radius: float, colour: Colour) -> None:
    """Draw a point with a dark rim, so that it stands off whatever lies below it."""
    fill_circle(surface, place, radius + 1.5, palette.INK)
    fill_circle(surface, place, radius, colour)


def ring(surface: pygame.Surface, place: ChartPoint, radius: float, colour: Colour) -> None:
    """Draw a circle around a point."""
    side = round(2 * radius)
    box = Box(round(place[0] - radius), round(place[1] - radius), side, side)
    fill_rounded(surface, box, colour, radius, max(2.0, radius / 4))


def error_bar(
    surface: pygame.Surface,
    panel: Panel,
    across: float,
    low: float,
    high: float,
    scale: TextScale,
    colour: Colour,
) -> None:
    """Draw how far a value may be off: an upright line with two ends."""
    x, top, bottom = round(panel.x(across)), round(panel.y(high)), round(panel.y(low))
    half = max(2, scale.em(0.2))
    pygame.draw.line(surface, colour, (x, top), (x, bottom))
    for y in (top, bottom):
        pygame.draw.line(surface, colour, (x - half, y), (x + half, y))


def arrow(
    surface: pygame.Surface, tip: ChartPoint, radius: float, colour: Colour, *, up: bool
) -> None:
    """Draw a small triangle whose tip touches what it points at."""
    x, y = tip
    foot = y + 1.6 * radius if up else y - 1.6 * radius
    corners = [tip, (x - radius, foot), (x + radius, foot)]
    pygame.draw.polygon(surface, colour, corners)
    pygame.draw.aalines(surface, colour, True, corners)


def cross(surface: pygame.Surface, place: ChartPoint, radius: float, colour: Colour) -> None:
    """Draw two short strokes across each other."""
    x, y = place
    for sign in (-1.0, 1.0):
        ends = ((x - radius, y - sign * radius), (x + radius, y + sign * radius))
        pygame.draw.aaline(surface, colour, *ends, 2)
