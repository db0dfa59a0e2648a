"""Paint pieces of the world: land, circuit, walls, buildings, trees; and their shadows apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pygame

from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Patterns, Sheet, sheets
from game.app.canvas.sun import ShadowCast
from game.app.canvas.warp import pixels_of
from game.app.objects.bridge_painter import BridgePainter, DrawnBridges
from game.app.objects.bridges import raised
from game.app.objects.bushes import BushPainter
from game.app.objects.road import paint_road
from game.app.objects.scenery import (
    SceneryPainter,
    paint_high,
    paint_low,
    paint_signs,
    paint_yards,
)
from game.app.objects.shade_layer import ShadeLayer, Standing
from game.app.objects.shadows import Darkness
from game.app.objects.site import Site
from game.app.objects.trees import Trees
from game.app.surfaces import asphalt, gravel, land
from game.app.surfaces.country import Country
from game.app.surfaces.furrows import Furrows
from game.app.surfaces.hill_shade import hill_shade
from game.app.surfaces.parcels import Parcels
from game.app.surfaces.track_fields import CoarseFields, TrackFields, TrackFieldSampler
from game.arrays import Array
from game.track.track import Track


class _DrawnParts(NamedTuple):
    """Holds the parts of a piece drawn before its blocks are painted; None is nothing."""

    bushes: Overlay | None
    parcels: Parcels | None
    fields: CoarseFields | None
    furrows: Overlay | None
    yards: Overlay | None
    launches: Overlay | None
    lines: Overlay | None
    signs: Overlay | None
    low: Overlay | None
    high: Overlay | None
    bridges: DrawnBridges | None


class GroundPainter:
    """Paints any square of a circuit at any scale; equal squares give equal pictures."""

    def __init__(self, track: Track, line_m: Array | None) -> None:
        """Paint with the racing line that tyres have darkened, closed, shape (n, 2), if it is
        known.
        """
        site = Site(track)
        self._fields = TrackFieldSampler(track, line_m)
        self._furrows = Furrows(track)
        self._hills = hill_shade(track)
        self._country = Country(track, site.low_m, site.high_m)
        bushes, seed = self._country.look.bushes, self._country.seed
        self._bushes = None if bushes is None else BushPainter(bushes, seed)
        self._scenery = SceneryPainter(track, site, self._country.streets)
        self._grove = Trees(site, self._country)
        bridged = track.frames.has_bridges
        self._bridges = BridgePainter(track, line_m) if bridged else None
        self._raised = raised(track).cast()
        self._shade_layers: dict[ShadowCast, ShadeLayer] = {}

    def paint(self, piece: Piece) -> Iterator[pygame.Surface | None]:
        """Paint block by block: None after each block, and at the end the picture.

        It has no shadows: they depend on the sun.
        """
        surface = pygame.Surface((piece.pixels, piece.pixels), 0, 32)
        drawn = self._draw(piece)
        for sheet in sheets(Patterns(piece)):
            self._paint_block(sheet, drawn)
            sheet.write_onto(pixels_of(surface))
            yield None
        self._grove.draw(surface, piece)
        yield surface

    def shade(self, piece: Piece, cast: ShadowCast) -> Darkness | None:
        """Return how dark each pixel is by the shadows, 0..255; None if none falls there."""
        layer = self._shade_layers.get(cast)
        if layer is None:
            standing = Standing(self._scenery, self._grove, self._bridges, self._raised)
            layer = self._shade_layers[cast] = ShadeLayer(standing, cast)
        return layer.on(piece)

    def _draw(self, piece: Piece) -> _DrawnParts:
        on_circuit = self._fields.may_reach(piece)
        scenery = self._scenery
        return _DrawnParts(
            bushes=None if self._bushes is None else self._bushes.overlay(piece),
            parcels=self._country.parcels_near(piece),
            fields=self._fields.sample(piece) if on_circuit else None,
            furrows=self._furrows.overlay(piece) if on_circuit else None,
            yards=scenery.yards(piece) if on_circuit else None,
            launches=scenery.launches(piece) if on_circuit else None,
            lines=scenery.lines(piece) if on_circuit else None,
            signs=scenery.signs(piece),
            low=scenery.low(piece),
            high=scenery.high(piece),
            bridges=self._bridges.drawn(piece) if self._bridges and on_circuit else None,
        )

    def _paint_block(self, sheet: Sheet, drawn: _DrawnParts) -> None:
        fields = None if drawn.fields is None else drawn.fields.block(*sheet.block)
        if fields is None or not (fields.hides_land or fields.hides_grass):
            self._country.paint(sheet, drawn.bushes, drawn.parcels)
        if fields is not None:
            self._paint_circuit(sheet, fields, drawn)
            if self._hills is not None:
                self._hills.paint(sheet, fields)
        paint_signs(sheet, drawn.signs)
        paint_low(sheet, drawn.low)
        paint_high(sheet, drawn.high)
        if self._bridges is not None and drawn.bridges is not None:
            self._bridges.paint(sheet, drawn.bridges)

    def _paint_circuit(self, sheet: Sheet, fields: TrackFields, drawn: _DrawnParts) -> None:
        look = self._country.look
        land.paint_service_road(sheet, fields, look.service_road)
        if not fields.hides_grass:
            land.paint_grass(sheet, fields, look.grass)
        gravel.paint_gravel(sheet, fields, drawn.furrows)
        paint_yards(sheet, drawn.yards)
        asphalt.paint_paved_areas(sheet, fields)
        has_line = self._fields.has_line
        paint_road(sheet, fields, drawn.launches, drawn.lines, has_line=has_line)
