"""Keep a painted car at several scales, each averaged from a finer one: no detail flickers."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np

from game.app.car.livery import Livery
from game.app.car.paint import Painted, paint_car
from game.app.car.shape import PIXELS_PER_M, CarBody
from game.arrays import FloatArray

_KEPT: Final = 16  # painted cars: who looks through all numbers does not fill the memory
LEVELS: Final = tuple(PIXELS_PER_M * 2.0 ** (-0.5 * index) for index in range(8))


@lru_cache(maxsize=_KEPT)
def painted_levels(livery: Livery, car: CarBody) -> tuple[Painted, ...]:
    """Return the car at each of `LEVELS`, finest first."""
    levels = [paint_car(livery, car)]
    for index, scale in enumerate(LEVELS[1:], start=1):
        source = max(index - 2, 0)
        ratio = scale / LEVELS[source]
        levels.append(Painted(*(averaged(field, ratio) for field in levels[source])))
    return tuple(levels)


def level_for(pixels_per_m: float) -> int:
    """Return the coarsest level that need not be enlarged."""
    finer = [index for index, scale in enumerate(LEVELS) if scale >= pixels_per_m]
    return finer[-1] if finer else 0


def averaged(field: FloatArray, ratio: float) -> FloatArray:
    """Return a field, (w, h) or (w, h, n), with `ratio` times as many pixels, its middle kept."""
    across = _fewer_rows(field, ratio)
    return np.ascontiguousarray(_fewer_rows(across.swapaxes(0, 1), ratio).swapaxes(0, 1))


def _fewer_rows(field: FloatArray, ratio: float) -> FloatArray:
    """Average rows: each new one is the mean of the old ones it covers, at its ends in part."""
    size = len(field)
    new = max(round(size * ratio), 1)
    edges = (np.arange(new + 1) - 0.5 * new) / ratio + 0.5 * size
    first = np.floor(edges[:-1]).astype(int)
    rows = np.zeros((new, *field.shape[1:]), dtype=np.float32)
    for index in range(math.ceil(1.0 / ratio) + 1):
        old = first + index
        overlap = np.minimum(edges[1:], old + 1) - np.maximum(edges[:-1], old)
        share = (np.clip(overlap, 0.0, None) * ratio).astype(np.float32)
        share = share.reshape(-1, *[1] * (field.ndim - 1))
        rows += share * field[np.clip(old, 0, size - 1)]
    return rows
