"""Draws the ground of a view: tiles put together, scaled once to the window, and rotated."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Final

import pygame

from game.app.canvas.patches import Piece
from game.app.tiles.tile_store import QUICK_SCALE, OnReady, TileStore
from game.app.tiles.tiles import SCALES, TILE_PX, Part
from game.app.view.camera import View
from game.arrays import Array
from game.track.track import Track

_ENLARGED: Final = 1.5  # maximum of screen pixels a pixel of a picture ...
_HYSTERESIS: Final = 1.06  # ... and left only when so much beyond, so that it does not flicker
_TURNED_PX: Final = 760  # side of the square that is rotated, which takes 10 ns a pixel
_POLL_S: Final = 0.02
_UNPAINTED: Final = (140, 122, 86)


class WorldView:
    """Draws the ground of one circuit, and has its tiles loaded and painted."""

    def __init__(self, track: Track, line_m: Array | None = None) -> None:
        """Show ground darkened by a racing line, closed, shape (n, 2), if it is known."""
        self._track = track
        self._store = TileStore(track, line_m)
        self._on_ready: list[OnReady] = []
        self._store.on_ready = self._mark
        self._scale = SCALES[-1]
        self._canvas = _Canvas()
        self._scaled = _Canvas()
        self._enlarged = _Canvas()

    @property
    def progress(self) -> float:
        """Return how much of the circuit is painted, 0..1."""
        return self._store.progress

    @property
    def complaint(self) -> str:
        """Return why the ground cannot be painted or cached; empty if it can."""
        return self._store.complaint

    def set_racing_line(self, line_m: Array | None) -> None:
        """Show the road darkened along a racing line, as soon as it is painted."""
        before = self._store
        before.close()
        self._store = TileStore(self._track, line_m, before)
        self._store.on_ready = self._mark

    def mark_tiles(self, on_ready: OnReady) -> None:
        """Call this too with every tile that comes into memory and is fine enough for marks."""
        self._on_ready.append(on_ready)

    def tiles_touching(self, low_m: Array, high_m: Array) -> Iterator[tuple[pygame.Surface, Piece]]:
        """Return the tiles in memory, fine enough for marks, that touch a box of the world."""
        return self._store.touching(low_m, high_m)

    def load(self, view: View) -> Iterator[float]:
        """Load enough of a view to begin with, step by step; each step gives the progress, 0..1.

        Tiles that are in the cache are loaded; where one is not, a coarser one will do.
        """
        fine = _part(view, self._scale_for(view)).tile_keys()
        quick = list(dict.fromkeys(key.coarser(min(key.scale, QUICK_SCALE)) for key in fine))
        while True:
            self._store.clear_requests()
            self._store.request([*quick, *fine])
            self._store.poll()
            done = sum(
                self._store.has(key) or not self._store.is_cached(key) for key in fine
            ) + sum(self._store.has(key) for key in quick)
            if done == len(fine) + len(quick):
                return
            if self._store.complaint and not self._store.is_painting:
                for _ in self._store.paint_now(quick):
                    yield done / (len(fine) + len(quick) + 1)
            yield done / (len(fine) + len(quick) + 1)

    def paint_in_view(self, view: View) -> None:
        """Paint all of a view's tiles now, however long it takes."""
        self._scale = self._scale_for(view)
        for _ in self._store.paint_now(_part(view, self._scale).tile_keys()):
            pass

    def paint_requested(self) -> None:
        """Paint all requested tiles now, however long it takes."""
        for _ in self._store.paint_now(self._store.requests):
            pass

    def paint_all(self) -> Iterator[float]:
        """Wait until the whole circuit is painted, step by step; each gives the progress, 0..1."""
        while self._store.progress < 1.0 and not self._store.complaint:
            self._store.poll()
            yield self._store.progress
            time.sleep(_POLL_S)

    def poll(self) -> None:
        """Take the tiles that were painted in the background; call it once a frame."""
        self._store.poll()

    def close(self) -> None:
        """Stop the work in the background."""
        self._store.close()

    def draw(self, surface: pygame.Surface, view: View, soon: View | None = None) -> None:
        """Fill the surface with the view's ground as far as it is painted.

        soon: a view that is likely before long, to be made ready after this one.
        """
        self._scale = self._scale_for(view)
        view = self.snapped(view)
        part = _part(view, self._scale)
        canvas = self._canvas.part(part.width, part.height)
        self._store.clear_requests()
        for key in part.tile_keys():
            tile = self._store.get(key)
            place = (key.column * TILE_PX - part.left, -(key.row + 1) * TILE_PX - part.top)
            if tile is None:
                canvas.fill(_UNPAINTED, (*place, TILE_PX, TILE_PX))
            else:
                canvas.blit(tile, place)
        if soon is not None:
            self._store.request(_part(soon, self._scale_for(soon)).tile_keys())
        if view.turn_rad == 0.0:
            pygame.transform.smoothscale(canvas, surface.get_size(), surface)
        else:
            self._show_turned(surface, view, part, canvas)

    def snapped(self, view: View) -> View:
        """Return the nearest view whose edges lie between pixels of the tiles; rotated views stay.

        Its ground is scaled straight into the window, without another copy. What else is drawn has
        to be drawn through it too, so that nothing swims.
        """
        if view.turn_rad != 0.0:
            return view
        scale = self._scale = self._scale_for(view)
        wide = max(round(view.width * scale / view.pixels_per_m), 1)
        high = max(round(view.height * wide / view.width), 1)
        left, top = round(view.x_m * scale - 0.5 * wide), round(-view.y_m * scale - 0.5 * high)
        return view._replace(
            x_m=(left + 0.5 * wide) / scale,
            y_m=-(top + 0.5 * high) / scale,
            pixels_per_m=view.width * scale / wide,
        )

    def _mark(self, tile: pygame.Surface, piece: Piece) -> None:
        """Let everyone who marks tiles draw onto one that has come into memory."""
        for mark in self._on_ready:
            mark(tile, piece)

    def _show_turned(
        self, surface: pygame.Surface, view: View, part: Part, canvas: pygame.Surface
    ) -> None:
        """Scale what is around the view to a moderate square, rotate it, enlarge the view."""
        coarser = _coarser(view)
        times = view.pixels_per_m / coarser / self._scale
        size = (round(part.width * times), round(part.height * times))
        small = pygame.transform.smoothscale(canvas, size, self._scaled.part(*size))
        turned = pygame.transform.rotate(small, math.degrees(view.turn_rad))
        wide = min(math.ceil(view.width / coarser) + 4, turned.get_width())
        high = min(math.ceil(view.height / coarser) + 4, turned.get_height())
        corner = ((turned.get_width() - wide) // 2, (turned.get_height() - high) // 2)
        cut = turned.subsurface((*corner, wide, high))
        size = (round(wide * coarser), round(high * coarser))
        # The cut's middle is the part's middle but for the half pixels lost by halving.
        middle = view.to_screen(
            (part.left + 0.5 * part.width) / self._scale,
            -(part.top + 0.5 * part.height) / self._scale,
        )
        place = (round(middle[0] - 0.5 * size[0]), round(middle[1] - 0.5 * size[1]))
        surface.blit(pygame.transform.smoothscale(cut, size, self._enlarged.part(*size)), place)

    def _scale_for(self, view: View) -> float:
        """Return the coarsest scale that does not look enlarged; the last one as long as
        it suits.
        """
        pixels_per_m = view.pixels_per_m / (1.0 if view.turn_rad == 0.0 else _coarser(view))
        if self._suits(self._scale, pixels_per_m, _HYSTERESIS):
            return self._scale
        for scale in SCALES:
            if pixels_per_m <= _ENLARGED * scale:
                return scale
        return SCALES[-1]

    def _suits(self, scale: float, pixels_per_m: float, slack: float) -> bool:
        index = SCALES.index(scale)
        highest = math.inf if scale == SCALES[-1] else _ENLARGED * scale * slack
        lowest = 0.0 if index == 0 else _ENLARGED * SCALES[index - 1] / slack
        return lowest < pixels_per_m <= highest


class _Canvas:
    """A surface that is kept from frame to frame: fresh memory costs more than drawing on it."""

    def __init__(self) -> None:
        self._surface = pygame.Surface((1, 1))

    def part(self, width: int, height: int) -> pygame.Surface:
        """Return a part of this size; its content is whatever it was."""
        old_width, old_height = self._surface.get_size()
        if old_width < width or old_height < height:
            grown = (_rounded_up(max(width, old_width)), _rounded_up(max(height, old_height)))
            self._surface = pygame.Surface(grown)
        return self._surface.subsurface((0, 0, width, height))


def _rounded_up(pixels: int) -> int:
    return (pixels + 255) // 256 * 256


def _coarser(view: View) -> float:
    """Return the factor by which a rotated view is drawn coarser."""
    return max(math.hypot(view.width, view.height) / _TURNED_PX, 1.0)


def _part(view: View, scale: float) -> Part:
    """Return the part of a scale's picture that a view shows; for a rotated view a square around
    it.
    """
    half_width_m, half_height_m = view.half_width_m, view.half_height_m
    if view.turn_rad != 0.0:
        half_width_m = half_height_m = math.hypot(half_width_m, half_height_m)
    wide, high = (max(round(2.0 * half_m * scale), 1) for half_m in (half_width_m, half_height_m))
    left, top = round(view.x_m * scale - 0.5 * wide), round(-view.y_m * scale - 0.5 * high)
    return Part(scale, left, top, wide, high)
