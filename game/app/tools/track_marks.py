"""Mark the picture of a whole circuit: its parts, and its faults, which are listed below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.ui.box import Box
from game.app.ui.palette import BLUE, FAINT, INK, LIGHT, TEXT, TROUGH, VERMILION, YELLOW
from game.app.ui.shapes import fill_circle
from game.app.ui.text import Align, Weight, write
from game.app.ui.text_layout import TextStyle, line_height, paragraph_height, write_paragraph
from game.app.venue.map_view import draw_badge, draw_facts, draw_start, whole_circuit
from game.app.view.camera import View
from game.arrays import Array
from game.track.bands import profile
from game.track.centreline import Centreline
from game.track.corners import Corner
from game.track.findings import Finding
from game.track.levels import BRIDGE, sample_tiers
from game.track.track import Draft, Track
from game.track.track_file import BridgeEntry

_STEP_M: Final = 2.0
_MARGIN_M: Final = 60.0  # around a circuit without walls
_ASIDE_M: Final = 26.0  # from the line to a corner's number
_ARROWS_M: Final = 300.0  # from one arrow in driving direction to the next
_BEYOND_M: Final = 5.0  # of a sector's line, on either side of the road
_LEGEND: Final = 0.4  # of the picture's height, at most


class DrawnLap(NamedTuple):
    """Holds what is drawn of a circuit, fit to drive on or not; shapes are (n,) and (n, 2)."""

    title: str
    centreline: Centreline
    corners: Sequence[Corner]
    sectors_m: Sequence[float]
    s_m: Array
    left_m: Array  # the edges of the tarmac, places
    right_m: Array
    above: Array  # 1 where it is on a bridge


def lap_of(circuit: Track | Draft) -> DrawnLap:
    """Return what is drawn of a circuit."""
    line = circuit.centreline
    count = max(round(line.length_m / _STEP_M), 3)
    s_m: Array = np.arange(count, dtype=np.float64) * (line.length_m / count)
    bridges: Sequence[BridgeEntry] = ()
    sectors_m: Sequence[float] = (0.0,)
    if isinstance(circuit, Track):
        at = np.rint(s_m / circuit.tables.step_m).astype(int) % circuit.tables.sample_count
        left_m, right_m = circuit.bands.left_m[at, 0], circuit.bands.right_m[at, 0]
        tiers, sectors_m = circuit.frames.tier[at], circuit.sectors_m
    else:
        ground, bridges = circuit.file.ground, circuit.file.centreline.bridges
        left_m = profile(s_m, ground.left_m, line.length_m)
        right_m = profile(s_m, ground.right_m, line.length_m)
        tiers = sample_tiers(bridges, s_m, line.length_m)
    return DrawnLap(
        circuit.title,
        line,
        circuit.corners,
        sectors_m,
        s_m,
        line.points(s_m, left_m),
        line.points(s_m, -right_m),
        (tiers == BRIDGE).astype(float),
    )


def extent(
    circuit: Track | Draft, lap: DrawnLap
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the south-west and the north-east corner of what is drawn."""
    if isinstance(circuit, Track) and circuit.walls:
        return whole_circuit(circuit)
    edges_m = np.concatenate([lap.left_m, lap.right_m])
    low_m, high_m = edges_m.min(axis=0) - _MARGIN_M, edges_m.max(axis=0) + _MARGIN_M
    return (float(low_m[0]), float(low_m[1])), (float(high_m[0]), float(high_m[1]))


def draw_bare_road(surface: pygame.Surface, view: View, lap: DrawnLap) -> None:
    """Draw the road alone, of a circuit that cannot be driven on."""
    surface.fill(INK)
    left, right = _on_screen(view, lap.left_m), _on_screen(view, lap.right_m)
    for at in range(len(left) - 1):  # the chain may be open
        corners = [left[at], left[at + 1], right[at + 1], right[at]]
        pygame.draw.polygon(surface, TROUGH, corners)
    for edge in (left, right):
        pygame.draw.aalines(surface, FAINT, False, edge)


def draw_marks(surface: pygame.Surface, view: View, lap: DrawnLap, unit: float) -> None:
    """Draw the edges of bridges, arrows, sectors, corners, the start and the title."""
    width = max(round(2.5 * unit), 2)
    for edge_m in (lap.left_m, lap.right_m):
        places = _on_screen(view, edge_m)
        for at in np.flatnonzero(lap.above[:-1] * lap.above[1:]).tolist():
            pygame.draw.line(surface, BLUE, places[at], places[at + 1], width)
    length_m = lap.centreline.length_m
    arrows = max(round(length_m / _ARROWS_M), 2)
    for number in range(1, arrows):
        _arrow(surface, view, lap.centreline, number * length_m / arrows, unit)
    for number, s_m in enumerate(lap.sectors_m, start=1):
        _sector(surface, view, lap, s_m, f"S{number}" if len(lap.sectors_m) > 1 else "", unit)
    for corner in lap.corners:
        aside_m = -_ASIDE_M if corner.inside == "left" else _ASIDE_M
        place = view.to_screen(*lap.centreline.point(corner.apex_m, aside_m))
        draw_badge(surface, str(corner.number), place, unit)
    draw_start(surface, lap.centreline, view, unit)
    draw_facts(surface, lap.title, length_m, lap.corners, unit)


