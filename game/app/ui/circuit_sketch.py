"""Draw a circuit as a fine line on nothing, with start, direction and numbered corners."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, write_line
from game.arrays import Array

_FINER: Final = 4  # drawn so many times as large, then averaged
_CASING: Final = 3.4  # width of the dark edge, of the line's
_CASING_ALPHA: Final = 0.6
_DECK: Final = 5.6  # width of the dark gap in the road below a bridge, of the line's
_PARAPET: Final = 2.1  # from the line to the edge of a bridge, of the line's width
_PARAPET_THICK: Final = 0.45  # of the line's width
_BAR: Final = 4.2  # half the length of the start line, of the line's width
_SMALL_BAR: Final = 2.4  # the same, where there are no numbers
_ARROW: Final = 6.0  # length of the arrow at the start, of the line's width
_ASIDE: Final = 8.0  # from the line to the arrow's middle, of the line's width
_HALF: Final = 2.2  # half the width of the arrow, of the line's width
_BEYOND: Final = _ASIDE + _HALF

_Layer = tuple[npt.NDArray[np.uint8], Colour, float]  # a mask, its colour and its alpha


class SketchStyle(NamedTuple):
    """Says how a circuit is drawn: its line's width in pixels and colour; the numbers' size."""

    thick: float
    colour: Colour = palette.BRIGHT
    numbers_px: int = 0  # 0: corners have no numbers
    arrow: bool = False  # whether the direction is shown at the start


class CircuitSketch:
    """Draws a circuit, north up, fitted into whatever box it is given."""

    def __init__(
        self,
        line_m: Array,
        corners: Sequence[tuple[int, float, float]],
        above: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Draw a closed line, shape (n, 2), with the numbers of its corners at their places.

        above: the first and last point of each stretch on a bridge.
        """
        self._line_m = line_m
        self._corners = tuple(corners)
        self._above = tuple(above)
        self._key: tuple[object, ...] = ()
        self._picture = pygame.Surface((1, 1))

    def draw(self, surface: pygame.Surface, box: Box, style: SketchStyle) -> None:
        """Draw it into a box."""
        key = (box.width, box.height, style)
        if key != self._key:
            self._key = key
            self._picture = self._drawn((box.width, box.height), style)
        surface.blit(self._picture, (box.left, box.top))
        if style.numbers_px:
            self._write_numbers(surface, box, style)

    def _drawn(self, size: tuple[int, int], style: SketchStyle) -> pygame.Surface:
        picture = pygame.Surface(size, pygame.SRCALPHA)
        line = self._fitted(size, style)[: len(self._line_m)]
        shape = (size[1] * _FINER, size[0] * _FINER)
        casing, road, start = (np.zeros(shape, np.uint8) for _ in range(3))
        _stroke(casing, line, _CASING * style.thick)
        _stroke(road, line, style.thick)
        _mark_start(start, line, style.thick, arrow=style.arrow)
        for mask, colour, alpha in (
            (casing, palette.INK, _CASING_ALPHA),
            (road, style.colour, 1.0),
            *self._bridges(line, shape, style),
            (start, palette.RED, 1.0),
        ):
            picture.blit(_tinted(mask, colour, alpha), (0, 0))
        return picture

    def _bridges(self, line: Array, shape: tuple[int, int], style: SketchStyle) -> list[_Layer]:
        """Return the layers of the bridges: a gap in the road below, their edges, their road."""
        if not self._above:
            return []
        gap, edges, road = (np.zeros(shape, np.uint8) for _ in range(3))
        step = max(float(np.hypot(*np.diff(line, axis=0).T).mean()), 1e-3)
        beyond = math.ceil(_DECK * style.thick / step)  # points, over the round ends of the gap
        for first, last in self._above:
            deck = line[first : last + 1]
            _stroke(gap, deck, _DECK * style.thick, closed=False)
            along = line[max(first - beyond, 0) : last + beyond + 1]
            _stroke(road, along, style.thick, closed=False)
            for side in (-_PARAPET, _PARAPET) if len(deck) > 1 else ():
                edge = deck + side * style.thick * _normals(deck)
                _stroke(edges, edge, _PARAPET_THICK * style.thick, closed=False)
        return [(gap, palette.INK, 1.0), (edges, style.colour, 0.7), (road, style.colour, 1.0)]

    def _fitted(self, size: tuple[int, int], style: SketchStyle) -> Array:
        """Return the line and the numbers' places in pixels of a picture, shape (n, 2)."""
        places_m = np.array([(x, y) for _, x, y in self._corners]).reshape(-1, 2)
        points_m = np.concatenate([self._line_m, places_m if style.numbers_px else places_m[:0]])
        low, high = points_m.min(axis=0), points_m.max(axis=0)
        beside = _BEYOND if style.arrow else _SMALL_BAR
        inset = max(beside * style.thick, 0.8 * style.numbers_px) + 1.0
        room = np.maximum(np.array(size) - 2.0 * inset, 1.0)
        scale = float((room / np.maximum(high - low, 1e-3)).min())
        placed: Array = (points_m - 0.5 * (low + high)) * (scale, -scale) + np.array(size) / 2.0
        return placed

    def _write_numbers(self, surface: pygame.Surface, box: Box, style: SketchStyle) -> None:
        places = self._fitted((box.width, box.height), style)[len(self._line_m) :]
        px, high = style.numbers_px, line_height(style.numbers_px)
        taken: list[Box] = []
        for (number, *_), (x, y) in zip(self._corners, places, strict=True):
            cell = Box(round(box.left + x - px), round(box.top + y - high / 2), 2 * px, high)
            if not any(cell.meets(other) for other in taken):  # where many are near, the first
                taken.append(cell)
                write_line(surface, str(number), cell, TextStyle(px, palette.TEXT), Align.CENTRE)


