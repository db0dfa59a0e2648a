"""Read the arguments of a vector environment's `reset`, car by car."""

from __future__ import annotations

from collections.abc import Mapping
from operator import index
from typing import Any

import numpy as np

from game.arrays import Indices


def cars_of_mask(mask: Any, count: int) -> Indices:
    """Return the cars that a `reset_mask` names, or without one all. Raises ValueError for none."""
    if mask is None:
        return np.arange(count)
    chosen = np.asarray(mask)
    if chosen.shape != (count,) or chosen.dtype != bool or not chosen.any():
        raise ValueError(f"reset_mask is {mask}, expected True or False for each of {count} cars")
    return np.flatnonzero(chosen)


def options_by_car(options: Mapping[str, Any], count: int) -> list[dict[str, Any]]:
    """Return the options of each car, from values that are one for all or one for each.

    Raises ValueError for a wrong count of values.
    """
    by_car: list[dict[str, Any]] = [{} for _ in range(count)]
    for name, value in options.items():
        values = [value] * count if np.ndim(value) == 0 else list(value)
        if len(values) != count:
            raise ValueError(f"option '{name}': {len(values)} values for {count} cars")
        for of_car, one in zip(by_car, values, strict=True):
            of_car[name] = one
    return by_car


def seeds_by_car(seed: Any, count: int) -> list[int | None]:
    """Return the seed of each car: from one seed the first car's, the next car's is one higher.

    Raises ValueError for a wrong count of seeds.
    """
    if seed is None:
        return [None] * count
    if np.ndim(seed) == 0:
        return [index(seed) + car for car in range(count)]
    seeds = [None if one is None else index(one) for one in seed]
    if len(seeds) != count:
        raise ValueError(f"{len(seeds)} seeds for {count} cars")
    return seeds
