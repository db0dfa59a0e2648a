"""Draw the circuit as a line in a box, with a stretch of it lit and its corners numbered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_outline import draw_line, fitted
from game.app.ui.palette import Colour
from game.app.ui.shapes import fill_circle
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, write_line
from game.track.track import Track

_FINER: Final = 2
_POINTS: Final = 1600
_ASIDE_M: Final = 46.0  # from the line to a corner's number
_THICK: Final = 1.0 / 90.0  # of the line, of the box's height


class CircuitMap:
    """Draws the circuit's centreline, north up, fitted into whatever box it is given."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self._s_m = np.linspace(0.0, track.length_m, _POINTS)
        self._line_m = track.centreline.position(self._s_m)
        self._aside_m = {
            corner.number: track.centreline.point(
                corner.apex_m, _ASIDE_M if corner.inside == "right" else -_ASIDE_M
            )
            for corner in track.corners
        }
        self._key: tuple[object, ...] = ()
        self._picture = pygame.Surface((1, 1))

    def draw(
        self,
        surface: pygame.Surface,
        box: Box,
        lit_m: tuple[float, float] | None,
        discs: Mapping[int, Colour],
        px: int,
    ) -> None:
        """Draw it, lit from one place of the lap to another.

        discs: colours of the corners that have one, by their numbers; px: of the numbers' text.
        """
        key = (box, lit_m, tuple(discs.items()), px)
        if key != self._key:
            self._key, self._picture = key, self._drawn(box, lit_m, discs, px)
        surface.blit(self._picture, (box.left, box.top))

    def draw_car(self, surface: pygame.Surface, box: Box, car_m: tuple[float, float]) -> None:
        """Draw a car on the map in this box, and the start line; from afar it is on the edge."""
        points_m = np.concatenate([self._line_m, list(self._aside_m.values()) or self._line_m[:1]])
        within_m = np.clip(np.array(car_m), points_m.min(axis=0), points_m.max(axis=0))
        places = fitted(np.vstack([points_m, within_m]), box) + np.array([box.left, box.top])
        radius = min(box.width, box.height) / 40
        for place, scale, colour in (
            (places[0], 1.0, palette.INK),
            (places[0], 0.75, palette.YELLOW),
            (places[-1], 1.45, palette.INK),
            (places[-1], 1.2, palette.BRIGHT),
            (places[-1], 1.0, palette.RED),
        ):
            fill_circle(surface, (float(place[0]), float(place[1])), scale * radius, colour)

    def _drawn(
        self,
        box: Box,
        lit_m: tuple[float, float] | None,
        discs: Mapping[int, Colour],
        px: int,
    ) -> pygame.Surface:
        numbers = list(self._aside_m)
        points_m = np.concatenate([self._line_m, [self._aside_m[number] for number in numbers]])
        places = fitted(points_m, box)
        line = places[: len(self._line_m)]
        large = pygame.Surface((box.width * _FINER, box.height * _FINER), pygame.SRCALPHA)
        thick = _FINER * box.height * _THICK
        draw_line(large, line * _FINER, palette.INK, 1.9 * thick)
        draw_line(large, line * _FINER, palette.LABEL, thick)
        if lit_m is not None:
            along_m = (self._s_m - lit_m[0]) % self._track.length_m
            lit = line[along_m <= (lit_m[1] - lit_m[0]) % self._track.length_m]
            draw_line(large, lit * _FINER, palette.ACCENT, 1.7 * thick)
        picture = pygame.transform.smoothscale(large, (box.width, box.height))
        high = line_height(px)
        for number, place in zip(numbers, places[len(line) :], strict=True):
            middle = (float(place[0]), float(place[1]))
            fill_circle(picture, middle, 0.95 * px, (*palette.INK, 170))
            if number in discs:
                fill_circle(picture, middle, 0.95 * px, discs[number])
            colour = palette.INK if number in discs else palette.TEXT
            cell = Box(round(middle[0] - px), round(middle[1] - high / 2), 2 * px, high)
            style = TextStyle(px, colour, Weight.BOLD)
            write_line(picture, str(number), cell, style, Align.CENTRE)
        return picture
