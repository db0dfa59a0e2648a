"""Paints pieces of the world: land, circuit, walls, buildings, trees, and their shadows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pygame

from game.app.canvas.noise import GROUND_MEDIUM, GROUND_SMALL, STRUCTURE_GRAIN
from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Sheet
from game.app.objects.scenery import SceneryPainter
from game.app.objects.shadows import Shadows
from game.app.objects.site import Site
from game.app.objects.trees import Trees
from game.app.objects.walls import WallPainter
from game.app.surfaces import asphalt, gravel, kerbs, land, rubber
from game.app.surfaces.furrows import Furrows
from game.app.surfaces.parcels import divide_land, paint_fields
from game.app.surfaces.track_fields import TrackFields, TrackFieldSampler
from game.arrays import Array
from game.track.track import Track


class GroundPainter:
    """Paints any square of a circuit at any scale; equal squares give equal pictures."""

    def __init__(self, track: Track, line_m: Array | None) -> None:
        """Paint with the racing line that tyres have darkened, closed, shape (n, 2), if it is
        known.
        """
        site = Site(track)
        outlines = [item.outline_m for item in track.buildings]
        built = np.concatenate([track.outline("left", -1), *outlines])
        self._fields = TrackFieldSampler(track, line_m)
        self._walls = WallPainter(track)
        self._furrows = Furrows(track)
        self._scenery = SceneryPainter(track, site)
        self._parcels = divide_land(built, site.low_m, site.high_m)
        self._grove = Trees(site, self._parcels)
        self._shadows = Shadows(
            self._walls.shadow_lines, self._scenery.blocks, self._scenery.overhead, self._grove
        )

    def paint(self, piece: Piece) -> Iterator[pygame.Surface | None]:
        """Paint step by step: None after each step but the last, which gives the picture."""
        sheet = Sheet(piece)
        land.paint_land(sheet)
        yield None
        paint_fields(sheet, self._parcels)
        yield None
        if self._fields.may_reach(piece):
            for _ in self._paint_circuit(sheet, self._fields.sample(piece)):
                yield None
        self._scenery.paint_signs(sheet)
        self._shadows.draw_onto(sheet)
        self._scenery.draw_low(sheet)
        yield None
        overlay = Overlay(piece)
        self._walls.draw(overlay.surface, overlay.fine)
        self._scenery.draw_high(overlay, piece)
        tone = 0.97 + 0.025 * sheet.noise(GROUND_MEDIUM) + 0.06 * sheet.grain(STRUCTURE_GRAIN)
        overlay.blend_onto(sheet, sheet.constant(1.0), tone + 0.02 * sheet.noise(GROUND_SMALL))
        yield None
        surface = sheet.surface()
        self._grove.draw(surface, piece)
        yield surface

    def _paint_circuit(self, sheet: Sheet, fields: TrackFields) -> Iterator[None]:
        land.paint_service_road(sheet, fields)
        land.paint_grass(sheet, fields)
        yield
        gravel.paint_gravel(sheet, fields, self._furrows)
        yield
        self._scenery.paint_yards(sheet)
        asphalt.paint_paved_areas(sheet, fields)
        asphalt.paint_track(sheet, fields)
        yield
        kerbs.paint_strips(sheet, fields)
        kerbs.paint_kerbs(sheet, fields)
        kerbs.paint_edge_lines(sheet, fields)
        self._scenery.paint_lines(sheet)
        yield
        if self._fields.has_line:
            rubber.paint_rubber(sheet, fields)
            yield
