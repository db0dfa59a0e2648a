"""Gather all structures of a track from its file, and draw them in their order."""

from __future__ import annotations

from typing import Final

from game.app.canvas.noise import (
    GROUND_FINEST,
    GROUND_SMALL,
    PAINT_WEAR,
    PAINT_WEAR_SMALL,
    STRUCTURE_GRAIN,
    GrainLayer,
)
from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Drawing, Patches, Piece, joined
from game.app.canvas.sheet import Sheet, smoothstep
from game.app.canvas.stencils import Stencils
from game.app.objects.buildings import building, pit_building
from game.app.objects.corner_signs import corner_names, corner_numbers
from game.app.objects.grandstand import grandstand
from game.app.objects.paddock import parked_vehicles
from game.app.objects.pit_lane import pit_apron, pit_lines
from game.app.objects.plots import Plot
from game.app.objects.shadows import Shadows
from game.app.objects.site import Site
from game.app.objects.structure import combined
from game.app.objects.trackside import roadside
from game.app.surfaces.asphalt import paint_old_asphalt
from game.app.surfaces.markings import launch_marks, road_markings
from game.track.track import Track

_FINE_PIXELS_PER_M: Final = 4.0
_BUILDING_CLEAR_M: Final = 8.0
_BUILDERS: Final = {"pit_building": pit_building, "grandstand": grandstand, "building": building}

_LINE_GRAIN: Final = GrainLayer(seed=87)


class SceneryPainter:
    """Draws buildings, parked vehicles, boards, words and lines."""

    def __init__(self, track: Track, site: Site) -> None:
        """Build everything, and reserve on the site what it stands on."""
        plots: dict[str, list[Plot]] = {}
        for item in track.buildings:
            plots.setdefault(item.kind, []).append(Plot(item))
            site.reserve(item.outline_m, _BUILDING_CLEAR_M)
        names = corner_names(track, site)
        whole = combined(
            [
                roadside(track),
                *(_BUILDERS[kind](plot) for kind in plots for plot in plots[kind]),
                parked_vehicles(plots, site),
            ]
        )
        lines, words = road_markings(track)
        pits = plots.get("pit_building", [])
        yards = list(whole.paved)
        if track.pit_lane is not None:
            pit_paint, pit_words = pit_lines(track, track.pit_lane, pits)
            lines, words = joined([lines, *pit_paint]), [*words, *pit_words]
            yards += [part for plot in pits for part in pit_apron(track.pit_lane, plot)]
        self.blocks = whole.blocks
        self.overhead = whole.overhead
        for yard in yards:
            site.reserve(yard)
        self._yards = Drawing(Patches(yards, [(255, 255, 255)] * len(yards)))
        self._launches = Drawing(launch_marks(track))
        self._lines, self._words = Drawing(lines), Stencils(words)
        self._signs = Stencils([*corner_numbers(track), *names])
        self._low, self._low_fine = Drawing(whole.low), Drawing(whole.low_fine)
        self._high, self._high_fine = Drawing(whole.high), Drawing(whole.high_fine)
        self._labels = Stencils(whole.stencils)
        self._roof_shadows = Shadows([], [], whole.roofs)

    def paint_yards(self, sheet: Sheet) -> None:
        """Paint asphalt where vehicles park."""
        if self._yards.touches(sheet.piece):
            overlay = Overlay(sheet.piece)
            self._yards.draw(overlay.surface, overlay.fine)
            paint_old_asphalt(sheet, overlay.coverage())

    def paint_lines(self, sheet: Sheet) -> None:
        """Paint lines and numbers on the road, worn, and rubber where cars start."""
        if self._launches.touches(sheet.piece):
            rubber = Overlay(sheet.piece)
            self._launches.draw(rubber.surface, rubber.fine)
            rubber.blend_onto(
                sheet, 0.30 + 0.09 * sheet.noise(PAINT_WEAR_SMALL), sheet.constant(1.0)
            )
        overlay = Overlay(sheet.piece)
        self._lines.draw(overlay.surface, overlay.fine)
        self._words.draw(overlay.surface, overlay.fine)
        worn = smoothstep(sheet.noise(PAINT_WEAR) + 0.7 * sheet.noise(PAINT_WEAR_SMALL), 0.2, 2.6)
        overlay.blend_onto(
            sheet, 0.92 - 0.45 * worn - 0.12 * sheet.grain(_LINE_GRAIN), sheet.constant(1.0)
        )

    def paint_signs(self, sheet: Sheet) -> None:
        """Paint the numbers and names of corners thinly on grass and earth."""
        overlay = Overlay(sheet.piece)
        self._signs.draw(overlay.surface, overlay.fine)
        thin = 0.62 + 0.10 * sheet.noise(GROUND_SMALL) + 0.12 * sheet.noise(GROUND_FINEST)
        overlay.blend_onto(sheet, thin.clip(0.15, 0.85), sheet.constant(1.0))

    def draw_low(self, sheet: Sheet) -> None:
        """Draw rows of seats, in the shadow of their roofs."""
        if self._low.touches(sheet.piece):
            overlay = Overlay(sheet.piece)
            self._low.draw(overlay.surface, overlay.fine)
            if sheet.piece.pixels_per_m >= _FINE_PIXELS_PER_M:
                self._low_fine.draw(overlay.surface, overlay.fine)
            overlay.blend_onto(
                sheet, sheet.constant(1.0), 0.95 + 0.10 * sheet.grain(STRUCTURE_GRAIN)
            )
            self._roof_shadows.draw_onto(sheet, overlay.coverage())

    def draw_high(self, overlay: Overlay, piece: Piece) -> None:
        """Draw what rises above the ground, on which no shadow falls."""
        self._high.draw(overlay.surface, overlay.fine)
        if piece.pixels_per_m >= _FINE_PIXELS_PER_M:
            self._high_fine.draw(overlay.surface, overlay.fine)
        self._labels.draw(overlay.surface, overlay.fine)
