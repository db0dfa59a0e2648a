"""A painted car at several scales, each the average of a finer one, so that no detail flickers."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from game.app.car.livery import Livery
from game.app.car.paint import Painted, paint_car
from game.app.car.shape import PIXELS_PER_M, Array

LEVELS: Final = tuple(PIXELS_PER_M * 2.0 ** (-0.5 * index) for index in range(8))


@cache
def painted_levels(livery: Livery) -> tuple[Painted, ...]:
    """The car at each of `LEVELS`, finest first."""
    levels = [paint_car(livery)]
    for index, scale in enumerate(LEVELS[1:], start=1):
        source = max(index - 2, 0)
        ratio = scale / LEVELS[source]
        levels.append(Painted(*(averaged(field, ratio) for field in levels[source])))
    return tuple(levels)


def level_for(pixels_per_m: float) -> int:
    """The coarsest level that need not be enlarged."""
    finer = [index for index, scale in enumerate(LEVELS) if scale >= pixels_per_m]
    return finer[-1] if finer else 0


def averaged(field: Array, ratio: float) -> Array:
    """The field, shape (w, h) or (w, h, n), with `ratio` times as many pixels, its middle kept."""
    across, down = (_weights(size, ratio) for size in field.shape[:2])
    layers = field if field.ndim == 3 else field[..., None]
    fewer = np.tensordot(across, layers, (1, 0))
    fewer = np.moveaxis(np.tensordot(down, fewer, (1, 1)), 0, 1)
    return np.ascontiguousarray(fewer if field.ndim == 3 else fewer[..., 0])


def _weights(size: int, ratio: float) -> Array:
    """What share each old pixel has in each new one, shape (new, old)."""
    new = max(round(size * ratio), 1)
    edges = (np.arange(new + 1) - 0.5 * new) / ratio + 0.5 * size
    old = np.arange(size)
    overlap = np.minimum(edges[1:, None], old + 1) - np.maximum(edges[:-1, None], old)
    share: Array = (np.clip(overlap, 0.0, None) * ratio).astype(np.float32)
    return share
