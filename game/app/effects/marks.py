"""What wheels leave on the ground: rubber by sliding power, furrows in gravel, torn grass."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pygame

from game.app.effects.strokes import Strokes, StrokeStore, no_strokes, stamp
from game.app.effects.wheel_places import WheelPlaces
from game.app.ground.patches import Piece
from game.app.ground.sun import SUN_SHADOW
from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL
from game.vehicle.spec import ChassisSpec

Array = npt.NDArray[np.float64]

_KEPT: Final = 40_000
_STROKE_M: Final = 0.7  # a stroke is so long at least
_JUMP_M: Final = 8.0  # no car goes so far from frame to frame
_LEAST_SPEED_MPS: Final = 2.0
_RUBBER_FROM_N: Final = 400.0  # sliding work per metre that begins to leave rubber ...
_RUBBER_FULL_N: Final = 1700.0  # ... and that leaves most
_RUBBER_DARK: Final = 0.60
_LEAST_DARK: Final = 0.02
_NARROW_M: Final = 0.15
_WIDE_M: Final = 0.27
_LOOSE_FULL_N: Final = 900.0
_FRESH_FINER: Final = 3
_TILE_FINER: Final = 2


class _Side(NamedTuple):
    """A strip along a wheel's way: from and to, of its half width, and how it colours."""

    right: float
    left: float
    tint: tuple[float, float, float]
    lift: tuple[float, float, float] = (0.0, 0.0, 0.0)


_RUBBER: Final = (_Side(-1.0, 1.0, (0.0, 0.0, 0.02)),)
# Away from the sun lies the lit wall of a furrow and what was thrown up beside it.
_FURROW: Final = (
    _Side(-1.0, -0.1, (0.30, 0.28, 0.30)),
    _Side(-0.1, 1.0, (0.70, 0.68, 0.66)),
    _Side(1.0, 1.5, (1.0, 1.0, 1.0), (34.0, 32.0, 26.0)),
)
_TORN: Final = (
    _Side(-1.0, 1.0, (0.62, 0.30, 0.40)),
    _Side(-0.35, 0.45, (0.48, 0.16, 0.24)),
)


class WheelEdge(NamedTuple):
    """Where a wheel's last stroke ended: the middle, across its way, and how strong it was."""

    place_m: Array
    across: Array
    strength: float
    surface: int


class Marks:
    """The marks of one car on the ground of a circuit."""

    def __init__(self, chassis: ChassisSpec) -> None:
        self._wheels = WheelPlaces(chassis)
        self._store = StrokeStore(_KEPT)
        self._ends: list[WheelEdge | None] = [None] * 4

    def __len__(self) -> int:
        return len(self._store)

    def advance(self, now: Snapshot) -> Strokes:
        """Follow the wheels to where they are now; what they have drawn since."""
        places = self._wheels.places_m(now)
        speeds = np.hypot(*self._wheels.velocities_mps(now).T)
        fresh: list[Strokes] = []
        for wheel, surface in enumerate(now.surface):
            work_n = now.sliding_power_w[wheel] / max(float(speeds[wheel]), _LEAST_SPEED_MPS)
            strength = _strength(surface, work_n, now.load_n[wheel])
            self._draw_wheel(wheel, places[wheel], strength, surface, fresh)
        strokes = _joined(fresh)
        if fresh:
            self._store.add(strokes)
        return strokes

    def draw_onto(self, picture: pygame.Surface, piece: Piece) -> None:
        """Draw all marks that there are onto a fresh picture of a piece of ground."""
        strokes = self._store.touching(piece)
        if len(strokes.corners_m):
            stamp(picture, piece, strokes, _TILE_FINER)

    def forget_motion(self) -> None:
        """The car is about to be elsewhere: nothing is drawn on the way there."""
        self._ends = [None] * 4

    def clear(self) -> None:
        """No marks any more."""
        self._store.clear()
        self.forget_motion()

    def _draw_wheel(
        self, wheel: int, place_m: Array, strength: float, surface: int, fresh: list[Strokes]
    ) -> None:
        end = self._ends[wheel]
        if end is None:
            self._ends[wheel] = WheelEdge(place_m, np.zeros(2), 0.0, surface)
            return
        way_m = place_m - end.place_m
        length_m = math.hypot(*way_m.tolist())
        if length_m < _STROKE_M:
            return
        across = np.array([-way_m[1], way_m[0]]) / length_m
        new = WheelEdge(place_m, across, strength, surface)
        self._ends[wheel] = new
        mean = 0.5 * (strength + end.strength)
        if length_m < _JUMP_M and mean > _LEAST_DARK:
            fresh.append(_strokes(end, new, mean))


def draw_fresh(picture: pygame.Surface, piece: Piece, strokes: Strokes) -> None:
    """Draw a frame's strokes onto a picture that has all earlier ones."""
    stamp(picture, piece, strokes, _FRESH_FINER)


def _strength(surface: int, work_n: float, load_n: float) -> float:
    """How much a wheel leaves on a surface, 0..1, by its sliding work per metre."""
    if surface in (GRASS, GRAVEL):
        pressed = 0.35 if load_n > 0.0 else 0.0
        return min(pressed + 0.65 * work_n / _LOOSE_FULL_N, 1.0)
    share = (work_n - _RUBBER_FROM_N) / (_RUBBER_FULL_N - _RUBBER_FROM_N)
    return math.pow(min(max(share, 0.0), 1.0), 0.8)


def _strokes(begin: WheelEdge, end: WheelEdge, strength: float) -> Strokes:
    """The strips between two places of a wheel."""
    sides = {GRAVEL: _FURROW, GRASS: _TORN}.get(end.surface, _RUBBER)
    dark = strength * (_RUBBER_DARK if sides is _RUBBER else 1.0)
    from_across = begin.across if begin.across.any() else end.across
    sunward = end.across @ np.array(SUN_SHADOW) < 0.0
    corners, tints, lifts = [], [], []
    for side in sides:
        right, left = (side.right, side.left) if not sunward else (-side.left, -side.right)
        first, last = _half_width_m(begin.strength), _half_width_m(end.strength)
        corners.append(
            (
                begin.place_m + right * first * from_across,
                end.place_m + right * last * end.across,
                end.place_m + left * last * end.across,
                begin.place_m + left * first * from_across,
            )
        )
        tints.append([255.0 * (1.0 - dark * (1.0 - part)) for part in side.tint])
        lifts.append([dark * part for part in side.lift])
    return Strokes(np.array(corners), np.array(tints, np.uint8), np.array(lifts, np.uint8))


def _half_width_m(strength: float) -> float:
    return 0.5 * (_NARROW_M + (_WIDE_M - _NARROW_M) * strength)


def _joined(parts: list[Strokes]) -> Strokes:
    if not parts:
        return no_strokes()
    return Strokes(*(np.concatenate(fields) for fields in zip(*parts, strict=True)))
