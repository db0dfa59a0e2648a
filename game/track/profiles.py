"""Values given at some distances along the lap, sampled at all.

Only elementwise numpy arithmetic, which rounds alike on every machine; `numpy.interp` need not.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def along_lap(s_m: Array, knots: Sequence[tuple[float, float]], length_m: float) -> Array:
    """The closed piecewise-linear curve through (s, value) knots, at distances of shape (n,)."""
    ordered = sorted(knots)
    (first_s, first), (last_s, last) = ordered[0], ordered[-1]
    at_m = np.array([last_s - length_m, *(s for s, _ in ordered), first_s + length_m])
    values = np.array([last, *(value for _, value in ordered), first])
    return _between(s_m, at_m, values)


def unrolled(distances_m: Sequence[float], length_m: float) -> list[float]:
    """Distances in driving order as a rising sequence: past the line they count on."""
    rising = [distances_m[0]]
    for distance_m in distances_m[1:]:
        rising.append(rising[-1] + (distance_m - rising[-1]) % length_m)
    return rising


def into_lap(s_m: Array, start_m: float, length_m: float) -> Array:
    """Distances counted on from `start_m`, shape (n,): those before it belong to the next lap."""
    return start_m + np.mod(s_m - start_m, length_m)


def trapezium(s_m: Array, from_m: float, to_m: float, taper_m: float, length_m: float) -> Array:
    """1 from `from_m` to `to_m` with tapers at both ends within them, 0 elsewhere, shape (n,)."""
    span_m = (to_m - from_m) % length_m
    inside_m = np.mod(s_m - from_m, length_m)
    end_m = np.minimum(inside_m, span_m - inside_m)
    if taper_m <= 0.0:
        return np.where(end_m >= 0.0, 1.0, 0.0)
    return np.minimum(np.maximum(end_m / taper_m, 0.0), 1.0)


def ribbon(
    s_m: Array, patches: Sequence[Sequence[tuple[float, float, float]]], length_m: float
) -> tuple[Array, Array]:
    """Two edges of patches given as (s, one edge, other edge) knots in driving order.

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
        one[inside] = _between(here_m[inside], at_m, np.array([knot[1] for knot in patch]))
        other[inside] = _between(here_m[inside], at_m, np.array([knot[2] for knot in patch]))
    return one, other


def _between(s_m: Array, at_m: Array, values: Array) -> Array:
    right = np.clip(np.searchsorted(at_m, s_m, side="right"), 1, len(at_m) - 1)
    left = right - 1
    span_m = at_m[right] - at_m[left]
    share = (s_m - at_m[left]) / np.where(span_m > 0.0, span_m, 1.0)
    return values[left] + share * (values[right] - values[left])
