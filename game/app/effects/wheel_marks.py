"""Draw what wheels leave on the ground: rubber by sliding power, furrows in gravel, torn grass."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.patches import Piece
from game.app.canvas.sun import SUN_SHADOW
from game.app.effects.strokes import NO_STROKES, IsHidden, Strokes, StrokeStore, stamp
from game.app.effects.wheel_places import WheelPlaces
from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL
from game.vehicle.spec import ChassisSpec

MarkPoint = tuple[float, float]
Corners = tuple[MarkPoint, MarkPoint, MarkPoint, MarkPoint]

_KEPT: Final = 20_000
_MAX_ON_A_TILE: Final = 1200  # they take some 8 ms to draw
_STROKE_M: Final = 0.8  # a stroke is so long at least
_JUMP_M: Final = 4.0  # no car goes so far from frame to frame
_MIN_SPEED_MPS: Final = 2.0
_RUBBER_FROM_N: Final = 400.0  # sliding work per metre that begins to leave rubber
_RUBBER_FULL_N: Final = 1700.0  # sliding work per metre that leaves most
_RUBBER_DARK: Final = 0.60
_MIN_DARK: Final = 0.02
_NARROW_M: Final = 0.15
_WIDE_M: Final = 0.27
_LOOSE_FULL_N: Final = 900.0
_FRESH_FINER: Final = 4
_TILE_FINER: Final = 2


class _MarkStrip(NamedTuple):
    """A strip runs along a wheel's way, from and to shares of its half width, and colours it."""

    right: float
    left: float
    tint: tuple[float, float, float]
    lift: tuple[float, float, float] = (0.0, 0.0, 0.0)


_RUBBER: Final = (_MarkStrip(-1.0, 1.0, (0.0, 0.0, 0.02)),)
# Away from the sun lies the lit wall of a furrow and the soil heaped up beside it.
_FURROW: Final = (
    _MarkStrip(-1.0, -0.1, (0.30, 0.28, 0.30)),
    _MarkStrip(-0.1, 1.0, (0.70, 0.68, 0.66)),
    _MarkStrip(1.0, 1.5, (1.0, 1.0, 1.0), (34.0, 32.0, 26.0)),
)
# Brown on grass, and on the gravel that is painted over its ragged edge, too.
_TORN: Final = (
    _MarkStrip(-1.0, 1.0, (0.78, 0.56, 0.56)),
    _MarkStrip(-0.45, 0.30, (0.60, 0.42, 0.42)),
)
_SIDES: Final = {GRAVEL: _FURROW, GRASS: _TORN}
_RAGGED: Final = (GRASS,)


class _End(NamedTuple):
    """Says where a wheel's last stroke ended, the direction to its left, and its strength."""

    x_m: float
    y_m: float
    left_x: float
    left_y: float
    strength: float


class _FrameStrokes(NamedTuple):
    """Collects the strokes of a frame, one after another."""

    corners_m: list[Corners]
    tints: list[list[float]]
    lifts: list[list[float]]


