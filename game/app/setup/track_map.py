"""The circuit as a line in a box, its pieces in colours of their own, its corners numbered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.setup import chart
from game.app.setup.chart import Place
from game.app.ui import theme
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour
from game.app.ui.rounded import fill_rounded
from game.app.ui.rows import Look
from game.app.ui.typeset import Style, line_height, set_in, width_of
from game.track.track import Track

Array = npt.NDArray[np.float64]

PIECES: Final = 400
_FINER: Final = 2
_CLEAR_PX: Final = 5  # of the line, beside a word
_WORD_BACK: Final = (8, 10, 14, 150)
_EDGE: Final[Colour] = (8, 10, 14)


class TrackMap:
    """Fits the circuit into whatever box it is given; the picture is kept while nothing changes."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.s_m = np.linspace(0.0, track.length_m, PIECES + 1)
        self._line_m = track.centreline.position(self.s_m)
        self._box = Box(0, 0, 1, 1)
        self._places: Array = self._line_m
        self._picture: pygame.Surface | None = None
        self._painted: object = None
        self._labelled: object = None
        self._labels: list[Box] = []

    def lay_out(self, box: Box, margin: int) -> None:
        """Fit the circuit into a box, so much within it."""
        if box == self._box:
            return
        self._box, self._picture, self._labelled = box, None, None
        low, high = self._line_m.min(axis=0), self._line_m.max(axis=0)
        room = np.maximum(np.array([box.width, box.height]) - 2.0 * margin, 1.0)
        scale = float((room / (high - low)).min())
        middle = np.array([box.left + box.width / 2, box.top + box.height / 2])
        self._places = (self._line_m - 0.5 * (low + high)) * (scale, -scale) + middle

    def draw(
        self, surface: pygame.Surface, colours: Sequence[Colour], widths: Sequence[float]
    ) -> None:
        """Draw the line: the colour and the width in pixels of each of its `PIECES`."""
        key = (tuple(colours), tuple(widths))
        if self._picture is None or key != self._painted:
            self._painted = key
            self._picture = self._drawn(colours, widths)
        surface.blit(self._picture, (self._box.left, self._box.top))

    def place(self, s_m: float) -> Place:
        """Where a place of the lap is in the window."""
        at = s_m % self.track.length_m
        x, y = (float(np.interp(at, self.s_m, self._places[:, axis])) for axis in (0, 1))
        return x, y

    def aside(self, s_m: float, away: float) -> Place:
        """A place so many pixels to the left of the line (right: negative), where a word stands."""
        x, y = self.place(s_m)
        before, after = self.place(s_m - 6.0), self.place(s_m + 6.0)
        along = np.array([after[0] - before[0], after[1] - before[1]])
        along /= max(float(np.hypot(*along)), 1e-9)
        return x + away * float(along[1]), y - away * float(along[0])

    def nearest_m(self, place: tuple[int, int]) -> tuple[float, float]:
        """The place of the lap next to a pixel, and how many pixels it is away."""
        away = np.hypot(self._places[:, 0] - place[0], self._places[:, 1] - place[1])
        index = int(away.argmin())
        return float(self.s_m[index]), float(away[index])

    def label_corners(
        self, surface: pygame.Surface, look: Look, texts: Sequence[str], colours: Sequence[Colour]
    ) -> None:
        """Write a text beside each corner's apex, outside the bend."""
        small = look.em(chart.SMALL_EM)
        key = (tuple(texts), small)
        if key != self._labelled:
            self._labelled, self._labels = key, self._room_for(texts, small, look.em(0.3))
        for box, text, colour in zip(self._labels, texts, colours, strict=True):
            fill_rounded(surface, box, _WORD_BACK, box.height / 4)
            set_in(surface, text, box, Style(small, colour), Align.CENTRE)

    def _room_for(self, texts: Sequence[str], px: int, pad: int) -> list[Box]:
        """A box beside each corner for its text."""
        taken: list[Box] = []
        for corner, text in zip(self.track.corners, texts, strict=True):
            outside = -1.0 if corner.direction == "left" else 1.0
            size = (width_of(text, px) + pad, line_height(px))
            taken.append(self._free_box(corner.apex_m, size, outside, taken))
        return taken

    def _free_box(
        self, s_m: float, size: tuple[int, int], outside: float, taken: Sequence[Box]
    ) -> Box:
        """Room for a word beside a place of the lap: where it covers least, and rather near."""
        width, high = size
        found = []
        for far in (0.9, 1.3, 1.8, 2.4):
            for side in (outside, -outside):
                x, y = self.aside(s_m, side * (far * high + 0.3 * width))
                left = min(max(round(x - width / 2), self._box.left), self._box.right - width)
                top = min(max(round(y - high / 2), self._box.top), self._box.bottom - high)
                box = Box(left, top, width, high)
                over = 9.0 * sum(box.meets(other) for other in taken) + 0.5 * self._line_in(box)
                found.append((over + far + (0.4 if side != outside else 0.0), box))
        return min(found)[1]

    def _line_in(self, box: Box) -> int:
        """How many pieces of the line lie in a box."""
        x, y = self._places[:, 0], self._places[:, 1]
        across = (x > box.left - _CLEAR_PX) & (x < box.right + _CLEAR_PX)
        return int((across & (y > box.top) & (y < box.bottom)).sum())

    def _drawn(self, colours: Sequence[Colour], widths: Sequence[float]) -> pygame.Surface:
        box = self._box
        large = pygame.Surface((box.width * _FINER, box.height * _FINER), pygame.SRCALPHA)
        places = (self._places - (box.left, box.top)) * _FINER
        along = np.roll(places, -1, axis=0) - np.roll(places, 1, axis=0)
        along[[0, -1]] = places[1] - places[-2]  # the first and the last place are the same
        normals = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
        for rim in (1.5, 0.0):
            for index, (colour, width) in enumerate(zip(colours, widths, strict=True)):
                half = _FINER * (0.5 * width + rim)
                edges = [
                    places[end] + side * half * normals[end]
                    for end, side in ((index, 1), (index + 1, 1), (index + 1, -1), (index, -1))
                ]
                pygame.draw.polygon(large, _EDGE if rim else colour, edges)
        self._mark_start(large, places)
        return pygame.transform.smoothscale(large, (box.width, box.height))

    @staticmethod
    def _mark_start(large: pygame.Surface, places: Array) -> None:
        """A bar across the line where the lap begins."""
        along = places[1] - places[0]
        along = along / max(float(np.hypot(*along)), 1e-9)
        across = np.array([-along[1], along[0]]) * 9.0 * _FINER
        pygame.draw.line(large, theme.BRIGHT, places[0] - across, places[0] + across, 2 * _FINER)
