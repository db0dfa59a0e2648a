"""The line to drive: the least curvature within the track's edges, shortened a little.

Curvature squared is what a corner costs in speed, and length is what it costs in way; a long
corner is driven inside only because of the second. Each round linearises the curvature of the line
found so far and solves one convex quadratic problem with bounds (Heilmeier et al., Vehicle System
Dynamics 58 (2020), minimum curvature; Braghin et al., Computers & Structures 86 (2008), the mix).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.arrays import Array
from game.track.track import Track

_STATION_M = 3.0
_ROUNDS = 6
_SETTLED_M = 0.01  # a round that moves the line by less is the last
_PROBE_M = 1e-4  # to differentiate the curvature
_TIE_BREAK = 1e-9  # keeps straights, where any offset costs nothing, from wandering
_MARGIN_M = 0.15  # between a wheel's outer edge and the edge it may use
_KERB_SHARE = 0.8  # of a kerb's width that a wheel may use


@dataclass(frozen=True)
class RacingLine:
    """A closed line at stations evenly spaced along the centre line; all arrays have shape (n,)."""

    s_m: Array  # of the stations on the centre line
    offset_m: Array  # of the line from the centre line, positive to the left
    x_m: Array
    y_m: Array
    heading_rad: Array  # continuous; grows by a whole turn over the lap
    curvature_1pm: Array
    spacing_m: Array  # from each station to the next, along the line

    @property
    def length_m(self) -> float:
        """Length of the line."""
        return float(self.spacing_m.sum())


@dataclass(frozen=True)
class Corridor:
    """Where the middle of a car may go at each station; all arrays have shape (n,)."""

    s_m: Array
    x_m: Array
    y_m: Array
    normal_x: Array  # unit, to the left
    normal_y: Array
    left_m: Array  # largest offset
    right_m: Array  # smallest offset, mostly negative


def corridor(track: Track, car_width_m: float) -> Corridor:
    """The tarmac and a part of the kerbs, less half the car and a margin."""
    count = round(track.length_m / _STATION_M)
    s_m: Array = np.arange(count, dtype=np.float64) * (track.length_m / count)
    points_m = track.centreline.position(s_m)
    heading_rad = track.centreline.heading_rad(s_m)
    half_m = 0.5 * car_width_m + _MARGIN_M
    samples_m = np.arange(track.tables.sample_count + 1) * track.tables.step_m

    def reach(side: Array) -> Array:
        edge_m = side[:, 0] + _KERB_SHARE * (side[:, 1] - side[:, 0])
        reach_m: Array = np.interp(s_m, samples_m, np.append(edge_m, edge_m[0])) - half_m
        return reach_m

    return Corridor(
        s_m=s_m,
        x_m=points_m[:, 0],
        y_m=points_m[:, 1],
        normal_x=-np.sin(heading_rad),
        normal_y=np.cos(heading_rad),
        left_m=reach(track.band_edges("left")),
        right_m=-reach(track.band_edges("right")),
    )


def line_at(corridor: Corridor, offset_m: Array) -> RacingLine:
    """The line through the given offsets."""
    x_m = corridor.x_m + offset_m * corridor.normal_x
    y_m = corridor.y_m + offset_m * corridor.normal_y
    dx_m = np.roll(x_m, -1) - x_m
    dy_m = np.roll(y_m, -1) - y_m
    chord_rad = np.unwrap(np.arctan2(dy_m, dx_m))
    turn_rad = _wrapped(chord_rad - np.roll(chord_rad, 1))
    return RacingLine(
        s_m=corridor.s_m,
        offset_m=offset_m,
        x_m=x_m,
        y_m=y_m,
        heading_rad=chord_rad - 0.5 * turn_rad,
        curvature_1pm=_curvature(x_m, y_m),
        spacing_m=np.hypot(dx_m, dy_m),
    )


def min_curvature_line(corridor: Corridor, shortening: float) -> RacingLine:
    """The line of least squared curvature plus `shortening` (1/m**2) times its length."""
    offset_m = np.zeros(len(corridor.s_m))
    for _ in range(_ROUNDS):
        before_m = offset_m
        offset_m = _solve_round(corridor, offset_m, shortening)
        if np.abs(offset_m - before_m).max() < _SETTLED_M:
            break
    return line_at(corridor, offset_m)


def _solve_round(corridor: Corridor, offset_m: Array, shortening: float) -> Array:
    """The best offsets for the curvature linearised about `offset_m`."""
    from scipy import sparse

    count = len(offset_m)
    curvature, jacobian = linearised_curvature(corridor, offset_m)
    # Length to second order: half the squared length of each piece over its length.
    stretch_x, stretch_y = stretch(corridor.normal_x), stretch(corridor.normal_y)
    start_x, start_y = _step(corridor.x_m), _step(corridor.y_m)
    piece_m = np.hypot(start_x, start_y).mean()
    cost = shortening / (2.0 * piece_m**2)
    quadratic = (
        jacobian.T @ jacobian
        + cost * (stretch_x.T @ stretch_x + stretch_y.T @ stretch_y)
        + _TIE_BREAK * sparse.identity(count)
    )
    linear = jacobian.T @ (curvature - jacobian @ offset_m) + cost * (
        stretch_x.T @ start_x + stretch_y.T @ start_y
    )
    return least_within(quadratic, linear, corridor.right_m, corridor.left_m)


def least_within(quadratic: Any, linear: Array, low: Array, high: Array) -> Array:
    """The x of least x'Qx/2 + q'x within low..high, each shape (n,); Q sparse, shape (n, n)."""
    # Imported here: planning is rare, and the solver takes a while to load.
    import clarabel
    from scipy import sparse

    identity = sparse.identity(len(linear), format="csc")
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    solution = clarabel.DefaultSolver(
        sparse.triu(quadratic, format="csc"),
        linear,
        sparse.vstack([identity, -identity], format="csc"),
        np.concatenate([high, -low]),
        [clarabel.NonnegativeConeT(2 * len(linear))],
        settings,
    ).solve()
    found: Array = np.clip(np.asarray(solution.x), low, high)
    return found


def linearised_curvature(corridor: Corridor, offset_m: Array) -> tuple[Array, Any]:
    """Curvature at the stations, shape (n,), and its sparse slopes to the offsets, shape (n, n).

    A station's curvature depends on three offsets, so three probes, each moving every third
    station, give all slopes; the ends of a lap not divisible by three are probed by themselves.
    """
    from scipy import sparse

    x_m = corridor.x_m + offset_m * corridor.normal_x
    y_m = corridor.y_m + offset_m * corridor.normal_y
    base = _curvature(x_m, y_m)
    before = np.empty_like(base)
    here = np.empty_like(base)
    after = np.empty_like(base)
    count = len(base)
    whole = count - count % 3
    groups = [np.arange(phase, whole, 3) for phase in range(3)]
    groups += [np.array([station]) for station in range(whole, count)]
    for moved in groups:
        step = np.zeros(count)
        step[moved] = _PROBE_M
        change = (
            _curvature(x_m + step * corridor.normal_x, y_m + step * corridor.normal_y) - base
        ) / _PROBE_M
        here[moved] = change[moved]
        before[(moved + 1) % count] = change[(moved + 1) % count]
        after[(moved - 1) % count] = change[(moved - 1) % count]
    index = np.arange(count)
    return base, sparse.csc_matrix(
        (
            np.concatenate([before, here, after]),
            (
                np.concatenate([index, index, index]),
                np.concatenate([(index - 1) % count, index, (index + 1) % count]),
            ),
        )
    )


def stretch(normal: Array) -> Any:
    """The sparse matrix that gives each piece's change along one axis for a change of offsets."""
    from scipy import sparse

    count = len(normal)
    index = np.arange(count)
    return sparse.csc_matrix(
        (
            np.concatenate([-normal, np.roll(normal, -1)]),
            (np.concatenate([index, index]), np.concatenate([index, (index + 1) % count])),
        )
    )


def _step(value: Array) -> Array:
    return np.roll(value, -1) - value


def _curvature(x_m: Array, y_m: Array) -> Array:
    """Curvature of a closed polygon at its corners: turn by mean length, positive to the left."""
    dx_m = np.roll(x_m, -1) - x_m
    dy_m = np.roll(y_m, -1) - y_m
    length_m = np.hypot(dx_m, dy_m)
    back_x, back_y, back_m = np.roll(dx_m, 1), np.roll(dy_m, 1), np.roll(length_m, 1)
    turn_rad = np.arctan2(back_x * dy_m - back_y * dx_m, back_x * dx_m + back_y * dy_m)
    curvature: Array = turn_rad / (0.5 * (length_m + back_m))
    return curvature


def _wrapped(angle_rad: Array) -> Array:
    return (angle_rad + np.pi) % (2.0 * np.pi) - np.pi
