"""Draw low growth on open ground: bushes in clumps, each lit by the sun and with its shadow."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.noise import hashed
from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import smoothstep
from game.app.canvas.sun import SUN_SHADOW
from game.app.objects.planting import waves
from game.app.objects.tree_sprites import VARIANTS, tree_sprites
from game.app.surfaces.landscape import BushPlan, layout_seed
from game.arrays import Array, Indices

_SEED: Final = 700
_MIN_PIXELS_PER_M: Final = 1.5  # below, bushes are less than three pixels wide
_WAVES: Final = 9
_CLUMPED: Final = (-0.7, 1.5)  # levels of the waves from no bush at all to the densest clump
_SHADOW: Final = (0, 0, 0, 105)  # of 255
_SHADOW_REACHES: Final = (0.8, 0.0)  # of a shadow and of the bush itself, in its heights
_SMALL: Final = 1.8  # power of a random share: most bushes are small
_SIDE_STEP_PX: Final = 2  # between the sides that a picture is made in


class _Bushes(NamedTuple):
    """Holds places, shape (n, 2), radii and kinds of pictures, shape (n,)."""

    places_m: Array
    radii_m: Array
    kinds: Indices


class BushPainter:
    """Draws the bushes of a landscape; each stands where its place alone says."""

    def __init__(self, plan: BushPlan, seed: int) -> None:
        self._plan = plan
        self._seed = layout_seed(_SEED, seed)
        self._reach_m = 2.0 * max(each.radius_m[1] for each in plan.species)
        self._sized: dict[tuple[int, int], tuple[pygame.Surface, pygame.Surface]] = {}

    def overlay(self, piece: Piece) -> Overlay | None:
        """Return the bushes of a piece; None where it is too coarse for them or has none."""
        if piece.pixels_per_m < _MIN_PIXELS_PER_M:
            return None
        bushes = self._growing_in(piece)
        if not len(bushes.kinds):
            return None
        overlay = Overlay(piece)
        self._draw(overlay.surface, overlay.fine, bushes)
        return overlay

    def _growing_in(self, piece: Piece) -> _Bushes:
        """Return what grows in a piece or reaches into it."""
        plan = self._plan
        low = np.array([piece.west_m, piece.south_m]) - self._reach_m
        first = np.floor(low / plan.spacing_m).astype(int)
        last = np.ceil((low + piece.side_m + 2.0 * self._reach_m) / plan.spacing_m).astype(int)
        grid = np.meshgrid(np.arange(first[0], last[0]), np.arange(first[1], last[1]))
        column, row = (axis.ravel() for axis in grid)
        random = [hashed(column, row, self._seed + kind).astype(float) for kind in range(5)]
        places = (np.column_stack([column, row]) + np.column_stack(random[:2])) * plan.spacing_m
        field = waves(places, np.random.default_rng(self._seed), plan.clump_m, _WAVES)
        clumped = smoothstep(field, *_CLUMPED)
        grown = random[2] < plan.density * clumped
        places, clumped = places[grown], clumped[grown]
        size, kind = random[3][grown], random[4][grown]
        count = len(plan.species)
        kinds = np.floor(kind * count * VARIANTS).astype(np.intp)
        low_m, high_m = np.array([each.radius_m for each in plan.species])[kinds % count].T
        radii_m = low_m + (high_m - low_m) * size**_SMALL * (0.5 + 0.5 * clumped)
        return _Bushes(places, radii_m, kinds)

    def _draw(self, surface: pygame.Surface, fine: Piece, bushes: _Bushes) -> None:
        """Draw all shadows, and over them the bushes, the largest last."""
        heights = np.array([each.height for each in self._plan.species])
        heights_m = bushes.radii_m * heights[bushes.kinds % len(heights)]
        sides = np.round(2.0 * bushes.radii_m * fine.pixels_per_m / _SIDE_STEP_PX).astype(int)
        sides = np.maximum(sides * _SIDE_STEP_PX, _SIDE_STEP_PX)
        order = np.argsort(sides, kind="stable")
        names = zip(bushes.kinds[order].tolist(), sides[order].tolist(), strict=True)
        pictures = [self._pictures(kind, side) for kind, side in names]
        for which, reach in enumerate(_SHADOW_REACHES):
            places_m = bushes.places_m + reach * heights_m[:, None] * np.array(SUN_SHADOW)
            corners = _in_world(places_m, sides, fine)[order].tolist()
            pairs = zip(pictures, corners, strict=True)
            surface.fblits(
                [(pair[which], corner) for pair, corner in pairs], pygame.BLEND_PREMULTIPLIED
            )

    def _pictures(self, kind: int, side: int) -> tuple[pygame.Surface, pygame.Surface]:
        """Return a bush's shadow and the bush, in so many pixels."""
        if (kind, side) not in self._sized:
            sprite = tree_sprites(self._plan.species)[kind]
            shadow = pygame.transform.smoothscale(sprite.shadow, (side, side))
            shadow.fill(_SHADOW, special_flags=pygame.BLEND_RGBA_MULT)
            crown = pygame.transform.smoothscale(sprite.crown, (side, side))
            self._sized[kind, side] = shadow, crown
        return self._sized[kind, side]


def _in_world(places_m: Array, sides: Indices, fine: Piece) -> Indices:
    """Return upper left corners in whole pixels of the world, so that pieces round alike."""
    left = round(fine.west_m * fine.pixels_per_m)
    top = round(-(fine.south_m + fine.side_m) * fine.pixels_per_m)
    middles = np.column_stack([places_m[:, 0], -places_m[:, 1]]) * fine.pixels_per_m
    corners = np.floor(middles - 0.5 * sides[:, None] + 0.5).astype(int) - (left, top)
    return np.asarray(corners, np.intp)
