"""Paints pieces of the world: ground, circuit, walls, buildings, trees, and their shadows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.ground.patches import Piece
from game.app.ground.shapes import circuit_shapes
from game.app.ground.textures import Textures, lay, make_textures
from game.app.ground.trees import SUN_SHADOW, plant, tree_sprites
from game.track.track import Track

_FINER: Final = 2  # pieces are painted so much larger and scaled down smoothly
_SHADOW_COARSER: Final = 4  # shadows are painted smaller, which makes their edges soft
_SHADOW: Final = (138, 142, 158)
_DETAILED_PIXELS_PER_M: Final = 4.0  # below, furrows are not seen
_NUMBER: Final = (244, 244, 238)
_NUMBER_ALPHA: Final = 150
_NUMBER_M: Final = 4.2  # height of a line of the font; its digits are two thirds of it
_NUMBER_FONT: Final = 160
_BATCH: Final = 60  # trees or tyres drawn in one go
_WALL_HEIGHT_M: Final = 1.0
_BUILDING_HEIGHT_M: Final = 7.0
_TREE_HEIGHT: Final = 1.5  # of its radius
_TREE_REACH_M: Final = 9.0  # of a tree with its shadow
_LARGEST_TREE_M: Final = 4.0


class GroundPainter:
    """Paints any square of a circuit at any of its scales, a little at a time."""

    def __init__(self, track: Track) -> None:
        self._shapes = circuit_shapes(track)
        self._numbers_m = _number_places(track)
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
        shapes = self._shapes
        detailed = piece.pixels_per_m >= _DETAILED_PIXELS_PER_M
        loose = (shapes.gravel, shapes.furrows) if detailed else (shapes.gravel,)
        for drawings, grain in ((loose, textures.loose), ((shapes.hard,), textures.hard)):
            if drawings[0].touches(fine):
                layer = pygame.Surface((fine.pixels, fine.pixels), pygame.SRCALPHA)
                for drawing in drawings:
                    yield from drawing.draw(layer, fine)
                lay(grain, layer, left, top, pygame.BLEND_RGB_MULT)
                canvas.blit(layer, (0, 0))
                yield None
        self._number_corners(canvas, fine)
        yield from self._shade(canvas, piece)
        yield from shapes.buildings.draw(canvas, fine)
        yield from shapes.walls.draw(canvas, fine)
        yield from self._stack_tyres(canvas, fine)
        yield from self._grow(canvas, fine)
        yield pygame.transform.smoothscale(canvas, (piece.pixels, piece.pixels)).convert()

    def prepare(self, pixels_per_m: Iterable[float]) -> None:
        """Make the textures of these scales now rather than when first needed."""
        for scale in pixels_per_m:
            self._textures_at(scale * _FINER)

    def _textures_at(self, pixels_per_m: float) -> Textures:
        if pixels_per_m not in self._textures:
            self._textures[pixels_per_m] = make_textures(pixels_per_m)
        return self._textures[pixels_per_m]

    def _number_corners(self, canvas: pygame.Surface, fine: Piece) -> None:
        """Numbers painted on the grass inside the apexes, upright as the view is."""
        places_m = self._numbers_m
        for index in fine.holds(places_m, places_m, _NUMBER_M).tolist():
            text = pygame.font.Font(None, _NUMBER_FONT).render(str(index + 1), True, _NUMBER)
            high = max(1, round(_NUMBER_M * fine.pixels_per_m))
            wide = max(1, round(high * text.get_width() / text.get_height()))
            text = pygame.transform.smoothscale(text, (wide, high))
            text.set_alpha(_NUMBER_ALPHA)
            place = fine.to_pixels(places_m[index : index + 1])[0]
            canvas.blit(text, text.get_rect(center=place.tolist()))

    def _shade(self, canvas: pygame.Surface, piece: Piece) -> Iterator[None]:
        """Darken where walls, buildings and trees keep the sun off."""
        coarse = piece._replace(
            pixels_per_m=piece.pixels_per_m / _SHADOW_COARSER,
            pixels=piece.pixels // _SHADOW_COARSER,
        )
        light = pygame.Surface((coarse.pixels, coarse.pixels))
        light.fill((255, 255, 255))
        shapes = self._shapes
        for drawing, height_m, steps in (
            (shapes.wall_feet, _WALL_HEIGHT_M, 2),
            (shapes.building_feet, _BUILDING_HEIGHT_M, 4),
        ):
            for step in range(steps):
                reach_m = height_m * (step + 1) / steps
                yield from drawing.draw(
                    light, coarse, (SUN_SHADOW[0] * reach_m, SUN_SHADOW[1] * reach_m)
                )
        yield from self._shade_trees(light, coarse)
        lift = pygame.Surface(light.get_size())
        lift.fill(_SHADOW)
        light.blit(lift, (0, 0), special_flags=pygame.BLEND_RGB_MAX)
        soft = pygame.transform.smoothscale(light, canvas.get_size())
        yield None
        canvas.blit(soft, (0, 0), special_flags=pygame.BLEND_RGB_MULT)

    def _shade_trees(self, light: pygame.Surface, coarse: Piece) -> Iterator[None]:
        trees = self._trees
        for batch in _batches(coarse.holds(trees.places_m, trees.places_m, _TREE_REACH_M)):
            radii_m = trees.radii_m[batch]
            for share in (0.5, 1.0):
                shift_m = np.outer(radii_m, SUN_SHADOW) * _TREE_HEIGHT * share
                places = coarse.to_pixels(trees.places_m[batch] + shift_m)
                sizes = 0.92 * radii_m * coarse.pixels_per_m
                for place, size in zip(places.tolist(), sizes.tolist(), strict=True):
                    pygame.draw.circle(light, (0, 0, 0), place, size)
            yield None

    def _stack_tyres(self, canvas: pygame.Surface, fine: Piece) -> Iterator[None]:
        middles_m = self._shapes.tyres_m
        radius = 0.31 * fine.pixels_per_m
        for batch in _batches(fine.holds(middles_m, middles_m, 1.0)):
            places = fine.to_pixels(middles_m[batch])
            for index, (x, y) in zip(batch.tolist(), places.tolist(), strict=True):
                colour = self._shapes.tyre_colours[index]
                dark = (colour[0] // 2, colour[1] // 2, colour[2] // 2)
                pygame.draw.circle(canvas, dark, (x, y), radius * 1.12)
                lit = (x - 0.08 * radius, y - 0.08 * radius)
                pygame.draw.circle(canvas, colour, lit, radius)
                pygame.draw.circle(canvas, (22, 22, 24), lit, radius * 0.45)
            yield None

    def _grow(self, canvas: pygame.Surface, fine: Piece) -> Iterator[None]:
        trees = self._trees
        for batch in _batches(fine.holds(trees.places_m, trees.places_m, _LARGEST_TREE_M)):
            places = fine.to_pixels(trees.places_m[batch])
            for index, (x, y) in zip(batch.tolist(), places.tolist(), strict=True):
                side = max(2, round(2.1 * float(trees.radii_m[index]) * fine.pixels_per_m))
                sprite = self._sized_tree(int(trees.kinds[index]), side)
                half = 0.5 * sprite.get_width()
                canvas.blit(sprite, (x - half, y - half))
            yield None

    def _sized_tree(self, kind: int, side: int) -> pygame.Surface:
        side = side // 4 * 4 + 4
        if (kind, side) not in self._sized_trees:
            scaled = pygame.transform.smoothscale(self._tree_sprites[kind], (side, side))
            self._sized_trees[kind, side] = scaled
        return self._sized_trees[kind, side]


def _batches(found: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.intp]]:
    for begin in range(0, len(found), _BATCH):
        yield found[begin : begin + _BATCH]


def _number_places(track: Track) -> npt.NDArray[np.float64]:
    """Between the kerb and the wall inside each apex, shape (n, 2)."""
    places = []
    for corner in track.corners:
        sign = 1.0 if corner.direction == "left" else -1.0
        edges_m = track.band_edges(corner.direction)[:, 1]
        inside_m = float(np.interp(corner.apex_m, track.frames.s_m, edges_m))
        places.append(
            track.centreline.point(corner.apex_m, sign * (inside_m + 0.55 * _NUMBER_M + 0.3))
        )
    return np.array(places).reshape(-1, 2)
