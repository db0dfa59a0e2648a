"""Draw the trees around a circuit, with the shadows they cast."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.patches import Piece
from game.app.canvas.sun import ShadowCast
from game.app.canvas.warp import pixels_of
from game.app.objects.planting import planted
from game.app.objects.site import Site
from game.app.objects.tree_sprites import tree_sprites
from game.app.surfaces.country import Country
from game.arrays import Indices

_ALPHA: Final = 3  # among the bytes of a pixel
_SHADOW_FROM: Final = 0.4  # of a tree's height, where its crown begins
_SHADOW_STEPS: Final = 3  # that a crown's shadow is made of at noon; a longer one of more


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
        self._widest_m = float(self.radii_m.max(initial=0.0))
        self._tallest_m = float(self._heights_m.max(initial=0.0))
        self._pictures = tree_sprites(look.species)
        self._sized: dict[tuple[int, int, bool], pygame.Surface] = {}

    def draw(self, surface: pygame.Surface, piece: Piece) -> None:
        """Draw the crowns that touch a piece."""
        found = piece.touching(self.places_m, self.places_m, self._widest_m)
        self._blit(surface, piece, found, (0.0, 0.0), pygame.BLEND_PREMULTIPLIED)

    def crowns(self, piece: Piece) -> npt.NDArray[np.uint8] | None:
        """Return how much of each pixel crowns hide, 0..255; None if there are none."""
        if not len(piece.touching(self.places_m, self.places_m, self._widest_m)):
            return None
        surface = pygame.Surface((piece.pixels, piece.pixels), pygame.SRCALPHA, 32)
        self.draw(surface, piece)
        return np.asarray(cv2.extractChannel(pixels_of(surface), _ALPHA), np.uint8)

    def casts_shadow_on(self, piece: Piece, cast: ShadowCast) -> bool:
        """Return whether a shadow may fall on a piece."""
        return len(self._casting_on(piece, cast)) > 0

    def draw_shadows(self, surface: pygame.Surface, piece: Piece, cast: ShadowCast) -> None:
        """Draw the shadows of the trees that touch a piece, in white."""
        found = self._casting_on(piece, cast)
        stretch = max(cast.stretch, 1.0)
        steps = math.ceil(_SHADOW_STEPS * stretch)
        for share in np.linspace(_SHADOW_FROM / stretch, 1.0, steps).tolist():
            self._blit(surface, piece, found, (share * cast.east, share * cast.north), 0)

    def _casting_on(self, piece: Piece, cast: ShadowCast) -> Indices:
        reach_m = self._widest_m + self._tallest_m * math.hypot(cast.east, cast.north)
        return piece.touching(self.places_m, self.places_m, reach_m)

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
