"""Draw the trees around a circuit, with the shadows they cast."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from game.app.canvas.patches import Piece
from game.app.canvas.sun import SUN_SHADOW
from game.app.objects.planting import planted
from game.app.objects.site import Site
from game.app.objects.tree_sprites import tree_sprites
from game.app.surfaces.country import Country
from game.arrays import Indices

_REACH_M: Final = 11.0  # of a tree with its shadow


class Trees:
    """Draws all trees of a circuit."""

    def __init__(self, site: Site, country: Country) -> None:
        """Place trees where the site is free."""
        look = country.look.trees
        plants = planted(country, site.low_m, site.high_m)
        chosen = np.flatnonzero(site.is_free(plants.places_m, look.clear_m))
        order = chosen[np.argsort(plants.radii_m[chosen], kind="stable")]
        self.places_m, self.radii_m = plants.places_m[order], plants.radii_m[order]
        self.kinds = plants.kinds[order]
        heights = np.array([species.height for species in look.species])
        self._heights_m = self.radii_m * heights[self.kinds % len(look.species)]
        self._pictures = tree_sprites(look.species)
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
        places_m = self.places_m[found] + self._heights_m[found, None] * np.array(shift)
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
