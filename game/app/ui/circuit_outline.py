"""Draw the circuit as a line in a box, of which a part is lit."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.shapes import fill_circle
from game.arrays import Array
from game.track.track import Track

_FINER: Final = 2
_POINTS: Final = 1600
_STEPS: Final = 200  # distinct lengths of the lit part


class CircuitOutline:
    """Draws the circuit's centreline, north up, fitted into whatever box it is given."""

    def __init__(self, track: Track) -> None:
        self._line_m = track.centreline.position(np.linspace(0.0, track.length_m, _POINTS))
        self._box: Box | None = None
        self._places: Array = self._line_m
        self._picture = pygame.Surface((1, 1))
        self._lit = -1

    def draw(self, surface: pygame.Surface, box: Box, share: float) -> None:
        """Draw it, lit from the start line on up to a share of the lap, 0..1."""
        if box != self._box:
            self._box, self._lit = box, -1
            self._places = fitted(self._line_m, box)
        steps = round(_STEPS * min(max(share, 0.0), 1.0))
        if steps != self._lit:
            self._lit = steps
            self._picture = self._drawn(box, steps)
        surface.blit(self._picture, (box.left, box.top))
        place = self._places[round((len(self._places) - 1) * steps / _STEPS)]
        head = (box.left + float(place[0]), box.top + float(place[1]))
        fill_circle(surface, head, box.height / 58, palette.ACCENT)

    def _drawn(self, box: Box, steps: int) -> pygame.Surface:
        picture = pygame.Surface((box.width * _FINER, box.height * _FINER))
        picture.fill(palette.INK)
        thick = _FINER * box.height / 105
        count = 1 + round((len(self._places) - 1) * steps / _STEPS)
        draw_line(picture, self._places * _FINER, palette.UNLIT, thick)
        draw_line(picture, self._places[:count] * _FINER, palette.BRIGHT, thick)
        return pygame.transform.smoothscale(picture, (box.width, box.height))


def draw_line(
    picture: pygame.Surface,
    places: Array,
    colour: tuple[int, int, int],
    thick: float,
) -> None:
    for place in places:
        pygame.draw.circle(picture, colour, place, 0.5 * thick)


def fitted(line_m: Array, box: Box) -> Array:
    """Return the line in pixels from the box's upper left corner, shape (n, 2)."""
    low, high = line_m.min(axis=0), line_m.max(axis=0)
    inset = box.height / 24
    scale = float(((np.array([box.width, box.height]) - 2.0 * inset) / (high - low)).min())
    middle = np.array([box.width, box.height]) / 2.0
    placed: Array = (line_m - 0.5 * (low + high)) * (scale, -scale) + middle
    return placed
