"""Trees around a circuit: where they stand, and how they look from above under one sun."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.track.track import Track

Array = npt.NDArray[np.float64]

SUN_SHADOW: Final = (0.55, -0.62)  # metres east and north of a shadow per metre of height

_SPACING_M: Final = 6.5
_MARGIN_M: Final = 230.0  # around the circuit
_FADE_M: Final = 110.0  # over which they get fewer at the margin's end
_CLEAR_M: Final = 4.0  # behind a wall
_MAP_M: Final = 2.0  # a pixel of the map of where nothing may grow
_KINDS: Final = 9
_SPRITE_PX: Final = 192
_SEED: Final = 11


@dataclass(frozen=True)
class Trees:
    """Middles, shape (n, 2), crown radii and kinds, shape (n,)."""

    places_m: Array
    radii_m: Array
    kinds: npt.NDArray[np.intp]


def plant(track: Track) -> Trees:
    """Trees in groves wherever there is neither circuit nor building; the same every time."""
    generator = np.random.default_rng(_SEED)
    points = np.concatenate([wall.points_m for wall in track.walls])
    low, high = points.min(axis=0) - _MARGIN_M, points.max(axis=0) + _MARGIN_M
    columns, rows = (int(span / _SPACING_M) for span in high - low)
    x, y = np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij")
    places = np.column_stack([x.ravel(), y.ravel()]) + generator.uniform(
        -0.42, 0.42, (columns * rows, 2)
    )
    places = low + _SPACING_M * places
    free = _free(track, places, low, high)
    grove = _groves(places, generator)
    edge = np.minimum(places - low, high - places).min(axis=1) / _FADE_M
    chosen = free & (generator.random(len(places)) < grove * np.clip(edge, 0.0, 1.0))
    count = int(chosen.sum())
    radii = generator.uniform(1.6, 3.4, count) * (0.75 + 0.35 * grove[chosen])
    order = np.argsort(radii)
    return Trees(places[chosen][order], radii[order], generator.integers(0, _KINDS, count))


def _free(track: Track, places: Array, low: Array, high: Array) -> npt.NDArray[np.bool_]:
    """Whether nothing is built at the places: looked up on a small map."""
    size = tuple(int(span / _MAP_M) + 2 for span in high - low)
    built = pygame.Surface(size, depth=8)

    def on_map(points_m: Array) -> list[list[float]]:
        pixels: list[list[float]] = ((points_m - low) / _MAP_M).tolist()
        return pixels

    frames = track.frames
    reach = {side: np.zeros_like(frames.s_m) for side in (1.0, -1.0)}
    for wall in track.walls:
        side = 1.0 if wall.offset_m[0] > 0.0 else -1.0
        index = np.round(wall.s_m / track.length_m * len(frames.s_m)).astype(int) % len(frames.s_m)
        for one, other, a, b in zip(
            index[:-1], index[1:], wall.offset_m[:-1], wall.offset_m[1:], strict=True
        ):
            span = np.arange(one, one + (other - one) % len(frames.s_m) + 1) % len(frames.s_m)
            reach[side][span] = np.maximum(reach[side][span], max(abs(a), abs(b)) + _CLEAR_M)
    left_m, right_m = frames.along(reach[1.0]), frames.along(-reach[-1.0])
    count = len(frames.s_m)
    for begin in range(0, count, 2):
        index = np.arange(begin, begin + 3) % count
        outline = np.concatenate([left_m[index], right_m[index][::-1]])
        pygame.draw.polygon(built, 1, on_map(outline))
    for item in track.scenery:
        pygame.draw.polygon(built, 1, on_map(item.outline_m))
        pygame.draw.lines(built, 1, True, on_map(item.outline_m), round(16.0 / _MAP_M))
    at = ((places - low) / _MAP_M).astype(int)
    taken: npt.NDArray[np.bool_] = pygame.surfarray.array2d(built)[at[:, 0], at[:, 1]] == 0
    return taken


def _groves(places: Array, generator: np.random.Generator) -> Array:
    """How likely a tree is at each place: waves of several lengths in all directions."""
    field = np.zeros(len(places))
    for _ in range(9):
        way_rad = generator.uniform(0.0, 2.0 * math.pi)
        length_m = generator.uniform(60.0, 260.0)
        phase = generator.uniform(0.0, 2.0 * math.pi)
        across = places @ np.array([math.cos(way_rad), math.sin(way_rad)])
        field += np.sin(2.0 * math.pi * across / length_m + phase)
    likely: Array = np.clip(0.42 + 0.22 * field, 0.02, 0.95)
    return likely


def tree_sprites() -> list[pygame.Surface]:
    """One picture of each kind, its crown filling the picture."""
    generator = np.random.default_rng(_SEED)
    return [_sprite(generator, kind / (_KINDS - 1)) for kind in range(_KINDS)]


def _sprite(generator: np.random.Generator, warmth: float) -> pygame.Surface:
    """A crown of puffs, lower ones first, each lit from the north-west."""
    surface = pygame.Surface((_SPRITE_PX, _SPRITE_PX), pygame.SRCALPHA)
    middle = 0.5 * _SPRITE_PX
    crown = 0.48 * _SPRITE_PX
    base = np.array([52 + 34 * warmth, 84 + 16 * warmth, 40 + 2 * warmth])
    puffs = 58
    for puff in range(puffs):
        height = puff / puffs  # the later the higher and the nearer to the middle
        way_rad = generator.uniform(0.0, 2.0 * math.pi)
        away = crown * (1.0 - height) ** 0.7 * generator.uniform(0.45, 0.78)
        radius = crown * (0.30 - 0.14 * height) * generator.uniform(0.8, 1.15)
        x, y = middle + away * math.cos(way_rad), middle + away * math.sin(way_rad)
        lit = -(math.cos(way_rad) + math.sin(way_rad)) * away / crown * 0.22
        tone = base * (0.62 + 0.42 * height + lit) * generator.uniform(0.93, 1.07)
        for step, (shift, size) in enumerate(((0.0, 1.0), (0.16, 0.80), (0.30, 0.52))):
            colour = np.clip(tone * (0.80 + 0.18 * step), 0, 255)
            place = (x - shift * radius, y - shift * radius)
            pygame.draw.circle(surface, colour.astype(int).tolist(), place, size * radius)
    return surface
