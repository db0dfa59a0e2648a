"""Draw a whole circuit to a picture, with its faults marked, and listed below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.app.context import display
from game.app.tiles.world_view import WorldView
from game.app.tools.track_marks import (
    Legend,
    draw_bare_road,
    draw_marks,
    extent,
    lap_of,
    mark_finding,
)
from game.app.venue.height_strip import draw_height_strip
from game.app.view.camera import View, whole_view
from game.errors import InputError
from game.track.findings import Finding
from game.track.track import Draft, Track

if TYPE_CHECKING:
    import pygame


def draw_circuit(
    circuit: Track | Draft, findings: Sequence[Finding], size: tuple[int, int], path: Path
) -> None:
    """Draw a circuit, its parts, its direction and the findings, as .png or .jpg.

    Raises InputError if the file cannot be written.
    """
    if path.suffix not in display.PICTURES:
        raise InputError(f"{path}: pictures are written as {' or '.join(display.PICTURES)}")
    surface = display.open_offscreen(size)
    try:
        unit = min(size[0] / 1280.0, size[1] / 720.0)
        legend = Legend(findings, size, unit)
        above = surface.subsurface((0, 0, size[0], size[1] - legend.height))
        lap = lap_of(circuit)
        view = whole_view(*extent(circuit, lap), above.get_size())
        if isinstance(circuit, Track):
            _paint(above, view, circuit)
        else:
            draw_bare_road(above, view, lap)
        draw_marks(above, view, lap, unit)
        for number, finding in enumerate(findings[: legend.count], start=1):
            mark_finding(above, view, lap, finding, number, unit)
        if isinstance(circuit, Track):
            draw_height_strip(above, circuit, unit)
        legend.draw(surface)
        display.save_picture(surface, path)
    finally:
        display.close()


def _paint(surface: pygame.Surface, view: View, track: Track) -> None:
    """Draw the ground of a circuit, complete."""
    world_view = WorldView(track)
    try:
        world_view.paint_in_view(view)
        world_view.draw(surface, view)
    finally:
        world_view.close()
