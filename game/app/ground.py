"""Paints pieces of the world: ground, circuit, walls, buildings, trees, and their shadows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pygame

from game.app.patches import Piece
from game.app.shapes import circuit_shapes
from game.app.textures import Textures, lay, make_textures
from game.app.trees import SUN_SHADOW, plant, tree_sprites
from game.track.track import Track

_FINER: Final = 2  # pieces are painted so much larger and scaled down smoothly
_SHADOW_COARSER: Final = 4  # shadows are painted smaller, which makes their edges soft
_SHADOW: Final = (138, 142, 158)
_WALL_HEIGHT_M: Final = 1.0
_BUILDING_HEIGHT_M: Final = 7.0
_TREE_HEIGHT: Final = 1.5  # of its radius
_TREE_REACH_M: Final = 9.0  # of a tree with its shadow
_LARGEST_TREE_M: Final = 4.0


class GroundPainter:
    """Paints any square of a circuit at any of its scales, a little at a time."""

    def __init__(self, track: Track) -> None:
        self._shapes = circuit_shapes(track)
        self._trees = plant(track)
        self._tree_sprites = tree_sprites()
        self._sized_trees: dict[tuple[int, int], pygame.Surface] = {}
        self._textures: dict[float, Textures] = {}

    def paint(self, piece: Piece) -> Iterator[pygame.Surface | None]:
        """Paint step by step: nothing after each step, and the picture at the end."""
        fine = Piece(
            piece.west_m, piece.south_m, piece.pixels_per_m * _FINER, piece.pixels * _FINER
        )
        textures = self._textures_at(fine.pixels_per_m)
        left = round(fine.west_m * fine.pixels_per_m)
        top = round(-(fine.south_m + fine.side_m) * fine.pixels_per_m)
        canvas = pygame.Surface((fine.pixels, fine.pixels))
        lay(textures.grass, canvas, left, top)
        yield None
        for patches, detail in (
            (self._shapes.loose, textures.loose),
            (self._shapes.hard, textures.hard),
        ):
            layer = pygame.Surface((fine.pixels, fine.pixels), pygame.SRCALPHA)
            if patches.draw(layer, fine):
                yield None
                lay(detail, layer, left, top, pygame.BLEND_RGB_MULT)
                canvas.blit(layer, (0, 0))
            yield None
        self._shade(canvas, piece)
        yield None
        self._shapes.buildings.draw(canvas, fine)
        self._shapes.walls.draw(canvas, fine)
        self._stack_tyres(canvas, fine)
        yield None
        self._grow(canvas, fine)
        yield None
        yield pygame.transform.smoothscale(canvas, (piece.pixels, piece.pixels)).convert()

    def _textures_at(self, pixels_per_m: float) -> Textures:
        if pixels_per_m not in self._textures:
            self._textures[pixels_per_m] = make_textures(pixels_per_m)
        return self._textures[pixels_per_m]

    def _shade(self, canvas: pygame.Surface, piece: Piece) -> None:
        """Darken where walls, buildings and trees keep the sun off."""
        coarse = Piece(
            piece.west_m,
            piece.south_m,
            piece.pixels_per_m / _SHADOW_COARSER,
            piece.pixels // _SHADOW_COARSER,
        )
        light = pygame.Surface((coarse.pixels, coarse.pixels))
        light.fill((255, 255, 255))
        drawn = 0
        for patches, height_m in (
            (self._shapes.wall_shadows, _WALL_HEIGHT_M),
            (self._shapes.building_shadows, _BUILDING_HEIGHT_M),
        ):
            for share in (0.35, 0.7, 1.0):
                shift_m = (SUN_SHADOW[0] * height_m * share, SUN_SHADOW[1] * height_m * share)
                drawn += patches.draw(light, coarse, shift_m)
        for index in self._trees.near(piece, _TREE_REACH_M):
            radius_m = float(self._trees.radii_m[index])
            for share in (0.5, 1.0):
                shift = np.array(SUN_SHADOW) * radius_m * _TREE_HEIGHT * share
                place = coarse.to_pixels(self._trees.places_m[index : index + 1] + shift)[0]
                pygame.draw.circle(light, (0, 0, 0), place, 0.92 * radius_m * coarse.pixels_per_m)
            drawn += 1
        if drawn:
            lift = pygame.Surface(light.get_size())
            lift.fill(_SHADOW)
            light.blit(lift, (0, 0), special_flags=pygame.BLEND_RGB_MAX)
            soft = pygame.transform.smoothscale(light, canvas.get_size())
            canvas.blit(soft, (0, 0), special_flags=pygame.BLEND_RGB_MULT)

    def _stack_tyres(self, canvas: pygame.Surface, fine: Piece) -> None:
        places = self._shapes.tyres_m
        low = np.array([fine.west_m, fine.south_m]) - 1.0
        inside = np.all((places >= low) & (places <= low + fine.side_m + 2.0), axis=1)
        radius = 0.31 * fine.pixels_per_m
        for index in np.flatnonzero(inside).tolist():
            middle = fine.to_pixels(places[index : index + 1])[0]
            colour = self._shapes.tyre_colours[index]
            pygame.draw.circle(canvas, [round(c * 0.6) for c in colour], middle, radius * 1.12)
            pygame.draw.circle(canvas, colour, middle - 0.08 * radius, radius)
            pygame.draw.circle(canvas, (22, 22, 24), middle, radius * 0.45)

    def _grow(self, canvas: pygame.Surface, fine: Piece) -> None:
        for index in self._trees.near(fine, _LARGEST_TREE_M):
            side = max(2, round(2.1 * float(self._trees.radii_m[index]) * fine.pixels_per_m))
            sprite = self._sized_tree(int(self._trees.kinds[index]), side)
            middle = fine.to_pixels(self._trees.places_m[index : index + 1])[0]
            canvas.blit(sprite, middle - 0.5 * side)

    def _sized_tree(self, kind: int, side: int) -> pygame.Surface:
        side = side // 4 * 4 + 4
        if (kind, side) not in self._sized_trees:
            scaled = pygame.transform.smoothscale(self._tree_sprites[kind], (side, side))
            self._sized_trees[kind, side] = scaled
        return self._sized_trees[kind, side]
