"""Keep which ground is occupied: by the track up to its barriers, buildings, vehicles and words."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from game.app.surfaces.outermost_wall import outermost_wall_m
from game.arrays import Array, Mask
from game.track.track import Track
from game.track.track_file import Side

MARGIN_M: Final = 400.0  # around the circuit
_SIDES: Final[tuple[tuple[float, Side], ...]] = ((1.0, "left"), (-1.0, "right"))
_FOUR_SIDES: Final = np.array([[0.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
_CLEAR_M: Final = 3.5  # behind the barriers
_STEP_M: Final = 2.0  # between the samples whose corridor is drawn in one piece


class Site:
    """Maps a circuit and its surroundings, a metre a pixel."""

    def __init__(self, track: Track) -> None:
        """Begin with a site on which only the track occupies ground."""
        points = np.concatenate([wall.points_m for wall in track.walls])
        self.low_m = points.min(axis=0) - MARGIN_M
        self.high_m = points.max(axis=0) + MARGIN_M
        wide, high = np.ceil(self.high_m - self.low_m).astype(int).tolist()
        self._map = pygame.Surface((wide + 1, high + 1), depth=8)
        frames = track.frames
        left_m, right_m = (
            frames.along(
                side * (np.maximum(outermost_wall_m(track, side), edges_m[:, 2]) + _CLEAR_M)
            )
            for side, edges_m in ((side, track.band_edges(name)) for side, name in _SIDES)
        )
        count = len(frames.s_m)
        for begin in range(0, count, round(_STEP_M)):
            index = np.arange(begin, begin + round(_STEP_M) + 1) % count
            self.reserve(np.concatenate([left_m[index], right_m[index][::-1]]))

    def reserve(self, outline_m: Array, margin_m: float = 0.0) -> None:
        """Occupy the ground within an outline of shape (n, 2) and a margin around it."""
        outline = (outline_m - self.low_m).tolist()
        pygame.draw.polygon(self._map, 1, outline)
        if margin_m > 0.0:
            pygame.draw.lines(self._map, 1, True, outline, round(2.0 * margin_m))

    def is_free(self, points_m: Array, margin_m: float = 0.0) -> Mask:
        """Return whether points, (n, 2), and those a margin away to four sides are free.

        Beyond the map nothing is free.
        """
        taken = pygame.surfarray.pixels2d(self._map)
        free = np.ones(len(points_m), np.bool_)
        for shift_m in margin_m * _FOUR_SIDES if margin_m > 0.0 else _FOUR_SIDES[:1]:
            at = np.floor(points_m + shift_m - self.low_m).astype(int)
            inside = np.all((at >= 0) & (at < taken.shape), axis=1)
            at = np.clip(at, 0, np.array(taken.shape) - 1)
            free &= inside & (taken[at[:, 0], at[:, 1]] == 0)
        return free
