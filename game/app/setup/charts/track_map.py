"""Draw the circuit on its own ground, its pieces in colours of their own, its corners named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.setup.charts import chart
from game.app.setup.charts.chart import ChartPoint
from game.app.setup.charts.corner_labels import place_labels
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.venue.venue import Venue
from game.app.view.camera import View
from game.arrays import Array

PIECES: Final = 400
_DIMMED: Final = (142, 145, 150)  # of 255, what is left of the ground's light
_AGAIN_FRAMES: Final = 16
_FINER: Final = 2  # times is the line drawn
_AROUND_PX: Final = 40  # the line, for what is drawn beside it
_RIM_PX: Final = 2.0
_EDGE: Final[Colour] = (8, 10, 14)
_LEADER: Final[Colour] = (206, 210, 216)
_WORD_BACK: Final = (8, 10, 14, 205)
_CROWDED: Final = 0.75  # of the map's height, that all words one below the other take at most
_START_PX: Final = 5.0


class MapPiece(NamedTuple):
    """Says how a piece of the line is drawn: colour, width in pixels, whether it stands out."""

    colour: Colour
    width: float
    lit: bool = False


class TrackMap:
    """Fits the circuit into whatever box it is given; the picture is kept while nothing changes."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._track = venue.track
        self._box = Box(0, 0, 0, 0)
        self._s_m: Array = np.linspace(0.0, venue.track.length_m, PIECES + 1)
        self._line_m: Array | None = None
        self._places: Array = np.zeros((PIECES + 1, 2))
        self._normals: Array = np.zeros((PIECES + 1, 2))
        self._view = View(0.0, 0.0, 1.0, 1, 1)
        self._ground: pygame.Surface | None = None
        self._opening: Iterator[float] = iter(())
        self._shown = -1.0  # how far the ground was when it was drawn
        self._frames = 0
        self._picture: pygame.Surface | None = None
        self._painted: object = None
        self._labels: list[Box] = []
        self._to_label: tuple[tuple[str, ...], TextScale] | None = None
        self._labelled: object = None

    @property
    def length_m(self) -> float:
        """Return the length of a lap."""
        return self._track.length_m

    def lay_out(self, box: Box, margin: int) -> None:
        """Fit the circuit into a box, so much within it."""
        if box == self._box:
            return
        line_m = self._know_line()
        self._box, self._picture, self._labelled = box, None, None
        low, high = line_m.min(axis=0), line_m.max(axis=0)
        room = np.maximum(np.array([box.width, box.height]) - 2.0 * margin, 1.0)
        scale = float((room / (high - low)).min())
        x_m, y_m = (0.5 * (low + high)).tolist()
        world = self._venue.world_view
        self._view = View(x_m, y_m, scale, max(box.width, 1), max(box.height, 1))
        self._opening, self._ground, self._frames = world.load(self._view), None, 0
        self._places = np.array([self._view.to_screen(*point) for point in line_m.tolist()])
        self._places += (box.left, box.top)
        along = np.gradient(self._places, axis=0)
        along[[0, -1]] = self._places[1] - self._places[-2]  # both are the same place
        self._normals = np.column_stack([-along[:, 1], along[:, 0]])
        self._normals /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]

    def draw(self, surface: pygame.Surface, scale: TextScale, pieces: Sequence[MapPiece]) -> None:
        """Draw the ground, and on it the line in its `PIECES`."""
        self._update_ground()
        key = tuple(pieces)
        if self._picture is None or key != self._painted:
            self._painted, self._picture = key, self._drawn(scale, pieces)
        surface.blit(self._picture, (self._box.left, self._box.top))

    def place(self, s_m: float) -> ChartPoint:
        """Return where a place of the lap is in the window."""
        at = s_m % self._track.length_m
        x, y = (float(np.interp(at, self._s_m, self._places[:, axis])) for axis in (0, 1))
        return x, y

    def nearest_m(self, place: tuple[int, int]) -> tuple[float, float]:
        """Return the place of the lap next to a pixel, and how many pixels it is away."""
        away = np.hypot(self._places[:, 0] - place[0], self._places[:, 1] - place[1])
        index = int(away.argmin())
        return float(self._s_m[index]), float(away[index])

    def label_corners(
        self,
        surface: pygame.Surface,
        scale: TextScale,
        texts: Sequence[str],
        colours: Sequence[Colour],
    ) -> None:
        """Write a text beside each corner, out of the bend, or its first word in a small map.

        The words appear after the next `update`.
        """
        small = scale.em(chart.SMALL_EM)
        if len(texts) * line_height(small) > _CROWDED * self._box.height:
            texts = [text.split()[0] for text in texts]
        self._to_label = (tuple(texts), scale)
        if self._to_label != self._labelled:
            return
        for corner, box in zip(self._track.corners, self._labels, strict=True):
            middle = (box.left + box.width / 2, box.top + box.height / 2)
            pygame.draw.aaline(surface, _LEADER, self.place(corner.apex_m), middle)
        for box, text, colour in zip(self._labels, texts, colours, strict=True):
            fill_rounded(surface, box, _WORD_BACK, box.height / 4)
            write_line(surface, text, box, TextStyle(small, colour), Align.CENTRE)

    def update(self) -> None:
        """Find room for the words that are to be written: that has a frame of its own."""
        self._know_line()
        if self._to_label is not None and self._to_label != self._labelled:
            self._labels = self._room_for(*self._to_label)
            self._labelled = self._to_label

    def _know_line(self) -> Array:
        """Return the line in the world, shape (`PIECES` + 1, 2)."""
        if self._line_m is None:
            self._line_m = self._track.centreline.position(self._s_m)
        return self._line_m

    def _room_for(self, texts: Sequence[str], scale: TextScale) -> list[Box]:
        """Return boxes beside the corners, below what is written at the upper edge."""
        small = scale.em(chart.SMALL_EM)
        sizes = [(line_width(text, small) + scale.em(0.5), line_height(small)) for text in texts]
        corners = self._track.corners
        at = [round(corner.apex_m / self._track.length_m * PIECES) % PIECES for corner in corners]
        sides = np.array([-1.0 if corner.inside == "left" else 1.0 for corner in corners])
        top = scale.em(1.8)
        room = self._box._replace(top=self._box.top + top, height=self._box.height - top)
        outward = self._normals[at] * -sides[:, None]
        return place_labels(self._places[at], outward, self._places, sizes, room)

    def _update_ground(self) -> None:
        """Draw the ground again while more of it arrives: after 16, 32, 64, ... frames, too."""
        far = next(self._opening, 1.0)
        self._frames += 1
        again = self._frames >= _AGAIN_FRAMES and self._frames & (self._frames - 1) == 0
        if self._ground is not None and far == self._shown and not again:
            return
        self._shown, self._picture = far, None
        self._ground = pygame.Surface((self._view.width, self._view.height))
        self._venue.world_view.draw(self._ground, self._view)
        self._ground.fill(_DIMMED, special_flags=pygame.BLEND_RGB_MULT)

    def _drawn(self, scale: TextScale, pieces: Sequence[MapPiece]) -> pygame.Surface:
        """Return the line on the ground, with round corners."""
        assert self._ground is not None
        picture = self._ground.convert_alpha()
        places = self._places - (self._box.left, self._box.top)
        left, top = (places.min(axis=0) - _AROUND_PX).astype(int).tolist()
        right, bottom = (places.max(axis=0) + _AROUND_PX).astype(int).tolist()
        size = (right - left, bottom - top)
        large = pygame.Surface((size[0] * _FINER, size[1] * _FINER), pygame.SRCALPHA)
        large.fill((*_EDGE, 0))
        self._draw_line(large, (places - (left, top)) * _FINER, pieces)
        picture.blit(pygame.transform.smoothscale(large, size), (left, top))
        mask = pygame.Surface(picture.get_size(), pygame.SRCALPHA)
        fill_rounded(mask, Box(0, 0, *picture.get_size()), (255, 255, 255), scale.em(0.35))
        picture.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return picture

    def _draw_line(self, large: pygame.Surface, places: Array, pieces: Sequence[MapPiece]) -> None:
        """Draw the line: its dark rim, a bright one where it stands out, its colours, the start."""
        for level in range(1 + self._track.frames.has_bridges):
            self._draw_pieces(large, places, pieces, level)
        self._mark_start(large, places)

    def _draw_pieces(
        self, large: pygame.Surface, places: Array, pieces: Sequence[MapPiece], level: int
    ) -> None:
        """Draw the line on a level of the road: on the bridges over all that is below them."""
        step_m = self._track.length_m / PIECES
        levels = [self._track.level_at((number + 0.5) * step_m) for number in range(PIECES)]
        runs = []
        for (piece, on), numbers in groupby(range(PIECES), key=lambda at: (pieces[at], levels[at])):
            at = list(numbers)
            if on == level:
                runs.append((piece, at[0], at[-1] + 1))
        layers = (
            [(first, last, piece.width / 2 + _RIM_PX, _EDGE) for piece, first, last in runs],
            [
                (first, last, piece.width / 2 + _RIM_PX, palette.BRIGHT)
                for piece, first, last in runs
                if piece.lit
            ],
            [(first, last, piece.width / 2, piece.colour) for piece, first, last in runs],
        )
        for first, last, half, colour in chain(*layers):
            middle = places[first : last + 1]
            aside = _FINER * half * self._normals[first : last + 1]
            edge = [*(middle + aside).tolist(), *(middle - aside)[::-1].tolist()]
            pygame.draw.polygon(large, colour, edge)

    def _mark_start(self, large: pygame.Surface, places: Array) -> None:
        """Draw a bar across the line where the lap begins, and the way it goes."""
        place, across = places[0], self._normals[0]
        ahead, px = np.array([across[1], -across[0]]), _FINER * _START_PX
        ends = [(place + side * 2.0 * px * across).tolist() for side in (-1.0, 1.0)]
        pygame.draw.line(large, palette.BRIGHT, ends[0], ends[1], 2 * _FINER)
        foot = place + 4.0 * px * across
        tip = (foot + 2.0 * px * ahead, foot - px * (ahead - across), foot - px * (ahead + across))
        pygame.draw.polygon(large, palette.BRIGHT, [corner.tolist() for corner in tip])
