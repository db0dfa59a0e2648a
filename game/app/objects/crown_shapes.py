"""Make the shapes of what grows and lies on the land, as heights over a square seen from above."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.surfaces.landscape import Species
from game.arrays import Array, FloatArray

SIDE: Final = 128  # pixels of a picture
GOLDEN_ANGLE_RAD: Final = 2.399963  # which fills a disc

_AXIS: Final = (np.arange(SIDE) + 0.5) / (0.5 * SIDE) - 1.0
_TIERS: Final = 6  # of branches of a conifer
_FACES: Final = 9  # of a stone
_RIM: Final = 0.36  # height at which a picture's opacity begins


def heights(species: Species, rng: np.random.Generator) -> Array:
    """Return the height over the base, as a share of the radius; about 0 beside the shape."""
    return _SHAPES[species.shape](species, rng)


def _broadleaf(species: Species, rng: np.random.Generator) -> Array:
    """Return clumps of leaves as balls."""
    height = np.zeros((SIDE, SIDE))
    for clump in range(species.clumps):
        direction_rad = GOLDEN_ANGLE_RAD * clump + rng.uniform(-0.4, 0.4)
        away = 0.76 * math.sqrt((clump + 0.5) / species.clumps) * rng.uniform(0.85, 1.08)
        radius = species.clump * rng.uniform(0.75, 1.2)
        foot = 0.70 * math.sqrt(max(0.0, 1.0 - away * away)) * rng.uniform(0.85, 1.1)
        across, down = (
            _AXIS - away * math.cos(direction_rad),
            _AXIS - away * math.sin(direction_rad),
        )
        part = _within(down, radius), _within(across, radius)
        depth = radius * radius - down[part[0], None] ** 2 - across[part[1]] ** 2
        ball = foot + np.sqrt(np.maximum(depth, 0.0))
        height[part] = np.maximum(height[part], np.where(depth > 0.0, ball, 0.0))
    return height


def _within(places: FloatArray, radius: float) -> slice:
    """Return which of some rising places are within a radius; at least one of them is."""
    within = np.flatnonzero(np.abs(places) < radius)
    return slice(int(within[0]), int(within[-1]) + 1)


def _conifer(species: Species, rng: np.random.Generator) -> Array:
    """Return tiers of branches, narrower towards the top, ragged at their ends."""
    away = np.hypot(_AXIS[:, None], _AXIS)
    direction_rad = np.arctan2(_AXIS[:, None], _AXIS + 0.0 * _AXIS[:, None])
    height = np.zeros((SIDE, SIDE))
    for tier in range(_TIERS):
        reach = 0.93 - 0.15 * tier
        spokes, turn_rad = species.clumps - tier, rng.uniform(0.0, 6.28)
        ragged = np.abs(np.sin(0.5 * spokes * direction_rad + turn_rad))
        ragged = (
            1.0 - 0.34 * ragged - 0.10 * (1.0 + np.sin(3.0 * direction_rad + rng.uniform(0, 6.28)))
        )
        edge = reach * ragged
        bough = 0.42 + 0.11 * tier + 0.10 * (1.0 - away / np.maximum(edge, 0.05))
        height = np.maximum(height, np.where(away < edge, bough, 0.0))
    return height


def _palm(species: Species, rng: np.random.Generator) -> Array:
    """Return fronds that arch from the middle."""
    height = np.zeros((SIDE, SIDE))
    for frond in range(species.clumps):
        direction_rad = 2.0 * math.pi * frond / species.clumps + rng.uniform(-0.18, 0.18)
        reach = rng.uniform(0.80, 0.97)
        along = _AXIS * math.cos(direction_rad) + _AXIS[:, None] * math.sin(direction_rad)
        across = np.abs(_AXIS[:, None] * math.cos(direction_rad) - _AXIS * math.sin(direction_rad))
        share = np.clip(along / reach, 0.0, 1.0)
        half = species.clump * np.sqrt(share * (1.0 - share) + 0.02)
        arch = 0.92 - 0.42 * share * share - 0.7 * across
        height = np.maximum(height, np.where((along > 0.0) & (across < half), arch, 0.0))
    return height


def _stone(_species: Species, rng: np.random.Generator) -> Array:
    """Return a lump with a flat top and faces all around."""
    top = rng.uniform(0.62, 0.78)
    height = np.full((SIDE, SIDE), top)
    for face in range(_FACES):
        direction_rad = 2.0 * math.pi * (face + rng.uniform(-0.3, 0.3)) / _FACES
        steep, reach = rng.uniform(0.5, 1.8), rng.uniform(0.62, 0.92)
        away = _AXIS * math.cos(direction_rad) + _AXIS[:, None] * math.sin(direction_rad)
        height = np.minimum(height, _RIM + steep * (reach - away))
    return np.asarray(np.maximum(height, 0.0))


_SHAPES: Final = {"broadleaf": _broadleaf, "conifer": _conifer, "palm": _palm, "stone": _stone}
