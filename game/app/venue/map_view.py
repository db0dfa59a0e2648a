"""Draw the whole circuit as one picture, with its corners numbered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pygame

from game.app.tiles.world_view import WorldView
from game.app.ui.box import Box
from game.app.ui.palette import ACCENT, BRIGHT, INK, LABEL
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align, text_width, write
from game.app.view.camera import View, whole_view
from game.track.centreline import Centreline
from game.track.corners import Corner
from game.track.track import Track
from game.translation import _

_MARGIN_M: Final = 40.0
_ASIDE_M: Final = 26.0
_BADGE: Final = 13.5
_NAME_PX: Final = 21
_NAME_GAP_PX: Final = 10  # between a name and any other or another number


def draw_map(surface: pygame.Surface, world_view: WorldView, track: Track) -> None:
    """Draw the whole circuit, its ground complete."""
    view = whole_view(*whole_circuit(track), surface.get_size())
    world_view.paint_in_view(view)
    world_view.draw(surface, view)
    unit = min(surface.get_width() / 1280.0, surface.get_height() / 720.0)
    for corner in track.corners:
        draw_badge(surface, str(corner.number), _beside(corner, track, view), unit)
    draw_start(surface, track.centreline, view, unit)
    draw_facts(surface, track.title, track.length_m, track.corners, unit)


def draw_corner_names(surface: pygame.Surface, track: Track, view: View, text_scale: float) -> None:
    """Draw each corner's number and, where there is room, its name over the whole circuit."""
    unit = min(surface.get_width() / 1280.0, surface.get_height() / 720.0) * text_scale
    places = [_beside(corner, track, view) for corner in track.corners]
    reach = round(_BADGE * unit)
    badges = [Box(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach) for x, y in places]
    whole = Box(0, 0, *surface.get_size())
    names: list[Box] = []
    for number, (corner, (x, y)) in enumerate(zip(track.corners, places, strict=True)):
        taken = [*badges[:number], *badges[number + 1 :], *names]
        width = text_width(corner.name, round(_NAME_PX * unit)) + round(14 * unit)
        height = round(26 * unit)
        top = round(y - 0.5 * height)
        aside, gap = reach + round(4 * unit), round(_NAME_GAP_PX * unit)
        for left in (round(x) + aside, round(x) - aside - width):
            box = Box(left, top, width, height)
            inside = box.left >= 0 and box.right <= whole.right
            if corner.name and inside and not any(box.meets(other, gap) for other in taken):
                names.append(box)
                draw_panel(surface, box, unit)
                middle = (box.left + 0.5 * width, top + 2.0 * unit)
                write(surface, corner.name, middle, round(_NAME_PX * unit), BRIGHT, Align.CENTRE)
                break
        draw_badge(surface, str(corner.number), (x, y), unit)


def _beside(corner: Corner, track: Track, view: View) -> tuple[float, float]:
    """Return the place of a corner's number: on its outside, in a window's pixels."""
    aside_m = -_ASIDE_M if corner.inside == "left" else _ASIDE_M
    return view.to_screen(*track.centreline.point(corner.apex_m, aside_m))


def whole_circuit(track: Track) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the south-west and north-east corner of the circuit with its walls, and some room."""
    points = np.concatenate([wall.points_m for wall in track.walls])
    west_m, south_m = (points.min(axis=0) - _MARGIN_M).tolist()
    east_m, north_m = (points.max(axis=0) + _MARGIN_M).tolist()
    return (west_m, south_m), (east_m, north_m)


def draw_badge(surface: pygame.Surface, text: str, place: tuple[float, float], unit: float) -> None:
    """Draw a number on a disc."""
    pygame.draw.circle(surface, INK, place, _BADGE * unit)
    pygame.draw.circle(surface, ACCENT, place, 12.0 * unit)
    size = round(22 * unit)
    write(surface, text, (place[0], place[1] - 11.0 * unit), size, BRIGHT, Align.CENTRE)


def draw_start(surface: pygame.Surface, centreline: Centreline, view: View, unit: float) -> None:
    """Draw an arrow in driving direction at the start line."""
    pose = centreline.pose(0.0)
    x, y = view.to_screen(pose.x_m, pose.y_m)
    cos, sin = math.cos(pose.heading_rad), -math.sin(pose.heading_rad)
    points = [
        (x + unit * (a * cos - b * sin), y + unit * (a * sin + b * cos))
        for a, b in ((22, 0), (2, -9), (2, 9))
    ]
    pygame.draw.polygon(surface, BRIGHT, points)


def draw_facts(
    surface: pygame.Surface, title: str, length_m: float, corners: Sequence[Corner], unit: float
) -> None:
    """Draw a panel with a circuit's title, its length and the number of its corners."""
    box = Box(round(20 * unit), round(20 * unit), round(380 * unit), round(74 * unit))
    draw_panel(surface, box, unit)
    left = box.left + 18 * unit
    write(surface, title, (left, box.top + 7 * unit), round(36 * unit), BRIGHT)
    lefts = sum(corner.inside == "left" for corner in corners)
    facts = _("{length} m, {count} corners, {lefts} to the left").format(
        length=f"{length_m:.0f}", count=len(corners), lefts=lefts
    )
    write(surface, facts, (left, box.top + 42 * unit), round(24 * unit), LABEL)
