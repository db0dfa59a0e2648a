"""Paint the road on bridges and their ramps over the ground that is painted already."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.app.canvas.noise import GROUND_MEDIUM, STRUCTURE_GRAIN
from game.app.canvas.overlay import Overlay, Shapes, overlay_of
from game.app.canvas.patches import Drawing, Patches, Piece
from game.app.canvas.sheet import Sheet, smoothstep
from game.app.canvas.stencils import Stencils
from game.app.objects.bridges import half_widths_m, heights_m, raised
from game.app.objects.road import paint_road
from game.app.objects.scenery import paint_high
from game.app.objects.walls import WallPainter
from game.app.surfaces.markings import launch_marks, road_markings
from game.app.surfaces.track_fields import CoarseFields, TrackFields, TrackFieldSampler
from game.arrays import Array
from game.track.levels import BRIDGE, GROUND
from game.track.track import Track

_CONCRETE: Final = (150.0, 147.0, 139.0)  # between the road and the parapets
_DIM: Final = 0.42  # of the light, that is missing close beside a bridge
_DIM_M: Final = 3.0
_WHITE: Final = (255, 255, 255)


class DrawnBridges(NamedTuple):
    """Holds the parts of bridges in a piece, drawn in one go before its blocks are painted."""

    deck: Overlay | None
    fields: CoarseFields
    launches: Overlay | None
    lines: Overlay | None
    parapets: Overlay | None


class RaisedParts(NamedTuple):
    """Holds what of the bridges in a piece hides the ground below, and what stands on them."""

    deck: Overlay
    parapets: Overlay | None


class BridgePainter:
    """Paints the bridges of a circuit that has some."""

    def __init__(self, track: Track, line_m: Array | None) -> None:
        parapets = WallPainter([wall for wall in track.walls if wall.tier != GROUND])
        lines, words = road_markings(track, level=1)
        pieces = raised(track)
        self._deck = Drawing(Patches(list(pieces.corners_m), [_WHITE] * len(pieces.samples)))
        self._s_m = track.frames.s_m
        self._length_m = track.length_m
        self._left_m, self._right_m = half_widths_m(track).T
        self._dim = _DIM * heights_m(track) / heights_m(track).max()
        self._fields = TrackFieldSampler(track, line_m, BRIDGE)
        self._launches = Drawing(launch_marks(track, level=1))
        self._lines: list[Shapes] = [Drawing(lines), Stencils(words)]
        self.shadow_lines = parapets.shadow_lines
        self._parapets = parapets

    def drawn(self, piece: Piece) -> DrawnBridges | None:
        """Return what of the bridges is in a piece; None if nothing is."""
        around = piece._replace(
            west_m=piece.west_m - _DIM_M,
            south_m=piece.south_m - _DIM_M,
            pixels_per_m=piece.pixels / (piece.side_m + 2.0 * _DIM_M),
        )
        if not self._deck.touches(around):
            return None
        return DrawnBridges(
            overlay_of(piece, [self._deck]),
            self._fields.sample(piece),
            overlay_of(piece, [self._launches]),
            overlay_of(piece, self._lines),
            overlay_of(piece, [self._parapets]),
        )

    def raised_in(self, piece: Piece) -> RaisedParts | None:
        """Return the decks in a piece, and their parapets; None if there are none."""
        deck = overlay_of(piece, [self._deck])
        return None if deck is None else RaisedParts(deck, overlay_of(piece, [self._parapets]))

    def paint(self, ground: Sheet, drawn: DrawnBridges) -> None:
        """Paint the bridges onto a block of the ground."""
        fields = drawn.fields.block(*ground.block)
        self._dim_beside(ground, fields)
        if drawn.deck is None or not drawn.deck.touches(ground):
            return
        sheet = ground.blank()
        tone = 0.97 + 0.03 * sheet.noise(GROUND_MEDIUM) + 0.06 * sheet.grain(STRUCTURE_GRAIN)
        for plane, value in zip(sheet.rgb, _CONCRETE, strict=True):
            plane += value * tone
        has_line = self._fields.has_line
        paint_road(sheet, fields, drawn.launches, drawn.lines, has_line=has_line)
        paint_high(sheet, drawn.parapets)
        ground.lay_picture(sheet.rgb, drawn.deck.coverage(ground))

    def _dim_beside(self, ground: Sheet, fields: TrackFields) -> None:
        """Dim the ground beside a bridge, which hides a part of the sky there."""
        s_m, offset_m = fields.s_m, fields.offset_m
        half_m = np.where(
            offset_m >= 0.0,
            *(
                np.interp(s_m, self._s_m, each, period=self._length_m)
                for each in (self._left_m, self._right_m)
            ),
        )
        beyond_m = np.abs(offset_m) - half_m
        if beyond_m.min() > _DIM_M:
            return
        dim = np.interp(s_m, self._s_m, self._dim, period=self._length_m).astype(np.float32)
        ground.multiply(1.0 - dim * smoothstep(beyond_m.astype(np.float32), _DIM_M, 0.0))
