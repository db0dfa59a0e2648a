"""Gather all structures of a track from its file, and draw them in their order."""

from __future__ import annotations

from typing import Final

from game.app.canvas.noise import (
    GROUND_FINEST,
    GROUND_MEDIUM,
    GROUND_SMALL,
    PAINT_WEAR,
    PAINT_WEAR_SMALL,
    STRUCTURE_GRAIN,
    GrainLayer,
)
from game.app.canvas.overlay import KeptOverlay, Overlay, Shapes, overlay_of
from game.app.canvas.patches import Drawing, Patches, Piece, joined
from game.app.canvas.sheet import Sheet, smoothstep
from game.app.canvas.stencils import Stencils
from game.app.objects.buildings import building, pit_building
from game.app.objects.corner_signs import corner_names, corner_numbers
from game.app.objects.grandstand import grandstand
from game.app.objects.paddock import parked_vehicles
from game.app.objects.pit_lane import pit_apron, pit_lines
from game.app.objects.plots import Plot
from game.app.objects.site import Site
from game.app.objects.structure import combined
from game.app.objects.town import town
from game.app.objects.trackside import roadside
from game.app.objects.walls import WallPainter
from game.app.surfaces.asphalt import paint_old_asphalt
from game.app.surfaces.markings import launch_marks, road_markings
from game.app.surfaces.streets import Streets
from game.track.levels import GROUND
from game.track.track import Track

_FINE_PIXELS_PER_M: Final = 4.0
_BUILDING_CLEAR_M: Final = 8.0
_BUILDERS: Final = {"pit_building": pit_building, "grandstand": grandstand, "building": building}

_LINE_GRAIN: Final = GrainLayer(seed=87)


class SceneryPainter:
    """Draws buildings, parked vehicles, boards, words and lines."""

    def __init__(self, track: Track, site: Site, streets: Streets | None = None) -> None:
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
                parked_vehicles(plots, site, in_city=streets is not None),
            ]
        )
        lines, words = road_markings(track)
        pits = plots.get("pit_building", [])
        yards = list(whole.paved)
        if track.pit_lane is not None:
            pit_paint, pit_words = pit_lines(track, track.pit_lane, pits)
            lines, words = joined([lines, *pit_paint]), [*words, *pit_words]
            yards += [part for plot in pits for part in pit_apron(track.pit_lane, plot)]
        for yard in yards:
            site.reserve(yard)
        if streets is not None:
            whole = combined([whole, town(track, site, streets)])
        self.blocks = whole.blocks
        self.overhead = whole.overhead
        self._walls = WallPainter([wall for wall in track.walls if wall.tier == GROUND])
        self.wall_shadow_lines = self._walls.shadow_lines
        self._yards = Drawing(Patches(yards, [(255, 255, 255)] * len(yards)))
        self._launches = Drawing(launch_marks(track))
        self._lines, self._words = Drawing(lines), Stencils(words)
        self._signs = Stencils([*corner_numbers(track), *names])
        self._low, self._low_fine = Drawing(whole.low), Drawing(whole.low_fine)
        self._high, self._high_fine = Drawing(whole.high), Drawing(whole.high_fine)
        self._labels = Stencils(whole.stencils)
        self._kept_low = KeptOverlay(self._low_shapes)
        self._kept_high = KeptOverlay(self._high_shapes)
        self.roofs = whole.roofs

    def yards(self, piece: Piece) -> Overlay | None:
        """Return the asphalt of a piece where vehicles park."""
        return overlay_of(piece, [self._yards])

    def launches(self, piece: Piece) -> Overlay | None:
        """Return the rubber where cars start."""
        return overlay_of(piece, [self._launches])

    def lines(self, piece: Piece) -> Overlay | None:
        """Return lines and numbers on the road."""
        return overlay_of(piece, [self._lines, self._words])

    def signs(self, piece: Piece) -> Overlay | None:
        """Return numbers and names of corners."""
        return overlay_of(piece, [self._signs])

    def low(self, piece: Piece) -> Overlay | None:
        """Return rows of seats."""
        return self._kept_low.of(piece)

    def high(self, piece: Piece) -> Overlay | None:
        """Return walls and what else rises above the ground, on which no shadow falls."""
        return self._kept_high.of(piece)

    def _low_shapes(self, piece: Piece) -> list[Shapes]:
        return [*self._that_show(piece, self._low, self._low_fine)]

    def _high_shapes(self, piece: Piece) -> list[Shapes]:
        shown = self._that_show(piece, self._high, self._high_fine)
        return [self._walls, *shown, self._labels]

    def _that_show(self, piece: Piece, coarse: Drawing, fine: Drawing) -> list[Drawing]:
        """Return those of the two that a piece has the pixels for."""
        return [coarse, fine] if piece.pixels_per_m >= _FINE_PIXELS_PER_M else [coarse]


def paint_yards(sheet: Sheet, yards: Overlay | None) -> None:
    """Paint asphalt where vehicles park."""
    if yards is not None and yards.touches(sheet):
        paint_old_asphalt(sheet, yards.coverage(sheet))


def paint_lines(sheet: Sheet, launches: Overlay | None, lines: Overlay | None) -> None:
    """Paint rubber where cars start, and lines and numbers on the road, worn."""
    if launches is not None and launches.touches(sheet):
        launches.blend_onto(sheet, 0.30 + 0.09 * sheet.noise(PAINT_WEAR_SMALL), 1.0)
    if lines is not None and lines.touches(sheet):
        worn = smoothstep(sheet.noise(PAINT_WEAR) + 0.7 * sheet.noise(PAINT_WEAR_SMALL), 0.2, 2.6)
        lines.blend_onto(sheet, 0.92 - 0.45 * worn - 0.12 * sheet.grain(_LINE_GRAIN), 1.0)


def paint_signs(sheet: Sheet, signs: Overlay | None) -> None:
    """Paint the numbers and names of corners thinly on grass and earth."""
    if signs is not None and signs.touches(sheet):
        thin = 0.62 + 0.10 * sheet.noise(GROUND_SMALL) + 0.12 * sheet.noise(GROUND_FINEST)
        signs.blend_onto(sheet, thin.clip(0.15, 0.85), 1.0)


def paint_low(sheet: Sheet, low: Overlay | None) -> None:
    """Paint rows of seats."""
    if low is not None and low.touches(sheet):
        low.blend_onto(sheet, 1.0, 0.95 + 0.10 * sheet.grain(STRUCTURE_GRAIN))


def paint_high(sheet: Sheet, high: Overlay | None) -> None:
    """Paint what rises above the ground."""
    if high is not None and high.touches(sheet):
        tone = 0.97 + 0.025 * sheet.noise(GROUND_MEDIUM) + 0.06 * sheet.grain(STRUCTURE_GRAIN)
        high.blend_onto(sheet, 1.0, tone + 0.02 * sheet.noise(GROUND_SMALL))
