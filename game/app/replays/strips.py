"""Draw what a car did along a lap: speed, pedals, steering, split; with another lap under it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CachedSurface
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, write_line
from game.app.ui.theme import Metrics
from game.recording.replay_survey import TracePoint
from game.track.track import Track
from game.translation import N_, _
from game.units import kmh

_PX: Final = 12
_NAME_UNITS: Final = 92  # beside the lanes
_CORNER: Final = (255, 255, 255, 16)
_OTHER: Final = palette.PURPLE  # the other lap
_FULL_STEERING: Final = 0.25  # of the lock, at the edges of its lane
_FULL_POWER_W: Final = 300_000.0

_Value = Callable[[TracePoint], float]


class _StripCurve(NamedTuple):
    """A line in a lane: its colour, and its value 0..1 from the lower to the upper edge."""

    colour: Colour
    value: _Value
    compared: bool  # whether that of the other lap is drawn, too


class _StripLane(NamedTuple):
    """A lane of the strips."""

    name: str
    share: float  # of the height
    lines: tuple[_StripCurve, ...]
    middle: bool = False  # whether a line is drawn through its middle


class StripLap(NamedTuple):
    """A lap to be drawn; `upto` points of it are known."""

    points: Sequence[TracePoint]
    key: object  # of the lap, other for another one


class Strips:
    """Draws the strips over the distance of a lap, and finds the distance at a place."""

    def __init__(self, track: Track, top_speed_mps: float, lock_rad: float) -> None:
        self.plot = Box(0, 0, 1, 1)
        self._track = track
        self._lanes = _lanes(top_speed_mps, lock_rad)
        self._cached = CachedSurface()

    def distance_at(self, x: int) -> float:
        """Return the distance along the lap that a column of the window stands for."""
        share = (x - self.plot.left) / max(self.plot.width, 1)
        return min(max(share, 0.0), 1.0) * self._track.length_m

    def draw(
        self,
        surface: pygame.Surface,
        box: Box,
        sizes: Metrics,
        laps: tuple[StripLap, StripLap | None],
        here: TracePoint | None,
        s_m: float,
    ) -> None:
        """Draw the lap under way, the other one if any, and a line where the car is."""
        names = sizes.text(_NAME_UNITS)
        self.plot = box._replace(left=box.left + names, width=box.width - 2 * names)
        lap, other = laps
        key = (lap.key, len(lap.points), None if other is None else other.key, sizes)
        self._cached.show(surface, box, key, lambda picture: self._paint(picture, sizes, laps))
        x = self.plot.left + round(self.plot.width * s_m / self._track.length_m)
        surface.fill(palette.BRIGHT, (x, box.top, max(sizes.space(1.5), 1), box.height))
        if here is not None:
            self._write_values(surface, box, sizes, here)

    def _paint(
        self, picture: pygame.Surface, sizes: Metrics, laps: tuple[StripLap, StripLap | None]
    ) -> None:
        whole = Box(0, 0, *picture.get_size())
        plot = whole._replace(left=sizes.text(_NAME_UNITS), width=self.plot.width)
        self._paint_corners(picture, plot, sizes)
        for lane, box in self._placed(plot, sizes):
            name = Box(0, box.top, plot.left - sizes.space(8), box.height)
            style = TextStyle(sizes.text(_PX), palette.LABEL)
            write_line(picture, _(lane.name), name, style, Align.RIGHT)
            if lane.middle:
                y = box.top + box.height // 2
                pygame.draw.line(picture, palette.TROUGH, (box.left, y), (box.right, y))
            pygame.draw.line(
                picture, palette.TROUGH, (box.left, box.bottom), (box.right, box.bottom)
            )
            lap, other = laps
            for line in lane.lines:
                if other is not None and line.compared:
                    self._paint_line(picture, box, line, other.points, _OTHER)
            for line in lane.lines:
                self._paint_line(picture, box, line, lap.points, line.colour)

    def _paint_corners(self, picture: pygame.Surface, plot: Box, sizes: Metrics) -> None:
        px, length_m = sizes.text(_PX), self._track.length_m
        for corner in self._track.corners:
            left = plot.left + round(plot.width * corner.turn_in_m / length_m)
            right = plot.left + round(plot.width * corner.exit_m / length_m)
            if right > left:
                band = pygame.Surface((right - left, plot.height), pygame.SRCALPHA)
                band.fill(_CORNER)
                picture.blit(band, (left, plot.top))
            box = Box(left, plot.top, max(right - left, 2 * px), line_height(px))
            style = TextStyle(px, palette.DIM, Weight.BOLD)
            write_line(picture, str(corner.number), box, style, Align.CENTRE)

    def _paint_line(
        self,
        picture: pygame.Surface,
        box: Box,
        line: _StripCurve,
        points: Sequence[TracePoint],
        colour: Colour,
    ) -> None:
        per_m = box.width / self._track.length_m
        places = [
            (
                box.left + per_m * point.s_m,
                box.bottom - min(max(line.value(point), 0.0), 1.0) * (box.height - 2),
            )
            for point in points
        ]
        for piece in _forward(places):
            if len(piece) > 1:
                pygame.draw.aalines(picture, colour, False, piece)

    def _write_values(
        self, surface: pygame.Surface, box: Box, sizes: Metrics, here: TracePoint
    ) -> None:
        """Write at the right what each lane has where the car is."""
        texts = (
            f"{kmh(here.speed_mps):.0f} km/h",
            f"{100 * here.throttle:.0f} | {100 * here.brake:.0f} %",
            f"{math.degrees(here.pose.steering_rad):+.1f}°",
            f"{100 * here.front_share:.0f} : {100 * (1 - here.front_share):.0f}",
            f"{round(here.power_w / 1000):+d} kW",
        )
        for text, (_lane, place) in zip(texts, self._placed(box, sizes), strict=True):
            left = self.plot.right + sizes.space(10)
            value = place._replace(left=left, width=box.right - left)
            style = TextStyle(sizes.text(_PX), palette.BRIGHT, Weight.BOLD)
            write_line(surface, text, value, style)

    def _placed(self, box: Box, sizes: Metrics) -> list[tuple[_StripLane, Box]]:
        top, placed = box.top + line_height(sizes.text(_PX)), []
        room = box.height - line_height(sizes.text(_PX))
        gap = sizes.space(5)
        for lane in self._lanes:
            height = round(lane.share * room)
            placed.append((lane, box._replace(top=top, height=height - gap)))
            top += height
        return placed


def _lanes(top_speed_mps: float, lock_rad: float) -> tuple[_StripLane, ...]:
    steering_rad = _FULL_STEERING * lock_rad
    return (
        _StripLane(
            N_("Speed"),
            0.36,
            (_StripCurve(palette.BRIGHT, lambda p: p.speed_mps / top_speed_mps, True),),
        ),
        _StripLane(
            N_("Pedals"),
            0.16,
            (
                _StripCurve(palette.BRIGHT, lambda p: p.throttle, True),
                _StripCurve(palette.VERMILION, lambda p: p.brake, False),
            ),
        ),
        _StripLane(
            N_("Steering"),
            0.16,
            (
                _StripCurve(
                    palette.YELLOW, lambda p: 0.5 + 0.5 * p.pose.steering_rad / steering_rad, True
                ),
            ),
            middle=True,
        ),
        _StripLane(
            N_("Front share"), 0.16, (_StripCurve(palette.BLUE, lambda p: p.front_share, True),)
        ),
        _StripLane(
            N_("Power"),
            0.16,
            (_StripCurve(palette.ORANGE, lambda p: 0.5 + 0.5 * p.power_w / _FULL_POWER_W, True),),
            middle=True,
        ),
    )


def _forward(places: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Split a line where it jumps back, as where a car was put down, or crosses the line."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if pieces[-1] and place[0] < pieces[-1][-1][0] - 20.0:
            pieces.append([])
        pieces[-1].append(place)
    return pieces
