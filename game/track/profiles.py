"""Interpolate values that are given at some distances along the lap at others.

Only elementwise numpy arithmetic, which rounds equally on every machine; `numpy.interp` need not.
"""

from collections.abc import Sequence

import numpy as np

from game.arrays import Array


def along_lap(s_m: Array, knots: Sequence[tuple[float, float]], length_m: float) -> Array:
    """Return the closed smooth curve through (s, value) knots, at distances of shape (n,)."""
    ordered = sorted(knots, key=_place)  # two at one place stay as they are: down or up a step
    around = [
        *((s - length_m, value) for s, value in ordered[-2:]),
        *ordered,
        *((s + length_m, value) for s, value in ordered[:2]),
    ]
    return through(s_m, np.array([s for s, _ in around]), np.array([value for _, value in around]))


def _place(knot: tuple[float, float]) -> float:
    return knot[0]


def through(s_m: Array, at_m: Array, values: Array) -> Array:
    """Return the smooth curve through `values` at rising distances `at_m`, at others, (n,).

    Between two knots it stays between their values: cubic Hermite with harmonic mean slopes,
    Fritsch and Butland (1984). Two knots at the same place make a step.
    """
    span_m = np.diff(at_m)
    secant = np.where(span_m > 0.0, np.diff(values) / np.where(span_m > 0.0, span_m, 1.0), 0.0)
    product = secant[:-1] * secant[1:]
    total = secant[:-1] + secant[1:]
    inner = np.where(product > 0.0, 2.0 * product / np.where(product > 0.0, total, 1.0), 0.0)
    slope = np.concatenate([secant[:1], inner, secant[-1:]])
    right = np.clip(np.searchsorted(at_m, s_m, side="right"), 1, len(at_m) - 1)
    left = right - 1
    width_m = span_m[left]
    u = (s_m - at_m[left]) / np.where(width_m > 0.0, width_m, 1.0)
    rise = u * u * (3.0 - 2.0 * u)
    bend = u * (1.0 - u) * ((1.0 - u) * slope[left] - u * slope[right])
    curve: Array = values[left] + rise * (values[right] - values[left]) + width_m * bend
    return curve


def unrolled(distances_m: Sequence[float], length_m: float) -> list[float]:
    """Return distances in driving order as a rising sequence, counted on past the line."""
    rising = [distances_m[0]]
    for distance_m in distances_m[1:]:
        rising.append(rising[-1] + (distance_m - rising[-1]) % length_m)
    return rising


def into_lap(s_m: Array, start_m: float, length_m: float) -> Array:
    """Return distances counted on from `start_m`, shape (n,): those before it are a lap later."""
    return start_m + np.mod(s_m - start_m, length_m)


def trapezium(s_m: Array, from_m: float, to_m: float, taper_m: float, length_m: float) -> Array:
    """Return 1 from `from_m` to `to_m`, tapered at both ends within, 0 elsewhere, shape (n,)."""
    span_m = (to_m - from_m) % length_m
    inside_m = np.mod(s_m - from_m, length_m)
    end_m = np.minimum(inside_m, span_m - inside_m)
    if taper_m <= 0.0:
        return np.where(end_m >= 0.0, 1.0, 0.0)
    return np.minimum(np.maximum(end_m / taper_m, 0.0), 1.0)


def ribbon(
    s_m: Array, patches: Sequence[Sequence[tuple[float, float, float]]], length_m: float
) -> tuple[Array, Array]:
    """Return two edges of patches given as (s, one edge, other edge) knots in driving order.

    Between patches both edges run together from the middle of one's end to the middle of the
    next's beginning. Returns two arrays of shape (n,), zeros if there are no patches.
    """
    if not patches:
        return np.zeros_like(s_m), np.zeros_like(s_m)
    ends = [
        (knot[0] % length_m, 0.5 * (knot[1] + knot[2]))
        for patch in patches
        for knot in (patch[0], patch[-1])
    ]
    one = along_lap(s_m, ends, length_m)
    other = one.copy()
    for patch in patches:
        at_m = np.array(unrolled([knot[0] for knot in patch], length_m))
        here_m = into_lap(s_m, at_m[0].item(), length_m)
        inside = here_m <= at_m[-1]
        one[inside] = through(here_m[inside], at_m, np.array([knot[1] for knot in patch]))
        other[inside] = through(here_m[inside], at_m, np.array([knot[2] for knot in patch]))
    return one, other
