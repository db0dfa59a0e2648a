"""Draw scrapes: what a car's body leaves on the walls and the ground that it touches."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from game.app.canvas.patches import Piece
from game.app.effects.contact import FrameContact
from game.app.effects.strokes import NO_STROKES, IsHidden, Strokes, StrokeStore, stamp
from game.arrays import FloatArray

_KEPT: Final = 1500
_MAX_ON_A_TILE: Final = 300
_FINER: Final = 2
_JUMP_M: Final = 3.0  # from place to place of one scrape, at most
_STEP_M: Final = 0.15
_WIDE_M: Final = (0.16, 0.42)  # light and hard
_BEYOND_M: Final = 0.22  # the car's outline: on the face of what it touched
_DARK: Final = (0.25, 0.72)
_PAINT: Final = (46.0, 44.0, 42.0)  # bright metal in the middle of a hard scrape, added
_GOUGES: Final = 7  # around a hard blow
_GOUGE_M: Final = (0.5, 1.7)
_GOUGED_FROM: Final = 0.2
_SEED: Final = 31


class Scrapes:
    """Draws the scrapes of one car on a circuit."""

    def __init__(self) -> None:
        self._store = StrokeStore(_KEPT)
        self._end_m: FloatArray | None = None
        self._random = np.random.default_rng(_SEED)

    def __len__(self) -> int:
        return len(self._store)

    def update(self, contact: FrameContact | None, is_hidden: IsHidden | None = None) -> Strokes:
        """Follow a contact from frame to frame, and return the strokes drawn since.

        is_hidden: says where something above hides the ground.
        """
        if contact is None:
            self._end_m = None
            return NO_STROKES
        end_m = contact.place_m + _BEYOND_M * contact.direction
        before_m, self._end_m = self._end_m, end_m
        parts = []
        if before_m is None:
            if contact.share > _GOUGED_FROM:
                parts = self._gouges(end_m, contact.share)
        elif _STEP_M < math.dist(before_m, end_m) < _JUMP_M:
            parts = [_stroke(before_m, end_m, contact.share, 1.0)]
            if contact.share > _GOUGED_FROM:
                parts.append(_stroke(before_m, end_m, contact.share, 0.3, _PAINT))
        elif before_m is not None and math.dist(before_m, end_m) <= _STEP_M:
            self._end_m = before_m
        if not parts:
            return NO_STROKES
        strokes = Strokes(*(np.concatenate(each) for each in zip(*parts, strict=True)))
        strokes = strokes.seen(is_hidden)
        self._store.add(strokes)
        return strokes

    def draw_onto(self, picture: pygame.Surface, piece: Piece) -> None:
        """Draw all scrapes that there are onto a fresh picture of a piece of ground."""
        strokes = self._store.touching(piece, _MAX_ON_A_TILE)
        if len(strokes.corners_m):
            stamp(picture, piece, strokes, _FINER)

    def forget_motion(self) -> None:
        """End the scrape: the car is put elsewhere."""
        self._end_m = None

    def _gouges(self, middle_m: FloatArray, share: float) -> list[Strokes]:
        """Return the marks of a blow, in all directions from its place."""
        parts = []
        for _ in range(round(_GOUGES * (0.5 + 0.5 * share))):
            direction_rad = self._random.uniform(0.0, 2.0 * math.pi)
            length_m = share * self._random.uniform(*_GOUGE_M)
            end_m = middle_m + length_m * np.array(
                [math.cos(direction_rad), math.sin(direction_rad)]
            )
            parts.append(_stroke(middle_m, end_m, 0.8 * share, 0.5))
        return parts


def _stroke(
    begin_m: FloatArray,
    end_m: FloatArray,
    share: float,
    width: float,
    lift: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> Strokes:
    """Return a stroke from place to place; width is a share of what a hard contact leaves."""
    direction = end_m - begin_m
    direction /= max(math.hypot(*direction.tolist()), 1e-6)
    half = 0.5 * width * (_WIDE_M[0] + (_WIDE_M[1] - _WIDE_M[0]) * share)
    aside = half * np.array([-direction[1], direction[0]])
    over = 0.5 * half * direction  # so that strokes join
    corners = np.array(
        [
            begin_m - over + aside,
            end_m + over + aside,
            end_m + over - aside,
            begin_m - over - aside,
        ]
    )
    dark = _DARK[0] + (_DARK[1] - _DARK[0]) * share
    tint = 255.0 * (1.0 - dark) if lift == (0.0, 0.0, 0.0) else 255.0
    return Strokes(
        corners[None],
        np.full((1, 3), tint).astype(np.uint8),
        (share * np.array([lift])).astype(np.uint8),
    )
