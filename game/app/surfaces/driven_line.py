"""Sample the racing line around the lap: where it runs, how hard cars corner and brake on it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.app.surfaces.braking import braking
from game.arrays import Array, Indices
from game.bot.corridor import corridor
from game.bot.min_curvature_line import min_curvature_line
from game.bot.shipped_plan import plan_beside
from game.track.nearest import nearest_points
from game.track.tables import project
from game.track.track import Track
from game.vehicle.setup import default_setup
from game.vehicle.spec import load_car

_CAR_WIDTH_M: Final = 1.8
_LENGTH_WEIGHT_1PM2: Final = 6e-4  # with which the line is nearest to those of minimum time
_SAME_PLACE_M: Final = 0.1  # far above rounding, below what a change of a circuit moves
_TIGHT_M: Final = 40.0  # radius of a bend that counts in full
_SOFT_M: Final = 9.0  # over which tyres begin and cease to mark the road
_STRIDE: Final = 8  # samples, among which the nearest to a point is sought first
_STEPS: Final = 3  # then the one whose normal runs nearest to the point is approached
_CHORD: Final = 4  # samples from one point to the next, of three that make an arc


class DrivenLine(NamedTuple):
    """Holds the racing line at the samples of the centreline; arrays have the shape (n,)."""

    offset_m: Array
    cornering: Array  # -1..1, left positive
    braking: Array  # 0..1


def shipped_line(track: Track) -> Array | None:
    """Return the line of the plan that ships with a circuit, shape (n, 2); None without one.

    It is the same after a change of the program that the plan has not been worked out for again.
    """
    spec = load_car()
    plan = plan_beside(track, spec, default_setup(spec))
    if plan is None:
        return None
    line_m = np.column_stack([plan.x_m, plan.y_m])
    s_m = plan.station_m * np.arange(len(line_m))
    offset_m = np.interp(track.frames.s_m, s_m, plan.offset_m, period=track.length_m)
    # Elsewhere than on its own circuit a line has other offsets than its plan says.
    is_own = np.abs(line_offset(track, line_m) - offset_m).max() < _SAME_PLACE_M
    return line_m if is_own else None


def circuit_line(track: Track) -> Array:
    """Return the line that cars take on a circuit, whatever drives there now, shape (n, 2)."""
    shipped = shipped_line(track)
    if shipped is not None:
        return shipped
    line = min_curvature_line(corridor(track, _CAR_WIDTH_M), _LENGTH_WEIGHT_1PM2)
    return np.column_stack([line.x_m, line.y_m])


def driven_line(track: Track, line_m: Array | None) -> DrivenLine:
    """Return the driven line of a closed line of points, (n, 2), or else of the centreline."""
    frames = track.frames
    if line_m is None:
        offset_m, curvature_1pm = np.zeros_like(frames.s_m), frames.curvature_1pm
    else:
        offset_m = line_offset(track, line_m)
        curvature_1pm = _curvature(frames.along(offset_m))
    return DrivenLine(
        offset_m,
        np.clip(_TIGHT_M * curvature_1pm, -1.0, 1.0),
        _blurred(braking(curvature_1pm, frames.length_m), frames.length_m),
    )


def line_offset(track: Track, line_m: Array) -> Array:
    """Return the offset of a closed line, shape (n, 2), at the samples of the centreline."""
    frames = track.frames
    x_m, y_m = line_m.T
    count = len(frames.s_m)
    if frames.has_bridges:
        index = _followed(track, line_m)
    else:
        index = nearest_points(x_m, y_m, frames.places_m[::_STRIDE]) * _STRIDE
    for _ in range(_STEPS):
        ahead_m, _ = frames.from_samples(index, x_m, y_m)
        index = (index + np.round(ahead_m * count / frames.length_m).astype(int)) % count
    ahead_m, offset_m = frames.from_samples(index, x_m, y_m)
    s_m = frames.s_m[index] + ahead_m
    order = np.argsort(s_m)
    return np.asarray(np.interp(frames.s_m, s_m[order], offset_m[order], period=frames.length_m))


def _followed(track: Track, line_m: Array) -> Indices:
    """Return the nearest sample to each point of a line from the start line on, in its order.

    Where two roads cross, the nearest of all may lie on the other one.
    """
    index = [0]
    for x_m, y_m in line_m.tolist():
        index.append(project(track.tables, x_m, y_m, index[-1]).index)
    return np.array(index[1:])


def _curvature(points_m: Array) -> Array:
    """Return a closed line's curvature at its points, left positive, smoothed over metres."""
    before, after = np.roll(points_m, _CHORD, axis=0), np.roll(points_m, -_CHORD, axis=0)
    one, other = points_m - before, after - points_m
    cross = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    lengths = np.hypot(*one.T) * np.hypot(*other.T) * np.hypot(*(after - before).T)
    return np.asarray(2.0 * cross / np.maximum(lengths, 1e-9))


def _blurred(values: Array, length_m: float) -> Array:
    """Blur values around the lap over some metres."""
    cycles_1pm = np.fft.rfftfreq(len(values)) * (len(values) / length_m)
    weight = np.exp(-2.0 * np.square(np.pi * _SOFT_M * cycles_1pm))
    return np.asarray(np.fft.irfft(np.fft.rfft(values) * weight, n=len(values)))
