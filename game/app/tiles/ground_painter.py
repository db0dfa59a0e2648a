"""Paints pieces of the world: land, circuit, walls, buildings, trees, and their shadows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pygame

from game.app.canvas.noise import GROUND_MEDIUM, GROUND_SMALL, STRUCTURE_GRAIN
from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Sheet
from game.app.objects.scenery import Scenery
from game.app.objects.shadows import Shadows
from game.app.objects.site import Site
from game.app.objects.trees import Grove
from game.app.objects.walls import Walls
from game.app.surfaces import asphalt, gravel, kerbs, land, rubber
from game.app.surfaces.furrows import Furrows
from game.app.surfaces.parcels import farm, share_out
from game.app.surfaces.track_fields import Fields, Survey
from game.arrays import Array
from game.track.track import Track


class GroundPainter:
    """Paints any square of a circuit at any scale: the same square always alike."""

    def __init__(self, track: Track, line_m: Array | None) -> None:
        """line_m: the racing line that tyres have darkened, closed, shape (n, 2); None: unknown."""
        site = Site(track)
        outlines = [item.outline_m for item in track.buildings]
        built = np.concatenate([track.outline("left", -1), *outlines])
        self._survey = Survey(track, line_m)
        self._walls = Walls(track)
        self._furrows = Furrows(track)
        self._scenery = Scenery(track, site)
        self._parcels = share_out(built, site.low_m, site.high_m)
        self._grove = Grove(site, self._parcels)
        self._shadows = Shadows(
            self._walls.feet, self._scenery.feet, self._scenery.afloat, self._grove
        )

    def paint(self, piece: Piece) -> Iterator[pygame.Surface | None]:
        """Paint step by step: nothing after each step, and the picture at the end."""
        sheet = Sheet(piece)
        land.lay_land(sheet)
        yield None
        farm(sheet, self._parcels)
        yield None
        if self._survey.near(piece):
            for _ in self._paint_circuit(sheet, self._survey.of(piece)):
                yield None
        self._scenery.paint_signs(sheet)
        self._shadows.fall_on(sheet)
        self._scenery.set_low(sheet)
        yield None
        overlay = Overlay(piece)
        self._walls.draw(overlay.surface, overlay.fine)
        self._scenery.draw_high(overlay, piece)
        weather = 0.97 + 0.025 * sheet.noise(GROUND_MEDIUM) + 0.06 * sheet.grain(STRUCTURE_GRAIN)
        overlay.lay_on(sheet, sheet.flat(1.0), weather + 0.02 * sheet.noise(GROUND_SMALL))
        yield None
        surface = sheet.surface()
        self._grove.draw(surface, piece)
        yield surface

    def _paint_circuit(self, sheet: Sheet, fields: Fields) -> Iterator[None]:
        land.drive_service_road(sheet, fields)
        land.mow(sheet, fields)
        yield
        gravel.rake_gravel(sheet, fields, self._furrows)
        yield
        self._scenery.pave_yards(sheet)
        asphalt.pave_ways(sheet, fields)
        asphalt.pave_track(sheet, fields)
        yield
        kerbs.paint_strips(sheet, fields)
        kerbs.build_kerbs(sheet, fields)
        kerbs.paint_edge_lines(sheet, fields)
        self._scenery.paint_lines(sheet)
        yield
        if self._survey.line_known:
            rubber.rub_in(sheet, fields)
            yield
