"""Draw the places of all cars over the laps of a race."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.translation import _, language

_BACK: Final = (0, 0, 0, 96)
_THICK_EM: Final = 0.16
_OWN_THICK_EM: Final = 0.3
_DOT_EM: Final = 0.3
_FINER: Final = 2


class ChartLine(NamedTuple):
    """A car in the chart: its place on the grid and after each lap, what is written at its ends."""

    places: tuple[int, ...]
    number: str
    name: str
    colour: Colour
    is_own: bool


class CachedChart:
    """Draws a lap chart, again only when it has changed."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._picture = pygame.Surface((1, 1))

    def draw(
        self,
        surface: pygame.Surface,
        box: Box,
        scale: TextScale,
        lines: Sequence[ChartLine],
        laps: int,
    ) -> None:
        """Draw it into a box."""
        key = (box.width, box.height, scale, tuple(lines), laps, language())
        if key != self._key:
            self._key = key
            self._picture = pygame.Surface((box.width, box.height), pygame.SRCALPHA)
            _paint(self._picture, scale, lines, laps)
        surface.blit(self._picture, (box.left, box.top))


def _paint(
    surface: pygame.Surface, scale: TextScale, lines: Sequence[ChartLine], laps: int
) -> None:
    """Paint a line for each car from the grid at the left, the leader at the top."""
    box = Box(0, 0, *surface.get_size())
    small = scale.em(0.85)
    high = line_height(small)
    names = max(line_width(line.name, small, Weight.BOLD) for line in lines) + scale.em(0.8)
    numbers = max(line_width(line.number, small, Weight.BOLD) for line in lines) + scale.em(0.8)
    pad = scale.em(0.7)
    fill_rounded(surface, box, _BACK, scale.em(0.4))
    inner = Box(
        box.left + pad + numbers,
        box.top + pad + high // 2,
        max(box.width - 2 * pad - numbers - names, 1),
        max(box.height - 2 * pad - 2 * high, 1),
    )
    _draw_laps(surface, inner, scale, laps, box.bottom - pad - high)
    drawn = sorted(lines, key=lambda each: each.is_own)
    finely = pygame.Surface((box.width * _FINER, box.height * _FINER), pygame.SRCALPHA)
    for line in drawn:
        _draw_line(finely, inner, scale, line, (laps, len(lines)))
    surface.blit(pygame.transform.smoothscale(finely, surface.get_size()), (0, 0))
    for line in drawn:
        begin = _place(inner, 0, line.places[0], laps, len(lines))
        end = _place(inner, len(line.places) - 1, line.places[-1], laps, len(lines))
        colour = palette.BRIGHT if line.is_own else palette.TEXT
        style = TextStyle(small, colour, Weight.BOLD if line.is_own else Weight.REGULAR)
        at = Box(
            round(begin[0]) - numbers, round(begin[1]) - high // 2, numbers - scale.em(0.6), high
        )
        write_line(surface, line.number, at, style, Align.RIGHT)
        if len(line.places) > laps:
            after = Box(inner.right + scale.em(0.6), round(end[1]) - high // 2, names, high)
            write_line(surface, line.name, after, style)


def _draw_laps(surface: pygame.Surface, inner: Box, scale: TextScale, laps: int, top: int) -> None:
    """Draw a line for each lap, and write below as many numbers as there is room for."""
    small = scale.em(0.8)
    widest = line_width(str(laps), small) + scale.em(0.8)
    every = max(-(-laps * widest // max(inner.width, 1)), 1)
    for lap in range(laps + 1):
        x = inner.left + round(inner.width * lap / laps)
        pygame.draw.line(surface, palette.GRID, (x, inner.top), (x, inner.bottom))
        if lap and lap % every == 0:
            box = Box(x - widest // 2, top, widest, line_height(small))
            write_line(surface, str(lap), box, TextStyle(small, palette.DIM), Align.CENTRE)
    room = Box(inner.left - scale.em(1.5), top, scale.em(4.0), line_height(small))
    if inner.width / laps > line_width(_("grid"), small) + widest:
        write_line(surface, _("grid"), room, TextStyle(small, palette.DIM))


def _draw_line(
    surface: pygame.Surface, inner: Box, scale: TextScale, line: ChartLine, of: tuple[int, int]
) -> None:
    """Draw a car's way through the places, smooth between two laps."""
    laps, cars = of
    points = []
    steps = max(_FINER * inner.width // laps, inner.height)  # so that discs join to a line
    for lap, (before, after) in enumerate(zip(line.places, line.places[1:], strict=False)):
        for step in range(steps):
            share = step / steps
            eased = share * share * (3.0 - 2.0 * share)
            points.append(_place(inner, lap + share, before + eased * (after - before), laps, cars))
    last = _place(inner, len(line.places) - 1, line.places[-1], laps, cars)
    points.append(last)
    thick = _FINER * scale.em(_OWN_THICK_EM if line.is_own else _THICK_EM)
    for x, y in points:
        middle = (x * _FINER, y * _FINER)
        pygame.draw.circle(surface, line.colour, middle, max(0.5 * thick, 1.0))
    for lap, place in enumerate(line.places):
        x, y = _place(inner, lap, place, laps, cars)
        middle, reach = (x * _FINER, y * _FINER), _FINER * scale.em(_DOT_EM)
        pygame.draw.circle(surface, line.colour, middle, reach * (1.4 if line.is_own else 1.0))
        if line.is_own:
            pygame.draw.circle(surface, palette.BRIGHT, middle, 0.7 * reach)


def _place(inner: Box, lap: float, place: float, laps: int, cars: int) -> tuple[float, float]:
    return (
        inner.left + inner.width * lap / laps,
        inner.top + inner.height * (place - 1.0) / max(cars - 1, 1),
    )