def _stroke(mask: npt.NDArray[np.uint8], line: Array, thick: float, *, closed: bool = True) -> None:
    points = np.round(line * _FINER).astype(np.int32)
    cv2.polylines(mask, [points], closed, 255, max(round(thick * _FINER), 1))


def _normals(line: Array) -> Array:
    """Return the unit vectors across a line of two or more points, shape (n, 2)."""
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return np.column_stack([-along[:, 1], along[:, 0]])


def _mark_start(mask: npt.NDArray[np.uint8], line: Array, thick: float, *, arrow: bool) -> None:
    """Draw a bar across the road at its first point, and an arrow beside it that shows the way."""
    along = line[min(2, len(line) - 1)] - line[0]
    along = along / max(float(np.hypot(*along)), 1e-9)
    across = np.array([-along[1], along[0]])
    half = (_BAR if arrow else _SMALL_BAR) * thick * across
    bar = np.array([line[0] - half, line[0] + half])
    points = np.round(bar * _FINER).astype(np.int32)
    cv2.line(mask, points[0].tolist(), points[1].tolist(), 255, max(round(thick * _FINER), 1))
    if arrow:
        outward = line[0] - 0.5 * (line.min(axis=0) + line.max(axis=0))
        across = across if float(outward @ across) < 0.0 else -across
        foot, half = line[0] - _ASIDE * thick * across, _HALF * thick * across
        outline = np.array([foot - half, foot + _ARROW * thick * along, foot + half])
        cv2.fillPoly(mask, [np.round(outline * _FINER).astype(np.int32)], 255)


def _tinted(mask: npt.NDArray[np.uint8], colour: Colour, alpha: float) -> pygame.Surface:
    """Return a mask, averaged to its size, as a picture of one colour."""
    size = (mask.shape[1] // _FINER, mask.shape[0] // _FINER)
    shade = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.fill((*colour, 0))
    pixels = pygame.surfarray.pixels_alpha(picture)
    pixels[:] = (alpha * shade.T).astype(np.uint8)
    del pixels
    return picture
