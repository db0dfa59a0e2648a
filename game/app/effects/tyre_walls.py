"""Let tyre walls give way under a hit and spring back: seen only, the physics' walls stand."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
import pygame

from game.app.effects.contact import FrameContact
from game.app.objects.walls import (
    BELT_WIDE_M,
    TYRE_M,
    belt_colour,
    belt_line,
    draw_tyre,
    tyre_places,
)
from game.app.view.camera import View
from game.arrays import Array
from game.track.track import Track

_NEAR_M: Final = 1.6  # from the hit to the wall, at most
_REACH_M: Final = (1.1, 3.4)  # of a light and of a hard hit
_HIT_FROM: Final = 0.03  # of the hardest contact
_PUSH_MPS: Final = 9.0  # of the tyres in the middle, by the hardest contact
_SCATTER: Final = 0.35  # of their speed, each its own way
_STIFF_PS2: Final = 70.0
_DAMPED_PS: Final = 4.6
_MAX_M: Final = 0.95  # that a tyre moves
_STILL_M: Final = 0.012
_STILL_MPS: Final = 0.08
_BED: Final = (32, 29, 26)  # where a tyre stood
_MIN_PX: Final = 2.0  # radius of a tyre that is worth drawing
_SEED: Final = 41


class TyreWalls:
    """Keeps how far each tyre stack of one circuit has been pushed from its place."""

    def __init__(self, track: Track) -> None:
        belts = [belt_line(wall) for wall in track.walls if wall.kind == "tyres"]
        belts = [line for line in belts if len(line) > 1]
        tyres_m = tyre_places(track)
        self._tyres = len(tyres_m)
        self._places_m = np.concatenate([tyres_m, *belts])
        # Each piece of a belt joins two points; there is none from one belt to the next.
        starts = np.cumsum([self._tyres, *(len(line) for line in belts)])
        spans = itertools.pairwise(starts.tolist())
        self._pieces = np.array([at for begin, end in spans for at in range(begin, end - 1)], int)
        self._numbers = np.array([at for line in belts for at in range(len(line) - 1)], int)
        self._moved_m = np.zeros_like(self._places_m)
        self._velocity_mps = np.zeros_like(self._places_m)
        self._moving = np.zeros(0, int)
        self._random = np.random.default_rng(_SEED)

    @property
    def moving(self) -> int:
        """Return how many pieces are not at rest in their places."""
        return len(self._moving)

    def hit(self, contact: FrameContact) -> None:
        """Push the tyres that a contact reaches."""
        if contact.share < _HIT_FROM or not len(self._places_m):
            return
        away_m = np.hypot(*(self._places_m - contact.place_m).T)
        if away_m.min() > _NEAR_M:
            return
        reach_m = _REACH_M[0] + (_REACH_M[1] - _REACH_M[0]) * contact.share
        found = np.flatnonzero(away_m < reach_m + _NEAR_M)
        share = np.clip(1.0 - away_m[found] / (reach_m + _NEAR_M), 0.0, 1.0)
        speed = _PUSH_MPS * np.sqrt(contact.share) * share
        stray = _SCATTER * self._random.standard_normal((len(found), 2))
        self._velocity_mps[found] += speed[:, None] * (contact.direction + stray)
        self._moving = np.union1d(self._moving, found)

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""
        found = self._moving
        if not len(found) or frame_s <= 0.0:
            return
        velocity = self._velocity_mps[found]
        moved = self._moved_m[found]
        # Implicit in the spring, so that a long frame is stable.
        velocity = (velocity - frame_s * _STIFF_PS2 * moved) / (
            1.0 + frame_s * _DAMPED_PS + frame_s * frame_s * _STIFF_PS2
        )
        moved = moved + frame_s * velocity
        far = np.maximum(np.hypot(moved[:, 0], moved[:, 1]) / _MAX_M, 1.0)
        moved /= far[:, None]
        still = (np.abs(moved).max(axis=1) < _STILL_M) & (np.abs(velocity).max(axis=1) < _STILL_MPS)
        moved[still] = velocity[still] = 0.0
        self._moved_m[found], self._velocity_mps[found] = moved, velocity
        self._moving = found[~still]

    def rest(self) -> None:
        """Put everything back into its place at once."""
        self._moved_m[:] = self._velocity_mps[:] = 0.0
        self._moving = np.zeros(0, int)

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Draw what has moved, over the picture of it in its place."""
        radius = 0.5 * TYRE_M * view.pixels_per_m
        if not len(self._moving) or radius < _MIN_PX:
            return
        now_m = self._places_m + self._moved_m
        tyres = self._moving[self._moving < self._tyres]
        for x, y in _on_screen(view, self._places_m[tyres]):
            pygame.draw.circle(surface, _BED, (x, y), 1.08 * radius)
        pieces = np.flatnonzero(
            np.isin(self._pieces, self._moving) | np.isin(self._pieces + 1, self._moving)
        )
        width = max(round(BELT_WIDE_M * view.pixels_per_m), 1)
        for places_m, bed in ((self._places_m, True), (now_m, False)):
            if not bed:
                for middle in _on_screen(view, now_m[tyres]):
                    draw_tyre(surface, middle, radius)
            begins = _on_screen(view, places_m[self._pieces[pieces]])
            ends = _on_screen(view, places_m[self._pieces[pieces] + 1])
            numbers = self._numbers[pieces].tolist()
            for begin, end, number in zip(begins, ends, numbers, strict=True):
                colour = _BED if bed else belt_colour(number)
                pygame.draw.line(surface, colour, begin, end, width + 2 * bed)


def _on_screen(view: View, places_m: Array) -> list[tuple[int, int]]:
    places = (view.to_screen(x_m, y_m) for x_m, y_m in places_m.tolist())
    return [(round(x), round(y)) for x, y in places]
