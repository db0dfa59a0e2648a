"""Draw the heights of a lap as a strip, from the start line on."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from game.app.ui.box import Box
from game.app.ui.palette import ACCENT, BRIGHT, FAINT, LABEL, TROUGH
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align, write
from game.arrays import Array
from game.track.track import Track
from game.translation import _

_WIDTH: Final = 420
_HEIGHT: Final = 132
_PAD: Final = 18
_TEXT_PX: Final = 20
_SMALL_PX: Final = 16
_MIN_RANGE_M: Final = 10.0  # of heights over the strip's height, so that a bump is no mountain


def climb_text(climb_m: float, steepest: float) -> str:
    """Return how much a lap climbs and how steep it gets, in a player's words."""
    return _("{climb:.0f} m, up to {grade:.0f} %").format(climb=climb_m, grade=100.0 * steepest)


def draw_height_strip(surface: pygame.Surface, track: Track, unit: float) -> None:
    """Draw a panel in the lower left corner with a hilly circuit's heights; none for a flat one."""
    if not track.tables.hilly:
        return
    margin = round(20 * unit)
    box = Box(margin, 0, round(_WIDTH * unit), round(_HEIGHT * unit))
    box = box._replace(top=surface.get_height() - margin - box.height)
    draw_panel(surface, box, unit)
    pad, px = round(_PAD * unit), round(_TEXT_PX * unit)
    profile = track.profile
    climb = _("Climb: {climb}").format(climb=climb_text(profile.climb_m, profile.steepest))
    write(surface, climb, (box.left + pad, box.top + round(8 * unit)), px, BRIGHT)
    graph = Box(
        box.left + pad,
        box.top + round(38 * unit),
        box.width - 2 * pad - round(48 * unit),
        box.height - round(56 * unit),
    )
    _draw_heights(surface, graph, track, unit)


def _draw_heights(surface: pygame.Surface, graph: Box, track: Track, unit: float) -> None:
    height_m = track.profile.height_m
    low_m, high_m = float(height_m.min()), float(height_m.max())
    range_m = max(high_m - low_m, _MIN_RANGE_M)
    count = max(graph.width, 2)
    at = np.rint(np.linspace(0.0, len(height_m), count)).astype(int) % len(height_m)
    top: Array = graph.bottom - (height_m[at] - low_m) / range_m * graph.height
    line = list(zip(range(graph.left, graph.left + count), top.tolist(), strict=True))
    floor = graph.bottom + round(4 * unit)
    pygame.draw.polygon(surface, TROUGH, [(graph.left, floor), *line, (graph.right - 1, floor)])
    for sector_m in track.sectors_m[1:]:
        x = graph.left + round(sector_m / track.length_m * (count - 1))
        pygame.draw.line(surface, FAINT, (x, graph.top), (x, floor))
    pygame.draw.lines(surface, ACCENT, False, line, max(round(2.5 * unit), 2))
    small = round(_SMALL_PX * unit)
    right = graph.right + round(48 * unit)
    for value_m in (low_m, high_m):
        y = graph.bottom - (value_m - low_m) / range_m * graph.height - 0.6 * small
        write(surface, f"{round(value_m)} m", (right, y), small, LABEL, Align.RIGHT)
