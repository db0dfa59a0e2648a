"""Paint the road itself: asphalt, kerbs, lines and rubber, on the ground and on bridges."""

from __future__ import annotations

from game.app.canvas.overlay import Overlay
from game.app.canvas.sheet import Sheet
from game.app.objects.scenery import paint_lines
from game.app.surfaces import asphalt, kerbs, rubber
from game.app.surfaces.track_fields import TrackFields


def paint_road(
    sheet: Sheet,
    fields: TrackFields,
    launches: Overlay | None,
    lines: Overlay | None,
    *,
    has_line: bool,
) -> None:
    """Paint the road onto a block. has_line: its racing line is known, where rubber lies."""
    asphalt.paint_track(sheet, fields)
    kerbs.paint_strips(sheet, fields)
    kerbs.paint_kerbs(sheet, fields)
    kerbs.paint_edge_lines(sheet, fields)
    paint_lines(sheet, launches, lines)
    if has_line:
        rubber.paint_rubber(sheet, fields)
