"""Sample the ground beside the centreline: bands of surfaces on each side, and paved areas."""

from dataclasses import dataclass

import numpy as np

from game.arrays import Array
from game.track.profiles import along_lap, ribbon, trapezium
from game.track.track_file import CompleteGround, PitLaneEntry, Profile, Side, Strip


@dataclass(frozen=True)
class Bands:
    """Holds the edges of the ground at the samples.

    `left_m` and `right_m` are distances from the centreline, (n, 5): tarmac, kerb, painted run-off,
    gravel inner, gravel outer; the paved edges are offsets, (n,).
    """

    left_m: Array
    right_m: Array
    paved_left_m: Array
    paved_right_m: Array


def sample_bands(
    ground: CompleteGround, pit_lane: PitLaneEntry | None, s_m: Array, length_m: float
) -> Bands:
    """Return the bands at distances, (n,). Raises ValueError where gravel covers the track."""
    _refuse_covered(ground, s_m, length_m)
    return sketch_bands(ground, pit_lane, s_m, length_m)


def sketch_bands(
    ground: CompleteGround, pit_lane: PitLaneEntry | None, s_m: Array, length_m: float
) -> Bands:
    """Return the bands at distances of shape (n,); gravel on the track is left out."""
    paved = [
        [(s, right, left) for s, right, left in area.edges_m if right <= left]
        for area in ground.paved
    ]
    if pit_lane is not None:
        paved.append(
            [(s, mid - 0.5 * width, mid + 0.5 * width) for s, mid, width in pit_lane.path_m]
        )
    paved_right_m, paved_left_m = ribbon(s_m, paved, length_m)
    return Bands(
        _side(ground, "left", s_m, length_m),
        _side(ground, "right", s_m, length_m),
        paved_left_m,
        paved_right_m,
    )


def profile(s_m: Array, value: Profile, length_m: float) -> Array:
    """Return a profile of the file at distances of shape (n,)."""
    if isinstance(value, list):
        return along_lap(s_m, value, length_m)
    return np.full_like(s_m, value)


def _side(ground: CompleteGround, side: Side, s_m: Array, length_m: float) -> Array:
    width = ground.left_m if side == "left" else ground.right_m
    tarmac_m = profile(s_m, width, length_m)
    kerb_m = tarmac_m + _strips(ground.kerbs, side, s_m, length_m)
    paint_m = kerb_m + _strips(ground.paint, side, s_m, length_m)
    inner_m, outer_m = _gravel(ground, side, s_m, length_m)
    inner_m = np.maximum(inner_m, paint_m)
    return np.column_stack([tarmac_m, kerb_m, paint_m, inner_m, np.maximum(inner_m, outer_m)])


def _gravel(ground: CompleteGround, side: Side, s_m: Array, length_m: float) -> tuple[Array, Array]:
    """Return the inner and the outer edges of the gravel on a side, as the file states them."""
    return ribbon(s_m, [trap.edges_m for trap in ground.gravel if trap.side == side], length_m)


def _refuse_covered(ground: CompleteGround, s_m: Array, length_m: float) -> None:
    """Raise ValueError where gravel covers the track."""
    sides: tuple[Side, Side] = ("left", "right")
    for side in sides:
        inner_m, outer_m = _gravel(ground, side, s_m, length_m)
        paint_m = _side(ground, side, s_m, length_m)[:, 2]
        covered = (outer_m > inner_m) & (inner_m < paint_m - 1e-9)
        if covered.any():
            at = int(np.argmax(covered))
            raise ValueError(
                f"gravel on the {side} at {s_m[at]:.0f} m begins {inner_m[at]:.2f} m from the"
                f" centre line, inside the track's edge at {paint_m[at]:.2f} m: move it outwards"
            )


def _strips(strips: list[Strip], side: Side, s_m: Array, length_m: float) -> Array:
    width_m = np.zeros_like(s_m)
    for strip in strips:
        if strip.side == side:
            shape = trapezium(s_m, strip.from_m, strip.to_m, strip.taper_m, length_m)
            width_m = np.maximum(width_m, strip.width_m * shape)
    return width_m