def _arrow(
    surface: pygame.Surface, view: View, centreline: Centreline, s_m: float, unit: float
) -> None:
    pose = centreline.pose(s_m)
    x, y = view.to_screen(pose.x_m, pose.y_m)
    cos, sin = math.cos(pose.heading_rad), -math.sin(pose.heading_rad)
    places = [
        (x + unit * (ahead * cos - left * sin), y + unit * (ahead * sin + left * cos))
        for ahead, left in ((-5.0, -5.0), (2.0, 0.0), (-5.0, 5.0))
    ]
    pygame.draw.lines(surface, LIGHT, False, places, max(round(2.0 * unit), 1))


def _sector(
    surface: pygame.Surface, view: View, lap: DrawnLap, s_m: float, name: str, unit: float
) -> None:
    """Draw the line at which a sector begins, and its name beside the road."""
    at = round(s_m / lap.centreline.length_m * len(lap.s_m)) % len(lap.s_m)
    middle = np.array(lap.centreline.point(s_m, 0.0))
    ends = []
    for edge_m in (lap.left_m[at], lap.right_m[at]):
        away_m = edge_m - middle
        reach_m = max(float(np.hypot(*away_m)), 1e-6)
        ends.append(view.to_screen(*(middle + away_m * (1.0 + _BEYOND_M / reach_m)).tolist()))
    pygame.draw.lines(surface, YELLOW, False, ends, max(round(2.5 * unit), 2))
    if name:
        (x, y), (other_x, other_y) = ends
        long = max(math.hypot(x - other_x, y - other_y), 1.0)
        away = 14.0 * unit / long
        place = (x + (x - other_x) * away, y + (y - other_y) * away - 10.0 * unit)
        write(surface, name, place, round(20 * unit), YELLOW, Align.CENTRE, Weight.BOLD)


def mark_finding(
    surface: pygame.Surface, view: View, lap: DrawnLap, finding: Finding, number: int, unit: float
) -> None:
    """Draw the stretch of a finding and its number there."""
    if finding.from_m is None or finding.to_m is None:
        return
    span_m = (finding.to_m - finding.from_m) % lap.centreline.length_m
    if span_m > 0.0:
        s_m = finding.from_m + np.linspace(0.0, span_m, max(round(span_m / _STEP_M), 2))
        places = _on_screen(view, lap.centreline.position(s_m))
        pygame.draw.lines(surface, VERMILION, False, places, max(round(4.0 * unit), 3))
    if finding.x_m is not None and finding.y_m is not None:
        _badge(surface, number, view.to_screen(finding.x_m, finding.y_m), unit)


def _badge(surface: pygame.Surface, number: int, place: tuple[float, float], unit: float) -> None:
    fill_circle(surface, place, 12.0 * unit, INK)
    fill_circle(surface, place, 10.5 * unit, YELLOW)
    top = place[1] - 10.0 * unit
    write(surface, str(number), (place[0], top), round(20 * unit), INK, Align.CENTRE, Weight.BOLD)


def _on_screen(view: View, places_m: Array) -> list[tuple[float, float]]:
    return [view.to_screen(x_m, y_m) for x_m, y_m in places_m.tolist()]


class Legend:
    """Lists the findings by their numbers, in as many rows as there is room for."""

    def __init__(self, findings: Sequence[Finding], size: tuple[int, int], unit: float) -> None:
        self._unit, self._size = unit, size
        self._px = max(round(13 * unit), 9)
        self._left = round(52 * unit)
        self._rows: list[tuple[str, str, int]] = []
        width, gap = size[0] - self._left - round(20 * unit), round(5 * unit)
        height, most = 0, _LEGEND * size[1]
        for number, finding in enumerate(findings, start=1):
            text = f"{finding.kind}: {finding.message}"
            row = paragraph_height(text, width, self._px) + gap
            if height + row > most:
                more = f"+ {len(findings) - number + 1}"
                self._rows.append(("", more, paragraph_height(more, width, self._px)))
                break
            height += row
            self._rows.append((str(number), text, row))
        self.count = sum(bool(number) for number, _, _ in self._rows)
        total = sum(row for _, _, row in self._rows)
        self.height = total + round(20 * unit) if self._rows else 0

    def draw(self, surface: pygame.Surface) -> None:
        """Draw it along the lower edge of the picture."""
        if not self._rows:
            return
        width, height = self._size
        top = height - self.height
        surface.fill(INK, (0, top, width, self.height))
        surface.fill(YELLOW, (0, top, width, max(round(2 * self._unit), 1)))
        top += round(12 * self._unit)
        for number, text, row in self._rows:
            if number:
                middle = top + 0.5 * line_height(self._px)
                _badge(surface, int(number), (0.5 * self._left, middle), self._unit)
            room = Box(self._left, top, width - self._left - round(20 * self._unit), row)
            write_paragraph(surface, text, room, TextStyle(self._px, TEXT))
            top += row
