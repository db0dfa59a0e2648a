"""Plant trees around a circuit, wild and in orchards, with the shadows they cast."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.noise import hashed
from game.app.canvas.patches import Piece
from game.app.canvas.sun import SUN_SHADOW
from game.app.objects.site import Site
from game.app.objects.tree_sprites import ORANGE, SPECIES, tree_sprites
from game.app.surfaces.parcels import Parcels, Use, nearest_parcels
from game.arrays import Array

Indices = npt.NDArray[np.intp]

_SPACING_M: Final = 6.5
_FADE_M: Final = 110.0  # over which they get fewer at the margin's end
_CLEAR_M: Final = 4.0  # from what is taken
_SEED: Final = 11
_ORCHARD_M: Final = (5.0, 6.0)  # between trees of a row, between rows
_REACH_M: Final = 11.0  # of a tree with its shadow


class Trees:
    """All trees of a circuit, and how to draw them."""

    def __init__(self, site: Site, parcels: Parcels) -> None:
        """Place trees where the site is free."""
        wild = _wild(site.low_m, site.high_m, parcels)
        orchard = _orchards(site.low_m, site.high_m, parcels)
        places = np.concatenate([wild[0], orchard[0]])
        radii_m = np.concatenate([wild[1], orchard[1]])
        kinds = np.concatenate([wild[2], orchard[2]])
        chosen = np.flatnonzero(site.is_free(places, _CLEAR_M))
        order = chosen[np.argsort(radii_m[chosen], kind="stable")]
        self.places_m, self.radii_m, self.kinds = places[order], radii_m[order], kinds[order]
        self._pictures = tree_sprites()
        self._sized: dict[tuple[int, int, bool], pygame.Surface] = {}

    def draw(self, surface: pygame.Surface, piece: Piece) -> None:
        """Draw the crowns that touch a piece."""
        found = piece.touching(self.places_m, self.places_m, _REACH_M)
        self._blit(surface, piece, found, (0.0, 0.0), pygame.BLEND_PREMULTIPLIED)

    def casts_shadow_on(self, piece: Piece) -> bool:
        """Return whether a shadow may fall on a piece."""
        return len(piece.touching(self.places_m, self.places_m, _REACH_M)) > 0

    def draw_shadows(self, surface: pygame.Surface, piece: Piece) -> None:
        """Draw the shadows of the trees that touch a piece, in white."""
        found = piece.touching(self.places_m, self.places_m, _REACH_M)
        for share in (0.4, 0.7, 1.0):
            shift = (share * SUN_SHADOW[0], share * SUN_SHADOW[1])
            self._blit(surface, piece, found, shift, 0)

    def _blit(
        self,
        surface: pygame.Surface,
        piece: Piece,
        found: Indices,
        shift: tuple[float, float],
        flags: int,
    ) -> None:
        """Draw crowns, or shadows moved by a shift per metre of height."""
        heights_m = (
            self.radii_m[found]
            * np.array([s.height for s in SPECIES])[self.kinds[found] % len(SPECIES)]
        )
        places_m = self.places_m[found] + heights_m[:, None] * np.array(shift)
        # Whole pixels of the world, so that neighbouring pieces round in the same way.
        left = round(piece.west_m * piece.pixels_per_m)
        top = round(-(piece.south_m + piece.side_m) * piece.pixels_per_m)
        sides = np.maximum(2, np.round(2.0 * self.radii_m[found] * piece.pixels_per_m)).astype(int)
        corners = np.column_stack([places_m[:, 0], -places_m[:, 1]]) * piece.pixels_per_m
        corners = np.floor(corners - 0.5 * sides[:, None] + 0.5).astype(int) - (left, top)
        crowns = flags != 0
        trees = zip(self.kinds[found].tolist(), sides.tolist(), corners.tolist(), strict=True)
        surface.fblits(
            [(self._picture(kind, side, crowns), corner) for kind, side, corner in trees], flags
        )

    def _picture(self, kind: int, side: int, crown: bool) -> pygame.Surface:
        if side > 24:
            side = side // 4 * 4
        key = (kind, side, crown)
        if key not in self._sized:
            source = self._pictures[kind].crown if crown else self._pictures[kind].shadow
            self._sized[key] = pygame.transform.smoothscale(source, (side, side))
        return self._sized[key]


def _wild(low: Array, high: Array, parcels: Parcels) -> tuple[Array, Array, Indices]:
    """Return places, radii and kinds of the trees outside of orchards."""
    rng = np.random.default_rng(_SEED)
    columns, rows = (int(span / _SPACING_M) for span in high - low)
    x, y = np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij")
    jitter = rng.uniform(-0.42, 0.42, (columns * rows, 2))
    places = low + _SPACING_M * (np.column_stack([x.ravel(), y.ravel()]) + 0.5 + jitter)
    grove = _waves(places, rng, (60.0, 260.0), 9)
    likely = np.clip(0.24 + 0.28 * grove, 0.012, 0.85)
    edge = np.minimum(places - low, high - places).min(axis=1) / _FADE_M
    random = rng.random(len(places))
    chosen = random < likely * np.clip(edge, 0.0, 1.0)
    places, random = places[chosen], random[chosen]
    nearest, _, border_m = nearest_parcels(parcels, places[:, 0], places[:, 1])
    left = (parcels.uses[nearest] == Use.WILD) | (random < np.where(border_m < 3.0, 0.10, 0.004))
    places = places[left]
    sort = _waves(places, rng, (80.0, 200.0), 5) + rng.normal(0.0, 0.5, len(places))
    species = np.digitize(sort, (-0.55, 0.35, 1.1))
    min_m = np.array([each.min_radius_m for each in SPECIES])
    max_m = np.array([each.max_radius_m for each in SPECIES])
    spread = rng.random(len(places)) ** 1.5
    radii_m = min_m[species] + (max_m - min_m)[species] * spread
    variants = rng.integers(0, len(tree_sprites()) // len(SPECIES), len(places))
    return places, radii_m, (species + len(SPECIES) * variants).astype(np.intp)


def _orchards(low: Array, high: Array, parcels: Parcels) -> tuple[Array, Array, Indices]:
    """Return places, radii and kinds of the orange trees, which stand in rows."""
    places: list[Array] = [np.zeros((0, 2))]
    steps = np.arange(-20, 21)
    for index in np.flatnonzero(parcels.uses == Use.ORCHARD):
        along, across = np.meshgrid(steps * _ORCHARD_M[0], steps * _ORCHARD_M[1])
        cos, sin = math.cos(parcels.rows_rad[index]), math.sin(parcels.rows_rad[index])
        middle = parcels.middles_m[index]
        own = middle + np.column_stack(
            [(along * cos - across * sin).ravel(), (along * sin + across * cos).ravel()]
        )
        own = own[np.all((own > low) & (own < high), axis=1)]
        if not len(own):
            continue
        able = parcels.near(middle, middle)
        nearest, _, border_m = nearest_parcels(able, own[:, 0], own[:, 1])
        mine = np.all(able.middles_m[nearest] == middle, axis=1) & (border_m > 4.0)
        places.append(own[mine])
    all_m = np.concatenate(places)
    at = np.round(all_m * 10.0).astype(np.int64)
    random = [hashed(at[:, 0], at[:, 1], _SEED + kind).astype(float) for kind in range(3)]
    there = random[0] > 0.04
    radii_m = 1.45 + 0.65 * random[1]
    variants = np.floor(random[2] * (len(tree_sprites()) // len(SPECIES))).astype(np.intp)
    kinds = SPECIES.index(ORANGE) + len(SPECIES) * variants
    return all_m[there], radii_m[there], kinds[there]


def _waves(
    places: Array, rng: np.random.Generator, lengths_m: tuple[float, float], count: int
) -> Array:
    """Return a sum of waves of several lengths in all directions, of unit deviation, at
    each place.
    """
    field = np.zeros(len(places))
    for _ in range(count):
        way_rad = rng.uniform(0.0, 2.0 * math.pi)
        length_m = rng.uniform(*lengths_m)
        phase = rng.uniform(0.0, 2.0 * math.pi)
        across = places @ np.array([math.cos(way_rad), math.sin(way_rad)])
        field += np.sin(2.0 * math.pi * across / length_m + phase)
    return np.asarray(field * (2.0 / count) ** 0.5)
