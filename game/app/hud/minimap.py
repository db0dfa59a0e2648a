"""The circuit in small, with the car on it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.ui.box import Box
from game.track.track import Track

_FINER: Final = 3


class Minimap:
    """The circuit's line fitted into a box, north up."""

    def __init__(self, track: Track, box: Box, unit: float) -> None:
        self._unit = unit
        line_m = track.outline("left", -1)
        low, high = line_m.min(axis=0), line_m.max(axis=0)
        room = np.array([box.width, box.height]) - 28.0 * unit
        self._scale = float((room / (high - low)).min())
        self._middle_m = 0.5 * (low + high)
        self._box = box
        points = (self._on_map(line_m) - (box.left, box.top)) * _FINER
        large = pygame.Surface((box.width * _FINER, box.height * _FINER), pygame.SRCALPHA)
        for colour, width in (((0, 0, 0, 150), 6.0), ((232, 235, 238), 3.2)):
            _thick_ring(large, colour, points, width * unit * _FINER)
        gate = track.gates[0]
        self._picture = pygame.transform.smoothscale(large, (box.width, box.height))
        self._line = self._on_map(np.array([[gate.x_m, gate.y_m]]))[0]

    def draw(self, surface: pygame.Surface, x_m: float, y_m: float) -> None:
        """Draw the circuit with the car at (x, y)."""
        surface.blit(self._picture, (self._box.left, self._box.top))
        pygame.draw.circle(surface, (250, 206, 70), self._line, 3.0 * self._unit)
        car = self._on_map(np.array([[x_m, y_m]]))[0]
        car = np.clip(car, self._box[:2], (self._box.right, self._box.bottom))
        pygame.draw.circle(surface, (10, 10, 12), car, 6.5 * self._unit)
        pygame.draw.circle(surface, (232, 40, 56), car, 5.0 * self._unit)

    def _on_map(self, points_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        away = (points_m - self._middle_m) * (self._scale, -self._scale)
        middle = (self._box.left + 0.5 * self._box.width, self._box.top + 0.5 * self._box.height)
        placed: npt.NDArray[np.float64] = away + middle
        return placed


def _thick_ring(
    surface: pygame.Surface, colour: tuple[int, ...], points: npt.NDArray[np.float64], width: float
) -> None:
    for point in points[::4]:
        pygame.draw.circle(surface, colour, point, 0.5 * width)
