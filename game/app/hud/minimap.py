"""Show the circuit in small with the cars on it, north up."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from game.app.hud.hud_canvas import HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, INK, LIGHT, YELLOW, Colour
from game.app.view.car_pose import CarPose
from game.arrays import Array
from game.simulation.snapshot import Snapshot
from game.track.levels import BRIDGE
from game.track.track import Track
from game.translation import N_

_SIZE: Final = 176
_MARGIN: Final = 10.0
_FINER: Final = 3
_HALO: Final = (8, 10, 14, 160)


class _Circuit:
    """A circuit compares by identity: two of equal shape are different."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.line_m = track.outline("left", -1)
        self.above = np.flatnonzero(track.frames.tier == BRIDGE)
        self.start_m = np.array([[track.gates[0].x_m, track.gates[0].y_m]])


class Minimap(Instrument[_Circuit]):
    """Shows a line with a dark halo on a panel that hides less of the picture than others."""

    title = N_("Map")
    size = (_SIZE, _SIZE)
    placement = Placement("bottom left", 16, 16)
    grows_with_text = False
    panel_share = 0.8

    def __init__(self) -> None:
        super().__init__()
        self._circuit: _Circuit | None = None
        self._fit: _MapScale | None = None

    def figures(self, data: HudData) -> _Circuit:
        """Return the circuit that is driven."""
        if self._circuit is None or self._circuit.track is not data.track:
            self._circuit = _Circuit(data.track)
        return self._circuit

    def paint(self, canvas: HudCanvas, figures: _Circuit) -> None:
        """Paint the line and the start on it."""
        size, unit = canvas.surface.get_size(), canvas.unit
        fit = self._fit = _MapScale(figures.line_m, size, unit)
        large = pygame.Surface((size[0] * _FINER, size[1] * _FINER), pygame.SRCALPHA)
        points = fit.points(figures.line_m) * _FINER
        above = points[figures.above]
        for line in (points, above) if len(above) else (points,):
            for colour, width in ((_HALO, 7.0), (LIGHT, 3.2)):
                for point in line[::3]:
                    pygame.draw.circle(large, colour, point, 0.5 * width * unit * _FINER)
        start = fit.points(figures.start_m)[0] * _FINER
        pygame.draw.circle(large, INK, start, 4.0 * unit * _FINER)
        pygame.draw.circle(large, YELLOW, start, 3.0 * unit * _FINER)
        canvas.surface.blit(pygame.transform.smoothscale(large, size), (0, 0))

    def paint_live(self, canvas: HudCanvas, data: HudData) -> None:
        """Paint the ghosts in their colours and the cars over the circuit, the player's last."""
        fit = self._fit
        if fit is None:
            return
        for ghost in data.ghosts:
            _paint_dot(canvas, fit.place(ghost.pose), 0.8, ghost.rival.livery.body)
        for car, colour in zip(data.others, data.other_colours, strict=True):
            _paint_dot(canvas, fit.place(car), 1.0, colour)
        _paint_dot(canvas, fit.place(data.now), 1.25, data.colour)


class _MapScale:
    """Holds the scale and the offset with which a circuit fits a box."""

    def __init__(self, line_m: Array, size: tuple[int, int], unit: float) -> None:
        self._size = size
        low, high = line_m.min(axis=0), line_m.max(axis=0)
        room = np.maximum(np.array(size) - 2.0 * _MARGIN * unit, 1.0)
        self._scale = float((room / (high - low)).min())
        self._middle_m = 0.5 * (low + high)

    def points(self, points_m: Array) -> Array:
        """Return places in the box, shape (n, 2)."""
        away = (points_m - self._middle_m) * (self._scale, -self._scale)
        placed: Array = away + 0.5 * np.array(self._size)
        return placed

    def place(self, car: Snapshot | CarPose) -> tuple[float, float]:
        """Return the place of a car in the box, on the edge if it is beyond."""
        x = 0.5 * self._size[0] + (car.x_m - float(self._middle_m[0])) * self._scale
        y = 0.5 * self._size[1] - (car.y_m - float(self._middle_m[1])) * self._scale
        return min(max(x, 0.0), self._size[0]), min(max(y, 0.0), self._size[1])


def _paint_dot(canvas: HudCanvas, place: tuple[float, float], scale: float, colour: Colour) -> None:
    left, top = canvas.place(0.0, 0.0)
    middle, unit = (left + place[0], top + place[1]), scale * canvas.unit
    pygame.draw.aacircle(canvas.surface, INK, middle, 6.2 * unit)
    pygame.draw.aacircle(canvas.surface, BRIGHT, middle, 5.2 * unit)
    pygame.draw.aacircle(canvas.surface, colour, middle, 4.0 * unit)
