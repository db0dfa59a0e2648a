"""Light the pit lane when it is dark, before the pit buildings."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import pygame

from game.app.canvas.lamplight import shine_on
from game.app.canvas.patches import Piece
from game.app.canvas.warp import pixels_of
from game.arrays import Array
from game.track.track import Track

_APART_M: Final = 15.0  # estimate: two garages
_NEAR_M: Final = 32.0  # from a corner of a pit building's outline, or a place between two
_WIDE_M: Final = 4.4  # standard deviation of a lamp's light
_REACH_M: Final = 3.0 * _WIDE_M
_GAIN: Final = 1.3  # brightest, in times of the light there is
_POINTS: Final = 128  # of a picture's side, where light is worked out


class PitLights:
    """Holds the lamps over one circuit's pit lane."""

    def __init__(self, track: Track) -> None:
        self._places_m = _places_m(track)

    def __len__(self) -> int:
        return len(self._places_m)

    def light(self, picture: pygame.Surface, piece: Piece) -> None:
        """Lighten a picture of a piece of ground."""
        reach = np.full(2, _REACH_M)
        near = piece.touching(self._places_m - reach, self._places_m + reach)
        if not len(near):
            return
        step_m = piece.side_m / _POINTS
        along_m = (np.arange(_POINTS) + 0.5) * step_m
        east_m, north_m = piece.west_m + along_m, piece.south_m + piece.side_m - along_m
        light = np.zeros((_POINTS, _POINTS))
        for x_m, y_m in self._places_m[near].tolist():
            across, down = (
                np.exp(-0.5 * ((axis_m - at_m) / _WIDE_M) ** 2)
                for axis_m, at_m in ((east_m, x_m), (north_m, y_m))
            )
            light += down[:, None] * across
        strength = np.asarray(255.0 * np.clip(light, 0.0, 1.0), np.uint8)
        strength = np.asarray(cv2.resize(strength, picture.get_size()), np.uint8)
        shine_on(pixels_of(picture), strength, _GAIN)


def _places_m(track: Track) -> Array:
    """Return the lamps' places, shape (n, 2): over the lane, where a pit building is beside it."""
    outlines = [each.outline_m for each in track.buildings if each.kind == "pit_building"]
    if track.pit_lane is None or not outlines:
        return np.zeros((0, 2))
    lane_m = track.pit_lane.points_m
    far_m = np.cumsum(np.hypot(*np.diff(lane_m, axis=0, prepend=lane_m[:1]).T))
    at_m = np.arange(0.5 * _APART_M, far_m[-1], _APART_M)
    places_m = np.column_stack([np.interp(at_m, far_m, lane_m[:, axis]) for axis in (0, 1)])
    walls_m = np.concatenate([_walls(outline) for outline in outlines])
    away_m = np.hypot(*(places_m[:, None] - walls_m).transpose(2, 0, 1)).min(axis=1)
    near: Array = places_m[away_m < _NEAR_M]
    return near


def _walls(outline_m: Array) -> Array:
    """Return places along the walls of a building, its corners among them."""
    after = np.roll(outline_m, -1, axis=0)
    shares = np.linspace(0.0, 1.0, 16, endpoint=False)[:, None, None]
    return (outline_m + shares * (after - outline_m)).reshape(-1, 2)
