"""Plan buildings on the ground: places counted along a front and across to the back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.arrays import Array
from game.track.facilities import Building

_STEP_M = 5.0  # of an outline, so that it follows a bend
_BEYOND_M = 100.0


class Plot:
    """Plans a building; `along` is metres along its front, `across` metres behind it."""

    def __init__(self, building: Building) -> None:
        half = len(building.outline_m) // 2
        near_m = building.outline_m[:half]
        far_m = building.outline_m[half:][::-1]
        steps_m = np.hypot(*np.diff(near_m, axis=0).T)
        along_m = np.concatenate([[0.0], np.cumsum(steps_m)])
        depths_m = np.hypot(*(far_m - near_m).T)
        back = (far_m - near_m) / depths_m[:, None]
        self.length_m = float(along_m[-1])
        self.depth_m = float(depths_m.mean())
        first, last = near_m[0] - near_m[1], near_m[-1] - near_m[-2]
        before = near_m[0] + _BEYOND_M * first / np.hypot(*first)
        after = near_m[-1] + _BEYOND_M * last / np.hypot(*last)
        self._along_m = np.concatenate([[-_BEYOND_M], along_m, [self.length_m + _BEYOND_M]])
        outline_m = np.concatenate([[before], near_m, [after]])
        # Of every node along the front: its place, and the unit vector from there to the back.
        self._nodes = np.hstack([outline_m, np.concatenate([back[:1], back, back[-1:]])])
        self._slopes = np.diff(self._nodes, axis=0) / np.diff(self._along_m)[:, None]

    def points(self, along_m: npt.ArrayLike, across_m: npt.ArrayLike) -> Array:
        """Return places, shape (n, 2); beyond its ends the plan continues straight for some way."""
        along = np.atleast_1d(np.asarray(along_m, float))
        node = self._along_m[1:-1].searchsorted(along, "right")
        places = self._nodes[node] + (along - self._along_m[node])[:, None] * self._slopes[node]
        across = np.asarray(across_m, float).reshape(-1, 1)
        return np.asarray(places[:, :2] + across * places[:, 2:])

    def box(self, from_m: float, to_m: float, near_m: float, far_m: float) -> Array:
        """Return the outline of a rectangle of the plan, bent with it."""
        count = max(2, round((to_m - from_m) / _STEP_M) + 1)
        if count == 2:
            return self.points([from_m, to_m, to_m, from_m], [near_m, near_m, far_m, far_m])
        along = np.linspace(from_m, to_m, count)
        across = np.repeat([near_m, far_m], count)
        return self.points(np.concatenate([along, along[::-1]]), across)

    def small_boxes(
        self, from_m: Array, to_m: Array, near_m: npt.ArrayLike, far_m: npt.ArrayLike
    ) -> Array:
        """Return rectangles too small to bend, shape (n, 4, 2), of bounds of shape (n,)."""
        corners = [(from_m, near_m), (to_m, near_m), (to_m, far_m), (from_m, far_m)]
        return np.stack([self.points(along, across) for along, across in corners], axis=1)

    def pieces(self, from_m: float, to_m: float, near_m: float, far_m: float) -> list[Array]:
        """Return outlines of parts of a rectangle, some metres long: long polygons draw slowly."""
        cuts = np.linspace(from_m, to_m, max(1, round((to_m - from_m) / (4.0 * _STEP_M))) + 1)
        spans = zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
        return [self.box(begin_m, end_m, near_m, far_m) for begin_m, end_m in spans]
