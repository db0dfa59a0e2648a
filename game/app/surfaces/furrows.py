"""Plough furrows that cars left in the gravel: two to a car, from where it left the road."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.canvas.noise import GRAVEL_GRAIN, GRAVEL_SMALL, GrainLayer
from game.app.canvas.overlay import Overlay, overlay_of
from game.app.canvas.patches import Drawing, Patches, Piece, joined, line_patches
from game.app.canvas.sheet import Sheet
from game.app.ui.palette import Colour
from game.arrays import Array, FloatArray
from game.track.corners import Corner
from game.track.track import Track

_SEED: Final = 29
_CARS: Final = 5  # a corner
_DEEP: Final[Colour] = (150, 132, 102)
_RIDGE: Final[Colour] = (224, 210, 182)
_HALF_TRACK_M: Final = 0.8
_WIDTHS_M: Final = (0.34, 0.16)  # of a furrow, and of the ridge beside it
_STEP_M: Final = 1.5

_FURROW_GRAIN: Final = GrainLayer(seed=101)


class Furrows:
    """Holds the furrows in all gravel traps of a track."""

    def __init__(self, track: Track) -> None:
        rng = np.random.default_rng(_SEED)
        paths = [path for corner in track.corners for path in _paths(track, corner, rng)]
        self._drawing = Drawing(joined([_furrows(path) for path in paths]))

    def overlay(self, piece: Piece) -> Overlay | None:
        """Return the furrows in a piece; None if there are none."""
        return overlay_of(piece, [self._drawing])


def paint_furrows(sheet: Sheet, furrows: Overlay | None, gravel: FloatArray) -> None:
    """Paint the furrows where there is gravel, a share of each pixel."""
    if furrows is None or not furrows.touches(sheet):
        return
    rough = 0.62 + 0.22 * sheet.noise(GRAVEL_SMALL) + 0.30 * (sheet.grain(GRAVEL_GRAIN) - 0.5)
    tone = 1.0 + 0.20 * (sheet.grain(_FURROW_GRAIN) - 0.5)
    furrows.blend_onto(sheet, gravel * np.clip(rough, 0.15, 0.9), tone)


def _paths(track: Track, corner: Corner, rng: np.random.Generator) -> list[Array]:
    """Return the paths, (n, 2), of cars that went straight on into the trap of a corner."""
    side = -1.0 if corner.inside == "left" else 1.0
    edges_m = track.band_edges("left" if side > 0.0 else "right")
    paths = []
    for _ in range(_CARS):
        s_m = corner.turn_in_m + rng.uniform(0.15, 0.85) * (corner.exit_m - corner.turn_in_m)
        length_m, drift_rad, bend_1pm = (
            rng.uniform(14.0, 34.0),
            rng.uniform(0.1, 0.5),
            0.012,
        )
        at = round(s_m / track.length_m * len(edges_m)) % len(edges_m)
        if edges_m[at, 4] - edges_m[at, 3] < 6.0:
            continue
        pose = track.centreline.pose(s_m)
        x_m, y_m = track.centreline.point(s_m, side * edges_m[at, 0])
        along_m = np.arange(0.0, length_m, _STEP_M)
        turns = pose.heading_rad + side * (drift_rad - rng.uniform(-1.0, 1.0) * bend_1pm * along_m)
        paths.append(
            np.column_stack(
                [
                    x_m + _STEP_M * np.cumsum(np.cos(turns)),
                    y_m + _STEP_M * np.cumsum(np.sin(turns)),
                ]
            )
        )
    return paths


def _furrows(path_m: Array) -> Patches:
    tangent = np.gradient(path_m, axis=0)
    tangent /= np.hypot(tangent[:, 0], tangent[:, 1])[:, None]
    aside = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    parts = []
    for wheel in (-1.0, 1.0):
        middle_m = path_m + wheel * _HALF_TRACK_M * aside
        ridge_m = middle_m + wheel * 0.5 * math.fsum(_WIDTHS_M) * aside
        parts.append(line_patches(ridge_m, _WIDTHS_M[1], _RIDGE, closed=False))
        parts.append(line_patches(middle_m, _WIDTHS_M[0], _DEEP, closed=False))
    return joined(parts)