class Marks:
    """Draws the marks of one car on the ground of a circuit."""

    def __init__(self, chassis: ChassisSpec) -> None:
        self._wheels = WheelPlaces(chassis)
        self._store = StrokeStore(_KEPT)
        self._ends: list[_End | None] = [None] * 4

    def __len__(self) -> int:
        return len(self._store)

    def update(self, now: Snapshot, is_hidden: IsHidden | None = None) -> Strokes:
        """Follow the wheels to where they are now, and give the strokes drawn since.

        is_hidden: says where something above hides the ground.
        """
        places = self._wheels.places_m(now)
        velocities = self._wheels.velocities_mps(now)
        drawn = _FrameStrokes([], [], [])
        for wheel, surface in enumerate(now.surface):
            speed_mps = math.hypot(*velocities[wheel])
            work_n = now.sliding_power_w[wheel] / max(speed_mps, _MIN_SPEED_MPS)
            strength = _strength(surface, work_n, now.load_n[wheel])
            self._move_wheel(wheel, places[wheel], strength, surface, drawn)
        if not drawn.corners_m:
            return NO_STROKES
        strokes = Strokes(
            np.array(drawn.corners_m),
            np.array(drawn.tints).astype(np.uint8),
            np.array(drawn.lifts).astype(np.uint8),
        ).seen(is_hidden)
        self._store.add(strokes)
        return strokes

    def draw_onto(self, picture: pygame.Surface, piece: Piece) -> None:
        """Draw all marks that there are onto a fresh picture of a piece of ground."""
        strokes = self._store.touching(piece, _MAX_ON_A_TILE)
        if len(strokes.corners_m):
            stamp(picture, piece, strokes, _TILE_FINER)

    def forget_motion(self) -> None:
        """Draw nothing on the way to where the car will be next."""
        self._ends = [None] * 4

    def _move_wheel(
        self, wheel: int, place_m: MarkPoint, strength: float, surface: int, drawn: _FrameStrokes
    ) -> None:
        """Draw on from the last stroke's end if the wheel has gone far enough."""
        begin = self._ends[wheel]
        x_m, y_m = place_m
        if begin is None:
            self._ends[wheel] = _End(x_m, y_m, 0.0, 0.0, 0.0)
            return
        moved_x_m, moved_y_m = x_m - begin.x_m, y_m - begin.y_m
        length_m = math.hypot(moved_x_m, moved_y_m)
        if length_m < _STROKE_M:
            return
        end = _End(x_m, y_m, -moved_y_m / length_m, moved_x_m / length_m, strength)
        self._ends[wheel] = end
        mean = 0.5 * (strength + begin.strength)
        if length_m < _JUMP_M and mean > _MIN_DARK:
            if surface in _RAGGED:
                mean *= 0.55 + 0.45 * math.sin(12.9898 * x_m + 78.233 * y_m)
            _draw(begin, end, mean, _SIDES.get(surface, _RUBBER), drawn)


def draw_fresh(picture: pygame.Surface, piece: Piece, strokes: Strokes) -> None:
    """Draw a frame's strokes onto a picture that has all earlier ones."""
    stamp(picture, piece, strokes, _FRESH_FINER)


def _strength(surface: int, work_n: float, load_n: float) -> float:
    """Return how much a wheel leaves on a surface, 0..1, by its sliding work per metre."""
    if surface in (GRASS, GRAVEL):
        pressed = 0.35 if load_n > 0.0 else 0.0
        return min(pressed + 0.65 * work_n / _LOOSE_FULL_N, 1.0)
    share = (work_n - _RUBBER_FROM_N) / (_RUBBER_FULL_N - _RUBBER_FROM_N)
    return math.pow(min(max(share, 0.0), 1.0), 0.8)


def _draw(
    begin: _End, end: _End, strength: float, sides: tuple[_MarkStrip, ...], drawn: _FrameStrokes
) -> None:
    """Draw the strips between two places of a wheel."""
    dark = strength * (_RUBBER_DARK if sides is _RUBBER else 1.0)
    from_x, from_y = (begin.left_x, begin.left_y)
    if from_x == from_y == 0.0:
        from_x, from_y = end.left_x, end.left_y
    first, last = _half_width_m(begin.strength), _half_width_m(end.strength)
    lit_left = end.left_x * SUN_SHADOW[0] + end.left_y * SUN_SHADOW[1] > 0.0
    for side in sides:
        right, left = (side.right, side.left) if lit_left else (-side.left, -side.right)
        drawn.corners_m.append(
            (
                (begin.x_m + right * first * from_x, begin.y_m + right * first * from_y),
                (end.x_m + right * last * end.left_x, end.y_m + right * last * end.left_y),
                (end.x_m + left * last * end.left_x, end.y_m + left * last * end.left_y),
                (begin.x_m + left * first * from_x, begin.y_m + left * first * from_y),
            )
        )
        drawn.tints.append([255.0 * (1.0 - dark * (1.0 - part)) for part in side.tint])
        drawn.lifts.append([dark * part for part in side.lift])


def _half_width_m(strength: float) -> float:
    return 0.5 * (_NARROW_M + (_WIDE_M - _NARROW_M) * strength)
