"""The circuit in small with the cars on it, north up."""

from __future__ import annotations

from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.hud.hud_canvas import Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BLUE, BRIGHT, DARK
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Colour
from game.app.ui.panel import draw_panel
from game.app.view.car_pose import CarPose
from game.simulation.snapshot import Snapshot
from game.track.track import Track

_SIZE: Final = 176
_MARGIN: Final = 10.0
_FINER: Final = 3
_PANEL: Final = 0.8  # of the others' opacity
_HALO: Final = (8, 10, 14, 160)
_LINE: Final = (236, 239, 243, 255)
_START: Final[Colour] = (250, 206, 70)
_OWN: Final[Colour] = (232, 40, 56)
_GHOST: Final = DARK
_RIM: Final[Colour] = (10, 11, 14)


class Minimap:
    """A line with a dark halo on a panel that hides less of the picture than others."""

    size: ClassVar[tuple[float, float]] = (_SIZE, _SIZE)
    has_text: ClassVar[bool] = False

    def __init__(self) -> None:
        self._plate = Plate()
        self._fit: _Fit | None = None

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """The best lap, hollow, and the cars over the circuit, the player's last."""
        fit = self._fit
        if fit is None or fit.track is not seen.track or fit.size != (box.width, box.height):
            fit = self._fit = _Fit(seen.track, (box.width, box.height), style.unit)
        self._plate.show(surface, box, (fit, style), lambda plate: _paint(plate, fit, style))
        if seen.ghost is not None:
            _dot(surface, box, fit.place(seen.ghost), 0.8 * style.unit, _GHOST)
        for car in seen.others:
            _dot(surface, box, fit.place(car), style.unit, BLUE)
        _dot(surface, box, fit.place(seen.now), 1.25 * style.unit, _OWN)


class _Fit:
    """How a circuit lies in a box."""

    def __init__(self, track: Track, size: tuple[int, int], unit: float) -> None:
        self.track = track
        self.size = size
        line_m = track.outline("left", -1)
        low, high = line_m.min(axis=0), line_m.max(axis=0)
        room = np.maximum(np.array(size) - 2.0 * _MARGIN * unit, 1.0)
        self._scale = float((room / (high - low)).min())
        self._middle_m = 0.5 * (low + high)

    def points(self, points_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Places in the box, shape (n, 2)."""
        away = (points_m - self._middle_m) * (self._scale, -self._scale)
        placed: npt.NDArray[np.float64] = away + 0.5 * np.array(self.size)
        return placed

    def place(self, car: Snapshot | CarPose) -> tuple[float, float]:
        """Where a car is, on the edge if it is beyond."""
        x = 0.5 * self.size[0] + (car.x_m - float(self._middle_m[0])) * self._scale
        y = 0.5 * self.size[1] - (car.y_m - float(self._middle_m[1])) * self._scale
        return min(max(x, 0.0), self.size[0]), min(max(y, 0.0), self.size[1])


def _paint(plate: pygame.Surface, fit: _Fit, style: Style) -> None:
    unit = style.unit
    draw_panel(plate, Box(0, 0, *fit.size), unit, _PANEL * style.opacity)
    large = pygame.Surface(
        (plate.get_width() * _FINER, plate.get_height() * _FINER), pygame.SRCALPHA
    )
    points = fit.points(fit.track.outline("left", -1)) * _FINER
    for colour, width in ((_HALO, 7.0), (_LINE, 3.2)):
        for point in points[::3]:
            pygame.draw.circle(large, colour, point, 0.5 * width * unit * _FINER)
    gate = fit.track.gates[0]
    start = fit.points(np.array([[gate.x_m, gate.y_m]]))[0] * _FINER
    pygame.draw.circle(large, _RIM, start, 4.0 * unit * _FINER)
    pygame.draw.circle(large, _START, start, 3.0 * unit * _FINER)
    plate.blit(pygame.transform.smoothscale(large, plate.get_size()), (0, 0))


def _dot(
    surface: pygame.Surface, box: Box, place: tuple[float, float], unit: float, colour: Colour
) -> None:
    middle = (box.left + place[0], box.top + place[1])
    pygame.draw.aacircle(surface, _RIM, middle, 6.2 * unit)
    pygame.draw.aacircle(surface, BRIGHT, middle, 5.2 * unit)
    pygame.draw.aacircle(surface, colour, middle, 4.0 * unit)
