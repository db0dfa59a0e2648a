"""Follow the centreline as a curve: place, heading and curvature at any distance, and back."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from game.arrays import Array, Indices
from game.track.elements import Element, Pose, curvature_at, pose_after, poses
from game.track.frenet import project_on_arc
from game.track.nearest import nearest_points
from game.track.pose_arrays import poses_after
from game.trig import direction
from game.trig_arrays import directions

Offset = TypeVar("Offset", float, Array)  # to the left of the centreline, metres

_SEARCH_STEP_M = 2.0  # shorter than any corner is wide, for a search without a hint


@dataclass(frozen=True)
class Centreline:
    """Holds a closed chain of elements. Distances `s_m` along it may be any number: they wrap."""

    start: Pose
    elements: tuple[Element, ...]
    length_m: float = field(init=False)
    _starts_m: Array = field(init=False, repr=False)
    _poses: tuple[Pose, ...] = field(init=False, repr=False)
    _starts_1pm: Array = field(init=False, repr=False)
    _slopes_1pm2: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Add up the lengths and poses of the chain once."""
        starts_m = np.cumsum([0.0, *(element.length_m for element in self.elements)])
        object.__setattr__(self, "length_m", float(starts_m[-1]))
        object.__setattr__(self, "_starts_m", starts_m[:-1])
        object.__setattr__(self, "_poses", tuple(poses(self.start, self.elements)))
        start, end, length = (
            np.array([element[column] for element in self.elements], float) for column in (2, 3, 1)
        )
        object.__setattr__(self, "_starts_1pm", start)
        object.__setattr__(self, "_slopes_1pm2", (end - start) / length)

    @property
    def end(self) -> Pose:
        """Return the pose at the end of the chain: `start`, a full turn later, if it closes."""
        return self._poses[-1]

    def pose(self, s_m: float) -> Pose:
        """Return the exact place and heading at one distance."""
        s_m %= self.length_m
        index = bisect_right(self._starts_m, s_m) - 1
        return pose_after(
            self._poses[index], self.elements[index], s_m - self._starts_m[index].item()
        )

    def position(self, s_m: npt.ArrayLike) -> Array:
        """Return the places at distances of shape (n,), metres, shape (n, 2)."""
        return self.poses(s_m)[:, :2]

    def poses(self, s_m: npt.ArrayLike) -> Array:
        """Return the poses at distances of shape (n,), shape (n, 3): the bits of `pose` at each."""
        index, along_m = self._locate(np.asarray(s_m, float).ravel())
        starts = np.array(self._poses, float)[index]
        return poses_after(starts, *self._curvatures(index), along_m)

    def heading_rad(self, s_m: npt.ArrayLike) -> Array:
        """Return headings at distances of shape (n,), anticlockwise, continuous within the lap."""
        index, along_m = self._locate(s_m)
        start_1pm, slope_1pm2 = self._curvatures(index)
        begin_rad = np.array([pose.heading_rad for pose in self._poses])[index]
        return begin_rad + along_m * (start_1pm + 0.5 * slope_1pm2 * along_m)

    def curvature_1pm(self, s_m: npt.ArrayLike) -> Array:
        """Return the curvatures at distances of shape (n,), 1/m, positive in left turns."""
        index, along_m = self._locate(s_m)
        start_1pm, slope_1pm2 = self._curvatures(index)
        return start_1pm + slope_1pm2 * along_m

    def point(self, s_m: float, offset_m: Offset) -> tuple[Offset, Offset]:
        """Return the place at a distance along and an offset to the left, or at many offsets."""
        pose = self.pose(s_m)
        tangent = direction(pose.heading_rad)
        return pose.x_m - offset_m * tangent.sin, pose.y_m + offset_m * tangent.cos

    def points(self, s_m: npt.ArrayLike, offset_m: npt.ArrayLike) -> Array:
        """Return the places at distances and offsets of shape (n,), shape (n, 2)."""
        s, offset = np.broadcast_arrays(np.asarray(s_m, float), np.asarray(offset_m, float))
        at, aside_m = self.poses(s), offset.ravel()
        tangent = directions(at[:, 2])
        return np.column_stack([at[:, 0] - aside_m * tangent.sin, at[:, 1] + aside_m * tangent.cos])

    def project(self, x_m: float, y_m: float, hint_s_m: float | None = None) -> tuple[float, float]:
        """Return the distance along (0..length) and the offset of a place.

        The search walks downhill from the hint, so that where the track nears itself it stays on
        the hint's part; without a hint it finds the nearest part of all.
        """
        s_m = self._nearest(x_m, y_m) if hint_s_m is None else hint_s_m
        offset_m = 0.0
        for _ in range(100):
            pose = self.pose(s_m)
            tangent = direction(pose.heading_rad)
            dx_m, dy_m = x_m - pose.x_m, y_m - pose.y_m
            along_m = dx_m * tangent.cos + dy_m * tangent.sin
            left_m = dy_m * tangent.cos - dx_m * tangent.sin
            projection = project_on_arc(0.0, self._curvature(s_m), along_m, left_m)
            offset_m = projection.offset_m
            step_m = min(max(projection.s_m, -10.0), 10.0)
            s_m += step_m
            if abs(step_m) < 1e-10:
                break
        s_m %= self.length_m  # may round up to the length itself: -1e-14 % 4005.0 is 4005.0
        return (s_m if s_m < self.length_m else 0.0), offset_m

    def _nearest(self, x_m: float, y_m: float) -> float:
        count = math.ceil(self.length_m / _SEARCH_STEP_M)
        s_m = np.arange(count) * (self.length_m / count)
        (index,) = nearest_points(np.array([x_m]), np.array([y_m]), self.position(s_m)).tolist()
        return float(s_m[index])

    def _curvature(self, s_m: float) -> float:
        s_m %= self.length_m
        index = bisect_right(self._starts_m, s_m) - 1
        return curvature_at(self.elements[index], s_m - self._starts_m[index].item())

    def _locate(self, s_m: npt.ArrayLike) -> tuple[Indices, Array]:
        s = np.mod(np.asarray(s_m, float), self.length_m)
        index = np.searchsorted(self._starts_m, s, side="right") - 1
        return index, s - self._starts_m[index]

    def _curvatures(self, index: Indices) -> tuple[Array, Array]:
        """Return the start curvature and its change per metre of the elements at the indices."""
        return self._starts_1pm[index], self._slopes_1pm2[index]
